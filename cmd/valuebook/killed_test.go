//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// child is the program as a process of its own; the tests' main program takes
// the name in its arguments.
func child(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Args = append([]string{"valuebook"}, args...)
	return c
}

// TestKilledRunsLeaveNothingHalf kills runs at any moment, so that they cannot
// tidy up: the output is the earlier one or a whole new one, and the next run
// removes the temporary files once they are old.
func TestKilledRunsLeaveNothingHalf(t *testing.T) {
	folder := t.TempDir()
	input, target := filepath.Join(folder, "book.csv"), filepath.Join(folder, "book.annotated.xlsx")
	var rows strings.Builder
	rows.WriteString("Customer,Benefit: Service [1-10],Benefit: Quality [1-10],Cost: Price [1-10]\n")
	for i := range 300 {
		fmt.Fprintf(&rows, "C%d,%d,%d,%d\n", i, 1+i%10, 1+i*7%10, 1+i*3%10)
	}
	if err := os.WriteFile(input, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if said, err := child(t, "report", "--format", "xlsx", input).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	whole := time.Since(begun)
	old, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 7))
	for range 5 {
		run := child(t, "report", "--format", "xlsx", input)
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Float64() * 1.1 * float64(whole)))
		_ = run.Process.Kill()
		_ = run.Wait() // killed, or done before
		if data, err := os.ReadFile(target); err != nil || !bytes.Equal(data, old) && !wholeWorkbook(data) {
			t.Errorf("the output has %d bytes, %v: neither the earlier one nor a whole one", len(data), err)
		}
	}
	leftTemporary(t, folder)
}

// wholeWorkbook reports whether every part of a package can be read to its end.
func wholeWorkbook(data []byte) bool {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			return false
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			return false
		}
	}
	return len(r.File) > 5
}

// leftTemporary holds that what killed runs left is nothing but temporary files,
// and that a run removes them when they are old.
func leftTemporary(t *testing.T, folder string) {
	t.Helper()
	list := func() (names []string) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if name := entry.Name(); name != "book.csv" && name != "book.annotated.xlsx" && name != "book.json" {
				names = append(names, name)
			}
		}
		return names
	}
	for _, name := range append(list(), ".valuebook-left.tmp") {
		if !strings.HasPrefix(name, ".valuebook-") || !strings.HasSuffix(name, ".tmp") {
			t.Errorf("a killed run left %s", name)
		}
		path, ago := filepath.Join(folder, name), time.Now().Add(-time.Hour)
		f, err := os.OpenFile(path, os.O_CREATE, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		if err := os.Chtimes(path, ago, ago); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := child(t, "report", "--format", "json", filepath.Join(folder, "book.csv")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if left := list(); len(left) > 0 {
		t.Errorf("the next run leaves %q", left)
	}
}
