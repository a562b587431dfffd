package sheetxml

import (
	"bytes"
	"fmt"
)

// cells takes what a row holds.
func (w *worksheet) cells() error {
	for {
		if len(w.buf)-w.at < wholeCell {
			if err := w.fill(wholeCell); err != nil {
				return err
			}
		}
		if w.quickCell() {
			if err := w.deliver(); err != nil {
				return err
			}
			continue
		}
		kind, err := w.next()
		switch {
		case err != nil:
			return err
		case kind == pieceClose:
			w.cell.Col = 0
			return nil
		case kind == pieceText:
		case bytes.Equal(w.name, w.cellName):
			err = w.slowCell(kind)
		case w.is("extLst"):
			err = w.leaveOut(kind)
		default:
			err = fmt.Errorf("%w: element %s in a row", ErrUnknown, w.name)
		}
		if err != nil {
			return err
		}
	}
}

// deliver gives the cell to the sink.
func (w *worksheet) deliver() error {
	if w.cell.Col > maxCol {
		return fmt.Errorf("%w: column %d", ErrBroken, w.cell.Col)
	}
	return w.sink.Cell(&w.cell)
}

// leaveOut passes over the element that was just met.
func (w *worksheet) leaveOut(kind piece) error {
	err := w.checkAttributes()
	if err == nil && kind == pieceOpen {
		err = w.skip()
	}
	return err
}

// slowCell takes a cell whose tag was just met, however it is written.
func (w *worksheet) slowCell(kind piece) error {
	if err := w.beginCell(); err != nil {
		return err
	}
	w.value, w.inline = w.value[:0], w.inline[:0]
	for kind == pieceOpen {
		inner, err := w.next()
		if err == nil && inner == pieceClose {
			break
		}
		if err == nil && inner != pieceText {
			err = w.cellPart(inner)
		}
		if err != nil {
			return err
		}
	}
	w.cell.Value, w.cell.Text = w.value, w.inline
	return w.deliver()
}

// beginCell takes the attributes of a cell.
func (w *worksheet) beginCell() error {
	col, given := w.cell.Col+1, false
	w.cell = RawCell{Row: w.row, Col: col}
	return w.attr(func(name, value []byte) error {
		switch string(name) {
		case "r":
			row, col := parseAddress(value)
			if row != w.row || col == 0 || given {
				return fmt.Errorf("%w: address %q in row %d", ErrBroken, value[:min(len(value), 20)], w.row)
			}
			w.cell.Col, given = col, true
		case "s":
			style, ok := Digits(value)
			if !ok {
				return fmt.Errorf("%w: style %q", ErrBroken, value[:min(len(value), 20)])
			}
			w.cell.Style = style
		case "t":
			kind, ok := types[string(value)]
			if !ok {
				return fmt.Errorf("%w: type %q of a cell", ErrUnknown, value[:min(len(value), 20)])
			}
			w.cell.Type = kind
		case "xmlns":
			return fmt.Errorf("%w: a namespace declared within the rows", ErrUnknown)
		}
		return nil
	})
}

// cellPart takes an element within a cell.
func (w *worksheet) cellPart(kind piece) error {
	switch {
	case w.is("v"):
		if w.cell.HasValue {
			return fmt.Errorf("%w: a cell with two values", ErrBroken)
		}
		w.cell.HasValue = true
		return w.collect(kind, &w.value)
	case w.is("is"):
		return w.item(kind, &w.inline)
	case w.is("f"):
		w.cell.Formula = true
		if err := w.formula(); err != nil {
			return err
		}
		return w.leaveOut(kind)
	case w.is("extLst"):
		return w.leaveOut(kind)
	}
	return fmt.Errorf("%w: element %s in a cell", ErrUnknown, w.name)
}

// formula takes the attributes of a formula that reach beyond its cell.
func (w *worksheet) formula() error {
	shared := false
	return w.attr(func(name, value []byte) error {
		switch string(name) {
		case "t":
			shared = string(value) == "shared"
		case "si":
			if n, ok := Digits(value); ok {
				w.cell.Shared = n + 1
			}
		case "ref":
			if area, ok := ParseArea(string(value)); ok && !shared {
				w.cell.Over = area
			}
		}
		return nil
	})
}

// collect appends the text of the element that was just met.
func (s *stream) collect(kind piece, to *[]byte) error {
	if err := s.checkAttributes(); err != nil || kind == pieceEmpty {
		return err
	}
	for {
		inner, err := s.next()
		switch {
		case err != nil:
			return err
		case inner == pieceClose:
			return nil
		case inner != pieceText:
			return fmt.Errorf("%w: element %s in a text", ErrUnknown, s.name)
		}
		*to = append(*to, s.text...)
	}
}

// item appends the text of a string item, whose element was just met: plain, or in runs, without the phonetic
// hints of Japanese.
func (w *worksheet) item(kind piece, to *[]byte) error {
	return w.stream.item(kind, w.prefix, to)
}

func (s *stream) item(kind piece, prefix string, to *[]byte) error {
	if err := s.checkAttributes(); err != nil || kind == pieceEmpty {
		return err
	}
	is := func(name string) bool {
		return len(s.name) == len(prefix)+len(name) && string(s.name[:len(prefix)]) == prefix && string(s.name[len(prefix):]) == name
	}
	for within := s.depth(); ; {
		inner, err := s.next()
		switch {
		case err != nil:
			return err
		case inner == pieceText:
		case inner == pieceClose:
			if s.depth() < within {
				return nil
			}
		case is("t"):
			err = s.collect(inner, to)
		case is("r"):
			err = s.checkAttributes()
		case is("rPh"), is("rPr"), is("phoneticPr"), is("extLst"):
			if err = s.checkAttributes(); err == nil && inner == pieceOpen {
				err = s.skip()
			}
		default:
			err = fmt.Errorf("%w: element %s in a string", ErrUnknown, s.name)
		}
		if err != nil {
			return err
		}
	}
}
