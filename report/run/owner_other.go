//go:build !linux && !windows

package run

// ended is told only by Linux and Windows; elsewhere a process that has ended counts as
// dead when it has fallen silent.
func ended(int) bool { return false }

// numbering is told only by Linux, where containers number their processes each
// for itself.
func numbering() string { return "" }
