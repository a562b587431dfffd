package importance

import (
	"math"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// fewest is how many attributes a cross-hair from the data needs (METHOD 4.3).
const fewest = 4

// Analyse draws the maps that the data allow: stated importance from the
// weights, derived importance from the drivers, which may be nil. It returns nil
// when there is no perceived value, or it is in money: amounts have no scale to
// do well on.
func Analyse(d *dataset.Dataset, v *value.Result, drivers *driver.Result) *Result {
	if v == nil || v.Mode == value.Money {
		return nil
	}
	r := &Result{}
	stated := indexed(d, v.Weights)
	r.Stated, r.StatedRefused = draw(Stated, stated, d, v, WeightsEqual)
	derived := make([]float64, len(d.Attributes))
	for a := range derived {
		derived[a] = math.NaN()
		if p := drivers.Of(a); p != nil {
			derived[a] = 100 * p.Share.Value
		}
	}
	average(derived)
	r.Derived, r.DerivedRefused = draw(Derived, derived, d, v, NoDrivers)
	return r
}

// indexed turns weights on 100 within their side into an index, 100 = the
// average attribute of that side: a side of six attributes and a side of three
// then speak one language (METHOD 2.8, the line at the mean weight).
func indexed(d *dataset.Dataset, weights []float64) []float64 {
	var count [2]int
	out := make([]float64, len(d.Attributes))
	for a, attribute := range d.Attributes {
		if out[a] = math.NaN(); a < len(weights) && !math.IsNaN(weights[a]) {
			count[attribute.Side]++
		}
	}
	varies := false
	for a, attribute := range d.Attributes {
		if a < len(weights) {
			out[a] = weights[a] * float64(count[attribute.Side])
			varies = varies || stat.Nearly(out[a]) != 100 && !math.IsNaN(out[a])
		}
	}
	if !varies {
		return nil
	}
	return out
}

// average turns shares into an index, 100 = the average attribute.
func average(shares []float64) {
	n := 0.0
	for _, s := range shares {
		if !math.IsNaN(s) {
			n++
		}
	}
	for k := range shares {
		shares[k] *= n
	}
}

func draw(source Source, importance []float64, d *dataset.Dataset, v *value.Result, missing Refusal) (*Map, Refusal) {
	var points []Point
	rated := false
	for _, mean := range v.Attributes {
		performance := 100 * mean.Unit
		if d.Attributes[mean.Attribute].Side == dataset.Cost {
			performance = 100 - performance
		}
		rated = rated || !math.IsNaN(performance)
		if importance == nil || math.IsNaN(importance[mean.Attribute]) || math.IsNaN(performance) {
			continue
		}
		points = append(points, Point{Attribute: mean.Attribute, Importance: importance[mean.Attribute], Performance: performance})
	}
	switch {
	case !rated:
		return nil, NoPerformance
	case len(points) == 0:
		return nil, missing
	case len(points) < fewest:
		return nil, TooFew
	}
	return NewMap(source, points, false), Accepted
}

// NewMap places points by three cross-hairs: the midpoint of the scales, the
// grand means and the medians. Only Attribute, Importance and Performance of the
// points are read. scaled says that importance is 0..100 on a scale of its own;
// otherwise it has no midpoint, and its mean stands in.
func NewMap(source Source, points []Point, scaled bool) *Map {
	m := &Map{Source: source, Scaled: scaled, Points: append([]Point(nil), points...)}
	x, y := make([]float64, len(points)), make([]float64, len(points))
	for k, p := range points {
		x[k], y[k] = p.Importance, p.Performance
	}
	m.Mean = CrossHair{stat.Mean(x, nil), stat.Mean(y, nil)}
	m.Median = CrossHair{stat.Median(x), stat.Median(y)}
	m.Midpoint = CrossHair{m.Mean.Importance, 50}
	if scaled {
		m.Midpoint.Importance = 50
	}
	fromData := len(points) >= fewest && varies(x) && varies(y)
	well := 0
	for k := range m.Points {
		p := &m.Points[k]
		if scaled || varies(x) {
			p.ByMidpoint = field(*p, m.Midpoint)
		}
		if fromData {
			p.ByMean, p.ByMedian = field(*p, m.Mean), field(*p, m.Median)
			p.Differs = p.ByMean != p.ByMedian || p.ByMean != p.ByMidpoint
		}
		if p.Differs {
			m.Differing++
		}
		if high(p.Performance, m.Midpoint.Performance) {
			well++
		}
		p.Gap = m.gap(*p, stat.SD(x), stat.SD(y))
	}
	m.OneSided = well == 0 || well == len(points)
	return m
}

// gap is the distance from the iso-priority line, on which importance and
// performance are equal.
func (m *Map) gap(p Point, sx, sy float64) float64 {
	if m.Scaled {
		return p.Importance - p.Performance
	}
	if !(sx > 0) || !(sy > 0) {
		return math.NaN()
	}
	return (p.Importance-m.Mean.Importance)/sx - (p.Performance-m.Mean.Performance)/sy
}

func varies(x []float64) bool {
	for _, v := range x {
		if stat.Nearly(v) != stat.Nearly(x[0]) {
			return true
		}
	}
	return false
}

func high(x, threshold float64) bool { return stat.Nearly(x) >= stat.Nearly(threshold) }

func field(p Point, at CrossHair) Quadrant {
	switch matters, well := high(p.Importance, at.Importance), high(p.Performance, at.Performance); {
	case matters && well:
		return KeepUp
	case matters:
		return Concentrate
	case well:
		return Overkill
	}
	return LowPriority
}
