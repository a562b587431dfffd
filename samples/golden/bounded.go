package golden

import (
	"runtime/metrics"
	"testing"
	"time"
)

// What one input of a fuzz test may take: the time is far above what any takes on a busy machine, the memory is all
// that is allocated, not only what is held at a time.
const (
	fuzzTime   = 20 * time.Second
	fuzzMemory = 2 << 30
)

// Bounded runs what a fuzz test does with one input and fails the test when that allocates more than 2 GB.
//
// Work that is not done after 20 seconds stops the program with a panic: the fuzzer then keeps the input, where it
// would else wait for ever and tell of nothing.
func Bounded(t testing.TB, work func()) {
	t.Helper()
	bounded(t, fuzzTime, fuzzMemory, func() { panic("the work on this input does not end") }, work)
}

// bounded calls late when work takes longer than limit, and fails when it allocates more than most bytes.
func bounded(t testing.TB, limit time.Duration, most uint64, late, work func()) {
	t.Helper()
	hang := time.AfterFunc(limit, late)
	defer hang.Stop()
	before := allocated()
	work()
	if n := allocated() - before; n > most {
		t.Errorf("%d MB are allocated for one input", n>>20)
	}
}

// allocated is how many bytes the process has allocated so far.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
