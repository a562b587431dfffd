package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// A TwoByTwo is a fourfold table of counts: rows are with and without a trait,
// columns are inside and outside a group.
//
//	            inside  outside
//	with          A        B
//	without       C        D
type TwoByTwo struct{ A, B, C, D int }

// FisherExact returns the two-sided p-value of Fisher's exact test: the
// probability of all tables with the same margins that are at most as probable
// as this one. Tables within a relative 1e-7 of it count as equally probable,
// so that rounding cannot drop one. An empty margin gives 1.
func (t TwoByTwo) FisherExact() float64 {
	with, without, inside := t.A+t.B, t.C+t.D, t.A+t.C
	lowest, highest := max(0, inside-without), min(with, inside)
	limit := hypergeometric(t.A, with, without, inside) + 1e-7
	log := hypergeometric(lowest, with, without, inside)
	var p Summer
	for k := lowest; k <= highest; k++ {
		if log <= limit {
			p.Add(math.Exp(log))
		}
		log += math.Log(float64(with-k) * float64(inside-k) / (float64(k+1) * float64(without-inside+k+1)))
	}
	return math.Min(1, p.Sum())
}

// hypergeometric returns the logarithm of the probability of k with-cases
// among those inside.
func hypergeometric(k, with, without, inside int) float64 {
	return choose(with, k) + choose(without, inside-k) - choose(with+without, inside)
}

// choose returns the logarithm of a binomial coefficient.
func choose(n, k int) float64 {
	all, _ := math.Lgamma(float64(n + 1))
	in, _ := math.Lgamma(float64(k + 1))
	out, _ := math.Lgamma(float64(n - k + 1))
	return all - in - out
}

// OddsRatio returns (A+½)(D+½)/((B+½)(C+½)) with the interval on its logarithm
// (Haldane and Anscombe; Woolf): the halves keep an empty cell from giving 0 or
// infinity. P is that of [TwoByTwo.FisherExact]; an empty margin gives no value.
func (t TwoByTwo) OddsRatio(s Sampling) Estimate {
	if t.A+t.B == 0 || t.C+t.D == 0 || t.A+t.C == 0 || t.B+t.D == 0 {
		return Nothing()
	}
	a, b, c, d := float64(t.A)+0.5, float64(t.B)+0.5, float64(t.C)+0.5, float64(t.D)+0.5
	n := t.A + t.B + t.C + t.D
	e := Point(a*d/(b*c), n, HasInterval)
	switch {
	case s.Census || s.Population > 0 && n >= s.Population:
		e.Why = Census
		return e
	case n < MinInterval:
		e.Why = TooFew
		return e
	}
	e.SE = math.Sqrt(1/a+1/b+1/c+1/d) * s.Correction(n) // of the logarithm
	half := distuv.UnitNormal.Quantile(0.5+Level/2) * e.SE
	e.Lo, e.Hi = e.Value*math.Exp(-half), e.Value*math.Exp(half)
	e.P, e.Method = t.FisherExact(), LogDelta
	return e
}
