package report

import (
	"math"

	"valuebook/report/analysis/concept"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// priceView says what our offer could cost before a rival is the better buy.
func (b *builder) priceView(p *concept.ValueBasedPrices) view {
	if p.Refused != concept.Accepted || len(p.Prices) == 0 {
		return view{refused: p.Refused}
	}
	best := p.Prices[p.Best]
	code := "concept.price.room"
	if best.Incentive < 0 {
		code = "concept.price.dear"
	}
	v := view{finding: dataset.Msg(code, text(b.d.Suppliers[best.Supplier].Name), money(best.ValueBased.Value), money(best.Price), money(math.Abs(best.Incentive)))}
	if n := best.ValueBased; hasInterval(n) && (n.Lo-best.Price)*(n.Hi-best.Price) <= 0 {
		v.finding = dataset.Msg("concept.price.unclear", v.finding.Args...)
	}
	t := &Table{ID: "value_based_price", Columns: []Column{{Header: dataset.Msg("column.against"), Text: true, Share: 1.6}, {Header: dataset.Msg("column.n")}, {Header: dataset.Msg("column.reference")}, {Header: dataset.Msg("column.differentiation")},
		{Header: dataset.Msg("column.value_based")}, {Header: dataset.Msg("column.interval"), Share: 1.8}, {Header: dataset.Msg("column.our_price")}}}
	for _, one := range p.Prices {
		t.Rows = append(t.Rows, []dataset.Quantity{text(b.d.Suppliers[one.Supplier].Name), count(one.N), money(one.Reference), money(one.Differentiation.Value),
			money(one.ValueBased.Value), between(one.ValueBased, dataset.Money), money(one.Price)})
	}
	v.blocks = []Block{{Chart: b.priceChart(best)}, {Table: t}, note(dataset.Msg("concept.price.note"))}
	return v
}

// priceChart builds the value-based price from the rival's and what our offer
// is worth more.
func (b *builder) priceChart(p concept.EconomicPrice) *Chart {
	title := "chart.price.title"
	if p.Differentiation.Value < 0 {
		title = "chart.price.title.less"
	}
	c := &Chart{ID: "value_based_price", Kind: WaterfallChart, Title: dataset.Msg(title, text(b.d.Suppliers[p.Supplier].Name), money(p.Reference), money(math.Abs(p.Differentiation.Value)), money(p.ValueBased.Value)), X: Axis{Label: dataset.Msg("axis.price"), Unit: dataset.Money}}
	for _, step := range []struct {
		label string
		name  dataset.Message
		x     float64
		style Style
	}{{b.d.Suppliers[p.Supplier].Name, dataset.Message{}, p.Reference, StyleRival}, {"", dataset.Msg("column.differentiation"), p.Differentiation.Value, sideStyle(p.Differentiation.Value)},
		{"", dataset.Message{}, p.ValueBased.Value, StyleTotal}} {
		c.Bars = append(c.Bars, Bar{Label: step.label, Name: step.name, Value: step.x, Lo: math.NaN(), Hi: math.NaN(), Style: step.style, Text: money(step.x)})
	}
	c.Alt = dataset.Msg("alt.price", text(b.d.Suppliers[p.Supplier].Name), money(p.Reference), money(p.Differentiation.Value), money(p.ValueBased.Value))
	return c
}

// fairPriceView says where the price of each supplier would lie on the
// fair-value line.
func (b *builder) fairPriceView(f *concept.FairPrices) view {
	if f.Refused != concept.Accepted || len(f.Prices) == 0 {
		return view{refused: f.Refused}
	}
	t := &Table{ID: "fair_price", Columns: []Column{{Header: dataset.Msg("column.supplier"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.price")}, {Header: dataset.Msg("column.fair_price")}, {Header: dataset.Msg("column.above_fair")}}}
	v := view{}
	for _, p := range f.Prices {
		t.Rows = append(t.Rows, []dataset.Quantity{text(b.d.Suppliers[p.Supplier].Name), money(p.Price), money(p.Fair), money(p.Difference)})
		if !b.d.Suppliers[p.Supplier].Own {
			continue
		}
		code := "concept.fair.above"
		if p.Difference < 0 {
			code = "concept.fair.below"
		}
		v.finding = dataset.Msg(code, money(p.Price), money(p.Fair), money(math.Abs(p.Difference)))
	}
	v.blocks = []Block{{Table: t}, note(dataset.Msg("concept.fair.note", money(f.Base)))}
	return v
}

// loyaltyView says who would buy again, and who would recommend.
func (b *builder) loyaltyView(l *concept.Loyalty) view {
	asked, told := hasValue(l.Rebuy), l.AdvocacyRefused == concept.Accepted && hasValue(l.Advocacy)
	v := view{}
	switch {
	case asked && told:
		v.finding = dataset.Msg("concept.loyalty.both", share(l.Rebuy.Value), signedShare(l.Advocacy.Value))
	case asked:
		v.finding = dataset.Msg("concept.loyalty.rebuy", share(l.Rebuy.Value), count(l.Rebuy.N))
	case told:
		v.finding = dataset.Msg("concept.loyalty.advocacy", signedShare(l.Advocacy.Value), count(l.Advocacy.N))
	default:
		return view{refused: l.AdvocacyRefused}
	}
	t := &Table{ID: "loyalty", Columns: []Column{{Header: dataset.Msg("column.measure"), Text: true, Share: 2.6}, {Header: dataset.Msg("column.figure")}, {Header: dataset.Msg("column.interval"), Share: 1.6}, {Header: dataset.Msg("column.n")}}}
	if asked {
		t.Rows = append(t.Rows, []dataset.Quantity{term("concept.loyalty.would"), share(l.Rebuy.Value), between(l.Rebuy, dataset.Share), count(l.Rebuy.N)})
	}
	if told {
		t.Rows = append(t.Rows, []dataset.Quantity{term("concept.loyalty.net"), signedShare(l.Advocacy.Value), between(l.Advocacy, dataset.SignedShare), count(l.Advocacy.N)})
	}
	v.blocks = []Block{{Table: t}}
	switch {
	case told:
		v.blocks = append(v.blocks, note(dataset.Msg("concept.loyalty.note", count(l.Promoters), count(l.Passives), count(l.Detractors))))
	case l.AdvocacyRefused != concept.Accepted:
		v.blocks = append(v.blocks, note(dataset.Msg(l.AdvocacyRefused.Code())))
	}
	return v
}

func signedShare(x float64) dataset.Quantity { return dataset.Num(x, dataset.SignedShare) }

// maximiseView counts winning, keeping and using. Without dates of the
// beginning nothing is said of who was won and lost.
func (b *builder) maximiseView(m *concept.Maximisation) view {
	if m.Refused != concept.Accepted {
		return view{refused: m.Refused}
	}
	t := &Table{ID: "maximise", Columns: []Column{{Header: dataset.Msg("column.measure"), Text: true, Share: 2.6}, {Header: dataset.Msg("column.figure")}, {Header: dataset.Msg("column.interval"), Share: 1.6}}}
	add := func(code string, q dataset.Quantity, interval dataset.Quantity) {
		t.Rows = append(t.Rows, []dataset.Quantity{term("concept.maximise." + code), q, interval})
	}
	none := dataset.Sentence(dataset.Msg("missing"))
	if m.Dated > 0 {
		add("before", count(m.ActiveBefore), none)
		add("acquired", count(m.Acquired), none)
		add("lost", count(m.Lost), none)
		add("active", count(m.Active), none)
		if hasValue(m.Retention) {
			add("retention", share(m.Retention.Value), between(m.Retention, dataset.Share))
		}
	}
	for _, line := range []struct {
		code string
		x    float64
		unit dataset.Unit
	}{{"usage", m.Usage, dataset.Tenths}, {"ceiling", m.Ceiling, dataset.Money}, {"headroom", m.Headroom, dataset.Money}, {"return", m.Return, dataset.SignedShare}} {
		if !math.IsNaN(line.x) {
			add(line.code, dataset.Num(line.x, line.unit), none)
		}
	}
	if hasValue(m.AcquisitionCost) {
		add("acquisition", money(m.AcquisitionCost.Value), between(m.AcquisitionCost, dataset.Money))
	}
	finding := maximiseFinding(m)
	if finding.IsZero() || len(t.Rows) == 0 {
		return view{}
	}
	v := view{finding: finding, blocks: []Block{{Table: t}}}
	if m.Dated > 0 {
		v.blocks = append(v.blocks, note(dataset.Msg("concept.maximise.note", day(m.From), day(m.To), count(m.Dated))))
	}
	return v
}

func maximiseFinding(m *concept.Maximisation) dataset.Message {
	switch {
	case m.Dated > 0 && hasValue(m.Retention):
		return dataset.Msg("concept.maximise.kept", share(m.Retention.Value), count(m.ActiveBefore), count(m.Acquired), count(m.Lost))
	case m.Dated > 0:
		return dataset.Msg("concept.maximise.won", count(m.Acquired), count(m.Active))
	case !math.IsNaN(m.Usage):
		return dataset.Msg("concept.maximise.used", tenths(m.Usage))
	}
	return dataset.Message{}
}

// balances are the fields of the exchange in the order of a quadrant chart,
// whose horizontal axis is what customers receive.
var balances = [4]concept.Balance{concept.Mutual, concept.Receives, concept.Gives, concept.Thin}

// exchangeView sets what customers receive against what they give. The chart is
// left out where the quadrant already shows the same two axes.
func (b *builder) exchangeView(e *concept.Exchange) view {
	if e.Refused != concept.Accepted {
		return view{refused: e.Refused}
	}
	v := view{finding: dataset.Msg("concept.exchange", count(e.Counts[concept.Receives]), count(e.Counts[concept.Gives]), count(e.N))}
	if !b.exchangeShown() {
		v.blocks = append(v.blocks, Block{Chart: b.exchangeChart(e)})
	}
	t := &Table{ID: "exchange", Columns: []Column{{Header: dataset.Msg("column.balance"), Text: true, Share: 2}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.share.customers")}, {Header: dataset.Msg("column.foremost"), Text: true, Share: 3}}}
	for _, kind := range balances {
		members, _ := b.first(3, func(i int) bool { return e.Balance[i] == kind }, func(i int) float64 { return e.Given.Values[i] })
		t.Rows = append(t.Rows, []dataset.Quantity{term("concept.balance." + string(kind)), count(e.Counts[kind]), share(float64(e.Counts[kind]) / float64(e.N)), dataset.List(b.names(members, 3)...)})
	}
	v.blocks = append(v.blocks, Block{Table: t}, note(relationNote(e.Relation)))
	return v
}

// exchangeShown reports whether the quadrant is drawn over the same two axes.
func (b *builder) exchangeShown() bool {
	q := b.r.Quadrant
	if q == nil {
		return false
	}
	pair := map[quadrant.Measure]bool{q.X.Measure: true, q.Y.Measure: true}
	return pair[quadrant.PerceivedValue] && pair[quadrant.FirmValue]
}

// relationNote says whether who receives more gives more, as far as the interval
// bears it.
func relationNote(e stat.Estimate) dataset.Message {
	switch {
	case !hasInterval(e):
		return dataset.Msg("concept.exchange.relation.none", count(e.N))
	case e.Lo > 0:
		return dataset.Msg("concept.exchange.relation.more", ratio(e.Value), ratio(e.Lo), ratio(e.Hi), count(e.N))
	case e.Hi < 0:
		return dataset.Msg("concept.exchange.relation.less", ratio(e.Value), ratio(e.Lo), ratio(e.Hi), count(e.N))
	}
	return dataset.Msg("concept.exchange.relation.unclear", ratio(e.Value), ratio(e.Lo), ratio(e.Hi), count(e.N))
}

func (b *builder) exchangeChart(e *concept.Exchange) *Chart {
	c := &Chart{ID: "exchange", Kind: QuadrantChart, Plain: true, X: quadrantAxis(e.Received), Y: quadrantAxis(e.Given)}
	c.X.Band, c.Y.Band = 0, 0
	c.X.Lo, c.X.Hi, c.Y.Lo, c.Y.Hi = 0, 0, 0, 0 // as near as the customers allow
	c.X.Label, c.Y.Label = dataset.Msg("axis.receives"), dataset.Msg("axis.gives")
	for k, kind := range balances {
		c.Fields[k] = dataset.Msg("concept.balance." + string(kind))
	}
	rank := map[int]int{} // the foremost of those who give much and receive little are named
	members, _ := b.first(3, func(i int) bool { return e.Balance[i] == concept.Gives }, func(i int) float64 { return e.Given.Values[i] })
	for k, i := range members {
		rank[i] = 3 - k
	}
	c.Title = dataset.Msg("chart.exchange.none")
	if len(members) > 0 {
		c.Title = dataset.Msg("chart.exchange.title", dataset.List(b.names(members, 3)...), count(len(members)))
	}
	group := Group{Style: StyleOwn}
	b.place(&group, e.N > crowdFrom, customerPoints{x: e.Received.Values, y: e.Given.Values, rank: func(i int) int { return rank[i] },
		members: func(yield func(int) bool) {
			for i, kind := range e.Balance {
				if kind != concept.Unknown && !yield(i) {
					return
				}
			}
		}})
	c.Group = []Group{group}
	c.Alt = dataset.Msg("alt.exchange", count(e.N), count(e.Counts[concept.Receives]), count(e.Counts[concept.Gives]), count(e.Counts[concept.Mutual]))
	return c
}

// conceptSentences are one for each concept that asks for something to be done,
// worth the share of customers that it concerns.
func (b *builder) conceptSentences(add func(float64, dataset.Message)) {
	c := b.r.Concepts
	if c == nil {
		return
	}
	if e := c.Exchange; e != nil && e.Refused == concept.Accepted && e.Counts[concept.Gives] > 0 {
		members, all := b.first(3, func(i int) bool { return e.Balance[i] == concept.Gives }, func(i int) float64 { return e.Given.Values[i] })
		add(float64(all)/float64(e.N), dataset.Msg("found.exchange", count(all), count(e.N), dataset.List(b.names(members, 3)...)).From(SectionConcepts+"#exchange"))
	}
	if l := c.Loyalty; l != nil && l.RebuyNo > 0 && hasInterval(l.Rebuy) {
		add(1-l.Rebuy.Value, dataset.Msg("found.rebuy", count(l.RebuyNo), count(l.Rebuy.N), share(1-l.Rebuy.Value), share(1-l.Rebuy.Hi), share(1-l.Rebuy.Lo)).From(SectionConcepts+"#loyalty"))
	}
	if m := c.Maximise; m != nil && m.Refused == concept.Accepted && m.Dated > 0 && m.Lost > 0 && hasInterval(m.Retention) {
		add(1-m.Retention.Value, dataset.Msg("found.lost", count(m.Lost), count(m.ActiveBefore), share(m.Retention.Value), share(m.Retention.Lo), share(m.Retention.Hi)).From(SectionConcepts+"#maximise"))
	}
}
