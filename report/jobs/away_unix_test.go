//go:build unix

package jobs_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/jobs/watch"
	"valuebook/report/run"
	"valuebook/samples/golden"
)

// TestADropFolderThatIsAway lets a service start while a folder cannot be read,
// as on a share that is gone, and takes up what was left in it once it can.
func TestADropFolderThatIsAway(t *testing.T) {
	if os.Geteuid() == 0 {
		golden.AsNobody(t)
		return
	}
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, nil)
	work := filepath.Join(h.drop, watch.WorkFolder)
	left := filepath.Join(work, "0123456789abcdef")
	err := errors.Join(os.MkdirAll(left, 0o700), os.WriteFile(filepath.Join(left, "a.xlsx"), book(t, "one"), 0o600), os.Chmod(work, 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(work, 0o700) })
	h.start()
	h.clock.add(time.Minute)
	if err := h.Care(context.Background()); !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v, want that the folder may not be read", err)
	}
	if err := errors.Join(os.Chmod(work, 0o700), h.Care(context.Background())); err != nil {
		t.Fatal(err)
	}
	h.idle()
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
}
