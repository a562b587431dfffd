package convert

import (
	"os/exec"
	"strconv"
)

// together makes cancelling end a program with all it started.
func together(command *exec.Cmd) {
	command.Cancel = func() error {
		end(command)
		return command.Process.Kill()
	}
}

// end ends a program that still runs, with all it started.
func end(command *exec.Cmd) {
	if command.Process != nil && command.ProcessState == nil {
		_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(command.Process.Pid)).Run()
	}
}
