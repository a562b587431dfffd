// Package grid holds sheets as cells: what a workbook's file says, before anybody decides what it means.
//
// It is pure and knows no file format.
package grid
