package parts

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A part made of blocks reads back as their bytes one after the other, in this reader and in another program.
func TestBlocksMakeOnePart(t *testing.T) {
	var want bytes.Buffer
	blocks := func(yield func(Block) bool) error {
		for i := range 200 {
			if !yield(func(to []byte) ([]byte, error) { return fmt.Appendf(to, "<row r=\"%d\">%0*d</row>", i, i*40, i), nil }) {
				return nil
			}
		}
		return nil
	}
	for i := range 200 {
		fmt.Fprintf(&want, "<row r=\"%d\">%0*d</row>", i, i*40, i)
	}
	p := open(t, packed(t, "a.xml", "b.xml"))
	var out bytes.Buffer
	if err := p.Write(&out, Change{Stream: map[string]Blocks{"a.xml": blocks}, Add: []Part{{Name: "c.xml", Blocks: blocks}, {Name: "empty.xml", Blocks: func(func(Block) bool) error { return nil }}}}); err != nil {
		t.Fatal(err)
	}
	again, err := Open(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a.xml": want.String(), "b.xml": "<a/>", "c.xml": want.String(), "empty.xml": ""} {
		if got, err := again.Read(name); err != nil || string(got) != want {
			t.Errorf("%s: %d bytes, %v; want %d", name, len(got), err, len(want))
		}
	}
	if unzip, err := exec.LookPath("unzip"); err == nil {
		file := filepath.Join(t.TempDir(), "out.zip")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(unzip, "-tq", file).CombinedOutput(); err != nil {
			t.Errorf("unzip: %v: %s", err, said)
		}
	}
}

// A block that fails, and blocks that cannot be made, end the writing with their error.
func TestBlocksFail(t *testing.T) {
	broken := errors.New("broken")
	for name, blocks := range map[string]Blocks{
		"a block": func(yield func(Block) bool) error {
			for i := range 1000 {
				if !yield(func(to []byte) ([]byte, error) {
					if i == 7 {
						return nil, broken
					}
					return append(to, 'x'), nil
				}) {
					return nil
				}
			}
			return nil
		},
		"the source": func(yield func(Block) bool) error {
			yield(func(to []byte) ([]byte, error) { return append(to, 'x'), nil })
			return broken
		},
	} {
		p := open(t, packed(t, "a.xml"))
		var out bytes.Buffer
		if err := p.Write(&out, Change{Stream: map[string]Blocks{"a.xml": blocks}}); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// packed returns a package with small parts.
func packed(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		to, err := w.Create(name)
		if err == nil {
			_, err = to.Write([]byte("<a/>"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
