package value

import (
	"math"

	"valuebook/report/dataset"
)

// Analyse computes everything of this package. The dataset must not change
// while the result is used: contributions are computed on demand.
func Analyse(d *dataset.Dataset, o Options) *Result {
	t := newTable(d, o)
	sides, rated := t.sums(t.own)
	r := &Result{Mode: t.mode, MinCoverage: t.minimum, Own: t.scores(sides, rated), table: t}
	for a := range t.m {
		r.Weights = append(r.Weights, t.normalised(a))
	}
	r.againstRivals(t)
	r.judge(t)
	r.portfolio(t, sides)
	if len(t.rivals) > 0 {
		r.Market = r.market(t)
	}
	return r
}

// Rated reports whether any customer has a value.
func (r *Result) Rated() bool {
	for _, v := range r.Own.Value {
		if !math.IsNaN(v) {
			return true
		}
	}
	return false
}
