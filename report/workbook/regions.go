package workbook

import (
	"math"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// sampledRows is how many rows of a sheet are looked at for its structure.
const sampledRows = 3000

// headerTries is how many rows after the first table of a sheet are weighed as headers of another.
const headerTries = 500

// regions parts a sheet into rectangles that hold a table each, from the left to the right and downwards: where empty columns
// part tables that stand side by side, else where a header begins a table below another, and so on within the parts.
func regions(g *grid.Grid) []*grid.Grid {
	parts := sideBySide(g)
	if len(parts) < 2 {
		parts = stacked(g)
	}
	if len(parts) < 2 {
		return []*grid.Grid{g}
	}
	var all []*grid.Grid
	for _, part := range parts {
		all = append(all, regions(part)...)
	}
	return all
}

// sample returns rows from the whole length of a grid: all of a short one, of a long one its beginning and, farther apart,
// the rest.
func sample(g *grid.Grid) []grid.Row {
	step, half := 1, g.Len()
	if g.Len() > sampledRows {
		half = sampledRows / 2
		step = (g.Len() - half) / half
	}
	var rows []grid.Row
	for i := 0; i < g.Len(); i++ {
		if i >= half {
			i += step - 1
		}
		if i < g.Len() {
			rows = append(rows, g.RowAt(i))
		}
	}
	return rows
}

// A strip is a run of columns between empty ones.
type strip struct {
	first, last int // columns
	header      int // row
	headers     []string
	filled      []int // indices of the sampled rows under the header that have cells
	names       bool  // its first column names its rows
	key         bool  // a header says that a column is the key of a table
	series      bool  // its first column is one of periods or segments, which name the rows of a summary
	cells       grid.Grid
}

// sideBySide parts a grid at empty columns where both sides are tables of their own; fewer than two parts mean that
// they are not.
func sideBySide(g *grid.Grid) []*grid.Grid {
	rows := sample(g)
	columns := stripsOf(rows)
	if len(columns) < 2 {
		return nil
	}
	current := newStrip(g.Sheet, rows, columns[0].first, columns[0].last)
	var parts []*grid.Grid
	cut := func() {
		parts = append(parts, g.Part(grid.Area{Row: 1, Col: current.first, LastRow: grid.MaxRows, LastCol: current.last}))
	}
	for _, c := range columns[1:] {
		next := newStrip(g.Sheet, rows, c.first, c.last)
		if current.apart(next) {
			cut()
			current = next
			continue
		}
		current = newStrip(g.Sheet, rows, current.first, c.last)
	}
	if len(parts) > 0 {
		cut()
	}
	return parts
}

// stripsOf returns the runs of columns that have cells.
func stripsOf(rows []grid.Row) []strip {
	used := map[int]bool{}
	for _, r := range rows {
		for cell := range r.Cells() {
			if int(cell.Col) <= widest {
				used[int(cell.Col)] = true
			}
		}
	}
	var strips []strip
	for _, col := range sortedKeys(used) {
		if n := len(strips); n > 0 && strips[n-1].last == col-1 {
			strips[n-1].last = col
			continue
		}
		strips = append(strips, strip{first: col, last: col})
	}
	if len(strips) > 100 {
		return nil // no layout that anybody drew
	}
	return strips
}

func newStrip(sheet string, rows []grid.Row, first, last int) strip {
	s := strip{first: first, last: last}
	b := grid.NewBuilder(grid.Grid{Sheet: sheet})
	for _, r := range rows {
		b.Row(r.Number, r.Hidden)
		for col := first; col <= last; col++ {
			b.Add(r.At(col))
		}
	}
	part := b.Grid()
	s.cells = part
	if s.header = bestHeader(&part); s.header == 0 {
		return s
	}
	for cell := range part.Row(s.header).Cells() {
		s.headers = append(s.headers, fold(headerText(cell)))
		s.key = s.key || isKey(headerText(cell))
		s.series = s.series || int(cell.Col) == first && isSeries(headerText(cell))
	}
	for i, r := range rows {
		if r.Number > s.header && part.Row(r.Number).Len() > 0 {
			s.filled = append(s.filled, i)
		}
	}
	s.names = s.key || s.namedBy(&part, first, false) || s.namedBy(&part, first, true) && s.namedBy(&part, first+1, false)
	s.key = s.key || s.series && s.names
	return s
}

// isSeries reports whether a header is one of periods or segments.
func isSeries(header string) bool {
	for _, role := range rolesOf(header) {
		if role == dataset.ColumnPeriod || role == dataset.ColumnSegment {
			return true
		}
	}
	return false
}

// namedBy reports whether the cells of a column can name the rows of a strip: nearly all are texts, or whole numbers where those
// will do, and nearly all are different.
func (s strip) namedBy(g *grid.Grid, col int, numbers bool) bool {
	var names []string
	for _, r := range g.All() {
		cell := r.At(col)
		if r.Number > s.header && (cell.Kind == grid.Text || numbers && cell.Kind == grid.Number && cell.Num == math.Trunc(cell.Num)) {
			names = append(names, cell.String())
		}
	}
	return len(names) > 1 && len(names)*5 >= len(s.filled)*4 && distinct(names)*5 >= len(names)*4
}

func distinct(texts []string) int {
	seen := map[string]bool{}
	for _, text := range texts {
		seen[text] = true
	}
	return len(seen)
}

// keyRoles are roles of columns that name the rows of a table.
var keyRoles = map[dataset.ColumnRole]bool{
	dataset.ColumnID: true, roleCustomer: true, roleOffer: true, dataset.ColumnAttribute: true, roleSetting: true, dataset.ColumnSupplier: true,
}

// pivotWords stand over the names of rows in pivot tables.
var pivotWords = setOf(words("row labels,zeilenbeschriftungen,etiquettes de lignes,etiquetas de fila,etiquetas de filas,etichette di riga,rotulos de linha,rijlabels,etykiety wierszy,radetiketter,satir etiketleri,行标签,行ラベル"))

func isKey(header string) bool {
	if pivotWords[fold(header)] {
		return true
	}
	for _, role := range rolesOf(header) {
		if keyRoles[role] {
			return true
		}
	}
	return false
}

// apart reports whether two strips are tables of their own. Both must have something that names their rows, and: the headers of
// the right one stand in the left one too, or both name a key, or their rows do not go together.
func (s strip) apart(right strip) bool {
	if s.first == s.last || right.first == right.last || s.header == 0 || right.header == 0 {
		return false
	}
	if s.repeats(right) || s.under(right) || right.under(s) {
		return true
	}
	if !s.names || !right.names {
		return false
	}
	return s.key && right.key && s.headers[0] != "" || s.parts(right)
}

// under reports whether a strip begins far below the header of another, with a header of its own.
func (s strip) under(other strip) bool {
	return s.header > other.header+2 && s.cells.Row(other.header).Len() == 0 && len(s.headers) > 1 && hasNumber(s.cells.Row(s.header+1)) && !hasNumber(s.cells.Row(s.header))
}

// repeats reports whether the headers of the right strip are those of the left one: its first, or most of them.
func (s strip) repeats(right strip) bool {
	left := set{}
	for _, h := range s.headers {
		left[h] = true
	}
	again := 0
	for _, h := range right.headers {
		if left[h] && h != "" {
			again++
		}
	}
	return again > 1 && again*2 > len(right.headers) || right.headers[0] == s.headers[0] && right.headers[0] != ""
}

// parts reports whether the rows of two strips do not go together: the headers are far from each other, or one ends before
// the other is half way, and is full up to there.
func (s strip) parts(right strip) bool {
	if d := s.header - right.header; d > 2 || d < -2 {
		return true
	}
	short, long := s.filled, right.filled
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 || len(short)*2 > len(long) {
		return false
	}
	return short[len(short)-1]-short[0]+1 == len(short)
}
