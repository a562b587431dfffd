package workbook

import (
	"strings"

	"valuebook/report/workbook/grid"
)

// stacked parts a grid at rows where another table begins below the first.
func stacked(g *grid.Grid) []*grid.Grid {
	var parts []*grid.Grid
	start, tries := 0, 0
	cut := func(end int) {
		parts = append(parts, g.Part(grid.Area{Row: g.RowAt(start).Number, Col: 1, LastRow: g.RowAt(end - 1).Number, LastCol: grid.MaxCols}))
		start = end
	}
	previous := 0
	for i := 0; i < g.Len(); i++ {
		if next := g.AfterNumbers(i); next > i { // a row with a number is no header
			i = next - 1
			previous = g.RowAt(i).Number
			continue
		}
		r := g.RowAt(i)
		gap := r.Number > previous+1
		previous = r.Number
		if i < start+3 || i >= g.Len()-1 || tries == headerTries || !gap && !allTexts(r) {
			continue
		}
		begins, tried := beginsTable(g, start, i, gap)
		if tried {
			tries++
		}
		if begins {
			cut(i)
		}
	}
	if len(parts) > 0 {
		cut(g.Len())
	}
	return parts
}

// allTexts reports whether a row has several cells and all are texts.
func allTexts(r grid.Row) bool {
	n := 0
	for cell := range r.Cells() {
		if cell.Kind != grid.Text {
			return false
		}
		n++
	}
	return n > 1
}

// beginsTable reports whether another table begins at an index of the rows, perhaps with its title; the band above begins at
// start. It also says whether that took more than a glance.
func beginsTable(g *grid.Grid, start, i int, gap bool) (begins, tried bool) {
	h, titles := i, 0
	for gap && h < g.Len()-2 && titles < 3 && g.RowAt(h).Len() == 1 && g.RowAt(h).First().Kind == grid.Text {
		h++
		titles++
	}
	if h >= g.Len()-1 {
		return false, false
	}
	r, next := g.RowAt(h), g.RowAt(h+1)
	if !allTexts(r) || next.Number > r.Number+2 || next.Len() < 2 || !headerTexts(r) {
		return false, false
	}
	against := contradicts(r, g, max(start, i-30), i)
	if against == 0 && !gap {
		return false, false
	}
	if against > 0 && !hasNumber(next) {
		return false, true
	}
	known, texts := 0.0, 0.0
	for cell := range r.Cells() {
		known += headerWorth(strings.TrimSpace(cell.Text))
		texts++
	}
	switch {
	case known >= texts+2 && gap, known >= texts+2 && against > 1, gap && (against > 1 || against > 0 && titles > 0):
		return !describes(r) && isTable(g, start, i, r), true
	}
	return false, true
}

// headerTexts reports whether the texts of a row can be headers: short, all different, and not left out.
func headerTexts(r grid.Row) bool {
	seen := map[string]bool{}
	for cell := range r.Cells() {
		text := strings.TrimSpace(cell.Text)
		if len(text) > 120 || seen[text] || missingText(text) || ParseNumber(text).ok() {
			return false
		}
		seen[text] = true
	}
	return true
}

// describes reports whether a row says something of the columns above it, such as their scale or direction.
func describes(r grid.Row) bool {
	switch aboutKind(r) {
	case "", rowGroup, rowSide:
		return false
	}
	return true
}

// contradicts counts the cells of a row of texts over which most of the rows from one index to another hold numbers. A text that
// stands among them too is an answer in words, and no header.
func contradicts(r grid.Row, g *grid.Grid, from, to int) int {
	n := 0
	for cell := range r.Cells() {
		numbers, texts := 0, 0
		for i := from; i < to; i++ {
			switch a := g.RowAt(i).At(int(cell.Col)); a.Kind {
			case grid.Number, grid.Date:
				numbers++
			case grid.Text:
				texts++
				if i > from && a.Text == cell.Text {
					return 0
				}
			}
		}
		if numbers > 1 && numbers > texts {
			n++
		}
	}
	return n
}

func hasNumber(r grid.Row) bool {
	for cell := range r.Cells() {
		if cell.Kind == grid.Number || cell.Kind == grid.Date {
			return true
		}
	}
	return false
}

// isTable reports whether the rows from start up to an index are a table: a header, which is not that of the row that follows, and at
// least two rows under it.
func isTable(g *grid.Grid, start, end int, next grid.Row) bool {
	last := g.RowAt(min(end, start+200) - 1).Number
	part := g.Part(grid.Area{Row: g.RowAt(start).Number, Col: 1, LastRow: last, LastCol: grid.MaxCols})
	header := bestHeader(part)
	if header == 0 {
		return false
	}
	rows := 0
	for _, r := range part.All() {
		if r.Number > header && r.Len() > 1 {
			rows++
		}
	}
	return rows >= 2 && !sameTexts(part.Row(header), next)
}

// sameTexts reports whether two rows have mostly the same texts in the same columns, as a header has that is repeated on every
// printed page.
func sameTexts(a, b grid.Row) bool {
	same := 0
	for cell := range b.Cells() {
		if other := a.At(int(cell.Col)); other.Kind == grid.Text && headerText(other) == headerText(cell) {
			same++
		}
	}
	return same > 1 && same*2 > b.Len()
}
