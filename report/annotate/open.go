package annotate

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
	reading "valuebook/report/workbook/source"
)

// isText reports whether an ending is that of a table in text.
func isText(ext string) bool {
	switch plainEnding(ext) {
	case "csv", "tsv", "txt":
		return true
	}
	return false
}

// fromText makes a workbook whose first sheet holds the rows of a table in
// text. A field becomes a number only where it reads as one and nothing else:
// "007" and "=1+1" stay text.
func fromText(input []byte, d *dataset.Dataset) (*excelize.File, error) {
	f := excelize.NewFile()
	name := "Data"
	for _, t := range d.Receipt.Tables {
		name = t.Sheet
		break
	}
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, fmt.Errorf("annotate: sheet %q: %w", name, err)
	}
	for r, record := range reading.TextRecords(input, d.Receipt.Encoding) {
		for c, field := range record {
			if err := setField(f, name, r+1, c+1, field); err != nil {
				return nil, fmt.Errorf("annotate: row %d: %w", r+1, err)
			}
		}
	}
	return f, nil
}

func setField(f *excelize.File, sheet string, row, col int, field string) error {
	if field == "" || col > maxColumn {
		return nil
	}
	axis, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return err
	}
	if x, ok := plainNumber(field); ok {
		return f.SetCellFloat(sheet, axis, x, -1, 64)
	}
	return f.SetCellStr(sheet, axis, field)
}

// plainNumber reads a field such as "4" or "-0.25".
func plainNumber(field string) (float64, bool) {
	digits := strings.TrimPrefix(field, "-")
	if digits == "" || strings.Trim(digits, "0123456789.") != "" || len(digits) > 15 ||
		len(digits) > 1 && digits[0] == '0' && digits[1] != '.' || digits[0] == '.' || digits[len(digits)-1] == '.' {
		return 0, false
	}
	x, err := strconv.ParseFloat(field, 64)
	return x, err == nil && !math.IsInf(x, 0)
}
