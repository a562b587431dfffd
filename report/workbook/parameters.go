package workbook

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readParameters reads every sheet of settings: tables with a setting and its value, and tables of
// attributes with weights and scales, each to its first blank row.
func (b *builder) readParameters() {
	for i := range b.book.Grids {
		g := &b.book.Grids[i]
		t := table{grid: g}
		if !g.Ours && !t.sheetIs("parameters") {
			continue
		}
		for k := 0; k < g.Len(); k++ {
			columns := parameterColumns(g.RowAt(k))
			// On sheets of ours only tables that end with keys take settings: others just show them.
			if columns != nil && (!g.Ours || columns[roleKey] > columns[roleValue]) {
				k = b.readSettings(g, k, columns)
			}
		}
	}
	seen := map[string]dataset.Setting{}
	for _, s := range b.d.Settings {
		if first, twice := seen[s.Name]; twice && first.Value != s.Value {
			b.found.add(codeSettingTwice, dataset.Warning, s.Ref, dataset.Str(s.Name), dataset.Str(first.Ref.Cell()))
		}
		seen[s.Name] = s
	}
	if own := seen["own"]; own.Value != "" && b.options.Own == "" {
		b.options.Own = own.Value
	}
	if len(b.d.Settings) > 0 {
		for _, t := range b.tables {
			if t.sheetIs("parameters") {
				t.role = dataset.TableParameters
			}
		}
	}
}

// parameterColumns returns the columns of a header row of settings or of attributes' settings by
// role, nil for another row.
func parameterColumns(row grid.Row) map[dataset.ColumnRole]int {
	columns := map[dataset.ColumnRole]int{}
	for cell := range row.Cells() {
		if cell.Kind != grid.Text {
			continue
		}
		for _, role := range roleIndex[fold(cell.Text)] {
			if columns[role] == 0 {
				columns[role] = int(cell.Col)
			}
		}
	}
	if columns[roleSetting] == 0 && columns[roleValue] > 0 {
		for _, role := range []dataset.ColumnRole{dataset.ColumnName, roleKey} {
			if columns[roleSetting] == 0 {
				columns[roleSetting] = columns[role]
			}
		}
	}
	settings := columns[roleSetting] > 0 && columns[roleValue] > 0 && columns[roleSetting] != columns[roleValue]
	attributes := columns[dataset.ColumnAttribute] > 0 && (columns[dataset.ColumnWeight] > 0 || columns[roleScaleLo] > 0)
	if !settings && !attributes {
		return nil
	}
	return columns
}

// readSettings reads the rows under a header row and returns the index of the last one.
func (b *builder) readSettings(g *grid.Grid, header int, columns map[dataset.ColumnRole]int) int {
	last := header
	for k := header + 1; k < g.Len() && g.RowAt(k).Number == g.RowAt(k-1).Number+1 && parameterColumns(g.RowAt(k)) == nil; k++ {
		last = k
	}
	if columns[dataset.ColumnAttribute] > 0 && columns[roleValue] == 0 {
		b.attributeTable(g, header+1, last, columns)
		return last
	}
	for k := header + 1; k <= last; k++ {
		row := g.RowAt(k)
		name := strings.TrimSpace(row.At(columns[roleKey]).String())
		if name == "" {
			name = strings.TrimSpace(row.At(columns[roleSetting]).String())
		}
		b.setting(g, row, columns[roleValue], name, cellText(row, columns[roleWas]))
	}
	return last
}

// attributeTable reads the rows of a table of attributes. Weights count together: where one was changed, the others are
// the user's as well, because each counts by its share of all.
func (b *builder) attributeTable(g *grid.Grid, first, last int, columns map[dataset.ColumnRole]int) {
	same := true
	for k := first; k <= last; k++ {
		row := g.RowAt(k)
		same = same && unchanged(cellText(row, columns[dataset.ColumnWeight]), cellText(row, columns[roleWas]))
	}
	for k := first; k <= last; k++ {
		b.attributeSettings(g, g.RowAt(k), columns, same)
	}
}

func (b *builder) attributeSettings(g *grid.Grid, row grid.Row, columns map[dataset.ColumnRole]int, sameWeights bool) {
	id := strings.TrimSpace(row.At(columns[roleKey]).String())
	if id == "" {
		id = strings.TrimSpace(row.At(columns[dataset.ColumnAttribute]).String())
	}
	if id == "" {
		return
	}
	if !sameWeights {
		b.keep(g, row, columns[dataset.ColumnWeight], "weight."+id, cellText(row, columns[roleWas]))
	}
	lo, hi, was := columns[roleScaleLo], columns[roleScaleHi], cellText(row, columns[roleWasScale])
	if first, last, _ := strings.Cut(was, ":"); unchanged(cellText(row, lo), first) && unchanged(cellText(row, hi), last) {
		return // the ends of a scale count together
	}
	b.setting(g, row, lo, "scale_lo."+id, was)
	b.setting(g, row, hi, "scale_hi."+id, was)
}

// cellText returns the trimmed text of a cell, "" without the column.
func cellText(row grid.Row, col int) string {
	if col == 0 {
		return ""
	}
	return strings.TrimSpace(row.At(col).String())
}

// unchanged reports whether a value is the one that our sheet says holds without it. Such a value is no setting:
// nobody chose it, and it would hold on to what the data said at an earlier run.
func unchanged(value, was string) bool {
	if value == was {
		return was != ""
	}
	x, ok := ParseNumber(value).only()
	y, okWas := ParseNumber(was).only()
	return ok && okWas && x == y
}

// setting keeps the value of a cell as a setting, unless it is the one that holds without.
func (b *builder) setting(g *grid.Grid, row grid.Row, col int, name, was string) {
	if !unchanged(cellText(row, col), was) {
		b.keep(g, row, col, name, was)
	}
}

// keep keeps the value of a cell as a setting; a blank one is none.
func (b *builder) keep(g *grid.Grid, row grid.Row, col int, name, was string) {
	value := cellText(row, col)
	if value == "" || name == "" {
		return
	}
	b.d.Settings = append(b.d.Settings, dataset.Setting{Name: name, Value: value, Was: was, Ref: g.Ref(row.Number, col)})
}

// settingNumber returns the last number that the settings give a name, ok false without one.
func (b *builder) settingNumber(name string) (float64, dataset.Ref, bool) {
	for i := len(b.d.Settings) - 1; i >= 0; i-- {
		if s := b.d.Settings[i]; s.Name == name {
			x, ok := ParseNumber(s.Value).only()
			return x, s.Ref, ok
		}
	}
	return 0, dataset.Ref{}, false
}
