package value

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// Contributions returns what each attribute contributes to the benefits and
// costs of a customer: 100 w u / sum of the weights answered on its side, or
// the amount in money mode, in attribute order, all counted positive. Those of
// the benefits add up to B, those of the costs to C (METHOD 1). An attribute
// that was not answered, or whose side has no score, is left out.
func (r *Result) Contributions(customer int) []Contribution {
	t := r.table
	if t == nil || customer < 0 || customer >= t.n {
		return nil
	}
	var out []Contribution
	scored := [2]bool{!math.IsNaN(r.Own.Benefits[customer]), !math.IsNaN(r.Own.Costs[customer])}
	answered := t.answered(customer, anyAttribute)
	for a, attribute := range t.d.Attributes {
		if x := t.at(t.own, a, customer); scored[attribute.Side] && !math.IsNaN(x) {
			out = append(out, Contribution{a, t.points(a, t.unit(a, x), answered)})
		}
	}
	return out
}

// RelativeTerms returns the terms of METHOD 3.1, which say why a customer
// stands where it stands: signed points, + in our favour, in attribute order.
// With rivals they add up to Relative; without a rival in the workbook the
// reference is the mean of all customers. There are none where the customer
// has no such figure.
func (r *Result) RelativeTerms(customer int) []Contribution {
	t := r.table
	if t == nil || customer < 0 || customer >= t.n {
		return nil
	}
	if len(t.rivals) == 0 {
		return r.portfolioTerms(customer)
	}
	if math.IsNaN(r.Relative[customer]) {
		return nil
	}
	reference := make([]float64, t.m)
	for a := range reference {
		reference[a] = t.rivalMean(a, customer)
	}
	return t.terms(customer, reference)
}

// portfolioTerms compares a customer with the mean u of all customers.
func (r *Result) portfolioTerms(customer int) []Contribution {
	if math.IsNaN(r.Own.Value[customer]) {
		return nil
	}
	reference := make([]float64, r.table.m)
	for a, mean := range r.Attributes {
		reference[a] = mean.Unit
	}
	return r.table.terms(customer, reference)
}

// terms returns sign * 100 w/sum w * (u - reference) per attribute that both
// have.
func (t *table) terms(customer int, reference []float64) []Contribution {
	var out []Contribution
	both := func(a int) bool { return !math.IsNaN(reference[a]) }
	answered := t.answered(customer, both)
	for a, attribute := range t.d.Attributes {
		x := t.at(t.own, a, customer)
		if math.IsNaN(x) || !both(a) {
			continue
		}
		points := t.points(a, t.unit(a, x)-reference[a], answered)
		if attribute.Side == dataset.Cost {
			points = 0 - points // not -points: zero stays without a sign
		}
		out = append(out, Contribution{a, points})
	}
	return out
}

// points weighs u, or a difference of u, against the weight answered.
func (t *table) points(a int, u float64, answered [2]float64) float64 {
	if t.mode == Money {
		return u
	}
	return 100 * t.weight[a] * u / answered[t.d.Attributes[a].Side]
}

// answered returns the weight answered by a customer per side, over the
// attributes that count.
func (t *table) answered(customer int, counts func(a int) bool) (sum [2]float64) {
	for a, attribute := range t.d.Attributes {
		if counts(a) && !math.IsNaN(t.at(t.own, a, customer)) {
			sum[attribute.Side] += t.weight[a]
		}
	}
	return sum
}

func anyAttribute(int) bool { return true }

// at returns one rating, NaN where there is none or the attribute is outside
// the scores.
func (t *table) at(supplier, a, customer int) float64 {
	if column := t.column(supplier, a); column != nil && t.in[a] {
		return column[customer]
	}
	return math.NaN()
}

// rivalMean returns the mean u of the rivals that a customer rated.
func (t *table) rivalMean(a, customer int) float64 {
	sum, count := 0.0, 0.0
	for _, k := range t.rivals {
		if x := t.at(k, a, customer); !math.IsNaN(x) {
			sum += t.unit(a, x)
			count++
		}
	}
	return sum / count
}

// Drivers returns the largest terms in our favour and the largest against us,
// at most limit each, the weightiest first. Points are compared to nine decimals
// and equal ones stand by the label of the attribute, then by its ID, so that
// neither rounding nor the order of columns decides.
func Drivers(terms []Contribution, attributes []dataset.Attribute, limit int) (pluses, minuses []Contribution) {
	for _, term := range terms {
		switch points := stat.Nearly(term.Points); {
		case points > 0:
			pluses = append(pluses, term)
		case points < 0:
			minuses = append(minuses, term)
		}
	}
	weightier := func(a, b Contribution) int {
		x, y := &attributes[a.Attribute], &attributes[b.Attribute]
		return cmp.Or(cmp.Compare(stat.Nearly(math.Abs(b.Points)), stat.Nearly(math.Abs(a.Points))),
			strings.Compare(x.Label, y.Label), strings.Compare(x.ID, y.ID), a.Attribute-b.Attribute)
	}
	slices.SortFunc(pluses, weightier)
	slices.SortFunc(minuses, weightier)
	return pluses[:min(limit, len(pluses))], minuses[:min(limit, len(minuses))]
}
