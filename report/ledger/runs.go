package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

const runColumns = `id, report, period, revision, input_sha256, settings_sha256, version, state, error, started_at, finished_at, owner, lease_to`

// scanRun reads the columns of runColumns.
func scanRun(scan func(...any) error) (Run, error) {
	var run Run
	var state string
	var started, finished, lease int64
	err := scan(&run.ID, &run.Report, &run.Period, &run.Revision, &run.InputSHA256, &run.SettingsSHA256, &run.Version,
		&state, &run.Error, &started, &finished, &run.Owner, &lease)
	run.State = RunState(state)
	run.StartedAt, run.FinishedAt, run.LeaseTo = moment(started), moment(finished), moment(lease)
	return run, err
}

// someRuns reads the runs that the rest of a query chooses.
func (r reads) someRuns(ctx context.Context, rest string, args ...any) ([]Run, error) {
	var runs []Run
	err := each(ctx, r.store, func(scan func(...any) error) error {
		run, err := scanRun(scan)
		runs = append(runs, run)
		return err
	}, `SELECT `+runColumns+` FROM run `+rest, args...)
	return runs, err
}

func (r reads) oneRun(ctx context.Context, rest string, args ...any) (Run, bool, error) {
	runs, err := r.someRuns(ctx, rest, args...)
	if err != nil || len(runs) == 0 {
		return Run{}, false, err
	}
	return runs[0], true, nil
}

// Run returns a run by its ID, or [ErrNotFound].
func (r reads) Run(ctx context.Context, id int64) (Run, error) {
	run, found, err := r.oneRun(ctx, `WHERE id = $1`, id)
	if err == nil && !found {
		err = ErrNotFound
	}
	if err != nil {
		return Run{}, fmt.Errorf("read run %d: %w", id, err)
	}
	return run, nil
}

// Runs returns the runs that a filter chooses, the latest first.
func (r reads) Runs(ctx context.Context, filter RunFilter) ([]Run, error) {
	var w where
	w.equal("report", filter.Report)
	w.equal("period", filter.Period)
	w.oneOf("state", identifiers(filter.States))
	if filter.Current {
		w.add(`id IN (SELECT run_id FROM run_current)`)
	}
	runs, err := r.someRuns(ctx, w.sql()+` ORDER BY id DESC`+w.limit(filter.Limit), w.args...)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	return runs, nil
}

// Current returns the revision of a period that counts; false when none is
// done.
func (r reads) Current(ctx context.Context, report, period string) (Run, bool, error) {
	run, found, err := r.currentRun(ctx, report, period)
	if err != nil {
		return Run{}, false, fmt.Errorf("read current run: %w", err)
	}
	return run, found, nil
}

// SetCurrent makes a done run the revision of its period that counts.
func (c changes) SetCurrent(ctx context.Context, runID int64) error {
	return c.in(ctx, func(tx *Tx) error {
		n, err := tx.store.exec(ctx, `INSERT INTO run_current (report, period, run_id)
			SELECT report, period, id FROM run WHERE id = $1 AND state = 'done'
			ON CONFLICT (report, period) DO UPDATE SET run_id = excluded.run_id`, runID)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("make run %d current: %w", runID, err)
		}
		return nil
	})
}

// Artifacts returns the files that a run made, by kind, part and path.
func (r reads) Artifacts(ctx context.Context, runID int64) ([]Artifact, error) {
	var artifacts []Artifact
	err := each(ctx, r.store, func(scan func(...any) error) error {
		var a Artifact
		err := scan(&a.Kind, &a.Part, &a.Path, &a.SHA256, &a.ContentSHA256, &a.Bytes)
		artifacts = append(artifacts, a)
		return err
	}, `SELECT kind, part, path, sha256, content_sha256, bytes FROM artifact WHERE run_id = $1 ORDER BY kind, part, path`, runID)
	if err != nil {
		return nil, fmt.Errorf("read files of run %d: %w", runID, err)
	}
	return artifacts, nil
}

// AddArtifact notes a file of a run that is under way. The same file noted
// again is replaced.
func (c changes) AddArtifact(ctx context.Context, runID int64, a Artifact) error {
	return c.in(ctx, func(tx *Tx) error {
		_, err := tx.store.exec(ctx, `INSERT INTO artifact (run_id, kind, part, path, sha256, content_sha256, bytes)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (run_id, kind, part, path) DO UPDATE
			SET sha256 = excluded.sha256, content_sha256 = excluded.content_sha256, bytes = excluded.bytes`,
			runID, a.Kind, a.Part, a.Path, a.SHA256, a.ContentSHA256, a.Bytes)
		if err != nil {
			return fmt.Errorf("note file of run %d: %w", runID, err)
		}
		return nil
	})
}

// Inputs returns the files that a run read, in its order.
func (r reads) Inputs(ctx context.Context, runID int64) ([]Input, error) {
	inputs, err := r.someInputs(ctx, `JOIN run_input ON run_input.sha256 = input.sha256 WHERE run_id = $1 ORDER BY position`, "run_input.name", runID)
	if err != nil {
		return nil, fmt.Errorf("read inputs of run %d: %w", runID, err)
	}
	return inputs, nil
}

// where collects the conditions of a query.
type where struct {
	conditions []string
	args       []any
}

// add takes a condition with a ? for each argument.
func (w *where) add(condition string, args ...any) {
	for _, arg := range args {
		w.args = append(w.args, arg)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(w.args)), 1)
	}
	w.conditions = append(w.conditions, condition)
}

// equal asks for a text; "" asks for nothing.
func (w *where) equal(column, value string) {
	if value != "" {
		w.add(column+" = ?", value)
	}
}

func (w *where) oneOf(column string, values []any) {
	if len(values) > 0 {
		w.add(column+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")+")", values...)
	}
}

func (w *where) sql() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(w.conditions, " AND ")
}

// limit is for the end of the query; 0 limits nothing.
func (w *where) limit(n int) string {
	if n <= 0 {
		return ""
	}
	return " LIMIT " + strconv.Itoa(n)
}

// identifiers are fixed identifiers as arguments.
func identifiers[T ~string](list []T) []any {
	var all []any
	for _, identifier := range list {
		all = append(all, string(identifier))
	}
	return all
}
