package workbook

import (
	"runtime/debug"
	"sync"
)

// While a large workbook is read, the collector runs when the memory in use has grown by a quarter, not when it has doubled:
// what is read is mostly numbers and few pieces of text, which it passes over quickly, so that a million customers fit into
// a third less memory for little time. The setting is that of the process; it comes back when the last reading ends.
const (
	frugalFile    = 8 << 20 // bytes of a file from which it counts as large
	frugalPercent = 25
)

var frugal struct {
	sync.Mutex
	readings int
	before   int
}

// saveMemory makes the collector run more often until the function that it returns is called.
func saveMemory() (restore func()) {
	frugal.Lock()
	defer frugal.Unlock()
	if frugal.readings++; frugal.readings == 1 {
		frugal.before = debug.SetGCPercent(frugalPercent)
		if frugal.before >= 0 && frugal.before < frugalPercent {
			debug.SetGCPercent(frugal.before)
		}
	}
	return func() {
		frugal.Lock()
		defer frugal.Unlock()
		if frugal.readings--; frugal.readings == 0 {
			debug.SetGCPercent(frugal.before)
		}
	}
}
