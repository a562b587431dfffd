package source

import (
	"strings"
	"unicode/utf8"
)

// maxQuoted is the longest quoted field in bytes: a cell holds no more. A longer one
// has lost its closing quotation mark.
const maxQuoted = maxTextBytes

// splitter takes a text apart into rows and fields.
type splitter struct {
	text      string
	delimiter string
	loneCR    bool // rows end with a carriage return alone
	row       int  // number of the row that is read, from 1
	fields    []string
	width     int // fields of the row before, 0 at the beginning
	patience  int // bytes that may still be searched for closing quotation marks

	openRow, opened int // first row with a quotation mark that is never closed, and how many
	innerRow, inner int // first row with quotation marks inside a field that are not doubled
}

func newSplitter(text string, delimiter rune) *splitter {
	return &splitter{text: text, delimiter: string(delimiter), loneCR: loneReturns(text), patience: 4*len(text) + 32*maxQuoted}
}

// loneReturns reports whether carriage returns alone end the rows: the text has
// some, and no line feed.
func loneReturns(text string) bool {
	head := text[:min(len(text), 1<<20)]
	return strings.IndexByte(head, '\n') < 0 && strings.IndexByte(head, '\r') >= 0
}

// next returns the fields of the next row; they are valid until the next call. It
// reports false at the end.
func (s *splitter) next() ([]string, bool) {
	if s.text == "" {
		return nil, false
	}
	s.row++
	s.fields = s.fields[:0]
	line, rest := s.line(s.text)
	if strings.IndexByte(line, '"') < 0 {
		s.split(line)
		s.text = rest
	} else {
		s.quotedRow()
	}
	s.width = len(s.fields)
	return s.fields, true
}

// line cuts the next line off a text, without its end.
func (s *splitter) line(text string) (line, rest string) {
	mark := byte('\n')
	if s.loneCR {
		mark = '\r'
	}
	i := strings.IndexByte(text, mark)
	if i < 0 {
		return trimReturns(text), ""
	}
	return trimReturns(text[:i]), text[i+1:]
}

// trimReturns removes the carriage returns before a line feed: some programs write two.
func trimReturns(line string) string {
	for len(line) > 0 && line[len(line)-1] == '\r' {
		line = line[:len(line)-1]
	}
	return line
}

// split appends the fields of a line without quotation marks.
func (s *splitter) split(line string) {
	for {
		i := strings.Index(line, s.delimiter)
		if i < 0 {
			s.fields = append(s.fields, line)
			return
		}
		s.fields = append(s.fields, line[:i])
		line = line[i+len(s.delimiter):]
	}
}

// quotedRow reads a row that has quotation marks.
func (s *splitter) quotedRow() {
	for {
		field, tail, quoted := s.quoted(s.text)
		if !quoted {
			tail = s.text
		}
		i := s.fieldEnd(tail)
		if strings.HasPrefix(tail[i:], s.delimiter) {
			s.fields = append(s.fields, field+tail[:i])
			s.text = tail[i+len(s.delimiter):]
			continue
		}
		s.fields = append(s.fields, field+trimReturns(tail[:i]))
		s.text = tail[min(len(tail), i+1):]
		return
	}
}

// fieldEnd returns the index of the delimiter or of the end of the row that comes first.
func (s *splitter) fieldEnd(text string) int {
	mark := byte('\n')
	if s.loneCR {
		mark = '\r'
	}
	for i := 0; i < len(text); i++ {
		if text[i] == mark || text[i] == s.delimiter[0] && strings.HasPrefix(text[i:], s.delimiter) {
			return i
		}
	}
	return len(text)
}

// quoted takes a quoted field off the beginning of a text. It reports false when none
// begins there, or when it is never closed, so that the mark is a character like others.
func (s *splitter) quoted(text string) (field, tail string, ok bool) {
	start := 0
	for start < len(text) && text[start] == ' ' {
		start++
	}
	if start == len(text) || text[start] != '"' || s.delimiter == `"` {
		return "", text, false
	}
	body := text[start+1:]
	end, inner := s.closing(body)
	if end < 0 || s.swallows(body[:end]) {
		s.note(&s.openRow, &s.opened)
		return "", text, false
	}
	if inner {
		s.note(&s.innerRow, &s.inner)
	}
	field = body[:end]
	if strings.Contains(field, `""`) {
		field = strings.ReplaceAll(field, `""`, `"`)
	}
	tail = body[end+1:]
	for rest := strings.TrimLeft(tail, " "); len(rest) < len(tail) && s.ends(rest); {
		return field, rest, true
	}
	return field, tail, true
}

func (s *splitter) note(row, count *int) {
	if *count == 0 {
		*row = s.row
	}
	*count++
}

// closing returns the index of the mark that ends a quoted field, -1 without one, and
// whether marks inside it were not doubled.
func (s *splitter) closing(body string) (end int, inner bool) {
	first, limit := -1, min(len(body), s.reach())
	for i := 0; i < limit; {
		k := strings.IndexByte(body[i:limit], '"')
		if k < 0 {
			s.patience -= limit - i
			break
		}
		s.patience -= k + 1
		i += k
		run := 1
		for i+run < len(body) && body[i+run] == '"' {
			run++
		}
		last := i + run - 1
		switch rest := strings.TrimLeft(body[last+1:], " "); {
		case run%2 == 1 && s.ends(rest):
			return last, inner
		case run%2 == 1 && first >= 0 && (strings.HasSuffix(body[:i], s.delimiter) || strings.HasSuffix(body[:i], "\n")):
			return first, true // another field begins here: ours had ended before
		case run%2 == 1:
			inner = true
			if first < 0 {
				first = last
			}
		}
		i = last + 1
	}
	if first >= 0 && strings.IndexByte(body[:first], '\n') < 0 {
		return first, true
	}
	return -1, inner
}

// shortReach is how far a closing quotation mark is searched for in a text with so many stray
// ones that the search would take for ever.
const shortReach = 256

// reach returns how far the mark that closes a field is searched for, in bytes.
func (s *splitter) reach() int {
	if s.patience > 0 {
		return maxQuoted
	}
	return shortReach
}

// ends reports whether a field ends before a text.
func (s *splitter) ends(text string) bool {
	return text == "" || text[0] == '\n' || text[0] == '\r' || strings.HasPrefix(text, s.delimiter)
}

// swallows reports whether a quoted field is really several rows between two stray
// marks: its lines are split like the row before it.
func (s *splitter) swallows(body string) bool {
	if s.width < 2 || strings.IndexByte(body, '\n') < 0 {
		return false
	}
	s.patience -= len(body)
	lines := strings.Split(body, "\n")
	if len(lines) < 3 {
		return false
	}
	alike := 0
	inside := lines[1 : len(lines)-1]
	for _, line := range inside {
		if strings.Count(line, s.delimiter) == s.width-1 {
			alike++
		}
	}
	return alike*2 > len(inside)
}

// records returns all rows of a text.
func records(text string, delimiter rune) [][]string {
	var rows [][]string
	s := newSplitter(text, delimiter)
	for fields, ok := s.next(); ok; fields, ok = s.next() {
		rows = append(rows, append([]string(nil), fields...))
	}
	return rows
}

// declaredDelimiter takes the line that names the delimiter for spreadsheet programs off
// a text: "sep=;". It is no row of the table.
func declaredDelimiter(text string) (rune, string) {
	if len(text) < 5 || !strings.EqualFold(text[:4], "sep=") {
		return 0, text
	}
	i := strings.IndexAny(text, "\r\n")
	if i < 0 {
		return 0, text
	}
	r, size := utf8.DecodeRuneInString(text[4:i])
	if size == 0 || 4+size != i {
		return 0, text
	}
	rest := text[i:]
	rest = strings.TrimPrefix(rest, "\r")
	return r, strings.TrimPrefix(rest, "\n")
}
