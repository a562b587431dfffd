package jobs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/pipeline"
	"valuebook/report/run"
)

// pages is the job of some pages of a report: of a scheduled one, or of a
// workbook from a drop folder.
type pages struct {
	Batch  run.Batch `json:"batch"`
	Config string    `json:"config,omitempty"`
	Due    time.Time `json:"due,omitzero"`
	Report string    `json:"report,omitempty"` // of those of the run file
	Path   string    `json:"path,omitempty"`   // in work/
	Folder string    `json:"folder,omitempty"` // of the results
	File   string    `json:"file,omitempty"`   // stem of the results
}

// Kind names the job for ever.
func (pages) Kind() string { return "pages" }

// suspect is the report of the pages.
func (p pages) suspect() Suspect { return Suspect{Path: p.Path, Config: p.Config, Due: p.Due} }

// elsewhereAgain is how long pages wait that this process cannot make.
const elsewhereAgain = time.Second

// split lets all processes help with the pages of a report; of says how they
// find it.
func (s *Service) split(of pages) *run.Split {
	return &run.Split{
		Size: s.options.Batch, Files: s.options.Files, Share: s.sheaves.share,
		Queue: func(ctx context.Context, batches []run.Batch) error {
			jobs := make([]queue.Insert, len(batches))
			for i, batch := range batches {
				args := of
				args.Batch = batch
				jobs[i] = queue.Insert{Args: args, Lane: s.options.House.lane(lanePages), Once: true, Tries: patient}
			}
			return s.queue.Put(ctx, jobs...)
		},
	}
}

// pages makes a batch. What this process cannot do another may.
func (s *Service) pages(ctx context.Context, job queue.Job[pages]) error {
	batch := job.Args.Batch
	past := historyOf(job.Attempt, job.Failures)
	dies, err := s.lethal(ctx, past, job.Args.suspect(), s.memory.try)
	switch {
	case errors.Is(err, errNoRoom):
		return queue.Later(elsewhereAgain)
	case err != nil:
		return err
	case dies:
		return s.noPages(ctx, job, errPoison)
	}
	sheaf, err := s.sheaf(ctx, job.Args)
	if err == nil {
		err = sheaf.Make(ctx, batch, job.Complete)
	} else if !errors.Is(err, run.ErrOver) && !errors.Is(err, run.ErrElsewhere) && ctx.Err() == nil {
		s.options.Log.Warn("pages are left to other processes", "run", batch.Run, "error", err)
		err = run.ErrElsewhere // whoever began the run could open the workbook
	}
	switch {
	case errors.Is(err, run.ErrOver):
		return nil
	case errors.Is(err, run.ErrElsewhere):
		return queue.Later(elsewhereAgain)
	case err == nil || ctx.Err() != nil || !past.last() && !faulty(err):
		return err
	}
	return s.noPages(ctx, job, err)
}

// faulty reports whether a page itself could not be made: the report is tried
// again as a whole, as one that is not shared.
func faulty(err error) bool {
	var page *pipeline.PartError
	return errors.As(err, &page) && !pipeline.DiskFull(err)
}

// noPages gives up a batch, and with it the report that it is of.
func (s *Service) noPages(ctx context.Context, job queue.Job[pages], why error) error {
	err := run.FailBatch(context.WithoutCancel(ctx), s.book, job.Args.Batch, why, job.Complete)
	if errors.Is(err, run.ErrOver) {
		return nil
	}
	return err
}

// sheaf returns the pages that a job is about: those of a report at work in this
// process, those that the last job was about, or those of the report read again.
func (s *Service) sheaf(ctx context.Context, args pages) (*run.Sheaf, error) {
	return s.sheaves.get(args.Batch, func() (sheaf *run.Sheaf, err error) {
		// First of all: the workbook of a run that is over may be gone.
		if err := run.Wanted(ctx, s.book, args.Batch); err != nil {
			return nil, err
		}
		plan, err := s.planOf(ctx, args)
		if err != nil {
			return nil, err
		}
		plan.Split = &run.Split{Files: s.options.Files}
		info, err := os.Stat(plan.Input)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", run.ErrElsewhere, err)
		}
		err = s.memory.try(ctx, info.Size(), func(ctx context.Context) (err error) {
			sheaf, err = run.OpenSheaf(ctx, plan, s.book, args.Batch)
			return err
		})
		if errors.Is(err, errNoRoom) {
			err = run.ErrElsewhere
		}
		return sheaf, err
	})
}

// planOf makes the plan of a report again.
func (s *Service) planOf(ctx context.Context, args pages) (run.Plan, error) {
	if args.Config == "" {
		return s.reports.Dropped(ctx, args.Path, run.Names{Folder: args.Folder, File: args.File, Kept: true})
	}
	plans, err := s.reports.Scheduled(ctx, args.Config, args.Due)
	if err != nil {
		return run.Plan{}, err
	}
	i := slices.IndexFunc(plans, func(p run.Plan) bool { return p.Report == args.Report })
	if i < 0 {
		return run.Plan{}, fmt.Errorf("%w: the run file has no such report", run.ErrElsewhere)
	}
	return plans[i], nil
}
