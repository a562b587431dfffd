package sheetxml

import (
	"bytes"
	"fmt"
	"io"
	"sync"
)

// A Frame is what a large worksheet part is without its rows: what stands before them, the tag sheetData included, and what
// stands behind them, its end tag included. Together they are a worksheet part with no rows.
type Frame struct {
	Head, Tail []byte
}

// Part returns the worksheet part without rows.
func (f Frame) Part() []byte { return append(append([]byte{}, f.Head...), f.Tail...) }

// Change returns the frame with edits of its part made. No edit may lie on both sides of the rows.
func (f Frame) Change(edits []Edit) (Frame, error) {
	var head, tail []Edit
	for _, e := range edits {
		switch at := e.At - len(f.Head); {
		case at >= 0:
			e.At = at
			tail = append(tail, e)
		case at+len(e.Old) > 0:
			return Frame{}, fmt.Errorf("%w: an edit of the rows as a whole", ErrUnknown)
		default:
			head = append(head, e)
		}
	}
	out := Frame{}
	var err error
	if out.Head, err = Apply(f.Head, head); err != nil {
		return Frame{}, err
	}
	out.Tail, err = Apply(f.Tail, tail)
	return out, err
}

// The most bytes that stand before and behind the rows.
const maxFrame = 64 << 20

var endOfRows = []byte("</sheetData>")

// A Framer passes a worksheet part on to its reader and keeps the frame. It knows elements without prefixes only.
type Framer struct {
	in    io.Reader
	frame Frame
	found bool   // the head is complete
	ended bool   // the rows are over
	last  []byte // the end of what was read, where the end tag may begin
	err   error
}

// NewFramer returns a framer for a part in UTF-8.
func NewFramer(in io.Reader) *Framer { return &Framer{in: in} }

// Read implements io.Reader.
func (f *Framer) Read(b []byte) (int, error) {
	n, err := f.in.Read(b)
	if f.err == nil {
		f.err = f.take(b[:n])
	}
	return n, err
}

// Frame returns the frame once the part was read to its end.
func (f *Framer) Frame() (Frame, error) {
	if f.err == nil && !f.ended {
		return Frame{}, fmt.Errorf("%w: a sheet without rows", ErrUnknown)
	}
	return f.frame, f.err
}

func (f *Framer) take(b []byte) error {
	if !f.found {
		f.frame.Head = append(f.frame.Head, b...)
		at, err := headEnd(f.frame.Head)
		if err != nil || at < 0 {
			return err
		}
		f.found, b = true, bytes.Clone(f.frame.Head[at:])
		f.frame.Head = bytes.Clone(f.frame.Head[:at])
	}
	if f.ended {
		f.frame.Tail = append(f.frame.Tail, b...)
		if len(f.frame.Tail) > maxFrame {
			return ErrLong
		}
		return nil
	}
	joint := append(f.last, b[:min(len(b), len(endOfRows))]...)
	if at := bytes.Index(joint, endOfRows); at >= 0 {
		f.ended, f.frame.Tail = true, append(bytes.Clone(joint[at:]), b[min(len(b), len(endOfRows)):]...)
		return nil
	}
	if at := bytes.Index(b, endOfRows); at >= 0 {
		f.ended, f.frame.Tail = true, bytes.Clone(b[at:])
		return nil
	}
	if len(b) > len(endOfRows) {
		joint = b
	}
	f.last = bytes.Clone(joint[max(0, len(joint)-len(endOfRows)+1):])
	return nil
}

// headEnd returns the place behind the tag sheetData, -1 when it is not there yet.
func headEnd(head []byte) (int, error) {
	scan := NewScanner(head)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if string(t.Name) == "sheetData" {
			if t.Kind == Empty {
				return 0, fmt.Errorf("%w: a sheet without rows", ErrUnknown)
			}
			return t.End, nil
		}
	}
	if len(head) > maxFrame {
		return 0, ErrLong
	}
	return -1, nil
}

// sizes of what is read at once of rows, and the most that one row has.
const (
	rowsAtOnce = 384 << 10
	maxRowSize = 64 << 20
)

var endOfRow = []byte("</row>")

// Rows are the rows of a worksheet part, in pieces that end with a row.
type Rows struct {
	in   io.Reader
	rest []byte
	tail []byte // of the frame
	done bool
	last int // number of the last row so far
}

// released are pieces that nobody needs any more.
var released sync.Pool

// Release takes back a piece that [Rows.Next] returned, to be filled again.
func Release(piece []byte) {
	if cap(piece) >= rowsAtOnce && cap(piece) <= 2*rowsAtOnce {
		released.Put(&piece)
	}
}

// buffer returns room for a piece of a size, with the rest of the last one in it.
func (r *Rows) buffer(size int) []byte {
	size = max(size, len(r.rest))
	if old, ok := released.Get().(*[]byte); ok && cap(*old) >= size {
		return append((*old)[:0], r.rest...)
	}
	return append(make([]byte, 0, size), r.rest...)
}

// Rows returns the rows of a part in UTF-8 that has this frame.
func (f Frame) Rows(in io.Reader) (*Rows, error) {
	head := make([]byte, len(f.Head))
	if _, err := io.ReadFull(in, head); err != nil || !bytes.Equal(head, f.Head) {
		return nil, fmt.Errorf("%w: the part does not begin as before", ErrBroken)
	}
	return &Rows{in: in, tail: f.Tail}, nil
}

// Next returns the next rows, with the number of the last row before them and that of their last. There are no more when the
// piece is empty; by then the part was read to its end. The piece is the caller's, until they give it to [Release].
func (r *Rows) Next() (piece []byte, before, last int, err error) {
	for size := rowsAtOnce; !r.done; size *= 2 {
		if size > maxRowSize {
			return nil, 0, 0, ErrLong
		}
		buffer := r.buffer(size)
		n, err := io.ReadFull(r.in, buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			r.done = true
		} else if err != nil {
			return nil, 0, 0, err
		}
		if r.done {
			if !bytes.HasSuffix(buffer, r.tail) {
				return nil, 0, 0, fmt.Errorf("%w: the part does not end as before", ErrBroken)
			}
			r.rest = nil
			return r.cut(buffer[:len(buffer)-len(r.tail)])
		}
		if len(buffer) <= len(r.tail) { // a part of the tail may be in it
			r.rest = buffer
			continue
		}
		end := bytes.LastIndex(buffer[:len(buffer)-len(r.tail)], endOfRow)
		if end < 0 {
			r.rest = buffer
			continue
		}
		end += len(endOfRow)
		r.rest = append([]byte(nil), buffer[end:]...)
		return r.cut(buffer[:end])
	}
	return nil, r.last, r.last, nil
}

// lastNumber returns the number of the row that begins at a place, which is the
// last of a piece and stands below another.
func lastNumber(piece []byte, at, above int) (int, error) {
	if close := tagEnd(piece, at+1); close > 0 {
		t := Tag{Start: at, End: close, Name: piece[at+1 : at+4]}
		if from, to, ok := t.Span(piece, "r"); ok {
			n, ok := Digits(piece[from:to])
			if !ok || n <= above || n > maxRow {
				return 0, fmt.Errorf("%w: row %q after row %d", ErrUnknown, piece[from:to], above)
			}
			return n, nil
		}
	}
	return 0, fmt.Errorf("%w: a row without a number", ErrUnknown)
}

// cut returns a piece with its numbers.
func (r *Rows) cut(piece []byte) ([]byte, int, int, error) {
	before := r.last
	if at := bytes.LastIndex(piece, []byte("<row ")); at >= 0 {
		n, err := lastNumber(piece, at, before)
		if err != nil {
			return nil, 0, 0, err
		}
		r.last = n
		return piece, before, n, nil
	}
	if len(bytes.TrimSpace(piece)) > 0 {
		return nil, 0, 0, fmt.Errorf("%w: something else among the rows", ErrUnknown)
	}
	return piece, before, before, nil
}
