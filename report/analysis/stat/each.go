package stat

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for 0..n-1, on all processors at once: no call may need what another does. A panic in one of them goes on in the caller
// when the others have ended.
func Each(n int, do func(k int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	var fault atomic.Pointer[any]
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			defer func() {
				if caught := recover(); caught != nil {
					fault.CompareAndSwap(nil, &caught)
				}
			}()
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				do(k)
			}
		})
	}
	wait.Wait()
	if caught := fault.Load(); caught != nil {
		panic(*caught)
	}
}

// manyRespondents is from how many on the work for several groups of them is shared.
const manyRespondents = 20_000

// EachOf is [Each] for work that n respondents make: of few it is done by the caller, in order.
func EachOf(respondents, n int, do func(k int)) {
	if respondents >= manyRespondents {
		Each(n, do)
		return
	}
	for k := range n {
		do(k)
	}
}
