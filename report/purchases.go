package report

import (
	"math"
	"time"

	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// fewMonths is how many whole months a curve of revenue needs.
const fewMonths = 4

// purchasesSection says what was bought, by whom and when (METHOD 5.0).
func (b *builder) purchasesSection() *Section {
	h := b.r.Purchases
	if h == nil {
		return nil
	}
	if h.Refused != "" {
		return &Section{ID: SectionPurchases, Title: dataset.Msg("title.purchases.refused"),
			Blocks: []Block{paragraph(dataset.Msg("purchase.refused." + string(h.Refused)))}}
	}
	t := h.Total
	s := &Section{ID: SectionPurchases, Title: dataset.Msg("title.purchases", count(t.Buyers), count(t.Orders), money(t.Revenue), day(t.First), day(t.Last))}
	if chart := b.monthsChart(h); chart != nil {
		s.Blocks = append(s.Blocks, Block{Chart: chart})
	}
	s.Blocks = append(s.Blocks, Block{Table: b.purchasesTable(h)})
	if m := b.otherRevenue(h); !m.IsZero() {
		s.Blocks = append(s.Blocks, note(m))
	}
	for _, left := range h.Skipped {
		s.Blocks = append(s.Blocks, note(dataset.Msg("purchases.left", count(left.Count), term("skip."+left.Why))))
	}
	return s
}

// otherRevenue says which revenue the findings and classes speak of where a
// column of the workbook holds another than the purchases come to.
func (b *builder) otherRevenue(h *purchase.History) dataset.Message {
	if b.base.code != "revenue" || math.Abs(b.base.total-h.Total.Revenue) <= trifling*math.Abs(h.Total.Revenue) {
		return dataset.Message{}
	}
	return dataset.Msg("purchases.other_revenue", money(b.base.total), money(h.Total.Revenue))
}

func money(x float64) dataset.Quantity { return dataset.Num(x, dataset.Money) }

// day writes a date.
func day(t time.Time) dataset.Quantity { return dataset.DayOf(t) }

// monthAfter writes the month that lies so many months after a day.
func monthAfter(t time.Time, months int) dataset.Quantity {
	return dataset.MonthOf(t.AddDate(0, months, 0).Format("2006-01"))
}

// orderValue writes what an order comes to with cents where these matter.
func orderValue(x float64) dataset.Quantity {
	if math.Abs(x) < 100 {
		return ratio(x)
	}
	return money(x)
}

func (b *builder) purchasesTable(h *purchase.History) *Table {
	t := h.Total
	table := &Table{ID: "purchases", Columns: []Column{{Header: dataset.Msg("column.measure"), Text: true, Share: 3}, {Header: dataset.Msg("column.figure"), Share: 1}}}
	row := func(code string, q dataset.Quantity) {
		if q.Unit == dataset.Day || !math.IsNaN(q.Value) {
			table.Rows = append(table.Rows, []dataset.Quantity{term("purchases.row." + code), q})
		}
	}
	row("first", day(t.First))
	row("last", day(t.Last))
	row("as_of", day(h.AsOf))
	row("buyers", count(t.Buyers))
	row("repeaters", count(t.Repeaters))
	row("orders", count(t.Orders))
	row("revenue", money(t.Revenue))
	if t.Refunds < 0 {
		row("refunds", money(t.Refunds))
	}
	row("order_value", orderValue(t.Revenue/float64(max(1, t.Orders))))
	row("cost", money(t.Cost))
	if t.Acquisition != 0 {
		row("acquisition", money(t.Acquisition))
	}
	if t.Unknown > 0 {
		row("unknown", count(t.Unknown))
	}
	return table
}

// monthsChart is revenue by month, whole months only; nil where there are few.
func (b *builder) monthsChart(h *purchase.History) *Chart {
	first, sums := revenueByMonth(h)
	if len(sums) < fewMonths {
		return nil
	}
	c := &Chart{ID: "months", Kind: CurveChart,
		X: Axis{Label: dataset.Msg("axis.month"), Unit: dataset.Count, Lo: 0, Hi: float64(len(sums) - 1)},
		Y: Axis{Label: dataset.Msg("axis.revenue_month"), Unit: dataset.Money}}
	curve := Curve{Style: StyleOwn, Fill: true, Dots: len(sums) <= 24}
	low, high := 0, 0
	for i, sum := range sums {
		name := monthAfter(first, i)
		name.Unit = dataset.ShortMonth
		c.X.Names = append(c.X.Names, name)
		curve.Points = append(curve.Points, Vertex{float64(i), sum})
		if sum < sums[low] {
			low = i
		}
		if sum > sums[high] {
			high = i
		}
	}
	for _, i := range []int{high, low} {
		month := monthAfter(first, i)
		c.Marks = append(c.Marks, Mark{X: float64(i), Y: sums[i], Label: dataset.Msg("chart.months.mark", month, money(sums[i]))})
	}
	c.Title = dataset.Msg("chart.months.title", money(sums[low]), monthAfter(first, low), money(sums[high]), monthAfter(first, high))
	if alike(sums[low], sums[high]) {
		c.Title = dataset.Msg("chart.months.level", money(sums[low]), monthAfter(first, 0), monthAfter(first, len(sums)-1))
	}
	c.Curves = []Curve{curve}
	c.Alt = dataset.Msg("alt.months", count(len(sums)), money(sums[high]), money(sums[low]))
	return c
}

// revenueByMonth returns the revenue of the whole months between the first
// purchase and the as-of date, and the first of them.
func revenueByMonth(h *purchase.History) (first time.Time, sums []float64) {
	from, to := h.Total.First, h.AsOf.AddDate(0, 0, 1)
	first = time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	if from.Day() > 1 {
		first = first.AddDate(0, 1, 0)
	}
	months := (to.Year()-first.Year())*12 + int(to.Month()-first.Month())
	if months <= 0 || months > 1200 {
		return first, nil
	}
	sums = make([]float64, months)
	for k, d := range h.Day {
		date := purchase.Date(d)
		month := (date.Year()-first.Year())*12 + int(date.Month()-first.Month())
		if month >= 0 && month < months && h.Kind[k] != purchase.Acquisition && !math.IsNaN(h.Revenue[k]) {
			sums[month] += h.Revenue[k]
		}
	}
	return first, sums
}

// purchaseFigures are the key figures of a workbook with purchases and no
// ratings.
func (b *builder) purchaseFigures() []KeyFigure {
	h := b.r.Purchases
	if h == nil || h.Refused != "" {
		return b.stayFigures()
	}
	t := h.Total
	figures := []KeyFigure{
		{Label: dataset.Msg("figure.buyers", count(t.Buyers)), Value: count(t.Buyers), Note: dataset.Msg("figure.buyers.note", count(t.Repeaters))},
		{Label: dataset.Msg("figure.revenue"), Value: money(t.Revenue), Note: dataset.Msg("figure.revenue.note", day(t.First), day(t.Last))},
	}
	if l := b.r.Lifetime; l != nil && forecast(l) {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.lifetime", count(l.Horizon), kindOfMoney(l)), Value: money(l.Equity.Total), Note: dataset.Msg("figure.lifetime.note", whose(l))})
	}
	if c := b.r.Concentration; c != nil && whale(c) == nil && !math.IsNaN(fifth(c)) {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.top_share"), Value: share(fifth(c)), Note: dataset.Msg("figure.top_share.note", count(enoughFor80(c)))})
	}
	if n, lost := b.cooling(); n > 0 {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.cooling", count(n)), Value: count(n), Note: dataset.Msg("figure.cooling.note", share(lost)), Alert: true})
	}
	return figures
}

// purchaseSentences are what the purchases say.
func (b *builder) purchaseSentences(add func(float64, dataset.Message)) {
	b.lifetimeSentences(add)
	h := b.r.Purchases
	if h == nil {
		return
	}
	if h.Refused != "" {
		add(0.3, dataset.Msg("purchase.refused."+string(h.Refused)).From(SectionPurchases))
		return
	}
	b.concentrationSentences(add)
	b.scoreSegmentSentences(add)
	if t := h.Total; t.Buyers > 0 && t.Repeaters < t.Buyers {
		once := t.Buyers - t.Repeaters
		code := "found.once"
		if once == t.Buyers && once > 1 {
			code = "found.once.all"
		}
		add(0.35*float64(once)/float64(t.Buyers), dataset.Msg(code, count(once), count(t.Buyers), share(float64(once)/float64(t.Buyers)), share(onceRevenue(h)/t.Revenue)).From(SectionPurchases))
	}
}

// onceRevenue is what the customers brought who bought on one day only.
func onceRevenue(h *purchase.History) float64 {
	sum := 0.0
	for i := range h.Len() {
		if days, _ := h.Days(i); len(days) == 1 && !math.IsNaN(h.Net[i]) {
			sum += h.Net[i]
		}
	}
	return sum
}
