package report

import (
	"math"

	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// listRows is how many customers a page lists of each kind; chartRows how many
// bars one chart bears. The workbook has them all.
const (
	listRows  = 10
	endRows   = 5
	chartRows = 30
)

func (b *builder) customersSection() *Section {
	v := b.r.Value
	if v == nil || b.d.Customers.Len() == 0 || b.nobodyRated() {
		return nil
	}
	if b.rated() == 0 && b.missingSide() != "none" {
		return b.sideSection()
	}
	s := &Section{ID: SectionCustomers, Title: b.customersTitle()}
	if b.rated() == 0 {
		s.Blocks = append(s.Blocks, paragraph(dataset.Msg("customers.none_rated")))
		return s
	}
	rated := func(i int) bool { return !math.IsNaN(v.Own.Value[i]) }
	order, all := b.ends(max(endRows, chartRows/2), rated, func(i int) float64 { return v.Own.Value[i] })
	s.Blocks = append(s.Blocks, Block{Chart: b.rankedChart(order, all)}, note(dataset.Msg("customers.colours."+b.colours())))
	if all > 2*endRows && !alike(v.Own.Value[order[0]], v.Own.Value[order[len(order)-1]]) {
		s.Blocks = append(s.Blocks, b.customerTable("top", order[:endRows])...)
		s.Blocks = append(s.Blocks, b.customerTable("bottom", reversed(order)[:endRows])...)
	} else if all <= 2*endRows {
		s.Blocks = append(s.Blocks, b.customerTable("all", order)...)
	}
	s.Blocks = append(s.Blocks, b.leavingTable(value.BetterElsewhere)...)
	s.Blocks = append(s.Blocks, b.leavingTable(value.Regret)...)
	if missing := b.d.Customers.Len() - all; missing > 0 {
		s.Blocks = append(s.Blocks, note(b.missingNote(missing)))
	}
	return s
}

// missingNote says how many customers have no value, by reason.
func (b *builder) missingNote(missing int) dataset.Message {
	counts := map[value.Reason]int{}
	for i, x := range b.r.Value.Own.Value {
		if math.IsNaN(x) {
			counts[b.r.Value.Own.Why[i]]++
		}
	}
	var parts []dataset.Quantity
	for _, why := range []value.Reason{value.NotRated, value.BenefitsNotRated, value.CostsNotRated, value.LowCoverage} {
		if n := counts[why]; n > 0 {
			parts = append(parts, dataset.Sentence(dataset.Msg("customers.missing."+why.String(), count(n), share(b.r.Options.Coverage))))
		}
	}
	if len(parts) == 0 {
		return dataset.Msg("customers.missing.other", count(missing))
	}
	return dataset.Msg("customers.missing", count(missing), listed(parts))
}

// colours says which reading of the bars' colours fits.
func (b *builder) colours() string {
	if b.r.Value.Market != nil {
		return "rivals"
	}
	return "alone"
}

func reversed(order []int) []int {
	back := make([]int, len(order))
	for k, i := range order {
		back[len(order)-1-k] = i
	}
	return back
}

// customersTitle states how many customers are at risk of leaving.
func (b *builder) customersTitle() dataset.Message {
	v, n := b.r.Value, b.rated()
	regret, elsewhere := v.VerdictCount[value.Regret], v.VerdictCount[value.BetterElsewhere]
	switch {
	case n == 0:
		return dataset.Msg("title.customers.none")
	case elsewhere > 0 && regret > 0:
		return dataset.Msg("title.customers.both", count(elsewhere), count(regret), count(n), count(elsewhere+regret))
	case elsewhere > 0:
		return dataset.Msg("title.customers.elsewhere", count(elsewhere), count(n))
	case regret > 0:
		return dataset.Msg("title.customers.regret", count(regret), count(n))
	}
	if n == 1 {
		return dataset.Msg("title.customers.fine.one")
	}
	return dataset.Msg("title.customers.fine", count(n))
}

// rankedChart shows customers by value: all of them, or the best and the last
// where there are more than a page bears. The order has at least as many of both.
func (b *builder) rankedChart(order []int, all int) *Chart {
	v := b.r.Value
	c := &Chart{ID: "ranked", Kind: BarsChart, Title: b.rankedTitle(order, all, 0),
		X: Axis{Label: dataset.Msg("measure.perceived-value"), Unit: b.worth(0).Unit}}
	shown := order
	if all > chartRows {
		half := chartRows / 2
		shown = append(append([]int{}, order[:half]...), order[len(order)-half:]...)
		c.Title = b.rankedTitle(order, all, half)
	}
	for _, i := range shown {
		c.Bars = append(c.Bars, Bar{Label: b.d.Customers.Label(i), Value: v.Own.Value[i], Lo: math.NaN(), Hi: math.NaN(),
			Style: b.verdictStyle(v.Verdict[i]), Text: b.worth(v.Own.Value[i])})
	}
	first, last := order[0], order[len(order)-1]
	c.Alt = dataset.Msg("alt.ranked", count(all), text(b.d.Customers.Label(first)), b.worth(v.Own.Value[first]),
		text(b.d.Customers.Label(last)), b.worth(v.Own.Value[last]))
	return c
}

func (b *builder) verdictStyle(v value.Verdict) Style {
	switch v {
	case value.Regret:
		return StyleMinus
	case value.BetterElsewhere:
		return StyleWatch
	case value.Borderline:
		return StyleNone
	}
	return StylePlus
}

// customerTable lists customers with their figures and their why, under a
// heading.
func (b *builder) customerTable(kind string, customers []int) []Block {
	t := &Table{ID: "customers_" + kind, Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 1.8},
		{Header: dataset.Msg("column.value")},
		{Header: dataset.Msg(b.standingHeader())},
	}}
	if b.r.Quadrant != nil {
		t.Columns = append(t.Columns, classColumn())
	}
	t.Columns = append(t.Columns, whyColumn())
	for _, i := range customers {
		row := []dataset.Quantity{text(b.d.Customers.Label(i)), b.worth(b.r.Value.Own.Value[i]), b.standing(i)}
		t.Rows = append(t.Rows, b.classAndReasons(row, i))
	}
	return []Block{heading(dataset.Msg("heading.customers."+kind, count(len(customers)))), {Table: t}}
}

func classColumn() Column {
	return Column{Header: dataset.Msg("column.class"), Text: true, Class: true, Share: 1.3}
}

func whyColumn() Column {
	return Column{Header: dataset.Msg("column.why"), Text: true, Share: 5}
}

// classAndReasons appends the class, where there is a quadrant, and the why.
func (b *builder) classAndReasons(row []dataset.Quantity, i int) []dataset.Quantity {
	if q := b.r.Quadrant; q != nil {
		row = append(row, className(b.r.Options, q.ID(q.Class[i])))
	}
	return append(row, dataset.Sentence(b.rep.Reasons(i)))
}

func (b *builder) standingHeader() string {
	if b.r.Value.Market != nil {
		return "column.relative"
	}
	return "column.index"
}

// standing returns relative performance, or the index within the portfolio
// where no rival was rated.
func (b *builder) standing(i int) dataset.Quantity {
	v := b.r.Value
	if v.Market != nil && i < len(v.Relative) {
		return b.worth(v.Relative[i])
	}
	if i < len(v.RelativeIndex) {
		return index(v.RelativeIndex[i])
	}
	return index(math.NaN())
}

// leavingTable lists the customers of one verdict that may leave: those whom a
// rival offers more, or those who rate costs above benefits; the largest first.
func (b *builder) leavingTable(verdict value.Verdict) []Block {
	v := b.r.Value
	in := func(i int) bool { return v.Verdict[i] == verdict }
	key, order := func(i int) float64 { return -v.Own.Value[i] }, "value"
	if b.base.values != nil {
		key, order = b.base.of, b.base.code
	}
	chosen, all := b.first(mostRows, in, key)
	if all == 0 {
		return nil
	}
	t := &Table{ID: "customers_" + verdict.String(), Columns: b.leavingColumns(), Least: listRows}
	for _, i := range chosen {
		t.Rows = append(t.Rows, b.leavingRow(i))
	}
	t.More, t.MoreIn = all-len(t.Rows), dataset.Literal(b.d.Customers.Place.Sheet)
	return []Block{heading(dataset.Msg("heading.customers."+b.rep.verdictCode(verdict), count(all), term("order."+order))), {Table: t}}
}

func (b *builder) leavingColumns() []Column {
	columns := []Column{{Header: dataset.Msg("column.customer"), Text: true, Share: 1.8}}
	if b.base.code == "revenue" {
		columns = append(columns, Column{Header: dataset.Msg("column.revenue"), Share: 1.1})
	}
	columns = append(columns, Column{Header: dataset.Msg("column.value")})
	if b.r.Value.Market != nil {
		columns = append(columns, Column{Header: dataset.Msg("column.best_rival"), Text: true, Share: 1.5}, Column{Header: dataset.Msg("column.leads_by")})
	}
	return append(columns, whyColumn())
}

func (b *builder) leavingRow(i int) []dataset.Quantity {
	v := b.r.Value
	row := []dataset.Quantity{text(b.d.Customers.Label(i))}
	if b.base.code == "revenue" {
		row = append(row, dataset.Num(b.d.Customers.Revenue[i], dataset.Money))
	}
	row = append(row, b.worth(v.Own.Value[i]))
	if v.Market != nil {
		rival := dataset.Sentence(dataset.Msg("missing"))
		best, gap := v.Best(i)
		if best >= 0 && gap > 0 {
			rival = text(b.d.Suppliers[best].Name)
		} else {
			gap = math.NaN() // no rival leads
		}
		row = append(row, rival, b.worth(gap))
	}
	return append(row, dataset.Sentence(b.rep.Reasons(i)))
}
