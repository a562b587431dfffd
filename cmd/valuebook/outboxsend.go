package main

import (
	"context"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"

	"valuebook/report/ledger"
)

// watched is the ledger for a sender, with the number of messages counted as
// they are settled, and with some messages alone where only is not nil, else those
// of a house.
type watched struct {
	ledger.House
	settled func()
	only    []int64
}

// Due returns what may go out now.
func (w *watched) Due(ctx context.Context, now time.Time, limit int) ([]ledger.Delivery, error) {
	if w.only == nil {
		return w.House.Due(ctx, now, limit)
	}
	due, err := w.Ledger.Due(ctx, now, 0)
	return slices.DeleteFunc(due, func(d ledger.Delivery) bool { return !slices.Contains(w.only, d.ID) }), err
}

// Settle notes what became of a message.
func (w *watched) Settle(ctx context.Context, id int64, owner string, o ledger.Outcome, at time.Time) error {
	w.settled()
	return w.Ledger.Settle(ctx, id, owner, o, at)
}

// counting returns a bar for a number of messages, on a terminal only.
func (p *program) counting(n int) *bar {
	if p.quiet || n == 0 || !terminal(p.stderr) {
		return &bar{}
	}
	return &bar{p: p, bar: progressbar.NewOptions(n,
		progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetWidth(20), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetDescription(printable(p.say("outbox.sending"))), progressbar.OptionUseANSICodes(true))}
}

// count shows one more.
func (b *bar) count() {
	if b.bar != nil {
		_ = b.bar.Add(1)
	}
}
