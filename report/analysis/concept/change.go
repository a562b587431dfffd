package concept

import (
	"math"
	"slices"

	"valuebook/report/analysis/driver"
	"valuebook/report/analysis/stat"
	"valuebook/report/analysis/value"
)

// An AttributeChange is how the rating of one attribute moved among the
// customers who rated it in both surveys.
type AttributeChange struct {
	Attribute int           // index into the attributes of the present survey
	Change    stat.Estimate // present less past goodness, points of 100, + = better
}

// A Change compares two surveys of the same customers (METHOD 7.5).
type Change struct {
	Value         stat.Estimate // mean paired change of perceived value; N = customers with both
	Past, Present float64       // mean perceived value of those customers then and now
	Up, Down      int           // customers whose value rose or fell
	OnlyPast      int           // customers with a value in one survey alone
	OnlyPresent   int
	Attributes    []AttributeChange // rated in both on a scale; in the order of the present survey
	New, Dropped  []string          // attributes asked in one survey alone, by identifier: values then rest on different questions
	Refused       Refusal
}

// Between compares two surveys customer by customer, found by identifier. It
// returns nil when either has no perceived value.
func Between(past, present Survey, s stat.Sampling) *Change {
	if past.Value == nil || present.Value == nil || !past.Value.Rated() || !present.Value.Rated() {
		return nil
	}
	c := &Change{Value: stat.Nothing(), Past: math.NaN(), Present: math.NaN()}
	if past.Value.Mode != present.Value.Mode {
		c.Refused = OtherMode
		return c
	}
	c.questions(past, present)
	pairs := c.pair(past, present, s)
	if c.Value.N == 0 {
		c.Refused = NobodyTwice
	}
	if present.Value.Mode == value.Index {
		c.attributes(past, present, pairs, s)
	}
	return c
}

// pair sets the change of value and returns the customers of both surveys, past
// and present, by identifier.
func (c *Change) pair(past, present Survey, s stat.Sampling) (pairs [][2]int) {
	before := map[string]int{}
	for i, id := range past.Data.Customers.ID {
		before[id] = i
		if !math.IsNaN(past.Value.Own.Value[i]) {
			c.OnlyPast++
		}
	}
	var then, now, moved []float64
	for _, i := range byIdentifier(present.Data) {
		j, known := before[present.Data.Customers.ID[i]]
		x, y := present.Value.Own.Value[i], math.NaN()
		if known {
			pairs = append(pairs, [2]int{j, i})
			y = past.Value.Own.Value[j]
		}
		switch {
		case math.IsNaN(x):
		case math.IsNaN(y):
			c.OnlyPresent++
		default:
			c.OnlyPast--
			then, now, moved = append(then, y), append(now, x), append(moved, x-y)
			c.count(x - y)
		}
	}
	c.Value, c.Past, c.Present = stat.PairedMean(moved, nil, s), stat.Mean(then, nil), stat.Mean(now, nil)
	return pairs
}

func (c *Change) count(moved float64) {
	switch m := stat.Nearly(moved); {
	case m > 0:
		c.Up++
	case m < 0:
		c.Down++
	}
}

// questions notes what was asked in one survey alone.
func (c *Change) questions(past, present Survey) {
	ids := func(s Survey) (out []string) {
		for _, a := range s.Data.Attributes {
			out = append(out, a.ID)
		}
		return out
	}
	then, now := ids(past), ids(present)
	for _, id := range now {
		if !slices.Contains(then, id) {
			c.New = append(c.New, id)
		}
	}
	for _, id := range then {
		if !slices.Contains(now, id) {
			c.Dropped = append(c.Dropped, id)
		}
	}
	slices.Sort(c.New)
	slices.Sort(c.Dropped)
}

func (c *Change) attributes(past, present Survey, pairs [][2]int, s stat.Sampling) {
	for a, attribute := range present.Data.Attributes {
		for b, same := range past.Data.Attributes {
			if same.ID != attribute.ID || !attribute.Scale.Bounded() || !same.Scale.Bounded() || driver.Own(past.Data) < 0 || driver.Own(present.Data) < 0 {
				continue
			}
			then, now := driver.Goodness(past.Data, driver.Own(past.Data), b), driver.Goodness(present.Data, driver.Own(present.Data), a)
			var moved []float64
			for _, pair := range pairs {
				if then == nil || now == nil || math.IsNaN(then[pair[0]]) || math.IsNaN(now[pair[1]]) {
					continue
				}
				moved = append(moved, 100*(now[pair[1]]-then[pair[0]]))
			}
			if len(moved) > 0 {
				c.Attributes = append(c.Attributes, AttributeChange{Attribute: a, Change: stat.PairedMean(moved, nil, s)})
			}
		}
	}
}
