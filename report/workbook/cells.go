package workbook

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
	"valuebook/report/workbook/source"
)

// A NoSheetError is a sheet, or a cell, that a workbook does not have.
type NoSheetError struct {
	File   string   // base name
	Wanted string   // what was asked for, such as "Recipients" or "Cover!B2"
	Sheets []string // those there are
}

// Error names the file and what it lacks.
func (e *NoSheetError) Error() string { return fmt.Sprintf("%s has no %s", e.File, e.Wanted) }

// A StoppedError is a file that cannot be opened as a workbook; Finding says
// why.
type StoppedError struct{ Finding dataset.Finding }

// Error returns the code of the finding.
func (e *StoppedError) Error() string {
	return fmt.Sprintf("%s: %s", e.Finding.Ref.File, e.Finding.Code)
}

// Rows returns the rows of a sheet that have cells as they are shown, from
// column A on; ref names the place of a row. sheet is "" for the first visible
// one; case does not matter. It is for lists that say how to work, such as
// recipients; what is analysed is read by [Read].
func Rows(path, sheet string, o Options) (rows [][]string, refs []dataset.Ref, err error) {
	g, err := openGrid(path, sheet, o)
	if err != nil {
		return nil, nil, err
	}
	for _, row := range g.All() {
		var cells []string
		for cell := range row.Cells() {
			for len(cells) < int(cell.Col) {
				cells = append(cells, "")
			}
			cells[cell.Col-1] = strings.TrimSpace(plainText(cell.String()))
		}
		ref := g.Ref(row.Number, 1)
		ref.File = filepath.Base(path)
		rows, refs = append(rows, cells), append(refs, ref)
	}
	return rows, refs, nil
}

// PeriodAt returns the period that a cell holds, such as "2026-10" for a date
// of October 2026 or for the text "October 2026", and the cell as it is shown.
// reference is Sheet!B2. A cell without a period gives what it shows, or "".
func PeriodAt(path, reference string, o Options) (period, shown string, err error) {
	sheet, area, ok := grid.ParseReference(reference)
	if !ok {
		return "", "", &NoSheetError{File: filepath.Base(path), Wanted: reference}
	}
	g, err := openGrid(path, sheet, o)
	if err != nil {
		return "", "", err
	}
	cell := g.At(area.Row, area.Col)
	return parsePeriod(cell), cell.String(), nil
}

// openGrid opens a file and returns one of its sheets.
func openGrid(path, sheet string, o Options) (*grid.Grid, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	book, err := source.OpenFile(name, file, info.Size(), o.opening())
	if err != nil {
		return nil, err
	}
	for _, f := range book.Findings {
		if f.Severity == dataset.Stop {
			f.Ref.File = name
			return nil, &StoppedError{f}
		}
	}
	missing := &NoSheetError{File: name, Wanted: sheet}
	for i := range book.Grids {
		g := &book.Grids[i]
		if sheet == "" && !g.Hidden || sheet != "" && strings.EqualFold(g.Sheet, sheet) {
			return g, nil
		}
		missing.Sheets = append(missing.Sheets, g.Sheet)
	}
	return nil, missing
}
