package concentration_test

import (
	"bufio"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"valuebook/report/analysis/concentration"
	"valuebook/samples/golden"
)

var nan = math.NaN()

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// Published figures: METHOD, oracle 12. The first list is of the Perl package
// phylotools, the second the incomes in the example of the R package ineq.
func TestPublishedGini(t *testing.T) {
	r := concentration.Measure([]float64{1, 3, 2, 1, 1, 1, 4})
	near(t, "Gini", r.Gini, 0.3076923, 5e-8)
	r = concentration.Measure([]float64{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261})
	near(t, "Gini", r.Gini, 0.4620911, 5e-8)
	near(t, "corrected Gini", r.GiniCorrected, 0.5134346, 5e-8)
}

// Revenue of CDNOW: the top 20 % of customers give 67.8 % in the whole list and
// 67.5 % in the sample of every tenth customer (METHOD, oracle 12). The latter
// counts 472 whole customers; 20 % are 471.4, which give 67.4 %.
func TestCDNOW(t *testing.T) {
	folder := filepath.Join(golden.Practice(t), "oracles")
	for _, c := range []struct {
		file      string
		amount    int // field of the amount
		customers int
		whole     int // 20 % of the customers, rounded up
		top, gini float64
	}{{"CDNOW_master.txt", 3, 23570, 4714, 0.678, 0.635}, {"CDNOW_sample.txt", 4, 2357, 472, 0.675, 0.631}} {
		r := concentration.Measure(totals(t, filepath.Join(folder, c.file), c.amount))
		if r.N != c.customers {
			t.Errorf("%s: %d customers, want %d", c.file, r.N, c.customers)
		}
		near(t, c.file+" top share", r.Cumulative[c.whole]/r.Total, c.top, 5e-4)
		near(t, c.file+" interpolated top share", r.TopShare, c.top, 1e-3)
		near(t, c.file+" Gini", r.Gini, c.gini, 5e-4)
		if k := r.CustomersFor80; r.Cumulative[k] < 0.8*r.Total || r.Cumulative[k-1] >= 0.8*r.Total {
			t.Errorf("%s: %d customers give %v of %v", c.file, k, r.Cumulative[k], r.Total)
		}
	}
}

// totals adds the amounts of a list of purchases by customer, in order of first
// appearance.
func totals(t *testing.T, path string, amount int) []float64 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	place := map[string]int{}
	var sums []float64
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		x, err := strconv.ParseFloat(fields[min(amount, len(fields)-1)], 64)
		if err != nil {
			continue // the header
		}
		if _, known := place[fields[0]]; !known {
			place[fields[0]] = len(sums)
			sums = append(sums, 0)
		}
		sums[place[fields[0]]] += x
	}
	return sums
}

func TestTopShareInterpolates(t *testing.T) {
	// 20 % of seven customers are 1.4 customers: 7 + 0.4 x 6 of 28.
	r := concentration.Measure([]float64{4, 1, 7, 2, 6, 3, 5})
	near(t, "top share", r.TopShare, 9.4/28, 1e-15)
	if r.CustomersFor80 != 5 { // 7+6+5+4 = 22 of 28 are 78.6 %
		t.Errorf("%d customers for 80 %%, want 5", r.CustomersFor80)
	}
	// Exactly 80 % counts as reached.
	if r := concentration.Measure([]float64{8, 1, 1}); r.CustomersFor80 != 1 {
		t.Errorf("%d customers for exactly 80 %%, want 1", r.CustomersFor80)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		values     []float64
		why        concentration.Reason
		n, missing int
		gini       float64
	}{
		"nobody":           {nil, concentration.NoValues, 0, 0, nan},
		"nothing known":    {[]float64{nan, nan}, concentration.NoValues, 0, 2, nan},
		"one":              {[]float64{5}, concentration.OneOnly, 1, 0, nan},
		"zeros":            {[]float64{0, 0, 0}, concentration.NoTotal, 3, 0, nan},
		"all equal":        {[]float64{3, 3, 3}, concentration.Fine, 3, 0, 0},
		"equal tenths":     {[]float64{.1, .1, .1, .1, .1, .1, .1}, concentration.Fine, 7, 0, 0},
		"one has all":      {[]float64{0, 0, 0, 9}, concentration.Fine, 4, 0, 0.75},
		"blank is no zero": {[]float64{2, nan, 2}, concentration.Fine, 2, 1, 0},
		"infinite":         {[]float64{2, math.Inf(1), 2}, concentration.Fine, 2, 1, 0},
		"huge":             {[]float64{1e307, 1e307, 1e307}, concentration.Fine, 3, 0, 0},
		"too large":        {[]float64{1e308, 1e308, 1e308}, concentration.TooLarge, 3, 0, nan},
		"loss":             {[]float64{-1, 3}, concentration.Losses, 2, 0, nan},
		"more lost":        {[]float64{-3, 1}, concentration.LossMore, 2, 0, nan},
		"one loses":        {[]float64{-3}, concentration.LossMore, 1, 0, nan},
	} {
		r := concentration.Measure(c.values)
		if r.Why != c.why || r.N != c.n || r.Missing != c.missing {
			t.Errorf("%s: %q, %d customers, %d missing", name, r.Why, r.N, r.Missing)
		}
		near(t, name+": Gini", r.Gini, c.gini, 0)
		if (r.Why == concentration.Fine) != (r.CustomersFor80 > 0) || (r.Whale != nil) != strings.HasPrefix(string(r.Why), "losses") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// The best fifth earns 140 % of the profit (the textbook case of the whale
// curve); customers four and five give 40 % of it back.
func TestWhale(t *testing.T) {
	r := concentration.Measure([]float64{-30, 0, 140, -10, 0})
	want := concentration.Whale{Customers: 1, Peak: 140, PeakShare: 1.4, Losing: 2, Lost: -40, TopShare: 1.4, TopCustomer: 0.2}
	if r.Whale == nil || *r.Whale != want {
		t.Errorf("%+v, want %+v", r.Whale, want)
	}
	if r := concentration.Measure([]float64{-30, 20}); !math.IsNaN(r.Whale.PeakShare) || !math.IsNaN(r.Curve(5)[1].Share) || r.Whale.Peak != 20 {
		t.Errorf("%+v: percentages of a loss", r.Whale)
	}
}

func TestInvariants(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		values := make([]float64, 2+random.IntN(40))
		for i := range values {
			values[i] = math.Exp(3 * random.NormFloat64())
		}
		r := concentration.Measure(values)
		shuffled := slices.Clone(values)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if s := concentration.Measure(shuffled); s.Gini != r.Gini || s.TopShare != r.TopShare || s.Total != r.Total {
			t.Fatalf("the order of %v matters", values)
		}
		for i := range shuffled {
			shuffled[i] *= 7
		}
		near(t, "Gini of scaled values", concentration.Measure(shuffled).Gini, r.Gini, 1e-12)
		// The Gini coefficient is one less twice the area below the Lorenz curve.
		area := 0.0
		curve := r.Lorenz(len(values))
		for k := 1; k < len(curve); k++ {
			area += (curve[k].Customers - curve[k-1].Customers) * (curve[k].Share + curve[k-1].Share) / 2
		}
		near(t, "area", 1-2*area, r.Gini, 1e-12)
		if !(r.Gini >= 0 && r.GiniCorrected <= 1+1e-12 && r.TopShare >= 0.2-1e-12 && r.TopShare <= 1) {
			t.Fatalf("%+v", r)
		}
	}
}

func TestCurveIsThinned(t *testing.T) {
	values := make([]float64, 1000)
	for i := range values {
		values[i] = float64(i)
	}
	r := concentration.Measure(values)
	curve := r.Curve(100)
	if len(curve) != 101 || curve[0].Share != 0 || curve[100].Share != 1 || len(r.Curve(5000)) != 1001 || r.Curve(0) != nil {
		t.Errorf("%d points from %v to %v", len(curve), curve[0], curve[len(curve)-1])
	}
	near(t, "20 %", curve[20].Share, r.TopShare, 1e-15)
}

func FuzzMeasure(f *testing.F) {
	f.Add(1.0, -2.0, math.Inf(1), 0.0)
	f.Add(1e308, 1e308, -1e308, 5e-324)
	f.Fuzz(func(t *testing.T, a, b, c, d float64) {
		r := concentration.Measure([]float64{a, b, c, d})
		if r.N+r.Missing != 4 || len(r.Cumulative) != r.N+1 || r.CustomersFor80 > r.N {
			t.Errorf("%+v", r)
		}
		r.Curve(3)
		r.Lorenz(3)
	})
}
