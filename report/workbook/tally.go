package workbook

import (
	"math"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A tally adds up the rows of a table that were taken for data, column by column, as far as it is asked: all of them, and
// those since the last total or heading of a group.
type tally struct {
	table   *table
	columns []*column // that hold numbers
	cells   []*grid.Column
	all     []added
	before  []added // all, as it was at the beginning of the group
	next    int     // index of the first row that is not added yet
	begin   int     // index of the first row of the group
	checks  int
}

type added struct {
	sum, n float64
	broken bool // not all numbers are whole
}

func newTally(t *table) *tally {
	y := &tally{table: t}
	for _, c := range t.columns {
		if c.role != dataset.ColumnID && c.role != roleNumber && c.stats.numeric() {
			y.columns, y.cells = append(y.columns, c), append(y.cells, t.grid.Column(c.col))
		}
	}
	y.all, y.before = make([]added, len(y.columns)), make([]added, len(y.columns))
	return y
}

// spent reports whether enough rows were compared.
func (y *tally) spent() bool { return y.checks >= arithmeticChecks }

// add adds the rows that are not added yet.
func (y *tally) add(rows []int) {
	if y.next >= len(rows) {
		return
	}
	for k := range y.columns {
		y.all[k].add(y.cells[k], rows[y.next:])
	}
	y.next = len(rows)
}

// add adds the numbers of a column in some rows.
func (a *added) add(cells *grid.Column, rows []int) {
	var x [256]float64
	for len(rows) > 0 {
		n := grid.Numbers(cells, rows[:min(len(x), len(rows))], x[:])
		for _, v := range x[:n] {
			a.take(v)
		}
		if rows = rows[n:]; n > 0 {
			continue
		}
		if cell := cells.At(rows[0]); cell.Kind == grid.Number {
			a.take(cell.Num)
		}
		rows = rows[1:]
	}
}

func (a *added) take(x float64) {
	a.sum += x
	a.n++
	a.broken = a.broken || x != math.Trunc(x)
}

// restart begins a group after the given rows.
func (y *tally) restart(rows []int) {
	if y.spent() {
		return
	}
	y.checks++
	y.add(rows)
	copy(y.before, y.all)
	y.begin = len(rows)
}

// fits reports whether the numbers of a row are the sums or the means of all rows above or of their group: in all columns, or
// in all but one where the row does not look like a customer.
func (y *tally) fits(row grid.Row, above []int, strict bool) bool {
	y.checks++
	y.add(above)
	if len(above) > 1 && y.compare(row, nil).fit(strict) {
		return true
	}
	return y.begin > 0 && len(above) > y.begin && y.compare(row, y.before).fit(strict)
}

// A comparison counts the columns in which a row sums up others, does not, or has nothing.
type comparison struct{ equal, different, empty int }

func (c comparison) fit(strict bool) bool {
	if strict {
		return c.equal > 0 && c.different == 0
	}
	return c.equal > 0 && c.equal >= c.different && c.different <= 1 && c.empty <= c.equal+c.different
}

// compare compares a row with the rows above it, less those before a group.
func (y *tally) compare(row grid.Row, before []added) comparison {
	var out comparison
	for k, c := range y.columns {
		a := y.all[k]
		if before != nil {
			a.sum, a.n = a.sum-before[k].sum, a.n-before[k].n
		}
		cell := row.At(c.col)
		switch {
		case cell.Kind != grid.Number:
			out.empty++
		case a.n > 0 && (near(cell.Num, a.sum) || near(cell.Num, a.sum/a.n)):
			out.equal++
		default:
			out.different++
		}
	}
	return out
}

// counts reports whether the numbers of a row say how many numbers stand above them.
func (y *tally) counts(row grid.Row, above []int) bool {
	y.checks++
	y.add(above)
	equal := 0
	for k, c := range y.columns {
		cell := row.At(c.col)
		if cell.Kind != grid.Number || cell.Num != y.all[k].n {
			return false
		}
		equal++
	}
	return equal > 0
}

// proves reports whether a row can only be the sum or the mean of all rows above, whatever it is called: every number is, several
// rows were added up, and it is no coincidence.
func (y *tally) proves(row grid.Row, above []int) bool {
	y.checks++
	y.add(above)
	if c := y.compare(row, nil); len(above) < 3 || c.different > 0 || c.equal == 0 {
		return false
	}
	sums, means := 0, 0
	for k, c := range y.columns {
		cell, a := row.At(c.col), y.all[k]
		switch {
		case cell.Kind != grid.Number:
		case near(cell.Num, a.sum) && math.Abs(cell.Num) >= 100 && a.n >= 3:
			sums++
		case near(cell.Num, a.sum/a.n) && !a.broken && cell.Num != math.Trunc(cell.Num):
			means++
		}
	}
	return sums > 0 || means > 1
}
