package lifetime_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// analyse values the customers as of a date; "" = as the data say.
func analyse(d *dataset.Dataset, asOf string, o lifetime.Options) *lifetime.Result {
	var date time.Time
	if asOf != "" {
		date = day(asOf)
	}
	return lifetime.Analyse(d, purchase.New(d, date), o)
}

// TestCDNOWEndToEnd goes from the list of purchases to values, with the
// discount of 1 % a month of the published example.
func TestCDNOWEndToEnd(t *testing.T) {
	d := cdnow(t, "CDNOW_sample.txt")
	o := lifetime.DefaultOptions()
	o.Discount = math.Pow(1.01, 12) - 1
	r := analyse(d, calibration, o)
	if r.Model != lifetime.ModelBGNBD || r.Why.Why != lifetime.WhyNoContract || !r.Revenue || r.Margin != 1 || r.Buying.Repeaters != 946 {
		t.Fatalf("%s because %s, revenue %v, margin %v, %d repeaters", r.Model, r.Why.Why, r.Revenue, r.Margin, r.Buying.Repeaters)
	}
	for k, want := range map[int]float64{0: 36.30, 1: 4.64, 2: 8.35, 5: 283.69} {
		near(t, fmt.Sprint("value of customer ", k+1), r.Value[k], want, 0.05)
	}
	printed := map[string]string{
		"bgnbd.r": "0.243", "bgnbd.alpha": "4.414", "bgnbd.a": "0.793", "bgnbd.b": "2.426",
		"gammagamma.p": "6.25", "gammagamma.q": "3.74", "gammagamma.gamma": "15.44",
	}
	for _, p := range r.Parameters {
		if want := printed[p.Name]; fmt.Sprintf("%.*f", len(want)-2-len(want)%5/5, p.Value)[:len(want)] != want {
			t.Errorf("%s = %v, want %s", p.Name, p.Value, want)
		}
	}
	if len(r.Parameters) != len(printed) {
		t.Errorf("parameters %v", r.Parameters)
	}
	checkEquity(t, r)
	for i, alive := range r.Alive {
		if oneTime := r.Buying != nil && math.IsNaN(alive); !oneTime && !(alive >= 0 && alive <= 1) {
			t.Fatalf("P(alive) of customer %d is %v", i, alive)
		}
	}
	if !math.IsNaN(r.Alive[2]) || !(r.Purchases[2] > 0) {
		t.Errorf("one-time buyer: P(alive) %v, purchases %v", r.Alive[2], r.Purchases[2])
	}
}

// TestCDNOWTracks looks at the 39 weeks after the calibration: the published
// chart of cumulative repeat purchases ends near 4,315, and the model, fitted
// on the first half, foretells the second a little low, as published.
func TestCDNOWTracks(t *testing.T) {
	r := analyse(cdnow(t, "CDNOW_sample.txt"), "1998-06-30", lifetime.DefaultOptions())
	h := r.Buying.Holdout
	if h == nil || h.Actual != 1877 || math.Abs(h.Predicted/h.Actual-1) > 0.15 {
		t.Fatalf("hold-out %+v", h)
	}
	near(t, "r of the first half", h.Parameters[0].Value, 0.243, 0.003)
	track := r.Buying.Tracking
	last := len(track.Day) - 1
	near(t, "weeks", float64(last+1), 77, 0)
	near(t, "model over purchases at the end", track.Expected[last]/track.Actual[last], 1, 0.03)
	if !slices.IsSorted(track.Expected) || !slices.IsSorted(track.Actual) {
		t.Error("cumulative purchases fall")
	}
	bought, customers := 0.0, 0
	for _, bin := range h.Bins {
		bought += bin.Actual * float64(bin.Customers)
		customers += bin.Customers
	}
	near(t, "bins add up", bought, h.Actual, 1e-9)
	near(t, "bins hold all", float64(customers), float64(h.Customers), 0)
}

func checkEquity(t *testing.T, r *lifetime.Result) {
	t.Helper()
	sum, positive, n := 0.0, 0.0, 0
	for i, v := range r.Value {
		if left := r.Contract != nil && r.Alive[i] == 0; !math.IsNaN(v) && !left {
			sum, positive, n = sum+v, positive+math.Max(v, 0), n+1
		}
	}
	near(t, "values add to equity", r.Equity.Total, sum, 1e-9*(1+math.Abs(sum)))
	near(t, "without negative values", r.Equity.WithoutNegative, positive, 1e-9*(1+positive))
	near(t, "customers", float64(r.Equity.Customers), float64(n), 0)
	if e := r.Equity; n >= stat.MinBootstrap && !(e.Lo <= e.Total && e.Total <= e.Hi && e.SE >= 0) {
		t.Errorf("interval %+v", e)
	}
}

// shop draws purchases of customers from the BG/NBD itself: known parameters.
func shop(customers, days int, m lifetime.BGNBD, seed uint64) *dataset.Dataset {
	rng := rand.New(rand.NewPCG(seed, 0))
	d := &dataset.Dataset{}
	from, to := day("2024-01-01"), day("2024-01-01").AddDate(0, 0, days)
	for i := range customers {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%06d", i))
		rate, stop := gamma(rng, m.R)/m.Alpha, 0.0
		p, q := gamma(rng, m.A), gamma(rng, m.B)
		stop = p / (p + q)
		spend := 40 * math.Exp(0.5*rng.NormFloat64())
		at := from.Add(time.Duration(rng.Float64() * float64(days) / 2 * 24 * float64(time.Hour)))
		for at.Before(to) {
			amount := math.Round(100*spend*math.Exp(0.3*rng.NormFloat64())) / 100
			d.Transactions.Customer = append(d.Transactions.Customer, int32(i))
			d.Transactions.Date = append(d.Transactions.Date, at)
			d.Transactions.Revenue = append(d.Transactions.Revenue, amount)
			d.Transactions.Cost = append(d.Transactions.Cost, 0.6*amount)
			// The chance to stop is faced after repeat purchases only, as the model has it.
			if first := len(d.Transactions.Customer) == 1 || d.Transactions.Customer[len(d.Transactions.Customer)-2] != int32(i); !first && rng.Float64() < stop {
				break
			}
			at = at.Add(time.Duration(rng.ExpFloat64() / rate * 7 * 24 * float64(time.Hour)))
			if at.Year() > 2100 || at.Year() < 2000 {
				break
			}
		}
	}
	d.AsOf = to
	return d
}

// gamma draws from the gamma distribution with scale 1 (Marsaglia and Tsang 2000).
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(rng.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		x := rng.NormFloat64()
		v := math.Pow(1+x/math.Sqrt(9*d), 3)
		if v > 0 && math.Log(rng.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// TestKnownParametersAreFound draws customers from known parameters.
func TestKnownParametersAreFound(t *testing.T) {
	truth := lifetime.BGNBD{R: 1.2, Alpha: 8, A: 0.8, B: 3}
	d := shop(6000, 730, truth, 5)
	r := analyse(d, "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelBGNBD || r.Revenue {
		t.Fatalf("%s, %v", r.Model, r.Declined)
	}
	near(t, "margin", r.Margin, 0.4, 1e-9)
	for _, p := range r.Parameters {
		want, known := map[string]float64{"bgnbd.r": 1.2, "bgnbd.alpha": 8, "bgnbd.a": .8, "bgnbd.b": 3}[p.Name]
		if known && math.Abs(math.Log(p.Value/want)) > 0.2 {
			t.Errorf("%s = %v, drawn with %v", p.Name, p.Value, want)
		}
	}
	if h := r.Buying.Holdout; h == nil || math.Abs(h.Predicted/h.Actual-1) > 0.06 {
		t.Errorf("hold-out %+v", h)
	}
	if n := r.Equity.NewPerMonth; n != 0 {
		t.Errorf("%v customers a month came in the second year, want none", n)
	}
	checkEquity(t, r)
}

// TestUnitsOfTimeAgree fits in days and in weeks: times enter as they are.
func TestUnitsOfTimeAgree(t *testing.T) {
	d := shop(1500, 500, lifetime.BGNBD{R: 1, Alpha: 6, A: 1, B: 3}, 8)
	h := purchase.New(d, time.Time{})
	weeks, _, ok1 := lifetime.FitBGNBD(lifetime.Summarise(h, purchase.DayOf(d.AsOf), 7))
	days, _, ok2 := lifetime.FitBGNBD(lifetime.Summarise(h, purchase.DayOf(d.AsOf), 1))
	if !ok1 || !ok2 {
		t.Fatal("not identified")
	}
	near(t, "r", days.R, weeks.R, 1e-4)
	near(t, "alpha", days.Alpha/7, weeks.Alpha, 1e-3)
	near(t, "a", days.A, weeks.A, 1e-3)
	near(t, "b", days.B, weeks.B, 5e-3)
	o := lifetime.DefaultOptions()
	inWeeks := analyse(d, "", o)
	o.Unit = 1
	near(t, "equity", analyse(d, "", o).Equity.Total, inWeeks.Equity.Total, 1e-3*inWeeks.Equity.Total)
}

// TestOrderShowsNowhere shuffles the rows of the list and the customers.
func TestOrderShowsNowhere(t *testing.T) {
	d := shop(600, 700, lifetime.BGNBD{R: 1, Alpha: 6, A: 1, B: 3}, 4)
	want := analyse(d, "", lifetime.DefaultOptions())
	rng := rand.New(rand.NewPCG(9, 9))
	tr := &d.Transactions
	rng.Shuffle(tr.Len(), func(i, j int) {
		tr.Customer[i], tr.Customer[j] = tr.Customer[j], tr.Customer[i]
		tr.Date[i], tr.Date[j] = tr.Date[j], tr.Date[i]
		tr.Revenue[i], tr.Revenue[j] = tr.Revenue[j], tr.Revenue[i]
		tr.Cost[i], tr.Cost[j] = tr.Cost[j], tr.Cost[i]
	})
	if got := analyse(d, "", lifetime.DefaultOptions()); fmt.Sprint(got.Value, got.Parameters, got.Equity, got.Regression) != fmt.Sprint(want.Value, want.Parameters, want.Equity, want.Regression) {
		t.Error("another order of rows gives other results")
	}
	// Customers the other way round.
	n := int32(len(d.Customers.ID))
	slices.Reverse(d.Customers.ID)
	for j := range tr.Customer {
		tr.Customer[j] = n - 1 - tr.Customer[j]
	}
	got := analyse(d, "", lifetime.DefaultOptions())
	slices.Reverse(got.Value)
	if !reflect.DeepEqual(fmt.Sprint(got.Value, got.Parameters, got.Equity), fmt.Sprint(want.Value, want.Parameters, want.Equity)) {
		t.Error("another order of customers gives other results")
	}
}

// TestRefused holds what the data cannot bear: no number is made up.
func TestRefused(t *testing.T) {
	good := lifetime.BGNBD{R: 1, Alpha: 6, A: 1, B: 3}
	once := shop(300, 300, good, 1)
	seen := map[int32]bool{}
	keep(once, func(j int) bool {
		i := once.Transactions.Customer[j]
		first := !seen[i]
		seen[i] = true
		return first
	})
	week := shop(2000, 7, lifetime.BGNBD{R: 3, Alpha: .5, A: 1, B: 3}, 2)
	loss := shop(800, 500, good, 3)
	for j, x := range loss.Transactions.Revenue {
		loss.Transactions.Cost[j] = 1.5 * x
	}
	few := shop(120, 500, good, 4)
	rare := shop(400, 200, lifetime.BGNBD{R: .05, Alpha: 6, A: 1, B: 3}, 4)
	future := shop(300, 300, good, 1)
	future.AsOf = day("2020-01-01")
	currencies := shop(300, 300, good, 1)
	currencies.Transactions.Currencies = []string{"EUR", "USD"}
	nobody := shop(300, 300, good, 1)
	nobody.Customers = dataset.Customers{}
	for name, c := range map[string]struct {
		d     *dataset.Dataset
		model lifetime.Model
		why   lifetime.Refusal
	}{
		"one purchase each": {once, lifetime.ModelHistorical, lifetime.OneTimeBuyers},
		"one week":          {week, lifetime.ModelHistorical, lifetime.TooShort},
		"losses":            {loss, lifetime.ModelHistorical, lifetime.NegativeMargin},
		"few customers":     {few, lifetime.ModelHistorical, lifetime.TooFewCustomers},
		"few repeaters":     {rare, lifetime.ModelHistorical, lifetime.TooFewRepeaters},
		"future":            {future, lifetime.ModelNone, lifetime.NoRepeatData},
		"currencies":        {currencies, lifetime.ModelNone, lifetime.NoRepeatData},
		"no customer id":    {nobody, lifetime.ModelNone, lifetime.NoRepeatData},
	} {
		r := analyse(c.d, "", lifetime.DefaultOptions())
		if r.Model != c.model || !declined(r, c.why) {
			t.Errorf("%s: %s, %v; want %s for %s", name, r.Model, r.Declined, c.model, c.why)
		}
		if known := len(stat.Ascending(r.Value)); c.model == lifetime.ModelNone && known > 0 {
			t.Errorf("%s: %d values", name, known)
		}
		if r.Model == lifetime.ModelHistorical && slices.ContainsFunc(r.Spend, func(x float64) bool { return !math.IsNaN(x) }) {
			t.Errorf("%s: spend is foretold", name)
		}
		checkEquity(t, r)
	}
	if r := lifetime.Analyse(&dataset.Dataset{}, nil, lifetime.DefaultOptions()); r.Model != lifetime.ModelNone {
		t.Errorf("nothing at all: %s", r.Model)
	}
}

func declined(r *lifetime.Result, why lifetime.Refusal) bool {
	return slices.ContainsFunc(r.Declined, func(d lifetime.Declined) bool { return d.Why == why })
}

// keep drops the purchases for which it is false.
func keep(d *dataset.Dataset, which func(j int) bool) {
	t, n := &d.Transactions, 0
	for j := range t.Customer {
		if which(j) {
			t.Customer[n], t.Date[n], t.Revenue[n], t.Cost[n] = t.Customer[j], t.Date[j], t.Revenue[j], t.Cost[j]
			n++
		}
	}
	t.Customer, t.Date, t.Revenue, t.Cost = t.Customer[:n], t.Date[:n], t.Revenue[:n], t.Cost[:n]
}

// TestNotIdentified gives purchases at perfectly even times: no customer
// differs, so the parameters run away.
func TestNotIdentified(t *testing.T) {
	d := &dataset.Dataset{}
	for i := range 300 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprint(i))
		for week := range 20 {
			d.Transactions.Customer = append(d.Transactions.Customer, int32(i))
			d.Transactions.Date = append(d.Transactions.Date, day("2025-01-01").AddDate(0, 0, 7*week))
			d.Transactions.Revenue = append(d.Transactions.Revenue, 10)
		}
	}
	r := analyse(d, "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelHistorical || !declined(r, lifetime.NotIdentified) {
		t.Errorf("%s, %v, %v", r.Model, r.Declined, r.Parameters)
	}
	near(t, "value is what was bought", r.Value[7], 200, 1e-9)
}

// TestAsked values customers by the model that is named.
func TestAsked(t *testing.T) {
	d := shop(500, 600, lifetime.BGNBD{R: 1, Alpha: 6, A: 1, B: 3}, 6)
	o := lifetime.DefaultOptions()
	free := analyse(d, "", o)
	o.Model = lifetime.ModelParetoNBD
	r := analyse(d, "", o)
	if r.Model != lifetime.ModelParetoNBD || r.Why.Why != lifetime.WhyAsked {
		t.Fatalf("%s, %v", r.Model, r.Declined)
	}
	near(t, "the models agree roughly on equity", r.Equity.Total/free.Equity.Total, 1, 0.25)
	if slices.ContainsFunc(r.Alive, math.IsNaN) {
		t.Error("the Pareto/NBD says something of one-time buyers")
	}
	o.Model = lifetime.ModelHistorical
	if r := analyse(d, "", o); r.Model != lifetime.ModelHistorical || r.Why.Why != lifetime.WhyAsked {
		t.Errorf("%s because %s", r.Model, r.Why.Why)
	}
	o.Model, o.Retention = lifetime.ModelRetention, 0.8
	r = analyse(d, "", o)
	if r.Model != lifetime.ModelRetention || r.Contract.Retention != 0.8 {
		t.Errorf("%s, %v", r.Model, r.Declined)
	}
	near(t, "multiple for ever", r.Contract.Multiple, 2.67, 0.005)
	o.Model = "unheard of"
	if r := analyse(d, "", o); r.Model != lifetime.ModelHistorical {
		t.Errorf("an unknown model: %s", r.Model)
	}
}

// TestLongerHorizonIsWorthMore and so is a lower discount.
func TestLongerHorizonIsWorthMore(t *testing.T) {
	d := shop(800, 500, lifetime.BGNBD{R: 1, Alpha: 6, A: 1, B: 3}, 6)
	o := lifetime.DefaultOptions()
	year := analyse(d, "", o)
	o.Horizon = 24
	two := analyse(d, "", o)
	o.Discount = 0
	free := analyse(d, "", o)
	for i := range year.Value {
		if !math.IsNaN(year.Value[i]) && !(year.Value[i] < two.Value[i] && two.Value[i] < free.Value[i]) {
			t.Fatalf("customer %d: %v, %v, %v", i, year.Value[i], two.Value[i], free.Value[i])
		}
		near(t, "without discount", free.Value[i], free.Margin*free.Spend[i]*free.Purchases[i], 1e-9*free.Value[i])
		if t.Failed() {
			return
		}
	}
	o.Discount = -0.1
	if r := analyse(d, "", o); !declined(r, lifetime.DiscountRange) {
		t.Errorf("a discount below 0: %s", r.Model)
	}
}
