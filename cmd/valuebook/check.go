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
		Flags:       p.readingFlags(),
		Action: func(c *cli.Context) error {
			tasks, err := p.tasks(c, c.Args().Slice())
			if err != nil {
				return err
			}
			return p.check(c.Context, tasks, c.Bool("json"))
		},
	}
}

// check reads every workbook, prints receipts and findings, writes nothing.
func (p *program) check(ctx context.Context, tasks []*task, document bool) error {
	var reports []*report.Report
	var words []*wording.Writer
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
	}
	if document {
		if err := jsondoc.RenderAll(p.stdout, reports, words); err != nil {
			return err
		}
	}
	switch {
	case failed != exitDone:
		return quietExit(failed)
	case stopped:
		return quietExit(exitStopped)
	}
	return nil
}
