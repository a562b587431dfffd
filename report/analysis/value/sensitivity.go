package value

import (
	"math"

	"valuebook/report/dataset"
)

// A Slope says how the figures of a customer follow one rating of ours: points
// per unit of the rating as asked. A figure that the rating does not enter has
// slope 0.
type Slope struct {
	Attribute int
	Rating    float64 // as it is
	Value     float64 // of PV
	Benefits  float64
	Costs     float64
	Relative  float64
}

// Slopes appends the slopes of every rating that a customer gave us, in
// attribute order; none for a customer without a value.
func (r *Result) Slopes(customer int, into []Slope) []Slope {
	t := r.table
	if t == nil || math.IsNaN(r.Own.Value[customer]) {
		return into
	}
	own := t.answered(customer, anyAttribute)
	common := t.answered(customer, func(a int) bool { return !math.IsNaN(t.rivalMean(a, customer)) })
	for a, attribute := range t.d.Attributes {
		x := t.at(t.own, a, customer)
		if math.IsNaN(x) {
			continue
		}
		step := t.unitStep(a)
		s := Slope{Attribute: a, Rating: x}
		if attribute.Side == dataset.Benefit {
			s.Benefits = t.points(a, step, own)
			s.Value = s.Benefits
		} else {
			s.Costs = t.points(a, step, own)
			s.Value = -s.Costs
		}
		if !math.IsNaN(r.Relative[customer]) && !math.IsNaN(t.rivalMean(a, customer)) {
			s.Relative = t.points(a, step, common)
			if attribute.Side == dataset.Cost {
				s.Relative = -s.Relative
			}
		}
		into = append(into, s)
	}
	return into
}

// unitStep returns the change of u per unit of the rating.
func (t *table) unitStep(a int) float64 {
	if t.mode == Money {
		return 1
	}
	step := 1 / (t.d.Attributes[a].Scale.Hi - t.d.Attributes[a].Scale.Lo)
	if t.d.Attributes[a].Down {
		return -step
	}
	return step
}

// Within returns the difference of a comparison with the mean of the rivals,
// restricted to some customers, NaN where there is none. METHOD 3.10 asks it
// for segments.
func (r *Result) Within(attribute int, member []bool) float64 {
	if r.table == nil {
		return math.NaN()
	}
	part := *r.table
	part.order = nil
	for _, i := range r.table.order {
		if member[i] {
			part.order = append(part.order, i)
		}
	}
	s, ok := part.sampleOf(attribute, part.rivals)
	if !ok {
		return math.NaN()
	}
	return part.comparison(s, everyRival, false).Difference.Value
}

// LeftOut returns how many customers the statistics leave out because they have no
// sampling weight.
func (r *Result) LeftOut() int {
	if r.table == nil {
		return 0
	}
	return r.table.n - len(r.table.order)
}
