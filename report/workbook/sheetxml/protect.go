package sheetxml

import (
	"fmt"
	"strconv"
)

// Protected reports whether a worksheet part keeps its locked cells from being
// changed.
func Protected(part []byte) (bool, error) {
	s, err := read(part)
	if err != nil {
		return false, err
	}
	for _, p := range s.named("sheetProtection") {
		if on, _ := p.Attr(part, "sheet"); on == "1" || on == "true" {
			return true, nil
		}
	}
	return false, nil
}

// Unlocked returns which cells of an area a protected sheet should leave open:
// those whose place is not locked as it is, and those of rows in which a cell
// left of the area is open. locked tells it of a style.
func Unlocked(part []byte, area Area, locked func(style int) bool) (open func(row, col int) bool, err error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	columns := s.openColumns(locked)
	rows, places := map[int]bool{}, map[[2]int]bool{}
	err = s.rows(func(row rowAt) error {
		if row.number < area.Row || row.number > area.LastRow {
			return nil
		}
		_, err := s.cells(row, func(c cellAt) error {
			_, _, styled := c.Span(s.data, "s")
			is := styled && !locked(s.style(c.Tag))
			if c.col < area.Col {
				rows[row.number] = rows[row.number] || is
			} else if styled {
				places[[2]int{row.number, c.col}] = is
			}
			return nil
		})
		return err
	})
	return func(row, col int) bool {
		if is, known := places[[2]int{row, col}]; known && is {
			return true
		}
		return rows[row] || columns(col)
	}, err
}

// openColumns tells of a column whether its own style leaves cells open.
func (s *sheet) openColumns(locked func(style int) bool) func(col int) bool {
	var open []columnRange
	for _, list := range s.named("cols") {
		ranges, _ := s.columnRanges(list)
		for _, r := range ranges {
			text, given := r.Attr(s.data, "style")
			if style, err := strconv.Atoi(text); given && err == nil && !locked(style) {
				open = append(open, r)
			}
		}
	}
	return func(col int) bool {
		for _, r := range open {
			if r.first <= col && col <= r.last {
				return true
			}
		}
		return false
	}
}

// Locked reports whether a cell style, of the part or appended, locks its cells
// on a protected sheet. A style that says nothing does.
func (j *StyleJoin) Locked(style int) bool {
	text, err := j.xf(style)
	if err != nil {
		return true
	}
	if locked, said := protection(text); said {
		return locked
	}
	t, ok := NewScanner(text).Next()
	parent, _ := t.Attr(text, "xfId")
	number, err := strconv.Atoi(parent)
	e, there := j.base.entry("cellStyleXfs", number)
	if !ok || err != nil || !there {
		return true
	}
	locked, said := protection(e.Bytes(j.base.data))
	return locked || !said
}

// protection returns what a cell style says of its lock.
func protection(text []byte) (locked, said bool) {
	scan := NewScanner(text)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if t.Local() == "protection" && t.Kind != Close {
			value, given := t.Attr(text, "locked")
			return value != "0" && value != "false", given
		}
	}
	return true, false
}

// xf returns a cell style of the part or one that was appended, with the
// prefix of the part.
func (j *StyleJoin) xf(style int) ([]byte, error) {
	if e, ok := j.base.entry("cellXfs", style); ok {
		return e.Bytes(j.base.data), nil
	}
	if at := style - len(j.base.lists["cellXfs"].entries); at >= 0 && at < len(j.added["cellXfs"]) {
		return []byte(j.added["cellXfs"][at]), nil
	}
	if style == 0 {
		return Prefixed([]byte(needed["cellXfs"][0]), j.base.prefix), nil
	}
	return nil, fmt.Errorf("%w: cell style %d", ErrBroken, style)
}

// Unlock returns the number of a style that looks like another, of the part or
// appended, and leaves its cells open on a protected sheet.
func (j *StyleJoin) Unlock(style int) (int, error) {
	text, err := j.xf(style)
	if err != nil || !j.Locked(style) {
		return style, err
	}
	root, children, err := Children(text)
	if err != nil {
		return 0, err
	}
	open := "<" + j.base.prefix + `protection locked="0"/>`
	at, edits := root.Tag.End, []Edit(nil)
	for _, c := range children {
		switch c.Local() {
		case "alignment":
			at = c.End
		case "protection":
			edits = append(edits, Replace(text, c.Start, c.End, ""))
		}
	}
	edits = append(edits, into(text, root, at, open))
	if from, to, ok := root.Span(text, "applyProtection"); ok {
		edits = append(edits, Replace(text, from, to, "1"))
	} else {
		edits = append(edits, Insert(1+len(root.Name), ` applyProtection="1"`))
	}
	out, err := Apply(text, edits)
	if err != nil {
		return 0, err
	}
	return j.append("cellXfs", string(out)), nil
}
