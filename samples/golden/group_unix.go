//go:build unix

package golden

import (
	"os/exec"
	"syscall"
)

// together lets the end of a program end those that it started too: an office
// program starts another one, which would go on working and hold its profile.
func together(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
