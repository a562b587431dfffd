package concept

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"valuebook/report/analysis/stat"
	"valuebook/report/dataset"
)

// A Waste is what steps cost in all, and what those cost that add no value for
// the customer. Steps that do not say whether they add value are in the total
// only.
type Waste struct {
	Process           string // "" = all
	Steps, Idle       int    // in all; that add no value
	Unstated          int    // that do not say
	Minutes, IdleTime float64
	Cost, IdleCost    float64 // NaN where no step has a cost
	TimeShare         float64 // IdleTime/Minutes, 0..1; NaN without minutes above 0
	CostShare         float64
	NoMinutes, NoCost int // steps without the figure
}

// Effort is what the steps done for customers cost (METHOD 7.5).
type Effort struct {
	All       Waste
	Processes []Waste // by name; empty when no process is named
	Idle      []int   // steps that add no value, the dearest first, then the longest
}

// Activities adds up the steps that add no value. It returns nil when there are
// no steps, or none says whether it adds value.
func Activities(d *dataset.Dataset) *Effort {
	a := d.Activities
	e, processes := &Effort{}, map[string][]int{}
	var all []int
	known := false
	for k := range a.Step {
		all = append(all, k)
		if k < len(a.Process) && strings.TrimSpace(a.Process[k]) != "" {
			name := strings.TrimSpace(a.Process[k])
			processes[name] = append(processes[name], k)
		}
		known = known || adds(a, k) != dataset.Unstated
		if adds(a, k) == dataset.No {
			e.Idle = append(e.Idle, k)
		}
	}
	if !known {
		return nil
	}
	e.All = waste("", a, all)
	for name, steps := range processes {
		e.Processes = append(e.Processes, waste(name, a, steps))
	}
	slices.SortFunc(e.Processes, func(x, y Waste) int { return strings.Compare(x.Process, y.Process) })
	slices.SortStableFunc(e.Idle, func(x, y int) int {
		return cmp.Or(dearer(figure(a.Cost, x), figure(a.Cost, y)), dearer(figure(a.Minutes, x), figure(a.Minutes, y)), strings.Compare(a.Step[x], a.Step[y]))
	})
	return e
}

func adds(a dataset.Activities, k int) dataset.Answer {
	if k < len(a.Adds) {
		return a.Adds[k]
	}
	return dataset.Unstated
}

// figure returns an amount or duration, NaN for none; a negative one is none.
func figure(column []float64, k int) float64 {
	if k < len(column) && column[k] >= 0 && column[k] <= 1e100 {
		return column[k]
	}
	return math.NaN()
}

// dearer sorts the larger first, what is missing last.
func dearer(x, y float64) int { return cmp.Compare(y, x) } // NaN is below all numbers

func waste(name string, a dataset.Activities, steps []int) Waste {
	w := Waste{Process: name, Steps: len(steps)}
	var minutes, idleMinutes, cost, idleCost stat.Summer
	add := func(x float64, idle bool, all, wasted *stat.Summer, missing *int) {
		if math.IsNaN(x) {
			*missing++
			return
		}
		all.Add(x)
		if idle {
			wasted.Add(x)
		}
	}
	for _, k := range steps {
		idle := adds(a, k) == dataset.No
		if idle {
			w.Idle++
		}
		if adds(a, k) == dataset.Unstated {
			w.Unstated++
		}
		add(figure(a.Minutes, k), idle, &minutes, &idleMinutes, &w.NoMinutes)
		add(figure(a.Cost, k), idle, &cost, &idleCost, &w.NoCost)
	}
	w.Minutes, w.IdleTime, w.TimeShare = shared(minutes.Sum(), idleMinutes.Sum(), w.NoMinutes == w.Steps)
	w.Cost, w.IdleCost, w.CostShare = shared(cost.Sum(), idleCost.Sum(), w.NoCost == w.Steps)
	return w
}

func shared(all, part float64, missing bool) (total, wasted, share float64) {
	switch {
	case missing:
		return math.NaN(), math.NaN(), math.NaN()
	case !(all > 0):
		return all, part, math.NaN()
	}
	return all, part, part / all
}

// AccessOptions say how time turns into money.
type AccessOptions struct {
	Rate     float64  // money per hour; NaN or 0 = not known
	Hours    []string // identifiers of attributes that hold hours; nil = the amounts of group access that are not money
	Sampling stat.Sampling
}

// An AccessCost is what getting at a supplier's product costs (METHOD 7.5).
type AccessCost struct {
	Supplier int
	Hours    float64 // mean, 0 when no hours were asked
	Fees     float64 // mean, in money
	Cost     stat.Estimate
}

// AccessCosts are those of every supplier with answers.
type AccessCosts struct {
	Costs   []AccessCost // in the order of the suppliers
	Refused Refusal
}

// Access turns the cost of getting at the product into money: hours * rate +
// fees, over the customers who gave every figure. Attributes of group access
// count: amounts of money are fees, other amounts without a scale are hours;
// ratings of effort are neither. It returns nil when there is no such attribute,
// or nobody gave figures.
func Access(d *dataset.Dataset, o AccessOptions) *AccessCosts {
	var hours, fees []int
	for a, attribute := range d.Attributes {
		named := slices.Contains(o.Hours, attribute.ID)
		access := attribute.Group == dataset.Access && attribute.Side == dataset.Cost
		switch {
		case named || access && o.Hours == nil && !attribute.Money && !attribute.Scale.Bounded():
			hours = append(hours, a)
		case access && attribute.Money:
			fees = append(fees, a)
		}
	}
	out := &AccessCosts{}
	switch {
	case len(hours)+len(fees) == 0:
		return nil
	case len(hours) > 0 && !(o.Rate > 0):
		out.Refused = NoRate
		return out
	}
	for s := range d.Suppliers {
		if cost, some := access(d, s, hours, fees, o); some {
			out.Costs = append(out.Costs, cost)
		}
	}
	if len(out.Costs) == 0 {
		return nil
	}
	return out
}

func access(d *dataset.Dataset, supplier int, hours, fees []int, o AccessOptions) (AccessCost, bool) {
	var time, money, total []float64
	for _, i := range byIdentifier(d) {
		h, f := 0.0, 0.0
		for _, a := range hours {
			h += answer(d, supplier, a, i)
		}
		for _, a := range fees {
			f += answer(d, supplier, a, i)
		}
		if cost := h*o.Rate + f; len(hours) == 0 && !math.IsNaN(f) {
			time, money, total = append(time, 0), append(money, f), append(total, f)
		} else if !math.IsNaN(cost) {
			time, money, total = append(time, h), append(money, f), append(total, cost)
		}
	}
	c := AccessCost{Supplier: supplier, Hours: stat.Mean(time, nil), Fees: stat.Mean(money, nil), Cost: stat.OneSample(total, nil, math.NaN(), o.Sampling)}
	return c, len(total) > 0
}

// answer returns a figure of a customer, NaN where it is missing or negative.
func answer(d *dataset.Dataset, supplier, attribute, customer int) float64 {
	if at := supplier*len(d.Attributes) + attribute; at < len(d.Ratings) {
		return figure(d.Ratings[at].Values, customer)
	}
	return math.NaN()
}
