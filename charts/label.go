package charts

import (
	"math"
	"sort"
	"strconv"

	"valuebook/report"
)

// A spot is a mark that wants a label.
type spot struct {
	x, y, r float64 // centre and reach of the mark
	text    string  // already cut to a bearable length
	width   float64
	rank    int
	crowd   int // how many marks are near
	style   report.Style
	open    bool
}

// A label is a placed text. Number is not 0 where the text stands in the list
// below the chart instead; the box then holds only the number.
type label struct {
	spot   int
	box    Rect
	leader bool // a line leads from the mark to the box
	number int
}

// A placer finds free places for labels among marks, lines and other texts.
type placer struct {
	frame  Rect
	height float64 // of a line of text
	taken  *grid
	marks  *grid // the marks alone
	labels []label
}

func newPlacer(frame Rect, height float64) *placer {
	return &placer{frame: frame, height: height, taken: newGrid(frame), marks: newGrid(frame)}
}

// mark marks the place of a mark as taken.
func (p *placer) mark(r Rect) {
	p.taken.add(r)
	p.marks.add(r)
}

// own reports whether no other mark is as near to a label without a leader as
// its own, so that nobody takes it for the other's.
func (p *placer) own(s spot, box Rect, distance float64) bool {
	if distance == numberGap { // it touches its mark
		return !p.marks.hitsBut(box.grow(2*numberGap), s.x, s.y)
	}
	return !p.marks.hitsBut(box.grow(distance+clearance), s.x, s.y)
}

// clearance is how much further away than its own mark any other must be from
// a label.
const clearance = 2.5

// block marks a rectangle as taken.
func (p *placer) block(r Rect) { p.taken.add(r) }

// gap is what is kept free between a label and its mark, in points.
const gap = 1.5

// numberGap is the same for a number, which touches its mark.
const numberGap = 0.2

// place labels the spots, those with the highest rank first: in eight places
// round the mark, then further away with a leader line. It returns the
// spots that found no place, in the same order.
func (p *placer) place(spots []spot) (unplaced []int) {
	for _, i := range byRank(spots) {
		s := spots[i]
		if p.near(i, s, s.width, 0) || (s.rank > 0 && p.away(i, s)) {
			continue
		}
		unplaced = append(unplaced, i)
	}
	return unplaced
}

// mostNumbers is how many labels a list below the chart may have; more would
// be a table, which the report has anyway.
const mostNumbers = 9

// numberSpots puts numbers beside the marks instead of texts and returns the
// spots that got one, in the order of their numbers.
func (p *placer) numberSpots(spots []spot, wanted []int, digit float64) (listed []int) {
	for _, i := range wanted {
		n := len(listed) + 1
		if n > mostNumbers {
			break
		}
		width := digit * float64(len(strconv.Itoa(n)))
		if p.near(i, spots[i], width, n) {
			listed = append(listed, i)
		}
	}
	return listed
}

// byRank returns the indices of spots, highest rank first; among equals those
// that stand alone, then by text and place, so that the outcome does not
// depend on the input's order.
func byRank(spots []spot) []int {
	order := make([]int, len(spots))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		s, t := spots[order[a]], spots[order[b]]
		switch {
		case s.rank != t.rank:
			return s.rank > t.rank
		case s.crowd != t.crowd:
			return s.crowd < t.crowd
		case s.text != t.text:
			return s.text < t.text
		case s.x != t.x:
			return s.x < t.x
		}
		return s.y < t.y
	})
	return order
}

// near tries the eight places round the mark.
func (p *placer) near(i int, s spot, width float64, number int) bool {
	distance := gap
	if number > 0 {
		distance = numberGap
	}
	d := s.r + distance
	h, q := p.height/2, s.r*0.5
	for _, at := range [...]Rect{
		{X0: s.x + d, Y0: s.y - h},               // right
		{X0: s.x - d - width, Y0: s.y - h},       // left
		{X0: s.x - width/2, Y0: s.y - d - 2*h},   // above
		{X0: s.x - width/2, Y0: s.y + d},         // below
		{X0: s.x + q, Y0: s.y - d - 2*h},         // above right
		{X0: s.x + q, Y0: s.y + d},               // below right
		{X0: s.x - q - width, Y0: s.y - d - 2*h}, // above left
		{X0: s.x - q - width, Y0: s.y + d},       // below left
	} {
		at.X1, at.Y1 = at.X0+width, at.Y0+p.height
		if p.free(at) && p.own(s, at, distance) {
			p.take(label{spot: i, box: at, number: number})
			return true
		}
	}
	return false
}

// reachMost is how long a leader line may be, in points.
const reachMost = 100.0

// away tries places at growing distances, joined to the mark by a line that
// crosses no text and no other mark.
func (p *placer) away(i int, s spot) bool {
	for distance := s.r + 10; distance <= s.r+reachMost; distance += 9 {
		for step := 0; step < 24; step++ {
			angle := math.Pi / 12 * float64(step)
			dx, dy := math.Cos(angle), math.Sin(angle)
			x, y := s.x+distance*dx, s.y-distance*dy
			at := Rect{X0: x, Y0: y - p.height/2, X1: x + s.width, Y1: y + p.height/2}
			if dx < -0.01 {
				at.X0, at.X1 = x-s.width, x
			} else if dx < 0.01 {
				at.X0, at.X1 = x-s.width/2, x+s.width/2
			}
			if p.free(at) && p.clear(s, at) {
				p.take(label{spot: i, box: at, leader: true})
				for _, r := range leaderBoxes(s, at) {
					p.taken.add(r)
				}
				return true
			}
		}
	}
	return false
}

// free reports whether a label could stand in the box.
func (p *placer) free(box Rect) bool {
	return box.Within(p.frame) && !p.taken.hits(box)
}

// clear reports whether the leader line of a box crosses nothing. Once drawn
// it is an obstacle for others.
func (p *placer) clear(s spot, box Rect) bool {
	for _, r := range leaderBoxes(s, box) {
		if p.taken.hits(r) {
			return false
		}
	}
	return true
}

func (p *placer) take(l label) {
	p.labels = append(p.labels, l)
	p.taken.add(Rect{l.box.X0 - 3, l.box.Y0 - 1.2, l.box.X1 + 3, l.box.Y1 + 1.2}) // two names in a row are not to read as one
}

// leaderEnds returns the two ends of a leader line: at the edge of the mark
// and just before the box, at the middle of the side that faces the mark.
func leaderEnds(s spot, box Rect) (x0, y0, x1, y1 float64) {
	box = box.grow(0.8)
	x1, y1 = min(max(s.x, box.X0), box.X1), min(max(s.y, box.Y0), box.Y1)
	if s.x < box.X0 || s.x > box.X1 {
		y1 = (box.Y0 + box.Y1) / 2
	}
	length := math.Hypot(x1-s.x, y1-s.y)
	if length == 0 {
		return s.x, s.y, x1, y1
	}
	return s.x + (x1-s.x)*s.r/length, s.y + (y1-s.y)*s.r/length, x1, y1
}

// leaderBoxes covers a leader line with small rectangles, without its ends.
func leaderBoxes(s spot, box Rect) []Rect {
	x0, y0, x1, y1 := leaderEnds(s, box)
	steps := int(math.Hypot(x1-x0, y1-y0) / 2)
	var boxes []Rect
	for k := 1; k < steps; k++ {
		t := float64(k) / float64(steps)
		x, y := x0+(x1-x0)*t, y0+(y1-y0)*t
		boxes = append(boxes, Rect{x - 0.4, y - 0.4, x + 0.4, y + 0.4})
	}
	return boxes
}

// A grid finds the rectangles that a rectangle overlaps, by the cells of a
// coarse grid.
type grid struct {
	origin  Rect
	columns int
	cells   [][]Rect
}

const cellSize = 16.0

func newGrid(frame Rect) *grid {
	g := &grid{origin: frame.grow(cellSize)}
	g.columns = int((g.origin.X1-g.origin.X0)/cellSize) + 1
	rows := int((g.origin.Y1-g.origin.Y0)/cellSize) + 1
	g.cells = make([][]Rect, g.columns*max(rows, 1))
	return g
}

// each calls f with the cells a rectangle touches, until f returns false.
func (g *grid) each(r Rect, f func(cell int) bool) {
	rows := len(g.cells) / g.columns
	clampTo := func(v float64, n int) int { return min(max(int(v/cellSize), 0), n-1) }
	c0, c1 := clampTo(r.X0-g.origin.X0, g.columns), clampTo(r.X1-g.origin.X0, g.columns)
	r0, r1 := clampTo(r.Y0-g.origin.Y0, rows), clampTo(r.Y1-g.origin.Y0, rows)
	for row := r0; row <= r1; row++ {
		for column := c0; column <= c1; column++ {
			if !f(row*g.columns + column) {
				return
			}
		}
	}
}

func (g *grid) add(r Rect) {
	g.each(r, func(cell int) bool {
		g.cells[cell] = append(g.cells[cell], r)
		return true
	})
}

func (g *grid) hits(r Rect) bool { return g.hitsBut(r, math.Inf(1), 0) }

// hitsBut is hits without the rectangles that hold a point.
func (g *grid) hitsBut(r Rect, x, y float64) bool {
	found := false
	g.each(r, func(cell int) bool {
		for _, other := range g.cells[cell] {
			if r.Overlaps(other) && !other.holds(x, y) {
				found = true
				return false
			}
		}
		return true
	})
	return found
}

// fewNames is how many points may be meant by name: each of them is named.
const fewNames = 3

// ranked returns how many points are meant to be named before others.
func (p *scatterPlan) ranked() int {
	n := 0
	for _, s := range p.spots {
		if s.rank > 0 {
			n++
		}
	}
	return n
}
