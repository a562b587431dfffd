package quadrant

import (
	"cmp"
	"math"
	"strings"
	"sync"

	"valuebook/report/analysis/stat"
)

// A Lever is one rating or component of a customer that could change. Both
// axes follow it in a straight line while it stays answered.
type Lever struct {
	Component string
	ID        string  // fixed identifier, which tells levers of one label apart
	Attribute int     // -1 for a component
	From      float64 // as it is, on its own scale
	Lo, Hi    float64 // ends of its scale; infinite for an amount of money
	Step      float64 // grain of the answers: changes are whole multiples of it
	Width     float64 // what changes of different levers are compared by: the width of the scale, or the spread of an amount
	X, Y      float64 // change of each axis value per unit
}

// SetLevers says what could move a customer: levers appends the levers of one to
// a slice that is used again, and is called by several goroutines.
func (r *Result) SetLevers(levers func(customer int, into []Lever) []Lever) { r.levers = levers }

// leverRoom holds slices of levers that are used again.
var leverRoom = sync.Pool{New: func() any { return new([]Lever) }}

// Nearest returns the smallest change of one lever that moves a classified
// customer to another class, thresholds kept (METHOD 4.5). It is computed when
// asked for: of many customers few are shown.
//
// Changes are compared as shares of the width of their scale, to nine decimals;
// of equal ones the first by label, then by ID serves, then the upward change:
// neither rounding nor the order of columns decides.
func (r *Result) Nearest(customer int) Nearest {
	nearest := Nearest{Attribute: -1}
	if r.levers == nil || r.Class[customer] == NotClassified {
		return nearest
	}
	room := leverRoom.Get().(*[]Lever)
	defer leverRoom.Put(room)
	all := r.levers(customer, (*room)[:0])
	*room = all
	best, by := math.Inf(1), -1
	for k := range all {
		for _, direction := range [2]float64{1, -1} {
			near, size := r.try(customer, &all[k], direction)
			if size = stat.Nearly(size); !near.Found || size > best {
				continue
			}
			if size < best || all[k].before(&all[by]) {
				best, by, nearest = size, k, near
			}
		}
	}
	return nearest
}

// before orders levers by label, then by ID.
func (l *Lever) before(other *Lever) bool {
	return cmp.Or(strings.Compare(l.Component, other.Component), strings.Compare(l.ID, other.ID)) < 0
}

// try moves one lever in one direction until the class changes.
func (r *Result) try(i int, l *Lever, direction float64) (Nearest, float64) {
	x, y, was := r.X.Values[i], r.Y.Values[i], r.Class[i]
	steps := math.Min(r.X.steps(x, l.X*l.Step*direction), r.Y.steps(y, l.Y*l.Step*direction))
	if math.IsInf(steps, 1) || !(l.Step > 0) {
		return Nearest{Attribute: -1}, 0
	}
	to := l.From + direction*steps*l.Step
	if stat.Nearly(to) < stat.Nearly(l.Lo) || stat.Nearly(to) > stat.Nearly(l.Hi) {
		return Nearest{Attribute: -1}, 0
	}
	change := to - l.From
	class := r.ClassAt(x+l.X*change, y+l.Y*change)
	if class == was {
		return Nearest{Attribute: -1}, 0
	}
	near := Nearest{Found: true, Component: l.Component, Attribute: l.Attribute, From: l.From, To: stat.Nearly(to), Class: class}
	return near, math.Abs(change) / l.Width
}

// steps returns how many whole steps take a value over the line: onto it from
// below, past it from above. It is infinite when they lead nowhere.
func (a *Axis) steps(value, perStep float64) float64 {
	gap := a.Threshold - value
	high := a.High(value)
	switch {
	case !high && perStep > 0:
		return math.Ceil(stat.Nearly(gap / perStep))
	case high && perStep < 0:
		return math.Floor(stat.Nearly(gap/perStep)) + 1
	}
	return math.Inf(1)
}

// Grain returns the coarsest of 1, 0.5, 0.1 and 0.01 that all values are
// multiples of, NaN left out; 0.01 when none fits.
func Grain(values []float64) float64 {
	grains := []float64{1, 0.5, 0.1, 0.01}
	k := 0
	for _, x := range values {
		for k < len(grains)-1 && !multiple(x, grains[k]) {
			k++
		}
	}
	return grains[k]
}

func multiple(x, grain float64) bool {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return true
	}
	q := x / grain
	return math.Abs(q-math.Round(q)) <= 1e-9*math.Max(1, math.Abs(q))
}

// Unbounded returns the ends of an amount of money: any, but one that is not
// negative stays so.
func Unbounded(from float64) (lo, hi float64) {
	if from >= 0 {
		return 0, math.Inf(1)
	}
	return math.Inf(-1), math.Inf(1)
}
