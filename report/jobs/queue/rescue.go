package queue

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

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
		rescued = 0
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

// A lost job is one that this process has by the database and is not at: its end
// could not be written, as when the disk was full.
type lost struct {
	lock sync.Mutex
	jobs map[int64]lostJob
}

type lostJob struct {
	attempt int
	since   time.Time
}

// lostAfter is how long a job must have been lost: between taking a job and
// beginning it, and between ending it and writing so, it is for a moment.
const lostAfter = time.Minute

// Recall makes the jobs available again that this process has lost, and returns
// how many there were. It is called now and again.
func (q *Queue) Recall(ctx context.Context, now time.Time) (int, error) {
	atWork, err := q.atWork(ctx)
	if err != nil {
		return 0, err
	}
	return q.release(ctx, q.lost.among(q.mine(atWork), now), []string{q.options.Owner})
}

// mine are the jobs that this process should be at and is not.
func (q *Queue) mine(atWork []Waiting) []Waiting {
	return slices.DeleteFunc(atWork, func(job Waiting) bool {
		_, begun := q.begun.Load(job.ID)
		return begun || job.Owner != q.options.Owner
	})
}

// among returns those that have been lost for long.
func (l *lost) among(jobs []Waiting, now time.Time) (long []Waiting) {
	l.lock.Lock()
	defer l.lock.Unlock()
	before := l.jobs
	l.jobs = map[int64]lostJob{}
	for _, job := range jobs {
		is, known := before[job.ID]
		if !known || is.attempt != job.Attempt {
			is = lostJob{job.Attempt, now}
		}
		l.jobs[job.ID] = is
		if now.Sub(is.since) >= lostAfter {
			long = append(long, job)
		}
	}
	return long
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
