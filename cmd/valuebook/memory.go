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

// memoryInUse returns the bytes that the last collection left, with what the heap's own furniture and the stacks take, and with the gaps
// between what was left, which count against a limit too. Gaps are filled again: more than an eighth of them counts only where the
// collector takes more than a fifth of the processor's time.
func memoryInUse() int64 {
	live := metricOf("/gc/heap/live:bytes")
	gaps := metricOf("/memory/classes/heap/unused:bytes")
	if collecting := metricOf("/cpu/classes/gc/total:cpu-seconds"); collecting < (collecting+metricOf("/cpu/classes/user:cpu-seconds"))/5 {
		gaps = min(gaps, live/8)
	}
	return int64(live + gaps + metricOf("/memory/classes/heap/stacks:bytes", "/memory/classes/metadata/mspan/inuse:bytes",
		"/memory/classes/metadata/other:bytes", "/memory/classes/other:bytes"))
}

// metricOf returns the sum of some figures of the running program.
func metricOf(names ...string) (sum float64) {
	samples := make([]metrics.Sample, len(names))
	for i, name := range names {
		samples[i].Name = name
	}
	metrics.Read(samples)
	for _, s := range samples {
		switch s.Value.Kind() {
		case metrics.KindUint64:
			sum += float64(s.Value.Uint64())
		case metrics.KindFloat64:
			sum += s.Value.Float64()
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
