package report

import (
	"sort"
	"strconv"

	"valuebook/report/dataset"
)

// findingRows is how many findings a page lists.
const findingRows = 25

// dataSection is the reading receipt: what was read, what for, and every
// problem with its place.
func (b *builder) dataSection() *Section {
	receipt := b.d.Receipt
	s := &Section{ID: SectionData, Title: b.dataTitle()}
	s.Blocks = append(s.Blocks, paragraph(dataset.Msg("data.file", text(receipt.File), text(shortHash(receipt.SHA256)),
		term("layout."+string(layoutOf(receipt))))))
	if len(receipt.Tables) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: tablesTable(receipt.Tables)}, note(dataset.Msg("data.columns")))
	}
	for _, m := range b.r.Notes {
		s.Blocks = append(s.Blocks, note(m))
	}
	if len(b.d.Findings) > 0 {
		s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.findings", count(len(b.d.Findings)))), Block{Table: b.findingsTable()})
	}
	return s
}

func layoutOf(r dataset.Receipt) dataset.Layout {
	if r.Layout == "" {
		return dataset.LayoutUnknown
	}
	return r.Layout
}

func shortHash(hash string) string { return hash[:min(8, len(hash))] }

func (b *builder) dataTitle() dataset.Message {
	rows, left := 0, 0
	for _, t := range b.d.Receipt.Tables {
		if t.Role == dataset.TableOther {
			continue
		}
		rows += t.RowsRead
		left += len(t.Skipped)
	}
	rejected := 0
	for _, f := range b.d.Findings {
		if f.Severity >= dataset.Error {
			rejected += max(1, f.Count)
		}
	}
	switch {
	case rejected > 0:
		return dataset.Msg("title.data.rejected", count(rows), count(rejected))
	case left > 0:
		return dataset.Msg("title.data.left", count(rows), count(left))
	}
	return dataset.Msg("title.data.clean", count(rows))
}

func tablesTable(tables []dataset.Table) *Table {
	t := &Table{ID: "receipt", Columns: []Column{
		{Header: dataset.Msg("column.sheet"), Text: true, Share: 1.5},
		{Header: dataset.Msg("column.range"), Text: true, Share: 1.2},
		{Header: dataset.Msg("column.taken_for"), Text: true, Share: 1.6},
		{Header: dataset.Msg("column.rows_read")},
		{Header: dataset.Msg("column.rows_skipped")},
		{Header: dataset.Msg("column.converted")},
		{Header: dataset.Msg("column.columns_used"), Text: true, Share: 4},
	}}
	for _, x := range tables {
		role := term("table-role." + string(x.Role))
		if x.Role == dataset.TableOther {
			dash := dataset.Sentence(dataset.Msg("missing"))
			t.Rows = append(t.Rows, []dataset.Quantity{text(x.Sheet), text(rangeOf(x)), role, dash, dash, dash, dash})
			continue
		}
		t.Rows = append(t.Rows, []dataset.Quantity{text(x.Sheet), text(rangeOf(x)), role,
			count(x.RowsRead), count(len(x.Skipped)), count(x.Converted), columnsUsed(x)})
	}
	return t
}

// columnsUsed names the columns of a table that were used.
func columnsUsed(t dataset.Table) dataset.Quantity {
	var names []string
	for _, c := range t.Columns {
		if c.Role != dataset.ColumnUnused {
			names = append(names, c.Header)
		}
	}
	return dataset.List(names...)
}

func rangeOf(t dataset.Table) string {
	return dataset.ColumnLetters(t.FirstCol) + strconv.Itoa(t.FirstRow) + ":" + dataset.ColumnLetters(t.LastCol) + strconv.Itoa(t.LastRow)
}

// findingsTable lists findings, the gravest first.
func (b *builder) findingsTable() *Table {
	t := &Table{ID: "findings", MoreIn: dataset.Msg("sheet.problems"), Columns: []Column{
		{Header: dataset.Msg("column.severity"), Text: true, Share: 1},
		{Header: dataset.Msg("column.place"), Text: true, Share: 1.6},
		{Header: dataset.Msg("column.problem"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.found"), Text: true, Share: 1.6},
		{Header: dataset.Msg("column.fix"), Text: true, Share: 3.6},
	}}
	findings := append([]dataset.Finding{}, b.d.Findings...)
	sort.SliceStable(findings, func(x, y int) bool { return findings[x].Severity > findings[y].Severity })
	for _, f := range findings[:min(findingRows, len(findings))] {
		t.Rows = append(t.Rows, []dataset.Quantity{term("severity." + f.Severity.String()), place(f),
			dataset.Sentence(dataset.Msg("finding."+f.Code, f.Args...)), text(f.Got),
			dataset.Sentence(dataset.Msg("finding."+f.Code+".fix", f.Args...))})
	}
	t.More = len(findings) - len(t.Rows)
	return t
}

func place(f dataset.Finding) dataset.Quantity {
	if f.Count > 1 {
		return dataset.Sentence(dataset.Msg("place.more", text(f.Ref.String()), count(f.Count-1)))
	}
	return text(f.Ref.String())
}
