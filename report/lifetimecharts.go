package report

import (
	"math"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// lifetimeCharts are the curve that shows how well the model tracks or how
// cohorts shrink, and value by tenths of the customers.
func (b *builder) lifetimeCharts(l *lifetime.Result) []Block {
	var blocks []Block
	if l.Buying != nil && len(l.Buying.Tracking.Day) > 1 {
		blocks = append(blocks, Block{Chart: trackingChart(l.Buying.Tracking)})
	}
	if l.Contract != nil && len(l.Contract.Curves) > 0 {
		blocks = append(blocks, Block{Chart: survivalChart(l.Contract)})
	}
	if c := b.tenthsChart(l); c != nil {
		blocks = append(blocks, Block{Chart: c})
	}
	return blocks
}

// trackingChart compares cumulative repeat purchases with the model's.
func trackingChart(t lifetime.Tracking) *Chart {
	c := &Chart{ID: "tracking", Kind: CurveChart,
		X: Axis{Label: dataset.Msg("axis.days_after", day(purchase.Date(t.Day[0]))), Unit: dataset.Count}, Y: Axis{Label: dataset.Msg("axis.repeat_purchases"), Unit: dataset.Count}}
	actual := Curve{Label: dataset.Msg("chart.tracking.actual"), Style: StyleOwn}
	expected := Curve{Label: dataset.Msg("chart.tracking.expected"), Style: StyleHighLow, Dashed: true}
	for i, d := range t.Day {
		x := float64(d - t.Day[0])
		actual.Points = append(actual.Points, Vertex{x, t.Actual[i]})
		expected.Points = append(expected.Points, Vertex{x, t.Expected[i]})
	}
	c.Curves = []Curve{actual, expected}
	last := len(t.Day) - 1
	happened, modelled := dataset.Num(t.Actual[last], dataset.Count), dataset.Num(t.Expected[last], dataset.Count)
	c.Title = dataset.Msg("chart.tracking.title", happened, modelled)
	c.Alt = dataset.Msg("alt.tracking", happened, modelled)
	return c
}

// survivalChart shows the share of each cohort that is left, with the model's.
func survivalChart(c *lifetime.Contract) *Chart {
	ch := &Chart{ID: "survival", Kind: CurveChart,
		X: Axis{Label: dataset.Msg("axis.renewals"), Unit: dataset.Count}, Y: Axis{Label: dataset.Msg("axis.customers_left"), Unit: dataset.Share, Lo: 0, Hi: 1}}
	for k, curve := range c.Curves[:min(mostCohorts, len(c.Curves))] {
		actual := Curve{Label: dataset.Msg("text", text(curve.Cohort)), Style: Style(k), Dots: true}
		fitted := Curve{Style: Style(k), Dashed: true}
		for i, period := range curve.Period {
			x := float64(period)
			if !math.IsNaN(curve.Actual[i]) {
				actual.Points = append(actual.Points, Vertex{x, curve.Actual[i]})
			}
			fitted.Points = append(fitted.Points, Vertex{x, curve.Fitted[i]})
		}
		ch.Curves = append(ch.Curves, actual, fitted)
	}
	first := c.Curves[0]
	last := len(first.Period) - 1
	ch.Title = dataset.Msg("chart.survival.title", text(first.Cohort), count(first.Period[last]), share(first.Fitted[last]))
	ch.Alt = dataset.Msg("alt.survival", count(len(c.Curves)), count(first.Period[last]), share(first.Fitted[last]))
	return ch
}

// tenthsChart shows the mean value by tenths of the customers, best first; nil
// for fewer than 20 of them.
func (b *builder) tenthsChart(l *lifetime.Result) *Chart {
	const parts = 10
	order := b.pick(func(i int) bool { return current(l, i) }, func(i int) float64 { return l.Value[i] })
	if len(order) < 2*parts {
		return nil
	}
	c := &Chart{ID: "tenths", Kind: BarsChart,
		X: Axis{Label: dataset.Msg("axis.mean_value"), Unit: dataset.Money}}
	best, total := 0.0, 0.0
	for k := range parts {
		from, to := len(order)*k/parts, len(order)*(k+1)/parts
		sum := 0.0
		for _, i := range order[from:to] {
			sum += l.Value[i]
		}
		total += sum
		if k == 0 {
			best = sum
		}
		mean := sum / float64(to-from)
		c.Bars = append(c.Bars, Bar{Name: dataset.Msg("bar.tenth", count(k+1)), Value: mean, Lo: math.NaN(), Hi: math.NaN(), Style: sideStyle(mean), Text: money(mean)})
	}
	c.Title = tenthsTitle(best, total, count(l.Horizon), kindOfMoney(l))
	c.Alt = dataset.Msg("alt.tenths", c.Bars[0].Text, c.Bars[parts/2].Text, c.Bars[parts-1].Text)
	return c
}
