package sheetxml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits of what a stream takes. Spreadsheet programs stay far below them.
const (
	window   = 256 << 10 // bytes that are looked at together
	maxToken = 4 << 20   // bytes of one tag or one text
	maxDepth = 100       // elements within elements
)

// Errors of streams, besides [ErrBroken] and [ErrUnknown].
var (
	// ErrUnsafe means that the part has a document type, which may declare entities.
	ErrUnsafe = errors.New("the part has a document type")
	// ErrDeep means that elements are nested too deeply.
	ErrDeep = errors.New("the part is nested too deeply")
	// ErrLong means that a tag or a text is too long.
	ErrLong = errors.New("the part has a tag or a text that is too long")
)

// A piece is what a stream finds next in a part.
type piece uint8

const (
	pieceEnd piece = iota
	pieceOpen
	pieceClose
	pieceEmpty // an element that opens and closes in one tag
	pieceText
)

// A stream finds tags and texts in a part in UTF-8 that is read bit by bit. It is strict: what is
// not well-formed XML ends it with an error. What it returns holds until its next call.
type stream struct {
	in     io.Reader
	buf    []byte
	at     int   // where the next piece begins
	fault  error // of in; io.EOF at its end
	names  []byte
	starts []int // of the names of the open elements in names
	root   bool  // the root was there
	begun  bool  // something was there

	name  []byte // of the element
	attrs []byte // of the element, as they stand there
	text  []byte
	space []byte // for texts with references
}

func newStream(in io.Reader) *stream { return &stream{in: in, buf: make([]byte, 0, window)} }

// more reads more bytes behind those from place keep on, which move to the front.
// It returns false at the end of the part.
func (s *stream) more(keep int) (bool, error) {
	if s.fault != nil {
		if s.fault == io.EOF {
			return false, nil
		}
		return false, s.fault
	}
	if keep > 0 {
		s.buf = s.buf[:copy(s.buf[:cap(s.buf)], s.buf[keep:])]
		s.at -= keep
	}
	if len(s.buf) == cap(s.buf) {
		if len(s.buf) > maxToken {
			return false, ErrLong
		}
		s.buf = append(make([]byte, 0, 2*cap(s.buf)), s.buf...)
	}
	for tries := 0; ; tries++ {
		n, err := s.in.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf, s.fault = s.buf[:len(s.buf)+n], err
		if n > 0 {
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if tries > 100 {
			return false, io.ErrNoProgress
		}
	}
}

// fill makes sure that n bytes from the next piece on are there, or all that the part still has.
func (s *stream) fill(n int) error {
	for len(s.buf)-s.at < n {
		if more, err := s.more(s.at); err != nil || !more {
			return err
		}
	}
	return nil
}

// find returns the place of the first of some bytes from a place on, reading more as needed;
// -1 at the end of the part. It keeps what stands from s.at on.
func (s *stream) find(from int, what []byte) (int, error) {
	for {
		if i := bytes.Index(s.buf[from:], what); i >= 0 {
			return from + i, nil
		}
		back := max(from, len(s.buf)-len(what)+1) - s.at
		more, err := s.more(s.at)
		if err != nil || !more {
			return -1, err
		}
		from = s.at + back
	}
}

// depth returns how many elements are open.
func (s *stream) depth() int { return len(s.starts) }

// next moves to the next piece. At the end of the part it returns pieceEnd: everything that was opened is closed.
func (s *stream) next() (piece, error) {
	for {
		if s.at == len(s.buf) {
			more, err := s.more(s.at)
			if err != nil {
				return pieceEnd, err
			}
			if !more {
				return pieceEnd, s.ended()
			}
		}
		if s.buf[s.at] != '<' {
			return s.chars()
		}
		if err := s.fill(9); err != nil {
			return pieceEnd, err
		}
		switch rest := s.buf[s.at:]; {
		case len(rest) < 2:
			return pieceEnd, fmt.Errorf("%w: a tag does not end", ErrBroken)
		case rest[1] == '/':
			return s.close()
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			return s.section()
		case rest[1] == '!' || rest[1] == '?':
			if err := s.pass(rest); err != nil {
				return pieceEnd, err
			}
		default:
			return s.open()
		}
		s.begun = true
	}
}

func (s *stream) ended() error {
	switch {
	case len(s.starts) > 0:
		return fmt.Errorf("%w: it ends within %s", ErrBroken, s.names[s.starts[len(s.starts)-1]:])
	case !s.root:
		return fmt.Errorf("%w: it is empty", ErrBroken)
	}
	return nil
}

// chars takes a text up to the next tag.
func (s *stream) chars() (piece, error) {
	end, err := s.find(s.at, []byte("<"))
	if err != nil {
		return pieceEnd, err
	}
	if end < 0 {
		end = len(s.buf)
	}
	raw := s.buf[s.at:end]
	if s.text, err = s.decode(raw, inText); err != nil {
		return pieceEnd, err
	}
	s.at, s.begun = end, true
	if len(s.starts) == 0 && len(bytes.TrimLeft(raw, " \t\r\n")) > 0 {
		return pieceEnd, fmt.Errorf("%w: text outside of the root", ErrBroken)
	}
	return pieceText, nil
}

// section takes a character data section.
func (s *stream) section() (piece, error) {
	begin := len("<![CDATA[")
	end, err := s.find(s.at+begin, []byte("]]>"))
	if err != nil {
		return pieceEnd, err
	}
	if end < 0 || len(s.starts) == 0 {
		return pieceEnd, fmt.Errorf("%w: a section does not end or stands outside of the root", ErrBroken)
	}
	if s.text, err = s.decode(s.buf[s.at+begin:end], inSection); err != nil {
		return pieceEnd, err
	}
	s.at = end + 3
	return pieceText, nil
}

// pass passes over a comment or an instruction; a document type is an error.
func (s *stream) pass(rest []byte) error {
	begin, end := 2, "?>"
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		begin, end = 4, "--"
	case rest[1] == '!':
		return ErrUnsafe
	}
	to, err := s.find(s.at+begin, []byte(end))
	if err != nil {
		return err
	}
	if to < 0 {
		return fmt.Errorf("%w: %q does not end", ErrBroken, end)
	}
	to += len(end)
	if end == "--" {
		if to == len(s.buf) {
			back := to - s.at
			if _, err := s.more(s.at); err != nil {
				return err
			}
			to = s.at + back
		}
		if to == len(s.buf) || s.buf[to] != '>' {
			return fmt.Errorf("%w: -- within a comment", ErrBroken)
		}
		s.at = to + 1
		return nil
	}
	if err := s.instruction(s.buf[s.at+2 : to-2]); err != nil {
		return err
	}
	s.at = to
	return nil
}

// instruction checks an instruction; the declaration may stand at the beginning only.
func (s *stream) instruction(text []byte) error {
	end := bytes.IndexAny(text, " \t\r\n")
	if end < 0 {
		end = len(text)
	}
	if !nameOK(text[:end]) {
		return fmt.Errorf("%w: an instruction without a name", ErrBroken)
	}
	if string(text[:end]) != "xml" {
		return nil
	}
	if s.begun {
		return fmt.Errorf("%w: the declaration does not stand at the beginning", ErrBroken)
	}
	for rest := text[end:]; ; {
		name, value, after, err := attribute(rest)
		switch {
		case err != nil:
			return err
		case name == nil:
			return nil
		case string(name) == "version" && string(value) != "1.0":
			return fmt.Errorf("%w: version %q", ErrUnknown, value)
		}
		rest = after
	}
}

// tag returns the place behind the ">" that ends the tag which begins at s.at.
func (s *stream) tag() (int, error) {
	for i, quote := s.at+1, byte(0); ; i++ {
		if i == len(s.buf) {
			back := i - s.at
			more, err := s.more(s.at)
			if err != nil {
				return 0, err
			}
			if !more {
				return 0, fmt.Errorf("%w: a tag does not end", ErrBroken)
			}
			i = s.at + back
		}
		switch c := s.buf[i]; {
		case c == '<':
			return 0, fmt.Errorf("%w: < within a tag", ErrBroken)
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1, nil
		}
	}
}

// open takes a tag that opens an element.
func (s *stream) open() (piece, error) {
	end, err := s.tag()
	if err != nil {
		return pieceEnd, err
	}
	inner, kind := s.buf[s.at+1:end-1], pieceOpen
	if n := len(inner); n > 0 && inner[n-1] == '/' {
		inner, kind = inner[:n-1], pieceEmpty
	}
	s.name = inner
	for i, c := range inner {
		if isSpace(c) {
			s.name = inner[:i]
			break
		}
	}
	s.attrs = inner[len(s.name):]
	if !nameOK(s.name) {
		return pieceEnd, fmt.Errorf("%w: name %q", ErrBroken, s.name[:min(len(s.name), 40)])
	}
	if len(s.starts) == 0 && s.root {
		return pieceEnd, fmt.Errorf("%w: %s follows the root", ErrBroken, s.name)
	}
	s.at, s.root, s.begun = end, true, true
	if kind == pieceOpen {
		if len(s.starts) == maxDepth {
			return pieceEnd, ErrDeep
		}
		s.starts = append(s.starts, len(s.names))
		s.names = append(s.names, s.name...)
	}
	return kind, nil
}

// close takes a tag that closes an element.
func (s *stream) close() (piece, error) {
	end, err := s.tag()
	if err != nil {
		return pieceEnd, err
	}
	s.name = bytes.TrimRight(s.buf[s.at+2:end-1], " \t\r\n")
	n := len(s.starts) - 1
	if n < 0 || !bytes.Equal(s.names[s.starts[n]:], s.name) {
		return pieceEnd, fmt.Errorf("%w: </%s> does not match", ErrBroken, s.name[:min(len(s.name), 40)])
	}
	s.names, s.starts = s.names[:s.starts[n]], s.starts[:n]
	s.at = end
	return pieceClose, nil
}

// skip passes over what the element that was just opened holds, its end included.
func (s *stream) skip() error {
	for within := s.depth(); s.depth() >= within; {
		if kind, err := s.next(); err != nil {
			return err
		} else if kind == pieceOpen || kind == pieceEmpty {
			if err := s.checkAttributes(); err != nil {
				return err
			}
		}
	}
	return nil
}
