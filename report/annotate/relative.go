package annotate

import (
	"math"
	"sort"

	"valuebook/report"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// rivals makes the sheet of the position against rivals (METHOD 2, 3). Its
// figures are statistics with intervals and therefore computed values.
func (p *planner) rivals() {
	if p.planned(sheetRelative) == "" {
		return
	}
	m, s := p.res.Value.Market, &page{}
	s.widths(40, 12, 10, 11, 11, 9, 11, 11, 11, 8, 18)
	s.put(1, 1, p.sectionTitle("rivals", p.term("sheet.relative")), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.term("relative.intro"), sheets.Style{Role: sheets.Label})
	s.linked(3, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	row := p.marketFigures(s, 5, m)
	first, last := p.attributeRows(s, row, m)
	s.Charts = append(s.Charts, p.leadChart(last+2, first, last))
	row = last + 22
	if len(m.MapPoints) > 0 {
		p.valueMap(s, row, m)
	}
	s.Landscape = true
	p.add(sheetRelative, s)
}

// marketFigures writes the headline ratios with their intervals.
func (p *planner) marketFigures(s *page, row int, m *value.Market) int {
	s.header(row, 1, p.term("parameters.figure"), p.term("parameters.value"), p.term("relative.from"), p.term("relative.to"), p.term("relative.n"))
	price := "relative.price"
	if m.RelativeCost {
		price = "relative.cost"
	}
	for _, f := range []struct {
		code   string
		e      stat.Estimate
		format sheets.Format
	}{
		{"relative.points", m.Relative, sheets.SignedOne}, {"relative.cva", m.CVA, sheets.TwoDigits}, {"relative.mpq", m.MPQ, sheets.OneDigit},
		{price, m.RelativePrice, sheets.OneDigit}, {"relative.win_share", m.WinShare, sheets.Percent},
	} {
		if math.IsNaN(f.e.Value) {
			continue
		}
		row++
		s.put(row, 1, p.term(f.code), sheets.Style{})
		for k, x := range []float64{f.e.Value, f.e.Lo, f.e.Hi} {
			s.put(row, 2+k, p.known(x), sheets.Style{Role: sheets.Computed, Format: f.format, Right: true})
		}
		s.put(row, 5, f.e.N, sheets.Style{Role: sheets.Computed, Right: true})
	}
	return row + 2
}

// attributeRows writes the table of attributes, the largest lead first, and
// returns its first and last row.
func (p *planner) attributeRows(s *page, row int, m *value.Market) (first, last int) {
	list := append([]value.Comparison(nil), m.Comparisons...)
	sort.SliceStable(list, func(i, j int) bool { return lead(list[i]) > lead(list[j]) })
	s.header(row, 1, p.term("parameters.attribute"), p.term("parameters.side"), p.term("parameters.weight"), p.term("relative.own"), p.term("relative.rivals"),
		p.term("block.ratio"), p.term("relative.lead"), p.term("relative.from"), p.term("relative.to"), p.term("relative.n"), p.term("relative.standing"),
		p.term("relative.minus"), p.term("relative.plus"))
	header := row
	for _, c := range list {
		row++
		a := p.d.Attributes[c.Attribute]
		s.put(row, 1, a.Label, sheets.Style{})
		s.put(row, 2, p.term("side."+a.Side.String()), sheets.Style{Role: sheets.Label})
		for k, cell := range []struct {
			x      float64
			format sheets.Format
		}{{c.Weight, sheets.OneDigit}, {c.Own, sheets.TwoDigits}, {c.Other, sheets.TwoDigits}, {c.Ratio.Value, sheets.TwoDigits},
			{c.Difference.Value, sheets.SignedOne}, {c.Difference.Lo, sheets.SignedOne}, {c.Difference.Hi, sheets.SignedOne}} {
			s.put(row, 3+k, p.known(cell.x), sheets.Style{Role: sheets.Computed, Format: cell.format, Right: true})
		}
		s.put(row, 10, c.N, sheets.Style{Role: sheets.Computed, Right: true})
		s.put(row, 11, p.term("standing."+string(c.Standing)), standingStyle(c.Standing))
		s.put(row, 12, c.Difference.Value-c.Difference.Lo, sheets.Style{Role: sheets.Fine})
		s.put(row, 13, c.Difference.Hi-c.Difference.Value, sheets.Style{Role: sheets.Fine})
	}
	s.table(p.tableName("attributes"), header, 1, row, 11)
	s.Hidden = append(s.Hidden, sheets.Span{First: 12, Last: 13})
	return header + 1, row
}

// lead orders comparisons; those without a difference come last.
func lead(c value.Comparison) float64 {
	if math.IsNaN(c.Difference.Value) {
		return math.Inf(-1)
	}
	return c.Difference.Value
}

func standingStyle(s value.Standing) sheets.Style {
	switch s {
	case value.Leader, value.SlightlyAhead:
		return sheets.Style{Role: sheets.Good, Indent: 1}
	case value.Laggard, value.SlightlyBehind:
		return sheets.Style{Role: sheets.Bad, Indent: 1}
	}
	return sheets.Style{Role: sheets.Computed, Indent: 1}
}

// leadChart describes the bars of leads and lags with their intervals.
func (p *planner) leadChart(row, first, last int) sheets.Chart {
	column := func(col int) string {
		return sheets.Area{Row: first, Col: col, LastRow: max(first, last), LastCol: col}.On(p.names[sheetRelative])
	}
	title := p.term("relative.chart")
	lo, hi := p.leadRange()
	return sheets.Chart{
		YMin: &lo, YMax: &hi,
		Row: row, Col: 1, Width: 860, Height: 380, Kind: sheets.BarChart, HideLegend: true, YFormat: `+0;\-0;0`,
		Title: p.chartText(report.IntervalChart, func(c *report.Chart) dataset.Message { return c.Title }, title),
		Alt:   p.chartText(report.IntervalChart, func(c *report.Chart) dataset.Message { return c.Alt }, title), YTitle: p.term("relative.chart.axis"),
		Series: []sheets.Series{{Name: p.term("relative.lead"), Categories: column(1), Values: column(7), NegativeColor: "B3261E",
			Minus: column(12), Plus: column(13)}},
	}
}

// leadRange returns ends of the axis that hold every whisker.
func (p *planner) leadRange() (lo, hi float64) {
	for _, c := range p.res.Value.Market.Comparisons {
		for _, x := range []float64{c.Difference.Value, c.Difference.Lo, c.Difference.Hi} {
			if !math.IsNaN(x) {
				lo, hi = math.Min(lo, x), math.Max(hi, x)
			}
		}
	}
	return math.Floor(lo/10) * 10, math.Ceil(math.Max(hi, 1)/10) * 10
}

// valueMap writes the suppliers' places and the map (METHOD 2.5).
func (p *planner) valueMap(s *page, row int, m *value.Market) {
	s.put(row, 1, p.term("relative.map"), sheets.Style{Role: sheets.Heading})
	price := "relative.map.price"
	if m.RelativeCost {
		price = "relative.map.cost"
	}
	s.header(row+1, 1, p.term("relative.supplier"), p.term("relative.quality"), p.term(price), p.term("relative.distance"), p.term("relative.position"))
	first := row + 2
	lo, hi := 100.0, 100.0
	for k, point := range m.MapPoints {
		r := first + k
		s.put(r, 1, p.supplierName(point.Supplier), sheets.Style{})
		for c, x := range []float64{point.Quality, point.RelativePrice, point.Distance} {
			s.put(r, 2+c, p.known(x), sheets.Style{Role: sheets.Computed, Format: sheets.OneDigit, Right: true})
		}
		s.put(r, 5, p.term("position."+string(point.Position)), sheets.Style{Role: sheets.Computed, Indent: 1})
		for _, x := range []float64{point.Quality, point.RelativePrice} {
			if !math.IsNaN(x) {
				lo, hi = math.Min(lo, x), math.Max(hi, x)
			}
		}
	}
	last := first + len(m.MapPoints) - 1
	lo, hi = math.Floor((lo-5)/10)*10, math.Ceil((hi+5)/10)*10
	for k, q := range []float64{lo, hi} {
		s.put(first+k, 12, q, sheets.Style{Role: sheets.Fine})
		s.put(first+k, 13, 100+m.Line.Slope*(q-100)+m.Line.Offset, sheets.Style{Role: sheets.Fine})
	}
	s.Charts = append(s.Charts, p.mapChart(m, last+2, first, last, lo, hi, p.term(price)))
}

func (p *planner) mapChart(m *value.Market, row, first, last int, lo, hi float64, price string) sheets.Chart {
	column := func(col, from, to int) string {
		return sheets.Area{Row: from, Col: col, LastRow: to, LastCol: col}.On(p.names[sheetRelative])
	}
	title := p.term("relative.map")
	c := sheets.Chart{
		Row: row, Col: 1, Width: 620, Height: 480, Kind: sheets.Scatter, XTitle: p.term("relative.quality"), YTitle: price,
		XMin: &lo, XMax: &hi, YMin: &lo, YMax: &hi, XFormat: "0", YFormat: "0", HideLegend: true,
		Title: p.chartText(report.ValueMapChart, func(c *report.Chart) dataset.Message { return c.Title }, title),
		Alt:   p.chartText(report.ValueMapChart, func(c *report.Chart) dataset.Message { return c.Alt }, title),
	}
	c.Series = append(c.Series, sheets.Series{Name: p.term("ours"), Categories: column(2, first, first), Values: column(3, first, first),
		PointLabels: p.supplierLabels(m, 0, 1), Marker: "circle", Color: sheets.ClassColors[0]})
	if last > first {
		c.Series = append(c.Series, sheets.Series{Name: p.term("relative.rivals"), Categories: column(2, first+1, last), Values: column(3, first+1, last),
			PointLabels: p.supplierLabels(m, 1, last-first), Marker: "diamond", Color: "5B6570"})
	}
	c.Series = append(c.Series, sheets.Series{Categories: column(12, first, first+1), Values: column(13, first, first+1), Line: true, Dash: true, Color: "5B6570"})
	return c
}

// supplierLabels names the points of the value map.
func (p *planner) supplierLabels(m *value.Market, from, count int) []sheets.PointLabel {
	var out []sheets.PointLabel
	for k := range count {
		out = append(out, sheets.PointLabel{Index: k, Text: shortened(p.supplierName(m.MapPoints[from+k].Supplier), labelLetters), Place: "r"})
	}
	return out
}

// supplierName names a supplier, ourselves by a word where the company has no name.
func (p *planner) supplierName(k int) string {
	if name := p.r.SupplierName(k); name != "" || !p.d.Suppliers[k].Own {
		return name
	}
	return p.term("ours.name")
}
