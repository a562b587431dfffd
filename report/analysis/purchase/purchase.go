package purchase

import (
	"cmp"
	"math"
	"slices"
	"time"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// New returns the history of every customer up to and including the day of
// asOf. A zero asOf means Dataset.AsOf, and where that is zero too the day of
// the last purchase that was not cancelled: never today.
//
// A history that cannot be made has Refused set, and Skipped, and nothing else.
// Definition: METHOD 5.0.
func New(d *dataset.Dataset, asOf time.Time) *History {
	h := &History{}
	for _, left := range d.Transactions.Left {
		h.skip(left.Why, left.Count)
	}
	if h.Refused = h.refusal(d); h.Refused != "" {
		return h
	}
	end := endDay(d, asOf)
	h.AsOf = Date(end)
	h.collect(d, end)
	if len(h.Row) == 0 {
		return &History{Refused: h.whyEmpty(), AsOf: h.AsOf, Skipped: h.Skipped}
	}
	h.findDays(d.Customers.Len())
	h.summarise(d)
	return h
}

func (h *History) refusal(d *dataset.Dataset) Refusal {
	t := d.Transactions
	switch {
	case t.Len() == 0:
		return h.whyEmpty()
	case d.Customers.Len() == 0:
		return NoCustomer
	case len(t.Currencies) > 1:
		return Currencies
	case !slices.ContainsFunc(t.Revenue, func(x float64) bool { return !math.IsNaN(x) }):
		return NoAmounts
	}
	return ""
}

// whyEmpty names what took the most purchases when none is left.
func (h *History) whyEmpty() Refusal {
	most, why := 0, NoPurchases
	for _, s := range h.Skipped {
		var refusal Refusal
		switch s.Why {
		case skipAfter:
			refusal = Future
		case skipCustomer:
			refusal = NoCustomer
		case skipPurchase:
			refusal = NoAmounts
		default:
			continue
		}
		if s.Count > most {
			most, why = s.Count, refusal
		}
	}
	return why
}

// endDay returns the day up to which purchases count.
func endDay(d *dataset.Dataset, asOf time.Time) int32 {
	if asOf.IsZero() {
		asOf = d.AsOf
	}
	if !asOf.IsZero() {
		return DayOf(asOf)
	}
	last := int32(NoDay)
	for j, date := range d.Transactions.Date {
		if !date.IsZero() && kindName(d.Transactions, j) != dataset.KindCancelled {
			last = max(last, DayOf(date))
		}
	}
	return last
}

// entry is one purchase that counts, while the purchases are sorted.
type entry struct {
	revenue, cost float64
	customer      int32
	day, row      int32
	kind          Kind
}

// choose calls use for every purchase that counts.
func choose(t dataset.Transactions, customers int, end int32, use func(e entry)) (cancelled, nobody, unclear, after int) {
	for j, customer := range t.Customer {
		switch {
		case kindName(t, j) == dataset.KindCancelled:
			cancelled++
		case customer < 0 || int(customer) >= customers:
			nobody++
		case !usable(t, j):
			unclear++
		default:
			if day := DayOf(t.Date[j]); day > end {
				after++
			} else {
				use(newEntry(t, j, day))
			}
		}
	}
	return cancelled, nobody, unclear, after
}

func newEntry(t dataset.Transactions, j int, day int32) entry {
	e := entry{at(t.Revenue, j), at(t.Cost, j), t.Customer[j], day, int32(j), kindOf(t, j)}
	if e.kind == Acquisition {
		e.revenue, e.cost = 0, acquisitionCost(e.revenue, e.cost)
	}
	return e
}

// usable reports whether purchase j has a date and an amount. What winning a
// customer cost has no amount of its own.
func usable(t dataset.Transactions, j int) bool {
	if j >= len(t.Date) || t.Date[j].IsZero() {
		return false
	}
	amount := at(t.Revenue, j)
	if kindName(t, j) == dataset.KindAcquisition {
		return !math.IsInf(amount, 0)
	}
	return !math.IsNaN(amount) && !math.IsInf(amount, 0)
}

// skip counts purchases left out under a reason.
func (h *History) skip(why string, count int) {
	if count == 0 {
		return
	}
	for k := range h.Skipped {
		if h.Skipped[k].Why == why {
			h.Skipped[k].Count += count
			return
		}
	}
	h.Skipped = append(h.Skipped, Skipped{why, count})
}

// collect sorts the purchases by customer, which is a counting sort, and those
// of a customer by day, kind and amounts.
func (h *History) collect(d *dataset.Dataset, end int32) {
	t, customers := d.Transactions, d.Customers.Len()
	h.Start = make([]int32, customers+1)
	cancelled, nobody, unclear, after := choose(t, customers, end, func(e entry) { h.Start[e.customer+1]++ })
	h.skip(skipCancelled, cancelled)
	h.skip(skipCustomer, nobody)
	h.skip(skipPurchase, unclear)
	h.skip(skipAfter, after)
	for i := range customers {
		h.Start[i+1] += h.Start[i]
	}
	next := slices.Clone(h.Start[:customers])
	entries := make([]entry, h.Start[customers])
	choose(t, customers, end, func(e entry) {
		entries[next[e.customer]] = e
		next[e.customer]++
	})
	for i := range customers {
		slices.SortStableFunc(entries[h.Start[i]:h.Start[i+1]], before)
	}
	h.fill(entries)
}

// before orders the purchases of one customer by all that is known of them, so
// that the order of rows in the workbook shows in no sum.
func before(a, b entry) int {
	if a.day != b.day {
		return int(a.day) - int(b.day)
	}
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.revenue, b.revenue), cmp.Compare(a.cost, b.cost))
}

// fill makes the columns per purchase.
func (h *History) fill(entries []entry) {
	n := len(entries)
	h.Day, h.Kind, h.Row = make([]int32, n), make([]Kind, n), make([]int32, n)
	h.Revenue, h.Cost = make([]float64, n), make([]float64, n)
	for k, e := range entries {
		h.Day[k], h.Kind[k], h.Row[k] = e.day, e.kind, e.row
		h.Revenue[k], h.Cost[k] = e.revenue, e.cost
	}
}

// acquisitionCost is the cost column, or the amount where only that is written.
func acquisitionCost(amount, cost float64) float64 {
	if math.IsNaN(cost) && !math.IsNaN(amount) {
		return math.Abs(amount)
	}
	return cost
}

func at(column []float64, j int) float64 {
	if j >= len(column) {
		return math.NaN()
	}
	return column[j]
}

func kindName(t dataset.Transactions, j int) string {
	if j < len(t.Kind) {
		return t.Kind[j]
	}
	return ""
}

// kindOf returns the kind of purchase j; without a kind, an amount below 0 is a
// refund and everything else a sale.
func kindOf(t dataset.Transactions, j int) Kind {
	switch kindName(t, j) {
	case dataset.KindRefund:
		return Refund
	case dataset.KindService:
		return Service
	case dataset.KindAcquisition:
		return Acquisition
	}
	if at(t.Revenue, j) < 0 {
		return Refund
	}
	return Sale
}

// findDays collects the purchase days.
func (h *History) findDays(customers int) {
	h.DayStart = make([]int32, customers+1)
	h.SaleDay, h.Sales = make([]int32, 0, len(h.Day)), make([]float64, 0, len(h.Day))
	for i := range customers {
		from, to := h.Span(i)
		began := false
		for k := from; k < to; {
			day, sold := h.Day[k], false
			var sales stat.Summer
			for ; k < to && h.Day[k] == day; k++ {
				if h.Kind[k] == Sale {
					sales.Add(h.Revenue[k])
					sold = true
				}
			}
			if sum := sales.Sum(); sum > 0 || sold && sum == 0 && !began {
				h.SaleDay, h.Sales = append(h.SaleDay, day), append(h.Sales, sum)
				began = true
			}
		}
		h.DayStart[i+1] = int32(len(h.SaleDay))
	}
}
