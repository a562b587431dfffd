package golden

import (
	"testing"
	"time"
)

// failures counts the errors of a test that is itself tested.
type failures struct {
	testing.TB
	n int
}

func (*failures) Helper()                 {}
func (f *failures) Errorf(string, ...any) { f.n++ }

var kept []byte

func TestBounded(t *testing.T) {
	never := func() { t.Error("late within the time") }
	for size, want := range map[int]int{1 << 10: 0, 8 << 20: 1} {
		f := &failures{}
		bounded(f, time.Hour, 4<<20, never, func() { kept = make([]byte, size) })
		if f.n != want {
			t.Errorf("%d bytes: %d failures, want %d", size, f.n, want)
		}
	}
	late := make(chan bool)
	bounded(&failures{}, time.Millisecond, 1<<40, func() { close(late) }, func() { <-late })
}
