package stat

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// MinBootstrap is the smallest number of respondents that are resampled
// (METHOD 3.8).
const MinBootstrap = 8

// A Resampler resamples whole respondents and hands the column sums of every
// resample to a statistic. Statistics are functions of sums: means and their
// ratios.
type Resampler struct {
	n       int
	columns [][]float64
}

// NewResampler returns a resampler of n respondents.
func NewResampler(n int) *Resampler { return &Resampler{n: n} }

// Column adds a column of one value per respondent, without NaN, and returns
// its index among the sums. A column that is already there is not added again.
func (r *Resampler) Column(values []float64) int {
	for i, c := range r.columns {
		if same(c, values) {
			return i
		}
	}
	r.columns = append(r.columns, values)
	return len(r.columns) - 1
}

func same(a, b []float64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Run draws resamples with a generator that depends on the seed alone and
// returns, per statistic, the percentile interval. statistic fills out from
// sums; a NaN is left out of the percentiles. The result does not depend on
// the machine or the number of processors.
func (r *Resampler) Run(resamples int, seed uint64, statistics int, statistic func(sums, out []float64)) (lo, hi, se []float64) {
	source := rand.NewPCG(seed, 0)
	draws := make([][]float64, statistics)
	for k := range draws {
		draws[k] = make([]float64, 0, resamples)
	}
	sums, out, times := make([]float64, len(r.columns)), make([]float64, statistics), make([]float64, r.n)
	for range resamples {
		r.draw(source, times, sums)
		statistic(sums, out)
		for k, v := range out {
			if !math.IsNaN(v) {
				draws[k] = append(draws[k], v)
			}
		}
	}
	return percentiles(draws)
}

// draw fills sums with the column sums of one resample. How often each
// respondent was drawn is counted first: the columns are then read in order,
// which is several times faster than gathering rows from all over.
//
// A respondent is drawn by the high half of a 64-bit product: its bias, n/2^64,
// is far below what any number of resamples could show.
func (r *Resampler) draw(source *rand.PCG, times, sums []float64) {
	clear(times)
	n := uint64(r.n)
	for range r.n {
		at, _ := bits.Mul64(source.Uint64(), n)
		times[at]++
	}
	for c, column := range r.columns {
		sums[c] = dot(times, column)
	}
}

// dot returns the sum of products in four running sums, which modern
// processors work on side by side. The conversions keep a processor from fusing
// the two operations, so that all of them come to the same bits.
func dot(x, y []float64) float64 {
	var a, b, c, d float64
	y = y[:len(x)]
	i := 0
	for ; i+4 <= len(x); i += 4 {
		a += float64(x[i] * y[i])
		b += float64(x[i+1] * y[i+1])
		c += float64(x[i+2] * y[i+2])
		d += float64(x[i+3] * y[i+3])
	}
	for ; i < len(x); i++ {
		a += float64(x[i] * y[i])
	}
	return a + b + (c + d)
}

func percentiles(draws [][]float64) (lo, hi, se []float64) {
	tail := (1 - Level) / 2
	for _, d := range draws {
		spread := SD(d)
		d = Ascending(d)
		lo = append(lo, Quantile(d, tail))
		hi = append(hi, Quantile(d, 1-tail))
		se = append(se, spread)
	}
	return lo, hi, se
}

// Sums returns the compensated column sums of all respondents.
func (r *Resampler) Sums() []float64 {
	sums := make([]float64, len(r.columns))
	for c, column := range r.columns {
		sums[c] = Sum(column)
	}
	return sums
}

// Influence returns what each respondent adds to statistic k: the gradient of
// the statistic over the sums, times the respondent's row. The statistics must
// not change when all sums are multiplied by one number, as means and ratios
// do not; the influences then add up to 0. The gradient is taken by central
// differences.
func (r *Resampler) Influence(statistics, k int, statistic func(sums, out []float64)) []float64 {
	sums, out := r.Sums(), make([]float64, statistics)
	influence := make([]float64, r.n)
	for c, column := range r.columns {
		whole := sums[c]
		step := 1e-6 * math.Max(math.Abs(whole), 1)
		sums[c] = whole + step
		statistic(sums, out)
		above := out[k]
		sums[c] = whole - step
		statistic(sums, out)
		sums[c] = whole
		slope := (above - out[k]) / (2 * step)
		for i, v := range column {
			influence[i] += slope * v
		}
	}
	return influence
}
