package report_test

import (
	"iter"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
)

func pairs(list [][2]float64) iter.Seq2[float64, float64] {
	return func(yield func(x, y float64) bool) {
		for _, p := range list {
			if !yield(p[0], p[1]) {
				return
			}
		}
	}
}

// TestCrowdCountsPoints holds that no point is lost, that places are near their
// points and that the order of the points is of no account.
func TestCrowdCountsPoints(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	list := make([][2]float64, 50_000)
	for i := range list {
		list[i] = [2]float64{40 + 10*random.NormFloat64(), 1e6 * random.ExpFloat64()}
	}
	c := report.NewCrowd(pairs(list))
	n, sum, want := 0, 0.0, 0.0
	for k, place := range c.Places {
		n, sum = n+place.N, sum+place.X*float64(place.N)
		if place.N < 1 || place.X < c.Lo[0] || place.Y < c.Lo[1] || place.X > c.Hi[0] || place.Y > c.Hi[1] {
			t.Fatalf("place %d is %+v", k, place)
		}
	}
	for _, p := range list {
		want += p[0]
	}
	if n != len(list) || c.N != len(list) {
		t.Errorf("%d points in places, %d in all, want %d", n, c.N, len(list))
	}
	if off, step := (want-sum)/float64(n), (c.Hi[0]-c.Lo[0])/1023; off < 0 || off > step {
		t.Errorf("places are %g from their points, want at most %g", off, step)
	}
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if again := report.NewCrowd(pairs(list)); !reflect.DeepEqual(c, again) {
		t.Error("the order of the points changes the crowd")
	}
}

// TestCrowdKeepsFewPlaces holds that whole ratings stay where they are, and that
// what cannot be shown is left out.
func TestCrowdKeepsFewPlaces(t *testing.T) {
	var list [][2]float64
	for i := range 9000 {
		list = append(list, [2]float64{float64(i % 30), float64(i % 20)})
	}
	list = append(list, [2]float64{math.NaN(), 1}, [2]float64{1, math.Inf(1)}, [2]float64{1e301, 1})
	c := report.NewCrowd(pairs(list))
	if c.N != 9000 || len(c.Places) != 60 {
		t.Fatalf("%d points at %d places", c.N, len(c.Places))
	}
	for _, p := range c.Places {
		if p.X != math.Trunc(p.X) || p.Y != math.Trunc(p.Y) || p.N != 150 {
			t.Errorf("place %+v", p)
		}
	}
	for name, list := range map[string][][2]float64{"none": nil, "one": {{3, 4}}, "equal": {{7, 7}, {7, 7}}, "far": {{-1e300, 5e-324}, {1e300, 0}}, "out": {{math.NaN(), 1}}} {
		n := 0
		c := report.NewCrowd(pairs(list))
		for _, p := range c.Places {
			n += p.N
		}
		if n != c.N || name != "out" && n != len(list) {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

// TestCrowdedCharts holds that a chart of many points keeps those that may be
// named, and one of few points is left alone.
func TestCrowdedCharts(t *testing.T) {
	chart := func(n int) *report.Chart {
		c := &report.Chart{Kind: report.QuadrantChart, Group: make([]report.Group, 2)}
		for i := range n {
			p := report.Point{X: float64(i % 50), Y: float64(i % 40), Label: "Customer", Rank: max(0, 3-i/8)}
			c.Group[i%2].Points = append(c.Group[i%2].Points, p)
		}
		return c
	}
	few := chart(20_000)
	if few.Crowded() != few {
		t.Error("a chart of 20,000 points is taken for a crowd")
	}
	many := chart(20_001)
	crowded := many.Crowded()
	if crowded == many || many.Group[0].Crowd != nil || crowded.Crowded() != crowded {
		t.Error("a chart of 20,001 points changes, or does so twice")
	}
	if a, b := crowded.Group[0], crowded.Group[1]; a.Len()+b.Len() != 20_001 || len(a.Points)+len(b.Points) != 16 {
		t.Errorf("%d and %d points, of which %d and %d may be named; want 16", a.Len(), b.Len(), len(a.Points), len(b.Points))
	}
}

// TestCrowdOfCustomers holds that the charts of many customers count all of them
// and name the foremost.
func TestCrowdOfCustomers(t *testing.T) {
	const n = 25_000
	random := rand.New(rand.NewPCG(13, 14))
	d := survey(random, n, 3, 2, 1, 0.02)
	component := func(id string) dataset.Component {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(random.IntN(11))
		}
		return dataset.Component{ID: id, Label: id, Weight: math.NaN(), Series: dataset.Series{Values: values}, Scale: dataset.Scale{Hi: 10}}
	}
	for _, id := range []string{"purchase", "reputation", "information", "knowledge", "transaction"} {
		d.ValueScore = append(d.ValueScore, component(id))
	}
	for _, id := range []string{"positioning", "ability", "value_match"} {
		d.Match = append(d.Match, component(id))
	}
	r := build(d)
	found := 0
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if b.Chart == nil || b.Chart.ID != "quadrant" && b.Chart.ID != "exchange" {
				continue
			}
			found++
			n, named := 0, 0
			for _, g := range b.Chart.Group {
				n, named = n+g.Len(), named+len(g.Points)
			}
			c := r.Results.Quadrant.Counts
			want := c[1] + c[2] + c[3] + c[4]
			if b.Chart.ID == "exchange" {
				want = r.Results.Concepts.Exchange.N
			}
			if n != want || named < 3 || named > 12 {
				t.Errorf("%s: %d customers, %d of them with names, want %d", b.Chart.ID, n, named, want)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d charts of customers", found)
	}
}
