package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

// rounds is how many random datasets each property is tried on.
const rounds = 120

// each runs a property on random datasets, each seeded by its number.
func each(t *testing.T, property func(t *testing.T, random *rand.Rand, d *dataset.Dataset)) {
	t.Helper()
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 1))
		d := randomDataset(random, randomShape(random))
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { property(t, random, d) })
		if t.Failed() {
			return
		}
	}
}

func quick() Options {
	o := DefaultOptions()
	o.Bootstrap = 100
	return o
}

func same(t *testing.T, what string, a, b map[string]float64, tolerance float64, leave ...string) {
	t.Helper()
	if list := differing(a, b, tolerance, leave...); len(list) > 0 {
		t.Errorf("%s: %d figures differ, such as %s", what, len(list), list[0])
	}
}

// sameTexts holds that two datasets lead to the same words, once as they are and
// once with equal weights, where ties abound.
func sameTexts(t *testing.T, what string, d, other *dataset.Dataset) {
	t.Helper()
	for _, equal := range []bool{false, true} {
		a, b := texts(d, Analyse(d, wordy(d, equal, 1))), texts(other, Analyse(other, wordy(d, equal, 10)))
		for key, text := range a {
			if b[key] != text {
				t.Errorf("%s (equal weights %v): %s: %q, then %q", what, equal, key, text, b[key])
				return
			}
		}
		if len(a) != len(b) {
			t.Errorf("%s (equal weights %v): %d texts, then %d", what, equal, len(a), len(b))
		}
	}
}

// wordy returns options without resampling; equal gives every attribute the same
// weight, which is odd so that sums of it are rounded.
func wordy(d *dataset.Dataset, equal bool, times float64) Options {
	o := quick()
	o.Bootstrap = 0
	if equal {
		o.Weights = map[string]float64{}
		for _, a := range d.Attributes {
			o.Weights[a.ID] = 0.1 * times
		}
	}
	return o
}

// Invariant 1 of METHOD 9. Ratios are held on the 1-10 base by a scale that is
// not declared.
func TestRescalingRatingsChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, random *rand.Rand, d *dataset.Dataset) {
		for a := range d.Attributes {
			d.Attributes[a].Scale.Inferred = true
		}
		before := figures(d, Analyse(d, quick()))
		scaled := *d
		scaled.Attributes = slices.Clone(d.Attributes)
		scaled.Ratings = slices.Clone(d.Ratings)
		for a := range scaled.Attributes {
			factor, shift := 0.1+3*random.Float64(), 50*random.Float64()-25
			s := &scaled.Attributes[a].Scale
			s.Lo, s.Hi = factor*s.Lo+shift, factor*s.Hi+shift
			for k := range d.Suppliers {
				at := k*len(d.Attributes) + a
				values := slices.Clone(d.Ratings[at].Values)
				for i, x := range values {
					if values[i] = factor*x + shift; !math.IsNaN(x) {
						values[i] = min(max(values[i], s.Lo), s.Hi) // keep rounding within the scale
					}
				}
				scaled.Ratings[at].Values = values
			}
		}
		// A zero cost may come out as 1e-17: the ratio is then huge, not infinite.
		same(t, "rescaled", before, figures(&scaled, Analyse(&scaled, quick())), 1e-6, " R")
	})
}

// Invariant 2.
func TestWeightsCountRelatively(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, d *dataset.Dataset) {
		before := figures(d, Analyse(d, quick()))
		times := *d
		times.Attributes = slices.Clone(d.Attributes)
		for a := range times.Attributes {
			times.Attributes[a].Weight *= 10
		}
		same(t, "weights times ten", before, figures(&times, Analyse(&times, quick())), 1e-9)
		sameTexts(t, "weights times ten", d, &times)
	})
}

// Invariant 2, to the last bit: customers are added up in the order of their
// identifiers.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, random *rand.Rand, d *dataset.Dataset) {
		before := figures(d, Analyse(d, quick()))
		other := customersPermuted(d, random.Perm(d.Customers.Len()))
		same(t, "rows permuted", before, figures(other, Analyse(other, quick())), 0)
		sameTexts(t, "rows permuted", d, other)
	})
}

// Invariant 2.
func TestOrderOfColumnsAndRivalsChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, random *rand.Rand, d *dataset.Dataset) {
		before := figures(d, Analyse(d, quick()))
		suppliers := []int{0}
		for _, k := range random.Perm(len(d.Suppliers) - 1) {
			suppliers = append(suppliers, k+1)
		}
		other := columnsPermuted(d, random.Perm(len(d.Attributes)), suppliers)
		same(t, "columns permuted", before, figures(other, Analyse(other, quick())), 1e-9)
		sameTexts(t, "columns permuted", d, other)
	})
}

// Invariant 3.
func TestPartsAddUp(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, d *dataset.Dataset) {
		r := Analyse(d, quick())
		v := r.Value
		for i := range d.Customers.ID {
			var sides [2]float64
			for _, c := range v.Contributions(i) {
				sides[d.Attributes[c.Attribute].Side] += c.Points
			}
			addsUp(t, "contributions to B", sides[0], v.Own.Benefits[i])
			addsUp(t, "contributions to C", sides[1], v.Own.Costs[i])
			if v.Market != nil {
				sum := 0.0
				for _, c := range v.RelativeTerms(i) {
					sum += c.Points
				}
				addsUp(t, "terms of relative", sum, v.Relative[i])
			}
		}
		var groups, tangible, attributes [2]float64
		for _, g := range v.Groups {
			groups[g.Side] += g.Points
		}
		for _, g := range v.Tangible {
			tangible[g.Side] += g.Points
		}
		for _, a := range v.Attributes {
			if !math.IsNaN(a.Contribution) {
				attributes[d.Attributes[a.Attribute].Side] += a.Contribution
			}
		}
		for _, sums := range [][2]float64{groups, tangible, attributes} {
			addsUp(t, "groups of benefits", sums[0], v.MeanBenefits.Value)
			addsUp(t, "groups of costs", sums[1], v.MeanCosts.Value)
		}
		addsUp(t, "benefits less costs", v.MeanBenefits.Value-v.MeanCosts.Value, v.MeanValue.Value)
		if r.Segments != nil {
			for _, s := range r.Segments.Segments {
				addsUp(t, "benefits less costs of a segment", s.Benefits-s.Costs, s.Value.Value)
			}
		}
		if v.Market != nil {
			sum := 0.0
			for _, p := range v.Market.MapPoints {
				sum += p.Quality / float64(len(v.Market.MapPoints))
			}
			if len(v.Market.MapPoints) > 0 {
				addsUp(t, "mean quality on the map", sum, 100)
			}
			if len(v.Market.MapPoints) > 0 && !d.Suppliers[v.Market.MapPoints[0].Supplier].Own {
				t.Error("rivals on the map without us")
			}
		}
		if v.Market != nil {
			area := 0.0
			for _, c := range v.Market.Comparisons {
				if d.Attributes[c.Attribute].Side == dataset.Benefit && !math.IsNaN(c.Area) {
					area += c.Area
				}
			}
			addsUp(t, "areas", area, v.Market.MPQ.Value-100)
		}
		if q := r.Quadrant; q != nil {
			sum := 0
			for _, n := range q.Counts {
				sum += n
			}
			if sum != d.Customers.Len() {
				t.Errorf("classes add up to %d of %d", sum, d.Customers.Len())
			}
		}
	})
}

func addsUp(t *testing.T, what string, sum, whole float64) {
	t.Helper()
	if !math.IsNaN(whole) && math.Abs(sum-whole) > 1e-9 {
		t.Errorf("%s add up to %v, want %v", what, sum, whole)
	}
}

// Invariant 4.
func TestEqualSuppliersStandAtParity(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, d *dataset.Dataset) {
		if len(d.Suppliers) < 2 {
			return
		}
		for k := 1; k < len(d.Suppliers); k++ {
			copy(d.Ratings[k*len(d.Attributes):(k+1)*len(d.Attributes)], d.Ratings[:len(d.Attributes)])
		}
		m := Analyse(d, quick()).Value.Market
		if m == nil {
			return // everything was blank
		}
		parity(t, "MPQ", m.MPQ.Value, 100)
		parity(t, "relative price", m.RelativePrice.Value, 100)
		parity(t, "CVA", m.CVA.Value, 1)
		parity(t, "net win/loss", m.WinAll.Net, 0)
		parity(t, "relative", m.Relative.Value, 0)
		for _, c := range m.Comparisons {
			parity(t, "difference", c.Difference.Value, 0)
			parity(t, "ratio", c.Ratio.Value, 1)
		}
		for _, p := range m.MapPoints {
			parity(t, "distance", p.Distance, 0)
		}
	})
}

func parity(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !math.IsNaN(got) && math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// Invariant 5.
func TestBlankCustomersChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, d *dataset.Dataset) {
		before := figures(d, Analyse(d, quick()))
		more := withBlankCustomer(d)
		for range 4 {
			more = withBlankCustomer(more)
		}
		after := Analyse(more, quick())
		same(t, "with blank customers", before, figures(more, after), 0)
		if q := Analyse(d, quick()).Quadrant; (q == nil) != (after.Quadrant == nil) || q != nil && q.Pair != after.Quadrant.Pair {
			t.Error("blank customers chose other axes")
		}
	})
}

// Invariant 6.
func TestValueFollowsRatings(t *testing.T) {
	each(t, func(t *testing.T, random *rand.Rand, d *dataset.Dataset) {
		v := Analyse(d, quick()).Value
		for range 5 {
			i, a := random.IntN(d.Customers.Len()), random.IntN(len(d.Attributes))
			attribute := d.Attributes[a]
			x := d.Ratings[a].Values[i]
			if !(x < attribute.Scale.Hi) {
				continue
			}
			higher := Analyse(with(d, a, i, x+1), quick()).Value.Own.Value[i]
			change := higher - v.Own.Value[i]
			if (attribute.Side == dataset.Cost) != attribute.Down {
				change = -change
			}
			if change < -1e-9 {
				t.Errorf("%s of customer %d raised: value moved by %v", attribute.ID, i, change)
			}
		}
	})
}

// Invariant 10, as far as it is ours.
func TestSecondRunIsTheSame(t *testing.T) {
	each(t, func(t *testing.T, _ *rand.Rand, d *dataset.Dataset) {
		same(t, "second run", figures(d, Analyse(d, quick())), figures(d, Analyse(d, quick())), 0)
	})
}

// What nearest_change promises must happen when the rating is changed, and no
// smaller change of one rating may do it.
func TestNearestChangeMovesTheCustomer(t *testing.T) {
	pairs := [][2]quadrant.Measure{{}, {quadrant.PerceivedValue, quadrant.Relative}, {quadrant.Benefits, quadrant.Costs}}
	each(t, func(t *testing.T, random *rand.Rand, d *dataset.Dataset) {
		if random.IntN(10) > 0 {
			return // trying every change is slow: every tenth dataset will do
		}
		o := quick()
		o.Bootstrap = 0
		o.Axes = pairs[random.IntN(len(pairs))]
		q := Analyse(d, o).Quadrant
		if q == nil {
			return
		}
		for i := range q.Class {
			near := q.Nearest(i)
			if q.Class[i] == quadrant.NotClassified || i > 1 {
				continue
			}
			best := bruteForce(d, o, q, i)
			share := math.Inf(1)
			if near.Found {
				share = shareOfScale(d, near)
				if got := classAfter(d, o, near, i); got != near.Class {
					t.Errorf("customer %d: %+v leads to %v", i, near, got)
				}
			}
			if math.Abs(share-best) > 1e-9 && share != best {
				t.Errorf("customer %d: %+v moves %v of the scale, the least is %v", i, near, share, best)
			}
		}
	})
}

func classAfter(d *dataset.Dataset, o Options, near quadrant.Nearest, i int) quadrant.Class {
	changed := withComponent(d, near.Component, i, near.To)
	if near.Attribute >= 0 {
		changed = with(d, near.Attribute, i, near.To)
	}
	return Analyse(changed, o).Quadrant.Class[i]
}

func shareOfScale(d *dataset.Dataset, near quadrant.Nearest) float64 {
	width := 10.0
	if near.Attribute >= 0 {
		width = d.Attributes[near.Attribute].Scale.Hi - d.Attributes[near.Attribute].Scale.Lo
	}
	return math.Abs(near.To-near.From) / width
}

// bruteForce tries every whole rating and component of a customer and returns
// the smallest share of a scale that changes the class.
func bruteForce(d *dataset.Dataset, o Options, q *quadrant.Result, i int) float64 {
	best := math.Inf(1)
	try := func(near quadrant.Nearest, lo, hi float64) {
		if math.IsNaN(near.From) {
			return
		}
		for near.To = lo; near.To <= hi; near.To++ {
			if share := shareOfScale(d, near); share < best && classAfter(d, o, near, i) != q.Class[i] {
				best = share
			}
		}
	}
	for a, attribute := range d.Attributes {
		try(quadrant.Nearest{Attribute: a, From: d.Ratings[a].Values[i]}, attribute.Scale.Lo, attribute.Scale.Hi)
	}
	for _, c := range slices.Concat(d.ValueScore, d.Match) {
		try(quadrant.Nearest{Attribute: -1, Component: c.Label, From: c.Series.Values[i]}, 0, 10)
	}
	return best
}
