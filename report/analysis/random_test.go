package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"valuebook/report/dataset"
)

// A shape says what a random dataset looks like.
type shape struct {
	customers, benefits, costs, rivals int
	blanks                             float64 // share of blank ratings
	composites, mixedScales            bool
}

// randomShape draws a shape that analyses must bear.
func randomShape(random *rand.Rand) shape {
	return shape{customers: 1 + random.IntN(25), benefits: 1 + random.IntN(4), costs: 1 + random.IntN(3), rivals: random.IntN(4),
		blanks: []float64{0, 0.1, 0.4}[random.IntN(3)], composites: random.IntN(2) == 0, mixedScales: random.IntN(2) == 0}
}

func randomDataset(random *rand.Rand, s shape) *dataset.Dataset {
	d := &dataset.Dataset{Suppliers: []dataset.Supplier{{Name: "us", Own: true}}}
	for k := range s.rivals {
		d.Suppliers = append(d.Suppliers, dataset.Supplier{Name: fmt.Sprintf("Rival %c", 'A'+k)})
	}
	groups := []dataset.Group{dataset.Product, dataset.Service, "", dataset.Monetary, dataset.Access}
	for a := range s.benefits + s.costs {
		attribute := dataset.Attribute{ID: fmt.Sprintf("a%d", a), Label: fmt.Sprintf("Attribute %d", a), Scale: dataset.Scale{Lo: 1, Hi: 10},
			Weight: float64(1 + random.IntN(50)), Group: groups[random.IntN(len(groups))], Tangible: dataset.Answer(random.IntN(3)), Down: random.IntN(4) == 0}
		if a >= s.benefits {
			attribute.Side = dataset.Cost
		}
		if s.mixedScales && random.IntN(2) == 0 {
			attribute.Scale = dataset.Scale{Lo: 0, Hi: 5}
		}
		d.Attributes = append(d.Attributes, attribute)
	}
	for i := range s.customers {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%03d", i))
		d.Customers.Segment = append(d.Customers.Segment, []string{"North", "South", ""}[random.IntN(3)])
		d.Customers.Revenue = append(d.Customers.Revenue, float64(1+random.IntN(1000)))
		d.Customers.Churn = append(d.Customers.Churn, time.Time{})
	}
	for range d.Suppliers {
		for _, a := range d.Attributes {
			d.Ratings = append(d.Ratings, randomSeries(random, a.Scale, s.customers, s.blanks))
		}
	}
	if s.composites {
		for _, id := range []string{"purchase", "reputation", "information", "knowledge", "transaction"} {
			d.ValueScore = append(d.ValueScore, randomComponent(random, id, s))
		}
		for _, id := range []string{"positioning", "ability", "value_match"} {
			d.Match = append(d.Match, randomComponent(random, id, s))
		}
	}
	return d
}

func randomComponent(random *rand.Rand, id string, s shape) dataset.Component {
	scale := dataset.Scale{Lo: 0, Hi: 10}
	return dataset.Component{ID: id, Label: id, Scale: scale, Weight: nan, Series: randomSeries(random, scale, s.customers, s.blanks/4)}
}

func randomSeries(random *rand.Rand, scale dataset.Scale, n int, blanks float64) dataset.Series {
	values := make([]float64, n)
	for i := range values {
		values[i] = scale.Lo + float64(random.IntN(int(scale.Hi-scale.Lo)+1))
		if random.Float64() < blanks {
			values[i] = nan
		}
	}
	return dataset.Series{Values: values}
}

// customersPermuted returns the dataset with its rows in another order.
func customersPermuted(d *dataset.Dataset, order []int) *dataset.Dataset {
	out := *d
	out.Customers.ID = permuted(d.Customers.ID, order)
	out.Customers.Segment = permuted(d.Customers.Segment, order)
	out.Customers.Revenue = permuted(d.Customers.Revenue, order)
	series := func(s dataset.Series) dataset.Series { return dataset.Series{Values: permuted(s.Values, order)} }
	components := func(in []dataset.Component) (list []dataset.Component) {
		for _, c := range in {
			c.Series = series(c.Series)
			list = append(list, c)
		}
		return list
	}
	out.Ratings = nil
	for _, s := range d.Ratings {
		out.Ratings = append(out.Ratings, series(s))
	}
	out.ValueScore, out.Match = components(d.ValueScore), components(d.Match)
	return &out
}

func permuted[T any](in []T, order []int) []T {
	if in == nil {
		return nil
	}
	out := make([]T, len(order))
	for to, from := range order {
		out[to] = in[from]
	}
	return out
}

// columnsPermuted returns the dataset with its attributes and suppliers in
// another order; suppliers[0] stays ours.
func columnsPermuted(d *dataset.Dataset, attributes, suppliers []int) *dataset.Dataset {
	out := *d
	out.Attributes, out.Suppliers = permuted(d.Attributes, attributes), permuted(d.Suppliers, suppliers)
	out.Ratings = nil
	for _, s := range suppliers {
		for _, a := range attributes {
			out.Ratings = append(out.Ratings, d.Rating(s, a))
		}
	}
	return &out
}

// withBlankCustomer returns the dataset with a customer who answered nothing.
func withBlankCustomer(d *dataset.Dataset) *dataset.Dataset {
	out := *d
	add := func(values []float64) []float64 { return append(slices.Clone(values), nan) }
	out.Customers.ID = append(slices.Clone(d.Customers.ID), "K0005")
	out.Customers.Segment = append(slices.Clone(d.Customers.Segment), "")
	out.Customers.Revenue = add(d.Customers.Revenue)
	out.Ratings = nil
	for _, s := range d.Ratings {
		out.Ratings = append(out.Ratings, dataset.Series{Values: add(s.Values)})
	}
	components := func(in []dataset.Component) (list []dataset.Component) {
		for _, c := range in {
			c.Series.Values = add(c.Series.Values)
			list = append(list, c)
		}
		return list
	}
	out.ValueScore, out.Match = components(d.ValueScore), components(d.Match)
	return &out
}

// with returns the dataset with one rating of ours changed.
func with(d *dataset.Dataset, attribute, customer int, rating float64) *dataset.Dataset {
	out := *d
	out.Ratings = slices.Clone(d.Ratings)
	values := slices.Clone(d.Ratings[attribute].Values)
	values[customer] = rating
	out.Ratings[attribute].Values = values
	return &out
}

// withComponent returns the dataset with one component changed, by its label.
func withComponent(d *dataset.Dataset, name string, customer int, score float64) *dataset.Dataset {
	out := *d
	change := func(in []dataset.Component) []dataset.Component {
		list := slices.Clone(in)
		for k := range list {
			if list[k].Label == name {
				list[k].Series.Values = slices.Clone(list[k].Series.Values)
				list[k].Series.Values[customer] = score
			}
		}
		return list
	}
	out.ValueScore, out.Match = change(d.ValueScore), change(d.Match)
	return &out
}

// figures flattens the numbers of an analysis, so that two analyses can be
// compared as a whole: one line per number, in a fixed order, customers,
// attributes and suppliers under their names.
func figures(d *dataset.Dataset, r *Results) map[string]float64 {
	f := map[string]float64{}
	customerFigures(f, d, r)
	if r.Value == nil {
		return f
	}
	v := r.Value
	f["mean B"], f["mean C"], f["mean PV"], f["PV lo"], f["PV p"] = v.MeanBenefits.Value, v.MeanCosts.Value, v.MeanValue.Value, v.MeanValue.Lo, v.MeanValue.P
	f["mean R"], f["mean U"] = v.MeanRatio, v.MeanUtility
	for verdict, n := range v.VerdictCount {
		f["verdict "+verdict.String()] = float64(n)
	}
	marketFigures(f, d, r)
	if r.Segments != nil {
		for _, s := range r.Segments.Segments {
			f["segment "+s.Name] = s.Value.Value
			f["segment relative "+s.Name] = s.Relative.Value
		}
	}
	return f
}

func customerFigures(f map[string]float64, d *dataset.Dataset, r *Results) {
	for i, id := range d.Customers.ID {
		if id == "K0005" {
			continue // the blank one of withBlankCustomer
		}
		if v := r.Value; v != nil {
			ratio, _ := v.Own.Ratio(i)
			_, gap := v.Best(i)
			f[id+" B"], f[id+" C"], f[id+" PV"], f[id+" R"] = v.Own.Benefits[i], v.Own.Costs[i], v.Own.Value[i], ratio
			f[id+" coverage"], f[id+" relative"], f[id+" gap"] = v.Own.Coverage(i), v.Relative[i], gap
			if v.RelativeIndex != nil {
				f[id+" index"] = v.RelativeIndex[i]
			}
			f[id+" rank"] = v.Rank[i]
			f[id+" verdict "+v.Verdict[i].String()] = 1
		}
		if q := r.Quadrant; q != nil {
			f[id+" class "+q.ID(q.Class[i])] = 1
			f[id+" flip"] = q.FlipDistance(i)
		}
	}
}

func marketFigures(f map[string]float64, d *dataset.Dataset, r *Results) {
	m := r.Value.Market
	if m == nil {
		return
	}
	f["MPQ"], f["MPQ lo"], f["MPQ hi"], f["Q2"] = m.MPQ.Value, m.MPQ.Lo, m.MPQ.Hi, m.Q2
	f["price"], f["price lo"], f["price hi"] = m.RelativePrice.Value, m.RelativePrice.Lo, m.RelativePrice.Hi
	f["CVA"], f["CVA lo"], f["CVA hi"] = m.CVA.Value, m.CVA.Lo, m.CVA.Hi
	f["net"], f["net benefits"], f["net costs"] = m.WinAll.Net, m.WinBenefits.Net, m.WinCosts.Net
	f["relative"], f["relative lo"], f["win share"] = m.Relative.Value, m.Relative.Lo, m.WinShare.Value
	f["best"] = m.AgainstBest.Value
	for _, c := range slices.Concat(m.Comparisons, m.PerRival) {
		name := d.Attributes[c.Attribute].ID
		if c.Rival >= 0 {
			name += " " + d.Suppliers[c.Rival].Name
		}
		f[name+" r"], f[name+" r lo"], f[name+" d"], f[name+" d lo"], f[name+" holm"] = c.Ratio.Value, c.Ratio.Lo, c.Difference.Value, c.Difference.Lo, c.PHolm
		f[name+" "+string(c.Standing)] = 1
	}
	for _, p := range m.MapPoints {
		name := "map " + d.Suppliers[p.Supplier].Name
		f[name+" Q"], f[name+" P"], f[name+" distance"] = p.Quality, p.RelativePrice, p.Distance
	}
}

// texts gathers what a report says in words: rivals in their order, who is
// best, drivers, nearest changes and remarks, with names instead of columns.
func texts(d *dataset.Dataset, r *Results) map[string]string {
	t := map[string]string{}
	name := func(a int) string { return d.Attributes[a].Label }
	for i, id := range d.Customers.ID {
		pluses, minuses := r.Why(d, i)
		for _, c := range slices.Concat(pluses, minuses) {
			t[id+" why"] += fmt.Sprintf("%s %.6f; ", name(c.Attribute), c.Points+0)
		}
		if r.Value != nil && bestOf(r, i) >= 0 {
			t[id+" best"] = d.Suppliers[bestOf(r, i)].Name
		}
		if q := r.Quadrant; q != nil {
			near := q.Nearest(i)
			t[id+" nearest"] = fmt.Sprint(near.Found, near.Component, near.From, near.To, near.Class)
			t[id+" border"] = fmt.Sprint(q.Border[i], q.FlipX(i))
		}
	}
	if r.Value != nil && r.Value.Market != nil {
		for _, k := range r.Value.Market.Rivals {
			t["rivals"] += d.Suppliers[k].Name + "; "
		}
		for _, p := range r.Value.Market.MapPoints {
			t["map"] += d.Suppliers[p.Supplier].Name + " " + string(p.Position) + "; "
		}
	}
	for _, m := range r.Notes {
		if m.Code != "note.weights-rounded" { // it speaks of the sum as written
			t["note "+m.Code] += fmt.Sprintf("%.9v; ", m.Args)
		}
	}
	return t
}

// differing lists the figures that two analyses do not share; leave skips those
// whose name it is part of.
func differing(a, b map[string]float64, tolerance float64, leave ...string) (list []string) {
	skip := func(name string) bool {
		return slices.ContainsFunc(leave, func(part string) bool { return strings.Contains(name, part) })
	}
	for name, x := range a {
		y, ok := b[name]
		if skip(name) || ok && alike(x, y, tolerance) {
			continue
		}
		list = append(list, fmt.Sprintf("%s: %v, %v", name, x, y))
	}
	for name, y := range b {
		if _, ok := a[name]; !ok && !skip(name) {
			list = append(list, fmt.Sprintf("%s: absent, %v", name, y))
		}
	}
	slices.Sort(list)
	return list
}

func alike(x, y, tolerance float64) bool {
	if math.IsNaN(x) || math.IsNaN(y) {
		return math.IsNaN(x) && math.IsNaN(y)
	}
	return x == y || math.Abs(x-y) <= tolerance*math.Max(1, math.Abs(x))
}
