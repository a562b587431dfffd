package stat

import (
	"math"
	"slices"
)

// Quantile returns the quantile p (0..1) of ascending values by linear
// interpolation: type 7 of Hyndman and Fan, the default of R and
// PERCENTILE.INC of spreadsheets. It returns NaN for no values.
func Quantile(ascending []float64, p float64) float64 {
	n := len(ascending)
	if n == 0 {
		return math.NaN()
	}
	h := p * float64(n-1)
	low := int(math.Floor(h))
	if low >= n-1 {
		return ascending[n-1]
	}
	if low < 0 {
		return ascending[0]
	}
	return ascending[low] + (h-float64(low))*(ascending[low+1]-ascending[low])
}

// Ascending returns the values of x that are not NaN, sorted.
func Ascending(x []float64) []float64 {
	kept := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			kept = append(kept, v)
		}
	}
	slices.Sort(kept)
	return kept
}

// Median returns the median of the values that are not NaN, NaN for none.
func Median(x []float64) float64 { return Quantile(Ascending(x), 0.5) }

// Ranks ranks values, 1 = largest. Equal values share the mean of their places
// and are marked as tied; a NaN gets NaN (METHOD 3.10). Values are compared
// rounded to nine decimals.
func Ranks(x []float64) (rank []float64, tied []bool) {
	rank, tied = make([]float64, len(x)), make([]bool, len(x))
	places := make([]int32, 0, len(x))
	keys := make([]float64, len(x))
	for i, v := range x {
		rank[i] = math.NaN()
		keys[i] = Nearly(v)
		if !math.IsNaN(v) {
			places = append(places, int32(i))
		}
	}
	slices.SortFunc(places, func(a, b int32) int {
		switch {
		case keys[a] > keys[b]:
			return -1
		case keys[a] < keys[b]:
			return 1
		}
		return int(a - b)
	})
	for start := 0; start < len(places); {
		end := start + 1
		for end < len(places) && keys[places[end]] == keys[places[start]] {
			end++
		}
		for _, i := range places[start:end] {
			rank[i] = float64(start+end+1) / 2
			tied[i] = end-start > 1
		}
		start = end
	}
	return rank, tied
}
