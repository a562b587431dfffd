package parts

import (
	"encoding/xml"
	"fmt"
	"io"
	"sync"

	"valuebook/report/workbook/sheetxml"
)

// The buffers of a stream: how large they are, and how many are filled before the first is read.
const (
	aheadBytes = 128 << 10
	aheadCount = 4
)

// Stream returns a part to be read from its beginning to its end, while it is inflated in the background. Reading fails with
// [ErrTooBig] when the package inflates beyond the limit, and at the end when the part is not the one that
// was packed. The stream must be closed.
func (p *Package) Stream(name string) (io.ReadCloser, error) {
	f := p.index[key(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: %s", ErrMissing, name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open part %s: %w", name, err)
	}
	s := &stream{full: make(chan filled, aheadCount), free: make(chan []byte, aheadCount), quit: make(chan struct{})}
	for range aheadCount {
		s.free <- nil
	}
	go s.inflate(p, in)
	return s, nil
}

// filled is a buffer that was filled, with what ended it.
type filled struct {
	data []byte
	err  error
}

// A stream hands filled buffers from the goroutine that inflates to the one that reads.
type stream struct {
	full  chan filled
	free  chan []byte
	quit  chan struct{}
	once  sync.Once
	now   filled
	taken int // bytes of now
}

func (s *stream) inflate(p *Package, in io.ReadCloser) {
	defer close(s.full)
	defer in.Close()
	for {
		var buffer []byte
		select {
		case buffer = <-s.free:
		case <-s.quit:
			return
		}
		if buffer == nil {
			buffer = make([]byte, aheadBytes)
		}
		n, err := io.ReadFull(in, buffer)
		if err == io.ErrUnexpectedEOF && n < len(buffer) {
			err = tail(in)
		}
		if p.inflated.Add(int64(n)) > p.most() {
			n, err = 0, ErrTooBig
		}
		select {
		case s.full <- filled{buffer[:n], err}:
		case <-s.quit:
			return
		}
		if err != nil {
			return
		}
	}
}

// tail tells the end of a part from a part that is cut off: io.ReadFull calls both the same.
func tail(in io.Reader) error {
	var one [1]byte
	if _, err := in.Read(one[:]); err != nil {
		return err
	}
	return io.ErrUnexpectedEOF
}

// Read implements io.Reader.
func (s *stream) Read(b []byte) (int, error) {
	for s.taken == len(s.now.data) {
		if s.now.err != nil {
			return 0, s.now.err
		}
		if s.now.data != nil {
			s.free <- s.now.data[:cap(s.now.data)]
		}
		next, more := <-s.full
		if !more {
			return 0, io.ErrClosedPipe
		}
		s.now, s.taken = next, 0
	}
	n := copy(b, s.now.data[s.taken:])
	s.taken += n
	return n, nil
}

// Close ends the inflating.
func (s *stream) Close() error {
	s.once.Do(func() { close(s.quit) })
	return nil
}

// Text returns a part of XML as a stream of UTF-8, whatever its encoding, and what ends the inflating: close it when the text
// was read.
func (p *Package) Text(name string) (text io.Reader, part io.Closer, err error) {
	in, err := p.Stream(name)
	if err != nil {
		return nil, nil, err
	}
	if text, err = sheetxml.UTF8(in); err != nil {
		in.Close()
		return nil, nil, err
	}
	return text, in, nil
}

// Decode reads a small part of XML, in any encoding that is known, into a value of encoding/xml.
func (p *Package) Decode(name string, v any) error {
	text, part, err := p.Text(name)
	if err != nil {
		return err
	}
	defer part.Close()
	d := xml.NewDecoder(text)
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return nil
}
