package jobs

import (
	"errors"
	"io/fs"
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

// diskFull is what Windows says of a full disk.
const diskFull = syscall.Errno(112)

// surroundings reports whether an error is one for which no workbook is to
// blame.
func surroundings(err error) bool {
	if err == nil {
		return false
	}
	for _, one := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, diskFull, fs.ErrPermission} {
		if errors.Is(err, one) {
			return true
		}
	}
	text := err.Error() // SQLite tells it in words
	return strings.Contains(text, "database or disk is full") || strings.Contains(text, "disk I/O error")
}

// triesOf is how many of the tries of a job failed for another reason; those
// whose worker died returned nothing and count.
func triesOf(attempts int, failures []string) int {
	for _, failure := range failures {
		if strings.HasPrefix(failure, waiting) {
			attempts--
		}
	}
	return attempts
}
