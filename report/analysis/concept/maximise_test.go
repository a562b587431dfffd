package concept

import (
	"math"
	"testing"
	"time"

	"valuebook/report/dataset"
)

func day(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return t
}

func days(texts ...string) (out []time.Time) {
	for _, text := range texts {
		out = append(out, day(text))
	}
	return out
}

// As of 2026-06-30, twelve months: A to F were active on 2025-06-30, B left in
// the window, C before it, G began in it, H began and left in it, I begins later,
// J has no date.
func customersByDate() *dataset.Dataset {
	d := &dataset.Dataset{AsOf: day("2026-06-30")}
	d.Customers.ID = []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J"}
	d.Customers.Start = days("2020-01-01", "2021-01-01", "2021-01-01", "2022-01-01", "2025-06-30", "2024-01-01", "2025-07-01", "2025-08-01", "2026-07-01", "")
	d.Customers.Churn = days("", "2026-01-31", "2025-06-30", "", "", "2027-01-01", "", "2026-06-30", "", "")
	d.Customers.Acquisition = []float64{1, 1, 1, 1, 1, 1, 40, 60, 1000, 1000}
	d.Transactions = dataset.Transactions{
		Customer: []int32{0, 0, 0, 3, 3, 4, 4, 0},
		Date:     days("2025-06-30", "2025-07-01", "2025-07-01", "2026-01-05", "2026-01-05", "2026-06-30", "2026-02-01", "2026-03-01"),
		Kind:     []string{"sale", "sale", "sale", "sale", "sale", "sale", "refund", "sale"},
		Order:    []string{"1", "2", "3", "", "", "", "", "2"},
	}
	return d
}

func TestMaximise(t *testing.T) {
	o := DefaultMaximiseOptions()
	o.NewCustomer, o.MarginGain, o.MarketingExpense = 130, 500, 200
	m := Maximise(customersByDate(), o)
	if !m.From.Equal(day("2025-06-30")) || m.Dated != 8 || m.ActiveBefore != 5 || m.Lost != 1 || m.Acquired != 2 || m.Active != 5 {
		t.Fatalf("%+v", m)
	}
	near(t, "retention", m.Retention.Value, 0.8, 1e-12)
	near(t, "acquisition cost", m.AcquisitionCost.Value, 50, 1e-12)
	near(t, "headroom", m.Headroom, 80, 1e-12)
	near(t, "return", m.Return, 1.5, 1e-12)
	// Orders 2 and 3 of A, one day of D, one of E.
	if m.Orders != 4 {
		t.Errorf("%d orders", m.Orders)
	}
	near(t, "usage", m.Usage, 4.0/5, 1e-12)
}

func TestMaximiseWithout(t *testing.T) {
	m := Maximise(customersByDate(), DefaultMaximiseOptions())
	if !math.IsNaN(m.Headroom) || !math.IsNaN(m.Return) {
		t.Errorf("amounts from nowhere: %+v", m)
	}
	d := customersByDate()
	d.AsOf = time.Time{}
	if m := Maximise(d, DefaultMaximiseOptions()); !m.To.Equal(day("2027-01-01")) {
		t.Errorf("latest date %v", m.To)
	}
	d = &dataset.Dataset{}
	if Maximise(d, DefaultMaximiseOptions()) != nil {
		t.Error("something from nothing")
	}
	d.Customers.ID, d.Customers.Start = []string{"A"}, []time.Time{{}}
	if m := Maximise(d, DefaultMaximiseOptions()); m.Refused != NoDates {
		t.Errorf("%+v", m)
	}
	near(t, "no expense", MarketingReturn(5, 0), nan, 0)
}

func TestMonthsBefore(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-05-31", 3, "2026-02-28"}, {"2024-05-31", 3, "2024-02-29"}, {"2026-03-31", 1, "2026-02-28"},
		{"2026-01-15", 12, "2025-01-15"}, {"2024-02-29", 12, "2023-02-28"}, {"2026-06-30", 0, "2026-06-30"},
	} {
		if got := monthsBefore(day(c.from), c.months); !got.Equal(day(c.want)) {
			t.Errorf("%d months before %s: %v", c.months, c.from, got)
		}
	}
}
