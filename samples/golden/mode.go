package golden

import (
	"io/fs"
	"runtime"
)

// OwnersAlone reports whether a file is its owner's alone, as every file with
// customers' names is. Windows has no such modes: there a file inherits who may
// read it from its folder.
func OwnersAlone(info fs.FileInfo) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm() == 0o600
}
