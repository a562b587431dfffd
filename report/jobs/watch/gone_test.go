package watch_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/files"
	"valuebook/report/jobs/watch"
)

// TestTheFolderOfTheResultsIsGone holds that an input is not lost when somebody
// has moved the folder away that it is to be put into.
func TestTheFolderOfTheResultsIsGone(t *testing.T) {
	root := t.TempDir()
	done, claim := filepath.Join(root, "done"), watch.Claim{ID: "1", Path: filepath.Join(root, "work", "1", "a.csv"), Mark: watch.Mark{Name: "a.csv"}}
	err := errors.Join(os.MkdirAll(filepath.Dir(claim.Path), 0o700), os.WriteFile(claim.Path, []byte("customers"), 0o600))
	name, failed := watch.Reserve(done, claim)
	if err = errors.Join(err, failed, os.RemoveAll(done)); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second finds it done
		if err := watch.Put(done, name, claim); err != nil {
			t.Error(err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(done, name)); err != nil || string(data) != "customers" {
		t.Errorf("the input is lost: %q, %v", data, err)
	}
}

// TestResultsOnAnotherDisk holds that an input comes to its results also when
// they are on another disk than the drop folder.
func TestResultsOnAnotherDisk(t *testing.T) {
	root := t.TempDir()
	other, err := os.MkdirTemp("/dev/shm", "results-")
	if err != nil {
		t.Skip("no other disk is known here: ", err)
	}
	t.Cleanup(func() { os.RemoveAll(other) })
	claim := watch.Claim{ID: "1", Path: filepath.Join(root, "work", "1", "a.csv"), Mark: watch.Mark{Name: "a.csv"}}
	at := time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)
	err = errors.Join(os.MkdirAll(filepath.Dir(claim.Path), 0o700), os.WriteFile(claim.Path, []byte("customers"), 0o600), os.Chtimes(claim.Path, at, at))
	name, failed := watch.Reserve(other, claim)
	if err = errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	if probe := os.Rename(claim.Path, filepath.Join(other, "probe")); !files.OtherDisk(probe) {
		t.Skip("it is the same disk: ", probe)
	}
	// What a try left that was killed is in the way.
	if err := os.WriteFile(filepath.Join(other, ".1.moving"), []byte("cust"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second finds it done
		if err := watch.Put(other, name, claim); err != nil {
			t.Error(err)
		}
	}
	info, err := os.Stat(filepath.Join(other, name))
	if err != nil || info.Size() != int64(len("customers")) || !info.ModTime().Equal(at) || info.Mode().Perm() != 0o600 {
		t.Errorf("the input beside its results: %+v, %v", info, err)
	}
	entries, err := os.ReadDir(other)
	if left, gone := os.Stat(filepath.Dir(claim.Path)); len(entries) != 1 || err != nil || gone == nil {
		t.Errorf("left are %v and %v", entries, left)
	}
}
