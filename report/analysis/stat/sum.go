package stat

import "math"

// A Summer adds numbers with Neumaier's compensation: the sum of a column does
// not drift with its length. The zero value is an empty sum.
//
// A sum still depends on the order of its terms in the last bit; callers add
// customers in the order of their identifiers (METHOD 0.2).
type Summer struct{ sum, lost float64 }

// Add adds x. An infinite or missing x makes the sum infinite or NaN.
func (s *Summer) Add(x float64) {
	t := s.sum + x
	if math.Abs(s.sum) >= math.Abs(x) {
		s.lost += (s.sum - t) + x
	} else {
		s.lost += (x - t) + s.sum
	}
	s.sum = t
}

// Sum returns the sum so far, 0 for an empty one.
func (s *Summer) Sum() float64 {
	if math.IsInf(s.sum, 0) || math.IsNaN(s.sum) {
		return s.sum
	}
	return s.sum + s.lost
}

// Sum returns the compensated sum of x.
func Sum(x []float64) float64 {
	var s Summer
	for _, v := range x {
		s.Add(v)
	}
	return s.Sum()
}

// Dot returns the compensated sum of x[i]*weight[i]; nil weights count 1 each.
func Dot(x, weight []float64) float64 {
	if weight == nil {
		return Sum(x)
	}
	var s Summer
	for i, v := range x {
		s.Add(v * weight[i])
	}
	return s.Sum()
}

// Mean returns the weighted mean of x, NaN for no values or no weight; nil
// weights count 1 each.
func Mean(x, weight []float64) float64 {
	total := float64(len(x))
	if weight != nil {
		total = Sum(weight)
	}
	if len(x) == 0 || !(total > 0) {
		return math.NaN()
	}
	return Dot(x, weight) / total
}

// SD returns the standard deviation of x with n-1 in the denominator, NaN for
// fewer than two values. What is left by rounding when all values are equal
// counts as no deviation at all.
func SD(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	return math.Sqrt(squares(x, Mean(x, nil), nil) / float64(len(x)-1))
}

// squares returns the sum of weight^2 (x - mean)^2, exactly 0 when nothing but
// rounding tells the values apart.
func squares(x []float64, mean float64, weight []float64) float64 {
	var s Summer
	largest, widest := 1.0, 0.0
	for i, v := range x {
		d := v - mean
		largest = math.Max(largest, math.Abs(v))
		widest = math.Max(widest, math.Abs(d))
		if weight != nil {
			d *= weight[i]
		}
		s.Add(d * d)
	}
	if widest <= 1e-12*largest {
		return 0
	}
	return s.Sum()
}

// Nearly rounds to nine decimals. Comparisons that decide a class, a rank or a
// verdict compare rounded numbers, so that neither rescaling nor the order of
// a sum can turn them (METHOD 4.3). Numbers too large to have nine decimals
// stay as they are.
func Nearly(x float64) float64 {
	const nine = 1e9
	if math.Abs(x) >= 1<<52/nine || math.IsNaN(x) {
		return x
	}
	return math.Round(x*nine) / nine
}
