package annotate

import (
	"bytes"
	"fmt"
	"io"

	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// A streamed is a sheet whose rows are written bit by bit.
type streamed struct {
	before, after sheetxml.Frame
	edits         []sheetxml.Edit // of the sheet without its rows
	splice        sheetxml.RowSplice
	filler        *filler
	open          func() (io.ReadCloser, error) // the sheet as it was
}

// blocks makes the sheet's part.
func (s *streamed) blocks(yield func(parts.Block) bool) error {
	in, err := s.open()
	if err != nil {
		return err
	}
	defer in.Close()
	rows, err := s.before.Rows(in)
	if err != nil {
		return err
	}
	constant := func(data []byte) parts.Block {
		return func(to []byte) ([]byte, error) { return append(to, data...), nil }
	}
	if !yield(constant(s.after.Head)) {
		return nil
	}
	for {
		piece, before, last, err := rows.Next()
		if err != nil {
			return err
		}
		if len(piece) == 0 {
			return s.rest(yield, last, constant(s.after.Tail))
		}
		if !yield(func(to []byte) ([]byte, error) {
			defer sheetxml.Release(piece)
			return s.splice.Piece(to, piece, before, last)
		}) {
			return nil
		}
	}
}

// restRows is how many new rows a block has.
const restRows = 2000

// rest makes what stands behind the last row that is there.
func (s *streamed) rest(yield func(parts.Block) bool, last int, tail parts.Block) error {
	for next := s.splice.Filler.Ahead(last + 1); next > 0; next = s.splice.Filler.Ahead(last + 1) {
		from, to := last, next+restRows
		if !yield(func(out []byte) ([]byte, error) { return s.splice.New(out, from, to) }) {
			return nil
		}
		last = to - 1
	}
	yield(tail)
	return nil
}

// check compares the part that was written with the original.
func (s *streamed) check(after *parts.Package, part string) error {
	if changed := s.after.Part(); len(s.edits) > 0 {
		back, err := sheetxml.Strip(changed, s.edits)
		if err != nil {
			return err
		}
		if !bytes.Equal(back, s.before.Part()) {
			return fmt.Errorf("it differs from the original by more than the insertions")
		}
		if err := parts.WellFormed(changed); err != nil {
			return err
		}
	}
	was, err := s.open()
	if err != nil {
		return err
	}
	defer was.Close()
	is, err := after.Stream(part)
	if err != nil {
		return err
	}
	defer is.Close()
	old, err := s.before.Rows(was)
	if err != nil {
		return err
	}
	now, err := s.after.Rows(is)
	if err != nil {
		return err
	}
	rows, cells, err := sheetxml.SameRows(old, now, s.splice.Area)
	if err != nil {
		return err
	}
	if wantRows, wantCells := s.filler.cells(); rows != wantRows || cells != wantCells {
		return fmt.Errorf("%d cells in %d rows, want %d in %d", cells, rows, wantCells, wantRows)
	}
	return nil
}

// blockBitByBit puts a large table beside the user's data.
func (j *joiner) blockBitByBit(part, from string, bulk *Bulk) error {
	l := j.looks[part]
	if l == nil {
		return refuse(reasonForm, "sheet %s was not read", part)
	}
	empty := l.frame.Part()
	protected, err := sheetxml.Protected(empty)
	if err == nil && protected {
		err = refuse(reasonForm, "a protected sheet is changed as a whole")
	}
	if err != nil {
		return err
	}
	if err := j.blockTables(part); err != nil {
		return err
	}
	add, err := j.addition(from)
	if err != nil {
		return err
	}
	if l.last >= j.plan.Area.Col {
		return refuse(reasonOccupied, "column %d has content", l.last)
	}
	single, styles, err := j.parted(bulk, add.Cells)
	if err != nil {
		return err
	}
	add.Cells, add.Area = nil, j.area()
	if err := j.notes(part, empty, &add); err != nil {
		return err
	}
	edits, err := j.spliced(empty, add)
	if err != nil {
		return err
	}
	s := &streamed{before: l.frame, edits: edits, filler: newFiller(bulk, styles, single, l.shared)}
	if s.after, err = l.frame.Change(edits); err != nil {
		return err
	}
	s.splice = sheetxml.RowSplice{Area: j.area(), Filler: s.filler}
	s.open = func() (io.ReadCloser, error) { return j.to.pack.Stream(part) }
	j.streams[part] = s
	return nil
}

// parted parts the cells of the applied sheet from those that only show the
// looks of a large table.
func (j *joiner) parted(bulk *Bulk, cells []sheetxml.Cell) (single []sheetxml.Cell, styles [][2]int, err error) {
	styles = make([][2]int, len(bulk.Columns))
	top, _ := bulk.span()
	seen := 0
	for _, c := range cells {
		n, k := c.Row-top, c.Col-bulk.Col
		if n < 0 || n > 1 || k < 0 || k >= len(styles) {
			single = append(single, c)
			continue
		}
		styles[k][n], seen = c.Style, seen+1
	}
	if seen != 2*len(styles) {
		return nil, nil, refuse(reasonGate, "%d looks of %d columns", seen, len(styles))
	}
	return single, styles, nil
}

// ourRows makes a sheet of ours whose rows are written bit by bit, from its part
// with the rows that show the looks.
func (j *joiner) ourRows(name string, data []byte, bulk *Bulk) (parts.Part, error) {
	area := sheetxml.Area(bulk.area())
	top, _ := bulk.span()
	samples := sheetxml.Area{Row: top, Col: area.Col, LastRow: top + 1, LastCol: area.LastCol}
	cells, err := sheetxml.Cells(data, samples)
	if err != nil {
		return parts.Part{}, err
	}
	_, styles, err := j.parted(bulk, cells)
	if err != nil {
		return parts.Part{}, err
	}
	edits, err := sheetxml.Remove(data, samples)
	if err != nil {
		return parts.Part{}, err
	}
	if data, err = sheetxml.Apply(data, edits); err != nil {
		return parts.Part{}, err
	}
	framer := sheetxml.NewFramer(bytes.NewReader(data))
	if _, err := io.Copy(io.Discard, framer); err != nil {
		return parts.Part{}, err
	}
	frame, err := framer.Frame()
	if err != nil {
		return parts.Part{}, err
	}
	s := &streamed{before: frame, after: frame, filler: newFiller(bulk, styles, nil, 0)}
	s.splice = sheetxml.RowSplice{Area: area, Filler: s.filler}
	s.open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	j.streams[name] = s
	return parts.Part{Name: name, Blocks: s.blocks}, nil
}
