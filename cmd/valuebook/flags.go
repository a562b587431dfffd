package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/workbook"
)

// settingFlags are the flags that are settings as well; a flag is the
// setting's name with hyphens.
var settingFlags = []string{
	"out", "format", "as_of", "period", "sheet", "header_row", "decimal", "date_order", "encoding", "convert", "axes", "own", "locale", "lang", "templates", "paper", "font",
	"company", "title", "before", "thresholds_now", "burst", "burst_file", "burst_name", "burst_names", "draft", "attach", "pdf_allow", "sections",
}

// switches are those of them that are on or off.
var switches = []string{"draft", "thresholds_now"}

// measures are the names of axes, for threshold.MEASURE.
var measures = []string{"firm-value", "perceived-value", "match", "relative", "benefits", "costs"}

// knownSettings are the names that a file, a variable or the Parameters sheet
// may set.
func knownSettings() config.Known {
	known := config.Known{
		Names:    append([]string{}, settingFlags...),
		Prefixes: []string{"class_name.", "weight.", "threshold.", "rfm_segment."},

		TableRoles: workbook.TableRoles(), ColumnRoles: workbook.ColumnRoles(),
		Sections: report.SectionCodes(),
	}
	for _, s := range analysis.DefaultOptions().List() {
		if !known.Has(s.Name) {
			known.Names = append(known.Names, s.Name)
		}
	}
	for _, measure := range measures {
		known.Names = append(known.Names, "threshold."+measure)
	}
	known.Names = append(known.Names, runNames()...)
	known.Records = map[string][]string{recipientsKey: recipientKeys, schedulesKey: scheduleKeys}
	return known
}

// sheetSettings are the names that the Parameters sheet of a workbook may set:
// none of those that say where reports go.
func sheetSettings(known config.Known) config.Known {
	known.Names = slices.DeleteFunc(slices.Clone(known.Names), forRuns)
	return known
}

// readByProgram reports whether a setting is for the program and not for the
// analysis.
func readByProgram(name string) bool {
	for _, own := range settingFlags {
		if name == own && name != "axes" {
			return true
		}
	}
	return forRuns(name)
}

// settingFlag returns the flag of a setting.
func (p *program) settingFlag(name string, aliases ...string) cli.Flag {
	flag := flagOf(name)
	return &cli.StringFlag{Name: flag, Aliases: aliases, Usage: p.say("flag." + flag)}
}

func (p *program) switchFlag(name string, aliases ...string) cli.Flag {
	flag := flagOf(name)
	return &cli.BoolFlag{Name: flag, Aliases: aliases, Usage: p.say("flag." + flag)}
}

func flagOf(setting string) string { return strings.ReplaceAll(setting, "_", "-") }

// readingFlags are the flags of every command that opens workbooks.
func (p *program) readingFlags() []cli.Flag {
	return []cli.Flag{
		p.settingFlag("as_of"), p.settingFlag("period"), p.settingFlag("sheet"), p.settingFlag("header_row"),
		p.settingFlag("encoding"), p.settingFlag("convert"), p.settingFlag("decimal"), p.settingFlag("date_order"),
		p.settingFlag("own"), p.settingFlag("axes"),
		&cli.StringSliceFlag{Name: "set", Usage: p.say("flag.set")},
		p.settingFlag("locale"), p.settingFlag("lang"), p.settingFlag("templates"),
		&cli.StringSliceFlag{Name: "font", Usage: p.say("flag.font")},
		&cli.StringFlag{Name: "config", Usage: p.say("flag.config")},
		p.switchFlag("json"), p.switchFlag("quiet", "q"), p.switchFlag("no-input"),
	}
}

// flagEntries returns the settings given as flags, and by --set NAME=VALUE.
func flagEntries(c *cli.Context, known config.Known) ([]config.Entry, error) {
	var entries []config.Entry
	for _, name := range settingFlags {
		if flag := flagOf(name); c.IsSet(flag) && slices.Contains(switches, name) {
			entries = append(entries, config.Entry{Name: name, Value: strconv.FormatBool(c.Bool(flag)), Origin: config.Flag, Place: "--" + flag})
		} else if c.IsSet(flag) {
			value := c.String(flag)
			if name == "font" {
				value = strings.Join(c.StringSlice(flag), fontSeparator)
			}
			entries = append(entries, config.Entry{Name: name, Value: value, Origin: config.Flag, Place: "--" + flag})
		}
	}
	for _, pair := range c.StringSlice("set") {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fail(exitUsage, "error.set-form", dataset.Str(pair)).withHint("hint.set-form")
		}
		if !known.Has(name) {
			return nil, &config.UnknownError{Name: name, Nearest: config.Nearest(name, known.Names), Place: "--set"}
		}
		entries = append(entries, config.Entry{Name: name, Value: value, Origin: config.Flag, Place: "--set " + name})
	}
	return entries, nil
}
