package profile

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// Measured is one measure of a group against everybody.
type Measured struct {
	Mean stat.Estimate // of the members who have the measure, with interval
	All  float64       // mean of everybody
	// Contrast is 100 * mean of the group / mean of everybody; NaN when the
	// latter is not above 0. Difference serves then.
	Contrast   float64
	Difference float64 // group less everybody
}

// A Typical is the usual entry of one describing column in a group.
type Typical struct {
	Column int
	N      int     // members with an entry
	Text   string  // the commonest answer; "" for a numeric column
	Count  int     // members who gave it
	Median float64 // of a numeric column, else NaN
}

// A Term is what one attribute adds to a group's value against the reference of
// METHOD 3.1: points, + in our favour.
type Term struct {
	Attribute int
	Points    float64
}

// A Complaint is an attribute that a group is unhappy with.
type Complaint struct {
	Attribute int
	Count     int     // complaints in the members' own words; 0 when taken from ratings
	Points    float64 // mean term of METHOD 3.1, negative; NaN when taken from words
}

// A Group is a segment or a persona (METHOD 7.1).
type Group struct {
	Name    string
	N       int     // members
	Share   float64 // of all customers, 0..1
	Value   Measured
	Firm    Measured // value to the firm
	Match   Measured // strategic match
	Classes [5]int   // by quadrant.Class
	Typical []Typical
	// Drivers are the weightiest of METHOD 7.3 among the members, at most three;
	// DriversRefused says why there are none.
	Drivers        []int
	DriversRefused driver.Refusal
	Pluses         []Term // what speaks for us most, at most three
	// Complaints are the three attributes with most complaints in the members'
	// own words; where nobody complained so, those whose ratings speak most
	// against us.
	Complaints []Complaint
	TooFew     bool // fewer than 5 members: means without intervals
}

// Groups are the segments or personas of a dataset, by name.
type Groups struct {
	Kind       Kind
	Columns    []Column // that Typical refers to
	Groups     []Group
	Unassigned int
}

// GroupInput is what groups are described by. Value, Classes, Firm and Match may
// be nil.
type GroupInput struct {
	Data    *dataset.Dataset
	Kind    Kind // Segment or Persona
	Value   *value.Result
	Classes *quadrant.Result
	Firm    []float64 // value to the firm per customer, NaN = unknown
	Match   []float64 // strategic match, 0..100
	// Sample holds sampling weights for the means (METHOD 3.5), nil = everybody
	// once; a customer without a weight above 0 is left out of them. Counts,
	// typical entries and drivers count each customer once.
	Sample  []float64
	Drivers driver.Options
}

// mostTelling is how many drivers, pluses and complaints are named.
const mostTelling = 3

// DescribeGroups returns the profile of every segment or persona (METHOD 7.1).
// They come from a column of the workbook alone: nothing is clustered. It
// returns nil when no customer is in a group.
func DescribeGroups(in GroupInput) *Groups {
	g := &Groups{Kind: in.Kind}
	of := in.Data.Customers.Segment
	if in.Kind == Persona {
		of = in.Data.Customers.Persona
	}
	for _, c := range Columns(in.Data) {
		if c.Kind != in.Kind {
			g.Columns = append(g.Columns, c)
		}
	}
	members := map[string][]int{}
	order := byIdentifier(in.Data.Customers.ID)
	for _, i := range order {
		if i >= len(of) || strings.TrimSpace(of[i]) == "" {
			g.Unassigned++
			continue
		}
		name := strings.TrimSpace(of[i])
		members[name] = append(members[name], i)
	}
	if len(members) == 0 {
		return nil
	}
	all := in.means(order)
	named := names(members)
	g.Groups = make([]Group, len(named))
	stat.EachOf(in.Data.Customers.Len(), len(named), func(k int) {
		g.Groups[k] = in.describe(named[k], members[named[k]], g.Columns, all)
	})
	return g
}

func byIdentifier(id []string) []int {
	order := make([]int, len(id))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(id[a], id[b]) })
	return order
}

// measures returns perceived value, value to the firm and match per customer,
// nil where there is none.
func (in GroupInput) measures() [3][]float64 {
	m := [3][]float64{nil, in.Firm, in.Match}
	if in.Value != nil {
		m[0] = in.Value.Own.Value
	}
	return m
}

// means are those of everybody.
func (in GroupInput) means(order []int) (all [3]float64) {
	for k, values := range in.measures() {
		all[k] = stat.Mean(in.weighted(values, order))
	}
	return all
}

func (in GroupInput) describe(name string, members []int, columns []Column, all [3]float64) Group {
	g := Group{Name: name, N: len(members), Share: float64(len(members)) / float64(in.Data.Customers.Len()), TooFew: len(members) < stat.MinInterval}
	for k, into := range []*Measured{&g.Value, &g.Firm, &g.Match} {
		*into = in.measure(in.measures()[k], members, all[k])
	}
	if in.Classes != nil {
		for _, i := range members {
			if i < len(in.Classes.Class) {
				g.Classes[in.Classes.Class[i]]++
			}
		}
	}
	for c, column := range columns {
		if typical := column.typical(members); typical.N > 0 {
			typical.Column = c
			g.Typical = append(g.Typical, typical)
		}
	}
	in.drivers(&g, members)
	in.terms(&g, members)
	return g
}

func (in GroupInput) measure(values []float64, members []int, all float64) Measured {
	m := Measured{Mean: stat.Nothing(), All: all, Contrast: math.NaN(), Difference: math.NaN()}
	x, p := in.weighted(values, members)
	m.Mean = stat.OneSample(x, p, math.NaN(), in.Drivers.Sampling)
	m.Difference = m.Mean.Value - m.All
	if m.All > 0 {
		m.Contrast = 100 * m.Mean.Value / m.All
	}
	return m
}

// weight returns the sampling weight of a customer, 0 for one that is left out.
func (in GroupInput) weight(i int) float64 {
	switch {
	case in.Sample == nil:
		return 1
	case i < len(in.Sample) && in.Sample[i] > 0 && !math.IsInf(in.Sample[i], 1):
		return in.Sample[i]
	}
	return 0
}

// weighted returns the finite values of customers with their weights, nil when
// all count once.
func (in GroupInput) weighted(values []float64, rows []int) (x, p []float64) {
	if len(values) > 0 {
		x = make([]float64, 0, len(rows))
	}
	for _, i := range rows {
		if i < len(values) && !math.IsNaN(values[i]) && !math.IsInf(values[i], 0) && in.weight(i) > 0 {
			x = append(x, values[i])
			if in.Sample != nil {
				p = append(p, in.weight(i))
			}
		}
	}
	return x, p
}

func given(values []float64, rows []int) []float64 {
	var out []float64
	for _, i := range rows {
		if i < len(values) && !math.IsNaN(values[i]) && !math.IsInf(values[i], 0) {
			out = append(out, values[i])
		}
	}
	return out
}

func (c Column) typical(members []int) Typical {
	t := Typical{Median: math.NaN()}
	if text, count, n, ok := c.Texts.Mode(members); ok && c.Values == nil {
		t.Text, t.Count, t.N = text, count, n
		return t
	}
	texts := make([]string, 0, len(members))
	for _, i := range members {
		if text := c.Texts.At(i); text != "" {
			texts = append(texts, text)
		}
	}
	t.N = len(texts)
	if c.Values != nil {
		t.Median = stat.Median(given(c.Values, members))
	} else {
		t.Text, t.Count = stat.Mode(texts)
	}
	return t
}

// drivers weighs the drivers among the members; only their order is needed, so
// nothing is resampled.
func (in GroupInput) drivers(g *Group, members []int) {
	o := in.Drivers
	o.Bootstrap, o.Members = 0, make([]bool, in.Data.Customers.Len())
	for _, i := range members {
		o.Members[i] = true
	}
	r := driver.Analyse(in.Data, o)
	if r == nil {
		g.DriversRefused = driver.NotAsked
		return
	}
	g.DriversRefused = r.Refused
	for _, k := range r.Weightiest() {
		if len(g.Drivers) < mostTelling {
			g.Drivers = append(g.Drivers, r.Attribute[k])
		}
	}
}

// terms names what speaks for us and against us.
func (in GroupInput) terms(g *Group, members []int) {
	sums, n := make([]stat.Summer, len(in.Data.Attributes)), 0.0
	if in.Value != nil {
		for _, i := range members {
			terms := in.Value.RelativeTerms(i)
			if len(terms) > 0 {
				n += in.weight(i)
			}
			for _, term := range terms {
				sums[term.Attribute].Add(in.weight(i) * term.Points)
			}
		}
	}
	var all []Term
	for a := range sums {
		if points := sums[a].Sum() / n; n > 0 && stat.Nearly(points) != 0 {
			all = append(all, Term{a, points})
		}
	}
	slices.SortStableFunc(all, func(a, b Term) int {
		return cmp.Or(cmp.Compare(stat.Nearly(b.Points), stat.Nearly(a.Points)), in.byLabel(a.Attribute, b.Attribute))
	})
	for k := 0; k < len(all) && k < mostTelling && all[k].Points > 0; k++ {
		g.Pluses = append(g.Pluses, all[k])
	}
	if g.Complaints = in.spoken(members); g.Complaints != nil {
		return
	}
	for k := len(all) - 1; k >= 0 && len(g.Complaints) < mostTelling && all[k].Points < 0; k-- {
		g.Complaints = append(g.Complaints, Complaint{Attribute: all[k].Attribute, Points: all[k].Points})
	}
}

func (in GroupInput) byLabel(a, b int) int {
	x, y := in.Data.Attributes[a], in.Data.Attributes[b]
	return cmp.Or(strings.Compare(x.Label, y.Label), strings.Compare(x.ID, y.ID), a-b)
}

// spoken counts the members' complaints in their own words.
func (in GroupInput) spoken(members []int) []Complaint {
	v, count := in.Data.Verbatims, make([]int, len(in.Data.Attributes))
	if len(v.Customer) == 0 {
		return nil
	}
	member := map[int32]bool{}
	for _, i := range members {
		member[int32(i)] = true
	}
	for k, who := range v.Customer {
		if k >= len(v.Attribute) || k >= len(v.Tone) {
			break
		}
		if a := v.Attribute[k]; a >= 0 && int(a) < len(count) && member[who] && v.Tone[k] < 0 {
			count[a]++
		}
	}
	var out []Complaint
	for a, n := range count {
		if n > 0 {
			out = append(out, Complaint{Attribute: a, Count: n, Points: math.NaN()})
		}
	}
	slices.SortStableFunc(out, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), in.byLabel(a.Attribute, b.Attribute))
	})
	return out[:min(len(out), mostTelling)]
}
