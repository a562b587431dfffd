// Package gallery holds small workbooks with one trap each: what people do to tables that a program must see through.
//
// Every case is built by code, byte by byte the same each time. What the reader makes of it stands in testdata as the user sees it,
// and README.md lists all cases.
package gallery
