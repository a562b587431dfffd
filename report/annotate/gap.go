package annotate

import (
	"slices"

	"valuebook/report/dataset"
	"valuebook/report/workbook/sheetxml"
)

// gap returns the first column right of the user's table from which on a block
// finds its rows free, with a free column on both sides, where something stands
// so far right that nothing fits behind it: a title over the whole width, or a
// note in the last column. below says that the row above the headers is not free.
// It returns 0 when there is no such place.
func (p *picture) gap(d *dataset.Dataset, g *grid) (col int, below bool) {
	place, n := placeOf(d)
	header := headerRow(d, place)
	if p.bytes == nil || g.last > 0 || !everyRow(place, n, header) {
		return 0, false
	}
	table := slices.IndexFunc(d.Receipt.Tables, func(t dataset.Table) bool {
		return t.Sheet == place.Sheet && t.FirstRow <= header && header <= t.LastRow && t.FirstCol <= place.Col && place.Col <= t.LastCol
	})
	part, err := p.part(place.Sheet)
	if table < 0 || err != nil {
		return 0, false
	}
	filled, err := sheetxml.FilledColumns(part, header, int(slices.Max(place.Rows[:n])))
	if err != nil {
		return 0, false
	}
	from := max(d.Receipt.Tables[table].LastCol, p.drawn(place.Sheet), p.tabled(place.Sheet)) + 2
	col = freeFrom(filled, from)
	if col == 0 || header == 1 {
		return col, false
	}
	above, err := sheetxml.FilledColumns(part, header-1, header-1)
	if err != nil {
		return 0, false
	}
	return col, slices.Contains(above[col:col+blockRoom], true)
}

// freeFrom returns the first column, from one on, that a block may begin in; 0
// without one. filled says which columns are not free.
func freeFrom(filled []bool, from int) int {
	for col := from; col+blockRoom < len(filled); col++ {
		busy := slices.Index(filled[col-1:col+blockRoom], true)
		if busy < 0 {
			return col
		}
		col += busy
	}
	return 0
}
