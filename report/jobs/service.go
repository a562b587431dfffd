package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"valuebook/report/deliver"
	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/schedule"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
	"valuebook/report/run"
	"valuebook/report/scratch"
	"valuebook/report/store"
)

// A Drop is a folder where people put workbooks.
type Drop struct {
	Path     string
	Done     string // where inputs and results go, "" is Path/done
	Rejected string // "" is Path/rejected
	Settled  time.Duration
	Patience time.Duration
}

func (d Drop) work() string { return filepath.Join(d.Path, watch.WorkFolder) }
func (d Drop) done() string { return cmp.Or(d.Done, filepath.Join(d.Path, watch.DoneFolder)) }
func (d Drop) rejected() string {
	return cmp.Or(d.Rejected, filepath.Join(d.Path, watch.RejectedFolder))
}

// A Schedule starts a report by itself.
type Schedule struct {
	Name   string // names it for ever
	Config string // path of the run file
	Rule   string // see package schedule
	Zone   string // IANA name
	Missed schedule.Policy
	Most   int // of missed times that are made up for, 0 is [schedule.Most]
	Days   schedule.Days
}

// Reports makes what the jobs carry out; the settings are outside.
type Reports interface {
	// Dropped returns the plan for a workbook that came into a drop folder. The
	// names of its outputs are given.
	Dropped(ctx context.Context, path string, names run.Names) (run.Plan, error)
	// Scheduled returns the plans of a run file for a time at which it was due.
	Scheduled(ctx context.Context, config string, due time.Time) ([]run.Plan, error)
	// Why tells the person who dropped a workbook what is wrong with it, in a
	// text of several lines: what stopped it, or the error. The fix list is the
	// name of the workbook in which the problems are marked, "" for none.
	Why(name string, stopped *run.Outcome, err error, fixList string) string
	// FixList writes the workbook at path with its problems marked to a folder,
	// under the stem given, and returns the name that it got; "" when there is
	// nothing to mark.
	FixList(ctx context.Context, path, folder, stem string) (string, error)
	// Lethal makes a report in a process of its own, of which nothing stays, and
	// reports whether that process died of it.
	Lethal(ctx context.Context, suspect Suspect) (bool, error)
}

// Options are the settings of a service.
type Options struct {
	House     House
	Drops     []Drop
	Schedules []Schedule
	Sender    *deliver.Sender // nil: mail waits
	Workers   int             // reports at once, 0 is [Workers]
	Mailers   int             // messages at once, 0 is [Mailers]
	Pagers    int             // batches of pages at once, 0 is [Pagers]
	Batch     int             // pages of a batch, 0 is [Batch]; a report with no more is made by one process
	Poll      time.Duration   // how often a drop folder is looked at, 0 is [Poll]
	Fetch     time.Duration   // how often an idle service looks for jobs, 0 is [queue.Poll]
	Limit     time.Duration   // of one report, 0 is [queue.Limit]
	Care      time.Duration   // how often dead processes are looked for, 0 is [Care]
	Memory    uint64          // bytes that this process may need, 0 is no limit
	Files     store.Store     // that several machines share, nil for one machine
	State     string          // folder for copies of what lies in folders that cannot be written to
	Log       *slog.Logger
	Clock     run.Clock
	Ahead     func() time.Duration // of the clock of this machine before that of the database, nil for not at all
	Owner     string               // this process
}

// The usual settings.
const (
	Workers = 2
	Mailers = 2
	Pagers  = 1 // each uses all processors
	Batch   = 500
	Poll    = 10 * time.Second
	Care    = 30 * time.Second
)

// A Service is the part of a process that does jobs.
type Service struct {
	book    *ledger.Ledger
	reports Reports
	options Options
	queue   *queue.Queue
	folders []*watch.Folder // in the order of the drops
	memory  *memory
	counts  counts
	sheaves sheaves
	held    []taking        // of each drop, used by who looks at it
	mourned map[string]bool // dead processes of which the log has spoken
	adopted atomic.Bool     // what was left in the drop folders is queued
	swept   atomic.Bool     // what was left among the results is removed
	told    map[string]bool // others with other settings of which it has

	lock  sync.Mutex // guards seen and mourned
	seen  []Seen
	names sync.Mutex // one goroutine at a time looks for a name in a folder
}

// Seen is what the last look at a drop folder found.
type Seen struct {
	Path    string       `json:"path"`
	At      time.Time    `json:"at"`
	Waiting []watch.File `json:"waiting,omitempty"`
	Failure string       `json:"failure,omitempty"` // why it could not be looked at
	Missing bool         `json:"missing,omitempty"` // that is that it is not there
}

// New returns a service on a ledger; it does nothing yet.
func New(ctx context.Context, book *ledger.Ledger, reports Reports, o Options) (*Service, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Workers, o.Mailers, o.Poll, o.Care = cmp.Or(o.Workers, Workers), cmp.Or(o.Mailers, Mailers), cmp.Or(o.Poll, Poll), cmp.Or(o.Care, Care)
	o.Pagers, o.Batch = cmp.Or(o.Pagers, Pagers), cmp.Or(o.Batch, Batch)
	s := &Service{book: book, reports: reports, options: o, memory: newMemory(o.Memory), told: map[string]bool{}}
	var err error
	s.queue, err = queue.New(ctx, book, queue.Options{Owner: o.Owner, Lanes: o.lanes(), Log: o.Log, Limit: o.Limit, Poll: o.Fetch, Ahead: o.Ahead})
	if err != nil {
		return nil, err
	}
	for _, drop := range o.Drops {
		s.folders = append(s.folders, &watch.Folder{Path: drop.Path, Settled: drop.Settled, Patience: drop.Patience, Taken: s.taken(ctx, drop)})
	}
	s.seen, s.held = make([]Seen, len(o.Drops)), make([]taking, len(o.Drops))
	queue.Add(s.queue, s.ingest)
	queue.Add(s.queue, s.away)
	queue.Add(s.queue, s.report)
	queue.Add(s.queue, s.mail)
	queue.Add(s.queue, s.pages)
	return s, nil
}

// Start makes the folders, takes up what dead processes left, and begins to
// work on jobs.
func (s *Service) Start(ctx context.Context) error {
	for _, drop := range s.options.Drops {
		if err := makeFolders(drop); surroundings(err) {
			s.options.Log.Warn("a drop folder waits: disk or folder fails", "error", err) // others need not
		} else if err != nil {
			return err
		}
	}
	if err := s.putSchedules(ctx); err != nil {
		return err
	}
	if err := s.Care(ctx); surroundings(err) {
		s.options.Log.Warn("what was left in a drop folder waits: disk or folder fails", "error", err)
	} else if err != nil {
		return err
	}
	return s.queue.Start(ctx)
}

// lanes are those of the queue on which this service works, with how many
// workers each.
func (o *Options) lanes() map[string]int {
	lanes := map[string]int{o.House.lane(laneReports): o.Workers, o.House.lane(laneFiles): 1, o.House.lane(lanePages): o.Pagers}
	if o.Sender != nil {
		lanes[o.House.lane(laneMail)] = o.Mailers
	}
	return lanes
}

// Stop takes no more jobs, and waits for those at work until ctx ends.
func (s *Service) Stop(ctx context.Context) error {
	err := s.queue.Stop(ctx)
	return errors.Join(err, s.book.Leave(context.WithoutCancel(ctx), s.options.Owner))
}

// Waiting returns the jobs that are not over.
func (s *Service) Waiting(ctx context.Context) ([]queue.Waiting, error) { return s.queue.Waiting(ctx) }

// GivenUp returns the jobs that failed for good, as long as the queue keeps
// them.
func (s *Service) GivenUp(ctx context.Context) ([]queue.Waiting, error) { return s.queue.GivenUp(ctx) }

// How often the service does what is not started by a change.
const (
	tickEvery = 20 * time.Second
	postEvery = 5 * time.Second
	restEvery = time.Minute
	nearby    = 5 * time.Second // looking for dead processes of this machine
)

// Serve works until ctx ends and then stops, giving what is at work the time
// of grace. What goes wrong in between is logged and tried again.
func (s *Service) Serve(ctx context.Context, grace time.Duration) error {
	if err := s.Start(ctx); err != nil {
		return err
	}
	var all sync.WaitGroup
	for i := range s.folders {
		all.Go(func() { s.watch(ctx, i) })
	}
	all.Go(func() { s.every(ctx, tickEvery, "schedule", s.Tick) })
	s.work(ctx, &all)
	return s.end(ctx, grace)
}

// Work does the jobs that others queue until ctx ends, and leaves drop folders
// and schedule to them.
func (s *Service) Work(ctx context.Context, grace time.Duration) error {
	if err := s.Care(ctx); err != nil && !surroundings(err) { // a worker may reach no drop folder
		return err
	}
	if err := s.queue.Start(ctx); err != nil {
		return err
	}
	var all sync.WaitGroup
	s.work(ctx, &all)
	return s.end(ctx, grace)
}

// work sends the mail that waits and takes up what dead processes left, until
// ctx ends.
func (s *Service) work(ctx context.Context, all *sync.WaitGroup) {
	all.Go(func() { s.every(ctx, postEvery, "mail", s.Post) })
	s.tend(ctx, all)
	all.Go(func() { s.every(ctx, restEvery, "memory", rest) })
	all.Go(func() { s.every(ctx, scratch.Kept, "temporary folder", tidy) })
	<-ctx.Done()
	all.Wait()
}

// tend takes up what dead processes leave, until ctx ends.
func (s *Service) tend(ctx context.Context, all *sync.WaitGroup) {
	all.Go(func() { s.every(ctx, s.options.Care, "recovery", s.Care) })
	all.Go(func() { s.every(ctx, min(nearby, s.options.Care), "recovery", s.inherit) })
}

// rest gives memory back to the system that reports needed: a service that has
// nothing to do is small.
func rest(context.Context) error {
	debug.FreeOSMemory()
	return nil
}

// tidy removes what killed programs left in the system's temporary folder.
func tidy(context.Context) error {
	scratch.Sweep(time.Now())
	return nil
}

// end stops what is at work, after a time of grace.
func (s *Service) end(ctx context.Context, grace time.Duration) error {
	end, stop := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer stop()
	return s.Stop(end)
}

// every does something now and again until ctx ends.
func (s *Service) every(ctx context.Context, wait time.Duration, what string, do func(context.Context) error) {
	ticker := time.NewTicker(wait)
	defer ticker.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.options.Log.Error(what+" failed", "error", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// watch looks at a drop folder now and again, and whenever something happens in
// it.
func (s *Service) watch(ctx context.Context, i int) {
	bell := watch.NewBell(s.options.Drops[i].Path)
	defer bell.Close()
	said := "" // of the last look: a trouble that lasts is logged once
	for ctx.Err() == nil {
		changing, err := s.Look(ctx, i)
		if err != nil && ctx.Err() == nil && err.Error() != said {
			s.options.Log.Warn("drop folder cannot be worked on", "error", err)
		}
		if said = ""; err != nil {
			said = err.Error()
		}
		bell.Listen()
		wait := s.options.Poll
		if changing { // look again as soon as it may have settled
			wait = min(wait, cmp.Or(s.options.Drops[i].Settled, watch.DefaultSettled))
		}
		bell.Wait(ctx, wait)
	}
}

// Care says that this process lives, takes up what dead ones left behind, and
// ends the runs that nobody takes up. Where a drop folder could not be read it
// looks again what was left in it.
func (s *Service) Care(ctx context.Context) error {
	now := s.options.Clock()
	s.sheaves.tidy(time.Now().Add(-s.options.Care))
	if err := s.beat(ctx, now); err != nil {
		return err
	}
	err := errors.Join(s.inherit(ctx), s.abandon(ctx, now), s.claim(ctx))
	if !s.adopted.Load() {
		err = errors.Join(err, s.adopt(ctx))
	}
	if !s.swept.Load() {
		s.sweep(ctx)
	}
	return err
}

func makeFolders(drop Drop) error {
	for _, folder := range []string{drop.Path, drop.work(), drop.done(), drop.rejected()} {
		if err := mkdir(folder); err != nil {
			return fmt.Errorf("make drop folder: %w", err)
		}
	}
	return nil
}
