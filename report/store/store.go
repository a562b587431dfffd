package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// A Store keeps files. It may be used by many goroutines and processes.
type Store interface {
	// Put keeps the file at path and returns its SHA-256, in hexadecimal digits.
	Put(ctx context.Context, path string) (sum string, err error)
	// Open returns a kept file; reading it to its end returns [ErrDamaged]
	// where its content is not what its name says. The error of a file that is
	// not kept is [fs.ErrNotExist].
	Open(ctx context.Context, sum string) (io.ReadCloser, error)
	// Place makes a kept file appear under a path, with mode 0600, in place of
	// an earlier one, whole or not at all.
	Place(ctx context.Context, sum, path string) error
}

// ErrDamaged is returned for a file whose content is no longer what was kept.
var ErrDamaged = errors.New("the kept file is damaged")

// ErrSum is returned for what is no SHA-256.
var ErrSum = errors.New("not the name of a kept file")

// Sum returns the SHA-256 of a file, as 64 hexadecimal digits: the name that its
// content has in a store.
func Sum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	seen := sha256.New()
	if _, err := io.Copy(seen, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(seen.Sum(nil)), nil
}

// valid refuses what is no SHA-256 before it becomes a path.
func valid(sum string) error {
	if data, err := hex.DecodeString(sum); err != nil || len(data) != sha256.Size {
		return fmt.Errorf("%w: %q", ErrSum, sum)
	}
	return nil
}

// checked is a file that is checked while it is read.
type checked struct {
	io.ReadCloser
	sum  string
	seen hash.Hash
}

func check(file io.ReadCloser, sum string) io.ReadCloser {
	return &checked{ReadCloser: file, sum: sum, seen: sha256.New()}
}

// Read returns ErrDamaged in place of the end of a damaged file.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.seen.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(c.seen.Sum(nil)) != c.sum {
		err = fmt.Errorf("%w: %s", ErrDamaged, c.sum)
	}
	return n, err
}
