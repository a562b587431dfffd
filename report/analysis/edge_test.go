package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// ratings builds a dataset on 1-5 with benefits b0.. and costs c0..; rows holds
// one row per customer: our ratings, then each rival's.
func ratings(benefits, costs int, rows ...[]float64) *dataset.Dataset {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "us", Own: true}}}
	for a := range benefits + costs {
		attribute := dataset.Attribute{ID: fmt.Sprint("b", a), Scale: dataset.Scale{Lo: 1, Hi: 5}, Weight: nan}
		if a >= benefits {
			attribute.ID, attribute.Side, attribute.Group = fmt.Sprint("c", a-benefits), dataset.Cost, dataset.Monetary
		}
		attribute.Label = attribute.ID
		d.Attributes = append(d.Attributes, attribute)
	}
	for k := 1; len(rows) > 0 && k*len(d.Attributes) < len(rows[0]); k++ {
		d.Suppliers = append(d.Suppliers, dataset.Supplier{Name: fmt.Sprint("rival ", k)})
	}
	for range d.Suppliers {
		for range d.Attributes {
			d.Ratings = append(d.Ratings, dataset.Series{Values: make([]float64, len(rows))})
		}
	}
	for i, row := range rows {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%04d", i))
		for at, x := range row {
			d.Ratings[at].Values[i] = x
		}
	}
	return d
}

func repeated(n int, row ...float64) [][]float64 {
	var rows [][]float64
	for range n {
		rows = append(rows, row)
	}
	return rows
}

func TestEdgeCases(t *testing.T) {
	inf := math.Inf(1)
	cases := []struct {
		name  string
		d     *dataset.Dataset
		check func(t *testing.T, r *Results)
	}{
		{"no customers", ratings(2, 1), func(t *testing.T, r *Results) {
			if r.Value != nil || r.Quadrant != nil || r.Segments != nil {
				t.Error("results from nobody")
			}
		}},
		{"nothing at all", &dataset.Dataset{}, func(t *testing.T, r *Results) {}},
		{"customers without attributes", &dataset.Dataset{Customers: dataset.Customers{ID: []string{"a"}}}, func(t *testing.T, r *Results) {
			if r.Value != nil {
				t.Error("value without ratings")
			}
		}},
		{"one customer", ratings(1, 1, []float64{4, 2, 3, 2}), func(t *testing.T, r *Results) {
			if r.Value.Own.Value[0] != 50 || r.Value.MeanValue.Why != stat.TooFew || r.Value.Rank[0] != 1 {
				t.Errorf("%+v", r.Value)
			}
			if m := r.Value.Market; m.Comparisons[0].N != 1 || m.Comparisons[0].Standing != value.Unclear || m.Comparisons[0].Difference.Value != 25 {
				t.Errorf("%+v", m.Comparisons[0])
			}
			if r.Quadrant == nil || r.Quadrant.ID(r.Quadrant.Class[0]) != "secure" {
				t.Error("one customer is classified by fixed thresholds")
			}
		}},
		{"all equal", ratings(1, 1, repeated(9, 3, 3, 3, 3)...), func(t *testing.T, r *Results) {
			m := r.Value.Market
			if m.Comparisons[0].Difference.Why != stat.NoVariation || m.Comparisons[0].Standing != value.Unclear || !math.IsNaN(m.Comparisons[0].PHolm) {
				t.Errorf("%+v", m.Comparisons[0])
			}
			if m.MPQ.Value != 100 || m.WinAll.Net != 0 || m.CVA.Value != 1 || m.Relative.Value != 0 {
				t.Errorf("no parity: %+v", m)
			}
			if r.Value.Rank[0] != 5 || !r.Value.RankTied[8] {
				t.Errorf("ranks %v", r.Value.Rank)
			}
			if got := r.Quadrant; got.ID(got.Class[3]) != "secure" || got.X.OnThreshold != 9 {
				t.Errorf("ties go high: %v", got.Counts)
			}
		}},
		{"all blank", ratings(1, 1, repeated(3, nan, nan, nan, nan)...), func(t *testing.T, r *Results) {
			if r.Value.Own.Why[0] != value.NotRated || r.Value.Market != nil || r.Quadrant != nil || r.Value.Rated() {
				t.Errorf("%+v", r.Value.Own)
			}
		}},
		{"no rival", ratings(1, 1, []float64{5, 2}, []float64{3, 3}), func(t *testing.T, r *Results) {
			if r.Value.Market != nil || !math.IsNaN(r.Value.Relative[0]) || bestOf(r, 0) != -1 {
				t.Error("a rival from nowhere")
			}
			// U is 87.5 and 50: mean 68.75.
			within(t, "index", r.Value.RelativeIndex[0], 100*87.5/68.75, 1e-9)
			if r.Quadrant.Pair.X != quadrant.Benefits {
				t.Errorf("axes %v", r.Quadrant.Pair)
			}
			// Mean u of the benefit is 0.75: 25 points above; of the cost 0.375: 12.5 below.
			if terms := r.Value.RelativeTerms(0); terms[0].Points != 25 || terms[1].Points != 12.5 {
				t.Errorf("terms against the mean: %v", terms)
			}
		}},
		{"no cost attribute", ratings(2, 0, []float64{5, 2}, []float64{3, 3}), func(t *testing.T, r *Results) {
			own := r.Value.Own
			if own.Why[0] != value.CostsNotRated || !math.IsNaN(own.Value[0]) || own.Benefits[0] != 62.5 || r.Value.MeanBenefits.Value != 56.25 {
				t.Errorf("%+v", own)
			}
			if r.Value.Verdict[0] != value.NoVerdict {
				t.Errorf("verdict %s", r.Value.Verdict[0])
			}
		}},
		{"costs not answered", ratings(1, 1, []float64{5, nan}, []float64{nan, 3}), func(t *testing.T, r *Results) {
			if why := r.Value.Own.Why; why[0] != value.CostsNotRated || why[1] != value.BenefitsNotRated {
				t.Errorf("%v", why)
			}
		}},
		{"no cost reported", ratings(1, 1, []float64{5, 1}, []float64{1, 1}, []float64{3, 3}), func(t *testing.T, r *Results) {
			own := r.Value.Own
			if ratio, why := own.Ratio(0); !math.IsInf(ratio, 1) || why != value.NoCostReported || own.Value[0] != 100 || r.Value.NoCost != 1 {
				t.Errorf("%v %v", ratio, why)
			}
			if ratio, why := own.Ratio(1); !math.IsNaN(ratio) || why != value.RatioUndefined || own.Value[1] != 0 {
				t.Errorf("%v %v", ratio, why)
			}
			within(t, "mean ratio without the infinite", r.Value.MeanRatio, 1, 0)
		}},
		{"weights all zero", zeroWeights(ratings(1, 2, repeated(6, 4, 2, 2, 3, 3, 3)...)), func(t *testing.T, r *Results) {
			if r.Value.Own.Why[0] != value.NoWeight || !math.IsNaN(r.Value.Own.Costs[0]) || r.Value.Own.Benefits[0] != 75 {
				t.Errorf("%+v", r.Value.Own)
			}
			if !math.IsNaN(r.Value.Weights[1]) || r.Value.Weights[0] != 100 {
				t.Errorf("weights %v", r.Value.Weights)
			}
			if !hasNote(r, "note.weights-zero") {
				t.Errorf("notes %v", r.Notes)
			}
		}},
		{"odd weights", oddWeights(ratings(4, 1, repeated(6, 5, 1, 1, 1, 2)...)), func(t *testing.T, r *Results) {
			if r.Value.Own.Benefits[0] != 100 || r.Value.Weights[0] != 100 || r.Value.Weights[1] != 0 {
				t.Errorf("%v %v", r.Value.Own.Benefits, r.Value.Weights)
			}
		}},
		{"only rivals rated", ratings(1, 1, repeated(6, nan, nan, 3, 3)...), func(t *testing.T, r *Results) {
			m := r.Value.Market
			if m == nil || len(m.Comparisons) != 0 || !math.IsNaN(m.MPQ.Value) || r.Value.Own.Why[0] != value.NotRated || len(m.MapPoints) != 0 {
				t.Errorf("%+v", m)
			}
		}},
		{"infinite ratings", ratings(1, 1, []float64{inf, 2}, []float64{-inf, 2}, []float64{99, 2}), func(t *testing.T, r *Results) {
			if r.Value.Own.Why[0] != value.BenefitsNotRated || r.Value.Own.Why[2] != value.BenefitsNotRated {
				t.Errorf("%v", r.Value.Own.Why)
			}
		}},
		{"short columns", shortColumns(), func(t *testing.T, r *Results) {
			if r.Value.Own.Value[0] != 50 || r.Value.Own.Why[1] != value.CostsNotRated {
				t.Errorf("%+v", r.Value.Own)
			}
		}},
		{"no own supplier", nobodyOwn(ratings(1, 1, repeated(6, 4, 2, 3, 3)...)), func(t *testing.T, r *Results) {
			if r.Value.Own.Why[0] != value.NotRated || len(r.Value.Market.Rivals) != 2 {
				t.Errorf("%+v", r.Value.Market)
			}
		}},
		{"coverage exactly at the minimum", ratings(5, 1, []float64{3, 3, 3, nan, nan, 3}, []float64{3, 3, nan, nan, nan, 3}), func(t *testing.T, r *Results) {
			if why := r.Value.Own.Why; why[0] != value.Fine || why[1] != value.LowCoverage {
				t.Errorf("%v", why)
			}
		}},
		{"rival on other attributes", ratings(2, 2, repeated(6, 4, 4, 2, 2, 5, nan, 1, nan)...), func(t *testing.T, r *Results) {
			// Half of the weight is common: below 60 %, no comparison of totals.
			if _, rival := r.Value.Against(0, 0); !math.IsNaN(rival) || !math.IsNaN(r.Value.Relative[0]) || r.Value.Verdict[0] != value.WorthIt {
				t.Errorf("compared on different attributes: %v %v", rival, r.Value.Relative)
			}
			if len(r.Value.Market.Comparisons) != 2 || r.Value.Market.CoverQuality != 0.5 {
				t.Errorf("%+v", r.Value.Market.Comparisons)
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.check(t, Analyse(c.d, quick())) })
	}
}

func zeroWeights(d *dataset.Dataset) *dataset.Dataset {
	for a := range d.Attributes {
		d.Attributes[a].Weight = float64(1 - min(1, a))
	}
	return d
}

// oddWeights leaves one weight that can be used.
func oddWeights(d *dataset.Dataset) *dataset.Dataset {
	for a, w := range []float64{7, math.Inf(1), -3, nan, 1} {
		d.Attributes[a].Weight = w
	}
	return d
}

func shortColumns() *dataset.Dataset {
	d := ratings(1, 1, []float64{4, 2}, []float64{4, 2})
	d.Ratings[1].Values = d.Ratings[1].Values[:1]
	return d
}

func nobodyOwn(d *dataset.Dataset) *dataset.Dataset {
	d.Suppliers[0].Own = false
	return d
}

func hasNote(r *Results, code string) bool {
	for _, m := range r.Notes {
		if m.Code == code {
			return true
		}
	}
	return false
}

// Whatever the shape and the settings, nothing panics and no figure that is
// shown is infinite but a ratio of benefits to costs.
func TestNothingPanics(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 2))
		s := randomShape(random)
		s.customers = random.IntN(9)
		s.benefits, s.costs = random.IntN(3), random.IntN(3)
		d := randomDataset(random, s)
		spoil(random, d)
		o := quick()
		o.FairValue = []value.FairValueMode{value.Diagonal, value.Importance, value.Regression}[random.IntN(3)]
		o.WeightBy = []string{"", "weight", "revenue"}[random.IntN(3)]
		o.Population, o.Census = random.IntN(20), random.IntN(5) == 0
		o.Axes = [2]quadrant.Measure{quadrant.Measures[random.IntN(6)], quadrant.Measures[random.IntN(6)]}
		o.Thresholds = map[quadrant.Measure]Threshold{o.Axes[0]: {Mode: []quadrant.Mode{quadrant.Median, quadrant.Mean, quadrant.TopShare, quadrant.Fixed}[random.IntN(4)]}}
		r := Analyse(d, o)
		for name, x := range figures(d, r) {
			if math.IsInf(x, 0) && name[len(name)-2:] != " R" {
				t.Errorf("seed %d: %s is infinite", seed, name)
			}
		}
	}
}

// spoil makes some ratings infinite, some columns absent, some weights odd, and
// some attributes amounts of money.
func spoil(random *rand.Rand, d *dataset.Dataset) {
	for k := range d.Ratings {
		switch random.IntN(6) {
		case 0:
			d.Ratings[k].Values = nil
		case 1:
			for i := range d.Ratings[k].Values {
				d.Ratings[k].Values[i] = []float64{math.Inf(1), math.Inf(-1), 1e300, -1e300, 0}[random.IntN(5)]
			}
		}
	}
	for a := range d.Attributes {
		switch random.IntN(6) {
		case 0:
			d.Attributes[a].Weight = []float64{nan, -1, math.Inf(1), 0}[random.IntN(4)]
		case 1:
			d.Attributes[a].Money, d.Attributes[a].Scale = true, dataset.Scale{}
		}
	}
	if random.IntN(3) == 0 {
		d.FirmValue.Values = randomSeries(random, dataset.Scale{Lo: -5, Hi: 20}, d.Customers.Len(), 0.2).Values
	}
}

func TestMixedMoneyStaysOutside(t *testing.T) {
	d := ratings(1, 1, repeated(6, 4, 2, 3, 3)...)
	d.Attributes = append(d.Attributes, money("Price", dataset.Cost, dataset.Monetary))
	own, rival := dataset.Series{Values: []float64{11, 11, 11, 12, 12, 12}}, dataset.Series{Values: []float64{10, 10, 10, 10, 10, 10}}
	d.Ratings = []dataset.Series{d.Ratings[0], d.Ratings[1], own, d.Ratings[2], d.Ratings[3], rival}
	r := Analyse(d, quick())
	if r.Value.Mode != value.Index || r.Value.Own.Value[0] != 50 || !math.IsNaN(r.Value.Weights[2]) {
		t.Errorf("mode %s, value %v, weights %v", r.Value.Mode, r.Value.Own.Value, r.Value.Weights)
	}
	m := r.Value.Market
	within(t, "relative price", m.RelativePrice.Value, 115, 1e-9)
	within(t, "on the map", m.MapPoints[0].RelativePrice, 100*11.5/10.75, 1e-9)
	if !m.ActualPrices || m.RelativeCost || !hasNote(r, "note.outside") || !hasNote(r, "note.actual-prices") {
		t.Errorf("actual prices %v, %v", m.ActualPrices, r.Notes)
	}
	d.Ratings[5].Values = []float64{nan, nan, nan, nan, nan, nan}
	if m := Analyse(d, quick()).Value.Market; m.ActualPrices || math.Abs(m.RelativePrice.Value-75) > 1e-9 {
		t.Errorf("a rival without a price: ratings serve, %v", m.RelativePrice.Value)
	}
}

func TestMoneyNeedsEveryAmount(t *testing.T) {
	d := &dataset.Dataset{Attributes: []dataset.Attribute{money("gain", dataset.Benefit, ""), money("bonus", dataset.Benefit, ""), money("price", dataset.Cost, "")},
		Suppliers: []dataset.Supplier{{Name: "us", Own: true}}}
	d.Customers.ID = []string{"a", "b", "c"}
	d.Ratings = []dataset.Series{{Values: []float64{100, 100, 10}}, {Values: []float64{20, nan, 0}}, {Values: []float64{100, 100, -5}}}
	v := Analyse(d, quick()).Value
	if _, why := v.Own.Ratio(2); v.Own.Value[0] != 20 || v.Own.Why[1] != value.LowCoverage || why != value.RatioUndefined || v.Own.Value[2] != 15 || v.MinCoverage != 1 {
		t.Errorf("%+v", v.Own)
	}
	if v.Verdict[0] != value.WorthIt || !math.IsNaN(v.Own.Utility(0)) {
		t.Errorf("%v", v.Verdict)
	}
}

// Two samples: 10 customers rated us, 10 others the rival (METHOD 2.1, 3.3).
func TestIndependentSamples(t *testing.T) {
	var rows [][]float64
	a := []float64{11, 9, 10, 11, 10, 12, 9, 11, 12, 9}
	b := []float64{11, 13, 10, 13, 12, 9, 11, 12, 12, 11}
	for i := range a {
		rows = append(rows, []float64{a[i], nan}, []float64{nan, b[i]})
	}
	d := ratings(1, 0, rows...)
	d.Attributes[0].Scale = dataset.Scale{Lo: 1, Hi: 101} // a step is a point
	m := Analyse(d, quick()).Value.Market
	c := m.Comparisons[0]
	if !c.Independent || c.Difference.Method != stat.WelchT || c.N != 10 {
		t.Fatalf("%+v", c)
	}
	within(t, "difference", c.Difference.Value, -1, 1e-12)
	within(t, "lo", c.Difference.Lo, -2.1469104, 5e-8) // oracle 6
	within(t, "hi", c.Difference.Hi, 0.1469104, 5e-8)
	within(t, "p", c.Difference.P, 0.08356, 5e-6)
	within(t, "MPQ", m.MPQ.Value, 100*10.4/11.4, 1e-9)
	if m.MPQ.Method != stat.BootstrapCI || !(m.MPQ.Lo < m.MPQ.Value && m.MPQ.Value < m.MPQ.Hi) {
		t.Errorf("%+v", m.MPQ)
	}
}

func TestSimpsonNote(t *testing.T) {
	// We are asked mostly where everybody is content, the rival mostly where
	// nobody is: behind in both segments, ahead in total.
	var rows [][]float64
	var segments []string
	add := func(n int, segment string, row ...float64) {
		for range n {
			rows, segments = append(rows, row), append(segments, segment)
		}
	}
	add(20, "content", 4, nan)
	add(5, "content", nan, 5)
	add(5, "cross", 1, nan)
	add(20, "cross", nan, 2)
	d := ratings(1, 0, rows...)
	d.Customers.Segment = segments
	r := Analyse(d, quick())
	if !r.Segments.Simpson || !hasNote(r, "note.simpson") || fmt.Sprint(r.Segments.Reversed) != "[0]" {
		t.Errorf("%+v", r.Segments)
	}
	if r.Value.Market.Comparisons[0].Difference.Value <= 0 {
		t.Errorf("%+v", r.Value.Market.Comparisons[0])
	}
}

// Delta method and bootstrap must agree on a well-behaved sample.
func TestDeltaMethodAgreesWithBootstrap(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	d := randomDataset(random, shape{customers: 400, benefits: 4, costs: 2, rivals: 2, blanks: 0.1})
	o := DefaultOptions()
	boot := Analyse(d, o).Value.Market
	o.BootstrapMax = 100
	delta := Analyse(d, o).Value.Market
	if boot.MPQ.Method != stat.BootstrapCI || delta.MPQ.Method != stat.LogDelta {
		t.Fatalf("%s %s", boot.MPQ.Method, delta.MPQ.Method)
	}
	for _, pair := range [][2]stat.Estimate{{boot.MPQ, delta.MPQ}, {boot.RelativePrice, delta.RelativePrice}} {
		width := pair[0].Hi - pair[0].Lo
		within(t, "lo", pair[1].Lo, pair[0].Lo, 0.08*width)
		within(t, "hi", pair[1].Hi, pair[0].Hi, 0.08*width)
		within(t, "value", pair[1].Value, pair[0].Value, 0)
	}
}

func TestWorthAsked(t *testing.T) {
	d := goldenExample()
	d.WorthScale = dataset.Scale{Lo: 1, Hi: 10}
	d.Worth = []dataset.Series{{Values: []float64{8, 8, 6, 7, 9, 7}}, {Values: []float64{7, 6, 6, nan, 8, 6}}, {Values: []float64{5, nan, 6, nan, 6, 6}}}
	m := Analyse(d, quick()).Value.Market
	// Pair set without C4: ours 8 8 6 9 7, rivals 6 6 6 7 6.
	within(t, "own", m.OwnWorth, 38.0/5, 1e-12)
	within(t, "rivals", m.RivalWorth, 31.0/5, 1e-12)
	within(t, "CVA", m.CVA.Value, 38.0/31, 1e-12)
	if !m.WorthAsked {
		t.Error("worth was asked")
	}
}

func TestSamplingWeights(t *testing.T) {
	d := goldenExample()
	o := quick()
	o.WeightBy = "revenue"
	v := Analyse(d, o).Value
	// sum of revenue times PV over the sum of revenue, by hand.
	want := (120000*47.5 + 80000*2.5 + 15000*-32.5 + 5000*32.857142857142854 + 30000*20 + 50000*40) / 300000
	within(t, "weighted mean value", v.MeanValue.Value, want, 1e-9)
	if v.MeanValue.Why != stat.TooFew {
		t.Errorf("n_eff is 3.7: %+v", v.MeanValue)
	}
	d.Customers.Revenue = nil
	if r := Analyse(d, o); !hasNote(r, "note.weight-missing") {
		t.Errorf("%v", r.Notes)
	}
}

// MPQ and relative price from less weight than a value needs are marked.
func TestLittleComparedIsSaid(t *testing.T) {
	for _, c := range []struct {
		row    []float64
		little bool
	}{
		{[]float64{4, 4, 2, 3, nan, 2}, true}, {[]float64{4, 4, 2, 3, 3, 2}, false},
	} {
		r := Analyse(ratings(2, 1, repeated(6, c.row...)...), quick())
		if hasNote(r, "note.little-compared") != c.little || hasNote(r, "note.part-compared") {
			t.Errorf("%v: %+v", c.row, r.Notes)
		}
	}
	r := Analyse(ratings(3, 1, repeated(6, 4, 4, 4, 2, 3, 3, nan, 2)...), quick())
	if hasNote(r, "note.little-compared") || !hasNote(r, "note.part-compared") {
		t.Errorf("two thirds: %+v", r.Notes)
	}
}

func TestOffers(t *testing.T) {
	d := ratings(1, 1)
	d.Offers = &dataset.Offers{Name: []string{"A", "B", "C"}, Own: 1, Values: []dataset.Series{{Values: []float64{5, 4, 3}}, {Values: []float64{3, 1, nan}}}}
	r := Analyse(d, quick())
	if r.Value != nil || r.Quadrant != nil || len(r.Offers) != 3 {
		t.Fatalf("%+v", r)
	}
	want := []Offer{{Name: "A", Benefits: 100, Costs: 50, Value: 50, Ratio: 2, Rank: 2}, {Name: "B", Own: true, Benefits: 75, Costs: 0, Value: 75, Ratio: math.Inf(1), Rank: 1}}
	for i, w := range want {
		o := r.Offers[i]
		if o.Name != w.Name || o.Own != w.Own || o.Benefits != w.Benefits || o.Costs != w.Costs || o.Value != w.Value || o.Ratio != w.Ratio || o.Rank != w.Rank {
			t.Errorf("%+v, want %+v", o, w)
		}
	}
	if c := r.Offers[2]; c.Why != value.CostsNotRated || !math.IsNaN(c.Rank) || c.Class != quadrant.NotClassified {
		t.Errorf("%+v", c)
	}
	if got := r.OfferQuadrant.ID(r.Offers[0].Class) + " " + r.OfferQuadrant.ID(r.Offers[1].Class); got != "costly_worth_it great_value" {
		t.Errorf("classes %s", got)
	}
	if m := r.OfferMarket; m == nil || m.Comparisons[0].Own != 4 || m.Comparisons[0].Other != 4 || m.Comparisons[0].Ratio.Value != 1 {
		t.Errorf("ours against the others: %+v", m)
	}
	if len(r.OfferMap) != 2 {
		t.Errorf("map: %+v", r.OfferMap)
	}
	d.Offers.Own = -1
	if r := Analyse(d, quick()); r.OfferMarket != nil || len(r.OfferMap) != 2 {
		t.Errorf("nothing is ours: %+v", r)
	}
	d.Offers.Values[1].Values = []float64{nan, nan, nan}
	if r := Analyse(d, quick()); r.Offers[2].BenefitRank != 3 || !math.IsNaN(r.Offers[2].Rank) || !hasNote(r, "note.benefits-only") {
		t.Errorf("no costs: %+v", r)
	}
	d.Offers = &dataset.Offers{Own: -1}
	if r := Analyse(d, quick()); len(r.Offers) != 0 || r.OfferQuadrant != nil {
		t.Errorf("no offers: %+v", r)
	}
}

// bestOf returns the rival with the largest lead over us, -1 without one.
func bestOf(r *Results, customer int) int {
	k, _ := r.Value.Best(customer)
	return k
}
