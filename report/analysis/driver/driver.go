package driver

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/dataset"

	"valuebook/report/analysis/stat"
)

// Analyse explains overall satisfaction with us by the ratings of our offer
// (METHOD 7.3). It returns nil when nobody gave an outcome, or nothing of ours
// was rated. A result without weights says why in Refused; correlations are
// given as far as the data go.
func Analyse(d *dataset.Dataset, o Options) *Result {
	own := Own(d)
	if own < 0 || d.Offers != nil || len(d.Attributes) == 0 {
		return nil
	}
	var first *Result
	for _, outcome := range []Outcome{Worth, Rebuy, Recommend} {
		if o.Outcome != NoOutcome && o.Outcome != outcome {
			continue
		}
		r := explain(d, own, outcome, o)
		switch {
		case r == nil:
		case r.Refused == Accepted || r.Refused == NotIdentified:
			return r
		case first == nil:
			first = r
		}
	}
	return first
}

// Own returns the index of our supplier, -1 when none is ours.
func Own(d *dataset.Dataset) int {
	return slices.IndexFunc(d.Suppliers, func(s dataset.Supplier) bool { return s.Own })
}

// Answers returns the answers to an outcome about us, one per customer (NaN =
// not given or off the scale); nil where the workbook does not have them.
func Answers(d *dataset.Dataset, outcome Outcome) []float64 {
	switch own := Own(d); {
	case own < 0:
		return nil
	case outcome == Worth && own < len(d.Worth):
		return cleaned(d.Worth[own].Values, d.WorthScale, d.Customers.Len())
	case outcome == Rebuy:
		return cleaned(d.Rebuy.Values, dataset.Scale{Lo: 0, Hi: 1}, d.Customers.Len())
	case outcome == Recommend:
		return cleaned(d.Recommend.Values, d.RecommendScale, d.Customers.Len())
	}
	return nil
}

// largest is far above any amount; what lies beyond would overflow when squared.
const largest = 1e100

// cleaned returns one value per customer, NaN for what cannot be used; nil when
// nothing is left.
func cleaned(values []float64, s dataset.Scale, n int) []float64 {
	usable := func(x float64) bool {
		return math.Abs(x) <= largest && (!s.Bounded() || x >= s.Lo && x <= s.Hi)
	}
	if !slices.ContainsFunc(values[:min(n, len(values))], usable) {
		return nil
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
		if i < len(values) && usable(values[i]) {
			out[i] = values[i]
		}
	}
	return out
}

// Goodness returns the ratings of a supplier on an attribute, one per customer
// (NaN = not given or off the scale; nil when nothing is left), turned so that
// higher is better: g of METHOD 0.2, or the amount, negative for a cost.
func Goodness(d *dataset.Dataset, supplier, attribute int) []float64 {
	at := supplier*len(d.Attributes) + attribute
	if at >= len(d.Ratings) {
		return nil
	}
	a := d.Attributes[attribute]
	out := cleaned(d.Ratings[at].Values, a.Scale, d.Customers.Len())
	for i, x := range out {
		switch {
		case a.Scale.Bounded():
			out[i] = a.Goodness(x)
		case (a.Side == dataset.Cost) != a.Down:
			out[i] = 0 - x
		}
	}
	return out
}

// inOrder returns the customers that count, in the order of their identifiers.
func (o Options) inOrder(d *dataset.Dataset) []int {
	var order []int
	for i := range d.Customers.ID {
		if o.Members == nil || i < len(o.Members) && o.Members[i] {
			order = append(order, i)
		}
	}
	id := d.Customers.ID
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(id[a], id[b]) })
	return order
}

func explain(d *dataset.Dataset, own int, outcome Outcome, o Options) *Result {
	y := Answers(d, outcome)
	if y == nil {
		return nil
	}
	r := &Result{Outcome: outcome}
	var answered []int
	for _, i := range o.inOrder(d) {
		if !math.IsNaN(y[i]) {
			answered = append(answered, i)
		}
	}
	r.Answered = len(answered)
	ratings := r.takePart(d, own, answered, o)
	if len(r.Attribute) == 0 && len(r.Omitted) == 0 || len(answered) == 0 {
		return nil
	}
	complete := slices.DeleteFunc(answered, func(i int) bool {
		return slices.ContainsFunc(ratings, func(x []float64) bool { return math.IsNaN(x[i]) })
	})
	columns := make([]Column, len(ratings))
	for k, x := range ratings {
		a := d.Attributes[r.Attribute[k]]
		columns[k] = Column{Name: name(a), Values: pick(x, complete)}
	}
	r.Model = Explain(pick(y, complete), columns, o)
	for k := range r.Predictors {
		r.Predictors[k].Name = d.Attributes[r.Attribute[k]].Label
	}
	return r
}

// name orders predictors: by label, then identifier.
func name(a dataset.Attribute) string { return a.Label + "\x00" + a.ID }

// takePart chooses the attributes that enough of those who gave the outcome
// have rated, and returns their columns; the others are Omitted.
func (r *Result) takePart(d *dataset.Dataset, own int, answered []int, o Options) [][]float64 {
	var ratings [][]float64
	for a := range d.Attributes {
		x := Goodness(d, own, a)
		if x == nil {
			continue
		}
		n := 0
		for _, i := range answered {
			if !math.IsNaN(x[i]) {
				n++
			}
		}
		if len(answered) > 0 && stat.Nearly(float64(n)/float64(len(answered))) < stat.Nearly(o.Coverage) {
			r.Omitted = append(r.Omitted, Omission{Attribute: a, Why: RarelyAnswered, N: n})
			continue
		}
		r.Attribute = append(r.Attribute, a)
		ratings = append(ratings, x)
	}
	return ratings
}

func pick(x []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = x[i]
	}
	return out
}
