package main

import (
	"errors"
	"io/fs"
	"strconv"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
	"valuebook/report/ledger"
)

func (p *program) historyCommand() *cli.Command {
	return &cli.Command{
		Name: "history", Usage: p.say("command.history"), ArgsUsage: "[REPORT]", Description: p.say("command.history.description"),
		Flags: []cli.Flag{p.ownFlag("config", "run-config"), p.ownFlag("backup", "backup"), p.switchFlag("json"), p.switchFlag("quiet", "q")},
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return fail(exitUsage, "error.history-arguments").withHint("hint.help-command", dataset.Str("history"))
			}
			_, book, err := p.openHistory(c)
			if err != nil {
				return err
			}
			defer book.Close()
			if path := c.String("backup"); path != "" {
				return p.backUp(c, book, path)
			}
			return p.history(c, book)
		},
	}
}

// backUp copies the history, as it is now, into a new file: a plain copy of a
// file in use may lack the last changes.
func (p *program) backUp(c *cli.Context, book *ledger.Ledger, path string) error {
	err := book.Backup(c.Context, path)
	switch {
	case errors.Is(err, ledger.ErrNotSQLite):
		return fail(exitUsage, "error.backup-database").because(err)
	case errors.Is(err, fs.ErrExist):
		return fail(exitFailure, "error.backup-exists", dataset.Str(path)).because(err)
	case err != nil:
		return fail(exitFailure, "error.backup", dataset.Str(path), dataset.Str(err.Error())).because(err)
	}
	if !p.quiet {
		p.print("", p.say("history.backup", dataset.Str(path)))
	}
	return nil
}

// historyLine is one run for programs.
type historyLine struct {
	ID       int64          `json:"run"`
	Report   string         `json:"report"`
	Period   string         `json:"period,omitempty"`
	Revision int            `json:"revision"`
	Current  bool           `json:"current"`
	State    string         `json:"state"`
	Error    string         `json:"error,omitempty"`
	Started  string         `json:"started"`
	Input    string         `json:"input_sha256"`
	Messages map[string]int `json:"messages,omitempty"`
}

// history lists the runs of a report, the latest first.
func (p *program) history(c *cli.Context, book *ledger.Ledger) error {
	filter := ledger.RunFilter{Report: c.Args().First()}
	runs, err := book.Runs(c.Context, filter)
	if err != nil {
		return err
	}
	filter.Current = true
	current, err := book.Runs(c.Context, filter)
	if err != nil {
		return err
	}
	counts := map[int64]bool{}
	for _, run := range current {
		counts[run.ID] = true
	}
	lines := []historyLine{}
	for _, run := range runs {
		messages, err := book.Counts(c.Context, run.ID)
		if err != nil {
			return err
		}
		line := historyLine{ID: run.ID, Report: run.Report, Period: run.Period, Revision: run.Revision, Current: counts[run.ID], State: string(run.State),
			Error: run.Error, Started: run.StartedAt.UTC().Format("2006-01-02T15:04:05Z"), Input: run.InputSHA256, Messages: map[string]int{}}
		for state, n := range messages {
			line.Messages[string(state)] = n
		}
		lines = append(lines, line)
	}
	if c.Bool("json") {
		return p.printJSON(struct {
			Runs []historyLine `json:"runs"`
		}{lines})
	}
	p.printHistory(lines)
	return nil
}

func (p *program) printHistory(lines []historyLine) {
	if len(lines) == 0 {
		p.print(p.say("history.empty"))
		return
	}
	header := []string{p.say("outbox.field.report"), p.say("outbox.column.period"), p.say("outbox.field.revision"), p.say("deliver.column.state"),
		p.say("history.column.started"), p.say("history.column.messages"), p.say("outbox.column.why")}
	var rows [][]string
	for _, line := range lines {
		state := p.words.Term("history.state." + line.State)
		if line.State == string(ledger.RunDone) && !line.Current {
			state = p.say("history.replaced")
		}
		var all []ledger.Delivery
		for _, s := range allStates {
			for range line.Messages[string(s)] {
				all = append(all, ledger.Delivery{State: s})
			}
		}
		rows = append(rows, []string{line.Report, line.Period, strconv.Itoa(line.Revision), state, line.Started[:10] + " " + line.Started[11:16], p.tallyOf(all), line.Error})
	}
	p.printTable(header, rows)
}
