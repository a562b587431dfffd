// Package receipt says in text how a workbook was read: first what was understood, then every problem with its cell and what to
// do, then the tables column by column.
//
// It is pure; its words come from the catalogue.
package receipt
