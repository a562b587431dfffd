package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// keyed is a customer with what it is sorted by.
type keyed struct {
	key float64
	i   int
}

// pick returns the customers for which in holds, sorted by key, largest
// first; ties and missing keys in the order of IDs.
func (b *builder) pick(in func(i int) bool, key func(i int) float64) []int {
	chosen := b.keyed(in, key)
	sorted(chosen, b.compare)
	return indices(chosen)
}

// first returns the first most customers that pick would return, and how many it
// would return. It sorts no others.
func (b *builder) first(most int, in func(i int) bool, key func(i int) float64) (customers []int, all int) {
	var chosen []keyed
	for i := range b.d.Customers.Len() {
		if !in(i) {
			continue
		}
		all++
		chosen = keepFirst(chosen, most, keyed{key(i), i}, b.compare)
	}
	return indices(chosen), all
}

// ends returns what pick would return, of more than twice most customers only the
// first most and the last most, and how many pick would return.
func (b *builder) ends(most int, in func(i int) bool, key func(i int) float64) (customers []int, all int) {
	var first, last []keyed
	back := func(x, y keyed) int { return b.compare(y, x) }
	for i := range b.d.Customers.Len() {
		if in(i) {
			all++
			c := keyed{key(i), i}
			first, last = keepFirst(first, most, c, b.compare), keepFirst(last, most, c, back)
		}
	}
	if all <= 2*most {
		return b.pick(in, key), all
	}
	slices.Reverse(last)
	return indices(append(first, last...)), all
}

// keepFirst adds an element to a sorted list of the first most, at least one, of
// all elements so far; later ones of equals are left out.
func keepFirst[T any](list []T, most int, c T, compare func(x, y T) int) []T {
	if len(list) == most {
		if compare(c, list[most-1]) >= 0 {
			return list
		}
		list = list[:most-1]
	}
	at, _ := slices.BinarySearchFunc(list, c, compare)
	return slices.Insert(list, at, c)
}

// middle returns the customer in the middle of those that pick would return, -1
// where there are none. It sorts only what is near the middle.
func (b *builder) middle(in func(i int) bool, key func(i int) float64) int {
	list := b.keyed(in, key)
	if len(list) == 0 {
		return -1
	}
	at := len(list) / 2
	for len(list) > 1000 {
		// Everything up to a guess is put before the rest; the middle is on one side.
		guess := b.guess(list)
		end := 0
		for k, c := range list {
			if b.compare(c, guess) <= 0 {
				list[k], list[end] = list[end], c
				end++
			}
		}
		if at < end {
			list = list[:end] // the rest is not empty: half of the few came behind the guess
		} else {
			list, at = list[end:], at-end
		}
	}
	sorted(list, b.compare)
	return list[at].i
}

// guess returns the middle one of some customers spread over a list.
func (b *builder) guess(list []keyed) keyed {
	const some = 99
	var few [some]keyed
	for k := range few {
		few[k] = list[k*len(list)/some]
	}
	slices.SortFunc(few[:], b.compare)
	return few[some/2]
}

// keyed returns the customers for which in holds with their keys.
func (b *builder) keyed(in func(i int) bool, key func(i int) float64) []keyed {
	var chosen []keyed
	for i := range b.d.Customers.Len() {
		if in(i) {
			chosen = append(chosen, keyed{key(i), i})
		}
	}
	return chosen
}

func indices(list []keyed) []int {
	out := make([]int, len(list))
	for k, c := range list {
		out[k] = c.i
	}
	return out
}

// compare puts larger keys first, missing ones last, and equal ones in the order
// of IDs.
func (b *builder) compare(x, y keyed) int {
	switch {
	case x.key > y.key:
		return -1
	case x.key < y.key:
		return 1
	case math.IsNaN(x.key) != math.IsNaN(y.key):
		if math.IsNaN(y.key) {
			return -1
		}
		return 1
	}
	return cmp.Or(strings.Compare(b.d.Customers.ID[x.i], b.d.Customers.ID[y.i]), x.i-y.i)
}
