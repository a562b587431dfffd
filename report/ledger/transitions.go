package ledger

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// moveAll brings the deliveries of a condition, whose arguments begin at $4,
// to a state and returns their IDs, sorted.
func (tx *Tx) moveAll(ctx context.Context, to State, why string, at time.Time, condition string, args ...any) ([]int64, error) {
	var ids []int64
	err := each(ctx, tx.store, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `UPDATE delivery SET state = $1, why = $2, last_at = $3 WHERE `+condition+` RETURNING id`,
		append([]any{string(to), why, micro(at)}, args...)...)
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := tx.log(ctx, id, to, why, at); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// move brings one delivery from one of some states to another. It returns
// [ErrNotFound] or a [*TransitionError].
func (tx *Tx) move(ctx context.Context, id int64, from string, to State, why, detail string, at time.Time) error {
	n, err := tx.store.exec(ctx, `UPDATE delivery SET state = $1, why = $2, last_at = $3, next_at = $3, owner = '' WHERE id = $4 AND state IN (`+from+`)`,
		string(to), why, micro(at), id)
	if err != nil {
		return err
	}
	if n == 0 {
		return tx.refuse(ctx, id, to, "")
	}
	return tx.log(ctx, id, to, detail, at)
}

// refuse says why a delivery cannot go to a state.
func (tx *Tx) refuse(ctx context.Context, id int64, to State, why string) error {
	var state string
	found, err := one(ctx, tx.store, []any{&state}, `SELECT state FROM delivery WHERE id = $1`, id)
	switch {
	case err != nil:
		return err
	case !found:
		return fmt.Errorf("delivery %d: %w", id, ErrNotFound)
	}
	return &TransitionError{ID: id, From: State(state), To: to, Why: why}
}

// moveEach moves several deliveries, all or none, in the order of their IDs,
// so that two who do so do not wait for each other.
func (c changes) moveEach(ctx context.Context, ids []int64, from string, to State, why, detail string, at time.Time) error {
	sorted := slices.Compact(slices.Sorted(slices.Values(ids)))
	return c.in(ctx, func(tx *Tx) error {
		for _, id := range sorted {
			if err := tx.move(ctx, id, from, to, why, detail, at); err != nil {
				return err
			}
		}
		return nil
	})
}

// Approve lets held deliveries go out: all of them or, with an error, none.
func (c changes) Approve(ctx context.Context, ids []int64, at time.Time) error {
	return c.moveEach(ctx, ids, `'held'`, Queued, "", "approved", at)
}

// Cancel ends deliveries that wait: all of them or, with an error, none.
func (c changes) Cancel(ctx context.Context, ids []int64, reason string, at time.Time) error {
	return c.moveEach(ctx, ids, `'queued', 'held', 'retry'`, Cancelled, "", reason, at)
}

// Mark notes what a person knows of a delivery: to is Sent, from Held, Unknown
// or Bounced, or Bounced, from Sent or Unknown.
func (c changes) Mark(ctx context.Context, id int64, to State, reason string, at time.Time) error {
	from := map[State]string{Sent: `'held', 'unknown', 'bounced'`, Bounced: `'sent', 'unknown'`}[to]
	return c.in(ctx, func(tx *Tx) error {
		if from == "" {
			return tx.refuse(ctx, id, to, "")
		}
		return tx.move(ctx, id, from, to, Marked, reason, at)
	})
}

// Claim takes a delivery for sending, until now plus lease, and returns it
// whole. What it did is committed when it returns, so that a process that dies
// from here on leaves a delivery that is sending and not one that waits.
//
// It returns the delivery as it stands and false when it is not due or another
// owner was first.
func (l *Ledger) Claim(ctx context.Context, id int64, owner string, now time.Time, lease time.Duration) (d Delivery, mine bool, err error) {
	err = l.InTx(ctx, func(tx *Tx) error {
		n, err := tx.store.exec(ctx, `UPDATE delivery SET state = 'sending', why = '', owner = $2, lease_to = $3,
			attempt = attempt + 1, last_at = $1, code = 0, reply = '' WHERE id = $4 AND `+sendable,
			micro(now), owner, micro(now.Add(lease)), id)
		if err != nil {
			return err
		}
		mine = n > 0
		if d, err = tx.Delivery(ctx, id); err != nil || !mine {
			return err
		}
		return tx.log(ctx, id, Sending, "attempt "+strconv.Itoa(d.Attempt), now)
	})
	if err != nil {
		return Delivery{}, false, fmt.Errorf("claim delivery %d: %w", id, err)
	}
	return d, mine, nil
}

// Settle notes how the try of an owner ended: a delivery that is sending
// becomes sent, retry, bounced, unknown or held.
//
// An owner that is late, whose delivery became unknown as interrupted, may
// still say for certain that it was sent or bounced, as long as no person said
// otherwise.
func (c changes) Settle(ctx context.Context, id int64, owner string, outcome Outcome, at time.Time) error {
	return c.in(ctx, func(tx *Tx) error {
		from := `state = 'sending'`
		switch outcome.State {
		case Sent, Bounced:
			from = `(state = 'sending' OR state = 'unknown' AND why = '` + Interrupted + `')`
		case Retry, Unknown, Held:
		default:
			return tx.refuse(ctx, id, outcome.State, "")
		}
		n, err := tx.store.exec(ctx, `UPDATE delivery SET state = $1, why = $2, code = $3, reply = $4, next_at = $5, last_at = $6, lease_to = 0
			WHERE id = $7 AND owner = $8 AND `+from,
			string(outcome.State), outcome.Why, outcome.Code, outcome.Reply, micro(outcome.NextAt), micro(at), id, owner)
		if err != nil {
			return err
		}
		if n == 0 {
			return tx.refuse(ctx, id, outcome.State, "owner")
		}
		return tx.log(ctx, id, outcome.State, outcome.detail(), at)
	})
}

// detail is the line of an outcome in the history.
func (o Outcome) detail() string {
	switch {
	case o.Detail != "":
		return o.Detail
	case o.Reply != "":
		return o.Reply
	}
	return o.Why
}

// Recover gives up on deliveries that are sending and whose lease has ended,
// or whose owner is known to be dead: they become unknown, as interrupted,
// and wait for a person. It returns their IDs, sorted.
func (c changes) Recover(ctx context.Context, dead []string, now time.Time) (ids []int64, err error) {
	return c.recover(ctx, "", dead, now)
}

func (c changes) recover(ctx context.Context, house string, dead []string, now time.Time) (ids []int64, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		if ids, err = tx.moveAll(ctx, Unknown, Interrupted, now, `state = 'sending' AND lease_to <= $4`+ofHouse("$5"), micro(now), house); err != nil {
			return err
		}
		for _, owner := range dead {
			more, err := tx.moveAll(ctx, Unknown, Interrupted, now, `state = 'sending' AND owner = $4`+ofHouse("$5"), owner, house)
			if err != nil {
				return err
			}
			ids = append(ids, more...)
		}
		slices.Sort(ids)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("recover deliveries: %w", err)
	}
	return ids, nil
}

// Again queues deliveries of which nobody knows whether they arrived once
// more: all of them or, with an error, none. Each is the same message with the
// same Message-ID and Date, by which a server may know it. It may come twice.
func (c changes) Again(ctx context.Context, ids []int64, at time.Time) error {
	return c.moveEach(ctx, ids, `'unknown'`, Queued, "", "again", at)
}

// Resend queues a delivery again, on purpose and with a reason: as a new one
// with a Message-ID and Date of its own. The original may be sent, bounced,
// unknown or cancelled, of a run that is done. While a delivery that repeats it has not ended, a
// [*TransitionError] is returned.
func (c changes) Resend(ctx context.Context, id int64, reason string, at time.Time) (again Delivery, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		again, err = tx.resend(ctx, id, reason, at)
		return err
	})
	if err != nil {
		return Delivery{}, fmt.Errorf("resend delivery %d: %w", id, err)
	}
	return again, nil
}

func (tx *Tx) resend(ctx context.Context, id int64, reason string, at time.Time) (Delivery, error) {
	// The row is written before the others are counted: two who resend at once
	// wait for each other here.
	n, err := tx.store.exec(ctx, `UPDATE delivery SET why = $1, owner = '' WHERE id = $2 AND state IN ('sent', 'bounced', 'unknown', 'cancelled')
		AND EXISTS (SELECT 1 FROM run WHERE run.id = delivery.run_id AND run.state = 'done')`, Resent, id)
	if err != nil {
		return Delivery{}, err
	}
	if n == 0 {
		return Delivery{}, tx.refuse(ctx, id, Queued, "")
	}
	var before, open int
	if _, err := one(ctx, tx.store, []any{&before, &open}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN state IN ('queued', 'held', 'sending', 'retry') THEN 1 ELSE 0 END), 0)
		FROM delivery WHERE resend_of = $1`, id); err != nil {
		return Delivery{}, err
	}
	if open > 0 {
		return Delivery{}, tx.refuse(ctx, id, Queued, "resend-open")
	}
	d, err := tx.Delivery(ctx, id)
	if err != nil {
		return Delivery{}, err
	}
	if err := tx.log(ctx, id, d.State, Resent+": "+reason, at); err != nil {
		return Delivery{}, err
	}
	mark := strconv.Itoa(before + 1)
	d.Key, d.MessageID = d.Key+"#resend-"+mark, otherMessageID(d.MessageID, "r"+mark)
	d.State, d.Why, d.Date, d.NextAt, d.ResendOf = Queued, "", at, at, id
	again, err := tx.insert(ctx, d, reason, at)
	if err != nil {
		return Delivery{}, err
	}
	return tx.Delivery(ctx, again)
}
