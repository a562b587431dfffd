package charts

import (
	"math"

	"valuebook/report"
)

// quietSize is half the width of a mark behind the others, in points.
const quietSize = 0.85

// drawQuiet draws the points that are only there to be compared with: small
// grey squares, all of them one path.
func (p *scatterPlan) drawQuiet(pen pen) {
	for _, g := range p.chart.Group {
		if !g.Quiet {
			continue
		}
		p.eachOf(&g, func(x, y float64, _ int) {
			pen.box(Rect{x - quietSize, y - quietSize, x + quietSize, y + quietSize})
		})
		pen.fill(tint(p.theme.Secondary, 0.45), 1)
		pen.r.Fill()
	}
}

// drawFocus draws the point that the chart is about: the way to the line, its
// mark, its name.
func (p *scatterPlan) drawFocus(pen pen) {
	focus := p.chart.Focus
	if !drawable(focus.Point.X) || !drawable(focus.Point.Y) {
		return
	}
	const radius = 4.0
	x, y := p.at.X(focus.Point.X), p.at.Y(focus.Point.Y)
	if drawable(focus.ToX) && drawable(focus.ToY) {
		p.drawWay(pen, x, y, p.at.X(focus.ToX), p.at.Y(focus.ToY), radius)
	}
	pen.setMark(focus.Style, false, p.theme)
	pen.stroke("#FFFFFF", 0.8)
	pen.shape(focus.Style, x, y, radius)
	pen.r.FillStroke()
	p.drawFocusName(pen, x, y, radius)
}

// drawWay draws an arrow from the mark to a place on a line, nothing where the
// mark covers it.
func (p *scatterPlan) drawWay(pen pen, x, y, toX, toY, radius float64) {
	length := math.Hypot(toX-x, toY-y)
	if length < radius*1.5 {
		return
	}
	const head = 3.2
	ux, uy := (toX-x)/length, (toY-y)/length
	pen.stroke(p.theme.Text, 1)
	pen.line(x, y, toX-ux*head*0.8, toY-uy*head*0.8)
	pen.fill(p.theme.Text, 1)
	pen.polygon(toX, toY, toX-ux*head-uy*head*0.5, toY-uy*head+ux*head*0.5, toX-ux*head+uy*head*0.5, toY-uy*head-ux*head*0.5)
	pen.r.Fill()
}

// drawArrows draws the ways that points have come, in the colour of their mark:
// a small ring where one was, a thin line to where it is. The mark itself is the
// head, so a head is drawn only before it.
func (p *scatterPlan) drawArrows(pen pen) {
	const head, thin = 4.2, 0.7
	for _, a := range p.chart.Arrows {
		if !drawable(a.FromX) || !drawable(a.FromY) || !drawable(a.ToX) || !drawable(a.ToY) {
			continue
		}
		x, y, toX, toY := p.at.X(a.FromX), p.at.Y(a.FromY), p.at.X(a.ToX), p.at.Y(a.ToY)
		length, gap := math.Hypot(toX-x, toY-y), p.radius+0.8
		if length < gap+head {
			continue
		}
		ux, uy := (toX-x)/length, (toY-y)/length
		toX, toY = toX-ux*gap, toY-uy*gap
		colour := p.theme.Color(a.Style)
		pen.stroke(colour, thin)
		pen.line(x, y, toX-ux*head*0.8, toY-uy*head*0.8)
		pen.fill(colour, 1)
		pen.polygon(toX, toY, toX-ux*head-uy*head*0.42, toY-uy*head+ux*head*0.42, toX-ux*head+uy*head*0.42, toY-uy*head-ux*head*0.42)
		pen.r.Fill()
		pen.stroke(colour, thin)
		pen.fill("#FFFFFF", 1)
		pen.shape(report.StyleOwn, x, y, 1.5)
		pen.r.FillStroke()
	}
}

// arrowBoxes covers the arrows with small rectangles up to their marks, and the
// rings where they begin.
func (p *scatterPlan) arrowBoxes() []Rect {
	var boxes []Rect
	const ring, half, step = 2.2, 1.2, 2.0
	for _, a := range p.chart.Arrows {
		if !drawable(a.FromX) || !drawable(a.FromY) || !drawable(a.ToX) || !drawable(a.ToY) {
			continue
		}
		x, y, toX, toY := p.at.X(a.FromX), p.at.Y(a.FromY), p.at.X(a.ToX), p.at.Y(a.ToY)
		boxes = append(boxes, Rect{x - ring, y - ring, x + ring, y + ring})
		length := math.Hypot(toX-x, toY-y)
		for at := step; at < length-p.radius; at += step {
			cx, cy := x+(toX-x)*at/length, y+(toY-y)*at/length
			boxes = append(boxes, Rect{cx - half, cy - half, cx + half, cy + half})
		}
	}
	return boxes
}

// drawFocusName writes the name where it covers least, on white so that it is
// read over other marks.
func (p *scatterPlan) drawFocusName(pen pen, x, y, radius float64) {
	f := p.bold()
	text := p.fit(p.chart.Focus.Point.Label, (p.frame.X1-p.frame.X0)*0.6, f)
	if text == "" {
		return
	}
	width, height, gap := p.measure(text, f), f.size*1.15, radius+3
	best, least := Rect{}, math.Inf(1)
	for i, place := range []Rect{
		{x + gap, y - height/2, x + gap + width, y + height/2}, {x - gap - width, y - height/2, x - gap, y + height/2},
		{x - width/2, y - gap - height, x + width/2, y - gap}, {x - width/2, y + gap, x + width/2, y + gap + height},
		{x + gap*0.6, y - gap - height, x + gap*0.6 + width, y - gap}, {x - gap*0.6 - width, y - gap - height, x - gap*0.6, y - gap},
		{x + gap*0.6, y + gap, x + gap*0.6 + width, y + gap + height}, {x - gap*0.6 - width, y + gap, x - gap*0.6, y + gap + height},
	} {
		if cost := p.covers(place, x, y) + 0.1*float64(i); cost < least {
			best, least = place, cost
		}
	}
	best = shiftedInto(best, p.frame)
	pen.fill("#FFFFFF", 1)
	pen.box(best.grow(0.8))
	pen.r.Fill()
	pen.text(text, best.X0, best.Y0+f.size*0.9, left, f)
}

// covers says how bad a place for the name is: marks and lines that it hides,
// most of all its own way and what lies outside the frame.
func (p *scatterPlan) covers(place Rect, x, y float64) float64 {
	cost := 0.0
	p.each(func(x, y float64, n int) {
		if place.holds(x, y) {
			cost += float64(n)
		}
	})
	for _, line := range p.lines() {
		if line.Overlaps(place) {
			cost += 20
		}
	}
	focus := p.chart.Focus
	if drawable(focus.ToX) && drawable(focus.ToY) {
		tx, ty := p.at.X(focus.ToX), p.at.Y(focus.ToY)
		if place.Overlaps(Rect{min(x, tx) - 1, min(y, ty) - 1, max(x, tx) + 1, max(y, ty) + 1}) {
			cost += 30
		}
	}
	strip := p.strong.size * 1.35
	if !place.Within(Rect{p.frame.X0, p.frame.Y0 + strip, p.frame.X1, p.frame.Y1 - strip}) {
		cost += 60
	}
	return cost
}

// shiftedInto moves a rectangle into a frame where it looks out of it.
func shiftedInto(r, frame Rect) Rect {
	dx := max(frame.X0+1-r.X0, 0) + min(frame.X1-1-r.X1, 0)
	dy := max(frame.Y0+1-r.Y0, 0) + min(frame.Y1-1-r.Y1, 0)
	return Rect{r.X0 + dx, r.Y0 + dy, r.X1 + dx, r.Y1 + dy}
}

// focused adds the point that the chart is about to what its axes show.
func (p *scatterPlan) focused(xs, ys span) (span, span) {
	if focus := p.chart.Focus; focus != nil && drawable(focus.Point.X) && drawable(focus.Point.Y) {
		return xs.with(focus.Point.X), ys.with(focus.Point.Y)
	}
	return xs, ys
}

// hasFocus reports whether a chart is about a point that can be drawn.
func hasFocus(ch *report.Chart) bool {
	return ch.Focus != nil && drawable(ch.Focus.Point.X) && drawable(ch.Focus.Point.Y)
}
