package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/jobs/install"
)

// scheduleActions are the words after "schedule", the first without any.
var scheduleActions = []string{"list", "install", "status", "remove"}

func (p *program) scheduleCommand() *cli.Command {
	return &cli.Command{
		Name: "schedule", Usage: p.say("command.schedule"), ArgsUsage: strings.Join(scheduleActions, "|"), Description: p.say("command.schedule.description"),
		Flags: []cli.Flag{p.ownFlag("config", "run-config"), p.ownFlag("name", "schedule-name"), p.switchFlag("dry-run"), p.ownFlag("today", "today"), p.switchFlag("quiet", "q")},
		Action: func(c *cli.Context) error {
			action := orText(c.Args().First(), scheduleActions[0])
			if c.NArg() > 1 || !slices.Contains(scheduleActions, action) {
				f := fail(exitUsage, "error.schedule-action", dataset.Str(strings.Join(c.Args().Slice(), " ")))
				if nearest := config.Nearest(action, scheduleActions); nearest != "" && c.NArg() == 1 {
					return f.withHint("hint.did-you-mean", dataset.Str("valuebook schedule "+nearest))
				}
				return f.withHint("hint.one-of", dataset.List(scheduleActions...))
			}
			file, err := p.openRunFile(c)
			if err != nil {
				return err
			}
			if action == "list" {
				return p.listSchedules(file)
			}
			return p.systemSchedule(c, file, action)
		},
	}
}

// shownTimes is how many coming times of a schedule are listed.
const shownTimes = 5

// listSchedules prints when the schedules of a run file are due next.
func (p *program) listSchedules(file *runFile) error {
	serving, err := file.serving()
	if err != nil {
		return err
	}
	if len(serving.options.Schedules) == 0 {
		p.print(p.say("status.no-schedules"))
	}
	for _, one := range serving.options.Schedules {
		p.print(one.Name + ": " + one.Rule)
		times, err := one.Coming(file.today, shownTimes)
		if err != nil {
			return err
		}
		for _, at := range times {
			p.print("  " + at.Format("Mon 2006-01-02 15:04 MST"))
		}
	}
	return nil
}

// systemSchedule installs, shows or removes the start by the operating system.
func (p *program) systemSchedule(c *cli.Context, file *runFile, action string) error {
	plan, err := p.systemPlan(file, c.String("name"))
	if err != nil {
		return err
	}
	switch {
	case action == "install" && c.Bool("dry-run"):
		for _, f := range plan.Files {
			p.print(f.Path)
			for line := range strings.Lines(f.Text()) {
				p.print(strings.TrimRight("    "+line, " \r\n"))
			}
		}
		for _, command := range plan.Enable {
			p.print("  " + strings.Join(command, " "))
		}
		return nil
	case action == "install":
		if err := plan.Apply(c.Context, install.System); err != nil {
			return fail(exitFailure, "error.schedule-system", dataset.Str(err.Error())).because(err)
		}
		p.print(p.say("schedule.installed"), p.say("schedule.note."+runtime.GOOS))
	case action == "remove":
		gone, err := plan.Remove(c.Context, install.System)
		if err != nil {
			return fail(exitFailure, "error.schedule-system", dataset.Str(err.Error())).because(err)
		}
		if !gone {
			p.print(p.say("schedule.not-installed"))
			return nil
		}
		p.print(p.say("schedule.removed"))
	default:
		text, err := install.System(c.Context, plan.Status)
		if err != nil && !plan.Installed() {
			p.print(p.say("schedule.not-installed"))
			return nil
		}
		p.print(text)
		return err
	}
	return nil
}

// systemPlan says what the operating system is to start.
func (p *program) systemPlan(file *runFile, name string) (install.Plan, error) {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return install.Plan{}, fail(exitUsage, "error.schedule-name", dataset.Str(name))
	}
	program, err := os.Executable()
	if err != nil {
		return install.Plan{}, err
	}
	path, err := filepath.Abs(file.path)
	if err != nil {
		return install.Plan{}, err
	}
	home, homeless := os.UserHomeDir()
	settings, err := os.UserConfigDir()
	if err := errors.Join(homeless, err); err != nil && runtime.GOOS != "windows" { // there neither is needed
		return install.Plan{}, err
	}
	where := install.Home{Config: settings, Home: home, Temporary: os.TempDir(), UID: strconv.Itoa(os.Getuid())}
	plan, err := install.For(runtime.GOOS, where, install.Task{Name: name, Program: program, Config: path, Folder: filepath.Dir(path)})
	if err != nil {
		return plan, fail(exitFailure, "error.schedule-system", dataset.Str(err.Error())).because(err)
	}
	return plan, nil
}
