package annotate

import (
	"bytes"
	"errors"
	"slices"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/wording"
)

// FixList returns the user's workbook with what is to be mended in it: a fill
// at every cell with a problem, a note that says what it is and what to do, and
// a sheet that lists all findings with links to their cells. Everything else of
// the workbook is as it was.
//
// input is the user's file; ext its kind, as for [Annotate]. What an earlier
// fix list left is taken out first, so a problem that was mended has no mark any
// more, and a workbook without findings comes back as the user's own. A table
// in text, and a workbook that nothing can be put into, give a new workbook
// with the data as they were read; a finding says why. It is an error when the
// file holds no table that could be given back.
func FixList(input []byte, ext string, d *dataset.Dataset, w *wording.Writer) ([]byte, []dataset.Finding, error) {
	var findings []dataset.Finding
	var err error
	if isText(ext) {
		if input, err = asRead(input, d.Receipt); err != nil {
			return nil, nil, err
		}
	}
	output, err := fixList(input, d, w)
	var why refusal
	if errors.As(err, &why) {
		findings = []dataset.Finding{delivery("fixlist-apart", dataset.Warning, why.code, d.Receipt.File)}
		if input, err = asRead(input, d.Receipt); err != nil {
			return nil, nil, err
		}
		if output, err = fixList(input, d, w); err == nil {
			output, err = withKind(output, ext)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	return output, findings, nil
}

// fixList marks a workbook. The error is a [refusal] when nothing can be put
// into it.
func fixList(original []byte, d *dataset.Dataset, w *wording.Writer) ([]byte, error) {
	if err := sound(original); err != nil {
		return nil, err
	}
	clean, left, err := withoutFixes(original)
	if err != nil || len(d.Findings) == 0 {
		return clean, err
	}
	at, err := openArchive(clean)
	if err != nil {
		return nil, err
	}
	space := Space{}
	for _, s := range at.main.Sheets {
		space.Sheets = append(space.Sheets, s.Name)
	}
	return joinFixes(clean, prepareFixes(d, w, space), marksOf(d, w), left)
}

// joinFixes puts marks and the sheet of problems into a workbook, and compares
// what came out with it. left are the formers of an earlier fix list.
func joinFixes(original []byte, plan Plan, marks marks, left map[int]former) ([]byte, error) {
	made, err := skeleton(plan, "")
	if err != nil {
		return nil, err
	}
	m := &marker{joiner: &joiner{plan: plan, changed: map[string]revision{}, names: map[string]string{}, taken: map[string]bool{}, dropped: map[string]bool{}, keepChain: true},
		marks: marks, memory: newMemory()}
	if m.to, err = openArchive(original); err != nil {
		return nil, err
	}
	if m.from, err = openArchive(made); err != nil {
		return nil, err
	}
	if err := m.prepare(); err != nil {
		return nil, classified(err)
	}
	m.avoid(left)
	for _, step := range []func() error{m.mark, m.newSheets, m.saveStyles, m.workbook, m.relations, m.types} {
		if err := step(); err != nil {
			return nil, classified(err)
		}
	}
	var out bytes.Buffer
	if err := m.to.pack.Write(&out, m.change()); err != nil {
		return nil, classified(err)
	}
	if err := m.gate(original, out.Bytes()); err != nil {
		return nil, refusal{reasonGate, err}
	}
	return out.Bytes(), nil
}

// prepareFixes plans the sheet of problems of a fix list.
func prepareFixes(d *dataset.Dataset, w *wording.Writer, space Space) Plan {
	p := &planner{d: d, w: w, space: space, names: map[string]string{}, made: map[string]sheets.Sheet{}}
	p.nameSheets()
	s := &page{}
	s.widths(12, 24, 44, 22, 36, 52, 8)
	s.put(1, 1, p.term("sheet.problems"), sheets.Style{Role: sheets.Title})
	s.put(2, 1, p.fixIntro(), sheets.Style{})
	s.put(3, 1, p.term("fixlist.again"), sheets.Style{Role: sheets.Label})
	s.put(5, 1, p.term("fixlist.unused"), sheets.Style{Role: sheets.MarkedBad})
	s.put(5, 2, nil, sheets.Style{Role: sheets.MarkedBad})
	s.put(6, 1, p.term("fixlist.doubtful"), sheets.Style{Role: sheets.MarkedWarn})
	s.put(6, 2, nil, sheets.Style{Role: sheets.MarkedWarn})
	const header = 8
	s.header(header, 1, p.term("problems.severity"), p.term("problems.where"), p.term("problems.what"), p.term("problems.found"),
		p.term("problems.expected"), p.term("problems.fix"), p.term("problems.count"))
	findings := slices.Clone(d.Findings)
	slices.SortStableFunc(findings, func(a, b dataset.Finding) int { return int(b.Severity) - int(a.Severity) })
	for k, f := range findings {
		p.problemRow(s, header+1+k, f)
		p.fixRow(s, header+1+k, f)
	}
	s.table(p.tableName("fixes"), header, 1, header+len(findings), 7)
	s.FreezeRow, s.RepeatRows, s.Landscape = header, header, true
	p.add(sheetProblems, s)
	made := p.made[sheetProblems]
	return Plan{Sheets: []sheets.Sheet{made}, Names: []sheets.Name{{Name: fixSheetName, RefersTo: dataset.QuoteSheet(made.Name) + "!$A$1"}}}
}

// fixRow gives a row of the list the colour of its marks, and its link the cell
// where the note is.
func (p *planner) fixRow(s *page, row int, f dataset.Finding) {
	anchor := f.Ref
	if f.Ref.Row > 0 || f.Ref.Col > 0 {
		at := anchorOf(p.d, f)
		anchor.Row, anchor.Col = at.Row, at.Col
	}
	for i := range s.Cells {
		c := &s.Cells[i]
		switch {
		case c.Row != row:
		case c.Col == 1 && f.Severity >= dataset.Error:
			c.Style.Role = sheets.MarkedBad
		case c.Col == 1 && f.Severity == dataset.Warning:
			c.Style.Role = sheets.MarkedWarn
		case c.Col == 2:
			c.Value = f.Place()
			s.placeWidth(f.Place())
			if c.Link != "" && anchor.Row > 0 {
				c.Link = "#" + anchor.String()
			}
		}
	}
}

// fixIntro counts what is to be mended and what is to be looked at.
func (p *planner) fixIntro() string {
	bad, doubtful := 0, 0
	for _, f := range p.d.Findings {
		switch {
		case f.Severity >= dataset.Error:
			bad += max(f.Count, 1)
		case f.Severity == dataset.Warning:
			doubtful += max(f.Count, 1)
		}
	}
	if bad+doubtful == 0 {
		return p.term("fixlist.nothing")
	}
	return p.text("fixlist.intro", dataset.N(bad), dataset.N(doubtful))
}
