package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
)

// made is all that was rendered and checked, with the names it will get.
type made struct {
	languages []edition // the report's own first
	parts     []deliver.Part
	formats   []string
}

// An edition is the report in one language.
type edition struct {
	language string // "" = the report's own
	outcome  pipeline.Outcome
	files    []output
}

// An output is one file on its way to its name.
type output struct {
	format   string // "xlsx", "pdf", "json", "pages", "book"
	part     string // key of the part, "" for the whole report
	name     string // of the part, for people
	staged   string
	final    string
	sha256   string
	content  string // hash before a password was put on
	bytes    int64
	attached string // name as an attachment, "" = that of the file
	kept     bool   // a copy is where the plan wants it
	sealed   string // variable of the recipient whose password it has, "" for the general one or none
}

func (m *made) own() pipeline.Outcome { return m.languages[0].outcome }

// artifacts lists the files as the ledger keeps them.
func (m *made) artifacts() []ledger.Artifact {
	var all []ledger.Artifact
	for _, e := range m.languages {
		for _, f := range e.files {
			all = append(all, ledger.Artifact{Kind: kindOf(f.format), Part: f.part, Path: f.final, SHA256: f.sha256, ContentSHA256: f.content, Bytes: f.bytes})
		}
	}
	return all
}

// ErrChanged is returned when the input changes while it is read.
var ErrChanged = errors.New("the input changed while it was read")

// kindOf is the kind of an artifact: a page is one of many.
func kindOf(format string) string {
	if format == pipeline.FormatPages {
		return "page"
	}
	return format
}

// renderAll renders the report in every language that a recipient wants, and
// opens every file again.
func (r *runner) renderAll(ctx context.Context) (*made, error) {
	m := &made{}
	for i, language := range r.languages() {
		e, err := r.render(ctx, language)
		if err != nil || r.out.Verdict == Stopped {
			return nil, err
		}
		m.languages = append(m.languages, *e)
		if i == 0 {
			r.out.Made = e.outcome
		}
	}
	m.parts, m.formats = r.partsOf(m.languages[0])
	for _, e := range m.languages {
		for _, f := range e.files {
			r.stage.moves = append(r.stage.moves, moved{From: f.staged, To: f.final, kept: f.kept})
		}
	}
	return m, nil
}

// languages are those of the recipients, the report's own first.
func (r *runner) languages() []string {
	all := []string{""}
	if r.plan.Mail == nil {
		return all
	}
	for _, recipient := range r.plan.Mail.Recipients {
		language := strings.ToLower(recipient.Language)
		known := len(r.plan.Mail.Rules.Languages) == 0 || slices.Contains(r.plan.Mail.Rules.Languages, language)
		if known && !slices.Contains(all, language) {
			all = append(all, language)
		}
	}
	slices.Sort(all[1:])
	return all
}

// secrets reports whether some recipient's files have a password of their own.
func (r *runner) secrets() bool {
	return r.plan.Mail != nil && slices.ContainsFunc(r.plan.Mail.Recipients, func(one dataset.Recipient) bool { return one.PasswordVariable != "" })
}

// render makes the edition of a language in the staging folder.
func (r *runner) render(ctx context.Context, language string) (*edition, error) {
	making, job := *r.first, r.first.Job
	job.Read = func(string) (*dataset.Dataset, error) { return r.data, nil } // it was read already
	if language != "" {
		order := r.order
		order.Language = language
		var err error
		if making, err = r.plan.Make(order); err != nil {
			return nil, err
		}
		job = making.Job
	}
	if making.Recall != nil {
		making.Recall(r.earlier, r.trend)
	}
	job.Targets = targets(job, filepath.Join(r.stage.folder, language), r.stem())
	others := r.split(ctx, making, language)
	defer others.stop()
	out, err := pipeline.Run(ctx, job)
	if err != nil {
		return nil, err
	}
	if out.Dataset != nil && out.Dataset.Receipt.SHA256 != r.input.SHA256 {
		return nil, ErrChanged
	}
	if out.Stopped {
		r.out.Verdict, r.out.Made = Stopped, out
		return nil, nil
	}
	if len(out.Failed) > 0 {
		return nil, errors.Join(out.Failed...)
	}
	if !others.begun() {
		e := &edition{language: language, outcome: out}
		return e, r.collect(e, making)
	}
	if err := others.fetch(ctx, &out, job.Targets[pipeline.FormatPages]); err != nil {
		return nil, err
	}
	e := &edition{language: language, outcome: out}
	if err := r.collect(e, making); err != nil {
		return nil, err
	}
	return e, others.note(e.files)
}

// stem is the name of the outputs without ending.
func (r *runner) stem() string {
	return r.plan.Names.stem(r.out.Run.Report, r.plan.Period, r.out.Run.Revision, r.plan.Input)
}

// collect opens the files of an edition again and notes where they will go.
func (r *runner) collect(e *edition, making Making) error {
	for _, w := range e.outcome.Written {
		f := output{format: w.Format, part: partKey(w), name: w.Part, staged: w.Path, sealed: anyPassword}
		if info, err := os.Stat(w.Path); err == nil {
			f.bytes = info.Size()
		}
		e.files = append(e.files, f)
	}
	if r.secrets() {
		if err := r.sealAll(e, making); err != nil {
			return err
		}
	}
	for i := range e.files {
		f := &e.files[i]
		sum, size, err := checkFile(f.staged)
		if err != nil {
			return &BrokenError{Path: filepath.Base(f.staged), Err: err}
		}
		f.sha256, f.bytes = sum, size
		if f.content == "" && making.Content != nil {
			f.content = making.Content(sum)
		}
		if f.content == "" {
			f.content = sum
		}
		relative, err := filepath.Rel(r.stage.folder, f.staged)
		if err != nil {
			return err
		}
		f.final = filepath.Join(r.stage.final, relative)
	}
	for i := range e.outcome.Written {
		w := &e.outcome.Written[i]
		if relative, err := filepath.Rel(r.stage.folder, w.Path); err == nil {
			w.Path = filepath.Join(r.stage.final, relative)
		}
	}
	return nil
}

// partKey is the key of the part that a file is about: an ID where there is
// one, for names may be shared.
func partKey(w pipeline.Written) string {
	if w.ID != "" {
		return w.ID
	}
	return w.Part
}

// targets are the places of the outputs in a folder.
func targets(job pipeline.Job, folder, stem string) pipeline.Targets {
	t := pipeline.Targets{}
	add := func(format string) {
		t[format] = pipeline.TargetIn(folder, stem, format, job.Input)
	}
	for _, renderer := range job.Renderers {
		add(renderer.Format())
	}
	if len(job.Galleries) > 0 {
		add(pipeline.FormatCharts)
	}
	if job.Burst != nil {
		job.Burst.Stem = stem
		if job.Burst.Book {
			add(pipeline.FormatBook)
		} else {
			add(pipeline.FormatPages)
		}
	}
	return t
}
