package lifetime_test

import (
	"math"
	"testing"

	"valuebook/report/analysis/lifetime"
)

// Survivors in per cent by year of two groups of customers of a firm (Berry
// and Linoff 2004, printed in Fader and Hardie 2007).
var (
	regular = []float64{100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3}
	highEnd = []float64{100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4}
)

// cohort returns the first years of survivors, of 1,000 customers.
func cohort(name string, percent []float64, years int) lifetime.Cohort {
	c := lifetime.Cohort{Name: name}
	for t, p := range percent[:years+1] {
		c.Period = append(c.Period, t)
		c.Survivors = append(c.Survivors, 10*p)
	}
	return c
}

// TestSBGPublished holds oracle 9: parameters, likelihoods and the survivors
// foretold for year 12.
func TestSBGPublished(t *testing.T) {
	for _, c := range []struct {
		name                        string
		percent                     []float64
		years                       int
		alpha, beta, logLik, year12 float64
	}{
		{"high end", highEnd, 7, 0.6681, 3.8061, -1611.16, 37.8},
		{"regular", regular, 7, 0.7041, 1.1820, -1680.27, 17.0},
		{"regular", regular, 4, 0.7637, 1.2958, -1401.56, 16.0},
		{"high end", highEnd, 4, 1.2810, 7.7904, -1225.13, 30.7},
	} {
		m, logLik, homogeneous, why := lifetime.FitSBG([]lifetime.Cohort{cohort(c.name, c.percent, c.years)})
		if why != nil || homogeneous {
			t.Fatal(c.name, why, homogeneous)
		}
		near(t, c.name+" alpha", m.Alpha, c.alpha, 0.0005)
		near(t, c.name+" beta", m.Beta, c.beta, 0.001)
		near(t, c.name+" log-likelihood", logLik, c.logLik, 0.01)
		near(t, c.name+" year 12", 100*m.Survival(12), c.year12, 0.06)
	}
}

// TestSBGValue compares the discounted lifetimes with the figures of METHOD
// and with the plain sum.
func TestSBGValue(t *testing.T) {
	m := lifetime.SBG{Alpha: .7041, Beta: 1.182}
	del, _ := m.DEL(0.10)
	near(t, "DEL", del, 3.6947647, 1e-6)
	derl, _ := m.DERL(3, 0.10)
	near(t, "DERL", derl, 4.8696706, 1e-6)
	sum := 0.0
	for n := 0; n < 600; n++ {
		sum += m.Survival(n) / math.Pow(1.1, float64(n))
	}
	near(t, "DEL as a sum", del, sum, 1e-12)
	high, _ := lifetime.SBG{Alpha: .6681, Beta: 3.8061}.DEL(0.10)
	near(t, "DEL of high end", high, 5.92, 0.005)
	for want, m := range map[float64]lifetime.SBG{4.41: {Alpha: .6681, Beta: 3.8061}, 2.32: m} {
		constant, _ := lifetime.Multiple(m.Retention(1), 0.10, 0, lifetime.AtOnce)
		near(t, "first year's retention taken as constant", constant, want, 0.005)
	}
}

// TestSBGInvariants: S falls, retention rises.
func TestSBGInvariants(t *testing.T) {
	for _, m := range []lifetime.SBG{{.7, 1.2}, {.01, 5}, {30, 2}, {1, 1}} {
		for n := 1; n < 50; n++ {
			if !(m.Survival(n) < m.Survival(n-1)) || !(m.Retention(n+1) > m.Retention(n)) {
				t.Fatalf("%v at %d", m, n)
			}
		}
	}
}

func TestSBGRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		cohorts []lifetime.Cohort
		want    lifetime.Refusal
	}{
		"none":          {nil, lifetime.NoSurvivors},
		"rises":         {[]lifetime.Cohort{{"A", []int{0, 1, 2}, []float64{100, 80, 81}}}, lifetime.SurvivorsRise},
		"begins with 0": {[]lifetime.Cohort{{"A", []int{0, 1}, []float64{0, 0}}}, lifetime.SurvivorsNone},
		"begins late":   {[]lifetime.Cohort{{"A", []int{1, 2}, []float64{100, 80}}}, lifetime.SurvivorsNone},
		"blank":         {[]lifetime.Cohort{{"A", []int{0, 1}, []float64{100, nan}}}, lifetime.SurvivorsNone},
		"nobody leaves": {[]lifetime.Cohort{{"A", []int{0, 1, 2}, []float64{100, 100, 100}}}, lifetime.SurvivorsAll},
	} {
		if _, _, _, why := lifetime.FitSBG(c.cohorts); why == nil || why.Why != c.want {
			t.Errorf("%s: %v, want %s", name, why, c.want)
		}
	}
	if _, why := (lifetime.SBG{Alpha: .9, Beta: 2}).DEL(0); why != lifetime.Infinite {
		t.Errorf("without discount and with alpha below 1: %q", why)
	}
	if v, why := (lifetime.SBG{Alpha: 3, Beta: 2}).DEL(0); why != "" || math.Abs(v-2) > 1e-12 {
		t.Errorf("DEL(0) = %v, want (3+2-1)/(3-1) = 2", v)
	}
}

// TestSBGHomogeneous gives every customer the same chance of 20 %.
func TestSBGHomogeneous(t *testing.T) {
	c := lifetime.Cohort{Name: "same"}
	for n := range 8 {
		c.Period = append(c.Period, n)
		c.Survivors = append(c.Survivors, 1000*math.Pow(.8, float64(n)))
	}
	m, _, homogeneous, why := lifetime.FitSBG([]lifetime.Cohort{c})
	if why != nil || !homogeneous {
		t.Errorf("%v: homogeneous %v", m, homogeneous)
	}
	near(t, "retention", m.Retention(1), .8, 0.001)
}

// TestSeveralCohorts splits one cohort into two halves, one of them followed
// for fewer years, which leaves what is known of each year as it is.
func TestSeveralCohorts(t *testing.T) {
	whole, _, _, _ := lifetime.FitSBG([]lifetime.Cohort{cohort("A", regular, 7)})
	halves, _, _, _ := lifetime.FitSBG([]lifetime.Cohort{cohort("A", regular, 7), cohort("B", regular, 7)})
	near(t, "alpha", halves.Alpha, whole.Alpha, 1e-5)
	mixed, _, _, why := lifetime.FitSBG([]lifetime.Cohort{cohort("A", regular, 7), cohort("B", regular, 3)})
	if why != nil || math.Abs(mixed.Alpha-whole.Alpha) > 0.1 {
		t.Errorf("with a young cohort: %v, %v", mixed, why)
	}
}

// TestMultiplesPublished holds oracle 8 (Gupta and Lehmann 2005).
func TestMultiplesPublished(t *testing.T) {
	for r, row := range map[float64][4]float64{
		.6: {1.20, 1.15, 1.11, 1.07}, .7: {1.75, 1.67, 1.59, 1.52}, .8: {2.67, 2.50, 2.35, 2.22}, .9: {4.50, 4.09, 3.75, 3.46},
	} {
		for k, want := range row {
			got, why := lifetime.Multiple(r, .10+.02*float64(k), 0, lifetime.EndOfPeriod)
			near(t, "multiple "+string(why), got, want, 0.005001)
		}
	}
}

// TestBergerNasrPublished holds oracle 7 (Berger and Nasr 1998, case 1).
func TestBergerNasrPublished(t *testing.T) {
	got, why := lifetime.RetentionSpending(260, 50, .75, .2, 10)
	near(t, "value "+string(why), got, 568.78307, 1e-5)
}

func TestMultipleRules(t *testing.T) {
	end, _ := lifetime.Multiple(.8, .1, 0, lifetime.EndOfPeriod)
	once, _ := lifetime.Multiple(.8, .1, 0, lifetime.AtOnce)
	near(t, "the timings differ by one margin", once-end, 1, 1e-12)
	long, _ := lifetime.FiniteMultiple(.8, .1, 0, 400, lifetime.EndOfPeriod)
	near(t, "a long horizon is for ever", long, end, 1e-12)
	grown, _ := lifetime.Multiple(.8, .1, .05, lifetime.EndOfPeriod)
	long, _ = lifetime.FiniteMultiple(.8, .1, .05, 400, lifetime.EndOfPeriod)
	near(t, "with growth", long, grown, 1e-12)
	for _, c := range []struct {
		r, d, g float64
		want    lifetime.Refusal
	}{
		{1.1, .1, 0, lifetime.RetentionRange}, {-.1, .1, 0, lifetime.RetentionRange}, {nan, .1, 0, lifetime.RetentionRange},
		{.8, -.1, 0, lifetime.DiscountRange}, {.8, nan, 0, lifetime.DiscountRange}, {1, 0, 0, lifetime.Infinite},
		{.9, .1, .3, lifetime.GrowthTooLarge}, {.9, .1, nan, lifetime.GrowthTooLarge}, {1, .1, 0, ""},
	} {
		if _, why := lifetime.Multiple(c.r, c.d, c.g, lifetime.EndOfPeriod); why != c.want {
			t.Errorf("r %v d %v g %v: %q, want %q", c.r, c.d, c.g, why, c.want)
		}
	}
	near(t, "a year of months", math.Pow(1+lifetime.MonthlyRate(.1), 12), 1.1, 1e-14)
	near(t, "a year of months", math.Pow(lifetime.MonthlyRetention(.8), 12), .8, 1e-14)
	near(t, "continuous", math.Exp(52*lifetime.ContinuousRate(.1, 52)), 1.1, 1e-14)
}
