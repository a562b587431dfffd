package main

import (
	"os/exec"
	"syscall"
)

// withParent lets a command end when this process does.
func withParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
