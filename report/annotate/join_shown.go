package annotate

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"valuebook/report/sheets"
	"valuebook/report/workbook/sheetxml"
)

// shows holds that the spreadsheet library opens what was made, lists the
// user's sheets and then ours, and reads the planned values from their cells.
func (j *joiner) shows(made []byte) error {
	f, err := openBook(made)
	if err != nil {
		return fmt.Errorf("it cannot be opened again: %w", err)
	}
	defer f.Close()
	return j.showsIn(f)
}

// showsIn is [joiner.shows] for what the library has opened.
func (j *joiner) showsIn(f *excelize.File) error {
	var want []string
	for _, s := range j.to.main.Sheets {
		want = append(want, s.Name)
	}
	for _, s := range j.sheets {
		want = append(want, s.name)
	}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		return fmt.Errorf("the sheets are %q, want %q", got, want)
	}
	for _, s := range j.plan.Sheets {
		if j.plan.Bulk[s.Name] != nil {
			continue // every row was compared with what was to be written
		}
		if err := showsCells(f, s); err != nil {
			return err
		}
	}
	if j.plan.Block.Name == "" || j.plan.Bulk[j.plan.Block.Name] != nil {
		return nil
	}
	if r := j.changed[j.to.part(j.plan.Block.Name)]; len(r.after) > checkedWhole {
		_, err := sheetxml.Remove(r.after, j.area()) // reads every row and cell
		return err
	}
	return showsCells(f, j.plan.Block)
}

func showsCells(f *excelize.File, s sheets.Sheet) error {
	rows, err := f.GetRows(s.Name, excelize.Options{RawCellValue: true})
	if err != nil {
		return fmt.Errorf("sheet %q cannot be read again: %w", s.Name, err)
	}
	for _, c := range s.Cells {
		if covered(s, c) {
			continue
		}
		got := ""
		if c.Row <= len(rows) && c.Col <= len(rows[c.Row-1]) {
			got = rows[c.Row-1][c.Col-1]
		}
		if !shown(c.Value, got) {
			return fmt.Errorf("cell %s!%s shows %.60q, want %.60v", s.Name, sheets.Address(c.Row, c.Col), got, c.Value)
		}
	}
	return nil
}

// covered reports whether a cell lies beneath another one that is merged over it.
func covered(s sheets.Sheet, c sheets.Cell) bool {
	for _, m := range s.Merges {
		inside := c.Row >= m.Row && c.Row <= m.LastRow && c.Col >= m.Col && c.Col <= m.LastCol
		if inside && (c.Row != m.Row || c.Col != m.Col) {
			return true
		}
	}
	return false
}

// shown reports whether a cell's text is that of a planned value. Texts that
// no cell can hold as they are, and dates, are not compared.
func shown(value any, got string) bool {
	switch v := value.(type) {
	case string:
		if len(v) > 32767 || strings.Contains(v, "_x") || strings.ContainsFunc(v, unicode.IsControl) || strings.ContainsRune(v, unicode.ReplacementChar) {
			return true
		}
		return got == v
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return true
		}
		x, err := strconv.ParseFloat(got, 64)
		return err == nil && x == v
	case int:
		x, err := strconv.ParseFloat(got, 64)
		return err == nil && x == float64(v)
	case bool:
		return strings.EqualFold(got, strconv.FormatBool(v)) || got == "1" && v || got == "0" && !v
	}
	return true
}
