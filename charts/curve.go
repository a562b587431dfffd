package charts

import (
	"math"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// A curvePlan is a chart of curves over one horizontal axis with every place
// decided: ticks left and below, names of the curves at their ends, marks
// pointed out.
type curvePlan struct {
	*sheet
	curves []plotted
	frame  Rect
	at     space
	x, y   axis
	spots  []spot // the marks, then the ends of curves that end early
	marked int    // how many of them are marks
	labels []label
	ends   []ending
	small  font
	bold   font
}

// A plotted curve has its drawable points only.
type plotted struct {
	report.Curve
	points []report.Vertex
}

// An ending is the name of a curve beside its last point.
type ending struct {
	lines  []string
	anchor float64 // height of the last point
	y      float64 // middle of the text
	style  report.Style
}

// placeable returns the points of a curve that can be given a place.
func placeable(c report.Curve) []report.Vertex {
	var points []report.Vertex
	for _, v := range c.Points {
		if drawable(v.X) && drawable(v.Y) {
			points = append(points, v)
		}
	}
	return points
}

func (s *sheet) curves() *curvePlan {
	p := &curvePlan{sheet: s,
		small: font{size: s.theme.Size, color: s.theme.Text},
		bold:  font{size: s.theme.Size, bold: true, color: s.theme.Text}}
	xs, ys := nothing(), nothing().with(0)
	for _, c := range s.chart.Curves {
		points := placeable(c)
		for _, v := range points {
			xs, ys = xs.with(v.X), ys.with(v.Y)
		}
		if len(points) > 0 {
			p.curves = append(p.curves, plotted{c, points})
		}
	}
	xs, ys = curveSpan(s.chart.X, xs), fromZero(curveSpan(s.chart.Y, ys))
	for _, c := range p.curves {
		if c.Columns { // the first and the last are wholly seen
			xs = xs.with(xs.lo-0.5, xs.hi+0.5)
			break
		}
	}
	ticks := 6
	if s.chart.Compact {
		ticks = 4
	}
	p.x, p.y = newAxis(xs, ticks, s.chart.X.Unit, s.words), newAxis(ys, ticks, s.chart.Y.Unit, s.words)
	if names := s.chart.X.Names; len(names) > 0 {
		p.x = namedAxis(xs, names, s.words)
	}
	p.layout(xs, ys)
	p.nameEnds()
	p.placeMarks()
	return p
}

// curveSpan is the span of an axis: its scale where it has one, widened to
// what is drawn.
func curveSpan(a report.Axis, data span) span {
	if a.Hi > a.Lo {
		data = data.with(a.Lo, a.Hi)
	}
	return data.open()
}

// namedAxis is an axis whose whole values have names.
func namedAxis(s span, names []dataset.Quantity, words *wording.Writer) axis {
	a := axis{span: s}
	for i, name := range names {
		if v := float64(i); v >= s.lo && v <= s.hi {
			a.values, a.texts = append(a.values, v), append(a.texts, words.Quantity(name))
		}
	}
	return a
}

// endLines is in how many lines the name of a curve may stand.
const endLines = 3

// layout decides the frame: the names of the curves stand right of it.
func (p *curvePlan) layout(xs, ys span) {
	line := p.small.size * 1.3
	widest := 0.0
	for _, text := range p.y.texts {
		widest = max(widest, p.measure(text, p.small))
	}
	side := 0.0
	for _, c := range p.curves {
		for _, text := range p.wrap(p.words.Text(c.Label), p.width*0.24, endLines, p.bold) {
			side = max(side, p.measure(text, p.bold))
		}
	}
	if side > 0 {
		side += 6
	}
	p.frame = Rect{widest + 5, 4, p.width - max(side, p.measure(lastText(p.x), p.small)/2), p.height - line - 4}
	if axisName(p.chart.Y, p.words) != "" {
		p.frame.Y0 += line
	}
	if axisName(p.chart.X, p.words) != "" {
		p.frame.Y1 -= line
	}
	p.frame.X1, p.frame.Y1 = max(p.frame.X1, p.frame.X0+20), max(p.frame.Y1, p.frame.Y0+20)
	p.at = newSpace(p.frame, xs, ys)
}

func lastText(a axis) string {
	if len(a.texts) == 0 {
		return ""
	}
	return a.texts[len(a.texts)-1]
}

// nameEnds puts the names of the curves beside their ends, none over another.
func (p *curvePlan) nameEnds() {
	var anchors, sizes []float64
	for _, c := range p.curves {
		lines := p.wrap(p.words.Text(c.Label), p.width*0.24, endLines, p.bold)
		if len(lines) == 0 || p.endsEarly(c) {
			continue
		}
		e := ending{lines: lines, anchor: p.at.Y(c.points[len(c.points)-1].Y), style: c.Style}
		p.ends = append(p.ends, e)
		anchors = append(anchors, e.anchor)
		sizes = append(sizes, float64(len(lines))*p.small.size*1.15)
	}
	for i, y := range spaced(anchors, sizes, p.frame.Y0-4, p.frame.Y1+4, 3) {
		p.ends[i].y = y
	}
}

// endsEarly reports whether a curve ends well before the frame: its name then
// stands at its last point.
func (p *curvePlan) endsEarly(c plotted) bool {
	return p.at.X(c.points[len(c.points)-1].X) < p.frame.X1-(p.frame.X1-p.frame.X0)*0.08
}

// placeMarks names the marks, and the curves that end early, where no curve
// runs.
func (p *curvePlan) placeMarks() {
	place := newPlacer(p.frame.grow(-1), p.small.size*1.1)
	for _, c := range p.curves {
		for _, r := range p.covering(c.points) {
			place.block(r)
		}
	}
	for i, m := range p.chart.Marks {
		if !drawable(m.X) || !drawable(m.Y) {
			continue
		}
		text := p.fit(p.words.Text(m.Label), (p.frame.X1-p.frame.X0)*0.7, p.bold)
		s := spot{x: p.at.X(m.X), y: p.at.Y(m.Y), r: 3, text: text, width: p.measure(text, p.bold), rank: len(p.chart.Marks) - i}
		place.mark(Rect{s.x - 3, s.y - 3, s.x + 3, s.y + 3})
		place.block(Rect{s.x - 0.6, s.y, s.x + 0.6, p.frame.Y1}) // its hairlines
		place.block(Rect{p.frame.X0, s.y - 0.6, s.x, s.y + 0.6})
		p.spots = append(p.spots, s)
	}
	p.marked = len(p.spots)
	for _, c := range p.curves {
		text := p.fit(p.words.Text(c.Label), (p.frame.X1-p.frame.X0)*0.4, p.bold)
		if end := c.points[len(c.points)-1]; p.endsEarly(c) && text != "" {
			p.spots = append(p.spots, spot{x: p.at.X(end.X), y: p.at.Y(end.Y), r: 4, text: text, width: p.measure(text, p.bold), rank: 1, style: c.Style})
		}
	}
	place.place(p.spots)
	p.labels = place.labels
}

// covering returns small rectangles that cover a curve.
func (p *curvePlan) covering(points []report.Vertex) []Rect {
	var out []Rect
	for i := 1; i < len(points); i++ {
		x0, y0, x1, y1 := p.at.X(points[i-1].X), p.at.Y(points[i-1].Y), p.at.X(points[i].X), p.at.Y(points[i].Y)
		steps := min(200, 1+int(math.Hypot(x1-x0, y1-y0)/4))
		for k := range steps {
			a, b := float64(k)/float64(steps), float64(k+1)/float64(steps)
			xa, xb, ya, yb := x0+(x1-x0)*a, x0+(x1-x0)*b, y0+(y1-y0)*a, y0+(y1-y0)*b
			out = append(out, Rect{xa, min(ya, yb), xb, max(ya, yb)}.grow(0.8))
		}
	}
	return out
}

func (p *curvePlan) layers() []layer {
	return []layer{{"axes", p.drawAxes}, {"areas", p.drawAreas}, {"marks", p.drawMarks}, {"curves", p.drawCurves}, {"names", p.drawNames}}
}

// drawAxes draws hairlines at the values of the vertical axis and ticks below.
func (p *curvePlan) drawAxes(pen pen) {
	quiet := font{size: p.small.size, color: p.theme.Secondary}
	line := quiet.size * 1.3
	pen.stroke(p.theme.Rule, 0.4)
	for i, v := range p.y.values {
		y := p.at.Y(v)
		pen.line(p.frame.X0, y, p.frame.X1, y)
		pen.text(p.y.texts[i], p.frame.X0-4, y+quiet.size*0.35, right, quiet)
	}
	pen.stroke(p.theme.Secondary, 0.5)
	p.ticksBelow(pen, p.x, p.at, func(x float64) { pen.line(x, p.frame.Y1, x, p.frame.Y1+2) }, quiet)
	pen.text(p.fit(axisName(p.chart.Y, p.words), p.width, quiet), 0, quiet.size, left, quiet)
	pen.text(p.fit(axisName(p.chart.X, p.words), p.width, quiet), p.frame.X1, p.frame.Y1+2*line, right, quiet)
	pen.stroke(p.theme.Text, 0.8)
	pen.line(p.frame.X0, p.at.Y(0), p.frame.X1, p.at.Y(0))
}

func (p *curvePlan) drawAreas(pen pen) {
	for _, c := range p.curves {
		if c.Columns {
			p.drawColumns(pen, c)
		}
		if !c.Fill || len(c.points) < 2 {
			continue
		}
		xy := []float64{p.at.X(c.points[0].X), p.at.Y(0)}
		for _, v := range p.thinned(c.points) {
			xy = append(xy, v.x, v.y)
		}
		xy = append(xy, p.at.X(c.points[len(c.points)-1].X), p.at.Y(0))
		pen.fill(p.theme.Color(c.Style), 0.12)
		pen.polygon(xy...)
		pen.r.Fill()
	}
}

// thinned returns the places of points without those that could not be told
// from the one before, so that a million points cost no more than a thousand.
func (p *curvePlan) thinned(points []report.Vertex) []vertex {
	var out []vertex
	for i, v := range points {
		at := vertex{p.at.X(v.X), p.at.Y(v.Y)}
		if n := len(out); n > 0 && i < len(points)-1 && math.Hypot(at.x-out[n-1].x, at.y-out[n-1].y) < 0.4 {
			continue
		}
		out = append(out, at)
	}
	return out
}

// dashes tell curves of a model from what was observed.
var dashes = []float64{4, 2.5}

func (p *curvePlan) drawCurves(pen pen) {
	for i := len(p.curves) - 1; i >= 0; i-- { // the first comes last, on top
		c := p.curves[i]
		if c.Columns {
			continue
		}
		var dash []float64
		if c.Dashed {
			dash = dashes
		}
		pen.stroke(p.theme.Color(c.Style), 1.5, dash...)
		places := p.thinned(c.points)
		for k, v := range places {
			if k == 0 {
				pen.r.MoveTo(units(v.x), units(v.y))
			} else {
				pen.r.LineTo(units(v.x), units(v.y))
			}
		}
		pen.r.Stroke()
		if c.Dots || len(places) == 1 {
			for _, v := range places {
				pen.setMark(c.Style, false, p.theme)
				pen.shape(c.Style, v.x, v.y, 2.4)
				pen.r.FillStroke()
			}
		}
	}
}

// drawMarks draws the hairlines from the marks to the axes.
func (p *curvePlan) drawMarks(pen pen) {
	pen.stroke(p.theme.Secondary, 0.5, 1.5, 1.5)
	for _, s := range p.spots[:p.marked] {
		pen.line(s.x, s.y, s.x, p.frame.Y1)
		pen.line(p.frame.X0, s.y, s.x, s.y)
	}
}

// drawNames writes the names of the marks and of the curves.
func (p *curvePlan) drawNames(pen pen) {
	for _, s := range p.spots[:p.marked] {
		pen.setMark(report.StyleOwn, false, p.theme)
		pen.shape(report.StyleOwn, s.x, s.y, 2.6)
		pen.r.FillStroke()
	}
	for _, l := range p.labels {
		if l.leader {
			pen.stroke(p.theme.Secondary, 0.4)
			pen.line(leaderEnds(p.spots[l.spot], l.box))
		}
		f := p.bold
		if l.spot >= p.marked {
			f.color = p.readable(p.spots[l.spot].style)
		}
		pen.text(p.spots[l.spot].text, l.box.X0, l.box.Y0+p.small.size*0.82, left, f)
	}
	for _, e := range p.ends {
		f := p.bold
		f.color = p.readable(e.style)
		pen.stroke(p.theme.Color(e.style), 0.5)
		if math.Abs(e.y-e.anchor) > 3 {
			pen.line(p.frame.X1+1, e.anchor, p.frame.X1+4, e.y)
		}
		y := e.y - float64(len(e.lines)-1)*f.size*1.15/2 + f.size*0.35
		for _, text := range e.lines {
			pen.text(text, p.frame.X1+5, y, left, f)
			y += f.size * 1.15
		}
	}
}

// readable returns the colour of a style, or the text's where it is too light
// to be read on white.
func (p *curvePlan) readable(style report.Style) string {
	c := color(p.theme.Color(style), 1)
	if 0.299*float64(c.R)+0.587*float64(c.G)+0.114*float64(c.B) > 140 {
		return p.theme.Text
	}
	return p.theme.Color(style)
}

// drawColumns draws a column from zero at every point, all of one width.
func (p *curvePlan) drawColumns(pen pen, c plotted) {
	half := p.columnRoom(c) * 0.36
	for _, v := range c.points {
		x, y, zero := p.at.X(v.X), p.at.Y(v.Y), p.at.Y(0)
		if y != zero {
			pen.box(Rect{x - half, min(y, zero), x + half, max(y, zero)})
		}
	}
	pen.fill(p.theme.Color(c.Style), 1)
	pen.r.Fill()
}

// columnRoom is the distance of the columns of a curve.
func (p *curvePlan) columnRoom(c plotted) float64 {
	if len(c.points) < 2 {
		return (p.frame.X1 - p.frame.X0) * 0.5
	}
	return (p.at.X(c.points[len(c.points)-1].X) - p.at.X(c.points[0].X)) / float64(len(c.points)-1)
}
