package value

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// everyRival stands for the mean of the rivals that a customer rated.
const everyRival = -1

// reference fills into with u of a rival on an attribute, or with the mean u of
// the rivals that each customer rated; NaN where there is none. It reports
// whether there is any.
func (t *table) reference(rival, a int, into []float64) bool {
	if rival != everyRival {
		column := t.column(rival, a)
		for i, x := range column {
			into[i] = t.unit(a, x)
		}
		return column != nil
	}
	return t.meanOfRivals(a, into, t.unit)
}

// meanOfRivals fills into with the mean of the rivals' ratings, each passed
// through view.
func (t *table) meanOfRivals(a int, into []float64, view func(a int, x float64) float64) bool {
	var columns [][]float64
	for _, k := range t.rivals {
		if column := t.column(k, a); column != nil {
			columns = append(columns, column)
		}
	}
	for i := range into {
		sum, count := 0.0, 0.0
		for _, column := range columns {
			if x := column[i]; !math.IsNaN(x) {
				sum += view(a, x)
				count++
			}
		}
		into[i] = sum / count // 0/0 is NaN: nobody rated
	}
	return len(columns) > 0
}

// A common holds both sides' figures on the attributes that each customer
// answered for us and for the reference; NaN where that set lacks coverage.
type common struct {
	ownBenefits, ownCosts     []float64
	otherBenefits, otherCosts []float64
}

func (t *table) common(rival int) common {
	own, other := newSides(t.n), newSides(t.n)
	reference := make([]float64, t.n)
	for a := range t.m {
		column := t.column(t.own, a)
		if column == nil || !t.in[a] || !t.reference(rival, a, reference) {
			continue
		}
		side, w := t.d.Attributes[a].Side, t.weight[a]
		for i, x := range column {
			u := reference[i]
			if math.IsNaN(x) || math.IsNaN(u) {
				continue
			}
			own[side].sum[i] += w * t.unit(a, x)
			other[side].sum[i] += w * u
			own[side].answered[i] += w
		}
	}
	return t.commonScores(own, other)
}

// commonScores turns sums into scores, reusing the sums' memory.
func (t *table) commonScores(own, other [2]sideSum) common {
	const b, c = dataset.Benefit, dataset.Cost
	for i := range t.n {
		benefits, costs := own[b].answered[i], own[c].answered[i]
		values := [4]*float64{&own[b].sum[i], &own[c].sum[i], &other[b].sum[i], &other[c].sum[i]}
		for k, v := range values {
			if k%2 == 0 {
				*v = t.score(b, *v, benefits)
			} else {
				*v = t.score(c, *v, costs)
			}
		}
	}
	return common{own[b].sum, own[c].sum, other[b].sum, other[c].sum}
}

// values returns PV of us and of the reference, in fresh slices.
func (c common) values() (own, other []float64) {
	own, other = make([]float64, len(c.ownBenefits)), make([]float64, len(c.ownBenefits))
	for i := range own {
		own[i] = c.ownBenefits[i] - c.ownCosts[i]
		other[i] = c.otherBenefits[i] - c.otherCosts[i]
	}
	return own, other
}

// againstRivals fills the figures that need a rival (METHOD 1, 3.1) and returns
// the comparison with the mean of the rivals, for CVA.
func (r *Result) againstRivals(t *table) common {
	r.BestGap, r.BestOf, r.Relative = missing(t.n), make([]int, t.n), missing(t.n)
	for i := range r.BestOf {
		r.BestOf[i] = -1
	}
	if len(t.rivals) == 0 {
		return common{}
	}
	for _, k := range t.rivals {
		own, other := t.common(k).values()
		r.OwnCommon, r.RivalValue = append(r.OwnCommon, own), append(r.RivalValue, other)
		r.noteBest(t, k, own, other)
	}
	mean := t.common(everyRival)
	own, other := mean.values()
	for i := range own {
		r.Relative[i] = own[i] - other[i]
	}
	return mean
}

// noteBest keeps the rival with the largest lead; of equal ones the first by
// name, so that the order of the columns does not matter.
func (r *Result) noteBest(t *table, k int, own, other []float64) {
	for i := range own {
		gap := other[i] - own[i]
		if math.IsNaN(gap) {
			continue
		}
		best := r.BestOf[i]
		ahead := best < 0 || stat.Nearly(gap) > stat.Nearly(r.BestGap[i])
		tied := best >= 0 && stat.Nearly(gap) == stat.Nearly(r.BestGap[i])
		if ahead || tied && t.d.Suppliers[k].Name < t.d.Suppliers[best].Name {
			r.BestGap[i], r.BestOf[i] = gap, k
		}
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
		r.Verdict[i] = VerdictOf(pv, r.BestGap[i], delta)
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
