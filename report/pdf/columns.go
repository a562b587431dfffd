package pdf

import (
	"valuebook/report"
	"valuebook/report/dataset"
)

// filled returns a table without the columns in which no row says anything.
func (l *layout) filled(t *report.Table) *report.Table {
	if len(t.Rows) == 0 {
		return t
	}
	var keep []int
	for c := range t.Columns {
		if c == 0 || l.columnSays(t, c) {
			keep = append(keep, c)
		}
	}
	if len(keep) == len(t.Columns) {
		return t
	}
	return only(t, keep)
}

// columnSays reports whether any cell of a column holds something.
func (l *layout) columnSays(t *report.Table, c int) bool {
	for _, row := range t.Rows {
		if c < len(row) && l.says(row[c]) {
			return true
		}
	}
	return c < len(t.Total) && l.says(t.Total[c])
}

// says reports whether a cell holds more than nothing or a dash.
func (l *layout) says(q dataset.Quantity) bool {
	text := l.words.Quantity(q)
	return text != "" && text != "–"
}

// only returns a table with some of its columns.
func only(t *report.Table, columns []int) *report.Table {
	pick := func(row []dataset.Quantity) []dataset.Quantity {
		out := make([]dataset.Quantity, len(columns))
		for i, c := range columns {
			if c < len(row) {
				out[i] = row[c]
			}
		}
		return out
	}
	part := *t
	part.Columns, part.Rows = nil, nil
	for _, c := range columns {
		part.Columns = append(part.Columns, t.Columns[c])
	}
	for _, row := range t.Rows {
		part.Rows = append(part.Rows, pick(row))
	}
	if t.Total != nil {
		part.Total = pick(t.Total)
	}
	return &part
}

// needs returns what a column needs at least (its longest word) and at most
// (its longest text on one line), in millimetres.
func (g *grid) needs(c int) (least, most float64) {
	measure := func(text string, s textStyle, extra float64) {
		most = max(most, s.width(text)+extra)
		for _, word := range words(text) {
			least = max(least, s.width(word)+extra)
		}
	}
	measure(g.head[c], g.smallBold, 0)
	header := most
	most = max(least, min(most, 24)) // headers wrap
	for i, cells := range g.cells {
		style := g.body
		if g.isBold(i) {
			style = g.bold
		}
		extra := g.markRoom(c)
		if c == 0 && g.table.Indent[i] {
			extra += 4
		}
		measure(cells[c], style, extra)
	}
	if header < 1.25*most { // unless the cells are nearly as wide anyway
		most = max(most, header)
	}
	if !g.table.Columns[c].Text && !g.table.Columns[c].Class {
		least = max(least, min(most, 30)) // numbers are not broken
	}
	return min(least, 40), max(most, least)
}

// markRoom is the room for the mark of a class before its name.
func (g *grid) markRoom(c int) float64 {
	if g.table.Columns[c].Class {
		return 4.5
	}
	return 0
}

// fits reports whether the columns fit without breaking words.
func (g *grid) fits() bool {
	sum := float64(len(g.head)-1) * g.between
	for c := range g.head {
		least, most := g.needs(c)
		if g.table.Columns[c].Text {
			least = max(least, min(most, 24)) // texts want some width
		}
		sum += least
	}
	return sum <= g.width()
}

// measure decides the widths: each column gets what it needs at least, then
// the rest is shared out, by the wished shares, until each has what it needs
// at most. Columns that need little are so served first and do not wrap.
func (g *grid) measure() {
	n := len(g.head)
	least, most := make([]float64, n), make([]float64, n)
	room := g.width() - float64(n-1)*g.between
	for c := range least {
		least[c], most[c] = g.needs(c)
		room -= least[c]
	}
	g.widths = least
	if room < 0 { // not even the words fit: every column gives way alike
		sum := g.width() - float64(n-1)*g.between
		for c := range g.widths {
			g.widths[c] *= sum / (sum - room)
		}
		return
	}
	g.stretch(g.share(room, most))
}

// share gives columns of what room there is and returns what is left.
func (g *grid) share(room float64, most []float64) float64 {
	for range g.widths {
		wishes := 0.0
		for c := range g.widths {
			if g.widths[c] < most[c] {
				wishes += g.wish(c)
			}
		}
		if wishes == 0 || room < 0.01 {
			break
		}
		given := 0.0
		for c := range g.widths {
			if g.widths[c] < most[c] {
				more := min(most[c]-g.widths[c], room*g.wish(c)/wishes)
				g.widths[c] += more
				given += more
			}
		}
		room -= given
	}
	return room
}

func (g *grid) wish(c int) float64 {
	if share := g.table.Columns[c].Share; share > 0 {
		return share
	}
	return 1
}

// stretch gives spare room to the columns, more to texts than to numbers, so
// that the table is as wide as the page's content. A number in front stays at
// the margin.
func (g *grid) stretch(spare float64) {
	parts, sum := make([]float64, len(g.widths)), 0.0
	for c, column := range g.table.Columns {
		switch {
		case column.Text || column.Class:
			parts[c] = 2
		case c > 0 || len(g.widths) == 1:
			parts[c] = 1
		}
		sum += parts[c]
	}
	for c := range g.widths {
		g.widths[c] += spare * parts[c] / sum
	}
}
