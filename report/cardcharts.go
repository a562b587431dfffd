package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// How much a card's charts bear.
const (
	cardRows     = 12  // rows of the waterfall and of the comparison
	backdropMost = 240 // other customers behind the one in the quadrant
)

// steps is the waterfall of what each rating adds and takes, largest first;
// what finds no row of its own is summed up.
func (c *Cards) steps(i int) *Chart {
	v := c.r.Value
	if v == nil {
		return nil
	}
	chart := &Chart{ID: "value", Kind: WaterfallChart,
		Y: Axis{Label: dataset.Msg("axis.contribution"), Unit: c.amount(0).Unit}}
	var sides [2][]Bar
	for _, t := range v.Contributions(i) {
		a := c.d.Attributes[t.Attribute]
		bar := Bar{Label: a.Label, Value: t.Points, Lo: math.NaN(), Hi: math.NaN(), Style: StylePlus}
		if a.Side == dataset.Cost {
			bar.Value, bar.Style = -t.Points, StyleMinus
		}
		bar.Text = c.part(bar.Value)
		sides[a.Side] = append(sides[a.Side], bar)
	}
	total := v.Own.Value[i]
	switch {
	case len(sides[0])+len(sides[1]) < 2, len(sides[0]) > 0 && len(sides[1]) > 0 && math.IsNaN(total):
		return nil
	case len(sides[1]) == 0: // one side alone
		total, chart.Y.Label = v.Own.Benefits[i], dataset.Msg("axis.total.no_costs")
	case len(sides[0]) == 0:
		total, chart.Y.Label = -v.Own.Costs[i], dataset.Msg("axis.total.no_benefits")
	}
	chart.Title = c.contributionsTitle(append(append([]Bar{}, sides[0]...), sides[1]...), total)
	var first [2]Bar
	for side := range sides {
		if sides[side] = c.foremostBars(sides[side], cardRows/2); len(sides[side]) > 0 {
			first[side] = sides[side][0]
		}
		chart.Bars = append(chart.Bars, sides[side]...)
	}
	chart.Bars = append(chart.Bars, Bar{Value: total, Lo: math.NaN(), Hi: math.NaN(), Style: StyleTotal, Text: c.part(total)})
	chart.Alt = dataset.Msg("alt.contributions", count(len(chart.Bars)-1), text(first[0].Label), text(first[1].Label))
	return chart
}

// foremostBars keeps the largest bars of one side and sums up the others.
func (c *Cards) foremostBars(bars []Bar, most int) []Bar {
	sort.SliceStable(bars, func(a, b int) bool { return math.Abs(bars[a].Value) > math.Abs(bars[b].Value) })
	if len(bars) <= most {
		return bars
	}
	rest := bars[most-1]
	rest.Value = 0
	for _, b := range bars[most-1:] {
		rest.Value += b.Value
	}
	rest.Label, rest.Text = "", c.part(rest.Value)
	rest.Name = dataset.Msg("card.others", count(len(bars)-most+1))
	return append(bars[:most-1], rest)
}

// averages returns how good the mean customer rates each attribute of ours, NaN
// where fewer than two customers rated it.
func (c *Cards) averages() []float64 {
	means := make([]float64, len(c.d.Attributes))
	for a := range means {
		means[a] = math.NaN()
		if c.r.Value == nil || len(c.d.Suppliers) == 0 {
			continue
		}
		sum, n := 0.0, 0
		for _, x := range c.d.Rating(0, a).Values {
			if !math.IsNaN(x) {
				sum, n = sum+x, n+1
			}
		}
		if n > 1 {
			means[a] = c.d.Attributes[a].Goodness(sum / float64(n))
		}
	}
	return means
}

// compared shows our ratings beside those of the rivals, or of the average
// customer: where nobody rated a rival, or this customer rated none.
func (c *Cards) compared(i int) (chart *Chart, average bool) {
	v := c.r.Value
	if v == nil {
		return nil, false
	}
	if c.money() {
		return c.amountsApart(i), v.Market == nil
	}
	if v.Market != nil {
		if chart = c.pairs(i, false); chart != nil {
			return chart, false
		}
	}
	return c.pairs(i, true), true
}

// pairs shows our ratings beside others, sorted by the difference: weighted
// where it adds up to a figure of the customer, else as rated.
func (c *Cards) pairs(i int, average bool) *Chart {
	v := c.r.Value
	chart := &Chart{ID: "rivals", Kind: PairedChart, X: Axis{Label: dataset.Msg("axis.goodness"), Unit: dataset.Points, Lo: 0, Hi: 100}}
	chart.Fields[0] = dataset.Msg("card.key.own")
	switch {
	case average:
		chart.Fields[0], chart.Fields[1] = dataset.Msg("card.key.this"), dataset.Msg("card.key.average")
	case len(v.Market.Rivals) == 1:
		chart.Fields[1] = dataset.Literal(c.d.Suppliers[v.Market.Rivals[0]].Name)
	default:
		chart.Fields[1] = dataset.Msg("card.key.rivals", count(len(v.Market.Rivals)))
	}
	terms := c.terms(i)
	if len(terms) > 0 && math.IsNaN(terms[0].Points) {
		chart.X.Label = dataset.Msg("axis.goodness.rated")
	}
	for _, t := range terms {
		bar := c.pair(i, t, average)
		if !math.IsNaN(bar.Value) && !math.IsNaN(bar.Other) {
			chart.Bars = append(chart.Bars, bar)
		}
	}
	if len(chart.Bars) == 0 {
		return nil
	}
	sort.SliceStable(chart.Bars, func(a, b int) bool { return chart.Bars[a].Text.Value > chart.Bars[b].Text.Value })
	c.titlePairs(chart, average)
	if n := len(chart.Bars); n > cardRows {
		chart.Bars = append(chart.Bars[:cardRows/2:cardRows/2], chart.Bars[n-cardRows/2:]...)
	}
	return chart
}

// amountsApart shows in money how much more or less each attribute is worth
// with us than with the rivals, the largest lead first.
func (c *Cards) amountsApart(i int) *Chart {
	chart := &Chart{ID: "rivals", Kind: BarsChart, X: Axis{Label: dataset.Msg("axis.difference.money"), Unit: c.amount(0).Unit}}
	for _, t := range c.r.Value.RelativeTerms(i) {
		if !math.IsNaN(t.Points) && !math.IsInf(t.Points, 0) {
			chart.Bars = append(chart.Bars, Bar{Label: c.d.Attributes[t.Attribute].Label, Value: t.Points, Lo: math.NaN(), Hi: math.NaN(),
				Style: sideStyle(t.Points), Text: c.part(t.Points)})
		}
	}
	if len(chart.Bars) == 0 {
		return nil
	}
	sort.SliceStable(chart.Bars, func(a, b int) bool { return chart.Bars[a].Value > chart.Bars[b].Value })
	c.titlePairs(chart, c.r.Value.Market == nil)
	if n := len(chart.Bars); n > cardRows {
		chart.Bars = append(chart.Bars[:cardRows/2:cardRows/2], chart.Bars[n-cardRows/2:]...)
	}
	return chart
}

// terms returns the weighted differences that make up a customer's figure; every
// attribute, without a weighted difference, where it has no such figure.
func (c *Cards) terms(i int) []value.Contribution {
	terms := c.r.Value.RelativeTerms(i)
	if len(terms) > 0 || len(c.d.Suppliers) == 0 {
		return terms
	}
	for a := range c.d.Attributes {
		if series := c.d.Rating(0, a).Values; i < len(series) {
			terms = append(terms, value.Contribution{Attribute: a, Points: math.NaN()})
		}
	}
	return terms
}

// pair is one attribute: how good we are rated, how good the others are.
func (c *Cards) pair(i int, t value.Contribution, average bool) Bar {
	a := c.d.Attributes[t.Attribute]
	bar := Bar{Label: a.Label, Value: 100 * a.Goodness(c.d.Rating(0, t.Attribute).Values[i]), Other: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), Style: StyleOwn}
	if average {
		bar.Other = 100 * c.average[t.Attribute]
	} else {
		c.rivalRange(i, t.Attribute, &bar)
	}
	bar.Text = signed(t.Points)
	if math.IsNaN(t.Points) {
		bar.Text = signed(bar.Value - bar.Other)
	}
	return bar
}

// rivalRange fills in how good the rivals are rated by a customer: their mean
// and their range.
func (c *Cards) rivalRange(i, attribute int, bar *Bar) {
	a := c.d.Attributes[attribute]
	sum, n := 0.0, 0
	for _, s := range c.r.Value.Market.Rivals {
		series := c.d.Rating(s, attribute)
		if i >= len(series.Values) || math.IsNaN(series.Values[i]) {
			continue
		}
		good := 100 * a.Goodness(series.Values[i])
		sum, n = sum+good, n+1
		if n == 1 || good < bar.Lo {
			bar.Lo = good
		}
		if n == 1 || good > bar.Hi {
			bar.Hi = good
		}
	}
	if n > 0 {
		bar.Other = sum / float64(n)
	}
}

// titlePairs states the largest lead and the largest lag.
func (c *Cards) titlePairs(chart *Chart, average bool) {
	first, last := chart.Bars[0], chart.Bars[len(chart.Bars)-1]
	kind := "rivals"
	if average {
		kind = "average"
	}
	switch ahead, behind := first.Text.Value > 0, last.Text.Value < 0; {
	case ahead && behind:
		chart.Title = dataset.Msg("card.chart."+kind+".both", tied(chart.Bars, first), first.Text, tied(chart.Bars, last), last.Text)
	case ahead:
		chart.Title = dataset.Msg("card.chart."+kind+".ahead", tied(chart.Bars, first), first.Text)
	case behind:
		chart.Title = dataset.Msg("card.chart."+kind+".behind", tied(chart.Bars, last), last.Text)
	default:
		chart.Title = dataset.Msg("card.chart." + kind + ".equal")
	}
	chart.Alt = dataset.Msg("card.alt.pairs", count(len(chart.Bars)), dataset.Sentence(chart.Title))
}

// others are the customers behind the one in the quadrant: all, or evenly
// chosen ones where there are many.
func (c *Cards) others() ([]Group, int) {
	q := c.r.Quadrant
	if q == nil {
		return nil, 0
	}
	var all []Point
	for i := range q.Class {
		if q.Class[i] != quadrant.NotClassified {
			all = append(all, Point{X: q.X.Values[i], Y: q.Y.Values[i]})
		}
	}
	chosen := all
	if len(all) > backdropMost {
		chosen = nil
		for k := range backdropMost {
			chosen = append(chosen, all[k*len(all)/backdropMost])
		}
	}
	return []Group{{Style: StyleNone, Points: chosen, Quiet: true}}, len(chosen)
}

// wholeAxis describes an axis with the same ends on every page.
func wholeAxis(a quadrant.Axis) Axis {
	axis := quadrantAxis(a)
	if axis.Hi > axis.Lo {
		return axis
	}
	first := true
	for _, x := range a.Values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		if first {
			axis.Lo, axis.Hi, first = x, x, false
		}
		axis.Lo, axis.Hi = min(axis.Lo, x), max(axis.Hi, x)
	}
	return axis
}

// place is the compact quadrant with the customer's mark and the shortest way
// to another class.
func (c *Cards) place(i int) *Chart {
	q := c.r.Quadrant
	if q == nil || q.Class[i] == quadrant.NotClassified {
		return nil
	}
	chart := &Chart{ID: "quadrant", Kind: QuadrantChart, Compact: true, X: c.x, Y: c.y, Group: c.backdrop}
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		chart.Fields[class-1] = dataset.Msg("text", className(c.r.Options, q.ID(class)))
	}
	x, y := q.X.Values[i], q.Y.Values[i]
	chart.Focus = &Focus{Point: Point{X: x, Y: y, Label: c.d.Customers.Label(i)}, Style: Style(q.Class[i] - 1), ToX: x, ToY: y}
	class := className(c.r.Options, q.ID(q.Class[i]))
	if math.IsNaN(q.FlipDistance(i)) {
		chart.Title = dataset.Msg("card.chart.quadrant.plain", class)
	} else {
		a := c.flipAxis(i)
		if q.FlipX(i) {
			chart.Focus.ToX = a.Threshold
		} else {
			chart.Focus.ToY = a.Threshold
		}
		chart.Title = dataset.Msg("card.chart.quadrant", class, axisUnit(a, q.FlipDistance(i)), className(c.r.Options, q.ID(q.FlipClass(i))))
		if !a.Money {
			chart.Title.Code = "card.chart.quadrant.points"
		}
		if c.onLine(i) {
			chart.Title.Code = "card.chart.quadrant.on"
		}
	}
	chart.Alt = dataset.Msg("card.alt.quadrant", dataset.Sentence(chart.Title), axisUnit(q.X, x), axisUnit(q.Y, y))
	return chart
}
