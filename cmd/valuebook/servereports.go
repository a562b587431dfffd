package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/jobs"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/receipt"
	monthly "valuebook/report/run"
)

// servedReports makes the plans of a service. The run file is read anew for
// each: what was changed in it holds from the next report on.
type servedReports struct {
	p     *program
	path  string // of the run file
	known config.Known
	flags []config.Entry
	book  *ledger.Ledger
}

func (s *servedReports) file(path string, today time.Time) (*runFile, error) {
	r, err := s.p.readRunFile(path, s.known, s.flags, today)
	if err != nil {
		return nil, err
	}
	return r, r.check()
}

// Dropped returns the plan of a workbook from the drop folder: its report is
// named by the file, its period is that of the data.
func (s *servedReports) Dropped(_ context.Context, path string, names monthly.Names) (monthly.Plan, error) {
	r, err := s.file(s.path, time.Now())
	if err != nil {
		return monthly.Plan{}, err
	}
	plan, err := r.plan(path, true)
	if err != nil {
		return monthly.Plan{}, err
	}
	if _, given := r.settings.Entry(periodCell); !given {
		plan.Period = ""
	}
	names.Plain = plan.Names.Plain
	plan.Names, plan.Source = names, filepath.Dir(filepath.Dir(filepath.Dir(path)))
	return plan, nil
}

// Scheduled returns the plans of a run file for the day on which it was due.
func (s *servedReports) Scheduled(_ context.Context, path string, due time.Time) ([]monthly.Plan, error) {
	r, err := s.file(path, due)
	if err != nil {
		return nil, err
	}
	inputs, err := r.inputs(nil)
	if err != nil {
		return nil, err
	}
	return r.plans(inputs)
}

// settings is a hash of all that the outputs and who gets them depend on, beside
// the workbook: the run file with what it names, the secrets that are there, and
// the version of the program.
func (s *servedReports) settings() (string, error) {
	r, err := s.file(s.path, time.Now())
	if err != nil {
		return "", err
	}
	return r.servedHash()
}

// dropped is the variant of the texts for somebody who put a workbook into a
// folder and has no terminal.
const dropped = "dropped"

// whyWidth is how wide the text beside a rejected workbook is.
const whyWidth = 76

// Why says in the words of the reports what is wrong with a workbook.
func (s *servedReports) Why(name string, stopped *monthly.Outcome, err error, fixList string) string {
	words := s.p.words.Variant(dropped)
	var lines []string
	add := func(code string, args ...dataset.Quantity) {
		lines = append(append(lines, receipt.Wrap(words.Text(dataset.Msg(code, args...)), whyWidth)...), "")
	}
	var same *jobs.SameError
	if errors.As(err, &same) {
		add("why.same", dataset.DayOf(same.Run.FinishedAt), dataset.Str(s.placeOf(same.Run)))
		return strings.Join(lines, "\n")
	}
	add("why.head", dataset.Str(name))
	switch {
	case stopped != nil && stopped.Made.Dataset != nil:
		lines = append(append(lines, receipt.Lines(stopped.Made.Dataset, words, whyWidth)...), "")
	case stopped != nil:
		for _, finding := range stopped.Findings {
			lines = append(append(lines, receipt.Wrap(receipt.Problem(words, finding)+" "+receipt.Fix(words, finding), whyWidth)...), "")
		}
	default:
		code, args := s.whyCode(err)
		add(code, args...)
	}
	if fixList != "" {
		add("why.fixes", dataset.Str(fixList))
	}
	var aside *jobs.AsideError
	if !errors.As(err, &aside) { // for those the text says what to do
		add("why.again")
	}
	return strings.Join(lines, "\n")
}

// placeOf is the folder of the outputs of a run.
func (s *servedReports) placeOf(run ledger.Run) string {
	artifacts, err := s.book.Artifacts(context.Background(), run.ID)
	if err != nil || len(artifacts) == 0 {
		return run.Report
	}
	folder := filepath.Dir(artifacts[0].Path)
	for _, a := range artifacts { // customers' pages stand in a folder below
		if dir := filepath.Dir(a.Path); len(dir) < len(folder) {
			folder = dir
		}
	}
	return folder
}

// whyCode is the text of an error.
func (s *servedReports) whyCode(err error) (string, []dataset.Quantity) {
	var aside *jobs.AsideError
	switch {
	case errors.As(err, &aside):
		return "why." + string(aside.Why), nil
	case errors.Is(err, jobs.ErrMemory):
		return "why.memory", nil
	case jobs.IsPoison(err):
		return "why.poison", []dataset.Quantity{dataset.N(jobs.Tries)}
	}
	var texts []string
	for _, one := range parts(err) {
		f := explained(one)
		texts = append(texts, s.p.words.Text(f.message))
		if !f.hint.IsZero() {
			texts = append(texts, s.p.words.Text(f.hint))
		}
	}
	return "why.failed", []dataset.Quantity{dataset.Str(strings.Join(texts, " "))}
}

// FixList writes the workbook with its problems marked, as "check --fix-list"
// does.
func (s *servedReports) FixList(ctx context.Context, path, folder, stem string) (string, error) {
	r, err := s.file(s.path, time.Now())
	if err != nil {
		return "", err
	}
	t, err := r.taskFor(path, monthly.Order{})
	if err != nil {
		return "", err
	}
	t.words = t.words.Variant(dropped)
	d, err := pipeline.Read(ctx, t.job())
	if err != nil || d.Receipt.Format == "" {
		return "", err
	}
	var data []byte
	err = pipeline.Make(ctx, path, pipeline.FormatFixes, func() (err error) {
		data, _, err = t.fixes(d)
		return err
	})
	if err != nil {
		return "", err
	}
	target := pipeline.TargetIn(folder, stem, pipeline.FormatFixes, path)
	return filepath.Base(target), pipeline.WriteFile(target, data)
}
