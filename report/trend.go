package report

import (
	"math"
	"slices"
	"time"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// fewPeriods is how many periods a line of a trend needs; two are a table.
const fewPeriods = 3

// trendBlocks show the key figures over the periods.
func (b *builder) trendBlocks(h *History) []Block {
	t := h.Trend
	if len(t.Series) == 0 {
		return nil
	}
	blocks := []Block{heading(dataset.Msg("heading.trend", count(len(t.Periods))))}
	if len(t.Periods) >= fewPeriods {
		line := newTimeline(t.Periods)
		blocks = append(blocks, Block{Chart: b.trendsChart(h, line)})
		if chart := b.classesChart(h, line); chart != nil {
			blocks = append(blocks, Block{Chart: chart}, note(dataset.Msg("movement.classes.note")))
		}
	}
	blocks = append(blocks, Block{Table: b.trendTable(h)}, note(dataset.Msg("movement.trend.note")))
	if t.Left > 0 {
		blocks = append(blocks, note(dataset.Msg("movement.trend.left", count(t.Left))))
	}
	return blocks
}

func (b *builder) trendTable(h *History) *Table {
	t := &Table{ID: "trend", Columns: []Column{
		{Header: dataset.Msg("column.key_figure"), Text: true, Share: 3},
		{Header: dataset.Msg("text", periodLabel(h.Trend.Periods[len(h.Trend.Periods)-2]))},
		{Header: dataset.Msg("text", periodLabel(b.d.Period))},
		{Header: dataset.Msg("column.changed")},
	}}
	if n := len(h.Trend.Periods); n >= fewPeriods {
		t.Title = dataset.Msg("table.trend", periodLabel(h.Trend.Periods[n-2]), periodLabel(h.Trend.Periods[n-1]))
	}
	year := yearBefore(h.Trend.Periods)
	if year >= 0 {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.year_change")})
	}
	for _, s := range h.Trend.Series {
		n := len(s.Values)
		row := []dataset.Quantity{b.figureName(s.Code), b.figureValue(s, s.Values[n-2]), b.figureValue(s, s.Values[n-1]), b.figureChange(s, s.Last())}
		if year >= 0 {
			row = append(row, b.figureChange(s, s.Values[n-1]-s.Values[year]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// yearBefore returns the index of the period a year before the last one, -1
// where it is not there or is the one before.
func yearBefore(periods []string) int {
	last, err := time.Parse("2006-01", periods[len(periods)-1])
	if err != nil || len(periods) < fewPeriods {
		return -1
	}
	return slices.Index(periods[:len(periods)-2], last.AddDate(-1, 0, 0).Format("2006-01"))
}

// periodLabel writes a period, or that it has no name.
func periodLabel(period string) dataset.Quantity {
	if period == "" {
		return term("movement.earlier")
	}
	return dataset.MonthOf(period)
}

// figureName names a key figure of a trend; that of the best class by its name.
func (b *builder) figureName(code string) dataset.Quantity {
	if code == "best_class" && b.r.Quadrant != nil {
		best := quadrant.HighHigh
		if b.r.Quadrant.Pair.X == quadrant.Benefits && b.r.Quadrant.Pair.Y == quadrant.Costs {
			best = quadrant.HighLow
		}
		return dataset.Sentence(dataset.Msg("trend.best_class", className(b.r.Options, b.r.Quadrant.ID(best))))
	}
	return term("trend." + code)
}

// figureUnits are the units of key figures by their fixed identifiers.
var figureUnits = map[string]dataset.Unit{
	"count": dataset.Count, "points": dataset.SignedTenths, "money": dataset.Money, "ratio": dataset.Ratio, "share": dataset.Share,
}

func (b *builder) figureValue(s movement.Series, x float64) dataset.Quantity {
	return dataset.Num(x, figureUnits[s.Unit])
}

func (b *builder) figureChange(s movement.Series, x float64) dataset.Quantity {
	switch {
	case math.IsNaN(x), s.Unit == "points":
		return dataset.Num(x, dataset.SignedTenths)
	case s.Unit == "share":
		return changed("changed.pp.", 100*x, dataset.Tenths, 0.05)
	case s.Unit == "ratio":
		return changed("changed.", x, dataset.Ratio, 0.005)
	}
	return changed("changed.", x, figureUnits[s.Unit], 0)
}

// changed writes a change in a unit that has no sign of its own; one below what
// is shown is none.
func changed(code string, x float64, unit dataset.Unit, least float64) dataset.Quantity {
	if math.Abs(x) < least || stat.Nearly(x) == 0 {
		return dataset.Sentence(dataset.Msg("changed.none"))
	}
	return dataset.Sentence(dataset.Msg(code+sign(x), dataset.Num(math.Abs(x), unit)))
}

// sign is the fixed identifier of the sign of a change.
func sign(x float64) string {
	if x < 0 {
		return "down"
	}
	return "up"
}

// A timeline gives periods their places on the axis of a trend: months as far
// apart as they are, other periods one after the other.
type timeline struct {
	at    []int              // of each period
	names []dataset.Quantity // of each place
}

func newTimeline(periods []string) timeline {
	var line timeline
	months := make([]time.Time, len(periods))
	for k, period := range periods {
		month, err := time.Parse("2006-01", period)
		if err != nil {
			return inTurn(periods)
		}
		months[k] = month
		first := months[0]
		line.at = append(line.at, (month.Year()-first.Year())*12+int(month.Month())-int(first.Month()))
	}
	for n := range line.at[len(line.at)-1] + 1 {
		line.names = append(line.names, shortPeriod(months[0].AddDate(0, n, 0).Format("2006-01")))
	}
	return line
}

// inTurn places periods that are no months.
func inTurn(periods []string) timeline {
	var line timeline
	for k, period := range periods {
		line.at, line.names = append(line.at, k), append(line.names, shortPeriod(period))
	}
	return line
}

func shortPeriod(period string) dataset.Quantity {
	name := periodLabel(period)
	if name.Unit == dataset.Month {
		name.Unit = dataset.ShortMonth
	}
	return name
}

// axis is the horizontal axis of the periods.
func (line timeline) axis() Axis {
	return Axis{Unit: dataset.Count, Lo: 0, Hi: float64(len(line.names) - 1), Names: line.names}
}

// trendsChart shows the key figures over the periods, small and each on a scale
// of its own.
func (b *builder) trendsChart(h *History, line timeline) *Chart {
	t := h.Trend
	c := &Chart{ID: "trends", Kind: TrendsChart, X: line.axis()}
	c.X.Label = dataset.Msg("axis.period")
	for _, s := range t.Series {
		curve, first := Curve{Style: StyleOwn}, -1
		for k, x := range s.Values {
			if math.IsNaN(x) {
				continue
			}
			if first < 0 {
				first = k
			}
			curve.Points = append(curve.Points, Vertex{float64(line.at[k]), x})
		}
		n := len(s.Values)
		c.Panels = append(c.Panels, Panel{Name: dataset.Msg("text", b.figureName(s.Code)), Curves: []Curve{curve}, Unit: figureUnits[s.Unit], End: b.figureValue(s, s.Values[n-1]),
			Note: dataset.Msg("chart.trends.note", b.figureChange(s, s.Values[n-1]-s.Values[first]), shortPeriod(t.Periods[first]))})
	}
	first := t.Series[0]
	c.Alt = dataset.Msg("alt.trend", b.figureName(first.Code), b.figureValue(first, first.Values[0]), b.figureValue(first, first.Values[len(first.Values)-1]), count(len(t.Periods)))
	return c
}

// classesChart shows how many customers were in each class; nil where that is
// not known of three periods.
func (b *builder) classesChart(h *History, line timeline) *Chart {
	t, q := h.Trend, b.r.Quadrant
	if q == nil {
		return nil
	}
	c := &Chart{ID: "trend_classes", Kind: CurveChart, X: line.axis(), Y: Axis{Unit: dataset.Count, Label: dataset.Msg("axis.customers")}}
	first := -1
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		curve := Curve{Style: Style(class - 1)}
		for k, counts := range t.Classes {
			if counts == nil {
				continue
			}
			if first < 0 {
				first = k
			}
			curve.Points = append(curve.Points, Vertex{float64(line.at[k]), float64(counts[q.ID(class)])})
		}
		if len(curve.Points) < fewPeriods {
			return nil
		}
		curve.Label = dataset.Msg("chart.classes.end", className(b.r.Options, q.ID(class)), count(int(curve.Points[len(curve.Points)-1].Y)))
		c.Curves = append(c.Curves, curve)
	}
	best := q.ID(quadrant.Class(b.bestClass()))
	was, is := t.Classes[first][best], t.Classes[len(t.Classes)-1][best]
	c.Title = dataset.Msg("chart.classes.title", className(b.r.Options, best), count(was), periodLabel(t.Periods[first]), count(is), periodLabel(t.Periods[len(t.Periods)-1]))
	c.Alt = dataset.Msg("alt.classes", className(b.r.Options, best), count(was), count(is), count(len(t.Periods)))
	return c
}
