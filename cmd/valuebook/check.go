package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/jsondoc"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
)

func (p *program) checkCommand() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: p.say("command.check"), ArgsUsage: "WORKBOOK...",
		Description: p.say("command.check.description"),
		Flags:       append([]cli.Flag{p.switchFlag("fix-list"), p.settingFlag("out", "o")}, append(p.readingFlags(), p.switchFlag("print-config"))...),
		Action: func(c *cli.Context) error {
			if c.IsSet("out") && !c.Bool("fix-list") {
				return fail(exitUsage, "error.out-alone").withHint("hint.out-alone")
			}
			tasks, err := p.tasks(c, c.Args().Slice())
			if err != nil {
				return err
			}
			if c.Bool("print-config") {
				return p.printConfig(c.Context, tasks)
			}
			var targets []pipeline.Targets
			if c.Bool("fix-list") {
				if targets, err = fixTargets(tasks); err != nil {
					return err
				}
			}
			return p.check(c.Context, tasks, targets, c.Bool("json"))
		},
	}
}

// check reads every workbook and prints receipts and findings. It writes nothing
// but the fix lists, where targets says where they go.
func (p *program) check(ctx context.Context, tasks []*task, targets []pipeline.Targets, document bool) error {
	var reports []*report.Report
	var words []*wording.Writer
	var fixes fixTally
	failed, stopped := exitDone, false
	for i, t := range tasks {
		d, err := pipeline.Read(ctx, t.job())
		if err != nil {
			p.printError(err)
			failed = max(failed, exitCode(err))
			continue
		}
		stopped = stopped || dataset.Stopped(d.Findings)
		reports, words = append(reports, bare(d)), append(words, t.words)
		if !document {
			if i > 0 {
				p.print("")
			}
			p.printReceipt(d)
		}
		if targets != nil {
			p.fixList(ctx, t, d, targets[i][pipeline.FormatFixes], &fixes, document)
		}
	}
	if document {
		if err := jsondoc.RenderAll(p.stdout, reports, words, fixes.files...); err != nil {
			return err
		}
	}
	switch {
	case fixes.failed && len(fixes.files) > 0:
		return quietExit(exitPartly)
	case fixes.failed:
		return quietExit(max(failed, exitFailure))
	case failed != exitDone:
		return quietExit(failed)
	case stopped:
		return quietExit(exitStopped)
	}
	return nil
}

// printConfig prints every setting that is given for each workbook, with the place that gives it.
func (p *program) printConfig(ctx context.Context, tasks []*task) error {
	failed := exitDone
	for _, t := range tasks {
		if _, err := pipeline.Read(ctx, t.job()); err != nil { // its Parameters sheet gives settings too
			p.printError(err)
			failed = max(failed, exitCode(err))
			continue
		}
		p.print(t.input)
		for _, entry := range t.settings.List() {
			p.print("  " + p.say("config.entry", dataset.Str(entry.Name), dataset.Str(entry.Value), dataset.Str(entry.Place)))
		}
		for _, a := range t.mapping.Attributes {
			p.print("  " + p.say("config.mapped", dataset.Str(a.Name), dataset.Str(a.From)))
		}
		for _, m := range t.mapping.Tables {
			p.print("  " + p.say("config.mapped", dataset.Str(m.Sheet), dataset.Str(m.From)))
		}
	}
	if failed != exitDone {
		return quietExit(failed)
	}
	return nil
}
