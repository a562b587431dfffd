package charts

import (
	"math"
	"math/rand/v2"
	"testing"

	"valuebook/report"
)

// crowdChart is a quadrant of n points in four groups, by whole ratings or
// anywhere; some are named.
func crowdChart(n int, whole bool) *report.Chart {
	random := rand.New(rand.NewPCG(21, 22))
	ch := chartOf(report.QuadrantChart, []float64{50}, plainLabel)
	for i := range n {
		x, y := 100*random.Float64(), min(100, max(0, 50+15*random.NormFloat64()))
		if whole {
			x, y = 2.5*math.Round(x/2.5), 2.5*math.Round(y/2.5)
		}
		g := &ch.Group[i%4]
		g.Points = append(g.Points, report.Point{X: x, Y: y, Label: plainLabel(i), Rank: max(0, 3-i/4)})
	}
	return ch
}

// drawnAs draws a chart as it is, its points counted or not.
func drawnAs(t *testing.T, ch *report.Chart) *recorder {
	t.Helper()
	c := newRecorder()
	s := &sheet{chart: ch, width: 494, height: 355, words: words(t), theme: DefaultTheme(), canvas: c}
	for _, l := range s.plan() {
		l.draw(pen{&renderer{canvas: c}})
	}
	return c
}

// TestCrowdsLookLikeTheirPoints holds that a chart is the same whether its
// points are given one by one or counted by place: with whole ratings to the last
// stroke, else in the names, the axes and all but few squares.
func TestCrowdsLookLikeTheirPoints(t *testing.T) {
	whole := crowdChart(25_000, true)
	if a, b := drawnAs(t, whole), drawnAs(t, whole.Crowded()); a.log.String() != b.log.String() {
		t.Error("whole ratings are drawn otherwise when they are counted")
	}
	ch := crowdChart(25_000, false)
	a, b := drawnAs(t, ch), drawnAs(t, ch.Crowded())
	if len(a.texts) != len(b.texts) {
		t.Fatalf("%d texts, of the crowd %d", len(a.texts), len(b.texts))
	}
	for i := range a.texts {
		if a.texts[i] != b.texts[i] {
			t.Errorf("%+v, of the crowd %+v", a.texts[i], b.texts[i])
		}
	}
	if more := math.Abs(float64(a.pathOps-b.pathOps)) / float64(a.pathOps); more > 0.01 {
		t.Errorf("%d strokes, of the crowd %d", a.pathOps, b.pathOps)
	}
}

// BenchmarkMillionPoints draws the quadrant of a million points, given one by one
// and counted by place.
func BenchmarkMillionPoints(b *testing.B) {
	ch := crowdChart(1_000_000, false)
	for name, ch := range map[string]*report.Chart{"points": ch, "crowd": ch.Crowded()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := Draw(newRecorder(), ch, 494, 355, words(b), DefaultTheme()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
