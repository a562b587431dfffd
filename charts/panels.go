package charts

import (
	"math"

	"valuebook/report"
)

// Sizes within small multiples, in points.
const (
	panelGap    = 14.0 // between panels
	panelHead   = 21.0 // name and note
	panelRow    = 12.5 // of bars
	panelCurves = 62.0 // height of the drawing of curves
	panelFoot   = 16.0 // the name of the axis below all
	panelLeast  = 92.0 // width of a panel
	panelsMost  = 12   // more would be a table
)

// panelColumns returns how many panels stand beside each other: all of few, else
// rows that are as even as may be.
func panelColumns(ch *report.Chart, width float64) int {
	n := max(1, min(len(ch.Panels), panelsMost))
	most := max(1, int(width*0.8/panelLeast))
	rows := (n + most - 1) / most
	return (n + rows - 1) / rows
}

// panelRows returns how many rows of bars each panel has, 0 for curves.
func panelRows(ch *report.Chart) int {
	n := 0
	for _, p := range ch.Panels {
		n = max(n, len(p.Bars))
	}
	return n
}

// panelHeight is the height of one panel with its head.
func panelHeight(ch *report.Chart) float64 {
	if n := panelRows(ch); n > 0 {
		return panelHead + float64(n)*panelRow + 4
	}
	return panelHead + panelCurves + 14
}

func panelsHeight(ch *report.Chart, width float64) float64 {
	columns := panelColumns(ch, width)
	rows := (min(len(ch.Panels), panelsMost) + columns - 1) / columns
	return float64(rows)*(panelHeight(ch)+panelGap/2) - panelGap/2 + panelFoot
}

// emptyPanel reports whether a panel has nothing to show.
func emptyPanel(p report.Panel) bool {
	for _, b := range p.Bars {
		if drawable(b.Value) {
			return false
		}
	}
	return noCurve(p.Curves)
}

// A panelsPlan is small multiples with every place decided: panels in rows and
// columns on one scale, the names of bars at the left of each row of panels.
type panelsPlan struct {
	*sheet
	columns            int
	names              []string // of the rows of bars
	left               float64  // where the first panel begins
	width1, height1    float64  // of one panel
	xs, ys             span     // of bars: xs; of curves: both
	y                  axis     // of curves
	before, behind     float64  // room for the values beside bars
	small, bold, quiet font
}

func (s *sheet) panels() *panelsPlan {
	p := &panelsPlan{sheet: s, columns: panelColumns(s.chart, s.width),
		small: font{size: s.theme.Size, color: s.theme.Text}, bold: font{size: s.theme.Size, bold: true, color: s.theme.Text},
		quiet: font{size: s.theme.Size - 0.5, color: s.theme.Secondary}}
	p.height1 = panelHeight(s.chart)
	if panelRows(s.chart) > 0 {
		p.measureBars()
	} else {
		p.measureCurves()
	}
	return p
}

// divide shares out the width that names or axis leave.
func (p *panelsPlan) divide() {
	p.width1 = max(8, (p.width-p.left-float64(p.columns-1)*panelGap)/float64(p.columns))
}

// shown are the panels that are drawn.
func (p *panelsPlan) shown() []report.Panel {
	return p.chart.Panels[:min(len(p.chart.Panels), panelsMost)]
}

// measureBars decides the common scale of bars and the room for their names and
// values.
func (p *panelsPlan) measureBars() {
	p.names = p.fitAll(p.labels(), p.width*0.2, p.small)
	for _, name := range p.names {
		p.left = max(p.left, p.measure(name, p.small)+8)
	}
	p.divide()
	p.xs = nothing().with(0)
	for _, panel := range p.shown() {
		for _, b := range panel.Bars {
			if !drawable(b.Value) {
				continue
			}
			p.xs = p.xs.with(b.Value)
			if wide := p.measure(p.value(b), p.quiet) + 3; b.Value < 0 {
				p.before = max(p.before, wide)
			} else {
				p.behind = max(p.behind, wide)
			}
		}
	}
	p.xs = p.xs.open()
}

// labels are the names of the rows of bars.
func (p *panelsPlan) labels() []string {
	labels := make([]string, panelRows(p.chart))
	for _, panel := range p.shown() {
		for i, b := range panel.Bars {
			if labels[i] == "" {
				labels[i] = b.Label
				if !b.Name.IsZero() {
					labels[i] = p.words.Text(b.Name)
				}
			}
		}
	}
	return labels
}

// value is what stands beside a bar.
func (p *panelsPlan) value(b report.Bar) string {
	return p.fit(p.words.Quantity(b.Text), p.width1*0.3, p.quiet)
}

// measureCurves decides the common scales of curves and the room for the
// values of the axis.
func (p *panelsPlan) measureCurves() {
	p.xs, p.ys = nothing(), nothing()
	for _, panel := range p.shown() {
		for _, c := range panel.Curves {
			for _, v := range placeable(c) {
				p.xs, p.ys = p.xs.with(v.X), p.ys.with(v.Y)
			}
		}
	}
	p.xs = p.xs.open()
	p.ys = p.ys.with(0).open()
	p.y = newAxis(p.ys, 3, p.chart.Y.Unit, p.words)
	for _, text := range p.y.texts {
		p.left = max(p.left, p.measure(text, p.quiet)+5)
	}
	p.divide()
}

func (p *panelsPlan) layers() []layer {
	return []layer{{"panels", func(pen pen) {
		for i, panel := range p.shown() {
			p.draw(pen, i, panel)
		}
	}}, {"axis", p.drawAxisName}}
}

// frame returns the rectangle of a panel's drawing, below its head.
func (p *panelsPlan) frame(i int) Rect {
	x := p.left + float64(i%p.columns)*(p.width1+panelGap)
	y := float64(i/p.columns) * (p.height1 + panelGap/2)
	bottom := y + p.height1 - 4
	if panelRows(p.chart) == 0 {
		bottom = y + panelHead + panelCurves
	}
	return Rect{x, y + panelHead, x + p.width1, bottom}
}

// draw draws one panel: its name, how many it rests on, its content.
func (p *panelsPlan) draw(pen pen, i int, panel report.Panel) {
	f := p.frame(i)
	name := panel.Label
	if !panel.Name.IsZero() {
		name = p.words.Text(panel.Name)
	}
	pen.text(p.fit(Shorten(name), p.width1, p.bold), f.X0, f.Y0-panelHead+p.bold.size, left, p.bold)
	pen.text(p.fit(p.words.Text(panel.Note), p.width1, p.quiet), f.X0, f.Y0-panelHead+p.bold.size+p.quiet.size*1.2, left, p.quiet)
	if panelRows(p.chart) > 0 {
		p.drawBars(pen, i, f, panel.Bars)
		return
	}
	p.drawCurves(pen, i, f, panel.Curves)
}

// drawBars draws the bars of a panel with their values, and their names at the
// left of a row of panels.
func (p *panelsPlan) drawBars(pen pen, i int, f Rect, bars []report.Bar) {
	at := newSpace(Rect{f.X0 + p.before, f.Y0, max(f.X1-p.behind, f.X0+p.before+4), f.Y1}, p.xs, span{0, 1})
	for k, b := range bars {
		r := row{Bar: b, top: f.Y0 + float64(k)*panelRow, bottom: f.Y0 + float64(k+1)*panelRow}
		y := (r.top+r.bottom)/2 + p.quiet.size*0.35
		if i%p.columns == 0 {
			pen.text(p.names[k], 0, y, left, p.small)
		}
		if !drawable(b.Value) {
			pen.text("–", at.X(0)+3, y, left, p.quiet)
			continue
		}
		p.theme.bar(pen, thick(r, at.X(0), at.X(b.Value), 0.62), b.Style)
		if text := p.value(b); b.Value < 0 {
			pen.text(text, at.X(b.Value)-2, y, right, p.quiet)
		} else {
			pen.text(text, at.X(b.Value)+2, y, left, p.quiet)
		}
	}
	pen.stroke(p.theme.Text, 0.6)
	pen.line(at.X(0), f.Y0, at.X(0), f.Y1)
}

// drawCurves draws the curves of a panel over hairlines at the common ticks,
// with the first and the last value of the axis below.
func (p *panelsPlan) drawCurves(pen pen, i int, f Rect, curves []report.Curve) {
	at := newSpace(f.grow(-2), p.xs, p.ys)
	pen.stroke(p.theme.Rule, 0.4)
	for k, v := range p.y.values {
		y := at.Y(v)
		pen.line(f.X0, y, f.X1, y)
		if i%p.columns == 0 {
			pen.text(p.y.texts[k], f.X0-4, y+p.quiet.size*0.35, right, p.quiet)
		}
	}
	for _, c := range curves {
		points := placeable(c)
		if len(points) == 0 {
			continue
		}
		p.drawCurve(pen, at, c, points)
	}
	p.drawEnds(pen, f)
}

func (p *panelsPlan) drawCurve(pen pen, at space, c report.Curve, points []report.Vertex) {
	if c.Dashed {
		pen.stroke(p.theme.Color(c.Style), 1.2, 3, 2)
	} else {
		pen.stroke(p.theme.Color(c.Style), 1.2)
	}
	for k, v := range points {
		if k == 0 {
			pen.r.MoveTo(units(at.X(v.X)), units(at.Y(v.Y)))
		} else {
			pen.r.LineTo(units(at.X(v.X)), units(at.Y(v.Y)))
		}
	}
	pen.r.Stroke()
	last := points[len(points)-1]
	pen.fill(p.theme.Color(c.Style), 1)
	pen.stroke("#FFFFFF", 0.4)
	pen.r.Circle(1.8*perPoint, units(at.X(last.X)), units(at.Y(last.Y)))
	pen.r.FillStroke()
}

// drawEnds writes the ends of the horizontal axis below a panel.
func (p *panelsPlan) drawEnds(pen pen, f Rect) {
	write := func(v float64) string {
		if k := int(math.Round(v)); len(p.chart.X.Names) > 0 {
			if k >= 0 && k < len(p.chart.X.Names) {
				return p.words.Quantity(p.chart.X.Names[k])
			}
			return ""
		}
		return tickText(v, p.chart.X.Unit, p.words)
	}
	first, last := p.fit(write(p.xs.lo), p.width1*0.48, p.quiet), p.fit(write(p.xs.hi), p.width1*0.48, p.quiet)
	y := f.Y1 + p.quiet.size*1.3
	pen.text(first, f.X0, y, left, p.quiet)
	if last != first {
		pen.text(last, f.X1, y, right, p.quiet)
	}
}

// drawAxisName says below all panels what they show.
func (p *panelsPlan) drawAxisName(pen pen) {
	axis := p.chart.Y
	if panelRows(p.chart) > 0 {
		axis = valueAxis(p.chart)
	}
	pen.text(p.fit(axisName(axis, p.words), p.width, p.quiet), p.width, p.height-4, right, p.quiet)
}
