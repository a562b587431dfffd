package lifetime

import (
	"time"

	"valuebook/report/analysis/purchase"
)

// addMonths returns the same day of the month a number of months later, or
// earlier, clamped to the end of that month: 31 May less 3 months is 28 or 29
// February. Window edges are each computed from the as-of date, because
// clamped steps do not add up (METHOD 5.1).
func addMonths(day int32, months int) int32 {
	date := purchase.Date(day)
	first := time.Date(date.Year(), date.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return purchase.DayOf(first.AddDate(0, 0, min(date.Day(), last)-1))
}

// monthsOver returns how many whole months are over between two days: the
// largest number of months which, added to the first, do not pass the second.
func monthsOver(from, to int32) int {
	a, b := purchase.Date(from), purchase.Date(to)
	months := 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month())
	if addMonths(from, months) > to {
		months--
	}
	return max(0, months)
}

// monthsBetween returns the length of (from, to] in average months, 0 where to
// is not after from.
func monthsBetween(from, to int32) float64 {
	return float64(max(0, int64(to)-int64(from))) / daysPerMonth
}
