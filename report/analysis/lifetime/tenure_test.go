package lifetime_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/dataset"
)

// members has 20 customers who began on the given days, one purchase a month
// of 100 at a cost of 60 for each over the last year, and churn dates.
func members(asOf string, start func(i int) string, left map[int]string) *dataset.Dataset {
	d := &dataset.Dataset{AsOf: day(asOf)}
	for i := range 20 {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%02d", i))
		d.Customers.Start = append(d.Customers.Start, day(start(i)))
		end := time.Time{}
		if date, ok := left[i]; ok {
			end = day(date)
		}
		d.Customers.Churn = append(d.Customers.Churn, end)
		for m := range 12 {
			if date := d.AsOf.AddDate(0, -m, 0); !date.Before(day(start(i))) && (end.IsZero() || date.Before(end)) {
				buy(d, i, date.Format(time.DateOnly), 100, 60, "sale")
			}
		}
	}
	return d
}

// TestWhoLeftIsNoCurrentCustomer: equity counts the customers of today.
func TestWhoLeftIsNoCurrentCustomer(t *testing.T) {
	d := members("2026-10-15", func(int) string { return "2023-01-10" }, map[int]string{3: "2026-05-01", 4: "2026-06-01"})
	r := analyse(d, "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelRetention || r.Equity.Customers != 18 || r.Value[3] != 0 || r.Alive[4] != 0 {
		t.Errorf("%s: %d customers, values %v", r.Model, r.Equity.Customers, r.Value)
	}
	checkEquity(t, r)
}

// TestLeavingBetweenRenewalsIsSaid: two left, so nobody may read that nobody did.
func TestLeavingBetweenRenewalsIsSaid(t *testing.T) {
	start := func(i int) string { return fmt.Sprintf("%d-01-10", 2019+i%4) }
	var d *dataset.Dataset
	for k := range 6 { // 120 customers, enough for the sBG
		part := members("2026-10-15", start, map[int]string{0: "2026-05-01"})
		if k == 0 {
			d = part
			continue
		}
		for i := range part.Customers.ID {
			d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%d-%02d", k, i))
		}
		d.Customers.Start = append(d.Customers.Start, part.Customers.Start...)
		d.Customers.Churn = append(d.Customers.Churn, part.Customers.Churn...)
		for j, i := range part.Transactions.Customer {
			buy(d, int(i)+20*k, part.Transactions.Date[j].Format(time.DateOnly), 100, 60, "sale")
		}
	}
	r := analyse(d, "", lifetime.DefaultOptions())
	if !declined(r, lifetime.NoneAtRenewal) || declined(r, lifetime.SurvivorsAll) {
		t.Errorf("%s, %v", r.Model, r.Declined)
	}
}

// TestCohortsUseEveryRenewal: customers who began through a year have all been
// asked to renew as often as their own start says, whoever began last.
func TestCohortsUseEveryRenewal(t *testing.T) {
	d := &dataset.Dataset{AsOf: day("2026-06-30")}
	for i := range 360 { // began from January 2022 to December 2024; a third leaves at the first renewal
		start := day("2022-01-01").AddDate(0, i/10, i%10)
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%03d", i))
		d.Customers.Start = append(d.Customers.Start, start)
		end := time.Time{}
		if i%3 == 0 {
			end = start.AddDate(1, 0, 0)
		}
		d.Customers.Churn = append(d.Customers.Churn, end)
		buy(d, i, start.Format(time.DateOnly), 100, 60, "sale")
	}
	o := lifetime.DefaultOptions()
	r := analyse(d, "", o)
	if r.Model != lifetime.ModelSBG {
		t.Fatalf("%s, %v", r.Model, r.Declined)
	}
	customers, lost := 0.0, 0.0
	for _, c := range r.Contract.Curves {
		customers += c.Customers
		lost += c.Customers * (1 - c.Actual[len(c.Actual)-1])
	}
	if customers != 360 || math.Abs(lost-120) > 1e-9 {
		t.Errorf("%v of 360 customers and %v of 120 losses are in the cohorts", customers, lost)
	}
}

// TestRenewalOnTheDay: who renews today has renewed; the next chance to leave
// is a year away.
func TestRenewalOnTheDay(t *testing.T) {
	d := contracts()
	d.AsOf = day("2026-01-02") // the fifth renewal
	r := analyse(d, "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelSBG {
		t.Fatalf("%s, %v", r.Model, r.Declined)
	}
	want, factor := 0.0, 1.0
	for k := 1; k <= 12; k++ {
		factor /= math.Pow(1.1, 1.0/12)
		stay := 1.0
		if k == 12 {
			stay = 0.8
		}
		want += r.Spend[0] * stay * factor
	}
	near(t, "value of a customer", r.Value[0], want, 0.5)
}

// TestNewCustomersAreNotMultiplied: one purchase on the last day is no daily habit.
func TestNewCustomersAreNotMultiplied(t *testing.T) {
	start := func(i int) string {
		if i == 19 {
			return "2026-10-15"
		}
		return "2023-01-10"
	}
	r := analyse(members("2026-10-15", start, map[int]string{3: "2026-05-01"}), "", lifetime.DefaultOptions())
	if r.Model != lifetime.ModelRetention {
		t.Fatalf("%s, %v", r.Model, r.Declined)
	}
	near(t, "margin a month", r.Spend[19], 40, 1e-9)
}

// TestKnownCostsStand: a margin stands in for the one cost that is missing.
func TestKnownCostsStand(t *testing.T) {
	d := &dataset.Dataset{AsOf: day("2026-06-30")}
	d.Customers.ID = []string{"A"}
	buy(d, 0, "2026-05-01", 100, 90, "sale")
	buy(d, 0, "2026-06-01", 100, nan, "sale")
	o := lifetime.DefaultOptions()
	o.Margin = 0.4
	r := analyse(d, "", o)
	near(t, "value", r.Historical.Trailing[0].Value[0], 10+40, 1e-9)
}

// TestFirstMonthsBeforeTheListAreUnknown: the list of purchases begins long
// after these customers did.
func TestFirstMonthsBeforeTheListAreUnknown(t *testing.T) {
	start := func(i int) string {
		if i < 15 {
			return "2015-03-01"
		}
		return "2025-12-01"
	}
	r := analyse(members("2026-10-15", start, nil), "", lifetime.DefaultOptions())
	w := r.Historical.Tenure[0]
	if w.Early != 15 || w.Customers != 5 || w.TotalRevenue != 1500 || !math.IsNaN(w.Revenue[0]) || !remarked(r, lifetime.NoteEarly) {
		t.Errorf("%d early, %d customers, revenue %v, %v", w.Early, w.Customers, w.TotalRevenue, r.Remarks)
	}
}
