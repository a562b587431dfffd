//go:build !windows

package convert

import (
	"os/exec"
	"syscall"
)

// together makes a program and all it starts a group, and cancelling end the group.
func together(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error {
		end(command)
		return nil
	}
}

// end ends what is left of the group.
func end(command *exec.Cmd) {
	if command.Process != nil {
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	}
}
