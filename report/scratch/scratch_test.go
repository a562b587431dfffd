package scratch_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"valuebook/report/scratch"
)

func TestWhatKilledProgramsLeft(t *testing.T) {
	root := t.TempDir()
	t.Setenv("TMPDIR", root)
	t.Setenv("TMP", root) // Windows
	now := time.Now()
	for name, age := range map[string]time.Duration{"valuebook-convert-1": 7 * time.Hour, "valuebook-pages-2": time.Hour, "valuebook-busy-3": 7 * time.Hour, "other-4": 9 * time.Hour, "valuebook-reports": 9 * time.Hour, "valuebook-reports-2026": 9 * time.Hour, "valuebook-pages-old": 9 * time.Hour} {
		path := filepath.Join(root, name)
		at := now.Add(-age)
		inside := at
		if name == "valuebook-busy-3" {
			inside = now.Add(-time.Minute) // made long ago, and still being filled
		}
		file := filepath.Join(path, "input.xls")
		err := errors.Join(os.Mkdir(path, 0o700), os.WriteFile(file, []byte("names"), 0o600), os.Chtimes(file, inside, inside), os.Chtimes(path, at, at))
		if err != nil {
			t.Fatal(err)
		}
	}
	made, err := scratch.Folder("suspect")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{made: true, "valuebook-convert-1": false, "valuebook-pages-2": true, "valuebook-busy-3": true, "other-4": true, "valuebook-reports": true, "valuebook-reports-2026": true, "valuebook-pages-old": true} {
		if !filepath.IsAbs(path) {
			path = filepath.Join(root, path)
		}
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: %v, want that it is there: %v", path, err, want)
		}
	}
	if info, err := os.Stat(made); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
