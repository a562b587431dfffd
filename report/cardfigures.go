package report

import (
	"math"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// mostFigures is how many large numbers a card has.
const mostFigures = 5

// figures are the large numbers of a card: value, against rivals, the distance
// to the nearest line, what the customer is worth to us.
func (c *Cards) figures(i int) []KeyFigure {
	var figures []KeyFigure
	for _, make := range []func(int) (KeyFigure, bool){c.valueFigure, c.sideFigure, c.standingFigure, c.lineFigure, c.worthFigure, c.lifetimeFigure, c.revenueFigure} {
		if f, ok := make(i); ok && len(figures) < mostFigures {
			figures = append(figures, f)
		}
	}
	return figures
}

func (c *Cards) valueFigure(i int) (KeyFigure, bool) {
	v := c.r.Value
	if v == nil || math.IsNaN(v.Own.Value[i]) {
		return KeyFigure{}, false
	}
	verdict := v.Verdict[i]
	return KeyFigure{
		Label: dataset.Msg("measure." + string(quadrant.PerceivedValue)), Value: c.worth(v.Own.Value[i]),
		Note:  dataset.Msg("card.figure.value", c.unsigned(v.Own.Benefits[i]), c.unsigned(v.Own.Costs[i])),
		Alert: verdict == value.Regret,
	}, true
}

// sideFigure is the one side that a customer without a value rated enough.
func (c *Cards) sideFigure(i int) (KeyFigure, bool) {
	v := c.r.Value
	if v == nil || !math.IsNaN(v.Own.Value[i]) {
		return KeyFigure{}, false
	}
	kind, x := "benefits", v.Own.Benefits[i]
	if math.IsNaN(x) {
		kind, x = "costs", v.Own.Costs[i]
	}
	if math.IsNaN(x) {
		return KeyFigure{}, false
	}
	note := dataset.Msg("card.figure.side.points")
	if c.money() {
		note = dataset.Msg("card.figure.side.money")
	}
	return KeyFigure{Label: dataset.Msg("column." + kind), Value: c.unsigned(x), Note: note}, true
}

// standingFigure is relative performance, or the index where no rival was
// rated.
func (c *Cards) standingFigure(i int) (KeyFigure, bool) {
	v := c.r.Value
	if v == nil {
		return KeyFigure{}, false
	}
	if v.Market == nil {
		if i >= len(v.RelativeIndex) || math.IsNaN(v.RelativeIndex[i]) {
			return KeyFigure{}, false
		}
		return KeyFigure{Label: dataset.Msg("card.figure.index"), Value: index(v.RelativeIndex[i]), Note: dataset.Msg("card.figure.index.note")}, true
	}
	if math.IsNaN(v.Relative[i]) {
		return KeyFigure{}, false
	}
	f := KeyFigure{Label: dataset.Msg("card.figure.relative"), Value: c.worth(v.Relative[i]), Note: dataset.Msg("card.figure.relative.note")}
	switch s, gap := v.Best(i); {
	case s >= 0 && c.level(gap):
		f.Note = dataset.Msg("card.figure.level", text(c.d.Suppliers[s].Name))
	case s >= 0 && gap > 0:
		f.Note = dataset.Msg("card.figure.best", text(c.d.Suppliers[s].Name), c.amount(gap))
		f.Alert = v.Verdict[i] == value.BetterElsewhere
	}
	return f, true
}

// lineFigure is how far the customer stands from the line to the next class.
func (c *Cards) lineFigure(i int) (KeyFigure, bool) {
	q := c.r.Quadrant
	if q == nil || q.Class[i] == quadrant.NotClassified || math.IsNaN(q.FlipDistance(i)) {
		return KeyFigure{}, false
	}
	f := KeyFigure{
		Label: dataset.Msg("card.figure.line", className(c.r.Options, q.ID(q.FlipClass(i)))),
		Value: axisUnit(c.flipAxis(i), q.FlipDistance(i)),
		Note:  dataset.Msg("card.figure.line.note", term("measure."+string(c.flipAxis(i).Measure))),
	}
	if c.onLine(i) {
		f.Value, f.Note.Code = count(0), "card.figure.line.on"
	}
	return f, true
}

// flipAxis is the axis whose line is nearest to a customer.
func (c *Cards) flipAxis(i int) quadrant.Axis {
	if c.r.Quadrant.FlipX(i) {
		return c.r.Quadrant.X
	}
	return c.r.Quadrant.Y
}

// onLine reports whether a customer stands on the line between two classes, as
// far as distances are written.
func (c *Cards) onLine(i int) bool {
	least := 0.05
	if c.flipAxis(i).Money {
		least = 0.005
	}
	return c.r.Quadrant.FlipDistance(i) < least
}

// axisUnit writes a distance on an axis.
func axisUnit(a quadrant.Axis, x float64) dataset.Quantity {
	if a.Money {
		return dataset.Num(x, dataset.Money)
	}
	return dataset.Num(x, dataset.Tenths)
}

// worthFigure is value to the firm where the quadrant shows it and no model
// says it.
func (c *Cards) worthFigure(i int) (KeyFigure, bool) {
	if i >= len(c.r.FirmValue) || math.IsNaN(c.r.FirmValue[i]) {
		return KeyFigure{}, false
	}
	f := KeyFigure{Label: dataset.Msg("measure." + string(quadrant.FirmValue)), Value: money(c.r.FirmValue[i]), Note: dataset.Msg("card.figure.rank", count(rankOf(c.firm, c.r.FirmValue[i])), count(len(c.firm)))}
	if c.r.FirmScore {
		f.Value = points(c.r.FirmValue[i])
	}
	return f, true
}

// lifetimeFigure is what the customer is expected to bring, or brought.
func (c *Cards) lifetimeFigure(i int) (KeyFigure, bool) {
	l := c.r.Lifetime
	if l == nil || l.Model == lifetime.ModelNone || i >= len(l.Value) || math.IsNaN(l.Value[i]) {
		return KeyFigure{}, false
	}
	if i < len(c.r.FirmValue) && c.r.FirmValue[i] == l.Value[i] { // said already
		return KeyFigure{}, false
	}
	code := "column.lifetime_ahead"
	if !forecast(l) {
		code = "column.lifetime_back"
	}
	f := KeyFigure{Label: dataset.Msg(code, count(l.Horizon)), Value: money(l.Value[i])}
	if i < len(l.Alive) && !math.IsNaN(l.Alive[i]) {
		f.Note = dataset.Msg("card.figure.alive", share(l.Alive[i]))
	}
	return f, true
}

// revenueFigure is what the customer paid, as the workbook says.
func (c *Cards) revenueFigure(i int) (KeyFigure, bool) {
	if c.base.code != "revenue" || i >= len(c.base.values) || math.IsNaN(c.base.values[i]) {
		return KeyFigure{}, false
	}
	return KeyFigure{Label: dataset.Msg("column.revenue"), Value: money(c.base.values[i]),
		Note: dataset.Msg("card.figure.share", share(c.base.values[i]/c.base.total))}, true
}
