package queue

import (
	"context"
	"fmt"
	"slices"

	"github.com/riverqueue/river/rivertype"

	"valuebook/report/ledger"
)

// release makes a job of a dead worker available again. That it is still the
// same try is part of the condition: who does it second does nothing, also when
// another worker has begun the job by then.
const release = `UPDATE river_job SET state = 'available', attempted_at = NULL WHERE id = $1 AND state = 'running' AND attempt = $2`

// Rescue makes the jobs of processes that are known to be dead available to
// others, and returns how many there were. A job that has been begun too often
// is available too: its worker is to give it up.
func (q *Queue) Rescue(ctx context.Context, dead []string) (int, error) {
	if len(dead) == 0 {
		return 0, nil
	}
	atWork, err := q.atWork(ctx)
	if err != nil {
		return 0, err
	}
	return q.release(ctx, atWork, dead)
}

// release makes those jobs available that are at work for the dead, as they were
// read.
func (q *Queue) release(ctx context.Context, atWork []Waiting, dead []string) (int, error) {
	rescued := 0
	err := q.book.InTx(ctx, func(tx *ledger.Tx) error {
		for _, job := range atWork {
			if job.Owner == "" || !slices.Contains(dead, job.Owner) {
				continue
			}
			n, err := run(ctx, tx, release, job.ID, job.Attempt)
			if err != nil {
				return err
			}
			rescued += int(n)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("rescue jobs: %w", err)
	}
	return rescued, nil
}

// Owners returns the processes that work on jobs, sorted.
func (q *Queue) Owners(ctx context.Context) ([]string, error) {
	atWork, err := q.atWork(ctx)
	if err != nil {
		return nil, err
	}
	var owners []string
	for _, job := range atWork {
		if job.Owner != "" {
			owners = append(owners, job.Owner)
		}
	}
	slices.Sort(owners)
	return slices.Compact(owners), nil
}

// atWork returns the jobs that some process has begun: a few, however many wait.
func (q *Queue) atWork(ctx context.Context) ([]Waiting, error) {
	return q.jobs(ctx, nil, []rivertype.JobState{rivertype.JobStateRunning})
}

// run executes a statement in a transaction of either database, and returns how
// many rows it changed.
func run(ctx context.Context, tx *ledger.Tx, statement string, args ...any) (int64, error) {
	if sql := tx.SQL(); sql != nil {
		result, err := sql.ExecContext(ctx, statement, args...)
		if err != nil {
			return 0, err
		}
		return result.RowsAffected()
	}
	tag, err := tx.Pgx().Exec(ctx, statement, args...)
	return tag.RowsAffected(), err
}
