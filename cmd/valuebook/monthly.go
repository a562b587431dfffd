package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	monthly "valuebook/report/run"
)

func (p *program) runCommand() *cli.Command {
	flags := []cli.Flag{p.ownFlag("config", "run-config"), p.settingFlag("period"), p.switchFlag("dry-run"), p.switchFlag("allow-stale"),
		p.ownFlag("redirect", "redirect"), &cli.IntFlag{Name: "sample", Usage: p.say("flag.sample")}, p.ownFlag("today", "today"),
		p.settingFlag("out", "o"), p.settingFlag("format", "f"), p.settingFlag("burst"), p.settingFlag("lang"), p.settingFlag("locale"),
		&cli.StringSliceFlag{Name: "set", Usage: p.say("flag.set")}, p.switchFlag("print-config"), p.switchFlag("json"), p.switchFlag("quiet", "q"), p.switchFlag("no-input")}
	return &cli.Command{
		Name: "run", Usage: p.say("command.run"), ArgsUsage: "[WORKBOOK...]", Description: p.say("command.run.description"), Flags: flags,
		Action: func(c *cli.Context) error {
			file, err := p.openRunFile(c)
			if err != nil {
				return err
			}
			if err := file.check(); err != nil {
				return err
			}
			p.opening = &opening{ctx: c.Context, ask: p.asker(c.Bool("no-input"))}
			if c.Bool("print-config") {
				return file.print(c.Context, c.Args().Slice())
			}
			return p.runMonthly(c, file)
		},
	}
}

// ownFlag returns a flag with a text of its own.
func (p *program) ownFlag(name, text string) cli.Flag {
	return &cli.StringFlag{Name: name, Usage: p.say("flag." + text)}
}

// rehearsal says what is tried out; the zero value is in earnest.
type rehearsal struct {
	dry      bool
	redirect string
	sample   int
}

func (r rehearsal) on() bool { return r.dry || r.redirect != "" }

// rehearsalOf reads the flags of a rehearsal.
func rehearsalOf(c *cli.Context) (rehearsal, error) {
	r := rehearsal{dry: c.Bool("dry-run"), redirect: c.String("redirect"), sample: c.Int("sample")}
	if r.sample < 0 || c.IsSet("sample") && !r.on() {
		return r, fail(exitUsage, "error.sample").withHint("hint.sample")
	}
	if r.redirect != "" {
		if _, err := deliver.ParseAddress(r.redirect); err != nil {
			return r, fail(exitUsage, "error.setting-want", dataset.Str("--redirect"), dataset.Str(r.redirect), dataset.TermOf("want.address"))
		}
	}
	return r, nil
}

// runMonthly makes the report of every input of the run file.
func (p *program) runMonthly(c *cli.Context, file *runFile) error {
	trial, err := rehearsalOf(c)
	if err != nil {
		return err
	}
	inputs, err := file.inputs(c.Args().Slice())
	if err != nil {
		return err
	}
	plans, err := file.plans(inputs)
	if err != nil {
		return err
	}
	book, err := file.openLedger(c.Context, !trial.on())
	if err != nil {
		return err
	}
	if book != nil {
		defer book.Close()
	}
	now := clockOf(c.Context, book)
	var done runTally
	for _, plan := range plans {
		if trial.on() {
			plan.Rehearsal = rehearsalFolder(plan)
		}
		out, err := monthly.Run(c.Context, plan, book, now)
		file.endBars()
		if err == nil && trial.on() {
			err = p.rehearse(c.Context, plan, &out, trial)
		}
		done.add(plan, out, err)
		p.tellRun(plan, out, err, trial, c.Bool("json"))
		if c.Context.Err() != nil {
			break
		}
	}
	if c.Bool("json") {
		if err := p.printJSON(done.document()); err != nil {
			return err
		}
	}
	return done.exit()
}

// plans makes the plan of every input before any work.
func (r *runFile) plans(inputs []string) ([]monthly.Plan, error) {
	var plans []monthly.Plan
	names := map[string]string{}
	for _, input := range inputs {
		plan, err := r.plan(input, len(inputs) > 1)
		if err != nil {
			return nil, err
		}
		if other, ok := names[plan.Report]; ok {
			return nil, fail(exitUsage, "error.run-conflict", dataset.Str(other), dataset.Str(input), dataset.Str(plan.Report)).withHint("hint.run-conflict")
		}
		names[plan.Report] = input
		plans = append(plans, plan)
	}
	return plans, nil
}

// endBars removes what shows the progress.
func (r *runFile) endBars() {
	for _, b := range r.bars {
		b.end()
	}
	r.bars = nil
}

// rehearsalFolder is where a rehearsal puts what the run would make.
func rehearsalFolder(plan monthly.Plan) string {
	return filepath.Join(plan.Names.Root(), rehearsalName(plan.Report+" "+plan.Period))
}

// rehearse writes what would be sent as files, and sends it to one address when
// that is wanted.
func (p *program) rehearse(ctx context.Context, plan monthly.Plan, out *monthly.Outcome, trial rehearsal) error {
	if out.Verdict != monthly.Done || plan.Mail == nil {
		return nil
	}
	all := deliveriesOf(*out)
	if err := p.writeMessages(out.Folder, all, plan.Mail.Server); err != nil {
		return err
	}
	if trial.dry {
		return nil
	}
	sender, err := deliver.NewSender(plan.Mail.Server, deliver.Options{Owner: monthly.Owner()})
	if err != nil {
		return err
	}
	defer sender.Close()
	var messages []ledger.Delivery
	for _, d := range deliver.Sample(all, trial.sample) {
		messages = append(messages, deliver.Redirect(d, trial.redirect))
	}
	outcomes, err := sender.Rehearse(ctx, messages)
	p.tellRehearsed(messages, outcomes, trial)
	for _, o := range outcomes {
		if o.State != ledger.Sent && err == nil {
			err = quietExit(exitPartly)
		}
	}
	return err
}

func deliveriesOf(out monthly.Outcome) []ledger.Delivery {
	var all []ledger.Delivery
	for _, m := range out.Mail {
		all = append(all, m.Delivery)
	}
	return all
}

// writeMessages writes every message as a file that mail programs open, and the
// list of who gets what.
func (p *program) writeMessages(folder string, all []ledger.Delivery, server deliver.Server) error {
	mail := filepath.Join(folder, "messages")
	if err := os.MkdirAll(mail, 0o700); err != nil {
		return err
	}
	for i, d := range all {
		data, err := deliver.EML(d, server)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(mail, messageName(i, d)), data, 0o600); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(filepath.Join(folder, "who-gets-what.csv"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(deliver.WriteTable(f, all, p.words), f.Close())
}
