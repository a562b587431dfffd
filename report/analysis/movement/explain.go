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
	plans map[quadrant.Measure]*plan
}

// A plan is how the attributes count in one measure.
type plan struct {
	attributes     []counted
	benefits, cost bool // the sides that the measure needs
	rivals         bool // it is told against the rivals
}

// counted is how one attribute counts in a measure.
type counted struct {
	at     [2]int     // its place among the ratings of each period, -1 = not asked
	sign   float64    // 0 = not at all
	side   int        // 0 benefit, 1 cost
	weight [2]float64 // in each period, as a share
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
	e := &explainer{m: m, used: make([]bool, len(m.Attributes)), plans: map[quadrant.Measure]*plan{}}
	for k := range e.terms {
		e.terms[k] = make([]float64, len(m.Attributes))
	}
	return e
}

// plan returns how the attributes count in a measure.
func (e *explainer) plan(measure quadrant.Measure) *plan {
	if p, there := e.plans[measure]; there {
		return p
	}
	p := &plan{rivals: measure == quadrant.Relative}
	p.benefits, p.cost = sides(measure)
	for _, s := range e.m.Attributes {
		p.attributes = append(p.attributes, counted{at: [2]int{s.Before, s.Now}, sign: sign(measure, s.Attribute), side: side(s.Attribute),
			weight: [2]float64{share(e.m.Before.Attributes, s.Before), share(e.m.Now.Attributes, s.Now)}})
	}
	e.plans[measure] = p
	return p
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
	own, rivals := [2][]float64{was.Own, is.Own}, [2][]float64{was.Rivals, is.Rivals}
	plan := e.plan(measure)
	for set := range e.terms {
		if set&rivalsBit != 0 && !plan.rivals {
			e.given[set] = e.given[set&^rivalsBit]
			copy(e.terms[set], e.terms[set&^rivalsBit])
			continue
		}
		o, r, w := period(set, ratingsBit), period(set, rivalsBit), period(set, weightsBit)
		e.mix(set, plan, money, rated{own[o], o}, rated{rivals[r], r}, w)
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

// period is which period an input of a mixture is of, 1 = the later.
func period(set, bit int) int {
	if set&bit != 0 {
		return 1
	}
	return 0
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
	period int
}

// of returns the rating of an attribute, NaN where there is none.
func (r rated) of(c *counted) float64 {
	if k := c.at[r.period]; k >= 0 && k < len(r.values) {
		return r.values[k]
	}
	return math.NaN()
}

// mix computes the terms of a measure from given ratings and weights (METHOD 1,
// 3.1, 4.1): 100 w u / sum of the weights answered on the side.
func (e *explainer) mix(set int, p *plan, money bool, own, rivals rated, weights int) {
	var answered [2]float64
	terms := e.terms[set]
	for a := range p.attributes {
		c := &p.attributes[a]
		terms[a], e.used[a] = 0, false
		if c.sign == 0 {
			continue
		}
		u := own.of(c)
		if p.rivals {
			u -= rivals.of(c)
		}
		if math.IsNaN(u) {
			continue
		}
		w := 1.0
		if !money {
			w = 100 * c.weight[weights]
		}
		e.used[a] = true
		terms[a] = w * u * c.sign
		answered[c.side] += w / 100
	}
	e.given[set] = (answered[0] > 0 || !p.benefits) && (answered[1] > 0 || !p.cost)
	if money || !e.given[set] {
		return
	}
	for a := range p.attributes {
		if e.used[a] {
			terms[a] /= answered[p.attributes[a].side]
		}
	}
}

// sides returns which sides a measure needs; a score has one.
func sides(measure quadrant.Measure) (benefits, costs bool) {
	return measure != quadrant.Costs, measure == quadrant.Costs || measure == quadrant.PerceivedValue || measure == quadrant.Relative
}

// share is the weight of an attribute in one period, 0 where it had none.
func share(list []Attribute, at int) float64 {
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
