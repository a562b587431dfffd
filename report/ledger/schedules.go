package ledger

import (
	"context"
	"fmt"
	"time"
)

// A Schedule says when a report runs by itself. The ledger keeps the rule and
// the next time; it does not read the rule.
type Schedule struct {
	ID         int64
	Name       string // names it for ever
	Report     string
	Config     string // path of the run file
	Rule       string // a cron line or a business rule
	Zone       string // IANA name of the time zone
	Misfire    string // fixed identifier of what happens to missed times
	MaxCatchup int    // how many missed times are made up for, 0 = all
	Grace      time.Duration
	Enabled    bool
	Next       time.Time // zero = never
}

const scheduleColumns = `id, name, report, config, rule, zone, misfire, max_catchup, grace, enabled, next_run`

func (r reads) someSchedules(ctx context.Context, rest string, args ...any) ([]Schedule, error) {
	var schedules []Schedule
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var s Schedule
		var grace, enabled, next int64
		err := scan(&s.ID, &s.Name, &s.Report, &s.Config, &s.Rule, &s.Zone, &s.Misfire, &s.MaxCatchup, &grace, &enabled, &next)
		s.Grace, s.Enabled, s.Next = time.Duration(grace)*time.Microsecond, enabled != 0, moment(next)
		schedules = append(schedules, s)
		return err
	}, `SELECT `+scheduleColumns+` FROM schedule `+rest, args...)
	return schedules, err
}

// Schedules returns all schedules by name.
func (r reads) Schedules(ctx context.Context) ([]Schedule, error) {
	schedules, err := r.someSchedules(ctx, `ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	return schedules, nil
}

// DueSchedules returns the enabled schedules whose next time has come, the
// longest due first.
func (r reads) DueSchedules(ctx context.Context, now time.Time) ([]Schedule, error) {
	schedules, err := r.someSchedules(ctx, `WHERE enabled = 1 AND next_run > 0 AND next_run <= $1 ORDER BY next_run, id`, micro(now))
	if err != nil {
		return nil, fmt.Errorf("read due schedules: %w", err)
	}
	return schedules, nil
}

// PutSchedule writes a schedule under its name and returns it as it stands.
// Where rule and time zone are as they were and it was enabled before, the
// next time stays too: writing the same schedule at every start forgets no
// missed run.
func (c changes) PutSchedule(ctx context.Context, s Schedule) (stands Schedule, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		_, err := tx.store.exec(ctx, `INSERT INTO schedule (name, report, config, rule, zone, misfire, max_catchup, grace, enabled, next_run)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (name) DO UPDATE SET report = excluded.report, config = excluded.config,
				misfire = excluded.misfire, max_catchup = excluded.max_catchup, grace = excluded.grace,
				next_run = CASE WHEN schedule.rule = excluded.rule AND schedule.zone = excluded.zone
					AND schedule.enabled = 1 AND schedule.next_run > 0 THEN schedule.next_run ELSE excluded.next_run END,
				rule = excluded.rule, zone = excluded.zone, enabled = excluded.enabled`,
			s.Name, s.Report, s.Config, s.Rule, s.Zone, s.Misfire, s.MaxCatchup, s.Grace.Microseconds(), flag(s.Enabled), micro(s.Next))
		if err != nil {
			return err
		}
		all, err := tx.someSchedules(ctx, `WHERE name = $1`, s.Name)
		if err == nil {
			stands = all[0]
		}
		return err
	})
	if err != nil {
		return Schedule{}, fmt.Errorf("write schedule: %w", err)
	}
	return stands, nil
}

// Advance moves a schedule on from one time to the next, zero for never. It
// returns false when another process did so before: what was due is then that
// one's to start. Call it in the transaction that starts the work.
func (c changes) Advance(ctx context.Context, id int64, old, next time.Time) (mine bool, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		n, err := tx.store.exec(ctx, `UPDATE schedule SET next_run = $1 WHERE id = $2 AND next_run = $3`, micro(next), id, micro(old))
		mine = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("advance schedule %d: %w", id, err)
	}
	return mine, nil
}

// Fire notes that a schedule started a period. It returns false when it did so
// before, even if its rule was changed since.
func (c changes) Fire(ctx context.Context, id int64, period string, at time.Time) (first bool, err error) {
	err = c.in(ctx, func(tx *Tx) error {
		n, err := tx.store.exec(ctx, `INSERT INTO schedule_fired (schedule_id, period, at) VALUES ($1, $2, $3)
			ON CONFLICT (schedule_id, period) DO NOTHING`, id, period, micro(at))
		first = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("fire schedule %d: %w", id, err)
	}
	return first, nil
}
