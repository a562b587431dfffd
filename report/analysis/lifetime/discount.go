package lifetime

import "math"

// daysPerMonth is the length of an average month.
const daysPerMonth = 30.4375

// MonthlyRate converts a yearly rate of discount: (1+d)^(1/12) - 1.
func MonthlyRate(yearly float64) float64 { return math.Expm1(math.Log1p(yearly) / 12) }

// MonthlyRetention converts a yearly retention rate: r^(1/12).
func MonthlyRetention(yearly float64) float64 { return math.Pow(yearly, 1.0/12) }

// ContinuousRate returns the rate of continuous discount per period for k
// periods a year: ln(1+d)/k.
func ContinuousRate(yearly, k float64) float64 { return math.Log1p(yearly) / k }

// Discounted returns the present value of what a growing total adds in each of
// a number of periods, received at the end of the period: the sum over k of
// (total(k) - total(k-1)) / (1+rate)^k (METHOD 5.5).
func Discounted(periods int, rate float64, total func(k float64) float64) float64 {
	value, before, factor := 0.0, 0.0, 1.0
	for k := 1; k <= periods; k++ {
		after := total(float64(k))
		factor /= 1 + rate
		value += (after - before) * factor
		before = after
	}
	return value
}
