package workbook

import (
	"iter"
	"math"
	"slices"

	"valuebook/report/workbook/grid"
)

// cells are cells of one column, by an index that is not that of their rows.
type cells interface {
	Len() int
	At(i int) grid.Cell
}

// A cellList is cells that are in memory.
type cellList []grid.Cell

// Len returns the number of cells.
func (c cellList) Len() int { return len(c) }

// At returns a cell.
func (c cellList) At(i int) grid.Cell { return c[i] }

// A cellView is the cells of a column in the rows of customers, looked up as they are needed; empty ones where a customer
// has no row.
type cellView struct {
	column *grid.Column
	rows   []int32
}

// Len returns the number of cells.
func (c cellView) Len() int { return len(c.rows) }

// At returns a cell.
func (c cellView) At(i int) grid.Cell {
	if c.rows[i] == 0 {
		return grid.Cell{}
	}
	return c.column.At(int(c.rows[i]))
}

// pastNumbers returns the index from which on, beginning with another one, a cell may have to be understood before it is a number,
// and whether a decimal point stands in the numbers of a text file that are passed over.
func (c cellView) pastNumbers(i int) (next int, fractions bool) {
	for i < len(c.rows) {
		row := c.rows[i]
		if row == 0 {
			i++
			continue
		}
		kinds, last := c.column.Stretch(int(row))
		if kinds.Ambiguous() {
			break
		}
		fractions = fractions || kinds.Fractions()
		for i < len(c.rows) && c.rows[i] >= row && int(c.rows[i]) <= last {
			i++
		}
	}
	return i, fractions
}

// A numbers is a column read as numbers, one value per row asked for. Of most cells there is but the number to say; what
// else there is stands apart.
type numbers struct {
	x         []float64
	odd       []oddValue // in ascending order of their indices
	converted int
}

// An oddValue is a value that is not simply a number, with its index; its number stands with the others.
type oddValue struct {
	index int32
	value
}

// add notes what else there is to say of a value than its number, if anything.
func (n *numbers) add(i int, v value) {
	if v.got != "" || v.asRead || v.percent || v.problem != "" {
		v.x = 0
		n.odd = append(n.odd, oddValue{int32(i), v})
	}
}

// all visits the values with their indices.
func (n *numbers) all() iter.Seq2[int, value] {
	return func(visit func(int, value) bool) {
		odd := n.odd
		for i, x := range n.x {
			v := value{}
			if len(odd) > 0 && int(odd[0].index) == i {
				v, odd = odd[0].value, odd[1:]
			}
			if v.x = x; !visit(i, v) {
				return
			}
		}
	}
}

// list returns the values.
func (n *numbers) list() []value {
	out := make([]value, 0, len(n.x))
	for _, v := range n.all() {
		out = append(out, v)
	}
	return out
}

// anyPercent reports whether a value is shown as per cent.
func (n *numbers) anyPercent() bool {
	return slices.ContainsFunc(n.odd, func(o oddValue) bool { return o.percent })
}

// percents turns the fractions that are shown as per cent into 0 to 100.
func (n *numbers) percents() {
	for i := range n.odd {
		if o := &n.odd[i]; o.percent && !math.IsNaN(n.x[o.index]) {
			n.x[o.index] *= 100
			o.asRead = true
		}
	}
}
