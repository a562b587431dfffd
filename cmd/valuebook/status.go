package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
	"valuebook/report/jobs"
	"valuebook/report/jobs/queue"
	monthly "valuebook/report/run"
)

func (p *program) statusCommand() *cli.Command {
	return &cli.Command{
		Name: "status", Usage: p.say("command.status"), Description: p.say("command.status.description"),
		Flags: p.serveFlags(p.switchFlag("json")),
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return fail(exitUsage, "error.no-arguments", dataset.Str("status"))
			}
			status, err := p.lookAround(c)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				return p.printJSON(status)
			}
			p.printStatus(status)
			return nil
		},
	}
}

// lookAround reads what services on the run file's ledger do.
func (p *program) lookAround(c *cli.Context) (jobs.Status, error) {
	file, err := p.openRunFile(c)
	if err != nil {
		return jobs.Status{}, err
	}
	serving, err := file.serving()
	if err != nil {
		return jobs.Status{}, err
	}
	if err := p.speakAs(file); err != nil {
		return jobs.Status{}, err
	}
	book, err := file.existing(c.Context, c.String("store"))
	if err != nil {
		return jobs.Status{}, err
	}
	defer book.Close()
	q, err := queue.New(c.Context, book, queue.Options{Owner: monthly.Owner()})
	if err != nil {
		return jobs.Status{}, err
	}
	now := clockOf(c.Context, book)()
	status, err := jobs.Look(c.Context, book, q, now)
	status.Drops = jobs.LookAtDrops(serving.options.Drops, now)
	return status, err
}

// printStatus prints what runs, what waits, what failed and what comes next.
func (p *program) printStatus(s jobs.Status) {
	p.print(p.say("status.processes"))
	p.printWorkers(s.Workers)
	p.printUnserved(s.Unserved)
	p.printDrops(s.Drops)
	p.part("status.jobs")
	p.printJobs(s.Jobs)
	if len(s.Failed) > 0 {
		p.part("status.failed")
		p.printJobs(s.Failed)
	}
	p.part("status.runs")
	p.printRuns(s.Runs)
	p.printRejected(s.Rejected)
	p.printSchedules(s.Schedules)
	p.printMail(s.Mail)
}

// part begins a part of the status.
func (p *program) part(code string) { p.print("", p.say(code)) }

func (p *program) printWorkers(workers []jobs.Working) {
	for _, w := range workers {
		state := p.say("status.at-work", dataset.N(w.AtWork))
		if w.Missing {
			state = p.say("status.missing")
		}
		if w.Differs {
			state += ", " + p.say("status.differs")
		}
		name := w.Owner
		if w.Reports != "" {
			name += " (" + w.Reports + ")"
		}
		p.print("  " + name + ": " + state)
	}
	if len(workers) == 0 {
		p.print("  " + p.say("status.no-process"))
	}
}

// printUnserved prints what waits and no process takes.
func (p *program) printUnserved(all []jobs.Unserved) {
	if len(all) > 0 {
		p.part("status.unserved")
	}
	for _, one := range all {
		text := p.say("status.unserved-before", dataset.N(one.Jobs))
		if one.Reports != "" {
			text = p.say("status.unserved-reports", dataset.Str(one.Reports), dataset.N(one.Jobs))
		}
		p.print("  " + text)
	}
}

func (p *program) printDrops(drops []jobs.Seen) {
	for _, drop := range drops {
		p.part("status.drops")
		failure := drop.Failure
		if drop.Missing {
			failure = p.say("status.drop-missing")
		}
		p.print("  " + spaced(drop.Path, failure))
		for _, file := range drop.Waiting {
			p.print("    " + file.Name + ": " + p.say("status.why."+string(file.Why)))
		}
	}
}

func (p *program) printRejected(rejected []jobs.Rejected) {
	if len(rejected) > 0 {
		p.part("status.rejected")
	}
	for _, r := range rejected {
		p.print("  "+r.At.Local().Format(time.DateTime)+" "+r.Name, "    "+r.Reason())
	}
}

func (p *program) printSchedules(schedules []jobs.Next) {
	if len(schedules) > 0 {
		p.part("status.schedules")
	}
	for _, one := range schedules {
		p.print("  " + one.Name + ": " + p.say("status.next") + " " + one.Next.Format("2006-01-02 15:04 MST"))
	}
}

func (p *program) printRuns(runs []jobs.Run) {
	for _, run := range runs {
		failure := run.Error
		if failure == "abandoned" {
			failure = p.say("status.abandoned")
		}
		revision := fmt.Sprintf("%s %d: %s", p.say("status.revision"), run.Revision, p.say("status.run."+run.State))
		p.print("  " + spaced(run.Report, run.Period, revision, failure))
		for _, path := range run.Outputs {
			p.print("    " + path)
		}
	}
	if len(runs) == 0 {
		p.print("  " + p.say("status.no-runs"))
	}
}

// spaced joins those texts that are some.
func spaced(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), " ")
}

func (p *program) printJobs(all []jobs.Job) {
	for _, job := range all {
		line := "  " + p.say("status.kind."+job.Kind) + " " + filepath.Base(job.About)
		if job.Owner != "" {
			line += " (" + p.say("status.running") + ")"
		}
		if job.Failure != "" {
			line += ": " + job.Failure
		}
		p.print(line)
	}
	if len(all) == 0 {
		p.print("  " + p.say("status.nothing-waits"))
	}
}

func (p *program) printMail(mail map[string]int) {
	if len(mail) == 0 {
		return
	}
	p.print("", p.say("status.mail"))
	for _, state := range []string{"queued", "sending", "sent", "retry", "held", "unknown", "bounced", "cancelled"} {
		if n := mail[state]; n > 0 {
			p.print(fmt.Sprintf("  %s: %d", p.say("deliver.state."+state), n))
		}
	}
}
