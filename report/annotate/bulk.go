package annotate

import (
	"slices"
	"sync"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// bulkRows is the number of rows from which the workbook of a report is annotated
// bit by bit, and tables are planned as columns.
const bulkRows = 5000

// A Bulk is a large table of a plan, as columns.
type Bulk struct {
	Col     int   // first column
	Rows    []int // row of each item
	Columns []Column
	rule    bool // the rows stand in a table of ours: a hairline below each
	// usual reports whether formulas of an item are those of every other one, in
	// another row.
	usual func(i int) bool
}

// A Column makes the cells of one column of a large table. Its functions are
// called by several goroutines.
type Column struct {
	Style   sheets.Style
	Formula func(i int) string // nil or "" for a computed value
	Value   func(i int) any
	quick   writing // of values
}

// A writing writes the values of a column without an allocation for each. At most
// one of its functions is there.
type writing struct {
	// number returns a number; one that is not finite is left to Value.
	number func(i int) float64
	text   func(i int) string
	append func(to []byte, i int) []byte // a text
}

// span returns the first and the last row.
func (b *Bulk) span() (top, bottom int) {
	if len(b.Rows) == 0 {
		return 0, 0
	}
	return slices.Min(b.Rows), slices.Max(b.Rows)
}

// area returns the rectangle of the table's cells.
func (b *Bulk) area() sheets.Area {
	top, bottom := b.span()
	return sheets.Area{Row: top, Col: b.Col, LastRow: bottom, LastCol: b.Col + len(b.Columns) - 1}
}

// looks returns the style of live and of computed cells of a column.
func (b *Bulk) looks(k int) [2]sheets.Style {
	live := b.Columns[k].Style
	live.Rule = live.Rule || b.rule
	computed := live
	computed.Role = sheets.Computed
	return [2]sheets.Style{live, computed}
}

// samples are cells that have the looks of the table: the first row live, the
// second one computed. They stand for its rows where a plan is applied.
func (b *Bulk) samples() []sheets.Cell {
	top, _ := b.span()
	var out []sheets.Cell
	for k := range b.Columns {
		for n, look := range b.looks(k) {
			out = append(out, sheets.Cell{Row: top + n, Col: b.Col + k, Style: look})
		}
	}
	return out
}

// codeSet are codes that several goroutines collect.
type codeSet struct {
	lock sync.Mutex
	set  map[string]bool
}

func (m *codeSet) add(code string) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.set == nil {
		m.set = map[string]bool{}
	}
	m.set[code] = true
}

// codes returns the codes in their order.
func (m *codeSet) codes() []string {
	m.lock.Lock()
	defer m.lock.Unlock()
	return sortedCodes(m.set)
}

// bulky reports whether a table of as many rows is planned as columns.
func (p *planner) bulky(rows int) bool { return p.space.Bulk > 0 && rows >= p.space.Bulk }

// unusualRows is how many rows with formulas of their own are looked at for
// what they say about the plan.
const unusualRows = 1000

// bulk keeps the block's table as columns.
func (p *planner) bulk(plans []columnPlan) *Bulk {
	b := &Bulk{Col: p.at.first, Rows: p.at.rows, usual: p.usual, rule: p.at.ours}
	for _, plan := range plans {
		column := Column{Style: plan.style, Value: plan.value, quick: plan.quick}
		if plan.formula != nil && !p.sources.off {
			formula := plan.formula
			column.Formula = func(i int) string { return p.fitting(p.nameCells(formula(i))) }
		}
		b.Columns = append(b.Columns, column)
	}
	seen := 0
	for i := range b.Rows {
		if usual := b.usual(i); usual && i > 0 {
			continue
		}
		for _, c := range b.Columns {
			if c.Formula != nil {
				c.Formula(i)
			}
		}
		if seen++; seen > unusualRows {
			break
		}
	}
	return b
}

// fitting returns a formula that programs take, else none.
func (p *planner) fitting(text string) string {
	if !formula.Fits(text) {
		p.computed.add("length")
		return ""
	}
	return text
}

// usual reports whether all numbers of an item stand in its own row of the
// sheet where the block is, and nothing is special about it.
func (p *planner) usual(i int) bool {
	if q := p.quadrantResult(); q != nil && i < len(q.Why) && q.Why[i] == quadrant.Churned {
		return false
	}
	for _, s := range p.sources.list {
		place := s.series.Place
		if s.col > 0 && (s.long || !p.sources.direct(s, i)) {
			return false
		}
		if i >= len(place.Rows) || place.Rows[i] == 0 || int(place.Rows[i]) != p.at.rows[i] || place.Sheet != p.sources.home {
			return false
		}
	}
	return true
}
