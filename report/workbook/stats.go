package workbook

import (
	"math"
	"strconv"

	"valuebook/report/workbook/grid"
)

// stats says what the cells of a column hold.
type stats struct {
	filled, numbers, texts, dates, errors, percents int
	lo, hi                                          float64
	whole                                           bool
	distinct                                        int // up to mostDistinct
	last                                            int // index of the last row that holds something
}

// mostDistinct is how many different cells of a column are counted.
const mostDistinct = 200

// clearTexts is how many texts without a number among them make a column one of texts: of the rest one in sparse is looked at.
const clearTexts, sparse = 500, 32

// describe counts what the columns hold.
func (t *table) describe() {
	for _, c := range t.columns {
		c.stats = t.statsOf(c)
		if ends := c.head.scale; ends.Bounded() && (c.stats.lo < ends.Lo || c.stats.hi > ends.Hi) && t.mostlyOn(c, ends) {
			c.stats.lo, c.stats.hi = math.Max(c.stats.lo, ends.Lo), math.Min(c.stats.hi, ends.Hi) // the others are reported where they stand
		}
	}
}

// statsOf counts what a column holds.
func (t *table) statsOf(c *column) stats {
	s := stats{lo: math.Inf(1), hi: math.Inf(-1), whole: true}
	distinct := variety{}
	cells := t.grid.Column(c.col)
	for i := 0; i < len(t.rows); {
		kinds, last := cells.Stretch(t.rows[i])
		end := endOf(t.rows, i, last)
		switch {
		case kinds.OnlyNumbers():
			s.addNumbers(cells, t.rows[i:end], i, &distinct)
		default:
			s.addCells(cells, t.rows[i:end], i, &distinct, kinds.OnlyTexts())
		}
		i = end
	}
	s.distinct = len(distinct.numbers) + len(distinct.texts)
	return s
}

// endOf returns the index after the rows from an index on that ascend up to the last one.
func endOf(rows []int, i, last int) int {
	for i++; i < len(rows) && rows[i] <= last && rows[i] > rows[i-1]; i++ {
	}
	return i
}

// addCells adds the cells of rows, the first of which has an index in the table. Where all are texts, those that one in sparse stands for
// are not looked at.
func (s *stats) addCells(cells *grid.Column, rows []int, first int, distinct *variety, onlyTexts bool) {
	for k := 0; k < len(rows); k++ {
		i := first + k
		if onlyTexts && s.clear() && i%sparse > 0 {
			n := min(sparse-i%sparse, len(rows)-k)
			s.texts += n
			s.filled += n
			s.last = i + n - 1
			k += n - 1
			continue
		}
		cell := cells.At(rows[k])
		if cell.IsEmpty() {
			continue
		}
		s.last = i
		if s.clear() && cell.Kind == grid.Text && i%sparse > 0 {
			s.texts++
			s.filled++
			continue
		}
		s.add(cell)
		if looked(i) {
			distinct.add(cell)
		}
	}
}

// clear reports whether the column so far is one of texts.
func (s *stats) clear() bool { return s.numbers == 0 && s.texts > clearTexts }

// looked reports whether the cell in a row of an index counts for the variety of the column.
func looked(i int) bool { return i < mostDistinct*sparse || i%sparse == 0 }

// addNumbers adds the cells of rows in which all are numbers, the first of which has an index in the table.
func (s *stats) addNumbers(cells *grid.Column, rows []int, first int, distinct *variety) {
	var x [256]float64
	for len(rows) > 0 {
		n := grid.Numbers(cells, rows[:min(len(x), len(rows))], x[:])
		if n == 0 {
			s.addCells(cells, rows, first, distinct, false)
			return
		}
		for k, v := range x[:n] {
			s.lo, s.hi = min(s.lo, v), max(s.hi, v)
			s.whole = s.whole && v == math.Trunc(v)
			if looked(first + k) {
				distinct.addNumber(v)
			}
		}
		s.numbers += n
		s.filled += n
		s.last = first + n - 1
		first, rows = first+n, rows[n:]
	}
}

// A variety holds the different contents of cells, up to mostDistinct.
type variety struct {
	numbers map[float64]bool
	texts   set
}

func (v *variety) add(cell grid.Cell) {
	if len(v.numbers)+len(v.texts) >= mostDistinct {
		return
	}
	v.begin()
	if cell.Kind == grid.Number && (!cell.Plain || cell.Text == strconv.FormatFloat(cell.Num, 'f', -1, 64)) {
		v.numbers[cell.Num] = true
		return
	}
	v.texts[cell.String()] = true
}

// addNumber adds a number.
func (v *variety) addNumber(x float64) {
	if len(v.numbers)+len(v.texts) < mostDistinct {
		v.begin()
		v.numbers[x] = true
	}
}

func (v *variety) begin() {
	if v.texts == nil {
		v.numbers, v.texts = map[float64]bool{}, set{}
	}
}

func (s *stats) add(cell grid.Cell) {
	if cell.IsEmpty() {
		return
	}
	x := cell.Num
	switch cell.Kind {
	case grid.ErrorValue:
		s.errors++
		s.filled++
		return
	case grid.Date:
		s.dates++
		s.filled++
		return
	case grid.Text:
		if missingText(cell.Text) {
			return
		}
		r := ParseNumber(cell.Text)
		if !r.ok() {
			s.texts++
			s.filled++
			return
		}
		if x = r.Point; math.IsNaN(x) || r.ambiguous() && math.Abs(r.Comma) < math.Abs(x) {
			x = r.Comma
		}
		if r.Percent {
			s.percents++
		}
	}
	if cell.Percent {
		s.percents++
	}
	s.numbers++
	s.filled++
	s.lo, s.hi = math.Min(s.lo, x), math.Max(s.hi, x)
	s.whole = s.whole && x == math.Trunc(x)
}

// numeric reports whether the column holds numbers, at least four in five.
func (s stats) numeric() bool { return s.numbers > 0 && s.numbers*5 >= s.filled*4 }

// ratable reports whether the numbers can be ratings: within a standard scale.
func (s stats) ratable() bool {
	return s.numbers > 0 && s.numbers*2 > s.filled && s.lo >= 0 && s.hi <= 100
}

// textual reports whether the column holds texts, at least half of them.
func (s stats) textual() bool { return s.texts > 0 && s.texts*2 >= s.filled }

// empty reports whether the column holds nothing.
func (s stats) empty() bool { return s.filled == 0 }
