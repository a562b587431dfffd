package lifetime

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"

	"valuebook/report/analysis/stat"
)

// ParetoNBD are the parameters of the classic model of repeat buying
// (Schmittlein, Morrison and Colombo 1987; METHOD 5.6): as the BG/NBD, but a
// customer may stop at any moment, at a rate that is spread over customers as
// a gamma distribution (S, Beta).
type ParetoNBD struct{ R, Alpha, S, Beta float64 }

// Where the series of A0 needs thousands of terms, its integral is taken.
const (
	slowSeries = 0.9 // argument of the series beyond which it is slow
	smooth     = 30  // purchases below which the integrand is smooth enough
)

// node and nodeWeight are the points of Gauss and Legendre on 0..1.
var node, nodeWeight = func() (x, w [48]float64) {
	quad.Legendre{}.FixedLocations(x[:], w[:], 0, 1)
	return x, w
}()

// lnA0 returns the logarithm of A0 of METHOD 5.6, minus infinity for t_x = T.
func (m ParetoNBD) lnA0(x, recent, age float64) float64 {
	if math.Abs(m.Alpha-m.Beta) > slowSeries*(math.Max(m.Alpha, m.Beta)+recent) && x < smooth {
		return m.lnIntegral(x, recent, age)
	}
	early, late := m.lnTerm(x, recent), m.lnTerm(x, age)
	if !(early > late) {
		return math.Inf(-1)
	}
	return early + math.Log(-math.Expm1(late-early))
}

// lnIntegral returns lnA0 as the logarithm of the integral that it stands for,
// (r+s+x) times that of (alpha+y)^-(r+x) (beta+y)^-(s+1) from t_x to T, over
// the logarithm of the nearer of alpha+y and beta+y.
func (m ParetoNBD) lnIntegral(x, recent, age float64) float64 {
	if !(age > recent) {
		return math.Inf(-1)
	}
	least := math.Min(m.Alpha, m.Beta)
	from, to := math.Log(least+recent), math.Log(least+age)
	var value [len(node)]float64
	most := math.Inf(-1)
	for k, at := range node {
		u := from + at*(to-from)
		y := math.Exp(u) - least
		value[k] = u - (m.R+x)*math.Log(m.Alpha+y) - (m.S+1)*math.Log(m.Beta+y)
		most = math.Max(most, value[k])
	}
	sum := 0.0
	for k, v := range value {
		sum += nodeWeight[k] * math.Exp(v-most)
	}
	return most + math.Log(sum*(to-from)*(m.R+m.S+x))
}

// lnTerm returns ln(2F1(r+s+x, f; c; z) / (mx+t)^(r+s+x)). Euler's
// transformation, (1-z)^(1-f) 2F1(1, c-f; c; z), keeps the terms small.
func (m ParetoNBD) lnTerm(x, t float64) float64 {
	most, least := math.Max(m.Alpha, m.Beta), math.Min(m.Alpha, m.Beta)
	f := m.R + x
	if m.Alpha >= m.Beta {
		f = m.S + 1
	}
	c := m.R + m.S + x + 1
	// 1-z = (least+t)/(most+t)
	left := (1 - f) * math.Log((least+t)/(most+t))
	return left + math.Log(hypergeometric(1, c-f, c, (most-least)/(most+t))) - (c-1)*math.Log(most+t)
}

// LogLikelihood returns the logarithm of the likelihood of one history.
func (m ParetoNBD) LogLikelihood(x, recent, age float64) float64 {
	front := lnGamma(m.R+x) - lnGamma(m.R) + m.R*math.Log(m.Alpha) + m.S*math.Log(m.Beta)
	alive := -(m.R+x)*math.Log(m.Alpha+age) - m.S*math.Log(m.Beta+age)
	stopped := math.Log(m.S/(m.R+m.S+x)) + m.lnA0(x, recent, age)
	return front + lnAddExp(alive, stopped)
}

// Alive returns the chance that a customer with this history is still one.
func (m ParetoNBD) Alive(x, recent, age float64) float64 {
	stopped := math.Log(m.S/(m.R+m.S+x)) + (m.R+x)*math.Log(m.Alpha+age) + m.S*math.Log(m.Beta+age) + m.lnA0(x, recent, age)
	return 1 / (1 + math.Exp(stopped))
}

// Expected returns E[Y(t)], the purchases expected from a customer with this
// history in the next t units of time.
func (m ParetoNBD) Expected(t, x, recent, age float64) float64 {
	if t <= 0 {
		return 0
	}
	return m.future(t, x, age) * m.Alive(x, recent, age)
}

// ExpectedNew returns the repeat purchases expected from a customer in the t
// units of time after the first purchase.
func (m ParetoNBD) ExpectedNew(t float64) float64 { return m.future(t, 0, 0) }

// future returns E[Y(t)] of a customer who is still one.
func (m ParetoNBD) future(t, x, age float64) float64 {
	grown := math.Log((m.Beta + age + t) / (m.Beta + age))
	span := (m.Beta + age) * grown
	if math.Abs(m.S-1) >= nearOne {
		span = (m.Beta + age) / (m.S - 1) * -math.Expm1(-(m.S-1)*grown)
	}
	return (m.R + x) / (m.Alpha + age) * span
}

// FitParetoNBD returns the parameters under which the histories are most
// likely; ok is false when they are not identified.
func FitParetoNBD(s *Summaries) (m ParetoNBD, fit Fit, ok bool) { return fitParetoNBD(aggregate(s)) }

func fitParetoNBD(p *patterns) (m ParetoNBD, fit Fit, ok bool) {
	scale := p.scale()
	found := maximise(func(v []float64) float64 { return p.paretoLogLik(v, scale) }, make([]float64, 4))
	v := found.parameters
	m = ParetoNBD{R: v[0], Alpha: v[1] * scale, S: v[2], Beta: v[3] * scale}
	fit = newFit(p, found)
	fit.LogLikelihood -= p.purchases() * math.Log(scale)
	return m, fit, found.settled && !exploded(1e3, v...)
}

// paretoLogLik returns the logarithm of the likelihood of all histories; it
// allocates nothing.
func (p *patterns) paretoLogLik(parameters []float64, scale float64) float64 {
	m := ParetoNBD{R: parameters[0], Alpha: parameters[1], S: parameters[2], Beta: parameters[3]}
	var sum stat.Summer
	for k := range p.rows {
		recent, age := p.times(&p.rows[k])
		sum.Add(float64(p.rows[k].count) * m.LogLikelihood(float64(p.rows[k].x), recent/scale, age/scale))
	}
	return sum.Sum()
}
