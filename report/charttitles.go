package report

import (
	"math"
	"strings"

	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/profile"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/rfm"
	"valuebook/report/analysis/segment"
	"valuebook/report/dataset"
)

// The titles of charts: each states in numbers what its chart shows, and claims
// no order between what reads alike.

// alike reports whether two numbers are so close that neither is called larger.
func alike(x, y float64) bool {
	return math.Abs(x-y) <= 0.005*math.Max(math.Abs(x), math.Abs(y))
}

// A summit is the bars of one style that lie farthest from zero: several where
// they read alike.
type summit struct {
	names []string
	bar   Bar // the first of them
	all   int // bars of the style
}

// most is how many names a title gives at most.
const most = 3

// summitOf returns the bars of a style that lie farthest from zero.
func summitOf(bars []Bar, style Style) summit {
	s := summit{}
	for _, bar := range bars {
		if bar.Style != style {
			continue
		}
		s.all++
		size, highest := math.Abs(bar.Value), math.Abs(s.bar.Value)
		switch {
		case len(s.names) == 0 || size > highest && !alike(size, highest):
			s.names, s.bar = []string{bar.Label}, bar
		case alike(size, highest):
			s.names = append(s.names, bar.Label)
		}
	}
	return s
}

// stands reports whether the bars can be named as the highest: some, not all
// and not zero.
func (s summit) stands() bool {
	return len(s.names) > 0 && len(s.names) <= most && s.bar.Value != 0 && (s.all == 1 || len(s.names) < s.all)
}

// listed returns the names, and how many they are.
func (s summit) listed() (names, n dataset.Quantity) {
	return dataset.Quantity{Unit: dataset.Names, List: s.names}, count(len(s.names))
}

// tied names the bars that read as one of them does, at most three: else it
// alone.
func tied(bars []Bar, as Bar) dataset.Quantity {
	var names []string
	for _, bar := range bars {
		if math.Round(bar.Text.Value) == math.Round(as.Text.Value) {
			names = append(names, bar.Label)
		}
	}
	if len(names) > most {
		names = []string{as.Label}
	}
	return dataset.Quantity{Unit: dataset.Names, List: names}
}

// contributionsTitle names what adds most and what takes most of a value, or of
// the one side that the bars show.
func (b *builder) contributionsTitle(bars []Bar, total float64) dataset.Message {
	kind := "points"
	if b.money() {
		kind = "money"
	}
	plus, minus := summitOf(bars, StylePlus), summitOf(bars, StyleMinus)
	up, ups := plus.listed()
	down, downs := minus.listed()
	switch adds, takes := plus.stands(), minus.stands(); {
	case minus.all == 0 && adds:
		return dataset.Msg("chart.contributions.no_costs."+kind, up, b.unsigned(plus.bar.Value), b.unsigned(total), ups)
	case plus.all == 0 && takes:
		return dataset.Msg("chart.contributions.no_benefits."+kind, down, b.unsigned(-minus.bar.Value), b.unsigned(-total), downs)
	case minus.all == 0:
		return dataset.Msg("chart.contributions.level.no_costs")
	case plus.all == 0:
		return dataset.Msg("chart.contributions.level.no_benefits")
	case adds && takes:
		return dataset.Msg("chart.contributions."+kind, up, plus.bar.Text, down, minus.bar.Text, ups, downs)
	case adds:
		return dataset.Msg("chart.contributions.plus."+kind, up, plus.bar.Text, ups)
	case takes:
		return dataset.Msg("chart.contributions.minus."+kind, down, minus.bar.Text, downs)
	}
	return dataset.Msg("chart.contributions.level." + kind)
}

// differencesTitle counts where we are ahead and where behind: clearly, or as
// rated where nothing could be tested.
func differencesTitle(bars []Bar, tested bool) dataset.Message {
	ahead, behind := 0, 0
	for _, bar := range bars {
		if bar.Style == StylePlus || !tested && bar.Text.Value > 0 {
			ahead++
		}
		if bar.Style == StyleMinus || !tested && bar.Text.Value < 0 {
			behind++
		}
	}
	kind := "both"
	switch {
	case ahead == 0 && behind == 0:
		kind = "none"
	case behind == 0:
		kind = "ahead"
	case ahead == 0:
		kind = "behind"
	}
	if !tested {
		kind = strings.TrimSuffix("untested."+kind, ".both")
	}
	return dataset.Msg("chart.differences."+kind, count(ahead), count(behind), count(len(bars)-ahead-behind), count(len(bars)))
}

// rankedTitle gives the span of value over the customers, and which of them the
// chart shows; the order begins with the highest and ends with the lowest.
func (b *builder) rankedTitle(order []int, all, half int) dataset.Message {
	own := b.r.Value.Own.Value
	high, low := own[order[0]], own[order[len(order)-1]]
	args := []dataset.Quantity{count(all), b.worth(low), b.worth(high), count(half)}
	switch {
	case all == 1:
		return dataset.Msg("chart.ranked.one", args...)
	case all == 2 && !alike(high, low):
		return dataset.Msg("chart.ranked.two", args...)
	case alike(high, low):
		return dataset.Msg("chart.ranked.same", args...)
	case half > 0:
		return dataset.Msg("chart.ranked.ends", args...)
	}
	return dataset.Msg("chart.ranked.all", args...)
}

// segmentChartTitle counts the segments whose value is clearly above zero;
// without intervals it gives the span of their means.
func (b *builder) segmentChartTitle(bars []Bar) dataset.Message {
	above, tested := 0, false
	low, high := math.Inf(1), math.Inf(-1)
	for _, bar := range bars {
		tested = tested || !math.IsNaN(bar.Lo)
		if bar.Lo > 0 {
			above++
		}
		low, high = math.Min(low, bar.Value), math.Max(high, bar.Value)
	}
	switch {
	case len(bars) == 1:
		return dataset.Msg("chart.segments.one", text(bars[0].Label), bars[0].Text)
	case !tested:
		return dataset.Msg("chart.segments.untested", b.worth(low), b.worth(high), count(len(bars)))
	case above == 0:
		return dataset.Msg("chart.segments.none", count(len(bars)))
	case above == 2 && len(bars) == 2:
		return dataset.Msg("chart.segments.both")
	case above == len(bars):
		return dataset.Msg("chart.segments.all", count(len(bars)))
	}
	return dataset.Msg("chart.segments.some", count(above), count(len(bars)))
}

// mixTitle names the segment in which one class takes the largest share, of
// those with some customers.
func (b *builder) mixTitle(r *segment.Result) dataset.Message {
	const some = 5
	best, most := dataset.Message{}, 0.0
	for _, s := range r.Segments {
		if s.N < some || s.N-s.Counts[quadrant.NotClassified] < some {
			continue
		}
		for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
			if part := float64(s.Counts[class]) / float64(s.N); part > most {
				best, most = dataset.Msg("chart.mix.title", share(part), text(s.Name), className(b.r.Options, b.r.Quadrant.ID(class))), part
			}
		}
	}
	if best.IsZero() {
		return dataset.Msg("chart.mix.level")
	}
	return best
}

// leadsTitle names the widest lead and the widest lag of all segments.
func leadsTitle(panels []Panel) dataset.Message {
	var high, low dataset.Quantity
	args := make([]dataset.Quantity, 6)
	for _, p := range panels {
		for _, bar := range p.Bars {
			if bar.Value > high.Value {
				high = bar.Text
				args[0], args[1], args[2] = text(bar.Label), text(p.Label), bar.Text
			}
			if bar.Value < low.Value {
				low = bar.Text
				args[3], args[4], args[5] = text(bar.Label), text(p.Label), bar.Text
			}
		}
	}
	switch {
	case high.Value > 0 && low.Value < 0:
		return dataset.Msg("chart.leads.both", args...)
	case high.Value > 0:
		return dataset.Msg("chart.leads.ahead", args...)
	case low.Value < 0:
		return dataset.Msg("chart.leads.behind", args...)
	}
	return dataset.Msg("chart.leads.equal")
}

// scoresChartTitle names the segment of scores with the most customers.
func scoresChartTitle(r *rfm.Result) dataset.Message {
	best, ties := 0, 0
	for k, g := range r.Segments {
		switch most := r.Segments[best].Customers; {
		case k == 0 || g.Customers > most:
			best, ties = k, 1
		case g.Customers == most:
			ties++
		}
	}
	if ties != 1 {
		return dataset.Msg("chart.rfm.level", count(r.N))
	}
	return dataset.Msg("chart.rfm.title", ScoreSegment(r.Segments[best].Segment), count(r.Segments[best].Customers), count(r.N))
}

// shareChartTitle says how much the best tenth and the best half hold, of a
// quantity with losses where the sum is highest.
func shareChartTitle(c *analysis.Concentration) dataset.Message {
	if w := whale(c); w != nil {
		return dataset.Msg("chart.concentration.whale", held(c), count(w.Customers), money(w.Peak), money(c.Total))
	}
	if !(c.Total > 0) {
		return dataset.Msg("chart.concentration.plain", held(c))
	}
	return dataset.Msg("chart.concentration.top", held(c), share(c.At(0.1).Share), share(c.At(0.5).Share))
}

// tenthsTitle says how much of the value the best tenth of the customers holds;
// means are of tenths of nearly equal size.
func tenthsTitle(best, total float64, months, kind dataset.Quantity) dataset.Message {
	if !(best > 0) || best > total {
		return dataset.Msg("chart.tenths.level", months, kind)
	}
	return dataset.Msg("chart.tenths.title", months, kind, share(best/total))
}

// levelsTitle says how the entry that stands out compares with all customers,
// of a chart that shows some of the entries.
func levelsTitle(p *profile.Ideal, shown int) dataset.Message {
	all := share(float64(p.TopN) / float64(p.N))
	more := dataset.Message{}
	if shown < len(p.Levels) {
		more = dataset.Msg("chart.profile.shown", count(shown), count(len(p.Levels)))
	}
	k := standout(p)
	if k < 0 {
		return dataset.Msg("chart.profile.none", all, dataset.Sentence(more))
	}
	return dataset.Msg("chart.profile.title", all, dataset.Sentence(more), text(p.Levels[k].Name), share(topShare(p.Levels[k])))
}

// bestClass is the field of a quadrant where everybody had better be.
func bestClass(q *quadrant.Result) quadrant.Class {
	if q.Pair.X == quadrant.Benefits && q.Pair.Y == quadrant.Costs {
		return quadrant.HighLow // much benefit at little cost
	}
	return quadrant.HighHigh
}

// arrowsTitle counts who came into the best class and who dropped out of it.
func (b *builder) arrowsTitle(h *History) dataset.Message {
	in, out, best := 0, 0, bestClass(b.r.Quadrant)
	for from, row := range h.Movement.Matrix {
		for to, n := range row {
			before, now := movement.State(from), movement.State(to)
			switch {
			case !before.Classed() || !now.Classed() || from == to:
			case now == movement.State(best):
				in += n
			case before == movement.State(best):
				out += n
			}
		}
	}
	return dataset.Msg("chart.arrows.title", h.since(), className(b.r.Options, b.r.Quadrant.ID(best)), count(in), count(out))
}

// offersChartTitle says how far the best offer leads the next.
func (b *builder) offersChartTitle(m merit, bars []Bar) dataset.Message {
	if len(bars) == 0 {
		return dataset.Message{}
	}
	first := bars[0]
	if len(bars) == 1 {
		return dataset.Msg("chart.offers.one", text(first.Label), first.Text)
	}
	next := bars[1]
	switch {
	case alike(first.Value, bars[len(bars)-1].Value):
		return dataset.Msg("chart.offers.same", count(len(bars)), first.Text)
	case alike(first.Value, next.Value):
		return dataset.Msg("chart.offers.tied", text(first.Label), text(next.Label), first.Text)
	}
	lead, kind := b.unsigned(first.Value-next.Value), string(m)
	if lead.Unit == dataset.Money {
		kind += ".money"
	}
	return dataset.Msg("chart.offers."+kind, text(first.Label), text(next.Label), lead)
}

// offerQuadrantTitle counts the offers in the best class, and in the largest
// where it is empty.
func (b *builder) offerQuadrantTitle() dataset.Message {
	q := b.r.OfferQuadrant
	best, largest := bestClass(q), quadrant.HighHigh
	for class := quadrant.HighHigh; class <= quadrant.LowLow; class++ {
		if q.Counts[class] > q.Counts[largest] {
			largest = class
		}
	}
	name := className(b.r.Options, q.ID(best))
	if q.Counts[best] == 0 {
		code := "chart.offer_quadrant.none"
		if q.Counts[largest] == classified(q) && classified(q) > 1 {
			code = "chart.offer_quadrant.none.all"
		}
		return dataset.Msg(code, count(q.Counts[largest]), count(classified(q)), name, className(b.r.Options, q.ID(largest)))
	}
	return dataset.Msg("chart.offer_quadrant.title", count(q.Counts[best]), count(classified(q)), name)
}
