package workbook

import (
	"sort"
	"strings"

	"valuebook/report/dataset"
)

// mostNames is how many names a finding lists before it leaves some out.
const mostNames = 8

// mostLetters is how much of each it shows.
const mostLetters = 40

// named returns a list of names that can be printed in a sentence: of many, the first ones and the last.
func named(names []string) dataset.Quantity {
	short := make([]string, 0, mostNames)
	for i, name := range names {
		switch {
		case len(names) > mostNames && i == mostNames-2:
			short = append(short, "…")
		case len(names) <= mostNames || i < mostNames-2 || i == len(names)-1:
			short = append(short, cutAt(name, mostLetters))
		}
	}
	return dataset.List(short...)
}

// columnRanges writes columns in letters, neighbours as a range: "C, E:H".
func columnRanges(cols []int) string {
	sorted := append([]int(nil), cols...)
	sort.Ints(sorted)
	var parts []string
	for i := 0; i < len(sorted); {
		k := i
		for k+1 < len(sorted) && sorted[k+1] <= sorted[k]+1 {
			k++
		}
		part := dataset.ColumnLetters(sorted[i])
		if sorted[k] > sorted[i] {
			part += ":" + dataset.ColumnLetters(sorted[k])
		}
		parts = append(parts, part)
		i = k + 1
	}
	return strings.Join(parts, ", ")
}

// aboutAttributes reports one cause for several attributes as one finding per sheet, at the first of them. Its arguments
// are their number, their names, the columns in which they are declared, and what is given besides.
func (b *builder) aboutAttributes(code string, severity dataset.Severity, attributes []dataset.Attribute, more ...dataset.Quantity) {
	bySheet := map[string][]dataset.Attribute{}
	var sheets []string
	for _, a := range attributes {
		if bySheet[a.Ref.Sheet] == nil {
			sheets = append(sheets, a.Ref.Sheet)
		}
		bySheet[a.Ref.Sheet] = append(bySheet[a.Ref.Sheet], a)
	}
	for _, sheet := range sheets {
		var names []string
		var cols []int
		for _, a := range bySheet[sheet] {
			names = append(names, a.Label)
			cols = append(cols, a.Ref.Col)
		}
		args := append([]dataset.Quantity{dataset.N(len(names)), named(names), dataset.Str(columnRanges(cols))}, more...)
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: code, Severity: severity, Ref: bySheet[sheet][0].Ref, Count: len(names), Args: args,
		})
	}
}

// otherTables reports the tables that could have been read in place of the one that was: sheets, which can be named, and others
// on the same sheet.
func (b *builder) otherTables(main *table, others []*table) {
	var sheets, areas []string
	var first *table
	for _, t := range others {
		if t.grid.Sheet != main.grid.Sheet {
			sheets = append(sheets, t.grid.Sheet)
			continue
		}
		if first == nil {
			first = t
		}
		areas = append(areas, t.area())
	}
	if len(sheets) > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codeSeveralTables, Severity: dataset.Warning, Ref: dataset.Ref{Sheet: sheets[0]},
			Args: []dataset.Quantity{dataset.N(len(sheets)), named(sheets), dataset.Str(main.grid.Sheet)},
		})
	}
	if len(areas) > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codeTablesLeft, Severity: dataset.Warning, Ref: first.grid.Ref(first.headers[0], first.columns[0].col),
			Args: []dataset.Quantity{dataset.N(len(areas)), named(areas), dataset.Str(main.area())},
		})
	}
}

// area returns the range of a table, such as "A1:C24".
func (t *table) area() string {
	first := dataset.Ref{Row: t.headers[0], Col: t.columns[0].col}
	last := dataset.Ref{Row: t.lastHeader(), Col: t.columns[len(t.columns)-1].col}
	if n := len(t.rows); n > 0 {
		last.Row = t.rows[n-1]
	}
	return first.Cell() + ":" + last.Cell()
}

// reportNameless reports the rows that have values but no key: an error where ratings or purchases are lost.
func (b *builder) reportNameless(t *table, key *column, rows []int) {
	if len(rows) == 0 {
		return
	}
	code, severity := codeRowWithoutID, dataset.Warning // no rating is lost
	if t.role == dataset.TableOffers {
		code = codeRowWithoutOffer
	}
	for _, row := range rows {
		if t.loses(row) {
			severity = dataset.Error
		}
	}
	b.found.findings = append(b.found.findings, dataset.Finding{
		Code: code, Severity: severity, Ref: t.grid.Ref(rows[0], key.col), Count: len(rows), Args: []dataset.Quantity{dataset.N(len(rows))},
	})
}

// skipNameless is the reason for which a row without a key is skipped.
func (t *table) skipNameless() string {
	if t.role == dataset.TableOffers {
		return skipNoOffer
	}
	return skipNoID
}

// loses reports whether something of use is lost with a row: in a table of ratings more than half of them, elsewhere
// anything.
func (t *table) loses(row int) bool {
	ratings, filled := 0, 0
	for _, c := range t.columns {
		if c.role == dataset.ColumnRating {
			ratings++
			if !t.grid.At(row, c.col).IsEmpty() {
				filled++
			}
		}
	}
	return ratings == 0 || filled*2 > ratings
}
