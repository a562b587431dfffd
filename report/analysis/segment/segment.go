package segment

import (
	"math"
	"slices"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
)

// Input is what is summarised. All slices have one element per customer.
type Input struct {
	Names   []string         // segment of each customer, "" = none
	Revenue []float64        // nil when the column is absent
	Sample  []float64        // sampling weights, nil = equal
	Order   []int            // customers in the order of their IDs
	Value   *value.Result    // may be nil
	Classes *quadrant.Result // may be nil
	Options stat.Sampling
}

// Analyse returns the segments in name order, or nil when no customer has one.
func Analyse(in Input) *Result {
	members := map[string][]int{}
	r := &Result{}
	for _, i := range in.Order {
		if i >= len(in.Names) || in.Names[i] == "" {
			r.Unassigned++
			continue
		}
		members[in.Names[i]] = append(members[in.Names[i]], i)
	}
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	r.Segments = make([]Segment, len(names))
	stat.EachOf(len(in.Order), len(names), func(k int) { r.Segments[k] = in.summarise(names[k], members[names[k]]) })
	r.reversals(in, names, members)
	return r
}

func (in Input) summarise(name string, members []int) Segment {
	nan := math.NaN()
	s := Segment{Name: name, N: len(members), Benefits: nan, Costs: nan, Index: nan, Contrast: nan, Revenue: nan,
		Value: stat.Nothing(), Relative: stat.Nothing()}
	if in.Revenue != nil {
		s.Revenue = in.total(in.Revenue, members)
	}
	if in.Classes != nil {
		for _, i := range members {
			s.Counts[in.Classes.Class[i]]++
		}
	}
	if in.Value != nil {
		in.values(&s, members)
	}
	s.TooFew = s.Rated < stat.MinInterval
	return s
}

func (in Input) values(s *Segment, members []int) {
	v := in.Value
	s.Value = in.estimate(v.Own.Value, members)
	s.Relative = in.estimate(v.Relative, members)
	s.Rated = s.Value.N
	benefits, costs := v.Averaged()
	s.Benefits = in.estimate(benefits, members).Value
	s.Costs = in.estimate(costs, members).Value
	if v.Market == nil && v.RelativeIndex != nil {
		s.Index = in.estimate(v.RelativeIndex, members).Value
	}
	if base := v.MeanValue.Value; base > 0 {
		s.Contrast = 100 * s.Value.Value / base
	}
}

func (in Input) estimate(values []float64, members []int) stat.Estimate {
	var p []float64
	x := make([]float64, 0, len(members))
	for _, i := range members {
		if math.IsNaN(values[i]) {
			continue
		}
		if in.Sample != nil {
			if w := in.Sample[i]; !(w > 0) || math.IsInf(w, 1) {
				continue
			}
			p = append(p, in.Sample[i])
		}
		x = append(x, values[i])
	}
	return stat.OneSample(x, p, 0, in.Options)
}

// total adds up a column, NaN when no member has a value.
func (in Input) total(values []float64, members []int) float64 {
	var sum stat.Summer
	count := 0
	for _, i := range members {
		if i < len(values) && !math.IsNaN(values[i]) {
			sum.Add(values[i])
			count++
		}
	}
	if count == 0 {
		return math.NaN()
	}
	return sum.Sum()
}

// reversals looks for attributes where the difference from the rivals has one
// sign over all customers and the other in every segment. Means over the same
// customers cannot do that; two samples, mixed differently, can.
func (r *Result) reversals(in Input, names []string, members map[string][]int) {
	if in.Value == nil || in.Value.Market == nil || len(names) < 2 {
		return
	}
	for _, c := range in.Value.Market.Comparisons {
		if !c.Independent || !(stat.Nearly(c.Difference.Value) != 0) {
			continue
		}
		against := 0
		for _, name := range names {
			member := make([]bool, len(in.Names))
			for _, i := range members[name] {
				member[i] = true
			}
			if in.Value.Within(c.Attribute, member)*c.Difference.Value < 0 {
				against++
			}
		}
		if against == len(names) {
			r.Simpson, r.Reversed = true, append(r.Reversed, c.Attribute)
		}
	}
}
