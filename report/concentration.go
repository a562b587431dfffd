package report

import (
	"math"
	"sort"

	"valuebook/report/analysis"
	"valuebook/report/analysis/concentration"
	"valuebook/report/dataset"
)

// concentrationSection says how much few customers hold (METHOD 6.5).
func (b *builder) concentrationSection() *Section {
	c := b.r.Concentration
	if c == nil || c.N < fewestShares {
		return nil
	}
	s := &Section{ID: SectionConcentration, Title: b.concentrationTitle(c)}
	if c.Why != concentration.Fine && c.Whale == nil {
		s.Blocks = append(s.Blocks, paragraph(dataset.Msg("concentration.refused."+string(c.Why))))
		return s
	}
	s.Blocks = append(s.Blocks, Block{Chart: shareChart(c)}, Block{Table: shareTable(c)}, note(concentrationNote(c)))
	if t := b.largestTable(c); t != nil {
		s.Blocks = append(s.Blocks, Block{Table: t})
	}
	if e := b.r.Earnings; e != nil && e.N > 1 {
		s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.earnings")), paragraph(concentrationFinding("", e)))
		if whale(e) != nil { // otherwise the curve looks like that of revenue
			s.Blocks = append(s.Blocks, Block{Chart: shareChart(e)})
		}
	}
	return s
}

// fewestShares is how many customers there must be for shares of them: a fifth
// of fewer is less than one.
const fewestShares = 5

func (b *builder) concentrationTitle(c *analysis.Concentration) dataset.Message {
	if c.Why != concentration.Fine && c.Whale == nil {
		return dataset.Msg("title.concentration.none", held(c))
	}
	return concentrationFinding("title.", c)
}

// trifling is the share of the total below which the losses of some customers
// say nothing: the best fifth says more then.
const trifling = 0.005

// whale returns the shape of a quantity with losses that matter, nil for one
// without.
func whale(c *analysis.Concentration) *concentration.Whale {
	if w := c.Whale; w != nil && (math.IsNaN(w.PeakShare) || -w.Lost >= trifling*c.Total) {
		return w
	}
	return nil
}

// fifth is the share of the total that the best fifth of customers gives.
func fifth(c *analysis.Concentration) float64 {
	if c.Whale != nil {
		return c.Whale.TopShare
	}
	return c.TopShare
}

// enoughFor80 is the smallest number of customers that give 80 % of the total.
func enoughFor80(c *analysis.Concentration) int {
	if c.Whale == nil {
		return c.CustomersFor80
	}
	return sort.Search(c.Whale.Customers, func(k int) bool { return c.Cumulative[k] >= 0.8*c.Total })
}

// held names the quantity: revenue, earnings, or the workbook's own column.
func held(c *analysis.Concentration) dataset.Quantity {
	if c.Header != "" {
		return text(c.Header)
	}
	return term("held." + c.Of)
}

// header is held as the header of a column.
func header(c *analysis.Concentration) dataset.Quantity {
	if c.Header != "" {
		return text(c.Header)
	}
	return term("column.held." + c.Of)
}

// concentrationFinding is the one sentence about a concentration; as a title it
// is shorter and has no full stop.
func concentrationFinding(prefix string, c *analysis.Concentration) dataset.Message {
	if w := whale(c); w != nil {
		code := "concentration.whale"
		switch {
		case w.Customers == 0:
			code = "concentration.whale.none"
		case math.IsNaN(w.PeakShare):
			code = "concentration.whale.amounts" // no shares of a total that is not above zero
		}
		return dataset.Msg(prefix+code, held(c), count(w.Customers), money(w.Peak), count(w.Losing), money(-w.Lost), money(c.Total), share(w.PeakShare))
	}
	code := "concentration.top"
	if fifth(c) >= 1-1e-9 {
		code = "concentration.top.all"
	}
	return dataset.Msg(prefix+code, held(c), share(fifth(c)), count(enoughFor80(c)), count(c.N), money(c.Total))
}

func concentrationNote(c *analysis.Concentration) dataset.Message {
	missing := dataset.Message{}
	if c.Missing > 0 {
		missing = dataset.Msg("concentration.missing", count(c.Missing))
	}
	if c.Whale != nil {
		return dataset.Msg("concentration.note.whale", count(c.Whale.Losing), money(-c.Whale.Lost), dataset.Sentence(missing))
	}
	return dataset.Msg("concentration.note", ratio(c.Gini), dataset.Sentence(missing))
}

// curvePoints is how many points a curve of customers has on the page.
const curvePoints = 200

// shareChart is the cumulative curve, best customers first, with the mark at
// one fifth.
func shareChart(c *analysis.Concentration) *Chart {
	shares := c.Total > 0
	ch := &Chart{ID: c.Of, Kind: CurveChart, Title: shareChartTitle(c),
		X: Axis{Label: dataset.Msg("axis.customers_best_first"), Unit: dataset.Share, Lo: 0, Hi: 1},
		Y: Axis{Label: dataset.Msg("axis.share_of", held(c)), Unit: dataset.Share, Lo: 0, Hi: 1}}
	height := func(p concentration.Point) float64 { return p.Share }
	if !shares {
		ch.Y = Axis{Label: dataset.Msg("axis.amount_of", held(c)), Unit: dataset.Money}
		height = func(p concentration.Point) float64 { return p.Amount }
	}
	curve := Curve{Style: StyleOwn, Fill: true}
	for _, p := range c.Curve(curvePoints) {
		curve.Points = append(curve.Points, Vertex{p.Customers, height(p)})
	}
	ch.Curves = []Curve{curve}
	if shares {
		ch.Curves = append(ch.Curves, Curve{Label: dataset.Msg("chart.concentration.even"), Style: StyleNone, Dashed: true, Points: []Vertex{{0, 0}, {1, 1}}})
	}
	at := c.At(0.2)
	if w := whale(c); w != nil {
		at = c.At(w.TopCustomer)
		ch.Marks = []Mark{{X: w.TopCustomer, Y: height(at), Label: dataset.Msg("chart.concentration.peak", count(w.Customers), money(w.Peak))}}
	} else {
		ch.Marks = []Mark{{X: 0.2, Y: height(at), Label: dataset.Msg("chart.concentration.mark", share(0.2), share(at.Share))}}
	}
	ch.Alt = dataset.Msg("alt.concentration", held(c), share(0.2), share(c.At(0.2).Share), share(c.At(0.5).Share))
	return ch
}

// largestRows is how many of the largest customers are named in any case.
const largestRows = 5

// largestTable names the customers who hold most, with what they hold together;
// nil for few customers or a total that has no shares.
func (b *builder) largestTable(c *analysis.Concentration) *Table {
	if c.N < 2*largestRows || !(c.Total > 0) || c.Whale != nil {
		return nil
	}
	order := b.pick(func(i int) bool { return i < len(c.Values) && !math.IsNaN(c.Values[i]) }, func(i int) float64 { return c.Values[i] })
	t := &Table{ID: "largest", Least: largestRows, MoreIn: b.sheetOfCustomers(), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.held", header(c))},
		{Header: dataset.Msg("column.share_of", held(c))}, {Header: dataset.Msg("column.share_together")}}}
	if b.r.Quadrant != nil {
		t.Columns = append(t.Columns, classColumn())
	}
	for k, i := range order[:min(mostRows, len(order))] {
		together := c.Cumulative[k+1] / c.Total
		row := []dataset.Quantity{text(b.d.Customers.Label(i)), money(c.Values[i]), share(c.Values[i] / c.Total), share(together)}
		if b.r.Quadrant != nil {
			row = append(row, className(b.r.Options, b.r.Quadrant.ID(b.r.Quadrant.Class[i])))
		}
		t.Rows = append(t.Rows, row)
	}
	t.More = len(order) - len(t.Rows)
	ten := min(10, c.N)
	t.Title = dataset.Msg("table.largest", held(c), share(c.Values[order[0]]/c.Total), count(ten), share(c.Cumulative[ten]/c.Total))
	return t
}

// shareTable says what the best customers hold.
func shareTable(c *analysis.Concentration) *Table {
	t := &Table{ID: "concentration", Columns: []Column{
		{Header: dataset.Msg("column.best_customers"), Text: true, Share: 2}, {Header: dataset.Msg("column.customers")},
		{Header: dataset.Msg("column.held", header(c))}, {Header: dataset.Msg("column.share_of", held(c))}}}
	parts, unit := []float64{0.01, 0.05, 0.10, 0.20, 0.50, 1}, dataset.Count
	for _, part := range parts { // a share of the customers need not be whole
		if n := float64(c.N) * part; n >= 1 && c.N < 1000 && math.Abs(n-math.Round(n)) > 1e-9 {
			unit = dataset.Tenths
		}
	}
	for _, part := range parts {
		if float64(c.N)*part < 1 {
			continue
		}
		p := c.At(part)
		t.Rows = append(t.Rows, []dataset.Quantity{firstOf(part), dataset.Num(float64(c.N)*part, unit), money(p.Amount), share(p.Share)})
	}
	return t
}

// firstOf names the best customers down to a share of all.
func firstOf(part float64) dataset.Quantity {
	if part >= 1 {
		return term("concentration.everybody")
	}
	return dataset.Sentence(dataset.Msg("concentration.first", share(part)))
}

func (b *builder) concentrationSentences(add func(float64, dataset.Message)) {
	c := b.r.Concentration
	if e := b.r.Earnings; e != nil && whale(e) != nil {
		add(1.1, concentrationFinding("", e).From(SectionConcentration))
	}
	if c != nil && c.N > 1 && (c.Why == concentration.Fine || c.Whale != nil) {
		worth := 0.9
		if whale(c) == nil {
			worth = fifth(c)
		}
		add(worth, concentrationFinding("", c).From(SectionConcentration))
	}
}
