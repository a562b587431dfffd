package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/wording"
)

// Step is the fixed identifier of a part of a run. Rendering steps are
// "render." followed by the format.
type Step string

// The steps, in order.
const (
	StepRead    Step = "read"
	StepAnalyse Step = "analyse"
	StepBuild   Step = "build"
	StepRender  Step = "render"
	StepWrite   Step = "write"
	StepPages   Step = "pages"
)

// A Renderer turns a finished report into the file of one format.
type Renderer interface {
	// Format is the fixed identifier: "xlsx", "pdf", "json".
	Format() string
	// Render writes the file and returns remarks on its making. input is the
	// path of the user's workbook, for the format that gives it back. The file
	// gets its name only after every format was rendered.
	Render(to Draft, input string, r *report.Report, words *wording.Writer) ([]dataset.Finding, error)
}

// A Protector is a renderer whose files have a password where the workbook has
// one.
type Protector interface{ Protects() bool }

// A Beginner is a renderer that can begin with a workbook while it is analysed.
type Beginner interface {
	// Begin starts in the background what Render will need of the workbook and of
	// the dataset, which nobody changes any more. Render may never be called.
	Begin(input string, d *dataset.Dataset)
}

// A Job is one workbook to report on. Read, Prepare and Renderers are needed,
// the rest may be zero.
type Job struct {
	Input string // path of the workbook
	// Read returns the dataset; an error means that the file could not be
	// opened at all. Everything else is a finding.
	Read func(path string) (*dataset.Dataset, error)
	// Prepare resolves what depends on the workbook's own settings: the options
	// of the analysis and the words of the report.
	Prepare func(d *dataset.Dataset) (analysis.Options, *wording.Writer, error)
	// Past returns what is known of earlier periods, once the analysis is done;
	// nil leaves what Meta says.
	Past      func(d *dataset.Dataset, results *analysis.Results) (report.Past, error)
	Meta      report.Meta
	Renderers []Renderer
	Galleries []Gallery
	Burst     *Burst  // pages of single customers or groups, nil for none
	Targets   Targets // where each format goes; none: nothing is written
	// Progress is called at the beginning of each step.
	Progress func(step Step, format string)
}

// Steps returns how often Progress will be called when all goes well.
func (j Job) Steps() int {
	n := 3 + len(j.Renderers) + len(j.Galleries)
	if len(j.Renderers)+len(j.Galleries) > 0 {
		n++
	}
	if j.Burst != nil {
		n++
		if j.Burst.Book {
			n++
		}
	}
	return n
}

// An Outcome is what became of a job.
type Outcome struct {
	Dataset  *dataset.Dataset // nil when the file could not be opened
	Report   *report.Report   // nil when the workbook stopped
	Words    *wording.Writer  // nil when the workbook stopped
	Stopped  bool             // a finding rules out the analysis; nothing was written
	Written  []Written        // in the order of the renderers
	Findings []dataset.Finding
	// Failed are the formats that could not be made; the others were written.
	Failed []error
}

// A StepError says which step of which workbook failed.
type StepError struct {
	File   string // path of the workbook
	Step   Step
	Format string // of a rendering or writing step
	Err    error
}

// Error returns the file, the step and the cause.
func (e *StepError) Error() string {
	step := string(e.Step)
	if e.Format != "" {
		step += " " + e.Format
	}
	return fmt.Sprintf("%s: %s: %v", e.File, step, e.Err)
}

// Unwrap returns the cause.
func (e *StepError) Unwrap() error { return e.Err }

// A PanicError is a fault inside a step, ours or a library's, that was caught.
type PanicError struct {
	Value any
	Stack []byte
}

// Error returns what the fault said.
func (e *PanicError) Error() string { return fmt.Sprintf("fault: %v", e.Value) }

// Run does a job. A stopped workbook is no error: Outcome.Stopped says so. An
// error means that nothing was written; when only some formats failed, they
// are in Outcome.Failed.
//
// When ctx ends, Run returns its error at once and writes nothing.
func Run(ctx context.Context, job Job) (Outcome, error) {
	r := &run{ctx: ctx, job: job}
	err := r.prepare()
	if err != nil || r.out.Stopped {
		return r.out, err
	}
	if err := r.preparePages(); err != nil {
		return r.out, err
	}
	files := r.render()
	if len(files) == 0 && len(r.out.Failed) > 0 && job.Burst == nil {
		return r.out, errors.Join(r.out.Failed...)
	}
	if err := r.write(files); err != nil {
		return r.out, err
	}
	if len(r.out.Failed) == 0 {
		r.clearGalleries(files)
	}
	if err := r.burst(); err != nil {
		return r.out, r.afterwards(err)
	}
	return r.out, nil
}

// afterwards returns an error that came when other files had been written:
// then it is one of those that Failed lists.
func (r *run) afterwards(err error) error {
	if len(r.out.Written) == 0 {
		return err
	}
	r.out.Failed = append(r.out.Failed, err)
	return nil
}

// run carries what the steps of one job share.
type run struct {
	ctx context.Context
	job Job
	out Outcome

	pages *Parts // of the burst
	away  bool   // others make their files
}

// prepare reads, analyses and builds.
func (r *run) prepare() error {
	d, err := r.read()
	if err != nil {
		return err
	}
	r.out.Dataset = d
	r.refuseClear(d)
	if dataset.Stopped(d.Findings) {
		r.out.Stopped = true
		return nil
	}
	// Steps set local variables, not r.out: a cancelled one may still be running.
	var results *analysis.Results
	var words *wording.Writer
	err = r.step(StepAnalyse, "", func() (err error) {
		var options analysis.Options
		options, words, err = r.job.Prepare(d)
		if err == nil {
			r.begin(d)
			results = analysis.Analyse(d, options)
		}
		return err
	})
	if err != nil {
		return err
	}
	var built *report.Report
	err = r.step(StepBuild, "", func() (err error) {
		meta := r.job.Meta
		if r.job.Past != nil {
			if meta.Past, err = r.job.Past(d, results); err != nil {
				return err
			}
		}
		built = report.Build(d, results, meta)
		return nil
	})
	if err == nil {
		r.out.Report, r.out.Words = built, words
	}
	return err
}

// begin lets the renderers begin that can.
func (r *run) begin(d *dataset.Dataset) {
	for _, renderer := range r.job.Renderers {
		if early, ok := renderer.(Beginner); ok {
			early.Begin(r.job.Input, d)
		}
	}
}

// codeEncrypted is the finding that refuses to write what a password protects into files without one.
const codeEncrypted = "encrypted-input"

// openFormat is the format that is written without a password all the same: who names it reads it with a program.
const openFormat = "json"

// refuseClear stops a workbook that is protected by a password when a format is wanted that is not: the outputs hold the
// same customers.
func (r *run) refuseClear(d *dataset.Dataset) {
	if !d.Receipt.Encrypted || dataset.Stopped(d.Findings) {
		return
	}
	clear := len(r.job.Galleries) > 0
	for _, renderer := range r.job.Renderers {
		if protects, ok := renderer.(Protector); ok && protects.Protects() {
			continue
		}
		clear = clear || renderer.Format() != openFormat
	}
	if clear {
		d.Findings = append([]dataset.Finding{{
			Code: codeEncrypted, Severity: dataset.Stop, Ref: dataset.Ref{File: d.Receipt.File},
		}}, d.Findings...)
	}
}

// render makes every format that can be made; the others go to Failed.
func (r *run) render() []file {
	var files []file
	for _, renderer := range r.job.Renderers {
		f := file{format: renderer.Format(), target: r.job.Targets[renderer.Format()]}
		findings, err := r.draft(renderer, &f)
		if err != nil {
			r.out.Failed = append(r.out.Failed, err)
			continue
		}
		r.out.Findings = append(r.out.Findings, findings...)
		files = append(files, f)
	}
	return append(files, r.galleries()...)
}

// draft renders one format into a file beside its target. Of a file that fails
// nothing is left.
func (r *run) draft(renderer Renderer, f *file) ([]dataset.Finding, error) {
	draft, err := newDraft(filepath.Dir(f.target))
	if err != nil {
		return nil, &StepError{File: r.job.Input, Step: StepWrite, Format: f.format, Err: err}
	}
	var findings []dataset.Finding
	err = r.step(StepRender, f.format, func() error {
		found, err := renderer.Render(draft, r.job.Input, r.out.Report, r.out.Words)
		if err == nil {
			findings = found // not where the step was cancelled: then nobody waits
		}
		return err
	})
	if err == nil {
		f.draft = draft
		return findings, nil
	}
	cancelled := r.ctx.Err() != nil
	draft.discard()
	if !cancelled && draft.fault != nil {
		err = &StepError{File: r.job.Input, Step: StepWrite, Format: f.format, Err: draft.fault}
	}
	return nil, err
}

func (r *run) write(files []file) error {
	if len(files) == 0 {
		return nil
	}
	defer discardAll(files)
	r.progress(StepWrite, "")
	if err := r.ctx.Err(); err != nil {
		return &StepError{File: r.job.Input, Step: StepWrite, Err: err}
	}
	written, err := writeAll(r.job.Input, files)
	r.out.Written = written
	if err == nil {
		return nil
	}
	if len(written) == 0 {
		return &StepError{File: r.job.Input, Step: StepWrite, Err: err}
	}
	r.out.Failed = append(r.out.Failed, &StepError{File: r.job.Input, Step: StepWrite, Err: err})
	return nil
}

func (r *run) progress(step Step, format string) {
	if r.job.Progress != nil {
		r.job.Progress(step, format)
	}
}

// Read does the first step of a job alone, with the same care for faults and
// cancelling.
func Read(ctx context.Context, job Job) (*dataset.Dataset, error) {
	return (&run{ctx: ctx, job: job}).read()
}

func (r *run) read() (*dataset.Dataset, error) {
	var d *dataset.Dataset
	err := r.step(StepRead, "", func() (err error) {
		d, err = r.job.Read(r.job.Input)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}
