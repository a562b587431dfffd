package lifetime

import (
	"runtime"
	"sync"
	"sync/atomic"

	"valuebook/report/analysis/stat"
)

// parallel calls do for consecutive parts of 0..n-1 on all processors. Every
// index is worked on alone, so that the result does not depend on the parts.
func parallel(n int, do func(from, to int)) {
	const least = 2048
	workers := max(1, min(runtime.GOMAXPROCS(0), n/least))
	if workers == 1 {
		do(0, n)
		return
	}
	parts := 4 * workers // of unequal work
	share(workers, parts, func(part int) { do(part*n/parts, (part+1)*n/parts) })
}

// share hands parts 0..n-1 to workers, one after the other.
func share(workers, parts int, do func(part int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, parts) {
		wait.Go(func() {
			for part := int(next.Add(1)) - 1; part < parts; part = int(next.Add(1)) - 1 {
				do(part)
			}
		})
	}
	wait.Wait()
}

// summer adds the terms of a range.
type summer interface{ sum(from, to int) float64 }

// sumParts adds n terms. Long sums are cut into parts of fixed length, which
// are added in their order: the result depends neither on the number of
// processors nor on which is faster. Short ones allocate nothing.
func sumParts(n int, terms summer) float64 {
	const length = 1 << 14
	if n <= 2*length {
		return terms.sum(0, n)
	}
	parts := make([]float64, (n+length-1)/length)
	share(runtime.GOMAXPROCS(0), len(parts), func(part int) {
		parts[part] = terms.sum(part*length, min(n, (part+1)*length))
	})
	return stat.Sum(parts)
}
