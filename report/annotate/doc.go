// Package annotate gives the user's own workbook back with the results in it:
// a block of live formulas beside the customers, and sheets of ours after the
// user's.
//
// It first makes a [Plan], which is pure data and tested as text, and then
// applies it. Formulas come from report/formula, looks and charts from
// report/sheets; texts come from the report and the catalogue.
package annotate
