package grid

// A Column reads the cells of one column. Rows that are asked for in ascending order are found without a search. It is a
// reader's own: two goroutines need two.
type Column struct {
	grid  *Grid
	col   int
	next  int    // index of the block behind the current one
	block *block // that the last row lay in, nil before the first
	chunk int    // of the column in the block, -1 without one
}

// Column returns a reader of a column.
func (g *Grid) Column(col int) *Column { return &Column{grid: g, col: col} }

// At returns the cell in a row; Empty where there is none.
func (c *Column) At(row int) Cell {
	if !c.reaches(row) {
		return Cell{Col: int32(c.col)}
	}
	i, ok := c.block.find(row)
	if !ok {
		return Cell{Col: int32(c.col)}
	}
	if c.block.starts != nil {
		if s, ok := c.block.at(i, c.col); ok {
			return c.grid.cell(s)
		}
	} else if c.chunk >= 0 {
		chunk := &c.block.chunks[c.chunk]
		if tag := chunk.tagAt(i); tag != 0 {
			return c.grid.cell(stored{chunk.value(i), int32(c.col), tag})
		}
	}
	return Cell{Col: int32(c.col)}
}

// seek moves to the block that may hold a row, false when there is none.
func (c *Column) seek(row int) bool {
	c.block = nil
	n := c.grid.blockIndex(row)
	if n < 0 {
		return false
	}
	c.block, c.next = c.grid.blocks[n], n+1
	c.chunk = c.block.chunkOf(c.col)
	return true
}
