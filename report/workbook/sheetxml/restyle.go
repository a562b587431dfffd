package sheetxml

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// A Look is how a cell looks in a worksheet part.
type Look struct {
	Row, Col int
	There    bool // the part has an element for it
	Given    bool // the element names its style
	Style    int  // of the cell, or of its row or column where it has no element
}

// A Place is a cell by its row and column, counted from 1.
type Place struct{ Row, Col int }

// Restyle returns the edits that give cells another style and leave what they
// hold. Cells that are not there come in blank. style is asked once for each
// place, in the order of rows and columns; below zero it means to leave it.
func Restyle(part []byte, places []Place, style func(Look) (int, error)) ([]Edit, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var looks []Look
	if err := s.looks(places, func(l Look) { looks = append(looks, l) }); err != nil {
		return nil, err
	}
	given := map[Place]int{}
	var blank []Cell
	for _, l := range looks {
		number, err := style(l)
		if err != nil {
			return nil, err
		}
		if number >= 0 && l.There {
			given[Place{l.Row, l.Col}] = number
		} else if number >= 0 {
			blank = append(blank, Cell{Row: l.Row, Col: l.Col, Style: number})
		}
	}
	edits, err := s.restyled(given)
	if err != nil {
		return nil, err
	}
	more, err := s.splice(blank)
	if err != nil {
		return nil, err
	}
	return append(append(edits, more...), s.dimension(Addition{Cells: blank}.area())...), nil
}

// looks visits the places in their order with what the part says of them.
func (s *sheet) looks(places []Place, visit func(Look)) error {
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)) })
	places = slices.Compact(places)
	columns, err := s.columnStyles()
	if err != nil {
		return err
	}
	absent := func(p Place, row *rowAt) {
		l := Look{Row: p.Row, Col: p.Col, Style: columns(p.Col)}
		if row != nil {
			if custom, _ := row.Attr(s.data, "customFormat"); custom == "1" || custom == "true" {
				l.Style = s.style(row.Tag)
			}
		}
		visit(l)
	}
	err = s.rows(func(row rowAt) error {
		for len(places) > 0 && places[0].Row < row.number {
			absent(places[0], nil)
			places = places[1:]
		}
		if len(places) == 0 || places[0].Row > row.number {
			return nil
		}
		_, err := s.cells(row, func(c cellAt) error {
			for len(places) > 0 && places[0].Row == row.number && places[0].Col < c.col {
				absent(places[0], &row)
				places = places[1:]
			}
			if len(places) > 0 && places[0] == (Place{row.number, c.col}) {
				_, _, given := c.Span(s.data, "s")
				visit(Look{Row: row.number, Col: c.col, There: true, Given: given, Style: s.style(c.Tag)})
				places = places[1:]
			}
			return nil
		})
		for err == nil && len(places) > 0 && places[0].Row == row.number {
			absent(places[0], &row)
			places = places[1:]
		}
		return err
	})
	for _, p := range places {
		if err == nil {
			absent(p, nil)
		}
	}
	return err
}

// columnStyles returns the style of the cells of a column that have no element.
func (s *sheet) columnStyles() (func(col int) int, error) {
	type span struct{ first, last, style int }
	var spans []span
	for _, list := range s.named("cols") {
		columns, err := Within(s.data, list)
		if err != nil {
			return nil, err
		}
		for _, c := range columns {
			first, _ := c.Attr(s.data, "min")
			last, _ := c.Attr(s.data, "max")
			style, _ := c.Attr(s.data, "style")
			a, err1 := strconv.Atoi(first)
			b, err2 := strconv.Atoi(last)
			n, err3 := strconv.Atoi(style)
			if err1 == nil && err2 == nil && err3 == nil {
				spans = append(spans, span{a, b, n})
			}
		}
	}
	return func(col int) int {
		for _, sp := range spans {
			if sp.first <= col && col <= sp.last {
				return sp.style
			}
		}
		return 0
	}, nil
}

// restyled returns the edits of the cells that are there.
func (s *sheet) restyled(styles map[Place]int) ([]Edit, error) {
	var edits []Edit
	if len(styles) == 0 {
		return nil, nil
	}
	err := s.rows(func(row rowAt) error {
		_, err := s.cells(row, func(c cellAt) error {
			if number, ok := styles[Place{row.number, c.col}]; ok {
				edits = append(edits, s.restyle(c.Tag, number))
			}
			return nil
		})
		return err
	})
	return edits, err
}

// restyle gives the start tag of a cell a style; below zero takes its style away.
func (s *sheet) restyle(t Tag, style int) Edit {
	from, to, given := t.Span(s.data, "s")
	if !given && style < 0 {
		return Edit{At: t.End}
	}
	if !given {
		return Insert(t.Start+1+len(t.Name), ` s="`+strconv.Itoa(style)+`"`)
	}
	if style < 0 && usual(s.data, "s", from) {
		return Replace(s.data, from-len(` s="`), to+1, "")
	}
	return Replace(s.data, from, to, strconv.Itoa(max(style, 0)))
}

// usual reports whether an attribute, whose value begins at from, is written
// with one blank before it and none in it.
func usual(data []byte, name string, from int) bool {
	before := " " + name + "="
	start := from - 1 - len(before)
	return start >= 0 && string(data[start:from-1]) == before
}

// An Undo is what [Unstyle] does with a cell.
type Undo struct {
	Style int  // the number it gets, below zero none
	Blank bool // an element without content goes
}

// Unstyle returns the edits that take styles back. undo is asked for every cell
// that names a style; ok false leaves it. A row that holds nothing afterwards,
// and has no look of its own, goes with its last cell.
func Unstyle(part []byte, undo func(Look) (u Undo, ok bool, err error)) ([]Edit, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var edits []Edit
	err = s.rows(func(row rowAt) error {
		var mine []Edit
		kept := 0
		_, err := s.cells(row, func(c cellAt) error {
			edit, gone, err := s.undone(row.number, c, undo)
			if !gone {
				kept++
			}
			if edit != nil {
				mine = append(mine, *edit)
			}
			return err
		})
		if kept == 0 && len(mine) > 0 && s.plain(row) {
			mine = []Edit{Replace(part, row.Start, row.End, "")}
		}
		edits = append(edits, mine...)
		return err
	})
	return edits, err
}

// undone returns the edit of one cell, nil for none, and whether its element goes.
func (s *sheet) undone(row int, c cellAt, undo func(Look) (Undo, bool, error)) (edit *Edit, gone bool, err error) {
	if _, _, given := c.Span(s.data, "s"); !given {
		return nil, false, nil
	}
	u, ok, err := undo(Look{Row: row, Col: c.col, There: true, Given: true, Style: s.style(c.Tag)})
	if err != nil || !ok {
		return nil, false, err
	}
	if u.Blank && s.blank(c) {
		e := Replace(s.data, c.Start, c.End, "")
		return &e, true, nil
	}
	e := s.restyle(c.Tag, u.Style)
	return &e, false, nil
}

// Merged returns the merged ranges of a worksheet part.
func Merged(part []byte) ([]Area, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	var out []Area
	err = s.merges(func(a Area) error {
		out = append(out, a)
		return nil
	})
	return out, err
}

// Fill returns the fill of a cell style of the part that is appended to, as an
// element without prefix; "" where the style has none of its own.
func (j *StyleJoin) Fill(style int) string {
	xf, ok := j.base.entry("cellXfs", style)
	if !ok {
		return ""
	}
	id, _ := xf.Attr(j.base.data, "fillId")
	number, err := strconv.Atoi(id)
	if err != nil || number == 0 {
		return ""
	}
	fill, ok := j.base.entry("fills", number)
	if !ok {
		return ""
	}
	return string(unprefixed(fill.Bytes(j.base.data), j.base.prefix))
}

// Styles returns how many cell styles the part has that is appended to.
func (j *StyleJoin) Styles() int { return len(j.base.lists["cellXfs"].entries) }

// Filled returns the number of a cell style like one of the part that is
// appended to, with another fill: an element without prefix, "" for none.
func (j *StyleJoin) Filled(style int, fill string) (int, error) {
	text, t, err := j.own(style)
	if err != nil {
		return 0, err
	}
	number := 0
	if fill != "" {
		number = j.append("fills", fill)
	}
	var edits []Edit
	for _, a := range [][2]string{{"fillId", strconv.Itoa(number)}, {"applyFill", "1"}} {
		if from, to, ok := t.Span(text, a[0]); ok {
			edits = append(edits, Replace(text, from, to, a[1]))
		} else {
			edits = append(edits, Insert(1+len(t.Name), " "+a[0]+`="`+a[1]+`"`))
		}
	}
	out, err := Apply(text, edits)
	if err != nil {
		return 0, err
	}
	at := j.append("cellXfs", string(out))
	if at >= maxStyles {
		return 0, fmt.Errorf("%w: more than %d cell styles", ErrOccupied, maxStyles)
	}
	return at, nil
}

// own returns a cell style of the part that is appended to, without prefix, and
// its start tag. A part without styles has the standard one.
func (j *StyleJoin) own(style int) ([]byte, Tag, error) {
	text := []byte(needed["cellXfs"][0])
	if e, ok := j.base.entry("cellXfs", style); ok {
		text = unprefixed(e.Bytes(j.base.data), j.base.prefix)
	} else if style != 0 {
		return nil, Tag{}, fmt.Errorf("%w: cell style %d", ErrBroken, style)
	}
	t, ok := NewScanner(text).Next()
	if !ok {
		return nil, t, fmt.Errorf("%w: cell style %d", ErrBroken, style)
	}
	return text, t, nil
}

// Alike reports whether two cell styles of the part that is appended to differ
// in their fills alone.
func (j *StyleJoin) Alike(a, b int) bool {
	one, errA := j.withoutFill(a)
	other, errB := j.withoutFill(b)
	return errA == nil && errB == nil && one == other
}

// withoutFill returns a cell style without what it says of its fill.
func (j *StyleJoin) withoutFill(style int) (string, error) {
	text, t, err := j.own(style)
	if err != nil {
		return "", err
	}
	var edits []Edit
	for _, name := range []string{"fillId", "applyFill"} {
		if from, to, ok := t.Span(text, name); ok && usual(text, name, from) {
			edits = append(edits, Replace(text, from-len(name)-3, to+1, ""))
		}
	}
	out, err := Apply(text, edits)
	return string(out), err
}

// unprefixed takes a prefix such as "x:" off the names of the elements of a
// fragment.
func unprefixed(fragment []byte, prefix string) []byte {
	if prefix == "" {
		return fragment
	}
	var edits []Edit
	scan := NewScanner(fragment)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if t.Prefix() != prefix {
			continue
		}
		at := t.Start + 1
		if t.Kind == Close {
			at++
		}
		edits = append(edits, Replace(fragment, at, at+len(prefix), ""))
	}
	out, err := Apply(fragment, edits)
	if err != nil {
		return fragment // the edits are of one scan and cannot overlap
	}
	return out
}
