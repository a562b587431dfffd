package workbook

import (
	"math"

	"valuebook/report/dataset"
)

// An extent is what the numbers of a column say of the scale they may be on.
type extent struct {
	count  int     // numbers that are some
	lo, hi float64 // of all
	low    float64 // of those from 0 to 100: the lowest,
	high   float64 // the highest,
	whole  bool    // and whether all are whole
}

// extentOf returns the extent of numbers; NaN is none.
func extentOf(list []float64) extent {
	e := extent{lo: math.Inf(1), hi: math.Inf(-1), low: math.Inf(1), high: math.Inf(-1), whole: true}
	for _, x := range list {
		if math.IsNaN(x) {
			continue
		}
		e.count++
		e.lo, e.hi = min(e.lo, x), max(e.hi, x)
		if x < 0 || x > 100 {
			continue
		}
		e.low, e.high = min(e.low, x), max(e.high, x)
		e.whole = e.whole && x == math.Trunc(x)
	}
	return e
}

// with returns the extent of the numbers of both.
func (e extent) with(other extent) extent {
	return extent{
		count: e.count + other.count, lo: min(e.lo, other.lo), hi: max(e.hi, other.hi),
		low: min(e.low, other.low), high: max(e.high, other.high), whole: e.whole && other.whole,
	}
}

// scale returns the first standard scale that holds all values which any of them holds; with whole numbers that
// begin at 1 or above, never one that begins at 0, unless none other holds them.
func (e extent) scale() dataset.Scale {
	for _, s := range standardScales {
		if s.Hi == 1 && e.whole && e.low >= 1 {
			continue
		}
		if e.low >= s.Lo && e.high <= s.Hi {
			s.Inferred = true
			return s
		}
	}
	return dataset.Scale{Lo: 0, Hi: 100, Inferred: true}
}

// extent returns the extent of the values of a column. It is asked for once their unit is settled, and looks at them once.
func (r *ratingColumn) extent() extent {
	if r.known == nil {
		e := extentOf(r.numbers.x)
		r.known = &e
	}
	return *r.known
}
