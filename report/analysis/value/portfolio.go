package value

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// portfolio fills the figures over all customers (METHOD 1, 3.11).
func (r *Result) portfolio(t *table, own [2]sideSum) {
	nan := math.NaN()
	r.MeanValue = t.mean(r.Own.Value, 0)
	benefits, costs := r.Averaged()
	r.MeanBenefits, r.MeanCosts = t.mean(benefits, nan), t.mean(costs, nan)
	r.MeanRatio = r.meanRatio(t)
	r.Rank, r.RankTied = stat.Ranks(r.Own.Value)
	for i := range r.Own.Value {
		if _, why := r.Own.Ratio(i); why == NoCostReported {
			r.NoCost++
		}
	}
	r.indexes(t)
	r.attributeMeans(t, own)
	r.groupMeans(t)
}

// Averaged returns B and C of the customers that means rest on, NaN for the
// others: those who have a value, so that mean benefits less mean costs are the
// mean value. Where nobody has a value, each side has its own respondents.
func (r *Result) Averaged() (benefits, costs []float64) {
	if r.MeanValue.N == 0 {
		return r.Own.Benefits, r.Own.Costs
	}
	if r.averagesAll() {
		return r.Own.Benefits, r.Own.Costs
	}
	benefits, costs = missing(len(r.Own.Value)), missing(len(r.Own.Value))
	for i, v := range r.Own.Value {
		if !math.IsNaN(v) {
			benefits[i], costs[i] = r.Own.Benefits[i], r.Own.Costs[i]
		}
	}
	return benefits, costs
}

// averagesAll reports whether nobody without a value has one of its two sides.
func (r *Result) averagesAll() bool {
	for i, v := range r.Own.Value {
		if math.IsNaN(v) && !(math.IsNaN(r.Own.Benefits[i]) && math.IsNaN(r.Own.Costs[i])) {
			return false
		}
	}
	return true
}

// meanRatio returns sum B / sum C over the customers with a finite ratio.
func (r *Result) meanRatio(t *table) float64 {
	var b, c stat.Summer
	for _, i := range t.order {
		if x, _ := r.Own.Ratio(int(i)); math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		p := t.sampleWeight(i)
		b.Add(p * r.Own.Benefits[i])
		c.Add(p * r.Own.Costs[i])
	}
	if !(c.Sum() > 0) {
		return math.NaN()
	}
	return b.Sum() / c.Sum()
}

// indexes sets the index within the portfolio of METHOD 3.11 when no rival is
// rated.
func (r *Result) indexes(t *table) {
	r.MeanUtility = stat.Mean(t.gatherOf(r.Own.Utility))
	if len(t.rivals) > 0 {
		return
	}
	if r.RelativeIndex = missing(t.n); !(r.MeanUtility > 0) {
		return
	}
	for i := range r.RelativeIndex {
		r.RelativeIndex[i] = 100 * r.Own.Utility(i) / r.MeanUtility
	}
}

func (r *Result) attributeMeans(t *table, own [2]sideSum) {
	benefits, costs := r.Averaged()
	scores := [2][]float64{benefits, costs}
	for a, attribute := range t.d.Attributes {
		mean := AttributeMean{Attribute: a, Mean: math.NaN(), Unit: math.NaN(), Contribution: math.NaN()}
		if column := t.column(t.own, a); column != nil {
			x, p := t.gather(column)
			mean.N, mean.Mean = len(x), stat.Mean(x, p)
			if t.in[a] {
				mean.Unit = t.unit(a, mean.Mean)
				mean.Contribution = t.meanContribution(a, column, scores[attribute.Side], own[attribute.Side].answered)
			}
		}
		r.Attributes = append(r.Attributes, mean)
	}
}

// meanContribution averages over everybody whose score counts; who did not answer this attribute adds nothing through it.
func (t *table) meanContribution(a int, column, score, answered []float64) float64 {
	var sum, weight stat.Summer
	for _, i := range t.order {
		if math.IsNaN(score[i]) {
			continue
		}
		p := t.sampleWeight(i)
		weight.Add(p)
		if x := column[i]; !math.IsNaN(x) {
			sum.Add(p * t.points(a, t.unit(a, x), [2]float64{answered[i], answered[i]}))
		}
	}
	if !(weight.Sum() > 0) {
		return math.NaN()
	}
	return sum.Sum() / weight.Sum()
}

// groupOrder is the order of METHOD 1.
var groupOrder = []dataset.Group{
	dataset.Product, dataset.Service, dataset.Personnel, dataset.Image,
	dataset.Monetary, dataset.TimeCost, dataset.Energy, dataset.Psychic, dataset.Access,
}

func (r *Result) groupMeans(t *table) {
	for _, side := range []dataset.Side{dataset.Benefit, dataset.Cost} {
		for _, group := range t.groups() {
			mean, any := r.subtotal(t, side, func(a dataset.Attribute) bool { return a.Group == group })
			if mean.Group = group; any {
				r.Groups = append(r.Groups, mean)
			}
		}
		for _, answer := range []dataset.Answer{dataset.Yes, dataset.No, dataset.Unstated} {
			mean, any := r.subtotal(t, side, func(a dataset.Attribute) bool { return a.Tangible == answer })
			if mean.Tangible = answer; any {
				r.Tangible = append(r.Tangible, mean)
			}
		}
	}
}

// groups returns the known groups, then others by name, then "not stated".
func (t *table) groups() []dataset.Group {
	all := append([]dataset.Group(nil), groupOrder...)
	seen := map[dataset.Group]bool{"": true}
	for _, g := range all {
		seen[g] = true
	}
	for _, a := range t.d.Attributes {
		if !seen[a.Group] {
			seen[a.Group] = true
			all = append(all, a.Group)
		}
	}
	slices.Sort(all[len(groupOrder):])
	return append(all, "")
}

func (r *Result) subtotal(t *table, side dataset.Side, belongs func(dataset.Attribute) bool) (GroupMean, bool) {
	mean := GroupMean{Side: side}
	var points, weight stat.Summer
	any := false
	for a, attribute := range t.d.Attributes {
		if attribute.Side != side || !t.in[a] || !belongs(attribute) {
			continue
		}
		any = true
		weight.Add(t.normalised(a))
		if c := r.Attributes[a].Contribution; !math.IsNaN(c) {
			points.Add(c)
		}
	}
	mean.Weight, mean.Points = weight.Sum(), points.Sum()
	return mean, any
}
