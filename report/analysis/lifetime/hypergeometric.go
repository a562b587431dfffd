package lifetime

import "math"

// maxTerms bounds a power series; below 1 it is reached only within rounding
// of the circle of convergence.
const maxTerms = 200_000

// hypergeometric returns Gauss' 2F1(a, b; c; z) for 0 <= z < 1 by its power
// series (METHOD 5.4), NaN where the series has no value.
func hypergeometric(a, b, c, z float64) float64 {
	if !(z >= 0 && z < 1) {
		return math.NaN()
	}
	sum, term := 1.0, 1.0
	for k := 0.0; k < maxTerms; k++ {
		term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z
		sum += term
		if math.Abs(term) <= 1e-16*math.Abs(sum) || math.IsNaN(sum) {
			break
		}
	}
	return sum
}

// lnGamma returns the logarithm of the gamma function for x > 0.
func lnGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// lnBeta returns the logarithm of the beta function.
func lnBeta(a, b float64) float64 { return lnGamma(a) + lnGamma(b) - lnGamma(a+b) }

// lnAddExp returns ln(e^a + e^b) without leaving the range of numbers.
func lnAddExp(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return a + math.Log1p(math.Exp(b-a))
}
