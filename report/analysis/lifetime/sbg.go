package lifetime

import (
	"math"
	"slices"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// SBG are the parameters of the shifted beta-geometric model of contracts that
// are renewed period by period (Fader and Hardie 2007; METHOD 5.3): every
// customer leaves at a renewal with a chance of his own, which is spread over
// customers as a beta distribution.
type SBG struct{ Alpha, Beta float64 }

// Ends of the search for the parameters.
const sbgLeast, sbgMost = 1e-4, 1e4

// Survival returns S(t), the share of customers left after t renewals; S(0) = 1.
func (m SBG) Survival(t int) float64 {
	s := 1.0
	for k := 1; k <= t; k++ {
		s *= m.Retention(k)
	}
	return s
}

// Retention returns the share of the customers left after t-1 renewals who
// stay at renewal t, for t >= 1; it rises with t.
func (m SBG) Retention(t int) float64 {
	return (m.Beta + float64(t) - 1) / (m.Alpha + m.Beta + float64(t) - 1)
}

// DEL returns the expected lifetime in periods, the first included, discounted
// at a rate per period: the sum of S(t)/(1+d)^t.
func (m SBG) DEL(discount float64) (float64, Refusal) { return m.lifetime(0, discount) }

// DERL returns the expected residual lifetime just before renewal n >= 1 of a
// customer who is there until then, discounted to that renewal.
func (m SBG) DERL(n int, discount float64) (float64, Refusal) {
	rest, why := m.lifetime(n, discount)
	return m.Retention(n) * rest, why
}

// lifetime returns 2F1(1, beta+n; alpha+beta+n; 1/(1+d)), by Gauss' theorem
// where d = 0.
func (m SBG) lifetime(n int, discount float64) (float64, Refusal) {
	b, c := m.Beta+float64(n), m.Alpha+m.Beta+float64(n)
	switch {
	case !(discount >= 0) || math.IsInf(discount, 1):
		return math.NaN(), DiscountRange
	case discount == 0 && m.Alpha <= 1:
		return math.NaN(), Infinite
	case discount == 0:
		return (c - 1) / (c - b - 1), ""
	}
	return hypergeometric(1, b, c, 1/(1+discount)), ""
}

// A Cohort is a group of customers who began together: how many were left at
// ascending periods, the first of which is 0.
type Cohort struct {
	Name      string
	Period    []int
	Survivors []float64
}

// check returns why a cohort cannot be used.
func (c Cohort) check() Refusal {
	if len(c.Period) == 0 || len(c.Period) != len(c.Survivors) || c.Period[0] != 0 || !(c.Survivors[0] > 0) {
		return SurvivorsNone
	}
	for k := 1; k < len(c.Period); k++ {
		now, before := c.Survivors[k], c.Survivors[k-1]
		if c.Period[k] <= c.Period[k-1] || !(now >= 0) || math.IsInf(now, 0) {
			return SurvivorsNone
		}
		if now > before {
			return SurvivorsRise
		}
	}
	return ""
}

// logLik adds ln P(lost between two points) for every customer lost and
// ln S(n) for those left; survival is S(0), S(1) ...
func (c Cohort) logLik(survival []float64, sum *stat.Summer) {
	last := len(c.Period) - 1
	for k := 1; k <= last; k++ {
		if lost := c.Survivors[k-1] - c.Survivors[k]; lost > 0 {
			sum.Add(lost * math.Log(survival[c.Period[k-1]]-survival[c.Period[k]]))
		}
	}
	if left := c.Survivors[last]; left > 0 {
		sum.Add(left * math.Log(survival[c.Period[last]]))
	}
}

// FitSBG returns the parameters under which the survivors of all cohorts are
// most likely, and the logarithm of that likelihood. Homogeneous is true when
// customers do not differ: both parameters run away together, and only their
// ratio means something.
func FitSBG(cohorts []Cohort) (m SBG, logLik float64, homogeneous bool, why *Declined) {
	if why = checkCohorts(cohorts); why != nil {
		return SBG{math.NaN(), math.NaN()}, math.NaN(), false, why
	}
	longest := 0
	for _, c := range cohorts {
		longest = max(longest, c.Period[len(c.Period)-1])
	}
	survival := make([]float64, longest+1)
	found := maximise(func(v []float64) float64 {
		m := SBG{clamp(v[0]), clamp(v[1])}
		survival[0] = 1
		for t := 1; t <= longest; t++ {
			survival[t] = survival[t-1] * m.Retention(t)
		}
		var sum stat.Summer
		for _, c := range cohorts {
			c.logLik(survival, &sum)
		}
		return sum.Sum()
	}, make([]float64, 2))
	m = SBG{clamp(found.parameters[0]), clamp(found.parameters[1])}
	return m, found.logLik, m.Alpha+m.Beta >= sbgMost/10, nil
}

func clamp(v float64) float64 { return math.Min(math.Max(v, sbgLeast), sbgMost) }

func checkCohorts(cohorts []Cohort) *Declined {
	if len(cohorts) == 0 {
		return &Declined{Model: ModelSBG, Why: NoSurvivors}
	}
	lost := false
	for _, c := range cohorts {
		if why := c.check(); why != "" {
			return &Declined{ModelSBG, why, []dataset.Quantity{dataset.Str(c.Name)}}
		}
		lost = lost || c.Survivors[len(c.Survivors)-1] < c.Survivors[0]
	}
	if !lost {
		return &Declined{Model: ModelSBG, Why: SurvivorsAll}
	}
	return nil
}

// renewals returns the number of different points of renewal with a cohort.
func renewals(cohorts []Cohort) int {
	var points []int
	for _, c := range cohorts {
		for _, p := range c.Period {
			if p > 0 {
				points = append(points, p)
			}
		}
	}
	slices.Sort(points)
	return len(slices.Compact(points))
}
