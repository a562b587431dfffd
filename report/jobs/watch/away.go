package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"valuebook/report/files"
)

// WhySuffix ends the name of the text that says why a file was rejected.
const WhySuffix = ".why.txt"

// names limits the search for one that is free.
const names = 9999

// Reserve finds a name for the input of a claim in a folder that nobody else
// has, neither for an input nor for the results of one: "book.xlsx", else "book
// (2).xlsx", and keeps it for the claim. Reserving again returns the same name.
// What is made of the input may be put beside it, with the same stem.
func Reserve(folder string, claim Claim) (name string, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	for n := 1; n <= names; n++ {
		name := numbered(claim.Mark.Name, n)
		mine, err := reserve(folder, name, claim)
		if mine || err != nil {
			return name, err
		}
	}
	return "", fs.ErrExist
}

// reserve writes the claim's ID under a name when nobody has its stem; mine is
// true when that was done now or before.
func reserve(folder, name string, claim Claim) (mine bool, err error) {
	path, draft := filepath.Join(folder, name), filepath.Join(folder, "."+claim.ID+".reserving")
	defer os.Remove(draft) // also that of a try that was killed
	if held, err := os.ReadFile(reservation(path)); err == nil {
		return string(held) == claim.ID, nil
	}
	taken, err := stemTaken(folder, stem(name))
	if taken || err != nil {
		return false, err
	}
	if err := writeFile(draft, []byte(claim.ID)); err != nil {
		return false, err
	}
	// Two inputs with one stem and different endings compete for one file. It
	// gets its name when the claim stands in it: one of nobody would stay for ever.
	err = os.Link(draft, reservation(path))
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = createNew(reservation(path), claim.ID) // some file systems have no links
	}
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// createNew writes a file that is not there yet.
func createNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// reserved ends the name of a file that keeps a stem.
const reserved = ".reserved"

// reservation is the hidden file that keeps a stem.
func reservation(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, "."+stem(name)+reserved)
}

func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// stemTaken reports whether a folder has a file of a stem.
func stemTaken(folder, stem string) (bool, error) {
	entries, err := files.ReadDir(folder)
	if err != nil {
		return false, err
	}
	for _, entry := range entries {
		if rest, ok := strings.CutPrefix(strings.ToLower(entry.Name()), strings.ToLower(stem)); ok && (rest == "" || rest[0] == '.') {
			return true, nil
		}
	}
	return false, nil
}

// Put moves the input of a claim to a name that it has reserved, and ends the
// claim: this is the last that is done to a file. It may be called again after
// it was cut short. Where the reservation is gone, with the folder perhaps, the
// input gets a name that is free.
func Put(folder, name string, claim Claim) error {
	_, err := os.Lstat(claim.Path)
	if err == nil {
		claim.Mark.Name = name
		if name, err = Reserve(folder, claim); err == nil {
			err = moveTo(folder, name, claim)
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, left := os.Lstat(claim.Path); left == nil {
		return err // the folder is gone again: the input is not
	}
	if err := files.RemoveAll(filepath.Dir(claim.Path)); err != nil {
		return err
	}
	if err := os.Remove(reservation(filepath.Join(folder, name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// moveTo gives the input of a claim its name in a folder, which may be on
// another disk: then it is copied, and has the name when all of it is there.
func moveTo(folder, name string, claim Claim) error {
	to, draft := filepath.Join(folder, name), filepath.Join(folder, "."+claim.ID+".moving")
	err := files.Rename(claim.Path, to)
	if !files.OtherDisk(err) {
		return err
	}
	defer os.Remove(draft)
	_ = os.Remove(draft) // of a try that was killed
	if err := copyFile(claim.Path, draft); err != nil {
		return err
	}
	if info, err := os.Lstat(claim.Path); err == nil && info.Mode().IsRegular() {
		_ = os.Chtimes(draft, time.Time{}, info.ModTime()) // when it was written is of use, no more
	}
	if err := files.Rename(draft, to); err != nil {
		return err
	}
	return files.RemoveAll(claim.Path)
}

// Explain writes a text beside the input of a name that was reserved: why it
// was rejected.
func Explain(folder, name, why string) error {
	return writeFile(filepath.Join(folder, name+WhySuffix), []byte(why))
}

// Release gives up the names that a claim has reserved in a folder and does not
// need, also those of a process that died.
func Release(folder string, claim Claim) error {
	entries, err := files.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasPrefix(entry.Name(), ".") || filepath.Ext(entry.Name()) != reserved {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		if held, err := os.ReadFile(path); err != nil || string(held) != claim.ID {
			continue // another's, or gone by now
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// numbered puts a number behind the stem of a name, from 2 on.
func numbered(name string, n int) string {
	if n < 2 {
		return name
	}
	return stem(name) + " (" + strconv.Itoa(n) + ")" + filepath.Ext(name)
}

// writeFile writes a file that holds customers' names.
func writeFile(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}
