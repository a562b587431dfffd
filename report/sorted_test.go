package report

import (
	"math/rand/v2"
	"testing"
)

// Many elements are sorted as a few are.
func TestManyAreSortedAsFewAre(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, sortedAtOnce, sortedAtOnce + 1, 3*sortedAtOnce + 7} {
		list := random.Perm(n)
		sorted(list, func(x, y int) int { return y - x })
		for i, x := range list {
			if x != n-1-i {
				t.Fatalf("of %d, element %d is %d", n, i, x)
			}
		}
	}
}
