package annotate

import (
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/segment"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// segmentHeader is the row of the table's headers on the Segments sheet.
const segmentHeader = 5

// segments makes the sheet of segments. Counts and means are live over the
// Quadrant sheet when there is one; intervals and revenue are computed values.
func (p *planner) segments() {
	if p.planned(sheetSegments) == "" {
		return
	}
	list, s := p.res.Segments.Segments, &page{}
	s.widths(26, 12, 12, 12, 12, 14, 16, 13, 13, 13, 13)
	s.put(1, 1, p.sectionTitle("segments", p.term("sheet.segments")), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.term("segments.intro"), sheets.Style{Role: sheets.Label})
	s.linked(3, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	s.header(segmentHeader, 1, p.segmentHeaders()...)
	live := p.segmentsLive(list)
	for k, seg := range list {
		p.segmentRow(s, segmentHeader+1+k, seg, live)
	}
	last := segmentHeader + len(list)
	s.table(p.tableName("segments"), segmentHeader, 1, last, p.lastSegmentColumn())
	s.Charts = p.segmentCharts(last)
	s.FreezeRow, s.Landscape = segmentHeader, true
	p.segmentPortraits(s, last)
	p.add(sheetSegments, s)
}

// segmentPortraits writes what is typical of the segments below the charts, as
// the report's page has it.
func (p *planner) segmentPortraits(s *page, last int) {
	section := p.section(sheetSegments)
	if section == nil {
		return
	}
	row := last + 2
	for _, c := range s.Charts {
		row = max(row, c.Row+below(c))
	}
	below := &sectionPage{page: s, id: sheetSegments, row: row}
	for k, b := range section.Blocks {
		if b.Table != nil && b.Table.ID == "segment_portraits" {
			for _, block := range section.Blocks[k:] {
				p.sectionBlock(below, block)
			}
			return
		}
	}
}

func (p *planner) lastSegmentColumn() int {
	if p.res.Quadrant == nil {
		return 7
	}
	return 11
}

func (p *planner) segmentHeaders() []string {
	relative := "block.relative"
	if !p.at.has(colRelative) {
		relative = "block.index"
	}
	headers := []string{p.term("quadrant.segment"), p.term("summary.count"), p.term("block.value"), p.term("relative.from"), p.term("relative.to"),
		p.term(relative), p.term("segments.revenue")}
	if q := p.res.Quadrant; q != nil {
		for _, id := range q.Pair.Classes {
			headers = append(headers, p.className(id))
		}
	}
	return headers
}

// segmentsLive reports whether formulas can tell the segments apart and see
// every customer.
func (p *planner) segmentsLive(list []segment.Segment) bool {
	if _, made := p.made[sheetQuadrant]; !made || p.sampled() || len(p.at.rows) > listLimit {
		return false
	}
	seen := map[string]bool{}
	for _, s := range list {
		if seen[fold(s.Name)] || fold(s.Name) == "" {
			return false
		}
		seen[fold(s.Name)] = true
	}
	return true
}

func (p *planner) segmentRow(s *page, row int, seg segment.Segment, live bool) {
	members := "(" + p.quadrantColumnRange(quadSegment) + "=" + sheets.Address(row, 1) + ")"
	computed := func(f sheets.Format) sheets.Style {
		return sheets.Style{Role: sheets.Computed, Format: f, Right: true}
	}
	cell := func(col int, text string, value any, style sheets.Style) {
		if style.Role = sheets.Result; !live || text == "" {
			text, style.Role = "", sheets.Computed
		}
		s.formula(row, col, text, value, style)
	}
	s.put(row, 1, seg.Name, sheets.Style{})
	cell(2, "SUMPRODUCT("+members+"*1)", seg.N, computed(sheets.Whole))
	if p.res.Value != nil {
		values := p.quadrantColumnRange(quadValue)
		cell(3, formula.MeanWhere(members, values, p.words), p.known(seg.Value.Value), computed(p.points().Format))
		s.put(row, 4, p.known(seg.Value.Lo), computed(p.points().Format))
		s.put(row, 5, p.known(seg.Value.Hi), computed(p.points().Format))
		relative, format := seg.Index, sheets.OneDigit
		if p.at.has(colRelative) {
			relative, format = seg.Relative.Value, sheets.SignedOne
		}
		s.put(row, 6, p.known(relative), computed(format))
	}
	s.put(row, 7, p.known(seg.Revenue), computed(sheets.Amount))
	if p.res.Quadrant == nil {
		return
	}
	for c := 1; c <= 4; c++ {
		cell(7+c, "SUMPRODUCT("+members+"*("+p.quadrantColumnRange(quadClass)+"=vb_class_"+itoa(c)+"))", seg.Counts[quadrant.Class(c)], computed(sheets.Whole))
	}
}

// quadrantColumnRange returns a column of the table on the Quadrant sheet.
func (p *planner) quadrantColumnRange(col int) string {
	n := len(p.listed())
	return sheets.Area{Row: quadHeader + 1, Col: col, LastRow: quadHeader + max(n, 1), LastCol: col}.On(p.names[sheetQuadrant])
}

// segmentCharts describes the bars of value and the mix of classes.
func (p *planner) segmentCharts(last int) []sheets.Chart {
	name, title := p.names[sheetSegments], p.sectionTitle("segments", p.term("sheet.segments"))
	column := func(col int) string {
		return sheets.Area{Row: segmentHeader + 1, Col: col, LastRow: last, LastCol: col}.On(name)
	}
	height := 120 + 32*(last-segmentHeader)
	var charts []sheets.Chart
	if p.res.Value != nil {
		charts = append(charts, sheets.Chart{Row: last + 2, Col: 1, Width: 560, Height: height, Kind: sheets.BarChart, HideLegend: true, YFormat: "0",
			Title: p.term("segments.chart.value"), Alt: p.text("segments.alt", dataset.Str(title)),
			Series: []sheets.Series{{Name: p.term("block.value"), Categories: column(1), Values: column(3), ValueLabels: true, NegativeColor: "B3261E"}}})
	}
	if q := p.res.Quadrant; q != nil {
		mix := sheets.Chart{Row: last + 2, Col: 7, Width: 620, Height: height + 30, Kind: sheets.StackedBar, YFormat: "0",
			Title: p.term("segments.chart.classes"), Alt: p.text("segments.alt", dataset.Str(title))}
		for c := range 4 {
			mix.Series = append(mix.Series, sheets.Series{Name: p.on(sheetParameters, p.classRows[c], 2), Categories: column(1), Values: column(8 + c), Color: sheets.ClassColors[c]})
		}
		charts = append(charts, mix)
	}
	return charts
}
