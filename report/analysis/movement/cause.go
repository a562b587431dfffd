package movement

import (
	"math"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/analysis/stat"
)

// A Cause is the fixed identifier of why a customer moved (METHOD 4.4).
type Cause string

// The causes, in the order that decides between equal ones.
const (
	ByRating    Cause = "rating"    // the customer, or who judges it, rates differently
	ByRival     Cause = "rival"     // the rivals are rated differently
	ByWeight    Cause = "weight"    // what counts how much changed
	ByThreshold Cause = "threshold" // the line moved
	ByAmount    Cause = "amount"    // value to the firm changed as an amount, or what the inputs do not explain
	New         Cause = "new"
	Lost        Cause = "lost"
	Answered    Cause = "answered"   // it has a class now and had none
	Unanswered  Cause = "unanswered" // it had a class and has none now
)

// causes are those that a change is divided into.
var causes = [...]Cause{ByRating, ByRival, ByWeight, ByThreshold, ByAmount}

// A Part is what one cause contributes to a change, and through which
// attribute.
type Part struct {
	Cause     Cause
	Attribute int     // index into Movement.Attributes, -1 = no attribute
	Points    float64 // in the unit of what changed
}

// A Delta is the change of one figure of a customer, divided into parts.
type Delta struct {
	Before, Now float64
	Change      float64 // Now - Before, less the move of the line; the sum of the parts
	Parts       []Part  // in the order of causes, then of attributes; none is zero
}

// A Mover is a customer whose state changed.
type Mover struct {
	Customer int // index into Movement.Customers
	From, To State
	Cause    Cause
	// Attribute is the one that contributed most to the cause, an index into
	// Movement.Attributes, -1 = none.
	Attribute int
	Axis      int // of the line that was crossed, 0 = x, 1 = y, -1 = none
	// Delta is the change against that line: of the distance from it.
	Delta Delta
	// Beyond says that the figure changed by more than the border band on one
	// of the axes: only such moves are drawn as arrows.
	Beyond bool
}

// move lists who changed state, and why.
func (m *Movement) move() {
	e := newExplainer(m)
	for i, c := range m.Customers {
		if c.Out {
			continue
		}
		if c.From != c.To {
			m.Movers = append(m.Movers, m.mover(e, i, c, c.From, c.To, m.Thresholds))
			continue
		}
		if m.Reestimated || !c.From.Classed() {
			continue
		}
		if shown := m.stateBy(1, c.Now, m.Now.Thresholds); shown.Classed() && shown != c.To {
			lines := [2][2]float64{m.Thresholds[0], m.Now.Thresholds}
			m.ByLine = append(m.ByLine, m.mover(e, i, c, c.From, shown, lines))
		}
	}
}

// mover tells why a customer changed state by given lines of both periods.
func (m *Movement) mover(e *explainer, i int, c Change, from, to State, lines [2][2]float64) Mover {
	out := Mover{Customer: i, From: from, To: to, Attribute: -1, Axis: -1}
	switch {
	case from == Absent:
		out.Cause = New
		return out
	case to == Absent:
		out.Cause = Lost
		return out
	case !from.Classed():
		out.Cause = Answered
		return out
	case !to.Classed():
		out.Cause = Unanswered
		return out
	}
	out.Beyond = m.beyond(c)
	best := -1.0
	for axis := range 2 {
		if !crossed(from, to, axis) {
			continue
		}
		delta := e.axis(c, axis, lines)
		if size := math.Abs(delta.Change) / m.yard(axis); stat.Nearly(size) > stat.Nearly(best) {
			best, out.Axis, out.Delta = size, axis, delta
		}
	}
	out.Cause, out.Attribute = out.Delta.Main()
	return out
}

// crossed reports whether two classes lie on different sides of the line of an
// axis.
func crossed(from, to State, axis int) bool {
	high := func(s State) bool {
		if axis == 0 {
			return s == HighHigh || s == HighLow
		}
		return s == HighHigh || s == LowHigh
	}
	return high(from) != high(to)
}

// yard is what changes on an axis are measured by where two axes are compared:
// the border band, 1 where there is none.
func (m *Movement) yard(axis int) float64 {
	if m.Bands[0] > 0 && m.Bands[1] > 0 {
		return m.Bands[axis]
	}
	return 1
}

// beyond reports whether a customer moved by more than the border band.
func (m *Movement) beyond(c Change) bool {
	was, is := &m.Before.Customers[c.Before], &m.Now.Customers[c.Now]
	for k, change := range [2]float64{is.X - was.X, is.Y - was.Y} {
		if stat.Nearly(math.Abs(change)) > stat.Nearly(m.Bands[k]) {
			return true
		}
	}
	return false
}

// Main returns the cause that contributed most to a change, and the attribute
// that contributed most to it; of equal ones the first. A change of nothing is
// no cause's.
func (d Delta) Main() (Cause, int) {
	sign := 1.0
	if d.Change < 0 {
		sign = -1
	}
	cause, most := Cause(""), 0.0
	for _, c := range causes {
		sum := 0.0
		for _, p := range d.Parts {
			if p.Cause == c {
				sum += sign * p.Points
			}
		}
		if stat.Nearly(sum) > stat.Nearly(most) {
			cause, most = c, sum
		}
	}
	attribute, most := -1, 0.0
	for _, p := range d.Parts {
		if p.Cause == cause && p.Attribute >= 0 && stat.Nearly(sign*p.Points) > stat.Nearly(most) {
			attribute, most = p.Attribute, sign*p.Points
		}
	}
	return cause, attribute
}

// Sum returns what one cause contributes to a change.
func (d Delta) Sum(cause Cause) float64 {
	var sum stat.Summer
	for _, p := range d.Parts {
		if p.Cause == cause {
			sum.Add(p.Points)
		}
	}
	return sum.Sum()
}

// An Explainer divides changes of figures into causes, one after the other: it
// may not be used from several goroutines.
type Explainer struct{ explainer *explainer }

// Explainer returns an explainer for the customers of the movement.
func (m *Movement) Explainer() *Explainer { return &Explainer{newExplainer(m)} }

// ValueChange divides the change of a customer's perceived value, or of its
// relative performance, into causes; false where one of the two periods has
// none. customer is an index into Movement.Customers.
func (e *Explainer) ValueChange(customer int, measure quadrant.Measure) (Delta, bool) {
	m := e.explainer.m
	c := m.Customers[customer]
	if c.Before < 0 || c.Now < 0 {
		return Delta{}, false
	}
	was, is := m.Before.Customers[c.Before].Value, m.Now.Customers[c.Now].Value
	if measure == quadrant.Relative {
		was, is = m.Before.Customers[c.Before].Relative, m.Now.Customers[c.Now].Relative
	}
	if math.IsNaN(was) || math.IsNaN(is) {
		return Delta{}, false
	}
	return e.explainer.explain(c, measure, m.amounts(), was, is), true
}

// amounts reports whether benefits and costs are amounts of money.
func (m *Movement) amounts() bool {
	for k, axis := range m.Now.Axes {
		if axis != quadrant.Match && axis != quadrant.FirmValue {
			return m.Now.Money[k]
		}
	}
	return m.Now.Amounts
}
