package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// maxSentences is how many findings the first page bears.
const maxSentences = 7

// A candidate is a sentence with what it is worth to the reader: the share of
// customers (or of the base) that it concerns, 0..1.
type candidate struct {
	worth   float64
	message dataset.Message
}

// sentences returns what we found, ranked by what it is worth: the share of
// revenue or customers it concerns, then the order in which it is thought of.
// A difference is claimed only where its interval excludes parity.
func (b *builder) sentences() []dataset.Message {
	var all []candidate
	switch {
	case b.d.Offers != nil:
		all = b.offerSentences()
	case b.r.Value != nil:
		all = b.customerSentences()
	case b.r.Quadrant != nil:
		all = b.scoreSentences()
	}
	add := func(worth float64, m dataset.Message) {
		if !math.IsNaN(worth) {
			all = append(all, candidate{worth, m})
		}
	}
	b.driverSentences(add)
	b.purchaseSentences(add)
	b.profileSentence(add)
	b.voiceSentence(add)
	b.conceptSentences(add)
	b.movementSentences(add)
	if b.r.Value == nil && b.r.Quadrant == nil && len(all) > 0 && (b.d.Receipt.Layout == dataset.LayoutPurchases || b.d.Receipt.Layout == dataset.LayoutContracts) {
		all = append(all, candidate{0.05, b.nothingSentence()}) // what is missing, after all that is there
	}
	if len(all) > 0 {
		all = append(all, b.guessSentences()...)
	}
	sort.SliceStable(all, func(x, y int) bool { return all[x].worth > all[y].worth })
	var out []dataset.Message
	for _, c := range all[:min(maxSentences, len(all))] {
		out = append(out, c.message)
	}
	if len(out) == 0 {
		out = append(out, b.nothingSentence())
	}
	return out
}

// scoreSentences are for workbooks with scores for the quadrant but no ratings
// of benefits and costs.
func (b *builder) scoreSentences() []candidate {
	var all []candidate
	b.quadrantSentences(b.r.Quadrant, func(worth float64, m dataset.Message) { all = append(all, candidate{worth, m}) })
	return append(all, candidate{0.1, dataset.Msg("found.no_ratings").From(SectionData)})
}

// guessSentences come first: levels that rest on a guessed scale must not be
// read without knowing so.
func (b *builder) guessSentences() []candidate {
	for _, f := range b.d.Findings {
		if f.Code == "scale-inferred" {
			return []candidate{{3, dataset.Msg("found.guessed_scale", f.Args...).From(SectionData + "#findings")}}
		}
	}
	return nil
}

func (b *builder) nothingSentence() dataset.Message {
	if b.d.Receipt.Layout == dataset.LayoutContracts {
		return dataset.Msg("found.contracts_only").From(SectionData)
	}
	if b.d.Receipt.Layout == dataset.LayoutPurchases {
		return dataset.Msg("found.purchases_only", count(b.d.Customers.Len())).From(SectionData)
	}
	return dataset.Msg("found.nothing").From(SectionData)
}

func (b *builder) customerSentences() []candidate {
	var all []candidate
	add := func(worth float64, m dataset.Message) {
		if !m.IsZero() && !math.IsNaN(worth) {
			all = append(all, candidate{worth, m})
		}
	}
	if b.rated() == 0 {
		add(2, b.noneRatedSentence())
	}
	if m := b.r.Value.Market; m != nil {
		b.marketSentences(m, add)
	} else if b.rated() > 0 {
		add(1.2, dataset.Msg("found.no_rival", b.worth(b.r.Value.MeanValue.Value), count(b.rated())).From(SectionValue))
	}
	b.verdictSentences(add)
	if q := b.r.Quadrant; q != nil {
		b.quadrantSentences(q, add)
	}
	b.segmentSentence(add)
	return all
}

// noneRatedSentence says why no customer has a value, by the commonest reason.
func (b *builder) noneRatedSentence() dataset.Message {
	counts := map[value.Reason]int{}
	for _, reason := range b.r.Value.Own.Why {
		counts[reason]++
	}
	if b.nobodyRated() {
		return dataset.Msg("found.nobody_rated", count(b.d.Customers.Len())).From(SectionData)
	}
	most := value.NotRated
	for _, reason := range []value.Reason{value.CostsNotRated, value.BenefitsNotRated, value.LowCoverage} {
		if counts[reason] > counts[most] {
			most = reason
		}
	}
	return dataset.Msg("found.none_rated."+most.String(), count(b.d.Customers.Len())).From(SectionData)
}

// verdictSentences count the customers at risk, with what they bring.
func (b *builder) verdictSentences(add func(float64, dataset.Message)) {
	v, n := b.r.Value, b.d.Customers.Len()
	if k := v.VerdictCount[value.BetterElsewhere]; k > 0 {
		in := func(i int) bool { return v.Verdict[i] == value.BetterElsewhere }
		part := b.base.share(in, n)
		add(0.6+part, dataset.Msg("found.elsewhere."+b.base.code, count(k), count(b.rated()), share(part), dataset.Sentence(b.commonest(in)), b.amountOf(part)).From(SectionCustomers+"#customers_better_elsewhere"))
	}
	if k := v.VerdictCount[value.Regret]; k > 0 {
		part := b.base.share(func(i int) bool { return v.Verdict[i] == value.Regret }, n)
		add(0.6+part, dataset.Msg("found.regret."+b.base.code, count(k), count(b.rated()), share(part), b.amountOf(part)).From(SectionCustomers+"#customers_regret"))
	}
}

// commonest names the rival that offers most of these customers more; a tie
// names none.
func (b *builder) commonest(in func(i int) bool) dataset.Message {
	times := make([]int, len(b.d.Suppliers))
	for i := range b.d.Customers.Len() {
		if !in(i) {
			continue
		}
		if s, _ := b.r.Value.Best(i); s >= 0 {
			times[s]++
		}
	}
	best, tied := 0, true
	for s := range times {
		if times[s] == times[best] && s != best {
			tied = true
		}
		if times[s] > times[best] || s == 0 {
			best, tied = s, times[s] == 0
		}
	}
	if tied {
		return dataset.Message{}
	}
	return dataset.Msg("found.elsewhere.rival", text(b.d.Suppliers[best].Name), count(times[best]))
}

// amountOf writes a share of the revenue as amount and total: "13.4 M of 43.2 M";
// nothing where the base is not money.
func (b *builder) amountOf(part float64) dataset.Quantity {
	if b.base.code == "customers" {
		return dataset.Sentence()
	}
	return dataset.Sentence(dataset.Msg("amount.of", dataset.Num(part*b.base.total, dataset.Money), dataset.Num(b.base.total, dataset.Money)))
}

func (b *builder) quadrantSentences(q *quadrant.Result, add func(float64, dataset.Message)) {
	if refused := b.refusedAxes(q); !refused.IsZero() {
		add(2.5, refused.From(SectionQuadrant))
	}
	if classified(q) == 0 {
		add(0.9, dataset.Msg("found.not_classified", count(b.d.Customers.Len())).From(SectionQuadrant))
		return
	}
	best := quadrant.HighHigh
	if q.Counts[best] == 0 {
		best = largestClass(q)
	}
	in := func(i int) bool { return q.Class[i] == best }
	members, _ := b.first(3, in, b.base.of)
	part := b.base.share(in, b.d.Customers.Len())
	code := "found.class." + b.base.code
	switch n := q.Counts[best]; {
	case n == b.d.Customers.Len() && n == 1:
		code = "found.class.one"
	case n == b.d.Customers.Len():
		code = "found.class.all"
	case n <= 2 && b.base.code != "customers":
		code += ".few"
	}
	add(1.1, dataset.Msg(code, className(b.r.Options, q.ID(best)), count(q.Counts[best]), count(b.d.Customers.Len()),
		share(part), dataset.List(b.names(members, 3)...), b.amountOf(part)).From(SectionQuadrant+"#classes"))
	if q.BorderCount > 0 {
		i := b.borderCases(q, 1)[0]
		code := "found.border"
		switch {
		case q.BorderCount == 1:
			code = "found.border.one"
		case q.BorderCount == b.d.Customers.Len():
			code = "found.border.all"
		}
		add(0.3+0.5*float64(q.BorderCount)/float64(classified(q)), dataset.Msg(code, count(q.BorderCount),
			text(b.d.Customers.Label(i)), className(b.r.Options, q.ID(q.Class[i])), className(b.r.Options, q.ID(q.FlipClass(i)))).From(SectionQuadrant+"#border"))
	}
}

// segmentSentence compares the best and the last segment, when their intervals
// do not overlap.
func (b *builder) segmentSentence(add func(float64, dataset.Message)) {
	r := b.r.Segments
	if r == nil {
		return
	}
	best, last := extremes(r.Segments)
	if best < 0 || best == last || !apart(r.Segments[best], r.Segments[last]) {
		return
	}
	high, low := r.Segments[best], r.Segments[last]
	add(0.55, dataset.Msg("found.segments", text(high.Name), b.worth(high.Value.Value), count(high.Rated),
		text(low.Name), b.worth(low.Value.Value), count(low.Rated)).From(SectionSegments))
}

func (b *builder) offerSentences() []candidate {
	order := b.rankedOffers()
	switch b.merit() {
	case byNothing:
		return nil
	case byMap:
		return b.mapSentences()
	case byBenefits:
		return b.benefitSentences(order)
	}
	best := b.r.Offers[order[0]]
	code := "found.offer.best"
	switch {
	case best.Tied:
		code = "found.offer.tied"
	case best.Value < 0:
		code = "found.offer.none_worth"
	}
	all := []candidate{{2, dataset.Msg(code, text(best.Name), b.partInPoints(best.Value), b.unsigned(best.Benefits), b.unsigned(best.Costs),
		count(b.ratedOffers()), dataset.Sentence(b.unratedOffers())).From(SectionOffers + "#offers")}}
	for _, k := range order {
		o := b.r.Offers[k]
		if o.Own && k != order[0] && !math.IsNaN(o.Value) {
			all = append(all, candidate{1.5, dataset.Msg("found.offer.own", text(o.Name), rankCell(o.Rank, o.Tied), b.lead(best.Value-o.Value), text(best.Name)).From(SectionOffers)})
		}
	}
	if last := b.lastOffer(order); b.r.Offers[last].Value < best.Value {
		o := b.r.Offers[last]
		all = append(all, candidate{1, dataset.Msg("found.offer.last", text(o.Name), b.partInPoints(o.Value)).From(SectionOffers)})
	}
	all = append(all, b.offerClassSentences()...)
	if len(b.r.OfferMap) > 1 {
		first, last := b.mapEnds()
		if first.Position == value.Better {
			all = append(all, candidate{0.8, b.mapSentence("found.map.best", first)})
		}
		if last.Position == value.Worse {
			all = append(all, candidate{0.7, b.mapSentence("found.map.last", last)})
		}
	}
	return all
}

// benefitSentences are for offers whose costs were not rated.
func (b *builder) benefitSentences(order []int) []candidate {
	best := b.r.Offers[order[0]]
	code := "found.offer.benefits"
	if best.BenefitTied {
		code = "found.offer.benefits.tied"
	}
	return []candidate{{2, dataset.Msg(code, text(best.Name), b.offerScore(byBenefits, best.Benefits), count(len(order))).From(SectionOffers)},
		{1, dataset.Msg("note.benefits-only").From(SectionOffers)}}
}

// mapSentences are for offers without a value of their own, whose prices and
// quality make a value map.
func (b *builder) mapSentences() []candidate {
	if len(b.r.OfferMap) < 2 {
		return nil
	}
	best, last := b.mapEnds()
	return []candidate{{2, b.mapSentence("found.map.best", best)}, {1, b.mapSentence("found.map.last", last)}}
}

// mapEnds returns the offers of the value map with the best and the worst value
// for their price.
func (b *builder) mapEnds() (best, last value.MapPoint) {
	best, last = b.r.OfferMap[0], b.r.OfferMap[0]
	for _, p := range b.r.OfferMap {
		if p.Distance > best.Distance {
			best = p
		}
		if p.Distance < last.Distance {
			last = p
		}
	}
	return best, last
}

func (b *builder) mapSentence(code string, p value.MapPoint) dataset.Message {
	if b.relativeCost() {
		code += ".cost"
	}
	return dataset.Msg(code, text(b.d.Offers.Name[p.Supplier]), index(p.Quality), index(p.RelativePrice), dataset.Num(math.Abs(belowLine(p, b.r.OfferLine)), dataset.Points),
		count(len(b.r.OfferMap))).From(SectionOffers + "#offer_map")
}

func (b *builder) lastOffer(order []int) int {
	last := order[0]
	for _, k := range order {
		if !math.IsNaN(b.r.Offers[k].Value) {
			last = k
		}
	}
	return last
}
