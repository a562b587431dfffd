package report

import (
	"math"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

// movementSentences say who moved and what that is worth.
func (b *builder) movementSentences(add func(float64, dataset.Message)) {
	h := b.rep.History
	if h == nil || h.Movement == nil && h.Refused == nil {
		return
	}
	if h.Refused != nil {
		add(0.42, dataset.Msg("found.movement.refused", h.since()).From(SectionMovement))
		return
	}
	m := h.Movement
	if m.Classed > 0 && m.Stayed == m.Classed {
		add(0.3, dataset.Msg("found.movement.stable", count(m.Classed), h.since()).From(SectionMovement))
	}
	best := b.bestClass()
	out := b.moved(h, func(m movement.Mover) bool { return changedClass(m) && m.From == best })
	into := b.moved(h, func(m movement.Mover) bool { return changedClass(m) && m.To == best })
	b.movedSentence(h, "found.movement.out", 0.62, out, add)
	b.movedSentence(h, "found.movement.into", 0.36, into, add)
	lost := b.moved(h, func(m movement.Mover) bool { return m.Cause == movement.Lost })
	b.movedSentence(h, "found.movement.lost", 0.5, lost, add)
	if len(out)+len(into) == 0 && m.Stayed < m.Classed {
		others := b.moved(h, changedClass)
		b.movedSentence(h, "found.movement.other", 0.4, others, add)
	}
}

// bestClass is the class that customers should be in.
func (b *builder) bestClass() movement.State {
	if p := b.r.Quadrant.Pair; p.X == quadrant.Benefits && p.Y == quadrant.Costs {
		return movement.HighLow
	}
	return movement.HighHigh
}

// movedSentence says how many moved in one way, who the foremost are, and what
// they bring where that is known.
func (b *builder) movedSentence(h *History, code string, worth float64, list []movement.Mover, add func(float64, dataset.Message)) {
	if len(list) == 0 {
		return
	}
	sum := 0.0
	for _, m := range list {
		sum += b.worthOf(h, m)
	}
	part, bring := float64(len(list))/float64(max(1, h.Movement.Total)), dataset.Message{}
	if b.base.code != "customers" && b.base.total > 0 && sum > 0 {
		part = min(1, sum/b.base.total)
		bring = dataset.Msg("found.movement.worth."+b.base.code, share(part), money(sum))
	}
	add(worth+part, dataset.Msg(code, count(len(list)), className(b.r.Options, h.Movement.ID(b.bestClass())), h.since(),
		dataset.List(b.movedNames(h, list, 3)...), dataset.Sentence(bring)).From(SectionMovement+"#movers"))
}

// since writes how a key figure changed since the period before, nothing where
// that is not known or it did not change to what is shown.
func (b *builder) since(code string, change func(float64) dataset.Quantity) dataset.Message {
	x := b.rep.History.change(code)
	if math.IsNaN(x) {
		return dataset.Message{}
	}
	periods := b.rep.History.Trend.Periods
	return dataset.Msg("figure.since", change(x), periodLabel(periods[len(periods)-2]))
}

// signedUnit writes a change in a unit that has no sign of its own.
func (b *builder) signedUnit(unit dataset.Unit) func(float64) dataset.Quantity {
	return func(x float64) dataset.Quantity {
		return changed("changed.", x, unit, map[dataset.Unit]float64{dataset.Ratio: 0.005}[unit])
	}
}

// changes says what changed for a customer since the period before: its class
// and why, then perceived value and what contributed most.
func (c *Cards) changes(i int) []dataset.Message {
	h := c.rep.History
	change, ok := h.Of(i)
	if !ok {
		return nil
	}
	var said []dataset.Message
	switch mover := h.moverOf(i); {
	case mover == nil && change.To.Classed():
		said = append(said, dataset.Msg("card.changed.same", c.stateName(h, change.To, false)))
	case mover != nil && changedClass(*mover):
		said = append(said, dataset.Msg("card.changed.class", c.stateName(h, mover.From, true), c.stateName(h, mover.To, false),
			c.crossing(h, *mover), dataset.Sentence(c.causeOf(h, *mover))))
	case mover != nil:
		said = append(said, dataset.Msg("card.changed."+string(mover.Cause)))
	}
	return append(said, c.changedFigures(h, i)...)
}

// changedFigures says how perceived value and relative performance changed.
func (c *Cards) changedFigures(h *History, i int) []dataset.Message {
	var said []dataset.Message
	explain := h.Movement.Explainer()
	for _, measure := range []quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative} {
		delta, ok := explain.ValueChange(h.at[i], measure)
		if !ok {
			continue
		}
		cause := c.causeText(h, delta, c.money())
		if cause.IsZero() {
			said = append(said, dataset.Msg("card.changed.not", term("measure."+string(measure)), c.part(delta.Now)))
			continue
		}
		said = append(said, dataset.Msg("card.changed.figure", term("measure."+string(measure)), c.part(delta.Before), c.part(delta.Now), dataset.Sentence(cause)))
	}
	return said
}
