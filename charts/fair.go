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

// fair returns the price that the fair-value line asks for a quality; zones
// says how many half-widths of the zone above it.
func (p *scatterPlan) fair(quality, zones float64) float64 {
	l := p.chart.Line
	return 100 + l.Slope*(quality-100) + l.Offset + zones*l.Zone
}

// A vertex is a corner of an area, in the chart's values.
type vertex struct{ x, y float64 }

// whole returns the corners of the frame, in values.
func (p *scatterPlan) whole() []vertex {
	x, y := p.at.x, p.at.y
	return []vertex{{x.Min, y.Min}, {x.Max, y.Min}, {x.Max, y.Max}, {x.Min, y.Max}}
}

// clip returns the part of a convex area where side is not negative; side is
// linear.
func clip(area []vertex, side func(vertex) float64) []vertex {
	var out []vertex
	for i, b := range area {
		a := area[(i+len(area)-1)%len(area)]
		from, to := side(a), side(b)
		if (from < 0) != (to < 0) {
			t := from / (from - to)
			out = append(out, vertex{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)})
		}
		if to >= 0 {
			out = append(out, b)
		}
	}
	return out
}

// zone returns the fair-value zone within the frame.
func (p *scatterPlan) zone() []vertex {
	below := clip(p.whole(), func(v vertex) float64 { return p.fair(v.x, 1) - v.y })
	return clip(below, func(v vertex) float64 { return v.y - p.fair(v.x, -1) })
}

// fairEnds returns where the fair-value line enters and leaves the frame, in
// points; ok is false where it passes by.
func (p *scatterPlan) fairEnds() (x0, y0, x1, y1 float64, ok bool) {
	if p.chart.Line == nil {
		return 0, 0, 0, 0, false
	}
	below := clip(p.whole(), func(v vertex) float64 { return p.fair(v.x, 0) - v.y })
	lo, hi := vertex{p.at.x.Max, 0}, vertex{p.at.x.Min, 0}
	for _, v := range below {
		if on := v.y - p.fair(v.x, 0); on < -1e-9*(p.at.y.Max-p.at.y.Min) {
			continue
		}
		if v.x <= lo.x {
			lo = v
		}
		if v.x >= hi.x {
			hi = v
		}
	}
	if lo.x >= hi.x {
		return 0, 0, 0, 0, false
	}
	return p.at.X(lo.x), p.at.Y(lo.y), p.at.X(hi.x), p.at.Y(hi.y), true
}

// fairLine returns the fair-value line as small rectangles, for labels to
// keep off.
func (p *scatterPlan) fairLine() []Rect {
	x0, y0, x1, y1, ok := p.fairEnds()
	if !ok {
		return nil
	}
	const steps = 100
	var out []Rect
	for i := range steps {
		a, b := float64(i)/steps, float64(i+1)/steps
		xa, xb := x0+(x1-x0)*a, x0+(x1-x0)*b
		ya, yb := y0+(y1-y0)*a, y0+(y1-y0)*b
		out = append(out, Rect{xa, min(ya, yb), xb, max(ya, yb)}.grow(0.4))
	}
	return out
}

// fairName is the name of the fair-value line, wanted near its upper end.
func (p *scatterPlan) fairName() (spot, bool) {
	x0, y0, x1, y1, ok := p.fairEnds()
	if !ok || p.chart.Line.Label.IsZero() {
		return spot{}, false
	}
	const along = 0.86
	text := p.fit(p.words.Text(p.chart.Line.Label), p.width*0.3, p.small)
	return spot{x: x0 + (x1-x0)*along, y: y0 + (y1-y0)*along, r: 2, text: text, width: p.measure(text, p.small)}, text != ""
}

// drawFair shades the fair-value zone and draws the line.
func (p *scatterPlan) drawFair(pen pen) {
	x0, y0, x1, y1, ok := p.fairEnds()
	if p.chart.Line == nil {
		return
	}
	if zone := p.zone(); len(zone) > 2 {
		var xy []float64
		for _, v := range zone {
			xy = append(xy, p.at.X(v.x), p.at.Y(v.y))
		}
		pen.fill(tint(p.theme.Accent, 0.07), 1)
		pen.polygon(xy...)
		pen.r.Fill()
	}
	if ok {
		pen.stroke(p.theme.Secondary, 0.8)
		pen.line(x0, y0, x1, y1)
	}
}
