package workbook

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// headless reports the first sheet whose first full row is data already, so that nothing says what its columns hold.
func (b *builder) headless() bool {
	for i := range b.book.Grids {
		g := &b.book.Grids[i]
		row := dataRow(g)
		if row == 0 || g.Ours {
			continue
		}
		var texts []string
		for cell := range g.Row(row).Cells() {
			texts = append(texts, strings.TrimSpace(cell.String()))
		}
		b.found.add(codeNoHeader, dataset.Stop, dataset.Ref{Sheet: g.Sheet, Row: row}, named(texts))
		return true
	}
	return false
}

// dataRow returns the first row with several cells when it is of a kind with those that follow: numbers where they have numbers, no word
// that is known from headers, and three rows like it; else 0.
func dataRow(g *grid.Grid) int {
	i := 0
	for i < g.Len() && i < 10 && g.RowAt(i).Len() < 2 {
		i++
	}
	if i+3 >= g.Len() || !hasNumber(g.RowAt(i)) {
		return 0
	}
	first := g.RowAt(i)
	for cell := range first.Cells() {
		if cell.Kind == grid.Text && headerWorth(strings.TrimSpace(cell.Text)) > 1 {
			return 0
		}
	}
	alike := 0
	for k := i + 1; k < g.Len() && k < i+20; k++ {
		if sameKinds(first, g.RowAt(k)) {
			alike++
		}
	}
	if alike < 3 || alike*5 < (min(g.Len(), i+20)-i-1)*4 {
		return 0
	}
	return first.Number
}

// sameKinds reports whether two rows hold the same kinds of cells in nearly all columns.
func sameKinds(a, b grid.Row) bool {
	same, all := 0, 0
	for cell := range a.Cells() {
		if other := b.At(int(cell.Col)); !other.IsEmpty() {
			all++
			if other.Kind == cell.Kind {
				same++
			}
		}
	}
	return same > 1 && same*5 >= all*4
}
