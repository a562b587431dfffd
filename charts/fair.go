package charts

import "valuebook/report"

// A corner is a remark in a corner of the value map.
type corner struct {
	text string
	box  Rect
	font font
}

// corners says on the value map where an offer is better or worse value:
// below the line is more quality for the price.
func (p *scatterPlan) corners() []corner {
	if p.chart.Kind != report.ValueMapChart || p.chart.Line == nil {
		return nil
	}
	f := font{size: p.small.size, bold: true, color: p.theme.Secondary}
	better, worse := p.words.Term("position.better"), p.words.Term("position.worse")
	height := p.strong.size * 1.1
	width := p.measure(better, f)
	in := p.frame.grow(-4)
	return []corner{
		{better, Rect{in.X1 - width, in.Y1 - height, in.X1, in.Y1}, f},
		{worse, Rect{in.X0, in.Y0, in.X0 + p.measure(worse, f), in.Y0 + height}, f},
	}
}

// fair returns the y of the fair-value line, offset by a part of its zone.
func (p *scatterPlan) fair(x, offset float64) float64 {
	l := p.chart.Line
	return 100 + l.Slope*(x-100) + l.Offset + offset*l.Zone
}

// fairPoints samples the fair-value line across the frame, in points.
func (p *scatterPlan) fairPoints(offset float64) (xy []float64) {
	const steps = 48
	lo, hi := p.at.x.Min, p.at.x.Max
	for i := 0; i <= steps; i++ {
		x := lo + (hi-lo)*float64(i)/steps
		xy = append(xy, p.at.X(x), p.at.Y(p.fair(x, offset)))
	}
	return xy
}

// fairLine returns the fair-value line as small rectangles, for labels to
// keep off.
func (p *scatterPlan) fairLine() []Rect {
	if p.chart.Line == nil {
		return nil
	}
	var out []Rect
	xy := p.fairPoints(0)
	for i := 0; i+3 < len(xy); i += 2 {
		out = append(out, Rect{xy[i], min(xy[i+1], xy[i+3]), xy[i+2], max(xy[i+1], xy[i+3])}.grow(0.4))
	}
	return out
}

// drawFair shades the fair-value zone and draws the line with its name.
func (p *scatterPlan) drawFair(pen pen) {
	if p.chart.Line == nil {
		return
	}
	upper, lower := p.fairPoints(1), p.fairPoints(-1)
	for i := len(lower) - 2; i >= 0; i -= 2 {
		upper = append(upper, lower[i], lower[i+1])
	}
	pen.fill(tint(p.theme.Accent, 0.07), 1)
	pen.polygon(upper...)
	pen.r.Fill()
	pen.stroke(p.theme.Secondary, 0.8)
	xy := p.fairPoints(0)
	for i := 0; i+1 < len(xy); i += 2 {
		if i == 0 {
			pen.r.MoveTo(units(xy[i]), units(xy[i+1]))
		} else {
			pen.r.LineTo(units(xy[i]), units(xy[i+1]))
		}
	}
	pen.r.Stroke()
}
