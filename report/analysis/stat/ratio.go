package stat

import (
	"math"
	"slices"
)

// LogRatio returns own/other with the delta-method interval on the logarithm
// (METHOD 3.7). se is the standard error of the logarithm, df its degrees of
// freedom, enough the effective number of respondents behind it. A ratio that
// is not above 0 has no value.
func LogRatio(own, other, se, df float64, n int, nEff float64, s Sampling) Estimate {
	ratio := own / other
	if !(own > 0) || !(other > 0) || math.IsInf(ratio, 0) {
		return Nothing()
	}
	log := Moment{Mean: math.Log(ratio), SE: se, N: n, NEff: nEff}
	e := log.Estimate(df, 0, LogDelta, s)
	e.Value, e.Lo, e.Hi = ratio, math.Exp(e.Lo), math.Exp(e.Hi)
	return e
}

// PairedRatio returns mean(own)/mean(other) of the same respondents with its
// interval (METHOD 3.7). The standard error comes from the linearised terms
// own/mean(own) - other/mean(other), which gives
// sqrt((s_o^2/o^2 + s_c^2/c^2 - 2 s_oc/(o c))/n) and holds for sampling weights
// too. The terms are put into room, unless that is shorter than own.
func PairedRatio(own, other, weight []float64, s Sampling, room []float64) Estimate {
	o, c := Mean(own, weight), Mean(other, weight)
	if !(o > 0) || !(c > 0) {
		return Nothing()
	}
	if len(room) < len(own) {
		room = make([]float64, len(own))
	}
	terms := room[:len(own)]
	for i := range terms {
		terms[i] = own[i]/o - other[i]/c
	}
	m := NewMoment(terms, weight, s)
	return LogRatio(o, c, m.SE, m.NEff-1, m.N, m.NEff, s)
}

// IndependentRatio returns the ratio of two independent means. N is the size of
// the smaller sample.
func IndependentRatio(own, other Moment, s Sampling) Estimate {
	so, sc := own.SE/own.Mean, other.SE/other.Mean
	df := WelchDF(so, own.NEff-1, sc, other.NEff-1)
	return LogRatio(own.Mean, other.Mean, math.Hypot(so, sc), df, min(own.N, other.N), math.Min(own.NEff, other.NEff), s)
}

// NearZero reports whether the interval of a denominator comes within ten per
// cent of zero, where the delta method does not hold (METHOD 3.7).
func (m Moment) NearZero() bool {
	if !m.enough() || math.IsNaN(m.SE) {
		return false
	}
	return m.Mean-TQuantile(0.5+Level/2, m.NEff-1)*m.SE <= 0.1*m.Mean
}

func sortBy(order []int, key []float64) {
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case key[a] < key[b]:
			return -1
		case key[a] > key[b]:
			return 1
		}
		return a - b
	})
}
