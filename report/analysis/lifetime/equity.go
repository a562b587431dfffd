package lifetime

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
)

// mostResampled is the most customers that are resampled; beyond, the interval
// comes from the formula for a sum, which agrees with resampling to well below
// its own uncertainty there.
const mostResampled = 20_000

// equity adds the values of the current customers (METHOD 5.8). What those who
// have left brought in belongs to the past alone.
func (v *valuation) equity() Equity {
	e := v.out.Equity // the customers to come, where they were foretold
	values := v.out.Value
	if v.out.Model != ModelHistorical {
		values = slices.Clone(values)
		for i, churn := range v.t.churn {
			if churn != noDay {
				values[i] = nan
			}
		}
	}
	values = stat.Ascending(values)
	if v.out.Buying == nil || v.out.Model == ModelHistorical {
		e = Equity{NewPerMonth: nan, NewValue: nan, NewCustomerValue: nan}
	}
	e.Lo, e.Hi, e.SE = nan, nan, nan
	e.Customers, e.Total = len(values), stat.Sum(values)
	for _, x := range values {
		if x < 0 {
			e.Negative++
		}
	}
	e.WithoutNegative = stat.Sum(values[e.Negative:])
	e.spread(values, v.o)
	return e
}

// spread sets the interval of the total, which rests on values as they are:
// the parameters of the model are held fixed.
func (e *Equity) spread(values []float64, o Options) {
	n := len(values)
	switch {
	case n < stat.MinBootstrap:
		return
	case n <= mostResampled && o.Bootstrap > 0:
		r := stat.NewResampler(n)
		r.Column(values)
		lo, hi, se := r.Run(o.Bootstrap, o.Seed, 1, func(sums, out []float64) { out[0] = sums[0] })
		e.Lo, e.Hi, e.SE, e.Resamples = lo[0], hi[0], se[0], o.Bootstrap
	default:
		e.SE = math.Sqrt(float64(n)) * stat.SD(values)
		reach := stat.TQuantile(1-(1-stat.Level)/2, float64(n-1)) * e.SE
		e.Lo, e.Hi = e.Total-reach, e.Total+reach
	}
}
