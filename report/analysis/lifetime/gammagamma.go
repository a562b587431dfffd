package lifetime

import (
	"math"

	"valuebook/report/analysis/stat"
)

// GammaGamma are the parameters of the model of spend per purchase (Fader and
// Hardie 2013; METHOD 5.5). Gamma is in money.
type GammaGamma struct{ P, Q, Gamma float64 }

// Expected returns E(M | z, x), the spend per purchase to be expected from a
// customer whose x repeat purchases came to z on average; for x = 0 that of
// the population.
func (m GammaGamma) Expected(x, z float64) float64 {
	if x == 0 {
		return m.Mean()
	}
	return m.P * (m.Gamma + x*z) / (m.P*x + m.Q - 1)
}

// Mean returns the expected spend per purchase over all customers, NaN where
// it is infinite (q not above 1).
func (m GammaGamma) Mean() float64 {
	if !(m.Q > 1) {
		return math.NaN()
	}
	return m.P * m.Gamma / (m.Q - 1)
}

// spending is what the likelihood of the Gamma-Gamma needs of the customers
// who bought again: x and z over the mean spend, sorted by x and z.
type spending struct {
	x, z         []float64
	mean         float64 // by which z was divided
	lnZ, xlnX    float64 // sums
	xlnZ, weight float64
	counts       []xCount
	p, q, g      float64 // of the step of the fit that is being computed
}

type xCount struct{ x, customers float64 }

// newSpending takes the customers with x > 0 and z > 0, n in number.
func newSpending(s *Summaries) (w *spending, n int) {
	order := make([]int32, 0, s.Len())
	var total stat.Summer
	for k, x := range s.X {
		if x > 0 && s.Spend[k] > 0 {
			order = append(order, int32(k))
		}
	}
	sortSpending(s, order)
	for _, k := range order {
		total.Add(s.Spend[k])
	}
	w = &spending{mean: total.Sum() / float64(len(order)), weight: float64(len(order))}
	for _, k := range order {
		w.add(float64(s.X[k]), s.Spend[k]/w.mean)
	}
	return w, len(order)
}

func (w *spending) add(x, z float64) {
	w.x, w.z = append(w.x, x), append(w.z, z)
	w.lnZ += math.Log(z)
	w.xlnZ += x * math.Log(z)
	w.xlnX += x * math.Log(x)
	if last := len(w.counts) - 1; last >= 0 && w.counts[last].x == x {
		w.counts[last].customers++
		return
	}
	w.counts = append(w.counts, xCount{x, 1})
}

// logLik returns the logarithm of the likelihood; gamma is in units of the
// mean spend.
func (w *spending) logLik(parameters []float64) float64 {
	p, q, g := parameters[0], parameters[1], parameters[2]
	var sum stat.Summer
	sum.Add(w.weight * (q*math.Log(g) - lnGamma(q)))
	sum.Add(p*w.xlnX + p*w.xlnZ - w.lnZ)
	for _, c := range w.counts {
		sum.Add(c.customers * (lnGamma(p*c.x+q) - lnGamma(p*c.x)))
	}
	w.p, w.q, w.g = p, q, g
	sum.Add(sumParts(len(w.x), w))
	return sum.Sum()
}

// sum adds the customers of a range: what of the likelihood depends on x and z
// together. Customers are sorted by x: where x is the same, what the logarithm is
// taken of is multiplied first, as long as the product keeps its digits.
func (w *spending) sum(from, to int) float64 {
	const largest = 1e200
	var sum stat.Summer
	product := 1.0
	for k := from; k < to; k++ {
		product *= w.g + w.x[k]*w.z[k]
		if k == to-1 || w.x[k+1] != w.x[k] || k%together == together-1 || product > largest || product < 1/largest {
			sum.Add(-(w.p*w.x[k] + w.q) * math.Log(product))
			product = 1
		}
	}
	return sum.Sum()
}

// FitGammaGamma returns the parameters under which the mean spends of the
// customers who bought again are most likely. ok is false when they are not
// identified, or when the mean of the population is infinite.
func FitGammaGamma(s *Summaries) (m GammaGamma, fit Fit, ok bool) {
	w, n := newSpending(s)
	if n == 0 {
		return GammaGamma{math.NaN(), math.NaN(), math.NaN()}, Fit{}, false
	}
	found := maximise(w.logLik, make([]float64, 3))
	v := found.parameters
	m = GammaGamma{P: v[0], Q: v[1], Gamma: v[2] * w.mean}
	fit = Fit{LogLikelihood: found.logLik - w.weight*math.Log(w.mean), Customers: n, Patterns: n, Iterations: found.steps}
	return m, fit, found.settled && m.Q > 1 && !exploded(1e4, v...)
}

// SpendCorrelation returns Pearson's correlation of x and z over the customers
// with x > 0 and z > 0, NaN for fewer than three. The model takes it to be 0.
func SpendCorrelation(s *Summaries) float64 {
	w, n := newSpending(s)
	if n < 3 {
		return math.NaN()
	}
	return correlation(w.x, w.z)
}
