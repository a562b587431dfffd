package report

import (
	"math"

	"valuebook/report/dataset"
)

// sideSection ranks customers by the one side that was rated: without the
// other there is no value, and no verdict on who may leave.
func (b *builder) sideSection() *Section {
	side, scores, style := b.missingSide(), b.r.Value.Own.Benefits, StylePlus
	if side == "no_benefits" {
		scores, style = b.r.Value.Own.Costs, StyleNone
	}
	order, all := b.ends(chartRows/2, func(i int) bool { return !math.IsNaN(scores[i]) }, func(i int) float64 { return scores[i] })
	if all == 0 {
		return &Section{ID: SectionCustomers, Title: b.customersTitle(), Blocks: []Block{paragraph(dataset.Msg("customers.none_rated"))}}
	}
	high, low := scores[order[0]], scores[order[len(order)-1]]
	s := &Section{ID: SectionCustomers, Title: dataset.Msg("title.customers."+side, b.amount(low), b.amount(high), count(all))}
	if all == 1 || alike(high, low) {
		s.Title = dataset.Msg("title.customers."+side+".same", b.amount(high), count(all))
	}
	c := &Chart{ID: "ranked", Kind: BarsChart, Title: dataset.Msg("chart.sides.all", count(all)),
		X: Axis{Label: dataset.Msg("axis.total." + side), Unit: b.amount(0).Unit}}
	if all > chartRows {
		order = append(append([]int{}, order[:chartRows/2]...), order[len(order)-chartRows/2:]...)
		c.Title = dataset.Msg("chart.sides.ends", count(all), count(chartRows/2))
	}
	for _, i := range order {
		c.Bars = append(c.Bars, Bar{Label: b.d.Customers.Label(i), Value: scores[i], Lo: math.NaN(), Hi: math.NaN(), Style: style, Text: b.amount(scores[i])})
	}
	first, last := order[0], order[len(order)-1]
	c.Alt = dataset.Msg("alt.ranked", count(all), text(b.d.Customers.Label(first)), b.amount(high), text(b.d.Customers.Label(last)), b.amount(low))
	s.Blocks = []Block{paragraph(dataset.Msg("customers.sides." + side)), {Chart: c}}
	if missing := b.d.Customers.Len() - all; missing > 0 {
		s.Blocks = append(s.Blocks, note(dataset.Msg("customers.sides.missing", count(missing))))
	}
	return s
}
