package main

import (
	"context"
	"os"

	"valuebook/report/annotate"
	"valuebook/report/dataset"
	"valuebook/report/jsondoc"
	"valuebook/report/pipeline"
)

// fixTargets plans where the fix lists go before any work.
func fixTargets(tasks []*task) ([]pipeline.Targets, error) {
	var requests []pipeline.Request
	for _, t := range tasks {
		out := t.settings.Value("out")
		if info, err := os.Stat(out); out != "" && err == nil && !info.IsDir() {
			return nil, fail(exitUsage, "error.out", dataset.Str(out))
		}
		requests = append(requests, pipeline.Request{Input: t.input, Out: out, Formats: []string{pipeline.FormatFixes}})
	}
	return pipeline.Plan(requests)
}

// fixTally says what became of the fix lists.
type fixTally struct {
	files  []jsondoc.File
	failed bool
}

// fixList writes the user's own workbook with marks at what is to be mended.
func (p *program) fixList(ctx context.Context, t *task, d *dataset.Dataset, target string, tally *fixTally, document bool) {
	if d.Receipt.Format == "" { // no table was found that could be given back
		p.warn("warning.no-fix-list", dataset.Str(t.input))
		return
	}
	var data []byte
	var findings []dataset.Finding
	err := pipeline.Make(ctx, t.input, pipeline.FormatFixes, func() (err error) {
		data, findings, err = t.fixes(d)
		return err
	})
	var written pipeline.Written
	if err == nil {
		written, err = pipeline.Deliver(t.input, pipeline.FormatFixes, target, data)
	}
	if err != nil {
		p.printError(err)
		tally.failed = true
		return
	}
	for _, f := range findings {
		if !p.quiet {
			p.printFinding(f)
		}
	}
	if written.Moved != "" {
		p.warn("warning.moved-"+written.Moved, dataset.Str(written.Path))
	}
	tally.files = append(tally.files, jsondoc.File{Input: t.input, Format: written.Format, Path: written.Path})
	if !document {
		p.print("", p.say("fixlist.written", dataset.Str(written.Path), dataset.N(marked(d))))
	}
}

// fixes makes the fix list of a workbook.
func (t *task) fixes(d *dataset.Dataset) ([]byte, []dataset.Finding, error) {
	file, err := t.whole(t.input, d.Receipt)
	if err != nil {
		return nil, nil, err
	}
	data, findings, err := annotate.FixList(file.data, file.ending, d, t.words)
	if err == nil {
		data, err = file.lock(data)
	}
	return data, findings, err
}

// marked counts the findings that a fix list marks.
func marked(d *dataset.Dataset) int {
	n := 0
	for _, f := range d.Findings {
		if f.Severity >= dataset.Warning {
			n += max(f.Count, 1)
		}
	}
	return n
}
