package run

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A BrokenError is an output that is not what its ending says.
type BrokenError struct {
	Path string
	Err  error
}

// Error names the file and what is wrong with it.
func (e *BrokenError) Error() string { return fmt.Sprintf("%s: %v", e.Path, e.Err) }

// Unwrap returns what is wrong.
func (e *BrokenError) Unwrap() error { return e.Err }

// Why an output is broken.
var (
	errEmpty    = errors.New("it is empty")
	errHalfPage = errors.New("it is no whole PDF")
	errNoJSON   = errors.New("it is no JSON document")
)

// checkFile opens an output as its reader will: a PDF from head to end mark, a
// workbook with all its parts, a JSON document. It returns its hash and size.
func checkFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	if size, err = io.Copy(h, f); err != nil {
		return "", 0, err
	}
	if size == 0 {
		return "", 0, errEmpty
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		err = wholePages(f, size)
	case ".xlsx", ".xlsm":
		if !locked(f) {
			err = wholePackage(f, size)
		}
	case ".json":
		err = wholeDocument(f)
	}
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// pagesTail is how far from its end a PDF has its end mark.
const pagesTail = 1024

func wholePages(f io.ReaderAt, size int64) error {
	head := make([]byte, 5)
	tail := make([]byte, min(size, pagesTail))
	if _, err := f.ReadAt(head, 0); err != nil {
		return errHalfPage
	}
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return err
	}
	if string(head) != "%PDF-" || !bytes.Contains(tail, []byte("%%EOF")) {
		return errHalfPage
	}
	return nil
}

// lockedMark begins a workbook with a password.
const lockedMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// locked reports whether a workbook has a password: whoever put it on has
// opened the workbook again already, and nobody can without it.
func locked(f io.ReaderAt) bool {
	head := make([]byte, len(lockedMark))
	_, err := f.ReadAt(head, 0)
	return err == nil && string(head) == lockedMark
}

// wholePackage reads every part of a package: the archive holds a check sum of
// each.
func wholePackage(f io.ReaderAt, size int64) error {
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return err
	}
	for _, part := range archive.File {
		if err := wholePart(part); err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return nil
}

func wholePart(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return err
}

func wholeDocument(f io.ReadSeeker) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decoder := json.NewDecoder(f)
	depth := 0
	for n := 0; ; n++ {
		token, err := decoder.Token()
		switch {
		case err == io.EOF && n > 0 && depth == 0:
			return nil
		case err != nil:
			return errNoJSON
		}
		if mark, ok := token.(json.Delim); ok && (mark == '{' || mark == '[') {
			depth++
		} else if ok {
			depth--
		}
	}
}
