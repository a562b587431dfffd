package report

import (
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// marketMap is the value map of the suppliers; where too few rated them for any
// test, its title claims nothing.
func (b *builder) marketMap(m *value.Market) *Chart {
	c := b.valueMapChart(m.MapPoints, m.Line, m.RelativeCost, false)
	if n := mostAsked(m); testedKind(m) == "few" {
		c.Title = dataset.Msg("chart.value_map.few", count(len(m.MapPoints)), count(n))
		c.Alt = dataset.Msg("alt.value_map", dataset.Sentence(c.Title), count(len(m.MapPoints)))
	}
	return c
}

// mostAsked is how many customers compared us with a rival on the attribute
// that most of them did.
func mostAsked(m *value.Market) int {
	n := 0
	for _, c := range m.Comparisons {
		n = max(n, c.N)
	}
	return n
}

func (b *builder) valueMapChart(points []value.MapPoint, line value.FairValueLine, cost, offers bool) *Chart {
	axis := "axis.relative_price"
	if cost {
		axis = "axis.relative_cost"
	}
	c := &Chart{ID: "value_map", Kind: ValueMapChart, Title: b.mapTitle(points, cost, offers),
		X:    Axis{Label: dataset.Msg("axis.quality"), Unit: dataset.Index, HasThreshold: true, Threshold: 100},
		Y:    Axis{Label: dataset.Msg(axis), Unit: dataset.Index, HasThreshold: true, Threshold: 100},
		Line: &Line{Slope: line.Slope, Offset: line.Offset, Zone: line.Zone, Label: dataset.Msg("line." + string(line.Mode))}}
	own := Group{Style: StyleOwn, Label: dataset.Msg("ours.name")}
	rivals := Group{Style: StyleRival, Label: dataset.Msg("rivals")}
	for _, p := range points {
		name, ours := b.mapName(p.Supplier, offers)
		point := Point{X: p.Quality, Y: p.RelativePrice, Label: name, Rank: 1}
		if ours {
			point.Rank = 2
			own.Points = append(own.Points, point)
			continue
		}
		rivals.Points = append(rivals.Points, point)
	}
	for _, g := range []Group{own, rivals} {
		if len(g.Points) > 0 {
			c.Group = append(c.Group, g)
		}
	}
	c.Alt = dataset.Msg("alt.value_map", dataset.Sentence(c.Title), count(len(points)))
	return c
}

// mapName returns the name of a plotted supplier or offer, and whether it is
// ours: the company's where the workbook calls us by a word such as "us", ""
// where the company has none either.
func (b *builder) mapName(k int, offers bool) (string, bool) {
	switch {
	case offers:
		return b.d.Offers.Name[k], k == b.d.Offers.Own
	case b.d.Suppliers[k].Own && b.d.Suppliers[k].Unnamed:
		return b.rep.SupplierName(k), true
	}
	return b.d.Suppliers[k].Name, b.d.Suppliers[k].Own
}

// mapTitle names the best value where one lies beyond the zone, else the worst
// where one does, else says that all are fair.
func (b *builder) mapTitle(points []value.MapPoint, cost, offers bool) dataset.Message {
	best, last := points[0], points[0]
	for _, p := range points {
		if p.Distance > best.Distance {
			best = p
		}
		if p.Distance < last.Distance {
			last = p
		}
	}
	kind := "price"
	if cost {
		kind = "cost"
	}
	if best.Position == value.Better {
		return b.mapFinding("chart.value_map.better."+kind, best.Supplier, offers)
	}
	if last.Position == value.Worse {
		return b.mapFinding("chart.value_map.worse."+kind, last.Supplier, offers)
	}
	if len(points) == 2 {
		return dataset.Msg("chart.value_map.fair.both")
	}
	return dataset.Msg("chart.value_map.fair", count(len(points)))
}

// mapFinding says a finding about a plotted supplier by its name, about us by
// "we" where the workbook gives no name.
func (b *builder) mapFinding(code string, k int, offers bool) dataset.Message {
	if !offers && b.d.Suppliers[k].Own && b.d.Suppliers[k].Unnamed {
		return dataset.Msg(code + ".own")
	}
	name, _ := b.mapName(k, offers)
	return dataset.Msg(code, text(name))
}

// belowLine returns by how many points the price of a supplier lies below the
// fair price for its quality: the measure of the zone (METHOD 2.5).
func belowLine(p value.MapPoint, line value.FairValueLine) float64 {
	return 100 + line.Slope*(p.Quality-100) + line.Offset - p.RelativePrice
}

func (b *builder) mapTable(m *value.Market) *Table {
	t := &Table{ID: "value_map", Columns: []Column{
		{Header: dataset.Msg("column.supplier"), Text: true, Share: 2},
		{Header: dataset.Msg("column.quality")},
		{Header: dataset.Msg(priceHeader(m))},
		{Header: dataset.Msg("column.line_distance")},
		{Header: dataset.Msg("column.position"), Text: true, Share: 1.6},
	}}
	for _, p := range m.MapPoints {
		t.Rows = append(t.Rows, []dataset.Quantity{
			b.supplierCell(p.Supplier), index(p.Quality), index(p.RelativePrice),
			signed(p.Distance), term("position." + string(p.Position)),
		})
	}
	return t
}

func priceHeader(m *value.Market) string {
	if m.RelativeCost {
		return "column.relative_cost"
	}
	return "column.relative_price"
}

func mapNote(line value.FairValueLine) dataset.Message {
	code := "map.note." + string(line.Mode)
	if line.FellBack {
		code = "map.note.fell_back"
	}
	return dataset.Msg(code, dataset.Num(line.Zone, dataset.Points))
}
