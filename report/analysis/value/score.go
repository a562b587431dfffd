package value

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

func missing(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.NaN()
	}
	return x
}

// A sideSum accumulates one side of one offer, per customer: the weighted sum
// of u (of amounts in money mode) and the weight answered.
type sideSum struct{ sum, answered []float64 }

func newSides(n int) (s [2]sideSum) {
	for side := range s {
		s[side] = sideSum{make([]float64, n), make([]float64, n)}
	}
	return s
}

// score returns B or C of METHOD 1 for a customer; NaN without enough
// coverage.
func (t *table) score(side dataset.Side, sum, answered float64) float64 {
	if !(answered > 0) || !t.covered(side, answered) {
		return math.NaN()
	}
	if t.mode == Money {
		return sum
	}
	return 100 * sum / answered
}

func (t *table) coverage(side dataset.Side, answered float64) float64 {
	if !(t.total[side] > 0) {
		return 0
	}
	return answered / t.total[side]
}

func (t *table) covered(side dataset.Side, answered float64) bool {
	return stat.Nearly(t.coverage(side, answered)) >= stat.Nearly(t.minimum)
}

// utility returns U of METHOD 1, NaN in money mode.
func (t *table) utility(benefits, costs float64) float64 {
	if t.mode == Money {
		return math.NaN()
	}
	return t.o.BenefitShare*benefits + (1-t.o.BenefitShare)*(100-costs)
}

// sums adds up the ratings of one supplier per customer, and marks who rated
// anything at all.
func (t *table) sums(supplier int) (sides [2]sideSum, rated []bool) {
	sides, rated = newSides(t.n), make([]bool, t.n)
	for a := range t.m {
		column := t.column(supplier, a)
		if column == nil || !t.in[a] {
			continue
		}
		side, w := sides[t.d.Attributes[a].Side], t.weight[a]
		for i, x := range column {
			if math.IsNaN(x) {
				continue
			}
			rated[i] = true
			side.sum[i] += w * t.unit(a, x)
			side.answered[i] += w
		}
	}
	return sides, rated
}

// scores returns the figures of one supplier (METHOD 1).
func (t *table) scores(sides [2]sideSum, rated []bool) Scores {
	n := t.n
	s := Scores{
		Benefits: missing(n), Costs: missing(n), Value: missing(n), Ratio: missing(n), Utility: missing(n),
		CoverBenefits: make([]float64, n), CoverCosts: make([]float64, n), Coverage: make([]float64, n),
		Why: make([]Reason, n), RatioWhy: make([]Reason, n),
	}
	benefits, costs := sides[dataset.Benefit], sides[dataset.Cost]
	for i := range n {
		b := t.score(dataset.Benefit, benefits.sum[i], benefits.answered[i])
		c := t.score(dataset.Cost, costs.sum[i], costs.answered[i])
		s.Benefits[i], s.Costs[i] = b, c
		s.CoverBenefits[i] = t.coverage(dataset.Benefit, benefits.answered[i])
		s.CoverCosts[i] = t.coverage(dataset.Cost, costs.answered[i])
		s.Coverage[i] = math.Min(s.CoverBenefits[i], s.CoverCosts[i])
		s.Why[i] = t.whyMissing(rated[i], benefits.answered[i], costs.answered[i])
		s.RatioWhy[i] = s.Why[i]
		if s.Why[i] == Fine {
			s.Value[i], s.Utility[i] = b-c, t.utility(b, c)
			s.Ratio[i], s.RatioWhy[i] = ratio(b, c)
		}
	}
	return s
}

// whyMissing returns why a customer has no value, Fine if it has one.
func (t *table) whyMissing(rated bool, benefits, costs float64) Reason {
	switch {
	case !rated:
		return NotRated
	case t.has[dataset.Benefit] && !(t.total[dataset.Benefit] > 0), t.has[dataset.Cost] && !(t.total[dataset.Cost] > 0):
		return NoWeight
	case !(costs > 0):
		return CostsNotRated
	case !(benefits > 0):
		return BenefitsNotRated
	case !t.covered(dataset.Benefit, benefits), !t.covered(dataset.Cost, costs):
		return LowCoverage
	}
	return Fine
}

// ratio returns B/C with the edge cases of METHOD 1.
func ratio(b, c float64) (float64, Reason) {
	switch {
	case b < 0 || c < 0 || b == 0 && c == 0:
		return math.NaN(), RatioUndefined
	case c == 0:
		return math.Inf(1), NoCostReported
	}
	return b / c, Fine
}
