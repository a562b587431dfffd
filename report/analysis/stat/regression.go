package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Correlations returns the matrix of [Pearson] correlations of columns of equal
// length without NaN. A column that does not vary makes NaN.
func Correlations(columns [][]float64) [][]float64 {
	r := square(len(columns))
	for i := range columns {
		r[i][i] = 1
		for j := range i {
			r[i][j] = Pearson(columns[i], columns[j])
			r[j][i] = r[i][j]
		}
	}
	return r
}

func square(n int) [][]float64 {
	cells := make([]float64, n*n)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = cells[i*n : (i+1)*n]
	}
	return rows
}

func symmetric(a [][]float64) *mat.SymDense {
	s := mat.NewSymDense(len(a), nil)
	for i := range a {
		for j := i; j < len(a); j++ {
			s.SetSym(i, j, a[i][j])
		}
	}
	return s
}

// finite reports whether a matrix has rows and only finite cells.
func finite(a [][]float64) bool {
	for _, row := range a {
		for _, x := range row {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return false
			}
		}
	}
	return len(a) > 0
}

// Eigen returns the eigenvalues of a symmetric matrix, ascending, and its
// eigenvectors of length 1: vectors[k] belongs to values[k]. It reports false
// for an empty matrix, one that is not finite, or when the iteration fails.
func Eigen(a [][]float64) (values []float64, vectors [][]float64, ok bool) {
	if !finite(a) {
		return nil, nil, false
	}
	var e mat.EigenSym
	if !e.Factorize(symmetric(a), true) {
		return nil, nil, false
	}
	var q mat.Dense
	e.VectorsTo(&q)
	vectors = square(len(a))
	for k := range vectors {
		mat.Col(vectors[k], k, &q)
	}
	return e.Values(nil), vectors, true
}

// A Regression is a least-squares fit on standardised columns.
type Regression struct {
	Beta    []float64 // standardised coefficients
	Inverse []float64 // diagonal of the inverse of the predictors' correlations: variance inflation
	R2      float64   // share of variance explained, 0..1
}

// Regress fits y on predictors, given the predictors' correlations among
// themselves and with y. It reports false when the predictors depend on each
// other.
func Regress(among [][]float64, with []float64) (Regression, bool) {
	var chol mat.Cholesky
	if !finite(among) || !finite([][]float64{with}) || !chol.Factorize(symmetric(among)) {
		return Regression{}, false
	}
	p := len(with)
	var beta mat.VecDense
	var inverse mat.SymDense
	if chol.SolveVecTo(&beta, mat.NewVecDense(p, append([]float64(nil), with...))) != nil || chol.InverseTo(&inverse) != nil {
		return Regression{}, false
	}
	r := Regression{Beta: make([]float64, p), Inverse: make([]float64, p)}
	for j := range p {
		r.Beta[j], r.Inverse[j] = beta.AtVec(j), inverse.At(j, j)
	}
	r.R2 = math.Max(0, math.Min(1, Dot(with, r.Beta)))
	return r, true
}

// Coefficient returns a standardised coefficient of a fit on n rows with its t
// interval and p-value; no interval without degrees of freedom.
func (r Regression) Coefficient(j, n int, s Sampling) Estimate {
	df := float64(n - len(r.Beta) - 1)
	m := Moment{Mean: r.Beta[j], SE: math.NaN(), N: n, NEff: float64(n)}
	if df > 0 {
		m.SE = math.Sqrt((1-r.R2)*r.Inverse[j]/df) * s.Correction(n)
	}
	return m.Estimate(df, 0, OneSampleT, s)
}

// FTest returns the statistic and the p-value of the hypothesis that none of p
// predictors explains anything, from the R2 of n rows; NaN without degrees of
// freedom. R2 = 1 gives +Inf and 0.
func FTest(r2 float64, n, p int) (f, probability float64) {
	rest := float64(n - p - 1)
	if p < 1 || !(rest > 0) || math.IsNaN(r2) {
		return math.NaN(), math.NaN()
	}
	if r2 >= 1 {
		return math.Inf(1), 0
	}
	f = (r2 / float64(p)) / ((1 - r2) / rest)
	return f, distuv.F{D1: float64(p), D2: rest}.Survival(f)
}
