package sheets

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
)

// Address returns a cell's address within its sheet, such as "C14".
func Address(row, col int) string {
	return dataset.Ref{Row: row, Col: col}.Cell()
}

// Fixed returns a cell's absolute address within its sheet, such as "$C$14".
func Fixed(row, col int) string {
	return fmt.Sprintf("$%s$%d", dataset.ColumnLetters(col), row)
}

// String returns the area as a range within its sheet, such as "A1:C9".
func (a Area) String() string {
	return Address(a.Row, a.Col) + ":" + Address(a.LastRow, a.LastCol)
}

// On returns the area as an absolute range of a sheet, as it stands in a
// formula: Quadrant!$C$5:$C$24.
func (a Area) On(sheet string) string {
	return dataset.QuoteSheet(sheet) + "!" + Fixed(a.Row, a.Col) + ":" + Fixed(a.LastRow, a.LastCol)
}

// parseArea reads a reference such as 'My sheet'!$C$5:$C$24 or Data!$A$1. It
// reports false for anything else, such as a plain text.
func parseArea(ref string) (sheet string, area Area, ok bool) {
	bang := strings.LastIndexByte(ref, '!')
	if bang < 1 {
		return "", Area{}, false
	}
	sheet = ref[:bang]
	if strings.HasPrefix(sheet, "'") {
		sheet = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'")
	}
	first, last, both := strings.Cut(strings.ReplaceAll(ref[bang+1:], "$", ""), ":")
	if !both {
		last = first
	}
	var err1, err2 error
	area.Col, area.Row, err1 = excelize.CellNameToCoordinates(first)
	area.LastCol, area.LastRow, err2 = excelize.CellNameToCoordinates(last)
	return sheet, area, err1 == nil && err2 == nil
}
