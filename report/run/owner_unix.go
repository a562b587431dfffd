//go:build !windows

package run

import (
	"errors"
	"os"
	"syscall"
)

// alive reports whether a process may be running; in doubt it is. One that has
// ended counts as dead also while the process that began it has not yet asked
// how it ended.
func alive(number int) bool {
	process, err := os.FindProcess(number)
	if err != nil {
		return false
	}
	defer process.Release()
	err = process.Signal(syscall.Signal(0))
	return !errors.Is(err, os.ErrProcessDone) && !errors.Is(err, syscall.ESRCH) && !ended(number)
}
