package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
)

// A Status says what runs, what waits, what failed and what comes next.
type Status struct {
	At        time.Time      `json:"at"`
	Workers   []Working      `json:"workers,omitempty"`
	Unserved  []Unserved     `json:"unserved,omitempty"` // work that no process takes, by the name of its reports
	Drops     []Seen         `json:"drop_folders,omitempty"`
	Counts    []Count        `json:"job_counts,omitempty"` // of all jobs, also those that are not listed
	Jobs      []Job          `json:"jobs,omitempty"`       // that run or wait, the oldest first
	Failed    []Job          `json:"failed,omitempty"`     // for good, the latest last
	Runs      []Run          `json:"runs,omitempty"`       // the latest first
	Rejected  []Rejected     `json:"rejected,omitempty"`
	Schedules []Next         `json:"schedules,omitempty"`
	Mail      map[string]int `json:"mail,omitempty"` // state of a delivery -> how many
}

// The states of a job.
const (
	JobRunning = "running"
	JobWaiting = "waiting"
	JobFailed  = "failed" // for good
)

// A Count is how many jobs of a kind are in a state.
type Count struct {
	Kind  string `json:"kind"`
	State string `json:"state"`
	N     int    `json:"n"`
}

// Unserved is work that waits while no process serves its reports.
type Unserved struct {
	Reports string `json:"reports"` // their name as far as the queue knows it, "" for jobs of a program of before
	Jobs    int    `json:"jobs"`
}

// A Working is a process that serves.
type Working struct {
	Owner   string    `json:"process"`
	Reports string    `json:"reports,omitempty"`         // name of those that it serves
	Differs bool      `json:"settings_differ,omitempty"` // from those of another process that serves the same
	Since   time.Time `json:"since"`
	SeenAt  time.Time `json:"seen_at"`
	AtWork  int       `json:"at_work"` // jobs
	Missing bool      `json:"missing,omitempty"`
}

// A Job is work that runs, waits or failed.
type Job struct {
	ID      int64  `json:"id"`
	Kind    string `json:"kind"`
	About   string `json:"about"` // name of a file, a schedule, or the number of a delivery
	Owner   string `json:"process,omitempty"`
	Attempt int    `json:"attempt,omitempty"`
	Failure string `json:"failure,omitempty"`
}

// A Run is one report that was made, or was not.
type Run struct {
	ID       int64     `json:"id"`
	Report   string    `json:"report"`
	Period   string    `json:"period,omitempty"`
	Revision int       `json:"revision"`
	State    string    `json:"state"`
	Error    string    `json:"error,omitempty"`
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended,omitzero"`
	Outputs  []string  `json:"outputs,omitempty"` // paths
}

// Rejected is a workbook that could not be used.
type Rejected struct {
	Name    string    `json:"name"`
	Code    string    `json:"code"`
	Message string    `json:"message"`
	At      time.Time `json:"at"`
}

// Next is a schedule with the next time at which it is due.
type Next struct {
	Name string    `json:"name"`
	Rule string    `json:"rule"`
	Zone string    `json:"zone"`
	Next time.Time `json:"next,omitzero"`
}

// How much of each kind a status tells.
const (
	shownRuns     = 20
	shownRejected = 10
	shownJobs     = 50
	shownOutputs  = 10
)

// Status returns what this service and others on the same ledger do.
func (s *Service) Status(ctx context.Context) (Status, error) {
	st, err := Look(ctx, s.book, s.queue, s.options.Clock())
	st.Drops = s.Seen()
	return st, err
}

// Look returns what the services on a ledger do. What waits in drop folders is
// left out: see [LookAtDrops].
func Look(ctx context.Context, book *ledger.Ledger, q *queue.Queue, now time.Time) (Status, error) {
	l := looking{ctx: ctx, book: book, queue: q, status: Status{At: now}, n: map[Count]int{}, lanes: map[string]*Unserved{}}
	for _, look := range []func() error{l.jobs, l.failed, l.counts, l.workers, l.runs, l.rejected, l.schedules, l.mail} {
		if err := look(); err != nil {
			return l.status, err
		}
	}
	return l.status, nil
}

// LookAtDrops lists what lies in drop folders, for a process that does not
// serve: it cannot tell how long a file has been there, and judges it as if it
// had settled.
func LookAtDrops(drops []Drop, now time.Time) []Seen {
	var all []Seen
	for _, drop := range drops {
		folder := watch.Folder{Path: drop.Path, Settled: 1}
		_, _ = folder.Scan(now.Add(-time.Second)) // what it could not do the second look cannot either
		sight, err := folder.Scan(now)
		seen := Seen{Path: drop.Path, At: now, Waiting: append(sight.Waiting, sight.Aside...)}
		for _, mark := range sight.Ready {
			seen.Waiting = append(seen.Waiting, watch.File{Name: mark.Name, Why: watch.Ready})
		}
		if err != nil {
			seen.Failure, seen.Missing = err.Error(), errors.Is(err, fs.ErrNotExist)
		}
		all = append(all, seen)
	}
	return all
}

// looking gathers a status.
type looking struct {
	ctx    context.Context
	book   *ledger.Ledger
	queue  *queue.Queue
	status Status
	atWork map[string]int
	n      map[Count]int        // with N 0
	lanes  map[string]*Unserved // what waits, by the suffix of its lane
}

// count counts a job.
func (l *looking) count(kind, state string) { l.n[Count{Kind: kind, State: state}]++ }

// counts lists what was counted, by kind and state.
func (l *looking) counts() error {
	for c, n := range l.n {
		c.N = n
		l.status.Counts = append(l.status.Counts, c)
	}
	slices.SortFunc(l.status.Counts, func(a, b Count) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.State, b.State))
	})
	return nil
}

func (l *looking) jobs() error {
	waiting, err := l.queue.Waiting(l.ctx)
	l.atWork = map[string]int{}
	for i, job := range waiting {
		state := JobWaiting
		if job.Owner != "" {
			l.atWork[job.Owner]++
			state = JobRunning
		} else {
			l.waits(job.Lane)
		}
		l.count(job.Kind, state)
		if i < shownJobs || job.Owner != "" {
			l.status.Jobs = append(l.status.Jobs, jobOf(job))
		}
	}
	return err
}

// waits counts a job that waits in a lane.
func (l *looking) waits(lane string) {
	suffix := suffixOf(lane)
	if l.lanes[suffix] == nil {
		l.lanes[suffix] = &Unserved{Reports: shown(lane)}
	}
	l.lanes[suffix].Jobs++
}

func (l *looking) failed() error {
	given, err := l.queue.GivenUp(l.ctx)
	for _, job := range given {
		l.count(job.Kind, JobFailed)
	}
	for _, job := range given[max(0, len(given)-shownJobs):] {
		l.status.Failed = append(l.status.Failed, jobOf(job))
	}
	return err
}

func jobOf(w queue.Waiting) Job {
	return Job{ID: w.ID, Kind: w.Kind, About: aboutOf(w.Args), Owner: w.Owner, Attempt: w.Attempt, Failure: w.Failure}
}

// aboutOf names what a job is about, from its arguments.
func aboutOf(args json.RawMessage) string {
	var job struct {
		Path     string `json:"path"`
		Schedule string `json:"schedule"`
		Delivery json.Number
	}
	if json.Unmarshal(args, &job) != nil {
		return ""
	}
	switch {
	case job.Path != "":
		return filepath.Base(job.Path)
	case job.Schedule != "":
		return job.Schedule
	}
	return job.Delivery.String()
}

func (l *looking) workers() error {
	workers, err := l.book.Workers(l.ctx)
	settings := map[string]map[string]bool{} // of those that live, by house
	for _, w := range workers {
		missing := l.status.At.Sub(w.SeenAt) > silent*Care
		l.status.Workers = append(l.status.Workers, Working{
			Owner: w.Owner, Reports: w.House, Since: w.StartedAt, SeenAt: w.SeenAt, AtWork: l.atWork[w.Owner], Missing: missing,
		})
		if missing {
			continue
		}
		delete(l.lanes, House{Name: w.House}.suffix())
		if settings[w.House] == nil {
			settings[w.House] = map[string]bool{}
		}
		if w.Settings != "" {
			settings[w.House][w.Settings] = true
		}
	}
	for i, w := range l.status.Workers {
		l.status.Workers[i].Differs = !w.Missing && len(settings[w.Reports]) > 1
	}
	for _, suffix := range slices.Sorted(maps.Keys(l.lanes)) {
		l.status.Unserved = append(l.status.Unserved, *l.lanes[suffix])
	}
	return err
}

func (l *looking) runs() error {
	runs, err := l.book.Runs(l.ctx, ledger.RunFilter{Limit: shownRuns})
	if err != nil {
		return err
	}
	sort.SliceStable(runs, func(i, j int) bool { return runs[i].ID > runs[j].ID })
	for _, r := range runs {
		line := Run{ID: r.ID, Report: r.Report, Period: r.Period, Revision: r.Revision, State: string(r.State), Error: r.Error, Began: r.StartedAt, Ended: r.FinishedAt}
		artifacts, err := l.book.Artifacts(l.ctx, r.ID)
		if err != nil {
			return err
		}
		for _, a := range artifacts[:min(len(artifacts), shownOutputs)] {
			line.Outputs = append(line.Outputs, a.Path)
		}
		l.status.Runs = append(l.status.Runs, line)
	}
	return nil
}

func (l *looking) rejected() error {
	rejected, err := l.book.Rejected(l.ctx, shownRejected)
	for _, r := range rejected {
		l.status.Rejected = append(l.status.Rejected, Rejected{Name: r.Name, Code: r.Code, Message: strings.TrimSpace(r.Message), At: r.At})
	}
	return err
}

func (l *looking) schedules() error {
	schedules, err := l.book.Schedules(l.ctx)
	for _, s := range schedules {
		if s.Enabled {
			l.status.Schedules = append(l.status.Schedules, Next{Name: s.Name, Rule: s.Rule, Zone: s.Zone, Next: inZone(s.Next, s.Zone)})
		}
	}
	return err
}

// inZone is a moment as the clocks of a zone show it; that of a zone which is
// not known here stays as it is.
func inZone(at time.Time, zone string) time.Time {
	place, err := time.LoadLocation(zone)
	if err != nil {
		return at
	}
	return at.In(place)
}

func (l *looking) mail() error {
	counts, err := l.book.Counts(l.ctx, 0)
	l.status.Mail = map[string]int{}
	for state, n := range counts {
		l.status.Mail[string(state)] = n
	}
	return err
}
