package value

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// A lens turns ratings as asked into what is compared: differences in points
// with + for us, and ratios with high = good (METHOD 0.2, scale handling of 2).
// Both are straight lines over the rating, so means can be turned instead of
// every rating.
type lens struct {
	points    float64 // points of 100 per step of the rating, signed; 1 or -1 in money mode
	zero, one float64 // base of ratios = zero + one * rating
	inverse   bool    // the ratio is other/own: amounts of cost
}

func (t *table) lens(a int, oneToTen bool) lens {
	attribute := t.d.Attributes[a]
	highIsGood := (attribute.Side == dataset.Benefit) != attribute.Down
	if t.mode == Money {
		if highIsGood {
			return lens{points: 1, one: 1}
		}
		return lens{points: -1, one: 1, inverse: true}
	}
	lo, width := attribute.Scale.Lo, attribute.Scale.Hi-attribute.Scale.Lo
	switch {
	case highIsGood && oneToTen:
		return lens{points: 100 / width, zero: 1 - 9*lo/width, one: 9 / width}
	case highIsGood:
		return lens{points: 100 / width, one: 1}
	case oneToTen:
		return lens{points: -100 / width, zero: 10 + 9*lo/width, one: -9 / width}
	}
	return lens{points: -100 / width, zero: lo + attribute.Scale.Hi, one: -1}
}

func (l lens) base(x float64) float64 { return l.zero + l.one*x }

// bases turns ratings into the base of ratios, into room of the same length.
func (l lens) bases(x, out []float64) []float64 {
	for i, v := range x {
		out[i] = l.base(v)
	}
	return out
}

// OneToTen reports whether ratios need the 1-10 base: unless all attributes of
// the scores share one declared scale that begins above 0 (METHOD 2).
func (t *table) oneToTen() bool {
	var first dataset.Scale
	for a, attribute := range t.d.Attributes {
		switch s := attribute.Scale; {
		case !t.in[a] || t.mode == Money:
			continue
		case s.Inferred || !(s.Lo > 0):
			return true
		case first == dataset.Scale{}:
			first = s
		case s != first:
			return true
		}
	}
	return false
}

// A sample is the ratings of one attribute that a comparison rests on.
type sample struct {
	attribute   int
	paired      bool
	raters      int     // customers who rated us
	who         []int32 // paired: the pair set, in order
	own, other  []float64
	p           []float64 // sampling weights of who, nil = equal
	ownRaters   []int32   // independent samples: who rated us
	rivals      []int     // rivals compared with, that were rated
	rivalRaters [][]int32
}

// sampleOf collects the ratings for a comparison with some rivals: the pair
// set, or two samples when it is too small (METHOD 2.1). It reports false when
// we or the rivals were not rated.
func (t *table) sampleOf(a int, rivals []int) (sample, bool) {
	s := sample{attribute: a}
	own := t.column(t.own, a)
	if own == nil || !t.in[a] {
		return s, false
	}
	for _, k := range rivals {
		if t.column(k, a) != nil {
			s.rivals = append(s.rivals, k)
		}
	}
	t.pair(&s, own)
	if s.raters == 0 || len(s.rivals) == 0 {
		return s, false
	}
	s.paired = stat.Nearly(float64(len(s.who))/float64(s.raters)) >= pairShare
	if !s.paired {
		t.separate(&s, own)
		return s, len(s.rivals) > 0
	}
	return s, true
}

// pair fills the pair set: a rating of us, and the mean of the rivals rated.
func (t *table) pair(s *sample, own []float64) {
	if t.wholePair(s, own) {
		return
	}
	s.reserve(t, own)
	for _, i := range t.order {
		if math.IsNaN(own[i]) {
			continue
		}
		sum, count := 0.0, 0.0
		for _, k := range s.rivals {
			if x := t.column(k, s.attribute)[i]; !math.IsNaN(x) {
				sum += x
				count++
			}
		}
		if count == 0 {
			continue
		}
		s.who = append(s.who, i)
		s.own, s.other = append(s.own, own[i]), append(s.other, sum/count)
		if t.o.Sample != nil {
			s.p = append(s.p, t.o.Sample[i])
		}
	}
}

// reserve counts who rated us, and makes room for as many pairs.
func (s *sample) reserve(t *table, own []float64) {
	for _, i := range t.order {
		if !math.IsNaN(own[i]) {
			s.raters++
		}
	}
	if len(s.rivals) > 0 {
		s.who, s.own, s.other = make([]int32, 0, s.raters), make([]float64, 0, s.raters), make([]float64, 0, s.raters)
	}
}

// wholePair takes the columns themselves where they are what pair would copy:
// one rival, all customers in order without sampling weights, and each rated
// both.
func (t *table) wholePair(s *sample, own []float64) bool {
	if len(s.rivals) != 1 || t.o.Sample != nil || !t.inOrder || len(own) != len(t.order) {
		return false
	}
	other := t.column(s.rivals[0], s.attribute)
	for i, x := range own {
		if math.IsNaN(x) || math.IsNaN(other[i]) {
			return false
		}
	}
	s.raters, s.who, s.own, s.other = len(own), t.order, own, other
	return true
}

// separate lists who rated us and who rated each rival.
func (t *table) separate(s *sample, own []float64) {
	s.ownRaters = t.raters(own)
	kept := s.rivals[:0]
	for _, k := range s.rivals {
		if who := t.raters(t.column(k, s.attribute)); len(who) > 0 {
			kept = append(kept, k)
			s.rivalRaters = append(s.rivalRaters, who)
		}
	}
	s.rivals = kept
}

func (t *table) raters(column []float64) []int32 {
	var who []int32
	for _, i := range t.order {
		if !math.IsNaN(column[i]) {
			who = append(who, i)
		}
	}
	return who
}

// moment returns the mean of a column over some customers.
func (t *table) moment(column []float64, who []int32) stat.Moment {
	x := make([]float64, len(who))
	var p []float64
	for j, i := range who {
		x[j] = column[i]
		if t.o.Sample != nil {
			p = append(p, t.o.Sample[i])
		}
	}
	return stat.NewMoment(x, p, t.o.Sampling)
}

// rivalMoment returns the unweighted mean of the rivals' means. Its standard
// error adds up, per respondent, what the respondent contributes through all
// the rivals rated, because those ratings are not independent.
func (t *table) rivalMoment(s sample) stat.Moment {
	if len(s.rivals) == 1 {
		return t.moment(t.column(s.rivals[0], s.attribute), s.rivalRaters[0])
	}
	influence, rated := make([]float64, t.n), make([]bool, t.n)
	mean := 0.0
	for j, k := range s.rivals {
		column, who := t.column(k, s.attribute), s.rivalRaters[j]
		m := t.moment(column, who)
		mean += m.Mean / float64(len(s.rivals))
		total := t.totalWeight(who)
		for _, i := range who {
			rated[i] = true
			influence[i] += t.sampleWeight(i) * (column[i] - m.Mean) / total / float64(len(s.rivals))
		}
	}
	return t.influenced(mean, influence, rated)
}

func (t *table) totalWeight(who []int32) float64 {
	var sum stat.Summer
	for _, i := range who {
		sum.Add(t.sampleWeight(i))
	}
	return sum.Sum()
}

// influenced returns a moment from the respondents' influences, which sum to 0.
func (t *table) influenced(mean float64, influence []float64, rated []bool) stat.Moment {
	var squares, first, second stat.Summer
	n := 0
	for _, i := range t.order {
		if !rated[i] {
			continue
		}
		n++
		p := t.sampleWeight(i)
		squares.Add(influence[i] * influence[i])
		first.Add(p)
		second.Add(p * p)
	}
	m := stat.Moment{Mean: mean, SE: math.NaN(), N: n, NEff: first.Sum() * first.Sum() / second.Sum()}
	if n > 1 {
		m.SE = math.Sqrt(squares.Sum()*float64(n)/float64(n-1)) * t.o.Sampling.Correction(n)
		if m.SE <= 1e-12*math.Max(1, math.Abs(mean)) {
			m.SE = 0
		}
	}
	return m
}

// turned returns a moment seen through a straight line.
func turned(m stat.Moment, zero, one float64) stat.Moment {
	m.Mean, m.SE = zero+one*m.Mean, math.Abs(one)*m.SE
	return m
}

// comparison computes one comparison; rival is everyRival or a supplier.
func (t *table) comparison(s sample, rival int, oneToTen bool) Comparison {
	l := t.lens(s.attribute, oneToTen)
	c := Comparison{Attribute: s.attribute, Rival: rival, Weight: t.normalised(s.attribute), Independent: !s.paired,
		PHolm: math.NaN(), Area: math.NaN(), Standing: Unclear}
	if s.paired {
		t.pairedFigures(&c, s, l)
	} else {
		t.independentFigures(&c, s, l)
	}
	c.OwnGood, c.OtherGood = l.base(c.Own), l.base(c.Other)
	return c
}

func (t *table) pairedFigures(c *Comparison, s sample, l lens) {
	c.N = len(s.who)
	c.Own, c.Other = stat.Mean(s.own, s.p), stat.Mean(s.other, s.p)
	n := len(s.own)
	room := t.borrow(3 * n)
	defer t.giveBack(room)
	d := room[:n]
	for i := range d {
		d[i] = l.points * (s.own[i] - s.other[i])
	}
	c.Difference = stat.PairedMean(d, s.p, t.o.Sampling)
	own, other := l.bases(s.own, room[n:2*n]), l.bases(s.other, room[2*n:])
	if l.inverse {
		own, other = other, own
	}
	c.Ratio = stat.PairedRatio(own, other, s.p, t.o.Sampling, d)
	if stat.NewMoment(other, s.p, t.o.Sampling).NearZero() {
		c.Ratio = t.bootstrapRatio(own, other, s.p)
	}
}

func (t *table) independentFigures(c *Comparison, s sample, l lens) {
	own, other := t.moment(t.column(t.own, s.attribute), s.ownRaters), t.rivalMoment(s)
	c.N, c.Own, c.Other = min(own.N, other.N), own.Mean, other.Mean
	c.Difference = stat.Welch(turned(own, 0, l.points), turned(other, 0, l.points), t.o.Sampling)
	own, other = turned(own, l.zero, l.one), turned(other, l.zero, l.one)
	if l.inverse {
		own, other = other, own
	}
	c.Ratio = stat.IndependentRatio(own, other, t.o.Sampling)
	if other.NearZero() {
		c.Ratio = stat.Point(c.Ratio.Value, c.N, stat.NotOffered)
	}
}

// bootstrapRatio is the interval where the denominator may be near zero
// (METHOD 3.7).
func (t *table) bootstrapRatio(own, other, p []float64) stat.Estimate {
	point := stat.Point(stat.Mean(own, p)/stat.Mean(other, p), len(own), stat.NotOffered)
	if len(own) < stat.MinBootstrap || len(own) > t.o.BootstrapMax || t.o.Bootstrap < 1 {
		return point
	}
	sampler := stat.NewResampler(len(own))
	o, c := sampler.Column(weighted(own, p)), sampler.Column(weighted(other, p))
	lo, hi, se := sampler.Run(t.o.Bootstrap, t.o.Seed, 1, func(sums, out []float64) { out[0] = sums[o] / sums[c] })
	point.Lo, point.Hi, point.SE, point.Method, point.Why = lo[0], hi[0], se[0], stat.BootstrapCI, stat.HasInterval
	return point
}

func weighted(x, p []float64) []float64 {
	if p == nil {
		return x
	}
	out := make([]float64, len(x))
	for i := range x {
		out[i] = x[i] * p[i]
	}
	return out
}

// stand adjusts the p-values over a family of comparisons and gives each its
// standing (METHOD 3.9).
func (t *table) stand(family []Comparison) {
	p := make([]float64, len(family))
	for i, c := range family {
		p[i] = c.Difference.P
	}
	meaningful := t.o.Meaningful
	for i, adjusted := range stat.Holm(p) {
		family[i].PHolm = adjusted
		if t.mode == Money {
			meaningful = t.o.DeltaMoney * math.Abs(family[i].Other)
		}
		family[i].Standing = StandingOf(family[i].Difference, adjusted, meaningful)
	}
}

// StandingOf returns the verdict of METHOD 3.9 on a difference with its
// adjusted p-value; meaningful is the smallest difference that matters.
func StandingOf(difference stat.Estimate, adjusted, meaningful float64) Standing {
	large := stat.Nearly(math.Abs(difference.Value)) >= stat.Nearly(meaningful)
	switch {
	case adjusted < 0.05 && difference.Value > 0 && large:
		return Leader
	case adjusted < 0.05 && difference.Value > 0:
		return SlightlyAhead
	case adjusted < 0.05 && large:
		return Laggard
	case adjusted < 0.05:
		return SlightlyBehind
	case difference.Lo > -meaningful && difference.Hi < meaningful:
		return Par
	}
	return Unclear
}
