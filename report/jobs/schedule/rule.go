package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// A Rule gives the times at which something is due.
type Rule struct {
	civil civil
	zone  *time.Location
}

// civil returns the next due time of day and date after one, both without a
// zone: they are written as UTC. The zero time means never.
type civil func(after time.Time) time.Time

// ErrRule is wrapped by every error of a rule that cannot be understood.
var ErrRule = errors.New("not a schedule")

// longest bounds the search for a time that exists: a rule that is due less
// often than this is never due.
const longest = 5 * 366 * 24 * time.Hour

// Parse reads a rule.
//
//   - "0 6 1 * *": the five fields of cron, or "@monthly", "@weekly", "@daily";
//   - "first business day", "last working day 17:30", "3rd business day",
//     "2nd last business day": a working day of each month, at 06:00 where no
//     time is given.
//
// Times are of the zone. One that the clocks leave out is due the moment they
// have gone forward, one that they show twice is due the first time. Working
// days are those that days says.
func Parse(text string, zone *time.Location, days Days) (*Rule, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if strings.Contains(text, "tz=") { // cron's own way to name a zone
		return nil, fmt.Errorf("%w: %q names a zone of its own", ErrRule, text)
	}
	if day, ok, err := parseWorkingDay(text, days); ok || err != nil {
		return &Rule{civil: day.next, zone: zone}, err
	}
	spec, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRule, err)
	}
	fields, ok := spec.(*cron.SpecSchedule)
	if !ok { // "@every 1h" counts from whenever the program began
		return nil, fmt.Errorf("%w: %q has no fixed times", ErrRule, text)
	}
	fields.Location = time.UTC
	return &Rule{civil: fields.Next, zone: zone}, nil
}

// Next returns the first due time after a moment, in UTC; the zero time when
// there is none within five years.
func (r *Rule) Next(after time.Time) time.Time {
	local := after.In(r.zone)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
	for end := wall.Add(longest); ; {
		// Where the clocks go back, a wall time after this one may have been
		// before it; where they go forward, several are the same moment.
		wall = r.civil(wall)
		if wall.IsZero() || wall.After(end) {
			return time.Time{}
		}
		if due := moment(wall, r.zone); due.After(after) {
			return due.UTC()
		}
	}
}

// moment returns the first moment at which the clocks of the zone show a wall
// time, or have gone past it where they never show it.
func moment(wall time.Time, zone *time.Location) time.Time {
	const step = 24 * time.Hour // clocks change by less
	_, before := wall.Add(-step).In(zone).Zone()
	_, after := wall.Add(step).In(zone).Zone()
	first := wall.Add(-time.Duration(max(before, after)) * time.Second)
	for _, offset := range []int{max(before, after), min(before, after)} {
		t := wall.Add(-time.Duration(offset) * time.Second)
		if _, is := t.In(zone).Zone(); is == offset {
			return t
		}
	}
	return change(first, first.Add(step), zone)
}

// change returns the moment between two at which the offset of the zone
// changes.
func change(from, to time.Time, zone *time.Location) time.Time {
	_, offset := from.In(zone).Zone()
	for to.Sub(from) > time.Second {
		middle := from.Add(to.Sub(from) / 2).Truncate(time.Second)
		if _, is := middle.In(zone).Zone(); is == offset {
			from = middle
		} else {
			to = middle
		}
	}
	return to
}
