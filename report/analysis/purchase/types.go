// Package purchase turns the list of purchases into one history per customer.
//
// It decides once what counts (METHOD 5.0): purchases up to the as-of date,
// without cancelled ones; refunds as negative revenue; unknown costs as
// unknown. Lifetime value, recency-frequency-money scores and concentration
// all start from it.
package purchase

import (
	"math"
	"time"
)

// Refusal is the fixed identifier of why no history could be made; its text
// has the code "purchase.refused." + Refusal. "" means that there is one.
type Refusal string

// Why there is no history.
const (
	NoPurchases Refusal = "none"       // the workbook has no list of purchases, or nothing is left of it
	NoCustomer  Refusal = "customer"   // the purchases do not say who bought
	NoAmounts   Refusal = "amounts"    // the purchases do not say what they came to
	Currencies  Refusal = "currencies" // amounts in several currencies cannot be added up
	Future      Refusal = "future"     // every purchase lies after the as-of date
)

// Kind is what a purchase was.
type Kind uint8

// The kinds of purchases that count; cancelled ones are not in a history.
const (
	Sale Kind = iota
	Refund
	Service
	Acquisition
)

// Skipped says how many purchases were left out for one reason, a catalogue
// code below "skip.".
type Skipped struct {
	Why   string
	Count int
}

// Reasons of ours for leaving purchases out, as they stand in Skipped.Why.
const (
	skipAfter     = "after-date"
	skipCancelled = "cancelled"
	skipCustomer  = "no-id"
	skipPurchase  = "purchase"
)

// A History holds the purchases of every customer up to the as-of date.
//
// Columns "per customer" have one value per customer of the dataset, also for
// those without purchases. Columns "per purchase" are sorted by customer, then
// by day, kind, revenue and cost, so that the order of rows in the workbook
// shows nowhere; the purchases of customer i are [Start[i], Start[i+1]).
// Nobody may change the slices.
type History struct {
	Refused Refusal
	AsOf    time.Time // midnight UTC of the day that the history ends with

	// Per purchase.
	Start   []int32   // one more than customers
	Day     []int32   // days since 1970-01-01
	Revenue []float64 // of a refund negative
	Cost    []float64 // NaN = unknown
	Kind    []Kind
	Row     []int32 // index into dataset.Transactions

	// Per purchase day: a distinct day on which the sales of a customer came
	// to more than 0. The day of the first sale counts also when it came to 0
	// (something free): the customer is one from then on. The days of customer i
	// are [DayStart[i], DayStart[i+1]).
	DayStart []int32
	SaleDay  []int32   // days since 1970-01-01, ascending within a customer
	Sales    []float64 // what the sales of that day came to, before refunds

	// Per customer.
	Orders      []int32   // distinct order numbers of sales; a sale without a number is an order of its own
	Net         []float64 // revenue less refunds, service included; NaN without purchases
	Costs       []float64 // cost without acquisition; NaN when one is unknown, or without purchases
	Unknown     []int32   // purchases whose cost is unknown
	Acquisition []float64 // cost of winning the customer from the purchases; NaN = none stated
	First, Last []int32   // days of the first and last sale, refund or service; NoDay without any

	Total   Total
	Skipped []Skipped // those of the reader first, then ours in fixed order
}

// NoDay stands in First and Last for a customer without purchases.
const NoDay = math.MinInt32

// Total sums the history over all customers.
type Total struct {
	Transactions int     // purchases that count
	Customers    int     // customers with at least one of them
	Buyers       int     // customers with at least one purchase day
	Repeaters    int     // customers with at least two
	Orders       int     // sum of Orders
	Revenue      float64 // less refunds
	Cost         float64 // without acquisition; NaN when one is unknown
	Known        float64 // cost of the purchases whose cost is known
	Acquisition  float64 // what winning customers cost, where stated
	Refunds      float64 // sum of the refunds, at most 0
	Unknown      int     // purchases whose cost is unknown
	First, Last  time.Time
}

// Days returns the purchase days of customer i and what their sales came to.
func (h *History) Days(i int) (days []int32, sales []float64) {
	from, to := h.DayStart[i], h.DayStart[i+1]
	return h.SaleDay[from:to], h.Sales[from:to]
}

// Span returns the range of the purchases of customer i in the columns per
// purchase.
func (h *History) Span(i int) (from, to int) { return int(h.Start[i]), int(h.Start[i+1]) }

// Len returns the number of customers, with and without purchases.
func (h *History) Len() int { return max(0, len(h.Start)-1) }

// DayOf returns the day of a time as days since 1970-01-01, by the calendar of
// the time's own zone.
func DayOf(t time.Time) int32 {
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset)
	day := seconds / secondsOfDay
	if seconds%secondsOfDay < 0 {
		day--
	}
	return int32(min(max(day, math.MinInt32+1), math.MaxInt32))
}

const secondsOfDay = 24 * 60 * 60

// Date returns midnight UTC of a day, the zero time for NoDay.
func Date(day int32) time.Time {
	if day == NoDay {
		return time.Time{}
	}
	return time.Unix(int64(day)*secondsOfDay, 0).UTC()
}
