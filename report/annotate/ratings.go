package annotate

import (
	"math"
	"sort"

	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/formula"
	"valuebook/report/sheets"
)

// longLimit is the number of customers up to which long layouts are live.
const longLimit = 5000

// A source is one column of numbers that formulas use.
type source struct {
	header string
	series dataset.Series
	long   bool // its cells stand below those of other columns
	holds  func(i int) bool
	col    int // its column on the sheet of ratings as read, 0 when all cells are used as they stand
}

// sources knows where each number that the formulas need stands: in the user's
// own cell, or on the sheet of ratings as read.
type sources struct {
	p       *planner
	home    string // sheet on which the formulas stand
	ratings map[[2]int]*source
	parts   map[string]*source // component or other column, by its key
	list    []*source          // in the order of the sheet's columns
	off     bool               // too many customers in a long layout: no formulas
}

// firstRating is the row of the first customer on the sheet of ratings as read.
const firstRating = 5

// ratings collects the columns in use and makes the sheet of ratings as read
// where one is needed.
func (p *planner) ratings() {
	src := &sources{p: p, home: p.at.sheet, ratings: map[[2]int]*source{}, parts: map[string]*source{}}
	p.sources = src
	src.collect()
	src.markLong()
	col := 3
	for _, s := range src.list {
		if s.long || src.unlike(s) {
			src.off = src.off || s.long && p.count() > longLimit
			s.col = col
			col++
		}
	}
	if src.off {
		p.computed.add("long")
		return
	}
	if col > 3 {
		src.sheet(col - 1)
	}
}

// count returns the number of rows of the block.
func (p *planner) count() int {
	if p.at.offers {
		return len(p.d.Offers.Name)
	}
	return p.d.Customers.Len()
}

// collect lists the columns that the block's formulas use.
func (s *sources) collect() {
	p := s.p
	if p.at.offers {
		for _, side := range p.attributes {
			for _, a := range side {
				if a < len(p.d.Offers.Values) {
					s.ratings[[2]int{0, a}] = s.add(p.d.Attributes[a].Label, p.d.Offers.Values[a])
				}
			}
		}
		return
	}
	if p.res.Value != nil {
		for _, supplier := range append([]int{p.own()}, p.rivalList()...) {
			s.collectRatings(supplier)
		}
	}
	for _, m := range []string{"firm-value", "match"} {
		for _, c := range p.scores[m].components {
			s.parts[m+"."+c.ID] = s.add(c.Label, c.Series)
		}
	}
	if p.res.Quadrant != nil && p.res.FirmSource == analysis.FirmColumn {
		s.parts["firm-value"] = s.add(p.d.FirmLabel, p.d.FirmValue)
	}
}

func (s *sources) collectRatings(supplier int) {
	p := s.p
	if supplier < 0 {
		return
	}
	for _, side := range p.attributes {
		for _, a := range side {
			series := p.d.Rating(supplier, a)
			if !series.Given() {
				continue
			}
			header := p.d.Attributes[a].Label
			if !p.d.Suppliers[supplier].Own {
				header = p.text("ratings.of_rival", dataset.Str(header), dataset.Str(p.d.Suppliers[supplier].Name))
			}
			s.ratings[[2]int{supplier, a}] = s.add(header, series)
		}
	}
}

func (s *sources) add(header string, series dataset.Series) *source {
	src := &source{header: header, series: series}
	if s.p.space.Holds != nil {
		src.holds = s.p.space.Holds(series)
	}
	s.list = append(s.list, src)
	return src
}

// own returns our supplier, -1 when there is none.
func (p *planner) own() int {
	for i, s := range p.d.Suppliers {
		if s.Own {
			return i
		}
	}
	return -1
}

// rivalList returns the rivals that were rated, in the order of the analysis.
func (p *planner) rivalList() []int {
	if p.res.Value == nil || p.res.Value.Market == nil {
		return nil
	}
	return p.res.Value.Market.Rivals
}

// markLong finds the columns whose cells share a column of the workbook.
func (s *sources) markLong() {
	type column struct {
		sheet string
		col   int
	}
	users := map[column]int{}
	for _, src := range s.list {
		users[column{src.series.Place.Sheet, src.series.Place.Col}]++
	}
	for _, src := range s.list {
		src.long = users[column{src.series.Place.Sheet, src.series.Place.Col}] > 1
	}
}

// unlike reports whether any cell of the column does not hold the value itself.
func (s *sources) unlike(src *source) bool {
	for i := range src.series.Values {
		if !s.direct(src, i) {
			return true
		}
	}
	return false
}

// direct reports whether the user's cell holds what was read for a customer.
func (s *sources) direct(src *source, i int) bool {
	place, x := src.series.Place, src.series.Values[i]
	if place.Sheet == "" || i >= len(place.Rows) || place.Rows[i] == 0 {
		return math.IsNaN(x)
	}
	if isAsRead(src.series.AsRead, i) {
		return false
	}
	if src.holds != nil {
		return src.holds(i)
	}
	if s.p.space.Number == nil {
		return true
	}
	got, ok := s.p.space.Number(place.Sheet, int(place.Rows[i]), place.Col)
	return ok && got == x || !ok && math.IsNaN(x)
}

func isAsRead(list []dataset.AsRead, customer int) bool {
	i := sort.Search(len(list), func(k int) bool { return list[k].Customer >= customer })
	return i < len(list) && list[i].Customer == customer
}

// cell returns the reference of a customer's number, "" where there is none.
func (s *sources) cell(src *source, i int) string {
	if src == nil || s.off {
		return ""
	}
	if src.col > 0 && (src.long || !s.direct(src, i)) {
		return s.reference(s.p.names[sheetRatings], firstRating+i, src.col)
	}
	place := src.series.Place
	if i >= len(place.Rows) || place.Rows[i] == 0 {
		return ""
	}
	return s.reference(place.Sheet, int(place.Rows[i]), place.Col)
}

// reference returns a cell as formulas of the block write it.
func (s *sources) reference(sheet string, row, col int) string {
	if sheet == s.home {
		return sheets.Address(row, col)
	}
	return dataset.QuoteSheet(sheet) + "!" + sheets.Address(row, col)
}

// sheet makes the matrix customer x rating: formulas to the user's cells where
// these hold the number, computed values where they were converted.
func (s *sources) sheet(lastCol int) {
	p, page := s.p, &page{}
	page.put(1, 2, p.names[sheetRatings], sheets.Style{Role: sheets.Title})
	page.put(2, 2, p.term("ratings.intro"), sheets.Style{Role: sheets.Label})
	headers := []string{p.term("ratings.id"), p.term("ratings.name")}
	page.widths(16, 24)
	for _, src := range s.list {
		if src.col > 0 {
			headers = append(headers, src.header)
			page.Widths[src.col] = 14
		}
	}
	page.header(firstRating-1, 1, headers...)
	if p.bulky(p.count()) {
		s.bulk(page)
	} else {
		s.rows(page)
	}
	if !p.ownNames() {
		page.Hidden = []sheets.Span{{First: 1, Last: 1}}
	}
	page.FreezeRow, page.FreezeCol, page.RepeatRows, page.Landscape = firstRating-1, 2, firstRating-1, true
	if n := p.count(); n > 0 {
		page.Tables = []sheets.Table{{Name: p.tableName("ratings"), Area: sheets.Area{Row: firstRating - 1, Col: 1, LastRow: firstRating - 1 + n, LastCol: lastCol}}}
	}
	p.add(sheetRatings, page)
}

// bulk plans the rows as columns.
func (s *sources) bulk(page *page) {
	p := s.p
	b := &Bulk{Col: 1, rule: true, usual: func(int) bool { return false }, Columns: []Column{
		{Style: sheets.Style{Role: sheets.Label, Format: sheets.AsText}, Value: func(i int) any { return p.rowID(i) }},
		{Value: func(i int) any { return p.rowName(i) }},
	}}
	for i := range p.count() {
		b.Rows = append(b.Rows, firstRating+i)
	}
	for _, src := range s.list {
		if src.col > 0 {
			b.Columns = append(b.Columns, Column{Style: sheets.Style{Role: sheets.Result, Right: true},
				Formula: func(i int) string { text, _, _ := s.matrix(src, i); return text },
				Value:   func(i int) any { _, value, _ := s.matrix(src, i); return value }})
		}
	}
	for i := range page.Cells {
		if c := &page.Cells[i]; c.Row == firstRating-1 && c.Col > 2 {
			c.Style.Right = true
		}
	}
	p.plan.Bulk[p.names[sheetRatings]] = b
}

// rows writes the rows cell by cell.
func (s *sources) rows(page *page) {
	p := s.p
	for i := range p.count() {
		page.put(firstRating+i, 1, p.rowID(i), sheets.Style{Role: sheets.Label, Format: sheets.AsText})
		page.put(firstRating+i, 2, p.rowName(i), sheets.Style{})
		for _, src := range s.list {
			if src.col > 0 {
				s.matrixCell(page, src, i)
			}
		}
	}
}

func (s *sources) matrixCell(page *page, src *source, i int) {
	text, value, ok := s.matrix(src, i)
	if !ok {
		return
	}
	style := sheets.Style{Role: sheets.Result, Right: true}
	if text == "" {
		style.Role = sheets.Computed
	}
	page.formula(firstRating+i, src.col, text, value, style)
}

// matrix returns the formula to the user's cell and its value, or the value
// alone where the cell does not hold it; ok is false where there is no cell.
func (s *sources) matrix(src *source, i int) (text string, value any, ok bool) {
	x := src.series.Values[i]
	if !s.direct(src, i) {
		return "", x, true
	}
	place := src.series.Place
	if place.Sheet == "" || i >= len(place.Rows) || place.Rows[i] == 0 {
		return "", nil, false
	}
	if value = ""; !math.IsNaN(x) {
		value = x
	}
	return formula.CopyBlank(dataset.QuoteSheet(place.Sheet) + "!" + sheets.Address(int(place.Rows[i]), place.Col)), value, true
}

// ownNames reports whether any customer has a name besides the identifier.
func (p *planner) ownNames() bool {
	for i := range p.count() {
		if p.rowID(i) != p.rowName(i) {
			return true
		}
	}
	return false
}

// rowID and rowName name a row of the block.
func (p *planner) rowID(i int) string {
	if p.at.offers {
		return itoa(i + 1)
	}
	return p.d.Customers.ID[i]
}

func (p *planner) rowName(i int) string {
	if p.at.offers {
		return p.d.Offers.Name[i]
	}
	return p.d.Customers.Label(i)
}
