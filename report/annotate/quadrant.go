package annotate

import (
	"math"

	"valuebook/report"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// listLimit is up to how many rows the table behind the scatter has all of
// them. Of more it has crowd, evenly spread: more points cannot be told apart.
const listLimit, crowd = 20000, 2000

// The columns of the Quadrant sheet. The helpers are hidden: they part the
// points by class and hold the ends of the dividing lines.
const (
	quadName = iota + 1
	quadSegment
	quadValue
	quadX
	quadY
	quadClass
	quadBorder
	quadHelper // first of five: one per class, and not classified
	quadLineX  = quadHelper + 5
	quadLineY  = quadLineX + 1
	quadChart  = quadLineY + 2
)

// quadHeader is the row of the table's headers.
const quadHeader = 4

// quadrant makes the sheet with the scatter by class.
func (p *planner) quadrant() {
	q := p.quadrantResult()
	if q == nil || len(p.at.rows) == 0 {
		return
	}
	s := &page{}
	s.widths(30, 20, 15, 13, 13, 18, 9)
	section := "quadrant"
	if p.at.offers {
		section = "offers"
	}
	s.put(1, 1, p.sectionTitle(section, p.term("sheet.quadrant")), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.text("quadrant.intro", dataset.TermOf("measure."+string(q.X.Measure)), dataset.TermOf("measure."+string(q.Y.Measure))), sheets.Style{Role: sheets.Label})
	s.linked(3, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	s.header(quadHeader, 1, p.quadrantHeaders(q)...)
	items := p.listed()
	n := len(items)
	if n < len(p.at.rows) {
		s.Cells[1].Value = s.Cells[1].Value.(string) + " " + p.text("quadrant.listed", dataset.N(n), dataset.N(len(p.at.rows)))
	}
	for k, i := range items {
		p.quadrantRow(s, q, quadHeader+1+k, i)
	}
	last := quadHeader + n
	s.table(p.tableName("quadrant"), quadHeader, 1, last, quadBorder)
	p.dividers(s, q)
	s.Hidden = []sheets.Span{{First: quadHelper, Last: quadLineY}}
	if !p.segmented() {
		s.Hidden = append(s.Hidden, sheets.Span{First: quadSegment, Last: quadSegment})
	}
	s.Conditions = append(s.Conditions, sheets.Condition{Kind: sheets.ClassFill, Texts: p.classCells(),
		Area: sheets.Area{Row: quadHeader + 1, Col: quadClass, LastRow: last, LastCol: quadClass}})
	s.Charts = append(s.Charts, p.scatter(q, items))
	s.FreezeRow, s.RepeatRows, s.Landscape = quadHeader, quadHeader, true
	p.add(sheetQuadrant, s)
}

// listed returns the rows of the block that the table has.
func (p *planner) listed() []int {
	all := len(p.at.rows)
	n := all
	if all > listLimit {
		n = crowd
	}
	items := make([]int, n)
	for k := range items {
		items[k] = k * all / n
	}
	return items
}

func (p *planner) segmented() bool { return !p.at.offers && p.d.Customers.Segment != nil }

// sectionTitle returns the title of a section of the report, which states its
// finding.
func (p *planner) sectionTitle(id, otherwise string) string {
	for _, section := range p.r.Sections {
		if section.ID == id {
			return p.w.Text(section.Title)
		}
	}
	return otherwise
}

func (p *planner) quadrantHeaders(q *quadrant.Result) []string {
	who := "ratings.name"
	if p.at.offers {
		who = "quadrant.offer"
	}
	headers := []string{p.term(who), p.term("quadrant.segment"), p.term("block.value"),
		p.text("block.axis_x", dataset.TermOf("measure."+string(q.X.Measure))), p.text("block.axis_y", dataset.TermOf("measure."+string(q.Y.Measure))),
		p.term("block.class"), p.term("block.border")}
	for _, id := range q.Pair.Classes {
		headers = append(headers, p.text("quadrant.points_of", dataset.Str(p.className(id))))
	}
	return append(headers, p.text("quadrant.points_of", dataset.Str(p.words.NotClassified)))
}

// quadrantRow writes one customer: copies of the block's figures, and the
// points parted by class.
func (p *planner) quadrantRow(s *page, q *quadrant.Result, row, i int) {
	block := func(id string) string { return dataset.QuoteSheet(p.at.sheet) + "!" + p.at.cell(id, i) }
	number := sheets.Style{Role: sheets.Result, Format: sheets.OneDigit, Right: true}
	s.put(row, quadName, p.rowName(i), sheets.Style{})
	if p.segmented() && i < len(p.d.Customers.Segment) {
		s.put(row, quadSegment, p.d.Customers.Segment[i], sheets.Style{Role: sheets.Label})
	}
	if p.at.has(colValue) {
		s.formula(row, quadValue, block(colValue), p.valueOf(i), p.points())
	}
	x, y := number, number
	if q.X.Money {
		x.Format = sheets.Amount
	}
	if q.Y.Money {
		y.Format = sheets.Amount
	}
	s.formula(row, quadX, block(colX), p.known(q.X.Values[i]), x)
	s.formula(row, quadY, block(colY), p.known(q.Y.Values[i]), y)
	s.formula(row, quadClass, block(colClass), p.classWord(q, q.Class[i]), sheets.Style{Role: sheets.Result, Indent: 1})
	s.formula(row, quadBorder, block(colBorder), p.borderWord(q.Border[i]), sheets.Style{Role: sheets.Result, Center: true})
	for c, name := range append(p.classCells(), formula.Text(p.words.NotClassified)) {
		shown := c+1 == int(q.Class[i]) || c == 4 && q.Class[i] == quadrant.NotClassified
		var value any = sheets.NotAvailable
		if shown && !math.IsNaN(q.X.Values[i]) && !math.IsNaN(q.Y.Values[i]) {
			value = q.Y.Values[i]
		}
		s.formula(row, quadHelper+c, formula.Point(sheets.Address(row, quadClass), name, sheets.Address(row, quadX), sheets.Address(row, quadY)), value, sheets.Style{Role: sheets.Fine})
	}
}

// valueOf returns the cached value of a row.
func (p *planner) valueOf(i int) any {
	if p.at.offers {
		return p.orReason(p.res.Offers[i].Value, p.res.Offers[i].Why)
	}
	return p.orReason(p.res.Value.Own.Value[i], p.res.Value.Own.Why[i])
}

// dividers writes the ends of the two dividing lines, live.
func (p *planner) dividers(s *page, q *quadrant.Result) {
	xs, ys := p.ends(q.X, quadX), p.ends(q.Y, quadY)
	points := [4][2]end{{{"vb_x_threshold", q.X.Threshold}, ys[0]}, {{"vb_x_threshold", q.X.Threshold}, ys[1]},
		{xs[0], {"vb_y_threshold", q.Y.Threshold}}, {xs[1], {"vb_y_threshold", q.Y.Threshold}}}
	for k, point := range points {
		for c, e := range point {
			style := sheets.Style{Role: sheets.Fine}
			var value any = sheets.NotAvailable
			if !math.IsNaN(e.value) {
				value = e.value
			}
			s.formula(quadHeader+1+k, quadLineX+c, "IF(ISNUMBER("+e.formula+"),"+e.formula+",NA())", value, style)
		}
	}
	s.header(quadHeader, quadLineX, p.term("quadrant.line_x"), p.term("quadrant.line_y"))
}

// An end is one coordinate of a dividing line.
type end struct {
	formula string
	value   float64
}

// ends returns the two ends of an axis: of its scale, or of its values when it
// has none.
func (p *planner) ends(a quadrant.Axis, col int) [2]end {
	if !a.Money {
		lo, hi := axisRange(a)
		return [2]end{{plain(lo), lo}, {plain(hi), hi}}
	}
	items := p.listed()
	area := sheets.Area{Row: quadHeader + 1, Col: col, LastRow: quadHeader + len(items), LastCol: col}
	lo, hi := math.NaN(), math.NaN()
	for _, i := range items {
		if x := a.Values[i]; !math.IsNaN(x) {
			lo, hi = math.Min(x, orElse(lo, x)), math.Max(x, orElse(hi, x))
		}
	}
	none := "IF(COUNT(" + area.String() + ")=0,NA(),"
	return [2]end{{none + "MIN(" + area.String() + "))", lo}, {none + "MAX(" + area.String() + "))", hi}}
}

func orElse(x, otherwise float64) float64 {
	if math.IsNaN(x) {
		return otherwise
	}
	return x
}

// scatter describes the native chart: one series per class, the dividing lines.
func (p *planner) scatter(q *quadrant.Result, items []int) sheets.Chart {
	name, n := p.names[sheetQuadrant], len(items)
	column := func(col int) string {
		return sheets.Area{Row: quadHeader + 1, Col: col, LastRow: quadHeader + n, LastCol: col}.On(name)
	}
	c := sheets.Chart{
		Row: quadHeader, Col: quadChart, Width: 720, Height: 560, Kind: sheets.Scatter,
		Title:  p.chartText(report.QuadrantChart, func(c *report.Chart) dataset.Message { return c.Title }, p.term("sheet.quadrant")),
		Alt:    p.chartText(report.QuadrantChart, func(c *report.Chart) dataset.Message { return c.Alt }, p.term("sheet.quadrant")),
		XTitle: p.term("measure." + string(q.X.Measure)), YTitle: p.term("measure." + string(q.Y.Measure)),
	}
	c.XMin, c.XMax, c.XFormat = axisEnds(q.X)
	c.YMin, c.YMax, c.YFormat = axisEnds(q.Y)
	for k := range 5 {
		if k == 4 && q.Counts[quadrant.NotClassified] == 0 {
			break
		}
		series := sheets.Series{Categories: column(quadX), Values: column(quadHelper + k)}
		if k < 4 {
			series.Name = p.on(sheetParameters, p.classRows[k], 2)
			series.Color, series.Marker = sheets.ClassColors[k], sheets.ClassMarkers[k]
		} else {
			series.Name, series.Color, series.Marker = p.words.NotClassified, "5B6570", "x"
		}
		c.Series = append(c.Series, series)
	}
	p.labelPoints(&c, q, items)
	for k := range 2 {
		line := func(col int) string {
			return sheets.Area{Row: quadHeader + 1 + 2*k, Col: col, LastRow: quadHeader + 2 + 2*k, LastCol: col}.On(name)
		}
		c.Series = append(c.Series, sheets.Series{Categories: line(quadLineX), Values: line(quadLineY), Color: "5B6570", Line: true, Dash: true})
	}
	return c
}

func axisEnds(a quadrant.Axis) (lo, hi *float64, format string) {
	if a.Money {
		return nil, nil, "#,##0"
	}
	from, to := axisRange(a)
	return &from, &to, "0"
}

// axisRange returns the part of a scale that the chart shows: all of a scale
// from 0 to 100; of a scale around zero, what the customers and the line use.
func axisRange(a quadrant.Axis) (lo, hi float64) {
	if a.Lo >= 0 {
		return a.Lo, a.Hi
	}
	lo, hi = orElse(a.Threshold, 0), orElse(a.Threshold, 0)
	for _, x := range a.Values {
		if !math.IsNaN(x) {
			lo, hi = math.Min(lo, x), math.Max(hi, x)
		}
	}
	return math.Max(a.Lo, math.Floor((lo-10)/20)*20), math.Min(a.Hi, math.Ceil((hi+10)/20)*20)
}

// chartText returns a text of the report's chart of a kind.
func (p *planner) chartText(kind report.ChartKind, of func(*report.Chart) dataset.Message, otherwise string) string {
	for _, section := range p.r.Sections {
		for _, block := range section.Blocks {
			if block.Chart != nil && block.Chart.Kind == kind && !of(block.Chart).IsZero() {
				return p.w.Text(of(block.Chart))
			}
		}
	}
	return otherwise
}
