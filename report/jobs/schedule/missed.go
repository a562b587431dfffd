package schedule

import "time"

// A Policy is the fixed identifier of what becomes of times that were missed.
type Policy string

// The policies. Whatever they say, a time that is less than [Grace] ago is not
// missed but a little late.
const (
	Last Policy = "last" // the latest is made up for
	All  Policy = "all"  // every one is made up for, in their order
	Skip Policy = "skip" // none is
)

// Grace is how late a run may begin and still be on time.
const Grace = 15 * time.Minute

// Most is how many missed times All makes up for when nothing else is said.
const Most = 24

// Due returns the times from next on that have come by now and are to be acted
// on, the earliest first, how many are given up, and the next time in the
// future (zero: never). most bounds All, 0 is [Most]: of more, the latest are
// kept.
func Due(rule *Rule, next, now time.Time, policy Policy, most int) (due []time.Time, dropped int, coming time.Time) {
	if most <= 0 {
		most = Most
	}
	if policy != All {
		most = 1
	}
	for ; !next.IsZero() && !next.After(now); next = rule.Next(next) {
		due = append(due, next)
		if len(due) > most {
			due, dropped = due[1:], dropped+1
		}
	}
	if policy == Skip && len(due) > 0 && now.Sub(due[0]) > Grace {
		due, dropped = nil, dropped+1
	}
	return due, dropped, next
}
