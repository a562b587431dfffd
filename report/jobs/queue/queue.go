package queue

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"valuebook/report/ledger"
)

// Args say what is to be done. They are kept as JSON for as long as the job
// waits, also over a new version of the program: keep them small, never rename
// a field, take another kind instead.
type Args interface {
	Kind() string
}

// An Insert is a job to be queued.
type Insert struct {
	Args  Args
	Lane  string    // of the workers that are to take it
	Once  bool      // not while one with equal arguments waits or is worked on
	At    time.Time // not before, zero is at once
	Tries int       // how often it is begun, 0 is [Tries]
}

// Tries is how often a job is begun before it is given up.
const Tries = 25

// A Job is work that was taken.
type Job[T Args] struct {
	ID       int64
	Args     T
	Attempt  int // counted from 1
	Tries    int
	Failures []string // what earlier tries returned; one whose worker died returned nothing
	complete func(ctx context.Context, tx *ledger.Tx) error
}

// Complete ends the job in a transaction: when it is committed the job is done,
// whatever its worker returns.
func (j Job[T]) Complete(ctx context.Context, tx *ledger.Tx) error { return j.complete(ctx, tx) }

// Later is what a worker returns for a job that cannot be done yet; it does not
// count as a try.
func Later(wait time.Duration) error { return river.JobSnooze(wait) }

// retimed is an error whose time to wait counts by the clock of the database.
func (q *Queue) retimed(err error) error {
	var later *rivertype.JobSnoozeError
	if ahead := q.options.Ahead(); ahead != 0 && errors.As(err, &later) {
		return &rivertype.JobSnoozeError{Duration: later.Duration - ahead}
	}
	return err
}

// Never is what a worker returns for a job that can never be done.
func Never(err error) error { return river.JobCancel(err) }

// Options are the settings of a queue.
type Options struct {
	Owner string         // names this process; no other may have the name
	Lanes map[string]int // workers of each lane in this process; none: only insert
	Log   *slog.Logger
	// Limit is how long one job may take, 0 is [Limit]. A worker whose context
	// has ended must stop.
	Limit time.Duration
	// Poll is how often an idle lane is looked at, 0 is [Poll]. Jobs that wait
	// behind others are taken without a pause.
	Poll time.Duration
	// Ahead returns how far the clock of this machine is ahead of that of the
	// database, by which jobs are taken; nil is not at all.
	Ahead func() time.Duration
}

// The usual settings.
const (
	Limit = 15 * time.Minute
	Poll  = 5 * time.Second
)

// rescueAfter is how much longer than it may a job has to take before it is
// taken for lost when nothing else is known of its worker. Dead processes are
// found much sooner: this is for the rest, and long, since the process that
// counts may have a clock that is wrong or a shorter limit than the worker.
const rescueAfter = time.Hour

// A Queue is the queue of a ledger. Add workers before Start.
type Queue struct {
	book    *ledger.Ledger
	options Options
	workers *river.Workers
	engine  engine
	started bool
	running sync.Mutex // of starting and stopping, which wait for jobs: a job must not wait for it
	making  sync.Mutex // of the engine
	begun   sync.Map   // jobs that this process is at, by ID
	lost    lost
}

// engine is what differs between the databases.
type engine interface {
	start(ctx context.Context) error
	stop(ctx context.Context) error
	insert(ctx context.Context, tx *ledger.Tx, jobs []river.InsertManyParams) ([]*rivertype.JobInsertResult, error)
	complete(ctx context.Context, tx *ledger.Tx, job *river.Job[anything]) error
	list(ctx context.Context, params *river.JobListParams) ([]*rivertype.JobRow, error)
}

// anything stands for the arguments where only the job counts.
type anything struct{ json.RawMessage }

// Kind is never asked for.
func (anything) Kind() string { return "anything" }

// New returns the queue of a ledger and brings its tables to the present form.
func New(ctx context.Context, book *ledger.Ledger, options Options) (*Queue, error) {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	options.Limit, options.Poll = cmp.Or(options.Limit, Limit), cmp.Or(options.Poll, Poll)
	if options.Ahead == nil {
		options.Ahead = func() time.Duration { return 0 }
	}
	q := &Queue{book: book, options: options, workers: river.NewWorkers()}
	if err := migrate(ctx, book); err != nil {
		return nil, fmt.Errorf("prepare queue: %w", err)
	}
	return q, nil
}

// Add tells who works on a kind of jobs.
func Add[T Args](q *Queue, work func(ctx context.Context, job Job[T]) error) {
	river.AddWorker(q.workers, &worker[T]{queue: q, work: work})
}

type worker[T Args] struct {
	river.WorkerDefaults[T]
	queue *Queue
	work  func(ctx context.Context, job Job[T]) error
}

// longestWait is between two tries of a job.
const longestWait = 5 * time.Minute

// NextRetry waits a little longer after each failure.
func (w *worker[T]) NextRetry(job *river.Job[T]) time.Time {
	wait := longestWait
	if job.Attempt < 9 {
		wait = min(wait, time.Second<<job.Attempt)
	}
	return time.Now().Add(wait - w.queue.options.Ahead())
}

// Work hands a job to its worker.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	w.queue.begun.Store(job.ID, true)
	defer w.queue.begun.Delete(job.ID)
	err := w.work(ctx, Job[T]{ID: job.ID, Args: job.Args, Attempt: job.Attempt, Tries: job.MaxAttempts, Failures: failures(job.Errors), complete: func(ctx context.Context, tx *ledger.Tx) error {
		return w.queue.engine.complete(ctx, tx, &river.Job[anything]{JobRow: job.JobRow})
	}})
	if err != nil && errors.Is(ctx.Err(), context.Canceled) && !errors.As(err, new(*rivertype.JobCancelError)) {
		err = Later(0) // the process stops: that is no failure of the job
	}
	return w.queue.retimed(err)
}

func failures(all []rivertype.AttemptError) []string {
	texts := make([]string, len(all))
	for i, failure := range all {
		texts[i] = failure.Error
	}
	return texts
}

// Start begins to work on jobs. What it does ends when Stop is called, not with
// ctx.
func (q *Queue) Start(ctx context.Context) error {
	q.running.Lock()
	defer q.running.Unlock()
	if err := q.open(); err != nil {
		return err
	}
	q.started = len(q.options.Lanes) > 0
	if !q.started {
		return nil
	}
	return q.engine.start(context.WithoutCancel(ctx))
}

// Stop takes no more jobs and waits for those at work, until ctx ends; then
// their contexts end too, and they are done again later.
func (q *Queue) Stop(ctx context.Context) error {
	q.running.Lock()
	defer q.running.Unlock()
	if !q.started {
		return nil
	}
	q.started = false
	return q.engine.stop(ctx)
}

// open makes the engine once all workers are known.
func (q *Queue) open() (err error) {
	q.making.Lock()
	defer q.making.Unlock()
	if q.engine == nil {
		q.engine, err = newEngine(q.book, q.config())
	}
	return err
}

func (q *Queue) config() *river.Config {
	lanes := map[string]river.QueueConfig{}
	for lane, workers := range q.options.Lanes {
		if workers > 0 {
			lanes[lane] = river.QueueConfig{MaxWorkers: workers}
		}
	}
	c := &river.Config{
		ID: q.options.Owner, Logger: slog.New(onlyTroubles{q.options.Log.Handler()}), Workers: q.workers,
		JobTimeout: q.options.Limit, RescueStuckJobsAfter: q.options.Limit + rescueAfter,
		FetchPollInterval: q.options.Poll, FetchCooldown: min(q.options.Poll, 50*time.Millisecond),
		MaxAttempts: Tries, SkipUnknownJobCheck: true,
		PollOnly: q.book.DB() != nil,
	}
	if len(lanes) > 0 {
		c.Queues = lanes
	}
	return c
}

// active are the states of a job that is not over.
var active = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

// Insert queues jobs in a transaction: they are there once it is committed.
func (q *Queue) Insert(ctx context.Context, tx *ledger.Tx, jobs ...Insert) error {
	if len(jobs) == 0 {
		return nil
	}
	if err := q.open(); err != nil {
		return err
	}
	params := make([]river.InsertManyParams, len(jobs))
	for i, job := range jobs {
		if job.Lane == "" {
			return fmt.Errorf("queue %s: %w", job.Args.Kind(), errLane)
		}
		options := &river.InsertOpts{Queue: job.Lane, ScheduledAt: job.At, MaxAttempts: job.Tries}
		if job.Once {
			options.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: active}
		}
		params[i] = river.InsertManyParams{Args: job.Args, InsertOpts: options}
	}
	inserted, err := q.engine.insert(ctx, tx, params)
	if err == nil && q.options.Ahead() > 0 && tx.Pgx() != nil {
		err = present(ctx, tx, inserted)
	}
	if err != nil {
		return fmt.Errorf("queue jobs: %w", err)
	}
	return nil
}

// present lets jobs be taken at once that this machine, whose clock is ahead,
// has put into the future.
func present(ctx context.Context, tx *ledger.Tx, inserted []*rivertype.JobInsertResult) error {
	for _, one := range inserted {
		if one.UniqueSkippedAsDuplicate || one.Job.State != rivertype.JobStateAvailable {
			continue
		}
		if _, err := run(ctx, tx, `UPDATE river_job SET scheduled_at = now() WHERE id = $1 AND state = 'available'`, one.Job.ID); err != nil {
			return err
		}
	}
	return nil
}

// Put queues jobs in a transaction of their own.
func (q *Queue) Put(ctx context.Context, jobs ...Insert) error {
	return q.book.InTx(ctx, func(tx *ledger.Tx) error { return q.Insert(ctx, tx, jobs...) })
}

// errLane is returned for a job without workers to take it.
var errLane = errors.New("a job needs a lane")

// onlyTroubles leaves out what River says of its daily work.
type onlyTroubles struct{ slog.Handler }

// Enabled reports whether a level is one of trouble.
func (h onlyTroubles) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

// WithAttrs keeps leaving it out.
func (h onlyTroubles) WithAttrs(attrs []slog.Attr) slog.Handler {
	return onlyTroubles{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps leaving it out.
func (h onlyTroubles) WithGroup(name string) slog.Handler {
	return onlyTroubles{h.Handler.WithGroup(name)}
}
