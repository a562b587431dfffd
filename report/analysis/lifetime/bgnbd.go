package lifetime

import (
	"math"

	"valuebook/report/analysis/stat"
)

// BGNBD are the parameters of the beta-geometric model of repeat buying with
// negative binomial purchases (Fader, Hardie and Lee 2005; METHOD 5.4). Times
// are in the unit in which alpha is: weeks, unless said otherwise.
//
// Customers buy at random times with a rate of their own, which is spread over
// customers as a gamma distribution (R, Alpha), and stop for good after a
// purchase with a chance of their own, which is spread as a beta distribution
// (A, B).
type BGNBD struct{ R, Alpha, A, B float64 }

// nearOne is how near a removable singularity the formulas are left.
const nearOne = 1e-5

// LogLikelihood returns the logarithm of the likelihood of one history.
func (m BGNBD) LogLikelihood(x, recent, age float64) float64 {
	a1 := lnGamma(m.R+x) - lnGamma(m.R) + m.R*math.Log(m.Alpha)
	a2 := lnGamma(m.A+m.B) + lnGamma(m.B+x) - lnGamma(m.B) - lnGamma(m.A+m.B+x)
	a3 := -(m.R + x) * math.Log(m.Alpha+age)
	if x == 0 {
		return a1 + a2 + a3
	}
	a4 := math.Log(m.A) - math.Log(m.B+x-1) - (m.R+x)*math.Log(m.Alpha+recent)
	return a1 + a2 + lnAddExp(a3, a4)
}

// Alive returns the chance that a customer with this history is still one. For
// x = 0 the model says 1 whatever the history: callers show "not applicable".
func (m BGNBD) Alive(x, recent, age float64) float64 {
	if x == 0 {
		return 1
	}
	dead := math.Log(m.A) - math.Log(m.B+x-1) + (m.R+x)*math.Log((m.Alpha+age)/(m.Alpha+recent))
	return 1 / (1 + math.Exp(dead))
}

// Expected returns E[Y(t)], the purchases expected from a customer with this
// history in the next t units of time.
func (m BGNBD) Expected(t, x, recent, age float64) float64 {
	return m.future(t, x, age) * m.Alive(x, recent, age)
}

// future returns E[Y(t)] of a customer who is still one.
//
// The published formula holds 2F1(r+x, b+x; a+b+x-1; z) times (1-z)^(r+x) with
// z = t/(alpha+T+t). Euler's transformation turns the product into
// (1-z)^(a-1) 2F1(a+b-1-r, a-1; a+b+x-1; z), whose terms stay small: for a
// customer with thousands of purchases the original overflows.
func (m BGNBD) future(t, x, age float64) float64 {
	if t <= 0 {
		return 0
	}
	if math.Abs(m.A-1) < nearOne || math.Abs(m.A+m.B+x-1) < nearOne {
		below, above := m, m
		below.A, above.A = m.A-2*nearOne, m.A+2*nearOne
		return (below.future(t, x, age) + above.future(t, x, age)) / 2
	}
	c := m.A + m.B + x - 1
	z := t / (m.Alpha + age + t)
	left := (m.A - 1) * math.Log1p(-z)
	return c / (m.A - 1) * (1 - math.Exp(left)*hypergeometric(c-m.R-x, m.A-1, c, z))
}

// ExpectedNew returns E[X(t)], the repeat purchases expected from a customer in
// the t units of time after the first purchase.
func (m BGNBD) ExpectedNew(t float64) float64 { return m.future(t, 0, 0) }

// Probability returns P(X(t) = n), the chance of exactly n repeat purchases in
// the t units of time after the first purchase.
func (m BGNBD) Probability(n int, t float64) float64 {
	if n < 0 || t < 0 {
		return 0
	}
	if t == 0 {
		return boolean(n == 0)
	}
	x := float64(n)
	active := lnBeta(m.A, m.B+x) - lnBeta(m.A, m.B) + m.lnPurchases(x, t)
	p := math.Exp(active)
	if n == 0 {
		return p
	}
	below := 0.0
	for j := range n {
		below += math.Exp(m.lnPurchases(float64(j), t))
	}
	return p + math.Exp(lnBeta(m.A+1, m.B+x-1)-lnBeta(m.A, m.B))*math.Max(0, 1-below)
}

// lnPurchases returns the logarithm of the chance of j purchases in t of
// customers who never stop.
func (m BGNBD) lnPurchases(j, t float64) float64 {
	return lnGamma(m.R+j) - lnGamma(m.R) - lnGamma(j+1) + m.R*math.Log(m.Alpha/(m.Alpha+t)) + j*math.Log(t/(m.Alpha+t))
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// bgnbdTable holds what the likelihood of the BG/NBD needs per step of a fit.
type bgnbdTable struct {
	p               *patterns
	scale           float64
	gamma           []float64 // of every different x: the part without times
	stop            []float64 // of every different x: ln a - ln(b+x-1)
	lnAge, lnRecent []float64 // ln(alpha + T), ln(alpha + t_x) of every different time
	r               float64
}

func newBGNBDTable(p *patterns) *bgnbdTable {
	return &bgnbdTable{
		p: p, scale: p.scale() * p.unit,
		gamma: make([]float64, len(p.xs)), stop: make([]float64, len(p.xs)),
		lnAge: make([]float64, len(p.ages)), lnRecent: make([]float64, len(p.recents)),
	}
}

// logLik returns the logarithm of the likelihood of all histories; alpha is in
// scaled units.
func (w *bgnbdTable) logLik(parameters []float64) float64 {
	r, alpha, a, b := parameters[0], parameters[1], parameters[2], parameters[3]
	fixed := r*math.Log(alpha) - lnGamma(r) + lnGamma(a+b) - lnGamma(b)
	for k, n := range w.p.xs {
		x := float64(n)
		w.gamma[k] = fixed + lnGamma(r+x) + lnGamma(b+x) - lnGamma(a+b+x)
		w.stop[k] = math.Log(a) - math.Log(b+x-1)
	}
	for k, t := range w.p.ages {
		w.lnAge[k] = math.Log(alpha + float64(t)/w.scale)
	}
	for k, t := range w.p.recents {
		w.lnRecent[k] = math.Log(alpha + float64(t)/w.scale)
	}
	w.r = r
	return sumParts(len(w.p.rows), w)
}

// together is how many factors are multiplied before their logarithm is taken,
// the dearest step of a likelihood. Rounding grows as if the logarithms were added.
const together = 64

// few is how many customers of one history are multiplied one by one: 64 times 8
// factors of at most 2 stay within the range of numbers.
const few = 8

// sum adds the histories of a range. ln(e^a + e^b) is taken apart into the larger
// of the two and ln(1 + share); the factors 1 + share, at most 2, are multiplied.
func (w *bgnbdTable) sum(from, to int) float64 {
	var sum stat.Summer
	product := 1.0
	for k := from; k < to; k++ {
		row := &w.p.rows[k]
		x, count := float64(row.x), float64(row.count)
		larger := -(w.r + x) * w.lnAge[row.atAge]
		if row.x > 0 {
			other := w.stop[row.atX] - (w.r+x)*w.lnRecent[row.atRecent]
			if other > larger {
				larger, other = other, larger
			}
			if factor := 1 + math.Exp(other-larger); row.count > few {
				larger += math.Log(factor)
			} else {
				for range row.count {
					product *= factor
				}
			}
		}
		sum.Add(count * (w.gamma[row.atX] + larger))
		if k%together == together-1 {
			sum.Add(math.Log(product))
			product = 1
		}
	}
	sum.Add(math.Log(product))
	return sum.Sum()
}

// Fit is how the search for the parameters of a model went.
type Fit struct {
	LogLikelihood float64
	Customers     int
	Patterns      int // different histories
	Iterations    int // of the first search
}

// FitBGNBD returns the parameters under which the histories are most likely.
// ok is false when they are not identified: a second search does not come to
// the same likelihood, or a parameter runs away. Alpha is in units of s.Unit.
func FitBGNBD(s *Summaries) (m BGNBD, fit Fit, ok bool) { return fitBGNBD(aggregate(s)) }

func fitBGNBD(p *patterns) (m BGNBD, fit Fit, ok bool) {
	table := newBGNBDTable(p)
	found := maximise(table.logLik, make([]float64, 4))
	v := found.parameters
	m = BGNBD{R: v[0], Alpha: v[1] * p.scale(), A: v[2], B: v[3]}
	fit = newFit(p, found)
	// Dividing times by the scale multiplied the density of every purchase.
	fit.LogLikelihood -= p.purchases() * math.Log(p.scale())
	return m, fit, found.settled && !exploded(1e3, m.A, m.B, m.R, v[1])
}

func newFit(p *patterns, found fitted) Fit {
	return Fit{LogLikelihood: found.logLik, Customers: p.customers(), Patterns: len(p.rows), Iterations: found.steps}
}

func (p *patterns) customers() int { return len(p.of) }

// purchases returns the number of repeat purchases.
func (p *patterns) purchases() float64 {
	n := 0.0
	for _, r := range p.rows {
		n += float64(r.x) * float64(r.count)
	}
	return n
}
