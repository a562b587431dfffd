package annotate

import (
	"slices"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// The identifiers of the block's columns; a rival's lead is "lead" and the
// rival's place in the list.
const (
	colID       = "id"
	colName     = "name"
	colBenefits = "benefits"
	colCosts    = "costs"
	colValue    = "value"
	colRatio    = "ratio"
	colCoverage = "coverage"
	colLead     = "lead"
	colVerdict  = "verdict"
	colRelative = "relative"
	colIndex    = "index"
	colX        = "x"
	colY        = "y"
	colClass    = "class"
	colBorder   = "border"
	colBefore   = "class_before"
	colRank     = "rank"
	colWhy      = "why"
)

// A blockPlace says where the block stands.
type blockPlace struct {
	sheet   string
	header  int   // row of the headers
	rows    []int // row of each customer or offer
	columns []string
	first   int // first column
	offers  bool
	ours    bool // on a sheet of ours: the user's has no row for everybody
}

func (b blockPlace) has(id string) bool { return slices.Contains(b.columns, id) }

// col returns the column of the workbook where a column of the block stands.
func (b blockPlace) col(id string) int {
	return b.first + slices.Index(b.columns, id)
}

// cell returns a cell of the block, as formulas on its sheet write it.
func (b blockPlace) cell(id string, i int) string {
	return sheets.Address(b.rows[i], b.col(id))
}

// column returns the whole column of the block as an absolute range.
func (b blockPlace) column(id string) string {
	top, bottom := b.span()
	return sheets.Area{Row: top, Col: b.col(id), LastRow: bottom, LastCol: b.col(id)}.On(b.sheet)
}

// span returns the first and the last row with a customer.
func (b blockPlace) span() (top, bottom int) {
	if len(b.rows) == 0 {
		return b.header + 1, b.header + 1
	}
	return slices.Min(b.rows), slices.Max(b.rows)
}

// place decides where the block stands and which columns it has.
func (p *planner) place() {
	at := blockPlace{offers: p.d.Offers != nil && len(p.res.Offers) > 0}
	place, n := p.d.Customers.Place, p.d.Customers.Len()
	if at.offers {
		place, n = p.d.Offers.Place, len(p.d.Offers.Name)
	}
	at.columns = p.columns(at.offers)
	at.sheet, at.first, at.header = place.Sheet, p.space.Beside, headerRow(p.d, place)
	if p.space.Beside == 0 || !everyRow(place, n, at.header) {
		at.ours, at.sheet, at.first, at.header = true, p.names[sheetCustomers], 1, 4
		at.columns = append([]string{colID, colName}, at.columns...)
	}
	for i := range n {
		row := at.header + 1 + i
		if !at.ours {
			row = int(place.Rows[i])
		}
		at.rows = append(at.rows, row)
	}
	p.at = at
}

// everyRow reports whether each customer has a row of its own below the header.
func everyRow(place dataset.Place, n, header int) bool {
	if place.Sheet == "" || len(place.Rows) < n {
		return false
	}
	seen := make([]bool, slices.Max(append(place.Rows[:n:n], 0))+1)
	for _, row := range place.Rows[:n] {
		if int(row) <= header || seen[row] {
			return false
		}
		seen[row] = true
	}
	return true
}

// headerRow returns the lowest header row of the table that holds the rows.
func headerRow(d *dataset.Dataset, place dataset.Place) int {
	first := 0
	for _, row := range place.Rows {
		if row > 0 && (first == 0 || int(row) < first) {
			first = int(row)
		}
	}
	for _, t := range d.Receipt.Tables {
		inside := t.Sheet == place.Sheet && t.FirstRow <= first && first <= t.LastRow && t.FirstCol <= place.Col && place.Col <= t.LastCol
		if inside && len(t.HeaderRows) > 0 {
			return slices.Max(t.HeaderRows)
		}
	}
	return max(first-1, 0)
}

// columns lists the columns that the results allow, in their order.
func (p *planner) columns(offers bool) []string {
	if offers {
		out := []string{colBenefits, colCosts, colValue, colRatio, colCoverage, colRank}
		if p.res.OfferQuadrant != nil {
			out = append(out, colX, colY, colClass, colBorder)
		}
		return out
	}
	var out []string
	if p.res.Value != nil {
		out = append(out, colBenefits, colCosts, colValue, colRatio, colCoverage)
		for k := range p.rivalList() {
			out = append(out, colLead+itoa(k))
		}
		out = append(out, colVerdict)
		if len(p.rivalList()) > 0 {
			out = append(out, colRelative)
		} else if !p.money() {
			out = append(out, colIndex)
		}
	}
	if p.res.Quadrant != nil {
		out = append(out, colX, colY, colClass, colBorder)
	}
	if h := p.r.History; h != nil && h.Movement != nil {
		out = append(out, colBefore)
	}
	if p.res.Value != nil {
		out = append(out, colRank)
	}
	out = append(out, p.firmColumns()...)
	return append(out, colWhy)
}

// axis returns the axis of a quadrant column.
func (p *planner) axis(id string) quadrant.Axis {
	q := p.quadrantResult()
	if id == colX {
		return q.X
	}
	return q.Y
}
