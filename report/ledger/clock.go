package ledger

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// A Clock is the time that all who share a ledger have in common: that of the
// database server where there is one, for a file that of the machine. Leases,
// and who is taken for dead, are a comparison of times that different machines
// wrote; a machine whose clock is wrong must not take the others for dead.
type Clock struct {
	ledger *Ledger
	local  func() time.Time // of the machine
	ahead  atomic.Int64     // of this machine, in nanoseconds
}

// Clock returns the clock of the ledger, which is that of the machine until
// [Clock.Compare] is called.
func (l *Ledger) Clock() *Clock { return &Clock{ledger: l, local: time.Now} }

// Now returns the time.
func (c *Clock) Now() time.Time { return c.local().Add(-c.Ahead()) }

// Ahead returns how far this machine's clock is ahead of it.
func (c *Clock) Ahead() time.Duration { return time.Duration(c.ahead.Load()) }

// negligible is a difference between clocks that does no harm: the machine's own
// runs on evenly.
const negligible = time.Second

// Compare asks the database for its time, by which the clock goes from then on,
// and returns how far this machine's is ahead of it; zero for what is
// negligible.
func (c *Clock) Compare(ctx context.Context) (ahead time.Duration, err error) {
	if c.ledger.pool == nil {
		return 0, nil
	}
	var stored int64
	before := c.local()
	if err := c.ledger.pool.QueryRow(ctx, `SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT`).Scan(&stored); err != nil {
		return 0, fmt.Errorf("read clock: %w", err)
	}
	took := c.local().Sub(before)
	ahead = before.Add(took / 2).Sub(moment(stored))
	if (ahead - c.Ahead()).Abs() <= negligible+took {
		return c.Ahead(), nil
	}
	if ahead.Abs() <= negligible+took {
		ahead = 0
	}
	c.ahead.Store(int64(ahead))
	return ahead, nil
}
