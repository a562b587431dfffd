package report

import (
	"math"
	"sort"

	"valuebook/report/analysis"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// ranked returns the offers with a value, best first, then those without.
func (b *builder) rankedOffers() []int {
	order := make([]int, len(b.r.Offers))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(x, y int) bool {
		vx, vy := b.r.Offers[order[x]].Value, b.r.Offers[order[y]].Value
		if math.IsNaN(vx) || math.IsNaN(vy) {
			return !math.IsNaN(vx) && math.IsNaN(vy)
		}
		return vx > vy
	})
	return order
}

func (b *builder) offerFigures() []KeyFigure {
	figures := []KeyFigure{{Label: dataset.Msg("figure.offers", count(len(b.r.Offers))), Value: count(len(b.r.Offers))}}
	order := b.rankedOffers()
	if len(order) == 0 || math.IsNaN(b.r.Offers[order[0]].Value) {
		return figures
	}
	best := b.r.Offers[order[0]]
	figures = append(figures, KeyFigure{Label: dataset.Msg("figure.best_offer"), Value: b.worth(best.Value), Note: dataset.Literal(best.Name)})
	for _, o := range b.r.Offers {
		if o.Own && !math.IsNaN(o.Rank) {
			figures = append(figures, KeyFigure{Label: dataset.Msg("figure.own_rank"), Value: dataset.Num(o.Rank, dataset.Rating), Note: dataset.Literal(o.Name)})
		}
	}
	return figures
}

func (b *builder) offersSection() *Section {
	if len(b.r.Offers) == 0 {
		return nil
	}
	order := b.rankedOffers()
	s := &Section{ID: SectionOffers, Title: b.offersTitle(order)}
	if chart := b.offerChart(order); len(chart.Bars) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: chart})
	}
	if valued := !math.IsNaN(b.r.Offers[order[0]].Value); valued || len(b.r.OfferMap) == 0 {
		s.Blocks = append(s.Blocks, Block{Table: b.offerTable(order)})
	}
	if q := b.r.OfferQuadrant; q != nil && classified(q) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: b.offerQuadrantChart()})
	}
	if len(b.r.OfferMap) > 1 {
		s.Blocks = append(s.Blocks, Block{Chart: valueMapChart(b.d, b.r.OfferMap, b.r.OfferLine, false, true)},
			Block{Table: b.offerMapTable()}, note(mapNote(b.r.OfferLine)))
	}
	s.Blocks = append(s.Blocks, note(dataset.Msg("offers.note")))
	return s
}

func (b *builder) offersTitle(order []int) dataset.Message {
	best := b.r.Offers[order[0]]
	if math.IsNaN(best.Value) && len(b.r.OfferMap) > 1 {
		return mapTitle(b.d, b.r.OfferMap, true)
	}
	if math.IsNaN(best.Value) {
		return dataset.Msg("title.offers.none", count(len(order)))
	}
	if best.Tied {
		return dataset.Msg("title.offers.tied", b.worth(best.Value), count(len(order)))
	}
	return dataset.Msg("title.offers.best", text(best.Name), b.worth(best.Value), count(len(order)))
}

func (b *builder) offerChart(order []int) *Chart {
	c := &Chart{ID: "offers", Kind: BarsChart, Title: dataset.Msg("chart.offers.title"),
		X: Axis{Label: dataset.Msg("axis.offer_value"), Unit: b.offerUnit()}}
	for _, k := range order {
		o := b.r.Offers[k]
		if math.IsNaN(o.Value) || len(c.Bars) == chartRows {
			continue
		}
		style := StyleRival
		if o.Own {
			style = StyleOwn
		}
		c.Bars = append(c.Bars, Bar{Label: o.Name, Value: o.Value, Lo: math.NaN(), Hi: math.NaN(), Style: style, Text: b.offerValue(o.Value)})
	}
	c.Alt = dataset.Msg("alt.offers", count(len(c.Bars)))
	return c
}

func (b *builder) offerUnit() dataset.Unit { return b.offerValue(0).Unit }

// offerValue returns an offer's value in points, or as an amount where every
// attribute is money.
func (b *builder) offerValue(x float64) dataset.Quantity {
	for _, a := range b.d.Attributes {
		if !a.Money {
			return signed(x)
		}
	}
	return dataset.Num(x, dataset.Money)
}

func (b *builder) offerTable(order []int) *Table {
	t := &Table{ID: "offers", MoreIn: dataset.Literal(b.d.Offers.Place.Sheet), Columns: []Column{
		{Header: dataset.Msg("column.rank")},
		{Header: dataset.Msg("column.offer"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.benefits")},
		{Header: dataset.Msg("column.costs")},
		{Header: dataset.Msg("column.value")},
		{Header: dataset.Msg("column.ratio")},
		{Header: dataset.Msg("column.class"), Text: true, Class: true, Share: 1.8},
	}}
	for _, k := range order {
		t.Rows = append(t.Rows, b.offerRow(k, b.r.Offers[k]))
	}
	return t
}

func (b *builder) offerRow(k int, o analysis.Offer) []dataset.Quantity {
	class := dataset.Sentence(dataset.Msg("missing"))
	if q := b.r.OfferQuadrant; q != nil {
		class = className(b.r.Options, q.ID(q.Class[k]))
	}
	name := text(o.Name)
	if o.Own {
		name = dataset.Sentence(dataset.Msg("offer.own", text(o.Name)))
	}
	amount := func(x float64) dataset.Quantity {
		q := b.offerValue(x)
		if q.Unit == dataset.SignedPoints {
			q.Unit = dataset.Points
		}
		return q
	}
	return []dataset.Quantity{rankCell(o.Rank, o.Tied), name, amount(o.Benefits), amount(o.Costs), b.offerValue(o.Value), ratio(o.Ratio), class}
}

// offerMapTable lists the offers of the value map, the best value for its
// price first.
func (b *builder) offerMapTable() *Table {
	t := &Table{ID: "offer_map", Columns: []Column{
		{Header: dataset.Msg("column.offer"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.price")},
		{Header: dataset.Msg("column.quality")},
		{Header: dataset.Msg("column.relative_price")},
		{Header: dataset.Msg("column.line_distance")},
		{Header: dataset.Msg("column.position"), Text: true, Share: 1.6},
	}}
	points := append([]value.MapPoint{}, b.r.OfferMap...)
	sort.SliceStable(points, func(x, y int) bool { return points[x].Distance > points[y].Distance })
	for _, p := range points {
		t.Rows = append(t.Rows, []dataset.Quantity{text(b.d.Offers.Name[p.Supplier]), dataset.Num(p.Price, dataset.Rating),
			index(p.Quality), index(p.RelativePrice), signed(p.Distance), term("position." + string(p.Position))})
	}
	return t
}

// rankCell writes a tie as "2=", never broken silently (METHOD 3.10).
func rankCell(rank float64, tied bool) dataset.Quantity {
	if tied && !math.IsNaN(rank) {
		return dataset.Sentence(dataset.Msg("rank.tied", dataset.Num(rank, dataset.Rating)))
	}
	return dataset.Num(rank, dataset.Rating)
}

func (b *builder) offerQuadrantChart() *Chart {
	q := b.r.OfferQuadrant
	c := &Chart{ID: "offer_quadrant", Kind: QuadrantChart, Title: dataset.Msg("chart.offer_quadrant.title"),
		X: quadrantAxis(q.X), Y: quadrantAxis(q.Y)}
	for class := range 4 {
		id := q.Pair.Classes[class]
		c.Fields[class] = dataset.Msg("text", className(b.r.Options, id))
		group := Group{Label: c.Fields[class], Style: Style(class)}
		for k, is := range q.Class {
			if int(is) == class+1 {
				group.Points = append(group.Points, Point{X: q.X.Values[k], Y: q.Y.Values[k], Label: b.d.Offers.Name[k], Rank: 1})
			}
		}
		if len(group.Points) > 0 {
			c.Group = append(c.Group, group)
		}
	}
	c.Alt = dataset.Msg("alt.offers", count(len(b.r.Offers)))
	return c
}
