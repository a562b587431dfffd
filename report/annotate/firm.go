package annotate

import (
	"valuebook/report"
	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
)

// The columns of the block that come from purchases: computed values.
const (
	colOrders  = "orders"
	colRevenue = "revenue"
	colLast    = "last"
	colScores  = "rfm"
	colGroup   = "rfm_segment"

	colLifetime = "lifetime"
	colAlive    = "alive"
)

// bought reports whether there is a history of purchases.
func (p *planner) bought() bool { return p.res.Purchases != nil && p.res.Purchases.Refused == "" }

// firmColumns lists the columns that purchases allow.
func (p *planner) firmColumns() []string {
	var out []string
	if p.bought() {
		out = append(out, colOrders, colRevenue, colLast)
	}
	if p.res.RFM != nil && p.res.RFM.Why == "" {
		out = append(out, colScores, colGroup)
	}
	if l := p.res.Lifetime; l != nil && l.Model != lifetime.ModelNone {
		out = append(out, colLifetime)
		if l.Buying != nil {
			out = append(out, colAlive)
		}
	}
	return out
}

// lifetimeColumn plans value and the chance of still being a customer.
func (p *planner) lifetimeColumn(id string) columnPlan {
	l := p.res.Lifetime
	if id == colAlive {
		return columnPlan{header: p.term("block.alive"), width: 11, style: sheets.Style{Role: sheets.Computed, Format: sheets.Percent, Right: true},
			value: func(i int) any { return p.known(l.Alive[i]) }}
	}
	code := "block.lifetime_back"
	if l.Model != lifetime.ModelHistorical {
		code = "block.lifetime_ahead"
	}
	return columnPlan{header: p.text(code, dataset.N(l.Horizon)), width: 14, style: sheets.Style{Role: sheets.Computed, Format: sheets.Amount, Right: true},
		value: func(i int) any { return p.known(l.Value[i]) }}
}

// firmColumn plans one of them.
func (p *planner) firmColumn(id string) columnPlan {
	h, r := p.res.Purchases, p.res.RFM
	plan := columnPlan{header: p.term("block." + id), width: 12, style: sheets.Style{Role: sheets.Computed, Right: true}}
	switch id {
	case colLifetime, colAlive:
		return p.lifetimeColumn(id)
	case colOrders:
		plan.width, plan.style.Format = 9, sheets.Whole
		plan.value = func(i int) any { return int(h.Orders[i]) }
	case colRevenue:
		plan.style.Format = sheets.Amount
		plan.value = func(i int) any { return p.known(h.Net[i]) }
	case colLast:
		plan.style.Format = sheets.Date
		plan.value = func(i int) any {
			if h.Last[i] == purchase.NoDay {
				return p.words.Missing
			}
			return purchase.Date(h.Last[i])
		}
	case colScores:
		plan.width, plan.style = 8, sheets.Style{Role: sheets.Computed, Format: sheets.AsText, Center: true}
		plan.value = func(i int) any {
			if r.Code(i) == 0 {
				return p.words.Missing
			}
			return itoa(r.Code(i))
		}
	case colGroup:
		plan.width, plan.style = 20, sheets.Style{Role: sheets.Computed, Indent: 1}
		plan.value = func(i int) any {
			if r.Segment[i] < 0 {
				return p.words.Missing
			}
			return p.w.Quantity(report.ScoreSegment(r.Segments[r.Segment[i]].Segment))
		}
	}
	return plan
}
