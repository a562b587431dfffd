package lifetime_test

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

var nan = math.NaN()

// Published parameters for the sample of CDNOW (Fader, Hardie and Lee 2005;
// Fader and Hardie 2013; the walkthrough of the R package BTYD).
var (
	published = lifetime.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	mle       = lifetime.BGNBD{R: 0.242593, Alpha: 4.413533, A: 0.792886, B: 2.425753}
	spend     = lifetime.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	classic   = lifetime.ParetoNBD{R: 0.5534, Alpha: 10.5802, S: 0.6061, Beta: 11.6562}
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %.10g, want %.10g within %g", what, got, want, tolerance)
	}
}

func day(s string) time.Time {
	date, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return date
}

// cdnow reads one of the two purchase lists of CDNOW: customer, a number in
// the sample (in one of them), date, discs and dollars.
func cdnow(t testing.TB, name string) *dataset.Dataset {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(golden.Practice(t), "oracles", name))
	if err != nil {
		t.Fatal(err)
	}
	d, known := &dataset.Dataset{}, map[string]int32{}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 4 {
			continue
		}
		date, err := time.Parse("20060102", f[len(f)-3])
		if err != nil {
			continue // the header
		}
		i, ok := known[f[0]]
		if !ok {
			i = int32(len(d.Customers.ID))
			known[f[0]] = i
			d.Customers.ID = append(d.Customers.ID, f[0])
		}
		amount, _ := strconv.ParseFloat(f[len(f)-1], 64)
		d.Transactions.Customer = append(d.Transactions.Customer, i)
		d.Transactions.Date = append(d.Transactions.Date, date)
		d.Transactions.Revenue = append(d.Transactions.Revenue, amount)
	}
	return d
}

const calibration = "1997-09-30"

// sample returns the summaries of the published sample at the end of its
// calibration period, in weeks.
func sample(t testing.TB) *lifetime.Summaries {
	t.Helper()
	h := purchase.New(cdnow(t, "CDNOW_sample.txt"), day(calibration))
	return lifetime.Summarise(h, purchase.DayOf(day(calibration)), 7)
}

// listed returns the summaries as the authors published them, with times in
// hundredths of a week and spends in cents: rounded, unlike those of the list
// of purchases.
func listed(t testing.TB) *lifetime.Summaries {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(golden.Practice(t), "oracles", "cdnow_customers_summary_with_transactions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	s := &lifetime.Summaries{Unit: 100}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), ",")
		if f[0] == "ID" {
			continue
		}
		number := func(c int) float64 { v, _ := strconv.ParseFloat(f[c], 64); return v }
		s.Customer = append(s.Customer, int32(len(s.X)))
		s.X = append(s.X, int32(number(1)))
		s.Recent = append(s.Recent, int32(math.Round(100*number(2))))
		s.Age = append(s.Age, int32(math.Round(100*number(3))))
		s.Spend = append(s.Spend, number(4))
	}
	return s
}

// TestSummariesPublished compares x, t_x, T and the mean spend of all 2,357
// customers with the list that the authors published.
func TestSummariesPublished(t *testing.T) {
	s, want := sample(t), listed(t)
	if s.Len() != 2357 || want.Len() != 2357 || s.Repeaters() != 946 {
		t.Fatalf("%d customers, %d listed, %d repeaters", s.Len(), want.Len(), s.Repeaters())
	}
	spent := 0.0
	for k := range s.X {
		customer := "customer " + strconv.Itoa(k+1)
		near(t, customer, float64(s.X[k]), float64(want.X[k]), 0)
		near(t, customer, float64(s.Recent[k])/7, float64(want.Recent[k])/100, 0.006)
		near(t, customer, float64(s.Age[k])/7, float64(want.Age[k])/100, 0.006)
		near(t, customer, s.Spend[k], want.Spend[k], 0.006)
		spent += want.Spend[k] / 946
	}
	near(t, "mean spend of the 946", spent, 35.078551797, 1e-6)
	near(t, "correlation of x and z", lifetime.SpendCorrelation(want), 0.1138839, 1e-6)
	near(t, "correlation of x and z", lifetime.SpendCorrelation(s), 0.113884, 1e-5)
}

func TestBGNBDFitPublished(t *testing.T) {
	m, fit, ok := lifetime.FitBGNBD(sample(t))
	if !ok || fit.Customers != 2357 || fit.Patterns != 1016 {
		t.Errorf("settled %v, %d customers, %d histories (want 1016)", ok, fit.Customers, fit.Patterns)
	}
	near(t, "r", m.R, 0.243, 0.001)
	near(t, "alpha", m.Alpha, 4.414, 0.003)
	near(t, "a", m.A, 0.793, 0.001)
	near(t, "b", m.B, 2.426, 0.003)
	near(t, "r", m.R, 0.242593, 1e-5)
	near(t, "alpha", m.Alpha, 4.413533, 1e-4)
	near(t, "a", m.A, 0.792886, 1e-4)
	near(t, "b", m.B, 2.425753, 3e-4)
	near(t, "log-likelihood", fit.LogLikelihood, -9582.4268, 0.005)
	if again, _, _ := lifetime.FitBGNBD(sample(t)); again != m {
		t.Errorf("a second fit: %v, not %v", again, m)
	}
}

func TestLogLikelihoodsPublished(t *testing.T) {
	s := listed(t)
	bg, pareto := 0.0, 0.0
	pnbd := lifetime.ParetoNBD{R: .553, Alpha: 10.578, S: .606, Beta: 11.669}
	for k, x := range s.X {
		recent, age := float64(s.Recent[k])/100, float64(s.Age[k])/100
		bg += published.LogLikelihood(float64(x), recent, age)
		pareto += pnbd.LogLikelihood(float64(x), recent, age)
	}
	near(t, "BG/NBD", bg, -9582.4, 0.05)
	near(t, "BG/NBD", bg, -9582.4268, 0.001)
	near(t, "Pareto/NBD", pareto, -9595.0, 0.05)
	near(t, "Pareto/NBD", pareto, -9594.9740, 0.001)
}

func TestGammaGammaFitPublished(t *testing.T) {
	m, fit, ok := lifetime.FitGammaGamma(sample(t))
	if !ok || fit.Customers != 946 {
		t.Errorf("settled %v, %d customers", ok, fit.Customers)
	}
	near(t, "p", m.P, 6.25, 0.02)
	near(t, "q", m.Q, 3.74, 0.02)
	near(t, "gamma", m.Gamma, 15.44, 0.02)
	near(t, "p", m.P, 6.2488, 0.002)
	near(t, "q", m.Q, 3.7446, 0.001)
	near(t, "gamma", m.Gamma, 15.4477, 0.01)
}

func TestGammaGammaExpectedPublished(t *testing.T) {
	s := sample(t)
	for k, want := range []float64{24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17} {
		near(t, "customer "+strconv.Itoa(k+1), spend.Expected(float64(s.X[k]), s.Spend[k]), want, 0.1)
	}
}

func TestParetoNBDFitPublished(t *testing.T) {
	m, fit, ok := lifetime.FitParetoNBD(sample(t))
	if !ok {
		t.Error("not settled")
	}
	near(t, "r", m.R, 0.553, 0.001)
	near(t, "alpha", m.Alpha, 10.578, 0.01)
	near(t, "s", m.S, 0.606, 0.001)
	near(t, "beta", m.Beta, 11.669, 0.03)
	near(t, "log-likelihood", fit.LogLikelihood, -9594.976, 0.005)
}

// TestExpectationsPublished needs no data: the authors' spreadsheets and the
// manuals of BTYD give parameters and results.
func TestExpectationsPublished(t *testing.T) {
	near(t, "E[Y(39)] x=2", published.Expected(39, 2, 30.43, 38.86), 1.226, 0.0005)
	for at, want := range map[float64]float64{0.1429: 0.0078, 1: 0.0532, 3: 0.1506, 31.8571: 1.0405, 32: 1.0437, 78: 1.8576} {
		near(t, "E[X(t)]", mle.ExpectedNew(at), want, 0.001)
	}
	near(t, "P(X(2)=10)", published.Probability(10, 2), 1.07869e-7, 1e-12)
	near(t, "P(X(39)=0)", published.Probability(0, 39), 0.5737864, 1e-6)
	for k, want := range []float64{.0019995214, .0015170236, .0011633150, .0009003148, .0007023638, .0005517902, .0004361913, .0003467171, .0002769613, .0002222260} {
		near(t, "P(X(30)=n)", published.Probability(11+k, 30), want, 1e-9)
	}
	near(t, "BG/NBD E[Y(52)] of customer 1516", mle.Expected(52, 26, 30.86, 31), 25.7595, 0.01)
	near(t, "BG/NBD P(alive) of customer 1516", mle.Alive(26, 30.86, 31), 0.9689, 0.0005)
	near(t, "Pareto/NBD P(alive) of customer 1516", classic.Alive(26, 30.86, 31), 0.9979, 0.0005)
	near(t, "Pareto/NBD E[Y(52)] of customer 1516", classic.Expected(52, 26, 30.86, 31), 25.46, 0.01)
}

// TestQuickstartUnits documents a published mistake. The quick start of the
// Python package lifetimes values customers over "12 months" with data in
// weeks: its months are 30 units, so 30 weeks. With months of 30.4375 days the
// values are a quarter of it (METHOD 5.4, oracle 10).
func TestQuickstartUnits(t *testing.T) {
	s := listed(t)
	bg, _, _ := lifetime.FitBGNBD(s)
	gg, _, _ := lifetime.FitGammaGamma(s)
	value := func(k int, month float64) float64 {
		x := float64(s.X[k])
		recent, age := float64(s.Recent[k])/100, float64(s.Age[k])/100
		return gg.Expected(x, s.Spend[k]) * lifetime.Discounted(12, 0.01, func(months float64) float64 {
			return bg.Expected(months*month, x, recent, age)
		})
	}
	for k, want := range map[int][2]float64{0: {140.096211, 36.30}, 1: {18.943467, 4.64}, 2: {38.180574, 8.35}, 5: {1003.868107, 283.69}} {
		near(t, "30 weeks a month", value(k, 30), want[0], 0.02)
		near(t, "30.4375 days a month", value(k, 30.4375/7), want[1], 0.006)
	}
}
