package concept

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
	"valuebook/report/dataset"
)

// WellRated is the mean goodness, 0..100, from which an attribute counts as well
// rated: the middle of the scale, as for the classes (METHOD 4.3).
const WellRated = 50

// A Serving is one attribute that serves a need.
type Serving struct {
	Attribute int
	Goodness  float64 // mean of ours, 0..100, high = good; NaN = not rated on a scale
	N         int
	Standing  value.Standing // against the rivals, "" when not compared
	Well      bool
}

// A Need is one need of customers and what serves it.
type Need struct {
	Name     string
	Servings []Serving // in attribute order
	Best     float64   // highest goodness, NaN when none was rated
	Unserved bool      // no attribute that serves it is well rated
}

// A Canvas is the table of needs by attributes (METHOD 7.5).
type Canvas struct {
	Needs    []Need // by name
	Without  []int  // attributes that serve no need named
	Unserved int
}

// NeedsCanvas lays attributes against the needs that they serve. An attribute
// may serve several, separated by semicolons. It returns nil when no attribute
// names a need, or values are in money.
func NeedsCanvas(d *dataset.Dataset, v *value.Result) *Canvas {
	if v == nil || v.Mode == value.Money {
		return nil
	}
	c, needs := &Canvas{}, map[string][]Serving{}
	for a, attribute := range d.Attributes {
		names := split(attribute.Need)
		if len(names) == 0 {
			c.Without = append(c.Without, a)
		}
		for _, name := range names {
			needs[name] = append(needs[name], serving(d, v, a))
		}
	}
	if len(needs) == 0 {
		return nil
	}
	for name, servings := range needs {
		need := Need{Name: name, Servings: servings, Best: math.NaN(), Unserved: true}
		for _, s := range servings {
			if !(s.Goodness <= need.Best) && !math.IsNaN(s.Goodness) {
				need.Best = s.Goodness
			}
			need.Unserved = need.Unserved && !s.Well
		}
		if need.Unserved {
			c.Unserved++
		}
		c.Needs = append(c.Needs, need)
	}
	slices.SortFunc(c.Needs, func(a, b Need) int { return strings.Compare(a.Name, b.Name) })
	return c
}

// split returns the different names of a list.
func split(list string) []string {
	var names []string
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return r == ';' || r == '；' || r == '\n' }) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func serving(d *dataset.Dataset, v *value.Result, a int) Serving {
	s := Serving{Attribute: a, Goodness: math.NaN()}
	for _, mean := range v.Attributes {
		if mean.Attribute != a {
			continue
		}
		s.Goodness, s.N = 100*mean.Unit, mean.N
		if d.Attributes[a].Side == dataset.Cost {
			s.Goodness = 100 - s.Goodness
		}
	}
	if c := comparison(v, a); c != nil {
		s.Standing = c.Standing
	}
	s.Well = stat.Nearly(s.Goodness) >= WellRated
	return s
}

// A Claim is what could be said about an attribute in a value proposition.
type Claim struct {
	Attribute   int
	N           int
	Difference  stat.Estimate // from the rivals, points, + = we are better
	Distinctive bool          // leader
	Measurable  bool          // an amount of money, or rated by at least 5
	Sustainable dataset.Answer
	All         bool // all three
}

// A Proposition is the claims on every attribute that was compared (METHOD 7.5).
type Proposition struct {
	Claims    []Claim // in attribute order
	Strong    int     // claims that are all three
	PastKnown bool    // an earlier survey was there to compare with
}

// Claims tests what a value proposition could rest on. A claim is sustainable
// when we led in the earlier survey too; without one, or where the attribute was
// not compared in it, that is not known. The attribute is found again by its
// identifier. It returns nil when no rival was rated.
func Claims(now Survey, past *Survey) *Proposition {
	if now.Value == nil || now.Value.Market == nil || len(now.Value.Market.Comparisons) == 0 {
		return nil
	}
	p := &Proposition{PastKnown: past != nil && past.Value != nil && past.Value.Market != nil}
	for _, c := range now.Value.Market.Comparisons {
		p.Claims = append(p.Claims, Claim{Attribute: c.Attribute, N: c.N, Difference: c.Difference, Distinctive: c.Standing == value.Leader,
			Measurable: now.Data.Attributes[c.Attribute].Money || c.N >= stat.MinInterval})
	}
	return p.Lasting(now.Data, past.standings())
}

// Lasting returns the claims judged by an earlier survey, of which only the
// verdicts are known, by the identifiers of the attributes; "" where an attribute
// was not compared in it.
func (p *Proposition) Lasting(d *dataset.Dataset, before map[string]value.Standing) *Proposition {
	if p == nil || len(before) == 0 {
		return p
	}
	judged := &Proposition{PastKnown: true, Claims: slices.Clone(p.Claims)}
	for k := range judged.Claims {
		c := &judged.Claims[k]
		c.Sustainable = c.ledBefore(before[d.Attributes[c.Attribute].ID])
		c.All = c.Distinctive && c.Measurable && c.Sustainable == dataset.Yes
		if c.All {
			judged.Strong++
		}
	}
	return judged
}

func (c Claim) ledBefore(was value.Standing) dataset.Answer {
	switch {
	case was == "":
		return dataset.Unstated
	case c.Distinctive && was == value.Leader:
		return dataset.Yes
	}
	return dataset.No
}

// standings are the verdicts of a survey by the identifiers of the attributes.
func (s *Survey) standings() map[string]value.Standing {
	if s == nil || s.Value == nil || s.Value.Market == nil {
		return nil
	}
	all := map[string]value.Standing{}
	for _, c := range s.Value.Market.Comparisons {
		all[s.Data.Attributes[c.Attribute].ID] = c.Standing
	}
	return all
}
