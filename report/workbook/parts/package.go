package parts

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/flate"
)

// Limits of what is read. They are far above any workbook that a person made.
const (
	maxPart    = 1 << 30  // bytes of one part
	maxAll     = 2 << 30  // bytes of all parts that are read together
	maxRatio   = 150      // inflated by file size, above ratioFloor
	ratioFloor = 32 << 20 // inflated bytes from which the ratio counts
	largePart  = 8 << 20  // bytes from which speed goes before size
)

// Errors for packages that are refused.
var (
	ErrMissing = errors.New("the part is missing")
	ErrTooBig  = errors.New("the package inflates beyond the limit")
	ErrTwice   = errors.New("a part is there twice")
)

// A Package is a zip package of parts. Names of parts are compared without
// regard to case, as the format demands; a backslash counts as a slash.
type Package struct {
	files    []*zip.File
	index    map[string]*zip.File
	size     int64
	inflated atomic.Int64
}

// Open reads the directory of a package. A part that is there twice is an
// error: programs differ in which one they take. So is a package whose parts
// together inflate beyond the limit: other readers take them all into memory.
func Open(data []byte) (*Package, error) {
	return OpenAt(bytes.NewReader(data), int64(len(data)))
}

// OpenAt is [Open] for a package that is not in memory, such as an open file; size is that of the file.
func OpenAt(file io.ReaderAt, size int64) (*Package, error) {
	r, err := zip.NewReader(file, size)
	if err != nil {
		return nil, fmt.Errorf("open package: %w", err)
	}
	r.RegisterDecompressor(zip.Deflate, flate.NewReader)
	p := &Package{files: r.File, index: make(map[string]*zip.File, len(r.File)), size: size}
	all := uint64(0)
	for _, f := range r.File {
		if p.index[key(f.Name)] != nil {
			return nil, fmt.Errorf("%w: %s", ErrTwice, f.Name)
		}
		if all += min(f.UncompressedSize64, maxAll+1); all > uint64(p.most()) {
			return nil, fmt.Errorf("%w: %s", ErrTooBig, f.Name)
		}
		p.index[key(f.Name)] = f
	}
	return p, nil
}

// most returns how many bytes the parts may have together.
func (p *Package) most() int64 { return min(maxAll, max(maxRatio*p.size, ratioFloor)) }

// key returns what names of parts are compared by.
func key(name string) string {
	return strings.ToLower(Clean(name))
}

// Clean returns the name of a part without a leading slash and with slashes.
func Clean(name string) string {
	return strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/")
}

// Names returns the names of the parts in their order in the package, without
// folders.
func (p *Package) Names() []string {
	var out []string
	for _, f := range p.files {
		if !strings.HasSuffix(f.Name, "/") {
			out = append(out, Clean(f.Name))
		}
	}
	return out
}

// Has reports whether there is a part of a name.
func (p *Package) Has(name string) bool { return p.index[key(name)] != nil }

// Size returns the number of bytes of a part, 0 when there is none.
func (p *Package) Size(name string) int64 {
	if f := p.index[key(name)]; f != nil {
		return int64(f.UncompressedSize64)
	}
	return 0
}

// Read returns a part. The errors are [ErrMissing], [ErrTooBig] and those of
// damaged packages.
func (p *Package) Read(name string) ([]byte, error) {
	f := p.index[key(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: %s", ErrMissing, name)
	}
	limit := min(int64(maxPart), p.most()-p.inflated.Load())
	if int64(f.UncompressedSize64) > limit || f.UncompressedSize64 > maxPart {
		return nil, fmt.Errorf("%w: %s", ErrTooBig, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open part %s: %w", name, err)
	}
	defer r.Close()
	var out bytes.Buffer
	out.Grow(int(f.UncompressedSize64))
	n, err := io.Copy(&out, io.LimitReader(r, limit+1))
	p.inflated.Add(n)
	if err != nil {
		return nil, fmt.Errorf("read part %s: %w", name, err)
	}
	if n > limit {
		return nil, fmt.Errorf("%w: %s", ErrTooBig, name)
	}
	return out.Bytes(), nil
}

// Raw returns the compressed bytes of a part, with the method.
func (p *Package) Raw(name string) (raw []byte, method uint16, err error) {
	f := p.index[key(name)]
	if f == nil {
		return nil, 0, fmt.Errorf("%w: %s", ErrMissing, name)
	}
	r, err := f.OpenRaw()
	if err != nil {
		return nil, 0, fmt.Errorf("open part %s: %w", name, err)
	}
	raw, err = io.ReadAll(r)
	return raw, f.Method, err
}

// Same reports whether a part has the same compressed bytes in another package.
func (p *Package) Same(other *Package, name string) (bool, error) {
	a, b := p.index[key(name)], other.index[key(name)]
	if a == nil || b == nil {
		return false, fmt.Errorf("%w: %s", ErrMissing, name)
	}
	if a.Method != b.Method || a.CRC32 != b.CRC32 || a.CompressedSize64 != b.CompressedSize64 || a.UncompressedSize64 != b.UncompressedSize64 {
		return false, nil
	}
	was, err := a.OpenRaw()
	if err != nil {
		return false, fmt.Errorf("open part %s: %w", name, err)
	}
	is, err := b.OpenRaw()
	if err != nil {
		return false, fmt.Errorf("open part %s: %w", name, err)
	}
	one, two := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, failed := io.ReadFull(was, one)
		m, _ := io.ReadFull(is, two)
		if n != m || !bytes.Equal(one[:n], two[:m]) {
			return false, nil
		}
		if failed == io.EOF || failed == io.ErrUnexpectedEOF {
			return true, nil
		}
		if failed != nil {
			return false, failed
		}
	}
}

// A Change is what happens to a package.
type Change struct {
	Replace map[string][]byte // by name; they keep their place and their date
	Stream  map[string]Blocks // the same for parts that are made bit by bit
	Drop    map[string]bool
	Add     []Part // at the end, in this order
}

// A Part is a new part.
type Part struct {
	Name   string
	Data   []byte
	Blocks Blocks // instead of Data for a part that is made bit by bit
}

// utf8Name is the flag of an entry whose name is in UTF-8.
const utf8Name = 0x800

// zipDate is the date of new parts, 1 January 1980, the first that a package
// can hold.
const zipDate = 1<<5 | 1

// Write writes the package with a change. Everything that the change does not
// name is copied as it is, compressed bytes and header; the same package and
// change give the same bytes.
func (p *Package) Write(w io.Writer, change Change) error {
	replace, drop := map[string][]byte{}, map[string]bool{}
	for name, data := range change.Replace {
		if !p.Has(name) {
			return fmt.Errorf("replace %w: %s", ErrMissing, name)
		}
		replace[key(name)] = data
	}
	for name, yes := range change.Drop {
		drop[key(name)] = yes
	}
	stream := map[string]Blocks{}
	for name, blocks := range change.Stream {
		if !p.Has(name) {
			return fmt.Errorf("replace %w: %s", ErrMissing, name)
		}
		stream[key(name)] = blocks
	}
	out := zip.NewWriter(w)
	for _, f := range p.files {
		data, changed := replace[key(f.Name)]
		var err error
		switch {
		case drop[key(f.Name)]:
		case stream[key(f.Name)] != nil:
			err = flow(out, f.FileHeader, stream[key(f.Name)])
		case changed:
			err = store(out, f.FileHeader, data)
		default:
			err = copyRaw(out, f)
		}
		if err != nil {
			return fmt.Errorf("write part %s: %w", f.Name, err)
		}
	}
	for _, part := range change.Add {
		if p.Has(part.Name) && !drop[key(part.Name)] {
			return fmt.Errorf("%w: %s", ErrTwice, part.Name)
		}
		header := zip.FileHeader{Name: part.Name}
		header.ModifiedDate = zipDate //lint:ignore SA1019 the other field would add a time zone's extra field
		var err error
		if part.Blocks != nil {
			err = flow(out, header, part.Blocks)
		} else {
			err = store(out, header, part.Data)
		}
		if err != nil {
			return fmt.Errorf("write part %s: %w", part.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write package: %w", err)
	}
	return nil
}

// copyRaw copies an entry with its compressed bytes and header. Only the
// field for sizes above 4 GB is left to the writer, which adds its own.
func copyRaw(out *zip.Writer, f *zip.File) error {
	header := f.FileHeader
	header.Extra = withoutSizes(header.Extra)
	header.Modified = time.Time{} // the date stands in ModifiedDate and ModifiedTime
	to, err := out.CreateRaw(&header)
	if err != nil {
		return err
	}
	from, err := f.OpenRaw()
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}

// withoutSizes returns the extra fields of a header without that for large
// sizes, number 1.
func withoutSizes(extra []byte) []byte {
	var out []byte
	for len(extra) >= 4 {
		id := int(extra[0]) | int(extra[1])<<8
		length := 4 + (int(extra[2]) | int(extra[3])<<8)
		if length > len(extra) {
			break
		}
		if id != 1 {
			out = append(out, extra[:length]...)
		}
		extra = extra[length:]
	}
	return out
}

// store compresses a part and writes it under the name and the date of a
// header, with its sizes.
func store(out *zip.Writer, header zip.FileHeader, data []byte) error {
	level := flate.DefaultCompression
	if len(data) > largePart {
		level = flate.BestSpeed
	}
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, level)
	if err != nil {
		return err
	}
	if _, err := deflate.Write(data); err != nil {
		return err
	}
	if err := deflate.Close(); err != nil {
		return err
	}
	header.Method, header.CRC32, header.Flags, header.Extra = zip.Deflate, crc32.ChecksumIEEE(data), 0, nil
	header.Modified = time.Time{}
	if !header.NonUTF8 {
		header.Flags = utf8Name
	}
	header.CompressedSize64, header.UncompressedSize64 = uint64(packed.Len()), uint64(len(data))
	header.CreatorVersion, header.ReaderVersion = 20, 20
	to, err := out.CreateRaw(&header)
	if err != nil {
		return err
	}
	_, err = packed.WriteTo(to)
	return err
}
