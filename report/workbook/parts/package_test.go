package parts

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"
)

// zipped makes a package in an unusual but valid way: a stored entry, a folder,
// a comment, an old date, a backslash in a name.
func zipped(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, h := range []zip.FileHeader{
		{Name: "[Content_Types].xml", Method: zip.Deflate},
		{Name: "xl/"},
		{Name: "xl/Stored.xml", Method: zip.Store, Modified: time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC), Comment: "mine"},
		{Name: `xl\back.xml`, Method: zip.Deflate, Extra: []byte{0x34, 0x12, 2, 0, 7, 8}},
	} {
		to, err := w.CreateHeader(&h)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, "/") {
			if _, err := to.Write([]byte("<a>" + strings.Repeat(h.Name, 50) + "</a>")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t testing.TB, data []byte) *Package {
	t.Helper()
	p, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t testing.TB, p *Package, c Change) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := p.Write(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUntouchedEntriesKeepBytesAndHeaders(t *testing.T) {
	data := zipped(t)
	change := Change{
		Replace: map[string][]byte{"[content_types].XML": []byte("<b/>")},
		Add:     []Part{{Name: "xl/new.xml", Data: []byte("<new/>")}},
	}
	got := write(t, open(t, data), change)
	if !bytes.Equal(got, write(t, open(t, data), change)) {
		t.Error("the same change gave other bytes")
	}
	before, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	after, err := zip.NewReader(bytes.NewReader(got), int64(len(got)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range before.File[1:] {
		g := after.File[i+1]
		if f.Name != g.Name || f.Method != g.Method || f.CRC32 != g.CRC32 || !f.Modified.Equal(g.Modified) || f.Comment != g.Comment || f.Flags != g.Flags || !bytes.Equal(f.Extra, g.Extra) {
			t.Errorf("header of %s is %+v, was %+v", f.Name, g.FileHeader, f.FileHeader)
		}
		was, is := rawBytes(t, f), rawBytes(t, g)
		if !bytes.Equal(was, is) {
			t.Errorf("%s: compressed bytes changed", f.Name)
		}
	}
	p := open(t, got)
	for name, want := range map[string]string{"[Content_Types].xml": "<b/>", "xl/new.xml": "<new/>"} {
		if part, err := p.Read(name); err != nil || string(part) != want {
			t.Errorf("%s is %q, error %v", name, part, err)
		}
	}
}

func rawBytes(t testing.TB, f *zip.File) []byte {
	t.Helper()
	r, err := f.OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestNames(t *testing.T) {
	p := open(t, zipped(t))
	if got := strings.Join(p.Names(), " "); got != "[Content_Types].xml xl/Stored.xml xl/back.xml" {
		t.Errorf("names are %s", got)
	}
	for _, name := range []string{"xl/stored.XML", "/xl/back.xml", `xl\Back.xml`} {
		if !p.Has(name) {
			t.Errorf("%s is not found", name)
		}
	}
	if _, err := p.Read("xl/none.xml"); !errors.Is(err, ErrMissing) {
		t.Errorf("got error %v", err)
	}
}

func TestDrop(t *testing.T) {
	got := write(t, open(t, zipped(t)), Change{Drop: map[string]bool{"XL/stored.xml": true}})
	if p := open(t, got); p.Has("xl/Stored.xml") || !p.Has("xl/back.xml") {
		t.Errorf("left: %v", p.Names())
	}
}

func TestPackagesThatAreRefused(t *testing.T) {
	var twice bytes.Buffer
	w := zip.NewWriter(&twice)
	for _, name := range []string{"a.xml", "A.xml"} {
		_, _ = w.Create(name)
	}
	_ = w.Close()
	if _, err := Open(twice.Bytes()); !errors.Is(err, ErrTwice) {
		t.Errorf("a part twice: got error %v", err)
	}
	if _, err := Open([]byte("no zip")); err == nil {
		t.Error("no error for what is no package")
	}
	p := open(t, zipped(t))
	if err := p.Write(io.Discard, Change{Add: []Part{{Name: "xl/STORED.xml", Data: nil}}}); !errors.Is(err, ErrTwice) {
		t.Errorf("a new part that is there: got error %v", err)
	}
	if err := p.Write(io.Discard, Change{Replace: map[string][]byte{"x": nil}}); !errors.Is(err, ErrMissing) {
		t.Errorf("a part that is not there: got error %v", err)
	}
}

// TestBombs holds that what inflates beyond all reason is not read, also when
// its header says that it is small.
func TestBombs(t *testing.T) {
	bomb := bytes.Repeat([]byte{'x'}, ratioFloor+1)
	for name, size := range map[string]uint64{"honest": uint64(len(bomb)), "lying": 10} {
		var packed, out bytes.Buffer
		w := zip.NewWriter(&out)
		honest := zip.NewWriter(&packed)
		to, _ := honest.Create("b.xml")
		_, _ = to.Write(bomb)
		_ = honest.Close()
		r, _ := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
		raw := rawBytes(t, r.File[0])
		to, err := w.CreateRaw(&zip.FileHeader{Name: "b.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(bomb), CompressedSize64: uint64(len(raw)), UncompressedSize64: size})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = to.Write(raw)
		_ = w.Close()
		p, err := Open(out.Bytes())
		if err == nil {
			_, err = p.Read("b.xml")
		}
		if err == nil || name == "honest" && !errors.Is(err, ErrTooBig) {
			t.Errorf("%s bomb: error %v", name, err)
		}
	}
}

func TestTargets(t *testing.T) {
	for _, test := range [][3]string{
		{"xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"},
		{"xl/worksheets/sheet1.xml", "../drawings/drawing1.xml", "xl/drawings/drawing1.xml"},
		{"xl/drawings/drawing1.xml", "../charts/chart1.xml", "xl/charts/chart1.xml"},
		{"a.xml", "b.xml", "b.xml"},
		{"x/y/z.xml", "../../b.xml", "b.xml"},
	} {
		if got := Target(test[0], test[2]); got != test[1] {
			t.Errorf("from %s to %s: %s, want %s", test[0], test[2], got, test[1])
		}
		if got := Resolve(test[0], test[1]); got != test[2] {
			t.Errorf("%s in %s: %s, want %s", test[1], test[0], got, test[2])
		}
	}
	for target, want := range map[string]string{"/xl/a.xml": "xl/a.xml", `..\a.xml`: "a.xml", "../../../a.xml": "a.xml", "a.xml#b": "xl/a.xml"} {
		if got := Resolve("xl/w.xml", target); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}

func TestWellFormed(t *testing.T) {
	for part, want := range map[string]bool{
		`<a/>`: true, `<a xmlns:b="c"><b:d e="f" b:e="g">&lt;</b:d></a>`: true, `<?xml version="1.0"?><a><![CDATA[<]]><!-- - --></a>`: true,
		``: false, `<a>`: false, `<a></b>`: false, `<a/><a/>`: false, `<a b="1" b="2"/>`: false, `<b:a/>`: false, `<a r:id="1"/>`: false,
		`<a><b xmlns:c="d"/><c:e/></a>`: false, `<a>&x;</a>`: false, `<a b=c/>`: false, `<a>]]></a>`: false,
	} {
		if err := WellFormed([]byte(part)); (err == nil) != want {
			t.Errorf("%s: error %v, want well formed: %v", part, err, want)
		}
	}
}
