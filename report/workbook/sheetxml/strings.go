package sheetxml

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// ScanStrings reads a part of shared strings, which must be in UTF-8 (see [UTF8]), and visits their texts in
// their order: without formats and without the phonetic hints of Japanese. The texts hold until visit returns. It is as strict as
// [Scan].
func ScanStrings(in io.Reader, visit func(text []byte) error) error {
	s := newStream(in)
	prefix, itemName, started := "", []byte("si"), false
	var text []byte
	for {
		if started && quickItem(s, prefix) {
			if err := visit(s.text); err != nil {
				return err
			}
			continue
		}
		kind, err := s.next()
		switch {
		case err != nil:
			return err
		case kind == pieceEnd:
			return nil
		case kind == pieceText || kind == pieceClose:
		case !started:
			started = true
			prefix = string(s.name[:bytes.IndexByte(s.name, ':')+1])
			itemName = []byte(prefix + "si")
			if err = s.checkAttributes(); strings.TrimPrefix(string(s.name), prefix) != "sst" {
				err = fmt.Errorf("%w: root %s", ErrUnknown, s.name)
			}
		case bytes.Equal(s.name, itemName) && (s.depth() == 2 || s.depth() == 1 && kind == pieceEmpty):
			text = text[:0]
			if err = s.item(kind, prefix, &text); err == nil {
				err = visit(text)
			}
		default:
			if err = s.checkAttributes(); err == nil && kind == pieceOpen {
				err = s.skip()
			}
		}
		if err != nil {
			return err
		}
	}
}

var (
	openItem  = []byte("<si><t>")
	keepItem  = []byte(`<si><t xml:space="preserve">`)
	closeItem = []byte("</t></si>")
)

// quickItem takes the next string as text if it is written as most are: <si><t>text</t></si>.
func quickItem(s *stream, prefix string) bool {
	if prefix != "" || s.depth() != 1 {
		return false
	}
	if len(s.buf)-s.at < wholeCell && s.fill(wholeCell) != nil {
		return false // the fault comes again
	}
	d, from := s.buf[s.at:], len(openItem)
	if !bytes.HasPrefix(d, openItem) {
		if from = len(keepItem); !bytes.HasPrefix(d, keepItem) {
			return false
		}
	}
	text, n := s.quickDecode(d[from:])
	if n < 0 || !bytes.HasPrefix(d[from+n:], closeItem) {
		return false
	}
	s.text = text
	s.at += from + n + len(closeItem)
	return true
}
