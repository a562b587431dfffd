package sheetxml

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// nameOK reports whether a name is one that is read here: letters, digits and some signs of ASCII,
// with at most one prefix.
func nameOK(name []byte) bool {
	colons := 0
	for i, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		case c == ':' && i > 0 && i < len(name)-1:
			colons++
		default:
			return false
		}
	}
	return len(name) > 0 && colons < 2
}

// attribute takes the first attribute off the attributes of a tag; name is nil when there is none. The value
// is as it stands there.
func attribute(text []byte) (name, value, rest []byte, err error) {
	i := 0
	for i < len(text) && isSpace(text[i]) {
		i++
	}
	if i == len(text) {
		return nil, nil, nil, nil
	}
	from := i
	for i < len(text) && text[i] != '=' && !isSpace(text[i]) {
		i++
	}
	name = text[from:i]
	for i < len(text) && isSpace(text[i]) {
		i++
	}
	if from == 0 || i == len(text) || text[i] != '=' || !nameOK(name) {
		return nil, nil, nil, fmt.Errorf("%w: attribute %q", ErrBroken, name[:min(len(name), 40)])
	}
	for i++; i < len(text) && isSpace(text[i]); i++ {
	}
	if i == len(text) || text[i] != '"' && text[i] != '\'' {
		return nil, nil, nil, fmt.Errorf("%w: attribute %s without a value in quotes", ErrBroken, name)
	}
	length := bytes.IndexByte(text[i+1:], text[i])
	if length < 0 {
		return nil, nil, nil, fmt.Errorf("%w: attribute %s does not end", ErrBroken, name)
	}
	return name, text[i+1 : i+1+length], text[i+2+length:], nil
}

// attr visits the attributes of the element, with their values decoded.
func (s *stream) attr(visit func(name, value []byte) error) error {
	for rest := s.attrs; ; {
		name, value, after, err := attribute(rest)
		if err != nil || name == nil {
			return err
		}
		if value, err = s.decode(value, inAttribute); err != nil {
			return err
		}
		if err := visit(name, value); err != nil {
			return err
		}
		rest = after
	}
}

// checkAttributes holds that the attributes of the element are well formed.
func (s *stream) checkAttributes() error {
	return s.attr(func(name, value []byte) error { return nil })
}

// attention is what a text may not simply hold: controls, the beginning of a reference, what may end a section
// and everything beyond ASCII.
var attention = func() (table [256]bool) {
	for c := range table {
		table[c] = c < ' ' && c != '\t' && c != '\n' || c == '&' || c == ']' || c >= utf8.RuneSelf
	}
	return table
}()

// plain reports whether a text stands for itself.
func plain(text []byte) bool {
	for _, c := range text {
		if attention[c] {
			return false
		}
	}
	return true
}

// where tells where a text stands, which decides what it may hold.
type where uint8

const (
	inText where = iota
	inSection
	inAttribute
)

// decode returns a text with its references replaced and its line ends as "\n". Without any it is the text itself,
// else it holds until the next call.
func (s *stream) decode(raw []byte, at where) ([]byte, error) {
	if plain(raw) {
		return raw, nil
	}
	out := s.space[:0]
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case !attention[c], c == ']' && (at != inText || !bytes.HasPrefix(raw[i:], []byte("]]>"))), c == '&' && at == inSection:
			out = append(out, c)
			i++
		case c == '\r':
			if i++; i == len(raw) || raw[i] != '\n' {
				out = append(out, '\n')
			}
		case c == '&':
			r, n := reference(raw[i:])
			if n == 0 {
				return nil, fmt.Errorf("%w: reference %q", ErrBroken, raw[i:min(len(raw), i+12)])
			}
			out = utf8.AppendRune(out, r)
			i += n
		default:
			r, n := utf8.DecodeRune(raw[i:])
			if r == utf8.RuneError && n == 1 || !allowed(r) || c == ']' {
				return nil, fmt.Errorf("%w: a character that may not stand in a text", ErrBroken)
			}
			out = append(out, raw[i:i+n]...)
			i += n
		}
	}
	s.space = out
	return out, nil
}

// allowed reports whether a character may stand in XML.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= utf8.MaxRune
}

// reference returns the character that the reference at the beginning of a text means, and its length, 0 when it
// is none. Entities are not known, but for the five of XML.
func reference(text []byte) (r rune, length int) {
	end := bytes.IndexByte(text[:min(len(text), 12)], ';')
	if end < 3 {
		return 0, 0
	}
	name := string(text[1:end])
	switch name {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if name[0] != '#' {
		return 0, 0
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !allowed(rune(n)) || n > utf8.MaxRune {
		return 0, 0
	}
	return rune(n), end + 1
}
