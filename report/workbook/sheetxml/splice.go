package sheetxml

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// An Addition is what is put into a worksheet part. Fragments are without
// prefixes; the splice gives them that of the part.
type Addition struct {
	Cells      []Cell
	Widths     map[int]float64 // by column
	Conditions [][]byte        // elements conditionalFormatting, priorities from 1
	Hyperlinks [][]byte        // elements hyperlink that need no relation
	Drawing    string          // relation of a drawing for notes, "" for none
	// Area is what the addition covers where its cells are put into the rows by a
	// [RowSplice]; zero for the rectangle of Cells.
	Area Area
}

// area returns the rectangle that the cells span.
func (a Addition) area() Area {
	if a.Area != (Area{}) {
		return a.Area
	}
	if len(a.Cells) == 0 {
		return Area{}
	}
	out := Area{Row: maxRow, Col: maxCol}
	for _, c := range a.Cells {
		out = Area{min(out.Row, c.Row), min(out.Col, c.Col), max(out.LastRow, c.Row), max(out.LastCol, c.Col)}
	}
	return out
}

// Splice returns the edits that put an addition into a worksheet part: [Apply]
// makes them, [Strip] takes them out again.
//
// Cells go into the rows that are there, or into new ones. A cell of the part
// that has a look but no content gives way; one with content, or a merged range
// in the way, is [ErrOccupied]. What is not known for certain is [ErrUnknown].
func Splice(part []byte, add Addition) ([]Edit, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	cells, err := ordered(add.Cells)
	if err != nil {
		return nil, err
	}
	area := add.area()
	if err := s.free(area); err != nil {
		return nil, err
	}
	edits := s.dimension(area)
	edits = append(edits, s.widths(add.Widths)...)
	rows, err := s.splice(cells)
	if err != nil {
		return nil, err
	}
	edits = append(edits, rows...)
	return append(edits, s.furniture(add)...), nil
}

// ordered sorts cells and refuses those that no sheet can hold.
func ordered(cells []Cell) ([]Cell, error) {
	out := slices.Clone(cells)
	slices.SortStableFunc(out, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
	})
	for i, c := range out {
		if c.Row < 1 || c.Row > maxRow || c.Col < 1 || c.Col > maxCol {
			return nil, fmt.Errorf("%w: cell in row %d, column %d", ErrUnknown, c.Row, c.Col)
		}
		if i > 0 && out[i-1].Row == c.Row && out[i-1].Col == c.Col {
			return nil, fmt.Errorf("%w: cell %s twice", ErrUnknown, address(c.Row, c.Col))
		}
	}
	return out, nil
}

// free refuses an area that a merged range reaches into.
func (s *sheet) free(area Area) error {
	if area == (Area{}) {
		return nil
	}
	return s.merges(func(merged Area) error {
		if merged.Meets(area) {
			return fmt.Errorf("%w: merged range at %s", ErrOccupied, address(merged.Row, merged.Col))
		}
		return nil
	})
}

// merges visits the merged ranges.
func (s *sheet) merges(visit func(Area) error) error {
	for _, merges := range s.named("mergeCells") {
		list, err := Within(s.data, merges)
		if err != nil {
			return err
		}
		for _, m := range list {
			ref, _ := m.Attr(s.data, "ref")
			if merged, ok := ParseArea(ref); ok {
				if err := visit(merged); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// LastColumn returns the last column of a worksheet part in which a cell has
// content, a value, a text or a formula, also one without a result, or which a
// merged range covers. It is 0 when there is none.
func LastColumn(part []byte) (int, error) {
	last := 0
	s, err := contents(part, func(filled Area) error {
		last = max(last, filled.LastCol)
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = s.merges(func(merged Area) error {
		last = max(last, merged.LastCol)
		return nil
	})
	return last, err
}

// Unoccupied is [ErrOccupied] when a cell with content or a merged range of a
// worksheet part lies in an area, and nil when a splice would find it free.
func Unoccupied(part []byte, area Area) error {
	s, err := contents(part, func(filled Area) error {
		if area.Meets(filled) {
			return fmt.Errorf("%w: cell %s", ErrOccupied, address(filled.Row, filled.Col))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.free(area)
}

// FilledColumns returns which columns of a worksheet part hold content or merged
// ranges in some rows, the first and the last included; the index is the column.
func FilledColumns(part []byte, first, last int) ([]bool, error) {
	filled := make([]bool, maxCol+1)
	mark := func(area Area) error {
		if area.Row <= last && first <= area.LastRow {
			for col := area.Col; col <= area.LastCol; col++ {
				filled[col] = true
			}
		}
		return nil
	}
	s, err := contents(part, mark)
	if err != nil {
		return nil, err
	}
	return filled, s.merges(mark)
}

// contents visits the cells of a part that have content, each with the cells
// over which the results of its formula spread.
func contents(part []byte, visit func(Area) error) (*sheet, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	return s, s.rows(func(row rowAt) error {
		_, err := s.cells(row, func(c cellAt) error {
			if s.blank(c) {
				return nil
			}
			return visit(s.spread(row.number, c))
		})
		return err
	})
}

// spread returns the cells that a cell fills: itself, or the range of an array
// formula or a data table.
func (s *sheet) spread(row int, c cellAt) Area {
	at := Area{row, c.col, row, c.col}
	if !bytes.Contains(c.Inner(s.data), []byte("ref=")) {
		return at
	}
	scan := &Scanner{data: s.data[:c.InnerEnd], at: c.Tag.End}
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		ref, _ := t.Attr(s.data, "ref")
		if over, ok := ParseArea(ref); ok && t.Local() == "f" && over.Holds(at) {
			return over
		}
	}
	return at
}

// dimension extends the range that the part says to be used.
func (s *sheet) dimension(area Area) []Edit {
	if area == (Area{}) {
		return nil
	}
	for _, d := range s.named("dimension") {
		from, to, ok := d.Span(s.data, "ref")
		used, known := ParseArea(string(s.data[from:to]))
		if !ok || !known {
			continue
		}
		row, col := min(used.Row, area.Row), min(used.Col, area.Col)
		lastRow, lastCol := max(used.LastRow, area.LastRow), max(used.LastCol, area.LastCol)
		if (Area{row, col, lastRow, lastCol}) != used {
			return []Edit{Replace(s.data, from, to, address(row, col)+":"+address(lastRow, lastCol))}
		}
	}
	return nil
}

// splice puts cells into the rows.
func (s *sheet) splice(cells []Cell) ([]Edit, error) {
	var edits []Edit
	err := s.rows(func(row rowAt) error {
		var before []Cell
		before, cells = until(cells, row.number)
		if len(before) > 0 {
			edits = append(edits, Insert(row.Start, s.newRows(before)))
		}
		var mine []Cell
		mine, cells = until(cells, row.number+1)
		if len(mine) == 0 {
			return nil
		}
		more, err := s.intoRow(row, mine)
		edits = append(edits, more...)
		return err
	})
	if err != nil || len(cells) == 0 {
		return edits, err
	}
	return append(edits, Into(s.data, s.table, s.newRows(cells))), nil
}

// until splits ordered cells before a row.
func until(cells []Cell, row int) (before, rest []Cell) {
	n := 0
	for n < len(cells) && cells[n].Row < row {
		n++
	}
	return cells[:n], cells[n:]
}

// newRows writes rows that are not there yet.
func (s *sheet) newRows(cells []Cell) string {
	var out strings.Builder
	for len(cells) > 0 {
		var row []Cell
		row, cells = until(cells, cells[0].Row+1)
		fmt.Fprintf(&out, `<%s r="%d">`, s.rowName, row[0].Row)
		for _, c := range row {
			s.write(&out, c)
		}
		fmt.Fprintf(&out, `</%s>`, s.rowName)
	}
	return out.String()
}

// write writes one cell.
func (s *sheet) write(out *strings.Builder, c Cell) {
	out.WriteByte('<')
	out.Write(s.cellName)
	out.WriteString(` r="`)
	out.WriteString(address(c.Row, c.Col))
	out.WriteByte('"')
	if c.Style > 0 {
		out.WriteString(` s="` + strconv.Itoa(c.Style) + `"`)
	}
	if c.Type != "" {
		out.WriteString(` t="` + c.Type + `"`)
	}
	if len(c.Inner) == 0 {
		out.WriteString("/>")
		return
	}
	out.WriteByte('>')
	out.Write(Prefixed(c.Inner, s.prefix))
	out.WriteString("</")
	out.Write(s.cellName)
	out.WriteByte('>')
}

// intoRow puts cells into a row that is there, each before the first cell
// that stands further right.
func (s *sheet) intoRow(row rowAt, mine []Cell) ([]Edit, error) {
	edits := s.spans(row, mine)
	var text strings.Builder
	end, err := s.cells(row, func(c cellAt) error {
		text.Reset()
		for len(mine) > 0 && mine[0].Col < c.col {
			s.write(&text, mine[0])
			mine = mine[1:]
		}
		if text.Len() > 0 {
			edits = append(edits, Insert(c.Start, text.String()))
		}
		if len(mine) == 0 || mine[0].Col > c.col {
			return nil
		}
		if !s.blank(c) {
			return fmt.Errorf("%w: cell %s", ErrOccupied, address(row.number, c.col))
		}
		text.Reset()
		s.write(&text, mine[0])
		mine = mine[1:]
		edits = append(edits, Replace(s.data, c.Start, c.End, text.String()))
		return nil
	})
	if err != nil || len(mine) == 0 {
		return edits, err
	}
	text.Reset()
	for _, c := range mine {
		s.write(&text, c)
	}
	return append(edits, into(s.data, row.Element, end, text.String())), nil
}

// blank reports whether a cell has no content.
func (s *sheet) blank(c cellAt) bool {
	inner := c.Inner(s.data)
	for _, b := range inner {
		if !isSpace(b) {
			return false
		}
	}
	return true
}

// spans extends the hint of a row which columns it uses; only the usual form of
// one range is touched.
func (s *sheet) spans(row rowAt, mine []Cell) []Edit {
	from, to, ok := row.Span(s.data, "spans")
	first, last, both := strings.Cut(string(s.data[from:to]), ":")
	low, err1 := strconv.Atoi(first)
	high, err2 := strconv.Atoi(last)
	if !ok || !both || err1 != nil || err2 != nil {
		return nil
	}
	newLow, newHigh := min(low, mine[0].Col), max(high, mine[len(mine)-1].Col)
	if newLow == low && newHigh == high {
		return nil
	}
	return []Edit{Replace(s.data, from, to, fmt.Sprintf("%d:%d", newLow, newHigh))}
}
