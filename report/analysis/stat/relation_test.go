package stat

import (
	"math"
	"testing"
)

// IQ and hours of television, the worked example of the Wikipedia article on
// Spearman's coefficient: rho = -29/165, two-sided p = 0.627188.
func TestSpearmanPublished(t *testing.T) {
	iq := []float64{106, 100, 86, 101, 99, 103, 97, 113, 112, 110}
	hours := []float64{7, 27, 2, 50, 28, 29, 20, 12, 6, 17}
	e := SpearmanEstimate(iq, hours, Sampling{})
	near(t, "rho", e.Value, -29.0/165, 1e-15)
	near(t, "p", e.P, 0.627188, 5e-7)
	near(t, "mean rank of ties", MidRanks([]float64{3, 1, 3, 2})[0], 3.5, 0)
}

// R: cor.test(mtcars$mpg, mtcars$wt): r = -0.8676594, 95 percent interval
// -0.9338264 to -0.7440872, t = -9.559, df = 30, p = 1.294e-10.
func TestPearsonPublished(t *testing.T) {
	mpg := []float64{21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
		14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4}
	weight := []float64{2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424,
		5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78}
	e := PearsonEstimate(mpg, weight, Sampling{})
	near(t, "r", e.Value, -0.8676594, 5e-8)
	near(t, "lo", e.Lo, -0.9338264, 5e-8)
	near(t, "hi", e.Hi, -0.7440872, 5e-8)
	near(t, "p", e.P, 1.294e-10, 5e-14)
}

func TestCorrelationsThatCannotBe(t *testing.T) {
	flat, steep := []float64{2, 2, 2, 2, 2}, []float64{1, 2, 3, 4, 5}
	if e := PearsonEstimate(flat, steep, Sampling{}); e.Why != NoVariation || !math.IsNaN(e.Value) {
		t.Errorf("flat: %+v", e)
	}
	if e := PearsonEstimate(steep[:4], steep[:4], Sampling{}); e.Why != TooFew || e.Value != 1 {
		t.Errorf("four: %+v", e)
	}
	if e := PearsonEstimate(steep, steep, Sampling{Census: true}); e.Why != Census {
		t.Errorf("census: %+v", e)
	}
	if e := PearsonEstimate(steep, steep, Sampling{}); !(e.P < 1e-20) || !(e.Lo > 1-1e-12) || !(e.Hi <= 1) {
		t.Errorf("perfect: %+v", e)
	}
	near(t, "unequal lengths", Pearson(steep, flat[:2]), nan, 0)
}

// R's help page of fisher.test: the lady tasting tea, p = 0.4857; convictions
// of like-sex twins (Fisher 1970), p = 0.0005367.
func TestFisherPublished(t *testing.T) {
	near(t, "tea", TwoByTwo{3, 1, 1, 3}.FisherExact(), 0.4857, 5e-5)
	near(t, "tea, exactly", TwoByTwo{3, 1, 1, 3}.FisherExact(), 34.0/70, 1e-12)
	near(t, "twins", TwoByTwo{2, 15, 10, 3}.FisherExact(), 0.0005367, 5e-8)
	near(t, "turned", TwoByTwo{10, 3, 2, 15}.FisherExact(), 0.0005367, 5e-8)
	near(t, "empty margin", TwoByTwo{0, 0, 4, 5}.FisherExact(), 1, 1e-12)
}

// Doll and Hill 1950, men: 647 of 649 with lung cancer smoked, 622 of 649
// without it. The uncorrected odds ratio is 14.04; with the halves
// 647.5*27.5/(622.5*2.5) = 11.4418.
func TestOddsRatio(t *testing.T) {
	e := TwoByTwo{647, 622, 2, 27}.OddsRatio(Sampling{})
	near(t, "odds ratio", e.Value, 11.44177, 5e-6)
	se := math.Sqrt(1/647.5 + 1/622.5 + 1/2.5 + 1/27.5)
	near(t, "lo", e.Lo, math.Exp(math.Log(11.441767)-1.959964*se), 1e-5)
	near(t, "hi", e.Hi, math.Exp(math.Log(11.441767)+1.959964*se), 1e-4)
	near(t, "empty cell", TwoByTwo{5, 0, 3, 4}.OddsRatio(Sampling{}).Value, 5.5*4.5/(0.5*3.5), 1e-12)
	near(t, "empty margin", TwoByTwo{5, 0, 3, 0}.OddsRatio(Sampling{}).Value, nan, 0)
}

// R: summary(lm(Fertility ~ ., swiss)): R-squared 0.7067, F = 19.76 on 5 and 41
// degrees of freedom, p = 5.594e-10.
func TestFPublished(t *testing.T) {
	f, p := FTest(0.706735, 47, 5)
	near(t, "F", f, 19.76, 5e-3)
	near(t, "p", p, 5.594e-10, 5e-13)
	if f, p := FTest(1, 10, 2); !math.IsInf(f, 1) || p != 0 {
		t.Errorf("perfect fit: %v %v", f, p)
	}
	if f, p := FTest(0.5, 3, 2); !math.IsNaN(f) || !math.IsNaN(p) {
		t.Errorf("no degrees of freedom: %v %v", f, p)
	}
}

func TestEigenRebuildsTheMatrix(t *testing.T) {
	a := [][]float64{{4, 1, -2}, {1, 2, 0}, {-2, 0, 3}}
	values, vectors, ok := Eigen(a)
	if !ok || values[0] > values[1] || values[1] > values[2] {
		t.Fatal(values, ok)
	}
	for i := range a {
		for j := range a {
			sum := 0.0
			for k, v := range values {
				sum += v * vectors[k][i] * vectors[k][j]
			}
			near(t, "rebuilt", sum, a[i][j], 1e-13)
		}
	}
	near(t, "trace", values[0]+values[1]+values[2], 9, 1e-13)
	for _, bad := range [][][]float64{nil, {{nan}}, {{math.Inf(1)}}} {
		if _, _, ok := Eigen(bad); ok {
			t.Errorf("%v has eigenvalues", bad)
		}
	}
}

func TestRegressRefusesDependentColumns(t *testing.T) {
	if _, ok := Regress([][]float64{{1, 1}, {1, 1}}, []float64{0.5, 0.5}); ok {
		t.Error("two equal columns were fitted")
	}
	if _, ok := Regress(nil, nil); ok {
		t.Error("no predictors were fitted")
	}
	r, ok := Regress([][]float64{{1}}, []float64{-0.6})
	if !ok || r.Beta[0] != -0.6 || math.Abs(r.R2-0.36) > 1e-15 {
		t.Errorf("one predictor: %+v", r)
	}
}

// By hand: of the six pairs, positives win five and tie one: 5.5/6.
func TestAUCByHand(t *testing.T) {
	near(t, "auc", AUC([]float64{1, 3, 3, 5, 2}, []bool{false, false, true, true, false}), 5.5/6, 1e-15)
	near(t, "one kind", AUC([]float64{1, 2}, []bool{true, true}), nan, 0)
}

func TestPercentileRanks(t *testing.T) {
	got := PercentileRanks([]float64{10, 20, nan, 20, 40})
	for i, want := range []float64{0.125, 0.5, nan, 0.5, 0.875} {
		near(t, "percentile", got[i], want, 1e-15)
	}
}

func TestMode(t *testing.T) {
	if text, n := Mode([]string{"b", "a", "", "b", "a", ""}); text != "a" || n != 2 {
		t.Errorf("%q %d", text, n)
	}
	if text, n := Mode([]string{"", ""}); text != "" || n != 0 {
		t.Errorf("%q %d", text, n)
	}
}

func FuzzFisher(f *testing.F) {
	f.Add(uint8(3), uint8(1), uint8(1), uint8(3))
	f.Fuzz(func(t *testing.T, a, b, c, d uint8) {
		table := TwoByTwo{int(a), int(b), int(c), int(d)}
		p := table.FisherExact()
		if !(p > 0 && p <= 1) {
			t.Errorf("%+v: p = %v", table, p)
		}
		if q := (TwoByTwo{int(b), int(a), int(d), int(c)}).FisherExact(); math.Abs(p-q) > 1e-9 {
			t.Errorf("%+v: %v and %v when the columns change places", table, p, q)
		}
	})
}
