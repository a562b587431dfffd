package ledger

import (
	"context"
	"fmt"
	"time"
)

// A Worker is a process that serves.
type Worker struct {
	Owner     string
	House     string // name of the reports that it serves, "" for those of all
	Settings  string // a text that is the same for processes that make the same outputs
	StartedAt time.Time
	SeenAt    time.Time // when it last said that it lives
}

// Beat notes that a process serves and lives; SeenAt is now.
func (c changes) Beat(ctx context.Context, w Worker) error {
	return c.in(ctx, func(tx *Tx) error {
		_, err := tx.store.exec(ctx, `INSERT INTO worker (owner, house, settings, started_at, seen_at) VALUES ($1, $2, $3, $4, $4)
			ON CONFLICT (owner) DO UPDATE SET seen_at = excluded.seen_at, house = excluded.house, settings = excluded.settings`,
			w.Owner, w.House, w.Settings, micro(w.SeenAt))
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
		err := scan(&w.Owner, &w.House, &w.Settings, &started, &seen)
		w.StartedAt, w.SeenAt = moment(started), moment(seen)
		workers = append(workers, w)
		return err
	}, `SELECT owner, house, settings, started_at, seen_at FROM worker ORDER BY owner`)
	if err != nil {
		return nil, fmt.Errorf("read workers: %w", err)
	}
	return workers, nil
}
