package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"valuebook/report/pipeline"
)

// TestWhatKilledRunsLeft holds that old temporary files go with the next run,
// and that those of a run which may still be at work stay, and everything else.
func TestWhatKilledRunsLeft(t *testing.T) {
	folder := t.TempDir()
	old := time.Now().Add(-time.Hour)
	for name, stale := range map[string]bool{".valuebook-1.tmp": true, ".valuebook-2.tmp": false, "valuebook-3.tmp": true, ".valuebook-4": true, "mine.tmp": true} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if stale {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Mkdir(filepath.Join(folder, ".valuebook-5.tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.Deliver("in.xlsx", pipeline.FormatFixes, filepath.Join(folder, "in.fixes.xlsx"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	var got []string
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if want := []string{".valuebook-2.tmp", ".valuebook-4", ".valuebook-5.tmp", "in.fixes.xlsx", "mine.tmp", "valuebook-3.tmp"}; !slices.Equal(got, want) {
		t.Errorf("files are %q, want %q", got, want)
	}
}

// TestDeliveredUnderAnotherName holds that a file is not written over an output
// that is open, nor over the input.
func TestDeliveredUnderAnotherName(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "in.fixes.xlsx")
	for _, name := range []string{"in.fixes.xlsx", "~$in.fixes.xlsx"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w, err := pipeline.Deliver("in.xlsx", pipeline.FormatFixes, target, []byte("new"))
	if err != nil || filepath.Base(w.Path) != "in.fixes (2).xlsx" || w.Moved != pipeline.MovedOpen {
		t.Errorf("written %+v, %v", w, err)
	}
	w, err = pipeline.Deliver(w.Path, pipeline.FormatFixes, w.Path, []byte("newer"))
	if err != nil || filepath.Base(w.Path) != "in.fixes (2) (2).xlsx" || w.Moved != pipeline.MovedInput {
		t.Errorf("written %+v, %v", w, err)
	}
}
