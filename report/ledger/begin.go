package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Lease is how long an owner answers for a run when [Run.LeaseTo] is not given.
const Lease = 2 * time.Minute

// Begin asks to run a report for a period and says what follows.
//
// Of wanted it takes Report, Period, InputSHA256, SettingsSHA256, Version,
// Owner and LeaseTo. Compared is with the revision that counts now: going back
// to an earlier input is a change, not the same again.
//
//   - [Same]: that revision is done with the same input, settings and version.
//     It is returned.
//   - [Busy]: a run of this report and period is held by another owner, whose
//     lease has not ended. It is returned.
//   - [Resumed]: such a run has lost its owner (or belongs to this one) and wants
//     the same. It keeps ID and revision and now belongs to wanted.Owner.
//   - [Started]: a new run with the next revision. A run without owner that
//     wanted something else has failed with "abandoned".
func (c changes) Begin(ctx context.Context, wanted Run, at time.Time) (run Run, verdict Verdict, err error) {
	if wanted.LeaseTo.IsZero() {
		wanted.LeaseTo = at.Add(Lease)
	}
	err = c.in(ctx, func(tx *Tx) error {
		for range 3 { // the owner of a run may end it or renew its lease between a reading and a writing
			if run, verdict, err = tx.begin(ctx, wanted, at); !errors.Is(err, ErrLost) {
				break
			}
		}
		return err
	})
	if err != nil {
		return Run{}, "", fmt.Errorf("begin run: %w", err)
	}
	return run, verdict, nil
}

func (tx *Tx) begin(ctx context.Context, wanted Run, at time.Time) (Run, Verdict, error) {
	// Writing the report's row makes all that begin this report wait in line; its
	// key is left alone, so that they do not wait for those that refer to it.
	if _, err := tx.store.exec(ctx, `INSERT INTO report (name, first_at) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET first_at = report.first_at`, wanted.Report, micro(at)); err != nil {
		return Run{}, "", err
	}
	last, found, err := tx.lastRun(ctx, wanted.Report, wanted.Period)
	if err != nil {
		return Run{}, "", err
	}
	if found && last.State == RunRunning {
		if last.Owner != wanted.Owner && at.Before(last.LeaseTo) {
			return last, Busy, nil
		}
		if alike(last, wanted) {
			return tx.resume(ctx, last, wanted, at)
		}
		if err := tx.abandon(ctx, last, at); err != nil {
			return Run{}, "", err
		}
		last.Revision--
	}
	current, done, err := tx.currentRun(ctx, wanted.Report, wanted.Period)
	if err != nil {
		return Run{}, "", err
	}
	if done && alike(current, wanted) {
		return current, Same, nil
	}
	return tx.start(ctx, wanted, last.Revision+1, at)
}

// alike reports whether two runs of a period give the same.
func alike(a, b Run) bool {
	return a.InputSHA256 == b.InputSHA256 && a.SettingsSHA256 == b.SettingsSHA256 && a.Version == b.Version
}

// lastRun is the latest revision that has not failed.
func (tx *Tx) lastRun(ctx context.Context, report, period string) (Run, bool, error) {
	return tx.oneRun(ctx, `WHERE report = $1 AND period = $2 AND state <> 'failed' ORDER BY revision DESC LIMIT 1`, report, period)
}

func (r reads) currentRun(ctx context.Context, report, period string) (Run, bool, error) {
	return r.oneRun(ctx, `WHERE id = (SELECT run_id FROM run_current WHERE report = $1 AND period = $2)`, report, period)
}

// unchanged is the condition that nobody touched a run since it was read.
const unchanged = ` WHERE id = $1 AND owner = $2 AND lease_to = $3 AND state = 'running'`

// abandon ends a run without owner; [ErrLost] says that it has one after all.
func (tx *Tx) abandon(ctx context.Context, last Run, at time.Time) error {
	n, err := tx.store.exec(ctx, `UPDATE run SET state = 'failed', error = 'abandoned', finished_at = $4`+unchanged,
		last.ID, last.Owner, micro(last.LeaseTo), micro(at))
	if err == nil && n == 0 {
		err = ErrLost
	}
	if err == nil {
		err = tx.dropParts(ctx, last.ID)
	}
	if err != nil {
		return err
	}
	return tx.giveUp(ctx, last.ID, at)
}

func (tx *Tx) resume(ctx context.Context, last, wanted Run, at time.Time) (Run, Verdict, error) {
	n, err := tx.store.exec(ctx, `UPDATE run SET owner = $4, lease_to = $5, started_at = $6`+unchanged,
		last.ID, last.Owner, micro(last.LeaseTo), wanted.Owner, micro(wanted.LeaseTo), micro(at))
	if err == nil && n == 0 {
		err = ErrLost
	}
	if err != nil {
		return Run{}, "", err
	}
	run, err := tx.Run(ctx, last.ID)
	return run, Resumed, err
}

func (tx *Tx) start(ctx context.Context, wanted Run, revision int, at time.Time) (Run, Verdict, error) {
	var id int64
	_, err := one(ctx, tx.store, []any{&id}, `INSERT INTO run
		(report, period, revision, input_sha256, settings_sha256, version, state, started_at, owner, lease_to)
		VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, $8, $9) RETURNING id`,
		wanted.Report, wanted.Period, revision, wanted.InputSHA256, wanted.SettingsSHA256, wanted.Version,
		micro(at), wanted.Owner, micro(wanted.LeaseTo))
	if err != nil {
		return Run{}, "", err
	}
	run, err := tx.Run(ctx, id)
	return run, Started, err
}

// Renew prolongs the lease of a run. It returns [ErrLost] when the run is over
// or belongs to another owner: its work must then stop.
func (c changes) Renew(ctx context.Context, runID int64, owner string, to time.Time) error {
	return c.in(ctx, func(tx *Tx) error {
		n, err := tx.store.exec(ctx, `UPDATE run SET lease_to = $1 WHERE id = $2 AND owner = $3 AND state = 'running'`, micro(to), runID, owner)
		if err == nil && n == 0 {
			err = ErrLost
		}
		if err != nil {
			return fmt.Errorf("renew run %d: %w", runID, err)
		}
		return nil
	})
}

// ReleaseRuns ends the leases of owners that are known to be dead, so that
// their runs can be taken over at once.
func (c changes) ReleaseRuns(ctx context.Context, dead []string, at time.Time) error {
	return c.in(ctx, func(tx *Tx) error {
		for _, owner := range dead {
			if _, err := tx.store.exec(ctx, `UPDATE run SET lease_to = $1 WHERE owner = $2 AND state = 'running' AND lease_to > $1`,
				micro(at), owner); err != nil {
				return fmt.Errorf("release runs: %w", err)
			}
		}
		return nil
	})
}

// AbandonRuns fails the runs at work whose leases ended before a time, and
// returns how many there were: their owners died, and nobody took them up. A run
// that begins later is a new one.
func (c changes) AbandonRuns(ctx context.Context, before, at time.Time) (ended int, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		ended = 0
		runs, err := tx.someRuns(ctx, `WHERE state = 'running' AND lease_to < $1 ORDER BY id`, micro(before))
		for _, run := range runs {
			err := tx.abandon(ctx, run, at)
			if errors.Is(err, ErrLost) {
				continue // somebody took it up just now
			}
			if err != nil {
				return err
			}
			ended++
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("abandon runs: %w", err)
	}
	return ended, nil
}

// Owners returns who works on a run or sends a delivery, sorted.
func (r reads) Owners(ctx context.Context) ([]string, error) {
	var owners []string
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var owner string
		if err := scan(&owner); err != nil {
			return err
		}
		owners = append(owners, owner)
		return nil
	}, `SELECT owner FROM run WHERE state = 'running' UNION SELECT owner FROM delivery WHERE state = 'sending' ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("read owners: %w", err)
	}
	return owners, nil
}

// Fail ends a run that cannot be finished; deliveries that were queued for it
// are cancelled as [RunFailedBefore]. It returns [ErrLost] when the run is over
// or belongs to another owner.
func (c changes) Fail(ctx context.Context, runID int64, owner, why string, at time.Time) error {
	return c.in(ctx, func(tx *Tx) error {
		err := tx.end(ctx, runID, owner, RunFailed, why, at)
		if err == nil {
			err = tx.giveUp(ctx, runID, at)
		}
		if err != nil {
			return fmt.Errorf("fail run %d: %w", runID, err)
		}
		return nil
	})
}

// end closes a running run of an owner.
func (tx *Tx) end(ctx context.Context, runID int64, owner string, state RunState, why string, at time.Time) error {
	n, err := tx.store.exec(ctx, `UPDATE run SET state = $1, error = $2, finished_at = $3 WHERE id = $4 AND owner = $5 AND state = 'running'`,
		string(state), why, micro(at), runID, owner)
	if err == nil && n == 0 {
		err = ErrLost
	}
	if err != nil {
		return err
	}
	return tx.dropParts(ctx, runID)
}
