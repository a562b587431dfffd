package segment

import (
	"math"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
)

func TestSegments(t *testing.T) {
	nan := math.NaN()
	v := &value.Result{MeanValue: stat.Estimate{Value: 4},
		Own:      value.Scores{Value: []float64{1, 2, 3, 4, 10, nan, nan, 4}, Benefits: []float64{1, 2, 3, 4, 10, 7, nan, 4}, Costs: make([]float64, 8)},
		Relative: []float64{nan, nan, nan, nan, nan, nan, nan, nan}, RelativeIndex: []float64{90, 110, 100, 100, 150, nan, nan, 100}}
	classes := &quadrant.Result{Class: []quadrant.Class{1, 1, 2, 3, 4, 0, 0, 1}}
	r := Analyse(Input{Names: []string{"b", "b", "b", "b", "b", "a", "a", ""}, Revenue: []float64{1, 2, nan, 4, 5, nan, nan, 9},
		Order: []int{0, 1, 2, 3, 4, 5, 6, 7}, Value: v, Classes: classes})
	if len(r.Segments) != 2 || r.Segments[0].Name != "a" || r.Unassigned != 1 {
		t.Fatalf("%+v", r)
	}
	a, b := r.Segments[0], r.Segments[1]
	if a.N != 2 || a.Rated != 0 || !a.TooFew || !math.IsNaN(a.Value.Value) || !math.IsNaN(a.Revenue) || a.Counts[0] != 2 || a.Benefits != 7 {
		t.Errorf("a: %+v", a)
	}
	if b.N != 5 || b.TooFew || b.Value.Value != 4 || math.IsNaN(b.Value.Lo) || b.Contrast != 100 || b.Revenue != 12 || b.Index != 110 {
		t.Errorf("b: %+v", b)
	}
	v.Own.Value[0] = nan
	if s := Analyse(Input{Names: []string{"b", "b", "b", "b", "b"}, Order: []int{0, 1, 2, 3, 4}, Value: v}).Segments[0]; !s.TooFew || s.N != 5 {
		t.Errorf("five members, four rated: %+v", s)
	}
	v.MeanValue.Value = -1
	if s := Analyse(Input{Names: []string{"b"}, Order: []int{0}, Value: v}).Segments[0]; !math.IsNaN(s.Contrast) {
		t.Errorf("contrast with a negative base: %v", s.Contrast)
	}
	v.MeanValue.N = 7 // as of an analysis: means rest on those who have a value
	names := []string{"", "", "", "", "a", "a", "a"}
	if s := Analyse(Input{Names: names, Order: []int{4, 5, 6}, Value: v}).Segments[0]; s.Benefits != 10 || s.Value.Value != 10 {
		t.Errorf("one of three members has a value: %+v", s)
	}
	if Analyse(Input{Names: []string{"", ""}, Order: []int{0, 1}}) != nil {
		t.Error("segments without names")
	}
}
