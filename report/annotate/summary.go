package annotate

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// summaryColumns is how many columns the Summary sheet has; sentences span
// them all but the last, which holds the link to their numbers.
const summaryColumns = 6

// summary makes the first of our sheets: what was found, in figures and
// sentences, and the way to everything else.
func (p *planner) summary() {
	s := &page{}
	s.widths(30, 18, 18, 18, 34, 22)
	s.put(1, 1, p.w.Text(p.r.Title), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.subtitle(), sheets.Style{Role: sheets.Label})
	if !p.nobody() {
		s.linked(3, 1, p.text(p.who("summary.to_customers", "summary.to_customers.offers"), dataset.Str(p.at.sheet)), "#"+dataset.QuoteSheet(p.at.sheet)+"!"+sheets.Address(p.at.header, p.at.first))
	}
	row := p.keyFigures(s, 5)
	row = p.sentences(s, row)
	row = p.liveClasses(s, row)
	row = p.liveFigures(s, row)
	p.contents(s, row)
	p.add(sheetSummary, s)
}

// subtitle names company, period and date.
func (p *planner) subtitle() string {
	text := p.r.Company
	for _, part := range []string{p.r.Period, p.date()} {
		if part != "" && text != "" {
			text += " · "
		}
		text += part
	}
	return text
}

func (p *planner) date() string {
	if p.r.AsOf.IsZero() {
		return ""
	}
	return p.text("summary.as_of", dataset.DayOf(p.r.AsOf))
}

// keyFigures writes up to five large numbers side by side, as the report has
// them.
func (p *planner) keyFigures(s *page, row int) int {
	for k, f := range p.r.KeyFigures {
		if k >= summaryColumns {
			break
		}
		value := sheets.Style{Role: sheets.Title}
		if f.Alert {
			value.Role = sheets.Alert
		}
		s.put(row, k+1, p.w.Text(f.Label), sheets.Style{Role: sheets.Label, Wrap: true})
		s.put(row+1, k+1, p.w.Quantity(f.Value), value)
		s.put(row+2, k+1, p.w.Text(f.Note), sheets.Style{Role: sheets.Fine, Wrap: true})
	}
	if len(p.r.KeyFigures) == 0 {
		return row
	}
	s.height(row, 42) // three lines
	s.height(row+1, 28)
	s.height(row+2, 40)
	return row + 4
}

// sentences writes what was found, each with a link to its numbers.
func (p *planner) sentences(s *page, row int) int {
	if len(p.r.Sentences) == 0 {
		return row
	}
	s.put(row, 1, p.term("summary.found"), sheets.Style{Role: sheets.Heading})
	row++
	for _, m := range p.r.Sentences {
		text := p.w.Text(m)
		s.put(row, 1, text, sheets.Style{Wrap: true})
		s.merge(row, 1, row, summaryColumns-1)
		s.height(row, lines(text, 130)*15+3)
		if id, row2 := p.evidence(m.Evidence); id != "" {
			s.linked(row, summaryColumns, p.names[id], p.link(id, row2, 1))
			s.Cells[len(s.Cells)-1].Style.Wrap = true
		}
		row++
	}
	return row + 1
}

// lines estimates how many lines a text takes in a column so many characters
// wide.
func lines(text string, width int) float64 {
	return math.Max(1, math.Ceil(float64(len([]rune(text)))/float64(width)))
}

// evidence returns the sheet with the numbers of a section.
func (p *planner) evidence(section string) (sheet string, row int) {
	section, _, _ = strings.Cut(section, "#")
	if slices.Contains(sectionSheets, section) {
		return p.planned(section), 1
	}
	switch section {
	case "quadrant":
		return p.planned(sheetQuadrant), 1
	case "rivals":
		return p.planned(sheetRelative), 1
	case "segments":
		return p.planned(sheetSegments), 1
	case "data":
		return sheetProblems, 1
	case "method":
		return sheetParameters, 1
	}
	return "", 0
}

// planned returns a sheet's identifier when the results call for the sheet.
func (p *planner) planned(id string) string {
	v := p.res.Value
	wanted := map[string]bool{
		sheetQuadrant: p.quadrantResult() != nil && len(p.at.rows) > 0,
		sheetRelative: v != nil && v.Market != nil,
		sheetSegments: p.res.Segments != nil && len(p.res.Segments.Segments) > 0,
		sheetSummary:  true, sheetParameters: true, sheetProblems: true, sheetAbout: true,
		sheetCustomers: p.at.ours,
	}
	if slices.Contains(sectionSheets, id) {
		wanted[id] = p.section(id) != nil
	}
	if _, made := p.made[id]; made || wanted[id] {
		return id
	}
	return ""
}

// quadrantResult returns the quadrant of the customers or of the offers.
func (p *planner) quadrantResult() *quadrant.Result {
	if p.at.offers {
		return p.res.OfferQuadrant
	}
	return p.res.Quadrant
}

// liveClasses writes the classes with live counts, what they mean and a chart.
func (p *planner) liveClasses(s *page, row int) int {
	q := p.quadrantResult()
	if q == nil || !p.at.has(colClass) {
		return row
	}
	s.put(row, 1, p.term("summary.classes"), sheets.Style{Role: sheets.Heading})
	row++
	s.header(row, 1, p.term("block.class"), p.term(p.who("summary.count", "summary.count.offers")), p.term("summary.share"), p.term("summary.to_do"), " ", "  ")
	s.merge(row, 4, row, summaryColumns)
	first, classes, all := row+1, p.at.column(colClass), itoa(len(p.at.rows))
	advice := map[string]string{}
	for _, a := range p.r.Actions {
		advice[a.Class] = p.w.Text(a.Advice)
	}
	for c := 1; c <= 4; c++ {
		row++
		name := p.className(q.Pair.Classes[c-1])
		s.formula(row, 1, "vb_class_"+itoa(c), name, sheets.Style{Class: c})
		p.countRow(s, row, classes, sheets.Address(row, 1), q.Counts[c], all)
		text := advice[q.Pair.Classes[c-1]]
		s.put(row, 4, text, sheets.Style{Wrap: true, Indent: 1})
		s.merge(row, 4, row, summaryColumns)
		s.height(row, lines(text, 80)*15+3)
	}
	row++
	s.put(row, 1, p.words.NotClassified, sheets.Style{Role: sheets.Label})
	p.countRow(s, row, classes, sheets.Address(row, 1), q.Counts[0], all)
	row++
	s.put(row, 1, p.term("summary.border"), sheets.Style{Role: sheets.Label})
	p.countRow(s, row, p.at.column(colBorder), formula.Text(p.words.Border), q.BorderCount, all)
	s.Charts = append(s.Charts, p.classChart(row+2, first))
	return row + 15
}

// countRow writes a live count and its share of all rows.
func (p *planner) countRow(s *page, row int, values, text string, n int, all string) {
	style := sheets.Style{Role: sheets.Result, Format: sheets.Whole, Right: true}
	s.formula(row, 2, formula.Count(values, text), n, style)
	share, total := 0.0, len(p.at.rows)
	if total > 0 {
		share = float64(n) / float64(total)
	}
	style.Format = sheets.Percent
	s.formula(row, 3, formula.Share(sheets.Address(row, 2), all), share, style)
}

func (p *planner) classChart(row, first int) sheets.Chart {
	name := p.names[sheetSummary]
	range4 := func(col int) string {
		return sheets.Area{Row: first, Col: col, LastRow: first + 3, LastCol: col}.On(name)
	}
	title := p.term(p.who("summary.classes.chart", "summary.classes.chart.offers"))
	q := p.quadrantResult()
	return sheets.Chart{
		Row: row, Col: 1, Width: 760, Height: 220, Kind: sheets.BarChart, Title: title, HideLegend: true, YFormat: "0",
		Alt: p.text(p.who("summary.classes.alt", "summary.classes.alt.offers"), dataset.N(q.Counts[1]), dataset.N(q.Counts[2]), dataset.N(q.Counts[3]), dataset.N(q.Counts[4])),
		Series: []sheets.Series{{Name: p.term(p.who("summary.count", "summary.count.offers")), Categories: range4(1), Values: range4(2),
			PointColors: sheets.ClassColors[:], ValueLabels: true}},
	}
}

// liveFigures writes means and verdict counts as formulas over the block.
func (p *planner) liveFigures(s *page, row int) int {
	v := p.res.Value
	if v == nil || len(p.at.rows) == 0 || !p.at.has(colVerdict) {
		return row
	}
	s.put(row, 1, p.term("summary.figures"), sheets.Style{Role: sheets.Heading})
	s.header(row+1, 1, p.term("parameters.figure"), p.term("parameters.value"))
	row++
	mean := func(code, text string, value float64) {
		row++
		s.put(row, 1, p.term(code), sheets.Style{})
		p.meanCell(s, row, text, value, p.points())
	}
	mean("summary.mean_benefits", formula.MeanBeside(p.at.column(colBenefits), p.at.column(colValue), p.words), v.MeanBenefits.Value)
	mean("summary.mean_costs", formula.MeanBeside(p.at.column(colCosts), p.at.column(colValue), p.words), v.MeanCosts.Value)
	mean("summary.mean_value", formula.Mean(p.at.column(colValue), p.words), v.MeanValue.Value)
	row++
	s.put(row, 1, p.term("summary.mean_ratio"), sheets.Style{})
	ratio := p.points()
	ratio.Format = sheets.TwoDigits
	p.meanCell(s, row, formula.MeanRatio(p.at.column(colBenefits), p.at.column(colCosts), p.at.column(colRatio), p.words), v.MeanRatio, ratio)
	if v.Market != nil {
		mean("summary.mean_relative", formula.Mean(p.at.column(colRelative), p.words), v.Market.Relative.Value)
	}
	for _, verdict := range []value.Verdict{value.WorthIt, value.Borderline, value.BetterElsewhere, value.Regret} {
		row++
		word := p.verdictWord(verdict)
		s.put(row, 1, word, sheets.Style{})
		p.countRow(s, row, p.at.column(colVerdict), sheets.Address(row, 1), v.VerdictCount[verdict], itoa(len(p.at.rows)))
	}
	return row + 2
}

// meanCell writes a mean: live, or computed where customers count by a weight.
func (p *planner) meanCell(s *page, row int, text string, x float64, style sheets.Style) {
	if p.sampled() {
		text, style.Role = "", sheets.Computed
		p.computed.add("sampled")
	}
	s.formula(row, 2, text, p.known(x), style)
}

// contents lists our sheets with what they hold.
func (p *planner) contents(s *page, row int) {
	s.put(row, 1, p.term("summary.contents"), sheets.Style{Role: sheets.Heading})
	for _, id := range order {
		if id == sheetSummary || p.planned(id) == "" {
			continue
		}
		row++
		s.linked(row, 1, p.names[id], p.link(id, 1, 1))
		s.put(row, 2, p.shows(id), sheets.Style{Role: sheets.Label})
	}
}

// shows says what a sheet of ours shows.
func (p *planner) shows(id string) string {
	if id == sheetQuadrant {
		return p.term(p.who("contents.quadrant", "contents.quadrant.offers"))
	}
	return p.term("contents." + id)
}

// who returns the code of a text for customers, or the one for offers where these
// are what is rated.
func (p *planner) who(customers, offers string) string {
	if p.at.offers {
		return offers
	}
	return customers
}
