package annotate

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
	cellgrid "valuebook/report/workbook/grid"
	reading "valuebook/report/workbook/source"
)

// mostCopied is how many cells a copy of the data may have: the library keeps
// all of them in memory.
const mostCopied = 3_000_000

// asReadFor is [asRead] for a report: the sheet that its rows stand on must be
// among those that were read.
func asReadFor(input []byte, d *dataset.Dataset) ([]byte, error) {
	copied, err := asRead(input, d.Receipt)
	if err != nil {
		return nil, err
	}
	at, err := openArchive(copied)
	if err != nil {
		return nil, err
	}
	place := d.Customers.Place
	if d.Offers != nil {
		place = d.Offers.Place
	}
	if place.Sheet != "" && at.position(place.Sheet) < 0 {
		return nil, errNothingRead
	}
	return copied, nil
}

// errNothingRead says that a file holds no table that could be copied.
var errNothingRead = errors.New("annotate: nothing of the file could be read")

// asRead returns a new workbook with the cells of a file as they were read, each
// at its place on a sheet of its name: values only, without the looks. Results
// that cannot go into the file itself go beside these.
func asRead(input []byte, receipt dataset.Receipt) ([]byte, error) {
	book := reading.Open(receipt.File, input, reading.Options{Encoding: receipt.Encoding})
	f := excelize.NewFile()
	defer f.Close()
	written, copied := 0, 0
	dates, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return nil, err
	}
	for i := range book.Grids {
		g := &book.Grids[i]
		if g.Ours || g.Len() == 0 {
			continue
		}
		if copied += cellsOf(g); copied > mostCopied {
			return nil, errNothingRead
		}
		if err := copySheet(f, g, written == 0, dates); err != nil {
			return nil, fmt.Errorf("annotate: sheet %q: %w", g.Sheet, err)
		}
		written++
	}
	if written == 0 {
		return nil, errNothingRead
	}
	var out bytes.Buffer
	err = sheets.Open(f).Save(&out)
	return out.Bytes(), err
}

func cellsOf(g *cellgrid.Grid) int {
	n := 0
	for _, row := range g.All() {
		n += row.Len()
	}
	return n
}

// copySheet writes the cells of a sheet.
func copySheet(f *excelize.File, g *cellgrid.Grid, first bool, dates int) error {
	err := f.SetSheetName("Sheet1", g.Sheet)
	if !first {
		_, err = f.NewSheet(g.Sheet)
	}
	if err != nil {
		return err
	}
	lastRow, widths := 1, map[int]float64{}
	for _, row := range g.All() {
		for c := range row.Cells() {
			if err := copyCell(f, g.Sheet, sheets.Address(row.Number, int(c.Col)), c, dates); err != nil {
				return err
			}
			widths[int(c.Col)] = max(widths[int(c.Col)], float64(len([]rune(c.String()))))
		}
		lastRow = row.Number
	}
	return shapeCopy(f, g.Sheet, lastRow, widths)
}

// The widths of the columns of a copy, in letters.
const narrowest, widest = 9, 42

// shapeCopy makes the columns of a copy as wide as what they hold.
func shapeCopy(f *excelize.File, sheet string, lastRow int, widths map[int]float64) error {
	lastCol := 1
	for col, width := range widths {
		lastCol = max(lastCol, col)
		letters := dataset.ColumnLetters(col)
		if err := f.SetColWidth(sheet, letters, letters, min(max(width+2, narrowest), widest)); err != nil {
			return err
		}
	}
	return f.SetSheetDimension(sheet, "A1:"+sheets.Address(lastRow, lastCol))
}

func copyCell(f *excelize.File, sheet, address string, c cellgrid.Cell, dates int) error {
	switch {
	case c.Kind == cellgrid.Empty:
		return nil
	case c.Kind == cellgrid.Number && !c.Plain:
		return f.SetCellFloat(sheet, address, c.Num, -1, 64)
	case c.Kind == cellgrid.Bool:
		return f.SetCellBool(sheet, address, c.Num != 0)
	case c.Kind == cellgrid.Date:
		if err := f.SetCellFloat(sheet, address, c.Num, -1, 64); err != nil {
			return err
		}
		return f.SetCellStyle(sheet, address, address, dates)
	}
	if x, ok := plainNumber(c.Text); ok && c.Plain {
		return f.SetCellFloat(sheet, address, x, -1, 64)
	}
	return f.SetCellStr(sheet, address, c.String())
}
