package report

import (
	"math"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// explainFirm carries one customer's purchases to the scores and to the value
// to the firm, step by step.
func (r *Report) explainFirm(i int) []dataset.Message {
	h := r.Results.Purchases
	if h == nil || h.Refused != "" {
		return nil
	}
	days, sales := h.Days(i)
	if len(days) == 0 {
		return []dataset.Message{dataset.Msg("example.no_purchase")}
	}
	steps := []dataset.Message{dataset.Msg("example.purchases", count(int(h.Orders[i])), count(len(days)), day(purchase.Date(days[0])), day(purchase.Date(days[len(days)-1])), money(h.Net[i]), day(h.AsOf))}
	steps = append(steps, r.explainScores(i, days)...)
	if l := r.Results.Lifetime; l != nil {
		steps = append(steps, explainLifetime(l, h, i, days, sales)...)
	}
	return steps
}

func (r *Report) explainScores(i int, days []int32) []dataset.Message {
	s := r.Results.RFM
	if s == nil || s.Why != rfm.Scored || s.Segment[i] < 0 {
		return nil
	}
	h := r.Results.Purchases
	recency := int(purchase.DayOf(h.AsOf) - days[len(days)-1])
	return []dataset.Message{dataset.Msg("example.rfm", count(recency), count(int(s.RScore[i])), count(int(h.Orders[i])), count(int(s.FScore[i])), money(h.Net[i]), count(int(s.MScore[i])),
		ScoreSegment(s.Segments[s.Segment[i]].Segment))}
}

// explainLifetime says how the value came about, by the model in use.
func explainLifetime(l *lifetime.Result, h *purchase.History, i int, days []int32, sales []float64) []dataset.Message {
	if math.IsNaN(l.Value[i]) {
		return nil
	}
	switch {
	case l.Model == lifetime.ModelBGNBD && l.Buying != nil:
		return explainBuying(l, h, i, days, sales)
	case l.Model == lifetime.ModelHistorical:
		return []dataset.Message{dataset.Msg("example.lifetime.historical", count(l.Horizon), money(l.Value[i]))}
	}
	return []dataset.Message{dataset.Msg("example.lifetime.other", term("lifetime.model."+string(l.Model)), money(l.Value[i]), count(l.Horizon), share(l.Discount))}
}

// parameter returns a parameter of the model by its name, NaN without it.
func parameter(l *lifetime.Result, name string) float64 {
	for _, p := range l.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return math.NaN()
}

// explainBuying puts the customer's own figures into the formulas of METHOD
// 5.4 and 5.5.
func explainBuying(l *lifetime.Result, h *purchase.History, i int, days []int32, sales []float64) []dataset.Message {
	x := float64(len(days) - 1)
	recent := float64(days[len(days)-1]-days[0]) / l.Unit
	age := float64(purchase.DayOf(h.AsOf)-days[0]) / l.Unit
	three := func(v float64) dataset.Quantity { return exact(math.Round(v*1000) / 1000) }
	alpha, a, b, r := parameter(l, "bgnbd.alpha"), parameter(l, "bgnbd.a"), parameter(l, "bgnbd.b"), parameter(l, "bgnbd.r")
	steps := []dataset.Message{dataset.Msg("example.lifetime.history", three(x), three(recent), three(age), three(l.Unit))}
	if x > 0 {
		steps = append(steps, dataset.Msg("example.lifetime.alive", three(a), three(b), three(x), three(alpha), three(age), three(recent), three(r), three(l.Alive[i])))
	} else {
		steps = append(steps, dataset.Msg("example.lifetime.once"))
	}
	steps = append(steps, dataset.Msg("example.lifetime.purchases", count(l.Horizon), three(l.Purchases[i])))
	p, q, g := parameter(l, "gammagamma.p"), parameter(l, "gammagamma.q"), parameter(l, "gammagamma.gamma")
	if mean := meanAfterFirst(sales); x > 0 && mean > 0 {
		steps = append(steps, dataset.Msg("example.lifetime.spend", three(p), three(g), three(x), three(mean), three(q), three(l.Spend[i])))
	} else {
		steps = append(steps, dataset.Msg("example.lifetime.spend_mean", three(p), three(g), three(q), three(l.Spend[i])))
	}
	discounted := l.Value[i] / (l.Spend[i] * l.Margin)
	return append(steps, dataset.Msg("example.lifetime.value", three(l.Margin), three(l.Spend[i]), three(discounted), money(l.Value[i]), count(l.Horizon), share(l.Discount)))
}

// meanAfterFirst is the mean of what the purchase days after the first came to.
func meanAfterFirst(sales []float64) float64 {
	sum := 0.0
	for _, s := range sales[1:] {
		sum += s
	}
	return sum / float64(len(sales)-1)
}
