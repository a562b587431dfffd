package annotate

import "valuebook/report/sheets"

// summary makes the first of our sheets.
func (p *planner) summary() {
	s := &page{}
	s.put(1, 1, p.w.Text(p.r.Title), sheets.Style{Role: sheets.Title})
	p.add(sheetSummary, s.Sheet)
}

func (p *planner) quadrant() {}
func (p *planner) rivals()   {}
func (p *planner) segments() {}
func (p *planner) problems() {}
func (p *planner) about()    {}

func (p *planner) tableName(id string) string { return "vb_table_" + id }
