// Package scratch makes folders in the system's temporary folder for files that
// nobody needs later: copies of workbooks, pages on their way. They hold
// customers' data, and a program that is killed cannot remove them; the next
// one does.
package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// prefix begins the names of all such folders.
const prefix = "valuebook-"

// kinds are what the folders are for.
var kinds = []string{"convert", "pages", "suspect"}

// errKind is returned for a folder that nobody would remove.
var errKind = errors.New("no such kind of temporary folder")

// Kept is how long nothing must have been put into such a folder before it
// counts as that of a program which was killed: longer than any report takes.
const Kept = 6 * time.Hour

// Folder makes a folder, which only its owner can open, for a kind of use: "convert",
// "pages" or "suspect". The caller removes it. What killed programs left goes.
func Folder(kind string) (string, error) {
	if !slices.Contains(kinds, kind) {
		return "", errKind
	}
	Sweep(time.Now())
	return os.MkdirTemp("", prefix+kind+"-")
}

// Sweep removes the folders of this user that killed programs left. What cannot
// be removed stays for another time.
func Sweep(now time.Time) {
	root := os.TempDir()
	entries, err := os.ReadDir(root)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !entry.IsDir() || !ours(entry.Name()) {
			continue
		}
		path := filepath.Join(root, entry.Name())
		if last, err := lastPut(path); err == nil && now.Sub(last) > Kept {
			_ = os.RemoveAll(path)
		}
	}
}

// ours reports whether a name is one that Folder gives: people put folders there
// too, and may name them after the program.
func ours(name string) bool {
	kind, number, found := strings.Cut(strings.TrimPrefix(name, prefix), "-")
	_, err := strconv.ParseUint(number, 10, 64)
	return found && err == nil && strings.HasPrefix(name, prefix) && slices.Contains(kinds, kind)
}

// lastPut is when something was last put into a folder or one directly in it.
// Another user's folder cannot be opened: that is an error.
func lastPut(path string) (last time.Time, err error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return last, err
	}
	infos := []string{path}
	for _, entry := range entries {
		infos = append(infos, filepath.Join(path, entry.Name()))
	}
	for _, one := range infos {
		info, err := os.Lstat(one)
		if errors.Is(err, fs.ErrNotExist) {
			continue // its program lives and has just removed it
		}
		if err != nil {
			return last, err
		}
		if info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last, nil
}
