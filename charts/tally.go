package charts

import (
	"math"

	"valuebook/report"
)

// each calls f with every place of drawable points and how many are there.
func (p *scatterPlan) each(f func(x, y float64, n int)) {
	for k := range p.chart.Group {
		p.eachOf(&p.chart.Group[k], f)
	}
}

// eachOf is each for one group.
func (p *scatterPlan) eachOf(g *report.Group, f func(x, y float64, n int)) {
	for place := range g.All() {
		if drawable(place.X) && drawable(place.Y) {
			f(p.at.X(place.X), p.at.Y(place.Y), place.N)
		}
	}
}

// eachPoint calls f with every drawable point that may be named and its place.
func (p *scatterPlan) eachPoint(f func(g *report.Group, point *report.Point, x, y float64)) {
	for k := range p.chart.Group {
		g := &p.chart.Group[k]
		for i := range g.Points {
			if point := &g.Points[i]; drawable(point.X) && drawable(point.Y) {
				f(g, point, p.at.X(point.X), p.at.Y(point.Y))
			}
		}
	}
}

// crowds counts marks by coarse squares and returns how many are in the
// square of a place and the eight round it.
func (p *scatterPlan) crowds() func(x, y float64) int {
	const side = 20.0
	squares := p.newTally(side)
	p.each(func(x, y float64, n int) { *squares.at(x, y) += n })
	return func(x, y float64) int {
		n := 0
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				n += *squares.at(x+float64(dx)*side, y+float64(dy)*side)
			}
		}
		return n
	}
}

// A tally counts marks by squares of the sheet.
type tally struct {
	side    float64
	columns int
	counts  []int // by rows, with a square of margin on all sides
}

func (p *scatterPlan) newTally(side float64) *tally {
	r := &tally{side: side, columns: int(max(p.width, p.frame.X1)/side) + 4}
	r.counts = make([]int, r.columns*(int(max(p.height, p.frame.Y1)/side)+4))
	return r
}

// at returns the count of the square that holds a place of the sheet, or of one
// beside it.
func (r *tally) at(x, y float64) *int {
	return &r.counts[int(y/r.side+1)*r.columns+int(x/r.side+1)]
}

// blockMarks keeps labels off marks. Those that share a place are one obstacle; in
// a crowd a place is a square.
func (p *scatterPlan) blockMarks(place *placer) {
	side, r := 1.0/perPoint, p.radius*reach
	seen := map[[2]int]bool{}
	isNew := func(x, y float64) bool {
		key := [2]int{int(x/side + 0.5), int(y/side + 0.5)}
		known := seen[key]
		seen[key] = true
		return !known
	}
	if p.dense() {
		side, r = densitySize, densitySize
		squares := p.newTally(side)
		isNew = func(x, y float64) bool {
			n := squares.at(x+side/2, y+side/2)
			*n++
			return *n == 1
		}
	}
	for k := range p.chart.Group {
		g, r := &p.chart.Group[k], r
		if g.Quiet {
			r = min(r, 2*quietSize)
		}
		p.eachOf(g, func(x, y float64, _ int) {
			if isNew(x, y) {
				x, y = side*math.Floor(x/side+0.5), side*math.Floor(y/side+0.5)
				place.mark(Rect{x - r, y - r, x + r, y + r})
			}
		})
	}
}
