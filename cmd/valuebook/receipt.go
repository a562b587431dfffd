package main

import (
	"fmt"
	"strconv"
	"strings"

	"valuebook/report/dataset"
)

// printReceipt says what was read, table by table and column by column.
func (p *program) printReceipt(d *dataset.Dataset) {
	r := d.Receipt
	p.print(p.say("receipt.file", dataset.Str(r.File), dataset.TermOf("layout."+string(r.Layout))))
	if d.Period != "" {
		p.print("  " + p.say("receipt.period", dataset.Str(d.Period)))
	}
	for _, t := range r.Tables {
		p.print("  " + p.say("receipt.table", dataset.Str(t.Sheet), dataset.Str(area(t)),
			dataset.TermOf("table-role."+string(t.Role)), dataset.N(t.RowsRead)))
		for _, s := range skips(t.Skipped) {
			p.print("    " + p.say("receipt.skipped", dataset.Str(s.rows), dataset.TermOf("skip."+s.why)))
		}
		if t.Role == dataset.TableOther || t.Role == dataset.TableParameters {
			continue // their columns have no role of their own
		}
		for _, c := range t.Columns {
			p.print("    " + p.column(c))
		}
	}
	if len(r.Unused) > 0 {
		p.print("  " + p.say("receipt.unused", dataset.List(r.Unused...)))
	}
}

func area(t dataset.Table) string {
	return fmt.Sprintf("%s%d:%s%d", dataset.ColumnLetters(t.FirstCol), t.FirstRow,
		dataset.ColumnLetters(t.LastCol), t.LastRow)
}

// column is one line: letter, header, what it was taken for.
func (p *program) column(c dataset.Column) string {
	text := p.say("receipt.column", dataset.Str(dataset.ColumnLetters(c.Col)), dataset.Str(c.Header),
		dataset.TermOf("role."+string(c.Role)))
	var more []string
	add := func(code string, args ...dataset.Quantity) { more = append(more, p.say(code, args...)) }
	if c.Attribute != "" && !strings.Contains(c.Header, c.Attribute) {
		more = append(more, c.Attribute)
	}
	if c.Supplier != "" {
		add("receipt.supplier", dataset.Str(c.Supplier))
	}
	if c.Scale.Bounded() {
		add("receipt.scale", dataset.Num(c.Scale.Lo, dataset.Rating), dataset.Num(c.Scale.Hi, dataset.Rating))
	}
	if c.Down {
		add("receipt.down")
	}
	if c.Guess {
		add("receipt.guess")
	}
	if c.Why != "" {
		add("why-column." + c.Why)
	}
	if len(more) > 0 {
		text += " (" + strings.Join(more, ", ") + ")"
	}
	return text
}

// skipped rows of one reason, as "3, 5-9".
type skipped struct{ rows, why string }

// skips joins the rows of one reason, in the order of their first row.
func skips(all []dataset.Skip) []skipped {
	var order []string
	rows := map[string][]int{}
	for _, s := range all {
		if rows[s.Why] == nil {
			order = append(order, s.Why)
		}
		rows[s.Why] = append(rows[s.Why], s.Row)
	}
	var joined []skipped
	for _, why := range order {
		joined = append(joined, skipped{rows: spans(rows[why]), why: why})
	}
	return joined
}

// spans writes ascending numbers with runs shortened: "3, 5-9".
func spans(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		part := strconv.Itoa(rows[i])
		if j > i {
			part += "-" + strconv.Itoa(rows[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// printFindings lists every finding, the gravest first.
func (p *program) printFindings(d *dataset.Dataset) {
	if len(d.Findings) == 0 {
		p.print("  " + p.say("receipt.no-findings"))
		return
	}
	p.print("  " + p.say("receipt.findings", dataset.N(len(d.Findings))))
	for severity := dataset.Stop; ; severity-- {
		for _, f := range d.Findings {
			if f.Severity == severity {
				p.printOne(f)
			}
		}
		if severity == dataset.Note {
			return
		}
	}
}

func (p *program) printOne(f dataset.Finding) {
	p.print("    " + p.say("receipt.finding", dataset.TermOf("severity."+f.Severity.String()),
		dataset.Str(f.Ref.String()), dataset.Str(p.problem(f))))
	if fix := p.fix(f); fix != "" {
		p.print("      " + p.say("receipt.fix", dataset.Str(fix)))
	}
}
