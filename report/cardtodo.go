package report

import (
	"math"
	"strconv"
	"time"

	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// todo is what to do, at most three things: what the class asks for, the
// nearest change of class, the largest minus.
func (c *Cards) todo(i int) []dataset.Message {
	var list []dataset.Message
	for _, m := range []dataset.Message{c.classAdvice(i), c.change(i), c.mend(i)} {
		if !m.IsZero() {
			list = append(list, m)
		}
	}
	return list
}

func (c *Cards) classAdvice(i int) dataset.Message {
	q, v := c.r.Quadrant, c.r.Value
	switch {
	case q != nil && (q.ID(q.Class[i]) == "secure" || q.ID(q.Class[i]) == "captive") && v != nil && v.Verdict[i] == value.BetterElsewhere:
		best, gap := v.Best(i) // ahead of the rivals' mean, but not of each of them
		return dataset.Msg("card.do.close", text(c.d.Suppliers[best].Name), c.size(gap))
	case q != nil && q.Class[i] != quadrant.NotClassified:
		return dataset.Msg("advice." + q.ID(q.Class[i]))
	case q != nil && q.Why[i] == quadrant.Churned:
		return dataset.Message{}
	case v != nil && v.Own.Why[i] != value.Fine:
		return dataset.Msg("card.do.rate")
	case q != nil:
		return dataset.Msg("advice." + q.ID(q.Class[i]))
	}
	if s := c.r.RFM; s != nil && s.Why == rfm.Scored && s.Segment[i] >= 0 {
		if g := s.Segments[s.Segment[i]]; advised[g.ID] {
			return dataset.Msg("advice.rfm." + g.ID)
		}
	}
	return dataset.Message{}
}

// change names the smallest change of one rating that moves the customer to
// another class: one to work for, or one to prevent.
func (c *Cards) change(i int) dataset.Message {
	q := c.r.Quadrant
	if q == nil || q.Class[i] == quadrant.NotClassified || !q.Nearest(i).Found || math.IsNaN(q.Nearest(i).To) {
		return dataset.Message{}
	}
	near := q.Nearest(i)
	if scale, ok := c.scaleOf(near); ok && math.Abs(near.To-near.From) > farthest*(scale.Hi-scale.Lo) {
		return dataset.Message{}
	}
	better := near.To > near.From
	if near.Attribute >= 0 {
		a := c.d.Attributes[near.Attribute]
		better = (near.To > near.From) == (a.Goodness(a.Scale.Hi) > a.Goodness(a.Scale.Lo))
		if a.Money {
			better = (near.To > near.From) == (a.Side == dataset.Benefit)
		}
	}
	code := "card.do.prevent"
	if better {
		code = "card.do.reach"
	}
	return dataset.Msg(code, c.rep.component(near), dataset.Num(near.From, dataset.Rating), dataset.Num(near.To, dataset.Rating),
		className(c.r.Options, q.ID(near.Class)))
}

// farthest is the largest change, as a share of its scale, that a page proposes
// to work for.
const farthest = 0.5

// scaleOf returns the scale of what a nearest change is about.
func (c *Cards) scaleOf(near quadrant.Nearest) (dataset.Scale, bool) {
	if near.Attribute >= 0 {
		scale := c.d.Attributes[near.Attribute].Scale
		return scale, scale.Bounded()
	}
	for _, list := range [][]dataset.Component{c.d.ValueScore, c.d.Match} {
		for _, component := range list {
			if component.Label == near.Component {
				return component.Scale, component.Scale.Bounded()
			}
		}
	}
	return dataset.Scale{}, false
}

// mend names the largest minus.
func (c *Cards) mend(i int) dataset.Message {
	v := c.r.Value
	if v == nil {
		return dataset.Message{}
	}
	_, minuses := c.r.Why(c.d, i)
	if len(minuses) == 0 {
		return dataset.Message{}
	}
	kind := "rivals"
	if v.Market == nil {
		kind = "average"
	}
	return dataset.Msg("card.do.mend."+kind, text(c.d.Attributes[minuses[0].Attribute].Label), c.size(minuses[0].Points))
}

// Limits of the chart of purchases.
const (
	fewDays    = 3  // purchase days below which there is no chart
	mostPoints = 24 // of the chart; longer times are summed by quarter or year
)

// months decides the time that the charts of purchases show: the same for all
// customers, so that their pages can be compared. A month, quarter or year that
// the data do not wholly cover at their end is left out: it would look like a
// fall.
func (c *Cards) months() (first, step, points int) {
	h := c.r.Purchases
	if h == nil || h.Refused != "" || h.Total.First.IsZero() {
		return 0, 0, 0
	}
	from, to := monthOf(h.Total.First), monthOf(h.AsOf.AddDate(0, 0, 1))
	for _, step = range []int{1, 3, 12} {
		first = from - from%step
		if points = (to - first) / step; points <= mostPoints {
			break
		}
	}
	if points > mostPoints {
		first, points = first+(points-mostPoints)*step, mostPoints
	}
	return first, step, points
}

// monthOf counts months from the year 0.
func monthOf(t time.Time) int { return 12*t.Year() + int(t.Month()) - 1 }

// bought is the chart of what a customer paid over time, and what purchases
// say of it.
func (c *Cards) bought(i int) (*Chart, []dataset.Message) {
	h := c.r.Purchases
	if h == nil || h.Refused != "" || i >= h.Len() {
		return nil, nil
	}
	days, _ := h.Days(i)
	if len(days) == 0 {
		return nil, []dataset.Message{dataset.Msg("example.no_purchase")}
	}
	last := purchase.Date(days[len(days)-1])
	away := int(purchase.DayOf(h.AsOf) - days[len(days)-1])
	history := []dataset.Message{dataset.Msg("card.bought", count(int(h.Orders[i])), day(purchase.Date(days[0])), day(last), count(away), money(h.Net[i]))}
	if s := c.r.RFM; s != nil && s.Why == rfm.Scored && s.Segment[i] >= 0 {
		history = append(history, dataset.Msg("card.scores", count(int(s.RScore[i])), count(int(s.FScore[i])), count(int(s.MScore[i])),
			ScoreSegment(s.Segments[s.Segment[i]].Segment)))
	}
	if l := c.r.Lifetime; l != nil && i < len(l.Purchases) && !math.IsNaN(l.Purchases[i]) {
		history = append(history, dataset.Msg("card.expected", dataset.Num(l.Purchases[i], dataset.Tenths), count(l.Horizon), money(l.Value[i])))
	}
	return c.revenueChart(i, len(days), last), history
}

// revenueChart shows what a customer paid by month, quarter or year.
func (c *Cards) revenueChart(i, days int, last time.Time) *Chart {
	h := c.r.Purchases
	if days < fewDays || c.points < 3 || math.IsNaN(h.Net[i]) {
		return nil
	}
	sums := make([]float64, c.points)
	from, to := h.Span(i)
	for k := from; k < to; k++ {
		n := (monthOf(purchase.Date(h.Day[k])) - c.since) / c.step
		if n >= 0 && n < len(sums) && h.Kind[k] != purchase.Acquisition && !math.IsNaN(h.Revenue[k]) {
			sums[n] += h.Revenue[k]
		}
	}
	chart := &Chart{ID: "purchases", Kind: CurveChart, Compact: true, Title: dataset.Msg("card.chart.purchases", count(int(h.Orders[i])), money(h.Net[i])),
		X: Axis{Unit: dataset.Count}, Y: Axis{Label: dataset.Msg("card.axis.revenue", term("card.per."+stepName(c.step))), Unit: dataset.Money}}
	curve := Curve{Style: StyleOwn, Columns: true}
	for n, sum := range sums {
		curve.Points = append(curve.Points, Vertex{float64(n), sum})
		chart.X.Names = append(chart.X.Names, periodName(c.since+n*c.step, c.step))
	}
	chart.Curves = []Curve{curve}
	chart.Alt = dataset.Msg("card.alt.purchases", count(int(h.Orders[i])), money(h.Net[i]), day(last))
	return chart
}

// stepName is the fixed identifier of a length of time in months.
func stepName(step int) string {
	return map[int]string{1: "month", 3: "quarter", 12: "year"}[step]
}

// periodName names a month by its short name, a quarter as 2026 Q1, a year as
// 2026.
func periodName(month, step int) dataset.Quantity {
	year := strconv.Itoa(month / 12)
	switch step {
	case 3:
		return text(year + " Q" + strconv.Itoa(month%12/3+1))
	case 12:
		return text(year)
	}
	return dataset.Quantity{Text: year + "-" + strconv.Itoa(100 + month%12 + 1)[1:], Unit: dataset.ShortMonth}
}
