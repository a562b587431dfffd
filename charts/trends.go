package charts

import (
	"math"

	"valuebook/report"
	"valuebook/report/dataset"
)

// Sizes within small multiples of figures over time, in points.
const (
	trendLeast   = 128.0 // width of a panel
	trendCurve   = 54.0  // height of the drawing
	trendFoot    = 13.0  // first and last period below it
	trendTicks   = 3
	trendRange   = 0.1 // least range of an axis, of the largest value: small changes stay small
	trendGap     = 20.0
	trendBetween = 8.0 // rows of panels
)

// A trendPanel is one figure over time on a scale of its own.
type trendPanel struct {
	report.Panel
	points []report.Vertex
	name   []string // one line or two
	y      axis
	end    string  // value beside the last point
	left   float64 // room for the values of the axis
}

// A trendsPlan is small multiples of figures over time with every place decided:
// all share the horizontal axis, none the vertical one, since their units differ.
type trendsPlan struct {
	*sheet
	columns     int
	width1      float64
	xs          span
	panels      []trendPanel
	head        float64 // above the drawing of each
	small, bold font
}

// trendColumns returns how many panels stand beside each other: rows as even as
// may be.
func trendColumns(n int, width float64) int {
	n = max(1, min(n, panelsMost))
	most := max(1, int((width+trendGap)/(trendLeast+trendGap)))
	rows := (n + most - 1) / most
	return (n + rows - 1) / rows
}

func trendHead(theme Theme) float64 { return 2*theme.Size*1.2 + theme.Size*1.2 + 8 }

func trendsHeight(ch *report.Chart, width float64) float64 {
	n := min(len(ch.Panels), panelsMost)
	columns := trendColumns(n, width)
	rows := (n + columns - 1) / columns
	return float64(rows)*(trendHead(DefaultTheme())+trendCurve+trendFoot+trendBetween) - trendBetween
}

func (s *sheet) trends() *trendsPlan {
	p := &trendsPlan{sheet: s, columns: trendColumns(len(s.chart.Panels), s.width), xs: nothing(),
		small: font{size: s.theme.Size - 0.5, color: s.theme.Secondary},
		bold:  font{size: s.theme.Size, bold: true, color: s.theme.Text}}
	p.width1 = max(8, (p.width-float64(p.columns-1)*trendGap)/float64(p.columns))
	p.head = trendHead(s.theme)
	for _, panel := range s.chart.Panels[:min(len(s.chart.Panels), panelsMost)] {
		p.panels = append(p.panels, p.plan1(panel))
	}
	p.xs = p.xs.open()
	return p
}

// plan1 decides the scale of one panel: round values beyond which nothing lies.
func (p *trendsPlan) plan1(panel report.Panel) trendPanel {
	t := trendPanel{Panel: panel, name: p.wrap(p.words.Text(panel.Name), p.width1, 2, p.bold)}
	ys := nothing()
	for _, c := range panel.Curves {
		for _, v := range placeable(c) {
			t.points = append(t.points, v)
			p.xs, ys = p.xs.with(v.X), ys.with(v.Y)
		}
	}
	t.y = newAxis(roundSpan(ys, panel.Unit), trendTicks+1, panel.Unit, p.words)
	for _, text := range t.y.texts {
		t.left = max(t.left, p.measure(text, p.small)+4)
	}
	t.left = min(t.left, p.width1*0.4)
	t.end = p.fit(p.words.Quantity(panel.End), p.width1*0.35, p.bold)
	return t
}

// roundSpan widens a span to the round values around it.
func roundSpan(s span, unit dataset.Unit) span {
	if s.empty() || s.lo == s.hi && math.Abs(s.lo) < 1e-290 {
		s = s.open()
	}
	least := trendRange * max(math.Abs(s.lo), math.Abs(s.hi))
	if by := least - (s.hi - s.lo); by > 0 {
		s.lo, s.hi = s.lo-by/2, s.hi+by/2
	}
	if s = s.open(); !drawable(s.hi - s.lo) {
		return s
	}
	step := s.step(trendTicks, unit)
	wide := span{math.Floor(s.lo/step+1e-9) * step, math.Ceil(s.hi/step-1e-9) * step}
	if !drawable(wide.lo) || !drawable(wide.hi) || !(wide.hi > wide.lo) {
		return s
	}
	return wide
}

func (p *trendsPlan) layers() []layer {
	return []layer{{"trends", func(pen pen) {
		for i := range p.panels {
			p.draw(pen, i)
		}
	}}}
}

// frame returns the rectangle of a panel's drawing, between the values of its
// axis and that of its last point.
func (p *trendsPlan) frame(i int) Rect {
	t := &p.panels[i]
	high := (p.height+trendBetween)/float64((len(p.panels)+p.columns-1)/p.columns) - trendBetween
	x, y := float64(i%p.columns)*(p.width1+trendGap), float64(i/p.columns)*(high+trendBetween)
	behind := 4.0
	if t.end != "" {
		behind = p.measure(t.end, p.bold) + 6
	}
	return Rect{x + t.left, y + p.head, max(x+p.width1-behind, x+t.left+4), y + max(p.head+4, high-trendFoot)}
}

// draw draws one panel: its name, what is said of it, the line with its last
// value.
func (p *trendsPlan) draw(pen pen, i int) {
	t, f := &p.panels[i], p.frame(i)
	x := f.X0 - t.left
	y := f.Y0 - p.head + p.bold.size
	for _, line := range t.name {
		pen.text(line, x, y, left, p.bold)
		y += p.bold.size * 1.2
	}
	pen.text(p.fit(p.words.Text(t.Note), p.width1, p.small), x, y, left, p.small)
	at := newSpace(f, p.xs, t.y.span)
	pen.stroke(p.theme.Rule, 0.4)
	for k, v := range t.y.values {
		pen.line(f.X0, at.Y(v), f.X1, at.Y(v))
		pen.text(p.fit(t.y.texts[k], t.left-3, p.small), f.X0-4, at.Y(v)+p.small.size*0.35, right, p.small)
	}
	if len(t.points) == 0 {
		return
	}
	p.line(pen, at, t)
	p.periods(pen, i, f)
}

// line draws the line and marks and names its last point.
func (p *trendsPlan) line(pen pen, at space, t *trendPanel) {
	color := p.theme.Color(t.Curves[0].Style)
	pen.stroke(color, 1.3)
	for k, v := range t.points {
		if k == 0 {
			pen.r.MoveTo(units(at.X(v.X)), units(at.Y(v.Y)))
		} else {
			pen.r.LineTo(units(at.X(v.X)), units(at.Y(v.Y)))
		}
	}
	pen.r.Stroke()
	last := t.points[len(t.points)-1]
	pen.fill(color, 1)
	pen.stroke("#FFFFFF", 0.4)
	pen.r.Circle(2.1*perPoint, units(at.X(last.X)), units(at.Y(last.Y)))
	pen.r.FillStroke()
	pen.text(t.end, at.X(last.X)+5, at.Y(last.Y)+p.bold.size*0.35, left, p.bold)
}

// periods writes the first and the last period below a panel.
func (p *trendsPlan) periods(pen pen, i int, f Rect) {
	write := func(v float64) string {
		if k := int(math.Round(v)); k >= 0 && k < len(p.chart.X.Names) {
			return p.words.Quantity(p.chart.X.Names[k])
		}
		return ""
	}
	room := f.X1 - f.X0 + p.panels[i].left
	first, last := p.fit(write(p.xs.lo), room*0.48, p.small), p.fit(write(p.xs.hi), room*0.48, p.small)
	y := f.Y1 + p.small.size*1.35
	if p.measure(first, p.small)+p.measure(last, p.small)+4 < f.X1-f.X0 {
		pen.text(first, f.X0, y, left, p.small)
	}
	pen.text(last, f.X1, y, right, p.small)
}
