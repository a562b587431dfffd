package driver

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"valuebook/report/analysis/stat"
)

var nan = math.NaN()

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %.10g, want %.10g", what, got, want)
	}
}

var carColumns = []string{"mpg", "cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb"}
var swissColumns = []string{"Fertility", "Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"}

func column(table [][]float64, header []string, name string) []float64 {
	at := slices.Index(header, name)
	out := make([]float64, len(table))
	for i, row := range table {
		out[i] = row[at]
	}
	return out
}

// small asks for no minimum of rows, because published examples are small.
func small() Options {
	o := DefaultOptions()
	o.PerPredictor, o.Bootstrap = 0, 0
	return o
}

func explained(table [][]float64, header []string, outcome string, names []string, o Options) Model {
	var columns []Column
	for _, name := range names {
		columns = append(columns, Column{name, column(table, header, name)})
	}
	return Explain(column(table, header, outcome), columns, o)
}

// Oracle 13 of METHOD: the README and the vignette of R's rwa (Johnson), the
// README of domir with relaimpo's output (Shapley), and the figures of
// relaimpo's example, swiss. F tests are R's summary(lm()).
func TestImportancePublished(t *testing.T) {
	for _, c := range []struct {
		table           [][]float64
		header          []string
		outcome         string
		names           []string
		r2              float64
		johnson, lmg    []float64
		f, p, precision float64
	}{
		{mtcars, carColumns, "mpg", []string{"cyl", "disp", "hp", "gear"}, 0.7791896,
			[]float64{.2284797, .2221469, .2321744, .0963886}, nil, nan, nan, 5e-8},
		{mtcars, carColumns, "mpg", []string{"cyl", "disp", "hp", "wt"}, 0.8486348,
			[]float64{.2096904, .1883043, .1799590, .2706812}, nil, 37.84, 1.061e-10, 5e-8},
		{mtcars, carColumns, "mpg", []string{"am", "vs", "cyl"}, 0.7619773,
			nil, []float64{.1774892, .2027032, .3817849}, nan, nan, 5e-8},
		{swiss, swissColumns, "Fertility", swissColumns[1:], 0.706735,
			nil, []float64{.057091, .171173, .260135, .105570, .112766}, 19.76, 5.594e-10, 5e-7},
	} {
		m := explained(c.table, c.header, c.outcome, c.names, small())
		near(t, "R2", m.R2, c.r2, c.precision)
		if !math.IsNaN(c.f) {
			near(t, "F", m.F, c.f, 5e-3)
			near(t, "p", m.P, c.p, 5e-4*c.p)
		}
		var johnson, shapley []float64
		for k, p := range m.Predictors {
			johnson, shapley = append(johnson, p.Johnson), append(shapley, p.Shapley)
			if c.johnson != nil {
				near(t, "Johnson "+p.Name, p.Johnson, c.johnson[k], c.precision)
			}
			if c.lmg != nil {
				near(t, "Shapley "+p.Name, p.Shapley, c.lmg[k], c.precision)
			}
		}
		near(t, "sum of Johnson", stat.Sum(johnson), m.R2, 1e-12)
		near(t, "sum of Shapley", stat.Sum(shapley), m.R2, 1e-12)
	}
}

// R: coef(lm(Fertility ~ ., swiss)): Agriculture -0.17211, Examination
// -0.25801, Education -0.87094, Catholic 0.10412, Infant.Mortality 1.07705;
// p-values 0.01873, 0.31546, 2.43e-05, 0.00519, 0.00734; adjusted R2 0.671.
func TestCoefficientsPublished(t *testing.T) {
	m := explained(swiss, swissColumns, "Fertility", swissColumns[1:], small())
	near(t, "adjusted", m.Adjusted, 0.671, 5e-4)
	sy := stat.SD(column(swiss, swissColumns, "Fertility"))
	coefficients := []float64{-0.17211, -0.25801, -0.87094, 0.10412, 1.07705}
	probabilities := []float64{0.01873, 0.31546, 2.43e-05, 0.00519, 0.00734}
	for k, p := range m.Predictors {
		sx := stat.SD(column(swiss, swissColumns, p.Name))
		near(t, "coefficient of "+p.Name, p.Coefficient.Value*sy/sx, coefficients[k], 5.1e-6)
		near(t, "p of "+p.Name, p.Coefficient.P, probabilities[k], 6e-6)
	}
}

// direct computes Shapley values by the definition: R2 of every subset from a
// fit of its own.
func direct(among [][]float64, with []float64) []float64 {
	p := len(with)
	r2 := func(set int) float64 {
		var a [][]float64
		var b []float64
		for i := range p {
			if set>>i&1 == 1 {
				var row []float64
				for j := range p {
					if set>>j&1 == 1 {
						row = append(row, among[i][j])
					}
				}
				a, b = append(a, row), append(b, with[i])
			}
		}
		fit, _ := stat.Regress(a, b)
		return fit.R2
	}
	factorial := func(n int) float64 { return math.Gamma(float64(n + 1)) }
	phi := make([]float64, p)
	for j := range p {
		for set := range 1 << p {
			if set>>j&1 == 0 {
				size := 0
				for i := range p {
					size += set >> i & 1
				}
				phi[j] += factorial(size) * factorial(p-size-1) / factorial(p) * (r2(set|1<<j) - r2(set))
			}
		}
	}
	return phi
}

// randomColumns draws related columns and an outcome that depends on some.
func randomColumns(random *rand.Rand, n, p int) ([]float64, []Column) {
	common, outcome := make([]float64, n), make([]float64, n)
	for i := range common {
		common[i] = random.NormFloat64()
	}
	columns := make([]Column, p)
	for k := range columns {
		values := make([]float64, n)
		for i := range values {
			values[i] = common[i]*0.7 + random.NormFloat64()
			outcome[i] += values[i] * float64((k+1)%3)
		}
		columns[k] = Column{fmt.Sprintf("c%02d", k), values}
	}
	for i := range outcome {
		outcome[i] += 2 * random.NormFloat64()
	}
	return outcome, columns
}

func TestShapleyIsItsDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	for p := 1; p <= 7; p++ {
		outcome, columns := randomColumns(random, 60, p)
		var values [][]float64
		with := make([]float64, p)
		for k, c := range columns {
			values = append(values, c.Values)
			with[k] = stat.Pearson(c.Values, outcome)
		}
		want := direct(stat.Correlations(values), with)
		for k, predictor := range Explain(outcome, columns, small()).Predictors {
			near(t, "Shapley", predictor.Shapley, want[k], 1e-12)
		}
	}
}

// Both ways of dividing add up to R2, whatever the number of predictors; above
// twelve only relative weights are given.
func TestWeightsAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 1))
	for _, p := range []int{1, 2, 5, 12, 13, 30} {
		outcome, columns := randomColumns(random, 400, p)
		m := Explain(outcome, columns, small())
		var shapley, johnson, shares float64
		for _, predictor := range m.Predictors {
			shapley += predictor.Shapley
			johnson += predictor.Johnson
			shares += predictor.Share.Value
			if predictor.Johnson < 0 || predictor.Weight.Value < -1e-12 {
				t.Errorf("negative weight: %+v", predictor)
			}
		}
		near(t, "Johnson", johnson, m.R2, 1e-12)
		near(t, "shares", shares, 1, 1e-12)
		if want := map[bool]Method{true: Shapley, false: Johnson}[p <= 12]; m.Method != want {
			t.Errorf("%d predictors: %s", p, m.Method)
		}
		if p <= 12 {
			near(t, "Shapley", shapley, m.R2, 1e-12)
		} else {
			near(t, "Shapley", shapley, nan, 0)
		}
	}
}

// Uncorrelated predictors share R2 by their squared correlations, by either
// method: a 2x2x2 design with effects 3, 2, 1.
func TestOrthogonalDesign(t *testing.T) {
	var a, b, c, y []float64
	for i := range 64 {
		x := []float64{float64(i & 1), float64(i >> 1 & 1), float64(i >> 2 & 1)}
		a, b, c = append(a, x[0]), append(b, x[1]), append(c, x[2])
		y = append(y, 3*x[0]+2*x[1]-x[2])
	}
	m := Explain(y, []Column{{"a", a}, {"b", b}, {"c", c}}, small())
	for k, want := range []float64{9. / 14, 4. / 14, 1. / 14} {
		near(t, "Shapley", m.Predictors[k].Shapley, want, 1e-12)
		near(t, "Johnson", m.Predictors[k].Johnson, want, 1e-12)
	}
	if sign := m.Predictors[2].Coefficient.Value; !(sign < 0) {
		t.Errorf("sign of the third: %v", sign)
	}
	if got := m.Weightiest(); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("order %v", got)
	}
}

func TestCollinearColumnsAreNamed(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	outcome, columns := randomColumns(random, 100, 3)
	sum, flat := make([]float64, 100), make([]float64, 100)
	for i := range sum {
		sum[i] = columns[0].Values[i] + columns[1].Values[i] // c00 goes least with the outcome
	}
	columns = append(columns, Column{"sum", sum}, Column{"flat", flat}, Column{"twin of c02", columns[2].Values})
	m := Explain(outcome, columns, small())
	var left []string
	for _, p := range m.Predictors {
		if p.Left != Accepted {
			left = append(left, p.Name+" "+string(p.Left))
		}
	}
	if !slices.Equal(left, []string{"c00 collinear", "flat constant", "twin of c02 collinear"}) {
		t.Errorf("left out: %q", left)
	}
	if m.Refused != Accepted || math.IsNaN(m.Predictors[3].Shapley) || !math.IsNaN(m.Predictors[0].Shapley) || math.IsNaN(m.Predictors[0].Pearson.Value) {
		t.Errorf("%+v", m)
	}
}

func TestColumnOrderChangesNoBit(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 1))
	outcome, columns := randomColumns(random, 80, 5)
	o := small()
	o.Bootstrap = 50
	want := Explain(outcome, columns, o)
	order := random.Perm(5)
	turned := make([]Column, 5)
	for k, at := range order {
		turned[k] = columns[at]
	}
	got := Explain(outcome, turned, o)
	for k, at := range order {
		if a, b := fmt.Sprintf("%+v", got.Predictors[k]), fmt.Sprintf("%+v", want.Predictors[at]); a != b {
			t.Errorf("%s\n%s", a, b)
		}
	}
}

func TestRefusals(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 1))
	outcome, columns := randomColumns(random, 44, 3)
	flat := make([]float64, 44)
	noise := make([]float64, 44)
	for i := range noise {
		noise[i] = random.NormFloat64()
	}
	for _, c := range []struct {
		what    string
		outcome []float64
		columns []Column
		want    Refusal
	}{
		{"one row too few for 15 per predictor", outcome, columns, TooFew},
		{"two predictors", outcome, columns[:2], Accepted},
		{"noise", noise, columns[:1], NotIdentified},
		{"flat outcome", flat, columns[:1], NoVariation},
		{"flat column", outcome, []Column{{"flat", flat}}, NoPredictors},
		{"nothing", outcome, nil, NoPredictors},
		{"four rows", outcome[:4], nil, TooFew},
		{"no rows", nil, nil, TooFew},
	} {
		o := DefaultOptions()
		o.Bootstrap = 20
		m := Explain(c.outcome, c.columns, o)
		if m.Refused != c.want {
			t.Errorf("%s: %q, p %v", c.what, m.Refused, m.P)
		}
		for _, p := range m.Predictors {
			if m.Refused != Accepted && (!math.IsNaN(p.Weight.Value) || !math.IsNaN(p.Shapley) || !math.IsNaN(p.Johnson)) {
				t.Errorf("%s: weights in spite of the refusal: %+v", c.what, p)
			}
		}
	}
	near(t, "needed", float64(Explain(outcome, columns, DefaultOptions()).Needed), 45, 0)
}

// Bootstrap and delta method are two ways to the same interval.
func TestIntervalsAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	outcome, columns := randomColumns(random, 1000, 4)
	o := DefaultOptions()
	o.Bootstrap = 800
	boot := Explain(outcome, columns, o)
	o.BootstrapMax = 10
	delta := Explain(outcome, columns, o)
	for k := range columns {
		a, b := boot.Predictors[k].Share, delta.Predictors[k].Share
		if a.Method != stat.BootstrapCI || b.Method != stat.Delta || boot.Resamples != 800 || delta.Resamples != 0 {
			t.Fatalf("%s %s", a.Method, b.Method)
		}
		if !(a.Lo <= a.Value && a.Value <= a.Hi) || !(math.Abs(a.SE/b.SE-1) < 0.1) {
			t.Errorf("share %v: bootstrap %v to %v (%v), delta %v to %v (%v)", a.Value, a.Lo, a.Hi, a.SE, b.Lo, b.Hi, b.SE)
		}
	}
	o.Sampling.Census = true
	if w := Explain(outcome, columns, o).Predictors[2].Weight; w.Why != stat.Census || !math.IsNaN(w.Lo) {
		t.Errorf("census: %+v", w)
	}
}

// A resample by sums is the model of the rows drawn, each as often as it was
// drawn.
func TestResampleIsTheModelOfItsRows(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	outcome, columns := randomColumns(random, 30, 4)
	for _, most := range []int{12, 2} { // Shapley, then Johnson
		o := small()
		o.ShapleyMax = most
		m := Explain(outcome, columns, o)
		f := &fit{model: &m, outcome: outcome, columns: columns, o: o, in: []int{0, 1, 2, 3}}
		r := f.newResampling()
		sums, row, out := make([]float64, r.sums()), make([]float64, r.sums()), make([]float64, 8)
		var drawn []float64
		rows := make([]Column, 4)
		for range 30 {
			i := random.IntN(30)
			r.row(i, row)
			for c, x := range row {
				sums[c] += x
			}
			drawn = append(drawn, outcome[i])
			for k, c := range columns {
				rows[k] = Column{c.Name, append(rows[k].Values, c.Values[i])}
			}
		}
		r.statistic(sums, out)
		for k, p := range Explain(drawn, rows, o).Predictors {
			near(t, "weight", out[k], p.Weight.Value, 1e-10)
			near(t, "share", out[4+k], p.Share.Value, 1e-10)
		}
	}
}

func FuzzExplain(f *testing.F) {
	f.Add(uint64(1), uint8(20), uint8(3), uint8(2))
	f.Add(uint64(7), uint8(9), uint8(14), uint8(1))
	f.Fuzz(func(t *testing.T, seed uint64, n, p, steps uint8) {
		random := rand.New(rand.NewPCG(seed, 0))
		outcome := make([]float64, n%60)
		columns := make([]Column, p%16)
		for i := range outcome {
			outcome[i] = float64(random.IntN(int(steps%7) + 1))
		}
		for k := range columns {
			columns[k] = Column{fmt.Sprint(k), make([]float64, len(outcome))}
			for i := range outcome {
				columns[k].Values[i] = float64(random.IntN(int(steps%7) + 1))
			}
		}
		o := small()
		o.Bootstrap, o.Level = 3, 2
		m := Explain(outcome, columns, o)
		if m.Refused != Accepted {
			return
		}
		sum := 0.0
		for _, k := range m.Weightiest() {
			sum += m.Predictors[k].Weight.Value
		}
		if math.Abs(sum-m.R2) > 1e-9 {
			t.Errorf("weights add up to %v, R2 is %v", sum, m.R2)
		}
	})
}

func BenchmarkExplain(b *testing.B) {
	for _, c := range [][2]int{{200, 12}, {5000, 12}, {500, 30}} {
		b.Run(fmt.Sprintf("%d_rows_%d_columns", c[0], c[1]), func(b *testing.B) {
			outcome, columns := randomColumns(rand.New(rand.NewPCG(1, 2)), c[0], c[1])
			for b.Loop() {
				Explain(outcome, columns, DefaultOptions())
			}
		})
	}
}
