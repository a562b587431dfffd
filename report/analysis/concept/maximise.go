package concept

import (
	"math"
	"time"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// MaximiseOptions are the settings of [Maximise]. Start from
// [DefaultMaximiseOptions].
type MaximiseOptions struct {
	Months int // window before the as-of date
	// NewCustomer is the lifetime value of a new customer before acquisition,
	// the ceiling for what winning one may cost; NaN = not known.
	NewCustomer      float64
	MarginGain       float64 // margin that marketing brought in the window; NaN = not known
	MarketingExpense float64 // what it cost; NaN = not known
	Sampling         stat.Sampling
}

// DefaultMaximiseOptions looks at twelve months and knows no amounts.
func DefaultMaximiseOptions() MaximiseOptions {
	nan := math.NaN()
	return MaximiseOptions{Months: 12, NewCustomer: nan, MarginGain: nan, MarketingExpense: nan}
}

// A Maximisation says where customer value can be raised: winning, keeping,
// using (METHOD 7.5).
type Maximisation struct {
	From, To time.Time // the window (From, To]
	Dated    int       // customers with a start; with none, the next four counts say nothing
	// ActiveBefore and Active count customers at From and at To; Acquired began
	// in the window, Lost were active at From and left in it.
	ActiveBefore, Active, Acquired, Lost int
	Retention                            stat.Estimate // (ActiveBefore - Lost)/ActiveBefore, 0..1, Wilson's interval
	Orders                               int           // sales in the window; without order numbers, days with a sale
	Usage                                float64       // orders per customer active at To; NaN when not known
	AcquisitionCost                      stat.Estimate // mean of those acquired in the window, money
	Ceiling                              float64       // as given
	Headroom                             float64       // Ceiling less the mean acquisition cost
	Return                               float64       // (margin gain - expense)/expense; NaN when not known
	Refused                              Refusal
}

// Maximise counts acquisition, retention and usage in the months up to the
// as-of date (the latest date in the data where there is none). It returns nil
// when the workbook has neither starts nor purchases.
func Maximise(d *dataset.Dataset, o MaximiseOptions) *Maximisation {
	nan := math.NaN()
	m := &Maximisation{Retention: stat.Nothing(), Usage: nan, AcquisitionCost: stat.Nothing(), Ceiling: o.NewCustomer,
		Headroom: nan, Return: MarketingReturn(o.MarginGain, o.MarketingExpense)}
	if d.Customers.Start == nil && d.Transactions.Len() == 0 {
		return nil
	}
	if m.To = asOf(d); m.To.IsZero() {
		m.Refused = NoDates
		return m
	}
	m.From = monthsBefore(m.To, o.Months)
	var cost []float64
	for _, i := range byIdentifier(d) {
		if m.customer(date(d.Customers.Start, i), date(d.Customers.Churn, i)) && i < len(d.Customers.Acquisition) {
			cost = append(cost, d.Customers.Acquisition[i])
		}
	}
	if m.ActiveBefore > 0 {
		m.Retention = stat.Wilson(float64(m.ActiveBefore-m.Lost), float64(m.ActiveBefore), m.ActiveBefore, o.Sampling)
	}
	known := make([]int, len(cost))
	for k := range known {
		known[k] = k
	}
	m.AcquisitionCost = mean(cost, known, o.Sampling)
	m.Headroom = m.Ceiling - m.AcquisitionCost.Value
	if m.Orders = orders(d.Transactions, m.From, m.To); m.Active > 0 && d.Transactions.Len() > 0 {
		m.Usage = float64(m.Orders) / float64(m.Active)
	}
	return m
}

// MarketingReturn is (gain - expense)/expense, NaN unless the expense is above 0.
func MarketingReturn(gain, expense float64) float64 {
	if !(expense > 0) {
		return math.NaN()
	}
	return (gain - expense) / expense
}

// customer counts one customer and reports whether it was acquired in the
// window. Who has no start counts nowhere.
func (m *Maximisation) customer(start, churn time.Time) bool {
	if start.IsZero() || start.After(m.To) {
		return false
	}
	m.Dated++
	left := func(at time.Time) bool { return !churn.IsZero() && !churn.After(at) }
	if !left(m.To) {
		m.Active++
	}
	if start.After(m.From) {
		m.Acquired++
		return true
	}
	if !left(m.From) {
		m.ActiveBefore++
		if left(m.To) {
			m.Lost++
		}
	}
	return false
}

func date(column []time.Time, i int) time.Time {
	if i < len(column) {
		return column[i]
	}
	return time.Time{}
}

// asOf returns the as-of date, or the latest date on which anything happened.
func asOf(d *dataset.Dataset) time.Time {
	latest := d.AsOf
	if !latest.IsZero() {
		return latest
	}
	for _, column := range [][]time.Time{d.Customers.Start, d.Customers.Churn, d.Transactions.Date} {
		for _, t := range column {
			if t.After(latest) {
				latest = t
			}
		}
	}
	return latest
}

// monthsBefore is the same day of an earlier month, or its last day.
func monthsBefore(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()-time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// orders counts sales in a window: order numbers of a customer, or days with a
// sale where there are none.
func orders(t dataset.Transactions, from, to time.Time) int {
	type order struct {
		customer int32
		number   string
	}
	seen := map[order]bool{}
	for k, at := range t.Date {
		if !at.After(from) || at.After(to) || k < len(t.Kind) && t.Kind[k] != dataset.KindSale && t.Kind[k] != "" || k >= len(t.Customer) {
			continue
		}
		key := order{customer: t.Customer[k], number: "day " + at.Format("2006-01-02")}
		if k < len(t.Order) && t.Order[k] != "" {
			key.number = "order " + t.Order[k]
		}
		seen[key] = true
	}
	return len(seen)
}
