package stat

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// MidRanks ranks values ascending, 1 = smallest; equal ones (to nine decimals)
// share the mean of their places. x holds no NaN.
func MidRanks(x []float64) []float64 {
	rank, _ := Ranks(x)
	for i, r := range rank {
		rank[i] = float64(len(x)+1) - r
	}
	return rank
}

// PercentileRanks returns (below + 0.5 same)/n of each value, 0..1, where same
// counts the value itself (METHOD 7.2). NaN stays NaN and does not count.
func PercentileRanks(x []float64) []float64 {
	out := make([]float64, len(x))
	rank, _ := Ranks(x)
	n := 0
	for _, r := range rank {
		if !math.IsNaN(r) {
			n++
		}
	}
	for i, r := range rank {
		out[i] = (float64(n) + 0.5 - r) / float64(n)
	}
	return out
}

// Pearson returns the correlation of two columns of equal length without NaN,
// -1..1; NaN for fewer than two rows or when either does not vary.
func Pearson(x, y []float64) float64 {
	if len(x) < 2 || len(x) != len(y) {
		return math.NaN()
	}
	mx, my := Mean(x, nil), Mean(y, nil)
	sx, sy := squares(x, mx, nil), squares(y, my, nil)
	if !(sx > 0) || !(sy > 0) {
		return math.NaN()
	}
	var s Summer
	for i := range x {
		s.Add((x[i] - mx) * (y[i] - my))
	}
	return math.Max(-1, math.Min(1, s.Sum()/math.Sqrt(sx)/math.Sqrt(sy)))
}

// Spearman returns the rank correlation with mean ranks for ties; NaN as for
// [Pearson].
func Spearman(x, y []float64) float64 { return Pearson(MidRanks(x), MidRanks(y)) }

// PearsonEstimate returns the correlation with Fisher's interval and the
// p-value of Student's t with n-2 degrees of freedom (METHOD 7.3).
func PearsonEstimate(x, y []float64, s Sampling) Estimate {
	return correlation(Pearson(x, y), len(x), 1, s)
}

// SpearmanEstimate returns the rank correlation with the interval of Bonett and
// Wright (2000), which widens Fisher's by sqrt(1 + r^2/2), and the p-value of
// Student's t with n-2 degrees of freedom.
func SpearmanEstimate(x, y []float64, s Sampling) Estimate {
	r := Spearman(x, y)
	return correlation(r, len(x), math.Sqrt(1+r*r/2), s)
}

func correlation(r float64, n int, wider float64, s Sampling) Estimate {
	e := Point(r, n, HasInterval)
	switch {
	case math.IsNaN(r):
		e.Why = NoVariation
		return e
	case s.Census || s.Population > 0 && n >= s.Population:
		e.Why = Census
		return e
	case n < MinInterval:
		e.Why = TooFew
		return e
	}
	e.DF, e.Method = float64(n-2), FisherZ
	e.P = TwoSided(r*math.Sqrt(e.DF/((1-r)*(1+r))), e.DF)
	e.SE = wider / math.Sqrt(float64(n-3)) * s.Correction(n) // of the arc tangent
	half := distuv.UnitNormal.Quantile(0.5+Level/2) * e.SE
	e.Lo, e.Hi = math.Tanh(math.Atanh(r)-half), math.Tanh(math.Atanh(r)+half)
	return e
}

// AUC returns the chance that a positive scores higher than a negative, equal
// scores counting half: the area under the ROC curve, 0..1. NaN when either
// kind is missing. score holds no NaN.
func AUC(score []float64, positive []bool) float64 {
	rank := MidRanks(score)
	n := 0
	var sum Summer
	for i, yes := range positive {
		if yes {
			n++
			sum.Add(rank[i])
		}
	}
	if n == 0 || n == len(positive) {
		return math.NaN()
	}
	yes, no := float64(n), float64(len(positive)-n)
	return (sum.Sum() - yes*(yes+1)/2) / (yes * no)
}

// Mode returns the commonest text, the first by name of equally common ones,
// and how often it occurs; "" and 0 when all are blank.
func Mode(texts []string) (text string, count int) {
	sorted := slices.Clone(texts)
	slices.Sort(sorted)
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end] == sorted[start] {
			end++
		}
		if sorted[start] != "" && end-start > count {
			text, count = sorted[start], end-start
		}
		start = end
	}
	return text, count
}
