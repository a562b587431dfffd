package report

import (
	"math"

	"valuebook/report/analysis/lifetime"
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

// mostCohorts is how many cohorts a chart tells apart.
const mostCohorts = 4

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
