//go:build !windows

package watch

import "os"

// onServer reports whether a file's content is elsewhere; only Windows says so
// of a file.
func onServer(os.FileInfo) bool { return false }

// held reports whether another program keeps others from a file; only Windows
// knows that.
func held(string) bool { return false }
