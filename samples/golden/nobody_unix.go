//go:build unix

package golden

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// AsNobody runs a test again as a user who may not write everywhere, for tests
// that are run by root.
func AsNobody(t *testing.T) {
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
