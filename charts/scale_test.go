package charts

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
)

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		unit   dataset.Unit
		want   string
	}{
		{0, 100, dataset.Points, "[0 20 40 60 80 100]"},
		{-100, 100, dataset.Points, "[-100 -50 0 50 100]"},
		{0.53, 2.1, dataset.Ratio, "[0.75 1 1.25 1.5 1.75 2]"},
		{0, 1.2e6, dataset.Money, "[0 500000 1e+06]"},
		{-0.1, 0.3, dataset.Share, "[-0.1 0 0.1 0.2 0.3]"},
		{82, 118, dataset.Index, "[90 100 110]"},
		{0, 7, dataset.Count, "[0 2 4 6]"},
	} {
		if got := fmt.Sprintf("%.6g", span{c.lo, c.hi}.ticks(6, c.unit)); got != c.want {
			t.Errorf("ticks of %g..%g: %s, want %s", c.lo, c.hi, got, c.want)
		}
	}
}

// TestTicksProperties holds for any span: at most six ticks within it, evenly
// spaced, texts all different.
func TestTicksProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	w := words(t)
	for range 20_000 {
		lo := rng.NormFloat64() * math.Pow(10, float64(rng.IntN(24)-12))
		s := span{lo, lo + math.Abs(lo)*math.Pow(10, float64(rng.IntN(8)-4)) + 1e-12}.open()
		unit := []dataset.Unit{dataset.Number, dataset.Points, dataset.Share, dataset.Money, dataset.Ratio}[rng.IntN(5)]
		a := newAxis(s, 6, unit, w)
		if len(a.values) > 6 || len(a.values) == 0 {
			t.Fatalf("%d ticks on %v", len(a.values), s)
		}
		seen := map[string]bool{}
		for i, v := range a.values {
			if v < s.lo-1e-6*(s.hi-s.lo) || v > s.hi+1e-6*(s.hi-s.lo) {
				t.Fatalf("tick %g is not in %v", v, s)
			}
			if seen[a.texts[i]] {
				t.Fatalf("ticks %v on %v are written %q", a.values, s, a.texts)
			}
			seen[a.texts[i]] = true
		}
	}
}

// TestNoiseDrawsNoBar holds that sums of floating point that should be zero do
// not fill the chart when nothing else stands in it.
func TestNoiseDrawsNoBar(t *testing.T) {
	s := &sheet{chart: chartOf(report.BarsChart, []float64{7e-15, -7e-15, 0}, plainLabel), width: 490, height: 80, words: words(t), theme: DefaultTheme(), canvas: newRecorder()}
	p := s.rows()
	for _, r := range p.rows {
		if bar := thick(r, p.at.X(0), p.at.X(r.Value), 0.62); bar.X1-bar.X0 > 0.01 {
			t.Errorf("%g is a bar %.1f wide", r.Value, bar.X1-bar.X0)
		}
	}
}
