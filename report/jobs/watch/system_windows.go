package watch

import (
	"os"
	"syscall"
)

// Attributes of a file whose content a sync program fetches when it is opened.
const (
	attributeOffline          = 0x1000
	attributeRecallOnOpen     = 0x40000
	attributeRecallOnDataRead = 0x400000
)

// onServer reports whether a file's content is still on a server: opening it
// would fetch it, once for each look.
func onServer(info os.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&(attributeOffline|attributeRecallOnOpen|attributeRecallOnDataRead) != 0
}

// held reports whether another program has a file open for writing: opening it
// without sharing fails.
func held(path string) bool {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ, 0, nil, syscall.OPEN_EXISTING, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		const sharingViolation = syscall.Errno(32)
		return err == sharingViolation
	}
	_ = syscall.CloseHandle(h)
	return false
}
