package main

import (
	"runtime"
	"testing"
)

// TestLimitFor holds that small jobs have the moderate limit, and that a job which needs more has room to grow by an eighth at least:
// a collector that runs all the time would be worse than much memory.
func TestLimitFor(t *testing.T) {
	for inUse := int64(0); inUse < 8<<30; inUse = inUse*3/2 + 1<<20 {
		limit := limitFor(inUse)
		switch {
		case inUse*9/8 <= moderate && limit != moderate:
			t.Errorf("%d in use: limit %d, want %d", inUse, limit, moderate)
		case limit < inUse*9/8, limit > max(moderate, inUse*9/8+16<<20):
			t.Errorf("%d in use: limit %d", inUse, limit)
		}
	}
}

// TestMemoryInUse holds that what is kept is counted, and that the figures have the names by which they are asked for.
func TestMemoryInUse(t *testing.T) {
	runtime.GC()
	before := memoryInUse()
	kept := make([]byte, 64<<20)
	runtime.GC()
	if grown := memoryInUse() - before; before <= 0 || grown < 60<<20 || grown > 80<<20 {
		t.Errorf("%d in use, then %d more for %d", before, grown, len(kept))
	}
	runtime.KeepAlive(kept)
	for _, name := range []string{"/gc/heap/live:bytes", "/memory/classes/heap/unused:bytes", "/cpu/classes/gc/total:cpu-seconds", "/cpu/classes/user:cpu-seconds"} {
		if metricOf(name) <= 0 {
			t.Errorf("%s is not measured", name)
		}
	}
}
