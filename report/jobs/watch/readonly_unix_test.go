//go:build unix

package watch_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"valuebook/report/jobs/watch"
)

// TestAReadOnlyFolder is copied from, each version once.
func TestAReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		asNobody(t)
		return
	}
	d := newDrop(t)
	work := t.TempDir()
	taken := map[string]bool{}
	key := func(m watch.Mark) string { return fmt.Sprint(m.Name, m.Size, m.Changed.UnixNano()) }
	d.folder.Taken = func(m watch.Mark) bool { return taken[key(m)] }
	d.put("a.xlsx", book(t, "one"))
	if err := os.Chmod(d.folder.Path, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(d.folder.Path, 0o700) })
	d.after(0)
	d.want(time.Minute, "a.xlsx:ready")
	sight, _ := d.folder.Scan(d.now)
	claim, err := d.folder.Take(sight.Ready[0], work)
	if err != nil || !claim.Stays {
		t.Fatalf("claim %+v, %v, want a copy", claim, err)
	}
	taken[key(claim.Mark)] = true
	d.want(time.Minute, "")
	if claims, err := watch.Claims(work); err != nil || len(claims) != 1 {
		t.Errorf("%d claims (%v), want the copy", len(claims), err)
	}
}

// asNobody runs a test again as a user who may not write everywhere.
func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	folder := t.TempDir()
	program := filepath.Join(folder, "test")
	data, err := os.ReadFile(os.Args[0])
	if err = errors.Join(err, os.WriteFile(program, data, 0o755), os.Chmod(folder, 0o777), os.Chmod(filepath.Dir(folder), 0o755)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-test.run", "^"+t.Name()+"$")
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "TMPDIR="+folder)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
