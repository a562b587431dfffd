package driver

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
)

// A Column is one explaining column: a value per row, without NaN.
type Column struct {
	Name   string
	Values []float64
}

// Explain fits outcome on columns of the same length and divides the explained
// variance among them (METHOD 7.3). Rows are complete cases in the order of the
// customers' identifiers; no value is NaN. The order of the columns changes no
// bit of the result, as long as their names differ.
func Explain(outcome []float64, columns []Column, o Options) Model {
	nan := math.NaN()
	m := Model{N: len(outcome), R2: nan, Adjusted: nan, F: nan, DF1: nan, DF2: nan, P: nan}
	for _, c := range columns {
		m.Predictors = append(m.Predictors, Predictor{
			Name: c.Name, Shapley: nan, Johnson: nan, Rank: nan,
			Pearson: stat.PearsonEstimate(c.Values, outcome, o.Sampling), Spearman: stat.SpearmanEstimate(c.Values, outcome, o.Sampling),
			Coefficient: stat.Nothing(), Weight: stat.Nothing(), Share: stat.Nothing(),
		})
	}
	f := &fit{model: &m, outcome: outcome, columns: columns, o: o}
	f.choose()
	m.Needed = o.PerPredictor * len(f.in)
	if m.Refused = f.refusal(); m.Refused == Accepted {
		m.Refused = f.regress()
	}
	if m.Refused == Accepted {
		f.weigh()
	}
	return m
}

// A fit is a model being made.
type fit struct {
	model   *Model
	outcome []float64
	columns []Column
	o       Options
	in      []int       // columns that take part, by name
	among   [][]float64 // their correlations
	with    []float64   // and those with the outcome
}

// choose leaves out constant columns and, one by one, columns that are a
// combination of others (METHOD 7.3).
func (f *fit) choose() {
	for k, c := range f.columns {
		if stat.SD(c.Values) > 0 {
			f.in = append(f.in, k)
		} else {
			f.model.Predictors[k].Left = Constant
		}
	}
	slices.SortStableFunc(f.in, func(a, b int) int { return strings.Compare(f.columns[a].Name, f.columns[b].Name) })
	f.correlate()
	for len(f.in) > 1 {
		values, vectors, ok := stat.Eigen(f.among)
		if !ok || values[0] >= dependent {
			return
		}
		at := f.superfluous(vectors[0])
		f.model.Predictors[f.in[at]].Left = Collinear
		f.in = slices.Delete(f.in, at, at+1)
		f.correlate()
	}
}

func (f *fit) correlate() {
	chosen := make([][]float64, len(f.in))
	f.with = make([]float64, len(f.in))
	for k, at := range f.in {
		chosen[k] = f.columns[at].Values
		f.with[k] = f.model.Predictors[at].Pearson.Value
	}
	f.among = stat.Correlations(chosen)
}

// superfluous picks, among the columns of a dependency, the one that goes least
// with the outcome; of equal ones the last by name.
func (f *fit) superfluous(dependency []float64) int {
	const takesPart = 1e-4
	at := -1
	for k, part := range dependency {
		if math.Abs(part) < takesPart {
			continue
		}
		if at < 0 || stat.Nearly(math.Abs(f.with[k])) <= stat.Nearly(math.Abs(f.with[at])) {
			at = k
		}
	}
	return max(at, 0)
}

// refusal says why the data bear no model.
func (f *fit) refusal() Refusal {
	switch {
	case f.model.N < stat.MinInterval:
		return TooFew
	case !(stat.SD(f.outcome) > 0):
		return NoVariation
	case len(f.in) == 0:
		return NoPredictors
	case f.model.N < f.model.Needed || f.model.N < len(f.in)+2:
		return TooFew
	}
	return Accepted
}

// regress fits all chosen columns and tests the whole.
func (f *fit) regress() Refusal {
	m, p := f.model, len(f.in)
	r, ok := stat.Regress(f.among, f.with)
	if !ok {
		return NotAttributable
	}
	rest := float64(m.N - p - 1)
	m.R2, m.DF1, m.DF2 = r.R2, float64(p), rest
	m.Adjusted = 1 - (1-r.R2)*float64(m.N-1)/rest
	m.F, m.P = stat.FTest(r.R2, m.N, p)
	for k, at := range f.in {
		m.Predictors[at].Coefficient = r.Coefficient(k, m.N, f.o.Sampling)
	}
	if !(m.P < f.o.Level) {
		return NotIdentified
	}
	return Accepted
}

// weigh divides R2 by both methods and puts intervals to the headline.
func (f *fit) weigh() {
	m, p := f.model, len(f.in)
	eps, phi := make([]float64, p), make([]float64, p)
	hasJohnson, hasShapley := johnson(f.among, f.with, eps), p <= min(f.o.ShapleyMax, 20)
	if hasShapley {
		newShapley(p).values(f.among, f.with, phi)
	}
	for k, at := range f.in {
		if hasJohnson {
			m.Predictors[at].Johnson = eps[k]
		}
		if hasShapley {
			m.Predictors[at].Shapley = phi[k]
		}
	}
	switch {
	case hasShapley:
		m.Method = Shapley
		f.intervals(phi)
	case hasJohnson:
		m.Method = Johnson
		f.intervals(eps)
	default:
		m.Refused = NotAttributable
		return
	}
	f.rank()
}

func (f *fit) rank() {
	weights := make([]float64, len(f.model.Predictors))
	for k, p := range f.model.Predictors {
		weights[k] = p.Weight.Value
	}
	rank, tied := stat.Ranks(weights)
	for k := range weights {
		f.model.Predictors[k].Rank, f.model.Predictors[k].Tied = rank[k], tied[k]
	}
}

// Weightiest returns the predictors that take part, the weightiest first; of
// equal ones the first by name. It is empty when the model was refused.
func (m *Model) Weightiest() []int {
	var order []int
	for k, p := range m.Predictors {
		if !math.IsNaN(p.Rank) {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := m.Predictors[a], m.Predictors[b]
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), strings.Compare(x.Name, y.Name), a-b)
	})
	return order
}
