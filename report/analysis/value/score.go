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

// scores returns our figures (METHOD 1). Benefits and costs take the memory of
// the sums.
func (t *table) scores(sides [2]sideSum, rated []bool) Scores {
	benefits, costs := sides[dataset.Benefit], sides[dataset.Cost]
	s := Scores{Benefits: benefits.sum, Costs: costs.sum, Value: missing(t.n), Why: make([]Reason, t.n), table: t}
	for i := range t.n {
		s.Benefits[i] = t.score(dataset.Benefit, benefits.sum[i], benefits.answered[i])
		s.Costs[i] = t.score(dataset.Cost, costs.sum[i], costs.answered[i])
		s.Why[i] = t.whyMissing(rated[i], benefits.answered[i], costs.answered[i])
		if s.Why[i] == Fine {
			s.Value[i] = s.Benefits[i] - s.Costs[i]
		}
	}
	return s
}

// Ratio returns R = B / C of a customer, +Inf when C = 0 and B > 0, and why it
// is missing or infinite (METHOD 1).
func (s *Scores) Ratio(customer int) (float64, Reason) {
	if why := s.Why[customer]; why != Fine {
		return math.NaN(), why
	}
	return ratio(s.Benefits[customer], s.Costs[customer])
}

// Utility returns U of a customer, 0..100 (METHOD 1); NaN without a value and in
// money mode.
func (s *Scores) Utility(customer int) float64 {
	if s.Why[customer] != Fine {
		return math.NaN()
	}
	return s.table.utility(s.Benefits[customer], s.Costs[customer])
}

// Covers returns the share of the weight of benefits and of costs that a
// customer answered, 0..1 (METHOD 1).
func (s *Scores) Covers(customer int) (benefits, costs float64) {
	answered := s.table.answered(customer, anyAttribute)
	return s.table.coverage(dataset.Benefit, answered[dataset.Benefit]), s.table.coverage(dataset.Cost, answered[dataset.Cost])
}

// Coverage returns the smaller of the two shares of [Scores.Covers].
func (s *Scores) Coverage(customer int) float64 { return math.Min(s.Covers(customer)) }

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
