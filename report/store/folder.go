package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"valuebook/report/files"
)

// A Folder is a store on a disk, which may be a network share. Its files have
// mode 0600, its folders 0700.
type Folder struct{ Path string }

// path returns where a file is kept: the first two digits are a folder, so that
// none grows too large.
func (f Folder) path(sum string) string { return filepath.Join(f.Path, sum[:2], sum[2:]) }

// Put copies the file at path into the store.
func (f Folder) Put(ctx context.Context, path string) (string, error) {
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return "", err
	}
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	seen := sha256.New()
	temporary, err := writeTemporary(f.Path, io.TeeReader(in, seen))
	if err != nil {
		return "", err
	}
	defer os.Remove(temporary) // fails once it has its name
	sum := hex.EncodeToString(seen.Sum(nil))
	if f.whole(ctx, sum) {
		return sum, nil
	}
	if err := os.MkdirAll(filepath.Dir(f.path(sum)), 0o700); err != nil {
		return "", err
	}
	err = files.Rename(temporary, f.path(sum))
	if err != nil && f.whole(ctx, sum) { // another process has put it there and it is read
		err = nil
	}
	return sum, err
}

// whole reports whether a file is kept and undamaged.
func (f Folder) whole(ctx context.Context, sum string) bool {
	kept, err := f.Open(ctx, sum)
	if err != nil {
		return false
	}
	defer kept.Close()
	_, err = io.Copy(io.Discard, kept)
	return err == nil
}

// Open returns a kept file.
func (f Folder) Open(_ context.Context, sum string) (io.ReadCloser, error) {
	if err := valid(sum); err != nil {
		return nil, err
	}
	file, err := os.Open(f.path(sum))
	if err != nil {
		return nil, err
	}
	return check(file, sum), nil
}

// Place copies a kept file to a path.
func (f Folder) Place(ctx context.Context, sum, path string) error { return place(ctx, f, sum, path) }

// place copies a kept file out of any store. What stands there already and has
// the same content stays untouched.
func place(ctx context.Context, from Store, sum, path string) error {
	if same(path, sum) {
		return nil
	}
	kept, err := from.Open(ctx, sum)
	if err != nil {
		return err
	}
	defer kept.Close()
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	temporary, err := writeTemporary(folder, kept)
	if err != nil {
		return err
	}
	if err := files.Rename(temporary, path); err != nil {
		err = errors.Join(err, os.Remove(temporary))
		if same(path, sum) { // another process has placed it
			return nil
		}
		return err
	}
	return nil
}

// same reports whether the file at a path has a content already.
func same(path, sum string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, check(file, sum))
	return err == nil
}

// writeTemporary writes a new file of a folder, to the disk, and removes it
// when that fails.
func writeTemporary(folder string, content io.Reader) (path string, err error) {
	f, err := os.CreateTemp(folder, ".valuebook-*.tmp") // mode 0600
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(f.Name())))
		}
	}()
	if _, err := io.Copy(f, content); err != nil {
		return "", err
	}
	return f.Name(), f.Sync()
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
