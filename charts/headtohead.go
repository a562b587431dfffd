package charts

import (
	"math"
	"sort"

	"valuebook/report"
	"valuebook/report/dataset"
)

// A headPlan is a head-to-head area chart with every place decided: the width
// of a bar is the importance of its attribute, the height our lead, so that
// the area is what the attribute contributes.
type headPlan struct {
	*sheet
	bars        []report.Bar
	frame       Rect
	at          space
	y           axis
	captions    []caption
	crowded     bool // more bars than can be named: the foremost are
	small, bold font
}

// A caption is the name of a bar in the strip below the chart.
type caption struct {
	lines  []string
	note   string  // the importance, in a crowd the lead
	anchor float64 // middle of the bar
	x      float64 // middle of the text
	width  float64
}

func (s *sheet) headToHead() *headPlan {
	p := &headPlan{sheet: s,
		small: font{size: s.theme.Size, color: s.theme.Text},
		bold:  font{size: s.theme.Size, bold: true, color: s.theme.Text}}
	total, ys := 0.0, nothing().with(0)
	for _, b := range s.chart.Bars {
		if !drawable(b.Value) || !drawable(b.Width) || b.Width <= 0 {
			continue
		}
		p.bars = append(p.bars, b)
		total += b.Width
		ys = ys.with(b.Value, b.Lo, b.Hi)
	}
	unit := s.chart.Y.Unit
	if unit == dataset.Share {
		unit = dataset.SignedShare // as the bars' own numbers
	}
	ys = ys.open().pad(0.14)
	p.y = newAxis(ys, 6, unit, s.words)
	p.layout(span{0, max(total, 1e-9)}, ys)
	return p
}

// layout decides the frame and the captions below it.
func (p *headPlan) layout(xs, ys span) {
	line := p.small.size * 1.3
	widest := 0.0
	for _, text := range p.y.texts {
		widest = max(widest, p.measure(text, p.small))
	}
	p.frame = Rect{widest + 6, 2, max(p.width-2, widest+26), p.height}
	if axisName(p.chart.Y, p.words) != "" {
		p.frame.Y0 += line + 7 // clear of the uppermost tick
	}
	p.at = newSpace(p.frame, xs, ys)
	p.caption()
	lines := 1
	for _, c := range p.captions {
		lines = max(lines, len(c.lines)+1)
	}
	p.frame.Y1 -= captionsTop + float64(lines)*p.small.size*1.2 + 3
	if axisName(p.chart.X, p.words) != "" {
		p.frame.Y1 -= line
	}
	p.frame.Y1 = max(p.frame.Y1, p.frame.Y0+20)
	p.at = newSpace(p.frame, xs, ys)
}

// captionsTop is how far below the frame the captions begin.
const captionsTop = 10.0

// caption wraps the names to the room there is and spreads them so that none
// touches another.
func (p *headPlan) caption() {
	if len(p.bars) == 0 {
		return
	}
	const between = 5
	named := p.foremost(int((p.frame.X1 - p.frame.X0) / roomOfName))
	p.crowded = len(named) < len(p.bars)
	fair := (p.frame.X1-p.frame.X0)/float64(len(named)) - between
	from := 0.0
	names := make([]string, len(p.bars))
	for i, b := range p.bars {
		names[i] = b.Label
	}
	names = distinct(names)
	for i, b := range p.bars {
		x0, x1 := p.at.X(from), p.at.X(from+b.Width)
		from += b.Width
		if !named[i] {
			continue
		}
		room := min(fair, 110)
		c := caption{anchor: (x0 + x1) / 2, lines: p.wrap(names[i], room, 3, p.small), note: p.words.Quantity(dataset.Num(b.Width, dataset.Points))}
		if p.crowded {
			c.note = p.valueText(b)
		}
		c.width = p.measure(c.note, p.small)
		for _, l := range c.lines {
			c.width = max(c.width, p.measure(l, p.small))
		}
		p.captions = append(p.captions, c)
	}
	spread(p.captions, p.frame.X0, p.frame.X1, between)
}

// roomOfName is the least width for the name of a bar.
const roomOfName = 40.0

// foremost returns the bars that are named: all where there is room, else those
// that contribute most for us or against us.
func (p *headPlan) foremost(room int) map[int]bool {
	order := make([]int, len(p.bars))
	for i := range order {
		order[i] = i
	}
	if len(order) > room {
		area := func(i int) float64 { return math.Abs(p.bars[i].Value * p.bars[i].Width) }
		sort.SliceStable(order, func(a, b int) bool { return area(order[a]) > area(order[b]) })
		order = order[:max(2, room*2/3)]
	}
	named := map[int]bool{}
	for _, i := range order {
		named[i] = true
	}
	return named
}

// spread moves the captions as little as it can from their anchors so that
// they keep a distance and stay between the ends.
func spread(captions []caption, lo, hi, between float64) {
	anchors, sizes := make([]float64, len(captions)), make([]float64, len(captions))
	for i, c := range captions {
		anchors[i], sizes[i] = c.anchor, c.width
	}
	for i, x := range spaced(anchors, sizes, lo, hi, between) {
		captions[i].x = x
	}
}

// spaced returns the middles of things of given sizes, moved as little as can
// be from their anchors so that they keep a distance and stay between two ends.
func spaced(anchors, sizes []float64, lo, hi, between float64) []float64 {
	order := make([]int, len(anchors))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return anchors[order[a]] < anchors[order[b]] })
	middles := make([]float64, len(anchors))
	edge := lo
	for _, i := range order {
		middles[i] = max(anchors[i], edge+sizes[i]/2)
		edge = middles[i] + sizes[i]/2 + between
	}
	edge = hi
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		middles[i] = min(middles[i], edge-sizes[i]/2)
		edge = middles[i] - sizes[i]/2 - between
	}
	return middles
}

func (p *headPlan) layers() []layer {
	return []layer{{"axis", p.drawAxis}, {"bars", p.drawBars}, {"captions", p.drawCaptions}}
}

func (p *headPlan) drawAxis(pen pen) {
	quiet := font{size: p.small.size, color: p.theme.Secondary}
	pen.stroke(p.theme.Rule, 0.4)
	for i, v := range p.y.values {
		y := p.at.Y(v)
		pen.line(p.frame.X0, y, p.frame.X1, y)
		pen.text(p.y.texts[i], p.frame.X0-4, y+quiet.size*0.35, right, quiet)
	}
	pen.text(p.fit(axisName(p.chart.Y, p.words), p.width, quiet), 0, quiet.size, left, quiet)
	pen.text(p.fit(axisName(p.chart.X, p.words), p.width, quiet), p.frame.X1, p.height-2, right, quiet)
}

func (p *headPlan) drawBars(pen pen) {
	zero, from := p.at.Y(0), 0.0
	for _, b := range p.bars {
		x0, x1 := p.at.X(from), p.at.X(from+b.Width)
		from += b.Width
		y := p.at.Y(b.Value)
		// A bar of nothing is still seen, as a line; neighbours keep a distance.
		p.theme.bar(pen, Rect{x0 + 0.4, min(y, zero-0.9), x1 - 0.4, max(y, zero+0.9)}, b.Style)
		p.drawValue(pen, b, (x0+x1)/2, x1-x0)
	}
	pen.stroke(p.theme.Text, 0.8)
	pen.line(p.frame.X0, zero, p.frame.X1, zero)
}

// drawValue draws a bar's whisker and its value beyond the farther end.
func (p *headPlan) drawValue(pen pen, b report.Bar, x, room float64) {
	end := p.at.Y(b.Value)
	if drawable(b.Lo) && drawable(b.Hi) {
		lo, hi := p.at.Y(b.Lo), p.at.Y(b.Hi)
		in := Rect{x - 1, min(p.at.Y(0), end), x + 1, max(p.at.Y(0), end)}
		whisker(pen, p.theme, x, hi, x, lo, in, p.theme.barColor(b.Style))
		if b.Value >= 0 {
			end = min(end, hi)
		} else {
			end = max(end, lo)
		}
	}
	if p.crowded {
		return // the captions have the foremost
	}
	text := p.valueText(b)
	half := p.measure(text, p.bold)/2 + 1
	if 2*half-2 > room {
		return // the table beside the chart has it
	}
	y := p.offGrid(end, b.Value < 0)
	pen.fill("#FFFFFF", 1) // over a hairline of the grid that could not be avoided
	pen.box(Rect{x - half, y - p.bold.size*0.8, x + half, y + 1})
	pen.r.Fill()
	pen.text(text, x, y, centre, p.bold)
}

// valueText returns what stands beside a bar: its text, or else its value in
// the unit of the axis.
func (p *headPlan) valueText(b report.Bar) string {
	if b.Text.Unit == dataset.Text && b.Text.Text == "" {
		return tickText(b.Value, p.y.unit, p.words)
	}
	return p.words.Quantity(b.Text)
}

// offGrid returns the baseline of a text beyond the end of a bar, moved over a
// hairline of the grid that would run through it.
func (p *headPlan) offGrid(end float64, below bool) float64 {
	size := p.bold.size
	y := end - 3
	if below {
		y = end + size + 1.5
	}
	moved := y
	for _, v := range p.y.values {
		line := p.at.Y(v)
		if line < y-size*0.85 || line > y+1.5 || v == 0 {
			continue
		}
		if below {
			moved = line + size + 1
		} else {
			moved = line - 2.5
		}
	}
	if moved-size < p.frame.Y0-3 || moved > p.frame.Y1+1 || math.Abs(moved-y) > size*1.3 {
		return y
	}
	return moved
}

// whisker draws a thin interval with short ends, upright or lying. The part
// within its bar is drawn in a colour that is seen on the bar's.
func whisker(pen pen, theme Theme, x0, y0, x1, y1 float64, bar Rect, barColor string) {
	const end = 1.8
	draw := func(color string, x0, y0, x1, y1 float64) {
		pen.stroke(color, 0.6)
		pen.line(x0, y0, x1, y1)
	}
	lying := math.Abs(x1-x0) > math.Abs(y1-y0)
	draw(theme.Text, x0, y0, x1, y1)
	inside := onColor(barColor)
	if lying {
		if a, b := max(min(x0, x1), bar.X0), min(max(x0, x1), bar.X1); a < b {
			draw(inside, a, y0, b, y0)
		}
	} else if a, b := max(min(y0, y1), bar.Y0), min(max(y0, y1), bar.Y1); a < b {
		draw(inside, x0, a, x0, b)
	}
	dx, dy := end, 0.0
	if lying {
		dx, dy = 0, end
	}
	for _, at := range [2]vertex{{x0, y0}, {x1, y1}} {
		color := theme.Text
		if at.x >= bar.X0 && at.x <= bar.X1 && at.y >= bar.Y0 && at.y <= bar.Y1 {
			color = inside
		}
		draw(color, at.x-dx, at.y-dy, at.x+dx, at.y+dy)
	}
}

func (p *headPlan) drawCaptions(pen pen) {
	quiet := font{size: p.small.size, color: p.theme.Secondary}
	line := p.small.size * 1.2
	top := p.frame.Y1 + captionsTop
	pen.stroke(p.theme.Secondary, 0.4)
	for _, c := range p.captions {
		pen.line(c.anchor, p.frame.Y1+1, c.anchor, p.frame.Y1+3)
		pen.line(c.anchor, p.frame.Y1+3, c.x, top-2)
	}
	for _, c := range p.captions {
		y := top + p.small.size*0.85
		for _, text := range c.lines {
			pen.text(text, c.x, y, centre, p.small)
			y += line
		}
		pen.text(c.note, c.x, y, centre, quiet)
	}
}
