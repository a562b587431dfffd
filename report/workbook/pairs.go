package workbook

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A pairBlock is a square block that compares things in pairs, as the analytic hierarchy process does: the same
// names over the columns and beside the rows, and 1 where a thing meets itself.
type pairBlock struct {
	row, col, size int // of the corner
}

// smallestBlock is how many things a block compares at least.
const smallestBlock = 3

// pairSearch is how many rows with content are searched for blocks.
const pairSearch = 5000

// pairBlocks finds the blocks of comparisons in pairs that begin in a row of a sheet.
func pairBlocks(g *grid.Grid, row grid.Row) []pairBlock {
	var blocks []pairBlock
	for cell := range row.Cells() {
		if cell.Kind != grid.Text {
			continue
		}
		corner := int(cell.Col)
		if n := pairsFrom(g, row, corner); n >= smallestBlock {
			blocks = append(blocks, pairBlock{row.Number, corner, n})
		} else if corner > 1 && row.At(corner-1).IsEmpty() { // a blank corner
			if n := pairsFrom(g, row, corner-1); n >= smallestBlock {
				blocks = append(blocks, pairBlock{row.Number, corner - 1, n})
			}
		}
	}
	return blocks
}

// pairsFrom returns the size of the block whose corner is a cell of a row, 0 without one.
func pairsFrom(g *grid.Grid, header grid.Row, corner int) int {
	n := 0
	for {
		above := header.At(corner + n + 1)
		if above.Kind != grid.Text {
			return n
		}
		row := g.Row(header.Number + n + 1)
		beside, itself := row.At(corner), row.At(corner+n+1)
		if beside.Kind != grid.Text || fold(above.Text) != fold(beside.Text) || itself.Kind != grid.Number || itself.Num != 1 {
			return n
		}
		n++
	}
}

// inBlock reports whether a column lies in a block.
func (c *column) inBlock(blocks []pairBlock) bool {
	for _, b := range blocks {
		if c.col >= b.col && c.col <= b.col+b.size {
			return true
		}
	}
	return false
}

// dropPairs takes the tables whose ratings are comparisons in pairs for what they are: no ratings. Where a sheet compares in
// pairs several times, its other tables of offers hold what was computed of that, and are none either.
func (b *builder) dropPairs() {
	for _, t := range b.with(dataset.TableWide, dataset.TableOffers) {
		blocks := pairBlocks(t.grid, t.grid.Row(t.lastHeader()))
		for _, c := range t.columns {
			if c.role == dataset.ColumnRating && c.inBlock(blocks) {
				t.role = dataset.TableOther
				break
			}
		}
		if t.role == dataset.TableOffers && len(b.sheetPairs(t.grid.Sheet)) > 1 {
			t.role = dataset.TableOther
		}
	}
}

// sheetPairs finds the blocks of comparisons in pairs of a sheet.
func (b *builder) sheetPairs(sheet string) []pairBlock {
	var blocks []pairBlock
	for i := range b.book.Grids {
		g := &b.book.Grids[i]
		for k := 0; g.Sheet == sheet && k < g.Len() && k < pairSearch; k++ {
			blocks = append(blocks, pairBlocks(g, g.RowAt(k))...)
		}
	}
	return blocks
}

// pairs reports comparisons in pairs where nothing else was found.
func (b *builder) pairs() bool {
	for i := range b.book.Grids {
		g := &b.book.Grids[i]
		blocks := b.sheetPairs(g.Sheet)
		if len(blocks) == 0 || g.Ours {
			continue
		}
		first := blocks[0]
		var names []string
		for k := 1; k <= first.size; k++ {
			names = append(names, strings.TrimSpace(g.At(first.row, first.col+k).Text))
		}
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codePairwise, Severity: dataset.Stop, Ref: g.Ref(first.row, first.col), Count: len(blocks),
			Args: []dataset.Quantity{dataset.N(len(blocks)), named(names)},
		})
		return true
	}
	return false
}
