package main

import "testing"

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
