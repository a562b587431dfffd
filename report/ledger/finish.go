package ledger

import (
	"context"
	"fmt"
	"time"
)

// Finish records all that a run made and makes it the revision of its period
// that counts, in one transaction. It returns [ErrLost], and records nothing,
// when the run is over or belongs to another owner.
//
// When the run has deliveries, those of earlier revisions of the period that
// still wait are cancelled as [Superseded].
func (c changes) Finish(ctx context.Context, runID int64, made Recorded, at time.Time) error {
	return c.in(ctx, func(tx *Tx) error {
		if err := tx.finish(ctx, runID, made, at); err != nil {
			return fmt.Errorf("finish run %d: %w", runID, err)
		}
		return nil
	})
}

func (tx *Tx) finish(ctx context.Context, runID int64, made Recorded, at time.Time) error {
	if err := tx.end(ctx, runID, made.Owner, RunDone, "", at); err != nil {
		return err
	}
	if err := tx.putInputs(ctx, runID, made.Inputs); err != nil {
		return err
	}
	if made.Snapshot != nil {
		if err := tx.putSnapshot(ctx, runID, made.Snapshot); err != nil {
			return err
		}
	}
	for _, artifact := range made.Artifacts {
		if err := tx.AddArtifact(ctx, runID, artifact); err != nil {
			return err
		}
	}
	if _, err := tx.queue(ctx, runID, made.Deliveries, at); err != nil {
		return err
	}
	if err := tx.SetCurrent(ctx, runID); err != nil {
		return err
	}
	run, err := tx.Run(ctx, runID)
	if err != nil {
		return err
	}
	if err := tx.supersede(ctx, run, at); err != nil {
		return err
	}
	return tx.holdRevision(ctx, run, at)
}

func (tx *Tx) putInputs(ctx context.Context, runID int64, inputs []Input) error {
	for position, input := range inputs {
		if _, err := tx.Receive(ctx, input); err != nil {
			return err
		}
		if _, err := tx.store.exec(ctx, `INSERT INTO run_input (run_id, position, sha256, name) VALUES ($1, $2, $3, $4)`,
			runID, position, input.SHA256, input.Name); err != nil {
			return err
		}
	}
	return nil
}
