package schedule

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Days says which days are worked.
type Days struct {
	// Weekend are the days of rest of every week; nil is Saturday and Sunday,
	// an empty list none.
	Weekend []time.Weekday
	// Holidays are dates as "2026-12-25", or "12-25" for every year.
	Holidays map[string]bool
}

// Worked reports whether people work on a date.
func (d Days) Worked(date time.Time) bool {
	weekend := d.Weekend
	if weekend == nil {
		weekend = []time.Weekday{time.Saturday, time.Sunday}
	}
	for _, rest := range weekend {
		if date.Weekday() == rest {
			return false
		}
	}
	return !d.Holidays[date.Format(time.DateOnly)] && !d.Holidays[date.Format("01-02")]
}

// A workingDay is the nth working day of each month at a time of day; a
// negative n counts from the end.
type workingDay struct {
	n            int
	hour, minute int
	days         Days
}

var workingDayForm = regexp.MustCompile(`^(?:(first|last)|(\d{1,2})(?:st|nd|rd|th)( last)?) (?:business|working) ?day(?: of (?:the )?month)?(?: (?:at )?(\d{1,2}):(\d{2}))?$`)

// parseWorkingDay reads "3rd business day 06:00"; ok is false for a text that
// does not speak of working days.
func parseWorkingDay(text string, days Days) (day workingDay, ok bool, err error) {
	parts := workingDayForm.FindStringSubmatch(text)
	if parts == nil {
		return day, false, nil
	}
	day = workingDay{n: 1, hour: 6, days: days}
	if parts[2] != "" {
		day.n, _ = strconv.Atoi(parts[2])
	}
	if parts[1] == "last" || parts[3] != "" {
		day.n = -day.n
	}
	if parts[4] != "" {
		day.hour, _ = strconv.Atoi(parts[4])
		day.minute, _ = strconv.Atoi(parts[5])
	}
	if day.n == 0 || day.n > 23 || day.n < -23 || day.hour > 23 || day.minute > 59 {
		return day, true, fmt.Errorf("%w: %q", ErrRule, text)
	}
	return day, true, nil
}

// next returns the day's time after a moment. A month with too few working days
// is left out.
func (w workingDay) next(after time.Time) time.Time {
	month := time.Date(after.Year(), after.Month(), 1, w.hour, w.minute, 0, 0, time.UTC)
	for end := after.Add(longest); month.Before(end); month = month.AddDate(0, 1, 0) {
		if due, ok := w.in(month); ok && due.After(after) {
			return due
		}
	}
	return time.Time{}
}

// in returns the day in the month that begins at first.
func (w workingDay) in(first time.Time) (time.Time, bool) {
	day, step, left := first, 1, w.n
	if w.n < 0 {
		day, step, left = first.AddDate(0, 1, -1), -1, -w.n
	}
	for ; day.Month() == first.Month(); day = day.AddDate(0, 0, step) {
		if !w.days.Worked(day) {
			continue
		}
		if left--; left == 0 {
			return day, true
		}
	}
	return time.Time{}, false
}
