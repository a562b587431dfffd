// Package files gives files their names, removes them and reads folders, on Windows too: there
// a virus scanner, the search index or a preview opens what is new for a moment,
// and as long as it is open its name cannot be changed.
package files

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"time"
)

// Rename moves a file, over an earlier one of the new name. Where another
// program has one of the two open it tries for a second before it returns what
// Windows said; see [InUse].
func Rename(from, to string) error {
	return patiently(func() error { return os.Rename(from, to) }, func(err error) bool {
		return isOpen(err) || isDenied(err) && isFile(to)
	})
}

// RemoveAll removes a folder with all that is in it, or a file, with the same
// patience.
func RemoveAll(path string) error {
	return patiently(func() error { return os.RemoveAll(path) }, isOpen)
}

// ReadDir reads a folder with the same patience: while somebody tries whether it
// is empty and can go, nobody else may look into it.
func ReadDir(path string) (entries []os.DirEntry, err error) {
	err = patiently(func() error {
		entries, err = os.ReadDir(path)
		return err
	}, isOpen)
	return entries, err
}

// InUse reports whether Windows refused something because another program has a
// file open. What it says of a name that is taken by an open file is what it
// says of a folder that may not be written to; on other systems it is false.
func InUse(err error) bool { return isOpen(err) || isDenied(err) }

// OtherDisk reports whether a name could not be changed because the new one is
// on another disk.
func OtherDisk(err error) bool {
	return errors.Is(err, syscall.EXDEV) || says(err, notSameDevice)
}

// What Windows says.
const (
	accessDenied     = syscall.Errno(5)
	notSameDevice    = syscall.Errno(17)
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
)

func isOpen(err error) bool { return says(err, sharingViolation) || says(err, lockViolation) }

func isDenied(err error) bool { return says(err, accessDenied) }

func says(err error, number syscall.Errno) bool {
	var said syscall.Errno
	return runtime.GOOS == "windows" && errors.As(err, &said) && said == number
}

func isFile(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && !info.IsDir()
}

// A scanner is done in well under a second. A person is not.
const (
	patience = time.Second
	pause    = 20 * time.Millisecond
)

// patiently tries again as long as it is refused for a reason that passes.
func patiently(do func() error, passes func(error) bool) error {
	for end := time.Now().Add(patience); ; time.Sleep(pause) {
		err := do()
		if err == nil || !passes(err) || time.Now().After(end) {
			return err
		}
	}
}
