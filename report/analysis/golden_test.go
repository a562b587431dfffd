package analysis

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

var nan = math.NaN()

// goldenExample is a table of 6 customers, 3 benefits, 2 costs and 2 rivals,
// all on 1-5, whose results were computed by hand and by another program. C4
// did not rate our service.
func goldenExample() *dataset.Dataset {
	scale := dataset.Scale{Lo: 1, Hi: 5}
	attribute := func(id string, side dataset.Side, group dataset.Group, tangible dataset.Answer, weight float64) dataset.Attribute {
		return dataset.Attribute{ID: id, Label: id, Side: side, Group: group, Tangible: tangible, Scale: scale, Weight: weight}
	}
	d := &dataset.Dataset{
		Attributes: []dataset.Attribute{
			attribute("Quality", dataset.Benefit, dataset.Product, dataset.Yes, 50),
			attribute("Service", dataset.Benefit, dataset.Service, dataset.No, 30),
			attribute("Image", dataset.Benefit, dataset.Image, dataset.No, 20),
			attribute("Price", dataset.Cost, dataset.Monetary, dataset.Yes, 60),
			attribute("Effort", dataset.Cost, dataset.Access, dataset.No, 40),
		},
		Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "Rival A"}, {Name: "Rival B"}},
	}
	d.Customers.ID = []string{"C1", "C2", "C3", "C4", "C5", "C6"}
	d.Customers.Name = []string{"Arda", "Berg", "Cole", "Dahl", "Eder", "Falk"}
	d.Customers.Segment = []string{"North", "North", "South", "North", "South", "South"}
	d.Customers.Revenue = []float64{120000, 80000, 15000, 5000, 30000, 50000}
	for _, column := range [][]float64{
		{5, 4, 3, 4, 4, 5}, {4, 3, 2, nan, 4, 5}, {4, 4, 3, 3, 3, 4}, {3, 4, 4, 2, 3, 4}, {2, 3, 4, 3, 3, 2},
		{4, 3, 4, 3, 5, 4}, {4, 3, 3, 4, 4, 4}, {3, 3, 3, 4, 4, 3}, {3, 3, 3, 2, 3, 3}, {3, 3, 3, 3, 2, 3},
		{3, 3, 3, 3, 3, 3}, {3, 2, 3, 2, 3, 3}, {4, 3, 2, 3, 3, 3}, {2, 2, 2, 1, 2, 2}, {2, 4, 3, 3, 3, 2},
	} {
		d.Ratings = append(d.Ratings, dataset.Series{Values: column})
	}
	component := func(id string, values ...float64) dataset.Component {
		return dataset.Component{ID: id, Label: id, Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: nan, Series: dataset.Series{Values: values}}
	}
	d.ValueScore = []dataset.Component{
		component("purchase", 9, 8, 3, 2, 5, 6), component("reputation", 8, 6, 4, 3, 5, 7), component("information", 7, 5, 5, 2, 6, 5),
		component("knowledge", 6, 4, 4, 1, 4, 5), component("transaction", 8, 6, 3, 2, 4, 4),
	}
	d.Match = []dataset.Component{
		component("positioning", 8, 3, 8, 2, 6, 5), component("ability", 9, 4, 7, 3, 7, 5), component("value_match", 7, 4, 8, 4, 5, 5),
	}
	return d
}

// six checks numbers to their sixth decimal.
// ofEach returns what is computed of every customer.
func ofEach(n int, of func(i int) float64) []float64 {
	var out []float64
	for i := range n {
		out = append(out, of(i))
	}
	return out
}

func six(t *testing.T, what string, got []float64, want ...float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d numbers, want %d", what, len(got), len(want))
		return
	}
	for i := range want {
		g, w := fmt.Sprintf("%.6f", got[i]+0), fmt.Sprintf("%.6f", want[i])
		if g != w && !(math.Abs(got[i]-want[i]) < 5.0000001e-7) {
			t.Errorf("%s[%d] = %s, want %s", what, i, g, w)
		}
	}
}

func one(t *testing.T, what string, got, want float64) {
	t.Helper()
	six(t, what, []float64{got}, want)
}

func estimate(t *testing.T, what string, e stat.Estimate, value, se, lo, hi float64) {
	t.Helper()
	six(t, what+" value, se, lo, hi", []float64{e.Value, e.SE, e.Lo, e.Hi}, value, se, lo, hi)
}

func TestGoldenPerceivedValue(t *testing.T) {
	r := Analyse(goldenExample(), DefaultOptions())
	v := r.Value
	six(t, "B", v.Own.Benefits, 87.5, 67.5, 42.5, 67.857143, 70, 95)
	six(t, "C", v.Own.Costs, 40, 65, 75, 35, 50, 55)
	six(t, "PV", v.Own.Value, 47.5, 2.5, -32.5, 32.857143, 20, 40)
	six(t, "U", ofEach(6, v.Own.Utility), 73.75, 51.25, 33.75, 66.428571, 60, 70)
	six(t, "R", ofEach(6, func(i int) float64 { x, _ := v.Own.Ratio(i); return x }), 2.1875, 1.038462, 0.566667, 1.938776, 1.4, 1.727273)
	six(t, "coverage of benefits", ofEach(6, func(i int) float64 { x, _ := v.Own.Covers(i); return x }), 1, 1, 1, 0.7, 1, 1)
	six(t, "coverage of costs", ofEach(6, func(i int) float64 { _, x := v.Own.Covers(i); return x }), 1, 1, 1, 1, 1, 1)
	six(t, "coverage", ofEach(6, v.Own.Coverage), 1, 1, 1, 0.7, 1, 1)
	want := [][]float64{{50, 22.5, 15, 30, 10}, {37.5, 15, 15, 45, 20}, {25, 7.5, 10, 45, 30}, {53.571429, nan, 14.285714, 15, 20},
		{37.5, 22.5, 10, 30, 20}, {50, 30, 15, 45, 10}}
	for i, row := range want {
		sparse(t, fmt.Sprintf("contributions of C%d", i+1), v.Contributions(i), row)
	}
	one(t, "mean B", v.MeanBenefits.Value, 71.726190)
	one(t, "mean C", v.MeanCosts.Value, 53.333333)
	estimate(t, "mean PV", v.MeanValue, 18.392857, 12.067254, -12.627007, 49.412721)
	one(t, "average R", v.MeanRatio, 1.344866)
	one(t, "t(0.975, 5)", stat.TQuantile(0.975, 5), 2.570582)
	one(t, "sd", stat.SD(v.Own.Value), 29.558615)
}

// sparse compares contributions with a row that has NaN where there is none.
func sparse(t *testing.T, what string, got []value.Contribution, want []float64) {
	t.Helper()
	row := make([]float64, len(want))
	for a := range row {
		row[a] = nan
	}
	for _, c := range got {
		row[c.Attribute] = c.Points
	}
	for a := range want {
		if math.IsNaN(want[a]) != math.IsNaN(row[a]) || math.Abs(row[a]-want[a]) > 5.0000001e-7 {
			t.Errorf("%s: attribute %d = %v, want %v", what, a, row[a], want[a])
		}
	}
}

func TestGoldenSegments(t *testing.T) {
	r := Analyse(goldenExample(), DefaultOptions())
	if len(r.Segments.Segments) != 2 {
		t.Fatalf("segments: %v", r.Segments.Segments)
	}
	north, south := r.Segments.Segments[0], r.Segments.Segments[1]
	six(t, "North", []float64{north.Benefits, north.Costs, north.Value.Value, north.Relative.Value, north.Revenue},
		74.285714, 46.666667, 27.619048, 11.011905, 205000)
	six(t, "South", []float64{south.Benefits, south.Costs, south.Value.Value, south.Relative.Value, south.Revenue},
		69.166667, 60, 9.166667, -12.5, 95000)
	for _, s := range r.Segments.Segments {
		if s.N != 3 || !s.TooFew || s.Value.Why != stat.TooFew || !math.IsNaN(s.Value.Lo) {
			t.Errorf("segment %s: n %d, too few %v, %v", s.Name, s.N, s.TooFew, s.Value)
		}
	}
}

func TestGoldenRelative(t *testing.T) {
	d := goldenExample()
	r := Analyse(d, DefaultOptions())
	v := r.Value
	if v.RelativeIndex != nil {
		t.Error("an index within the portfolio although rivals were rated")
	}
	six(t, "PV A", ofEach(6, func(i int) float64 { _, x := v.Against(0, i); return x }), 20, 0, 12.5, 22.142857, 47.5, 20)
	six(t, "PV B", ofEach(6, func(i int) float64 { _, x := v.Against(1, i); return x }), 30, -2.5, 10, 30, 15, 25)
	six(t, "relative", v.Relative, 22.5, 3.75, -43.75, 6.785714, -11.25, 17.5)
	six(t, "best - us", ofEach(6, func(i int) float64 { _, x := v.Best(i); return x }), -17.5, -2.5, 45, -2.857143, 27.5, -15)
	six(t, "best rival", ofEach(6, func(i int) float64 { k, _ := v.Best(i); return float64(k) }), 2, 1, 1, 2, 1, 2)
	if got := fmt.Sprint(v.Verdict); got != "[worth_it borderline regret worth_it better_elsewhere worth_it]" {
		t.Errorf("verdicts: %s", got)
	}
	if got := fmt.Sprint(v.VerdictCount); got != "map[worth_it:3 borderline:1 better_elsewhere:1 regret:1]" {
		t.Errorf("verdict counts: %s", got)
	}
	want := [][]float64{{18.75, 3.75, 2.5, -7.5, 5}, {12.5, 3.75, 5, -22.5, 5}, {-6.25, -7.5, 2.5, -22.5, -10}, {17.857143, nan, -3.571429, -7.5, 0},
		{0, 3.75, -2.5, -7.5, -5}, {18.75, 11.25, 5, -22.5, 5}}
	for i, row := range want {
		sparse(t, fmt.Sprintf("terms of C%d", i+1), v.RelativeTerms(i), row)
	}
	pluses, minuses := r.Why(d, 2)
	if fmt.Sprint(pluses, minuses) != "[{2 2.5}] [{3 -22.5} {4 -10} {1 -7.5}]" {
		t.Errorf("why of C3: %v %v", pluses, minuses)
	}
	estimate(t, "relative", v.Market.Relative, -0.744048, 9.848709, -26.060959, 24.572864)
	six(t, "win share", []float64{v.Market.WinShare.Value, v.Market.WinShare.Lo, v.Market.WinShare.Hi}, 0.666667, 0.299993, 0.903229)
	one(t, "sd of relative", stat.SD(v.Relative), 24.124310)
}

func TestGoldenWithoutRivals(t *testing.T) {
	d := goldenExample()
	d.Suppliers, d.Ratings = d.Suppliers[:1], d.Ratings[:5]
	v := Analyse(d, DefaultOptions()).Value
	six(t, "index", v.RelativeIndex, 124.585219, 86.576169, 57.013575, 112.217195, 101.357466, 118.250377)
	one(t, "mean U", v.MeanUtility, 59.196429)
	if v.Market != nil || !math.IsNaN(v.Relative[0]) {
		t.Errorf("a market without a rival")
	}
}

func TestGoldenMarket(t *testing.T) {
	m := Analyse(goldenExample(), DefaultOptions()).Value.Market
	if m.OneToTen {
		t.Error("one declared scale from 1: ratios belong on the raw scale")
	}
	type row struct {
		n                                                                int
		own, rival, ownGood, rivalGood, r, rLo, rHi, d, se, lo, hi, p, h float64
		standing                                                         value.Standing
	}
	want := []row{
		{6, 4.166667, 3.416667, 4.166667, 3.416667, 1.219512, 0.982428, 1.513811, 18.75, 8.385255, -2.804984, 40.304984, 0.075587, 0.302347, value.Unclear},
		{5, 3.6, 3.2, 3.6, 3.2, 1.125, 0.831927, 1.521317, 10, 10, -17.764451, 37.764451, 0.373901, 0.856773, value.Unclear},
		{6, 3.5, 3.166667, 3.5, 3.166667, 1.105263, 0.893422, 1.367335, 8.333333, 6.972167, -9.589192, 26.255859, 0.285591, 0.856773, value.Unclear},
		{6, 3.333333, 2.333333, 2.666667, 3.666667, 0.727273, 0.573015, 0.923056, -25, 5.590170, -39.369989, -10.630011, 0.006566, 0.032831, value.Laggard},
		{6, 2.833333, 2.833333, 3.166667, 3.166667, 1, 0.810912, 1.233180, 0, 6.454972, -16.593034, 16.593034, 1, 1, value.Unclear},
	}
	for i, w := range want {
		c := m.Comparisons[i]
		six(t, fmt.Sprintf("attribute %d", i),
			[]float64{c.Own, c.Other, c.OwnGood, c.OtherGood, c.Ratio.Value, c.Ratio.Lo, c.Ratio.Hi, c.Difference.Value, c.Difference.SE, c.Difference.Lo, c.Difference.Hi, c.Difference.P, c.PHolm},
			w.own, w.rival, w.ownGood, w.rivalGood, w.r, w.rLo, w.rHi, w.d, w.se, w.lo, w.hi, w.p, w.h)
		if c.N != w.n || c.Standing != w.standing || c.Independent {
			t.Errorf("attribute %d: n %d, %s, independent %v", i, c.N, c.Standing, c.Independent)
		}
	}
	one(t, "MPQ", m.MPQ.Value, 116.830873)
	one(t, "Q2", m.Q2, 117.011610)
	one(t, "relative price", m.RelativePrice.Value, 119.565217)
	if !m.RelativeCost || m.ActualPrices || m.MPQ.Why != stat.NotOffered {
		t.Errorf("relative cost %v, actual prices %v, interval of MPQ %q", m.RelativeCost, m.ActualPrices, m.MPQ.Why)
	}
	six(t, "areas", []float64{m.Comparisons[0].Area, m.Comparisons[1].Area, m.Comparisons[2].Area}, 10.975610, 3.75, 2.105263)
	six(t, "CVA", []float64{m.OwnWorth, m.RivalWorth, m.CVA.Value, m.CVA.SE, m.CVA.Lo, m.CVA.Hi},
		6.327679, 6.361161, 0.994736, 0.070087, 0.830736, 1.191113)
	winLoss := func(w value.WinLoss) []float64 { return []float64{w.Net, w.WinWeight, w.LossWeight, w.Total} }
	six(t, "win/loss benefits", winLoss(m.WinBenefits), 45.614035, 720, 200, 1140)
	six(t, "win/loss costs", winLoss(m.WinCosts), -45, 120, 660, 1200)
	six(t, "win/loss", winLoss(m.WinAll), -0.854701, 840, 860, 2340)
}

func TestGoldenMap(t *testing.T) {
	m := Analyse(goldenExample(), DefaultOptions()).Value.Market
	want := [][4]float64{{110.574114, 113.636364, -2.165337, 3.333333}, {105.011710, 103.092784, 1.356886, 2.833333}, {84.414176, 86.956522, -1.797710, 1.833333}}
	for i, w := range want {
		p := m.MapPoints[i]
		six(t, fmt.Sprintf("supplier %d", i), []float64{p.Quality, p.RelativePrice, p.Distance, p.Price}, w[:]...)
		if p.Position != value.Fair || p.Supplier != i {
			t.Errorf("supplier %d: %v", i, p)
		}
	}
}

func TestGoldenQuadrant(t *testing.T) {
	q := Analyse(goldenExample(), DefaultOptions()).Quadrant
	six(t, "x", q.X.Values, 76, 58, 38, 20, 48, 54)
	six(t, "y", q.Y.Values, 80, 36.666667, 76.666667, 30, 60, 50)
	wantQuadrant(t, q, "strategic profit potential ordinary potential strategic", "[false false false false true true]",
		"[true true true false true false]", "potential ordinary strategic potential strategic profit")
	six(t, "flip distance", ofEach(6, q.FlipDistance), 26, 8, 12, 20, 2, 0)
	six(t, "change", ofEach(6, q.Change), -26, -8, 12, 20, 2, 0)
	if fmt.Sprint(q.Counts) != "[0 2 1 2 1]" || q.BorderCount != 2 || q.Y.OnThreshold != 1 || q.X.OnThreshold != 0 {
		t.Errorf("counts %v, border %d, on threshold %d %d", q.Counts, q.BorderCount, q.X.OnThreshold, q.Y.OnThreshold)
	}
	near := q.Nearest(4)
	if !near.Found || near.To-near.From != 1 || q.ID(near.Class) != "strategic" {
		t.Errorf("nearest change of C5: %+v", near)
	}
	o := DefaultOptions()
	o.Thresholds = map[quadrant.Measure]Threshold{quadrant.FirmValue: {Mode: quadrant.Median}}
	one(t, "median threshold", Analyse(goldenExample(), o).Quadrant.X.Threshold, 51)
}

func wantQuadrant(t *testing.T, q *quadrant.Result, class, border, flipX, then string) {
	t.Helper()
	names := func(classes []quadrant.Class) string {
		text := ""
		for i, c := range classes {
			if i > 0 {
				text += " "
			}
			text += q.ID(c)
		}
		return text
	}
	var flips []bool
	var beyond []quadrant.Class
	for i := range q.Class {
		flips, beyond = append(flips, q.FlipX(i)), append(beyond, q.FlipClass(i))
	}
	for what, pair := range map[string][2]string{"classes": {names(q.Class), class}, "border": {fmt.Sprint(q.Border), border},
		"flip on x": {fmt.Sprint(flips), flipX}, "class then": {names(beyond), then}} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", what, pair[0], pair[1])
		}
	}
}

func TestGoldenSecondPair(t *testing.T) {
	o := DefaultOptions()
	o.Axes = [2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}
	q := Analyse(goldenExample(), o).Quadrant
	wantQuadrant(t, q, "secure secure at_risk secure contested secure", "[false true false false false false]",
		"[false true true false false false]", "contested captive contested contested secure contested")
	six(t, "flip distance", ofEach(6, q.FlipDistance), 22.5, 2.5, 32.5, 6.785714, 11.25, 17.5)
	if fmt.Sprint(q.Counts) != "[0 4 1 0 1]" || q.BorderCount != 1 || !q.Chosen {
		t.Errorf("counts %v, border %d, chosen %v", q.Counts, q.BorderCount, q.Chosen)
	}
}
