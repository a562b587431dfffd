package grid

// Part returns the cells that lie in an area as a grid of their own, in which rows and columns keep their numbers.
// Rows that have no cells there are left out; a merged range that reaches into the area is kept as a whole.
func (g *Grid) Part(a Area) *Grid {
	b := NewBuilder(Grid{Sheet: g.Sheet, Hidden: g.Hidden, HiddenCols: g.HiddenCols, Rules: g.Rules, Ours: g.Ours, Delimiter: g.Delimiter})
	for _, r := range g.All() {
		if r.Number < a.Row || int(r.Last().Col) < a.Col || int(r.First().Col) > a.LastCol {
			continue
		}
		if r.Number > a.LastRow {
			break
		}
		b.Row(r.Number, r.Hidden)
		for cell := range r.Cells() {
			if int(cell.Col) >= a.Col && int(cell.Col) <= a.LastCol {
				b.Add(cell)
			}
		}
	}
	for _, m := range g.merges.areas {
		if m.Row <= a.LastRow && m.LastRow >= a.Row && m.Col <= a.LastCol && m.LastCol >= a.Col {
			b.Merge(m)
		}
	}
	part := b.Grid()
	return &part
}
