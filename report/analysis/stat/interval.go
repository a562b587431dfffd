package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// MinInterval is the smallest number of respondents, or effective number under
// sampling weights, for which an interval is given (METHOD 0.2).
const MinInterval = 5

// Level is the confidence of every interval.
const Level = 0.95

// manyDF is where Student's distribution can no longer be told from the normal
// one in double precision.
const manyDF = 1e7

// TQuantile returns the quantile p of Student's t with df degrees of freedom,
// NaN for df that is not above 0.
func TQuantile(p, df float64) float64 {
	switch {
	case !(df > 0):
		return math.NaN()
	case df > manyDF:
		return distuv.UnitNormal.Quantile(p)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(p)
}

// TwoSided returns the two-sided p-value of a t statistic.
func TwoSided(t, df float64) float64 {
	switch {
	case !(df > 0) || math.IsNaN(t):
		return math.NaN()
	case df > manyDF:
		return 2 * distuv.UnitNormal.Survival(math.Abs(t))
	}
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Survival(math.Abs(t))
}

// Sampling says what the respondents are a sample of (METHOD 3.6). The zero
// value is an endless population.
type Sampling struct {
	Population int  // size of a finite population, 0 = endless
	Census     bool // the respondents are everybody: no intervals
}

// Correction is the factor of the standard error for n respondents.
func (s Sampling) Correction(n int) float64 {
	if s.Population <= 0 {
		return 1
	}
	return math.Sqrt(math.Max(0, 1-float64(n)/float64(s.Population)))
}

// Nothing returns an estimate that has no value.
func Nothing() Estimate {
	nan := math.NaN()
	return Estimate{Value: nan, Lo: nan, Hi: nan, SE: nan, DF: nan, P: nan}
}

// Point returns an estimate without an interval, and why it has none.
func Point(value float64, n int, why Why) Estimate {
	e := Nothing()
	e.Value, e.N, e.Why = value, n, why
	return e
}

// A Moment is a mean with its standard error; SE is NaN when fewer than two
// respondents or no effective sample stand behind it.
type Moment struct {
	Mean, SE float64
	N        int
	NEff     float64 // Kish: (sum p)^2 / sum p^2; n for equal weights
}

// NewMoment returns the weighted mean of x with Cochran's standard error
// (METHOD 3.5), which is sd/sqrt(n) for equal weights; nil weights are equal.
// The finite-population correction of s is applied.
func NewMoment(x, weight []float64, s Sampling) Moment {
	n := len(x)
	m := Moment{Mean: Mean(x, weight), SE: math.NaN(), N: n, NEff: float64(n)}
	if weight == nil {
		if n > 1 {
			m.SE = math.Sqrt(squares(x, m.Mean, nil)/float64(n-1)/float64(n)) * s.Correction(n)
		}
		return m
	}
	total, second := Sum(weight), Dot(weight, weight)
	m.NEff = 0
	if second > 0 {
		m.NEff = total * total / second
	}
	if n > 1 && total > 0 {
		m.SE = math.Sqrt(float64(n)/float64(n-1)*squares(x, m.Mean, weight)) / total * s.Correction(n)
	}
	return m
}

// enough reports whether the moment bears an interval.
func (m Moment) enough() bool { return Nearly(m.NEff) >= MinInterval }

// OneSample returns the mean of x with its t interval and the p-value against
// parity (METHOD 3.2, 3.4, 3.5); a NaN parity gives no p-value. x holds no NaN
// and stands in the order of the customers' identifiers.
func OneSample(x, weight []float64, parity float64, s Sampling) Estimate {
	if len(x) == 0 {
		return Nothing()
	}
	m := NewMoment(x, weight, s)
	return m.Estimate(m.NEff-1, parity, OneSampleT, s)
}

// PairedMean is OneSample of differences within respondents.
func PairedMean(d, weight []float64, s Sampling) Estimate {
	e := OneSample(d, weight, 0, s)
	if e.Method == OneSampleT {
		e.Method = Paired
	}
	return e
}

// Estimate turns a moment into an estimate with df degrees of freedom.
func (m Moment) Estimate(df, parity float64, method Method, s Sampling) Estimate {
	e := Point(m.Mean, m.N, HasInterval)
	e.SE = m.SE
	switch {
	case math.IsNaN(m.Mean):
		return Nothing()
	case s.Census || s.Population > 0 && m.N >= s.Population:
		e.SE, e.Why = math.NaN(), Census
	case !m.enough() || math.IsNaN(m.SE):
		e.Why = TooFew
	case m.SE == 0:
		e.Why = NoVariation
	default:
		e.DF, e.Method = df, method
		half := TQuantile(0.5+Level/2, df) * m.SE
		e.Lo, e.Hi = m.Mean-half, m.Mean+half
		e.P = TwoSided((m.Mean-parity)/m.SE, df)
	}
	return e
}

// WelchDF returns the degrees of freedom of METHOD 3.3, not rounded; each side
// is said by its standard error and its own degrees of freedom.
func WelchDF(se1, df1, se2, df2 float64) float64 {
	v1, v2 := se1*se1, se2*se2
	sum := v1 + v2
	return sum * sum / (v1*v1/df1 + v2*v2/df2)
}

// Welch returns the difference of two independent means, a - b (METHOD 3.3).
// N is the size of the smaller sample.
func Welch(a, b Moment, s Sampling) Estimate {
	diff := Moment{Mean: a.Mean - b.Mean, SE: math.Hypot(a.SE, b.SE), N: min(a.N, b.N), NEff: math.Min(a.NEff, b.NEff)}
	return diff.Estimate(WelchDF(a.SE, a.NEff-1, b.SE, b.NEff-1), 0, WelchT, s)
}

// Wilson returns a share with Wilson's interval. hits may be a weighted count
// when n is the effective number of respondents behind it.
func Wilson(hits, n float64, respondents int, s Sampling) Estimate {
	if !(n > 0) {
		return Nothing()
	}
	p := hits / n
	e := Point(p, respondents, HasInterval)
	switch {
	case s.Census || s.Population > 0 && respondents >= s.Population:
		e.Why = Census
		return e
	case Nearly(n) < MinInterval:
		e.Why = TooFew
		return e
	}
	z := distuv.UnitNormal.Quantile(0.5 + Level/2)
	z *= s.Correction(respondents)
	z2 := z * z / n
	centre := (p + z2/2) / (1 + z2)
	half := z * math.Sqrt(p*(1-p)/n+z2/(4*n)) / (1 + z2)
	e.Lo, e.Hi = math.Max(0, centre-half), math.Min(1, centre+half)
	e.Method = WilsonScore
	return e
}

// Holm returns p-values adjusted for all tests of a family by Holm's step-down
// method. NaN marks what was not tested and does not count.
func Holm(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	order := make([]int, 0, len(p))
	for i, v := range p {
		adjusted[i] = math.NaN()
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	sortBy(order, p)
	floor := 0.0
	for place, i := range order {
		floor = math.Max(floor, math.Min(1, p[i]*float64(len(order)-place)))
		adjusted[i] = floor
	}
	return adjusted
}
