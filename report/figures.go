package report

import (
	"math"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// keyFigures returns up to five large numbers of the findings page.
func (b *builder) keyFigures() []KeyFigure {
	if b.d.Offers != nil {
		return b.offerFigures()
	}
	if b.r.Value == nil {
		return b.scoreFigures()
	}
	figures := []KeyFigure{b.customersFigure()}
	if b.rated() > 0 {
		figures = append(figures, b.valueFigure(), b.marketFigure())
	} else {
		figures = append(figures, b.oneSidedFigures()...)
	}
	if f, ok := b.classFigure(); ok {
		figures = append(figures, f)
	}
	if f, ok := b.alertFigure(); ok {
		figures = append(figures, f)
	}
	return figures
}

func (b *builder) customersFigure() KeyFigure {
	n := b.d.Customers.Len()
	f := KeyFigure{Label: dataset.Msg("figure.customers", count(n)), Value: count(n)}
	if rated := b.rated(); rated < n && b.missingSide() == "none" {
		f.Note = dataset.Msg("figure.customers.note", count(rated))
	}
	return f
}

// rated returns how many customers have a value.
func (b *builder) rated() int {
	n := 0
	for _, x := range b.r.Value.Own.Value {
		if !math.IsNaN(x) {
			n++
		}
	}
	return n
}

func (b *builder) valueFigure() KeyFigure {
	e := b.r.Value.MeanValue
	return KeyFigure{
		Label: dataset.Msg("figure.value." + string(b.r.Value.Mode)),
		Value: b.worth(e.Value),
		Note:  intervalNote(e, b.worth(e.Lo), b.worth(e.Hi)),
		Since: b.since("value", b.part),
	}
}

// intervalNote writes the interval of an estimate, or why there is none.
func intervalNote(e stat.Estimate, lo, hi dataset.Quantity) dataset.Message {
	if hasInterval(e) {
		return dataset.Msg("figure.interval", lo, hi, count(e.N))
	}
	return dataset.Msg("figure.count", count(e.N))
}

func hasInterval(e stat.Estimate) bool {
	return !math.IsNaN(e.Lo) && !math.IsNaN(e.Hi) && e.Method != stat.NoInterval
}

// scoreFigures are for workbooks with scores for the quadrant but no ratings of
// benefits and costs.
func (b *builder) scoreFigures() []KeyFigure {
	f, ok := b.classFigure()
	if !ok {
		return b.purchaseFigures()
	}
	n := b.d.Customers.Len()
	return []KeyFigure{{Label: dataset.Msg("figure.customers", count(n)), Value: count(n)}, f}
}

// oneSidedFigures are what can be said when only benefits or only costs were
// rated.
func (b *builder) oneSidedFigures() []KeyFigure {
	var figures []KeyFigure
	v := b.r.Value
	for _, side := range []struct {
		code string
		mean stat.Estimate
	}{{"benefits", v.MeanBenefits}, {"costs", v.MeanCosts}} {
		if !math.IsNaN(side.mean.Value) {
			figures = append(figures, KeyFigure{Label: dataset.Msg("figure.only." + side.code), Value: b.amount(side.mean.Value),
				Note: intervalNote(side.mean, b.amount(side.mean.Lo), b.amount(side.mean.Hi))})
		}
	}
	if m := v.Market; m != nil && !math.IsNaN(m.MPQ.Value) {
		figures = append(figures, KeyFigure{Label: dataset.Msg("figure.mpq"), Value: index(m.MPQ.Value),
			Note: intervalNote(m.MPQ, index(m.MPQ.Lo), index(m.MPQ.Hi))})
	}
	return figures
}

func (b *builder) marketFigure() KeyFigure {
	if m := b.r.Value.Market; m != nil && !math.IsNaN(m.CVA.Value) {
		return KeyFigure{
			Label: dataset.Msg("figure.cva"),
			Value: ratio(m.CVA.Value),
			Note:  intervalNote(m.CVA, ratio(m.CVA.Lo), ratio(m.CVA.Hi)),
			Since: b.since("cva", b.signedUnit(dataset.Ratio)),
		}
	}
	return KeyFigure{
		Label: dataset.Msg("figure.ratio"),
		Value: ratio(b.r.Value.MeanRatio),
		Note:  dataset.Msg("figure.ratio.note"),
	}
}

// classFigure says what share of the base the best class holds.
func (b *builder) classFigure() (KeyFigure, bool) {
	q := b.r.Quadrant
	if q == nil || classified(q) == 0 {
		return KeyFigure{}, false
	}
	class := bestClass(q)
	if q.Counts[class] == 0 {
		class = largestClass(q)
	}
	part := b.base.share(func(i int) bool { return q.Class[i] == class }, b.d.Customers.Len())
	return KeyFigure{
		Label: dataset.Msg("figure.class."+b.base.code, className(b.r.Options, q.ID(class))),
		Value: share(part),
		Note:  dataset.Msg("figure.class.note", count(q.Counts[class]), count(b.d.Customers.Len())),
	}, true
}

// classified returns the number of customers that have a class.
func classified(q *quadrant.Result) int {
	return q.Counts[1] + q.Counts[2] + q.Counts[3] + q.Counts[4]
}

func (b *builder) alertFigure() (KeyFigure, bool) {
	v := b.r.Value
	regret, elsewhere := v.VerdictCount[value.Regret], v.VerdictCount[value.BetterElsewhere]
	n := b.rated()
	if n == 0 {
		return KeyFigure{}, false
	}
	f := KeyFigure{
		Label: dataset.Msg("figure.risk", count(regret+elsewhere)),
		Value: count(regret + elsewhere),
		Note:  dataset.Msg("figure.risk.note", count(regret), count(elsewhere), count(n)),
		Alert: regret+elsewhere > 0,
		Since: b.since("at_risk", b.signedUnit(dataset.Count)),
	}
	if v.Market == nil {
		f.Label = dataset.Msg("figure.regret", count(regret))
		f.Note = dataset.Msg("figure.regret.note", count(n))
	}
	return f, true
}

// actions returns what to do, one entry per class with members.
func (b *builder) actions() []Action {
	if b.d.Offers != nil {
		return b.offerActions()
	}
	q := b.r.Quadrant
	if q == nil {
		return b.scoreActions()
	}
	var actions []Action
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		if q.Counts[class] == 0 {
			continue
		}
		actions = append(actions, b.action(q, class))
	}
	return actions
}

func (b *builder) action(q *quadrant.Result, class quadrant.Class) Action {
	id := q.ID(class)
	in := func(i int) bool { return q.Class[i] == class }
	members, _ := b.first(3, in, b.base.of)
	return Action{
		Class: id, Style: int(class) - 1, Count: q.Counts[class],
		Share:   share(b.base.share(in, b.d.Customers.Len())),
		ShareOf: dataset.Msg("share.of." + b.base.code),
		Meaning: dataset.Msg("meaning." + id),
		Advice:  dataset.Msg("advice." + id),
		Names:   b.names(members, 3),
	}
}
