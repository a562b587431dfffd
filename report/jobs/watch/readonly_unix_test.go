//go:build unix

package watch_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"valuebook/report/jobs/watch"
	"valuebook/samples/golden"
)

// TestAReadOnlyFolder is copied from, each version once.
func TestAReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		golden.AsNobody(t)
		return
	}
	d := newDrop(t)
	work := t.TempDir()
	taken := map[string]bool{}
	key := func(m watch.Mark) string { return fmt.Sprint(m.Name, m.Size, m.Changed.UnixNano()) }
	d.folder.Taken = func(m watch.Mark) bool { return taken[key(m)] }
	d.put("a.xlsx", book(t, "one"))
	if err := os.Chmod(d.folder.Path, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(d.folder.Path, 0o700) })
	d.after(0)
	d.want(time.Minute, "a.xlsx:ready")
	sight, _ := d.folder.Scan(d.now)
	claim, err := d.folder.Take(sight.Ready[0], work)
	if err != nil || !claim.Stays {
		t.Fatalf("claim %+v, %v, want a copy", claim, err)
	}
	taken[key(claim.Mark)] = true
	d.want(time.Minute, "")
	if claims, err := watch.Claims(work); err != nil || len(claims) != 1 {
		t.Errorf("%d claims (%v), want the copy", len(claims), err)
	}
}
