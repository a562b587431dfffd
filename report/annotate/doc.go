// Package annotate gives the user's own workbook back with the results in it:
// a block of live formulas beside the customers, and sheets of ours after the
// user's.
//
// It first makes a [Plan], which is pure data and tested as text, and then
// applies it. Formulas come from report/formula, looks and charts from
// report/sheets; texts come from the report and the catalogue.
//
// What is new is made on a workbook of its own and joined to the user's package:
// the user's parts keep their bytes, the few that must change get insertions,
// and a gate compares the result with the original before it is delivered. A
// workbook that nothing can be put into stays as it is, and the results come in
// a new one.
package annotate
