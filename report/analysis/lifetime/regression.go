package lifetime

import (
	"hash/fnv"
	"math"
	"slices"

	"valuebook/report/analysis/purchase"
	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// The regression foretells months 7 to 18 of a customer from the first 6
// months (METHOD 5.7).
const (
	factMonths   = 6
	targetMonths = 18
	folds        = 5
	mostSkew     = 2.0
	mostVIF      = 10.0
	mostSegments = 8
	leastOdd     = 10 // customers whose fact is not the most common value
)

// Regression foretells what new customers bring from their first months, by
// ordinary least squares over older customers.
type Regression struct {
	Facts     []Fact
	Intercept float64
	Customers int     // from whom it learned
	Log       bool    // of ln(1 + y), because y is skewed
	Smearing  float64 // Duan's factor for the way back from logarithms; 1 otherwise
	R2        float64 // within the sample
	R2Out     float64 // out of the sample, in five parts by the hash of the customer's ID
	// Predicted is the value in months 7 to 18 of each customer at least 6 and
	// not yet 18 months old; NaN for all others, and for all when R2Out is not
	// above 0.
	Predicted []float64
	Outside   []bool // a fact of this customer lies outside the range learned from
	New       int    // customers with a prediction
}

// Fact is one column of the regression.
type Fact struct {
	Name        string  // fixed identifier; its text has the code "lifetime.fact." + Name
	Level       string  // of "segment": which
	Coefficient float64 // of the standardised fact
	Mean, SD    float64
	Lo, Hi      float64 // range over the customers learned from
	VIF         float64 // variance inflation; above 10 the fact repeats others
}

// regress learns from customers old enough and foretells the younger ones.
func (v *valuation) regress() (*Regression, *Declined) {
	old, young := v.ages()
	if len(old) == 0 {
		return nil, &Declined{Why: HistoryTooShort, Args: []dataset.Quantity{dataset.N(targetMonths)}}
	}
	slices.SortStableFunc(old, func(a, b int32) int { return v.byID(a, b) })
	facts := v.facts(old)
	y := make([]float64, len(old))
	for k, i := range old {
		y[k] = v.target(int(i))
	}
	old, y = v.known(old, y, facts)
	facts = varying(facts)
	if need := MinPerFact * len(facts); len(old) < max(need, MinPerFact) {
		return nil, &Declined{Why: TooFewToRegress, Args: []dataset.Quantity{dataset.N(len(old)), dataset.N(len(facts)), dataset.N(max(need, MinPerFact))}}
	}
	if sd := stat.SD(y); len(facts) == 0 || !(sd > 0) {
		return nil, &Declined{Why: NothingToRegress}
	}
	r := v.fitRegression(facts, y, old)
	if !(r.R2Out > 0) {
		return r, &Declined{Why: NoPredictive, Args: []dataset.Quantity{dataset.Num(r.R2Out, dataset.Ratio)}}
	}
	v.predict(r, facts, young)
	return r, nil
}

// byID orders customers by identifier.
func (v *valuation) byID(a, b int32) int {
	switch x, y := v.d.Customers.ID[a], v.d.Customers.ID[b]; {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return int(a - b)
}

// ages returns the customers whose target window is over, and those whose fact
// window is but not the target window.
func (v *valuation) ages() (old, young []int32) {
	for i, start := range v.t.start {
		if start == noDay || i >= v.h.Len() || v.h.First[i] == noDay || v.l.early(i) {
			continue
		}
		switch {
		case addMonths(start, targetMonths) <= v.end:
			old = append(old, int32(i))
		case addMonths(start, factMonths) <= v.end:
			young = append(young, int32(i))
		}
	}
	return old, young
}

// target returns what customer i brought in months 7 to 18.
func (v *valuation) target(i int) float64 {
	start := v.t.start[i]
	revenue, value := v.l.between(i, addMonths(start, factMonths)-1, addMonths(start, targetMonths)-1)
	if v.out.Revenue {
		return revenue
	}
	return value
}

// factColumn is one fact of all customers that are learned from.
type factColumn struct {
	Fact
	values []float64
	of     func(i int, e early) float64
}

// facts returns what is known of a customer by the end of month 6: sums over
// purchases up to then, the cost of winning it, and its segment.
func (v *valuation) facts(customers []int32) []*factColumn {
	out := []*factColumn{
		{Fact: Fact{Name: "revenue"}, of: func(_ int, e early) float64 { return e.revenue }},
		{Fact: Fact{Name: "days"}, of: func(_ int, e early) float64 { return e.days }},
		{Fact: Fact{Name: "first"}, of: func(_ int, e early) float64 { return e.first }},
		{Fact: Fact{Name: "last"}, of: func(_ int, e early) float64 { return e.last }},
		{Fact: Fact{Name: "refunds"}, of: func(_ int, e early) float64 { return e.refunds }},
		{Fact: Fact{Name: "acquisition"}, of: func(i int, _ early) float64 { return v.l.acquisition[i] }},
	}
	for _, segment := range v.segments(customers) {
		out = append(out, &factColumn{Fact: Fact{Name: "segment", Level: segment},
			of: func(i int, _ early) float64 { return boolean(v.d.Customers.Segment[i] == segment) }})
	}
	for _, f := range out {
		f.values = make([]float64, len(customers))
	}
	parallel(len(customers), func(from, to int) {
		for k := from; k < to; k++ {
			e := v.early(int(customers[k]))
			for _, f := range out {
				f.values[k] = f.of(int(customers[k]), e)
			}
		}
	})
	return out
}

// early is what a customer did in the first 6 months: revenue less refunds,
// purchase days, sales of the first day, days from the start to the last
// purchase, refunds.
type early struct{ revenue, days, first, last, refunds float64 }

func (v *valuation) early(i int) early {
	start := v.t.start[i]
	from, to := start-1, addMonths(start, factMonths)-1
	var e early
	e.revenue, _ = v.l.between(i, from, to)
	days, sales := v.h.Days(i)
	for k, day := range days {
		if day <= from || day > to {
			continue
		}
		if e.days == 0 {
			e.first = sales[k]
		}
		e.days++
		e.last = float64(day - start)
	}
	first, last := v.h.Span(i)
	for k := first; k < last; k++ {
		if v.h.Kind[k] == purchase.Refund && v.h.Day[k] > from && v.h.Day[k] <= to {
			e.refunds -= v.h.Revenue[k]
		}
	}
	return e
}

// segments returns the segments but the first, in ascending order, where there
// are few; the first is what the others are compared with.
func (v *valuation) segments(customers []int32) []string {
	if len(v.d.Customers.Segment) != v.d.Customers.Len() {
		return nil
	}
	var names []string
	for _, i := range customers {
		names = append(names, v.d.Customers.Segment[i])
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) < 2 || len(names) > mostSegments {
		return nil
	}
	return names[1:]
}

// known keeps the customers of whom every fact and the outcome are known. A
// fact that fewer than half of them have is given up instead.
func (v *valuation) known(customers []int32, y []float64, facts []*factColumn) ([]int32, []float64) {
	for _, f := range facts {
		missing := 0
		for _, x := range f.values {
			missing += int(boolean(math.IsNaN(x)))
		}
		if 2*missing > len(customers) {
			clear(f.values)
			f.of = func(int, early) float64 { return 0 }
		}
	}
	kept := 0
	for k := range customers {
		whole := !math.IsNaN(y[k])
		for _, f := range facts {
			whole = whole && !math.IsNaN(f.values[k])
		}
		if !whole {
			continue
		}
		customers[kept], y[kept] = customers[k], y[k]
		for _, f := range facts {
			f.values[kept] = f.values[k]
		}
		kept++
	}
	for _, f := range facts {
		f.values = f.values[:kept]
	}
	return customers[:kept], y[:kept]
}

// varying standardises the facts that vary over more than a few customers and
// drops the others, and those that say exactly what facts before them say.
func varying(facts []*factColumn) []*factColumn {
	var kept []*factColumn
	var basis [][]float64
	for _, f := range facts {
		if len(f.values) == 0 {
			continue
		}
		f.Mean, f.SD = stat.Mean(f.values, nil), stat.SD(f.values)
		f.Lo, f.Hi = slices.Min(f.values), slices.Max(f.values)
		if !(f.SD > 0) || exceptions(f.values) < leastOdd {
			continue
		}
		for k, x := range f.values {
			f.values[k] = (x - f.Mean) / f.SD
		}
		if rest, share := orthogonal(f.values, basis); share > 1e-8 {
			basis, kept = append(basis, rest), append(kept, f)
		}
	}
	return kept
}

// exceptions counts the values that are not the most common one.
func exceptions(x []float64) int {
	sorted := slices.Sorted(slices.Values(x))
	most, run := 0, 0
	for k := range sorted {
		if k > 0 && sorted[k] == sorted[k-1] {
			run++
		} else {
			run = 1
		}
		most = max(most, run)
	}
	return len(x) - most
}

// orthogonal returns what of x the basis does not explain, with length 1, and
// its share of the square of x.
func orthogonal(x []float64, basis [][]float64) (rest []float64, share float64) {
	rest = slices.Clone(x)
	before := stat.Dot(x, x)
	for range 2 { // twice: once leaves rounding
		for _, b := range basis {
			p := stat.Dot(rest, b)
			for k := range rest {
				rest[k] -= p * b[k]
			}
		}
	}
	left := stat.Dot(rest, rest)
	for k := range rest {
		rest[k] /= math.Sqrt(left)
	}
	return rest, left / before
}

// fold returns the part of the sample to which a customer belongs.
func fold(id string) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % folds)
}
