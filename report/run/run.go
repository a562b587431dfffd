package run

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
)

// trendPeriods is how many earlier periods the key figures are compared with.
const trendPeriods = 24

// renewal is how often a run at work prolongs its lease.
const renewal = ledger.Lease / 4

// Run carries out a plan: see the package's description for what a kill at any
// moment leaves. book is the ledger, now the clock.
//
// An error means that nothing was recorded but that the run failed, and that
// no file was left: a [*StaleError], a [*BrokenError], one of the pipeline or
// of the ledger. Outcome.Verdict says everything else.
func Run(ctx context.Context, plan Plan, book *ledger.Ledger, now Clock) (Outcome, error) {
	r := &runner{plan: plan, book: book, now: now}
	if err := r.identify(); err != nil {
		return r.out, err
	}
	if plan.Rehearsal == "" {
		if err := book.ReleaseRuns(ctx, r.dead(ctx), now()); err != nil {
			return r.out, err
		}
		if same, err := r.sameAgain(ctx); same || err != nil {
			return r.out, err
		}
	}
	if err := r.read(ctx); err != nil || r.out.Verdict != "" {
		return r.out, err
	}
	if plan.Rehearsal != "" {
		return r.out, r.rehearse(ctx)
	}
	key := workKey{book, r.plan.Report, r.plan.Period}
	if _, there := atWork.LoadOrStore(key, true); there {
		r.out.Verdict = Busy
		return r.out, nil
	}
	defer atWork.Delete(key)
	if done, err := r.begin(ctx); done || err != nil {
		return r.out, err
	}
	err := r.work(ctx)
	if err != nil || r.out.Verdict == Stopped {
		err = errors.Join(err, r.fail(err))
		r.stage.removePages()
	}
	return r.out, err
}

// runner carries what the steps of one run share.
type runner struct {
	plan  Plan
	book  *ledger.Ledger
	now   Clock
	out   Outcome
	input ledger.Input
	at    time.Time        // when the input was last changed
	first *Making          // that read the input
	data  *dataset.Dataset // as read
	order Order            // that it was read with
	stage staging

	before    int64 // run of the earlier period, 0 for none
	earlier   *movement.Snapshot
	trend     []movement.Point
	corrected bool // an earlier revision of the period went out
}

// identify hashes the input.
func (r *runner) identify() error {
	f, err := os.Open(r.plan.Input)
	if err != nil {
		return r.readFailure(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return r.readFailure(err)
	}
	if info.IsDir() {
		return r.readFailure(&os.PathError{Op: "read", Path: r.plan.Input, Err: errors.New("is a folder")})
	}
	h := sha256.New()
	size, err := io.Copy(h, f)
	if err != nil {
		return r.readFailure(err)
	}
	r.at = info.ModTime()
	r.input = ledger.Input{SHA256: hex.EncodeToString(h.Sum(nil)), Name: filepath.Base(r.plan.Input), Bytes: size,
		ReceivedAt: r.now(), Source: r.plan.Source}
	return nil
}

func (r *runner) readFailure(err error) error {
	return &pipeline.StepError{File: r.plan.Input, Step: pipeline.StepRead, Err: err}
}

// dead returns the owners in the ledger that are known to be dead.
func (r *runner) dead(ctx context.Context) []string {
	owners, err := r.book.Owners(ctx)
	if err != nil {
		return nil // who is not known to be dead keeps its lease
	}
	return Dead(owners)
}

// sameAgain reports whether the period is done with exactly this, before the
// input is read at all.
func (r *runner) sameAgain(ctx context.Context) (bool, error) {
	if r.plan.Period == "" {
		return false, nil
	}
	current, found, err := r.book.Current(ctx, r.plan.Report, r.plan.Period)
	if err != nil || !found || !r.wants(current) {
		return false, err
	}
	return true, r.setSame(ctx, current)
}

// wants reports whether a run gave what the plan would give.
func (r *runner) wants(run ledger.Run) bool {
	return run.InputSHA256 == r.input.SHA256 && run.SettingsSHA256 == r.plan.Settings && run.Version == r.plan.Version
}

func (r *runner) setSame(ctx context.Context, run ledger.Run) (err error) {
	r.out.Verdict, r.out.Run = Same, run
	r.out.Artifacts, err = r.book.Artifacts(ctx, run.ID)
	return err
}

// read reads the input, tells whether it is too old, and settles the period.
func (r *runner) read(ctx context.Context) error {
	if err := r.readAs(ctx, r.plan.Period); err != nil {
		return err
	}
	used, err := r.usedFor(ctx)
	if err != nil {
		return err
	}
	err = stale(r.plan.Input, r.plan.Period, r.data, r.at, used)
	var old *StaleError
	if errors.As(err, &old) {
		if !r.plan.AllowStale {
			return err
		}
		r.out.Stale = old
		if old.What == AgePeriods {
			if err := r.readAs(ctx, old.Newest); err != nil {
				return err
			}
		}
	}
	if dataset.Stopped(r.data.Findings) {
		r.out.Verdict, r.out.Made = Stopped, pipeline.Outcome{Dataset: r.data, Stopped: true}
		return nil
	}
	if r.plan.Period == "" {
		r.plan.Period = r.data.Period
	}
	return nil
}

// usedFor returns the latest period of the report that was made of the same
// file, "" when none was.
func (r *runner) usedFor(ctx context.Context) (string, error) {
	if r.book == nil {
		return "", nil
	}
	runs, err := r.book.Runs(ctx, ledger.RunFilter{Report: r.plan.Report, States: []ledger.RunState{ledger.RunDone}})
	latest := ""
	for _, run := range runs {
		if run.InputSHA256 == r.input.SHA256 {
			latest = max(latest, run.Period)
		}
	}
	return latest, err
}

// readAs reads the input for a period of its data.
func (r *runner) readAs(ctx context.Context, period string) error {
	r.order = Order{Period: period, Open: r.secrets()}
	making, err := r.plan.Make(r.order)
	if err != nil {
		return err
	}
	r.first = &making
	if r.data, err = pipeline.Read(ctx, making.Job); err != nil {
		return err
	}
	if sum := r.data.Receipt.SHA256; sum != "" && sum != r.input.SHA256 {
		return ErrChanged
	}
	return nil
}

// atWork are the reports and periods that this process is at. The ledger gives a
// run back to the process that has it, which may have lost the thread of it: only
// here two goroutines are told apart.
var atWork sync.Map

type workKey struct {
	book           *ledger.Ledger
	report, period string
}

// begin asks the ledger; done is true when there is nothing to do.
func (r *runner) begin(ctx context.Context) (done bool, err error) {
	run, verdict, err := r.book.Begin(ctx, ledger.Run{
		Report: r.plan.Report, Period: r.plan.Period, InputSHA256: r.input.SHA256, SettingsSHA256: r.plan.Settings,
		Version: r.plan.Version, Owner: r.plan.Owner,
	}, r.now())
	if err != nil {
		return true, err
	}
	r.out.Run = run
	switch verdict {
	case ledger.Same:
		return true, r.setSame(ctx, run)
	case ledger.Busy:
		r.out.Verdict = Busy
		return true, nil
	}
	return false, nil
}

// work makes everything and records it, while a second goroutine keeps the
// lease.
func (r *runner) work(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		r.keepLease(ctx, stop)
	}()
	err := r.make(ctx)
	lost := context.Cause(ctx)
	stop(nil)
	<-kept
	if err != nil && errors.Is(lost, ledger.ErrLost) {
		return lost
	}
	return err
}

// keepLease prolongs the lease until the work is done; a lease that is lost
// ends the work.
func (r *runner) keepLease(ctx context.Context, stop context.CancelCauseFunc) {
	tick := time.NewTicker(renewal)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			err := r.book.Renew(ctx, r.out.Run.ID, r.plan.Owner, r.now().Add(ledger.Lease))
			if errors.Is(err, ledger.ErrLost) {
				stop(err)
				return
			}
		}
	}
}

// make renders, checks, places and records; what is not recorded is taken back.
func (r *runner) make(ctx context.Context) error {
	if err := r.prepareStage(ctx); err != nil {
		return err
	}
	messages, err := r.makeStaged(ctx)
	if err != nil || r.out.Verdict == Stopped {
		if errors.Is(context.Cause(ctx), ledger.ErrLost) {
			r.stage.pages = "" // whoever has the run now needs them
		}
		// The context may be over, and what was placed must go all the same.
		return errors.Join(err, r.stage.undo(context.WithoutCancel(ctx), r.out.Run.ID, r.book))
	}
	r.stage.removePages()
	r.stage.remove()
	return r.readMail(ctx, messages)
}

func (r *runner) makeStaged(ctx context.Context) ([]Message, error) {
	if err := r.recall(ctx); err != nil {
		return nil, err
	}
	made, err := r.renderAll(ctx)
	if err != nil || r.out.Verdict == Stopped {
		return nil, err
	}
	messages, err := r.address(ctx, made)
	if err != nil || r.out.Verdict == Stopped {
		return nil, err
	}
	if err := r.keep(ctx); err != nil {
		return nil, err
	}
	if err := r.stage.place(ctx); err != nil {
		return nil, err
	}
	recorded := ledger.Recorded{
		Owner: r.plan.Owner, Inputs: []ledger.Input{r.input}, Snapshot: r.snapshot(made), Artifacts: made.artifacts(),
	}
	for _, m := range messages {
		recorded.Deliveries = append(recorded.Deliveries, m.Delivery)
	}
	if err := r.record(ctx, recorded); err != nil {
		return nil, err
	}
	r.out.Verdict, r.out.Artifacts = Done, recorded.Artifacts
	r.out.Run.State = ledger.RunDone
	return messages, nil
}

// keep puts a copy of every output where the plan wants it.
func (r *runner) keep(ctx context.Context) error {
	if r.plan.Keep == nil {
		return nil
	}
	for _, m := range r.stage.moves {
		if m.kept {
			continue
		}
		if err := r.plan.Keep(ctx, m.From); err != nil {
			return err
		}
	}
	return nil
}

// record ends the run in the ledger, together with what else is to happen then.
func (r *runner) record(ctx context.Context, recorded ledger.Recorded) error {
	return r.book.InTx(ctx, func(tx *ledger.Tx) error {
		err := tx.Finish(ctx, r.out.Run.ID, recorded, r.now())
		if err == nil && r.plan.Also != nil {
			err = r.plan.Also(ctx, tx)
		}
		return err
	})
}

// readMail reads how the ledger took the messages: it may hold them.
func (r *runner) readMail(ctx context.Context, messages []Message) error {
	if len(messages) == 0 {
		return nil
	}
	stored, err := r.book.Deliveries(ctx, ledger.DeliveryFilter{RunID: r.out.Run.ID})
	if err != nil {
		return err
	}
	byKey := map[string]ledger.Delivery{}
	for _, d := range stored {
		byKey[d.Key] = d
	}
	for i, m := range messages {
		if d, ok := byKey[m.Delivery.Key]; ok {
			messages[i].Delivery = d
		}
	}
	r.out.Mail = messages
	return nil
}

// recall fetches what the earlier periods left.
func (r *runner) recall(ctx context.Context) error {
	book := r.book
	if r.plan.Period == "" || book == nil {
		return nil // without periods nothing is earlier
	}
	before, earlier, found, err := book.Before(ctx, r.plan.Report, r.plan.Period)
	if err != nil || !found {
		return err
	}
	points, err := book.Trend(ctx, r.plan.Report, before.Period, trendPeriods)
	for _, p := range points {
		r.trend = append(r.trend, movement.Point{Period: p.Period, Revision: p.Revision, Method: p.Method, Figures: p.Figures, Classes: p.Classes})
	}
	r.before, r.earlier = before.ID, earlier
	return err
}

// snapshot is what later periods need, nil for a report without customers.
func (r *runner) snapshot(made *made) *movement.Snapshot {
	rep := made.own().Report
	if rep.Dataset.Customers.Len() == 0 {
		return nil
	}
	s := analysis.Snapshot(rep.Dataset, rep.Results)
	s.Period, s.Revision = r.plan.Period, r.out.Run.Revision
	return s
}

// fail ends the run in the ledger; a run that is lost is another's by now.
func (r *runner) fail(cause error) error {
	why := "stopped"
	if cause != nil {
		why = cause.Error()
	}
	// The context of the run may be over: this must be written all the same.
	ctx, stop := context.WithTimeout(context.Background(), 15*time.Second)
	defer stop()
	err := r.book.Fail(ctx, r.out.Run.ID, r.plan.Owner, why, r.now())
	if errors.Is(err, ledger.ErrLost) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("note the failed run: %w", err)
	}
	return nil
}
