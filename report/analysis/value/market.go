package value

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// market computes the position against the rivals (METHOD 2, 3).
func (r *Result) market(t *table) *Market {
	m := &Market{Rivals: t.rivals, OneToTen: t.oneToTen(), BestRival: -1,
		MPQ: stat.Nothing(), RelativePrice: stat.Nothing(), AgainstBest: stat.Nothing(), Q2: math.NaN()}
	samples := m.compareAll(t)
	m.areas(t)
	m.profile(t, samples)
	m.worth(t)
	m.winLoss(t)
	m.Relative = t.mean(r.Relative, 0)
	m.WinShare = t.winShare(r.Relative)
	m.best(t, r)
	m.MapPoints, m.Line = t.valueMap(samples, m)
	return m
}

// compareAll compares every attribute with the mean of the rivals and with
// each of them; each is a family of its own for Holm's adjustment.
func (m *Market) compareAll(t *table) []sample {
	all := make([]compared, t.m)
	stat.EachOf(t.n, t.m, func(a int) { all[a] = t.compare(a, t.rivals, everyRival, m.OneToTen) })
	var samples []sample
	for _, c := range all {
		if c.ok {
			samples, m.Comparisons = append(samples, c.sample), append(m.Comparisons, c.comparison)
		}
	}
	each := make([]compared, len(t.rivals)*t.m)
	stat.EachOf(t.n, len(each), func(k int) {
		rival := t.rivals[k/t.m]
		each[k] = t.compare(k%t.m, []int{rival}, rival, m.OneToTen)
		each[k].sample = sample{} // nobody asks for it any more
	})
	for _, c := range each {
		if c.ok {
			m.PerRival = append(m.PerRival, c.comparison)
		}
	}
	t.stand(m.Comparisons)
	t.stand(m.PerRival)
	return samples
}

// compared is one comparison with what it was made of; ok is false where there is none.
type compared struct {
	sample     sample
	comparison Comparison
	ok         bool
}

// compare compares one attribute with some rivals.
func (t *table) compare(a int, rivals []int, rival int, oneToTen bool) (c compared) {
	if c.sample, c.ok = t.sampleOf(a, rivals); c.ok {
		c.comparison = t.comparison(c.sample, rival, oneToTen)
	}
	return c
}

// areas sets w (r - 1) and the share of weight compared (METHOD 2.6).
func (m *Market) areas(t *table) {
	var available [2]stat.Summer
	for _, c := range m.Comparisons {
		if !math.IsNaN(c.Ratio.Value) {
			available[t.d.Attributes[c.Attribute].Side].Add(t.weight[c.Attribute])
		}
	}
	for i, c := range m.Comparisons {
		side := t.d.Attributes[c.Attribute].Side
		m.Comparisons[i].Area = 100 * t.weight[c.Attribute] / available[side].Sum() * (c.Ratio.Value - 1)
		if t.mode == Money {
			m.Comparisons[i].Area = math.NaN()
		}
	}
	m.CoverQuality = t.coverage(dataset.Benefit, available[dataset.Benefit].Sum())
	m.CoverPrice = t.coverage(dataset.Cost, available[dataset.Cost].Sum())
}

// best finds the rival with the highest mean value on the common sets and
// compares us with it (METHOD 3, levels). Of equal ones it is the first by name.
func (m *Market) best(t *table, r *Result) {
	best := math.Inf(-1)
	for j, k := range t.rivals {
		mean := stat.Nearly(stat.Mean(t.gatherOf(func(i int) float64 { _, other := r.Against(j, i); return other })))
		if math.IsNaN(mean) {
			continue
		}
		first := m.BestRival >= 0 && mean == best && t.d.Suppliers[k].Name < t.d.Suppliers[m.BestRival].Name
		if mean > best || first {
			best, m.BestRival = mean, k
			x, p := t.gatherOf(func(i int) float64 { own, other := r.Against(j, i); return own - other })
			m.AgainstBest = stat.OneSample(x, p, 0, t.o.Sampling)
		}
	}
}

// winShare returns the share of customers who rate us better (METHOD 3).
func (t *table) winShare(relative []float64) stat.Estimate {
	x, p := t.gather(relative)
	for i, v := range x {
		x[i] = 0
		if stat.Nearly(v) > 0 {
			x[i] = 1
		}
	}
	if len(x) == 0 {
		return stat.Nothing()
	}
	n := stat.NewMoment(x, p, t.o.Sampling).NEff
	return stat.Wilson(stat.Mean(x, p)*n, n, len(x), t.o.Sampling)
}

// winLoss counts wins and losses over all triples of respondent, rival and
// attribute (METHOD 2.7). Amounts of money have no scale whose range could set
// the tie band: there is no score then.
func (m *Market) winLoss(t *table) {
	var sides [2]winSum
	for a := range t.m {
		own := t.column(t.own, a)
		if own == nil || !t.in[a] || t.mode == Money {
			continue
		}
		for _, k := range t.rivals {
			if other := t.column(k, a); other != nil {
				sides[t.d.Attributes[a].Side].count(t, a, own, other)
			}
		}
	}
	benefits, costs := sides[dataset.Benefit], sides[dataset.Cost]
	m.WinBenefits, m.WinCosts = benefits.score(), costs.score()
	benefits.win.Add(costs.win.Sum())
	benefits.loss.Add(costs.loss.Sum())
	benefits.total.Add(costs.total.Sum())
	m.WinAll = benefits.score()
}

type winSum struct{ win, loss, total stat.Summer }

func (s *winSum) count(t *table, a int, own, other []float64) {
	points, weight := t.lens(a, false).points, t.normalised(a)
	if !(weight > 0) {
		return
	}
	tie := stat.Nearly(100 * t.o.Tie)
	for _, i := range t.order {
		d := stat.Nearly(points * (own[i] - other[i]))
		if math.IsNaN(d) {
			continue
		}
		w := weight * t.sampleWeight(i)
		s.total.Add(w)
		if d > tie {
			s.win.Add(w)
		} else if d < -tie {
			s.loss.Add(w)
		}
	}
}

func (s *winSum) score() WinLoss {
	w := WinLoss{Net: math.NaN(), WinWeight: s.win.Sum(), LossWeight: s.loss.Sum(), Total: s.total.Sum()}
	if w.Total > 0 {
		w.Net = 100 * (w.WinWeight - w.LossWeight) / w.Total
	}
	return w
}

// worth sets the CVA ratio of METHOD 2.4 from "worth what paid", or from U on
// the common set.
func (m *Market) worth(t *table) {
	own, rivals := t.worthAsked()
	m.WorthAsked = own != nil
	if !m.WorthAsked {
		own, rivals = t.worthFromUtility()
	}
	m.CVA, m.OwnWorth, m.RivalWorth = t.worthRatio(own, rivals)
}

// worthAsked returns the answers on 1-10, ours and the rivals'; nil when either
// was not asked.
func (t *table) worthAsked() (own []float64, rivals [][]float64) {
	ask := dataset.Attribute{Scale: t.d.WorthScale}
	if !ask.Scale.Bounded() {
		ask.Scale = dataset.Scale{Lo: 1, Hi: 10}
	}
	answers := func(s int) []float64 {
		if s < 0 || s >= len(t.d.Worth) {
			return nil
		}
		x := usable(t.d.Worth[s].Values, ask, t.n)
		if x == nil || ask.Scale.Lo == 1 && ask.Scale.Hi == 10 {
			return x
		}
		out := make([]float64, t.n)
		for i, v := range x {
			out[i] = 1 + 9*ask.Unit(v)
		}
		return out
	}
	for s, supplier := range t.d.Suppliers {
		if x := answers(s); x != nil && !supplier.Own {
			rivals = append(rivals, x)
		}
	}
	if own = answers(t.own); len(rivals) == 0 {
		own = nil
	}
	return own, rivals
}

// worthFromUtility returns V = 1 + 9U/100 of us and of the rivals' mean, on the
// common set.
func (t *table) worthFromUtility() (own []float64, rivals [][]float64) {
	own, other := make([]float64, t.n), make([]float64, t.n)
	for i := range own {
		mean := t.common(everyRival, i)
		own[i] = 1 + 9*t.utility(mean.own[dataset.Benefit], mean.own[dataset.Cost])/100
		other[i] = 1 + 9*t.utility(mean.other[dataset.Benefit], mean.other[dataset.Cost])/100
	}
	return own, [][]float64{other}
}

// worthRatio compares answers on one scale: paired, or as two samples when too
// few answered for both (METHOD 2.1, 2.4).
func (t *table) worthRatio(own []float64, rivals [][]float64) (ratio stat.Estimate, ownMean, rivalMean float64) {
	scale := dataset.Attribute{ID: "worth", Weight: 1, Scale: dataset.Scale{Lo: 1, Hi: 10}}
	small := &table{d: &dataset.Dataset{Attributes: []dataset.Attribute{scale}}, o: t.o, n: t.n, m: 1, mode: Index,
		columns: append([][]float64{own}, rivals...), in: []bool{true}, weight: []float64{1}, total: [2]float64{1, 0}, order: t.order, inOrder: t.inOrder, room: t.room}
	for k := range rivals {
		small.rivals = append(small.rivals, k+1)
	}
	s, ok := small.sampleOf(0, small.rivals)
	if !ok {
		return stat.Nothing(), math.NaN(), math.NaN()
	}
	c := small.comparison(s, everyRival, false)
	return c.Ratio, c.Own, c.Other
}
