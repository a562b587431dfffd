package charts

import (
	"math"

	"valuebook/report"
	"valuebook/report/dataset"
)

// The height of a row and of what stands above and below all rows, in points.
const (
	rowHeight = 14.0
	rowsHead  = 14.0
	rowsFoot  = 26.0
)

func rowsHeight(ch *report.Chart) float64 {
	height := float64(len(ch.Bars))*rowHeight + 4
	switch ch.Kind {
	case report.StackedChart:
		return height + rowsHead
	case report.PairedChart:
		return height + rowsHead + rowsFoot
	}
	return height + rowsFoot
}

// A rowsPlan is a chart with one row per bar - ranked bars, intervals, steps
// or stacks - with every place decided: names left, values right, between
// them the drawing.
type rowsPlan struct {
	*sheet
	frame Rect
	at    space
	x     axis
	rows  []row
	small font
	bold  font
	unit  string // header of the values of a stack
	marks bool   // the bars belong to classes: their marks stand before the names
}

// A row is one bar with its texts; from is where a step begins.
type row struct {
	report.Bar
	name, value string
	from        float64
	top, bottom float64
}

func (s *sheet) rows() *rowsPlan {
	p := &rowsPlan{sheet: s,
		small: font{size: s.theme.Size, color: s.theme.Text},
		bold:  font{size: s.theme.Size, bold: true, color: s.theme.Text}}
	p.marks = s.chart.Kind == report.BarsChart && byClass(s.chart.Bars)
	p.unit = p.stackUnit()
	scale := valueAxis(s.chart)
	xs := p.collect()
	if scale.Hi > scale.Lo {
		xs = xs.with(scale.Lo, scale.Hi)
	}
	xs = xs.open()
	if s.chart.Kind != report.StackedChart && scale.Hi <= scale.Lo {
		xs = fromZero(xs)
	}
	p.x = newAxis(xs, 6, scale.Unit, s.words)
	p.layout(xs)
	return p
}

// fromZero leaves some room at the ends of a span but not on the side of zero.
func fromZero(s span) span {
	by := (s.hi - s.lo) * 0.03
	if s.lo < 0 {
		s.lo -= by
	}
	if s.hi > 0 {
		s.hi += by
	}
	return s
}

// valueAxis returns the axis that describes the values of rows: X, or Y where
// only that is given.
func valueAxis(ch *report.Chart) report.Axis {
	if ch.X.Label.IsZero() && ch.X.Unit == dataset.Text {
		return ch.Y
	}
	return ch.X
}

// collect takes over the drawable bars and returns the span of what they
// show, zero always among it.
func (p *rowsPlan) collect() span {
	xs, sum := nothing().with(0), 0.0
	if p.chart.Kind == report.StackedChart {
		xs = span{0, 1}
	}
	for _, b := range p.chart.Bars {
		if b.Label == "" && b.Style == report.StyleTotal {
			b.Label = axisName(valueAxis(p.chart), p.words) // a total is what the axis shows
		}
		if !b.Name.IsZero() {
			b.Label = p.words.Text(b.Name)
		}
		b.Value = settled(b.Value)
		r := row{Bar: b, value: p.words.Quantity(b.Text)}
		switch p.chart.Kind {
		case report.StackedChart:
		case report.PairedChart:
			if !drawable(b.Value) || !drawable(b.Other) {
				continue
			}
			xs = xs.with(b.Value, b.Other)
		case report.WaterfallChart:
			if !drawable(b.Value) {
				continue
			}
			if b.Style != report.StyleTotal {
				r.from, sum = sum, sum+b.Value
				r.Value = sum
			}
			xs = xs.with(r.from, r.Value)
		default:
			if !drawable(b.Value) {
				continue
			}
			xs = xs.with(b.Value, b.Lo, b.Hi)
		}
		p.rows = append(p.rows, r)
	}
	p.withoutCents()
	return xs
}

// withoutCents writes small amounts beside large ones as whole numbers.
func (p *rowsPlan) withoutCents() {
	most := 0.0
	for _, r := range p.rows {
		if inMoney(r.Text.Unit) && drawable(r.Text.Value) {
			most = max(most, math.Abs(r.Text.Value))
		}
	}
	for i, r := range p.rows {
		if most >= 100 && inMoney(r.Text.Unit) && math.Abs(r.Text.Value) < 100 {
			p.rows[i].value = p.words.Quantity(dataset.Num(math.Round(r.Text.Value), r.Text.Unit))
		}
	}
}

// layout decides the columns and the rows.
func (p *rowsPlan) layout(xs span) {
	names, values := 0.0, p.measure(p.unit, p.small)
	labels := make([]string, len(p.rows))
	for i, r := range p.rows {
		labels[i] = r.Label
	}
	labels = p.fitAll(labels, p.width*0.36, p.bold)
	for i := range p.rows {
		r := &p.rows[i]
		r.name = p.fit(labels[i], p.width*0.36, p.nameFont(*r))
		names = max(names, p.measure(r.name, p.nameFont(*r))+p.indent())
		r.value = p.fit(r.value, p.width*0.3, p.bold)
		values = max(values, p.measure(r.value, p.bold))
	}
	top, bottom := 2.0, rowsFoot
	if p.chart.Kind == report.StackedChart {
		top, bottom = rowsHead, 2
	}
	if p.chart.Kind == report.PairedChart {
		top = rowsHead
	}
	p.frame = Rect{names + 8, top, p.width - values - 8, p.height - bottom}
	p.frame.X1, p.frame.Y1 = max(p.frame.X1, p.frame.X0+20), max(p.frame.Y1, p.frame.Y0+4)
	p.at = newSpace(p.frame, xs, span{0, 1})
	height := (p.frame.Y1 - p.frame.Y0) / float64(max(1, len(p.rows)))
	for i := range p.rows {
		p.rows[i].top = p.frame.Y0 + float64(i)*height
		p.rows[i].bottom = p.rows[i].top + height
	}
}

// markRoom is the room for the mark of a class before a name.
const markRoom = 9.0

func (p *rowsPlan) indent() float64 {
	if p.marks {
		return markRoom
	}
	return 0
}

// byClass reports whether all bars are coloured by class, some of them by one.
func byClass(bars []report.Bar) bool {
	found := false
	for _, b := range bars {
		if b.Style > report.StyleLowLow && b.Style != report.StyleNone {
			return false
		}
		found = found || b.Style != report.StyleNone
	}
	return found
}

// nameFont is bold for totals and for our own row among others.
func (p *rowsPlan) nameFont(r row) font {
	if r.Style == report.StyleTotal {
		return p.bold
	}
	return p.small
}

func (p *rowsPlan) layers() []layer {
	draw := map[report.ChartKind]func(pen, row){
		report.IntervalChart: p.drawInterval, report.WaterfallChart: p.drawStep, report.StackedChart: p.drawStack, report.PairedChart: p.drawPair,
	}[p.chart.Kind]
	if draw == nil {
		draw = p.drawBar
	}
	if p.chart.Kind == report.PairedChart {
		return append([]layer{{"key", p.drawPairKey}}, p.drawn(draw)...)
	}
	return p.drawn(draw)
}

// drawn returns the steps of drawing rows.
func (p *rowsPlan) drawn(draw func(pen, row)) []layer {
	return []layer{{"axis", p.drawAxis}, {"rows", func(pen pen) {
		for _, r := range p.rows {
			draw(pen, r)
		}
		p.drawZero(pen)
	}}, {"texts", p.drawTexts}}
}

// drawAxis draws the grid hairlines with their values, or the key of a stack.
func (p *rowsPlan) drawAxis(pen pen) {
	if p.chart.Kind == report.StackedChart {
		p.drawKey(pen)
		return
	}
	quiet := font{size: p.small.size, color: p.theme.Secondary}
	line := quiet.size * 1.3
	pen.stroke(p.theme.Rule, 0.4)
	p.ticksBelow(pen, p.x, p.at, func(x float64) { pen.line(x, p.frame.Y0, x, p.frame.Y1+1) }, quiet)
	pen.text(p.fit(axisName(valueAxis(p.chart), p.words), p.frame.X1, quiet), p.frame.X1, p.frame.Y1+2*line, right, quiet)
}

// drawZero draws the line of zero, stronger than the grid.
func (p *rowsPlan) drawZero(pen pen) {
	if p.chart.Kind == report.StackedChart || p.chart.Kind == report.PairedChart {
		return
	}
	x := p.at.X(0)
	pen.stroke(p.theme.Text, 0.8)
	pen.line(x, p.frame.Y0, x, p.frame.Y1)
}

// thick returns the bar of a row: a part of its height in the middle.
func thick(r row, x0, x1, share float64) Rect {
	middle, half := (r.top+r.bottom)/2, min((r.bottom-r.top)*share, 12)/2
	return Rect{min(x0, x1), middle - half, max(x0, x1), middle + half}
}

func (p *rowsPlan) drawBar(pen pen, r row) {
	p.theme.bar(pen, thick(r, p.at.X(0), p.at.X(r.Value), 0.62), r.Style)
	if drawable(r.Lo) && drawable(r.Hi) {
		y := (r.top + r.bottom) / 2
		whisker(pen, p.theme, p.at.X(r.Lo), y, p.at.X(r.Hi), y, thick(r, p.at.X(0), p.at.X(r.Value), 0.62), p.theme.barColor(r.Style))
	}
}

func (p *rowsPlan) drawInterval(pen pen, r row) {
	y := (r.top + r.bottom) / 2
	if drawable(r.Lo) && drawable(r.Hi) {
		pen.stroke(p.theme.Color(r.Style), 1.4)
		pen.line(p.at.X(r.Lo), y, p.at.X(r.Hi), y)
	}
	shape := r.Style
	if shape == report.StyleNone { // no clear difference: an open dot
		shape = report.StyleOwn
	}
	pen.setMark(r.Style, r.Style == report.StyleNone, p.theme)
	pen.shape(shape, p.at.X(r.Value), y, 3)
	pen.r.FillStroke()
}

// drawStep draws a step of the waterfall and the line to the next one.
func (p *rowsPlan) drawStep(pen pen, r row) {
	bar := thick(r, p.at.X(r.from), p.at.X(r.Value), 0.62)
	fill := p.theme.barColor(r.Style)
	if r.Style == report.StyleMinus { // a cost is no alarm in itself
		fill = tint(fill, 0.6)
	}
	pen.fill(fill, 1)
	pen.box(bar)
	pen.r.Fill()
	if r.bottom < p.frame.Y1-1 {
		x := p.at.X(r.Value)
		pen.stroke(p.theme.Secondary, 0.4)
		pen.line(x, bar.Y1, x, bar.Y1+(r.bottom-r.top)*0.38)
	}
}

func (p *rowsPlan) drawTexts(pen pen) {
	for _, r := range p.rows {
		y := (r.top+r.bottom)/2 + p.small.size*0.35
		if p.marks {
			pen.setMark(r.Style, false, p.theme)
			pen.shape(r.Style, 3.5, (r.top+r.bottom)/2, 2.3)
			pen.r.FillStroke()
		}
		pen.text(r.name, p.indent(), y, left, p.nameFont(r))
		pen.text(r.value, p.width, y, right, p.bold)
	}
}
