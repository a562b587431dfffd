package lifetime

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// fitRegression fits all customers, and each fifth by the other four.
func (v *valuation) fitRegression(facts []*factColumn, y []float64, customers []int32) *Regression {
	r := &Regression{Customers: len(y), Smearing: 1, Predicted: blank(v.d.Customers.Len()), Outside: make([]bool, v.d.Customers.Len())}
	r.Log = skew(y) > mostSkew && slices.Min(y) > -1
	all := make([]int, len(y))
	part := make([]int, len(y))
	for k, i := range customers {
		all[k], part[k] = k, fold(v.d.Customers.ID[i])
	}
	coefficients, smearing := leastSquares(facts, y, all, r.Log)
	r.Intercept, r.Smearing = coefficients[0], smearing
	inflation := inflations(facts)
	for j, f := range facts {
		f.Coefficient, f.VIF = coefficients[j+1], inflation[j]
		r.Facts = append(r.Facts, f.Fact)
	}
	fitted := make([]float64, len(y))
	for k := range y {
		fitted[k] = foretell(facts, coefficients, smearing, k, r.Log)
	}
	r.R2, r.R2Out = explained(y, fitted), outOfSample(facts, y, part, r.Log)
	if !(r.R2Out > 0) {
		return r // nothing is foretold, so nothing is to be remarked
	}
	if r.Log {
		v.note(NoteSkewed)
	}
	worst := slices.MaxFunc(r.Facts, func(a, b Fact) int { return cmp.Compare(a.VIF, b.VIF) })
	if worst.VIF > mostVIF {
		v.note(NoteCollinear, dataset.TermOf("lifetime.fact."+worst.Name), dataset.Num(worst.VIF, dataset.Number))
	}
	return r
}

// leastSquares returns intercept and coefficients over some rows, and Duan's
// smearing factor: the mean of e^residual when logarithms were fitted, else 1.
// Facts are standardised and none repeats another, so the normal equations lose
// nothing that matters, and a million customers take one pass. Both are NaN
// where the rows do not tell the facts apart.
func leastSquares(facts []*factColumn, y []float64, rows []int, logs bool) (coefficients []float64, smearing float64) {
	n := len(facts) + 1
	normal, right := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	row := make([]float64, n)
	for _, k := range rows {
		row[0] = 1
		for j, f := range facts {
			row[j+1] = f.values[k]
		}
		target := inLogs(y[k], logs)
		for i, a := range row {
			right.SetVec(i, right.AtVec(i)+a*target)
			for j := i; j < n; j++ {
				normal.SetSym(i, j, normal.At(i, j)+a*row[j])
			}
		}
	}
	coefficients = make([]float64, n)
	var factor mat.Cholesky
	if !factor.Factorize(normal) {
		// A fact does not vary within these rows: a trace of ridge gives it no part.
		for i := range n {
			normal.SetSym(i, i, normal.At(i, i)+1e-8*float64(len(rows)))
		}
		if !factor.Factorize(normal) {
			coefficients[0] = nan
			return coefficients, nan
		}
	}
	solution := mat.NewVecDense(n, coefficients)
	if err := factor.SolveVecTo(solution, right); err != nil {
		coefficients[0] = nan
		return coefficients, nan
	}
	if !logs {
		return coefficients, 1
	}
	var sum stat.Summer
	for _, k := range rows {
		sum.Add(math.Exp(inLogs(y[k], logs) - linear(facts, coefficients, k)))
	}
	return coefficients, sum.Sum() / float64(len(rows))
}

func inLogs(y float64, logs bool) float64 {
	if logs {
		return math.Log1p(y)
	}
	return y
}

func linear(facts []*factColumn, coefficients []float64, k int) float64 {
	sum := coefficients[0]
	for j, f := range facts {
		sum += coefficients[j+1] * f.values[k]
	}
	return sum
}

func foretell(facts []*factColumn, coefficients []float64, smearing float64, k int, logs bool) float64 {
	return fromLogs(linear(facts, coefficients, k), smearing, logs)
}

func fromLogs(x, smearing float64, logs bool) float64 {
	if logs {
		return math.Exp(x)*smearing - 1
	}
	return x
}

// outOfSample returns R2 when every fifth is foretold by the other four.
func outOfSample(facts []*factColumn, y []float64, part []int, logs bool) float64 {
	fitted := make([]float64, len(y))
	for f := range folds {
		var rows []int
		for k, p := range part {
			if p != f {
				rows = append(rows, k)
			}
		}
		if len(rows) <= len(facts)+1 {
			return nan
		}
		coefficients, smearing := leastSquares(facts, y, rows, logs)
		for k, p := range part {
			if p == f {
				fitted[k] = foretell(facts, coefficients, smearing, k, logs)
			}
		}
	}
	return explained(y, fitted)
}

// explained returns R2, on the scale of money.
func explained(y, fitted []float64) float64 {
	mean := stat.Mean(y, nil)
	var residual, total stat.Summer
	for k, v := range y {
		residual.Add((v - fitted[k]) * (v - fitted[k]))
		total.Add((v - mean) * (v - mean))
	}
	if !(total.Sum() > 0) {
		return nan
	}
	return 1 - residual.Sum()/total.Sum()
}

// inflations returns the variance inflation factor of each standardised fact:
// the diagonal of the inverse of their correlations.
func inflations(facts []*factColumn) []float64 {
	n := len(facts)
	correlations := mat.NewDense(n, n, nil)
	for i, a := range facts {
		for j, b := range facts {
			correlations.Set(i, j, stat.Dot(a.values, b.values)/float64(len(a.values)-1))
		}
	}
	out := make([]float64, n)
	var inverse mat.Dense
	err := inverse.Inverse(correlations)
	for j := range out {
		out[j] = math.Inf(1)
		if err == nil || !inverse.IsEmpty() {
			out[j] = inverse.At(j, j)
		}
	}
	return out
}

// skew returns the skewness of y, 0 where it does not vary.
func skew(y []float64) float64 {
	mean, sd := stat.Mean(y, nil), stat.SD(y)
	if !(sd > 0) {
		return 0
	}
	var sum stat.Summer
	for _, v := range y {
		sum.Add(math.Pow((v-mean)/sd, 3))
	}
	return sum.Sum() / float64(len(y))
}

// predict foretells the young customers.
func (v *valuation) predict(r *Regression, facts []*factColumn, young []int32) {
	for _, i := range young {
		e := v.early(int(i))
		sum, outside := r.Intercept, false
		for _, f := range facts {
			x := f.of(int(i), e)
			outside = outside || x < f.Lo || x > f.Hi
			sum += f.Coefficient * (x - f.Mean) / f.SD
		}
		if math.IsNaN(sum) {
			continue
		}
		r.Predicted[i], r.Outside[i] = fromLogs(sum, r.Smearing, r.Log), outside
		r.New++
	}
}
