//go:build unix

package jobs_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/jobs"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
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
	if err := h.book.Beat(context.Background(), ledger.Worker{Owner: deadOwner(), SeenAt: noon}); err != nil {
		t.Fatal(err)
	}
	h.start()
	workers, err := h.book.Workers(context.Background())
	if err != nil || len(workers) != 1 || workers[0].Owner == deadOwner() {
		t.Errorf("processes %+v, %v; what the dead one left is others' although files of it wait", workers, err)
	}
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

// TestDrainWithoutADropFolder makes the scheduled report although a drop folder
// cannot be read, and says so in the end.
func TestDrainWithoutADropFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		golden.AsNobody(t)
		return
	}
	folder := t.TempDir()
	config := filepath.Join(folder, "config.xlsx")
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, func(o *jobs.Options) {
		o.Schedules = []jobs.Schedule{{Name: "monthly", Config: config, Rule: "* * * * *", Zone: "UTC"}}
	})
	err := errors.Join(os.WriteFile(config, book(t, "one"), 0o600), os.Mkdir(h.drop, 0))
	t.Cleanup(func() { _ = os.Chmod(h.drop, 0o700) })
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	for range 2 { // the first time it is told when it is due
		if _, err := h.Drain(ctx, time.Second); !errors.Is(err, os.ErrPermission) {
			t.Errorf("error %v, want that the folder may not be read", err)
		}
		h.clock.add(time.Minute)
	}
	if got := h.runs(); len(got) != 1 {
		t.Errorf("runs %q, want one", got)
	}
}
