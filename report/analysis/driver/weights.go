package driver

import (
	"math"
	"math/bits"

	"valuebook/report/analysis/stat"
)

// dependent is the eigenvalue below which predictors count as dependent, and
// the remaining variance below which one adds nothing (METHOD 7.3).
const dependent = 1e-10

// shapley computes Shapley values of R2 from correlations: the mean of what a
// predictor adds to R2 over all orders in which predictors can enter (LMG,
// general dominance). One value is reused for many resamples.
//
// All subsets are visited in a tree: at each predictor one branch sweeps it out
// of what is left, the other passes it over. Sweeping touches only the
// predictors still to come, so that a subset costs a few operations.
type shapley struct {
	p      int
	swept  [][]float64 // per depth: (p+1) x (p+1) cross products after sweeping, outcome last
	r2     []float64   // per subset, by bits
	weight []float64   // per size of the subset without the predictor; 0 for the full set
}

func newShapley(p int) *shapley {
	s := &shapley{p: p, swept: make([][]float64, p+1), r2: make([]float64, 1<<p), weight: make([]float64, p+1)}
	for depth := range s.swept {
		s.swept[depth] = make([]float64, (p+1)*(p+1))
	}
	if p > 0 {
		s.weight[0] = 1 / float64(p)
	}
	for size := 1; size < p; size++ { // |S|! (p-|S|-1)! / p!
		s.weight[size] = s.weight[size-1] * float64(size) / float64(p-size)
	}
	return s
}

// values fills phi, which adds up to the R2 of all predictors.
func (s *shapley) values(among [][]float64, with, phi []float64) {
	side := s.p + 1
	root := s.swept[s.p]
	for i := range s.p {
		copy(root[i*side:], among[i])
		root[i*side+s.p] = with[i]
	}
	s.visit(0, 0, 0, root)
	s.average(phi)
}

// average turns the R2 of the subsets into phi. A subset S that holds j counts
// +weight(|S|-1), one without it -weight(|S|); that is (weight(|S|-1) +
// weight(|S|)) over those that hold j, less weight(|S|) over all. The sums over
// those that hold j come from folding the upper half of the subsets upon the
// lower, once per predictor.
func (s *shapley) average(phi []float64) {
	all := 0.0
	for set, r2 := range s.r2 {
		size := bits.OnesCount(uint(set))
		all += float64(s.weight[size] * r2)
		if size > 0 {
			s.r2[set] = (s.weight[size-1] + s.weight[size]) * r2
		}
	}
	for j := s.p - 1; j >= 0; j-- {
		lower, upper := s.r2[:1<<j], s.r2[1<<j:1<<(j+1)]
		with := 0.0
		for set, x := range upper {
			with += x
			lower[set] += x
		}
		phi[j] = with - all
	}
}

// visit goes through the subsets that contain set and otherwise only
// predictors from k on. m holds the cross products left after sweeping set.
func (s *shapley) visit(k, set int, r2 float64, m []float64) {
	if k == s.p {
		s.r2[set] = r2
		return
	}
	s.visit(k+1, set, r2, m)
	side := s.p + 1
	pivot := m[k*side+k]
	if !(pivot > dependent) {
		s.visit(k+1, set|1<<k, r2, m)
		return
	}
	next := s.swept[k]
	for i := k + 1; i < s.p; i++ {
		ratio := m[k*side+i] / pivot
		for j := i; j <= s.p; j++ {
			next[i*side+j] = m[i*side+j] - float64(ratio*m[k*side+j])
		}
	}
	with := m[k*side+s.p]
	s.visit(k+1, set|1<<k, r2+with*with/pivot, next)
}

// johnson fills eps with relative weights: the predictors are replaced by
// their closest orthogonal counterparts, whose squared coefficients are handed
// back in proportion to the squared loadings (Johnson 2000). It reports false
// when the correlations have no positive square root.
func johnson(among [][]float64, with, eps []float64) bool {
	values, vectors, ok := stat.Eigen(among)
	if !ok || !(values[0] > dependent) {
		return false
	}
	p := len(with)
	loading, coefficient := make([]float64, p*p), make([]float64, p)
	for k, value := range values {
		v, root := vectors[k], math.Sqrt(value)
		along := 0.0
		for j := range p {
			along += float64(v[j] * with[j])
		}
		for i := range p {
			coefficient[i] += float64(v[i] * along / root)
			for j := range p {
				loading[i*p+j] += float64(v[i] * root * v[j])
			}
		}
	}
	for j := range p {
		eps[j] = 0
		for k := range p {
			square := loading[j*p+k] * coefficient[k]
			eps[j] += float64(square * square)
		}
	}
	return true
}
