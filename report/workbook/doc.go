// Package workbook reads the user's file: it finds out what kind of file it
// is, finds the tables in it, understands their columns, and returns a dataset
// with a receipt of what was used and a finding for every problem.
//
// It works in three steps that know nothing of each other. Opening turns the
// bytes of a file into [Grid] values, one per sheet. Recognition is a pure function
// from grids to a plan: tables, their roles, their columns. Building reads the
// values that the plan names into a dataset. What feeds the grids can be
// replaced without touching the rest.
package workbook
