package grid

import "sort"

// A Builder makes a grid of cells that come row by row.
type Builder struct {
	grid   Grid
	rows   []Row
	merges []Area
}

// NewBuilder returns a builder for a grid with the given properties, such as its sheet; what the
// properties tell to ignore is not kept.
func NewBuilder(properties Grid) *Builder { return &Builder{grid: properties} }

// Row begins a row: the cells that follow are its cells.
func (b *Builder) Row(number int, hidden bool) {
	b.rows = append(b.rows, Row{Number: number, Hidden: hidden})
}

// Add adds a cell to the row that was begun last. What is empty is left out; of two cells with one
// address the later counts.
func (b *Builder) Add(c Cell) {
	if len(b.rows) == 0 || c.Kind == Empty && !c.NoValue {
		return
	}
	row := &b.rows[len(b.rows)-1]
	if !b.grid.Ignore.Holds(row.Number, int(c.Col)) {
		row.cells = append(row.cells, c)
	}
}

// Merge adds a merged range.
func (b *Builder) Merge(area Area) { b.merges = append(b.merges, area) }

// Merges returns the number of merged ranges so far.
func (b *Builder) Merges() int { return len(b.merges) }

// HideColumns marks columns as hidden.
func (b *Builder) HideColumns(first, last int) {
	b.grid.HiddenCols = append(b.grid.HiddenCols, Area{Row: 1, Col: first, LastRow: MaxRows, LastCol: last})
}

// Rule adds a limit of what may be entered.
func (b *Builder) Rule(r Rule) { b.grid.Rules = append(b.grid.Rules, r) }

// Grid returns the grid. The builder is not used any more.
func (b *Builder) Grid() Grid {
	sort.SliceStable(b.rows, func(i, k int) bool { return b.rows[i].Number < b.rows[k].Number })
	rows := b.rows[:0]
	for _, r := range b.rows {
		if n := len(rows); n > 0 && rows[n-1].Number == r.Number {
			r.cells = append(rows[n-1].cells, r.cells...)
			rows = rows[:n-1]
		}
		if len(r.cells) > 0 {
			rows = append(rows, Row{r.Number, r.Hidden, inOrder(r.cells)})
		}
	}
	b.grid.rows, b.grid.merges = rows, newMerges(b.merges)
	return b.grid
}

// inOrder sorts cells by column; of two with one address the later stays, as
// spreadsheets do.
func inOrder(cells []Cell) []Cell {
	ordered := true
	for i := 1; i < len(cells); i++ {
		ordered = ordered && cells[i-1].Col < cells[i].Col
	}
	if ordered {
		return cells
	}
	sort.SliceStable(cells, func(i, k int) bool { return cells[i].Col < cells[k].Col })
	kept := cells[:0]
	for _, c := range cells {
		if n := len(kept); n > 0 && kept[n-1].Col == c.Col {
			kept[n-1] = c
			continue
		}
		kept = append(kept, c)
	}
	return kept
}
