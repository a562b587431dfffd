package report

import (
	"math"

	"valuebook/report/analysis/concept"
	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// A view is one of the smaller concepts: what it found, and the blocks that
// carry it. One that the data do not bear has only the reason.
type view struct {
	finding dataset.Message
	blocks  []Block
	refused concept.Refusal
}

// conceptsSection shows the smaller concepts of customer value whose columns
// are there, each under its finding; the first finding is the section's title
// (METHOD 7.5).
func (b *builder) conceptsSection() *Section {
	var shown []view
	var refused []Block
	for _, v := range b.views() {
		switch {
		case v.refused != concept.Accepted:
			refused = append(refused, note(dataset.Msg(v.refused.Code())))
		case !v.finding.IsZero():
			shown = append(shown, v)
		}
	}
	if len(shown) == 0 {
		return nil
	}
	s := &Section{ID: SectionConcepts, Title: shown[0].finding}
	for k, v := range shown {
		if k > 0 {
			s.Blocks = append(s.Blocks, heading(v.finding))
		}
		s.Blocks = append(s.Blocks, v.blocks...)
	}
	return s.with(refused)
}

// views returns the concepts in the order of the page: what customers give and
// get, what they need and could be told, money, effort.
func (b *builder) views() []view {
	c := b.r.Concepts
	if c == nil {
		return nil
	}
	var all []view
	if c.Exchange != nil {
		all = append(all, b.exchangeView(c.Exchange))
	}
	if c.Loyalty != nil {
		all = append(all, b.loyaltyView(c.Loyalty))
	}
	if c.Maximise != nil {
		all = append(all, b.maximiseView(c.Maximise))
	}
	if c.Canvas != nil {
		all = append(all, b.canvasView(c.Canvas))
	}
	if c.Claims != nil {
		all = append(all, b.claimsView(c.Claims))
	}
	if c.Model != nil {
		all = append(all, b.modelView(c.Model))
	}
	if c.Price != nil {
		all = append(all, b.priceView(c.Price))
	}
	if c.FairPrices != nil {
		all = append(all, b.fairPriceView(c.FairPrices))
	}
	if c.Access != nil {
		all = append(all, b.accessView(c.Access))
	}
	if c.Effort != nil {
		all = append(all, b.effortView(c.Effort))
	}
	return all
}

// canvasWidth and canvasHeight are how many attributes and needs a grid bears;
// more are listed in a table.
const (
	canvasWidth  = 7
	canvasHeight = 12
)

// canvasView sets needs against the attributes that serve them.
func (b *builder) canvasView(c *concept.Canvas) view {
	if len(c.Needs) == 0 {
		return view{}
	}
	v := view{finding: b.canvasFinding(c)}
	served := served(c)
	if len(served) <= canvasWidth && len(c.Needs) <= canvasHeight {
		v.blocks = append(v.blocks, Block{Chart: b.canvasChart(c, served)})
	} else {
		v.blocks = append(v.blocks, Block{Table: b.canvasTable(c)})
	}
	code := "concept.canvas.note"
	if len(c.Without) > 0 {
		code = "concept.canvas.note.without"
	}
	v.blocks = append(v.blocks, note(dataset.Msg(code, count(concept.WellRated), dataset.List(b.labels(c.Without)...))))
	return v
}

func (b *builder) labels(attributes []int) []string {
	var names []string
	for _, a := range attributes {
		names = append(names, b.d.Attributes[a].Label)
	}
	return names
}

func (b *builder) canvasFinding(c *concept.Canvas) dataset.Message {
	if c.Unserved > 0 {
		var names []string
		for _, n := range c.Needs {
			if n.Unserved {
				names = append(names, n.Name)
			}
		}
		return dataset.Msg("concept.canvas.unserved", count(c.Unserved), count(len(c.Needs)), dataset.List(names...))
	}
	least := 0
	for k, n := range c.Needs {
		if n.Best < c.Needs[least].Best {
			least = k
		}
	}
	return dataset.Msg("concept.canvas.served", count(len(c.Needs)), text(c.Needs[least].Name), points(c.Needs[least].Best))
}

// served returns the attributes that serve a need, in attribute order.
func served(c *concept.Canvas) []int {
	most := -1
	serves := map[int]bool{}
	for _, n := range c.Needs {
		for _, s := range n.Servings {
			serves[s.Attribute] = true
			most = max(most, s.Attribute)
		}
	}
	var order []int
	for a := 0; a <= most; a++ {
		if serves[a] {
			order = append(order, a)
		}
	}
	return order
}

func (b *builder) canvasChart(c *concept.Canvas, served []int) *Chart {
	h := &Heat{Columns: b.labels(served)}
	for _, n := range c.Needs {
		row := make([]HeatCell, len(served))
		for k := range row {
			row[k] = HeatCell{Value: math.NaN()}
		}
		for _, s := range n.Servings {
			for k, a := range served {
				if a == s.Attribute {
					row[k] = HeatCell{Value: s.Goodness, Text: points(s.Goodness)}
				}
			}
		}
		h.Rows, h.Cells = append(h.Rows, n.Name), append(h.Cells, row)
	}
	return &Chart{ID: "canvas", Kind: HeatChart, Title: dataset.Msg("chart.canvas.title", count(len(c.Needs)), count(c.Unserved)), Heat: h,
		X: Axis{Label: dataset.Msg("axis.serves")}, Y: Axis{Label: dataset.Msg("axis.need")}, Alt: dataset.Msg("alt.canvas", count(len(c.Needs)), count(len(served)), count(c.Unserved))}
}

func (b *builder) canvasTable(c *concept.Canvas) *Table {
	t := &Table{ID: "canvas", Columns: []Column{{Header: dataset.Msg("column.need"), Text: true, Share: 1.6}, {Header: dataset.Msg("column.served_by"), Text: true, Share: 3}, {Header: dataset.Msg("column.best_rated")}}}
	for _, n := range c.Needs {
		var facts []dataset.Quantity
		for _, s := range n.Servings {
			facts = append(facts, dataset.Sentence(dataset.Msg("portrait.term", b.attribute(s.Attribute), points(s.Goodness))))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{text(n.Name), orDash(facts), points(n.Best)})
	}
	return t
}

// claimsView lists what a value proposition could claim.
func (b *builder) claimsView(p *concept.Proposition) view {
	ready := 0
	for _, c := range p.Claims {
		if c.Distinctive && c.Measurable {
			ready++
		}
	}
	if ready == 0 {
		return view{} // the page about rivals says that we lead nowhere
	}
	v := view{blocks: []Block{{Table: b.claimsTable(p)}, note(dataset.Msg("concept.claims.note"))}}
	switch {
	case p.Strong > 0:
		v.finding = dataset.Msg("concept.claims.strong", count(p.Strong), count(len(p.Claims)))
	case p.PastKnown:
		v.finding = dataset.Msg("concept.claims.fleeting", count(ready), count(len(p.Claims)))
	default:
		v.finding = dataset.Msg("concept.claims.ready", count(ready), count(len(p.Claims)))
	}
	return v
}

// claimsTable lists the claims that hold against the rivals.
func (b *builder) claimsTable(p *concept.Proposition) *Table {
	t := &Table{ID: "claims", Columns: []Column{{Header: dataset.Msg("column.attribute"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.leads_by"), Share: 2}, {Header: dataset.Msg("column.n")},
		{Header: dataset.Msg("column.measurable"), Text: true}, {Header: dataset.Msg("column.sustainable"), Text: true}}}
	for _, c := range p.Claims {
		if c.Distinctive {
			t.Rows = append(t.Rows, []dataset.Quantity{b.attribute(c.Attribute), written(c.Difference, b.worth), count(c.N), answer(c.Measurable), sustained(c.Sustainable)})
		}
	}
	return t
}

func answer(yes bool) dataset.Quantity {
	if yes {
		return term("yes")
	}
	return term("no")
}

func sustained(a dataset.Answer) dataset.Quantity {
	if a == dataset.Unstated {
		return term("concept.unknown")
	}
	return answer(a == dataset.Yes)
}

// modelView explains what was said to be worth by quality, image and price.
func (b *builder) modelView(m *concept.ValueModel) view {
	switch {
	case m.Declined != concept.Accepted:
		return view{refused: m.Declined}
	case m.Refused != driver.Accepted || len(m.Predictors) == 0:
		return view{}
	}
	first := 0
	t := &Table{ID: "value_model", Columns: []Column{{Header: dataset.Msg("column.part"), Text: true, Share: 1.6}, {Header: dataset.Msg("column.driver_share_within"), Share: 2}, {Header: dataset.Msg("column.coefficient")}, {Header: dataset.Msg("column.pearson")}}}
	for k, p := range m.Predictors {
		if p.Share.Value > m.Predictors[first].Share.Value {
			first = k
		}
		t.Rows = append(t.Rows, []dataset.Quantity{term("concept.part." + string(m.Parts[k])), written(p.Share, share), ratio(p.Coefficient.Value), ratio(p.Pearson.Value)})
	}
	return view{finding: dataset.Msg("concept.model", term("concept.part."+string(m.Parts[first])), share(m.Predictors[first].Share.Value), share(m.R2), count(m.N)),
		blocks: []Block{{Table: t}, note(dataset.Msg("concept.model.note"))}}
}

// accessView says what getting at the product costs customers.
func (b *builder) accessView(a *concept.AccessCosts) view {
	if a.Refused != concept.Accepted || len(a.Costs) == 0 {
		return view{refused: a.Refused}
	}
	v := view{finding: dataset.Msg("concept.access", text(b.d.Suppliers[a.Costs[0].Supplier].Name), money(a.Costs[0].Cost.Value), count(a.Costs[0].Cost.N))}
	hours := false
	for _, c := range a.Costs {
		hours = hours || c.Hours > 0
	}
	v.blocks = []Block{{Table: b.accessTable(a, hours)}}
	if hours {
		v.blocks = append(v.blocks, note(dataset.Msg("concept.access.note", money(b.r.Options.AccessRate))))
	}
	return v
}

// accessTable lists the cost of access by supplier; its parts stand there only
// where hours were asked, since all is fees otherwise.
func (b *builder) accessTable(a *concept.AccessCosts, hours bool) *Table {
	t := &Table{ID: "access", Columns: []Column{{Header: dataset.Msg("column.supplier"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.n")},
		{Header: dataset.Msg("column.cost")}, {Header: dataset.Msg("column.interval"), Share: 1.8}}}
	if hours {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.hours")}, Column{Header: dataset.Msg("column.fees")})
	}
	for _, c := range a.Costs {
		row := []dataset.Quantity{b.supplierCell(c.Supplier), count(c.Cost.N), money(c.Cost.Value), between(c.Cost, dataset.Money)}
		if hours {
			row = append(row, tenths(c.Hours), money(c.Fees))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// mostIdle is how many steps without value are named.
const mostIdle = 5

// effortView says which part of what is done for customers adds no value.
func (b *builder) effortView(e *concept.Effort) view {
	v := view{finding: effortFinding(e.All)}
	t := &Table{ID: "effort", Columns: []Column{{Header: dataset.Msg("column.process"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.steps")}, {Header: dataset.Msg("column.idle_steps")}, {Header: dataset.Msg("column.minutes")},
		{Header: dataset.Msg("column.time_idle")}, {Header: dataset.Msg("column.cost")}, {Header: dataset.Msg("column.cost_idle")}}}
	for _, w := range e.Processes {
		t.Rows = append(t.Rows, wasteRow(text(w.Process), w))
	}
	t.Total = wasteRow(term("column.all"), e.All)
	v.blocks = append(v.blocks, Block{Table: t})
	var steps []string
	for _, k := range e.Idle[:min(mostIdle, len(e.Idle))] {
		steps = append(steps, b.d.Activities.Step[k])
	}
	if len(steps) > 0 {
		v.blocks = append(v.blocks, paragraph(dataset.Msg("concept.effort.idle", count(len(e.Idle)), dataset.List(steps...), count(len(steps)))))
	}
	if e.All.Unstated > 0 || e.All.NoMinutes > 0 || e.All.NoCost > 0 {
		v.blocks = append(v.blocks, note(dataset.Msg("concept.effort.note", count(e.All.Unstated), count(e.All.NoMinutes), count(e.All.NoCost))))
	}
	return v
}

func effortFinding(w concept.Waste) dataset.Message {
	args := []dataset.Quantity{count(w.Idle), count(w.Steps), share(w.TimeShare), share(w.CostShare)}
	switch {
	case w.Idle == 0:
		return dataset.Msg("concept.effort.none", count(w.Steps))
	case math.IsNaN(w.TimeShare) && math.IsNaN(w.CostShare):
		return dataset.Msg("concept.effort.steps", args...)
	case math.IsNaN(w.CostShare):
		return dataset.Msg("concept.effort.time", args...)
	case math.IsNaN(w.TimeShare):
		return dataset.Msg("concept.effort.cost", args...)
	}
	return dataset.Msg("concept.effort.both", args...)
}

func wasteRow(name dataset.Quantity, w concept.Waste) []dataset.Quantity {
	minutes := dataset.Num(w.Minutes, dataset.Count)
	if math.IsNaN(w.TimeShare) {
		minutes.Value = math.NaN()
	}
	return []dataset.Quantity{name, count(w.Steps), count(w.Idle), minutes, share(w.TimeShare), money(w.Cost), share(w.CostShare)}
}

// hasValue reports whether an estimate says anything.
func hasValue(e stat.Estimate) bool { return !math.IsNaN(e.Value) && e.N > 0 }
