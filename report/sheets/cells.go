package sheets

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// longestText is the most that a cell can hold.
const longestText = 32767

// Put writes cells to a sheet. Formulas are completed when the book is saved.
func (b *Book) Put(sheet string, cells []Cell) error {
	planned := b.plan[sheet]
	if planned == nil {
		planned = map[place]Cell{}
		b.plan[sheet] = planned
	}
	ordered := append([]Cell(nil), cells...)
	sort.SliceStable(ordered, func(i, j int) bool {
		a, b := ordered[i], ordered[j]
		return a.Row < b.Row || a.Row == b.Row && a.Col < b.Col
	})
	for _, c := range ordered {
		at := place{c.Row, c.Col}
		if _, twice := planned[at]; twice {
			return fmt.Errorf("sheets: cell %s!%s is planned twice", sheet, Address(c.Row, c.Col))
		}
		planned[at] = c
		if err := b.put(sheet, c); err != nil {
			return fmt.Errorf("sheets: cell %s!%s: %w", sheet, Address(c.Row, c.Col), err)
		}
	}
	return nil
}

func (b *Book) put(sheet string, c Cell) error {
	address := Address(c.Row, c.Col)
	if err := b.value(sheet, address, c); err != nil {
		return err
	}
	id, err := b.looks.id(c.Style)
	if err != nil {
		return err
	}
	if err := b.File.SetCellStyle(sheet, address, address, id); err != nil {
		return err
	}
	if c.Link != "" {
		if err := b.File.SetCellHyperLink(sheet, address, strings.TrimPrefix(c.Link, "#"), "Location"); err != nil {
			return err
		}
	}
	if c.Note != "" {
		defer b.dropPads()
		b.freePart("xl/comments", "xl/comments", "xl/drawings/vmlDrawing")
		note := excelize.Comment{Author: author, Cell: address, Paragraph: []excelize.RichTextRun{{Text: c.Note}}, Width: 260, Height: 90}
		return b.File.AddComment(sheet, note)
	}
	return nil
}

// value stores the cell's value. A formula's cell gets a number as a stand-in,
// so that the element exists when the book is saved.
func (b *Book) value(sheet, address string, c Cell) error {
	if c.Formula != "" {
		return b.File.SetCellInt(sheet, address, 0)
	}
	switch v := c.Value.(type) {
	case nil:
		return nil
	case string:
		return b.File.SetCellStr(sheet, address, cut(v))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return b.File.SetCellFloat(sheet, address, v, -1, 64)
	case int:
		return b.File.SetCellInt(sheet, address, int64(v))
	case bool:
		return b.File.SetCellBool(sheet, address, v)
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return b.File.SetCellValue(sheet, address, v.UTC())
	}
	return fmt.Errorf("a value of type %T cannot be written", c.Value)
}

// cut shortens a text to what a cell can hold, in UTF-16 units as the
// programs count.
func cut(text string) string {
	units := 0
	for i, r := range text {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > longestText {
			return text[:i]
		}
	}
	return text
}
