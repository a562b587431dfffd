package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// purchased is a list of purchases: customers A, B ... with the days before the
// end of 2026 on which each bought, and what it paid each time.
func purchased(days [][]int, amount func(customer, k int) float64) *dataset.Dataset {
	d := &dataset.Dataset{AsOf: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}
	t := &d.Transactions
	for i, list := range days {
		d.Customers.ID = append(d.Customers.ID, string(rune('A'+i)))
		for k, before := range list {
			t.Customer = append(t.Customer, int32(i))
			t.Date = append(t.Date, d.AsOf.AddDate(0, 0, -before))
			t.Revenue = append(t.Revenue, amount(i, k))
			t.Cost = append(t.Cost, math.NaN())
			t.Order = append(t.Order, "")
			t.Kind = append(t.Kind, dataset.KindSale)
		}
	}
	return d
}

// sixBuyers has six customers who bought 1 to 6 times, each a day less long ago.
func sixBuyers() *dataset.Dataset {
	return purchased([][]int{{60}, {50, 51}, {40, 41, 42}, {30, 31, 32, 33}, {20, 21, 22, 23, 24}, {10, 11, 12, 13, 14, 15}},
		func(customer, _ int) float64 { return float64(10 * (customer + 1)) })
}

func TestPurchasesAlone(t *testing.T) {
	r := Analyse(sixBuyers(), DefaultOptions())
	if r.Value != nil || r.Quadrant != nil || r.Purchases == nil || r.Earnings != nil {
		t.Fatalf("%+v", r)
	}
	var codes []int
	for i := range 6 {
		codes = append(codes, r.RFM.Code(i))
	}
	// Quantiles of six values are the second to the fifth of them, and who is on
	// one stays below it: the second by frequency has 1, the last but one by
	// recency (turned round) has 5.
	if got := fmt.Sprint(codes); got != "[111 211 322 433 544 555]" {
		t.Errorf("scores %s", got)
	}
	// Revenue 10, 40, 90, 160, 250, 360 of 910; 20 % are 1.2 customers.
	if c := r.Concentration; c.Of != OfRevenue || math.Abs(c.TopShare-(360+0.2*250)/910) > 1e-12 || c.CustomersFor80 != 3 {
		t.Errorf("%+v", c)
	}
	if revenue := r.Revenue(sixBuyers()); revenue[5] != 360 {
		t.Errorf("revenue %v", revenue)
	}
}

func TestScoresObeyTheSettings(t *testing.T) {
	d := sixBuyers()
	for k := range d.Transactions.Date[15:] { // F buys six times on one day
		d.Transactions.Date[15+k] = d.AsOf.AddDate(0, 0, -10)
	}
	o := DefaultOptions()
	for name, text := range map[string]string{"rfm_frequency": "days", "rfm_monetary": "mean", "rfm_segment.Everybody": "1-5;1-5", "rfm_segment.champions": "none"} {
		if err := o.Set(name, text); err != nil {
			t.Fatal(err)
		}
	}
	r := Analyse(d, o).RFM
	if r.F.High != 5 || r.M.High != 60 || r.Code(5) != 515 {
		t.Errorf("highest frequency %v, amount %v, code %d", r.F.High, r.M.High, r.Code(5))
	}
	if first := r.Segments[0]; first.Name != "Everybody" || first.Customers != 6 || len(r.Segments) != 1+9+1 {
		t.Errorf("%+v", r.Segments)
	}
	if len(r.Table.Unreachable) != 9 {
		t.Errorf("%d rows are out of reach, want 9", len(r.Table.Unreachable))
	}
}

// Lists that bear nothing say why, and whatever does not rest on them stays.
func TestPurchasesThatBearNothing(t *testing.T) {
	d := sixBuyers()
	d.Transactions.Currencies = []string{"EUR", "USD"}
	d.Customers.Revenue = []float64{1, 2, 3, 4, 5, nan}
	r := Analyse(d, DefaultOptions())
	if r.Purchases.Refused == "" || r.RFM != nil || r.Earnings != nil || r.Concentration.N != 5 || r.Concentration.Missing != 1 {
		t.Errorf("%+v", r)
	}
	few := purchased([][]int{{1}, {2}}, func(int, int) float64 { return 5 })
	if r := Analyse(few, DefaultOptions()); r.RFM.Why != rfm.TooFew || r.Concentration.Gini != 0 {
		t.Errorf("%+v", r.RFM)
	}
	if r := Analyse(&dataset.Dataset{}, DefaultOptions()); r.Purchases != nil || r.Concentration != nil {
		t.Errorf("%+v", r)
	}
}

// Costs make earnings, and a loss a whale.
func TestEarnings(t *testing.T) {
	d := sixBuyers()
	for k := range d.Transactions.Cost {
		d.Transactions.Cost[k] = 25
	}
	r := Analyse(d, DefaultOptions())
	// Earnings: -15, 2x-5, 3x5, 4x15, 5x25, 6x35 = -15, -10, 15, 60, 125, 210.
	if w := r.Earnings.Whale; w == nil || w.Customers != 4 || w.Peak != 410 || w.Lost != -25 {
		t.Errorf("%+v", w)
	}
	d.Transactions.Cost[3] = nan
	if r := Analyse(d, DefaultOptions()); r.Earnings != nil {
		t.Error("earnings although a cost is unknown")
	}
}

// matched gives customers the three scores of strategic match, all the same.
func matched(d *dataset.Dataset, scores ...float64) {
	for _, id := range quadrant.MatchComponents {
		d.Match = append(d.Match, dataset.Component{ID: id, Label: id, Scale: dataset.Scale{Lo: 0, Hi: 10}, Weight: nan,
			Series: dataset.Series{Values: scores}})
	}
}

// Purchases and match scores alone make the quadrant of METHOD 4.7: value to the
// firm is what customers brought in over the last 12 months, divided at its
// median; who is a customer for less time, or has left, is not classified.
func TestPurchasesFeedTheQuadrant(t *testing.T) {
	d := purchased([][]int{{500, 60}, {500, 50, 51}, {500, 40}, {500, 30, 31, 32}, {500, 20}, {10, 11, 12, 13, 14, 15}},
		func(customer, _ int) float64 { return float64(10 * (customer + 1)) })
	matched(d, 9, 1, 9, 1, 9, 9)
	d.Customers.Churn = []time.Time{4: d.AsOf.AddDate(0, 0, -1)}
	r := Analyse(d, DefaultOptions())
	if r.FirmSource != FirmHistory || r.Quadrant == nil || r.Quadrant.Pair.X != quadrant.FirmValue || r.FirmScore {
		t.Fatalf("source %q, quadrant %+v", r.FirmSource, r.Quadrant)
	}
	// Within the last 12 months: 10, 40, 30, 120; the purchases 500 days ago do not
	// count, E has left and F has been a customer for 15 days. The median is 35.
	if got := fmt.Sprint(r.Quadrant.X.Values); got != "[10 40 30 120 NaN NaN]" || r.Quadrant.X.Threshold != 35 {
		t.Errorf("value to the firm %s, line %v", got, r.Quadrant.X.Threshold)
	}
	var classes []string
	for _, c := range r.Quadrant.Class {
		classes = append(classes, r.Quadrant.ID(c))
	}
	if got := fmt.Sprint(classes); got != "[potential profit potential profit not_classified not_classified]" {
		t.Errorf("classes %s", got)
	}
	if r.Quadrant.Why[4] != quadrant.Churned || r.Quadrant.Why[5] != quadrant.Young {
		t.Errorf("reasons %v", r.Quadrant.Why)
	}
	wantNotes(t, r, "note.firm-history", "note.firm-young")
}

func wantNotes(t *testing.T, r *Results, codes ...string) {
	t.Helper()
	for _, code := range codes {
		if !slices.ContainsFunc(r.Notes, func(m dataset.Message) bool { return m.Code == code }) {
			t.Errorf("no %s among %v", code, r.Notes)
		}
	}
}

// The order of choice of METHOD 4.1: components of most customers, else the
// column, else what follows from purchases.
func TestOrderOfChoice(t *testing.T) {
	d := purchased([][]int{{500}, {500}, {500}, {500}, {500}}, func(int, int) float64 { return 5 })
	matched(d, 1, 2, 3, 4, 5)
	if r := Analyse(d, DefaultOptions()); r.FirmSource != FirmHistory {
		t.Errorf("source %q", r.FirmSource)
	}
	d.FirmValue.Values, d.FirmLabel = []float64{5, 4, 3, 2, nan}, "Profit"
	if r := Analyse(d, DefaultOptions()); r.FirmSource != FirmColumn || r.FirmValue[0] != 5 {
		t.Errorf("source %q", r.FirmSource)
	}
	for _, id := range quadrant.ValueComponents {
		d.ValueScore = append(d.ValueScore, dataset.Component{ID: id, Scale: dataset.Scale{Hi: 10}, Weight: nan, Series: dataset.Series{Values: []float64{1, 2, nan, nan, nan}}})
	}
	r := Analyse(d, DefaultOptions())
	if r.FirmSource != FirmColumn {
		t.Errorf("components of two of five are taken")
	}
	wantNotes(t, r, "note.firm-column")
	for k := range d.ValueScore {
		d.ValueScore[k].Series.Values = []float64{1, 2, 3, nan, nan}
	}
	if r := Analyse(d, DefaultOptions()); r.FirmSource != FirmComponents || !r.FirmScore {
		t.Errorf("source %q", r.FirmSource)
	}
}

// Who has left moves no line of value to the firm: the other customers are
// divided as if the sheet did not name the ones who left.
func TestWhoLeftMovesNoLine(t *testing.T) {
	d := purchased([][]int{{500, 9}, {500, 8}, {500, 7}, {500, 6}, {500}, {500}, {500}, {500}, {500}}, func(i, _ int) float64 { return float64(10 + i) })
	matched(d, 1, 2, 9, 8, 5, 5, 5, 5, 5)
	d.Customers.Churn = make([]time.Time, 9)
	for i := 4; i < 9; i++ {
		d.Customers.Churn[i] = d.AsOf.AddDate(0, 0, -400)
	}
	d.FirmValue.Values, d.FirmLabel = []float64{40, 30, 20, 10, 900, 900, 900, 900, 900}, "Profit"
	for _, mode := range []quadrant.Mode{quadrant.Median, quadrant.Mean} {
		o := DefaultOptions()
		o.Thresholds = map[quadrant.Measure]quadrant.Threshold{quadrant.FirmValue: {Mode: mode}}
		r := Analyse(d, o)
		if r.FirmSource != FirmColumn || r.Quadrant.X.Threshold != 25 || r.Quadrant.Counts[quadrant.NotClassified] != 5 {
			t.Errorf("%s: line at %v, counts %v", mode, r.Quadrant.X.Threshold, r.Quadrant.Counts)
		}
	}
}

// Who left and came back by a new contract has not left.
func TestChurnByContract(t *testing.T) {
	d := purchased([][]int{{1}, {1}, {1}}, func(int, int) float64 { return 5 })
	add := func(customer int32, before int, event string) {
		d.Contracts.Customer = append(d.Contracts.Customer, customer)
		d.Contracts.Date = append(d.Contracts.Date, d.AsOf.AddDate(0, 0, -before))
		d.Contracts.Event = append(d.Contracts.Event, event)
	}
	add(0, 300, dataset.ContractStart)
	add(0, 30, dataset.ContractChurn)
	add(1, 10, dataset.ContractStart)
	add(1, 30, dataset.ContractChurn)
	add(2, -10, dataset.ContractChurn)
	add(7, 10, dataset.ContractChurn)
	tenure := lifetime.TenureOf(d, nil)
	if got := fmt.Sprint(tenure.Gone(0), tenure.Gone(1), tenure.Gone(2)); got != "true false false" {
		t.Errorf("left: %s", got)
	}
}

// Enough repeat buyers make a forecast, and that goes before what happened.
func TestForecastFeedsTheQuadrant(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	days := make([][]int, 260)
	for i := range days {
		rate, stay := 20+200*random.ExpFloat64(), 40+600*random.ExpFloat64()
		begin := 300 + random.Float64()*200
		for at := 0.0; at < begin && at < stay; at += rate * random.ExpFloat64() {
			days[i] = append(days[i], int(begin-at))
		}
	}
	usual := make([]float64, len(days)) // what each customer pays on average
	for i := range usual {
		usual[i] = 30 * math.Exp(random.NormFloat64()/2)
	}
	d := purchased(days, func(customer, _ int) float64 {
		return usual[customer] * (random.ExpFloat64() + random.ExpFloat64() + random.ExpFloat64()) / 3
	})
	for i := range d.Customers.ID {
		d.Customers.ID[i] = fmt.Sprintf("%04d", i)
	}
	scores := make([]float64, len(days))
	for i := range scores {
		scores[i] = float64(i % 11)
	}
	matched(d, scores...)
	r := Analyse(d, quick())
	if r.FirmSource != FirmFitted || r.Lifetime.Model != lifetime.ModelBGNBD || r.Quadrant.X.Mode != quadrant.Median {
		t.Fatalf("source %q, lifetime %+v", r.FirmSource, r.Lifetime.Declined)
	}
	if !slices.Equal(r.Quadrant.X.Values, r.Lifetime.Value) || r.Quadrant.Counts[quadrant.NotClassified] != 0 {
		t.Errorf("counts %v", r.Quadrant.Counts)
	}
	wantNotes(t, r, "note.firm-fitted")
	o := quick()
	o.Margin, o.Horizon = 0.25, 6
	if again := Analyse(d, o); again.Lifetime.Horizon != 6 || !(again.Lifetime.Value[0] < r.Lifetime.Value[0]/3) || again.Lifetime.Revenue {
		t.Errorf("a quarter of half a year is %v of %v", again.Lifetime.Value[0], r.Lifetime.Value[0])
	}
}
