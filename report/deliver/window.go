package deliver

import (
	"strings"
	"time"
	_ "time/tzdata" // Windows and bare containers have no time zones of their own

	"valuebook/report/dataset"
)

// A Window says when messages may be sent. The zero value is always.
type Window struct {
	Days []string // "mon" ... "sun", none = every day
	From string   // "08:00", "" = 00:00
	To   string   // "18:00", "" = 24:00; before From = over midnight, of the day on which it began
	Zone string   // "Europe/Berlin", "" = UTC
}

// days are the names of the days as a run file writes them.
var days = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// minutes of a day.
const wholeDay = 24 * 60

// IsZero reports whether messages may always be sent.
func (w Window) IsZero() bool { return len(w.Days) == 0 && w.From == "" && w.To == "" }

// Validate returns a [*Problem] for a day, a time or a zone that is none.
func (w Window) Validate() error {
	for _, day := range w.Days {
		if weekday(day) < 0 {
			return refuseSetting("window.days", day)
		}
	}
	if _, ok := clock(w.From, 0); !ok {
		return refuseSetting("window.from", w.From)
	}
	if _, ok := clock(w.To, wholeDay); !ok {
		return refuseSetting("window.to", w.To)
	}
	if _, err := w.location(); err != nil {
		return problem(nil, "setting", dataset.Str("mail.window.zone"), dataset.Str(w.Zone))
	}
	return nil
}

// Open reports whether messages may be sent at a moment.
func (w Window) Open(at time.Time) bool { return !w.Next(at).After(at) }

// Next returns the first moment from at on when messages may be sent: at
// itself when they may be sent then. A window that Validate refuses counts as
// always open.
func (w Window) Next(at time.Time) time.Time {
	zone, err := w.location()
	if w.IsZero() || err != nil {
		return at
	}
	from, _ := clock(w.From, 0)
	to, _ := clock(w.To, wholeDay)
	if to <= from {
		to += wholeDay
	}
	local := at.In(zone)
	for day := -1; day <= 8; day++ { // the window that began yesterday may still be open
		year, month, date := local.Date()
		midnight := time.Date(year, month, date+day, 0, 0, 0, 0, zone)
		if !w.hasDay(midnight.Weekday()) {
			continue
		}
		begin := time.Date(year, month, date+day, 0, from, 0, 0, zone)
		end := time.Date(year, month, date+day, 0, to, 0, 0, zone)
		if at.Before(begin) {
			return begin
		}
		if at.Before(end) {
			return at
		}
	}
	return at
}

func (w Window) hasDay(day time.Weekday) bool {
	for _, name := range w.Days {
		if weekday(name) == int(day) {
			return true
		}
	}
	return len(w.Days) == 0
}

func (w Window) location() (*time.Location, error) {
	if w.Zone == "" {
		return time.UTC, nil
	}
	return time.LoadLocation(w.Zone)
}

// weekday returns the number of a day's name, 0 for Sunday; -1 for no name.
func weekday(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	for i, day := range days {
		if name == day {
			return i
		}
	}
	return -1
}

// clock returns the minute of the day of a time such as "08:00".
func clock(text string, absent int) (minute int, ok bool) {
	if text == "" {
		return absent, true
	}
	if text == "24:00" {
		return wholeDay, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}
