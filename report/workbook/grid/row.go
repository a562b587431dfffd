package grid

import "iter"

// A Row is one row of a grid with its cells.
type Row struct {
	Number int // counted from 1
	Hidden bool

	grid  *Grid
	block *block // nil for a row without cells
	index int    // of the row in the block
}

// Len returns the number of cells that hold something.
func (r Row) Len() int {
	n := 0
	if r.block != nil {
		r.block.visit(r.index, func(stored) bool { n++; return true })
	}
	return n
}

// Cells visits the cells of the row in ascending order of their columns.
func (r Row) Cells() iter.Seq[Cell] {
	return func(visit func(Cell) bool) {
		if r.block != nil {
			r.block.visit(r.index, func(s stored) bool { return visit(r.grid.cell(s)) })
		}
	}
}

// First returns the first cell of the row, Empty in column 0 when there is none.
func (r Row) First() Cell {
	for c := range r.Cells() {
		return c
	}
	return Cell{}
}

// Last returns the last cell of the row, Empty in column 0 when there is none.
func (r Row) Last() Cell {
	last := Cell{}
	for c := range r.Cells() {
		last = c
	}
	return last
}

// At returns the cell of the row in a column; Empty where there is none.
func (r Row) At(col int) Cell {
	if r.block != nil {
		if s, ok := r.block.at(r.index, col); ok {
			return r.grid.cell(s)
		}
	}
	return Cell{Col: int32(col)}
}
