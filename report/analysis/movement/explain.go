package movement

import (
	"math"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
)

// An explainer divides changes into causes. It changes ratings, rivals and
// weights from the earlier to the later period one after the other, in all six
// orders, and gives each the mean of what its turn changed (Shapley): the parts
// add up to the change, whatever the order. Within a cause the terms of the
// attributes are told apart in the same way.
type explainer struct {
	m     *Movement
	terms [8][]float64 // by which of ratings 1, rivals 2, weights 4 are the later ones
	given [8]bool      // the mixture has a figure
	used  []bool       // attributes of the mixture being computed
}

// The inputs that change one after the other, as bits.
const (
	ratingsBit = 1
	rivalsBit  = 2
	weightsBit = 4
	allBits    = 7
)

// inputs are the causes of the bits.
var inputs = [...]struct {
	bit   int
	cause Cause
}{{ratingsBit, ByRating}, {rivalsBit, ByRival}, {weightsBit, ByWeight}}

func newExplainer(m *Movement) *explainer {
	e := &explainer{m: m, used: make([]bool, len(m.Attributes))}
	for k := range e.terms {
		e.terms[k] = make([]float64, len(m.Attributes))
	}
	return e
}

// axis divides the change of a customer's distance from the line of an axis.
func (e *explainer) axis(c Change, axis int, lines [2][2]float64) Delta {
	was, is := &e.m.Before.Customers[c.Before], &e.m.Now.Customers[c.Now]
	from, to := was.X, is.X
	if axis == 1 {
		from, to = was.Y, is.Y
	}
	d := e.explain(c, e.m.Now.Axes[axis], e.m.Now.Money[axis], from, to)
	if line := lines[1][axis] - lines[0][axis]; stat.Nearly(line) != 0 {
		d.Change -= line
		d.Parts = append(d.Parts, Part{ByThreshold, -1, -line})
	}
	return d
}

// explain divides the change of one measure. What the inputs do not explain,
// as of a column of amounts, is an amount of its own.
func (e *explainer) explain(c Change, measure quadrant.Measure, money bool, from, to float64) Delta {
	d := Delta{Before: from, Now: to, Change: to - from}
	if e.fill(c, measure, money, from, to) {
		for _, input := range inputs {
			for a := range e.m.Attributes {
				if points := e.shapley(input.bit, a); stat.Nearly(points) != 0 {
					d.Parts = append(d.Parts, Part{input.cause, a, points})
				}
			}
		}
	}
	var rest stat.Summer
	rest.Add(d.Change)
	for _, p := range d.Parts {
		rest.Add(-p.Points)
	}
	if left := rest.Sum(); stat.Nearly(left) != 0 {
		d.Parts = append(d.Parts, Part{ByAmount, -1, left})
	}
	return d
}

// shapley returns what one input contributes through one attribute.
func (e *explainer) shapley(bit, a int) float64 {
	sum := 0.0
	for set := range e.terms {
		if set&bit != 0 {
			continue
		}
		weight := 1.0 / 6
		if others := set; others == 0 || others == allBits&^bit {
			weight = 1.0 / 3
		}
		sum += weight * (e.terms[set|bit][a] - e.terms[set][a])
	}
	return sum
}

// fill computes the terms of a measure for every mixture of the two periods. It
// reports false where the terms do not give the figures of the periods: then
// the inputs are not known. A mixture that has no figure, as when nothing was
// answered in both, is taken as that of the ratings and rivals of one period.
func (e *explainer) fill(c Change, measure quadrant.Measure, money bool, from, to float64) bool {
	was, is := &e.m.Before.Customers[c.Before], &e.m.Now.Customers[c.Now]
	for set := range e.terms {
		own, rivals := was.Own, was.Rivals
		ownNow, rivalsNow := set&ratingsBit != 0, set&rivalsBit != 0
		if ownNow {
			own = is.Own
		}
		if rivalsNow {
			rivals = is.Rivals
		}
		weights := 0
		if set&weightsBit != 0 {
			weights = 1
		}
		e.mix(set, measure, money, rated{own, ownNow}, rated{rivals, rivalsNow}, weights)
	}
	if !e.given[0] || !e.given[allBits] || !close(e.sum(0), from) || !close(e.sum(allBits), to) {
		return false
	}
	for set := range e.terms {
		if !e.given[set] {
			copy(e.terms[set], e.terms[substitute(set)])
		}
	}
	return true
}

// substitute is the mixture taken for one without a figure: what the ratings
// say of the periods decides.
func substitute(set int) int {
	if set&ratingsBit != 0 {
		return allBits
	}
	return 0
}

// rated are ratings of one of the periods.
type rated struct {
	values []float64
	now    bool
}

// at returns the rating of a shared attribute, NaN where there is none.
func (r rated) at(s Shared) float64 {
	k := s.Before
	if r.now {
		k = s.Now
	}
	if k < 0 || k >= len(r.values) {
		return math.NaN()
	}
	return r.values[k]
}

// mix computes the terms of a measure from given ratings and weights (METHOD 1,
// 3.1, 4.1): 100 w u / sum of the weights answered on the side.
func (e *explainer) mix(set int, measure quadrant.Measure, money bool, own, rivals rated, weights int) {
	var answered [2]float64
	terms := e.terms[set]
	for a, s := range e.m.Attributes {
		terms[a], e.used[a] = 0, false
		u := own.at(s)
		if measure == quadrant.Relative {
			u -= rivals.at(s)
		}
		if sign(measure, s.Attribute) == 0 || math.IsNaN(u) {
			continue
		}
		w := 1.0
		if !money {
			w = 100 * e.weight(s, weights)
		}
		e.used[a] = true
		terms[a] = w * u * sign(measure, s.Attribute)
		answered[side(s.Attribute)] += w / 100
	}
	benefits, costs := sides(measure)
	e.given[set] = (answered[0] > 0 || !benefits) && (answered[1] > 0 || !costs)
	for a, s := range e.m.Attributes {
		if e.used[a] && !money && e.given[set] {
			terms[a] /= answered[side(s.Attribute)]
		}
	}
}

// sides returns which sides a measure needs; a score has one.
func sides(measure quadrant.Measure) (benefits, costs bool) {
	return measure != quadrant.Costs, measure == quadrant.Costs || measure == quadrant.PerceivedValue || measure == quadrant.Relative
}

func (e *explainer) weight(s Shared, period int) float64 {
	at, list := s.Before, e.m.Before.Attributes
	if period == 1 {
		at, list = s.Now, e.m.Now.Attributes
	}
	if at < 0 || math.IsNaN(list[at].Share) {
		return 0
	}
	return list[at].Share
}

func side(a Attribute) int {
	if a.Cost {
		return 1
	}
	return 0
}

// sign returns how an attribute counts in a measure: 0 not at all.
func sign(measure quadrant.Measure, a Attribute) float64 {
	switch {
	case measure == quadrant.Match || measure == quadrant.FirmValue:
		if a.Score == measure {
			return 1
		}
	case a.Score != "":
	case measure == quadrant.Benefits && !a.Cost, measure == quadrant.Costs && a.Cost:
		return 1
	case measure == quadrant.PerceivedValue || measure == quadrant.Relative:
		if a.Cost {
			return -1
		}
		return 1
	}
	return 0
}

// sum adds the terms of a mixture.
func (e *explainer) sum(set int) float64 {
	var sum stat.Summer
	for _, x := range e.terms[set] {
		sum.Add(x)
	}
	return sum.Sum()
}

// close reports whether two figures are the same but for the order of sums.
func close(a, b float64) bool { return math.Abs(a-b) <= 1e-7*(1+math.Abs(b)) }
