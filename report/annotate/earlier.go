package annotate

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// The names by which an earlier run is recognised.
const (
	blockName = "valuebook_block"
	sheetName = "valuebook_sheet_"
	figures   = "vb_"

	tablePrefix = "vb_table_" // of native tables
)

// clean removes what an earlier run wrote: the block, our sheets, our names.
func clean(f *excelize.File) error {
	var ours []excelize.DefinedName
	for _, n := range f.GetDefinedName() {
		name := strings.ToLower(n.Name)
		if name == blockName || strings.HasPrefix(name, sheetName) || strings.HasPrefix(name, figures) {
			ours = append(ours, n)
		}
	}
	if err := clearTables(f); err != nil {
		return err
	}
	for _, n := range ours {
		sheet, first, last, ok := target(n.RefersTo)
		switch {
		case !ok:
		case n.Name == blockName:
			if err := clearBlock(f, sheet, first, last); err != nil {
				return err
			}
		case strings.HasPrefix(strings.ToLower(n.Name), sheetName):
			if i, err := f.GetSheetIndex(sheet); err == nil && i >= 0 {
				if err := f.DeleteSheet(sheet); err != nil {
					return err
				}
			}
		}
	}
	for _, n := range ours {
		_ = f.DeleteDefinedName(&excelize.DefinedName{Name: n.Name, Scope: n.Scope}) // gone with its sheet, or now
	}
	return nil
}

// clearTables removes the native tables of an earlier run: their names stay
// taken when only the sheet goes.
func clearTables(f *excelize.File) error {
	for _, sheet := range f.GetSheetList() {
		tables, err := f.GetTables(sheet)
		if err != nil {
			continue // a chart sheet has none
		}
		for _, table := range tables {
			if !strings.HasPrefix(table.Name, tablePrefix) {
				continue
			}
			if err := f.DeleteTable(table.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

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

// clearBlock empties the block of an earlier run: values, looks, links,
// conditional formats.
func clearBlock(f *excelize.File, sheet, first, last string) error {
	col1, row1, err1 := excelize.CellNameToCoordinates(first)
	col2, row2, err2 := excelize.CellNameToCoordinates(last)
	if i, err := f.GetSheetIndex(sheet); err1 != nil || err2 != nil || err != nil || i < 0 {
		return nil // the user removed the sheet
	}
	for row := row1; row <= row2; row++ {
		for col := col1; col <= col2; col++ {
			cell, err := excelize.CoordinatesToCellName(col, row)
			if err != nil {
				return err
			}
			if err := f.SetCellValue(sheet, cell, nil); err != nil {
				return err
			}
		}
	}
	if err := f.SetCellStyle(sheet, first, last, 0); err != nil {
		return err
	}
	head, err := excelize.CoordinatesToCellName(col1, row1)
	if err != nil {
		return err
	}
	if err := f.SetCellHyperLink(sheet, head, "", "None"); err != nil {
		return err
	}
	return clearConditions(f, sheet, col1, row1, col2, row2)
}

// clearConditions removes conditional formats that lie within an area.
func clearConditions(f *excelize.File, sheet string, col1, row1, col2, row2 int) error {
	formats, err := f.GetConditionalFormats(sheet)
	if err != nil {
		return nil // formats that the library cannot read are the user's
	}
	for area := range formats {
		first, last, both := strings.Cut(area, ":")
		if !both {
			last = first
		}
		c1, r1, err1 := excelize.CellNameToCoordinates(first)
		c2, r2, err2 := excelize.CellNameToCoordinates(last)
		if err1 != nil || err2 != nil || c1 < col1 || c2 > col2 || r1 < row1 || r2 > row2 {
			continue
		}
		if err := f.UnsetConditionalFormat(sheet, area); err != nil {
			return err
		}
	}
	return nil
}
