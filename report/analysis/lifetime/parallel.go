package lifetime

import (
	"runtime"
	"sync"
)

// parallel calls do for consecutive parts of 0..n-1 on all processors. Every
// index is worked on alone, so that the result does not depend on the parts.
func parallel(n int, do func(from, to int)) {
	const least = 2048
	workers := max(1, min(runtime.GOMAXPROCS(0), n/least))
	parts := 4 * workers // of unequal work
	if workers == 1 {
		do(0, n)
		return
	}
	var next sync.Mutex
	var wait sync.WaitGroup
	part := 0
	for range workers {
		wait.Go(func() {
			for {
				next.Lock()
				mine := part
				part++
				next.Unlock()
				if mine >= parts {
					return
				}
				do(mine*n/parts, (mine+1)*n/parts)
			}
		})
	}
	wait.Wait()
}
