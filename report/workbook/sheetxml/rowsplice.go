package sheetxml

import (
	"bytes"
	"fmt"
	"strconv"
)

// A Filler makes the cells that are put into the rows of a large part. It is used by several goroutines.
type Filler interface {
	// Ahead returns the number of the first row, from a row on, that gets cells; 0 when there is none.
	Ahead(row int) int
	// Fill appends the cells of a row, whole elements without prefixes in the order of their columns.
	Fill(to []byte, row int) ([]byte, error)
}

// A RowSplice puts cells into rows, all of them into the columns of one area.
type RowSplice struct {
	Area   Area
	Filler Filler
}

// Piece appends a piece of rows, as [Rows.Next] returns it, with the cells put in. Cells of the piece in the area that have a
// look but no content give way to those of a row that gets cells; one with content is [ErrOccupied].
func (r RowSplice) Piece(to, piece []byte, before, last int) ([]byte, error) {
	s := &rowSplicer{RowSplice: r, data: piece, out: to, row: before}
	for s.at < len(piece) {
		if err := s.next(); err != nil {
			return nil, err
		}
	}
	if s.row != last {
		return nil, fmt.Errorf("%w: row %d is the last, not %d", ErrBroken, s.row, last)
	}
	return s.out, nil
}

// New appends the rows behind a row, and before another one, that get cells and are not there yet.
func (r RowSplice) New(to []byte, after, before int) ([]byte, error) {
	s := &rowSplicer{RowSplice: r, out: to, row: after}
	err := s.fresh(before)
	return s.out, err
}

// A rowSplicer works on one piece.
type rowSplicer struct {
	RowSplice
	data []byte
	at   int
	out  []byte
	row  int // number of the row before
}

// fresh writes the rows before a row that are not there yet.
func (s *rowSplicer) fresh(row int) (err error) {
	for {
		n := s.Filler.Ahead(s.row + 1)
		if n == 0 || n >= row {
			return nil
		}
		s.out = append(s.out, `<row r="`...)
		s.out = strconv.AppendInt(s.out, int64(n), 10)
		s.out = append(s.out, `">`...)
		if s.out, err = s.Filler.Fill(s.out, n); err != nil {
			return err
		}
		s.out = append(s.out, endOfRow...)
		s.row = n
	}
}

// next passes on the next row, or what stands before it.
func (s *rowSplicer) next() error {
	rest := s.data[s.at:]
	if isSpace(rest[0]) {
		n := len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
		s.out, s.at = append(s.out, rest[:n]...), s.at+n
		return nil
	}
	if !bytes.HasPrefix(rest, []byte("<row ")) {
		return fmt.Errorf("%w: %.20q among the rows", ErrUnknown, rest)
	}
	tag := Tag{Start: s.at, End: tagEnd(s.data, s.at+1), Name: rest[1:4]}
	if tag.End < 0 {
		return fmt.Errorf("%w: a row's tag does not end", ErrBroken)
	}
	from, to, ok := tag.Span(s.data, "r")
	number, known := Digits(s.data[from:to])
	if !ok || !known || number <= s.row || number > maxRow {
		return fmt.Errorf("%w: row %q after row %d", ErrUnknown, s.data[from:to], s.row)
	}
	row := rowAt{Element{Tag: tag, InnerEnd: tag.End, End: tag.End}, number}
	if s.data[tag.End-2] == '/' {
		row.Kind = Empty
	} else {
		end, err := rowEnd(s.data, tag.End)
		if err != nil {
			return err
		}
		row.InnerEnd, row.End = end, end+len(endOfRow)
	}
	if err := s.fresh(number); err != nil {
		return err
	}
	s.row = number
	if s.Filler.Ahead(number) != number {
		s.out = append(s.out, s.data[row.Start:row.End]...)
	} else if err := s.fill(row); err != nil {
		return err
	}
	s.at = row.End
	return nil
}

// rowEnd returns where the end tag of a row begins. A comment or a section may hold what looks like one.
func rowEnd(data []byte, at int) (int, error) {
	n := -1
	for from := at; n < 0; {
		// The "w" is rarer in rows than the beginning of the tag: this is the faster search.
		w := bytes.IndexByte(data[from:], 'w')
		if w < 0 {
			return 0, fmt.Errorf("%w: a row does not end", ErrBroken)
		}
		if from += w + 1; bytes.HasSuffix(data[at:from], endOfRow[:len(endOfRow)-1]) && from < len(data) && data[from] == '>' {
			n = from - at - len(endOfRow) + 1
		}
	}
	if bytes.IndexByte(data[at:at+n], '!') >= 0 && bytes.Contains(data[at:at+n], []byte("<!")) {
		return 0, fmt.Errorf("%w: a comment or a section in a row", ErrUnknown)
	}
	return at + n, nil
}

// fill puts cells into a row.
func (s *rowSplicer) fill(row rowAt) (err error) {
	before, after := row.InnerEnd, row.InnerEnd
	if !s.leftOf(row) {
		if before, after, err = s.gap(row); err != nil {
			return err
		}
	}
	s.tag(row)
	s.out = append(s.out, s.data[row.Tag.End:before]...)
	if s.out, err = s.Filler.Fill(s.out, row.number); err != nil {
		return err
	}
	s.out = append(s.out, s.data[after:row.InnerEnd]...)
	s.out = append(s.out, endOfRow...)
	return nil
}

// leftOf reports whether the last cell of a row stands left of the area, where that is plain to see.
func (s *rowSplicer) leftOf(row rowAt) bool {
	inner := s.data[row.Tag.End:row.InnerEnd]
	if len(inner) == 0 {
		return true
	}
	at := bytes.LastIndex(inner, []byte("<c "))
	if at < 0 || !bytes.HasSuffix(inner, closeCell) && !bytes.HasSuffix(inner, []byte("/>")) || bytes.Contains(inner[at:], []byte("extLst")) {
		return false
	}
	last := inner[at:]
	if !bytes.HasPrefix(last, []byte(`<c r="`)) {
		return false
	}
	end := bytes.IndexByte(last[6:], '"')
	if end < 0 {
		return false
	}
	number, col := parseAddress(last[6 : 6+end])
	return number == row.number && col > 0 && col < s.Area.Col
}

// gap returns where the cells belong in a row, and where what follows them begins.
func (s *rowSplicer) gap(row rowAt) (before, after int, err error) {
	sheet := &sheet{data: s.data, rowName: []byte("row"), cellName: []byte("c")}
	before = -1
	end, err := sheet.cells(row, func(c cellAt) error {
		switch {
		case c.col < s.Area.Col:
		case c.col > s.Area.LastCol:
			if before < 0 {
				before, after = c.Start, c.Start
			}
		case !sheet.blank(c):
			return fmt.Errorf("%w: cell %s", ErrOccupied, address(row.number, c.col))
		default:
			if before < 0 {
				before = c.Start
			}
			after = c.End
		}
		return nil
	})
	if before < 0 {
		before, after = end, end
	}
	return before, after, err
}

// tag writes the tag of a row that gets cells, with the hint of its columns extended.
func (s *rowSplicer) tag(row rowAt) {
	end := row.Tag.End
	if row.Kind == Empty {
		end -= len("/>")
	}
	text := s.data[row.Start:end]
	from, to, ok := row.Span(s.data, "spans")
	first, last, both := bytes.Cut(s.data[from:to], []byte(":"))
	low, ok1 := Digits(first)
	high, ok2 := Digits(last)
	if ok && both && ok1 && ok2 {
		s.out = append(s.out, s.data[row.Start:from]...)
		s.out = strconv.AppendInt(s.out, int64(min(low, s.Area.Col)), 10)
		s.out = append(s.out, ':')
		s.out = strconv.AppendInt(s.out, int64(max(high, s.Area.LastCol)), 10)
		text = s.data[to:end]
	}
	s.out = append(s.out, text...)
	if row.Kind == Empty {
		s.out = append(s.out, '>')
	}
}
