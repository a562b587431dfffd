package analysis

import (
	"math"
	"slices"
	"sync"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/segment"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// axes holds everything that an axis could show.
type axes struct {
	d          *dataset.Dataset
	r          *Results
	match      *quadrant.Composite
	firm       *quadrant.Composite
	components bool // enough customers have the components of value to the firm
	tenure     lifetime.Tenure
	months     int // of past value on the axis, 0 where that is not shown: younger customers have none
	sources    map[quadrant.Measure]quadrant.Source
}

// classify chooses the axes and fills r.Quadrant; it stays nil when no pair has
// data.
func classify(d *dataset.Dataset, o Options, r *Results) {
	x := newAxes(d, r)
	pair, ok := x.choose(o)
	if !ok {
		return
	}
	first, second := x.axis(pair.X, o), x.axis(pair.Y, o)
	r.Quadrant = quadrant.Classify(first, second, x.apart(pair))
	r.Quadrant.Chosen = o.Axes != [2]quadrant.Measure{} && pair.X == o.Axes[0] && pair.Y == o.Axes[1]
	if !r.Quadrant.Chosen {
		r.Quadrant.Refused = o.Axes
	}
	r.Quadrant.SetLevers(x.levers(r.Quadrant))
}

func newAxes(d *dataset.Dataset, r *Results) *axes {
	n := d.Customers.Len()
	x := &axes{d: d, r: r, tenure: lifetime.TenureOf(d, r.Purchases), sources: map[quadrant.Measure]quadrant.Source{},
		match: quadrant.NewComposite(d.Match, quadrant.MatchComponents, n),
		firm:  quadrant.NewComposite(d.ValueScore, quadrant.ValueComponents, n)}
	x.add(quadrant.Match, x.match.Scores(), x.match.Money())
	x.addFirmValue(n)
	if firm := x.sources[quadrant.FirmValue]; r.FirmSource != NoFirmValue {
		r.FirmValue, r.FirmScore = firm.Values, !firm.Money
	}
	if v := r.Value; v != nil {
		money := v.Mode == value.Money
		x.add(quadrant.PerceivedValue, v.Own.Value, money)
		x.add(quadrant.Benefits, v.Own.Benefits, money)
		x.add(quadrant.Costs, v.Own.Costs, money)
		x.add(quadrant.Relative, v.Relative, money)
	}
	return x
}

func (x *axes) add(m quadrant.Measure, values []float64, money bool) {
	x.sources[m] = quadrant.Source{Measure: m, Values: values, Money: money}
}

// addFirmValue takes the components when enough customers have them, else the
// column, else lifetime value, else the components of the few who have them:
// those serve only where the user names the axis (METHOD 4.1).
func (x *axes) addFirmValue(n int) {
	scores := x.firm.Scores()
	x.components = stat.Nearly(quadrant.Share(scores, answered(x.d))) >= quadrant.MinComponents
	column := quadrant.Source{Measure: quadrant.FirmValue, Values: x.d.FirmValue.Values, Money: true}
	switch {
	case x.components:
		x.r.FirmSource = FirmComponents
	case len(column.Values) == n && column.Given():
		x.r.FirmSource = FirmColumn
		x.sources[quadrant.FirmValue] = column
		return
	case x.addLifetime(n):
		return
	}
	x.add(quadrant.FirmValue, scores, x.firm.Money())
	if x.sources[quadrant.FirmValue].Given() {
		x.r.FirmSource = FirmComponents
	}
}

// addLifetime takes lifetime value, by a model or as far as customers brought it
// in. Past value is not comparable for who is a customer for less time than it
// covers: those have none on the axis.
func (x *axes) addLifetime(n int) bool {
	l := x.r.Lifetime
	if l == nil || l.Model == lifetime.ModelNone || len(l.Value) != n {
		return false
	}
	values, source := l.Value, FirmFitted
	if l.Model == lifetime.ModelHistorical {
		source = FirmHistory
		values = slices.Clone(values)
		for i := range values {
			if x.tenure.YoungerThan(i, l.Horizon) {
				values[i] = math.NaN()
			}
		}
	}
	if !given(values) {
		return false
	}
	if x.r.FirmSource = source; source == FirmHistory {
		x.months = l.Horizon
	}
	x.add(quadrant.FirmValue, values, true)
	return true
}

// answered marks the customers with any rating, of us or of a rival, or any
// score or amount of the axes.
func answered(d *dataset.Dataset) []bool {
	out := make([]bool, d.Customers.Len())
	mark := func(s dataset.Series) {
		for i := range min(len(out), len(s.Values)) {
			out[i] = out[i] || !math.IsNaN(s.Values[i])
		}
	}
	for _, s := range slices.Concat(d.Ratings, d.Worth) {
		mark(s)
	}
	for _, c := range slices.Concat(d.ValueScore, d.Match) {
		mark(c.Series)
	}
	mark(d.FirmValue)
	return out
}

// choose returns the pair that the user names, if it has data, else the first
// that has.
func (x *axes) choose(o Options) (quadrant.Pair, bool) {
	given := func(m quadrant.Measure) bool { return x.sources[m].Given() }
	if o.Axes != [2]quadrant.Measure{} && given(o.Axes[0]) && given(o.Axes[1]) {
		return quadrant.PairOf(o.Axes[0], o.Axes[1]), true
	}
	return quadrant.Choose(func(m quadrant.Measure) bool {
		if m == quadrant.FirmValue && !x.firmValueServes() {
			return false
		}
		return given(m)
	})
}

// firmValueServes reports whether value to the firm may be chosen unasked.
func (x *axes) firmValueServes() bool {
	return x.components || x.r.FirmSource != FirmComponents && x.r.FirmSource != NoFirmValue
}

// axis divides a measure. Who has left has no place on the axis of value to the
// firm, and moves no line on it (METHOD 4.1).
func (x *axes) axis(m quadrant.Measure, o Options) quadrant.Axis {
	source := x.sources[m]
	if m == quadrant.FirmValue {
		source.Values = slices.Clone(source.Values)
		for i := range source.Values {
			if x.tenure.Gone(i) {
				source.Values[i] = math.NaN()
			}
		}
	}
	return quadrant.NewAxis(source, o.Thresholds[m], o.Band, o.BandMoney)
}

// apart says who is not classified whatever the figures: who has left by the
// as-of date, and who is a customer for too short a time. Both concern value to
// the firm alone, since a rating stays a rating (METHOD 4.1).
func (x *axes) apart(pair quadrant.Pair) []quadrant.Reason {
	if pair.X != quadrant.FirmValue && pair.Y != quadrant.FirmValue {
		return nil
	}
	out := make([]quadrant.Reason, x.d.Customers.Len())
	for i := range out {
		switch {
		case x.tenure.Gone(i):
			out[i] = quadrant.Churned
		case x.months > 0 && x.tenure.YoungerThan(i, x.months):
			out[i] = quadrant.Young
		}
	}
	return out
}

// levers returns what could move a customer: the ratings of us and the
// components behind the two axes.
func (x *axes) levers(q *quadrant.Result) func(int, []quadrant.Lever) []quadrant.Lever {
	d, v, match, firm, steps := x.d, x.r.Value, x.match, x.firm, x.ratingSteps() // not all that the axes were chosen from
	matchSteps, firmSteps := x.match.Steps(), x.firm.Steps()
	scored := x.r.FirmSource == FirmComponents
	room := sync.Pool{New: func() any { return new([]value.Slope) }}
	return func(customer int, into []quadrant.Lever) []quadrant.Lever {
		for k, m := range [2]quadrant.Measure{q.Pair.X, q.Pair.Y} {
			switch {
			case m == quadrant.Match:
				into = match.Levers(customer, matchSteps, k == 1, into)
			case m == quadrant.FirmValue && scored:
				into = firm.Levers(customer, firmSteps, k == 1, into)
			}
		}
		if v == nil {
			return into
		}
		slopes := room.Get().(*[]value.Slope)
		defer room.Put(slopes)
		*slopes = v.Slopes(customer, (*slopes)[:0])
		for _, s := range *slopes {
			lever := leverOf(d.Attributes[s.Attribute], v.Mode, s, steps[s.Attribute])
			lever.X, lever.Y = slopeOf(q.Pair.X, s), slopeOf(q.Pair.Y, s)
			if lever.X != 0 || lever.Y != 0 {
				into = append(into, lever)
			}
		}
		return into
	}
}

// leverOf returns the rating of an attribute as a lever.
func leverOf(attribute dataset.Attribute, mode value.Mode, s value.Slope, step float64) quadrant.Lever {
	lever := quadrant.Lever{Component: label(attribute), ID: attribute.ID, Attribute: s.Attribute, From: s.Rating, Step: step,
		Lo: attribute.Scale.Lo, Hi: attribute.Scale.Hi, Width: attribute.Scale.Hi - attribute.Scale.Lo}
	if mode == value.Money {
		lever.Lo, lever.Hi = quadrant.Unbounded(s.Rating)
		lever.Width = 1
	}
	return lever
}

func slopeOf(m quadrant.Measure, s value.Slope) float64 {
	switch m {
	case quadrant.PerceivedValue:
		return s.Value
	case quadrant.Relative:
		return s.Relative
	case quadrant.Benefits:
		return s.Benefits
	case quadrant.Costs:
		return s.Costs
	}
	return 0
}

// ratingSteps returns the grain of the answers per attribute.
func (x *axes) ratingSteps() []float64 {
	steps := make([]float64, len(x.d.Attributes))
	for a := range steps {
		steps[a] = 1
		if own := ownSupplier(x.d); own >= 0 && own*len(steps)+a < len(x.d.Ratings) {
			steps[a] = quadrant.Grain(x.d.Rating(own, a).Values)
		}
	}
	return steps
}

func ownSupplier(d *dataset.Dataset) int {
	return slices.IndexFunc(d.Suppliers, func(s dataset.Supplier) bool { return s.Own })
}

// segments summarises by the segment column, nil without one.
func segments(d *dataset.Dataset, o Options, r *Results) *segment.Result {
	if d.Customers.Segment == nil {
		return nil
	}
	return segment.Analyse(segment.Input{Names: d.Customers.Segment, Revenue: d.Customers.Revenue, Sample: o.sample(d),
		Order: byID(d), Value: r.Value, Classes: r.Quadrant, Options: o.sampling()})
}
