package annotate

import (
	"sort"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// problems makes the sheet of findings: one row each, the gravest first, with
// a link to the cell.
func (p *planner) problems() {
	s := &page{}
	s.widths(11, 24, 44, 22, 36, 52, 8)
	s.put(1, 1, p.term("sheet.problems"), sheets.Style{Role: sheets.Title})
	findings := append([]dataset.Finding(nil), p.d.Findings...)
	sort.SliceStable(findings, func(i, j int) bool { return findings[i].Severity > findings[j].Severity })
	intro := p.text("problems.intro", dataset.N(len(findings)))
	if len(findings) == 0 {
		intro = p.term("problems.none")
	}
	s.put(2, 1, intro, sheets.Style{Role: sheets.Label})
	s.linked(3, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	const header = 4
	if len(findings) > 0 {
		s.header(header, 1, p.term("problems.severity"), p.term("problems.where"), p.term("problems.what"), p.term("problems.found"),
			p.term("problems.expected"), p.term("problems.fix"), p.term("problems.count"))
	}
	for k, f := range findings {
		p.problemRow(s, header+1+k, f)
	}
	s.table(p.tableName("problems"), header, 1, header+len(findings), 7)
	s.FreezeRow, s.RepeatRows, s.Landscape = header, header, true
	p.add(sheetProblems, s)
}

func (p *planner) problemRow(s *page, row int, f dataset.Finding) {
	wrap := sheets.Style{Wrap: true, Indent: 1} // a gap to the column before
	severity := sheets.Style{Role: map[dataset.Severity]sheets.Role{dataset.Stop: sheets.Bad, dataset.Error: sheets.Bad, dataset.Warning: sheets.Warn}[f.Severity], Wrap: true}
	s.put(row, 1, p.term("severity."+f.Severity.String()), severity)
	s.put(row, 2, f.Ref.String(), wrap)
	if p.theirs(f.Ref.Sheet) {
		cell := f.Ref
		cell.Row, cell.Col = max(cell.Row, 1), max(cell.Col, 1)
		s.Cells[len(s.Cells)-1].Link = "#" + cell.String()
		s.Cells[len(s.Cells)-1].Style = sheets.Style{Role: sheets.LinkText, Wrap: true, Indent: 1}
	}
	texts := []string{p.text("finding."+f.Code, f.Args...), f.Got, p.text("finding."+f.Code+".want", f.Args...), p.text("finding."+f.Code+".fix", f.Args...)}
	height := 1.0
	for k, text := range texts {
		s.put(row, 3+k, text, wrap)
		height = max(height, lines(text, [...]int{41, 19, 33, 49}[k]))
	}
	s.placeWidth(f.Ref.String())
	s.put(row, 7, max(f.Count, 1), sheets.Style{Right: true, Wrap: true})
	s.height(row, min(height, 12)*15+3)
}

// theirs reports whether a sheet is one of the user's.
func (p *planner) theirs(name string) bool {
	for _, s := range p.space.Sheets {
		if s == name {
			return true
		}
	}
	return false
}

// tableName names a native table; names are unique in a workbook.
func (p *planner) tableName(id string) string { return tablePrefix + id }

// placeWidth makes the column of places as wide as a place needs.
func (s *page) placeWidth(place string) {
	s.Widths[2] = min(48, max(s.Widths[2], 5+1.15*float64(len([]rune(place)))))
}
