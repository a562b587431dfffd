package report

import (
	"math"
	"strconv"
	"strings"

	"valuebook/report/analysis/rfm"
	"valuebook/report/dataset"
)

// ScoreSegment returns the name of a segment of scores: the user's, else the
// catalogue's.
func ScoreSegment(s rfm.Segment) dataset.Quantity {
	if s.Name != "" {
		return text(s.Name)
	}
	return term("rfm-segment." + s.ID)
}

// scoresSection groups customers by how recently, how often and for how much
// they bought (METHOD 6).
func (b *builder) scoresSection() *Section {
	r := b.r.RFM
	if r == nil {
		return nil
	}
	if r.Why != rfm.Scored {
		return &Section{ID: SectionScores, Title: dataset.Msg("title.rfm.none"), Blocks: []Block{paragraph(dataset.Msg("rfm.refused." + string(r.Why)))}}
	}
	s := &Section{ID: SectionScores, Title: b.scoresTitle(r)}
	s.Blocks = append(s.Blocks, Block{Chart: scoresChart(r)}, Block{Table: b.scoreSegmentTable(r)}, Block{Table: edgesTable(r)})
	if r.R.Why != rfm.Scored || r.F.Why != rfm.Scored || r.M.Why != rfm.Scored {
		s.Blocks = append(s.Blocks, note(dataset.Msg("rfm.all_equal")))
	}
	left := dataset.Message{}
	if r.Left > 0 {
		left = dataset.Msg("rfm.note.left", count(r.Left))
	}
	s.Blocks = append(s.Blocks, note(dataset.Msg("rfm.note", count(r.N), dataset.Sentence(left), day(b.r.Purchases.AsOf), term("rfm-segment.new"))))
	return s
}

// scoresTitle names the segment that brings most, with its share.
func (b *builder) scoresTitle(r *rfm.Result) dataset.Message {
	best := -1
	for k, g := range r.Segments {
		if g.Customers > 0 && (best < 0 || g.Revenue > r.Segments[best].Revenue) {
			best = k
		}
	}
	total := groupRevenue(r)
	if best < 0 || !(total > 0) {
		return dataset.Msg("title.rfm.plain", count(r.N))
	}
	g := r.Segments[best]
	return dataset.Msg("title.rfm", ScoreSegment(g.Segment), count(g.Customers), count(r.N), share(g.Revenue/total))
}

// groupRevenue sums the revenue of all segments.
func groupRevenue(r *rfm.Result) float64 {
	sum := 0.0
	for _, g := range r.Segments {
		sum += g.Revenue
	}
	return sum
}

// scoresChart is the grid of recency and frequency with the number of
// customers in each cell and the segment of the cell.
func scoresChart(r *rfm.Result) *Chart {
	h := &Heat{}
	grid := r.Grid()
	for score := len(grid); score >= 1; score-- {
		h.Rows = append(h.Rows, strconv.Itoa(score))
		var row []HeatCell
		for f := range grid[score-1] {
			n := float64(grid[score-1][f])
			row = append(row, HeatCell{Value: n, Text: count(int(n)), Note: cellSegment(r, uint8(score), uint8(f+1))})
		}
		h.Cells = append(h.Cells, row)
	}
	for f := range grid {
		h.Columns = append(h.Columns, strconv.Itoa(f+1))
	}
	return &Chart{ID: "rfm", Kind: HeatChart, Title: scoresChartTitle(r), Heat: h,
		X: Axis{Label: dataset.Msg("axis.rfm_frequency")}, Y: Axis{Label: dataset.Msg("axis.rfm_recency")},
		Alt: dataset.Msg("alt.rfm", count(r.N), count(grid[4][4]), count(grid[0][0]))}
}

// cellSegment names the segment of a cell where it does not depend on the
// amount.
func cellSegment(r *rfm.Result, recency, frequency uint8) dataset.Message {
	for _, g := range r.Segments {
		if g.ID == rfm.Others || recency < g.R.Low || recency > g.R.High || frequency < g.F.Low || frequency > g.F.High {
			continue
		}
		if g.M.Low != 1 || g.M.High != 5 {
			return dataset.Message{}
		}
		return dataset.Msg("text", ScoreSegment(g.Segment))
	}
	return dataset.Message{}
}

func (b *builder) scoreSegmentTable(r *rfm.Result) *Table {
	total := groupRevenue(r)
	t := &Table{ID: "rfm_segments", Columns: []Column{
		{Header: dataset.Msg("column.segment"), Text: true, Share: 2}, {Header: dataset.Msg("column.rfm_ranges"), Text: true, Share: 1.4},
		{Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.orders")}, {Header: dataset.Msg("column.revenue")},
		{Header: dataset.Msg("column.share_revenue")}, {Header: dataset.Msg("column.order_value")}}}
	sum := rfm.Group{}
	for _, g := range r.Segments {
		if g.Customers == 0 {
			continue
		}
		ranges := text(strings.ReplaceAll(g.Ranges(), "-", "–"))
		if g.ID == rfm.Others {
			ranges = dataset.Sentence(dataset.Msg("missing"))
		}
		part := math.NaN()
		if total > 0 {
			part = g.Revenue / total
		}
		t.Rows = append(t.Rows, []dataset.Quantity{ScoreSegment(g.Segment), ranges, count(g.Customers), dataset.Num(g.Orders, dataset.Count), money(g.Revenue), share(part), money(g.Average)})
		sum.Customers, sum.Orders, sum.Revenue = sum.Customers+g.Customers, sum.Orders+g.Orders, sum.Revenue+g.Revenue
	}
	t.Total = []dataset.Quantity{term("column.all"), text(""), count(sum.Customers), dataset.Num(sum.Orders, dataset.Count), money(sum.Revenue), share(1), money(sum.Revenue / sum.Orders)}
	return t
}

// edgesTable says what each score means.
func edgesTable(r *rfm.Result) *Table {
	step := 0.0
	if r.Mode == rfm.Compatible { // one was added to each quantile
		step = 1
	}
	t := &Table{ID: "rfm_edges", Title: dataset.Msg("table.rfm_edges"), Columns: []Column{{Header: dataset.Msg("column.score"), Text: true, Share: 3.4}}}
	for score := 5; score >= 1; score-- {
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.score_of", count(score)), Share: 1.6})
	}
	for _, line := range []struct {
		code string
		dim  rfm.Dimension
		unit dataset.Unit
	}{{"recency", r.R, dataset.Count}, {"frequency", r.F, dataset.Count}, {"monetary", r.M, dataset.Money}} {
		row := []dataset.Quantity{term("rfm.measure." + line.code)}
		for score := 5; score >= 1; score-- {
			row = append(row, scoreRange(line.dim, score, step, line.unit))
		}
		t.Rows = append(t.Rows, row)
		counts := []dataset.Quantity{dataset.Sentence(dataset.Msg("rfm.customers_with"))}
		for score := 5; score >= 1; score-- {
			counts = append(counts, count(line.dim.Counts[score]))
		}
		t.Rows = append(t.Rows, counts)
	}
	return t
}

// scoreRange writes which values have a score: from one edge to the next.
func scoreRange(d rfm.Dimension, score int, step float64, unit dataset.Unit) dataset.Quantity {
	if d.Why != rfm.Scored {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	if unit == dataset.Money && math.Abs(d.Edges[0]) < 1e6 { // all edges in one unit
		unit = bare(money(d.Edges[3])).Unit
	}
	k := score // the edges below and above, counted from the lowest values
	if d.Reversed {
		k = 6 - score
	}
	switch {
	case k == 1:
		return dataset.Sentence(dataset.Msg("rfm.up_to", dataset.Num(d.Edges[0]-step, unit)))
	case k == 5:
		return dataset.Sentence(dataset.Msg("rfm.over", dataset.Num(d.Edges[3]-step, unit)))
	case d.Edges[k-2] == d.Edges[k-1]:
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return dataset.Sentence(dataset.Msg("rfm.between", dataset.Num(d.Edges[k-2]-step, unit), dataset.Num(d.Edges[k-1]-step, unit)))
}

// coolingSegments bought often and have not bought for long.
var coolingSegments = map[string]bool{"cant_lose": true, "at_risk": true, "cant_lose_them": true}

// cooling returns how many customers bought often and have stayed away, and
// what share of the revenue they brought, NaN when the total is not above zero;
// none when that share is next to nothing.
func (b *builder) cooling() (customers int, part float64) {
	r := b.r.RFM
	if r == nil || r.Why != rfm.Scored {
		return 0, math.NaN()
	}
	revenue := 0.0
	for _, g := range r.Segments {
		if coolingSegments[g.ID] {
			customers += g.Customers
			revenue += g.Revenue
		}
	}
	total := groupRevenue(r)
	switch {
	case !(total > 0):
		return customers, math.NaN()
	case revenue < trifling*total: // who brought next to nothing is no loss
		return 0, math.NaN()
	}
	return customers, revenue / total
}

func (b *builder) scoreSegmentSentences(add func(float64, dataset.Message)) {
	n, part := b.cooling()
	if n > 0 {
		add(part, dataset.Msg("found.cooling", count(n), share(part), b.notSince()).From(SectionScores))
	}
	if r := b.r.RFM; r != nil && r.Why == rfm.Scored {
		for _, g := range r.Segments {
			if total := groupRevenue(r); g.ID == "champions" && g.Customers > 0 && total > 0 {
				add(0.5*g.Revenue/total, dataset.Msg("found.champions", count(g.Customers), count(r.N), share(g.Revenue/total), money(g.Average)).From(SectionScores))
			}
		}
	}
}

// notSince is the fewest days for which the customers with the two lowest
// scores of recency have not bought.
func (b *builder) notSince() dataset.Quantity { return dataset.Num(b.r.RFM.R.Edges[2], dataset.Count) }
