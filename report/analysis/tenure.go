package analysis

import (
	"time"

	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// churned says who has left by the as-of date: by the date of leaving, or by a
// contract that ended and was not begun anew.
func churned(d *dataset.Dataset) []bool {
	out := make([]bool, d.Customers.Len())
	for i, date := range d.Customers.Churn {
		if i < len(out) && !date.IsZero() {
			out[i] = by(d, date)
		}
	}
	latest := make([]time.Time, len(out))
	c := d.Contracts
	for k, i := range c.Customer {
		if i < 0 || int(i) >= len(out) || k >= len(c.Date) || k >= len(c.Event) || c.Date[k].IsZero() || !by(d, c.Date[k]) || c.Date[k].Before(latest[i]) {
			continue
		}
		if latest[i] = c.Date[k]; len(d.Customers.Churn) <= int(i) || d.Customers.Churn[i].IsZero() {
			out[i] = c.Event[k] == dataset.ContractChurn
		}
	}
	return out
}

// by reports whether a day is not after the as-of date; without one, every day
// is past.
func by(d *dataset.Dataset, date time.Time) bool {
	return d.AsOf.IsZero() || purchase.DayOf(date) <= purchase.DayOf(d.AsOf)
}

// youngerThan says who became a customer less than so many months before the
// end of the history: by the stated start, else by the first purchase.
func youngerThan(d *dataset.Dataset, h *purchase.History, months int) []bool {
	out := make([]bool, d.Customers.Len())
	edge := purchase.DayOf(monthsBefore(h.AsOf, months))
	for i := range out {
		start := h.First[i]
		if i < len(d.Customers.Start) && !d.Customers.Start[i].IsZero() {
			start = purchase.DayOf(d.Customers.Start[i])
		}
		out[i] = start != purchase.NoDay && start > edge
	}
	return out
}

// monthsBefore returns the same day so many months earlier, the last day of a
// shorter month (METHOD 5.1).
func monthsBefore(date time.Time, months int) time.Time {
	first := time.Date(date.Year(), date.Month()-time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(date.Day(), last)-1)
}
