package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"valuebook/report/ledger"
)

// page is how many jobs are read at once.
const page = 5000

// A Waiting is a job that is not over.
type Waiting struct {
	ID      int64
	Kind    string
	Lane    string
	Owner   string // process that works on it, "" while it waits
	Attempt int
	At      time.Time // not before
	Failure string    // of its last try, "" when none failed
	Args    json.RawMessage
}

// Waiting returns the jobs of some kinds that wait or are worked on, in the
// order in which they came; without kinds, all.
func (q *Queue) Waiting(ctx context.Context, kinds ...string) ([]Waiting, error) {
	return q.jobs(ctx, kinds, active)
}

// GivenUp returns the jobs of some kinds whose last try failed, as long as they
// are kept.
func (q *Queue) GivenUp(ctx context.Context, kinds ...string) ([]Waiting, error) {
	return q.jobs(ctx, kinds, []rivertype.JobState{rivertype.JobStateDiscarded, rivertype.JobStateCancelled})
}

// In returns the jobs of some lanes that wait or are worked on, in the order in
// which they came.
func (q *Queue) In(ctx context.Context, lanes ...string) ([]Waiting, error) {
	return q.list(ctx, river.NewJobListParams().States(active...).Queues(lanes...))
}

// Move puts jobs that wait on the lanes given by their ID: workers that take
// only from those find them there. A job that was begun meanwhile stays.
func (q *Queue) Move(ctx context.Context, to map[int64]string) error {
	if len(to) == 0 {
		return nil
	}
	err := q.book.InTx(ctx, func(tx *ledger.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(to)) {
			if _, err := run(ctx, tx, `UPDATE river_job SET queue = $1 WHERE id = $2 AND state IN ('available', 'pending', 'retryable', 'scheduled')`, to[id], id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("move jobs: %w", err)
	}
	return nil
}

func (q *Queue) jobs(ctx context.Context, kinds []string, states []rivertype.JobState) ([]Waiting, error) {
	params := river.NewJobListParams().States(states...)
	if len(kinds) > 0 {
		params = params.Kinds(kinds...)
	}
	return q.list(ctx, params)
}

// list returns all jobs that parameters choose, by ID.
func (q *Queue) list(ctx context.Context, params *river.JobListParams) ([]Waiting, error) {
	if err := q.open(); err != nil {
		return nil, err
	}
	params = params.OrderBy(river.JobListOrderByID, river.SortOrderAsc).First(page)
	var all []Waiting
	for {
		rows, err := q.engine.list(ctx, params)
		if err != nil {
			return nil, fmt.Errorf("read queue: %w", err)
		}
		for _, row := range rows {
			all = append(all, waitingOf(row))
		}
		if len(rows) < page {
			return all, nil
		}
		params = params.After(river.JobListCursorFromJob(rows[len(rows)-1]))
	}
}

func waitingOf(row *rivertype.JobRow) Waiting {
	w := Waiting{ID: row.ID, Kind: row.Kind, Lane: row.Queue, Attempt: row.Attempt, At: row.ScheduledAt, Args: row.EncodedArgs}
	if row.State == rivertype.JobStateRunning && len(row.AttemptedBy) > 0 {
		w.Owner = row.AttemptedBy[len(row.AttemptedBy)-1]
	}
	if n := len(row.Errors); n > 0 {
		w.Failure = row.Errors[n-1].Error
	}
	return w
}
