package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/segment"
	"valuebook/report/dataset"
)

// What the small charts of segments bear.
const (
	leadPanels = 8 // segments, the largest
	leadRows   = 8 // attributes, the most important
	leadLeast  = 5 // customers who rated both, for a bar
)

// leads are, of one segment, how far our ratings lie above those of the
// rivals, per attribute in index points of 0 to 100 (METHOD 2.3), each over
// the customers who rated both.
type leads struct {
	sum, weight []float64 // per attribute
	n           []int
}

// mean returns the lead on an attribute, NaN where too few rated both.
func (l leads) mean(attribute int) float64 {
	if l.n[attribute] < leadLeast || l.weight[attribute] <= 0 {
		return math.NaN()
	}
	return l.sum[attribute] / l.weight[attribute]
}

// leadChart shows for each segment on which attributes we lead and on which
// we lag, nil without rivals, with money instead of points or for less than two
// segments that bear it.
func (b *builder) leadChart(r *segment.Result) *Chart {
	if b.r.Value == nil || b.r.Value.Market == nil || b.money() {
		return nil
	}
	bySegment := b.segmentLeads(r)
	attributes := b.leadAttributes()
	c := &Chart{ID: "leads", Kind: PanelsChart,
		X: Axis{Label: dataset.Msg("axis.leads"), Unit: dataset.SignedPoints}}
	for k, s := range r.Segments {
		if panel, ok := b.leadPanel(s.Name, bySegment[k], attributes); ok && among(r, k) {
			c.Panels = append(c.Panels, panel)
		}
	}
	if len(c.Panels) < 2 {
		return nil
	}
	c.Title = leadsTitle(c.Panels)
	c.Alt = dataset.Msg("alt.leads", count(len(c.Panels)), count(len(attributes)))
	return c
}

// among reports whether a segment is one of the largest.
func among(r *segment.Result, k int) bool {
	larger := 0
	for i, s := range r.Segments {
		if s.N > r.Segments[k].N || s.N == r.Segments[k].N && i < k {
			larger++
		}
	}
	return larger < leadPanels
}

// leadAttributes are the most important attributes, the weightiest first.
func (b *builder) leadAttributes() []int {
	weights := b.r.Value.Weights
	var all []int
	for a := range b.d.Attributes {
		if weights[a] > 0 {
			all = append(all, a)
		}
	}
	sort.SliceStable(all, func(x, y int) bool { return weights[all[x]] > weights[all[y]] })
	return all[:min(len(all), leadRows)]
}

func (b *builder) leadPanel(name string, l leads, attributes []int) (Panel, bool) {
	p := Panel{Label: name}
	most, some := 0, false
	for _, a := range attributes {
		lead := l.mean(a)
		bar := Bar{Label: b.d.Attributes[a].Label, Value: lead, Lo: math.NaN(), Hi: math.NaN(), Style: sideStyle(lead), Text: signed(lead)}
		most, some = max(most, l.n[a]), some || !math.IsNaN(lead)
		p.Bars = append(p.Bars, bar)
	}
	p.Note = dataset.Msg("chart.leads.n", count(most))
	return p, some
}

// segmentLeads sums up the leads of every segment.
func (b *builder) segmentLeads(r *segment.Result) []leads {
	place := map[string]int{}
	all := make([]leads, len(r.Segments))
	for k, s := range r.Segments {
		place[s.Name] = k
		m := len(b.d.Attributes)
		all[k] = leads{make([]float64, m), make([]float64, m), make([]int, m)}
	}
	of := make([]int, b.d.Customers.Len())
	for i := range of {
		of[i] = -1
		if k, ok := place[b.d.Customers.Segment[i]]; ok {
			of[i] = k
		}
	}
	sample := b.sampling()
	for a := range b.d.Attributes {
		b.addLeads(all, of, a, sample)
	}
	return all
}

// addLeads adds the leads on one attribute.
func (b *builder) addLeads(all []leads, of []int, a int, sample []float64) {
	attribute, own := b.d.Attributes[a], b.d.Rating(0, a).Values
	var rivals [][]float64
	for _, s := range b.r.Value.Market.Rivals {
		rivals = append(rivals, b.d.Rating(s, a).Values)
	}
	for i, x := range own {
		if i >= len(of) || of[i] < 0 || math.IsNaN(x) {
			continue
		}
		theirs, n := 0.0, 0
		for _, values := range rivals {
			if i < len(values) && !math.IsNaN(values[i]) {
				theirs, n = theirs+attribute.Goodness(values[i]), n+1
			}
		}
		w := 1.0
		if sample != nil {
			w = sample[i]
		}
		lead := 100 * (attribute.Goodness(x) - theirs/float64(n))
		if n == 0 || math.IsNaN(lead) || math.IsInf(lead, 0) || !(w > 0) {
			continue
		}
		l := &all[of[i]]
		l.sum[a], l.weight[a], l.n[a] = l.sum[a]+w*lead, l.weight[a]+w, l.n[a]+1
	}
}

// sampling returns the weights of customers that the means of segments use, nil
// for equal ones.
func (b *builder) sampling() []float64 {
	switch b.r.Options.WeightBy {
	case "weight":
		return b.d.Customers.Weight
	case "revenue":
		return b.d.Customers.Revenue
	}
	return nil
}
