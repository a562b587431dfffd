package ledger

import (
	"context"
	"fmt"
	"time"
)

// A Worker is a process that serves.
type Worker struct {
	Owner     string
	StartedAt time.Time
	SeenAt    time.Time // when it last said that it lives
}

// Beat notes that a process serves and lives.
func (c changes) Beat(ctx context.Context, owner string, at time.Time) error {
	return c.in(ctx, func(tx *Tx) error {
		_, err := tx.store.exec(ctx, `INSERT INTO worker (owner, started_at, seen_at) VALUES ($1, $2, $2)
			ON CONFLICT (owner) DO UPDATE SET seen_at = excluded.seen_at`, owner, micro(at))
		if err != nil {
			return fmt.Errorf("note worker: %w", err)
		}
		return nil
	})
}

// Leave forgets a process that has ended, or whose work others have taken up.
func (c changes) Leave(ctx context.Context, owner string) error {
	return c.in(ctx, func(tx *Tx) error {
		if _, err := tx.store.exec(ctx, `DELETE FROM worker WHERE owner = $1`, owner); err != nil {
			return fmt.Errorf("forget worker: %w", err)
		}
		return nil
	})
}

// Workers returns the processes that serve, by name.
func (r reads) Workers(ctx context.Context) ([]Worker, error) {
	var workers []Worker
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var w Worker
		var started, seen int64
		err := scan(&w.Owner, &started, &seen)
		w.StartedAt, w.SeenAt = moment(started), moment(seen)
		workers = append(workers, w)
		return err
	}, `SELECT owner, started_at, seen_at FROM worker ORDER BY owner`)
	if err != nil {
		return nil, fmt.Errorf("read workers: %w", err)
	}
	return workers, nil
}
