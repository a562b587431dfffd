package value

import (
	"math"

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
// judgements, as offers are (METHOD 2.5). No supplier needs to be ours.
func Map(d *dataset.Dataset, o Options) ([]MapPoint, FairValueLine) {
	t := newTable(d, o)
	return t.valueMap(nil, &Market{OneToTen: t.oneToTen()})
}

// plot turns supplier means into map points: ratios to the mean of all plotted
// suppliers, weighted. A supplier that lacks too much weight, or a price, is
// left out.
func (t *table) plot(suppliers []int, mean func(supplier, a int) float64, oneToTen bool) ([]MapPoint, FairValueLine) {
	prices := t.plottedPrices(suppliers, mean)
	for {
		points, dropped := t.tryPlot(suppliers, mean, prices, oneToTen)
		if dropped < 0 && len(points) < 2 {
			points = nil // a map of one supplier compares nothing
		}
		if dropped < 0 {
			return points, Place(points, t.o.FairValue, t.o.BenefitShare, t.o.Zone)
		}
		// Without that supplier the bases are others: begin anew.
		suppliers = append(append([]int(nil), suppliers[:dropped]...), suppliers[dropped+1:]...)
	}
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

func (t *table) tryPlot(suppliers []int, mean func(supplier, a int) float64, prices map[int]float64, oneToTen bool) (points []MapPoint, dropped int) {
	quality := t.scoresToMean(dataset.Benefit, suppliers, mean, oneToTen)
	satisfaction := t.scoresToMean(dataset.Cost, suppliers, mean, oneToTen)
	priceBase := 0.0
	for _, s := range suppliers {
		priceBase += prices[s] / float64(len(suppliers))
	}
	for j, s := range suppliers {
		p := MapPoint{Supplier: s, Quality: quality[j], RelativePrice: 10000 / satisfaction[j], Price: t.ratedPrice(s, mean)}
		if prices != nil {
			p.Price, p.RelativePrice = prices[s], 100*prices[s]/priceBase
		}
		if math.IsNaN(p.Quality) || math.IsNaN(p.RelativePrice) || math.IsInf(p.RelativePrice, 0) {
			return nil, j
		}
		points = append(points, p)
	}
	return points, -1
}

// scoresToMean returns per supplier 100 sum w x / mean x / sum w over the
// attributes of a side, NaN with less than the minimum weight.
func (t *table) scoresToMean(side dataset.Side, suppliers []int, mean func(supplier, a int) float64, oneToTen bool) []float64 {
	sums, weights := make([]stat.Summer, len(suppliers)), make([]stat.Summer, len(suppliers))
	for a, attribute := range t.d.Attributes {
		if attribute.Side != side || !t.in[a] {
			continue
		}
		l := t.lens(a, oneToTen)
		goods, base := make([]float64, len(suppliers)), stat.Summer{}
		count := 0.0
		for j, s := range suppliers {
			if goods[j] = l.base(mean(s, a)); !math.IsNaN(goods[j]) {
				base.Add(goods[j])
				count++
			}
		}
		for j, good := range goods {
			if !math.IsNaN(good) {
				sums[j].Add(t.weight[a] * good * count / base.Sum())
				weights[j].Add(t.weight[a])
			}
		}
	}
	out := make([]float64, len(suppliers))
	for j := range out {
		out[j] = t.score(side, sums[j].Sum(), weights[j].Sum())
	}
	return out
}

// ratedPrice returns the mean price rating as asked: of the monetary costs, or
// of all costs when none is monetary. It is NaN when they do not share a scale.
func (t *table) ratedPrice(supplier int, mean func(supplier, a int) float64) float64 {
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
		if other.Down != attribute.Down || other.Scale.Lo != attribute.Scale.Lo || other.Scale.Hi != attribute.Scale.Hi {
			return math.NaN()
		}
		if x := mean(supplier, a); !math.IsNaN(x) {
			sum.Add(t.weight[a] * x)
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
