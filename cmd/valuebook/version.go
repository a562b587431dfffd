package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
)

// shownModules are the libraries whose version changes what is written.
var shownModules = []string{
	"github.com/xuri/excelize/v2", "github.com/go-pdf/fpdf", "github.com/wcharczuk/go-chart/v2", "github.com/urfave/cli/v2",
}

func (p *program) versionCommand() *cli.Command {
	return &cli.Command{
		Name: "version", Usage: p.say("command.version"),
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return fail(exitUsage, "error.no-arguments", dataset.Str("version"))
			}
			p.print(versionLines()...)
			return nil
		},
	}
}

// versionLines are module and version, commit, Go, and the libraries.
func versionLines() []string {
	lines := []string{"valuebook " + moduleVersion()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return lines
	}
	if revision := setting(info, "vcs.revision"); revision != "" {
		line := "commit " + revision
		if setting(info, "vcs.modified") == "true" {
			line += " (modified)"
		}
		lines = append(lines, line)
	}
	lines = append(lines, strings.Join([]string{info.GoVersion, runtime.GOOS + "/" + runtime.GOARCH}, " "))
	for _, path := range shownModules {
		for _, dependency := range info.Deps {
			if dependency.Path == path {
				lines = append(lines, path+" "+dependency.Version)
			}
		}
	}
	return lines
}

// moduleVersion is the version of the build: a tag, or "devel".
func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "devel"
	}
	return strings.Trim(info.Main.Version, "()")
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
