package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"valuebook/report/files"
)

// Why an output has another name than planned.
const (
	MovedOpen  = "open"  // the earlier output is open in another program
	MovedInput = "input" // the planned name is the input's
)

// Written is one output file.
type Written struct {
	Format string
	Path   string
	Moved  string // "", MovedOpen or MovedInput
	Part   string // of pages: the customer or group that it is about
	ID     string // of the customer, "" for a group
}

// a file waits for its name.
type file struct {
	format, target string
	data           []byte     // of a file that has no draft yet
	draft          *draftFile // nil where it has its name
}

// temporaryPattern is that of files that wait for their names.
const temporaryPattern = ".valuebook-*.tmp"

// copies limits the search for a name that is free.
const copies = 99

// errNoName is returned when every name is open elsewhere.
var errNoName = errors.New("every name for it is open in another program")

// writeAll first finishes every file, then gives all of them their names. When
// one cannot be finished, none gets a name. It returns what was named, also with
// an error.
func writeAll(input string, all []file) (written []Written, err error) {
	for i := range all {
		if err := all[i].finish(); err != nil {
			return nil, err
		}
	}
	for i, f := range all {
		w, err := place(f.draft.file.Name(), input, f)
		if err != nil {
			return written, err
		}
		all[i].draft = nil
		written = append(written, w)
	}
	return written, nil
}

// finish writes what is not written yet, and waits until it is on the disk.
func (f *file) finish() (err error) {
	if f.draft == nil {
		if f.draft, err = newDraft(filepath.Dir(f.target)); err != nil {
			return err
		}
		if _, err = f.draft.Write(f.data); err != nil {
			return f.draft.fault
		}
	}
	return f.draft.finish()
}

// discardAll removes the files that have no name yet.
func discardAll(all []file) {
	for _, f := range all {
		if f.draft != nil {
			f.draft.discard()
		}
	}
}

// WriteFile writes one file whole or not at all, over an earlier one of the
// same name.
func WriteFile(target string, data []byte) error {
	temporary, err := writeTemporary(filepath.Dir(target), data)
	if err != nil {
		return err
	}
	if err := files.Rename(temporary, target); err != nil {
		_ = os.Remove(temporary)
		return err
	}
	return nil
}

// writeTemporary writes data to a new file of the folder, with mode 0600
// because it holds customers' names, and waits until it is on the disk.
func writeTemporary(folder string, data []byte) (name string, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	f, err := createTemporary(folder)
	if err != nil {
		return "", err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			_ = os.Remove(f.Name())
			name = ""
		}
	}()
	if _, err := f.Write(data); err != nil {
		return "", named(folder, err)
	}
	return f.Name(), f.Sync()
}

// place gives a temporary file its name: the target, or a numbered one where
// the target is the input or is open in another program.
func place(temporary, input string, f file) (Written, error) {
	moved := ""
	for n := 1; n <= copies; n++ {
		target := f.target
		if n > 1 {
			target = another(f.target, n)
		}
		if same(target, input) {
			moved = MovedInput
			continue
		}
		if locked(target) {
			moved = MovedOpen
			continue
		}
		err := files.Rename(temporary, target)
		if files.InUse(err) && !isFolder(target) {
			moved = MovedOpen
			continue
		}
		return Written{Format: f.format, Path: target, Moved: moved}, named(target, err)
	}
	return Written{}, errNoName
}

// isFolder reports whether a folder is in the way of a file.
func isFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// named replaces the temporary name in an error of the system by the one that
// the user knows; nil stays nil.
func named(path string, err error) error {
	var rename *os.LinkError
	var other *os.PathError
	switch {
	case errors.As(err, &rename):
		return &os.PathError{Op: "write", Path: path, Err: rename.Err}
	case errors.As(err, &other):
		return &os.PathError{Op: "write", Path: path, Err: other.Err}
	}
	return err
}

// same reports whether two paths are one existing file.
func same(a, b string) bool {
	if fold(a) == fold(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// locked reports whether an office program marks the file as open: Excel
// leaves "~$NAME" beside it, LibreOffice ".~lock.NAME#".
func locked(target string) bool {
	folder, name := filepath.Split(target)
	if _, err := os.Lstat(target); err != nil {
		return false
	}
	for _, lock := range []string{"~$" + name, ".~lock." + name + "#"} {
		if _, err := os.Lstat(filepath.Join(folder, lock)); err == nil {
			return true
		}
	}
	return false
}

// DiskFull reports whether an error of writing says that there is no space left,
// on the disk or for this user, or that a file may not grow any more.
func DiskFull(err error) bool {
	const handleDiskFull, diskFull = 39, 112 // of Windows
	var number syscall.Errno
	if !errors.As(err, &number) {
		return false
	}
	if runtime.GOOS == "windows" {
		return number == handleDiskFull || number == diskFull
	}
	return slices.Contains(noSpace, number)
}
