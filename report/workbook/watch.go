package workbook

import "valuebook/report/workbook/grid"

// A watch tells of rows of a table, without a look at each, that they can be nothing but data: what a column holds in a stretch of
// rows settles for all of them what else is asked of each. It is for rows in ascending order.
type watch struct {
	cells []*grid.Column
	words []bool // by column: its header is no number
	last  int    // row up to which sure holds
	sure  bool
}

func (t *table) watch() *watch {
	w := &watch{}
	for _, c := range t.columns {
		lowest := ""
		if n := len(c.head.levels); n > 0 {
			lowest = c.head.levels[n-1]
		}
		w.cells = append(w.cells, t.grid.Column(c.col))
		w.words = append(w.words, lowest != "" && !ParseNumber(lowest).ok())
	}
	return w
}

// data reports whether a row is sure to have two cells or more, one of them a number under a header that is none. So it is no title, no
// remark in one cell, no header of another table and not the table's own header once more.
func (w *watch) data(row int) bool {
	if row <= w.last {
		return w.sure
	}
	w.last = grid.MaxRows
	full, numbers := 0, 0
	for k, cells := range w.cells {
		kinds, last := cells.Stretch(row)
		w.last = min(w.last, last)
		if kinds.Full() {
			full++
		}
		if kinds.OnlyNumbers() && w.words[k] {
			numbers++
		}
	}
	w.sure = full > 1 && numbers > 0
	return w.sure
}
