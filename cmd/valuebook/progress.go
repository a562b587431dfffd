package main

import (
	"path/filepath"

	"github.com/schollz/progressbar/v3"

	"valuebook/report/dataset"
	"valuebook/report/pipeline"
)

// A bar shows how far a job is, on a terminal only. The nil bar is silent.
type bar struct {
	p    *program
	file string
	bar  *progressbar.ProgressBar
}

func (p *program) progress(job pipeline.Job) *bar {
	if p.quiet || !terminal(p.stderr) {
		return &bar{}
	}
	return &bar{p: p, file: filepath.Base(job.Input), bar: progressbar.NewOptions(job.Steps(),
		progressbar.OptionSetWriter(p.stderr),
		progressbar.OptionSetWidth(20),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionUseANSICodes(true),
	)}
}

// step shows what is being done.
func (b *bar) step(step pipeline.Step, format string) {
	if b.bar == nil {
		return
	}
	code := "step." + string(step)
	if format != "" {
		code += "." + format
	}
	b.bar.Describe(printable(b.p.say("progress", dataset.Str(b.file), dataset.TermOf(code))))
	_ = b.bar.Add(1)
}

// part shows how many pages of customers are done: once for every part of a
// hundred, so that the terminal does not cost more than the pages.
func (b *bar) part(done, of int) {
	if b.bar == nil || of == 0 || done != of && done*100/of == (done-1)*100/of {
		return
	}
	b.bar.ChangeMax(of)
	_ = b.bar.Set(done)
}

// end removes the bar.
func (b *bar) end() {
	if b.bar != nil {
		_ = b.bar.Clear()
	}
}
