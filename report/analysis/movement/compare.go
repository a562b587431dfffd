package movement

import (
	"math"
	"strings"
	"time"

	"valuebook/report/analysis/quadrant"
)

// Options says how two periods are compared. The zero value is the default of
// METHOD 4.4.
type Options struct {
	// Reestimate divides each period by its own thresholds instead of both by
	// those of the earlier one: customers then also move because others moved.
	Reestimate bool
}

// A Code is the fixed identifier of why two periods cannot be compared.
type Code string

// The reasons.
const (
	NoAxes      Code = "no_axes"        // one of them has no quadrant
	OtherAxes   Code = "other_axes"     // the axes differ
	OtherUnit   Code = "other_unit"     // an axis was a score and is money, or the other way round
	OtherMethod Code = "other_method"   // settings differ that change what the numbers mean
	Undivided   Code = "undivided"      // an axis was divided in neither period
	Strangers   Code = "strangers"      // no customer of the one is found in the other
	SamePeriod  Code = "not_an_earlier" // the earlier period does not lie before the later
)

// A Refusal says why two periods were not compared.
type Refusal struct {
	Code Code
	// Settings names what differs where the method does, in the order of names.
	Settings []string
	Axes     [2][2]quadrant.Measure // of the earlier and the later period
}

// A State is where a customer stands in one period: as in quadrant.Class, or
// Absent.
type State uint8

// The states. The classes are named by place, x first.
const (
	Unclassified State = State(quadrant.NotClassified)
	HighHigh     State = State(quadrant.HighHigh)
	HighLow      State = State(quadrant.HighLow)
	LowHigh      State = State(quadrant.LowHigh)
	LowLow       State = State(quadrant.LowLow)
	Absent       State = 5 // new as an earlier state, lost as a later one
)

// Classed reports whether a state is one of the four classes.
func (s State) Classed() bool { return s >= HighHigh && s <= LowLow }

// A Movement is the comparison of two periods.
type Movement struct {
	Before, Now *Snapshot
	Pair        quadrant.Pair // the axes and the names of their classes
	Reestimated bool
	// Thresholds are the lines of the earlier and of the later period by which
	// the classes here are told: both those of the earlier one unless
	// Reestimated.
	Thresholds [2][2]float64 // period, axis
	// Restated says which axes the earlier period had not divided: its classes
	// are then told by the later period's line.
	Restated [2]bool
	Bands    [2]float64 // half-widths of the border bands, of the later period

	Attributes []Shared // of both periods, those of the later one first

	// Matrix counts customers by state, earlier state first. Absent rows are
	// the new ones, Absent columns the lost; nobody is absent in both.
	Matrix [6][6]int
	Total  int // customers in the matrix
	// Stayed is how many have a class in both periods and the same one, Classed
	// how many have one in both. Stability is their share, NaN without any.
	Stayed, Classed int
	Stability       float64
	LeftBefore      int // customers who had left by the earlier period: in no count
	Duplicates      int // customers whose identifier stands more than once in a period
	ByName          int // customers matched by their name, for want of an identifier

	Customers []Change // those of the later period in its order, then the lost
	Movers    []Mover  // whose state changed, by customer in the order of Customers
	// ByLine are customers whose class differs by the later period's own lines,
	// though not by those of the earlier one: they changed class only because
	// others moved the line. Empty when Reestimated: they are Movers then.
	ByLine []Mover
}

// A Change is one customer in two periods. Before and Now are indices into the
// customers of the snapshots, -1 = not there.
type Change struct {
	Before, Now int
	From, To    State
	Out         bool // in no count: it had left by the earlier period
}

// A Shared attribute is one of both periods; -1 = not asked then.
type Shared struct {
	Before, Now int // indices into the attributes of the snapshots
	Attribute       // as in the later period, else as in the earlier
}

// Compare compares an earlier period with a later one (METHOD 4.4), or says why
// they cannot be compared. Neither snapshot may change while the result is used.
func Compare(before, now *Snapshot, o Options) (*Movement, *Refusal) {
	if r := refuse(before, now); r != nil {
		return nil, r
	}
	m := &Movement{Before: before, Now: now, Pair: quadrant.PairOf(now.Axes[0], now.Axes[1]), Reestimated: o.Reestimate, Bands: now.Bands}
	if !m.draw() {
		return nil, &Refusal{Code: Undivided}
	}
	m.share()
	pairs := m.match()
	if pairs == 0 && len(before.Customers) > 0 && len(now.Customers) > 0 {
		return nil, &Refusal{Code: Strangers}
	}
	m.count()
	m.move()
	return m, nil
}

// refuse checks what can be checked without looking at customers.
func refuse(before, now *Snapshot) *Refusal {
	axes := [2][2]quadrant.Measure{before.Axes, now.Axes}
	switch none := [2]quadrant.Measure{}; {
	case before.Period != "" && before.Period == now.Period, month(before.Period) && month(now.Period) && before.Period > now.Period:
		return &Refusal{Code: SamePeriod}
	case before.Axes == none || now.Axes == none:
		return &Refusal{Code: NoAxes}
	case before.Axes != now.Axes:
		return &Refusal{Code: OtherAxes, Axes: axes}
	case before.Money != now.Money:
		return &Refusal{Code: OtherUnit, Axes: axes}
	case before.Method != now.Method:
		return &Refusal{Code: OtherMethod, Settings: differing(before.Method, now.Method)}
	}
	return nil
}

// month reports whether a period is a month such as "2026-10": other names
// have no order.
func month(period string) bool {
	_, err := time.Parse("2006-01", period)
	return err == nil
}

// differing returns the names of the parts in which two methods differ.
func differing(a, b string) []string {
	split := func(method string) (names []string, values map[string]string) {
		values = map[string]string{}
		for _, part := range strings.Split(method, "; ") {
			name, value, _ := strings.Cut(part, "=")
			names, values[name] = append(names, name), value
		}
		return names, values
	}
	first, was := split(a)
	second, is := split(b)
	var out []string
	seen := map[string]bool{}
	for _, name := range append(first, second...) {
		if name != "" && !seen[name] && was[name] != is[name] {
			out = append(out, name)
		}
		seen[name] = true
	}
	return out
}

// draw sets the lines by which the classes are told; false where an axis has
// none.
func (m *Movement) draw() bool {
	m.Thresholds = [2][2]float64{m.Before.Thresholds, m.Now.Thresholds}
	for k := range 2 {
		was, is := m.Before.Thresholds[k], m.Now.Thresholds[k]
		switch {
		case math.IsNaN(was) && math.IsNaN(is):
			return false
		case math.IsNaN(was):
			m.Thresholds[0][k], m.Restated[k] = is, true
		case math.IsNaN(is) || !m.Reestimated:
			m.Thresholds[1][k] = was
		}
	}
	return true
}

// share lists the attributes of both periods.
func (m *Movement) share() {
	type key struct {
		id    string
		score quadrant.Measure
	}
	keyOf := func(a Attribute) key {
		if a.ID == "" {
			return key{a.Label, a.Score}
		}
		return key{a.ID, a.Score}
	}
	was := map[key]int{}
	for k, a := range m.Before.Attributes {
		if _, there := was[keyOf(a)]; !there {
			was[keyOf(a)] = k
		}
	}
	used := make([]bool, len(m.Before.Attributes))
	for k, a := range m.Now.Attributes {
		at, there := was[keyOf(a)]
		if !there || used[at] || m.Before.Attributes[at].Cost != a.Cost {
			at = -1
		} else {
			used[at] = true
		}
		m.Attributes = append(m.Attributes, Shared{at, k, a})
	}
	for k, a := range m.Before.Attributes {
		if !used[k] {
			m.Attributes = append(m.Attributes, Shared{k, -1, a})
		}
	}
}

// count fills the matrix.
func (m *Movement) count() {
	for i := range m.Customers {
		c := &m.Customers[i]
		c.From, c.To = m.state(0, c.Before), m.state(1, c.Now)
		if c.From == Absent && c.To == Absent {
			c.Out = true
			m.LeftBefore++
			continue
		}
		m.Matrix[c.From][c.To]++
		m.Total++
		if c.From.Classed() && c.To.Classed() {
			m.Classed++
			if c.From == c.To {
				m.Stayed++
			}
		}
	}
	m.Stability = math.NaN()
	if m.Classed > 0 {
		m.Stability = float64(m.Stayed) / float64(m.Classed)
	}
}

// state returns where a customer of a period stands by the lines of the
// comparison.
func (m *Movement) state(period, customer int) State {
	return m.stateBy(period, customer, m.Thresholds[period])
}

// stateBy returns where a customer stands by given lines. Who has left is
// absent, whatever the figures; who had no class for another reason than an
// undivided axis keeps none.
func (m *Movement) stateBy(period, customer int, lines [2]float64) State {
	if customer < 0 {
		return Absent
	}
	s := m.snapshot(period)
	c := &s.Customers[customer]
	undivided := math.IsNaN(s.Thresholds[0]) || math.IsNaN(s.Thresholds[1])
	switch {
	case c.Gone:
		return Absent
	case math.IsNaN(c.X) || math.IsNaN(c.Y), c.Class == "" && !undivided:
		return Unclassified
	}
	x, y := quadrant.Axis{Threshold: lines[0]}, quadrant.Axis{Threshold: lines[1]}
	switch {
	case x.High(c.X) && y.High(c.Y):
		return HighHigh
	case x.High(c.X):
		return HighLow
	case y.High(c.Y):
		return LowHigh
	}
	return LowLow
}

func (m *Movement) snapshot(period int) *Snapshot {
	if period == 0 {
		return m.Before
	}
	return m.Now
}

// ID returns the fixed identifier of a state of this movement: that of its
// class, "not_classified" or "absent".
func (m *Movement) ID(s State) string {
	switch {
	case s == Absent:
		return "absent"
	case s == Unclassified:
		return "not_classified"
	}
	return m.Pair.Classes[s-1]
}

// Name returns the identifier and the name of a customer, as in the later
// period where it is there.
func (m *Movement) Name(c Change) (id, name string) {
	s := m.standing(c)
	return s.ID, s.Name
}

func (m *Movement) standing(c Change) *Standing {
	if c.Now >= 0 {
		return &m.Now.Customers[c.Now]
	}
	return &m.Before.Customers[c.Before]
}
