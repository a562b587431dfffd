package report

import (
	"math"

	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// waterfallRows is how many steps a waterfall bears.
const waterfallRows = 14

// valueSection says what customers receive on average, what it is made of, and
// that the parts add up.
func (b *builder) valueSection() *Section {
	v := b.r.Value
	if v == nil || b.d.Customers.Len() == 0 || len(b.d.Attributes) == 0 || b.nobodyRated() {
		return nil
	}
	s := &Section{ID: SectionValue, Title: b.valueTitle()}
	if b.rated() > 0 {
		s.Blocks = append(s.Blocks, paragraph(b.meanSentence()))
	}
	if v.Market == nil && b.rated() > 0 {
		s.Blocks = append(s.Blocks, paragraph(dataset.Msg("value.portfolio")))
	}
	if chart := b.waterfall(); len(chart.Bars) > 2 {
		s.Blocks = append(s.Blocks, Block{Chart: chart})
	}
	if t := b.groupTable(); len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.groups")), Block{Table: t}, note(dataset.Msg("groups.note."+string(v.Mode))))
	}
	if v.NoCost > 0 {
		s.Blocks = append(s.Blocks, note(dataset.Msg("value.no_cost", count(v.NoCost))))
	}
	if rated, n := b.rated(), b.d.Customers.Len(); rated < n && b.missingSide() == "none" {
		s.Blocks = append(s.Blocks, note(dataset.Msg("value.coverage", count(rated), count(n))))
	}
	return s
}

// nobodyRated reports whether no customer rated anything of ours.
func (b *builder) nobodyRated() bool {
	for _, why := range b.r.Value.Own.Why {
		if why != value.NotRated {
			return false
		}
	}
	return true
}

// valueTitle claims that benefits outweigh costs only where the interval of
// the mean value excludes zero.
func (b *builder) valueTitle() dataset.Message {
	e := b.r.Value.MeanValue
	if math.IsNaN(e.Value) {
		side := b.r.Value.MeanBenefits
		if b.missingSide() == "no_benefits" {
			side = b.r.Value.MeanCosts
		}
		return dataset.Msg("title.value."+b.missingSide(), b.amount(side.Value))
	}
	way := direction(e, 0)
	if b.money() {
		return dataset.Msg("title.value.money."+way, money(math.Abs(e.Value)), b.worth(e.Value), count(e.N))
	}
	switch way {
	case "ahead":
		return dataset.Msg("title.value.positive", points(e.Value))
	case "behind":
		return dataset.Msg("title.value.negative", points(-e.Value))
	default:
		return dataset.Msg("title.value."+way, signed(e.Value), count(e.N))
	}
}

func (b *builder) meanSentence() dataset.Message {
	v, e := b.r.Value, b.r.Value.MeanValue
	span := dataset.Msg("value.no_interval", count(e.N))
	if hasInterval(e) {
		span = dataset.Msg("value.interval", b.worth(e.Lo), b.worth(e.Hi), count(e.N))
	}
	return dataset.Msg("value.mean", b.unsigned(v.MeanBenefits.Value), b.unsigned(v.MeanCosts.Value), b.part(e.Value), dataset.Sentence(span), ratio(v.MeanRatio))
}

// waterfall shows the mean contributions as steps up (benefits) and down
// (costs) to the mean value; empty where there are too many to read.
func (b *builder) waterfall() *Chart {
	v := b.r.Value
	c := &Chart{ID: "contributions", Kind: WaterfallChart,
		Y: Axis{Label: dataset.Msg("axis.difference_of_means"), Unit: b.amount(0).Unit}}
	if side := b.missingSide(); side != "none" {
		c.Y.Label = dataset.Msg("axis.total." + side)
	}
	best := [2]Bar{}
	total := 0.0
	for _, side := range []dataset.Side{dataset.Benefit, dataset.Cost} {
		for _, m := range v.Attributes {
			a := b.d.Attributes[m.Attribute]
			if a.Side != side || math.IsNaN(m.Contribution) {
				continue
			}
			bar := b.step(a, m)
			total += bar.Value
			if math.Abs(bar.Value) > math.Abs(best[side].Value) {
				best[side] = bar
			}
			c.Bars = append(c.Bars, bar)
		}
	}
	if len(c.Bars) == 0 || len(c.Bars) > waterfallRows {
		return &Chart{}
	}
	c.Title = b.contributionsTitle(c.Bars, total)
	c.Bars = append(c.Bars, Bar{Label: "", Value: total, Lo: math.NaN(), Hi: math.NaN(), Style: StyleTotal, Text: b.part(total)})
	c.Alt = dataset.Msg("alt.contributions", count(len(c.Bars)-1), text(best[0].Label), text(best[1].Label))
	return c
}

func (b *builder) step(a dataset.Attribute, m value.AttributeMean) Bar {
	bar := Bar{Label: a.Label, Value: m.Contribution, Lo: math.NaN(), Hi: math.NaN(), Style: StylePlus}
	if a.Side == dataset.Cost {
		bar.Value, bar.Style = -m.Contribution, StyleMinus
	}
	bar.Text = b.part(bar.Value)
	return bar
}

// groupTable shows that the groups add up to benefits and to costs.
func (b *builder) groupTable() *Table {
	v := b.r.Value
	t := &Table{ID: "groups", Bold: map[int]bool{}, Indent: map[int]bool{}, Columns: []Column{
		{Header: dataset.Msg("column.group"), Text: true, Share: 3},
		{Header: dataset.Msg("column.points")},
		{Header: dataset.Msg("column.share.side")},
	}}
	if b.money() {
		t.Columns[1].Header = dataset.Msg("column.amount")
	}
	b.groupRows(t, dataset.Benefit, v.MeanBenefits.Value)
	b.groupRows(t, dataset.Cost, v.MeanCosts.Value)
	return t
}

// groupRows adds one side: its groups, their total, and of which tangible.
func (b *builder) groupRows(t *Table, side dataset.Side, mean float64) {
	if math.IsNaN(mean) {
		return
	}
	add := func(name dataset.Quantity, x float64) {
		part := share(x / mean)
		if mean == 0 {
			part = share(math.NaN())
		}
		t.Rows = append(t.Rows, []dataset.Quantity{name, b.unsigned(x), part})
	}
	for _, g := range b.r.Value.Groups {
		if g.Side == side && !math.IsNaN(g.Points) {
			add(groupName(g), g.Points)
		}
	}
	t.Bold[len(t.Rows)] = true
	add(term("group.total."+side.String()), mean)
	for _, g := range b.r.Value.Tangible {
		if g.Side == side && g.Tangible != dataset.Unstated && !math.IsNaN(g.Points) {
			t.Indent[len(t.Rows)] = true
			add(tangibleName(g), g.Points)
		}
	}
}

func groupName(g value.GroupMean) dataset.Quantity {
	if g.Group == "" {
		return term("group.unstated")
	}
	return term("group." + string(g.Group))
}

func tangibleName(g value.GroupMean) dataset.Quantity {
	if g.Tangible == dataset.Yes {
		return term("group.of_which.tangible")
	}
	return term("group.of_which.intangible")
}
