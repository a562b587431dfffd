package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// moderate is how much memory, in bytes, the program uses before the collector runs more often than it would by itself. Jobs that need
// less never notice.
const moderate = 352 << 20

// beModest makes the program hold on to no more memory than [moderate] for as long as what it needs at once is clearly less: the
// collector of the language lets what is in use double before it looks. Where a job needs more, it may grow by an eighth, so that the
// collector never runs all the time: nearly all of it are numbers, which it passes over. What the user has set for the collector stays.
func beModest() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	debug.SetMemoryLimit(moderate)
	afterEachCollection(func() {
		if limit := limitFor(memoryInUse()); limit != debug.SetMemoryLimit(-1) {
			debug.SetMemoryLimit(limit)
		}
	})
}

// limitFor returns the limit for a program that needs so much memory at once, in steps.
func limitFor(inUse int64) int64 {
	const step = 8 << 20
	return max(moderate, (inUse+inUse/8+step-1)/step*step)
}

// memoryInUse returns the bytes that the last collection left, with the gaps between them, which count against a limit too, and with
// what the heap's own furniture and the stacks take.
func memoryInUse() int64 {
	samples := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}, {Name: "/memory/classes/metadata/mspan/inuse:bytes"},
		{Name: "/memory/classes/metadata/other:bytes"}, {Name: "/memory/classes/other:bytes"},
	}
	metrics.Read(samples)
	sum := int64(0)
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			sum += int64(s.Value.Uint64())
		}
	}
	return sum
}

// afterEachCollection calls do whenever the collector has run.
func afterEachCollection(do func()) {
	type mark struct{ _ *int } // with a pointer, so that it has a place of its own
	runtime.AddCleanup(&mark{}, func(do func()) {
		do()
		afterEachCollection(do)
	}, do)
}
