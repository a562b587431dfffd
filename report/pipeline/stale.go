package pipeline

import (
	"os"
	"path/filepath"
	"sync"
	"time"
)

// staleAfter is how long nothing must have been written to a temporary file
// before it counts as that of a run which was killed.
const staleAfter = 30 * time.Minute

// swept are the folders in which this process has looked for such files.
var swept sync.Map

// createTemporary begins a file in a folder under a temporary name, with mode
// 0600 because it will hold customers' names. What killed runs left there goes.
func createTemporary(folder string) (*os.File, error) {
	if _, done := swept.LoadOrStore(fold(folder), true); !done {
		sweep(folder)
	}
	f, err := os.CreateTemp(folder, temporaryPattern)
	return f, named(folder, err)
}

// sweep removes the temporary files that killed runs left in a folder. What
// cannot be removed stays: it does no harm.
func sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if ours, _ := filepath.Match(temporaryPattern, entry.Name()); !ours || !entry.Type().IsRegular() {
			continue
		}
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
			_ = os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
}
