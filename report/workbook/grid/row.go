package grid

import (
	"iter"
	"sort"
)

// A Row is one row of a grid with its cells.
type Row struct {
	Number int // counted from 1
	Hidden bool
	cells  []Cell // in ascending order of columns
}

// Len returns the number of cells that hold something.
func (r Row) Len() int { return len(r.cells) }

// Cells visits the cells of the row in ascending order of their columns.
func (r Row) Cells() iter.Seq[Cell] {
	return func(visit func(Cell) bool) {
		for _, c := range r.cells {
			if !visit(c) {
				return
			}
		}
	}
}

// First returns the first cell of the row, Empty in column 0 when there is none.
func (r Row) First() Cell {
	if len(r.cells) == 0 {
		return Cell{}
	}
	return r.cells[0]
}

// Last returns the last cell of the row, Empty in column 0 when there is none.
func (r Row) Last() Cell {
	if len(r.cells) == 0 {
		return Cell{}
	}
	return r.cells[len(r.cells)-1]
}

// At returns the cell of the row in a column; Empty where there is none.
func (r Row) At(col int) Cell {
	i := col - 1
	if i < 0 || i >= len(r.cells) || int(r.cells[i].Col) != col {
		i = sort.Search(len(r.cells), func(k int) bool { return int(r.cells[k].Col) >= col })
		if i == len(r.cells) || int(r.cells[i].Col) != col {
			return Cell{Col: int32(col)}
		}
	}
	return r.cells[i]
}
