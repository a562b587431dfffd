package lifetime

import (
	"cmp"
	"slices"
	"time"

	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// noDay marks a date that is not given.
const noDay = purchase.NoDay

// change is a change of a contract.
type change struct {
	customer int32
	day      int32
	fee      float64
}

// terms are the dates that bound what is known of each customer.
type terms struct {
	end         int32   // as-of day
	start       []int32 // noDay = no customer by the as-of day, as far as is known
	churn       []int32 // noDay = not known to have left by the as-of day
	stated      []bool  // the start was stated, not taken from the first purchase
	changes     []change
	contractual bool // starts and ends of contracts are observed
	late        int  // events after the as-of day, left out
	firstBuy    int  // customers whose start is their first purchase
}

// Tenure says from when to when customers are customers, as far as the end of
// what is known; days since 1970-01-01, one element per customer.
type Tenure struct {
	End   int32
	Start []int32 // purchase.NoDay = not one yet, as far as is known
	Left  []int32 // purchase.NoDay = not known to have left
}

// TenureOf reads the starts and ends of customers from their sheet, else from
// contracts, else the start from the first purchase, up to the as-of day (the
// latest day of the data without one). h may be nil or refused.
func TenureOf(d *dataset.Dataset, h *purchase.History) Tenure {
	if h == nil {
		h = &purchase.History{}
	}
	t := newTerms(d, h, endOf(d, h))
	return Tenure{t.end, t.start, t.churn}
}

// Gone reports whether customer i has left.
func (t Tenure) Gone(i int) bool { return t.Left[i] != noDay }

// YoungerThan reports whether customer i began less than so many months ago.
func (t Tenure) YoungerThan(i, months int) bool {
	return t.Start[i] != noDay && t.Start[i] > addMonths(t.End, -months)
}

// endOf returns the day up to which things are known.
func endOf(d *dataset.Dataset, h *purchase.History) int32 {
	last := cmp.Or(h.AsOf, d.AsOf)
	if last.IsZero() {
		for _, column := range [][]time.Time{d.Contracts.Date, d.Customers.Start, d.Customers.Churn} {
			for _, date := range column {
				if date.After(last) {
					last = date
				}
			}
		}
	}
	return purchase.DayOf(last)
}

// newTerms reads starts, ends and changes of customers from Customers, else
// from Contracts, else the start from the first purchase. h may be refused.
func newTerms(d *dataset.Dataset, h *purchase.History, end int32) *terms {
	n := d.Customers.Len()
	t := &terms{end: end, start: make([]int32, n), churn: make([]int32, n), stated: make([]bool, n)}
	for i := range n {
		t.start[i], t.churn[i] = noDay, noDay
	}
	t.readContracts(d.Contracts, n)
	for i := range n {
		if day := t.before(d.Customers.Start, i); day != noDay {
			t.start[i] = day
		}
		if day := t.before(d.Customers.Churn, i); day != noDay {
			t.churn[i], t.contractual = day, true
		}
		t.stated[i] = t.start[i] != noDay
		if !t.stated[i] && i < h.Len() && h.First[i] != noDay {
			t.start[i] = h.First[i]
			t.firstBuy++
		}
	}
	return t
}

// before returns the day of a column's date, noDay for none; a date after the
// as-of day is counted and left out.
func (t *terms) before(column []time.Time, i int) int32 {
	if i >= len(column) || column[i].IsZero() {
		return noDay
	}
	day := purchase.DayOf(column[i])
	if day > t.end {
		t.late++
		return noDay
	}
	return day
}

// readContracts takes the first start, the last end without a later start, and
// every change of each customer.
func (t *terms) readContracts(c dataset.Contracts, customers int) {
	type event struct {
		change
		kind int // in the order in which events of one day count: start, change, churn
	}
	var events []event
	kinds := []string{dataset.ContractStart, dataset.ContractChange, dataset.ContractChurn}
	for j, i := range c.Customer {
		kind := -1
		if j < len(c.Event) {
			kind = slices.Index(kinds, c.Event[j])
		}
		day := t.before(c.Date, j)
		if kind < 0 || i < 0 || int(i) >= customers || day == noDay {
			continue
		}
		events = append(events, event{change{i, day, feeOf(c, j)}, kind})
	}
	slices.SortStableFunc(events, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.customer, b.customer), cmp.Compare(a.day, b.day), cmp.Compare(a.kind, b.kind), cmp.Compare(a.fee, b.fee))
	})
	for _, e := range events {
		t.contractual = true
		switch {
		case e.kind == 1:
			t.changes = append(t.changes, e.change)
		case e.kind == 2:
			t.churn[e.customer] = e.day
		default:
			t.churn[e.customer] = noDay
			if t.start[e.customer] == noDay {
				t.start[e.customer] = e.day
			}
		}
	}
}

func feeOf(c dataset.Contracts, j int) float64 {
	if j < len(c.Fee) {
		return c.Fee[j]
	}
	return nan
}

// active reports whether customer i had begun and not left at the end of a day.
func (t *terms) active(i int, day int32) bool {
	return t.start[i] != noDay && t.start[i] <= day && (t.churn[i] == noDay || t.churn[i] > day)
}

// retention counts, over the 12 months to the as-of day, the customers active
// at their beginning and the share of them who had not left at their end
// (METHOD 5.0).
func (t *terms) retention() (rate float64, active int) {
	yearAgo, left := addMonths(t.end, -12), 0
	for i := range t.start {
		if t.active(i, yearAgo) {
			active++
			if !t.active(i, t.end) {
				left++
			}
		}
	}
	if active == 0 {
		return nan, 0
	}
	return 1 - float64(left)/float64(active), active
}

// gone counts the customers who have left.
func (t *terms) gone() int {
	n := 0
	for _, churn := range t.churn {
		if churn != noDay {
			n++
		}
	}
	return n
}

// cohorts makes cohorts from starts and ends: customers with the same number of
// whole periods between their start and the as-of day, so that every renewal
// that is over counts, and none that is still to come.
func (t *terms) cohorts(periodMonths int) []Cohort {
	byPeriods := map[int][]int{}
	for i, start := range t.start {
		if t.stated[i] && start != noDay && (t.churn[i] == noDay || t.churn[i] >= start) {
			periods := monthsOver(start, t.end) / periodMonths
			byPeriods[periods] = append(byPeriods[periods], i)
		}
	}
	var out []Cohort
	for periods, members := range byPeriods {
		if periods > 0 {
			out = append(out, t.cohort(members, periods, periodMonths))
		}
	}
	// Oldest first.
	slices.SortFunc(out, func(a, b Cohort) int { return cmp.Compare(len(b.Period), len(a.Period)) })
	return out
}

// cohort follows customers over a number of periods of their own; its name is
// the months of their starts.
func (t *terms) cohort(members []int, periods, periodMonths int) Cohort {
	eldest, youngest := t.start[members[0]], t.start[members[0]]
	for _, i := range members {
		eldest, youngest = min(eldest, t.start[i]), max(youngest, t.start[i])
	}
	c := Cohort{Name: monthsNamed(eldest, youngest), Period: []int{0}, Survivors: []float64{float64(len(members))}}
	for k := 1; k <= periods; k++ {
		left := 0
		for _, i := range members {
			if t.churn[i] == noDay || t.churn[i] > addMonths(t.start[i], k*periodMonths) {
				left++
			}
		}
		c.Period, c.Survivors = append(c.Period, k), append(c.Survivors, float64(left))
	}
	return c
}

// monthsNamed writes the months from one day to another, such as 2023-07 –
// 2024-06, as one where they are the same.
func monthsNamed(from, to int32) string {
	first, last := purchase.Date(from).Format("2006-01"), purchase.Date(to).Format("2006-01")
	if first == last {
		return first
	}
	return first + " – " + last
}
