package annotate

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// about makes the sheet that says where everything came from: the file, what
// was read from it, the settings, what is live and what was computed.
func (p *planner) about() {
	s := &page{}
	s.widths(30, 26, 34, 22, 24, 46)
	s.put(1, 1, p.term("sheet.about"), sheets.Style{Role: sheets.Title})
	s.linked(2, 1, p.names[sheetSummary], p.link(sheetSummary, 1, 1))
	row := p.facts(s, 4)
	row = p.liveness(s, row)
	row = p.receiptTables(s, row)
	row = p.receiptColumns(s, row)
	p.allSettings(s, row)
	s.Landscape = true
	p.add(sheetAbout, s)
}

func (p *planner) facts(s *page, row int) int {
	receipt := p.d.Receipt
	for _, fact := range []struct{ code, text string }{
		{"about.file", receipt.File}, {"about.hash", receipt.SHA256}, {"about.layout", p.term("layout." + string(layout(receipt.Layout)))},
		{"about.period", p.r.Period}, {"about.as_of", p.date()}, {"about.currency", p.d.Currency}, {"about.version", p.r.Version},
	} {
		if fact.text == "" {
			continue
		}
		s.put(row, 1, p.term(fact.code), sheets.Style{Role: sheets.Label})
		s.put(row, 2, fact.text, sheets.Style{})
		row++
	}
	return row + 1
}

func layout(l dataset.Layout) dataset.Layout {
	if l == "" {
		return dataset.LayoutUnknown
	}
	return l
}

// liveness says which figures are formulas and which were computed, and why.
func (p *planner) liveness(s *page, row int) int {
	s.put(row, 1, p.term("about.live"), sheets.Style{Role: sheets.Heading})
	texts := []string{p.term("about.live.text"), p.term("about.computed.text")}
	for _, code := range p.computed.codes() {
		texts = append(texts, p.term("computed."+code))
	}
	for _, m := range p.res.Notes {
		texts = append(texts, p.w.Text(m))
	}
	for _, text := range texts {
		row++
		s.put(row, 1, text, sheets.Style{Wrap: true})
		s.merge(row, 1, row, 6)
		s.height(row, lines(text, 170)*15+3)
	}
	return row + 2
}

func (p *planner) receiptTables(s *page, row int) int {
	if len(p.d.Receipt.Tables) == 0 {
		return row
	}
	s.put(row, 1, p.term("about.tables"), sheets.Style{Role: sheets.Heading})
	s.header(row+1, 1, p.term("about.sheet"), p.term("about.range"), p.term("about.role"), p.term("about.rows"), p.term("about.cells"), p.term("about.skipped"))
	row++
	for _, t := range p.d.Receipt.Tables {
		row++
		area := sheets.Area{Row: t.FirstRow, Col: t.FirstCol, LastRow: t.LastRow, LastCol: t.LastCol}
		for k, text := range []string{t.Sheet, area.String(), p.term("table-role." + string(t.Role)), p.w.Quantity(dataset.N(t.RowsRead)),
			p.text("about.cells.text", dataset.N(t.Converted), dataset.N(t.Rejected)), p.skipped(t)} {
			s.put(row, 1+k, text, sheets.Style{Wrap: true})
		}
		s.height(row, lines(p.skipped(t), 44)*15+3)
	}
	return row + 2
}

// skipped lists the reasons for rows that were not read, with their number.
func (p *planner) skipped(t dataset.Table) string {
	count, codes := map[string]int{}, []string{}
	for _, skip := range t.Skipped {
		if count[skip.Why]++; count[skip.Why] == 1 {
			codes = append(codes, skip.Why)
		}
	}
	var parts []string
	for _, code := range codes {
		parts = append(parts, p.text("about.skip", dataset.N(count[code]), dataset.TermOf("skip."+code)))
	}
	return strings.Join(parts, ", ")
}

func (p *planner) receiptColumns(s *page, row int) int {
	if len(p.d.Receipt.Tables) == 0 {
		return row
	}
	s.put(row, 1, p.term("about.columns"), sheets.Style{Role: sheets.Heading})
	s.header(row+1, 1, p.term("about.sheet"), p.term("about.column"), p.term("about.header"), p.term("about.role"), p.term("about.scale"), p.term("about.of"))
	row++
	for _, t := range p.d.Receipt.Tables {
		for _, c := range t.Columns {
			row++
			p.receiptColumn(s, row, t, c)
		}
	}
	return row + 2
}

func (p *planner) receiptColumn(s *page, row int, t dataset.Table, c dataset.Column) {
	scale := ""
	if c.Scale.Bounded() {
		scale = p.text("about.scale.text", dataset.Num(c.Scale.Lo, dataset.Rating), dataset.Num(c.Scale.Hi, dataset.Rating))
		if c.Scale.Inferred || c.Guess {
			scale = p.text("about.scale.guess", dataset.Num(c.Scale.Lo, dataset.Rating), dataset.Num(c.Scale.Hi, dataset.Rating))
		}
	}
	of := c.Attribute
	if c.Supplier != "" {
		of = p.text("ratings.of_rival", dataset.Str(c.Attribute), dataset.Str(c.Supplier))
	}
	for k, text := range []string{t.Sheet, dataset.ColumnLetters(c.Col), c.Header, p.term("role." + string(c.Role)), scale, of} {
		s.put(row, 1+k, text, sheets.Style{})
	}
}

// allSettings lists every setting that a number depends on.
func (p *planner) allSettings(s *page, row int) {
	if len(p.r.Settings) == 0 {
		return
	}
	s.put(row, 1, p.term("about.settings"), sheets.Style{Role: sheets.Heading})
	s.header(row+1, 1, p.term("parameters.key"), p.term("parameters.value"), p.term("parameters.setting"), p.term("parameters.method"))
	row++
	for _, set := range p.r.Settings {
		row++
		style := sheets.Style{}
		if set.Default {
			style.Role = sheets.Label
		}
		s.put(row, 1, set.Name, sheets.Style{Role: sheets.Fine})
		s.put(row, 2, p.w.Quantity(set.Value), style)
		s.put(row, 3, p.w.Text(set.Label), style)
		s.put(row, 4, set.Method, sheets.Style{Role: sheets.Label, Format: sheets.AsText})
	}
}
