package driver

import (
	"math"

	"valuebook/report/analysis/stat"
)

// fewerResamples are drawn where every one needs an eigenvalue decomposition.
const fewerResamples = 500

// A resampling recomputes the weights from sums over respondents: their
// number, the standardised columns (the outcome last) and the products of
// columns i <= j, row by row.
type resampling struct {
	p        int
	columns  [][]float64
	method   Method
	shapley  *shapley
	among    [][]float64
	with     []float64
	deviance []float64
	weights  []float64
}

func (f *fit) newResampling() *resampling {
	p := len(f.in)
	r := &resampling{p: p, method: f.model.Method, with: make([]float64, p),
		among: make([][]float64, p), deviance: make([]float64, p+1), weights: make([]float64, p)}
	if r.method == Shapley {
		r.shapley = newShapley(p)
	}
	for k, at := range f.in {
		r.among[k] = make([]float64, p)
		r.columns = append(r.columns, standardised(f.columns[at].Values))
	}
	r.columns = append(r.columns, standardised(f.outcome))
	return r
}

// sums is how many sums there are.
func (r *resampling) sums() int { return 1 + (r.p + 1) + (r.p+1)*(r.p+2)/2 }

// row fills out with what respondent i adds to the sums.
func (r *resampling) row(i int, out []float64) {
	out[0] = 1
	at := r.p + 2
	for a, column := range r.columns {
		out[1+a] = column[i]
		for _, other := range r.columns[a:] {
			out[at] = column[i] * other[i]
			at++
		}
	}
}

// sampler hands the columns of all rows to a resampler. The places of the sums
// are those of [resampling.row], if no two columns are equal; index says where
// each of them really is.
func (r *resampling) sampler() (sample *stat.Resampler, index []int) {
	n := len(r.columns[0])
	sample = stat.NewResampler(n)
	columns := make([][]float64, r.sums())
	for c := range columns {
		columns[c] = make([]float64, n)
	}
	row := make([]float64, r.sums())
	for i := range n {
		r.row(i, row)
		for c, x := range row {
			columns[c][i] = x
		}
	}
	for _, c := range columns {
		index = append(index, sample.Column(c))
	}
	return sample, index
}

// standardised keeps the sums of squares near the numbers that matter: without
// it they would lose digits to the mean.
func standardised(x []float64) []float64 {
	mean, sd := stat.Mean(x, nil), stat.SD(x)
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = (v - mean) / sd
	}
	return out
}

// statistic fills out with the p weights, then the p shares. A resample in
// which the outcome does not vary has none; a predictor that does not vary in
// it explains nothing there.
func (r *resampling) statistic(sums, out []float64) {
	if !r.correlations(sums) {
		fillNaN(out)
		return
	}
	if r.method == Shapley {
		r.shapley.values(r.among, r.with, r.weights)
	} else if !johnson(r.among, r.with, r.weights) {
		fillNaN(out)
		return
	}
	total := stat.Sum(r.weights)
	for k, w := range r.weights {
		out[k], out[r.p+k] = w, w/total
	}
}

// correlations turns sums into the correlation matrix; false when the outcome
// does not vary.
func (r *resampling) correlations(sums []float64) bool {
	n, at := sums[0], r.p+2
	cross := func(i, j int) float64 { return sums[at] - sums[1+i]*sums[1+j]/n }
	for i := range r.p + 1 { // variances first: each begins a row of products
		r.deviance[i] = cross(i, i)
		at += r.p + 1 - i
	}
	if !(r.deviance[r.p] > dependent*n) {
		return false
	}
	at = r.p + 2
	for i := range r.p {
		for j := i; j <= r.p; j++ {
			c := 0.0
			if scale := math.Sqrt(r.deviance[i] * r.deviance[j]); scale > dependent*n {
				c = cross(i, j) / scale
			}
			switch {
			case j == r.p:
				r.with[i] = c
			case i == j:
				r.among[i][i] = 1
			default:
				r.among[i][j], r.among[j][i] = c, c
			}
			at++
		}
	}
	return true
}

func fillNaN(x []float64) {
	for i := range x {
		x[i] = math.NaN()
	}
}

// intervals sets Weight and Share with the bootstrap over respondents, or the
// delta method above BootstrapMax (METHOD 3.8).
func (f *fit) intervals(weights []float64) {
	m, p, s := f.model, len(f.in), f.o.Sampling
	total := stat.Sum(weights)
	why := stat.HasInterval
	switch {
	case s.Census || s.Population > 0 && m.N >= s.Population:
		why = stat.Census
	case f.o.Bootstrap <= 0:
		why = stat.NotOffered
	case m.N < stat.MinBootstrap:
		why = stat.TooFew
	}
	estimates := make([]stat.Estimate, 2*p)
	for k, w := range weights {
		estimates[k], estimates[p+k] = stat.Point(w, m.N, why), stat.Point(w/total, m.N, why)
	}
	switch {
	case why != stat.HasInterval:
	case m.N > f.o.BootstrapMax:
		f.delta(estimates)
	default:
		f.bootstrap(estimates)
	}
	for k, at := range f.in {
		m.Predictors[at].Weight, m.Predictors[at].Share = estimates[k], estimates[p+k]
	}
}

func (f *fit) bootstrap(estimates []stat.Estimate) {
	resamples := f.o.Bootstrap
	if f.model.Method == Johnson {
		resamples = min(resamples, fewerResamples)
	}
	f.model.Resamples = resamples
	r := f.newResampling()
	sample, index := r.sampler()
	ordered := make([]float64, len(index))
	lo, hi, se := sample.Run(resamples, f.o.Seed, len(estimates), func(sums, out []float64) {
		for c, at := range index {
			ordered[c] = sums[at]
		}
		r.statistic(ordered, out)
	})
	shrink := f.o.Sampling.Correction(f.model.N)
	for k := range estimates {
		e := &estimates[k]
		e.Method = stat.BootstrapCI
		e.Lo, e.Hi, e.SE = e.Value+(lo[k]-e.Value)*shrink, e.Value+(hi[k]-e.Value)*shrink, se[k]*shrink
	}
}

// delta gives intervals from each respondent's influence: the gradient of a
// statistic over the sums, times the respondent's row. Rows are made one at a
// time, so that many respondents need no memory.
func (f *fit) delta(estimates []stat.Estimate) {
	r := f.newResampling()
	variance := make([]stat.Summer, len(estimates))
	row := make([]float64, r.sums())
	slopes := r.gradient(r.totals(row), len(estimates))
	for i := range f.model.N {
		r.row(i, row)
		for k := range variance {
			influence := 0.0
			for c, x := range row {
				influence += float64(slopes[k][c] * x)
			}
			variance[k].Add(influence * influence)
		}
	}
	n := float64(f.model.N)
	half := stat.TQuantile(0.5+stat.Level/2, n-1)
	for k := range estimates {
		e := &estimates[k]
		e.SE = math.Sqrt(variance[k].Sum()*n/(n-1)) * f.o.Sampling.Correction(f.model.N)
		e.DF, e.Method = n-1, stat.Delta
		e.Lo, e.Hi = math.Max(0, e.Value-half*e.SE), math.Min(1, e.Value+half*e.SE)
	}
}

// totals adds up the rows of all respondents.
func (r *resampling) totals(row []float64) []float64 {
	sums := make([]stat.Summer, len(row))
	for i := range r.columns[0] {
		r.row(i, row)
		for c, x := range row {
			sums[c].Add(x)
		}
	}
	out := make([]float64, len(row))
	for c := range sums {
		out[c] = sums[c].Sum()
	}
	return out
}

// gradient returns the slope of each statistic over each sum, by central
// differences.
func (r *resampling) gradient(sums []float64, statistics int) [][]float64 {
	slopes := make([][]float64, statistics)
	for k := range slopes {
		slopes[k] = make([]float64, len(sums))
	}
	above, below := make([]float64, statistics), make([]float64, statistics)
	step := 1e-6 * float64(len(r.columns[0]))
	for c, whole := range sums {
		sums[c] = whole + step
		r.statistic(sums, above)
		sums[c] = whole - step
		r.statistic(sums, below)
		sums[c] = whole
		for k := range slopes {
			slopes[k][c] = (above[k] - below[k]) / (2 * step)
		}
	}
	return slopes
}
