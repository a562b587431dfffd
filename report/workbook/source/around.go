package source

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report/workbook/grid"
	"valuebook/report/workbook/sheetxml"
)

// maxAround is how many bytes of a file the way around takes.
const maxAround = 64 << 20

var errAround = errors.New("too large for the way around")

// around reads a worksheet with the spreadsheet library. The library ends quietly where a part is broken, so that
// the part is first held to be well formed to its end.
func (s *sheets) around(properties grid.Grid, target string) (g grid.Grid, err error) {
	defer func() { // the library may panic on a damaged file
		if p := recover(); p != nil {
			err = fmt.Errorf("read sheet: %v", p)
		}
	}()
	if s.size > maxAround {
		return g, errAround
	}
	if err := s.wellFormed(target); err != nil {
		return g, err
	}
	f, err := excelize.OpenReader(io.NewSectionReader(s.file, 0, s.size))
	if err != nil {
		return g, err
	}
	defer f.Close()
	rows, err := f.Rows(properties.Sheet)
	if err != nil {
		return g, err
	}
	defer rows.Close()
	out := grid.NewBuilder(properties)
	if err := s.copyRows(f, rows, out, properties.Sheet); err != nil {
		return g, err
	}
	merged, err := f.GetMergeCells(properties.Sheet)
	for _, m := range merged {
		if area, ok := grid.ParseArea(m.GetStartAxis() + ":" + m.GetEndAxis()); ok {
			out.Merge(area)
		}
	}
	return out.Grid(), err
}

// wellFormed holds that a part can be scanned to its end.
func (s *sheets) wellFormed(target string) error {
	text, in, err := s.pack.Text(target)
	if err != nil {
		return err
	}
	defer in.Close()
	return sheetxml.Sound(text)
}

func (s *sheets) copyRows(f *excelize.File, rows *excelize.Rows, out *grid.Builder, sheet string) error {
	cells := &sink{setting: &s.setting, out: out}
	for number := 1; rows.Next(); number++ {
		texts, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		if err := cells.Row(number, rows.GetRowOpts().Hidden); err != nil {
			return err
		}
		for i, text := range texts {
			if text == "" {
				continue
			}
			if err := s.copyCell(f, cells, sheet, sheetxml.RawCell{Row: number, Col: i + 1, Value: []byte(text), HasValue: true}); err != nil {
				return err
			}
		}
	}
	return rows.Error()
}

// copyCell puts a cell that the library read into the grid, by the type and style that the library tells.
func (s *sheets) copyCell(f *excelize.File, cells *sink, sheet string, c sheetxml.RawCell) error {
	axis, err := excelize.CoordinatesToCellName(c.Col, c.Row)
	if err != nil {
		return err
	}
	kind, err := f.GetCellType(sheet, axis)
	if err != nil {
		return err
	}
	if c.Style, err = f.GetCellStyle(sheet, axis); err != nil {
		return err
	}
	switch kind {
	case excelize.CellTypeInlineString, excelize.CellTypeSharedString, excelize.CellTypeFormula:
		c.Type = sheetxml.TypeFormula
	case excelize.CellTypeBool:
		c.Type = sheetxml.TypeBool
		c.Value = []byte(strings.ToLower(string(c.Value)))
	case excelize.CellTypeError:
		c.Type = sheetxml.TypeError
	case excelize.CellTypeDate:
		c.Type = sheetxml.TypeDate
	}
	return cells.Cell(&c)
}
