// Package rfm scores customers by how recently, how often and for how much they
// bought, and groups them by those scores (METHOD 6).
package rfm

import (
	"math"

	"valuebook/report/analysis/stat"
)

// Mode is the fixed identifier of how values are divided into scores.
type Mode string

// The modes. Usual compares with the quantiles themselves. Compatible does as
// the R package rfm: one is added to each quantile and a value on an edge goes
// up, which is meant for whole numbers.
const (
	Usual      Mode = "usual"
	Compatible Mode = "rfm"
)

// Reason is the fixed identifier of why there is no score.
type Reason string

// The reasons.
const (
	Scored   Reason = ""
	TooFew   Reason = "too_few"   // fewer than five customers
	AllEqual Reason = "all_equal" // one value: nothing to tell apart
)

const (
	best = 5 // the highest score
	// least is how many customers scores need.
	least = 5
)

// Input is one value per customer. A customer with a NaN in any of them has not
// bought and is not scored.
type Input struct {
	Recency   []float64 // days since the last purchase, smaller is better
	Frequency []float64 // number of orders
	Monetary  []float64 // revenue net of refunds
	// Orders and Revenue are added up by segment; nil takes Frequency and Monetary.
	Orders, Revenue []float64
	// Order lists the customers in the order in which sums are formed, that of
	// their IDs (METHOD 0.2); nil takes them as they come.
	Order []int
}

// Options are the settings of the scores. Start from [DefaultOptions].
type Options struct {
	Mode     Mode
	Segments []Segment  // first match wins
	Weights  [3]float64 // of R, F and M in the index, from 0
}

// DefaultOptions returns the defaults of METHOD 6: usual scores, the default
// table, equal weights.
func DefaultOptions() Options {
	return Options{Mode: Usual, Segments: DefaultSegments(), Weights: [3]float64{1, 1, 1}}
}

// A Dimension is one of the three measures with what divides it.
type Dimension struct {
	Edges  [best - 1]float64 // ascending, in the measure's unit; NaN when Why says so
	Counts [best + 1]int     // customers by score; Counts[0] are those without one
	Low    float64           // the smallest and the largest value, NaN without customers
	High   float64
	Why    Reason
	// Fractional says that some value is no whole number: Compatible scores are
	// not meant for it.
	Fractional bool
	// Reversed says that small values get high scores.
	Reversed bool
}

// Result is the scores, one element per customer where it is a slice.
type Result struct {
	Mode     Mode
	N        int // customers with purchases
	Left     int // customers without
	Why      Reason
	R, F, M  Dimension
	RScore   []uint8 // 1..5, 5 = best; 0 = no score
	FScore   []uint8
	MScore   []uint8
	Index    []float64 // weighted mean of the three scores, 1..5; NaN without all of them
	Segment  []int     // index into Segments, -1 = not scored
	Segments []Group   // those of the table in its order, then the rest
	Table    Check
}

// Score scores customers and groups them (METHOD 6.2 to 6.4). All slices of the
// input have the same length.
func Score(in Input, o Options) *Result {
	n := len(in.Recency)
	r := &Result{Mode: o.Mode, Table: Validate(o.Segments)}
	bought := make([]bool, n)
	for i := range bought {
		bought[i] = finite(in.Recency[i]) && finite(in.Frequency[i]) && finite(in.Monetary[i])
		if bought[i] {
			r.N++
		}
	}
	r.Left = n - r.N
	if r.N < least {
		r.Why = TooFew
	}
	r.R, r.RScore = divide(in.Recency, bought, r.N, o.Mode, true)
	r.F, r.FScore = divide(in.Frequency, bought, r.N, o.Mode, false)
	r.M, r.MScore = divide(in.Monetary, bought, r.N, o.Mode, false)
	r.Index = index(r, o.Weights)
	r.group(in, o.Segments, bought)
	return r
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// divide finds the edges of one measure and scores every customer that bought.
func divide(values []float64, bought []bool, n int, mode Mode, reversed bool) (Dimension, []uint8) {
	known := make([]float64, 0, n)
	for i, x := range values {
		if bought[i] {
			known = append(known, x)
		}
	}
	d := Dimension{Low: math.NaN(), High: math.NaN(), Reversed: reversed}
	for k := range d.Edges {
		d.Edges[k] = math.NaN()
	}
	known = stat.Ascending(known)
	if n > 0 {
		d.Low, d.High = known[0], known[n-1]
	}
	for _, x := range known {
		d.Fractional = d.Fractional || x != math.Trunc(x)
	}
	switch {
	case n < least:
		d.Why = TooFew
	case d.Low == d.High:
		d.Why = AllEqual
	default:
		d.edges(known, mode)
	}
	return d, d.scores(values, bought, mode)
}

// edges sets the quantiles at 20, 40, 60 and 80 %, type 7. The place of a
// quantile is computed in whole numbers, so that one that falls on a customer
// is that customer's value and no rounding moves a customer across it.
func (d *Dimension) edges(ascending []float64, mode Mode) {
	for k := range d.Edges {
		place := (k + 1) * (len(ascending) - 1)
		low, part := place/best, float64(place%best)/best
		edge := ascending[low]
		if part > 0 {
			edge += part * (ascending[low+1] - ascending[low])
		}
		if mode == Compatible {
			edge++
		}
		d.Edges[k] = edge
	}
}

func (d *Dimension) scores(values []float64, bought []bool, mode Mode) []uint8 {
	scores := make([]uint8, len(values))
	for i, x := range values {
		if d.Why == Scored && bought[i] {
			scores[i] = d.score(x, mode)
			d.Counts[scores[i]]++
			continue
		}
		if bought[i] {
			d.Counts[0]++
		}
	}
	return scores
}

// score counts the edges that a value exceeds. Equal values always share a
// score (METHOD 6.2).
func (d *Dimension) score(x float64, mode Mode) uint8 {
	score := uint8(1)
	for _, edge := range d.Edges {
		if x > edge || mode == Compatible && x == edge {
			score++
		}
	}
	if d.Reversed {
		score = best + 1 - score
	}
	return score
}

// index returns the weighted mean of the scores of each customer.
func index(r *Result, weights [3]float64) []float64 {
	total := weights[0] + weights[1] + weights[2]
	out := make([]float64, len(r.RScore))
	for i := range out {
		out[i] = math.NaN()
		if total > 0 && r.Code(i) > 0 {
			out[i] = (weights[0]*float64(r.RScore[i]) + weights[1]*float64(r.FScore[i]) + weights[2]*float64(r.MScore[i])) / total
		}
	}
	return out
}

// Code returns the cell of a customer, 100 R + 10 F + M (METHOD 6.3); 0 without
// all three scores.
func (r *Result) Code(i int) int {
	if r.RScore[i] == 0 || r.FScore[i] == 0 || r.MScore[i] == 0 {
		return 0
	}
	return 100*int(r.RScore[i]) + 10*int(r.FScore[i]) + int(r.MScore[i])
}

// Grid counts customers by recency and frequency: Grid()[r-1][f-1] have the
// scores r and f. Customers without either are left out.
func (r *Result) Grid() (grid [best][best]int) {
	for i, score := range r.RScore {
		if score > 0 && r.FScore[i] > 0 {
			grid[score-1][r.FScore[i]-1]++
		}
	}
	return grid
}
