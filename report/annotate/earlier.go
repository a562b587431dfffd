package annotate

import "strings"

// The names by which an earlier run is recognised.
const (
	blockName   = "valuebook_block"
	columnsName = "valuebook_columns" // how many columns the block was written with
	rowsName    = "valuebook_rows"    // the rows of the block that were written, as areas; other rows in it are the user's
	sheetName   = "valuebook_sheet_"
	figures     = "vb_"

	tablePrefix = "vb_table_" // of native tables
)

// target reads a reference such as Data!$T$3:$AH$124.
func target(refersTo string) (sheet, first, last string, ok bool) {
	refersTo = strings.TrimPrefix(refersTo, "=")
	bang := strings.LastIndexByte(refersTo, '!')
	if bang < 1 || strings.Contains(refersTo, "#REF!") {
		return "", "", "", false
	}
	sheet = refersTo[:bang]
	if strings.HasPrefix(sheet, "'") {
		sheet = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'")
	}
	first, last, both := strings.Cut(strings.ReplaceAll(refersTo[bang+1:], "$", ""), ":")
	if !both {
		last = first
	}
	return sheet, first, last, true
}
