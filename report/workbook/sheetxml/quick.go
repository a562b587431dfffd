package sheetxml

import "bytes"

// wholeCell is how many bytes are there before a cell is looked at, if the part has them. The attributes
// that quickCell knows are much shorter.
const wholeCell = 4 << 10

// quickCell takes the next cell if it is written as spreadsheet programs write most: <c r="B2" s="1" t="s"><v>7</v></c>, with
// a formula that is a mere text, or with an inline text. Else it takes nothing and returns false, and the cell is
// taken with more care.
func (w *worksheet) quickCell() bool {
	d := w.buf[w.at:]
	if len(d) < 128 || d[0] != '<' || d[1] != 'c' || w.prefix != "" {
		return false
	}
	cell := RawCell{Row: w.row, Col: w.cell.Col + 1}
	i, ok := quickAttributes(d, 2, &cell)
	if !ok {
		return false
	}
	if d[i] == '/' {
		w.cell, w.at = cell, w.at+i+2
		return d[i+1] == '>'
	}
	if i = w.quickContent(d, i+1, &cell); i < 0 {
		return false
	}
	w.cell, w.at = cell, w.at+i
	return true
}

// quickAttributes takes the attributes r, s and t, each once at most, and returns the place of what ends the
// tag: "/" or ">".
func quickAttributes(d []byte, i int, cell *RawCell) (int, bool) {
	seen := [3]bool{}
	for d[i] == ' ' {
		name, which := d[i+1], 0
		if d[i+2] != '=' || d[i+3] != '"' {
			return 0, false
		}
		i += 4
		switch ok := false; name {
		case 'r':
			i, ok = quickAddress(d, i, cell)
			if !ok {
				return 0, false
			}
		case 's':
			from := i
			for ; d[i] >= '0' && d[i] <= '9' && i < from+8; i++ {
				cell.Style = cell.Style*10 + int(d[i]-'0')
			}
			if which = 1; i == from {
				return 0, false
			}
		case 't':
			from := i
			for ; d[i] != '"' && i < from+10; i++ {
			}
			cell.Type, ok = types[string(d[from:i])]
			if which = 2; !ok {
				return 0, false
			}
		default:
			return 0, false
		}
		if d[i] != '"' || seen[which] {
			return 0, false
		}
		seen[which] = true
		i++
	}
	return i, d[i] == '>' || d[i] == '/' && d[i+1] == '>'
}

// quickAddress takes an address in capital letters, which must lie in the row.
func quickAddress(d []byte, i int, cell *RawCell) (int, bool) {
	col, row, from := 0, 0, i
	for ; d[i] >= 'A' && d[i] <= 'Z' && i < from+3; i++ {
		col = col*26 + int(d[i]-'A') + 1
	}
	for from = i; d[i] >= '0' && d[i] <= '9' && i < from+7; i++ {
		row = row*10 + int(d[i]-'0')
	}
	if col == 0 || row != cell.Row {
		return 0, false
	}
	cell.Col = col
	return i, true
}

var (
	openInline  = []byte("<is><t>")
	keepInline  = []byte(`<is><t xml:space="preserve">`)
	closeInline = []byte("</t></is></c>")
	closeValue  = []byte("</v></c>")
	closeCell   = []byte("</c>")
)

// quickContent takes what a cell holds and returns the place behind the cell, -1 when it is not known.
func (s *stream) quickContent(d []byte, i int, cell *RawCell) int {
	if len(d)-i > 3 && d[i] == '<' && d[i+1] == 'f' && d[i+2] == '>' {
		n := quickText(d[i+3:])
		if i += 3 + n; n < 0 || !bytes.HasPrefix(d[i:], []byte("</f>")) {
			return -1
		}
		i += 4
		cell.Formula = true
	}
	rest := d[i:]
	switch {
	case len(rest) > 3 && rest[0] == '<' && rest[1] == 'v' && rest[2] == '>':
		text, n := s.quickDecode(rest[3:])
		if n < 0 || !bytes.HasPrefix(rest[3+n:], closeValue) {
			return -1
		}
		cell.Value, cell.HasValue = text, true
		return i + 3 + n + len(closeValue)
	case bytes.HasPrefix(rest, closeCell):
		return i + len(closeCell)
	}
	from := len(openInline)
	if !bytes.HasPrefix(rest, openInline) {
		if from = len(keepInline); !bytes.HasPrefix(rest, keepInline) {
			return -1
		}
	}
	text, n := s.quickDecode(rest[from:])
	if n < 0 || !bytes.HasPrefix(rest[from+n:], closeInline) {
		return -1
	}
	cell.Text = text
	return i + from + n + len(closeInline)
}

// quickDecode returns the text up to the next tag, and its length as it stands there, -1 when it is not known.
func (s *stream) quickDecode(d []byte) (text []byte, n int) {
	if n = quickText(d); n >= 0 {
		return d[:n], n
	}
	if n = bytes.IndexByte(d, '<'); n < 0 {
		return nil, -1
	}
	text, err := s.decode(d[:n], inText)
	if err != nil {
		return nil, -1
	}
	return text, n
}

// quickText returns the length of the text up to the next tag, -1 when it does not simply stand for itself.
func quickText(d []byte) int {
	for i, c := range d {
		if c == '<' {
			return i
		}
		if attention[c] {
			return -1
		}
	}
	return -1
}
