package value

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

var nan = math.NaN()

func options() Options {
	return Options{Coverage: 0.6, Delta: 5, DeltaMoney: 0.01, Meaningful: 5, BenefitShare: 0.5, FairValue: Diagonal, Zone: 10, Tie: 0.05, BootstrapMax: 20000}
}

// one builds a dataset of one benefit on a scale; suppliers holds each
// supplier's ratings, ours first.
func one(scale dataset.Scale, suppliers ...[]float64) *dataset.Dataset {
	d := &dataset.Dataset{Attributes: []dataset.Attribute{{ID: "a", Scale: scale, Weight: nan}}}
	for k, ratings := range suppliers {
		d.Suppliers = append(d.Suppliers, dataset.Supplier{Name: fmt.Sprint("s", k), Own: k == 0})
		d.Ratings = append(d.Ratings, dataset.Series{Values: ratings})
	}
	for i := range suppliers[0] {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%03d", i))
	}
	return d
}

// METHOD 3.9, each row by hand.
func TestStandings(t *testing.T) {
	for _, c := range []struct {
		value, lo, hi, p float64
		want             Standing
	}{
		{8, 3, 13, 0.01, Leader}, {5, 3, 7, 0.01, Leader}, {4.9, 3, 7, 0.01, SlightlyAhead}, {-8, -13, -3, 0.01, Laggard},
		{-2, -3, -1, 0.01, SlightlyBehind}, {1, -4, 4.9, 0.5, Par}, {1, -4, 5, 0.5, Unclear}, {8, -1, 17, 0.05, Unclear},
		{8, nan, nan, nan, Unclear}, {1, 0.5, 1.5, 0.2, Par},
	} {
		e := stat.Estimate{Value: c.value, Lo: c.lo, Hi: c.hi}
		if got := StandingOf(e, c.p, 5); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// METHOD 1, the order of the tests.
func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		pv, gap, delta float64
		want           Verdict
	}{
		{-5.1, 50, 5, Regret}, {-5, 50, 5, BetterElsewhere}, {-5, 5, 5, Borderline}, {5, nan, 5, Borderline}, {5.1, 5, 5, WorthIt},
		{5.1, 5.1, 5, BetterElsewhere}, {0, nan, 0, Borderline}, {nan, 5, 5, NoVerdict}, {-0.1, nan, 0, Regret}, {0.1 + 0.2, nan, 0.3, Borderline},
	} {
		if got := VerdictOf(c.pv, c.gap, c.delta); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// A difference of exactly the tie band is a tie (METHOD 2.7).
func TestTieBand(t *testing.T) {
	d := one(dataset.Scale{Lo: 0, Hi: 100}, []float64{55, 55.1, 50, 44.9}, []float64{50, 50, 50, 50})
	m := Analyse(d, options()).Market
	if m.WinAll.WinWeight != 100 || m.WinAll.LossWeight != 100 || m.WinAll.Total != 400 || m.WinAll.Net != 0 {
		t.Errorf("%+v", m.WinAll)
	}
}

// Equal leads: the rival whose name comes first, whatever column it stands in.
func TestBestRivalOfEqualOnes(t *testing.T) {
	d := one(dataset.Scale{Lo: 0, Hi: 10}, []float64{5}, []float64{7}, []float64{7})
	cost := dataset.Attribute{ID: "c", Side: dataset.Cost, Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: nan}
	d.Attributes = append(d.Attributes, cost)
	s := func(x float64) dataset.Series { return dataset.Series{Values: []float64{x}} }
	d.Ratings = []dataset.Series{s(5), s(5), s(7), s(5), s(7), s(5)}
	d.Suppliers[1].Name, d.Suppliers[2].Name = "Zeta", "Alpha"
	r := Analyse(d, options())
	if best, gap := r.Best(0); best != 2 || r.Market.BestRival != 2 || gap != 20 {
		t.Errorf("best %d and %d, gap %v", best, r.Market.BestRival, gap)
	}
}

// Two rivals that the same people rated: their errors add up within a person.
func TestRivalsRatedByTheSamePeople(t *testing.T) {
	own := []float64{6, 7, 8, 7, 6, nan, nan, nan, nan, nan}
	a := []float64{nan, nan, nan, nan, nan, 1, 2, 3, 4, 5}
	b := []float64{nan, nan, nan, nan, nan, 1, 2, 3, 4, 5}
	both := Analyse(one(dataset.Scale{Lo: 0, Hi: 100}, own, a, b), options()).Market.Comparisons[0].Difference
	single := Analyse(one(dataset.Scale{Lo: 0, Hi: 100}, own, a), options()).Market.Comparisons[0].Difference
	if math.Abs(both.SE-single.SE) > 1e-12 || math.Abs(both.Lo-single.Lo) > 1e-9 {
		t.Errorf("the same answers twice are not more information: %+v, %+v", both, single)
	}
	// In opposite order the two cancel within each person.
	b = []float64{nan, nan, nan, nan, nan, 5, 4, 3, 2, 1}
	opposite := Analyse(one(dataset.Scale{Lo: 0, Hi: 100}, own, a, b), options()).Market.Comparisons[0].Difference
	if want := math.Sqrt(0.7 / 5); math.Abs(opposite.SE-want) > 1e-12 {
		t.Errorf("standard error %v, want ours alone: %v", opposite.SE, want)
	}
}

// Below 60 % of our raters two samples are compared, from 60 % on the pairs.
func TestPairSetNeedsSixtyPerCent(t *testing.T) {
	own := []float64{5, 5, 5, 5, 5, 9, 9, 9, 9, 9}
	six := []float64{4, 4, 4, 4, 4, 4, nan, nan, nan, nan}
	five := []float64{4, 4, 4, 4, 4, nan, nan, nan, nan, nan}
	scale := dataset.Scale{Lo: 0, Hi: 10}
	if c := Analyse(one(scale, own, six), options()).Market.Comparisons[0]; c.Independent || c.N != 6 || math.Abs(c.Own-34.0/6) > 1e-12 {
		t.Errorf("six of ten: %+v", c)
	}
	if c := Analyse(one(scale, own, five), options()).Market.Comparisons[0]; !c.Independent || c.N != 5 || c.Difference.N != 5 || c.Ratio.N != 5 || c.Own != 7 {
		t.Errorf("five of ten: %+v", c)
	}
}

func TestBaseOfRatios(t *testing.T) {
	ratio := func(scale dataset.Scale) float64 {
		return Analyse(one(scale, []float64{4}, []float64{3}), options()).Market.Comparisons[0].Ratio.Value
	}
	for _, c := range []struct {
		scale dataset.Scale
		want  float64
	}{
		{dataset.Scale{Lo: 1, Hi: 5}, 4.0 / 3},                                    // raw
		{dataset.Scale{Lo: 1, Hi: 5, Inferred: true}, (1 + 9*0.75) / (1 + 9*0.5)}, // not declared
		{dataset.Scale{Lo: 0, Hi: 5}, (1 + 9*0.8) / (1 + 9*0.6)},                  // begins at 0
	} {
		if got := ratio(c.scale); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: %v, want %v", c.scale, got, c.want)
		}
	}
}

// Where the rivals' mean is hardly above zero against its spread, the delta
// method does not hold and the bootstrap serves (METHOD 3.7).
func TestRatioNearZeroIsBootstrapped(t *testing.T) {
	scale := dataset.Scale{Lo: 0.01, Hi: 100}
	own := []float64{5, 5, 6, 5, 4, 5, 6, 5, 5, 5}
	other := []float64{0.01, 0.01, 90, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01}
	o := options()
	o.Bootstrap, o.Seed = 500, 1
	r := Analyse(one(scale, own, other), o).Market.Comparisons[0].Ratio
	if r.Method != stat.BootstrapCI || !(r.Lo < r.Value) || !(r.Hi > 10*r.Value) {
		t.Errorf("%+v", r)
	}
	r = Analyse(one(scale, own[:7], other[:7]), o).Market.Comparisons[0].Ratio
	if r.Why != stat.NotOffered || !math.IsNaN(r.Lo) {
		t.Errorf("seven respondents: %+v", r)
	}
}

func TestSamplingWeightsReachEveryMean(t *testing.T) {
	// Weight 2 for a customer is the same as the customer twice, but for the
	// size of the sample.
	own, other := []float64{4, 2, 5, 3, 1, 5}, []float64{3, 3, 4, 2, 2, 5}
	costs, rival := []float64{2, 3, 2, 5, 4, 3}, []float64{3, 3, 1, 4, 2, 2}
	build := func(twice bool) *Result {
		o := options()
		take := func(x []float64) []float64 {
			if twice {
				return append(append([]float64(nil), x...), x[0])
			}
			return x
		}
		d := one(dataset.Scale{Lo: 1, Hi: 5}, take(own), take(other))
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: "c", Side: dataset.Cost, Group: dataset.Monetary, Scale: dataset.Scale{Lo: 1, Hi: 5}, Weight: nan})
		d.Ratings = []dataset.Series{d.Ratings[0], {Values: take(costs)}, d.Ratings[1], {Values: take(rival)}}
		if !twice {
			o.Sample = []float64{2, 1, 1, 1, 1, 1}
		}
		return Analyse(d, o)
	}
	a, b := build(false), build(true)
	pairs := map[string][2]float64{
		"mean value": {a.MeanValue.Value, b.MeanValue.Value}, "mean ratio": {a.MeanRatio, b.MeanRatio}, "mean U": {a.MeanUtility, b.MeanUtility},
		"MPQ": {a.Market.MPQ.Value, b.Market.MPQ.Value}, "Q2": {a.Market.Q2, b.Market.Q2}, "price": {a.Market.RelativePrice.Value, b.Market.RelativePrice.Value},
		"CVA": {a.Market.CVA.Value, b.Market.CVA.Value}, "net": {a.Market.WinAll.Net, b.Market.WinAll.Net}, "relative": {a.Market.Relative.Value, b.Market.Relative.Value},
		"win share": {a.Market.WinShare.Value, b.Market.WinShare.Value}, "map": {a.Market.MapPoints[0].Quality, b.Market.MapPoints[0].Quality},
		"group": {a.Groups[0].Points, b.Groups[0].Points},
	}
	for name, p := range pairs {
		if math.Abs(p[0]-p[1]) > 1e-9 || math.IsNaN(p[0]) {
			t.Errorf("%s: weighted %v, repeated %v", name, p[0], p[1])
		}
	}
}
