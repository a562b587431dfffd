package importance

import (
	"math"
	"slices"
	"testing"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Car dealer's service, after Martilla and James 1977 (four-point scales; the
// means as recalled, not checked against the paper).
var dealer = [][2]float64{
	{3.83, 2.63}, {3.63, 2.73}, {3.60, 3.15}, {3.56, 3.00}, {3.41, 3.05}, {3.41, 3.29}, {3.38, 3.03},
	{3.37, 3.11}, {3.29, 2.00}, {3.27, 3.02}, {2.52, 2.25}, {2.43, 2.49}, {2.37, 2.35}, {2.05, 3.33},
}

func dealerPoints() []Point {
	var points []Point
	for a, x := range dealer {
		points = append(points, Point{Attribute: a, Importance: 100 * (x[0] - 1) / 3, Performance: 100 * (x[1] - 1) / 3})
	}
	return points
}

func fields(m *Map, of func(Point) Quadrant, want Quadrant) (numbers []int) {
	for _, p := range m.Points {
		if of(p) == want {
			numbers = append(numbers, p.Attribute+1)
		}
	}
	return numbers
}

func TestDealer(t *testing.T) {
	m := NewMap(Stated, dealerPoints(), true)
	byMean := func(p Point) Quadrant { return p.ByMean }
	for want, numbers := range map[Quadrant][]int{
		Concentrate: {1, 2, 9}, KeepUp: {3, 4, 5, 6, 7, 8, 10}, LowPriority: {11, 12, 13}, Overkill: {14},
	} {
		if got := fields(m, byMean, want); !slices.Equal(got, numbers) {
			t.Errorf("%s by means: %v, want %v", want, got, numbers)
		}
	}
	// The midpoint of a four-point scale is 2.5: importance 2.43 and 2.37 lie
	// below, 2.52 above; performance 2.63 and 2.73 above.
	byMidpoint := func(p Point) Quadrant { return p.ByMidpoint }
	for want, numbers := range map[Quadrant][]int{
		Concentrate: {9, 11}, KeepUp: {1, 2, 3, 4, 5, 6, 7, 8, 10}, LowPriority: {12, 13}, Overkill: {14},
	} {
		if got := fields(m, byMidpoint, want); !slices.Equal(got, numbers) {
			t.Errorf("%s by midpoint: %v, want %v", want, got, numbers)
		}
	}
	// Medians: importance (3.37+3.38)/2, performance (3.00+3.02)/2.
	if got := m.Median; math.Abs(got.Importance-100*(3.375-1)/3) > 1e-9 || math.Abs(got.Performance-100*(3.01-1)/3) > 1e-9 {
		t.Errorf("medians %+v", got)
	}
	var differ []int
	for _, p := range m.Points {
		if p.Differs {
			differ = append(differ, p.Attribute+1)
		}
	}
	// By medians 4 (performance 3.00) drops to concentrate, 8 and 10 (importance
	// 3.37, 3.27) to overkill, 9 (3.29) to low priority.
	if !slices.Equal(differ, []int{1, 2, 4, 8, 9, 10, 11}) || m.Differing != 7 {
		t.Errorf("depend on the cross-hair: %v", differ)
	}
	if gap := m.Points[0].Gap; math.Abs(gap-100*(3.83-2.63)/3) > 1e-9 {
		t.Errorf("gap %v", gap)
	}
}

// A permutation of the attributes moves no point to another field.
func TestOrderDoesNotMatter(t *testing.T) {
	points := dealerPoints()
	want := NewMap(Derived, points, false)
	slices.Reverse(points)
	got := NewMap(Derived, points, false)
	for k, p := range got.Points {
		q := want.Points[len(points)-1-k]
		if p.ByMean != q.ByMean || p.ByMedian != q.ByMedian || p.ByMidpoint != q.ByMidpoint || math.Abs(p.Gap-q.Gap) > 1e-9 {
			t.Errorf("%+v %+v", p, q)
		}
	}
	sum := 0.0
	for _, p := range got.Points {
		sum += p.Gap // standardised gaps have no mean
	}
	if math.Abs(sum) > 1e-9 {
		t.Errorf("gaps add up to %v", sum)
	}
}

func TestCeiling(t *testing.T) {
	points := []Point{{0, 80, 90, "", "", "", false, 0}, {1, 70, 88, "", "", "", false, 0}, {2, 90, 70, "", "", "", false, 0}, {3, 60, 75, "", "", "", false, 0}}
	m := NewMap(Stated, points, true)
	if !m.OneSided || m.Differing == 0 {
		t.Errorf("%+v", m)
	}
	if m := NewMap(Stated, points[:3], true); m.Points[0].ByMean != NoQuadrant || m.Points[0].ByMidpoint != KeepUp {
		t.Errorf("three attributes: %+v", m.Points[0])
	}
	for k := range points {
		points[k].Importance = 50
	}
	if m := NewMap(Stated, points, false); m.Points[0].ByMean != NoQuadrant || !math.IsNaN(m.Points[0].Gap) {
		t.Errorf("importance that does not vary: %+v", m.Points[0])
	}
}

func survey(weights ...float64) (*dataset.Dataset, *value.Result) {
	d := &dataset.Dataset{}
	v := &value.Result{Mode: value.Index, Weights: weights}
	for a := range weights {
		side := dataset.Benefit
		if a >= 3 {
			side = dataset.Cost
		}
		d.Attributes = append(d.Attributes, dataset.Attribute{Side: side})
		v.Attributes = append(v.Attributes, value.AttributeMean{Attribute: a, Unit: 0.2 * float64(a)})
	}
	return d, v
}

func TestAnalyse(t *testing.T) {
	d, v := survey(50, 30, 20, 75, 25)
	share := func(x float64) driver.Predictor { return driver.Predictor{Share: stat.Estimate{Value: x}} }
	drivers := &driver.Result{Attribute: []int{0, 1, 2, 4}}
	drivers.Predictors = []driver.Predictor{share(0.4), share(0.3), share(0.2), share(0.1)}
	r := Analyse(d, v, drivers)
	if r.Stated == nil || r.Derived == nil || len(r.Derived.Points) != 4 {
		t.Fatalf("%+v", r)
	}
	for k, want := range []float64{150, 90, 60, 150, 50} { // weight times attributes of the side
		if got := r.Stated.Points[k].Importance; math.Abs(got-want) > 1e-9 {
			t.Errorf("importance %v, want %v", got, want)
		}
	}
	if p := r.Stated.Points[4].Performance; math.Abs(p-20) > 1e-9 { // a cost of 0.8
		t.Errorf("performance of a cost %v", p)
	}
	if p := r.Derived.Points[3]; p.Attribute != 4 || math.Abs(p.Importance-40) > 1e-9 {
		t.Errorf("%+v", p)
	}
}

func TestRefusals(t *testing.T) {
	d, v := survey(100./3, 100./3, 100./3, 50, 50)
	r := Analyse(d, v, nil)
	if r.Stated != nil || r.StatedRefused != WeightsEqual || r.Derived != nil || r.DerivedRefused != NoDrivers {
		t.Errorf("%+v", r)
	}
	d, v = survey(50, 30, 20)
	if r := Analyse(d, v, nil); r.StatedRefused != TooFew {
		t.Errorf("%+v", r)
	}
	for k := range v.Attributes {
		v.Attributes[k].Unit = math.NaN()
	}
	if r := Analyse(d, v, nil); r.StatedRefused != NoPerformance {
		t.Errorf("%+v", r)
	}
	v.Mode = value.Money
	if Analyse(d, v, nil) != nil || Analyse(d, nil, nil) != nil {
		t.Error("a map of amounts")
	}
}
