// Package concentration says how much of a quantity few customers hold
// (METHOD 6.5): the Lorenz curve, Gini coefficients and top share of a quantity
// without losses, the whale curve of one with losses.
package concentration

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
)

// Reason is the fixed identifier of why there are no shares.
type Reason string

// The reasons. Fine means that the figures are there.
const (
	Fine     Reason = ""
	NoValues Reason = "no_values"   // no customer has a value
	OneOnly  Reason = "one_only"    // a single customer
	NoTotal  Reason = "no_total"    // all values are zero
	Losses   Reason = "losses"      // some are negative: the whale curve serves instead
	LossMore Reason = "losses_more" // some are negative and the total is not above zero: amounts, no percentages
	TooLarge Reason = "too_large"   // the total is beyond what a number holds
)

// topCustomers is the share of customers whose share is told, mostShare the share
// of the total for which customers are counted.
const (
	topCustomers = 0.2
	mostShare    = 0.8
)

// Result is the concentration of one quantity over customers.
type Result struct {
	N       int     // customers with a value
	Missing int     // customers without one, left out
	Total   float64 // sum of the quantity
	Why     Reason

	// Shares of a quantity without losses; NaN when Why says so.
	Gini           float64 // 0 = all equal, n in the denominator
	GiniCorrected  float64 // Gini n/(n-1), corrected for bias
	TopShare       float64 // share of the total that the best 20 % of customers give, 0..1, interpolated
	CustomersFor80 int     // smallest number of customers that give 80 % of the total; 0 when Why says so

	// Cumulative[k] is the sum of the k best customers, from 0 for none to Total.
	Cumulative []float64
	// Whale is the shape of a quantity with losses, nil without losses.
	Whale *Whale
}

// A Whale is what the whale curve shows: the best customers give more than the
// total, the others take some of it away.
type Whale struct {
	Customers   int     // at whom the curve peaks: that many have more than zero
	Peak        float64 // the sum of their values
	PeakShare   float64 // Peak/Total, above 1; NaN when the total is not above zero
	Losing      int     // customers below zero
	Lost        float64 // their sum, below zero
	TopShare    float64 // share of the total that the best 20 % give, may be above 1; NaN as PeakShare
	TopCustomer float64 // Peak's customers as a share of all, 0..1
}

// A Point of a curve: the best customers as a share of all, and what they hold.
type Point struct {
	Customers float64 // 0..1
	Amount    float64
	Share     float64 // Amount/Total, NaN when the total is not above zero
}

// Measure returns the concentration of a quantity: one value per customer, NaN
// or infinite = not known. The order of customers does not matter.
func Measure(values []float64) *Result {
	known := finite(values)
	r := &Result{N: len(known), Missing: len(values) - len(known), Gini: math.NaN(), GiniCorrected: math.NaN(), TopShare: math.NaN()}
	slices.Sort(known)
	r.Cumulative = cumulative(known)
	r.Total = r.Cumulative[r.N]
	r.Why = r.reason(known)
	switch r.Why {
	case Fine:
		r.share(known)
	case Losses, LossMore:
		r.Whale = r.whale(known)
	}
	return r
}

func finite(values []float64) []float64 {
	known := make([]float64, 0, len(values))
	for _, x := range values {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			known = append(known, x)
		}
	}
	return known
}

// cumulative adds ascending values from the best down.
func cumulative(ascending []float64) []float64 {
	sums := make([]float64, 1, len(ascending)+1)
	var sum stat.Summer
	for _, x := range slices.Backward(ascending) {
		sum.Add(x)
		sums = append(sums, sum.Sum())
	}
	return sums
}

func (r *Result) reason(ascending []float64) Reason {
	switch {
	case r.N == 0:
		return NoValues
	case math.IsNaN(r.Total) || math.IsInf(r.Total, 0):
		return TooLarge
	case ascending[0] < 0 && r.Total > 0:
		return Losses
	case ascending[0] < 0:
		return LossMore
	case r.N == 1:
		return OneOnly
	case !(r.Total > 0):
		return NoTotal
	}
	return Fine
}

// share fills the figures of a quantity without losses. Values are divided by
// the largest first, so that the weighted sum does not overflow.
func (r *Result) share(ascending []float64) {
	n, largest := float64(r.N), ascending[r.N-1]
	var weighted, total stat.Summer
	for i, x := range ascending {
		weighted.Add(float64(i+1) * (x / largest))
		total.Add(x / largest)
	}
	r.Gini = math.Max(0, 2*weighted.Sum()/(n*total.Sum())-(n+1)/n)
	if ascending[0] == largest {
		r.Gini = 0
	}
	r.GiniCorrected = r.Gini * n / (n - 1)
	r.TopShare = r.At(topCustomers).Share
	for k, sum := range r.Cumulative {
		if stat.Nearly(sum/r.Total) >= mostShare {
			r.CustomersFor80 = k
			break
		}
	}
}

func (r *Result) whale(ascending []float64) *Whale {
	losing, _ := slices.BinarySearch(ascending, 0)
	above := r.N - losing
	for above > 0 && ascending[r.N-above] == 0 {
		above-- // a customer at zero is past the peak
	}
	w := &Whale{Customers: above, Peak: r.Cumulative[above], Losing: losing, Lost: stat.Sum(ascending[:losing]),
		PeakShare: math.NaN(), TopShare: math.NaN(), TopCustomer: float64(above) / float64(r.N)}
	if r.Why == Losses {
		w.PeakShare, w.TopShare = w.Peak/r.Total, r.At(topCustomers).Share
	}
	return w
}

// At returns the point of the curve at a share of customers, 0..1, best first,
// interpolated between customers. Without customers its figures are NaN.
func (r *Result) At(share float64) Point {
	p := Point{Customers: share, Amount: math.NaN(), Share: math.NaN()}
	if r.N == 0 || !(share >= 0 && share <= 1) {
		return p
	}
	at := share * float64(r.N)
	low := int(at)
	p.Amount = r.Cumulative[low]
	if low < r.N {
		p.Amount += (at - float64(low)) * (r.Cumulative[low+1] - r.Cumulative[low])
	}
	if r.Total > 0 {
		p.Share = p.Amount / r.Total
	}
	return p
}

// Curve returns the curve for a chart, best customers first, from none to all.
// Of more than most customers it returns most+1 points at equal distances, else
// one for each.
func (r *Result) Curve(most int) []Point {
	if r.N == 0 || most < 1 {
		return nil
	}
	steps := min(r.N, most)
	points := make([]Point, steps+1)
	for k := range points {
		points[k] = r.At(float64(k) / float64(steps))
	}
	return points
}

// Lorenz returns the Lorenz curve: customers from the smallest up, as shares of
// all, and the share of the total that they hold. It is nil unless Why is Fine.
func (r *Result) Lorenz(most int) []Point {
	if r.Why != Fine {
		return nil
	}
	points := r.Curve(most)
	slices.Reverse(points)
	for k := range points {
		points[k].Customers = 1 - points[k].Customers
		points[k].Share = 1 - points[k].Share
		points[k].Amount = r.Total - points[k].Amount
	}
	return points
}
