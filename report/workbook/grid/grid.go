package grid

import (
	"iter"
	"math"
	"sort"
	"strconv"

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

	blocks []*block // of the rows that have cells, ascending
	length int
	texts  *Texts // of this sheet
	shared *Texts // of the workbook
	merges merges
}

// Len returns the number of rows that have cells.
func (g *Grid) Len() int { return g.length }

// RowAt returns a row that has cells by its index, from 0 to Len()-1, in ascending order of
// their numbers.
func (g *Grid) RowAt(i int) Row {
	b := g.blocks[g.blockAt(i)]
	return g.row(b, i-b.first)
}

// blockAt returns the index of the block that holds a row by the row's index.
func (g *Grid) blockAt(i int) int {
	return sort.Search(len(g.blocks), func(k int) bool { return g.blocks[k].first > i }) - 1
}

// All visits the rows that have cells, with their indices.
func (g *Grid) All() iter.Seq2[int, Row] {
	return func(visit func(int, Row) bool) {
		for _, b := range g.blocks {
			for i := 0; i < b.rows; i++ {
				if !visit(b.first+i, g.row(b, i)) {
					return
				}
			}
		}
	}
}

func (g *Grid) row(b *block, i int) Row {
	return Row{Number: b.numberAt(i), Hidden: b.hidden != nil && b.hidden[i], grid: g, block: b, index: i}
}

// Row returns a row by its number; a row without cells is empty.
func (g *Grid) Row(number int) Row {
	if b := g.blockOf(number); b != nil {
		if i, ok := b.find(number); ok {
			return g.row(b, i)
		}
	}
	return Row{Number: number}
}

// blockOf returns the block that holds a row if any does.
func (g *Grid) blockOf(number int) *block {
	if n := g.blockIndex(number); n >= 0 {
		return g.blocks[n]
	}
	return nil
}

// blockIndex returns the index of the block that holds a row if any does, -1 before the first.
func (g *Grid) blockIndex(number int) int {
	return sort.Search(len(g.blocks), func(k int) bool { return g.blocks[k].number > number }) - 1
}

// cell returns a cell as it was, before it was packed.
func (g *Grid) cell(s stored) Cell {
	c := Cell{Col: s.col, Kind: CellKind(s.tag & tagKind), Percent: s.tag&tagPercent != 0, Plain: s.tag&tagPlain != 0, NoValue: s.tag&tagNoValue != 0}
	switch {
	case s.tag&tagText == 0:
		c.Num = math.Float64frombits(s.value)
		if c.Plain {
			c.Text = strconv.FormatFloat(c.Num, 'f', -1, 64)
		}
		return c
	case s.tag&tagShared != 0:
		c.Text = g.shared.Text(uint32(s.value))
	default:
		c.Text = g.texts.Text(uint32(s.value))
	}
	if c.Kind == Number { // a number of a text file, as it was written
		c.Num, _ = strconv.ParseFloat(c.Text, 64)
	}
	return c
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
