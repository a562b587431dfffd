package source

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// Limits of what is read. They are far above any workbook that a person made.
const (
	MaxFile      = 512 << 20 // bytes of the file
	maxInflated  = 2 << 30   // bytes of all parts together
	maxRatio     = 150       // inflated by file size, above ratioFloor
	ratioFloor   = 32 << 20  // inflated bytes from which the ratio counts
	maxCells     = 24 << 20  // cells of all sheets together
	maxStrings   = 16 << 20  // entries of the string table
	maxMerges    = 100_000
	maxTextBytes = 32767 * 4 // a cell holds at most 32,767 characters
)

var (
	errInflated = errors.New("inflates beyond the limit")
	errUnsafe   = errors.New("declares entities")
	errCells    = errors.New("more cells than the limit")
)

// A pack is the zip package of a workbook. It counts what was inflated.
type pack struct {
	files    map[string]*zip.File
	size     int64
	inflated int64
}

// newPack opens a zip package. The error is zip's own.
func newPack(data []byte) (*pack, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	p := &pack{files: map[string]*zip.File{}, size: int64(len(data))}
	for _, f := range r.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	return p, nil
}

func (p *pack) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// open returns the bytes of a part as a stream; reading fails with
// errInflated when the package inflates beyond all reason.
func (p *pack) open(name string) (io.ReadCloser, error) {
	f := p.files[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, errors.New("part is missing")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &counted{r, p}, nil
}

type counted struct {
	io.ReadCloser
	pack *pack
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.pack.inflated += int64(n)
	if c.pack.inflated > maxInflated || c.pack.inflated > ratioFloor && c.pack.inflated > maxRatio*c.pack.size {
		return n, errInflated
	}
	return n, err
}

// decode reads a small part into a value of encoding/xml.
func (p *pack) decode(name string, v any) error {
	r, err := p.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return newDecoder(r).Decode(v)
}

// newDecoder returns a decoder for XML in UTF-8, UTF-16 or a named encoding.
func newDecoder(r io.Reader) *xml.Decoder {
	b := bufio.NewReaderSize(r, 1<<16)
	head, _ := b.Peek(4)
	wide := utf16Order(head)
	if wide == nil && len(head) == 4 && head[0] == '<' && head[1] == 0 {
		wide = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	}
	var d *xml.Decoder
	if wide != nil {
		d = xml.NewDecoder(wide.NewDecoder().Reader(b))
	} else {
		d = xml.NewDecoder(b)
	}
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if wide != nil {
			return input, nil
		}
		named, err := ianaindex.IANA.Encoding(label)
		if err != nil || named == nil {
			return nil, errors.New("encoding " + label + " is not known")
		}
		return named.NewDecoder().Reader(input), nil
	}
	return d
}

// utf16Order returns the decoder for a byte order mark of UTF-16, nil without one.
func utf16Order(head []byte) encoding.Encoding {
	if len(head) < 2 || head[0]^head[1] != 0x01 || head[0] < 0xfe {
		return nil
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
}

// A relation names a part that another part uses.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relations returns the relations of a part ("" for the package), with targets
// as names of parts.
func (p *pack) relations(part string) []relation {
	dir, base := path.Split(part)
	var doc struct {
		Relations []relation `xml:"Relationship"`
	}
	if p.decode(dir+"_rels/"+base+".rels", &doc) != nil {
		return nil
	}
	for i, r := range doc.Relations {
		if strings.HasPrefix(r.Target, "/") {
			doc.Relations[i].Target = strings.TrimPrefix(path.Clean(r.Target), "/")
		} else {
			doc.Relations[i].Target = path.Join(dir, strings.ReplaceAll(r.Target, "\\", "/"))
		}
	}
	return doc.Relations
}

// related returns the target of the first relation of a kind, by the last word of
// its type, such as "officeDocument"; transitional and strict files differ in the rest.
func related(relations []relation, kind string) string {
	for _, r := range relations {
		if path.Base(r.Type) == kind && r.Mode != "External" {
			return r.Target
		}
	}
	return ""
}
