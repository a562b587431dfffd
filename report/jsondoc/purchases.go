package jsondoc

import (
	"valuebook/report"
	"valuebook/report/analysis/concentration"
	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/rfm"
)

type purchases struct {
	Transactions int       `json:"transactions"`
	Customers    int       `json:"customers"`
	Revenue      *float64  `json:"revenue,omitempty"` // less refunds
	Cost         *float64  `json:"cost,omitempty"`    // absent when one is not known
	First        string    `json:"first,omitempty"`
	Last         string    `json:"last,omitempty"`
	Skipped      []skipped `json:"skipped,omitempty"`
	Orders       int       `json:"orders"`
	Repeaters    int       `json:"repeaters"` // customers with two purchase days or more
	Refunds      *float64  `json:"refunds,omitempty"`
	UnknownCosts int       `json:"unknown_costs,omitempty"` // purchases whose cost is not known
}

type skipped struct {
	Why string `json:"why"`
	N   int    `json:"n"`
}

type concentrated struct {
	Of             string   `json:"of"`
	N              int      `json:"n"`
	Missing        int      `json:"missing,omitempty"` // customers left out
	Total          *float64 `json:"total,omitempty"`
	Top20Share     *float64 `json:"top20_share,omitempty"`
	Gini           *float64 `json:"gini,omitempty"`
	GiniCorrected  *float64 `json:"gini_corrected,omitempty"`
	CustomersFor80 int      `json:"customers_for_80,omitempty"`
	Whale          *whale   `json:"whale,omitempty"`    // of a quantity with losses
	Earnings       any      `json:"earnings,omitempty"` // the same of revenue less cost
}

type whale struct {
	Customers  int      `json:"customers"`            // with more than zero: the peak
	Peak       *float64 `json:"peak,omitempty"`       // what they hold
	PeakShare  *float64 `json:"peak_share,omitempty"` // of the total
	Losing     int      `json:"losing"`               // customers below zero
	Lost       *float64 `json:"lost,omitempty"`
	Top20Share *float64 `json:"top20_share,omitempty"` // of the total, may exceed 1
}

type rfmDocument struct {
	Mode     string       `json:"mode"`
	N        int          `json:"n"`
	Edges    rfmEdges     `json:"edges"`
	Counts   rfmCounts    `json:"counts"`
	Segments []rfmSegment `json:"segments"`
	// What is wrong with the segment table, absent when nothing is.
	Unreachable []string `json:"unreachable,omitempty"`
	Uncovered   []int    `json:"uncovered,omitempty"`
}

type rfmEdges struct {
	Recency   []float64 `json:"recency,omitempty"` // days; absent when the scores do not exist
	Frequency []float64 `json:"frequency,omitempty"`
	Monetary  []float64 `json:"monetary,omitempty"`
}

type rfmCounts struct {
	Recency   []int `json:"recency,omitempty"` // customers with the scores 1 to 5
	Frequency []int `json:"frequency,omitempty"`
	Monetary  []int `json:"monetary,omitempty"`
}

type rfmSegment struct {
	Name    string   `json:"name"`
	ID      string   `json:"id,omitempty"` // of a shipped segment
	N       int      `json:"n"`
	Orders  *float64 `json:"orders,omitempty"`
	Revenue *float64 `json:"revenue,omitempty"`
	Average *float64 `json:"average_order_value,omitempty"`
	Scores  string   `json:"scores,omitempty"` // recency; frequency; monetary
}

// refusePurchases is what stands for every part that needs purchases when there
// is no history; nil when there is one.
func (b builder) refusePurchases() *refusal {
	h := b.rep.Results.Purchases
	switch {
	case h == nil:
		return b.refuse("purchase.refused." + string(purchase.NoPurchases))
	case h.Refused != "":
		return b.refuse("purchase.refused." + string(h.Refused))
	}
	return nil
}

func (b builder) purchases() any {
	if no := b.refusePurchases(); no != nil {
		return no
	}
	h := b.rep.Results.Purchases
	t := h.Total
	doc := &purchases{
		Transactions: t.Transactions, Customers: t.Customers, Revenue: number(t.Revenue), Cost: number(t.Cost),
		First: day(t.First), Last: day(t.Last), Orders: t.Orders, Repeaters: t.Repeaters, Refunds: number(t.Refunds), UnknownCosts: t.Unknown,
	}
	for _, s := range h.Skipped {
		doc.Skipped = append(doc.Skipped, skipped{s.Why, s.Count})
	}
	return doc
}

func (b builder) concentration() any {
	c := b.rep.Results.Concentration
	if c == nil {
		return b.refuse("concentration.refused." + string(concentration.NoValues))
	}
	doc := b.concentrated(c.Of, c.Result)
	if e := b.rep.Results.Earnings; e != nil {
		if one, ok := doc.(*concentrated); ok {
			one.Earnings = b.concentrated(e.Of, e.Result)
		}
	}
	return doc
}

func (b builder) concentrated(of string, r *concentration.Result) any {
	switch r.Why {
	case concentration.NoValues, concentration.OneOnly, concentration.NoTotal, concentration.TooLarge:
		return b.refuse("concentration.refused." + string(r.Why))
	}
	doc := &concentrated{
		Of: of, N: r.N, Missing: r.Missing, Total: number(r.Total), Top20Share: number(r.TopShare),
		Gini: number(r.Gini), GiniCorrected: number(r.GiniCorrected), CustomersFor80: r.CustomersFor80,
	}
	if w := r.Whale; w != nil {
		doc.Whale = &whale{Customers: w.Customers, Peak: number(w.Peak), PeakShare: number(w.PeakShare), Losing: w.Losing,
			Lost: number(w.Lost), Top20Share: number(w.TopShare)}
	}
	return doc
}

func (b builder) rfm() any {
	if no := b.refusePurchases(); no != nil {
		return no
	}
	r := b.rep.Results.RFM
	if r.Why != rfm.Scored {
		return b.refuse("rfm.refused." + string(r.Why))
	}
	doc := &rfmDocument{
		Mode: string(r.Mode), N: r.N, Uncovered: r.Table.Uncovered,
		Edges:  rfmEdges{edges(r.R), edges(r.F), edges(r.M)},
		Counts: rfmCounts{counts(r.R), counts(r.F), counts(r.M)},
	}
	for _, g := range r.Segments {
		one := rfmSegment{Name: b.segmentName(g.Segment), ID: g.ID, N: g.Customers, Orders: number(g.Orders), Revenue: number(g.Revenue), Average: number(g.Average)}
		if g.ID != rfm.Others {
			one.Scores = g.Ranges()
		}
		doc.Segments = append(doc.Segments, one)
	}
	for _, row := range r.Table.Unreachable {
		doc.Unreachable = append(doc.Unreachable, b.segmentName(r.Segments[row].Segment))
	}
	return doc
}

func edges(d rfm.Dimension) []float64 {
	if d.Why != rfm.Scored {
		return nil
	}
	return d.Edges[:]
}

func counts(d rfm.Dimension) []int {
	if d.Why != rfm.Scored {
		return nil
	}
	return d.Counts[1:]
}

func (b builder) segmentName(s rfm.Segment) string {
	return b.words.Quantity(report.ScoreSegment(s))
}

// addPurchases says what a customer bought.
func (b builder) addPurchases(one *customer, i int) {
	r := b.rep.Results
	one.Revenue = at(b.revenue, i)
	if h := r.Purchases; h != nil && !r.RevenueGiven(b.d) { // a column of revenue may be of other months
		one.CostToFirm = at(h.Costs, i)
	}
	if l := r.Lifetime; l != nil {
		one.LifetimeValue, one.PAlive = at(l.Value, i), at(l.Alive, i)
	}
	if r.RFM == nil || r.RFM.Why != rfm.Scored {
		return
	}
	one.RFM = r.RFM.Code(i)
	if k := r.RFM.Segment[i]; k >= 0 {
		one.RFMSegment = b.segmentName(r.RFM.Segments[k].Segment)
	}
}
