package lifetime

import (
	"cmp"
	"math"
	"slices"

	"valuebook/report/analysis/stat"
)

// sortSpending orders customers by x and z, so that the order of rows in the
// workbook shows in no sum.
func sortSpending(s *Summaries, order []int32) {
	slices.SortFunc(order, func(a, b int32) int {
		if s.X[a] != s.X[b] {
			return int(s.X[a] - s.X[b])
		}
		return cmp.Compare(s.Spend[a], s.Spend[b])
	})
}

// correlation returns Pearson's correlation, NaN where one of the two does not
// vary.
func correlation(x, y []float64) float64 {
	mx, my := stat.Mean(x, nil), stat.Mean(y, nil)
	var xx, yy, xy stat.Summer
	for k, v := range x {
		dx, dy := v-mx, y[k]-my
		xx.Add(dx * dx)
		yy.Add(dy * dy)
		xy.Add(dx * dy)
	}
	if !(xx.Sum() > 0) || !(yy.Sum() > 0) {
		return math.NaN()
	}
	return xy.Sum() / math.Sqrt(xx.Sum()*yy.Sum())
}

// sumOf adds the numbers that are given in ascending order, so that the order
// of customers changes no bit.
func sumOf(x []float64) float64 { return stat.Sum(stat.Ascending(x)) }
