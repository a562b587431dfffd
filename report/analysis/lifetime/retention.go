package lifetime

import "math"

// Timing says when the first margin comes.
type Timing string

// The two timings; their values differ by exactly one margin.
const (
	EndOfPeriod Timing = "end"  // at the end of period 1, from customers who were retained
	AtOnce      Timing = "once" // now, from every customer
)

// Multiple returns what a constant margin of 1 a period is worth for ever
// (Gupta and Lehmann 2005; METHOD 5.2): r(1+d-r) and with growth g of the
// margin r/(1+d-r(1+g)); with the first margin at once (1+d)/(1+d-r(1+g)).
//
// retention r is from 0 to 1, discount d at least 0, both per period. It
// returns NaN and the reason where there is no value.
func Multiple(retention, discount, growth float64, timing Timing) (float64, Refusal) {
	if why := checkRates(retention, discount); why != "" {
		return math.NaN(), why
	}
	if math.IsNaN(growth) || growth < -1 {
		return math.NaN(), GrowthTooLarge
	}
	left := 1 + discount - retention*(1+growth)
	switch {
	case left <= 0 && growth == 0:
		return math.NaN(), Infinite
	case left <= 0:
		return math.NaN(), GrowthTooLarge
	case timing == AtOnce:
		return (1 + discount) / left, ""
	}
	return retention / left, ""
}

func checkRates(retention, discount float64) Refusal {
	switch {
	case !(retention >= 0 && retention <= 1):
		return RetentionRange
	case !(discount >= 0) || math.IsInf(discount, 1):
		return DiscountRange
	}
	return ""
}

// FiniteMultiple returns what a constant margin of 1 a period is worth over a
// number of periods, with growth g of the margin from one period to the next.
func FiniteMultiple(retention, discount, growth float64, periods int, timing Timing) (float64, Refusal) {
	if why := checkRates(retention, discount); why != "" {
		return math.NaN(), why
	}
	if math.IsNaN(growth) || growth < -1 {
		return math.NaN(), GrowthTooLarge
	}
	sum, term := 0.0, retention/(1+discount)
	if timing == AtOnce {
		term = 1
	}
	for range periods {
		sum += term
		term *= retention * (1 + growth) / (1 + discount)
	}
	return sum, ""
}

// RetentionSpending returns the value of a customer who brings a contribution
// now and at the end of each of n periods while retained, and on whom spending
// on retention falls due in the middle of each period (Berger and Nasr 1998,
// case 1; METHOD 5.2):
//
//	contribution sum_{i=0..n} r^i/(1+d)^i - spending sum_{i=1..n} r^(i-1)/(1+d)^(i-0.5)
func RetentionSpending(contribution, spending, retention, discount float64, periods int) (float64, Refusal) {
	if why := checkRates(retention, discount); why != "" {
		return math.NaN(), why
	}
	value := contribution
	for i := 1; i <= periods; i++ {
		k := float64(i)
		value += contribution * math.Pow(retention, k) / math.Pow(1+discount, k)
		value -= spending * math.Pow(retention, k-1) / math.Pow(1+discount, k-0.5)
	}
	return value, ""
}
