package main

import (
	"context"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/pipeline"
	monthly "valuebook/report/run"
)

// configCommand prints the reference of all settings; "valuebook help config"
// does the same.
func (p *program) configCommand() *cli.Command {
	return &cli.Command{
		Name: "config", Usage: p.say("command.config"), Description: p.say("command.config.description"),
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return fail(exitUsage, "error.no-arguments", dataset.Str("config"))
			}
			p.print(p.reference()...)
			return nil
		},
	}
}

// reference lists every key of a run file with its meaning and its default.
func (p *program) reference() []string {
	lines := []string{p.say("config.title"), ""}
	entry := func(name, meaning, usual string) {
		text := p.words.Text(dataset.Msg(meaning))
		if usual != "" {
			text = p.say("config.usual", dataset.Str(text), dataset.Str(usual))
		}
		lines = append(lines, "  "+name+strings.Repeat(" ", max(1, 30-len(name)))+text)
	}
	for _, g := range runGroups {
		lines = append(lines, p.words.Term("config.group."+strings.ReplaceAll(orText(g.name, "run"), "_", "-")))
		for _, k := range g.keys {
			meaning := "key." + g.full(k)
			if isSecretPlace(g) {
				meaning = "key.secret." + k.name
			}
			entry(g.full(k), meaning, k.usual)
		}
		lines = append(lines, "")
	}
	lines = append(lines, p.say("config.group.recipients"))
	for _, name := range recipientKeys {
		entry(name, "key.recipient."+name, "")
	}
	lines = append(lines, "", p.say("config.group.schedules"))
	for _, name := range scheduleKeys {
		entry(name, "key.schedule."+name, "")
	}
	lines = append(lines, "", p.say("config.group.report"))
	for _, name := range settingFlags {
		entry(name, "key.flag", "--"+flagOf(name))
	}
	lines = append(lines, "", p.say("config.group.method"))
	for _, s := range analysis.DefaultOptions().List() {
		entry(s.Name, "setting."+s.Name, p.words.Quantity(s.Value))
	}
	return append(lines, "", p.say("config.end"))
}

func isSecretPlace(g runGroup) bool { return len(g.keys) > 0 && &g.keys[0] == &secretKeys[0] }

// print prints every setting of the run with the place that gives it: flags,
// variables, the workbook's own Parameters sheet, the file, and what nobody
// gave.
func (r *runFile) print(ctx context.Context, named []string) error {
	inputs, err := r.inputs(named)
	if err != nil {
		return err
	}
	for i, input := range inputs {
		if i > 0 {
			r.p.print("")
		}
		if err := r.printFor(ctx, input); err != nil {
			return err
		}
	}
	return nil
}

func (r *runFile) printFor(ctx context.Context, input string) error {
	t, err := r.taskFor(input, monthly.Order{})
	if err != nil {
		return err
	}
	period, err := r.period(input, t.reading)
	if err != nil {
		return err
	}
	if t, err = r.taskFor(input, monthly.Order{Period: period}); err != nil {
		return err
	}
	if _, err := pipeline.Read(ctx, t.job()); err != nil { // its Parameters sheet gives settings too
		return err
	}
	r.p.print(input)
	given := map[string]bool{}
	for _, entry := range t.settings.List() {
		if entry.Value == "" {
			continue
		}
		given[entry.Name] = true
		r.p.print("  " + r.p.say("config.entry", dataset.Str(entry.Name), dataset.Str(entry.Value), dataset.Str(entry.Place)))
	}
	r.printSecrets()
	for _, g := range runGroups {
		for _, k := range g.keys {
			if name := g.full(k); !given[name] && k.usual != "" {
				r.p.print("  " + r.p.say("config.entry", dataset.Str(name), dataset.Str(k.usual), dataset.TermOf("config.default")))
			}
		}
	}
	for _, s := range analysis.DefaultOptions().List() {
		if !given[s.Name] && s.Default {
			r.p.print("  " + r.p.say("config.entry", dataset.Str(s.Name), s.Value, dataset.TermOf("config.default")))
		}
	}
	return nil
}

// printSecrets says where secrets come from, and never what they are.
func (r *runFile) printSecrets() {
	mail := r.mail()
	for _, name := range []string{"secret", "oauth.client_secret", "oauth.refresh_token"} {
		source := mail.secret(name)
		place := orText(source.Variable, orText(source.File, source.Keyring))
		if place != "" {
			r.p.print("  " + r.p.say("config.entry", dataset.Str(mailKey(name)), dataset.Str(deliver.NewSecret("").String()), dataset.Str(place)))
		}
	}
}
