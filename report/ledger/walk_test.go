package ledger_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"valuebook/report/ledger"
)

// walked are the steps that a history may show, by the state before: "" is
// before the first.
var walked = map[ledger.State][]ledger.State{
	"":               {ledger.Queued, ledger.Held},
	ledger.Queued:    {ledger.Queued, ledger.Held, ledger.Sending, ledger.Cancelled},
	ledger.Held:      {ledger.Queued, ledger.Cancelled, ledger.Sent},
	ledger.Sending:   {ledger.Sent, ledger.Retry, ledger.Bounced, ledger.Unknown, ledger.Held},
	ledger.Retry:     {ledger.Queued, ledger.Held, ledger.Sending, ledger.Cancelled},
	ledger.Sent:      {ledger.Sent, ledger.Bounced},                 // the same again: a resend is noted
	ledger.Bounced:   {ledger.Bounced, ledger.Sent},                 //
	ledger.Unknown:   {ledger.Unknown, ledger.Sent, ledger.Bounced}, //
	ledger.Cancelled: {ledger.Cancelled},                            //
}

// TestRandomWalks does whatever comes to mind to a few deliveries and looks
// whether their histories can be.
func TestRandomWalks(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		rnd := rand.New(rand.NewPCG(3, 4))
		now := day
		done(t, l, "2026-10", "a", manyParts(16)...)
		for range 400 {
			now = now.Add(time.Duration(rnd.IntN(8)) * time.Second)
			walk(t, l, rnd, now)
		}
		checkHistories(t, l)
	})
}

// walk does one thing; that it is not allowed is no failure.
func walk(t *testing.T, l *ledger.Ledger, rnd *rand.Rand, now time.Time) {
	t.Helper()
	ctx := context.Background()
	all, err := l.Deliveries(ctx, ledger.DeliveryFilter{})
	must(t, err)
	chosen := all[rnd.IntN(len(all))]
	id, owner := chosen.ID, []string{"one", "two"}[rnd.IntN(2)]
	if chosen.Owner != "" && rnd.IntN(2) == 0 {
		owner = chosen.Owner
	}
	outcomes := []ledger.State{ledger.Sent, ledger.Bounced, ledger.Queued, ledger.Retry, ledger.Retry, ledger.Retry, ledger.Unknown, ledger.Held}
	switch rnd.IntN(10) {
	case 0, 1, 2:
		_, _, err = l.Claim(ctx, id, owner, now, time.Minute)
	case 3, 4:
		err = l.Settle(ctx, id, owner, ledger.Outcome{State: outcomes[rnd.IntN(len(outcomes))], NextAt: now.Add(time.Minute)}, now)
	case 5:
		_, err = l.Recover(ctx, []string{owner}[rnd.IntN(2):], now)
	case 6:
		err = l.Approve(ctx, []int64{id}, now)
	case 7:
		if rnd.IntN(4) == 0 {
			err = l.Cancel(ctx, []int64{id}, "walk", now)
		}
	case 8:
		err = l.Mark(ctx, id, outcomes[rnd.IntN(3)], "walk", now)
	case 9:
		if len(all) < 24 {
			_, err = l.Resend(ctx, id, "walk", now)
		}
	}
	var illegal *ledger.TransitionError
	if err != nil && !errors.As(err, &illegal) {
		t.Fatal(err)
	}
}

func checkHistories(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	ctx := context.Background()
	all, err := l.Deliveries(ctx, ledger.DeliveryFilter{})
	must(t, err)
	ids, reached := map[string]bool{}, map[ledger.State]bool{}
	for _, d := range all {
		events, err := l.Events(ctx, d.ID)
		must(t, err)
		state, tries := ledger.State(""), 0
		for _, e := range events {
			if !contains(walked[state], e.State) {
				t.Errorf("delivery %d goes from %q to %q (%s)", d.ID, state, e.State, e.Detail)
			}
			if e.State == ledger.Sending {
				tries++
			}
			state = e.State
			reached[state] = true
		}
		if state != d.State || tries != d.Attempt {
			t.Errorf("delivery %d is %s after %d tries; its history says %s after %d", d.ID, d.State, d.Attempt, state, tries)
		}
		if d.State == ledger.Sending && d.Owner == "" || ids[d.MessageID] {
			t.Errorf("delivery %+v", d)
		}
		ids[d.MessageID] = true
	}
	if len(reached) < 8 {
		t.Errorf("the walk reached only %v", reached)
	}
}

func contains(list []ledger.State, state ledger.State) bool {
	for _, s := range list {
		if s == state {
			return true
		}
	}
	return false
}
