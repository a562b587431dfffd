package report

import (
	"math"
	"strconv"
	"strings"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// bestCustomers is how many customers the table of lifetime value names in any
// case.
const bestCustomers = 10

// lifetimeSection says what customers are worth to the firm: what they brought
// in, and what can be expected of them (METHOD 5).
func (b *builder) lifetimeSection() *Section {
	l := b.r.Lifetime
	if l == nil {
		return nil
	}
	s := &Section{ID: SectionLifetime, Title: b.lifetimeTitle(l)}
	if h := b.r.Purchases; l.Model == lifetime.ModelNone && h != nil && h.Refused != "" {
		s.Blocks = []Block{paragraph(dataset.Msg("purchase.refused." + string(h.Refused)))}
		return s
	}
	s.Blocks = append(s.Blocks, paragraph(dataset.Msg("lifetime.model", term("lifetime.model."+string(l.Model)), dataset.Sentence(l.Why.Message()))))
	if forecast(l) && valued(l) {
		s.Blocks = append(s.Blocks, paragraph(b.equityMessage(l)))
		for _, m := range []dataset.Message{b.beforeMessage(l), missMessage(l)} {
			if !m.IsZero() {
				s.Blocks = append(s.Blocks, paragraph(m))
			}
		}
	}
	s.Blocks = append(s.Blocks, stayParagraphs(l)...)
	s.Blocks = append(s.Blocks, b.lifetimeCharts(l)...)
	if l.Model != lifetime.ModelNone && valued(l) {
		s.Blocks = append(s.Blocks, Block{Table: b.bestTable(l)})
	}
	if t := aliveTable(l); t != nil {
		s.Blocks = append(s.Blocks, Block{Table: t})
	}
	if l.Historical != nil && len(l.Historical.Trailing) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: windowsTable(l.Historical)}, note(dataset.Msg("lifetime.windows.note")))
	}
	if len(l.Parameters) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: parametersTable(l)})
	}
	if t := cohortsTable(l.Contract); t != nil {
		s.Blocks = append(s.Blocks, Block{Table: t}, note(dataset.Msg("lifetime.alone.note")))
	}
	s.Blocks = append(s.Blocks, b.checkBlocks(l)...)
	return s
}

// forecast reports whether values look ahead.
func forecast(l *lifetime.Result) bool {
	return l.Model != lifetime.ModelNone && l.Model != lifetime.ModelHistorical
}

// current reports whether customer i has a value and has not left.
func current(l *lifetime.Result, i int) bool { return !math.IsNaN(l.Value[i]) && l.Alive[i] != 0 }

// kindOfMoney is revenue or profit.
func kindOfMoney(l *lifetime.Result) dataset.Quantity {
	if l.Revenue {
		return term("lifetime.money.revenue")
	}
	return term("lifetime.money.profit")
}

func (b *builder) lifetimeTitle(l *lifetime.Result) dataset.Message {
	switch {
	case l.Model == lifetime.ModelNone:
		return dataset.Msg("title.lifetime.none")
	case !valued(l):
		return stayMessage("title.lifetime.stay.", l)
	case l.Model == lifetime.ModelHistorical:
		return dataset.Msg(reach(l, "title.lifetime.historical", "title.lifetime.historical.since"), money(l.Equity.Total), kindOfMoney(l), count(l.Horizon), count(l.Equity.Customers), day(l.Since))
	}
	return dataset.Msg("title.lifetime.forecast", money(l.Equity.Total), kindOfMoney(l), count(l.Horizon), whose(l))
}

// whose says of which customers a forecast speaks: under a contract those of
// today are known; of buyers who come and go, only who has ever bought.
func whose(l *lifetime.Result) dataset.Quantity {
	code := "lifetime.whose.today"
	if l.Buying != nil {
		code = "lifetime.whose.ever"
	}
	return dataset.Sentence(dataset.Msg(code, count(l.Equity.Customers)))
}

// before is what the same customers brought in over as many months as the
// forecast looks ahead, in the money of the forecast; NaN where that is not
// known or the list of purchases is shorter.
func (b *builder) before(l *lifetime.Result) float64 {
	h := b.r.Purchases
	if l.Historical == nil || h == nil || h.Total.First.After(l.AsOf.AddDate(0, -l.Horizon, 1)) {
		return math.NaN()
	}
	for _, w := range l.Historical.Trailing {
		switch {
		case w.Months != l.Horizon || w.Customers == 0:
		case l.Revenue:
			return w.TotalRevenue
		case w.Unknown == 0:
			return w.TotalValue
		}
	}
	return math.NaN()
}

// beforeMessage sets what came in lately beside what is expected; empty where
// it is not known.
func (b *builder) beforeMessage(l *lifetime.Result) dataset.Message {
	past := b.before(l)
	if math.IsNaN(past) {
		return dataset.Message{}
	}
	return dataset.Msg("lifetime.before", money(past), kindOfMoney(l), count(l.Horizon))
}

// wideOfMark is the share by which a forecast may miss the part of the time
// kept back before the report says so beside the figure.
const wideOfMark = 0.15

// missMessage warns where the forecast missed the time kept back by much; empty
// where it did not.
func missMessage(l *lifetime.Result) dataset.Message {
	if l.Buying == nil || l.Buying.Holdout == nil || !(l.Buying.Holdout.Actual > 0) {
		return dataset.Message{}
	}
	h := l.Buying.Holdout
	miss := h.Predicted/h.Actual - 1
	if math.Abs(miss) < wideOfMark {
		return dataset.Message{}
	}
	code := "lifetime.miss.more"
	if miss < 0 {
		code = "lifetime.miss.fewer"
	}
	return dataset.Msg(code, share(math.Abs(miss)), dataset.Num(h.Predicted, dataset.Count), dataset.Num(h.Actual, dataset.Count))
}

// reach returns the code of a sentence on what was brought in: over whole
// months, or since the list of purchases begins, where that is after they do.
func reach(l *lifetime.Result, whole, since string) string {
	if l.Since.IsZero() {
		return whole
	}
	return since
}

// equityMessage is customer equity with its interval, and what customers who
// are still to come add.
func (b *builder) equityMessage(l *lifetime.Result) dataset.Message {
	e := l.Equity
	code := "lifetime.equity.plain"
	if !math.IsNaN(e.Lo) && !math.IsNaN(e.Hi) {
		code = "lifetime.equity"
	}
	extra := dataset.Message{}
	if !math.IsNaN(e.NewPerMonth) && !math.IsNaN(e.NewValue) && e.NewPerMonth > 0 {
		extra = dataset.Msg("lifetime.equity.new", dataset.Num(e.NewPerMonth, dataset.Number), money(e.NewValue))
	}
	losing := dataset.Message{}
	if e.Negative > 0 {
		losing = dataset.Msg("lifetime.equity.negative", count(e.Negative), money(e.WithoutNegative))
	}
	return dataset.Msg(code, money(e.Total), money(e.Lo), money(e.Hi), count(e.Customers), share(l.Discount), dataset.Sentence(losing, extra))
}

// lifetimeCharts are the curve that shows how well the model tracks or how
// cohorts shrink, and value by tenths of the customers.
func (b *builder) lifetimeCharts(l *lifetime.Result) []Block {
	var blocks []Block
	if l.Buying != nil && len(l.Buying.Tracking.Day) > 1 {
		blocks = append(blocks, Block{Chart: trackingChart(l.Buying.Tracking)})
	}
	if l.Contract != nil && len(l.Contract.Curves) > 0 {
		blocks = append(blocks, Block{Chart: survivalChart(l.Contract)})
	}
	if c := b.tenthsChart(l); c != nil {
		blocks = append(blocks, Block{Chart: c})
	}
	return blocks
}

// trackingChart compares cumulative repeat purchases with the model's.
func trackingChart(t lifetime.Tracking) *Chart {
	c := &Chart{ID: "tracking", Kind: CurveChart,
		X: Axis{Label: dataset.Msg("axis.days_after", day(purchase.Date(t.Day[0]))), Unit: dataset.Count}, Y: Axis{Label: dataset.Msg("axis.repeat_purchases"), Unit: dataset.Count}}
	actual := Curve{Label: dataset.Msg("chart.tracking.actual"), Style: StyleOwn}
	expected := Curve{Label: dataset.Msg("chart.tracking.expected"), Style: StyleHighLow, Dashed: true}
	for i, d := range t.Day {
		x := float64(d - t.Day[0])
		actual.Points = append(actual.Points, Vertex{x, t.Actual[i]})
		expected.Points = append(expected.Points, Vertex{x, t.Expected[i]})
	}
	c.Curves = []Curve{actual, expected}
	last := len(t.Day) - 1
	happened, modelled := dataset.Num(t.Actual[last], dataset.Count), dataset.Num(t.Expected[last], dataset.Count)
	c.Title = dataset.Msg("chart.tracking.title", happened, modelled)
	c.Alt = dataset.Msg("alt.tracking", happened, modelled)
	return c
}

// mostCohorts is how many cohorts a chart tells apart.
const mostCohorts = 4

// survivalChart shows the share of each cohort that is left, with the model's.
func survivalChart(c *lifetime.Contract) *Chart {
	ch := &Chart{ID: "survival", Kind: CurveChart,
		X: Axis{Label: dataset.Msg("axis.renewals"), Unit: dataset.Count}, Y: Axis{Label: dataset.Msg("axis.customers_left"), Unit: dataset.Share, Lo: 0, Hi: 1}}
	for k, curve := range c.Curves[:min(mostCohorts, len(c.Curves))] {
		actual := Curve{Label: dataset.Msg("text", text(curve.Cohort)), Style: Style(k), Dots: true}
		fitted := Curve{Style: Style(k), Dashed: true}
		for i, period := range curve.Period {
			x := float64(period)
			if !math.IsNaN(curve.Actual[i]) {
				actual.Points = append(actual.Points, Vertex{x, curve.Actual[i]})
			}
			fitted.Points = append(fitted.Points, Vertex{x, curve.Fitted[i]})
		}
		ch.Curves = append(ch.Curves, actual, fitted)
	}
	first := c.Curves[0]
	last := len(first.Period) - 1
	ch.Title = dataset.Msg("chart.survival.title", text(first.Cohort), count(first.Period[last]), share(first.Fitted[last]))
	ch.Alt = dataset.Msg("alt.survival", count(len(c.Curves)), count(first.Period[last]), share(first.Fitted[last]))
	return ch
}

// tenthsChart shows the mean value by tenths of the customers, best first; nil
// for fewer than 20 of them.
func (b *builder) tenthsChart(l *lifetime.Result) *Chart {
	const parts = 10
	order := b.pick(func(i int) bool { return current(l, i) }, func(i int) float64 { return l.Value[i] })
	if len(order) < 2*parts {
		return nil
	}
	c := &Chart{ID: "tenths", Kind: BarsChart,
		X: Axis{Label: dataset.Msg("axis.mean_value"), Unit: dataset.Money}}
	best, total := 0.0, 0.0
	for k := range parts {
		from, to := len(order)*k/parts, len(order)*(k+1)/parts
		sum := 0.0
		for _, i := range order[from:to] {
			sum += l.Value[i]
		}
		total += sum
		if k == 0 {
			best = sum
		}
		mean := sum / float64(to-from)
		c.Bars = append(c.Bars, Bar{Name: dataset.Msg("bar.tenth", count(k+1)), Value: mean, Lo: math.NaN(), Hi: math.NaN(), Style: sideStyle(mean), Text: money(mean)})
	}
	c.Title = tenthsTitle(best, total, count(l.Horizon), kindOfMoney(l))
	c.Alt = dataset.Msg("alt.tenths", c.Bars[0].Text, c.Bars[parts/2].Text, c.Bars[parts-1].Text)
	return c
}

// bestTable names the customers of the highest value, with what it rests on.
func (b *builder) bestTable(l *lifetime.Result) *Table {
	value := "column.lifetime_ahead"
	if !forecast(l) {
		value = "column.lifetime_back"
	}
	t := &Table{ID: "lifetime", Least: bestCustomers, Title: dataset.Msg("table.lifetime"), Columns: []Column{
		{Header: dataset.Msg("column.customer"), Text: true, Share: 3}, {Header: dataset.Msg(value, count(l.Horizon))}}}
	switch {
	case l.Buying != nil:
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.alive")}, Column{Header: dataset.Msg("column.expected_purchases")}, Column{Header: dataset.Msg("column.expected_spend")})
	case l.Contract != nil:
		t.Columns = append(t.Columns, Column{Header: dataset.Msg("column.expected_month")})
	}
	best, all := b.first(mostRows, func(i int) bool { return current(l, i) }, func(i int) float64 { return l.Value[i] })
	for _, i := range best {
		row := []dataset.Quantity{text(b.d.Customers.Label(i)), money(l.Value[i])}
		switch {
		case l.Buying != nil:
			row = append(row, share(l.Alive[i]), tenths(l.Purchases[i]), money(l.Spend[i]))
		case l.Contract != nil:
			row = append(row, money(l.Spend[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	t.More, t.MoreIn = max(0, min(all, l.Equity.Customers)-len(t.Rows)), b.sheetOfCustomers()
	return t
}

// sheetOfCustomers names the sheet where every customer's figures stand.
func (b *builder) sheetOfCustomers() dataset.Message {
	if place := b.d.Customers.Place; place.Sheet != "" {
		return dataset.Literal(place.Sheet)
	}
	return dataset.Message{}
}

// aliveTable counts customers by the chance of still being one; nil without
// such chances.
func aliveTable(l *lifetime.Result) *Table {
	if l.Buying == nil {
		return nil
	}
	limits := []float64{0.75, 0.5, 0.25, 0}
	counts, worth := make([]int, len(limits)+1), make([]float64, len(limits)+1)
	for i, p := range l.Alive {
		if math.IsNaN(l.Value[i]) {
			continue
		}
		k := len(limits) // one purchase only: the model cannot tell
		for j := len(limits) - 1; j >= 0; j-- {
			if p >= limits[j] {
				k = j
			}
		}
		counts[k]++
		worth[k] += l.Value[i]
	}
	t := &Table{ID: "alive", Title: dataset.Msg("table.alive"), Columns: []Column{{Header: dataset.Msg("column.chance"), Text: true, Share: 2.4}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.lifetime_ahead", count(l.Horizon))}}}
	for k := range counts {
		label := dataset.Sentence(dataset.Msg("alive.once"))
		if k < len(limits) {
			upper := 1.0
			if k > 0 {
				upper = limits[k-1]
			}
			label = dataset.Sentence(dataset.Msg("interval.range", share(limits[k]), share(upper)))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{label, count(counts[k]), money(worth[k])})
	}
	return t
}

// windowsTable is what customers brought in over trailing windows and over
// their own first months.
func windowsTable(h *lifetime.Historical) *Table {
	t := &Table{ID: "windows", Title: dataset.Msg("table.windows"), Columns: []Column{
		{Header: dataset.Msg("column.window"), Text: true, Share: 2.6}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.revenue")},
		{Header: dataset.Msg("column.profit")}, {Header: dataset.Msg("column.too_young")}}}
	add := func(code string, windows []lifetime.Window) {
		for k, w := range windows {
			if w.Tenure && w.Customers == 0 || k > 0 && !w.Tenure && w.TotalRevenue == windows[k-1].TotalRevenue && w.Customers == windows[k-1].Customers {
				continue // nobody is a customer for so long, or nothing was bought in the months that it adds
			}
			revenue, profit := w.TotalRevenue, w.TotalValue
			if w.Unknown > 0 { // a sum over some would stand beside the revenue of all
				profit = math.NaN()
			}
			if w.Customers == 0 {
				revenue, profit = math.NaN(), math.NaN()
			}
			young := dataset.Sentence(dataset.Msg("missing"))
			if w.Tenure {
				young = count(w.Young)
			}
			t.Rows = append(t.Rows, []dataset.Quantity{dataset.Sentence(dataset.Msg("lifetime.window."+code, count(w.Months))), count(w.Customers), money(revenue), money(profit), young})
		}
	}
	add("trailing", h.Trailing)
	add("tenure", h.Tenure)
	return t
}

// parametersTable lists the parameters with what they stand for.
func parametersTable(l *lifetime.Result) *Table {
	t := &Table{ID: "parameters", Title: dataset.Msg("table.parameters"), Columns: []Column{
		{Header: dataset.Msg("column.parameter"), Text: true, Share: 1}, {Header: dataset.Msg("column.figure")}, {Header: dataset.Msg("column.meaning"), Text: true, Share: 5}}}
	for _, p := range l.Parameters {
		model, letter, _ := strings.Cut(p.Name, ".")
		t.Rows = append(t.Rows, []dataset.Quantity{dataset.Sentence(dataset.Msg("lifetime.letter", text(letter), term("lifetime.short."+model))), parameterValue(p.Name, p.Value), dataset.Sentence(p.Meaning())})
	}
	return t
}

// parameterValue writes the rates of the retention model as shares, the
// parameters of distributions with three decimals.
func parameterValue(name string, value float64) dataset.Quantity {
	if strings.HasPrefix(name, string(lifetime.ModelRetention)+".") {
		return dataset.Sentence(dataset.Msg("lifetime.percent", dataset.Num(100*value, dataset.Number)))
	}
	return dataset.Num(math.Round(value*1000)/1000, dataset.Exact)
}

// checkBlocks say how far the figures can be trusted: the check on a part of
// the time kept back, the remarks, and what is not given.
func (b *builder) checkBlocks(l *lifetime.Result) []Block {
	var blocks []Block
	if l.Buying != nil && l.Buying.Holdout != nil {
		blocks = append(blocks, Block{Table: holdoutTable(l.Buying.Holdout)})
	}
	for _, r := range l.Remarks {
		blocks = append(blocks, note(r.Message()))
	}
	var declined []dataset.Message
	for _, d := range l.Declined {
		declined = append(declined, d.Message())
	}
	if len(declined) > 0 {
		blocks = append(blocks, heading(dataset.Msg("heading.declined")), Block{List: declined})
	}
	return blocks
}

// holdoutTable compares what the model foretold with what happened, by repeat
// purchases in the first part.
func holdoutTable(h *lifetime.Holdout) *Table {
	t := &Table{ID: "holdout", Title: dataset.Msg("table.holdout", day(purchase.Date(h.From)), day(purchase.Date(h.To))), Columns: []Column{
		{Header: dataset.Msg("column.bought_before"), Text: true, Share: 2}, {Header: dataset.Msg("column.customers")}, {Header: dataset.Msg("column.foretold")}, {Header: dataset.Msg("column.happened")}}}
	for k, bin := range h.Bins {
		label := text(strconv.Itoa(bin.X))
		if k == len(h.Bins)-1 {
			label = dataset.Sentence(dataset.Msg("lifetime.or_more", count(bin.X)))
		}
		t.Rows = append(t.Rows, []dataset.Quantity{label, count(bin.Customers), ratio(bin.Predicted), ratio(bin.Actual)})
	}
	t.Total = []dataset.Quantity{term("column.all_purchases"), count(h.Customers), dataset.Num(h.Predicted, dataset.Count), dataset.Num(h.Actual, dataset.Count)}
	return t
}

// afterMessage ends the finding about a forecast with what came before.
func (b *builder) afterMessage(l *lifetime.Result) dataset.Message {
	past := b.before(l)
	if math.IsNaN(past) {
		return dataset.Message{}
	}
	return dataset.Msg("found.lifetime.after", money(past), count(l.Horizon))
}

func (b *builder) lifetimeSentences(add func(float64, dataset.Message)) {
	l := b.r.Lifetime
	switch {
	case l == nil:
		return
	case l.Model == lifetime.ModelNone:
		if b.r.Purchases == nil && len(l.Declined) > 0 {
			add(0.3, dataset.Msg("found.lifetime.none", dataset.Sentence(l.Declined[0].Message())).From(SectionLifetime))
		}
		return
	}
	if !forecast(l) {
		add(0.2, dataset.Msg(reach(l, "found.lifetime.historical", "found.lifetime.historical.since"), money(l.Equity.Total), kindOfMoney(l), count(l.Horizon), day(l.Since)).From(SectionLifetime))
		return
	}
	if l.Contract != nil && b.d.Receipt.Layout == dataset.LayoutContracts { // elsewhere more is known
		add(0.9, stayMessage("found.lifetime.stay.", l).From(SectionLifetime))
	}
	if !valued(l) {
		return
	}
	code := "found.lifetime.plain"
	if !math.IsNaN(l.Equity.Lo) {
		code = "found.lifetime"
	}
	add(0.95, dataset.Msg(code, money(l.Equity.Total), kindOfMoney(l), count(l.Horizon), money(l.Equity.Lo), money(l.Equity.Hi), whose(l), dataset.Sentence(b.afterMessage(l))).From(SectionLifetime))
}
