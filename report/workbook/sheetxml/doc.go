// Package sheetxml changes the parts of a workbook as bytes: it scans the rows
// of a worksheet, puts cells between those that are there, and appends styles,
// and leaves every other byte as it was.
//
// It knows cells, rows and styles, but nothing of what they mean. What it does
// not know for certain it refuses with an error; it never guesses.
package sheetxml
