package jobs

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"valuebook/report/ledger"
	"valuebook/report/run"
	"valuebook/report/store"
)

// Tries is how often a report may fail, and how often processes may die while
// they make it, before the report is suspected.
const Tries = 3

// lastDeath is how often processes may die at a report that no process of its
// own dies of, before it is given up all the same.
const lastDeath = 30

// A Suspect is a report at which processes died again and again: of a workbook,
// or of a run file for a time at which it was due.
type Suspect struct {
	Path   string
	Config string
	Due    time.Time
}

// history is what became of the earlier tries of a job.
type history struct {
	failed int // returned an error of the report
	waited int // returned that a disk, a folder or the database failed
	died   int // returned nothing: the process ended
}

// rescued is what the queue notes of a try of which nothing was heard any more.
const rescued = "Stuck job rescued"

func historyOf(attempt int, failures []string) history {
	var h history
	for _, failure := range failures {
		switch {
		case strings.HasPrefix(failure, rescued): // its process ended
		case strings.HasPrefix(failure, waiting):
			h.waited++
		default:
			h.failed++
		}
	}
	h.died = max(attempt-1-h.failed-h.waited, 0)
	return h
}

// last reports whether the try at hand is the last that may fail.
func (h history) last() bool { return h.failed+1 >= Tries }

// hopeless reports whether a report failed, or processes died at it, as often as
// they may.
func (h history) hopeless() bool { return h.failed >= Tries || h.died >= lastDeath }

// lethal reports whether a report is to be given up, or processes die of it. That
// some died while they made it says little: whoever ends them, or takes their
// power away, often meets the same long report. Therefore it is made once in a
// process of its own.
//
// admit gives the work its share of the memory, or says that there is none.
func (s *Service) lethal(ctx context.Context, h history, suspect Suspect, admit admission) (dies bool, err error) {
	if h.hopeless() || h.died < Tries {
		return h.hopeless(), nil
	}
	size := int64(0)
	if info, err := os.Stat(suspect.Path); err == nil {
		size = info.Size()
	}
	err = admit(ctx, size, func(ctx context.Context) (err error) {
		dies, err = s.reports.Lethal(ctx, suspect)
		return err
	})
	if err == nil && !dies {
		s.options.Log.Info("processes died at a report that is harmless", "deaths", h.died)
	}
	return dies, err
}

// errPoison is returned for a report of which the program dies.
var errPoison = errors.New("the program could not finish it in several tries")

// IsPoison reports whether a workbook was given up because the program dies of
// it, or failed at it again and again.
func IsPoison(err error) bool { return errors.Is(err, errPoison) }

// bury sets a file aside of which processes die, and removes what they left of
// it.
func (d *dropped) bury(ctx context.Context) error {
	runs, err := d.unfinished(ctx)
	for _, r := range runs {
		if err == nil && r.State == ledger.RunRunning {
			err = d.end(ctx, r)
		}
		if err == nil {
			err = run.Clear(ctx, d.folder(), r.Report, r.Period, d.book)
		}
	}
	if err != nil {
		return err
	}
	return d.reject(ctx, "poison", errPoison, nil)
}

// unfinished returns the runs of the file that failed, or died while they were
// at work.
func (d *dropped) unfinished(ctx context.Context) ([]ledger.Run, error) {
	sum, err := store.Sum(d.claim.Path)
	if err != nil {
		return nil, err
	}
	runs, err := d.book.Runs(ctx, ledger.RunFilter{States: []ledger.RunState{ledger.RunRunning, ledger.RunFailed}})
	now := d.options.Clock()
	return slices.DeleteFunc(runs, func(r ledger.Run) bool {
		alive := r.State == ledger.RunRunning && r.Owner != d.options.Owner && now.Before(r.LeaseTo)
		return r.InputSHA256 != sum || alive
	}), err
}

func (d *dropped) end(ctx context.Context, r ledger.Run) error {
	err := d.book.Fail(ctx, r.ID, r.Owner, errPoison.Error(), d.options.Clock())
	if errors.Is(err, ledger.ErrLost) {
		return nil
	}
	return err
}
