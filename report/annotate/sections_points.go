package annotate

import (
	"math"
	"slices"

	"valuebook/report"
	"valuebook/report/sheets"
)

// mostLabels is how many points a chart names all.
const mostLabels = 30

// pointSeries draws points with their names where these fit, the moves that lead
// to them, and the dividing lines.
func (p *planner) pointSeries(s *sectionPage, c *report.Chart, chart *sheets.Chart) {
	lo, hi := extent(c)
	var taken []box
	marks := 0
	for _, g := range c.Group {
		if !g.Quiet {
			marks += g.Len()
		}
	}
	place := func(x, y float64) [2]float64 {
		return [2]float64{plotWidth * (x - lo[0]) / (hi[0] - lo[0]), plotHeight * (hi[1] - y) / (hi[1] - lo[1])}
	}
	shown := make([][]report.Place, len(c.Group)) // of each group
	for k := range c.Group {
		shown[k] = toldApart(&c.Group[k], place)
		for _, v := range shown[k] {
			taken = append(taken, markBox(place(v.X, v.Y)))
		}
	}
	for k, g := range c.Group {
		if g.Quiet {
			p.smallPoints(s, shown[k], backdropColor, chart)
		} else if g.Crowd != nil {
			p.smallPoints(s, shown[k], seriesColor(g.Style), chart)
		}
	}
	p.arrowSeries(s, c, chart)
	for _, g := range c.Group {
		if g.Quiet {
			continue
		}
		var xs, ys []any
		var labels []sheets.PointLabel
		for i, v := range g.Points {
			xs, ys = append(xs, v.X), append(ys, v.Y)
			text := shortened(v.Label, labelLetters)
			if marks > mostLabels && v.Rank == 0 {
				continue // in a crowd, names only for those who matter
			}
			if side, b, ok := placeLabel(text, place(v.X, v.Y), taken); ok && text != "" {
				labels, taken = append(labels, sheets.PointLabel{Index: i, Text: text, Place: side}), append(taken, b)
			}
		}
		if len(xs) > 0 {
			chart.Series = append(chart.Series, sheets.Series{Name: chart.YTitle, Categories: p.data(s, "x", xs), Values: p.data(s, "y", ys), Color: seriesColor(g.Style), Marker: "circle", PointLabels: labels})
		}
	}
	if len(chart.Series) == 0 {
		return
	}
	chart.XMin, chart.XMax, chart.YMin, chart.YMax = &lo[0], &hi[0], &lo[1], &hi[1]
	if c.X.HasThreshold {
		p.ruleSeries(s, chart, []any{c.X.Threshold, c.X.Threshold}, []any{lo[1], hi[1]})
	}
	if c.Y.HasThreshold {
		p.ruleSeries(s, chart, []any{lo[0], hi[0]}, []any{c.Y.Threshold, c.Y.Threshold})
	}
}

// backdropColor is paler than everything that stands before it.
const backdropColor = "CFD4D9"

// toldApart returns the places of a group's points, of a crowd only one of those
// that marks would hide.
func toldApart(g *report.Group, place func(x, y float64) [2]float64) []report.Place {
	if g.Crowd == nil {
		return slices.Collect(g.All())
	}
	var out []report.Place
	const side = markSize / 2
	seen := map[[2]int]bool{}
	for v := range g.All() {
		at := place(v.X, v.Y)
		if cell := [2]int{int(at[0] / side), int(at[1] / side)}; !seen[cell] {
			seen[cell] = true
			out = append(out, v)
		}
	}
	return out
}

// smallPoints draws points that names and everything else stand before.
func (p *planner) smallPoints(s *sectionPage, places []report.Place, color string, chart *sheets.Chart) {
	var xs, ys []any
	for _, v := range places {
		xs, ys = append(xs, v.X), append(ys, v.Y)
	}
	if len(xs) > 0 {
		chart.Series = append(chart.Series, sheets.Series{Name: chart.YTitle, Categories: p.data(s, "x", xs), Values: p.data(s, "y", ys), Color: color, Marker: "circle", Small: true})
	}
}

// ringColor is that of the rings where moves begin.
const ringColor = "5B6670"

// arrowSeries draws each move as a line of two points, in the colour of the point
// that it leads to, with a ring where it begins. The points of all moves stand in
// two columns.
func (p *planner) arrowSeries(s *sectionPage, c *report.Chart, chart *sheets.Chart) {
	if len(c.Arrows) == 0 {
		return
	}
	var xs, ys []any
	for _, move := range c.Arrows {
		xs, ys = append(xs, move.FromX, move.ToX), append(ys, move.FromY, move.ToY)
	}
	col := s.col
	p.data(s, "x", xs)
	p.data(s, "y", ys)
	for k, move := range c.Arrows {
		at := sheets.Area{Row: dataTop + 1 + 2*k, Col: col, LastRow: dataTop + 2 + 2*k, LastCol: col}
		categories := at.On(p.names[s.id])
		at.Col, at.LastCol = col+1, col+1
		chart.Series = append(chart.Series, sheets.Series{Name: chart.YTitle, Categories: categories, Values: at.On(p.names[s.id]),
			Color: seriesColor(move.Style), Marker: "none", Line: true, Arrow: true})
	}
	xs, ys = nil, nil
	for _, move := range c.Arrows {
		xs, ys = append(xs, move.FromX), append(ys, move.FromY)
	}
	chart.Series = append(chart.Series, sheets.Series{Name: chart.YTitle, Categories: p.data(s, "x", xs), Values: p.data(s, "y", ys), Color: ringColor, Marker: "circle", Small: true, Hollow: true})
}

// extent returns the whole tens, or hundreds and so on, that hold all points, moves and dividing lines,
// x and y.
func extent(c *report.Chart) (lo, hi [2]float64) {
	lo, hi = [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	widen := func(k int, v float64) { lo[k], hi[k] = min(lo[k], v), max(hi[k], v) }
	for _, g := range c.Group {
		if g.Crowd != nil && g.Crowd.N > 0 {
			widen(0, g.Crowd.Lo[0])
			widen(1, g.Crowd.Lo[1])
			widen(0, g.Crowd.Hi[0])
			widen(1, g.Crowd.Hi[1])
			continue
		}
		for _, v := range g.Points {
			widen(0, v.X)
			widen(1, v.Y)
		}
	}
	for k, a := range []report.Axis{c.X, c.Y} {
		if a.HasThreshold {
			widen(k, a.Threshold)
		}
		for _, move := range c.Arrows {
			widen(k, [2]float64{move.FromX, move.FromY}[k])
		}
		step := 10.0
		for hi[k]-lo[k] > 20*step {
			step *= 10
		}
		lo[k], hi[k] = step*math.Floor(lo[k]/step-0.4), step*math.Ceil(hi[k]/step+0.4)
		if hi[k] <= lo[k] {
			hi[k] = lo[k] + step
		}
	}
	return lo, hi
}

func (p *planner) ruleSeries(s *sectionPage, chart *sheets.Chart, xs, ys []any) {
	chart.Series = append(chart.Series, sheets.Series{Name: "-", Categories: p.data(s, "x", xs), Values: p.data(s, "y", ys), Color: "1B1F24", Marker: "none", Line: true, Dash: true})
}
