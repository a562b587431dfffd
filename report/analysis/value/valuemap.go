package value

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// valueMap places us and the rivals on the value map (METHOD 2.5). The base of
// both axes is the mean of all plotted suppliers; their means rest on the same
// respondents as the comparisons.
func (t *table) valueMap(samples []sample, m *Market) ([]MapPoint, FairValueLine) {
	if t.mode == Money {
		return nil, FairValueLine{Mode: t.o.FairValue, Zone: t.o.Zone, Slope: 1}
	}
	suppliers := t.rivals
	if t.own >= 0 {
		suppliers = append([]int{t.own}, suppliers...)
	}
	who := map[int][]int32{}
	for _, s := range samples {
		if s.paired {
			who[s.attribute] = s.who
		}
	}
	mean := func(supplier, a int) float64 {
		return t.supplierMean(supplier, a, who[a])
	}
	return t.plot(suppliers, mean, m.OneToTen)
}

// supplierMean returns the mean rating of a supplier as asked, over the pair
// set where there is one, else over everybody who rated it.
func (t *table) supplierMean(supplier, a int, pairs []int32) float64 {
	column := t.column(supplier, a)
	if column == nil {
		return math.NaN()
	}
	if pairs == nil {
		pairs = t.order
	}
	var sum, weight stat.Summer
	for _, i := range pairs {
		if x := column[i]; !math.IsNaN(x) {
			sum.Add(t.sampleWeight(i) * x)
			weight.Add(t.sampleWeight(i))
		}
	}
	return sum.Sum() / weight.Sum()
}

// Map places every supplier of a dataset whose ratings are means or single
// judgements, as offers are (METHOD 2.5): ours first, the others in their order.
// No supplier needs to be ours.
func Map(d *dataset.Dataset, o Options) ([]MapPoint, FairValueLine) {
	t := newTable(d, o)
	points, line := t.valueMap(nil, &Market{OneToTen: t.oneToTen()})
	slices.SortFunc(points, func(a, b MapPoint) int {
		switch t.own {
		case a.Supplier:
			return -1
		case b.Supplier:
			return 1
		}
		return a.Supplier - b.Supplier
	})
	return points, line
}

// plot turns supplier means into map points: ratios to the mean of all plotted
// suppliers over the attributes rated for every one of them, so that the mean
// of Q and of S over the points is 100. A rival that leaves too little weight in
// common is left out; we never are while rivals stay.
func (t *table) plot(suppliers []int, mean func(supplier, a int) float64, oneToTen bool) ([]MapPoint, FairValueLine) {
	mean = remembered(mean)
	prices := t.plottedPrices(suppliers, mean)
	suppliers, shared := t.plotted(suppliers, mean, prices != nil)
	if len(suppliers) < 2 {
		return nil, Place(nil, t.o.FairValue, t.o.BenefitShare, t.o.Zone) // a map of one supplier compares nothing
	}
	quality := t.scoresToMean(dataset.Benefit, suppliers, shared, mean, oneToTen)
	satisfaction := t.scoresToMean(dataset.Cost, suppliers, shared, mean, oneToTen)
	priceBase := 0.0
	for _, s := range suppliers {
		priceBase += prices[s] / float64(len(suppliers))
	}
	var points []MapPoint
	for j, s := range suppliers {
		p := MapPoint{Supplier: s, Quality: quality[j], RelativePrice: 10000 / satisfaction[j], Price: t.ratedPrice(s, shared, mean)}
		if prices != nil {
			p.Price, p.RelativePrice = prices[s], 100*prices[s]/priceBase
		}
		if math.IsNaN(p.Quality) || math.IsNaN(p.RelativePrice) || math.IsInf(p.RelativePrice, 0) {
			return nil, Place(nil, t.o.FairValue, t.o.BenefitShare, t.o.Zone)
		}
		points = append(points, p)
	}
	return points, Place(points, t.o.FairValue, t.o.BenefitShare, t.o.Zone)
}

// remembered computes every mean once.
func remembered(mean func(supplier, a int) float64) func(supplier, a int) float64 {
	known := map[[2]int]float64{}
	return func(supplier, a int) float64 {
		x, ok := known[[2]int{supplier, a}]
		if !ok {
			x = mean(supplier, a)
			known[[2]int{supplier, a}] = x
		}
		return x
	}
}

// plotted returns the suppliers that go onto the map, and the attributes rated
// for all of them. As long as those fall short of the minimum weight of a side
// the rival goes that shares the least weight with us, of equal ones the last.
func (t *table) plotted(suppliers []int, mean func(supplier, a int) float64, priced bool) (kept []int, shared []bool) {
	kept = append(kept, suppliers...)
	cover := map[int]float64{}
	for _, s := range kept {
		cover[s] = stat.Nearly(t.leastCover(t.ratedForAll([]int{s}, mean), priced))
	}
	for len(kept) > 1 {
		shared = t.ratedForAll(kept, mean)
		if weight := t.leastCover(shared, priced); weight > 0 && stat.Nearly(weight) >= stat.Nearly(t.minimum) {
			return kept, shared
		}
		worst := -1
		for j, s := range kept {
			if s != t.own && (worst < 0 || cover[s] <= cover[kept[worst]]) {
				worst = j
			}
		}
		kept = append(kept[:worst], kept[worst+1:]...)
	}
	return nil, nil
}

// ratedForAll marks the attributes of the scores that every supplier has a mean
// on, and so have we where one of all suppliers is ours (METHOD 2.1).
func (t *table) ratedForAll(suppliers []int, mean func(supplier, a int) float64) []bool {
	shared := make([]bool, t.m)
	for a := range shared {
		shared[a] = t.in[a] && (t.own < 0 || !math.IsNaN(mean(t.own, a)))
		for _, s := range suppliers {
			if shared[a] {
				shared[a] = !math.IsNaN(mean(s, a))
			}
		}
	}
	return shared
}

// plottedPrices returns the actual price per supplier, nil when one has none.
func (t *table) plottedPrices(suppliers []int, mean func(supplier, a int) float64) map[int]float64 {
	attributes, _ := t.priceAttributes()
	if len(attributes) == 0 {
		return nil
	}
	prices := map[int]float64{}
	for _, s := range suppliers {
		for _, a := range attributes {
			prices[s] += mean(s, a)
		}
		if !(prices[s] > 0) {
			return nil
		}
	}
	return prices
}

// leastCover returns the share of weight that some attributes hold, of the side
// that has less; benefits alone count where actual prices are the other axis.
func (t *table) leastCover(shared []bool, priced bool) float64 {
	var sums [2]stat.Summer
	for a, attribute := range t.d.Attributes {
		if shared[a] {
			sums[attribute.Side].Add(t.weight[a])
		}
	}
	benefits, costs := t.coverage(dataset.Benefit, sums[dataset.Benefit].Sum()), t.coverage(dataset.Cost, sums[dataset.Cost].Sum())
	if priced {
		return benefits
	}
	return math.Min(benefits, costs)
}

// scoresToMean returns per supplier 100 sum w x / mean x / sum w over the shared
// attributes of a side.
func (t *table) scoresToMean(side dataset.Side, suppliers []int, shared []bool, mean func(supplier, a int) float64, oneToTen bool) []float64 {
	sums, weight := make([]stat.Summer, len(suppliers)), stat.Summer{}
	for a, attribute := range t.d.Attributes {
		if attribute.Side != side || !shared[a] {
			continue
		}
		l, base := t.lens(a, oneToTen), stat.Summer{}
		for _, s := range suppliers {
			base.Add(l.base(mean(s, a)))
		}
		for j, s := range suppliers {
			sums[j].Add(t.weight[a] * l.base(mean(s, a)) * float64(len(suppliers)) / base.Sum())
		}
		weight.Add(t.weight[a])
	}
	out := make([]float64, len(suppliers))
	for j := range out {
		out[j] = 100 * sums[j].Sum() / weight.Sum()
	}
	return out
}

// ratedPrice returns the mean price rating as asked: of the monetary costs, or
// of all costs when none is monetary. It is NaN when they do not share a scale.
func (t *table) ratedPrice(supplier int, shared []bool, mean func(supplier, a int) float64) float64 {
	monetary := false
	for a, attribute := range t.d.Attributes {
		monetary = monetary || t.in[a] && attribute.Side == dataset.Cost && attribute.Group == dataset.Monetary
	}
	var sum, weight stat.Summer
	first := -1
	for a, attribute := range t.d.Attributes {
		if !t.in[a] || attribute.Side != dataset.Cost || monetary && attribute.Group != dataset.Monetary {
			continue
		}
		if first < 0 {
			first = a
		}
		other := t.d.Attributes[first]
		if other.Money != attribute.Money || other.Down != attribute.Down || other.Scale.Lo != attribute.Scale.Lo || other.Scale.Hi != attribute.Scale.Hi {
			return math.NaN()
		}
		if shared[a] {
			sum.Add(t.weight[a] * mean(supplier, a))
			weight.Add(t.weight[a])
		}
	}
	return sum.Sum() / weight.Sum()
}

// minRegression is the number of suppliers that a regression line needs.
const minRegression = 5

// Place draws the fair-value line through points and sets their distance and
// position (METHOD 2.5). omega is the importance of quality against price. A
// regression that is not possible falls back to the diagonal, as does an
// importance line that would be vertical.
func Place(points []MapPoint, mode FairValueMode, omega, zone float64) FairValueLine {
	line := FairValueLine{Mode: mode, Slope: 1, Zone: zone}
	switch mode {
	case Importance:
		line.Slope = omega / (1 - omega)
		if !(line.Slope >= 0) || math.IsInf(line.Slope, 0) {
			line = FairValueLine{Mode: Diagonal, Slope: 1, Zone: zone, FellBack: true}
		}
	case Regression:
		line = regress(points, zone)
	default:
		line.Mode = Diagonal
	}
	for i := range points {
		p := &points[i]
		lead := line.Slope*(p.Quality-100) + line.Offset - (p.RelativePrice - 100)
		p.Distance = lead / math.Hypot(1, line.Slope)
		p.Position = Fair
		if lead = stat.Nearly(lead); lead > stat.Nearly(zone) {
			p.Position = Better
		} else if lead < -stat.Nearly(zone) {
			p.Position = Worse
		}
	}
	return line
}

// regress fits price on quality by least squares.
func regress(points []MapPoint, zone float64) FairValueLine {
	var q, p, qq, qp stat.Summer
	n := float64(len(points))
	for _, point := range points {
		q.Add(point.Quality)
		p.Add(point.RelativePrice)
	}
	meanQ, meanP := q.Sum()/n, p.Sum()/n
	for _, point := range points {
		dq := point.Quality - meanQ
		qq.Add(dq * dq)
		qp.Add(dq * (point.RelativePrice - meanP))
	}
	slope := qp.Sum() / qq.Sum()
	if len(points) < minRegression || !(stat.Nearly(qq.Sum()) > 0) || !(stat.Nearly(slope) > 0) {
		return FairValueLine{Mode: Diagonal, Slope: 1, Zone: zone, FellBack: true}
	}
	return FairValueLine{Mode: Regression, Slope: slope, Offset: meanP - 100 - slope*(meanQ-100), Zone: zone}
}
