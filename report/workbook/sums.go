package workbook

import (
	"math"

	"valuebook/report/workbook/grid"
)

// mostSummed is how many rows of a table are added up across to find columns of totals.
const mostSummed = 300

// findSums marks the columns that are the sums or the means of columns to their left, in every row, or of those with the weights that
// a row gives them: they rate nothing by themselves, whatever they are called.
func (t *table) findSums() {
	var parts []*column
	for _, c := range t.columns {
		if !c.stats.numeric() || c.stats.percents > 0 && c.stats.hi <= 1 && len(parts) == 0 {
			continue
		}
		if len(parts) > 1 && c.stats.distinct > 1 && t.sumsAcross(c, parts) {
			c.sum = true
			continue
		}
		if c.stats.ratable() && len(c.roles) == 0 {
			parts = append(parts, c)
		}
	}
}

// sumsAcross reports whether a column sums up others in all rows that are looked at: three at least, and not by chance.
func (t *table) sumsAcross(c *column, parts []*column) bool {
	weights := t.weightsOf(parts)
	fits := [4]bool{true, true, weights != nil, weights != nil}
	rows := 0
	for _, number := range t.rows {
		row := t.grid.Row(number)
		total := row.At(c.col)
		if rows == mostSummed {
			break
		}
		if total.Kind != grid.Number {
			continue
		}
		sums, ok := acrossSums(row, parts, weights)
		if !ok {
			continue
		}
		rows++
		some := false
		for k, x := range sums {
			fits[k] = fits[k] && near(total.Num, x)
			some = some || fits[k]
		}
		if !some {
			return false
		}
	}
	return rows >= 3
}

// acrossSums returns the sum of the parts in a row, their mean, and both with weights; it fails where a part has no number.
func acrossSums(row grid.Row, parts []*column, weights []float64) (sums [4]float64, ok bool) {
	total := 0.0
	for k, part := range parts {
		cell := row.At(part.col)
		if cell.Kind != grid.Number {
			return sums, false
		}
		sums[0] += cell.Num
		if weights != nil {
			sums[2] += weights[k] * cell.Num
			total += weights[k]
		}
	}
	sums[1], sums[3] = sums[0]/float64(len(parts)), math.NaN()
	if total > 0 {
		sums[3] = sums[2] / total
	}
	return sums, true
}

// weightsOf returns the weights that a row under the header gives the columns, nil where one has none.
func (t *table) weightsOf(parts []*column) []float64 {
	row := t.about[rowWeight]
	if row == 0 {
		return nil
	}
	weights := make([]float64, len(parts))
	for k, part := range parts {
		cell := t.grid.At(row, part.col)
		if cell.Kind != grid.Number {
			return nil
		}
		weights[k] = cell.Num
	}
	return weights
}
