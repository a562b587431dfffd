package report

import (
	"iter"
	"math"
	"slices"
)

const (
	// crowdFrom is how many points of a chart are described one by one at most.
	crowdFrom = 20_000
	// crowdSteps is how finely the places of a crowd are told apart along either
	// axis: several steps to the smallest mark of a page.
	crowdSteps = 1024
	// far is the largest number that a chart shows.
	far = 1e300
)

// A Crowd is what a chart says of points too many to be told apart: how many are
// where.
type Crowd struct {
	N      int        // points
	Lo, Hi [2]float64 // the least and the largest X and Y of them
	Places []Place    // from the least Y to the largest, and there by X; each has a point
}

// A Place is where N points are: all at X, Y, or from there on within a
// thousandth of the crowd's extent.
type Place struct {
	X, Y float64
	N    int
}

// NewCrowd counts points by their places; those that no chart shows - NaN,
// infinite or beyond 1e300 - are left out. It walks the points twice and returns
// the same whatever their order.
func NewCrowd(points iter.Seq2[float64, float64]) *Crowd {
	c := &Crowd{Lo: [2]float64{math.Inf(1), math.Inf(1)}, Hi: [2]float64{math.Inf(-1), math.Inf(-1)}}
	for x, y := range points {
		if shown(x, y) {
			c.N++
			c.Lo[0], c.Lo[1], c.Hi[0], c.Hi[1] = min(c.Lo[0], x), min(c.Lo[1], y), max(c.Hi[0], x), max(c.Hi[1], y)
		}
	}
	if c.N == 0 {
		return &Crowd{}
	}
	// Every step of the grid has the number of its place, from 1.
	grid, places := make([]int32, crowdSteps*crowdSteps), []Place(nil)
	width, height := c.Hi[0]-c.Lo[0], c.Hi[1]-c.Lo[1]
	for x, y := range points {
		if !shown(x, y) {
			continue
		}
		at := &grid[crowdStep(y-c.Lo[1], height)*crowdSteps+crowdStep(x-c.Lo[0], width)]
		if *at == 0 {
			places = append(places, Place{X: x, Y: y})
			*at = int32(len(places))
		}
		place := &places[*at-1]
		place.X, place.Y, place.N = min(place.X, x), min(place.Y, y), place.N+1
	}
	c.Places = make([]Place, 0, len(places))
	for _, at := range grid {
		if at > 0 {
			c.Places = append(c.Places, places[at-1])
		}
	}
	return c
}

func shown(x, y float64) bool { return math.Abs(x) <= far && math.Abs(y) <= far }

// crowdStep returns the step of a place so far from the least of a whole extent,
// 0 to crowdSteps-1.
func crowdStep(from, whole float64) int {
	if whole == 0 {
		return 0
	}
	return int(from/whole*(crowdSteps-1) + 0.5)
}

// Len returns how many points the group has.
func (g *Group) Len() int {
	if g.Crowd != nil {
		return g.Crowd.N
	}
	return len(g.Points)
}

// All returns the places of all points of the group.
func (g *Group) All() iter.Seq[Place] {
	return func(yield func(Place) bool) {
		if g.Crowd != nil {
			for _, place := range g.Crowd.Places {
				if !yield(place) {
					return
				}
			}
			return
		}
		for i := range g.Points {
			if !yield(Place{g.Points[i].X, g.Points[i].Y, 1}) {
				return
			}
		}
	}
}

// Crowded returns the chart itself where its points can be told apart, else a
// copy in which groups are crowds.
func (c *Chart) Crowded() *Chart {
	n, crowds := 0, 0
	for _, g := range c.Group {
		n += g.Len()
		if g.Crowd != nil {
			crowds++
		}
	}
	if n <= crowdFrom || crowds == len(c.Group) {
		return c
	}
	out := *c
	out.Group = slices.Clone(c.Group)
	for k := range out.Group {
		if g := &out.Group[k]; g.Crowd == nil {
			g.Crowd = NewCrowd(g.places())
		}
	}
	out.keepNamed()
	return &out
}

// places are those of the points that the group has one by one.
func (g *Group) places() iter.Seq2[float64, float64] {
	return func(yield func(x, y float64) bool) {
		for i := range g.Points {
			if !yield(g.Points[i].X, g.Points[i].Y) {
				return
			}
		}
	}
}

// Named returns how many points of a crowded chart of this kind bear a name at
// most.
func (k ChartKind) Named() int {
	if k == QuadrantChart {
		return 12
	}
	return 28
}

// keepNamed leaves crowds only the points that can be among the named: those of
// the highest ranks, as many ranks as hold enough.
func (c *Chart) keepNamed() {
	groups, count := c.Group, map[int]int{}
	for _, g := range groups {
		for i := range g.Points {
			if p := &g.Points[i]; p.Rank > 0 && p.Label != "" && shown(p.X, p.Y) {
				count[p.Rank]++
			}
		}
	}
	least := leastRank(count, c.Kind.Named())
	for k := range groups {
		if groups[k].Crowd == nil {
			continue
		}
		var kept []Point
		for i := range groups[k].Points {
			if p := groups[k].Points[i]; p.Rank >= least {
				kept = append(kept, p)
			}
		}
		groups[k].Points = kept
	}
}

// leastRank returns the rank from which on there are enough points, 1 where there
// never are.
func leastRank(count map[int]int, enough int) int {
	ranks := make([]int, 0, len(count))
	for rank := range count {
		ranks = append(ranks, rank)
	}
	slices.Sort(ranks)
	n := 0
	for _, rank := range slices.Backward(ranks) {
		if n += count[rank]; n >= enough {
			return rank
		}
	}
	return 1
}

// customerPoints are customers that make a group of a chart.
type customerPoints struct {
	members iter.Seq[int]
	x, y    []float64 // of all customers
	rank    func(i int) int
	open    func(i int) bool // nil for none
}

// place gives a group its customers: one point each, in a crowd only those with
// a rank.
func (b *builder) place(g *Group, crowded bool, c customerPoints) {
	for i := range c.members {
		rank := c.rank(i)
		if crowded && rank == 0 {
			continue
		}
		p := Point{X: c.x[i], Y: c.y[i], Label: b.d.Customers.Label(i), Rank: rank}
		p.Open = c.open != nil && c.open(i)
		g.Points = append(g.Points, p)
	}
	if crowded {
		g.Crowd = NewCrowd(func(yield func(x, y float64) bool) {
			for i := range c.members {
				if !yield(c.x[i], c.y[i]) {
					return
				}
			}
		})
	}
}
