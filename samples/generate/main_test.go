package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// largest is the size that a sample may have, in bytes: people mail them.
const largest = 400_000

// The committed workbooks are what "go generate ./samples" writes, byte for
// byte, and nothing is committed that it does not write.
func TestGeneratingAgainChangesNothing(t *testing.T) {
	folder := t.TempDir()
	if err := generate(folder); err != nil {
		t.Fatal(err)
	}
	written := contents(t, folder)
	committed := contents(t, "..")
	for name, got := range written {
		if !bytes.Equal(got, committed[name]) {
			t.Errorf("%s is not what its definition says: run go generate ./samples", name)
		}
		if len(got) > largest {
			t.Errorf("%s has %d bytes, more than %d", name, len(got), largest)
		}
	}
	for name := range committed {
		if written[name] == nil {
			t.Errorf("%s has no definition", name)
		}
	}
	if written["customers.xlsx"] == nil {
		t.Error("customers.xlsx was not written")
	}
}

// contents returns the workbooks below a folder by their path from there.
func contents(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	books := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".xlsx" {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		books[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return books
}

func TestUnwritableFolderIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := generate(filepath.Join(file, "below")); err == nil {
		t.Error("writing below a file gave no error")
	}
}
