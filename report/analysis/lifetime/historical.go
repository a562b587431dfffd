package lifetime

import (
	"math"

	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/stat"
)

var nan = math.NaN()

// Window is what customers brought in over some months (METHOD 5.1): over the
// last months before the as-of date, (A - W, A], or over the first months of
// each customer, [start, start + W).
type Window struct {
	Months int
	Tenure bool
	// Revenue, less refunds, and Value, which is revenue less cost and less the
	// cost of winning the customer where the start lies in the window. NaN = no
	// purchases at all, or not yet so many months old (Tenure). Value is NaN
	// too when a cost is unknown and no margin is given.
	Revenue, Value []float64
	// Rate is Value per month in which the customer was one.
	Rate []float64

	Customers    int     // with a revenue
	Young        int     // not yet so many months old: not counted as low
	Early        int     // began before the first purchase of all: their first months are not in the list (Tenure)
	Unknown      int     // with a revenue and no value
	TotalRevenue float64 // of those with a revenue
	TotalValue   float64 // of those with a value
}

// Change is what a customer brought in per month before and after a change of
// contract, each up to the neighbouring change.
type Change struct {
	Customer      int
	Day           int32   // days since 1970-01-01
	Fee           float64 // a month from then on; NaN = not given
	Before, After float64 // value per month; NaN = unknown or no time
	MonthsBefore  float64
	MonthsAfter   float64
}

// Historical is what customers brought in.
type Historical struct {
	Trailing, Tenure []Window // in the order of Options.Windows
	Changes          []Change // by customer and day
	BeforeStart      int      // purchases before the stated start of their customer
	Early            int      // customers who bought and began before the first purchase of all
}

// ledger answers what a customer brought in between two days.
type ledger struct {
	h           *purchase.History
	t           *terms
	margin      float64   // NaN = not given
	acquisition []float64 // cost of winning each customer; NaN = none stated
}

// between sums the purchases of customer i after day from up to day to.
// It is NaN where a cost is unknown and no margin is given.
func (l *ledger) between(i int, from, to int32) (revenue, value float64) {
	var net, gain stat.Summer
	unknown := false
	first, last := l.h.Span(i)
	for k := first; k < last && l.h.Day[k] <= to; k++ {
		if l.h.Day[k] <= from || l.h.Kind[k] == purchase.Acquisition {
			continue
		}
		net.Add(l.h.Revenue[k])
		if earned := l.gain(k); math.IsNaN(earned) {
			unknown = true
		} else {
			gain.Add(earned)
		}
	}
	if unknown {
		return net.Sum(), nan
	}
	return net.Sum(), gain.Sum()
}

// gain returns what purchase k brought in less its cost, where that is unknown
// the margin's share of it; NaN without either.
func (l *ledger) gain(k int) float64 {
	if cost := l.h.Cost[k]; !math.IsNaN(cost) {
		return l.h.Revenue[k] - cost
	}
	return l.h.Revenue[k] * l.margin
}

// withAcquisition takes off what winning the customer cost, once: in the
// window that holds the start.
func (l *ledger) withAcquisition(i int, value float64, from, to int32) float64 {
	if start := l.t.start[i]; i < len(l.acquisition) && !math.IsNaN(l.acquisition[i]) && start > from && start <= to {
		return value - l.acquisition[i]
	}
	return value
}

// window computes one window for all customers.
func (l *ledger) window(months int, tenure bool) Window {
	n := l.h.Len()
	w := Window{Months: months, Tenure: tenure, Revenue: make([]float64, n), Value: make([]float64, n), Rate: make([]float64, n)}
	trailing := addMonths(l.t.end, -months)
	for i := range n {
		w.Revenue[i], w.Value[i], w.Rate[i] = nan, nan, nan
		start := l.t.start[i]
		if start == noDay || l.h.First[i] == noDay {
			continue
		}
		from, to := trailing, l.t.end
		if tenure {
			if from, to = start-1, addMonths(start, months)-1; to >= l.t.end {
				w.Young++
				continue
			}
			if l.early(i) {
				w.Early++
				continue
			}
		}
		revenue, value := l.between(i, from, to)
		w.Revenue[i], w.Value[i] = revenue, l.withAcquisition(i, value, from, to)
		w.Rate[i] = w.Value[i] / l.exposed(i, from, to, months)
	}
	w.sum()
	return w
}

// early reports whether customer i began before the list of purchases does, so
// that what it bought in its first months is not known.
func (l *ledger) early(i int) bool { return l.t.start[i] < purchase.DayOf(l.h.Total.First) }

// short reports whether the list of purchases begins more than a month after a
// trailing window does: what was bought before is not in it.
func (l *ledger) short(months int) bool {
	first := purchase.DayOf(l.h.Total.First)
	return addMonths(first, -1) > addMonths(l.t.end, -months)
}

// exposed returns the months of a window in which customer i was one, NaN for
// none.
func (l *ledger) exposed(i int, from, to int32, months int) float64 {
	begin, end := max(from, l.t.start[i]-1), to
	if churn := l.t.churn[i]; churn != noDay {
		end = min(end, churn)
	}
	if end <= begin {
		return nan
	}
	return float64(months) * float64(end-begin) / float64(to-from)
}

func (w *Window) sum() {
	for i, revenue := range w.Revenue {
		if math.IsNaN(revenue) {
			continue
		}
		w.Customers++
		if math.IsNaN(w.Value[i]) {
			w.Unknown++
		}
	}
	w.TotalRevenue, w.TotalValue = sumOf(w.Revenue), sumOf(w.Value)
}

// historical computes all windows and changes.
func (l *ledger) historical(windows []int) *Historical {
	out := &Historical{}
	for _, months := range windows {
		if months > 0 {
			out.Trailing = append(out.Trailing, l.window(months, false))
			out.Tenure = append(out.Tenure, l.window(months, true))
		}
	}
	out.Changes = l.changes()
	for i := range l.h.Len() {
		if l.h.First[i] != noDay && l.early(i) {
			out.Early++
		}
		first, last := l.h.Span(i)
		for k := first; l.t.stated[i] && k < last && l.h.Day[k] < l.t.start[i]; k++ {
			if l.h.Kind[k] != purchase.Acquisition {
				out.BeforeStart++
			}
		}
	}
	return out
}

// changes splits the time of each customer at its changes of contract.
func (l *ledger) changes() []Change {
	var out []Change
	all := l.t.changes
	for k, c := range all {
		i := int(c.customer)
		from, to := l.t.start[i]-1, l.t.end
		if k > 0 && all[k-1].customer == c.customer {
			from = all[k-1].day - 1
		}
		if k+1 < len(all) && all[k+1].customer == c.customer {
			to = all[k+1].day - 1
		}
		left := to
		if churn := l.t.churn[i]; churn != noDay {
			left = min(left, churn)
		}
		row := Change{Customer: i, Day: c.day, Fee: c.fee, Before: nan, After: nan,
			MonthsBefore: monthsBetween(from, c.day-1), MonthsAfter: monthsBetween(c.day-1, left)}
		if l.t.start[i] == noDay {
			row.MonthsBefore = 0
		}
		row.Before = l.rate(i, from, c.day-1, row.MonthsBefore)
		row.After = l.rate(i, c.day-1, to, row.MonthsAfter)
		out = append(out, row)
	}
	return out
}

func (l *ledger) rate(i int, from, to int32, months float64) float64 {
	if !(months > 0) || i >= l.h.Len() {
		return nan
	}
	_, value := l.between(i, from, to)
	return value / months
}
