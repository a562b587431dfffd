package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
	"valuebook/report/pipeline"
	"valuebook/report/sheets"
	"valuebook/samples"
	"valuebook/templates"
)

// starterName is the starter workbook's name when only a folder is given.
const starterName = "starter.xlsx"

func (p *program) initCommand() *cli.Command {
	return &cli.Command{
		Name: "init", Usage: p.say("command.init"), ArgsUsage: "[PATH]",
		Description: p.say("command.init.description"),
		Flags:       append([]cli.Flag{&cli.StringFlag{Name: "from", Usage: p.say("flag.from")}, p.switchFlag("force")}, p.readingFlags()...),
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return fail(exitUsage, "error.init-arguments").withHint("hint.help-command", dataset.Str("init"))
			}
			if workbook := c.String("from"); workbook != "" {
				return p.initFrom(c, workbook)
			}
			p.quiet = c.Bool("quiet")
			return p.init(c.Args().First(), c.String("templates"), c.Bool("force"))
		},
	}
}

// init writes the starter workbook to a new file.
func (p *program) init(path, overlay string, force bool) error {
	target := starterPath(path)
	if _, err := os.Lstat(target); err == nil && !force {
		return fail(exitFailure, "error.exists", dataset.Str(target)).withHint("hint.exists")
	}
	definition, err := templates.Read("starter.yaml", overlayOf(overlay))
	if err != nil {
		return err
	}
	plan, err := samples.Starter(definition)
	if err != nil {
		return err
	}
	var data bytes.Buffer
	if err := sheets.Write(&data, plan); err != nil {
		return err
	}
	if err := pipeline.WriteFile(target, data.Bytes()); err != nil {
		return fail(exitFailure, "error.write", dataset.Str(target), dataset.Str(plainError(err))).because(err)
	}
	if !p.quiet {
		p.print(target, p.say("init.next", dataset.Str(target)))
	}
	return nil
}

// starterPath is a file: the name itself, starter.xlsx in a folder, and .xlsx
// added where the name has no ending of a workbook.
func starterPath(path string) string {
	if info, err := os.Stat(path); path == "" || strings.HasSuffix(path, string(filepath.Separator)) || err == nil && info.IsDir() {
		return filepath.Join(path, starterName)
	}
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return path + ".xlsx"
	}
	return path
}
