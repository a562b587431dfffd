package workbook

import (
	"slices"
	"sort"

	"valuebook/report/dataset"
)

// writeReceipt says of every table what it was taken for, and names the sheets without any table.
func (b *builder) writeReceipt() {
	used := map[string]bool{}
	hidden := 0
	ref := dataset.Ref{}
	for _, t := range b.tables {
		if t.grid.Ours && (t.role != dataset.TableParameters || !b.settles(t)) {
			continue
		}
		b.d.Receipt.Tables = append(b.d.Receipt.Tables, b.tableReceipt(t))
		used[t.grid.Sheet] = true
		if t.role == dataset.TableOther {
			continue
		}
		if t.hidden > 0 {
			hidden += t.hidden
			ref = dataset.Ref{Sheet: t.grid.Sheet}
		}
	}
	for _, g := range b.book.Grids {
		if !used[g.Sheet] && !g.Ours {
			b.d.Receipt.Unused = append(b.d.Receipt.Unused, g.Sheet)
		}
	}
	b.reportConverted()
	b.reportHiddenColumns()
	if hidden > 0 {
		b.found.add(codeHidden, dataset.Note, ref, dataset.N(hidden))
	}
}

// settles reports whether a sheet of ours has settings that somebody changed.
func (b *builder) settles(t *table) bool {
	return slices.ContainsFunc(b.d.Settings, func(s dataset.Setting) bool { return s.Ref.Sheet == t.grid.Sheet })
}

func (b *builder) tableReceipt(t *table) dataset.Table {
	r := dataset.Table{
		Sheet: t.grid.Sheet, HeaderRows: t.headers, Role: t.role, RowsRead: len(t.rows) - t.leftEvents(), Skipped: t.skips,
		Converted: t.converted, Rejected: t.rejected, HiddenRows: t.hidden,
		FirstRow: t.headers[0], LastRow: t.lastHeader(), FirstCol: t.columns[0].col, LastCol: t.columns[len(t.columns)-1].col,
	}
	r.Confidence, r.RunnerUp = t.confidence()
	if n := len(t.rows); n > 0 {
		r.LastRow = t.rows[n-1]
	}
	if t.mapped != nil {
		r.Given = t.mapped.From
	}
	if t.role == dataset.TableOther {
		r.RowsRead, r.Skipped, r.HiddenRows = 0, nil, 0
		return r // nothing was read
	}
	sort.SliceStable(r.Skipped, func(i, k int) bool { return r.Skipped[i].Row < r.Skipped[k].Row })
	for _, c := range t.columns {
		r.Columns = append(r.Columns, b.columnReceipt(t, c))
	}
	return r
}

// leftEvents counts the rows that were looked at as purchases and then left out, under their reasons.
func (t *table) leftEvents() int {
	n := 0
	for _, s := range t.skips {
		if t.role == dataset.TableTransactions && (s.Why == skipLate || s.Why == skipPurchase) {
			n++
		}
	}
	return n
}

func (b *builder) columnReceipt(t *table, c *column) dataset.Column {
	r := dataset.Column{Col: c.col, Header: c.head.text(), Role: c.role, Scale: c.scale, Guess: c.guess || c.scale.Inferred, Why: c.why}
	if r.Role == "" {
		r.Role, r.Why = dataset.ColumnUnused, ""
	}
	r.Converted = c.converted
	r.Confidence, r.RunnerUp = b.certainty(t, c)
	if c.mapped != nil {
		r.Given = c.mapped.From
	}
	if c.role == dataset.ColumnRating && c.attribute >= 0 && c.attribute < len(b.d.Attributes) {
		a := b.d.Attributes[c.attribute]
		r.Attribute, r.Down, r.Side = a.Label, a.Down, a.Side.String()
		r.Supplier = c.head.supplier
		if r.Supplier == "" && t.role == dataset.TableWide && t.column(dataset.ColumnSupplier) == nil {
			r.Supplier = b.unnamed
		}
	}
	return r
}

// reportConverted says once how many texts were read as numbers, and where the first table with some is.
func (b *builder) reportConverted() {
	converted := 0
	ref := dataset.Ref{}
	for _, t := range b.tables {
		if t.converted > 0 && converted == 0 {
			ref = dataset.Ref{Sheet: t.grid.Sheet}
		}
		converted += t.converted
	}
	if converted > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codeNumberConverted, Severity: dataset.Note, Ref: ref, Count: converted, Args: []dataset.Quantity{dataset.N(converted)},
		})
	}
}

// reportHiddenColumns says once how many columns that were used are hidden.
func (b *builder) reportHiddenColumns() {
	hidden := 0
	ref := dataset.Ref{}
	for _, t := range b.tables {
		for _, c := range t.columns {
			if t.role == dataset.TableOther || c.role == dataset.ColumnUnused || !t.grid.HiddenColumn(c.col) {
				continue
			}
			if hidden == 0 {
				ref = t.grid.Ref(0, c.col)
			}
			hidden++
		}
	}
	if hidden > 0 {
		b.found.add(codeHiddenColumns, dataset.Note, ref, dataset.N(hidden))
	}
}
