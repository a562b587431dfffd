package stat

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

var nan = math.NaN()

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %.10g, want %.10g", what, got, want)
	}
}

// Oracle 6 of METHOD: R output quoted on stats.stackexchange.
func TestWelchPublished(t *testing.T) {
	a := NewMoment([]float64{11, 9, 10, 11, 10, 12, 9, 11, 12, 9}, nil, Sampling{})
	b := NewMoment([]float64{11, 13, 10, 13, 12, 9, 11, 12, 12, 11}, nil, Sampling{})
	e := Welch(a, b, Sampling{})
	near(t, "mean a", a.Mean, 10.4, 1e-12)
	near(t, "mean b", b.Mean, 11.4, 1e-12)
	near(t, "t", e.Value/e.SE, -1.8325, 5e-5)
	near(t, "df", e.DF, 17.90031, 5e-6)
	near(t, "p", e.P, 0.08356, 5e-6)
	near(t, "lo", e.Lo, -2.1469104, 5e-8)
	near(t, "hi", e.Hi, 0.1469104, 5e-8)
	if e.Method != WelchT {
		t.Errorf("method %q", e.Method)
	}
}

// Printed tables of Student's distribution.
func TestTQuantilePublished(t *testing.T) {
	for df, want := range map[float64]float64{1: 12.706205, 2: 4.302653, 4: 2.776445, 5: 2.570582, 10: 2.228139, 29: 2.045230, 120: 1.979930, 1e6: 1.959966, 1e9: 1.959964} {
		near(t, "t", TQuantile(0.975, df), want, 5.1e-7)
	}
	for _, df := range []float64{0, -1, nan} {
		near(t, "t without freedom", TQuantile(0.975, df), nan, 0)
	}
	near(t, "p", TwoSided(2.570581836, 5), 0.05, 1e-9)
	near(t, "p at infinity", TwoSided(1.959963985, 1e9), 0.05, 1e-9)
}

// R: p.adjust(c(.01,.04,.03,.005), "holm").
func TestHolm(t *testing.T) {
	got := Holm([]float64{0.01, nan, 0.04, 0.03, 0.005})
	for i, want := range []float64{0.03, nan, 0.06, 0.06, 0.02} {
		near(t, "holm", got[i], want, 1e-15)
	}
}

// R: quantile(mtcars$mpg, 1:4/5) is 15.20, 17.92, 21.00, 24.08.
func TestQuantileType7Published(t *testing.T) {
	mpg := []float64{21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
		14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4}
	sorted := Ascending(append(mpg, nan))
	for k, want := range []float64{15.20, 17.92, 21.00, 24.08} {
		near(t, "quantile", Quantile(sorted, float64(k+1)/5), want, 1e-9)
	}
	near(t, "median", Median(mpg), 19.2, 1e-12)
	near(t, "median of nothing", Median(nil), nan, 0)
	near(t, "first", Quantile(sorted, 0), 10.4, 0)
	near(t, "last", Quantile(sorted, 1), 33.9, 0)
}

func TestWilson(t *testing.T) {
	// 4 of 6; and 8 of 10, a textbook case: 0.4902 to 0.9433.
	e := Wilson(4, 6, 6, Sampling{})
	near(t, "lo", e.Lo, 0.299993, 5e-7)
	near(t, "hi", e.Hi, 0.903229, 5e-7)
	e = Wilson(8, 10, 10, Sampling{})
	near(t, "lo", e.Lo, 0.4902, 5e-5)
	near(t, "hi", e.Hi, 0.9433, 5e-5)
	if e := Wilson(0, 0, 0, Sampling{}); !math.IsNaN(e.Value) {
		t.Error("a share of nobody")
	}
	if e := Wilson(3, 4, 4, Sampling{}); e.Why != TooFew {
		t.Errorf("four respondents bear an interval: %+v", e)
	}
}

func TestRanksShareMeanPlaces(t *testing.T) {
	rank, tied := Ranks([]float64{5, 7, 5.0000000001, nan, 9, 5})
	for i, want := range []float64{4, 2, 4, nan, 1, 4} {
		near(t, "rank", rank[i], want, 0)
		if tied[i] != (want == 4) {
			t.Errorf("tied[%d] = %v", i, tied[i])
		}
	}
}

func TestSumIsCompensated(t *testing.T) {
	near(t, "sum", Sum([]float64{1, 1e100, 1, -1e100}), 2, 0)
	tenths := make([]float64, 1_000_000)
	for i := range tenths {
		tenths[i] = 0.1
	}
	near(t, "sum of tenths", Sum(tenths), 100000, 1e-10)
	near(t, "infinite", Sum([]float64{1, math.Inf(1)}), math.Inf(1), nan)
}

// With equal weights Cochran's form is sd/sqrt(n), whatever the weight is.
func TestWeightedMeanReducesToPlain(t *testing.T) {
	x := []float64{3, 1, 4, 1, 5, 9, 2, 6}
	p := make([]float64, len(x))
	for i := range p {
		p[i] = 7.25
	}
	plain, weighted := OneSample(x, nil, 0, Sampling{}), OneSample(x, p, 0, Sampling{})
	near(t, "mean", weighted.Value, plain.Value, 1e-13)
	near(t, "se", weighted.SE, plain.SE, 1e-13)
	near(t, "df", weighted.DF, plain.DF, 1e-12)
	near(t, "lo", weighted.Lo, plain.Lo, 1e-12)
}

// By hand: x 1, 2, 3 with p 1, 1, 2: mean 9/4, n_eff 16/6,
// SE^2 = 3/2/16 * (1.5625 + 0.0625 + 4*0.5625).
func TestWeightedMeanByHand(t *testing.T) {
	m := NewMoment([]float64{1, 2, 3}, []float64{1, 1, 2}, Sampling{})
	near(t, "mean", m.Mean, 2.25, 1e-15)
	near(t, "n_eff", m.NEff, 16.0/6, 1e-15)
	near(t, "se", m.SE, math.Sqrt(1.5/16*3.875), 1e-15)
	if e := OneSample([]float64{1, 2, 3, 4, 5, 6}, []float64{100, 1, 1, 1, 1, 1}, 0, Sampling{}); e.Why != TooFew {
		t.Errorf("one customer carries the weight, yet an interval is given: %+v", e)
	}
}

func TestSampling(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6}
	whole := OneSample(x, nil, 0, Sampling{})
	half := OneSample(x, nil, 0, Sampling{Population: 12})
	near(t, "se of half the population", half.SE, whole.SE*math.Sqrt(0.5), 1e-15)
	for _, s := range []Sampling{{Census: true}, {Population: 6}, {Population: 3}} {
		if e := OneSample(x, nil, 0, s); e.Why != Census || !math.IsNaN(e.Lo) || !math.IsNaN(e.SE) {
			t.Errorf("%+v: %+v", s, e)
		}
	}
}

func TestIntervalsThatCannotBe(t *testing.T) {
	if e := OneSample(nil, nil, 0, Sampling{}); !math.IsNaN(e.Value) {
		t.Errorf("mean of nothing: %+v", e)
	}
	if e := OneSample([]float64{1, 2, 3, 4}, nil, 0, Sampling{}); e.Why != TooFew || e.Value != 2.5 {
		t.Errorf("four: %+v", e)
	}
	e := PairedMean([]float64{0.1 + 0.2, 0.3, 0.3, 0.3, 0.3}, nil, Sampling{})
	if e.Why != NoVariation || !math.IsNaN(e.P) {
		t.Errorf("only rounding tells the values apart: %+v", e)
	}
	constant := NewMoment([]float64{2, 2, 2, 2, 2}, nil, Sampling{})
	if e := Welch(constant, constant, Sampling{}); e.Why != NoVariation {
		t.Errorf("Welch without variation: %+v", e)
	}
	if e := PairedRatio([]float64{0, 0}, []float64{1, 1}, nil, Sampling{}, nil); !math.IsNaN(e.Value) {
		t.Errorf("ratio of zero: %+v", e)
	}
}

// The linearised form must be the formula of METHOD 3.7.
func TestPairedRatioIsTheDeltaMethod(t *testing.T) {
	o, c := []float64{4, 5, 3, 4, 5, 2}, []float64{3, 4, 3, 2, 5, 3}
	mo, mc := Mean(o, nil), Mean(c, nil)
	var so, sc, soc float64
	for i := range o {
		so += (o[i] - mo) * (o[i] - mo) / 5
		sc += (c[i] - mc) * (c[i] - mc) / 5
		soc += (o[i] - mo) * (c[i] - mc) / 5
	}
	want := math.Sqrt((so/mo/mo + sc/mc/mc - 2*soc/mo/mc) / 6)
	near(t, "se(ln r)", PairedRatio(o, c, nil, Sampling{}, make([]float64, len(o))).SE, want, 1e-14)
}

func resample(seed uint64) (lo, hi float64) {
	random := rand.New(rand.NewPCG(7, 7))
	x, ones := make([]float64, 200), make([]float64, 200)
	for i := range x {
		x[i], ones[i] = random.NormFloat64(), 1
	}
	r := NewResampler(len(x))
	sum, n := r.Column(x), r.Column(ones)
	if r.Column(ones) != n {
		panic("a column was added twice")
	}
	l, h, _ := r.Run(2000, seed, 1, func(sums, out []float64) { out[0] = sums[sum] / sums[n] })
	return l[0], h[0]
}

func TestBootstrapRepeatsToTheBit(t *testing.T) {
	lo, hi := resample(1)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if l, h := resample(1); l != lo || h != hi {
		t.Errorf("second run: %v %v, first %v %v", l, h, lo, hi)
	}
	if l, _ := resample(2); l == lo {
		t.Error("another seed gives the same interval")
	}
	// Width of a normal interval: 2 * 1.96 * sd / sqrt(200).
	near(t, "width", hi-lo, 2*1.96/math.Sqrt(200), 0.03)
}

// Pinned, so that an upgrade of Go or of the generator cannot change reports
// unnoticed.
func TestBootstrapIsPinned(t *testing.T) {
	lo, hi := resample(1)
	near(t, "lo", lo, -0.1870222600, 1e-10)
	near(t, "hi", hi, 0.08657973839, 1e-10)
}

func TestInfluenceIsTheDeltaMethod(t *testing.T) {
	x, ones := []float64{3, 1, 4, 1, 5, 9}, []float64{1, 1, 1, 1, 1, 1}
	r := NewResampler(6)
	sum, n := r.Column(x), r.Column(ones)
	influence := r.Influence(1, 0, func(sums, out []float64) { out[0] = sums[sum] / sums[n] })
	mean := Mean(x, nil)
	for i := range x {
		near(t, "influence", influence[i], (x[i]-mean)/6, 1e-8)
	}
}

func FuzzOneSample(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 4.0, 5.0)
	f.Add(0.0, 0.0, 0.0, 0.0, 0.0)
	f.Add(1e308, -1e308, 1e308, 1.0, 0.0)
	f.Fuzz(func(t *testing.T, a, b, c, d, e float64) {
		x := []float64{a, b, c, d, e}
		got := OneSample(x, nil, 0, Sampling{})
		if !math.IsNaN(got.Lo) && !math.IsNaN(got.Hi) && !(got.Lo <= got.Hi) {
			t.Errorf("%v: interval %v to %v", x, got.Lo, got.Hi)
		}
		Ranks(x)
		Median(x)
	})
}
