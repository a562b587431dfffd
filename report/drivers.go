package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/importance"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// mostDrivers is how many predictors a chart shows.
const mostDrivers = 25

// driversSection says what moves overall satisfaction (METHOD 7.3) and where
// importance and performance part (METHOD 4.6).
func (b *builder) driversSection() *Section {
	d, m := b.r.Drivers, b.r.Importance
	if d == nil && (m == nil || m.Stated == nil) {
		return nil
	}
	s := &Section{ID: SectionDrivers}
	switch {
	case d == nil:
		s.Title = b.importanceTitle(m.Stated)
	case d.Refused != driver.Accepted:
		s.Title = b.closestTitle(d)
		s.Blocks = append(s.Blocks, paragraph(dataset.Msg(d.Refused.Code(), count(d.N), count(d.Needed))), Block{Table: b.correlationTable(d)})
		if len(d.Predictors) > 0 {
			s.Blocks = append(s.Blocks, note(dataset.Msg("drivers.correlation.note")))
		}
	default:
		s.Title = b.driversTitle(d)
		s.Blocks = append(s.Blocks, paragraph(dataset.Msg("drivers.fit", b.outcome(d), share(d.R2), count(d.N), term("driver.method."+string(d.Method)))),
			Block{Chart: b.driverChart(d)}, Block{Table: b.driverTable(d)}, note(driverNote(d)))
	}
	if m != nil {
		s.Blocks = append(s.Blocks, b.importanceBlocks(m)...)
	}
	return s
}

func (b *builder) outcome(d *driver.Result) dataset.Quantity {
	return term("driver.outcome." + string(d.Outcome))
}

// attribute returns the label of an attribute.
func (b *builder) attribute(i int) dataset.Quantity { return text(b.d.Attributes[i].Label) }

// driversTitle names the weightiest driver, and a second one whose interval
// lies apart from the third's only where it does.
func (b *builder) driversTitle(d *driver.Result) dataset.Message {
	order := d.Weightiest()
	first := d.Predictors[order[0]]
	return dataset.Msg("title.drivers", text(b.d.Attributes[d.Attribute[order[0]]].Label), share(first.Share.Value), b.outcome(d), count(len(order)))
}

// closestTitle names the rating that goes most closely with the overall answer
// where weights cannot be had.
func (b *builder) closestTitle(d *driver.Result) dataset.Message {
	best := -1
	for k, p := range d.Predictors {
		if !math.IsNaN(p.Spearman.Value) && (best < 0 || math.Abs(p.Spearman.Value) > math.Abs(d.Predictors[best].Spearman.Value)) {
			best = k
		}
	}
	if best < 0 || d.Refused != driver.TooFew || !(d.Predictors[best].Spearman.Lo > 0) {
		return dataset.Msg("title.drivers.none", b.outcome(d))
	}
	p := d.Predictors[best]
	return dataset.Msg("title.drivers.closest", b.attribute(d.Attribute[best]), b.outcome(d), ratio(p.Spearman.Value), count(p.Spearman.N))
}

// driverChart shows the share of each driver in what is explained, with its
// interval.
func (b *builder) driverChart(d *driver.Result) *Chart {
	c := &Chart{ID: "drivers", Kind: BarsChart, X: Axis{Label: dataset.Msg("axis.drivers"), Unit: dataset.Share}}
	order := d.Weightiest()
	for _, k := range order[:min(mostDrivers, len(order))] {
		p := d.Predictors[k]
		style := StyleOwn
		if p.Coefficient.Value < 0 {
			style = StyleMinus
		}
		c.Bars = append(c.Bars, Bar{Label: b.d.Attributes[d.Attribute[k]].Label, Value: p.Share.Value, Lo: p.Share.Lo, Hi: p.Share.Hi, Style: style, Text: share(p.Share.Value)})
	}
	c.Title = dataset.Msg("chart.drivers.title", text(c.Bars[0].Label), c.Bars[0].Text, b.outcome(d))
	c.Alt = dataset.Msg("alt.drivers", text(c.Bars[0].Label), c.Bars[0].Text, share(d.R2), count(d.N))
	return c
}

func (b *builder) driverTable(d *driver.Result) *Table {
	t := &Table{ID: "drivers", Columns: []Column{
		{Header: dataset.Msg("column.attribute"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.driver_share")}, {Header: dataset.Msg("column.interval"), Share: 1.6},
		{Header: dataset.Msg("column.stated_weight")}, {Header: dataset.Msg("column.coefficient")}, {Header: dataset.Msg("column.pearson")}, {Header: dataset.Msg("column.spearman")}}}
	for _, k := range d.Weightiest() {
		p := d.Predictors[k]
		t.Rows = append(t.Rows, []dataset.Quantity{b.attribute(d.Attribute[k]), share(p.Share.Value), shareInterval(p.Share), b.statedShare(d.Attribute[k]),
			dataset.Num(p.Coefficient.Value, dataset.Ratio), dataset.Num(p.Pearson.Value, dataset.Ratio), dataset.Num(p.Spearman.Value, dataset.Ratio)})
	}
	return t
}

// correlationTable stands where no weights can be had: correlations can.
func (b *builder) correlationTable(d *driver.Result) *Table {
	t := &Table{ID: "drivers", Columns: []Column{{Header: dataset.Msg("column.attribute"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.pearson")}, {Header: dataset.Msg("column.spearman")}, {Header: dataset.Msg("column.n")}}}
	order := make([]int, len(d.Predictors))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(x, y int) bool {
		return math.Abs(d.Predictors[order[x]].Spearman.Value) > math.Abs(d.Predictors[order[y]].Spearman.Value)
	})
	for _, k := range order {
		p := d.Predictors[k]
		t.Rows = append(t.Rows, []dataset.Quantity{b.attribute(d.Attribute[k]), dataset.Num(p.Pearson.Value, dataset.Ratio), dataset.Num(p.Spearman.Value, dataset.Ratio), count(p.Pearson.N)})
	}
	return t
}

func shareInterval(e stat.Estimate) dataset.Quantity {
	if !hasInterval(e) {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return dataset.Sentence(dataset.Msg("interval.range", share(e.Lo), share(e.Hi)))
}

// statedShare is the weight that was given to an attribute, as a share of its
// side; NaN without value results.
func (b *builder) statedShare(attribute int) dataset.Quantity {
	if b.r.Value == nil || attribute >= len(b.r.Value.Weights) {
		return share(math.NaN())
	}
	return share(b.r.Value.Weights[attribute] / 100)
}

// driverNote says how signs are meant, and what was left out and why.
func driverNote(d *driver.Result) dataset.Message {
	return dataset.Msg("drivers.note", count(d.Answered), count(d.N), count(len(d.Omitted)))
}

func (b *builder) importanceTitle(m *importance.Map) dataset.Message {
	concentrate := 0
	var names []string
	for _, p := range m.Points {
		if p.ByMean == importance.Concentrate {
			concentrate++
			names = append(names, b.d.Attributes[p.Attribute].Label)
		}
	}
	if 0 < concentrate && concentrate <= 2 {
		return dataset.Msg("title.importance.named", dataset.List(names...), count(concentrate))
	}
	return dataset.Msg("title.importance", count(concentrate), count(len(m.Points)))
}

// importanceBlocks are the maps of importance and performance that there are.
func (b *builder) importanceBlocks(r *importance.Result) []Block {
	var blocks []Block
	for _, m := range []*importance.Map{r.Stated, r.Derived} {
		if m == nil {
			continue
		}
		blocks = append(blocks, Block{Chart: b.importanceChart(m)}, Block{Table: b.importanceTable(m)}, note(importanceNote(m)))
	}
	return blocks
}

// fieldsOf are the fields of the map in the order of a quadrant chart, whose
// horizontal axis is performance.
var fieldsOf = [4]importance.Quadrant{importance.KeepUp, importance.Overkill, importance.Concentrate, importance.LowPriority}

// importanceChart divides the map at the means; which attributes lie elsewhere
// by the midpoint is said in the table.
func (b *builder) importanceChart(m *importance.Map) *Chart {
	c := &Chart{ID: "importance_" + string(m.Source), Kind: QuadrantChart, Plain: true, Title: b.importanceTitle(m),
		X: Axis{Label: dataset.Msg("axis.performance"), Unit: dataset.Points, Threshold: m.Mean.Performance, HasThreshold: true},
		Y: Axis{Label: dataset.Msg("axis.attribute_importance." + string(m.Source)), Unit: dataset.Index, Threshold: m.Mean.Importance, HasThreshold: true}}
	if m.Scaled {
		c.Y.Unit = dataset.Points
	}
	for k, field := range fieldsOf {
		c.Fields[k] = dataset.Msg("driver.quadrant." + string(field))
	}
	group := Group{Style: StyleOwn}
	for _, p := range m.Points {
		group.Points = append(group.Points, Point{X: p.Performance, Y: p.Importance, Label: b.d.Attributes[p.Attribute].Label, Rank: 1})
	}
	c.Group = []Group{group}
	c.Alt = dataset.Msg("alt.importance", count(len(m.Points)), points(m.Mean.Performance), index(m.Mean.Importance))
	return c
}

func (b *builder) importanceTable(m *importance.Map) *Table {
	t := &Table{ID: "importance_" + string(m.Source), Columns: []Column{
		{Header: dataset.Msg("column.attribute"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.importance")}, {Header: dataset.Msg("column.performance")},
		{Header: dataset.Msg("column.by_mean"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.by_midpoint"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.gap")}}}
	sorted := append([]importance.Point(nil), m.Points...)
	sort.SliceStable(sorted, func(x, y int) bool { return sorted[x].Gap > sorted[y].Gap })
	for _, p := range sorted {
		gap := dataset.Num(p.Gap, dataset.SignedTenths)
		t.Rows = append(t.Rows, []dataset.Quantity{b.attribute(p.Attribute), index(p.Importance), points(p.Performance), fieldName(p.ByMean), fieldName(p.ByMidpoint), gap})
	}
	return t
}

func fieldName(q importance.Quadrant) dataset.Quantity {
	if q == importance.NoQuadrant {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return term("driver.quadrant." + string(q))
}

func importanceNote(m *importance.Map) dataset.Message {
	code := "importance.note"
	if m.OneSided {
		code = "importance.note.onesided"
	}
	return dataset.Msg(code, count(m.Differing), count(len(m.Points)), term("importance.gap."+map[bool]string{true: "points", false: "deviations"}[m.Scaled]))
}

// driverSentences name the weightiest driver, and what is important and done
// badly.
func (b *builder) driverSentences(add func(float64, dataset.Message)) {
	if d := b.r.Drivers; d != nil && d.Refused == driver.Accepted {
		order := d.Weightiest()
		p := d.Predictors[order[0]]
		if hasInterval(p.Share) {
			add(0.55, dataset.Msg("found.driver", b.attribute(d.Attribute[order[0]]), share(p.Share.Value), shareInterval(p.Share), b.outcome(d), count(d.N)).From(SectionDrivers+"#drivers"))
		}
	}
}
