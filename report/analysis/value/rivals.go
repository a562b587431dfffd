package value

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// everyRival stands for the mean of the rivals that a customer rated.
const everyRival = -1

// A common holds a customer's figures of both sides on the attributes answered
// for us and for the reference; NaN where that set lacks coverage.
type common struct {
	own, other [2]float64 // by side
}

// values returns PV of us and of the reference.
func (c common) values() (own, other float64) {
	const b, s = dataset.Benefit, dataset.Cost
	return c.own[b] - c.own[s], c.other[b] - c.other[s]
}

// common compares us with a rival, or with the mean of the rivals that the
// customer rated.
func (t *table) common(rival, customer int) (c common) {
	var answered [2]float64
	for a := range t.m {
		x, u := t.at(t.own, a, customer), t.reference(rival, a, customer)
		if math.IsNaN(x) || math.IsNaN(u) {
			continue
		}
		side, w := t.d.Attributes[a].Side, t.weight[a]
		c.own[side] += w * t.unit(a, x)
		c.other[side] += w * u
		answered[side] += w
	}
	for _, side := range [2]dataset.Side{dataset.Benefit, dataset.Cost} {
		c.own[side] = t.score(side, c.own[side], answered[side])
		c.other[side] = t.score(side, c.other[side], answered[side])
	}
	return c
}

// reference returns u of a rival on an attribute, or the mean u of the rivals
// that the customer rated; NaN where there is none.
func (t *table) reference(rival, a, customer int) float64 {
	if rival == everyRival {
		return t.rivalMean(a, customer)
	}
	return t.unit(a, t.at(rival, a, customer))
}

// Against returns our value and that of rival k of Market.Rivals for a customer,
// on the attributes answered for both; NaN without enough coverage (METHOD 1).
func (r *Result) Against(k, customer int) (own, rival float64) {
	return r.table.common(r.table.rivals[k], customer).values()
}

// Best returns the rival, a supplier index, with the largest lead over us for a
// customer, and that lead; -1 and NaN when none was rated. Of equal ones it is
// the first by name, so that the order of the columns does not matter.
func (r *Result) Best(customer int) (rival int, gap float64) {
	t := r.table
	rival, gap = -1, math.NaN()
	if t == nil {
		return rival, gap
	}
	for j, k := range t.rivals {
		own, other := r.Against(j, customer)
		lead := other - own
		if math.IsNaN(lead) {
			continue
		}
		ahead := rival < 0 || stat.Nearly(lead) > stat.Nearly(gap)
		tied := rival >= 0 && stat.Nearly(lead) == stat.Nearly(gap)
		if ahead || tied && t.d.Suppliers[k].Name < t.d.Suppliers[rival].Name {
			rival, gap = k, lead
		}
	}
	return rival, gap
}

// againstRivals fills relative performance (METHOD 3.1).
func (r *Result) againstRivals(t *table) {
	r.Relative = missing(t.n)
	if len(t.rivals) == 0 {
		return
	}
	for i := range r.Relative {
		own, other := t.common(everyRival, i).values()
		r.Relative[i] = own - other
	}
}

// judge sets the verdicts of METHOD 1.
func (r *Result) judge(t *table) {
	r.Verdict, r.VerdictCount = make([]Verdict, t.n), map[Verdict]int{}
	for i, pv := range r.Own.Value {
		if math.IsNaN(pv) {
			continue
		}
		delta := t.o.Delta
		if t.mode == Money {
			delta = t.o.DeltaMoney * math.Abs(r.Own.Costs[i])
		}
		_, gap := r.Best(i)
		r.Verdict[i] = VerdictOf(pv, gap, delta)
		r.VerdictCount[r.Verdict[i]]++
	}
}

// VerdictOf returns the flag of METHOD 1 for a value, the lead of the best
// rival (NaN when none was rated) and the minimum meaningful difference.
func VerdictOf(pv, bestGap, delta float64) Verdict {
	pv, bestGap, delta = stat.Nearly(pv), stat.Nearly(bestGap), stat.Nearly(delta)
	switch {
	case math.IsNaN(pv):
		return NoVerdict
	case pv < -delta:
		return Regret
	case bestGap > delta:
		return BetterElsewhere
	case math.Abs(pv) <= delta:
		return Borderline
	}
	return WorthIt
}
