package quadrant

import (
	"math"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// MinComponents is the share of the weight of a composite that a customer must
// have, and the share of customers with any answer who must have value to the
// firm in components for it to be preferred to a column (METHOD 4.1).
const MinComponents = 0.6

// The components of METHOD 4.1. When a workbook uses these names, one that it
// does not have at all counts as missing.
var (
	ValueComponents = []string{"purchase", "reputation", "information", "knowledge", "transaction"}
	MatchComponents = []string{"positioning", "ability", "value_match"}
)

// A Composite is a score made of components (METHOD 4.1): 0..100, or an amount
// of money when no component has a scale.
type Composite struct {
	components []dataset.Component
	weight     []float64
	total      float64
	money      bool
	n          int
}

// NewComposite prepares components for n customers. names are the identifiers
// that belong to the composite.
func NewComposite(components []dataset.Component, names []string, n int) *Composite {
	c := &Composite{n: n, money: true}
	for _, part := range components {
		if part.Scale.Bounded() {
			c.money = false
		}
	}
	weighted := false
	for _, part := range components {
		if part.Series.Given() && (c.money || part.Scale.Bounded()) {
			c.components = append(c.components, part)
			weighted = weighted || !math.IsNaN(part.Weight)
		}
	}
	c.weigh(weighted && !c.money, names)
	return c
}

func (c *Composite) weigh(weighted bool, names []string) {
	known := true
	for _, part := range c.components {
		w := 1.0
		if weighted {
			w = part.Weight
			if !(w > 0) || math.IsInf(w, 1) {
				w = 0
			}
		}
		c.weight = append(c.weight, w)
		c.total += w
		known = known && contains(names, part.ID)
	}
	if known && !weighted && len(c.components) > 0 {
		c.total = math.Max(c.total, float64(len(names)))
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// Money reports whether the composite is an amount, the sum of its components.
func (c *Composite) Money() bool { return c.money && len(c.components) > 0 }

// value returns component k of a customer, NaN when not given or off its scale.
func (c *Composite) value(k, i int) float64 {
	part := &c.components[k]
	if i >= len(part.Series.Values) {
		return math.NaN()
	}
	x := part.Series.Values[i]
	if math.IsInf(x, 0) || !c.money && (x < part.Scale.Lo || x > part.Scale.Hi) {
		return math.NaN()
	}
	return x
}

// answered returns the weight that a customer has.
func (c *Composite) answered(i int) float64 {
	sum := 0.0
	for k := range c.components {
		if !math.IsNaN(c.value(k, i)) {
			sum += c.weight[k]
		}
	}
	return sum
}

// enough reports whether the weight bears a score; a missing amount of money
// cannot be made up for.
func (c *Composite) enough(answered float64) bool {
	if !(answered > 0) {
		return false
	}
	if c.money {
		return answered >= float64(len(c.components))
	}
	return stat.Nearly(answered/c.total) >= MinComponents
}

// Scores returns the score of every customer, renormalised over the components
// given; NaN below 60 % of the weight. It returns nil where there are no components.
func (c *Composite) Scores() []float64 {
	if len(c.components) == 0 {
		return nil
	}
	out := make([]float64, c.n)
	for i := range out {
		out[i] = math.NaN()
		answered := c.answered(i)
		if !c.enough(answered) {
			continue
		}
		sum := 0.0
		for k := range c.components {
			x := c.value(k, i)
			switch {
			case math.IsNaN(x):
			case c.money:
				sum += x
			default:
				sum += c.weight[k] * c.components[k].Scale.Unit(x, false)
			}
		}
		if out[i] = sum; !c.money {
			out[i] = 100 * sum / answered
		}
	}
	return out
}

// Share returns the share that have a score among the customers who answered
// anything; who left everything blank does not count (METHOD 4.1).
func Share(scores []float64, answered []bool) float64 {
	count, all := 0, 0
	for i, x := range scores {
		if answered[i] {
			all++
		}
		if !math.IsNaN(x) {
			count++
		}
	}
	return float64(count) / float64(max(1, all))
}

// Levers appends the components of a customer as levers of the x axis, or of
// the y axis when onY is set.
func (c *Composite) Levers(i int, steps []float64, onY bool, into []Lever) []Lever {
	answered := c.answered(i)
	if !c.enough(answered) {
		return into
	}
	for k := range c.components {
		x := c.value(k, i)
		if math.IsNaN(x) {
			continue
		}
		part := &c.components[k]
		lever := Lever{Component: part.Label, ID: part.ID, Attribute: -1, From: x, Lo: part.Scale.Lo, Hi: part.Scale.Hi, Step: steps[k]}
		slope := 1.0
		if c.money {
			lever.Lo, lever.Hi, lever.Width = math.Inf(-1), math.Inf(1), math.Max(1, math.Abs(x))
		} else {
			lever.Width = part.Scale.Hi - part.Scale.Lo
			slope = 100 * c.weight[k] / answered / lever.Width
		}
		if onY {
			lever.Y = slope
		} else {
			lever.X = slope
		}
		into = append(into, lever)
	}
	return into
}

// Steps returns the grain of each component's values.
func (c *Composite) Steps() []float64 {
	out := make([]float64, len(c.components))
	for k, part := range c.components {
		out[k] = Grain(part.Series.Values)
	}
	return out
}

// A CompositePart is one component of a composite and what it counts.
type CompositePart struct {
	ID, Label string
	Share     float64 // of the weight of all, 0..1; of an amount 1
}

// Parts returns the components that count, in the order of [Composite.Places].
func (c *Composite) Parts() []CompositePart {
	var parts []CompositePart
	for k, part := range c.components {
		share := 1.0
		if !c.money && c.total > 0 {
			share = c.weight[k] / c.total
		}
		parts = append(parts, CompositePart{part.ID, part.Label, share})
	}
	return parts
}

// Places appends the place of every component of a customer on its scale, 0..1,
// or the amount; NaN = not given.
func (c *Composite) Places(i int, into []float64) []float64 {
	for k := range c.components {
		x := c.value(k, i)
		if !c.money {
			x = c.components[k].Scale.Unit(x, false)
		}
		into = append(into, x)
	}
	return into
}
