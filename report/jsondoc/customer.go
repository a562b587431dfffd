package jsondoc

import (
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
)

func (b builder) customers() []customer {
	var all []customer
	for i := range b.d.Customers.Len() {
		all = append(all, b.customer(i))
	}
	return all
}

func (b builder) customer(i int) customer {
	c := b.d.Customers
	one := customer{
		ID: c.ID[i], Name: text(c.Name, i), Segment: text(c.Segment, i),
	}
	b.addPurchases(&one, i)
	if v := b.rep.Results.Value; v != nil {
		b.addValue(&one, v, i)
	}
	if q := b.rep.Results.Quadrant; q != nil {
		b.addClass(&one, q, i)
	}
	if change, ok := b.rep.History.Of(i); ok {
		one.ClassBefore = b.rep.History.Movement.ID(change.From)
	}
	one.Contributions = b.contributions(i)
	one.Why = b.words.Text(b.rep.Why(i))
	return one
}

func (b builder) addValue(one *customer, v *value.Result, i int) {
	one.Benefits, one.Costs = at(v.Own.Benefits, i), at(v.Own.Costs, i)
	ratio, why := v.Own.Ratio(i)
	one.Value, one.Ratio = at(v.Own.Value, i), number(ratio)
	if one.Ratio == nil {
		one.RatioReason = why.String()
	}
	one.Coverage = number(v.Own.Coverage(i))
	one.Verdict = v.Verdict[i].String()
	one.Rank = at(v.Rank, i)
	one.Relative, one.RelativeIndex = at(v.Relative, i), at(v.RelativeIndex, i)
	if v.Market == nil {
		return
	}
	for k, s := range v.Market.Rivals {
		if _, theirs := v.Against(k, i); number(theirs) != nil {
			one.Rivals = append(one.Rivals, rival{Supplier: b.d.Suppliers[s].Name, Value: number(theirs)})
		}
	}
}

func (b builder) addClass(one *customer, q *quadrant.Result, i int) {
	one.X, one.Y = at(q.X.Values, i), at(q.Y.Values, i)
	one.Class = q.ID(q.Class[i])
	if q.Class[i] == quadrant.NotClassified {
		return
	}
	border := q.Border[i]
	one.Border = &border
	one.FlipDistance = number(q.FlipDistance(i))
	if one.FlipDistance != nil {
		one.FlipAxis = "y"
		if q.FlipX(i) {
			one.FlipAxis = "x"
		}
	}
	if n := q.Nearest(i); n.Found {
		one.NearestChange = &change{
			Attribute: n.Component, From: number(n.From), To: number(n.To), Class: q.ID(n.Class),
		}
	}
}

// contributions lists the signed terms of relative performance (METHOD 3.1),
// in attribute order; without rivals they are the terms against the mean of
// all customers.
func (b builder) contributions(i int) []contribution {
	if b.rep.Results.Value == nil {
		return nil
	}
	var all []contribution
	for _, c := range b.rep.Results.Value.RelativeTerms(i) {
		a := b.d.Attributes[c.Attribute]
		all = append(all, contribution{Attribute: a.Label, Side: a.Side.String(), Points: c.Points})
	}
	return all
}
