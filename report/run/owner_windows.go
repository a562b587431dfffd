package run

import "syscall"

// alive reports whether a process may be running; in doubt it is. That of
// another user or of a service may not be opened, and runs. One that has ended
// counts as dead also while somebody still holds a handle of it.
func alive(number int) bool {
	const noSuchProcess = syscall.Errno(87) // ERROR_INVALID_PARAMETER
	process, err := syscall.OpenProcess(syscall.SYNCHRONIZE, false, uint32(number))
	if err != nil {
		return err != noSuchProcess
	}
	defer syscall.CloseHandle(process)
	state, err := syscall.WaitForSingleObject(process, 0)
	return err != nil || state != syscall.WAIT_OBJECT_0
}

// numbering is told only by Linux, where containers number their processes each
// for itself.
func numbering() string { return "" }
