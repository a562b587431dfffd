// Package samples makes the sample workbooks and the starter workbook.
//
// Each is written down as data (definitions/*.yaml) and turned into a plan of
// report/sheets; only the survey of customers.xlsx is generated, from the
// stories of its segments. Nothing is random and nothing depends on the clock:
// generating again changes not one byte.
//
// The numbers that the published examples must give are typed from their
// sources. They never come from the analysis of this project, which the
// package does not even import.
package samples

//go:generate go run ./generate
