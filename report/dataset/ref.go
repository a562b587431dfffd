package dataset

import (
	"strconv"
	"strings"
)

// A Ref names a cell, a row, a column or a sheet of a workbook.
//
// Row and Col count from 1. Row 0 means the whole column, Col 0 the whole row,
// both 0 the whole sheet; an empty Sheet means the whole file.
type Ref struct {
	File  string // base name, never a path
	Sheet string
	Row   int
	Col   int
}

// ColumnLetters returns the letters of a column: 1 is "A", 27 is "AA". It returns
// "" for a number below 1.
func ColumnLetters(col int) string {
	var letters []byte
	for col > 0 {
		col--
		letters = append([]byte{byte('A' + col%26)}, letters...)
		col /= 26
	}
	return string(letters)
}

// Cell returns the place within the sheet: "C14", "C" for a whole column,
// "14" for a whole row, "" for the whole sheet.
func (r Ref) Cell() string {
	cell := ColumnLetters(r.Col)
	if r.Row > 0 {
		cell += strconv.Itoa(r.Row)
	}
	return cell
}

// String returns sheet and cell as a spreadsheet writes them, such as
// Ratings!C14 or 'My sheet'!C14; without a sheet it returns the file.
func (r Ref) String() string {
	if r.Sheet == "" {
		return r.File
	}
	cell := r.Cell()
	if cell == "" {
		return QuoteSheet(r.Sheet)
	}
	return QuoteSheet(r.Sheet) + "!" + cell
}

// QuoteSheet returns a sheet's name as it stands in a formula, in single
// quotes unless it is made of ASCII letters, digits and underscores, begins
// with a letter and cannot be read as a cell address.
func QuoteSheet(name string) string {
	if plainSheet(name) {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}

func plainSheet(name string) bool {
	letters, digits := 0, 0
	for i, r := range name {
		switch {
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			letters++
		case r >= '0' && r <= '9':
			if i == 0 {
				return false
			}
			digits++
		case r == '_':
		default:
			return false
		}
	}
	// A1 and R1C1 are addresses; short names that end in digits are quoted to be safe.
	return letters > 0 && (digits == 0 || letters > 3) && !strings.EqualFold(name, "r") && !strings.EqualFold(name, "c")
}
