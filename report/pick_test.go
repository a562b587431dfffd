package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
)

// numbered has n customers, some with the same ID.
func numbered(n int, random *rand.Rand) *builder {
	d := &dataset.Dataset{}
	for range n {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprint(random.IntN(n)))
	}
	return &builder{d: d}
}

// The first few and the middle one are those of all in order, also with equal
// and missing keys.
func TestFirstAndMiddleAreOfAllInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 2, 3, 7, 999, 1001, 2500, 6000} {
		for kinds := range 4 {
			b, keys := numbered(n, random), make([]float64, n)
			for i := range keys {
				keys[i] = [4]float64{0, float64(random.IntN(3)), random.NormFloat64(), float64(i)}[kinds]
				if kinds > 0 && random.IntN(5) == 0 {
					keys[i] = math.NaN()
				}
			}
			in, key := func(i int) bool { return i%7 != 3 }, func(i int) float64 { return keys[i] }
			all := b.pick(in, key)
			for _, most := range []int{1, 3, 10} {
				first, count := b.first(most, in, key)
				if count != len(all) || !slices.Equal(first, all[:min(most, len(all))]) {
					t.Errorf("%d customers, keys %d: first %v of %d, want %v of %d", n, kinds, first, count, all[:min(most, len(all))], len(all))
				}
			}
			for _, most := range []int{1, 12, 3000} {
				ends, count := b.ends(most, in, key)
				want := all
				if len(all) > 2*most {
					want = slices.Concat(all[:most], all[len(all)-most:])
				}
				if count != len(all) || !slices.Equal(ends, want) {
					t.Errorf("%d customers, keys %d: the ends %v of %d, want %v of %d", n, kinds, ends, count, want, len(all))
				}
			}
			want := -1
			if len(all) > 0 {
				want = all[len(all)/2]
			}
			if got := b.middle(in, key); got != want {
				t.Errorf("%d customers, keys %d: %d is in the middle, want %d", n, kinds, got, want)
			}
		}
	}
}

// Border cases are in the order of their distance in tenths of a point, then of
// the base.
func TestBorderCasesAreInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	const n = 500
	b := numbered(n, random)
	b.base.values = make([]float64, n)
	q := &quadrant.Result{Class: make([]quadrant.Class, n), Border: make([]bool, n)}
	q.X = quadrant.Axis{Threshold: 50, Band: 5, Values: make([]float64, n)}
	q.Y = quadrant.Axis{Threshold: 50, Band: 5, Values: make([]float64, n)}
	for i := range n {
		b.base.values[i] = float64(random.IntN(4))
		q.X.Values[i], q.Y.Values[i] = 100*random.Float64(), 50+float64(random.IntN(9))/10
		q.Class[i], q.Border[i] = quadrant.HighHigh, i%3 > 0
	}
	want := b.pick(func(i int) bool { return q.Border[i] }, b.base.of)
	slices.SortStableFunc(want, func(x, y int) int {
		return int(math.Round(10*q.FlipDistance(x)) - math.Round(10*q.FlipDistance(y)))
	})
	if got := b.borderCases(q, 10); !slices.Equal(got, want[:10]) {
		t.Errorf("border cases %v, want %v", got, want[:10])
	}
}
