package main

import (
	"context"
	"log/slog"
	"time"

	"valuebook/report/ledger"
)

// clockOf returns the clock of a ledger, of this machine where it cannot be
// asked: what is done next says why. Without a ledger it is this machine's.
func clockOf(ctx context.Context, book *ledger.Ledger) func() time.Time {
	if book == nil {
		return time.Now
	}
	clock := book.Clock()
	_, _ = clock.Compare(ctx)
	return clock.Now
}

// How often the clock of this machine is compared with that of the database,
// and from which difference on the log speaks of it.
const (
	compareEvery = time.Minute
	wrongClock   = 30 * time.Second
)

// keepTime compares a clock with that of its ledger now and again, until ctx
// ends.
func keepTime(ctx context.Context, clock *ledger.Clock, log *slog.Logger) {
	said := false
	for {
		ahead, err := clock.Compare(ctx)
		wrong := err == nil && ahead.Abs() > wrongClock
		if wrong && !said {
			log.Warn("the clock of this machine is wrong: the time of the database is used", "ahead", ahead.Round(time.Second))
		}
		said = wrong || err != nil && said
		select {
		case <-time.After(compareEvery):
		case <-ctx.Done():
			return
		}
	}
}
