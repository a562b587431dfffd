package grid

import "sort"

// The rows and cells of a block, at most; the last row may go beyond the cells.
const (
	blockRows  = 1 << 10
	blockCells = 1 << 14
)

// sparse is how many places a block may have for every cell in it; blocks with more are kept by rows.
const sparse = 8

// A block is a run of rows that have cells. Where its cells stand close it keeps them by columns, as
// chunks; else by rows.
type block struct {
	first   int     // index of the first row in the grid
	rows    int     // number of rows
	number  int     // of the first row
	numbers []int32 // of the rows, nil when they are consecutive
	hidden  []bool  // nil when none is
	cols    []int32 // ascending; the columns of the chunks
	chunks  []chunk
	starts  []int32 // by rows: where the cells of each begin, and where the last end
	cells   []stored
}

// numberAt returns the number of a row by its index in the block.
func (b *block) numberAt(i int) int {
	if b.numbers == nil {
		return b.number + i
	}
	return int(b.numbers[i])
}

// find returns the index of a row in the block by its number, false when it has no cells.
func (b *block) find(number int) (int, bool) {
	if b.numbers == nil {
		i := number - b.number
		return i, i >= 0 && i < b.rows
	}
	i := sort.Search(b.rows, func(k int) bool { return int(b.numbers[k]) >= number })
	return i, i < b.rows && int(b.numbers[i]) == number
}

// chunkOf returns the index of a column's chunk, -1 when there is none.
func (b *block) chunkOf(col int) int {
	if len(b.cols) == 0 {
		return -1
	}
	i := col - int(b.cols[0])
	if i >= 0 && i < len(b.cols) && int(b.cols[i]) == col {
		return i
	}
	i = sort.Search(len(b.cols), func(k int) bool { return int(b.cols[k]) >= col })
	if i < len(b.cols) && int(b.cols[i]) == col {
		return i
	}
	return -1
}

// at returns a cell of the block by the index of its row, false when there is none.
func (b *block) at(row, col int) (stored, bool) {
	if b.starts != nil {
		cells := b.cells[b.starts[row]:b.starts[row+1]]
		i := sort.Search(len(cells), func(k int) bool { return int(cells[k].col) >= col })
		if i < len(cells) && int(cells[i].col) == col {
			return cells[i], true
		}
		return stored{}, false
	}
	i := b.chunkOf(col)
	if i < 0 || b.chunks[i].tagAt(row) == 0 {
		return stored{}, false
	}
	return stored{b.chunks[i].value(row), int32(col), b.chunks[i].tagAt(row)}, true
}

// visit visits the cells of a row in ascending order of their columns.
func (b *block) visit(row int, visit func(stored) bool) {
	if b.starts != nil {
		for _, c := range b.cells[b.starts[row]:b.starts[row+1]] {
			if !visit(c) {
				return
			}
		}
		return
	}
	for i := range b.chunks {
		if tag := b.chunks[i].tagAt(row); tag != 0 && !visit(stored{b.chunks[i].value(row), b.cols[i], tag}) {
			return
		}
	}
}

// newBlock packs rows: cells in the order of rows and columns, and where those of each row begin.
func newBlock(numbers []int32, hidden []bool, starts []int32, cells []stored, work *workspace) *block {
	b := &block{rows: len(numbers), number: int(numbers[0])}
	if int(numbers[len(numbers)-1])-b.number != len(numbers)-1 {
		b.numbers = append([]int32(nil), numbers...)
	}
	for _, h := range hidden {
		if h {
			b.hidden = append([]bool(nil), hidden...)
			break
		}
	}
	b.cols = columnsOf(cells)
	if len(b.cols)*len(numbers) > sparse*len(cells) {
		b.cols, b.cells, b.starts = nil, append([]stored(nil), cells...), append([]int32(nil), starts...)
		return b
	}
	b.packColumns(starts, cells, work)
	return b
}

// A workspace is memory that is used for one block after the other.
type workspace struct {
	tags   []uint8
	values []uint64
	whole  []int32
}

// room returns memory for the tags and values of so many places, empty, and for so many numbers.
func (w *workspace) room(places, numbers int) (tags []uint8, values []uint64, whole []int32) {
	if cap(w.tags) < places {
		w.tags, w.values = make([]uint8, places), make([]uint64, places)
	}
	if cap(w.whole) < numbers {
		w.whole = make([]int32, numbers)
	}
	tags, values = w.tags[:places], w.values[:places]
	clear(tags)
	clear(values)
	return tags, values, w.whole[:numbers]
}

// columnsOf returns the columns that cells stand in, ascending.
func columnsOf(cells []stored) []int32 {
	var seen [MaxCols + 1]bool
	count, lo, hi := 0, int32(MaxCols), int32(0)
	for _, c := range cells {
		if !seen[c.col] {
			seen[c.col] = true
			count++
			lo, hi = min(lo, c.col), max(hi, c.col)
		}
	}
	cols := make([]int32, 0, count)
	for col := lo; col <= hi; col++ {
		if seen[col] {
			cols = append(cols, col)
		}
	}
	return cols
}

func (b *block) packColumns(starts []int32, cells []stored, work *workspace) {
	tags, values, whole := work.room(len(b.cols)*b.rows, b.rows)
	for row := 0; row < b.rows; row++ {
		i := 0
		for _, c := range cells[starts[row]:starts[row+1]] {
			for b.cols[i] < c.col {
				i++
			}
			tags[i*b.rows+row], values[i*b.rows+row] = c.tag, c.value
		}
	}
	b.chunks = make([]chunk, len(b.cols))
	for i := range b.chunks {
		from, to := i*b.rows, (i+1)*b.rows
		b.chunks[i] = newChunk(tags[from:to], values[from:to], whole)
	}
}
