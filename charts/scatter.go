package charts

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"valuebook/report"
)

// Limits of what a scatter shows one by one.
const (
	fewPoints     = 60   // large marks, all labelled if room is left
	manyPoints    = 400  // small marks
	countlessFrom = 2000 // above: density instead of dots
)

// A scatterPlan is a quadrant chart or a value map with every place decided.
type scatterPlan struct {
	*sheet
	frame  Rect
	at     space
	x, y   axis
	radius float64
	spots  []spot // one per point that wants a label
	labels []label
	notes  []string // the list below the chart, in lines
	small  font
	strong font
}

// scatter plans a chart of points. Labels that find no place are numbered and
// listed below, for which the frame gives way.
func (s *sheet) scatter() *scatterPlan {
	p := &scatterPlan{sheet: s,
		small:  font{size: s.theme.Size, color: s.theme.Text},
		strong: font{size: s.theme.Strong, bold: true, color: s.theme.Text}}
	if s.chart.Compact {
		p.small.size, p.strong.size = s.theme.Size-0.5, s.theme.Strong-1.5
	}
	p.radius = markRadius(p.count())
	p.axes()
	p.layout(0)
	p.sizeNames()
	for lines := 0; ; lines++ {
		p.layout(lines)
		listed := p.label()
		p.notes = p.list(listed)
		if len(p.notes) <= lines || lines == 4 {
			p.notes = p.notes[:min(lines, len(p.notes))]
			return p
		}
		lines = min(len(p.notes), 4) - 1
	}
}

// count returns how many points there are.
func (p *scatterPlan) count() int {
	n := 0
	for _, g := range p.chart.Group {
		if !g.Quiet {
			n += g.Len()
		}
	}
	return n
}

// dense reports whether there are too many points for marks of their own.
func (p *scatterPlan) dense() bool {
	return p.count() > countlessFrom || slices.ContainsFunc(p.chart.Group, func(g report.Group) bool { return g.Crowd != nil })
}

func markRadius(points int) float64 {
	switch {
	case points <= fewPoints:
		return 3.2
	case points <= manyPoints:
		return 2.3
	}
	return 1.5
}

// axes decides what values the axes show.
func (p *scatterPlan) axes() {
	xs, ys := nothing(), nothing()
	for _, g := range p.chart.Group {
		if crowd := g.Crowd; crowd != nil && crowd.N > 0 {
			xs, ys = xs.with(crowd.Lo[0], crowd.Hi[0]), ys.with(crowd.Lo[1], crowd.Hi[1])
			continue
		}
		for _, point := range g.Points {
			if drawable(point.X) && drawable(point.Y) {
				xs, ys = xs.with(point.X), ys.with(point.Y)
			}
		}
	}
	xs, ys = p.focused(xs, ys)
	for _, a := range p.chart.Arrows {
		if drawable(a.FromX) && drawable(a.FromY) {
			xs, ys = xs.with(a.FromX), ys.with(a.FromY)
		}
	}
	ticks := 6
	if p.chart.Compact {
		ticks = 3
	}
	full := fullSpan
	if line := p.chart.Line; line != nil {
		full = func(a report.Axis, data span) span { return mapSpan(a, data, line.Zone) }
	}
	x, y := full(p.chart.X, xs), full(p.chart.Y, ys)
	if p.chart.Kind == report.QuadrantChart {
		x, y = bothSides(x, p.chart.X, xs, p.nameShare()), bothSides(y, p.chart.Y, ys, 0)
	}
	p.x = newAxis(x, ticks, p.chart.X.Unit, p.words)
	p.y = newAxis(y, ticks, p.chart.Y.Unit, p.words)
}

// layout divides the sheet into the frame and what stands round it; lines is
// how many lines of notes go below.
func (p *scatterPlan) layout(lines int) {
	line := p.small.size * 1.3
	widest := 0.0
	for _, text := range p.y.texts {
		widest = max(widest, p.measure(text, p.small))
	}
	top, bottom, side := 2.0, line+3, 6.0
	if axisName(p.chart.Y, p.words) != "" {
		top += line
	}
	if axisName(p.chart.X, p.words) != "" {
		bottom += line
	}
	if p.chart.X.HasThreshold {
		top += line
	}
	if p.chart.Y.HasThreshold {
		side = max(side, p.measure(p.thresholdText(p.chart.Y), p.bold())+5)
	}
	if lines > 0 {
		bottom += float64(lines)*line + 3
	}
	p.frame = Rect{widest + 5, top, p.width - side, p.height - bottom}
	p.frame.X1, p.frame.Y1 = max(p.frame.X1, p.frame.X0+20), max(p.frame.Y1, p.frame.Y0+20)
	// Values keep a margin from the frame; names of fields stand in strips of
	// their own above and below all values.
	edge := p.radius*reach + 2
	strip := edge
	if p.fields() {
		strip += p.strong.size * 1.35
	}
	p.at = newSpace(p.frame, inset(p.x.span, edge/(p.frame.X1-p.frame.X0)), inset(p.y.span, strip/(p.frame.Y1-p.frame.Y0)))
}

// inset widens a span so that a share of the whole is free at either end.
func inset(s span, share float64) span { return s.pad(share / (1 - 2*min(share, 0.4))) }

func (p *scatterPlan) bold() font { f := p.small; f.bold = true; return f }

// fields reports whether the fields are named.
func (p *scatterPlan) fields() bool {
	return p.chart.Kind == report.QuadrantChart && !p.chart.Fields[0].IsZero() &&
		p.chart.X.HasThreshold && p.chart.Y.HasThreshold
}

func (p *scatterPlan) thresholdText(a report.Axis) string {
	return tickText(a.Threshold, a.Unit, p.words)
}

// sizeNames makes the names of the fields smaller where one would not fit
// into its field.
func (p *scatterPlan) sizeNames() {
	if !p.fields() {
		return
	}
	x := p.at.X(p.chart.X.Threshold)
	for i, name := range p.chart.Fields {
		room := p.frame.X1 - x // the right ones
		if i >= 2 {
			room = x - p.frame.X0
		}
		text := p.words.Text(name)
		for p.strong.size > 6 && p.measure(text, p.strong) > room-nameMargin*p.strong.size {
			p.strong.size -= 0.5
		}
	}
}

// nameMargin is the room for the mark and the air round a field's name, in
// parts of its size.
const nameMargin = 2.0

// label places the labels of points and returns those that are to be listed.
func (p *scatterPlan) label() (listed []int) {
	p.spots, p.labels = nil, nil
	if p.chart.Compact && p.chart.Kind == report.QuadrantChart {
		return nil
	}
	place := newPlacer(p.frame.grow(-1), p.small.size*1.1)
	p.block(place)
	p.spots = p.wanted()
	var numbered []int
	all := p.count() <= p.mostNames() || p.ranked() <= fewNames // of a few none is left out
	for _, i := range place.place(p.spots) {
		if p.spots[i].rank > 0 && all {
			numbered = append(numbered, i)
		}
	}
	listed = place.numberSpots(p.spots, numbered, p.measure("0", p.bold()))
	p.labels = place.labels
	return listed
}

// wanted returns the points that want a label, only the foremost where there
// are more than a few.
func (p *scatterPlan) wanted() []spot {
	few, least := p.count() <= fewPoints, p.leastRank()
	crowd := p.crowds()
	var spots []spot
	p.eachPoint(func(g *report.Group, point *report.Point, x, y float64) {
		if name := p.name(g, point); name != "" && (point.Rank >= least || few) {
			spots = append(spots, spot{x: x, y: y, r: p.radius * reach, text: name, rank: point.Rank,
				crowd: crowd(x, y), style: g.Style, open: point.Open})
		}
	})
	if len(spots) > p.mostNames() {
		var best []spot
		for _, i := range byRank(spots)[:min(len(spots), p.mostNames())] {
			best = append(best, spots[i])
		}
		spots = best
	}
	kept := spots[:0]
	for i, text := range p.fitAll(texts(spots), min(130, p.width*0.3), p.small) {
		s := spots[i]
		s.text = text
		s.width = p.measure(s.text, p.small)
		if s.text != "" {
			kept = append(kept, s)
		}
	}
	if name, ok := p.fairName(); ok {
		kept = append(kept, name)
	}
	return kept
}

// name returns the label of a point: of ours without a name, that of its group.
func (p *scatterPlan) name(g *report.Group, point *report.Point) string {
	if point.Label == "" && g.Style == report.StyleOwn {
		return p.words.Text(g.Label)
	}
	return point.Label
}

// leastRank returns the rank from which on points are asked for labels: of a
// million, those that cannot be among the foremost are left alone.
func (p *scatterPlan) leastRank() int {
	counts := map[int]int{}
	for k := range p.chart.Group {
		g := &p.chart.Group[k]
		for i := range g.Points {
			point := &g.Points[i]
			if point.Rank > 0 && p.name(g, point) != "" && drawable(point.X) && drawable(point.Y) {
				counts[point.Rank]++
			}
		}
	}
	ranks := slices.Sorted(maps.Keys(counts))
	n := 0
	for _, rank := range slices.Backward(ranks) {
		if n += counts[rank]; n >= p.mostNames() {
			return rank
		}
	}
	return 1
}

// mostNames returns how many points may be named at most.
func (p *scatterPlan) mostNames() int {
	return p.chart.Kind.Named()
}

func texts(spots []spot) []string {
	out := make([]string, len(spots))
	for i, s := range spots {
		out[i] = s.text
	}
	return out
}

// block keeps labels off marks, lines and the names of fields.
func (p *scatterPlan) block(place *placer) {
	p.blockMarks(place)
	for _, a := range p.arrowBoxes() {
		place.block(a)
	}
	for _, line := range p.lines() {
		place.block(line)
	}
	if p.fields() {
		height := p.strong.size * 1.35
		place.block(Rect{p.frame.X0, p.frame.Y0, p.frame.X1, p.frame.Y0 + height})
		place.block(Rect{p.frame.X0, p.frame.Y1 - height, p.frame.X1, p.frame.Y1})
	}
	for _, c := range p.corners() {
		place.block(c.box)
	}
	if remark, ok := p.bandRemark(); ok {
		place.block(remark.box)
	}
}

// lines returns the threshold lines and the fair-value line as thin
// rectangles.
func (p *scatterPlan) lines() []Rect {
	var out []Rect
	const half = 1.5 // with some air
	if p.chart.X.HasThreshold {
		x := p.at.X(p.chart.X.Threshold)
		out = append(out, Rect{x - half, p.frame.Y0, x + half, p.frame.Y1})
	}
	if p.chart.Y.HasThreshold {
		y := p.at.Y(p.chart.Y.Threshold)
		out = append(out, Rect{p.frame.X0, y - half, p.frame.X1, y + half})
	}
	return append(out, p.fairLine()...)
}

// list writes the numbered labels as lines of text below the chart.
func (p *scatterPlan) list(listed []int) []string {
	var lines []string
	current := ""
	for n, i := range listed {
		item := strconv.Itoa(n+1) + "\u00a0" + strings.ReplaceAll(p.spots[i].text, " ", "\u00a0")
		joined := item
		if current != "" {
			joined = current + "   " + item
		}
		if current != "" && p.measure(joined, p.small) > p.frame.X1-p.frame.X0 {
			lines, joined = append(lines, current), item
		}
		current = joined
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// tint returns a colour mixed with white.
func tint(hexColor string, share float64) string {
	c := color(hexColor, 1)
	mix := func(v uint8) uint8 { return uint8(math.Round(255 - share*(255-float64(v)))) }
	c.R, c.G, c.B = mix(c.R), mix(c.G), mix(c.B)
	return hex(c)
}
