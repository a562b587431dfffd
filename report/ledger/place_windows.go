package ledger

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

var driveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// driveRemote is what GetDriveTypeW calls a network drive.
const driveRemote = 4

func onNetwork(folder string) bool {
	volume := filepath.VolumeName(folder)
	if strings.HasPrefix(volume, `\\`) {
		return true
	}
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return false
	}
	kind, _, _ := driveType.Call(uintptr(unsafe.Pointer(root)))
	return kind == driveRemote
}
