package value

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// Profile returns the weighted mean of the ratios own/other, 100 = parity, and
// the areas w (r - 1), which add up to it less 100 (METHOD 2.2, 2.3, 2.6). A
// pair whose ratio cannot be formed drops its weight. It returns NaN when
// nothing is left.
func Profile(weight, own, other []float64) (score float64, areas []float64) {
	var sum, total stat.Summer
	ratios := make([]float64, len(weight))
	for i, w := range weight {
		ratios[i] = math.NaN()
		if own[i] > 0 && other[i] > 0 && w >= 0 {
			ratios[i] = own[i] / other[i]
			sum.Add(w * ratios[i])
			total.Add(w)
		}
	}
	areas = make([]float64, len(weight))
	for i, w := range weight {
		areas[i] = 100 * w / total.Sum() * (ratios[i] - 1)
	}
	if !(total.Sum() > 0) {
		return math.NaN(), areas
	}
	return 100 * sum.Sum() / total.Sum(), areas
}

// A profiler computes MPQ, the price profile and actual prices from sums over
// respondents, so that a resample needs nothing but sums.
type profiler struct {
	t      *table
	m      *Market
	who    []int32 // respondents of any sample, in order
	sample *stat.Resampler
	place  []int32 // customer -> index in who, -1 = not there
	parts  []profilePart
	prices []profilePart
	out    [2]float64
}

// A profilePart is one attribute: which sums give its two means.
type profilePart struct {
	side       dataset.Side
	weight     float64
	lens       lens
	sample     sample
	own, ownN  int
	other      []int // one per rival, or one for the pair set
	otherCount []int
}

// profile sets MPQ, its aggregate variant and the relative price with their
// intervals (METHOD 2.2, 2.3, 3.7, 3.8).
func (m *Market) profile(t *table, samples []sample) {
	p := &profiler{t: t, m: m, place: make([]int32, t.n)}
	priceSamples := m.choosePrices(t)
	p.list(append(append([]sample(nil), samples...), priceSamples...))
	if t.mode == Index {
		m.aggregate(t)
		for _, s := range samples {
			p.parts = append(p.parts, p.part(s))
		}
	}
	for _, s := range priceSamples {
		p.prices = append(p.prices, p.part(s))
	}
	p.estimate()
}

// aggregate sets Q2 and says what the price profile holds.
func (m *Market) aggregate(t *table) {
	var own, other stat.Summer
	for _, c := range m.Comparisons {
		attribute := t.d.Attributes[c.Attribute]
		switch {
		case math.IsNaN(c.Ratio.Value):
		case attribute.Side == dataset.Benefit:
			own.Add(t.weight[c.Attribute] * c.OwnGood)
			other.Add(t.weight[c.Attribute] * c.OtherGood)
		case attribute.Group != dataset.Monetary && !m.ActualPrices:
			m.RelativeCost = true
		}
	}
	if other.Sum() > 0 {
		m.Q2 = 100 * own.Sum() / other.Sum()
	}
}

// choosePrices returns the samples of the amounts that serve as actual prices,
// none when a rated supplier lacks one (METHOD 2.3).
func (m *Market) choosePrices(t *table) []sample {
	attributes, monetary := t.priceAttributes()
	var out []sample
	for _, a := range attributes {
		for _, k := range append([]int{t.own}, t.rivals...) {
			if t.column(k, a) == nil {
				return nil
			}
		}
		was := t.in[a]
		t.in[a] = true // an amount stands outside the scores, but is compared here
		s, ok := t.sampleOf(a, t.rivals)
		t.in[a] = was
		if !ok {
			return nil
		}
		out = append(out, s)
	}
	if len(out) > 0 {
		m.ActualPrices, m.RelativeCost = true, !monetary
	}
	return out
}

// priceAttributes returns the costs given as amounts without a scale: those of
// the monetary group, or all when none is in it. What access costs beside
// ratings is no price.
func (t *table) priceAttributes() (attributes []int, monetary bool) {
	var all []int
	for a, attribute := range t.d.Attributes {
		if attribute.Side != dataset.Cost || !attribute.Money || t.mode == Index && (attribute.Scale.Bounded() || attribute.Group == dataset.Access) {
			continue
		}
		all = append(all, a)
		if attribute.Group == dataset.Monetary {
			attributes = append(attributes, a)
		}
	}
	// A lone amount without a group is a price; several costs in money mode are
	// told apart by their groups.
	if len(attributes) == 0 {
		return all, t.mode == Index
	}
	return attributes, true
}

// list numbers the respondents of all samples, in the order of their IDs.
func (p *profiler) list(samples []sample) {
	there := make([]bool, p.t.n)
	for _, s := range samples {
		for _, group := range append([][]int32{s.who, s.ownRaters}, s.rivalRaters...) {
			for _, i := range group {
				there[i] = true
			}
		}
	}
	for i := range p.place {
		p.place[i] = -1
	}
	for _, i := range p.t.order {
		if there[i] {
			p.place[i] = int32(len(p.who))
			p.who = append(p.who, i)
		}
	}
	p.sample = stat.NewResampler(len(p.who))
}

// part registers the columns of one attribute.
func (p *profiler) part(s sample) profilePart {
	t := p.t
	part := profilePart{side: t.d.Attributes[s.attribute].Side, weight: t.weight[s.attribute], sample: s}
	if t.in[s.attribute] {
		part.lens = t.lens(s.attribute, p.m.OneToTen)
	}
	if s.paired {
		part.own = p.column(s.who, s.own)
		part.other = []int{p.column(s.who, s.other)}
		part.ownN = p.column(s.who, nil)
		part.otherCount = []int{part.ownN}
		return part
	}
	own := t.column(t.own, s.attribute)
	part.own, part.ownN = p.column(s.ownRaters, pick(own, s.ownRaters)), p.column(s.ownRaters, nil)
	for j, k := range s.rivals {
		who := s.rivalRaters[j]
		part.other = append(part.other, p.column(who, pick(t.column(k, s.attribute), who)))
		part.otherCount = append(part.otherCount, p.column(who, nil))
	}
	return part
}

func pick(column []float64, who []int32) []float64 {
	out := make([]float64, len(who))
	for j, i := range who {
		out[j] = column[i]
	}
	return out
}

// column adds a column of weighted values, or of the weights themselves when
// values is nil; customers outside who add nothing.
func (p *profiler) column(who []int32, values []float64) int {
	if values != nil && p.t.o.Sample == nil && len(who) == len(p.who) {
		return p.sample.Column(values) // everybody, in order, each counting once
	}
	dense := make([]float64, len(p.who))
	for j, i := range who {
		w := p.t.sampleWeight(i)
		if values != nil {
			w *= values[j]
		}
		dense[p.place[i]] = w
	}
	return p.sample.Column(dense)
}

// means returns the two means of a part from sums; NaN when a resample holds
// nobody.
func (part *profilePart) means(sums []float64) (own, other float64) {
	own = sums[part.own] / sums[part.ownN]
	count := 0.0
	for j, c := range part.other {
		if n := sums[part.otherCount[j]]; n > 0 {
			other += sums[c] / n
			count++
		}
	}
	return own, other / count
}

// ratio returns own/other on the base of ratios.
func (part *profilePart) ratio(sums []float64) float64 {
	own, other := part.means(sums)
	own, other = part.lens.base(own), part.lens.base(other)
	if !(own > 0) || !(other > 0) {
		return math.NaN()
	}
	return own / other
}

// statistic computes MPQ and relative price from sums.
func (p *profiler) statistic(sums, out []float64) {
	var score, weight [2]float64
	for k := range p.parts {
		part := &p.parts[k]
		if r := part.ratio(sums); !math.IsNaN(r) {
			score[part.side] += part.weight * r
			weight[part.side] += part.weight
		}
	}
	out[0] = 100 * score[dataset.Benefit] / weight[dataset.Benefit]
	out[1] = 100 * weight[dataset.Cost] / score[dataset.Cost]
	if len(p.prices) == 0 {
		return
	}
	own, other := 0.0, 0.0
	for k := range p.prices {
		o, c := p.prices[k].means(sums)
		own, other = own+o, other+c
	}
	out[1] = math.NaN()
	if own > 0 && other > 0 {
		out[1] = 100 * own / other
	}
}

// estimate sets both figures: by the bootstrap, above BootstrapMax by the delta
// method, below MinBootstrap without an interval.
func (p *profiler) estimate() {
	n := len(p.who)
	p.statistic(p.sample.Sums(), p.out[:])
	p.m.MPQ, p.m.RelativePrice = p.point(p.out[0]), p.point(p.out[1])
	sampling := p.t.o.Sampling
	switch {
	case sampling.Census || sampling.Population > 0 && n >= sampling.Population:
		p.both(func(e *stat.Estimate, _ int) { e.Why = stat.Census })
	case n < stat.MinBootstrap || p.t.o.Bootstrap < 1 && n <= p.t.o.BootstrapMax:
		p.both(func(e *stat.Estimate, _ int) { e.Why = stat.NotOffered })
	case n <= p.t.o.BootstrapMax:
		lo, hi, se := p.sample.Run(p.t.o.Bootstrap, p.t.o.Seed, 2, p.statistic)
		p.both(func(e *stat.Estimate, k int) {
			e.Lo, e.Hi, e.SE, e.Method = lo[k], hi[k], se[k], stat.BootstrapCI
		})
	default:
		p.both(func(e *stat.Estimate, k int) { *e = p.delta(*e, k) })
	}
}

func (p *profiler) point(value float64) stat.Estimate {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return stat.Nothing()
	}
	return stat.Point(value, len(p.who), stat.HasInterval)
}

func (p *profiler) both(set func(e *stat.Estimate, statistic int)) {
	for k, e := range []*stat.Estimate{&p.m.MPQ, &p.m.RelativePrice} {
		if !math.IsNaN(e.Value) {
			set(e, k)
		}
	}
}

// delta returns the estimate with the delta-method interval on the logarithm:
// each respondent's influence on a statistic of sums is its gradient times the
// respondent's row.
func (p *profiler) delta(e stat.Estimate, k int) stat.Estimate {
	influence := p.sample.Influence(2, k, p.statistic)
	n := float64(len(influence))
	var squares stat.Summer
	for _, v := range influence {
		squares.Add(v * v)
	}
	se := math.Sqrt(squares.Sum()*n/(n-1)) / e.Value * p.t.o.Sampling.Correction(len(influence))
	// A constant carries the logarithm: 100 is parity.
	r := stat.LogRatio(e.Value, 100, se, n-1, e.N, n, p.t.o.Sampling)
	r.Value, r.Lo, r.Hi = e.Value, 100*r.Lo, 100*r.Hi
	return r
}
