package lifetime

import (
	"math"
	"testing"
	"time"

	"valuebook/report/analysis/purchase"
)

// TestSeries compares 2F1 with closed forms.
func TestSeries(t *testing.T) {
	for _, z := range []float64{0, 0.1, 0.5, 0.9, 0.999} {
		for name, c := range map[string][2]float64{
			"(1-z)^-a":    {hypergeometric(2.5, 3, 3, z), math.Pow(1-z, -2.5)},
			"-ln(1-z)/z":  {z * hypergeometric(1, 1, 2, z), -math.Log1p(-z)},
			"polynomial":  {hypergeometric(-2, 1, 3, z), 1 - 2*z/3 + z*z/6},
			"arcsin(√z)":  {math.Sqrt(z) * hypergeometric(.5, .5, 1.5, z), math.Asin(math.Sqrt(z))},
			"arctanh(√z)": {math.Sqrt(z) * hypergeometric(.5, 1, 1.5, z), math.Atanh(math.Sqrt(z))},
		} {
			if math.Abs(c[0]-c[1]) > 1e-12*(1+math.Abs(c[1])) {
				t.Errorf("%s at %v: %v, want %v", name, z, c[0], c[1])
			}
		}
	}
	for _, z := range []float64{-0.1, 1, 2, math.NaN()} {
		if !math.IsNaN(hypergeometric(1, 2, 3, z)) {
			t.Errorf("2F1 at %v is given", z)
		}
	}
}

var models = []BGNBD{{0.243, 4.414, 0.793, 2.426}, {2, 10, 3, 5}, {0.9, 3, 1, 2}, {0.5, 2, 0.4, 0.6}, {0.02, 0.5, 1.3, 0.2}}

// TestExpectationAsPublished compares E[Y(t)] with the formula as it is
// printed, without the transformation.
func TestExpectationAsPublished(t *testing.T) {
	for _, m := range models {
		if m.A == 1 {
			continue
		}
		for _, x := range []float64{1, 2, 7, 30} {
			for _, ahead := range []float64{0.5, 10, 52} {
				recent, age := 20.0, 25.0
				z := ahead / (m.Alpha + age + ahead)
				printed := (m.A + m.B + x - 1) / (m.A - 1) * (1 - math.Pow((m.Alpha+age)/(m.Alpha+age+ahead), m.R+x)*
					hypergeometric(m.R+x, m.B+x, m.A+m.B+x-1, z)) * m.Alive(x, recent, age)
				if got := m.Expected(ahead, x, recent, age); math.Abs(got-printed) > 1e-9*(1+printed) {
					t.Errorf("%v x=%v t=%v: %v, want %v", m, x, ahead, got, printed)
				}
			}
		}
	}
}

// TestModelInvariants: P(alive) is a chance and falls with silence; expected
// purchases begin at 0 and rise with time; chances of n purchases add to 1.
func TestModelInvariants(t *testing.T) {
	pareto := []repeatModel{ParetoNBD{.55, 10.6, .61, 11.7}, ParetoNBD{2, 3, 1, 40}, ParetoNBD{1, 20, 3, 2}}
	for _, m := range models {
		pareto = append(pareto, m)
		sum := 0.0
		for n := range 400 {
			sum += m.Probability(n, 30)
		}
		if math.Abs(sum-1) > 1e-3 {
			t.Errorf("%v: chances add to %v", m, sum)
		}
	}
	for _, m := range pareto {
		for _, x := range []float64{0, 1, 3, 40, 5000} {
			recent := math.Min(x, 20)
			alive := 1.1
			for age := recent; age < 200; age += 10 {
				now := m.Alive(x, recent, age)
				if !(now >= 0 && now <= 1) || x > 0 && now > 0 && !(now < alive) {
					t.Fatalf("%v x=%v T=%v: P(alive) %v after %v", m, x, age, now, alive)
				}
				alive = now
				before := -1.0
				for _, ahead := range []float64{0, 0.1, 1, 10, 100, 1000} {
					y := m.Expected(ahead, x, recent, age)
					if ahead == 0 && y != 0 || math.IsNaN(y) || now > 1e-9 && !(y > before) {
						t.Fatalf("%v x=%v T=%v: E[Y(%v)] = %v after %v", m, x, age, ahead, y, before)
					}
					before = y
				}
			}
		}
	}
}

// TestRemovableSingularities: nothing jumps where a formula divides 0 by 0.
func TestRemovableSingularities(t *testing.T) {
	for _, c := range []struct{ at, beside BGNBD }{
		{BGNBD{.5, 5, 1, 2}, BGNBD{.5, 5, 1 + 1e-4, 2}},
		{BGNBD{.5, 5, .4, .6}, BGNBD{.5, 5, .4001, .6}},
		{BGNBD{.5, 5, 1 + 1e-9, 2}, BGNBD{.5, 5, 1 - 1e-4, 2}},
	} {
		for _, x := range []float64{0, 3} {
			at, beside := c.at.Expected(20, x, x, 30), c.beside.Expected(20, x, x, 30)
			if !(math.Abs(at-beside) < 1e-3*beside) {
				t.Errorf("%v x=%v: %v beside %v", c.at, x, at, beside)
			}
		}
	}
	at, beside := (ParetoNBD{1, 5, 1, 5}).Expected(20, 2, 3, 30), (ParetoNBD{1, 5, 1.0001, 5}).Expected(20, 2, 3, 30)
	if !(math.Abs(at-beside) < 1e-3*beside) {
		t.Errorf("Pareto/NBD at s = 1: %v beside %v", at, beside)
	}
}

// TestLargeHistories: thousands of purchases overflow nowhere.
func TestLargeHistories(t *testing.T) {
	for _, m := range []repeatModel{models[0], ParetoNBD{.55, 10.6, .61, 11.7}} {
		y := m.Expected(52, 20_000, 520, 520)
		if !(y > 1000 && y < 3000) {
			t.Errorf("%v: 20,000 purchases in 10 years, then %v in one", m, y)
		}
	}
}

// TestIntegralIsTheSeries compares the two ways to A0.
func TestIntegralIsTheSeries(t *testing.T) {
	for _, m := range []ParetoNBD{{.55, 10.6, .61, 11.7}, {2, 3, 1, 40}, {1, 20, 3, 2}, {.05, .5, 4, 90}} {
		for _, x := range []float64{0, 1, 5, 29} {
			recent := x
			series := m.lnTerm(x, recent)
			series += math.Log(-math.Expm1(m.lnTerm(x, 50) - series))
			if got := m.lnIntegral(x, recent, 50); math.Abs(got-series) > 1e-9 {
				t.Errorf("%v x=%v: integral %v, series %v", m, x, got, series)
			}
		}
	}
}

// TestSimplex finds the floor of a valley that is known (Rosenbrock 1960).
func TestSimplex(t *testing.T) {
	x, v, _, done := minimise(func(x []float64) float64 {
		return 100*math.Pow(x[1]-x[0]*x[0], 2) + math.Pow(1-x[0], 2)
	}, []float64{-1.2, 1}, 0.5)
	if !done || math.Abs(x[0]-1) > 1e-4 || math.Abs(x[1]-1) > 1e-4 {
		t.Errorf("%v, value %v, at rest %v", x, v, done)
	}
	if _, _, _, done := minimise(func(x []float64) float64 { return math.NaN() }, []float64{0, 0}, 1); done {
		t.Error("at rest where nothing has a value")
	}
}

// TestLikelihoodsAllocateNothing: a fit evaluates them hundreds of times.
func TestLikelihoodsAllocateNothing(t *testing.T) {
	s := &Summaries{Unit: 7}
	for k := range 500 {
		s.X, s.Recent, s.Age = append(s.X, int32(k%9)), append(s.Recent, int32(k%9*10)), append(s.Age, int32(100+k%50))
		s.Spend = append(s.Spend, float64(1+k%17))
	}
	p := aggregate(s)
	table := newBGNBDTable(p)
	spend, _ := newSpending(s)
	parameters := []float64{0.3, 4, 0.8, 2.5}
	for name, f := range map[string]func(){
		"BG/NBD":      func() { table.logLik(parameters) },
		"Gamma-Gamma": func() { spend.logLik(parameters[:3]) },
		"Pareto/NBD":  func() { p.paretoLogLik(parameters, 1) },
	} {
		if n := testing.AllocsPerRun(20, f); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
	// The table adds up what the formula says of each history.
	m, sum := BGNBD{0.3, 4, 0.8, 2.5}, 0.0
	for k, x := range s.X {
		sum += m.LogLikelihood(float64(x), float64(s.Recent[k])/7, float64(s.Age[k])/7)
	}
	if got := table.logLik(parameters); math.Abs(got-sum) > 1e-9*math.Abs(sum) {
		t.Errorf("table %v, formula %v", got, sum)
	}
}

func TestMonthsClamp(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-05-31", -3, "2026-02-28"}, {"2024-05-31", -3, "2024-02-29"}, {"2026-01-31", 1, "2026-02-28"},
		{"2026-03-15", -12, "2025-03-15"}, {"2026-12-31", 2, "2027-02-28"}, {"2026-02-28", 12, "2027-02-28"}, {"2024-02-29", -48, "2020-02-29"},
	} {
		if got := addMonths(dayOf(c.from), c.months); got != dayOf(c.want) {
			t.Errorf("%s %+d months is day %d, want %s", c.from, c.months, got, c.want)
		}
	}
}

func dayOf(s string) int32 {
	date, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return purchase.DayOf(date)
}
