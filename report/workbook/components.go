package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readComponents reads the parts of strategic match and of value to the firm, and a column of value to the firm in
// money.
func (b *builder) readComponents() {
	tables := b.with(dataset.TableWide, dataset.TableMatch, dataset.TableValueScore, dataset.TableCustomers, dataset.TableOverall)
	b.d.Match = b.componentsOf(tables, dataset.ColumnMatch)
	b.d.ValueScore = b.componentsOf(tables, dataset.ColumnValueScore)
	for _, t := range b.with(customerTables...) {
		if c := t.column(dataset.ColumnFirmValue); c != nil && t.role != dataset.TableTransactions && !b.d.FirmValue.Given() {
			b.d.FirmValue = b.seriesOf(t, b.customerRows(t, t.rows), dataset.ColumnFirmValue, codeNumberText)
			b.d.FirmLabel = c.head.text()
		}
	}
}

// componentsOf returns the parts of one score in their fixed order.
func (b *builder) componentsOf(tables []*table, role dataset.ColumnRole) []dataset.Component {
	var out []dataset.Component
	for _, entry := range componentWords {
		if entry.role != role {
			continue
		}
		if t, c := findComponent(tables, role, entry.id); c != nil {
			if component, ok := b.component(t, c); ok {
				out = append(out, component)
			}
		}
	}
	return b.wholeOrParts(tables, role, out)
}

// wholeOrParts leaves out a column for the whole score where there are parts of it, and says when there are too few of
// them for a score (METHOD 4.1).
func (b *builder) wholeOrParts(tables []*table, role dataset.ColumnRole, found []dataset.Component) []dataset.Component {
	var parts []dataset.Component
	weighted := false
	for _, c := range found {
		if c.ID != wholeMatch {
			parts = append(parts, c)
			weighted = weighted || !math.IsNaN(c.Weight)
		}
	}
	if len(parts) == 0 {
		return found
	}
	if len(parts) < len(found) {
		_, c := findComponent(tables, role, wholeMatch)
		c.role, c.why = dataset.ColumnUnused, whySummary
	}
	all := 0
	for _, entry := range componentWords {
		if entry.role == role && entry.id != wholeMatch {
			all++
		}
	}
	if !weighted && float64(len(parts)) < fewestParts*float64(all) {
		b.found.add(codePartsFew, dataset.Warning, dataset.Ref{Sheet: parts[0].Series.Place.Sheet, Col: parts[0].Series.Place.Col},
			dataset.N(len(parts)), dataset.N(all), dataset.TermOf("role."+string(role)))
	}
	return parts
}

// fewestParts is the share of the parts of a score without which there is none (METHOD 4.1).
const fewestParts = 0.6

func findComponent(tables []*table, role dataset.ColumnRole, id string) (*table, *column) {
	for _, t := range tables {
		for _, c := range t.columns {
			if c.role == role && c.component == id {
				return t, c
			}
		}
	}
	return nil, nil
}

// component reads one part. Its scale is declared, or the smallest standard one that holds all parts of the
// score on the sheet.
func (b *builder) component(t *table, c *column) (dataset.Component, bool) {
	scale := c.head.scale
	if s, ok := t.aboutScale(c); ok && !scale.Bounded() {
		scale = s
	}
	if !scale.Bounded() {
		scale = t.ruleScale(c)
	}
	if !scale.Bounded() {
		scale = b.componentScale(t, c)
	}
	if !scale.Bounded() {
		b.found.add(codeComponentMoney, dataset.Warning, t.grid.Ref(0, c.col), dataset.Str(c.head.text()))
		c.role, c.why = dataset.ColumnUnused, whyMoney
		return dataset.Component{}, false
	}
	c.scale = scale
	weight := math.NaN()
	if row := t.about[rowWeight]; row > 0 {
		if n := readNumbers([]grid.Cell{t.grid.At(row, c.col)}, dataset.Scale{}, t.mark()); n.x[0] >= 0 {
			weight = n.x[0]
		}
	}
	series := b.columnSeries(t, c, scale)
	return dataset.Component{ID: c.component, Label: c.head.label, Scale: scale, Weight: weight, Series: series}, true
}

// componentScale infers the scale of all parts of a score on a sheet; unbounded when they are amounts.
func (b *builder) componentScale(t *table, c *column) dataset.Scale {
	var values []float64
	beyond := 0
	var first *column
	var cols []int
	for _, other := range t.columns {
		if other.role != c.role || other.head.scale.Bounded() {
			continue
		}
		if first == nil {
			first = other
		}
		cols = append(cols, other.col)
		for _, x := range other.readWorded(t.cells(other), dataset.Scale{}, t.mark()).x {
			if math.IsNaN(x) {
				continue
			}
			values = append(values, x)
			if x > 100 || x < 0 {
				beyond++
			}
		}
	}
	if beyond*2 > len(values) {
		return dataset.Scale{}
	}
	scale := extentOf(values).scale()
	if first == c && len(values) > 0 {
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, x := range values {
			lo, hi = math.Min(lo, x), math.Max(hi, x)
		}
		b.found.add(codeScaleInferred, dataset.Warning, t.grid.Ref(0, c.col), dataset.Num(scale.Lo, dataset.Rating), dataset.Num(scale.Hi, dataset.Rating),
			dataset.Num(lo, dataset.Rating), dataset.Num(hi, dataset.Rating), dataset.N(len(cols)), dataset.Str(columnRanges(cols)))
	}
	return scale
}

// columnSeries reads a column per customer and checks it against a scale.
func (b *builder) columnSeries(t *table, c *column, scale dataset.Scale) dataset.Series {
	rows := b.customerRows(t, t.rows)
	s := dataset.Series{Values: make([]float64, len(rows)), Place: dataset.Place{Sheet: t.grid.Sheet, Col: c.col, Rows: rows}}
	cells := t.cellsAt(c, rows)
	n := c.readWorded(cells, scale, t.mark())
	n.settlePercent(scale)
	t.convert(c, n)
	for i, v := range n.all() {
		problem := v.problem
		if problem == "" && !math.IsNaN(v.x) && !inside(v.x, scale) {
			problem, v.asRead, v.x = codeRatingRange, true, math.NaN()
		}
		s.Values[i] = v.x
		if v.asRead {
			s.AsRead = append(s.AsRead, dataset.AsRead{Customer: i, Got: gotText(v, cells[i])})
		}
		if problem != "" {
			t.rejected++
			b.found.cell(problemCode(problem, codeRatingText), dataset.Error, s.Place.Ref("", i), gotText(v, cells[i]),
				dataset.Str(c.head.label), dataset.Num(scale.Lo, dataset.Rating), dataset.Num(scale.Hi, dataset.Rating))
		}
	}
	return s
}

// readAnswers reads "worth what was paid" per supplier, and "would buy again" of our own offer.
func (b *builder) readAnswers() {
	for _, t := range b.with(dataset.TableOverall, dataset.TableWide, dataset.TableCustomers) {
		who := t.column(dataset.ColumnSupplier)
		for _, c := range t.columns {
			switch {
			case c.role == dataset.ColumnWorth:
				b.readWorth(t, c, who)
			case c.role == dataset.ColumnRebuy && !b.d.Rebuy.Given():
				b.readRebuy(t, c, who)
			case c.role == dataset.ColumnRecommend && !b.d.Recommend.Given():
				b.readRecommend(t, c, who)
			}
		}
	}
}

func (b *builder) readWorth(t *table, c, who *column) {
	scale := c.head.scale
	if !scale.Bounded() {
		scale = t.ruleScale(c)
	}
	if !scale.Bounded() {
		scale = extentOf(c.readWorded(t.cells(c), dataset.Scale{}, t.mark()).x).scale()
	}
	if !b.d.WorthScale.Bounded() {
		b.d.WorthScale = scale
	}
	c.scale = b.d.WorthScale
	all := t.rows
	for _, group := range b.supplierRows(t, c, who) {
		t.rows = group.rows
		if b.worth[group.supplier] == nil {
			s := b.columnSeries(t, c, b.d.WorthScale)
			b.worth[group.supplier] = &s
		}
	}
	t.rows = all
}

// readRecommend reads how likely customers are to recommend us. Its scale is declared, or 0 to 10 as the question is usually put
// unless all answers fit a scale from 1 to 5, or are fractions.
func (b *builder) readRecommend(t *table, c, who *column) {
	defer b.onlyOurs(t, c, who)()
	scale := c.head.scale
	if !scale.Bounded() {
		scale = t.ruleScale(c)
	}
	if !scale.Bounded() {
		scale = recommendScale(c)
	}
	c.scale = scale
	b.d.RecommendScale = scale
	b.d.Recommend = b.columnSeries(t, c, scale)
}

// fewestAnswers is how many answers show that nobody went beyond 5 because the scale ends there.
const fewestAnswers = 30

func recommendScale(c *column) dataset.Scale {
	switch {
	case c.stats.hi <= 1 && c.stats.percents == 0 && c.stats.filled > 1:
		return dataset.Scale{Lo: 0, Hi: 1, Inferred: true}
	case c.stats.hi > 10:
		return dataset.Scale{Lo: 0, Hi: 100, Inferred: true}
	case c.stats.lo >= 1 && c.stats.hi <= 5 && c.stats.numbers >= fewestAnswers:
		return dataset.Scale{Lo: 1, Hi: 5, Inferred: true}
	}
	return dataset.Scale{Lo: 0, Hi: 10, Inferred: true}
}

type supplierRows struct {
	supplier int
	rows     []int
}

// supplierRows splits the rows of a table by the supplier that they name; without such a column all are of
// the supplier that the header names.
func (b *builder) supplierRows(t *table, c, who *column) []supplierRows {
	if who == nil || c.head.supplier != "" {
		return []supplierRows{{b.supplier(c.head.supplier, c.head.own), t.rows}}
	}
	at := map[int]int{}
	var groups []supplierRows
	for _, row := range t.rows {
		s := b.supplier(strings.TrimSpace(t.grid.At(row, who.col).String()), false)
		if _, known := at[s]; !known {
			at[s] = len(groups)
			groups = append(groups, supplierRows{supplier: s})
		}
		groups[at[s]].rows = append(groups[at[s]].rows, row)
	}
	return groups
}

// onlyOurs leaves the rows of a table that speak of our offer, until the function that it returns is called.
func (b *builder) onlyOurs(t *table, c, who *column) (restore func()) {
	all := t.rows
	groups := b.supplierRows(t, c, who)
	t.rows = nil
	for _, group := range groups {
		if b.ours(group.supplier) {
			t.rows = group.rows
		}
	}
	return func() { t.rows = all }
}

// readRebuy reads answers in words or as 1 and 0.
func (b *builder) readRebuy(t *table, c, who *column) {
	defer b.onlyOurs(t, c, who)()
	rows := b.customerRows(t, t.rows)
	s := dataset.Series{Values: nanSeries(len(rows)), Place: dataset.Place{Sheet: t.grid.Sheet, Col: c.col, Rows: rows}}
	for i, cell := range t.cellsAt(c, rows) {
		switch f := fold(cell.String()); {
		case cell.IsEmpty(), cell.Kind == grid.Text && missingText(cell.Text):
			continue
		case yesWords[f]:
			s.Values[i] = 1
		case noWords[f]:
			s.Values[i] = 0
		default:
			b.found.cell(codeRebuyScale, dataset.Error, s.Place.Ref("", i), cell.String())
		}
		if cell.Kind == grid.Text || math.IsNaN(s.Values[i]) {
			s.AsRead = append(s.AsRead, dataset.AsRead{Customer: i, Got: cell.String()})
		}
	}
	b.d.Rebuy = s
}
