package analysis

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkAnalyse measures the whole analysis with three suppliers and eight
// attributes, on 5,000 customers with the bootstrap of 2,000 resamples and on
// 100,000 with the delta method.
func BenchmarkAnalyse(b *testing.B) {
	for _, n := range []int{5_000, 20_000, 100_000} {
		random := rand.New(rand.NewPCG(1, 1))
		d := randomDataset(random, shape{customers: n, benefits: 5, costs: 3, rivals: 2, blanks: 0.1, composites: true})
		for i := range d.Customers.ID {
			d.Customers.ID[i] = fmt.Sprintf("K%07d", (i*7919)%n)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Analyse(d, DefaultOptions())
			}
		})
	}
}
