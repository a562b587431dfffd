package sheetxml

import (
	"bytes"
	"errors"
	"fmt"
)

// Errors for parts that are refused.
var (
	// ErrBroken means that the part is not XML to its end.
	ErrBroken = errors.New("the part is broken")
	// ErrUnknown means that the part is made in a way that is not known here.
	ErrUnknown = errors.New("the part is made in an unknown way")
	// ErrOccupied means that there is content of the user's in the way.
	ErrOccupied = errors.New("there is content in the way")
)

// A Kind tells tags apart.
type Kind uint8

// The kinds of tags.
const (
	Open  Kind = iota // <c>
	Close             // </c>
	Empty             // <c/>
)

// A Tag is one tag of a part.
type Tag struct {
	Kind       Kind
	Start, End int    // of its bytes, "<" and ">" included
	Name       []byte // with its prefix, as it stands in the part
}

// Local returns the name without its prefix.
func (t Tag) Local() string {
	return string(t.Name[bytes.IndexByte(t.Name, ':')+1:])
}

// Prefix returns the prefix with its colon, "" when there is none.
func (t Tag) Prefix() string {
	return string(t.Name[:bytes.IndexByte(t.Name, ':')+1])
}

// A Scanner finds the tags of a part one after the other. It passes over text,
// comments, character data sections and processing instructions; a document
// type is an error.
type Scanner struct {
	data []byte
	at   int
	err  error
}

// NewScanner returns a scanner for a part in UTF-8.
func NewScanner(data []byte) *Scanner { return &Scanner{data: data} }

// Err returns what ended the scan, nil at the end of the part.
func (s *Scanner) Err() error { return s.err }

// Next returns the next tag, or false at the end of the part and on an error.
func (s *Scanner) Next() (Tag, bool) {
	for s.err == nil {
		next := bytes.IndexByte(s.data[s.at:], '<')
		if next < 0 {
			s.at = len(s.data)
			return Tag{}, false
		}
		s.at += next
		if rest := s.data[s.at:]; len(rest) > 1 && (rest[1] == '!' || rest[1] == '?') {
			s.skip(rest)
			continue
		}
		return s.tag()
	}
	return Tag{}, false
}

// skip passes over what begins with "<!" or "<?".
func (s *Scanner) skip(rest []byte) {
	end := ""
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		end = "-->"
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		end = "]]>"
	case bytes.HasPrefix(rest, []byte("<?")):
		end = "?>"
	default:
		s.err = fmt.Errorf("%w: a document type", ErrUnknown)
		return
	}
	// The end of "<!-->" may not be found in its beginning.
	from := min(len(rest), len(end)+1)
	if end == "]]>" {
		from = min(len(rest), len("<![CDATA["))
	} else if end == "?>" {
		from = 2
	}
	length := bytes.Index(rest[from:], []byte(end))
	if length < 0 {
		s.err = fmt.Errorf("%w: %q does not end", ErrBroken, rest[:min(len(rest), 9)])
		return
	}
	s.at += from + length + len(end)
}

func (s *Scanner) tag() (Tag, bool) {
	t := Tag{Start: s.at}
	name := s.at + 1
	if name < len(s.data) && s.data[name] == '/' {
		t.Kind = Close
		name++
	}
	end := name
	for end < len(s.data) && !isSpace(s.data[end]) && s.data[end] != '>' && s.data[end] != '/' {
		end++
	}
	t.Name = s.data[name:end]
	close := tagEnd(s.data, end)
	if close < 0 || len(t.Name) == 0 {
		s.err = fmt.Errorf("%w: a tag does not end", ErrBroken)
		return Tag{}, false
	}
	t.End = close
	if t.Kind == Open && s.data[close-2] == '/' {
		t.Kind = Empty
	}
	s.at = close
	return t, true
}

// tagEnd returns the place after the ">" that ends a tag, -1 without one. A
// ">" in quotes does not end it.
func tagEnd(data []byte, at int) int {
	for at < len(data) {
		switch data[at] {
		case '>':
			return at + 1
		case '<':
			return -1
		case '"', '\'':
			length := bytes.IndexByte(data[at+1:], data[at])
			if length < 0 {
				return -1
			}
			at += length + 2
		default:
			at++
		}
	}
	return -1
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// Span returns where the value of a tag's attribute stands in data. The name
// is compared with its prefix.
func (t Tag) Span(data []byte, name string) (from, to int, ok bool) {
	at := t.Start + 1 + len(t.Name)
	for at < t.End {
		for at < t.End && (isSpace(data[at]) || data[at] == '/') {
			at++
		}
		start := at
		for at < t.End && data[at] != '=' && data[at] != '>' && !isSpace(data[at]) {
			at++
		}
		key := data[start:at]
		for at < t.End && isSpace(data[at]) {
			at++
		}
		if at >= t.End || data[at] != '=' {
			return 0, 0, false
		}
		for at++; at < t.End && isSpace(data[at]); {
			at++
		}
		if at >= t.End || data[at] != '"' && data[at] != '\'' {
			return 0, 0, false
		}
		length := bytes.IndexByte(data[at+1:t.End], data[at])
		if length < 0 {
			return 0, 0, false
		}
		if string(key) == name {
			return at + 1, at + 1 + length, true
		}
		at += length + 2
	}
	return 0, 0, false
}

// Attr returns the value of a tag's attribute in data as it stands there, and
// whether the tag has it. The name is compared with its prefix.
func (t Tag) Attr(data []byte, name string) (string, bool) {
	from, to, ok := t.Span(data, name)
	return string(data[from:to]), ok
}

// An Element is a tag with what it holds.
type Element struct {
	Tag          // the start tag, or the whole element when it is empty
	InnerEnd int // where the end tag begins; Tag.End for an empty element
	End      int // after the element
}

// Bytes returns the whole element.
func (e Element) Bytes(data []byte) []byte { return data[e.Start:e.End] }

// Inner returns what stands between start and end tag.
func (e Element) Inner(data []byte) []byte { return data[e.Tag.End:e.InnerEnd] }

// Element returns the element that the tag, just returned by Next, starts. It
// moves the scanner behind it.
func (s *Scanner) Element(t Tag) (Element, error) {
	e := Element{Tag: t, InnerEnd: t.End, End: t.End}
	if t.Kind == Empty {
		return e, nil
	}
	for depth := 1; depth > 0; {
		inner, ok := s.Next()
		if !ok {
			return e, s.broken(string(t.Name))
		}
		switch inner.Kind {
		case Open:
			depth++
		case Close:
			depth--
			e.InnerEnd, e.End = inner.Start, inner.End
			if depth == 0 && !bytes.Equal(inner.Name, t.Name) {
				return e, s.broken(string(t.Name))
			}
		}
	}
	return e, nil
}

func (s *Scanner) broken(name string) error {
	if s.err != nil {
		return s.err
	}
	return fmt.Errorf("%w: element %s does not end", ErrBroken, name)
}

// Children returns the root element of a part and its children, in their order.
func Children(data []byte) (root Element, children []Element, err error) {
	if err := readable(data); err != nil {
		return root, nil, err
	}
	s := NewScanner(data)
	tag, ok := s.Next()
	if !ok || tag.Kind == Close {
		return root, nil, s.broken("root")
	}
	root = Element{Tag: tag, InnerEnd: tag.End, End: tag.End}
	if tag.Kind == Empty {
		return root, nil, nil
	}
	for {
		t, ok := s.Next()
		switch {
		case !ok:
			return root, nil, s.broken(string(tag.Name))
		case t.Kind == Close && bytes.Equal(t.Name, tag.Name):
			root.InnerEnd, root.End = t.Start, t.End
			if _, more := s.Next(); more || s.Err() != nil {
				return root, nil, fmt.Errorf("%w: something follows the root", ErrBroken)
			}
			return root, children, nil
		case t.Kind == Close:
			return root, nil, s.broken(string(tag.Name))
		}
		child, err := s.Element(t)
		if err != nil {
			return root, nil, err
		}
		children = append(children, child)
	}
}

// Within returns the children of an element.
func Within(data []byte, parent Element) ([]Element, error) {
	s := &Scanner{data: data[:parent.InnerEnd], at: parent.Tag.End}
	var out []Element
	for {
		t, ok := s.Next()
		if !ok {
			return out, s.Err()
		}
		if t.Kind == Close {
			return nil, s.broken(string(parent.Name))
		}
		child, err := s.Element(t)
		if err != nil {
			return nil, err
		}
		out = append(out, child)
	}
}

// readable refuses parts that are not in UTF-8.
func readable(data []byte) error {
	text := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(text) > 1 && (text[0] >= 0xfe || text[0] == 0 || text[1] == 0) {
		return fmt.Errorf("%w: not in UTF-8", ErrUnknown)
	}
	if !bytes.HasPrefix(text, []byte("<?xml")) {
		return nil
	}
	end := bytes.Index(text, []byte("?>"))
	if end < 0 {
		return fmt.Errorf("%w: the declaration does not end", ErrBroken)
	}
	t := Tag{Start: 0, End: end, Name: []byte("?xml")}
	if encoding, ok := t.Attr(text, "encoding"); ok && !knownEncoding(encoding) {
		return fmt.Errorf("%w: encoding %s", ErrUnknown, encoding)
	}
	return nil
}

// knownEncoding accepts UTF-8 and its part US-ASCII.
func knownEncoding(name string) bool {
	switch string(bytes.ToLower([]byte(name))) {
	case "utf-8", "utf8", "us-ascii":
		return true
	}
	return false
}
