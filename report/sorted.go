package report

import (
	"slices"
	"sync"
)

// sortedAtOnce is how many elements are sorted by one goroutine.
const sortedAtOnce = 50_000

// sorted sorts as slices.SortFunc does, many elements on several processors.
// Elements must not be equal: then their order is the same on every machine.
func sorted[T any](list []T, compare func(x, y T) int) {
	if len(list) <= sortedAtOnce {
		slices.SortFunc(list, compare)
		return
	}
	half := len(list) / 2
	var both sync.WaitGroup
	both.Go(func() { sorted(list[:half], compare) })
	sorted(list[half:], compare)
	both.Wait()
	first, second, at := slices.Clone(list[:half]), list[half:], 0
	for len(first) > 0 && len(second) > 0 {
		if compare(second[0], first[0]) < 0 {
			list[at], second = second[0], second[1:]
		} else {
			list[at], first = first[0], first[1:]
		}
		at++
	}
	copy(list[at:], first)
}
