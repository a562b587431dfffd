package sheetxml

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// UTF8 returns a part of XML in UTF-8, without a byte order mark, whatever encoding its first bytes or its declaration name.
// An encoding that is not known is [ErrUnknown].
func UTF8(in io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(in, 4<<10)
	head, _ := b.Peek(256)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3)
		head = head[3:]
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(b), nil
	case bytes.HasPrefix(head, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(b), nil
	case bytes.HasPrefix(head, []byte("\x00<")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(b), nil
	}
	named, err := declared(head)
	if err != nil || named == nil {
		return b, err
	}
	return named.NewDecoder().Reader(b), nil
}

// declared returns the encoding that a declaration names, nil for UTF-8 and without one.
func declared(head []byte) (encoding.Encoding, error) {
	end := bytes.Index(head, []byte("?>"))
	if !bytes.HasPrefix(head, []byte("<?xml")) || end < 0 {
		return nil, nil
	}
	for rest := head[len("<?xml"):end]; ; {
		name, value, after, err := attribute(rest)
		if err != nil || name == nil {
			return nil, err
		}
		if string(name) == "encoding" {
			label := strings.ToLower(string(value))
			if knownEncoding(label) || strings.HasPrefix(label, "utf-16") { // these are not the bytes of UTF-16
				return nil, nil
			}
			named, err := ianaindex.IANA.Encoding(label)
			if err != nil || named == nil {
				return nil, fmt.Errorf("%w: encoding %s", ErrUnknown, label)
			}
			return named, nil
		}
		rest = after
	}
}
