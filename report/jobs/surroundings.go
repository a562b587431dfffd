package jobs

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
)

// A SurroundingsError is a failure for which no workbook is to blame: the disk
// is full, a folder may not be written to, a share is gone. The job is tried
// again until that is over.
type SurroundingsError struct{ Err error }

// waiting begins the text by which such a failure is known in the queue.
const waiting = "disk or folder fails: "

// Error says so, and how.
func (e *SurroundingsError) Error() string { return waiting + e.Err.Error() }

// Unwrap returns how.
func (e *SurroundingsError) Unwrap() error { return e.Err }

// surroundingsErrors are what systems say of a disk that is full or broken, a
// folder that may not be written to, a file that another program holds, and a
// share that is gone.
var surroundingsErrors = func() []error {
	if runtime.GOOS == "windows" {
		return []error{
			fs.ErrPermission, syscall.ENOSPC, // what has the second name on other systems has it in libraries
			syscall.Errno(19),   // the medium is write-protected
			syscall.Errno(21),   // the device is not ready
			syscall.Errno(32),   // another program has the file
			syscall.Errno(33),   // another program has a part of it
			syscall.Errno(39),   // the disk is full, and so is
			syscall.Errno(112),  // this
			syscall.Errno(51),   // the computer of the share is not there
			syscall.Errno(53),   // the network path was not found
			syscall.Errno(55),   // the resource is no longer available
			syscall.Errno(59),   // an unexpected network error
			syscall.Errno(64),   // the network name is no longer available
			syscall.Errno(67),   // the network name cannot be found
			syscall.Errno(121),  // the share does not answer
			syscall.Errno(1117), // an input or output device failed
			syscall.Errno(1231), // the network cannot be reached
			syscall.Errno(1295), // the quota is used up
		}
	}
	return []error{
		fs.ErrPermission, syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO,
		syscall.ESTALE, syscall.ENOTCONN, syscall.ENODEV, syscall.ETIMEDOUT, syscall.EHOSTDOWN, syscall.EHOSTUNREACH,
	}
}()

// surroundings reports whether an error is one for which no workbook is to
// blame.
func surroundings(err error) bool {
	if err == nil {
		return false
	}
	for _, one := range surroundingsErrors {
		if errors.Is(err, one) {
			return true
		}
	}
	text := err.Error() // SQLite tells it in words
	return strings.Contains(text, "database or disk is full") || strings.Contains(text, "disk I/O error")
}
