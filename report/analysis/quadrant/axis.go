package quadrant

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
)

// A Source is what an axis can show: one value per customer, NaN = unknown.
type Source struct {
	Measure Measure
	Values  []float64
	Money   bool
}

// Given reports whether any customer has a value.
func (s Source) Given() bool {
	for _, x := range s.Values {
		if !math.IsNaN(x) {
			return true
		}
	}
	return false
}

// A Threshold says how a measure is divided. The zero Mode is the default of
// METHOD 4.3; Value is used by Custom.
type Threshold struct {
	Mode  Mode
	Value float64
}

// minRelative is the number of customers that a threshold taken from the data
// needs (METHOD 4.3).
const minRelative = 4

// topShare is the share of the total that the set of TopShare gives.
const topShare = 0.8

// scale returns the ends of a score axis and its span.
func (m Measure) scale() (lo, hi, span float64) {
	if m == PerceivedValue || m == Relative {
		return -100, 100, 200
	}
	return 0, 100, 100
}

// Midpoint returns the default fixed threshold of a score axis: 0 for
// perceived value and relative performance, else 50 (METHOD 4.3).
func (m Measure) Midpoint() float64 {
	if m == PerceivedValue || m == Relative {
		return 0
	}
	return 50
}

// NewAxis divides a measure. band is the half-width of the border band on a
// score axis, bandMoney its share of the interquartile range on a money axis.
func NewAxis(s Source, t Threshold, band, bandMoney float64) Axis {
	a := Axis{Measure: s.Measure, Money: s.Money, Values: s.Values, Lo: math.NaN(), Hi: math.NaN(), Mode: s.mode(t)}
	sorted := stat.Ascending(s.Values)
	if s.Money {
		a.Span = stat.Quantile(sorted, 0.75) - stat.Quantile(sorted, 0.25)
		a.NoBand = !(stat.Nearly(a.Span) > 0)
		a.Band = bandMoney * a.Span
	} else {
		a.Lo, a.Hi, a.Span = s.Measure.scale()
		a.Band = band
	}
	if a.NoBand {
		a.Band = 0
	}
	if len(sorted) == 0 {
		a.Span, a.Band = 0, 0
	}
	a.divide(sorted, t)
	return a
}

// mode returns the mode asked for, or the default: fixed where the measure has
// a natural middle, the median for other amounts of money.
func (s Source) mode(t Threshold) Mode {
	if t.Mode != "" {
		return t.Mode
	}
	if s.Money && s.Measure.Midpoint() != 0 {
		return Median
	}
	return Fixed
}

// divide sets the threshold, or finds that the axis does not discriminate.
func (a *Axis) divide(sorted []float64, t Threshold) {
	a.Threshold, a.Discriminates = math.NaN(), false
	n := len(sorted)
	if a.Mode != Fixed && a.Mode != Custom {
		if n < minRelative || stat.Nearly(sorted[0]) == stat.Nearly(sorted[n-1]) {
			return
		}
	}
	switch a.Mode {
	case Custom:
		a.Threshold = t.Value
	case Median:
		a.Threshold = stat.Quantile(sorted, 0.5)
	case Mean:
		a.Threshold = stat.Mean(sorted, nil)
		median := stat.Quantile(sorted, 0.5)
		a.SkewWarning = median > 0 && a.Threshold/median > 1.5
	case TopShare:
		a.Threshold = topSet(sorted)
	default:
		a.Threshold = a.Measure.Midpoint()
		if a.Money {
			a.Threshold = 0
		}
	}
	a.settle()
}

// settle uses 0 for a threshold taken from money that came out negative, and
// counts who sits exactly on the line.
func (a *Axis) settle() {
	taken := a.Mode != Fixed && a.Mode != Custom
	if taken && a.Money && a.Measure == FirmValue && a.Threshold < 0 {
		a.Threshold, a.RaisedToZero = 0, true
	}
	a.Discriminates = !math.IsNaN(a.Threshold) && !math.IsInf(a.Threshold, 0)
	if !a.Discriminates {
		a.Threshold = math.NaN()
		return
	}
	for _, x := range a.Values {
		if stat.Nearly(x) == stat.Nearly(a.Threshold) {
			a.OnThreshold++
		}
	}
}

// topSet returns the smallest value of the smallest set of customers that gives
// 80 % of the total; NaN when the total is not above 0.
func topSet(ascending []float64) float64 {
	total := stat.Sum(ascending)
	if !(total > 0) {
		return math.NaN()
	}
	var sum stat.Summer
	for _, x := range slices.Backward(ascending) {
		sum.Add(x)
		if stat.Nearly(sum.Sum()/total) >= topShare {
			return x
		}
	}
	return ascending[0]
}

// High reports whether a value is high on the axis: equal goes high, and nine
// decimals are compared (METHOD 4.3).
func (a *Axis) High(x float64) bool { return stat.Nearly(x) >= stat.Nearly(a.Threshold) }

// near reports whether a value lies in the border band, or on the line.
func (a *Axis) near(x float64) bool {
	return !a.NoBand && stat.Nearly(math.Abs(x-a.Threshold)) <= stat.Nearly(a.Band)
}
