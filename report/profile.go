package report

import (
	"math"
	"sort"

	"valuebook/report/analysis/profile"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// mostLevels is how many entries the chart of a profile shows.
const mostLevels = 20

// proven is the p-value, adjusted for all tests of a profile, below which an
// entry is said to stand out.
const proven = 0.05

// profileSection says what the customers who are worth most have in common
// (METHOD 7.2).
func (b *builder) profileSection() *Section {
	p := b.r.Profile
	if p == nil {
		return nil
	}
	s := &Section{ID: SectionProfile}
	if p.Refused != profile.Accepted {
		s.Title = dataset.Msg("title.profile.none")
		s.Blocks = append(s.Blocks, paragraph(dataset.Msg(p.Refused.Code())))
		return s
	}
	s.Title = profileTitle(p)
	s.Blocks = append(s.Blocks, paragraph(dataset.Msg("profile.found", count(p.TopN), count(p.N), b.firmCut(p.Cut), share(p.AUC))))
	if len(p.Levels) > 0 {
		s.Blocks = append(s.Blocks, Block{Chart: b.levelChart(p)}, Block{Table: levelTable(p)})
	}
	if len(p.Numbers) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: numberTable(p)})
	}
	if len(p.Card) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: cardTable(p)}, note(dataset.Msg("profile.card.note")))
	}
	s.Blocks = append(s.Blocks, note(dataset.Msg(profile.Caution)))
	return s.with(omitted(p))
}

// with adds small print to a section.
func (s *Section) with(notes []Block) *Section {
	s.Blocks = append(s.Blocks, notes...)
	return s
}

// firmAmount writes value to the firm as the quadrant does: money or a score.
func (b *builder) firmAmount(x float64) dataset.Quantity {
	if b.r.FirmScore {
		return tenths(x)
	}
	return money(x)
}

// firmCut writes the value to the firm from which a customer is among the most
// valuable, with its unit.
func (b *builder) firmCut(x float64) dataset.Quantity {
	if b.r.FirmScore {
		return dataset.Sentence(dataset.Msg("profile.cut.points", tenths(x)))
	}
	return money(x)
}

// columnName returns the header of a describing column, or what it is.
func columnName(c profile.Column) dataset.Quantity {
	if c.Name != "" {
		return text(c.Name)
	}
	return term("column." + string(c.Kind))
}

// standsOut reports whether an entry is proven to be more frequent among the
// most valuable customers.
func standsOut(l profile.Level) bool { return l.PHolm < proven && l.Odds.Lo > 1 && l.Lift > 1 }

// standout returns the entry that is proven most firmly, -1 when there is none:
// an entry of few customers may have a higher lift by chance.
func standout(p *profile.Ideal) int {
	best := -1
	for k, l := range p.Levels {
		if standsOut(l) && (best < 0 || l.PHolm < p.Levels[best].PHolm) {
			best = k
		}
	}
	return best
}

func profileTitle(p *profile.Ideal) dataset.Message {
	if k := standout(p); k >= 0 {
		l := p.Levels[k]
		return dataset.Msg("title.profile.level", columnName(p.Columns[l.Column]), text(l.Name), tenths(l.Lift))
	}
	for _, n := range p.Numbers {
		if n.PHolmDifference < proven && hasInterval(n.Difference) {
			way := "more"
			if n.Difference.Value < 0 {
				way = "less"
			}
			return dataset.Msg("title.profile."+way, columnName(p.Columns[n.Column]), dataset.Num(n.MeanTop, numberUnit(n)), dataset.Num(n.MeanRest, numberUnit(n)))
		}
	}
	return dataset.Msg("title.profile.unproven")
}

func number(x float64) dataset.Quantity { return dataset.Num(x, dataset.Number) }

// byTopShare returns the entries with the largest share of most valuable
// customers first.
func byTopShare(levels []profile.Level) []profile.Level {
	sorted := append([]profile.Level(nil), levels...)
	sort.SliceStable(sorted, func(x, y int) bool { return topShare(sorted[x]) > topShare(sorted[y]) })
	return sorted
}

func topShare(l profile.Level) float64 { return float64(l.Top) / float64(l.N) }

// levelChart shows which share of the customers with an entry is among the most
// valuable, with Wilson's interval.
func (b *builder) levelChart(p *profile.Ideal) *Chart {
	c := &Chart{ID: "levels", Kind: BarsChart, Title: levelsTitle(p, min(mostLevels, len(p.Levels))),
		X: Axis{Label: dataset.Msg("axis.top_share"), Unit: dataset.Share}}
	sorted := byTopShare(p.Levels)
	for _, l := range sorted[:min(mostLevels, len(sorted))] {
		e := stat.Wilson(float64(l.Top), float64(l.N), l.N, stat.Sampling{Population: b.r.Options.Population, Census: b.r.Options.Census})
		bar := Bar{Label: l.Name, Value: topShare(l), Lo: e.Lo, Hi: e.Hi, Style: StyleNone, Text: share(topShare(l))}
		if l.Top == 0 {
			bar.Lo = 0 // not the noise of computing it
		}
		if c := p.Columns[l.Column]; c.Name != "" {
			bar.Label = c.Name + ": " + l.Name
		} else {
			bar.Name = dataset.Msg("profile.entry", columnName(c), text(l.Name))
		}
		if l.PHolm < proven {
			bar.Style = sideStyle(l.Lift - 1)
		}
		c.Bars = append(c.Bars, bar)
	}
	c.Alt = dataset.Msg("alt.profile", text(c.Bars[0].Label), c.Bars[0].Text, share(float64(p.TopN)/float64(p.N)), count(p.N))
	return c
}

func levelTable(p *profile.Ideal) *Table {
	t := &Table{ID: "levels", Columns: []Column{
		{Header: dataset.Msg("column.describes"), Text: true, Share: 1.6}, {Header: dataset.Msg("column.entry"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.customers")},
		{Header: dataset.Msg("column.of_top")}, {Header: dataset.Msg("column.lift")}, {Header: dataset.Msg("column.odds"), Share: 2.2}, {Header: dataset.Msg("column.p")}}}
	for _, l := range byTopShare(p.Levels) {
		t.Rows = append(t.Rows, []dataset.Quantity{columnName(p.Columns[l.Column]), text(l.Name), count(l.N), count(l.Top), ratio(l.Lift),
			written(l.Odds, odds), probability(l.PHolm)})
	}
	return t
}

// odds writes an odds ratio with as many decimals as its size bears.
func odds(x float64) dataset.Quantity {
	switch {
	case x >= 100:
		return dataset.Num(x, dataset.Count)
	case x >= 10:
		return tenths(x)
	}
	return ratio(x)
}

func probability(p float64) dataset.Quantity { return dataset.Num(p, dataset.Probability) }

// within writes an estimate with its interval, or alone where it has none.
func within(e stat.Estimate, unit dataset.Unit) dataset.Quantity {
	return written(e, func(x float64) dataset.Quantity { return dataset.Num(x, unit) })
}

// between writes the interval of an estimate, a dash where it has none.
func between(e stat.Estimate, unit dataset.Unit) dataset.Quantity {
	if !hasInterval(e) {
		return dataset.Sentence(dataset.Msg("missing"))
	}
	return dataset.Sentence(dataset.Msg("interval.range", bare(dataset.Num(e.Lo, unit)), bare(dataset.Num(e.Hi, unit))))
}

func numberTable(p *profile.Ideal) *Table {
	t := &Table{ID: "numbers", Title: dataset.Msg("table.profile.numbers"), Columns: []Column{
		{Header: dataset.Msg("column.describes"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.n")}, {Header: dataset.Msg("column.mean_top")}, {Header: dataset.Msg("column.mean_rest")},
		{Header: dataset.Msg("column.difference_within"), Share: 2.2}, {Header: dataset.Msg("column.rank_correlation")}, {Header: dataset.Msg("column.p")}}}
	for _, n := range p.Numbers {
		unit := numberUnit(n)
		t.Rows = append(t.Rows, []dataset.Quantity{columnName(p.Columns[n.Column]), count(n.N), dataset.Num(n.MeanTop, unit), dataset.Num(n.MeanRest, unit),
			within(n.Difference, unit), ratio(n.Rho.Value), probability(n.PHolmDifference)})
	}
	return t
}

// numberUnit writes the figures of one column with equally many decimals: those
// that the larger mean needs.
func numberUnit(n profile.Number) dataset.Unit {
	switch most := max(math.Abs(n.MeanTop), math.Abs(n.MeanRest)); {
	case most >= 100:
		return dataset.Count
	case most >= 10:
		return dataset.Tenths
	case most >= 1:
		return dataset.Ratio
	}
	return dataset.Number
}

// cardTable is the scorecard: what each answer adds to a customer's points.
func cardTable(p *profile.Ideal) *Table {
	t := &Table{ID: "scorecard", Title: dataset.Msg("table.profile.card"), Columns: []Column{
		{Header: dataset.Msg("column.describes"), Text: true, Share: 1.8}, {Header: dataset.Msg("column.entry"), Text: true, Share: 2}, {Header: dataset.Msg("column.customers")},
		{Header: dataset.Msg("column.of_top")}, {Header: dataset.Msg("column.points")}}}
	for _, l := range p.Card {
		t.Rows = append(t.Rows, []dataset.Quantity{columnName(p.Columns[l.Column]), cardEntry(l), count(l.N), count(l.Top), ratio(l.Points)})
	}
	return t
}

// cardEntry names an answer, or the band of numbers that stands for one.
func cardEntry(l profile.Line) dataset.Quantity {
	switch {
	case l.Level != "" || math.IsNaN(l.Lo) || math.IsNaN(l.Hi):
		return text(l.Level)
	case math.IsInf(l.Lo, -1):
		return dataset.Sentence(dataset.Msg("rfm.up_to", number(l.Hi)))
	case math.IsInf(l.Hi, 1):
		return dataset.Sentence(dataset.Msg("rfm.over", number(l.Lo)))
	}
	return dataset.Sentence(dataset.Msg("rfm.between", number(l.Lo), number(l.Hi)))
}

// omitted says which columns were left out and why: one line for each reason.
func omitted(p *profile.Ideal) []Block {
	names := map[profile.Refusal][]dataset.Quantity{}
	var order []profile.Refusal
	for _, o := range p.Omitted {
		if names[o.Why] == nil {
			order = append(order, o.Why)
		}
		names[o.Why] = append(names[o.Why], columnName(p.Columns[o.Column]))
	}
	var notes []Block
	for _, why := range order {
		notes = append(notes, note(dataset.Msg("profile.omitted", listed(names[why]), term(why.Code()))))
	}
	return notes
}

// listed writes quantities one after the other, with commas between.
func listed(all []dataset.Quantity) dataset.Quantity {
	var items []dataset.Message
	for k, q := range all {
		code := "list.item"
		if k == len(all)-1 {
			code = "text"
		}
		items = append(items, dataset.Msg(code, q))
	}
	return dataset.Sentence(items...)
}

// profileSentence names the entry that stands out among the most valuable
// customers; it is worth the share of customers who have it.
func (b *builder) profileSentence(add func(float64, dataset.Message)) {
	p := b.r.Profile
	if p == nil || p.Refused != profile.Accepted {
		return
	}
	if k := standout(p); k >= 0 {
		l := p.Levels[k]
		add(float64(l.N)/float64(p.N), dataset.Msg("found.profile", columnName(p.Columns[l.Column]), text(l.Name), count(l.Top), count(l.OfTop), share(topShare(l)),
			share(float64(l.OfTop)/float64(l.Of)), odds(l.Odds.Value), odds(l.Odds.Lo), odds(l.Odds.Hi)).From(SectionProfile+"#levels"))
	}
}
