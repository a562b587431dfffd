package sheetxml

import (
	"bytes"
	"fmt"
)

// SameRows holds that the rows of a part are those of another one but for cells in an area: taken out again, every byte is
// as it was. A cell that gave way had no content. It returns how many rows have cells there, and how many cells these are;
// each of them is a whole cell with its own address.
func SameRows(before, after *Rows, area Area) (rows, cells int, err error) {
	old, now := &rowCursor{rows: before}, &rowCursor{rows: after}
	if err := old.next(); err != nil {
		return 0, 0, err
	}
	for {
		if err := now.next(); err != nil {
			return rows, cells, err
		}
		if now.end && old.end {
			return rows, cells, nil
		}
		if now.end {
			return rows, cells, fmt.Errorf("%w: row %d is missing", ErrBroken, old.number)
		}
		n, same := 0, !old.end && old.number == now.number
		if same {
			n, err = sameRow(old, now, area)
		} else if !bytes.Equal(now.gap(), nil) || !now.plain() {
			err = fmt.Errorf("%w: something new before row %d", ErrBroken, now.number)
		} else {
			n, err = wholeCells(now.inner(), now.number, area)
			if err == nil && n < 0 {
				err = fmt.Errorf("%w: row %d is new", ErrBroken, now.number)
			}
		}
		if err != nil {
			return rows, cells, err
		}
		if cells += n; n > 0 {
			rows++
		}
		if same {
			if err := old.next(); err != nil {
				return rows, cells, err
			}
		}
	}
}

// A rowCursor goes through rows one by one.
type rowCursor struct {
	rows   *Rows
	piece  []byte
	from   int // where what stands before the row begins
	at     rowAt
	number int
	end    bool
}

// next moves to the next row. What stands behind the last row of a piece belongs to the next one.
func (c *rowCursor) next() error {
	c.from = c.at.End
	for {
		start := c.from
		for start < len(c.piece) && isSpace(c.piece[start]) {
			start++
		}
		if start < len(c.piece) {
			return c.row(start)
		}
		piece, _, _, err := c.rows.Next()
		if err != nil {
			return err
		}
		if len(piece) == 0 {
			c.end = true
			return nil
		}
		if c.from == len(c.piece) { // as always where nothing stands between rows
			Release(c.piece)
			c.piece = piece
		} else {
			c.piece = append(c.piece[c.from:len(c.piece):len(c.piece)], piece...)
		}
		c.from, c.at.End = 0, 0
	}
}

func (c *rowCursor) row(start int) error {
	tag := Tag{Start: start, End: tagEnd(c.piece, start+1)}
	if !bytes.HasPrefix(c.piece[start:], []byte("<row ")) || tag.End < 0 {
		return fmt.Errorf("%w: %.20q among the rows", ErrBroken, c.piece[start:])
	}
	tag.Name = c.piece[start+1 : start+4]
	from, to, _ := tag.Span(c.piece, "r")
	number, ok := Digits(c.piece[from:to])
	if !ok || number <= c.number {
		return fmt.Errorf("%w: row %q after row %d", ErrBroken, c.piece[from:to], c.number)
	}
	c.number, c.at = number, rowAt{Element{Tag: tag, InnerEnd: tag.End, End: tag.End}, number}
	if c.piece[tag.End-2] == '/' {
		c.at.Kind = Empty
		return nil
	}
	end, err := rowEnd(c.piece, tag.End)
	c.at.InnerEnd, c.at.End = end, end+len(endOfRow)
	return err
}

// gap returns what stands before the row.
func (c *rowCursor) gap() []byte { return c.piece[c.from:c.at.Start] }

func (c *rowCursor) inner() []byte { return c.piece[c.at.Tag.End:c.at.InnerEnd] }

// plain reports whether the row's tag says nothing but its number.
func (c *rowCursor) plain() bool {
	return bytes.Count(c.piece[c.at.Start:c.at.Tag.End], []byte("=")) == 1
}

// sameRow compares a row and returns the number of its cells in the area.
func sameRow(old, now *rowCursor, area Area) (int, error) {
	fault := func(what string) (int, error) {
		return 0, fmt.Errorf("%w: %s of row %d differs", ErrBroken, what, now.number)
	}
	a, b := old.inner(), now.inner()
	if !bytes.Equal(old.gap(), now.gap()) {
		return fault("the beginning")
	}
	if bytes.Equal(a, b) && bytes.Equal(old.piece[old.at.Start:old.at.End], now.piece[now.at.Start:now.at.End]) {
		return 0, nil
	}
	if !sameTag(old, now) {
		return fault("the tag")
	}
	if n, ok := addedCells(a, b, now.number, area); ok {
		return n, nil
	}
	first := bytes.Index(b, cellAddress(now.number, area.Col))
	if first < 0 || first > len(a) || !bytes.Equal(a[:first], b[:first]) {
		return fault("what stands before our cells")
	}
	n, length := 0, 0
	for length < len(b)-first {
		size, ok, err := ourCell(b[first+length:], now.number, area)
		if err != nil {
			return 0, err
		}
		if !ok {
			break
		}
		n, length = n+1, length+size
	}
	a, err := withoutBlanks(a[first:], now.number, area)
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(a, b[first+length:]) {
		return fault("what stands behind our cells")
	}
	return n, nil
}

// addedCells counts the cells of ours that stand behind everything that a row
// held before; ok is false when there is anything else.
func addedCells(before, after []byte, row int, area Area) (n int, ok bool) {
	if !bytes.HasPrefix(after, before) {
		return 0, false
	}
	for rest := after[len(before):]; len(rest) > 0; n++ {
		size, ours, err := ourCell(rest, row, area)
		if err != nil || !ours {
			return 0, false
		}
		rest = rest[size:]
	}
	return n, true
}

// cellAddress returns how a cell of an address begins.
func cellAddress(row, col int) []byte { return []byte(`<c r="` + address(row, col) + `"`) }

// sameTag reports whether the tags of rows are the same but for the hint of the columns.
func sameTag(old, now *rowCursor) bool {
	if bytes.Equal(old.piece[old.at.Start:old.at.Tag.End], now.piece[now.at.Start:now.at.Tag.End]) {
		return true
	}
	text := func(c *rowCursor) (before, after []byte) {
		tag := c.piece[c.at.Start:c.at.Tag.End]
		if c.at.Kind == Empty {
			tag = append(bytes.Clone(tag[:len(tag)-2]), '>')
		}
		if from, to, ok := c.at.Span(c.piece, "spans"); ok {
			return tag[:from-c.at.Start], tag[to-c.at.Start:]
		}
		return tag, nil
	}
	a, b := text(old)
	c, d := text(now)
	return bytes.Equal(a, c) && bytes.Equal(b, d)
}

// withoutBlanks passes over cells without content in the area.
func withoutBlanks(data []byte, row int, area Area) ([]byte, error) {
	for bytes.HasPrefix(data, []byte("<c ")) {
		scan := NewScanner(data)
		t, ok := scan.Next()
		if !ok {
			return nil, scan.Err()
		}
		e, err := scan.Element(t)
		if err != nil {
			return nil, err
		}
		from, to, _ := t.Span(data, "r")
		number, col := parseAddress(data[from:to])
		if number != row || col < area.Col || col > area.LastCol {
			return data, nil
		}
		if len(bytes.TrimSpace(e.Inner(data))) > 0 {
			return nil, fmt.Errorf("%w: content of cell %s gave way", ErrBroken, address(row, col))
		}
		data = data[e.End:]
	}
	return data, nil
}

// wholeCells counts cells of ours that fill a row; -1 means that there is something else.
func wholeCells(inner []byte, row int, area Area) (int, error) {
	n := 0
	for len(inner) > 0 {
		size, ok, err := ourCell(inner, row, area)
		if err != nil {
			return 0, err
		}
		if !ok {
			return -1, nil
		}
		n, inner = n+1, inner[size:]
	}
	return n, nil
}

// ourCell returns the length of the cell at the beginning of data; ok is false when it is none of the area. It must have
// one of the forms in which our cells are written, to its last byte.
func ourCell(data []byte, row int, area Area) (size int, ok bool, err error) {
	if !bytes.HasPrefix(data, []byte(`<c r="`)) {
		return 0, false, nil
	}
	end := tagEnd(data, 1)
	if end < 0 {
		return 0, false, fmt.Errorf("%w: a cell's tag of row %d does not end", ErrBroken, row)
	}
	to := 6 + max(0, bytes.IndexByte(data[6:end], '"'))
	number, col := parseAddress(data[6:to])
	if number != row || col < area.Col || col > area.LastCol || row < area.Row || row > area.LastRow {
		return 0, false, nil
	}
	if data[end-2] == '/' {
		return end, true, nil
	}
	if n := content(data[end:]); n >= 0 {
		return end + n, true, nil
	}
	return 0, false, fmt.Errorf("%w: cell %s", ErrBroken, address(row, col))
}

// content returns the length of what a cell of ours holds, its end tag included, -1 when it has another form.
func content(data []byte) int {
	at := 0
	if bytes.HasPrefix(data, []byte("<f")) {
		end := tagEnd(data, 1)
		if end < 0 {
			return -1
		}
		if at = end; data[end-2] != '/' {
			if at = textEnd(data, end, "</f>"); at < 0 {
				return -1
			}
		}
	}
	for _, form := range [][2]string{{"<v>", "</v>"}, {"<is><t>", "</t></is>"}, {`<is><t xml:space="preserve">`, "</t></is>"}} {
		if bytes.HasPrefix(data[at:], []byte(form[0])) {
			if at = textEnd(data, at+len(form[0]), form[1]); at < 0 {
				return -1
			}
			break
		}
	}
	if !bytes.HasPrefix(data[at:], closeCell) {
		return -1
	}
	return at + len(closeCell)
}

// textEnd returns the place behind a text and the tags that follow it, -1 when something else follows.
func textEnd(data []byte, at int, tags string) int {
	n := bytes.IndexByte(data[at:], '<')
	if n < 0 || !bytes.HasPrefix(data[at+n:], []byte(tags)) {
		return -1
	}
	return at + n + len(tags)
}
