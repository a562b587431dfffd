package main

import (
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
)

// arrange puts the arguments into the order that the flag parser understands:
// program, command, flags, "--", everything else. Flags may stand anywhere; a
// file name without a command means report; a name that nobody knows is
// refused with the nearest one.
func arrange(app *cli.App, args []string) ([]string, error) {
	if len(args) < 2 {
		return args, nil
	}
	flags, rest, err := split(app, args[1:])
	if err != nil {
		return nil, err
	}
	wantsHelp := slices.ContainsFunc(flags, func(f given) bool { return f.name == "help" })
	if len(rest) == 0 {
		switch {
		case wantsHelp:
			return []string{args[0], "--help"}, nil
		case slices.ContainsFunc(flags, func(f given) bool { return f.name == "version" }):
			return []string{args[0], "version"}, nil
		case len(flags) == 0:
			return args[:1], nil
		}
	}
	command, files, err := commandOf(app, rest)
	if err != nil {
		return nil, err
	}
	if wantsHelp && command.Name != "help" {
		return []string{args[0], command.Name, "--help"}, nil
	}
	arranged := []string{args[0], command.Name}
	for _, f := range flags {
		if !has(command, f.name) {
			return nil, fail(exitUsage, "error.flag-command", dataset.Str(f.written), dataset.Str(command.Name)).
				withHint("hint.help-command", dataset.Str(command.Name))
		}
		arranged = append(arranged, f.arguments()...)
	}
	if command.Name == "help" {
		return append(arranged, files...), nil
	}
	return append(append(arranged, "--"), files...), nil
}

// given is one flag as it stood on the command line.
type given struct {
	name     string // without hyphens
	written  string // as the user wrote it
	value    string
	hasValue bool
}

func (g given) arguments() []string {
	if g.hasValue {
		return []string{"--" + g.name + "=" + g.value}
	}
	return []string{"--" + g.name}
}

// split tells flags, with their values, from everything else. After "--"
// everything is a name.
func split(app *cli.App, args []string) (flags []given, rest []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return flags, append(rest, args[i+1:]...), nil
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		name = plainHyphens(name)
		flag := find(app, name)
		if flag == nil {
			return nil, nil, unknownFlag(app, arg, name)
		}
		f := given{name: flag.Names()[0], written: arg, value: value, hasValue: hasValue}
		if _, isSwitch := flag.(*cli.BoolFlag); !isSwitch && !hasValue {
			if i+1 == len(args) {
				return nil, nil, fail(exitUsage, "error.flag-needs-value", dataset.Str(arg)).withHint("hint.help")
			}
			i++
			f.value, f.hasValue = args[i], true
		}
		flags = append(flags, f)
	}
	return flags, rest, nil
}

// plainHyphens accepts as_of for as-of.
func plainHyphens(name string) string { return strings.ReplaceAll(name, "_", "-") }

// find returns the flag of a name in any command.
func find(app *cli.App, name string) cli.Flag {
	for _, flag := range everyFlag(app) {
		if slices.Contains(flag.Names(), name) {
			return flag
		}
	}
	return nil
}

// everyFlag lists the flags of all commands, and help and version.
func everyFlag(app *cli.App) []cli.Flag {
	all := []cli.Flag{
		&cli.BoolFlag{Name: "help", Aliases: []string{"h"}},
		&cli.BoolFlag{Name: "version", Aliases: []string{"V"}},
	}
	for _, command := range app.Commands {
		all = append(all, command.Flags...)
	}
	return all
}

func has(command *cli.Command, name string) bool {
	return slices.ContainsFunc(command.Flags, func(flag cli.Flag) bool { return slices.Contains(flag.Names(), name) })
}

func unknownFlag(app *cli.App, written, name string) error {
	f := fail(exitUsage, "error.flag-unknown", dataset.Str(written))
	var names []string
	for _, flag := range everyFlag(app) {
		names = append(names, flag.Names()[0])
	}
	if nearest := config.Nearest(name, names); nearest != "" {
		return f.withHint("hint.did-you-mean", dataset.Str("--"+nearest))
	}
	return f.withHint("hint.help")
}

// commandOf finds the command among the names: the first name, or report when
// that is a file.
func commandOf(app *cli.App, rest []string) (*cli.Command, []string, error) {
	if len(rest) == 0 {
		return app.Command("report"), nil, nil
	}
	if len(rest) == 2 && rest[0] == "help" && rest[1] == "config" { // a reference, longer than a help
		return app.Command("config"), nil, nil
	}
	if rest[0] == "help" || rest[0] == "h" {
		return &cli.Command{Name: "help"}, rest[1:], nil
	}
	if command := app.Command(rest[0]); command != nil {
		return command, rest[1:], nil
	}
	if looksLikeFile(rest[0]) {
		return app.Command("report"), rest, nil
	}
	f := fail(exitUsage, "error.command-unknown", dataset.Str(rest[0]))
	if nearest := config.Nearest(rest[0], commandNames(app)); nearest != "" {
		return nil, nil, f.withHint("hint.did-you-mean", dataset.Str("valuebook "+nearest))
	}
	return nil, nil, f.withHint("hint.help")
}

// looksLikeFile tells a file from a mistyped command: it is there, or its name
// has an ending or a folder.
func looksLikeFile(name string) bool {
	if _, err := os.Stat(name); err == nil {
		return true
	}
	return strings.ContainsAny(name, `./\`)
}

func commandNames(app *cli.App) []string {
	var names []string
	for _, command := range app.Commands {
		names = append(names, command.Name)
	}
	return append(names, "help")
}
