package run

import (
	"fmt"
	"time"

	"valuebook/report/dataset"
)

// The words that a run file may have for a month.
const (
	PreviousMonth = "previous-month"
	ThisMonth     = "this-month"
)

// month is how a period is written.
const month = "2006-01"

// Period returns the month that a word or "2026-10" stands for on a day; "" is
// "", the period of the data. ok is false for anything else.
func Period(text string, today time.Time) (period string, ok bool) {
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch text {
	case "":
		return "", true
	case PreviousMonth:
		return first.AddDate(0, -1, 0).Format(month), true
	case ThisMonth:
		return first.Format(month), true
	}
	_, err := time.Parse(month, text)
	return text, err == nil
}

// LastDay returns the last day of a month such as "2026-10", zero for a text
// that is none.
func LastDay(period string) time.Time {
	first, err := time.Parse(month, period)
	if err != nil {
		return time.Time{}
	}
	return first.AddDate(0, 1, -1)
}

// A StaleError is an input that is older than the period it should report on.
type StaleError struct {
	Input  string // path
	Period string // that is wanted
	// Newest is what the input has: its last period, the day of its last
	// purchase, the day on which the file changed last, or the period that was
	// made of it.
	Newest string
	What   Age
}

// Age is the fixed identifier of what tells how old an input is.
type Age string

// The ways to tell, the surest first.
const (
	AgePeriods   Age = "periods"   // the periods that its rows name
	AgePurchases Age = "purchases" // its last purchase
	AgeFile      Age = "file"      // when the file changed last
	AgeSame      Age = "same"      // the very file that an earlier period was made of
)

// Error names the input and what it has.
func (e *StaleError) Error() string {
	return fmt.Sprintf("%s is older than %s: its %s end with %s", e.Input, e.Period, e.What, e.Newest)
}

// stale returns a [*StaleError] when the input has nothing of the period: its
// rows name periods, all earlier; or its last purchase was before the period;
// or, without either, the file was last changed before the period began, or is
// the very file that an earlier period was made of, used ("" for none).
func stale(path, period string, d *dataset.Dataset, changed time.Time, used string) error {
	first, err := time.Parse(month, period)
	if err != nil {
		return nil // a report without periods is never late
	}
	late := func(what Age, newest string) error {
		return &StaleError{Input: path, Period: period, Newest: newest, What: what}
	}
	if last, ok := lastMonth(d.Periods); ok {
		if last < period {
			return late(AgePeriods, last)
		}
		return nil
	}
	if last := lastPurchase(d); !last.IsZero() {
		if last.Before(first) {
			return late(AgePurchases, last.Format(time.DateOnly))
		}
		return nil
	}
	if changed.Before(first) {
		return late(AgeFile, changed.Format(time.DateOnly))
	}
	if used != "" && used < period {
		return late(AgeSame, used)
	}
	return nil
}

// lastMonth returns the latest of the periods that are months; ok is false
// when none is.
func lastMonth(periods []string) (last string, ok bool) {
	for _, p := range periods {
		if _, err := time.Parse(month, p); err == nil && p > last {
			last, ok = p, true
		}
	}
	return last, ok
}

// lastPurchase returns the day of the last purchase, zero without any.
func lastPurchase(d *dataset.Dataset) time.Time {
	last := time.Time{}
	for _, day := range d.Transactions.Date {
		if day.After(last) {
			last = day
		}
	}
	return last
}
