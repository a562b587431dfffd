package watch

import (
	"archive/zip"
	"bytes"
	"io"
	"os"

	"github.com/richardlehane/mscfb"
)

// magicOLE begins old workbooks and those with a password.
var magicOLE = []byte{0xD0, 0xCF, 0x11, 0xE0}

// complete reports whether a file has its end. A copy may have its whole length
// from the beginning, filled with zeros: a zip file is complete when its
// directory, which stands last, can be read, an old workbook when its directory
// can, any other file when it does not end in zeros. An error means that it
// cannot be opened.
func complete(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	head := make([]byte, 4)
	if n, _ := io.ReadFull(f, head); n == 0 {
		return false, nil
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK")):
		_, err := zip.NewReader(f, info.Size())
		return err == nil, nil
	case bytes.Equal(head, magicOLE):
		return hasDirectory(f), nil
	}
	return !endsInZeros(f, info.Size()), nil
}

// endsInZeros reports whether the last bytes of a file are all zero.
func endsInZeros(f io.ReaderAt, size int64) bool {
	tail := make([]byte, min(size, 64))
	n, _ := f.ReadAt(tail, size-int64(len(tail)))
	return n > 0 && len(bytes.Trim(tail[:n], "\x00")) == 0
}

// hasDirectory reports whether the directory of an old workbook can be read.
func hasDirectory(f io.ReaderAt) (has bool) {
	defer func() {
		if recover() != nil { // the library trusts the lengths that the file states
			has = false
		}
	}()
	_, err := mscfb.New(f)
	return err == nil
}
