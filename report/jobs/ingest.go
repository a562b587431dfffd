package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/run"
)

// claimOf returns the claim that a job is about, "" for another kind of job.
func claimOf(args json.RawMessage) string {
	var job struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(args, &job) // what is no object has no claim
	return job.ID
}

// busyAgain is how long a workbook waits whose report another process makes.
const busyAgain = 5 * time.Second

// ingest makes the report of a file from a drop folder.
func (s *Service) ingest(ctx context.Context, job queue.Job[ingest]) error {
	info, err := os.Lstat(job.Args.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && there(job.Args.Path):
		return nil // an earlier try put it away
	case errors.Is(err, fs.ErrNotExist):
		return &SurroundingsError{err}
	case err == nil:
		err = s.ingestFile(ctx, job, info)
	}
	if surroundings(err) {
		s.options.Log.Warn("a workbook waits: disk or folder fails", "attempt", job.Attempt, "error", err)
		return &SurroundingsError{err}
	}
	return err
}

// there reports whether the work folder that a file was in is there: a share
// may be gone for a while.
func there(path string) bool {
	_, err := os.Stat(filepath.Dir(filepath.Dir(path)))
	return err == nil
}

func (s *Service) ingestFile(ctx context.Context, job queue.Job[ingest], info fs.FileInfo) error {
	if elsewhere, err := s.elsewhere(ctx, job.Args.With); err != nil {
		return err
	} else if elsewhere {
		return queue.Later(busyAgain)
	}
	d := dropped{Service: s, job: job, drop: s.dropOf(job.Args.Drop)}
	d.claim = watch.Claim{ID: job.Args.ID, Path: job.Args.Path, Mark: watch.Mark{Name: safe(job.Args.Path, false), Size: info.Size(), Changed: info.ModTime()}}
	if info.Mode()&fs.ModeSymlink != 0 {
		job.Args.Why = watch.Link
	}
	if job.Args.Why != "" {
		return d.reject(ctx, "file."+string(job.Args.Why), &AsideError{job.Args.Why}, nil)
	}
	dies, err := s.lethal(ctx, historyOf(job.Attempt, job.Failures), Suspect{Path: job.Args.Path}, s.memory.with)
	switch {
	case err != nil:
		return d.failed(ctx, err)
	case dies:
		return d.bury(ctx)
	}
	return s.memory.with(ctx, info.Size(), d.run)
}

// An AsideError is why a file was set aside without being read.
type AsideError struct{ Why watch.Why }

// Error names the reason by its identifier.
func (e *AsideError) Error() string { return "set aside: " + string(e.Why) }

// dropped is one file at work.
type dropped struct {
	*Service
	job   queue.Job[ingest]
	drop  Drop
	claim watch.Claim
	name  string // that the input will get
}

func (s *Service) dropOf(path string) Drop {
	for _, drop := range s.options.Drops {
		if drop.Path == path {
			return drop
		}
	}
	return Drop{Path: path} // its settings are gone, the file is not
}

func (d *dropped) folder() string { return filepath.Join(d.drop.done(), d.job.Args.Month) }

// run keeps a name for the file and runs its report.
func (d *dropped) run(ctx context.Context) error {
	turn, err := d.turn(ctx)
	switch {
	case err != nil || turn == over:
		return err
	case turn == behind:
		return queue.Later(busyAgain)
	}
	d.sheaves.tidy(time.Now().Add(-busyAgain))
	plan, err := d.reports.Dropped(ctx, d.claim.Path, run.Names{Folder: d.folder(), Kept: true})
	if err != nil {
		return d.failed(ctx, err)
	}
	if err := d.reserve(plan.Names.Plain); err != nil {
		return err
	}
	plan.Names.File = stemOf(d.name)
	plan.Also, plan.Keep = d.finish, d.keep()
	plan.Split = d.split(pages{Path: d.claim.Path, Folder: d.folder(), File: plan.Names.File})
	out, err := run.Run(ctx, plan, d.book, d.options.Clock)
	if err != nil {
		return d.failed(ctx, err)
	}
	switch out.Verdict {
	case run.Done:
		d.counts.runs.Add(1)
		d.options.Log.Info("report done", "run", out.Run.ID, "revision", out.Run.Revision)
		return nil
	case run.Busy:
		return queue.Later(busyAgain)
	case run.Same:
		return d.same(ctx, out.Run)
	}
	return d.reject(ctx, codeOf(&out), nil, &out)
}

// A turn is how the job of a file stands to the other jobs.
type turn int

const (
	first  turn = iota
	behind      // a file of the same name came earlier and is not done: the last that came is to be the last revision
	over        // another job has done the file, which waits to be moved
)

// turn looks at the other jobs.
func (d *dropped) turn(ctx context.Context) (turn, error) {
	waiting, err := d.queue.Waiting(ctx, ingest{}.Kind(), away{}.Kind())
	if err != nil {
		return first, err
	}
	is := first
	for _, one := range waiting {
		if one.Kind == (away{}).Kind() {
			if claimOf(one.Args) == d.job.Args.ID {
				return over, nil
			}
			continue
		}
		var other ingest
		if one.ID >= d.job.ID || json.Unmarshal(one.Args, &other) != nil || other.ID == d.job.Args.ID {
			continue
		}
		if other.Drop == d.job.Args.Drop && strings.EqualFold(stemOf(other.Path), stemOf(d.claim.Path)) {
			is = behind
		}
	}
	return is, nil
}

func stemOf(path string) string {
	name := filepath.Base(path)
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// safe is the name under which a file is put away. It is that of its outputs too,
// so that no two files whose names differ in what a name may not hold share
// one; braces would be places to fill in.
func safe(path string, plain bool) string {
	stem := strings.NewReplacer("{", "(", "}", ")").Replace(stemOf(path))
	name := pipeline.SafeName(stem, plain)
	if len(name) > numberable {
		name = pipeline.SafeName(strings.ToValidUTF8(name[:numberable], ""), plain)
	}
	return name + filepath.Ext(path)
}

// numberable is how many bytes the name of an output may have, without its
// ending, for a number to be put behind it: a longer one would be shortened with
// the number.
const numberable = 140

// reserve keeps a name among the results.
func (d *dropped) reserve(plain bool) (err error) {
	d.names.Lock()
	defer d.names.Unlock()
	claim := d.claim
	claim.Mark.Name = safe(d.claim.Path, plain)
	d.name, err = watch.Reserve(d.folder(), claim)
	return err
}

// finish belongs to the transaction that records the run: the job is over and
// what is left is queued.
func (d *dropped) finish(ctx context.Context, tx *ledger.Tx) error {
	return d.leave(ctx, tx, d.folder(), d.name)
}

// leave ends the job and queues moving the file to a name that it has.
func (d *dropped) leave(ctx context.Context, tx *ledger.Tx, folder, name string) error {
	next := queue.Insert{Args: away{Path: d.claim.Path, ID: d.claim.ID, Folder: folder, Name: name}, Lane: d.options.House.lane(laneFiles), Tries: patient}
	return errors.Join(d.queue.Insert(ctx, tx, next), d.job.Complete(ctx, tx))
}

// failed decides about an error: the last of several tries sets the file aside.
func (d *dropped) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(context.Cause(ctx), ErrMemory) {
		return err // the process stops, or the time is over
	}
	if cause := context.Cause(ctx); errors.Is(cause, ErrMemory) {
		err = cause
	}
	if surroundings(err) || !historyOf(d.job.Attempt, d.job.Failures).last() && !hopeless(err) {
		return err
	}
	return d.reject(context.WithoutCancel(ctx), "failed", err, nil)
}

// hopeless reports whether trying again changes nothing.
func hopeless(err error) bool {
	var stale *run.StaleError
	return errors.As(err, &stale) || errors.Is(err, ErrMemory)
}

// codeOf is the code of the first finding that stopped a workbook.
func codeOf(out *run.Outcome) string {
	if d := out.Made.Dataset; d != nil {
		for _, finding := range d.Findings {
			if finding.Severity.String() == "stop" {
				return finding.Code
			}
		}
	}
	for _, finding := range out.Findings {
		return finding.Code
	}
	return "stopped"
}

// reject puts the file where people find it, with the reason and, where cells
// are wrong, a workbook that marks them.
func (d *dropped) reject(ctx context.Context, code string, failure error, stopped *run.Outcome) error {
	name, err := d.move(d.drop.rejected())
	if err != nil {
		return err
	}
	fixes := ""
	if stopped != nil && stopped.Made.Dataset != nil {
		if fixes, err = d.reports.FixList(ctx, d.claim.Path, d.drop.rejected(), stemOf(name)); err != nil {
			d.options.Log.Warn("no workbook with marked problems", "error", err)
		}
	}
	why := d.reports.Why(filepath.Base(d.claim.Path), stopped, failure, fixes)
	if err := watch.Explain(d.drop.rejected(), name, why); err != nil {
		return err
	}
	d.counts.rejected.Add(1)
	d.options.Log.Warn("workbook rejected", "code", code)
	return d.book.InTx(ctx, func(tx *ledger.Tx) error {
		_, err := tx.Reject(ctx, ledger.Rejected{Name: name, Code: code, Message: why, At: d.options.Clock()})
		return errors.Join(err, d.leave(ctx, tx, d.drop.rejected(), name))
	})
}

// move keeps a name for the file in a folder and gives up the one among the
// results.
func (d *dropped) move(folder string) (string, error) {
	if err := watch.Release(d.folder(), d.claim); err != nil {
		return "", err
	}
	d.names.Lock()
	defer d.names.Unlock()
	return watch.Reserve(folder, d.claim)
}

// same says that a report was made of exactly this before, and puts the file
// beside the others that came twice.
func (d *dropped) same(ctx context.Context, before ledger.Run) error {
	folder := filepath.Join(d.drop.done(), duplicates)
	name, err := d.move(folder)
	if err != nil {
		return err
	}
	if err := watch.Explain(folder, name, d.reports.Why(filepath.Base(d.claim.Path), nil, &SameError{before}, "")); err != nil {
		return err
	}
	d.options.Log.Info("the same workbook again", "run", before.ID)
	return d.book.InTx(ctx, func(tx *ledger.Tx) error { return d.leave(ctx, tx, folder, name) })
}

// duplicates is the folder of files that came again unchanged.
const duplicates = "duplicates"

// A SameError says that a report was made of exactly the same before.
type SameError struct{ Run ledger.Run }

// Error names the run.
func (e *SameError) Error() string { return fmt.Sprintf("the same as run %d", e.Run.ID) }

// away moves an input beside its results.
func (s *Service) away(_ context.Context, job queue.Job[away]) error {
	a := job.Args
	if !there(a.Path) {
		return &SurroundingsError{fs.ErrNotExist}
	}
	return watch.Put(a.Folder, a.Name, watch.Claim{ID: a.ID, Path: a.Path})
}
