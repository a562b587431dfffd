//go:build !unix

package pipeline

import "syscall"

// noSpace are the errors of systems where there is no room for a file.
var noSpace []syscall.Errno
