// Package golden helps tests to compare results with stored files and to find
// the outside tools and practice files that they need.
//
// It is for test code only and knows nothing of customers or workbooks.
package golden

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Update is the environment variable that, set to 1, makes [Equal] rewrite the
// stored files. It is a variable, not a flag, so that it works over all
// packages at once.
const Update = "UPDATE_GOLDEN"

// Equal fails the test unless got is the content of testdata/name.
//
// A missing file is a failure, never a new truth. Line ends in the stored file
// may be CRLF. On a difference, got is left beside the file as name.got and the
// message names the first line that differs.
func Equal(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if os.Getenv(Update) == "1" {
		if err := write(path, got); err != nil {
			t.Fatalf("rewrite golden file: %v", err)
		}
		return
	}
	if err := compare(path, got); err != nil {
		t.Error(err)
	}
}

// compare returns an error unless got is the content of the file at path, and
// then leaves got at path.got.
func compare(path string, got []byte) error {
	want, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("golden file: %w (set %s=1 to write it)", err, Update)
	}
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	if bytes.Equal(want, got) {
		return nil
	}
	if err := write(path+".got", got); err != nil {
		return fmt.Errorf("golden file %s differs, and the result cannot be kept: %w", path, err)
	}
	line, was, is := difference(want, got)
	return fmt.Errorf("golden file %s differs, first at line %d:\n  want %q\n  got  %q\nthe result is in %s.got",
		path, line, was, is, path)
}

// difference returns the number of the first line that differs, counted from
// 1, and the two lines; a line that is not there is empty.
func difference(want, got []byte) (line int, was, is []byte) {
	a, b := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for line = 0; line < max(len(a), len(b)); line++ {
		was, is = nil, nil
		if line < len(a) {
			was = a[line]
		}
		if line < len(b) {
			is = b[line]
		}
		if !bytes.Equal(was, is) || line >= len(a) || line >= len(b) {
			break
		}
	}
	return line + 1, was, is
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
