package run

import (
	"context"
	"os"
	"path/filepath"

	"valuebook/report/ledger"
)

// rehearse makes everything as the run would, in a folder of its own, and
// records nothing. The folder's earlier contents go.
func (r *runner) rehearse(ctx context.Context) error {
	final, err := filepath.Abs(r.plan.Rehearsal)
	if err != nil {
		return err
	}
	r.out.Run = ledger.Run{Report: r.plan.Report, Period: r.plan.Period, Revision: 1, InputSHA256: r.input.SHA256,
		SettingsSHA256: r.plan.Settings, Version: r.plan.Version, StartedAt: r.now()}
	if err := r.nextRevision(ctx); err != nil {
		return err
	}
	if err := os.RemoveAll(final); err != nil {
		return err
	}
	if err := os.MkdirAll(final, 0o700); err != nil {
		return err
	}
	r.out.Folder = final
	r.stage = staging{folder: filepath.Join(final, stagePrefix+"rehearsal"), final: final}
	if err := os.Mkdir(r.stage.folder, 0o700); err != nil {
		return err
	}
	defer r.stage.remove()
	if err := r.recall(ctx); err != nil {
		return err
	}
	made, err := r.renderAll(ctx)
	if err != nil || r.out.Verdict == Stopped {
		return err
	}
	if r.out.Mail, err = r.address(ctx, made); err != nil {
		return err
	}
	r.out.Artifacts = made.artifacts()
	if err := r.stage.place(ctx); err != nil {
		return err
	}
	r.out.Verdict = Done
	if r.corrected {
		for i := range r.out.Mail { // as the ledger would
			r.out.Mail[i].Delivery.State, r.out.Mail[i].Delivery.Why = ledger.Held, ledger.RevisionAfterSent
		}
	}
	return nil
}

// nextRevision finds the revision that the run would have: that which counts
// when nothing changed, else the next.
func (r *runner) nextRevision(ctx context.Context) error {
	if r.book == nil {
		return nil
	}
	current, found, err := r.book.Current(ctx, r.plan.Report, r.plan.Period)
	if err != nil || !found {
		return err
	}
	r.out.Run.Revision = current.Revision
	if !r.wants(current) {
		runs, err := r.book.Runs(ctx, ledger.RunFilter{Report: r.plan.Report, Period: r.plan.Period, States: []ledger.RunState{ledger.RunDone}})
		if err != nil {
			return err
		}
		for _, run := range runs {
			r.out.Run.Revision = max(r.out.Run.Revision, run.Revision+1)
		}
	}
	return nil
}
