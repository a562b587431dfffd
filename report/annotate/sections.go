package annotate

import (
	"math"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// sectionSheets are the sections of the report that have a sheet of the same
// identifier: their tables and charts as computed values.
var sectionSheets = []string{sheetPersonas, sheetDrivers, sheetVoice, sheetLifetime, sheetPurchases, sheetConcentration, sheetScores, sheetProfile, sheetConcepts, sheetMovement}

// Columns of a section's sheet: tables and charts left, what charts are drawn
// from at the right, hidden.
const (
	sectionColumns = 8
	sectionData    = 12
)

// A sectionPage is the sheet of one section in the making.
type sectionPage struct {
	*page
	id  string
	row int // next free row
	col int // next free column of chart data
	n   int // tables so far
}

// sections makes a sheet of every section that has one.
func (p *planner) sections() {
	for _, id := range sectionSheets {
		if s := p.section(id); s != nil && hasFigures(s) {
			p.sectionSheet(id, s)
		}
	}
}

// hasFigures reports whether a section holds more than the reason why it says
// nothing.
func hasFigures(s *report.Section) bool {
	for _, b := range s.Blocks {
		if b.Table != nil || b.Chart != nil {
			return true
		}
	}
	return false
}

// section returns a section of the report, nil when it is not there.
func (p *planner) section(id string) *report.Section {
	for i := range p.r.Sections {
		if p.r.Sections[i].ID == id {
			return &p.r.Sections[i]
		}
	}
	return nil
}

func (p *planner) sectionSheet(id string, section *report.Section) {
	s := &sectionPage{page: &page{}, id: id, row: 5, col: sectionData}
	s.widths(30, 16, 16, 16, 16, 16, 16, 16)
	s.put(1, 1, p.w.Text(section.Title), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.term("section.computed"), sheets.Style{Role: sheets.Label})
	s.linked(3, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	for _, b := range section.Blocks {
		p.sectionBlock(s, b)
	}
	if s.col > sectionData {
		s.Hidden = append(s.Hidden, sheets.Span{First: sectionData, Last: s.col - 1})
	}
	p.add(id, s.page)
}

// sectionBlock writes one block below those before.
func (p *planner) sectionBlock(s *sectionPage, b report.Block) {
	switch {
	case b.Heading != nil:
		s.put(s.row, 1, p.w.Text(*b.Heading), sheets.Style{Role: sheets.Heading})
		s.row++
	case b.Paragraph != nil:
		s.prose(p.w.Text(*b.Paragraph), sheets.Style{Wrap: true})
	case b.Note != nil:
		s.prose(p.w.Text(*b.Note), sheets.Style{Role: sheets.Fine, Wrap: true})
	case b.Chart != nil:
		p.sectionChart(s, b.Chart)
	case b.Table != nil:
		p.sectionTable(s, b.Table)
	default:
		for _, m := range b.List {
			s.prose("– "+p.w.Text(m), sheets.Style{Wrap: true})
		}
	}
}

// prose writes a text over all columns.
func (s *sectionPage) prose(text string, style sheets.Style) {
	s.put(s.row, 1, text, style)
	s.merge(s.row, 1, s.row, sectionColumns)
	s.height(s.row, lines(text, 125)*15+3)
	s.row += 2
}

func (p *planner) sectionTable(s *sectionPage, t *report.Table) {
	if text := p.w.Text(t.Title); text != "" {
		s.put(s.row, 1, text, sheets.Style{Role: sheets.Heading})
		s.row++
	}
	headers := make([]string, len(t.Columns))
	for k, c := range t.Columns {
		headers[k] = p.w.Text(c.Header)
	}
	top := s.row
	s.header(top, 1, headers...)
	for _, row := range t.Rows {
		s.row++
		p.sectionRow(s, t, row, sheets.Computed)
	}
	s.n++
	s.table(p.tableName(s.id+"_"+itoa(s.n)), top, 1, s.row, len(headers))
	if t.Total != nil {
		s.row++
		p.sectionRow(s, t, t.Total, sheets.Total)
	}
	s.row += 2
}

func (p *planner) sectionRow(s *sectionPage, t *report.Table, row []dataset.Quantity, role sheets.Role) {
	for k, q := range row {
		value, style := p.quantityCell(q)
		if style.Right || role == sheets.Total {
			style.Role = role
		}
		if k < len(t.Columns) && !t.Columns[k].Text {
			style.Right = true
		} else if k > 0 {
			style.Indent = 1
		}
		if text, ok := value.(string); ok {
			s.Widths[k+1] = min(40, max(s.Widths[k+1], float64(len([]rune(text)))+3))
			if n := lines(text, 42); n > 1 {
				style.Wrap = true
				s.height(s.row, max(s.Heights[s.row], 15*n))
			}
		}
		s.put(s.row, k+1, value, style)
	}
}

// quantityCell returns a quantity as a cell: a number with its format, or text.
func (p *planner) quantityCell(q dataset.Quantity) (any, sheets.Style) {
	format, ok := map[dataset.Unit]sheets.Format{
		dataset.Count: sheets.Whole, dataset.Points: sheets.OneDigit, dataset.SignedPoints: sheets.SignedOne, dataset.Tenths: sheets.OneDigit, dataset.SignedTenths: sheets.SignedOne,
		dataset.Index: sheets.OneDigit, dataset.Ratio: sheets.TwoDigits, dataset.Share: sheets.Percent, dataset.SignedShare: sheets.Percent, dataset.Money: sheets.Amount, dataset.SignedMoney: sheets.Amount,
		dataset.Rating: sheets.TwoDigits, dataset.Number: sheets.General, dataset.Probability: sheets.ThreeDigits, dataset.Exact: sheets.Exact,
	}[q.Unit]
	if !ok {
		return p.w.Quantity(q), sheets.Style{}
	}
	style := sheets.Style{Role: sheets.Computed, Format: format, Right: true}
	if format == sheets.Amount && math.Abs(q.Value) < 100 {
		style.Format = sheets.TwoDigits
	}
	return p.known(q.Value), style
}

// sectionChart writes a chart natively where there is such a chart, else as
// tinted cells.
func (p *planner) sectionChart(s *sectionPage, c *report.Chart) {
	title := p.w.Text(c.Title)
	if c.Kind == report.HeatChart {
		p.heatCells(s, c, title)
		return
	}
	if c.Kind == report.TrendsChart {
		p.sectionTable(s, trendTable(c))
		return
	}
	chart := sheets.Chart{Row: s.row, Col: 1, Width: 860, Height: 360, Title: title, Alt: p.w.Text(c.Alt), XTitle: p.w.Text(c.X.Label), YTitle: p.w.Text(c.Y.Label),
		XFormat: numberFormat(c.X.Unit), YFormat: numberFormat(c.Y.Unit)}
	switch {
	case c.Kind == report.CurveChart && len(c.X.Names) > 0:
		chart.Kind, chart.HideLegend = sheets.ColumnChart, len(c.Curves) < 2
		p.namedSeries(s, c, &chart)
	case c.Kind == report.CurveChart:
		chart.Kind = sheets.Scatter
		p.curveSeries(s, c, &chart)
	case c.Kind == report.BarsChart, c.Kind == report.IntervalChart:
		chart.Kind, chart.HideLegend, chart.YFormat = sheets.BarChart, true, numberFormat(c.X.Unit)
		chart.Height = 120 + 26*len(c.Bars)
		p.barSeries(s, c, &chart)
	case c.Kind == report.QuadrantChart, c.Kind == report.ValueMapChart:
		chart.Kind, chart.HideLegend = sheets.Scatter, true
		p.pointSeries(s, c, &chart)
	}
	if len(chart.Series) == 0 {
		return
	}
	s.Charts = append(s.Charts, chart)
	s.row += below(chart)
}

// below is how many rows a chart covers, with one free: rows are 17 pixels in
// some programs and 20 in others.
func below(chart sheets.Chart) int { return chart.Height/17 + 2 }

// numberFormat is the format of an axis.
func numberFormat(u dataset.Unit) string {
	switch u {
	case dataset.Share, dataset.SignedShare:
		return "0%"
	case dataset.Money, dataset.SignedMoney, dataset.Count:
		return "#,##0"
	}
	return "0"
}

// dataTop is the row of the headers of chart data.
const dataTop = 4

// data writes a column of chart data and returns its range.
func (p *planner) data(s *sectionPage, header string, values []any) string {
	const top = dataTop
	s.put(top, s.col, header, sheets.Style{Role: sheets.Label})
	for i, v := range values {
		s.put(top+1+i, s.col, v, sheets.Style{Role: sheets.Computed})
	}
	area := sheets.Area{Row: top + 1, Col: s.col, LastRow: top + max(1, len(values)), LastCol: s.col}
	s.col++
	return area.On(p.names[s.id])
}

// namedSeries draws curves over named values as columns.
func (p *planner) namedSeries(s *sectionPage, c *report.Chart, chart *sheets.Chart) {
	names := make([]any, len(c.X.Names))
	for i, name := range c.X.Names {
		names[i] = p.w.Quantity(name)
	}
	at := p.data(s, chart.XTitle, names)
	for _, curve := range c.Curves {
		name := p.w.Text(curve.Label)
		if name == "" {
			name = chart.YTitle
		}
		values := make([]any, len(names))
		for _, v := range curve.Points {
			if i := int(v.X); i >= 0 && i < len(values) {
				values[i] = v.Y
			}
		}
		chart.Series = append(chart.Series, sheets.Series{Name: name, Categories: at, Values: p.data(s, name, values), Color: seriesColor(curve.Style)})
	}
}

// curveSeries draws the curves as lines of a scatter.
func (p *planner) curveSeries(s *sectionPage, c *report.Chart, chart *sheets.Chart) {
	if c.X.Hi > c.X.Lo {
		lo, hi := c.X.Lo, c.X.Hi
		chart.XMin, chart.XMax = &lo, &hi
	}
	inside := c.Y.Hi > c.Y.Lo
	for _, curve := range c.Curves {
		var xs, ys []any
		for _, v := range curve.Points {
			xs, ys = append(xs, v.X), append(ys, v.Y)
			inside = inside && v.Y >= c.Y.Lo && v.Y <= c.Y.Hi*(1+1e-9)
		}
		if len(xs) == 0 {
			continue
		}
		name := p.w.Text(curve.Label)
		if name == "" {
			name = chart.YTitle
		}
		marker := "none"
		if curve.Dots {
			marker = "circle"
		}
		chart.Series = append(chart.Series, sheets.Series{Name: name, Categories: p.data(s, "x", xs), Values: p.data(s, name, ys),
			Color: seriesColor(curve.Style), Marker: marker, Line: true, Dash: curve.Dashed})
	}
	if inside {
		lo, hi := c.Y.Lo, c.Y.Hi
		chart.YMin, chart.YMax = &lo, &hi
	}
	chart.HideLegend = len(chart.Series) < 2
}

// seriesColor is the colour of a style without "#".
func seriesColor(style report.Style) string {
	switch {
	case style <= report.StyleLowLow:
		return sheets.ClassColors[style]
	case style == report.StyleMinus:
		return "B3261E"
	case style == report.StyleNone || style == report.StyleRival:
		return "8A939C"
	}
	return sheets.ClassColors[0]
}

// barSeries draws bars with their intervals.
func (p *planner) barSeries(s *sectionPage, c *report.Chart, chart *sheets.Chart) {
	var names, values, minus, plus []any
	var colors []string
	whiskers := false
	for _, b := range c.Bars {
		names, values, colors = append(names, b.Label), append(values, b.Value), append(colors, seriesColor(b.Style))
		lo, hi := b.Value-b.Lo, b.Hi-b.Value
		if math.IsNaN(lo) || math.IsNaN(hi) {
			lo, hi = 0, 0
		} else {
			whiskers = true
		}
		minus, plus = append(minus, max(lo, 0)), append(plus, max(hi, 0))
	}
	if len(values) == 0 {
		return
	}
	series := sheets.Series{Name: chart.XTitle, Categories: p.data(s, " ", names), Values: p.data(s, chart.XTitle, values), ValueLabels: true, PointColors: colors}
	if whiskers {
		series.Minus, series.Plus = p.data(s, "-", minus), p.data(s, "+", plus)
	}
	chart.Series = []sheets.Series{series}
}

// heatCells writes a table of tinted cells, with a data bar in each.
func (p *planner) heatCells(s *sectionPage, c *report.Chart, title string) {
	s.put(s.row, 1, title, sheets.Style{Role: sheets.Heading})
	s.row++
	rows, columns := c.Heat.Names()
	headers := []string{p.w.Text(c.Y.Label) + " / " + p.w.Text(c.X.Label)}
	for _, name := range columns {
		headers = append(headers, p.w.Quantity(name))
	}
	s.header(s.row, 1, headers...)
	first := s.row + 1
	for r, name := range rows {
		s.row++
		s.put(s.row, 1, p.w.Quantity(name), sheets.Style{Right: true, Format: sheets.AsText})
		for k, cell := range c.Heat.Cells[r] {
			s.put(s.row, k+2, p.known(cell.Value), sheets.Style{Role: sheets.Computed, Format: sheets.Whole, Right: true})
		}
	}
	s.Conditions = append(s.Conditions, sheets.Condition{Kind: sheets.DataBar, Area: sheets.Area{Row: first, Col: 2, LastRow: s.row, LastCol: 1 + len(columns)}})
	s.row += 2
}
