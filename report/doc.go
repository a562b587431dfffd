// Package report holds the finished report as plain data, and builds it from a
// dataset and its analysis.
//
// Data flows one way:
//
//	workbook -> dataset -> analysis -> report -> {xlsx, pdf, json} -> folder
//
// Read in this order: report/dataset (what was read), report/analysis (what
// was computed, METHOD.md), this package (what is said), report/wording (how
// it is said), then the renderers report/annotate, report/pdf, report/jsondoc.
//
// Everything from report downwards is pure: no files, no network, no clock, no
// unseeded random numbers. deps_test.go holds the arrows.
package report
