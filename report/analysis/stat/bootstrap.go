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
	n, width int
	columns  [][]float64
	rows     []float64 // row-major copy of the columns, made on the first run
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
	r.layOut()
	source := rand.NewPCG(seed, 0)
	draws := make([][]float64, statistics)
	for k := range draws {
		draws[k] = make([]float64, 0, resamples)
	}
	sums, out := make([]float64, r.width), make([]float64, statistics)
	for range resamples {
		r.draw(source, sums)
		statistic(sums, out)
		for k, v := range out {
			if !math.IsNaN(v) {
				draws[k] = append(draws[k], v)
			}
		}
	}
	return percentiles(draws)
}

func (r *Resampler) layOut() {
	r.width = len(r.columns)
	r.rows = make([]float64, r.n*r.width)
	for c, column := range r.columns {
		for i, v := range column {
			r.rows[i*r.width+c] = v
		}
	}
}

// draw fills sums with the column sums of one resample. A respondent is drawn
// by the high half of a 64-bit product: its bias, n/2^64, is far below what
// any number of resamples could show.
func (r *Resampler) draw(source *rand.PCG, sums []float64) {
	clear(sums)
	n, width := uint64(r.n), r.width
	for range r.n {
		at, _ := bits.Mul64(source.Uint64(), n)
		row := r.rows[int(at)*width:][:len(sums)]
		for j, v := range row {
			sums[j] += v
		}
	}
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
