// Package formula writes the formulas of METHOD 1 to 4 as spreadsheet
// formulas over the user's own cells and the Parameters sheet, so that the
// annotated workbook stays alive: who changes a rating, a weight or a
// threshold sees every figure follow.
//
// It is pure text: it knows references and words, neither files nor a
// spreadsheet library. Formulas come without "=". They use only functions that
// Excel 2010, LibreOffice and Google Sheets share, and round to nine decimals
// wherever the analysis does (METHOD 4.3).
package formula

import "strings"

// Longest is the most characters that a formula may have: a little below the
// limit of 8,192 of spreadsheet programs.
const Longest = 8000

// Fits reports whether a spreadsheet program takes the formula.
func Fits(formula string) bool { return len(formula) <= Longest }

// Text returns a text as it stands in a formula, in double quotes.
func Text(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// nearly rounds as the analysis does before it compares.
func nearly(x string) string { return "ROUND(" + x + ",9)" }

// Words are the texts that formulas show, in the language of the report.
type Words struct {
	Missing string // where a figure is not there, such as a dash

	NotRated, NoWeight, CostsNotRated, BenefitsNotRated, LowCoverage string // why there is no value

	NoCost, Undefined string // instead of a ratio

	WorthIt, Borderline, BetterElsewhere, Regret string // the verdicts

	NotClassified, Border, NoBorder, NotDividing string // of the quadrant
}
