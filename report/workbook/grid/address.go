package grid

import "strings"

// The size of a sheet that spreadsheet programs can hold.
const (
	MaxRows = 1 << 20
	MaxCols = 1 << 14
)

// An Area is a rectangle of cells, ends included, counted from 1.
type Area struct{ Row, Col, LastRow, LastCol int }

// Holds reports whether a cell lies in the area.
func (a Area) Holds(row, col int) bool {
	return row >= a.Row && row <= a.LastRow && col >= a.Col && col <= a.LastCol
}

// ParseReference reads a reference such as 'My data'!$T$3:$AH$124.
func ParseReference(text string) (sheet string, area Area, ok bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "=")
	i := strings.LastIndexByte(text, '!')
	if i < 0 {
		return "", Area{}, false
	}
	sheet = text[:i]
	if len(sheet) >= 2 && sheet[0] == '\'' && sheet[len(sheet)-1] == '\'' {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	area, ok = ParseArea(strings.ReplaceAll(text[i+1:], "$", ""))
	return sheet, area, ok
}

// ParseArea reads a range such as T3:AH124, a cell, or whole columns such as A:B.
func ParseArea(text string) (Area, bool) {
	first, last, two := strings.Cut(text, ":")
	if !two {
		last = first
	}
	row, col, ok := ParseAddress(first)
	lastRow, lastCol, ok2 := ParseAddress(last)
	if !ok || !ok2 || col == 0 || lastCol == 0 {
		return Area{}, false
	}
	if row == 0 || lastRow == 0 {
		row, lastRow = 1, MaxRows
	}
	return Area{min(row, lastRow), min(col, lastCol), max(row, lastRow), max(col, lastCol)}, true
}

// ParseAddress reads a cell address such as AH124; 0 for a part that is missing.
// It fails beyond the last row or column that a sheet can have.
func ParseAddress(text string) (row, col int, ok bool) {
	i := 0
	for ; i < len(text) && i < 4; i++ {
		c := text[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	if i == len(text) {
		return 0, col, i > 0 && col <= MaxCols
	}
	for _, c := range []byte(text[i:]) {
		if c < '0' || c > '9' || row > MaxRows {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, col, row >= 1 && row <= MaxRows && col <= MaxCols
}
