package lifetime

import "math"

// Limits of the search for the largest likelihood.
const (
	maxIterations = 4000
	firstStep     = 0.5   // edge of the first simplex, in logarithms of parameters
	restStep      = 0.1   // the same when the search starts again from its result
	pointTol      = 1e-6  // spread of the corners at which the search rests
	valueTol      = 1e-11 // spread of the values, as a share of the value
	flatPoint     = 1e-3  // the same where the values differ by rounding alone
	flatValue     = 1e-14
	// Logarithms of parameters beyond which the search has run away: the
	// likelihood only levels off there, and the data do not say where.
	highest, lowest = 9.5, -16.0
)

// simplex is the method of Nelder and Mead (1965) with the usual factors 1, 2,
// 1/2, 1/2. It draws nothing at random and asks no clock: the same function
// gives the same steps. The corners live in one block of memory.
type simplex struct {
	f      func(x []float64) float64 // is made small; NaN counts as infinite
	corner [][]float64
	value  []float64
	centre []float64
	try    []float64
	other  []float64
	steps  int
}

// minimise searches from start and returns the lowest point with its value.
// done is false when the search did not come to rest, or ran away.
func minimise(f func(x []float64) float64, start []float64, step float64) (x []float64, value float64, steps int, done bool) {
	n := len(start)
	s := &simplex{f: f, value: make([]float64, n+1), centre: make([]float64, n), try: make([]float64, n), other: make([]float64, n)}
	for k := range n + 1 {
		corner := append([]float64(nil), start...)
		if k > 0 {
			corner[k-1] += step
		}
		s.corner = append(s.corner, corner)
		s.value[k] = s.at(corner)
	}
	for s.steps < maxIterations && !done {
		s.sort()
		if s.ranAway() {
			break
		}
		if done = s.rests(); !done {
			s.step()
			s.steps++
		}
	}
	s.sort()
	return s.corner[0], s.value[0], s.steps, done
}

func (s *simplex) at(x []float64) float64 {
	v := s.f(x)
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return v
}

// sort puts the corners in the order of their values, equal ones as they were.
func (s *simplex) sort() {
	for i := 1; i < len(s.value); i++ {
		for k := i; k > 0 && s.value[k] < s.value[k-1]; k-- {
			s.value[k], s.value[k-1] = s.value[k-1], s.value[k]
			s.corner[k], s.corner[k-1] = s.corner[k-1], s.corner[k]
		}
	}
}

// ranAway reports whether the best corner lies where no parameter belongs.
func (s *simplex) ranAway() bool {
	for _, v := range s.corner[0] {
		if v > highest || v < lowest {
			return true
		}
	}
	return false
}

// rests reports whether corners and values lie together. Close to the top a
// likelihood is so flat that rounding decides which corner is lower: corners
// cannot come as close as values.
func (s *simplex) rests() bool {
	last := len(s.value) - 1
	spread, size := s.value[last]-s.value[0], 1+math.Abs(s.value[0])
	if math.IsInf(s.value[0], 0) || spread > valueTol*size {
		return false
	}
	reach := pointTol
	if spread <= flatValue*size {
		reach = flatPoint
	}
	for _, corner := range s.corner[1:] {
		for d, v := range corner {
			if math.Abs(v-s.corner[0][d]) > reach*(1+math.Abs(v)) {
				return false
			}
		}
	}
	return true
}

// step replaces the worst corner, or draws all corners to the best.
func (s *simplex) step() {
	last := len(s.value) - 1
	s.findCentre(last)
	reflected := s.move(s.try, last, 1)
	switch {
	case reflected < s.value[0]:
		if expanded := s.move(s.other, last, 2); expanded < reflected {
			s.take(s.other, expanded, last)
			return
		}
		s.take(s.try, reflected, last)
	case reflected < s.value[last-1]:
		s.take(s.try, reflected, last)
	default:
		s.contract(reflected, last)
	}
}

func (s *simplex) contract(reflected float64, last int) {
	factor, bar := -0.5, s.value[last]
	if reflected < s.value[last] {
		factor, bar = 0.5, reflected
	}
	if contracted := s.move(s.other, last, factor); contracted <= bar && !math.IsInf(contracted, 1) {
		s.take(s.other, contracted, last)
		return
	}
	for k, corner := range s.corner[1:] {
		for d := range corner {
			corner[d] = s.corner[0][d] + 0.5*(corner[d]-s.corner[0][d])
		}
		s.value[k+1] = s.at(corner)
	}
}

func (s *simplex) findCentre(last int) {
	for d := range s.centre {
		sum := 0.0
		for _, corner := range s.corner[:last] {
			sum += corner[d]
		}
		s.centre[d] = sum / float64(last)
	}
}

// move fills to with the worst corner mirrored at the centre, factor times as far.
func (s *simplex) move(to []float64, worst int, factor float64) float64 {
	for d := range to {
		to[d] = s.centre[d] + factor*(s.centre[d]-s.corner[worst][d])
	}
	return s.at(to)
}

func (s *simplex) take(x []float64, value float64, at int) {
	copy(s.corner[at], x)
	s.value[at] = value
}

// fitted is what a search for parameters came to.
type fitted struct {
	parameters []float64 // not logarithms
	logLik     float64
	steps      int  // of the first search
	settled    bool // the second search, from the result of the first, agrees to 1e-6
}

// maximise searches the parameters, all above 0, at which logLik is largest,
// over their logarithms from start, and once more from there (METHOD 5.4).
func maximise(logLik func(parameters []float64) float64, start []float64) fitted {
	parameters := make([]float64, len(start))
	target := func(x []float64) float64 {
		for d, v := range x {
			parameters[d] = math.Exp(v)
		}
		return -logLik(parameters)
	}
	x, first, steps, done := minimise(target, start, firstStep)
	x, second, _, again := minimise(target, x, restStep)
	fit := fitted{logLik: -second, steps: steps}
	fit.settled = done && again && math.Abs(first-second) <= 1e-6*math.Max(1, math.Abs(second)/1e4)
	for _, v := range x {
		fit.parameters = append(fit.parameters, math.Exp(v))
	}
	return fit
}
