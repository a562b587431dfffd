package annotate

import (
	"math"
	"slices"
	"unicode/utf8"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// A columnPlan is one column of the block.
type columnPlan struct {
	header  string
	width   float64
	style   sheets.Style
	formula func(i int) string // nil or "" for a computed value
	value   func(i int) any
	// quick is value for tables of very many rows, the zero one where value is
	// quick enough.
	quick writing
}

// figures plans a column of numbers; the missing ones are said so.
func (c *columnPlan) figures(p *planner, number func(i int) float64) {
	c.quick.number = number
	c.value = func(i int) any { return p.known(number(i)) }
}

// texts plans a column of texts.
func (c *columnPlan) texts(text func(i int) string) {
	c.quick.text = text
	c.value = func(i int) any { return text(i) }
}

// nobody reports whether there is neither a customer nor an offer, as beside
// counts of cohorts alone: then no rows can be annotated.
func (p *planner) nobody() bool { return len(p.at.rows) == 0 && p.res.Lifetime != nil }

// block makes the cells beside the customers or the offers.
func (p *planner) block() {
	if p.nobody() {
		return
	}
	s := &page{}
	s.Name = p.at.sheet
	s.Widths = map[int]float64{}
	headers := make([]string, len(p.at.columns))
	plans := make([]columnPlan, len(p.at.columns))
	for k, id := range p.at.columns {
		plans[k] = p.columnPlan(id)
		headers[k] = plans[k].header
		s.Widths[p.at.first+k] = p.contentWidth(id, plans[k])
	}
	taken := len(p.space.Headers)
	for k, header := range unique(append(slices.Clone(p.space.Headers), headers...))[taken:] {
		look := plans[k].style
		s.put(p.at.header, p.at.first+k, header, sheets.Style{Role: sheets.Header, Right: look.Right, Center: look.Center, Indent: look.Indent})
		if p.isComputed(plans[k]) {
			s.Cells[len(s.Cells)-1].Note = p.computedNote()
		}
	}
	p.blockLink(s)
	if p.bulky(len(p.at.rows)) {
		p.plan.Bulk[p.at.sheet] = p.bulk(plans)
	} else {
		for i, row := range p.at.rows {
			for k, plan := range plans {
				p.blockCell(s, row, p.at.first+k, plan, i)
			}
		}
	}
	p.blockFormats(s)
	p.placeBlock(s)
}

// isComputed reports whether a column holds values instead of formulas.
func (p *planner) isComputed(plan columnPlan) bool {
	return plan.formula == nil || p.sources.off || len(p.at.rows) > 0 && plan.formula(0) == ""
}

// computedNote says when and from what the values of a column were computed.
func (p *planner) computedNote() string {
	if p.r.AsOf.IsZero() {
		return p.term("block.note")
	}
	return p.text("block.note.dated", dataset.DayOf(p.r.AsOf))
}

// The most that a column grows for its header and for texts in it, and how many
// rows are looked at.
const (
	mostForHeader = 24
	mostForText   = 32
	rowsForWidth  = 1000
)

// contentWidth returns the width of a column: the height of the user's rows is
// the user's, so a header finds its place on one line, beside the button of a
// filter, and so does a reason instead of a figure.
func (p *planner) contentWidth(id string, plan columnPlan) float64 {
	width := max(plan.width, min(float64(utf8.RuneCountInString(plan.header))*1.1+3, mostForHeader))
	if id == colWhy || id == colName {
		return width
	}
	for i := range min(len(p.at.rows), rowsForWidth) {
		if text, ok := plan.value(i).(string); ok {
			width = max(width, min(float64(utf8.RuneCountInString(text))*1.05+2, mostForText))
		}
	}
	return width
}

// blockLink leads from the block to the summary: by a cell above the headers,
// or by the first header where there is no row above.
func (p *planner) blockLink(s *page) {
	switch {
	case p.at.ours:
		s.linked(3, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	case p.at.header > 1 && !p.space.Below:
		s.linked(p.at.header-1, p.at.first, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	default:
		s.Cells[0].Link, s.Cells[0].Style.Role = p.link(sheetSummary, 1, 1), sheets.LinkHeader
	}
}

// blockCell writes one cell: a formula where there is one that programs take,
// else the value, marked as computed.
func (p *planner) blockCell(s *page, row, col int, plan columnPlan, i int) {
	style, text := plan.style, ""
	if plan.formula != nil && !p.sources.off {
		text = plan.formula(i)
	}
	if !formula.Fits(text) {
		text = ""
		p.computed.add("length")
	}
	if text == "" {
		style.Role = sheets.Computed
	}
	s.formula(row, col, text, plan.value(i), style)
}

// placeBlock puts the block onto the user's sheet, or makes a sheet of it.
func (p *planner) placeBlock(s *page) {
	top, bottom := p.at.span()
	area := sheets.Area{Row: p.at.header, Col: p.at.first, LastRow: bottom, LastCol: p.at.first + len(p.at.columns) - 1}
	if !p.at.ours {
		if p.at.header > 1 && !p.space.Below {
			area.Row-- // the link above the headers
		}
		p.plan.Block, p.plan.Area = s.Sheet, area
		p.define(blockName, area.On(p.at.sheet))
		return
	}
	s.put(1, 1, p.names[sheetCustomers], sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.term("customers.intro"), sheets.Style{Role: sheets.Label})
	s.FreezeRow, s.FreezeCol, s.RepeatRows, s.Landscape = p.at.header, 2, p.at.header, true
	if len(p.at.rows) > 0 {
		area.Row = top - 1
		s.Tables = []sheets.Table{{Name: p.tableName("customers"), Area: area}}
	}
	p.add(sheetCustomers, s)
}

// blockFormats adds what shows states: classes, verdicts, arrows.
func (p *planner) blockFormats(s *page) {
	if len(p.at.rows) == 0 {
		return
	}
	top, bottom := p.at.span()
	area := func(id string) sheets.Area {
		return sheets.Area{Row: top, Col: p.at.col(id), LastRow: bottom, LastCol: p.at.col(id)}
	}
	if p.at.has(colClass) {
		s.Conditions = append(s.Conditions, sheets.Condition{Kind: sheets.ClassFill, Area: area(colClass), Texts: p.classCells()})
	}
	if p.at.has(colVerdict) {
		bad := []string{formula.Text(p.words.Regret), formula.Text(p.words.BetterElsewhere)}
		s.Conditions = append(s.Conditions,
			sheets.Condition{Kind: sheets.TextFill, Role: sheets.Bad, Area: area(colVerdict), Texts: bad},
			sheets.Condition{Kind: sheets.TextFill, Role: sheets.Good, Area: area(colVerdict), Texts: []string{formula.Text(p.words.WorthIt)}})
	}
	if p.at.has(colRelative) && !p.money() {
		s.Conditions = append(s.Conditions, sheets.Condition{Kind: sheets.Icons, Area: area(colRelative), Texts: []string{"-vb_delta", "vb_delta"}})
	}
}

// classCells returns the names of the cells with the four class names.
func (p *planner) classCells() []string {
	return []string{"vb_class_1", "vb_class_2", "vb_class_3", "vb_class_4"}
}

// customer returns the formulas of one row.
func (p *planner) customer(i int) formula.Customer {
	c := formula.Customer{Money: p.money(), Minimum: p.cells["coverage_min"], Words: p.words}
	if c.Money {
		c.Minimum = "1"
	}
	c.Benefits, c.Costs = p.side(dataset.Benefit, i), p.side(dataset.Cost, i)
	return c
}

func (p *planner) side(side dataset.Side, i int) formula.Side {
	out := formula.Side{Total: p.totals[side]}
	own := p.own()
	if p.at.offers {
		own = 0
	}
	for _, a := range p.attributes[side] {
		cells := p.terms[a]
		t := formula.Term{Weight: cells.weight, Least: cells.least, Step: cells.step, Own: p.sources.cell(p.sources.ratings[[2]int{own, a}], i)}
		for _, k := range p.rivalList() {
			t.Rivals = append(t.Rivals, p.sources.cell(p.sources.ratings[[2]int{k, a}], i))
		}
		out.Terms = append(out.Terms, t)
	}
	return out
}

// reasonWord returns the text instead of a value.
func (p *planner) reasonWord(why value.Reason) string {
	switch why {
	case value.NotRated:
		return p.words.NotRated
	case value.NoWeight:
		return p.words.NoWeight
	case value.CostsNotRated:
		return p.words.CostsNotRated
	case value.BenefitsNotRated:
		return p.words.BenefitsNotRated
	case value.LowCoverage:
		return p.words.LowCoverage
	}
	return p.words.Missing
}

// ratioValue returns the cached result of a ratio.
func (p *planner) ratioValue(ratio float64, why value.Reason) any {
	switch why {
	case value.NoCostReported:
		return p.words.NoCost
	case value.RatioUndefined:
		return p.words.Undefined
	}
	return p.known(ratio)
}

// verdictWord returns the text of a verdict.
func (p *planner) verdictWord(v value.Verdict) string {
	switch v {
	case value.Regret:
		return p.words.Regret
	case value.BetterElsewhere:
		return p.words.BetterElsewhere
	case value.Borderline:
		return p.words.Borderline
	case value.WorthIt:
		return p.words.WorthIt
	}
	return p.words.Missing
}

// classWord returns the name of a class.
func (p *planner) classWord(q *quadrant.Result, c quadrant.Class) string {
	if c == quadrant.NotClassified {
		return p.words.NotClassified
	}
	return p.className(q.ID(c))
}

// classTexts returns what names the class of a customer.
func (p *planner) classTexts(q *quadrant.Result) func(i int) string {
	var names [quadrant.LowLow + 1]string
	for c := range names {
		names[c] = p.classWord(q, quadrant.Class(c))
	}
	return func(i int) string { return names[q.Class[i]] }
}

func (p *planner) borderWord(border bool) string {
	if border {
		return p.words.Border
	}
	return p.words.NoBorder
}

// at returns element i of a column, NaN where the column is too short.
func at(values []float64, i int) float64 {
	if i < len(values) {
		return values[i]
	}
	return math.NaN()
}
