package main

import (
	"embed"
	"slices"
	"strings"
	"text/template"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
)

//go:embed completion/*.tmpl
var completionScripts embed.FS

var shells = []string{"bash", "zsh", "fish", "powershell"}

func (p *program) completionCommand() *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: p.say("command.completion"), ArgsUsage: strings.Join(shells, "|"),
		Description: p.say("command.completion.description"),
		Action: func(c *cli.Context) error {
			shell := c.Args().First()
			if c.NArg() != 1 {
				return fail(exitUsage, "error.completion-arguments").withHint("hint.shells", dataset.List(shells...))
			}
			if !slices.Contains(shells, shell) {
				return unknownShell(shell)
			}
			return p.completion(c.App, shell)
		},
	}
}

func unknownShell(shell string) error {
	f := fail(exitUsage, "error.shell", dataset.Str(shell))
	if nearest := config.Nearest(shell, shells); nearest != "" {
		return f.withHint("hint.did-you-mean", dataset.Str("valuebook completion "+nearest))
	}
	return f.withHint("hint.shells", dataset.List(shells...))
}

// completable is a command as the scripts need it.
type completable struct {
	Name  string
	Usage string
	Flags []completableFlag
	Files bool // takes file names
	Words []string
}

type completableFlag struct {
	Name  string // without hyphens
	Usage string
	Value bool
}

// completion writes the script of a shell, made from the commands themselves.
func (p *program) completion(app *cli.App, shell string) error {
	script, err := template.New(shell+".tmpl").Funcs(template.FuncMap{
		"quote": func(s string) string { return strings.ReplaceAll(s, "'", "") },
		"ident": func(s string) string { return strings.ReplaceAll(s, "-", "_") },
	}).ParseFS(completionScripts, "completion/"+shell+".tmpl")
	if err != nil {
		return err
	}
	return script.Execute(p.stdout, completables(app))
}

func completables(app *cli.App) []completable {
	var all []completable
	for _, command := range app.Commands {
		if command.Name == "help" {
			continue
		}
		one := completable{Name: command.Name, Usage: command.Usage, Files: strings.Contains(command.ArgsUsage, "WORKBOOK") || command.Name == "init"}
		switch command.Name {
		case "completion":
			one.Words = shells
		case "outbox":
			one.Words = outboxActions
		}
		for _, flag := range command.Flags {
			name := flag.Names()[0]
			_, isSwitch := flag.(*cli.BoolFlag)
			if name != "help" {
				one.Flags = append(one.Flags, completableFlag{Name: name, Usage: usageOf(flag), Value: !isSwitch})
			}
		}
		all = append(all, one)
	}
	return all
}

func usageOf(flag cli.Flag) string {
	if documented, ok := flag.(cli.DocGenerationFlag); ok {
		return documented.GetUsage()
	}
	return ""
}
