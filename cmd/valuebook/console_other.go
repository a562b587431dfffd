//go:build !windows

package main

// ownWindow reports whether the console was opened for this program alone,
// which only Windows does.
func ownWindow() bool { return false }
