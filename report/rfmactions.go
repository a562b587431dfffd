package report

import (
	"sort"

	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// mostGroups is how many segments of scores the findings page says what to do
// with.
const mostGroups = 4

// scoreActions say what to do with the segments of scores that bring most, for
// workbooks without a quadrant.
func (b *builder) scoreActions() []Action {
	r := b.r.RFM
	if r == nil || r.Why != rfm.Scored {
		return nil
	}
	var order []int
	for k, g := range r.Segments {
		if g.Customers > 0 && advised[g.ID] {
			order = append(order, k)
		}
	}
	sort.SliceStable(order, func(x, y int) bool { return r.Segments[order[x]].Revenue > r.Segments[order[y]].Revenue })
	total := groupRevenue(r)
	var actions []Action
	for _, k := range order[:min(mostGroups, len(order))] {
		g := r.Segments[k]
		members, _ := b.first(3, func(i int) bool { return r.Segment[i] == k }, func(i int) float64 { return b.r.Purchases.Net[i] })
		a := Action{Class: g.ID, Label: dataset.Msg("text", ScoreSegment(g.Segment)), Style: -1, Count: g.Customers,
			Meaning: dataset.Msg("meaning.rfm." + g.ID), Advice: dataset.Msg("advice.rfm." + g.ID), Names: b.names(members, 3)}
		if total > 0 {
			a.Share, a.ShareOf = share(g.Revenue/total), dataset.Msg("share.of.revenue")
		}
		actions = append(actions, a)
	}
	return actions
}

// advised are the segments for which the catalogue has advice; the user's own
// have none.
var advised = map[string]bool{
	"champions": true, "loyal": true, "potential_loyalist": true, "new": true, "promising": true, "need_attention": true, "about_to_sleep": true,
	"cant_lose": true, "at_risk": true, "hibernating": true, "loyal_customers": true, "new_customers": true, "cant_lose_them": true, "lost": true,
}
