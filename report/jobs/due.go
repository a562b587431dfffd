package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/schedule"
	"valuebook/report/ledger"
	"valuebook/report/run"
)

// report is the job of a scheduled report.
type report struct {
	Config string    `json:"config"`
	Due    time.Time `json:"due"` // with the offset of the schedule's zone: its day says which month is over
	Name   string    `json:"schedule"`
	With   string    `json:"settings,omitempty"` // of the process that found it due
}

// Kind names the job for ever.
func (report) Kind() string { return "report" }

// rule returns the rule of a schedule.
func (s Schedule) rule() (*schedule.Rule, error) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return nil, fmt.Errorf("schedule %s: %w", s.Name, err)
	}
	rule, err := schedule.Parse(s.Rule, zone, s.Days)
	if err != nil {
		return nil, fmt.Errorf("schedule %s: %w", s.Name, err)
	}
	return rule, nil
}

// Check refuses a schedule that is never due or cannot be understood.
func (s Schedule) Check(now time.Time) error {
	rule, err := s.rule()
	if err == nil && rule.Next(now).IsZero() {
		err = fmt.Errorf("schedule %s: %w: it is never due", s.Name, schedule.ErrRule)
	}
	return err
}

// Coming returns the next times at which a schedule is due, in its zone.
func (s Schedule) Coming(after time.Time, n int) ([]time.Time, error) {
	rule, err := s.rule()
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return nil, err
	}
	var times []time.Time
	for next := rule.Next(after); !next.IsZero() && len(times) < n; next = rule.Next(next) {
		times = append(times, next.In(zone))
	}
	return times, nil
}

// putSchedules writes the schedules of the settings into the ledger, and
// switches off those that are no longer in them.
func (s *Service) putSchedules(ctx context.Context) error {
	now := s.options.Clock()
	wanted := map[string]bool{}
	for _, one := range s.options.Schedules {
		rule, err := one.rule()
		if err != nil {
			return err
		}
		wanted[one.Name] = true
		_, err = s.book.PutSchedule(ctx, ledger.Schedule{
			Name: one.Name, Config: one.Config, Rule: one.Rule, Zone: one.Zone,
			Misfire: string(one.Missed), MaxCatchup: one.Most, Enabled: true, Next: rule.Next(now),
		})
		if err != nil {
			return err
		}
	}
	return s.switchOff(ctx, wanted)
}

// switchOff ends the schedules of this service's reports that are not wanted.
func (s *Service) switchOff(ctx context.Context, wanted map[string]bool) error {
	all, err := s.book.Schedules(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		if wanted[one.Name] || !one.Enabled || !ledger.Belongs(one.Name, s.options.House.Name) {
			continue
		}
		one.Enabled = false
		if _, err := s.book.PutSchedule(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// Tick starts what is due.
func (s *Service) Tick(ctx context.Context) error {
	now := s.options.Clock()
	due, err := s.book.DueSchedules(ctx, now)
	if err != nil {
		return err
	}
	var failures []error
	for _, one := range due {
		failures = append(failures, s.fire(ctx, one, now))
	}
	return errors.Join(failures...)
}

// fire moves one schedule on and queues its reports, in one transaction: of
// several processes that try, one does.
func (s *Service) fire(ctx context.Context, one ledger.Schedule, now time.Time) error {
	given, ok := s.schedule(one.Name)
	if !ok {
		return nil // another process has it in its settings
	}
	rule, err := given.rule()
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(given.Zone)
	if err != nil {
		return err
	}
	times, dropped, coming := schedule.Due(rule, one.Next, now, given.Missed, given.Most)
	return s.book.InTx(ctx, func(tx *ledger.Tx) error {
		mine, err := tx.Advance(ctx, one.ID, one.Next, coming)
		if err != nil || !mine {
			return err
		}
		if dropped > 0 {
			s.options.Log.Warn("missed times are not made up for", "schedule", one.Name, "times", dropped)
		}
		for _, at := range times {
			if err := s.start(ctx, tx, one, at.In(zone), now); err != nil {
				return err
			}
		}
		return nil
	})
}

// start queues one report unless that time was acted on before.
func (s *Service) start(ctx context.Context, tx *ledger.Tx, one ledger.Schedule, at, now time.Time) error {
	first, err := tx.Fire(ctx, one.ID, at.UTC().Format(time.RFC3339), now)
	if err != nil || !first {
		return err
	}
	with, _ := s.present()
	s.options.Log.Info("report is due", "schedule", one.Name, "due", at)
	return s.queue.Insert(ctx, tx, queue.Insert{Args: report{Config: one.Config, Due: at, Name: one.Name, With: with}, Lane: s.options.House.lane(laneReports), Tries: patient})
}

func (s *Service) schedule(name string) (Schedule, bool) {
	for _, one := range s.options.Schedules {
		if one.Name == name {
			return one, true
		}
	}
	return Schedule{}, false
}

// report makes the reports of a run file for the time at which it was due.
func (s *Service) report(ctx context.Context, job queue.Job[report]) error {
	switch elsewhere, err := s.elsewhere(ctx, job.Args.With); {
	case err != nil:
		return err
	case elsewhere:
		return queue.Later(busyAgain)
	}
	dies, err := s.lethal(ctx, historyOf(job.Attempt, job.Failures), Suspect{Config: job.Args.Config, Due: job.Args.Due}, s.memory.with)
	if err == nil && dies {
		err = errPoison
	}
	if err != nil {
		return s.gaveUp(ctx, job, err)
	}
	plans, err := s.reports.Scheduled(ctx, job.Args.Config, job.Args.Due)
	if err != nil {
		return s.gaveUp(ctx, job, err)
	}
	var failures []error
	for _, plan := range plans {
		plan.Keep = s.keep()
		plan.Split = s.split(pages{Config: job.Args.Config, Due: job.Args.Due, Report: plan.Report})
		out, err := run.Run(ctx, plan, s.book, s.options.Clock)
		switch {
		case err != nil:
			failures = append(failures, err)
		case out.Verdict == run.Busy:
			return queue.Later(busyAgain)
		case out.Verdict == run.Stopped:
			failures = append(failures, &StoppedError{Why: s.reports.Why(plan.Input, &out, nil, "")})
		default:
			s.counts.runs.Add(1)
			s.options.Log.Info("report done", "run", out.Run.ID, "verdict", out.Verdict)
		}
	}
	if len(failures) > 0 {
		return s.gaveUp(ctx, job, errors.Join(failures...))
	}
	return nil
}

// A StoppedError says why a workbook gave no report.
type StoppedError struct{ Why string }

// Error returns the text for people.
func (e *StoppedError) Error() string { return e.Why }

// gaveUp ends a job that trying again does not help, or that failed too often:
// it is shown as failed until the queue forgets it.
func (s *Service) gaveUp(ctx context.Context, job queue.Job[report], err error) error {
	var unfit *StoppedError
	switch {
	case ctx.Err() != nil:
		return err // the process stops, or the time is over
	case surroundings(err):
		s.options.Log.Warn("a scheduled report waits: disk or folder fails", "schedule", job.Args.Name, "attempt", job.Attempt, "error", err)
		return &SurroundingsError{err}
	case historyOf(job.Attempt, job.Failures).last() || hopeless(err) || IsPoison(err) || errors.As(err, &unfit):
		s.counts.failed.Add(1)
		s.options.Log.Error("scheduled report failed", "schedule", job.Args.Name, "due", job.Args.Due)
		return queue.Never(err)
	}
	return err
}
