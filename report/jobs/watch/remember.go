package watch

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// remembered is a sighting in a file.
type remembered struct {
	Name    string    `json:"name"`
	Size    int64     `json:"size"`
	Changed time.Time `json:"changed"`
	Since   time.Time `json:"since"`
	First   time.Time `json:"first"`
}

// Remember writes what was seen to a file, for a program that looks only now
// and then: without it a file that never becomes whole would be new each time.
// With nothing seen there is no file.
func (f *Folder) Remember(path string) error {
	if len(f.seen) == 0 {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	var all []remembered
	for _, is := range f.seen {
		all = append(all, remembered{is.Name, is.Size, is.Changed, is.since, is.first})
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeFile(path, data)
}

// Recall reads what Remember wrote. A file that is not there, or cannot be
// understood, is nothing seen.
func (f *Folder) Recall(path string) {
	data, err := os.ReadFile(path)
	var all []remembered
	if err != nil || json.Unmarshal(data, &all) != nil {
		return
	}
	f.seen = make(map[string]sighting, len(all))
	for _, is := range all {
		f.seen[is.Name] = sighting{Mark: Mark{Name: is.Name, Size: is.Size, Changed: is.Changed}, since: is.Since, first: is.First}
	}
}
