package workbook

import "valuebook/report/workbook/grid"

// findTables finds the tables of a sheet. A header row that is given is obeyed, and is that of the only table then. Beside a
// table of some size, what has only one column or row is no table.
func findTables(g *grid.Grid, headerRow int) []*table {
	if headerRow > 0 || g.Ours {
		if t := findTable(g, headerRow); t != nil {
			return []*table{t}
		}
		return nil
	}
	var all, some []*table
	for _, part := range regions(g) {
		t := findTable(part, 0)
		if t == nil {
			continue
		}
		all = append(all, t)
		if beside := t.takeBeside(); beside != nil {
			all = append(all, beside)
		}
	}
	for _, t := range all {
		if len(t.columns) > 1 && len(t.rows) > 1 {
			some = append(some, t)
		}
	}
	if len(some) > 0 {
		return some
	}
	return all[:min(len(all), 1)]
}

// takeBeside takes the last columns of a table out of it when they are a table of their own without an empty column between: names
// and what belongs to them, full from the first row and over before the half. It returns that table, nil without one.
func (t *table) takeBeside() *table {
	for k := 1; k < len(t.columns)-1; k++ {
		c := t.columns[k]
		if !t.endsWith(k) {
			continue
		}
		if c.head.sided || c.head.supplier != "" || !c.stats.textual() || c.stats.distinct < c.stats.filled {
			continue
		}
		beside := findTable(t.grid.Part(grid.Area{Row: 1, Col: c.col, LastRow: grid.MaxRows, LastCol: grid.MaxCols}), t.lastHeader())
		if beside == nil || len(beside.columns) < 2 {
			return nil
		}
		t.columns = t.columns[:k]
		return beside
	}
	return nil
}

// endsWith reports whether the columns from an index on all are full to the same row, before half of the rows, and those before
// it go on.
func (t *table) endsWith(k int) bool {
	n := t.columns[k].stats.filled
	if n < 2 || n*2 > len(t.rows) || len(t.rows) < 6 {
		return false
	}
	for _, c := range t.columns[k:] {
		if c.stats.filled != n || c.stats.last != n-1 {
			return false
		}
	}
	for _, c := range t.columns[:k] {
		if c.stats.last >= len(t.rows)-1 {
			return true
		}
	}
	return false
}
