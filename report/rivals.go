package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

func (b *builder) rivalsSection() *Section {
	if b.r.Value == nil {
		return nil
	}
	m := b.r.Value.Market
	if m == nil {
		return nil
	}
	s := &Section{ID: SectionRivals, Title: rivalsTitle(b.d, m)}
	s.Blocks = append(s.Blocks, paragraph(b.relativeSentence(m)))
	if !math.IsNaN(m.CVA.Value) {
		s.Blocks = append(s.Blocks, paragraph(b.cvaSentence(m)))
	}
	if chart := headToHead(b.d, m); len(chart.Bars) > 1 {
		s.Blocks = append(s.Blocks, Block{Chart: chart})
	}
	s.Blocks = append(s.Blocks, Block{Table: b.attributeTable(m)}, note(b.attributeNote(m)))
	if chart := b.intervalChart(m); len(chart.Bars) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: chart})
	}
	if len(m.MapPoints) > 1 {
		s.Blocks = append(s.Blocks, heading(dataset.Msg("heading.value_map")),
			Block{Chart: b.marketMap(m)},
			Block{Table: b.mapTable(m)}, note(mapNote(m.Line)))
	}
	if !math.IsNaN(m.WinAll.Net) {
		s.Blocks = append(s.Blocks, paragraph(winLossSentence(m)))
	}
	return s
}

// clear reports whether an attribute's difference is one that may be claimed.
func clear(c value.Comparison) bool {
	return c.Standing != value.Unclear && c.Standing != value.Par
}

// foremost returns the attribute with the largest weighted lead (sign +1) or
// lag (sign -1) that its test supports, or -1.
func foremost(m *value.Market, sign float64) int {
	best, most := -1, 0.0
	for k, c := range m.Comparisons {
		lead := sign * c.Difference.Value * c.Weight
		if clear(c) && !math.IsNaN(lead) && lead > most {
			best, most = k, lead
		}
	}
	return best
}

func rivalsTitle(d *dataset.Dataset, m *value.Market) dataset.Message {
	lead, lag := foremost(m, 1), foremost(m, -1)
	label := func(k int) dataset.Quantity { return text(d.Attributes[m.Comparisons[k].Attribute].Label) }
	switch {
	case lead >= 0 && lag >= 0:
		return dataset.Msg("title.rivals.both", label(lead), label(lag))
	case lead >= 0:
		return dataset.Msg("title.rivals.lead", label(lead))
	case lag >= 0:
		return dataset.Msg("title.rivals.lag", label(lag))
	}
	return dataset.Msg("title.rivals."+testedKind(m), count(len(m.Comparisons)))
}

// relativeSentence says how our value stands against the rivals' mean; it
// claims a difference only where the interval excludes parity.
func (b *builder) relativeSentence(m *value.Market) dataset.Message {
	e := m.Relative
	if math.IsNaN(e.Value) {
		return dataset.Msg("rivals.relative." + b.missingSide()).From(SectionRivals)
	}
	args := []dataset.Quantity{b.inPoints(e.Value), b.worth(e.Lo), b.worth(e.Hi), count(e.N), b.winners(m), dataset.List(b.rivalNames(m)...)}
	return dataset.Msg("rivals.relative."+direction(e, 0), args...).From(SectionRivals)
}

// winners writes how many customers rate us above the rivals' mean.
func (b *builder) winners(m *value.Market) dataset.Quantity {
	if math.IsNaN(m.WinShare.Value) {
		return dataset.Sentence()
	}
	return dataset.Sentence(dataset.Msg("rivals.winners", count(int(math.Round(m.WinShare.Value*float64(m.WinShare.N)))), count(m.WinShare.N)))
}

// missingSide names the side that nobody rated, "none" where both were.
func (b *builder) missingSide() string {
	switch {
	case math.IsNaN(b.r.Value.MeanCosts.Value) && !math.IsNaN(b.r.Value.MeanBenefits.Value):
		return "no_costs"
	case math.IsNaN(b.r.Value.MeanBenefits.Value) && !math.IsNaN(b.r.Value.MeanCosts.Value):
		return "no_benefits"
	}
	return "none"
}

func (b *builder) rivalNames(m *value.Market) []string {
	var names []string
	for _, s := range m.Rivals {
		names = append(names, b.d.Suppliers[s].Name)
	}
	return names
}

// direction returns "ahead", "behind" or "unclear" by where the interval lies
// against the parity value; without an interval it returns "same" when
// everybody answered alike, "all" when everybody was asked, else "few".
func direction(e stat.Estimate, parity float64) string {
	switch {
	case !hasInterval(e) && e.Why == stat.NoVariation, hasInterval(e) && e.Hi-e.Lo <= 1e-9*math.Abs(e.Value):
		return "same"
	case !hasInterval(e) && e.Why == stat.Census:
		return "all"
	case !hasInterval(e):
		return "few"
	case e.Lo > parity:
		return "ahead"
	case e.Hi < parity:
		return "behind"
	}
	return "unclear"
}

func (b *builder) cvaSentence(m *value.Market) dataset.Message {
	e := m.CVA
	asked := "derived"
	if m.WorthAsked {
		asked = "asked"
	}
	return dataset.Msg("rivals.cva."+direction(e, 1), ratio(e.Value), ratio(e.Lo), ratio(e.Hi), count(e.N),
		term("cva.basis."+asked)).From(SectionRivals)
}

// headToHead is the area chart of METHOD 2.6: width = importance, height =
// ratio - 1, in descending order of the ratio, benefits only.
func headToHead(d *dataset.Dataset, m *value.Market) *Chart {
	c := &Chart{
		ID: "head_to_head", Kind: HeadToHeadChart,
		Title: dataset.Msg("chart.head_to_head.title", index(m.MPQ.Value)),
		X:     Axis{Label: dataset.Msg("axis.importance"), Unit: dataset.Points},
		Y:     Axis{Label: dataset.Msg("axis.lead"), Unit: dataset.Share},
	}
	for _, k := range byRatio(d, m, dataset.Benefit) {
		cmp := m.Comparisons[k]
		bar := Bar{Label: d.Attributes[cmp.Attribute].Label, Width: cmp.Weight, Value: cmp.Ratio.Value - 1,
			Lo: cmp.Ratio.Lo - 1, Hi: cmp.Ratio.Hi - 1, Style: standingStyle(cmp.Standing), Text: dataset.Num(cmp.Ratio.Value-1, dataset.SignedShare)}
		c.Bars = append(c.Bars, bar)
	}
	if len(c.Bars) > 0 {
		first, last := c.Bars[0], c.Bars[len(c.Bars)-1]
		c.Alt = dataset.Msg("alt.head_to_head", index(m.MPQ.Value), text(first.Label), first.Text, text(last.Label), last.Text)
	}
	return c
}

// byRatio returns the comparisons of a side with a ratio, best first.
func byRatio(d *dataset.Dataset, m *value.Market, side dataset.Side) []int {
	var order []int
	for k, c := range m.Comparisons {
		if d.Attributes[c.Attribute].Side == side && !math.IsNaN(c.Ratio.Value) && c.Weight > 0 {
			order = append(order, k)
		}
	}
	sort.SliceStable(order, func(x, y int) bool {
		return m.Comparisons[order[x]].Ratio.Value > m.Comparisons[order[y]].Ratio.Value
	})
	return order
}

func sideStyle(x float64) Style {
	if x < 0 {
		return StyleMinus
	}
	return StylePlus
}

func (b *builder) attributeTable(m *value.Market) *Table {
	t := &Table{ID: "attributes", Columns: []Column{
		{Header: dataset.Msg("column.attribute"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.weight")},
		{Header: dataset.Msg("column.own")},
		{Header: dataset.Msg("column.rivals")},
		{Header: dataset.Msg("column.difference")},
		{Header: dataset.Msg("column.interval"), Share: 1.6},
		{Header: dataset.Msg("column.standing"), Text: true, Share: 1.4},
	}}
	for _, c := range byDifference(m.Comparisons) {
		a := b.d.Attributes[c.Attribute]
		code := "attribute." + a.Side.String()
		if a.Down {
			code += ".down"
		}
		t.Rows = append(t.Rows, []dataset.Quantity{
			dataset.Sentence(dataset.Msg(code, text(a.Label))),
			points(c.Weight), b.rating(c.Own), b.rating(c.Other),
			b.worth(c.Difference.Value), b.intervalCell(c.Difference), standingCell(c),
		})
	}
	return t
}

// rating writes a mean rating as asked, or an amount.
func (b *builder) rating(x float64) dataset.Quantity {
	if b.money() {
		return money(x)
	}
	return dataset.Num(x, dataset.Rating)
}

// byDifference returns comparisons from the largest lead to the largest lag.
func byDifference(comparisons []value.Comparison) []value.Comparison {
	sorted := append([]value.Comparison{}, comparisons...)
	sort.SliceStable(sorted, func(x, y int) bool {
		dx, dy := sorted[x].Difference.Value, sorted[y].Difference.Value
		if math.IsNaN(dx) || math.IsNaN(dy) {
			return !math.IsNaN(dx) && math.IsNaN(dy)
		}
		return dx > dy
	})
	return sorted
}

// standingCell writes the verdict, a dash where nothing was tested.
func standingCell(c value.Comparison) dataset.Quantity {
	if !hasInterval(c.Difference) && (c.Difference.Why == stat.TooFew || c.Standing == value.Unclear) {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return term("standing." + string(c.Standing))
}

// intervalCell writes the interval of a difference with its n.
func (b *builder) intervalCell(e stat.Estimate) dataset.Quantity {
	if hasInterval(e) {
		return dataset.Sentence(dataset.Msg("interval.n", b.end(e.Lo, e.Hi), b.end(e.Hi, e.Lo), count(e.N)))
	}
	return dataset.Sentence(dataset.Msg("interval.none."+string(whyOf(e)), count(e.N)))
}

// end writes one end of an interval; in money without cents where the other end
// has none.
func (b *builder) end(x, other float64) dataset.Quantity {
	if b.money() && math.Abs(other) >= 100 {
		x = math.Round(x)
	}
	return b.worth(x)
}

func whyOf(e stat.Estimate) stat.Why {
	if e.Why == stat.HasInterval {
		return stat.NotOffered
	}
	return e.Why
}

func (b *builder) attributeNote(m *value.Market) dataset.Message {
	scale := "raw"
	if m.OneToTen {
		scale = "one_to_ten"
	}
	switch tested := testedKind(m) == "tested"; {
	case b.money() && tested:
		return dataset.Msg("rivals.note.money", share(b.r.Options.DeltaMoney))
	case b.money():
		return dataset.Msg("rivals.note.money.untested")
	case !tested:
		return dataset.Msg("rivals.note.untested", term("ratio.base."+scale))
	}
	return dataset.Msg("rivals.note", dataset.Num(b.r.Options.Meaningful, dataset.Points), term("ratio.base."+scale))
}

func (b *builder) intervalChart(m *value.Market) *Chart {
	c := &Chart{ID: "differences", Kind: IntervalChart,
		X: Axis{Label: dataset.Msg("axis.difference"), Unit: b.worth(0).Unit}}
	if b.money() {
		c.X.Label = dataset.Msg("axis.difference.money")
	}
	tested := false
	for _, cmp := range byDifference(m.Comparisons) {
		if math.IsNaN(cmp.Difference.Value) {
			continue
		}
		tested = tested || hasInterval(cmp.Difference)
		c.Bars = append(c.Bars, Bar{Label: b.d.Attributes[cmp.Attribute].Label, Value: cmp.Difference.Value,
			Lo: cmp.Difference.Lo, Hi: cmp.Difference.Hi, Style: standingStyle(cmp.Standing), Text: b.worth(cmp.Difference.Value)})
	}
	c.Title = differencesTitle(c.Bars, tested)
	if len(c.Bars) > 0 {
		first, last := c.Bars[0], c.Bars[len(c.Bars)-1]
		c.Alt = dataset.Msg("alt.differences", text(first.Label), first.Text, text(last.Label), last.Text, count(len(c.Bars)))
	}
	return c
}

func standingStyle(s value.Standing) Style {
	switch s {
	case value.Leader, value.SlightlyAhead:
		return StylePlus
	case value.Laggard, value.SlightlyBehind:
		return StyleMinus
	}
	return StyleNone
}

// SupplierName returns the name of a supplier: the company's where the workbook
// calls us by a word such as "us", "" where the company has none either.
func (r *Report) SupplierName(k int) string {
	if s := r.Dataset.Suppliers[k]; !s.Own || !s.Unnamed {
		return s.Name
	}
	return r.Company
}

// supplierCell is mapName for tables.
func (b *builder) supplierCell(k int) dataset.Quantity {
	name, own := b.mapName(k, false)
	if own && name == "" {
		return term("ours.name")
	}
	return text(name)
}

func winLossSentence(m *value.Market) dataset.Message {
	if math.IsNaN(m.WinBenefits.Net) || math.IsNaN(m.WinCosts.Net) {
		return dataset.Msg("rivals.win_loss.one", signed(m.WinAll.Net))
	}
	return dataset.Msg("rivals.win_loss", signed(m.WinBenefits.Net), signed(m.WinCosts.Net), signed(m.WinAll.Net))
}
