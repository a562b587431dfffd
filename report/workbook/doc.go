// Package workbook reads the user's file: it finds the tables in it, understands their columns, and returns a dataset
// with a receipt of what was used and a finding for every problem.
//
// It works in three steps that know nothing of each other. Opening (package source) turns the bytes of a file into grids,
// one per sheet. Recognition is a pure function from grids to tables, their roles, their columns. Building reads the
// values of those into a dataset.
package workbook
