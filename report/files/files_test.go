package files

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestPatiently(t *testing.T) {
	passing, other := errors.New("open elsewhere"), errors.New("another reason")
	passes := func(err error) bool { return err == passing }
	for name, c := range map[string]struct {
		says  []error // the last one for ever
		want  error
		tries int // 0 for many
	}{
		"at once":          {[]error{nil}, nil, 1},
		"after a moment":   {[]error{passing, passing, nil}, nil, 3},
		"another reason":   {[]error{other}, other, 1},
		"one after other":  {[]error{passing, other}, other, 2},
		"it does not pass": {[]error{passing}, passing, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tries := 0
			err := patiently(func() error {
				tries++
				return c.says[min(tries, len(c.says))-1]
			}, passes)
			if err != c.want || c.tries > 0 && tries != c.tries || c.tries == 0 && tries < 3 {
				t.Errorf("error %v after %d tries", err, tries)
			}
		})
	}
}

// TestOpenFiles holds a file open while it is moved and removed. Only Windows
// minds.
func TestOpenFiles(t *testing.T) {
	folder := t.TempDir()
	for name, do := range map[string]func(open, other string) error{
		"the file": func(open, other string) error { return Rename(open, other) },
		"its name": func(open, other string) error { return Rename(other, open) },
		"removed":  func(open, _ string) error { return RemoveAll(open) },
	} {
		t.Run(name, func(t *testing.T) {
			open, other := filepath.Join(folder, name), filepath.Join(folder, "other")
			for _, path := range []string{open, other} {
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			f, err := os.Open(open)
			if err != nil {
				t.Fatal(err)
			}
			if runtime.GOOS == "windows" && name != "removed" { // removing waits for the last to close it
				if err := do(open, other); !InUse(err) {
					t.Fatalf("error %v, want that it is open", err)
				}
			}
			go func() {
				time.Sleep(100 * time.Millisecond)
				f.Close()
			}()
			if err := do(open, other); err != nil {
				t.Errorf("after it was closed: %v", err)
			}
		})
	}
}

func TestWhatIsNotInUse(t *testing.T) {
	err := Rename(filepath.Join(t.TempDir(), "none"), filepath.Join(t.TempDir(), "new"))
	if !errors.Is(err, os.ErrNotExist) || InUse(err) || InUse(nil) {
		t.Errorf("a missing file: %v", err)
	}
}
