package charts

import (
	"math"
	"sort"
	"strconv"

	"valuebook/report"
)

// layers returns the drawing steps of a scatter, back to front.
func (p *scatterPlan) layers() []layer {
	steps := []layer{{"fields", p.drawFields}, {"fair value", p.drawFair}, {"axes", p.drawAxes}, {"quiet", p.drawQuiet}, {"thresholds", p.drawThresholds}}
	if len(p.chart.Arrows) > 0 {
		steps = append(steps, layer{"arrows", p.drawArrows})
	}
	if p.chart.Focus != nil {
		return append(steps, layer{"focus", p.drawFocus})
	}
	if p.dense() {
		steps = append(steps, layer{"density", p.drawDensity})
	} else {
		steps = append(steps, layer{"points", p.drawPoints})
	}
	return append(steps, layer{"labels", p.drawLabels})
}

// drawFields tints the four fields and writes their names.
func (p *scatterPlan) drawFields(pen pen) {
	if p.chart.Kind != report.QuadrantChart {
		return
	}
	f, x, y := p.frame, p.frame.X0, p.frame.Y1
	if p.chart.X.HasThreshold {
		x = p.at.X(p.chart.X.Threshold)
	}
	if p.chart.Y.HasThreshold {
		y = p.at.Y(p.chart.Y.Threshold)
	}
	fields := [4]Rect{{x, f.Y0, f.X1, y}, {x, y, f.X1, f.Y1}, {f.X0, f.Y0, x, y}, {f.X0, y, x, f.Y1}}
	for i, r := range fields {
		if r.X1-r.X0 < 0.1 || r.Y1-r.Y0 < 0.1 || !p.fields() || p.chart.Plain {
			continue
		}
		pen.fill(tint(p.theme.Classes[i], 0.09), 1)
		pen.box(r)
		pen.r.Fill()
	}
	p.drawBands(pen)
	if remark, ok := p.bandRemark(); ok {
		pen.text(remark.text, remark.box.X0, remark.box.Y1-remark.font.size*0.25, left, remark.font)
	}
	if p.fields() {
		for i, r := range fields {
			p.drawFieldName(pen, i, r)
		}
	}
}

// drawBands shades what lies near a threshold, both bands as one area.
func (p *scatterPlan) drawBands(pen pen) {
	found := false
	if a := p.chart.X; a.HasThreshold && a.Band > 0 {
		pen.box(Rect{p.at.X(a.Threshold - a.Band), p.frame.Y0, p.at.X(a.Threshold + a.Band), p.frame.Y1})
		found = true
	}
	if a := p.chart.Y; a.HasThreshold && a.Band > 0 {
		pen.box(Rect{p.frame.X0, p.at.Y(a.Threshold + a.Band), p.frame.X1, p.at.Y(a.Threshold - a.Band)})
		found = true
	}
	if found {
		pen.fill(p.theme.Secondary, 0.09)
		pen.r.Fill()
	}
}

// drawFieldName writes the name of a field in its outer corner, after its
// mark: the legend where it is needed.
func (p *scatterPlan) drawFieldName(pen pen, field int, r Rect) {
	size := p.strong.size
	text := p.fit(p.words.Text(p.chart.Fields[field]), r.X1-r.X0-nameMargin*size, p.strong)
	if text == "" {
		return
	}
	y := r.Y0 + size*1.15
	if field == 1 || field == 3 { // the lower ones
		y = r.Y1 - size*0.4
	}
	x := r.X0 + size*0.4
	if field < 2 { // the right ones
		x = r.X1 - size*1.5 - p.measure(text, p.strong)
	}
	if p.chart.Plain {
		quiet := p.strong
		quiet.color = p.theme.Secondary
		pen.text(text, x+size*0.5, y, left, quiet)
		return
	}
	style := report.Style(field)
	pen.setMark(style, false, p.theme)
	pen.shape(style, x+size*0.4, y-size*0.34, size*0.3)
	pen.r.FillStroke()
	pen.text(text, x+size*1.05, y, left, p.strong)
}

// drawAxes draws the frame, the ticks and the names of the axes.
func (p *scatterPlan) drawAxes(pen pen) {
	f := p.frame
	quiet := font{size: p.small.size, color: p.theme.Secondary}
	line := quiet.size * 1.3
	pen.stroke(p.theme.Rule, 0.5)
	pen.fill("#FFFFFF", 0)
	pen.box(f)
	pen.r.Stroke()
	pen.stroke(p.theme.Secondary, 0.5)
	p.ticksBelow(pen, p.x, p.at, func(x float64) { pen.line(x, f.Y1, x, f.Y1+2) }, quiet)
	for i, v := range p.y.values {
		y := p.at.Y(v)
		pen.line(f.X0-2, y, f.X0, y)
		pen.text(p.y.texts[i], f.X0-4, y+quiet.size*0.35, right, quiet)
	}
	pen.text(p.fit(axisName(p.chart.Y, p.words), p.width, quiet), 0, quiet.size, left, quiet)
	pen.text(p.fit(axisName(p.chart.X, p.words), p.width, quiet), f.X1, f.Y1+2*line, right, quiet)
}

// drawThresholds draws the dividing lines, each with its value at the edge.
func (p *scatterPlan) drawThresholds(pen pen) {
	pen.stroke(p.theme.Text, 0.7)
	if a := p.chart.X; a.HasThreshold {
		x := p.at.X(a.Threshold)
		pen.line(x, p.frame.Y0-2, x, p.frame.Y1)
		pen.text(p.thresholdText(a), x, p.frame.Y0-4, centre, p.bold())
	}
	if a := p.chart.Y; a.HasThreshold {
		y := p.at.Y(a.Threshold)
		pen.line(p.frame.X0, y, p.frame.X1+2, y)
		pen.text(p.thresholdText(a), p.frame.X1+4, y+p.small.size*0.35, left, p.bold())
	}
}

// drawPoints draws the marks; the first group comes last, on top.
func (p *scatterPlan) drawPoints(pen pen) {
	crowded := p.count() > manyPoints
	for i := len(p.chart.Group) - 1; i >= 0; i-- {
		g := p.chart.Group[i]
		for _, point := range g.Points {
			if g.Quiet || !drawable(point.X) || !drawable(point.Y) {
				continue
			}
			pen.setMark(g.Style, point.Open && g.Style != report.StyleNone, p.theme)
			if crowded {
				pen.fill(p.theme.Color(g.Style), 0.6)
				pen.stroke("#FFFFFF", 0)
			}
			pen.shape(g.Style, p.at.X(point.X), p.at.Y(point.Y), p.radius)
			pen.r.FillStroke()
		}
	}
}

// A densityCell is a place where points of one style are counted.
type densityCell struct{ x, y int }

const (
	densitySize   = 3.0 // points
	densityTones  = 5
	densityPlaces = 2500 // as many different places are shown where they are
)

// drawDensity draws squares whose strength grows with the number of points in
// them, so that the picture and the file stay small whatever the number.
// Points that share few places, as whole ratings do, keep them; others are
// counted by the cells of a grid.
func (p *scatterPlan) drawDensity(pen pen) {
	cell := func(x, y float64) densityCell { return densityCell{units(x), units(y)} }
	places := map[densityCell]bool{}
	p.each(func(x, y float64, _ int) {
		if len(places) <= densityPlaces {
			places[cell(x, y)] = true
		}
	})
	count := func(g *report.Group) map[densityCell]int {
		counts := map[densityCell]int{}
		p.eachOf(g, func(x, y float64, n int) { counts[cell(x, y)] += n })
		return counts
	}
	if len(places) > densityPlaces {
		count = p.gridCells
	}
	for i := len(p.chart.Group) - 1; i >= 0; i-- {
		if g := &p.chart.Group[i]; !g.Quiet {
			p.drawCells(pen, g.Style, count(g))
		}
	}
	p.drawNamed(pen)
}

// gridCells counts the points of a group by the cells of a grid over the sheet.
func (p *scatterPlan) gridCells(g *report.Group) map[densityCell]int {
	grid := p.newTally(densitySize)
	p.eachOf(g, func(x, y float64, n int) { *grid.at(x, y) += n })
	counts := map[densityCell]int{}
	middle := func(k int) int { return units((float64(k-1) + 0.5) * densitySize) }
	for k, n := range grid.counts {
		if n > 0 {
			counts[densityCell{middle(k % grid.columns), middle(k / grid.columns)}] = n
		}
	}
	return counts
}

// drawCells draws the squares of each strength as one path.
func (p *scatterPlan) drawCells(pen pen, style report.Style, counts map[densityCell]int) {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	order := make([]densityCell, 0, len(counts))
	for c := range counts {
		order = append(order, c)
	}
	sort.Slice(order, func(i, j int) bool {
		return order[i].y < order[j].y || order[i].y == order[j].y && order[i].x < order[j].x
	})
	const half = (densitySize - 0.25) / 2
	for tone := 1; tone <= densityTones; tone++ {
		found := false
		for _, c := range order {
			if toneOf(counts[c], most) == tone {
				x, y := points(c.x), points(c.y)
				pen.box(Rect{x - half, y - half, x + half, y + half})
				found = true
			}
		}
		if found {
			pen.fill(tint(p.theme.Color(style), 0.35+0.65*float64(tone)/densityTones), 1)
			pen.r.Fill()
		}
	}
}

// toneOf returns the strength 1..densityTones of a count, on a logarithmic
// scale.
func toneOf(n, most int) int {
	if most <= 1 {
		return densityTones
	}
	return 1 + int(math.Log(float64(n))/math.Log(float64(most))*(densityTones-1)+0.5)
}

// drawNamed draws the marks that bear a label over the density.
func (p *scatterPlan) drawNamed(pen pen) {
	for _, l := range p.labels {
		s := p.spots[l.spot]
		pen.setMark(s.style, s.open, p.theme)
		pen.shape(s.style, s.x, s.y, 2.4)
		pen.r.FillStroke()
	}
}

// drawLabels writes the labels, their leader lines and the list below.
func (p *scatterPlan) drawLabels(pen pen) {
	baseline := p.small.size * 0.82
	pen.stroke(p.theme.Secondary, 0.4)
	for _, l := range p.labels {
		if l.leader {
			pen.line(leaderEnds(p.spots[l.spot], l.box))
		}
	}
	for _, l := range p.labels {
		if l.number > 0 {
			pen.text(strconv.Itoa(l.number), l.box.X0, l.box.Y0+baseline, left, p.bold())
			continue
		}
		pen.text(p.spots[l.spot].text, l.box.X0, l.box.Y0+baseline, left, p.small)
	}
	y := p.height - float64(len(p.notes)-1)*p.small.size*1.3 - 2
	for _, line := range p.notes {
		pen.text(line, p.frame.X0, y, left, p.small)
		y += p.small.size * 1.3
	}
	for _, c := range p.corners() {
		pen.text(c.text, c.box.X0, c.box.Y0+p.strong.size*0.85, left, c.font)
	}
}
