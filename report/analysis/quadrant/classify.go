package quadrant

import (
	"math"

	"valuebook/report/analysis/stat"
)

// pairs are the combinations of METHOD 4.7 in order of preference.
var pairs = []Pair{
	{FirmValue, Match, [4]string{"strategic", "profit", "potential", "ordinary"}},
	{PerceivedValue, Match, [4]string{"strategic", "profit", "potential", "ordinary"}},
	{PerceivedValue, Relative, [4]string{"secure", "contested", "captive", "at_risk"}},
	{Benefits, Costs, [4]string{"costly_worth_it", "great_value", "poor_value", "cheap_thin"}},
}

// Measures lists all measures in the order of METHOD 4.7.
var Measures = []Measure{FirmValue, PerceivedValue, Match, Relative, Benefits, Costs}

// PairOf returns the names of the classes of two measures: those of METHOD 4.7,
// or names by place for a pair that it does not list.
func PairOf(x, y Measure) Pair {
	for _, p := range pairs {
		if p.X == x && p.Y == y {
			return p
		}
	}
	return Pair{x, y, [4]string{"high_high", "high_low", "low_high", "low_low"}}
}

// Choose returns the first pair of METHOD 4.7 whose measures are available.
func Choose(available func(Measure) bool) (Pair, bool) {
	for _, p := range pairs {
		if available(p.X) && available(p.Y) {
			return p, true
		}
	}
	return Pair{}, false
}

// Classify places every customer by two axes of equal length. apart is nil or
// says, per customer, why one is not classified whatever its figures are:
// Churned or Young; Classified for all others.
func Classify(x, y Axis, apart []Reason) *Result {
	n := len(x.Values)
	r := &Result{
		Pair: PairOf(x.Measure, y.Measure), X: x, Y: y,
		Class: make([]Class, n), Why: make([]Reason, n), Border: make([]bool, n),
	}
	for i := range n {
		r.Why[i] = r.reason(i, apart)
		if r.Why[i] == Classified {
			x, y := r.X.Values[i], r.Y.Values[i]
			r.Class[i] = r.ClassAt(x, y)
			r.Border[i] = r.X.near(x) || r.Y.near(y)
		}
		r.Counts[r.Class[i]]++
		if r.Border[i] {
			r.BorderCount++
		}
	}
	return r
}

func (r *Result) reason(i int, apart []Reason) Reason {
	switch {
	case apart != nil && apart[i] != Classified:
		return apart[i]
	case math.IsNaN(r.X.Values[i]):
		return XMissing
	case math.IsNaN(r.Y.Values[i]):
		return YMissing
	case !r.X.Discriminates || !r.Y.Discriminates:
		return NoDiscrimination
	}
	return Classified
}

// FlipX reports whether the line nearer to a customer is that of x (METHOD 4.3,
// 4.5).
func (r *Result) FlipX(customer int) bool {
	dx, dy := r.distances(customer)
	return stat.Nearly(share(dx, r.X, r.Y)) < stat.Nearly(share(dy, r.Y, r.X))
}

// distances returns how far a customer is from both lines, NaN for one who is
// not classified.
func (r *Result) distances(customer int) (dx, dy float64) {
	if r.Class[customer] == NotClassified {
		return math.NaN(), math.NaN()
	}
	return math.Abs(r.X.Values[customer] - r.X.Threshold), math.Abs(r.Y.Values[customer] - r.Y.Threshold)
}

// FlipDistance returns how far a customer is from the nearer line, in units of
// its axis; NaN when not classified.
func (r *Result) FlipDistance(customer int) float64 {
	dx, dy := r.distances(customer)
	if r.FlipX(customer) {
		return dx
	}
	return dy
}

// Change returns the way to the nearer line: its threshold less the customer's
// value, NaN when not classified.
func (r *Result) Change(customer int) float64 {
	switch {
	case r.Class[customer] == NotClassified:
		return math.NaN()
	case r.FlipX(customer):
		return r.X.Threshold - r.X.Values[customer]
	}
	return r.Y.Threshold - r.Y.Values[customer]
}

// FlipClass returns the class that a customer has beyond the nearer line.
func (r *Result) FlipClass(customer int) Class {
	if r.Class[customer] == NotClassified {
		return NotClassified
	}
	x, y := r.X.High(r.X.Values[customer]), r.Y.High(r.Y.Values[customer])
	if r.FlipX(customer) {
		return classOf(!x, y)
	}
	return classOf(x, !y)
}

// share returns a distance for comparison with one on the other axis: as it is
// when the units agree, else as a fraction of the axis.
func share(distance float64, axis, other Axis) float64 {
	if axis.Span == other.Span && axis.Money == other.Money {
		return distance
	}
	if distance == 0 {
		return 0
	}
	return distance / axis.Span
}

// ClassAt returns the class of a point.
func (r *Result) ClassAt(x, y float64) Class { return classOf(r.X.High(x), r.Y.High(y)) }

func classOf(xHigh, yHigh bool) Class {
	switch {
	case xHigh && yHigh:
		return HighHigh
	case xHigh:
		return HighLow
	case yHigh:
		return LowHigh
	}
	return LowLow
}
