package grid

import (
	"iter"
	"sort"

	"valuebook/report/dataset"
)

// A Rule is a limit that the sheet itself sets on what may be entered.
type Rule struct {
	Area   Area
	Lo, Hi float64
}

// A Grid is one sheet as cells: all that recognition sees. How the cells are kept is hidden;
// a [Builder] makes a grid, and nothing changes its cells afterwards.
type Grid struct {
	Sheet      string
	Hidden     bool
	HiddenCols []Area
	Rules      []Rule
	Ours       bool // a sheet that this program wrote
	Ignore     Area // a block that this program wrote beside the data; its cells are not kept
	Delimiter  rune // of a text file, 0 otherwise

	rows   []Row // ascending, only rows with cells
	merges merges
}

// Len returns the number of rows that have cells.
func (g *Grid) Len() int { return len(g.rows) }

// RowAt returns a row that has cells by its index, from 0 to Len()-1, in ascending order of
// their numbers.
func (g *Grid) RowAt(i int) Row { return g.rows[i] }

// All visits the rows that have cells, with their indices.
func (g *Grid) All() iter.Seq2[int, Row] {
	return func(visit func(int, Row) bool) {
		for i := 0; i < g.Len(); i++ {
			if !visit(i, g.RowAt(i)) {
				return
			}
		}
	}
}

// Row returns a row by its number; a row without cells is empty.
func (g *Grid) Row(number int) Row {
	i := number - 1
	if i < 0 || i >= len(g.rows) || g.rows[i].Number != number {
		i = sort.Search(len(g.rows), func(k int) bool { return g.rows[k].Number >= number })
		if i == len(g.rows) || g.rows[i].Number != number {
			return Row{Number: number}
		}
	}
	return g.rows[i]
}

// At returns a cell; Empty where there is none.
func (g *Grid) At(row, col int) Cell { return g.Row(row).At(col) }

// Filled returns a cell, or the upper left one of the merged range it lies in.
func (g *Grid) Filled(row, col int) Cell {
	cell := g.At(row, col)
	if !cell.IsEmpty() {
		return cell
	}
	if m, ok := g.Merge(row, col); ok {
		return g.At(m.Row, m.Col)
	}
	return cell
}

// Merge returns the merged range that a cell lies in.
func (g *Grid) Merge(row, col int) (Area, bool) {
	for m := range g.MergesAt(row) {
		if m.Holds(row, col) {
			return m, true
		}
	}
	return Area{}, false
}

// MergesAt visits the merged ranges that cross a row, in ascending order of their first rows.
func (g *Grid) MergesAt(row int) iter.Seq[Area] { return g.merges.at(row) }

// Ref names a cell of the grid.
func (g *Grid) Ref(row, col int) dataset.Ref {
	return dataset.Ref{Sheet: g.Sheet, Row: row, Col: col}
}

// HiddenColumn reports whether a column is hidden.
func (g *Grid) HiddenColumn(col int) bool {
	for _, area := range g.HiddenCols {
		if area.Holds(1, col) {
			return true
		}
	}
	return false
}
