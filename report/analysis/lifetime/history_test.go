package lifetime_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// buy adds one purchase.
func buy(d *dataset.Dataset, customer int, date string, revenue, cost float64, kind string) {
	t := &d.Transactions
	t.Customer, t.Date = append(t.Customer, int32(customer)), append(t.Date, day(date))
	t.Revenue, t.Cost, t.Kind = append(t.Revenue, revenue), append(t.Cost, cost), append(t.Kind, kind)
}

// firm has three customers whose figures are easy to follow.
func firm() *dataset.Dataset {
	d := &dataset.Dataset{AsOf: day("2026-05-31")}
	d.Customers.ID = []string{"A", "B", "C"}
	d.Customers.Start = []time.Time{day("2024-03-15"), day("2026-01-10"), {}}
	d.Customers.Churn = []time.Time{day("2026-03-31"), {}, {}}
	d.Customers.Acquisition = []float64{50, 30, nan}
	buy(d, 0, "2024-03-15", 100, 60, "sale")
	buy(d, 0, "2024-09-15", 80, 50, "sale") // not in the first 6 months: these end on 14 September
	buy(d, 0, "2026-02-28", 40, 10, "sale") // on the edge: outside the last 3 months
	buy(d, 0, "2026-03-01", 70, 30, "sale")
	buy(d, 0, "2026-04-20", -20, 0, "refund") // booked after the customer left
	buy(d, 1, "2026-01-10", 200, 120, "sale")
	buy(d, 1, "2026-05-31", 60, nan, "sale")
	buy(d, 2, "2025-12-01", 10, 4, "sale")
	return d
}

// TestWindowsByHand follows METHOD 5.1 customer by customer.
func TestWindowsByHand(t *testing.T) {
	r := analyse(firm(), "", lifetime.DefaultOptions())
	trailing := map[int][2][3]float64{ // months -> revenue, value of A, B, C
		3:  {{50, 60, 0}, {20, nan, 0}},
		6:  {{90, 260, 10}, {50, nan, 6}},
		12: {{90, 260, 10}, {50, nan, 6}},
		24: {{170, 260, 10}, {80, nan, 6}},
	}
	for _, w := range r.Historical.Trailing {
		same(t, fmt.Sprint("revenue, last months ", w.Months), w.Revenue, trailing[w.Months][0])
		same(t, fmt.Sprint("value, last months ", w.Months), w.Value, trailing[w.Months][1])
	}
	tenure := map[int][2][3]float64{
		3:  {{100, 200, 10}, {40 - 50, 80 - 30, 6}},
		6:  {{100, nan, nan}, {40 - 50, nan, nan}},
		12: {{180, nan, nan}, {70 - 50, nan, nan}},
		24: {{290, nan, nan}, {140 - 50, nan, nan}},
	}
	young := map[int]int{3: 0, 6: 2, 12: 2, 24: 2}
	for _, w := range r.Historical.Tenure {
		want := tenure[w.Months]
		same(t, fmt.Sprint("revenue, first months ", w.Months), w.Revenue, want[0])
		same(t, fmt.Sprint("value, first months ", w.Months), w.Value, want[1])
		if w.Young != young[w.Months] {
			t.Errorf("first %d months: %d too young, want %d", w.Months, w.Young, young[w.Months])
		}
	}
	last := r.Historical.Trailing[0]
	if last.Unknown != 1 || last.Customers != 3 || last.TotalRevenue != 110 || last.TotalValue != 20 {
		t.Errorf("last 3 months: %+v", last)
	}
	// A was a customer for 31 of the 92 days of the last 3 months.
	near(t, "rate of A", last.Rate[0], 20/(3*31.0/92), 1e-9)
}

// TestMarginMakesUpForUnknownCosts and only for those.
func TestMarginMakesUpForUnknownCosts(t *testing.T) {
	o := lifetime.DefaultOptions()
	o.Margin = 0.25
	r := analyse(firm(), "", o)
	same(t, "value, last 3 months", r.Historical.Trailing[0].Value, [3]float64{20, 15, 0})
	same(t, "value, last 6 months", r.Historical.Trailing[1].Value, [3]float64{50, 65, 6})
}

func same(t *testing.T, what string, got []float64, want [3]float64) {
	t.Helper()
	for i, w := range want {
		if math.IsNaN(w) != math.IsNaN(got[i]) || math.Abs(got[i]-w) > 1e-9 {
			t.Errorf("%s: got %v, want %v", what, got, want)
			return
		}
	}
}

// TestTrailingWindowsNest: the last 24 months are the last 12 and the 12
// before them, for every day that may end a window.
func TestTrailingWindowsNest(t *testing.T) {
	d := shop(60, 900, lifetime.BGNBD{R: 2, Alpha: 4, A: .3, B: 3}, 3)
	o := lifetime.DefaultOptions()
	o.Windows = []int{12, 24}
	for end, yearBefore := range map[string]string{
		"2026-05-31": "2025-05-31", "2026-02-28": "2025-02-28", "2028-02-29": "2027-02-28", "2026-08-30": "2025-08-30",
	} {
		r := analyse(d, end, o)
		r12, r24 := r.Historical.Trailing[0], r.Historical.Trailing[1]
		earlier := analyse(d, yearBefore, o).Historical.Trailing[0]
		for i := range r12.Value {
			parts := zero(r12.Value[i]) + zero(earlier.Value[i])
			if math.Abs(zero(r24.Value[i])-parts) > 1e-9 {
				t.Fatalf("%s customer %d: %v, parts %v", end, i, r24.Value[i], parts)
			}
		}
	}
}

func zero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// TestContractChanges reports what a customer brought per month around a change.
func TestContractChanges(t *testing.T) {
	d := &dataset.Dataset{AsOf: day("2026-12-31")}
	d.Customers.ID = []string{"A"}
	for m := 1; m <= 12; m++ {
		amount := 100.0
		if m > 6 {
			amount = 160
		}
		buy(d, 0, fmt.Sprintf("2026-%02d-15", m), amount, 40, "service")
	}
	c := &d.Contracts
	c.Customer, c.Fee = []int32{0, 0, 0}, []float64{100, 160, nan}
	c.Date = []time.Time{day("2026-01-01"), day("2026-07-01"), day("2027-05-01")}
	c.Event = []string{dataset.ContractStart, dataset.ContractChange, dataset.ContractChurn}
	r := analyse(d, "", lifetime.DefaultOptions())
	if len(r.Historical.Changes) != 1 {
		t.Fatal(r.Historical.Changes)
	}
	change := r.Historical.Changes[0]
	near(t, "months before", change.MonthsBefore, 181/30.4375, 1e-12)
	near(t, "before", change.Before, 6*60/(181/30.4375), 1e-9)
	near(t, "after", change.After, 6*120/(184/30.4375), 1e-9)
	if len(r.Remarks) == 0 || !remarked(r, lifetime.NoteAfter) {
		t.Errorf("the end in the future is not told: %v", r.Remarks)
	}
}

func remarked(r *lifetime.Result, note lifetime.Note) bool {
	for _, remark := range r.Remarks {
		if remark.Note == note {
			return true
		}
	}
	return false
}

// contracts has 400 customers who began in January 2021 and pay 50 a month at
// a cost of 30; at each yearly renewal a fifth of those left leave.
func contracts() *dataset.Dataset {
	d := &dataset.Dataset{AsOf: day("2026-06-30")}
	left := 400
	gone := map[int]string{}
	for year := 2022; year <= 2026; year++ {
		for range left / 5 {
			gone[left-1] = fmt.Sprintf("%d-01-02", year)
			left--
		}
	}
	for i := range 400 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%03d", i))
		d.Customers.Start = append(d.Customers.Start, day("2021-01-02"))
		end := time.Time{}
		if date, ok := gone[i]; ok {
			end = day(date)
		}
		d.Customers.Churn = append(d.Customers.Churn, end)
		for m := range 12 {
			if date := day("2025-07-15").AddDate(0, m, 0); end.IsZero() || date.Before(end) {
				buy(d, i, date.Format(time.DateOnly), 50, 30, "service")
			}
		}
	}
	return d
}

// TestContractsBySBG: everybody leaves at 20 %, so values can be computed by hand.
func TestContractsBySBG(t *testing.T) {
	d := contracts()
	r := analyse(d, "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelSBG || r.Why.Why != lifetime.WhyContract || !declined(r, lifetime.ContractualSet) {
		t.Fatalf("%s because %s, %v, %+v", r.Model, r.Why.Why, r.Declined, r.Contract)
	}
	near(t, "retention", r.Contract.Retention, 0.8, 0.003)
	want, factor := 0.0, 1.0
	for k := 1; k <= 12; k++ {
		factor /= math.Pow(1.1, 1.0/12)
		stay := 1.0
		if k > 6 { // the renewal of January 2027
			stay = 0.8
		}
		want += 20 * stay * factor
	}
	near(t, "value of a customer", r.Value[0], want, 0.5)
	near(t, "margin a month", r.Spend[0], 20, 1e-9)
	if r.Value[399] != 0 || r.Alive[399] != 0 || r.Alive[0] != 1 {
		t.Errorf("a customer who left: %v, %v", r.Value[399], r.Alive[399])
	}
	if len(r.Contract.Curves) != 1 || len(r.Contract.Curves[0].Actual) != 6 {
		t.Errorf("curves %+v", r.Contract.Curves)
	}
	checkEquity(t, r)
}

// TestContractsByRetention: too few renewals for the sBG.
func TestContractsByRetention(t *testing.T) {
	d := contracts()
	o := lifetime.DefaultOptions()
	o.Renewal = 36
	r := analyse(d, "", o)
	if r.Model != lifetime.ModelRetention || !declined(r, lifetime.TooFewRenewals) {
		t.Fatalf("%s, %v", r.Model, r.Declined)
	}
	near(t, "retention over the last year", r.Contract.Retention, 0.8, 0.005)
	monthly, _ := lifetime.FiniteMultiple(math.Pow(r.Contract.Retention, 1.0/12), lifetime.MonthlyRate(.1), 0, 12, lifetime.EndOfPeriod)
	near(t, "value of a customer", r.Value[0], 20*monthly, 1e-9)
	d.Customers.ID = d.Customers.ID[:5]
	d.Customers.Churn[0] = day("2026-03-01")
	keep(d, func(j int) bool { return d.Transactions.Customer[j] < 5 })
	if r := analyse(d, "", o); r.Model != lifetime.ModelHistorical || !declined(r, lifetime.NoRetention) {
		t.Errorf("five customers: %s, %v", r.Model, r.Declined)
	}
}

// TestCohortsAlone values nobody, but tells how customers stay.
func TestCohortsAlone(t *testing.T) {
	d := &dataset.Dataset{}
	d.Cohorts = dataset.Cohorts{Name: []string{"Regular"}, Share: true, Period: [][]int{{0, 1, 2, 3, 4, 5, 6, 7}}}
	d.Cohorts.Survivors = [][]float64{nil}
	for _, p := range regular[:8] {
		d.Cohorts.Survivors[0] = append(d.Cohorts.Survivors[0], p/100)
	}
	r := analyse(d, "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelSBG || r.Why.Why != lifetime.WhyCohorts || !remarked(r, lifetime.NoteShares) || !declined(r, lifetime.NoMargin) {
		t.Fatalf("%s, %v, %v", r.Model, r.Declined, r.Remarks)
	}
	near(t, "alpha", r.Parameters[0].Value, 0.704, 0.0005)
	near(t, "beta", r.Parameters[1].Value, 1.182, 0.001)
	near(t, "DEL", r.Contract.Multiple, 3.69, 0.005)
}

// learners has customers whose later value is 3 times what they spent in their
// first 6 months, and noise.
func learners(n int, signal float64) *dataset.Dataset {
	rng := rand.New(rand.NewPCG(2, 2))
	d := &dataset.Dataset{AsOf: day("2026-12-31")}
	for i := range n {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("L%04d", i))
		start := day("2024-01-01").AddDate(0, 0, rng.IntN(1000))
		early := 100 + 50*rng.NormFloat64()
		later := 200 + signal*early + 20*rng.NormFloat64()
		for _, p := range []struct {
			days   int
			amount float64
		}{{0, 50}, {30 + rng.IntN(100), early}, {300, later}} {
			if date := start.AddDate(0, 0, p.days); !date.After(d.AsOf) {
				buy(d, i, date.Format(time.DateOnly), math.Round(100*p.amount)/100, 0, "sale")
			}
		}
	}
	return d
}

func TestRegressionFindsWhatIsThere(t *testing.T) {
	d := learners(400, 3)
	r := analyse(d, "", lifetime.DefaultOptions())
	g := r.Regression
	if g == nil || g.New == 0 || g.Log || g.R2Out < 0.95 || g.R2 < g.R2Out {
		t.Fatalf("new %d, log %v, R2 %v, out of sample %v, %v", g.New, g.Log, g.R2, g.R2Out, r.Declined)
	}
	h := purchase.New(d, time.Time{})
	for i, v := range g.Predicted {
		if math.IsNaN(v) {
			continue
		}
		_, sales := h.Days(i)
		if len(sales) < 2 {
			continue // drawn below 0: a refund
		}
		near(t, "forecast for a new customer", v, 200+3*sales[1], 60)
	}
}

func TestRegressionRefuses(t *testing.T) {
	noise := analyse(learners(400, 0), "", lifetime.DefaultOptions())
	if !declined(noise, lifetime.NoPredictive) || noise.Regression == nil || noise.Regression.New != 0 {
		t.Errorf("noise: %v", noise.Declined)
	}
	for _, v := range noise.Regression.Predicted {
		if !math.IsNaN(v) {
			t.Fatal("noise is foretold")
		}
	}
	if r := analyse(learners(30, 3), "", lifetime.DefaultOptions()); !declined(r, lifetime.TooFewToRegress) {
		t.Errorf("30 customers: %v", r.Declined)
	}
	if r := analyse(learners(400, 3), "2024-06-30", lifetime.DefaultOptions()); !declined(r, lifetime.HistoryTooShort) {
		t.Errorf("half a year: %v", r.Declined)
	}
}

// TestSkewedValuesAreExplainedInLogarithms and turned back without bias.
func TestSkewedValuesAreExplainedInLogarithms(t *testing.T) {
	d := learners(1200, 3)
	for j := range d.Transactions.Revenue {
		if x := &d.Transactions.Revenue[j]; *x > 60 {
			*x = math.Exp(*x / 90)
		}
	}
	r := analyse(d, "", lifetime.DefaultOptions())
	g := r.Regression
	if g == nil || !g.Log || !(g.Smearing > 1) {
		t.Fatal(r.Declined)
	}
	if remarked(r, lifetime.NoteSkewed) != (g.R2Out > 0) {
		t.Errorf("out of sample %v, and %v: how a forecast was made is told where one is given", g.R2Out, r.Remarks)
	}
}

// FuzzAnalyse throws odd purchases, dates and contracts at the analysis.
func FuzzAnalyse(f *testing.F) {
	for seed := range uint64(6) {
		f.Add(seed, uint8(10), true)
	}
	f.Fuzz(func(t *testing.T, seed uint64, customers uint8, contract bool) {
		rng := rand.New(rand.NewPCG(seed, 1))
		odd := func() float64 {
			return []float64{1, 10, -5, 0, nan, math.Inf(1), 1e300, -1e300, 1e-300}[rng.IntN(9)]
		}
		d := &dataset.Dataset{}
		for i := range int(customers) {
			d.Customers.ID = append(d.Customers.ID, fmt.Sprint(i%7))
			d.Customers.Acquisition = append(d.Customers.Acquisition, odd())
			if contract {
				d.Customers.Churn = append(d.Customers.Churn, day("2020-01-01").AddDate(0, 0, rng.IntN(5000)))
			}
		}
		kinds := []string{"sale", "refund", "service", "acquisition", "cancelled", ""}
		for range 20 * int(customers) {
			buy(d, rng.IntN(int(customers)+2)-1, day("1900-01-01").AddDate(0, rng.IntN(2400), rng.IntN(40)).Format(time.DateOnly), odd(), odd(), kinds[rng.IntN(6)])
		}
		for k := range rng.IntN(3) {
			d.Cohorts.Name = append(d.Cohorts.Name, fmt.Sprint(k))
			d.Cohorts.Period = append(d.Cohorts.Period, []int{0, 1, 2, rng.IntN(5)})
			d.Cohorts.Survivors = append(d.Cohorts.Survivors, []float64{200, 100, odd(), 3})
		}
		o := lifetime.DefaultOptions()
		o.Retention, o.Discount, o.Margin = odd(), odd(), odd()
		o.Horizon, o.Renewal, o.Windows = rng.IntN(40)-5, rng.IntN(20)-3, []int{rng.IntN(50) - 3}
		if r := analyse(d, "", o); r.Model == "" {
			t.Error("no model is named")
		}
	})
}
