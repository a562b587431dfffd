package report

import (
	"math"
	"sort"

	"valuebook/report/analysis"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// A merit is what offers are ranked by: their value, or their benefits alone
// where costs were not rated, or their place on the value map where neither
// side makes a value.
type merit string

const (
	byValue    merit = "value"
	byBenefits merit = "benefits"
	byMap      merit = "map"
	byNothing  merit = "none"
)

func (b *builder) merit() merit {
	kind := byNothing
	if len(b.r.OfferMap) > 1 {
		kind = byMap
	}
	for _, o := range b.r.Offers {
		switch {
		case !math.IsNaN(o.Value):
			return byValue
		case !math.IsNaN(o.Benefits) && kind == byNothing:
			kind = byBenefits
		}
	}
	return kind
}

// score returns what an offer is ranked by, with its rank.
func (m merit) score(o analysis.Offer) (points, rank float64, tied bool) {
	if m == byBenefits {
		return o.Benefits, o.BenefitRank, o.BenefitTied
	}
	return o.Value, o.Rank, o.Tied
}

// rankedOffers returns the offers with a score, best first, then those
// without.
func (b *builder) rankedOffers() []int {
	m := b.merit()
	order := make([]int, len(b.r.Offers))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(x, y int) bool {
		vx, _, _ := m.score(b.r.Offers[order[x]])
		vy, _, _ := m.score(b.r.Offers[order[y]])
		if math.IsNaN(vx) || math.IsNaN(vy) {
			return !math.IsNaN(vx) && math.IsNaN(vy)
		}
		return vx > vy
	})
	return order
}

func (b *builder) offerFigures() []KeyFigure {
	figures := []KeyFigure{{Label: dataset.Msg("figure.offers", count(len(b.r.Offers))), Value: count(len(b.r.Offers))}}
	m := b.merit()
	if m != byValue && m != byBenefits {
		return figures
	}
	best := b.r.Offers[b.rankedOffers()[0]]
	points, _, _ := m.score(best)
	figures = append(figures, KeyFigure{Label: dataset.Msg("figure.best_offer." + string(m)), Value: b.offerScore(m, points), Note: dataset.Literal(best.Name)})
	if f, ok := b.leadFigure(m, b.rankedOffers()); ok {
		figures = append(figures, f)
	}
	if f, ok := b.offerClassFigure(); ok {
		figures = append(figures, f)
	}
	for _, o := range b.r.Offers {
		if _, rank, _ := m.score(o); o.Own && !math.IsNaN(rank) {
			figures = append(figures, KeyFigure{Label: dataset.Msg("figure.own_rank"), Value: dataset.Num(rank, dataset.Rating), Note: dataset.Literal(o.Name)})
		}
	}
	return figures
}

// partInPoints writes a value with one decimal and the word points, or as an
// amount.
func (b *builder) partInPoints(x float64) dataset.Quantity {
	q := b.part(x)
	if q.Unit == dataset.SignedMoney {
		return q
	}
	return dataset.Sentence(dataset.Msg("in.points", q))
}

// lead writes by how much one value exceeds another.
func (b *builder) lead(x float64) dataset.Quantity {
	q := b.unsigned(x)
	if q.Unit == dataset.Money {
		return q
	}
	return dataset.Sentence(dataset.Msg("in.points", q))
}

// leadFigure says how far the best offer is ahead of the next.
func (b *builder) leadFigure(m merit, order []int) (KeyFigure, bool) {
	if len(order) < 2 {
		return KeyFigure{}, false
	}
	first, _, _ := m.score(b.r.Offers[order[0]])
	next, _, _ := m.score(b.r.Offers[order[1]])
	if math.IsNaN(first) || math.IsNaN(next) || alike(first, next) {
		return KeyFigure{}, false
	}
	return KeyFigure{Label: dataset.Msg("figure.offer_lead"), Value: b.unsigned(first - next), Note: dataset.Literal(b.r.Offers[order[1]].Name)}, true
}

// offerClassFigure counts the offers in the best class.
func (b *builder) offerClassFigure() (KeyFigure, bool) {
	q := b.r.OfferQuadrant
	if q == nil || classified(q) == 0 {
		return KeyFigure{}, false
	}
	best := bestClass(q)
	return KeyFigure{Label: dataset.Msg("figure.offer_class", className(b.r.Options, q.ID(best)), count(q.Counts[best])), Value: count(q.Counts[best]),
		Note: dataset.Msg("figure.offer_class.note", count(classified(q)))}, true
}

// offerClassSentences name the offers of the best class.
func (b *builder) offerClassSentences() []candidate {
	q := b.r.OfferQuadrant
	if q == nil || classified(q) == 0 {
		return nil
	}
	best := bestClass(q)
	var members []string
	for _, k := range b.rankedOffers() {
		if q.Class[k] == best {
			members = append(members, b.d.Offers.Name[k])
		}
	}
	message := dataset.Msg("found.offer.no_class", count(classified(q)), className(b.r.Options, q.ID(best)))
	if n := len(members); n > 0 {
		message = dataset.Msg("found.offer.class", count(n), count(classified(q)), className(b.r.Options, q.ID(best)), dataset.List(members[:min(3, n)]...))
	}
	return []candidate{{0.9, message.From(SectionOffers + "#offer_quadrant")}}
}

// unsigned writes benefits or costs that stand beside a value.
func (b *builder) unsigned(x float64) dataset.Quantity {
	if q := b.offerValue(x); q.Unit == dataset.Money {
		return q
	}
	return tenths(x)
}

// ratedOffers counts the offers that have what they are ranked by.
func (b *builder) ratedOffers() int {
	n, m := 0, b.merit()
	for _, o := range b.r.Offers {
		if x, _, _ := m.score(o); !math.IsNaN(x) {
			n++
		}
	}
	return n
}

func (b *builder) unratedOffers() dataset.Message {
	if n := len(b.r.Offers) - b.ratedOffers(); n > 0 {
		return dataset.Msg("offers.unrated", count(n))
	}
	return dataset.Message{}
}

// relativeCost reports whether the value map's upright axis holds costs other
// than money (METHOD 2.3): then it is called relative cost.
func (b *builder) relativeCost() bool {
	other := false
	for _, a := range b.d.Attributes {
		if a.Money {
			return false // actual prices are taken
		}
		other = other || a.Side == dataset.Cost && a.Group != dataset.Monetary
	}
	return other
}

// offerScore writes a value with its sign, benefits without.
func (b *builder) offerScore(m merit, x float64) dataset.Quantity {
	q := b.offerValue(x)
	if m == byBenefits && q.Unit == dataset.SignedPoints {
		q.Unit = dataset.Points
	}
	return q
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
	if b.merit() != byMap {
		s.Blocks = append(s.Blocks, Block{Table: b.offerTable(order)})
	}
	if q := b.r.OfferQuadrant; q != nil && classified(q) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: b.offerQuadrantChart()})
	}
	if len(b.r.OfferMap) > 1 {
		s.Blocks = append(s.Blocks, Block{Chart: b.valueMapChart(b.r.OfferMap, b.r.OfferLine, b.relativeCost(), true)},
			Block{Table: b.offerMapTable()}, note(mapNote(b.r.OfferLine)))
	}
	if m := b.r.OfferMarket; m != nil {
		if chart := headToHead(b.d, m); len(chart.Bars) > 1 {
			s.Blocks = append(s.Blocks, Block{Chart: chart}, note(dataset.Msg("offers.own_note", text(b.d.Offers.Name[b.d.Offers.Own]))))
		}
	}
	s.Blocks = append(s.Blocks, note(dataset.Msg("offers.note")))
	return s
}

func (b *builder) offersTitle(order []int) dataset.Message {
	n := count(b.ratedOffers())
	m, best := b.merit(), b.r.Offers[order[0]]
	switch m {
	case byMap:
		return b.mapTitle(b.r.OfferMap, b.relativeCost(), true)
	case byNothing:
		return dataset.Msg("title.offers.none", count(len(order)))
	}
	points, _, tied := m.score(best)
	if tied {
		return dataset.Msg("title.offers."+string(m)+".tied", b.offerScore(m, points), n)
	}
	if m == byValue && points < 0 {
		return dataset.Msg("title.offers.none_worth", text(best.Name), b.offerScore(m, points))
	}
	return dataset.Msg("title.offers."+string(m), text(best.Name), b.offerScore(m, points), n)
}

func (b *builder) offerChart(order []int) *Chart {
	m := b.merit()
	c := &Chart{ID: "offers", Kind: BarsChart,
		X: Axis{Label: dataset.Msg("axis.offers." + string(m)), Unit: b.offerScore(m, 0).Unit}}
	for _, k := range order {
		o := b.r.Offers[k]
		points, _, _ := m.score(o)
		if math.IsNaN(points) || len(c.Bars) == chartRows {
			continue
		}
		style := StyleRival
		if o.Own {
			style = StyleOwn
		}
		c.Bars = append(c.Bars, Bar{Label: o.Name, Value: points, Lo: math.NaN(), Hi: math.NaN(), Style: style, Text: b.offerScore(m, points)})
	}
	c.Title = b.offersChartTitle(m, c.Bars)
	c.Alt = dataset.Msg("alt.offers", count(len(c.Bars)))
	return c
}

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
	_, rank, tied := b.merit().score(o)
	return []dataset.Quantity{rankCell(rank, tied), name, b.unsigned(o.Benefits), b.unsigned(o.Costs), b.part(o.Value), ratioCell(o.Ratio), class}
}

// offerMapTable lists the offers of the value map, the best value for its
// price first.
func (b *builder) offerMapTable() *Table {
	price := "column.relative_price"
	if b.relativeCost() {
		price = "column.relative_cost"
	}
	t := &Table{ID: "offer_map", Columns: []Column{
		{Header: dataset.Msg("column.offer"), Text: true, Share: 2.4},
		{Header: dataset.Msg("column.quality")},
		{Header: dataset.Msg(price)},
		{Header: dataset.Msg("column.line_distance")},
		{Header: dataset.Msg("column.position"), Text: true, Share: 1.6},
	}}
	points := append([]value.MapPoint{}, b.r.OfferMap...)
	sort.SliceStable(points, func(x, y int) bool { return points[x].Distance > points[y].Distance })
	for _, p := range points {
		t.Rows = append(t.Rows, []dataset.Quantity{text(b.d.Offers.Name[p.Supplier]),
			index(p.Quality), index(p.RelativePrice), signed(p.Distance), term("position." + string(p.Position))})
	}
	return t
}

// ratioCell writes an infinite ratio as what it means: no cost.
func ratioCell(x float64) dataset.Quantity {
	if math.IsInf(x, 1) {
		return dataset.Sentence(dataset.Msg("ratio.no_cost"))
	}
	return ratio(x)
}

// rankCell writes a tie as "2=", never broken silently (METHOD 3.10).
func rankCell(rank float64, tied bool) dataset.Quantity {
	if tied && !math.IsNaN(rank) {
		return dataset.Sentence(dataset.Msg("rank.tied", count(int(rank))))
	}
	return dataset.Num(rank, dataset.Rating)
}

func (b *builder) offerQuadrantChart() *Chart {
	q := b.r.OfferQuadrant
	c := &Chart{ID: "offer_quadrant", Kind: QuadrantChart, Title: b.offerQuadrantTitle(),
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

// offerActions returns what to do with the offers of each class, the best three
// by name.
func (b *builder) offerActions() []Action {
	q := b.r.OfferQuadrant
	if q == nil {
		return nil
	}
	var actions []Action
	for class := range 4 {
		id := q.Pair.Classes[class]
		var members []int
		for k, is := range q.Class {
			if int(is) == class+1 {
				members = append(members, k)
			}
		}
		if len(members) == 0 {
			continue
		}
		sort.SliceStable(members, func(x, y int) bool { return b.worthMore(members[x], members[y]) })
		a := Action{Class: id, Label: dataset.Msg("text", className(b.r.Options, id)), Style: class, Count: len(members), Offers: true,
			Share: share(math.NaN()), Meaning: dataset.Msg("meaning." + id), Advice: offerAdvice(id)}
		for _, k := range members[:min(len(members), 3)] {
			a.Names = append(a.Names, b.d.Offers.Name[k])
		}
		actions = append(actions, a)
	}
	return actions
}

// offerAdvice is what to do with offers of a class; on other axes than benefits
// and costs what holds for any.
func offerAdvice(class string) dataset.Message {
	switch class {
	case "great_value", "costly_worth_it", "cheap_thin", "poor_value":
		return dataset.Msg("offer.advice." + class)
	}
	return dataset.Msg("advice." + class)
}

// worthMore reports whether an offer has the higher value; one without a value
// comes last.
func (b *builder) worthMore(x, y int) bool {
	vx, vy := b.r.Offers[x].Value, b.r.Offers[y].Value
	return vx > vy || math.IsNaN(vy) && !math.IsNaN(vx)
}
