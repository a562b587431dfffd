package lifetime

import (
	"math"
	"slices"

	"valuebook/report/analysis/purchase"
)

// Summaries are what the models of repeat buying know of each customer, all
// times in one unit (METHOD 5.4): x repeat purchase days, the time t_x from
// the first purchase to the last, the time T from the first purchase to the
// end. x = 0 goes with t_x = 0.
type Summaries struct {
	Unit     float64 // days in the unit of time; 7 = weeks
	Customer []int32 // index into the customers of the dataset: those who bought by the end
	X        []int32
	Recent   []int32   // t_x in days
	Age      []int32   // T in days
	Spend    []float64 // mean sales of the repeat days, the first left out; 0 without any
}

// Summarise returns the summaries of the purchases up to and including a day.
func Summarise(h *purchase.History, end int32, unit float64) *Summaries {
	s := &Summaries{Unit: unit}
	for i := range h.Len() {
		days, sales := h.Days(i)
		n := len(days)
		for n > 0 && days[n-1] > end {
			n--
		}
		if n == 0 {
			continue
		}
		spend := 0.0
		for _, amount := range sales[1:n] {
			spend += amount / float64(n-1)
		}
		s.Customer = append(s.Customer, int32(i))
		s.X = append(s.X, int32(n-1))
		s.Recent = append(s.Recent, days[n-1]-days[0])
		s.Age = append(s.Age, end-days[0])
		s.Spend = append(s.Spend, spend)
	}
	return s
}

// Len returns the number of customers who bought.
func (s *Summaries) Len() int { return len(s.X) }

// Repeaters returns the number of customers with a repeat purchase.
func (s *Summaries) Repeaters() int {
	n := 0
	for _, x := range s.X {
		if x > 0 {
			n++
		}
	}
	return n
}

// pattern is one history of repeat buying and how many customers have it.
type pattern struct {
	x, recent, age int32 // days
	count          int32
	// Places of x, recent and age in the sorted lists of different values.
	atX, atRecent, atAge int32
}

// patterns are the different histories of a list, in ascending order: with
// 2,357 customers of CDNOW 1,016. The order of customers shows nowhere.
type patterns struct {
	unit    float64
	rows    []pattern
	xs      []int32 // different x
	recents []int32 // different t_x in days
	ages    []int32 // different T in days
	of      []int32 // of every customer of the summaries: the row
}

// aggregate joins equal histories.
func aggregate(s *Summaries) *patterns {
	order := make([]int32, s.Len())
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if s.X[a] != s.X[b] {
			return int(s.X[a] - s.X[b])
		}
		if s.Recent[a] != s.Recent[b] {
			return int(s.Recent[a] - s.Recent[b])
		}
		if s.Age[a] != s.Age[b] {
			return int(s.Age[a] - s.Age[b])
		}
		return int(a - b)
	})
	p := &patterns{unit: s.Unit, of: make([]int32, s.Len())}
	for _, k := range order {
		next := pattern{x: s.X[k], recent: s.Recent[k], age: s.Age[k]}
		last := len(p.rows) - 1
		if last < 0 || p.rows[last].x != next.x || p.rows[last].recent != next.recent || p.rows[last].age != next.age {
			p.rows = append(p.rows, next)
			last++
		}
		p.rows[last].count++
		p.of[k] = int32(last)
	}
	p.index()
	return p
}

// index finds the different values of x, t_x and T: their logarithms and gamma
// functions are computed once per step of a fit instead of once per history.
func (p *patterns) index() {
	column := func(read func(r *pattern) int32) []int32 {
		values := make([]int32, len(p.rows))
		for k := range p.rows {
			values[k] = read(&p.rows[k])
		}
		slices.Sort(values)
		return slices.Clone(slices.Compact(values))
	}
	p.xs = column(func(r *pattern) int32 { return r.x })
	p.recents = column(func(r *pattern) int32 { return r.recent })
	p.ages = column(func(r *pattern) int32 { return r.age })
	for k := range p.rows {
		r := &p.rows[k]
		r.atX, r.atRecent, r.atAge = place(p.xs, r.x), place(p.recents, r.recent), place(p.ages, r.age)
	}
}

func place(ascending []int32, v int32) int32 {
	at, _ := slices.BinarySearch(ascending, v)
	return int32(at)
}

// scale returns the number by which times are divided before a fit: the
// largest T over 10 when that T is above 100 units, else 1 (METHOD 5.4).
func (p *patterns) scale() float64 {
	if len(p.ages) == 0 {
		return 1
	}
	if longest := float64(p.ages[len(p.ages)-1]) / p.unit; longest > 100 {
		return longest / 10
	}
	return 1
}

// times returns t_x and T of a pattern in the unit of time.
func (p *patterns) times(r *pattern) (recent, age float64) {
	return float64(r.recent) / p.unit, float64(r.age) / p.unit
}

// pairs numbers the different pairs of x and T: pair[k] is the number of row k,
// first[j] the first row of pair j.
func (p *patterns) pairs() (pair, first []int32) {
	known := map[[2]int32]int32{}
	pair = make([]int32, len(p.rows))
	for k := range p.rows {
		key := [2]int32{p.rows[k].x, p.rows[k].age}
		j, ok := known[key]
		if !ok {
			j = int32(len(first))
			known[key] = j
			first = append(first, int32(k))
		}
		pair[k] = j
	}
	return pair, first
}

// exploded reports whether a parameter ran away, so that the data do not say
// where it is.
func exploded(limit float64, parameters ...float64) bool {
	for _, v := range parameters {
		if !(v < limit) || math.IsNaN(v) {
			return true
		}
	}
	return false
}
