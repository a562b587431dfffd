package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/jsondoc"
	"valuebook/report/pipeline"
	monthly "valuebook/report/run"
	"valuebook/report/wording"
)

func (p *program) reportCommand() *cli.Command {
	flags := []cli.Flag{p.settingFlag("out", "o"), p.settingFlag("format", "f"), p.settingFlag("paper"),
		p.settingFlag("company"), p.settingFlag("title"), p.settingFlag("before"), p.switchFlag("thresholds_now"), p.settingFlag("burst"), p.settingFlag("burst_file"), p.settingFlag("burst_name"),
		p.settingFlag("burst_names"), p.switchFlag("draft"), p.settingFlag("attach"), p.settingFlag("pdf_allow"), p.settingFlag("sections")}
	return &cli.Command{
		Name: "report", Usage: p.say("command.report"), ArgsUsage: "WORKBOOK...",
		Description: p.say("command.report.description"),
		Flags:       append(flags, p.readingFlags()...),
		Action: func(c *cli.Context) error {
			tasks, err := p.tasks(c, c.Args().Slice())
			if err != nil {
				return err
			}
			return p.report(c.Context, tasks, c.Bool("json"))
		},
	}
}

// report runs every task and says what became of it.
func (p *program) report(ctx context.Context, tasks []*task, document bool) error {
	jobs, err := jobsOf(tasks)
	if err != nil {
		return err
	}
	var done tally
	for i, job := range jobs {
		bar := p.progress(job)
		job.Progress = bar.step
		if job.Burst != nil {
			job.Burst.Progress = bar.part
		}
		outcome, err := pipeline.Run(ctx, job)
		bar.end()
		done.add(tasks[i], outcome, err)
		p.tell(tasks[i], outcome, err, document)
		if ctx.Err() != nil {
			break
		}
	}
	if document {
		if err := jsondoc.RenderAll(p.stdout, done.reports, done.words, done.files...); err != nil {
			return err
		}
	}
	return done.exit()
}

// jobsOf plans every output before any work.
func jobsOf(tasks []*task) ([]pipeline.Job, error) {
	var jobs []pipeline.Job
	var requests []pipeline.Request
	for _, t := range tasks {
		job, formats, err := t.wholeJob()
		if err != nil {
			return nil, err
		}
		out := monthly.Names{Folder: t.settings.Value("out")}.Root()
		if info, err := os.Stat(out); out != "" && err == nil && !info.IsDir() {
			return nil, fail(exitUsage, "error.out", dataset.Str(out))
		}
		jobs = append(jobs, job)
		requests = append(requests, pipeline.Request{Input: t.input, Out: out, Formats: t.outputs(formats)})
	}
	targets, err := pipeline.Plan(requests)
	for i := range targets {
		jobs[i].Targets = targets[i]
	}
	return jobs, err
}

// wholeJob is the job of a task with everything that it makes, and its formats;
// it has no targets yet.
func (t *task) wholeJob() (pipeline.Job, []string, error) {
	job := t.job()
	formats, err := t.formats()
	if err != nil {
		return job, nil, err
	}
	for _, format := range formats {
		if format == pipeline.FormatPages {
			continue
		}
		if chartFormat(format) {
			gallery, err := t.gallery(format)
			if err != nil {
				return job, nil, err
			}
			job.Galleries = append(job.Galleries, gallery)
			continue
		}
		r, err := t.renderer(format)
		if err != nil {
			return job, nil, err
		}
		job.Renderers = append(job.Renderers, r)
	}
	job.Burst, err = t.burst()
	return job, formats, err
}

// tally counts what became of the tasks.
type tally struct {
	score
	reports []*report.Report
	words   []*wording.Writer
	files   []jsondoc.File
}

// A score counts what became of several tasks.
type score struct {
	done, stopped, failed int
	code                  int // of the gravest failure
}

// exit chooses the code: failures count more than stops when something was
// done.
func (s *score) exit() error {
	switch {
	case s.failed > 0 && s.done > 0:
		return quietExit(exitPartly)
	case s.failed > 0:
		return quietExit(s.code)
	case s.stopped > 0:
		return quietExit(exitStopped)
	}
	return nil
}

func (t *tally) add(task *task, outcome pipeline.Outcome, err error) {
	t.done += len(outcome.Written)
	t.failed += len(outcome.Failed)
	for _, w := range outcome.Written {
		t.files = append(t.files, jsondoc.File{Input: task.input, Format: w.Format, Path: w.Path, Part: w.Part})
	}
	switch {
	case err != nil:
		t.failed++
		t.code = max(t.code, exitCode(err))
	case outcome.Stopped:
		t.stopped++
		t.reports = append(t.reports, bare(outcome.Dataset))
		t.words = append(t.words, task.words)
	default:
		t.reports = append(t.reports, outcome.Report)
		t.words = append(t.words, outcome.Words)
	}
}

// bare is the report of a workbook that was read and not analysed.
func bare(d *dataset.Dataset) *report.Report {
	return &report.Report{Dataset: d, Period: d.Period, AsOf: d.AsOf, Version: moduleVersion()}
}

// tell says what became of one task: results on stdout, trouble on stderr.
func (p *program) tell(t *task, outcome pipeline.Outcome, err error, document bool) {
	if err != nil {
		p.printError(err)
		return
	}
	for _, failed := range outcome.Failed {
		p.printError(failed)
	}
	if outcome.Stopped {
		p.tellStopped(t, outcome.Dataset)
		return
	}
	for _, w := range outcome.Written {
		if w.Moved != "" {
			p.warn("warning.moved-"+w.Moved, dataset.Str(w.Path))
		}
	}
	for _, f := range outcome.Findings {
		if !p.quiet && f.Severity >= dataset.Warning {
			p.printFinding(f)
		}
	}
	p.countFindings(t, outcome.Dataset)
	if !document && !p.quiet {
		p.summary(t, outcome)
	}
}

// tellStopped prints every finding that rules out the analysis.
func (p *program) tellStopped(t *task, d *dataset.Dataset) {
	for _, f := range d.Findings {
		if f.Severity == dataset.Stop {
			p.printFinding(f)
		}
	}
	p.line("hint", p.say("hint.check", dataset.Str(t.input)))
}

// countFindings says how many cells were not used, and where to read of them.
func (p *program) countFindings(t *task, d *dataset.Dataset) {
	n := 0
	for _, f := range d.Findings {
		if f.Severity == dataset.Error {
			n += max(1, f.Count)
		}
	}
	if n > 0 {
		p.warn("warning.findings", dataset.Str(filepath.Base(t.input)), dataset.N(n), dataset.Str(t.input))
	}
}

// sentencesShown is how many findings of the report the summary repeats.
const sentencesShown = 3

// summary prints where the outputs are and the first sentences of the report.
func (p *program) summary(t *task, outcome pipeline.Outcome) {
	p.print(p.heading(outcome))
	p.listWritten(outcome.Written)
	for i, m := range outcome.Report.Sentences {
		if i == sentencesShown {
			break
		}
		p.print("  " + outcome.Words.Text(m))
	}
}

// pagesShown is how many pages of customers the summary lists by name.
const pagesShown = 3

// listWritten prints where the outputs are; of many files of a folder the
// folder.
func (p *program) listWritten(written []pipeline.Written) {
	counts, told := map[string]int{}, map[string]bool{}
	for _, w := range written {
		counts[summaryOf(w.Format)]++
	}
	for _, w := range written {
		code := summaryOf(w.Format)
		switch {
		case code == "" || counts[code] <= pagesShown:
			p.print("  " + w.Path)
		case !told[code]:
			told[code] = true
			p.print("  " + p.say(code, dataset.Str(filepath.Dir(w.Path)+string(filepath.Separator)), dataset.N(counts[code])))
		}
	}
}

// summaryOf is the text that counts the files of a folder, "" for files beside
// each other.
func summaryOf(format string) string {
	switch {
	case format == pipeline.FormatPages:
		return "summary.pages"
	case chartFormat(format):
		return "summary.charts"
	}
	return ""
}

// heading names the workbook, how many it is about, and the period.
func (p *program) heading(outcome pipeline.Outcome) string {
	d := outcome.Dataset
	code, n := "summary.customers", d.Customers.Len()
	if n == 0 && len(d.Cohorts.Name) > 0 {
		code, n = "summary.cohorts", len(d.Cohorts.Name)
	}
	if d.Offers != nil {
		code, n = "summary.offers", len(d.Offers.Name)
	}
	text := p.say(code, dataset.Str(d.Receipt.File), dataset.N(n))
	if d.Period != "" {
		text = p.say("summary.period", dataset.Str(text), dataset.MonthOf(d.Period))
	}
	return text
}
