package ledger

import (
	"context"
	"testing"
	"time"

	"valuebook/samples/pgtest"
)

// TestClock holds that a machine whose clock is wrong goes by that of the
// database, and one whose clock is right by its own.
func TestClock(t *testing.T) {
	t.Parallel() // it mostly waits
	ctx := context.Background()
	book := mustOpen(t, pgtest.DSN(t))
	for _, wrong := range []time.Duration{0, 10 * time.Minute, -10 * time.Minute, 40 * 24 * time.Hour} {
		c := book.Clock()
		shift := wrong
		c.local = func() time.Time { return time.Now().Add(shift) }
		for _, step := range []time.Duration{0, 0, time.Hour} { // and again, and when somebody sets the clock
			shift = wrong + step
			ahead, err := c.Compare(ctx)
			if off := (ahead - shift).Abs(); err != nil || off > negligible {
				t.Errorf("a clock that is %s ahead is %s ahead, %v", shift, ahead, err)
			}
			if shift == 0 && ahead != 0 {
				t.Errorf("a clock that is right is put on by %s", ahead)
			}
			if off := time.Since(c.Now()).Abs(); off > 2*negligible {
				t.Errorf("with %s the time is wrong by %s", shift, off)
			}
		}
	}
	file := mustOpen(t, t.TempDir()+"/ledger.db").Clock()
	file.local = func() time.Time { return noon }
	if ahead, err := file.Compare(ctx); ahead != 0 || err != nil || !file.Now().Equal(noon) {
		t.Errorf("the clock of a file: %s, %v, %s", ahead, err, file.Now())
	}
}
