package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/pipeline"
	"valuebook/report/receipt"
)

// initFrom reads a workbook and writes how it was read, ready to be corrected.
func (p *program) initFrom(c *cli.Context, workbook string) error {
	tasks, err := p.tasks(c, []string{workbook})
	if err != nil {
		return err
	}
	target := mappingPath(workbook, c.Args().First())
	if _, err := os.Lstat(target); err == nil && !c.Bool("force") {
		return fail(exitFailure, "error.exists", dataset.Str(target)).withHint("hint.exists")
	}
	d, err := pipeline.Read(c.Context, tasks[0].job())
	if err != nil {
		return err
	}
	mapping := d.Mapping()
	if len(mapping.Tables) == 0 {
		p.tellStopped(tasks[0], d)
		return quietExit(exitStopped)
	}
	draft := p.draft(d, mapping)
	if err := pipeline.WriteFile(target, draft.Bytes()); err != nil {
		return fail(exitFailure, "error.write", dataset.Str(target), dataset.Str(plainError(err))).because(err)
	}
	if !p.quiet {
		p.print(target, p.say("mapping.next", dataset.Str(workbook)))
	}
	return nil
}

// mappingPath is the file beside the workbook, or the one that is named; in a folder it has its usual name.
func mappingPath(workbook, named string) string {
	if named == "" {
		return filepath.Join(filepath.Dir(workbook), config.FileName)
	}
	if info, err := os.Stat(named); strings.HasSuffix(named, string(filepath.Separator)) || err == nil && info.IsDir() {
		return filepath.Join(named, config.FileName)
	}
	return named
}

// draft words a mapping.
func (p *program) draft(d *dataset.Dataset, m dataset.Mapping) config.Draft {
	draft := config.Draft{
		Match: d.Receipt.File, Settings: p.draftSettings(d),
		Head:            []string{p.say("mapping.head", dataset.Str(d.Receipt.File)), p.say("mapping.head-use"), p.say("mapping.head-names")},
		AboutAttributes: []string{p.say("mapping.attributes"), p.say("mapping.direction")},
		AboutTables:     []string{p.say("mapping.tables"), p.say("mapping.roles")},
	}
	sure := p.doubtfulAttributes(d)
	for _, a := range m.Attributes {
		draft.Attributes = append(draft.Attributes, config.Line{Fields: attributeFields(a), Remark: sure[a.Name]})
	}
	used := usedTables(d.Receipt)
	for i, t := range m.Tables {
		draft.Tables = append(draft.Tables, p.draftTable(t, used[i]))
	}
	return draft
}

// usedTables are the tables of the receipt that a mapping lists, in its order.
func usedTables(r dataset.Receipt) []dataset.Table {
	var used []dataset.Table
	for _, t := range r.Tables {
		if t.Role != dataset.TableOther && t.Role != dataset.TableParameters {
			used = append(used, t)
		}
	}
	return used
}

// draftSettings are the settings that are found, and those that may be given.
func (p *program) draftSettings(d *dataset.Dataset) []config.Line {
	own := config.Line{Off: true, Fields: []config.Field{{Key: "own", Value: "us"}}, Remark: p.say("mapping.own")}
	if len(d.Suppliers) > 0 && d.Suppliers[0].Own {
		own = config.Line{Fields: []config.Field{{Key: "own", Value: d.Suppliers[0].Name}}, Remark: p.say("mapping.own")}
	}
	if d.Offers != nil && d.Offers.Own >= 0 {
		own = config.Line{Fields: []config.Field{{Key: "own", Value: d.Offers.Name[d.Offers.Own]}}, Remark: p.say("mapping.own")}
	}
	period := "2026-10"
	if d.Period != "" {
		period = d.Period
	}
	off := func(key, value string) config.Line {
		return config.Line{Off: true, Fields: []config.Field{{Key: key, Value: value}}, Remark: p.say("mapping." + key)}
	}
	return []config.Line{own, off("period", period), off("decimal", "comma"), off("date_order", "dmy")}
}

func attributeFields(a dataset.MappedAttribute) []config.Field {
	fields := []config.Field{{Key: "name", Value: a.Name}, {Key: "side", Value: a.Side}}
	if a.Scale.Bounded() {
		fields = append(fields, config.Field{Key: "scale", Value: a.Scale})
	}
	if a.Direction != "" {
		fields = append(fields, config.Field{Key: "direction", Value: a.Direction})
	}
	if a.Weighted() {
		fields = append(fields, config.Field{Key: "weight", Value: a.Weight})
	}
	return fields
}

// doubtfulAttributes says of attributes what about them is a guess.
func (p *program) doubtfulAttributes(d *dataset.Dataset) map[string]string {
	ids := map[string]string{}
	for _, a := range d.Attributes {
		ids[a.Label] = a.ID
	}
	remarks := map[string]string{}
	for _, t := range d.Receipt.Tables {
		for _, c := range t.Columns {
			if id := ids[c.Attribute]; c.Attribute != "" && remarks[id] == "" && (c.RunnerUp.Side != "" || c.RunnerUp.Scale.Bounded()) {
				remarks[id] = receipt.Doubt(p.words, c)
			}
		}
	}
	return remarks
}

func (p *program) draftTable(t dataset.MappedTable, read dataset.Table) config.DraftTable {
	draft := config.DraftTable{Fields: []config.Field{
		{Key: "sheet", Value: t.Sheet}, {Key: "header_row", Value: t.HeaderRow}, {Key: "role", Value: string(t.Role)},
	}}
	for i, c := range t.Columns {
		line := config.Line{Fields: columnFields(c)}
		if read.Columns[i].RunnerUp.Role != "" || read.Columns[i].RunnerUp.Col > 0 {
			line.Remark = receipt.Doubt(p.words, read.Columns[i])
		}
		draft.Columns = append(draft.Columns, line)
	}
	return draft
}

func columnFields(c dataset.MappedColumn) []config.Field {
	fields := []config.Field{{Key: "column", Value: dataset.ColumnLetters(c.Col)}}
	add := func(key, value string) {
		if value != "" {
			fields = append(fields, config.Field{Key: key, Value: value})
		}
	}
	add("header", c.Header)
	add("role", string(c.Role))
	add("attribute", c.Attribute)
	add("supplier", c.Supplier)
	if c.Scale.Bounded() {
		fields = append(fields, config.Field{Key: "scale", Value: c.Scale})
	}
	return fields
}
