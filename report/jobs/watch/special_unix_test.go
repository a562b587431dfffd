//go:build unix

package watch_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"valuebook/report/jobs/watch"
	"valuebook/samples/golden"
)

// TestWhatIsNoFile is never opened: a pipe would hold up the whole folder, a
// link lead out of it.
func TestWhatIsNoFile(t *testing.T) {
	d := newDrop(t)
	if err := syscall.Mkfifo(filepath.Join(d.folder.Path, "pipe.xlsx"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"link.xlsx": os.Args[0], "nowhere.xlsx": "/none"} {
		if err := os.Symlink(target, filepath.Join(d.folder.Path, link)); err != nil {
			t.Fatal(err)
		}
	}
	d.after(0)
	d.want(6*time.Second, "link.xlsx:link nowhere.xlsx:link pipe.xlsx:no-file")
	marks := d.folder.Marks()
	claim, err := d.folder.Take(marks["nowhere.xlsx"], "")
	if err != nil {
		t.Fatal(err)
	}
	if claims, err := watch.Claims(filepath.Join(d.folder.Path, watch.WorkFolder)); err != nil || len(claims) != 1 || claims[0].ID != claim.ID {
		t.Errorf("%v, %v, want the link that was taken", claims, err)
	}
}

// TestAFileThatMayNotBeRead is waited for, and then set aside.
func TestAFileThatMayNotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		golden.AsNobody(t)
		return
	}
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	if err := os.Chmod(filepath.Join(d.folder.Path, "a.xlsx"), 0); err != nil {
		t.Fatal(err)
	}
	d.after(0)
	d.want(6*time.Second, "a.xlsx:unreadable")
	d.want(watch.DefaultPatience, "a.xlsx:denied")
	if _, err := d.folder.Take(d.folder.Marks()["a.xlsx"], ""); err != nil {
		t.Error(err)
	}
}

// TestNamesThatAreTooLongOrNoText are taken under names that endings fit behind
// and that can be written down.
func TestNamesThatAreTooLongOrNoText(t *testing.T) {
	for name, want := range map[string]string{
		strings.Repeat("n", 250) + ".xlsx":        strings.Repeat("n", 155) + ".xlsx",
		strings.Repeat("ü", 125) + ".xlsx":        strings.Repeat("ü", 77) + ".xlsx",
		"a." + strings.Repeat("x", 250):           "a." + strings.Repeat("x", 158),
		"b\xff\xfe.xlsx":                          "b_.xlsx",
		"😀 customers.xlsx":                        "😀 customers.xlsx",
		strings.Repeat("m", 155) + ".xlsx":        strings.Repeat("m", 155) + ".xlsx",
		"two\nlines.xlsx":                         "two\nlines.xlsx",
		strings.Repeat("€", 66) + "é" + ".csvcsv": strings.Repeat("€", 51) + ".csvcsv",
	} {
		d := newDrop(t)
		path := filepath.Join(d.folder.Path, name)
		if err := os.WriteFile(path, book(t, "one"), 0o600); err != nil {
			t.Fatal(err)
		}
		d.after(0)
		claim, err := d.folder.Take(d.folder.Marks()[name], "")
		if err != nil || filepath.Base(claim.Path) != want {
			t.Errorf("%q is taken as %q, %v, want %q", name, filepath.Base(claim.Path), err, want)
		}
	}
}
