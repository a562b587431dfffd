package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"
)

// A file writes the objects of a PDF document one after another, so that a
// document of any length needs little memory. The PDF library writes whole
// documents only; pages that it drew come through here when there are many.
type file struct {
	w       io.Writer
	at      int64
	offsets []int64 // of object n+1; 0 while it is only promised
	sum     hash.Hash
	err     error
}

func newFile(w io.Writer) *file {
	f := &file{w: w, sum: sha256.New()}
	f.write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"))
	return f
}

func (f *file) write(data []byte) {
	if f.err != nil {
		return
	}
	n, err := f.w.Write(data)
	f.at, f.err = f.at+int64(n), err
	f.sum.Write(data)
}

// promise returns the number of an object that is written later.
func (f *file) promise() int {
	f.offsets = append(f.offsets, 0)
	return len(f.offsets)
}

// object writes the object of a number.
func (f *file) object(number int, format string, args ...any) {
	f.offsets[number-1] = f.at
	f.write([]byte(fmt.Sprintf("%d 0 obj\n"+format+"\nendobj\n", append([]any{number}, args...)...)))
}

// add writes an object and returns its number.
func (f *file) add(format string, args ...any) int {
	number := f.promise()
	f.object(number, format, args...)
	return number
}

// stream writes an object with compressed data; more is what its dictionary
// says beside the length.
func (f *file) stream(more string, data []byte) int {
	number := f.promise()
	f.offsets[number-1] = f.at
	f.write([]byte(fmt.Sprintf("%d 0 obj\n<</Filter /FlateDecode /Length %d%s>>\nstream\n", number, len(data), more)))
	f.write(data)
	f.write([]byte("\nendstream\nendobj\n"))
	return number
}

// close writes the table of the objects' places and the end of the document.
func (f *file) close(catalog, info int) error {
	start := f.at
	var out bytes.Buffer
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, at := range f.offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	id := f.sum.Sum(nil)[:16]
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, catalog, info, id, id, start)
	f.write(out.Bytes())
	return f.err
}

var compressors = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(io.Discard, zlib.DefaultCompression)
	if err != nil {
		panic(err) // the level is one of the package's own
	}
	return w
}}

// compressed returns data as a stream of FlateDecode.
func compressed(data []byte) []byte {
	var out bytes.Buffer
	w := compressors.Get().(*zlib.Writer)
	defer compressors.Put(w)
	w.Reset(&out)
	w.Write(data) // a buffer takes everything
	w.Close()
	return out.Bytes()
}

// literal writes a text as a string object.
func literal(text string) string {
	plain := true
	for _, r := range text {
		plain = plain && r >= 0x20 && r < 0x7f
	}
	if plain {
		return "(" + strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)").Replace(text) + ")"
	}
	var out strings.Builder
	out.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&out, "%04X", unit)
	}
	return out.String() + ">"
}
