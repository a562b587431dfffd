package sheetxml

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A CellType is how a cell stores its value: attribute t.
type CellType uint8

// The types of cells.
const (
	TypeNumber  CellType = iota // "n", or none
	TypeShared                  // "s": the number of a shared string
	TypeFormula                 // "str": a text that a formula gave
	TypeInline                  // "inlineStr"
	TypeBool                    // "b"
	TypeError                   // "e"
	TypeDate                    // "d": a date as ISO 8601 writes it
)

// types are the types by the value of their attribute.
var types = map[string]CellType{"n": TypeNumber, "s": TypeShared, "str": TypeFormula, "inlineStr": TypeInline, "b": TypeBool, "e": TypeError, "d": TypeDate}

// A RawCell is one cell as it stands in a worksheet. Its bytes are XML's text, with references replaced; they hold
// until the sink returns.
type RawCell struct {
	Row, Col int // counted from 1
	Style    int // number of the style, 0 for the standard one
	Type     CellType
	Formula  bool   // it has a formula
	Shared   int    // one more than the number of the formula that it shares with others, 0 for none
	Over     Area   // the cells over which the results of its formula spread, zero for itself alone
	HasValue bool   // it has a value, which may be blank
	Value    []byte // element v
	Text     []byte // of element is: plain, or the runs of a rich text; phonetic hints are left out
}

// A Validation is a limit of what may be entered, as it stands in a worksheet.
type Validation struct {
	Type, Operator string
	Areas          string    // ranges with blanks between them
	Formulas       [2]string // element formula1 and formula2
}

// A Sink takes what a worksheet holds, in the order of the part. An error ends the scan.
type Sink interface {
	Row(number int, hidden bool) error
	Cell(c *RawCell) error
	Merge(ref string) error
	Columns(first, last int, hidden bool) error
	Validation(v Validation) error
}

// A PlaceError is an error with the place where it was met.
type PlaceError struct {
	Row, Col int // 0 where none was met yet
	Err      error
}

// Error returns the error with its place.
func (e *PlaceError) Error() string {
	switch {
	case e.Row > 0 && e.Col > 0:
		return fmt.Sprintf("cell %s: %v", address(e.Row, e.Col), e.Err)
	case e.Row > 0:
		return fmt.Sprintf("row %d: %v", e.Row, e.Err)
	}
	return e.Err.Error()
}

// Unwrap returns the error without its place.
func (e *PlaceError) Unwrap() error { return e.Err }

// known reports whether a namespace is one of worksheets: the usual one, that of the strict form, and those of the first
// programs that wrote the format.
func known(space string) bool {
	return space == "http://purl.oclc.org/ooxml/spreadsheetml/main" || strings.HasPrefix(space, "http://schemas.openxmlformats.org/spreadsheetml/2006/")
}

// A worksheet is the scan of one worksheet part.
type worksheet struct {
	*stream
	sink   Sink
	prefix string // of the elements, with its colon
	row    int
	cell   RawCell
	rule   Validation
	value  []byte // of a cell
	inline []byte // text of a cell

	rowName, cellName []byte
}

// Scan reads a worksheet part, which must be in UTF-8 (see [UTF8]), and hands what it holds to a sink. It is strict to the end:
// a part that is cut off, or not well formed, or whose rows do not ascend, is an error, a [*PlaceError].
// [ErrUnknown] means that the part may be good but is made in a way that is not known here.
func Scan(in io.Reader, sink Sink) error {
	w := &worksheet{stream: newStream(in), sink: sink}
	if err := w.scan(); err != nil {
		return &PlaceError{Row: w.row, Col: w.cell.Col, Err: err}
	}
	return nil
}

func (w *worksheet) scan() error {
	tables := 0
	for {
		kind, err := w.next()
		if err != nil {
			return err
		}
		switch {
		case kind == pieceEnd:
			return nil
		case kind == pieceText:
			w.ruleText()
		case kind == pieceClose:
			err = w.furnitureEnd()
		case w.rowName == nil:
			err = w.begin()
		case w.is("sheetData"):
			if tables++; tables > 1 || w.depth() > 2 {
				return fmt.Errorf("%w: element sheetData twice, or within another", ErrUnknown)
			}
			if err = w.checkAttributes(); err == nil && kind == pieceOpen {
				err = w.rows()
			}
		default:
			if err = w.furniture(); err == nil && kind == pieceEmpty {
				err = w.furnitureEnd()
			}
		}
		if err != nil {
			return err
		}
	}
}

// is reports whether the element has a name, given without the prefix.
func (w *worksheet) is(name string) bool {
	return len(w.name) == len(w.prefix)+len(name) && string(w.name[len(w.prefix):]) == name && string(w.name[:len(w.prefix)]) == w.prefix
}

// begin takes the root.
func (w *worksheet) begin() error {
	colon := bytes.IndexByte(w.name, ':')
	w.prefix = string(w.name[:colon+1])
	declared := strings.TrimSuffix("xmlns:"+w.prefix, ":")
	space := ""
	err := w.attr(func(name, value []byte) error {
		if string(name) == declared {
			space = string(value)
		}
		return nil
	})
	if err == nil && (!w.is("worksheet") || !known(space)) {
		err = fmt.Errorf("%w: root %s of namespace %q", ErrUnknown, w.name, space)
	}
	w.rowName, w.cellName = []byte(w.prefix+"row"), []byte(w.prefix+"c")
	return err
}

// rows takes what sheetData holds.
func (w *worksheet) rows() error {
	for {
		kind, err := w.next()
		switch {
		case err != nil:
			return err
		case kind == pieceClose:
			w.row, w.cell.Col = 0, 0
			return nil
		case kind == pieceText:
			continue
		case !bytes.Equal(w.name, w.rowName):
			return fmt.Errorf("%w: element %s among the rows", ErrUnknown, w.name)
		}
		if err := w.beginRow(); err != nil {
			return err
		}
		if kind == pieceOpen {
			if err := w.cells(); err != nil {
				return err
			}
		}
	}
}

func (w *worksheet) beginRow() error {
	number, hidden, given := w.row+1, false, false
	err := w.attr(func(name, value []byte) error {
		switch string(name) {
		case "r":
			n, ok := Digits(value)
			if !ok || n < 1 || given {
				return fmt.Errorf("%w: row number %q", ErrBroken, value[:min(len(value), 20)])
			}
			number, given = n, true
		case "hidden":
			hidden = truth(value)
		case "xmlns":
			return fmt.Errorf("%w: a namespace declared within the rows", ErrUnknown)
		}
		return nil
	})
	w.cell.Col = 0
	switch {
	case err != nil:
		return err
	case number > maxRow:
		return fmt.Errorf("%w: row %d", ErrBroken, number)
	case number <= w.row:
		return fmt.Errorf("%w: row %d after row %d", ErrBroken, number, w.row)
	}
	w.row = number
	return w.sink.Row(number, hidden)
}

// Digits reads a whole number without a sign, up to nine digits.
func Digits(text []byte) (int, bool) {
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(text) > 0 && len(text) < 10
}

func truth(value []byte) bool {
	return string(value) == "1" || bytes.EqualFold(value, []byte("true"))
}

// Sound holds that a part in UTF-8 is well formed to its end, whatever it is.
func Sound(in io.Reader) error {
	s := newStream(in)
	for {
		kind, err := s.next()
		if err == nil && (kind == pieceOpen || kind == pieceEmpty) {
			err = s.checkAttributes()
		}
		if err != nil || kind == pieceEnd {
			return err
		}
	}
}
