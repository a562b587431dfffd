package source

import (
	"bytes"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// fileKind says which way a file goes through the reading.
type fileKind int

const (
	kindForeign   fileKind = iota // not read as it is: code says why, ending whether a converter may help
	kindPackage                   // the xlsx family
	kindText                      // a table in text
	kindPage                      // a web page with tables
	kindEncrypted                 // a workbook of the xlsx family behind a password
)

// identity is what a file is by its content, whatever its name says.
type identity struct {
	kind   fileKind
	code   string // the finding, for kindForeign
	name   string // what users call the format, such as "Excel 97-2003" or "PDF"; "" when it is not known
	ending string // the ending under which a converter opens it, such as ".xls"; "" when none does
	locked bool   // a password protects it, so a converter may fail for that reason
}

func foreign(code, name string) identity { return identity{code: code, name: name} }

func convertible(code, name, ending string) identity {
	return identity{code: code, name: name, ending: ending}
}

// other is a file that is no workbook.
func other(name string) identity { return foreign(CodeFileOther, name) }

// signatures of files that are no workbooks, with the name a user knows.
var signatures = []struct{ head, name string }{
	{"%PDF", "PDF"}, {"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"{\\rtf", "RTF"}, {"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
	{"BM", "BMP"}, {"\x1f\x8b", "gzip"}, {"7z\xbc\xaf", "7-Zip"}, {"Rar!", "RAR"}, {"BZh", "bzip2"}, {"\xfd7zXZ", "xz"}, {"(\xb5/\xfd", "Zstandard"},
	{"SQLite format 3", "SQLite"}, {"PAR1", "Parquet"}, {"ARROW1", "Arrow"}, {"\x00\x01\x00\x00Standard", "Access"}, {"%!PS", "PostScript"},
	{"\x7fELF", "ELF"}, {"MZ", "EXE"}, {"$FL2", "SPSS"}, {"$FL3", "SPSS"}, {"<stata_dta>", "Stata"}, {"BEGIN:V", "vCard/iCalendar"},
	{"OggS", "Ogg"}, {"ID3", "MP3"}, {"RIFF", "RIFF"},
}

// textSignatures are signatures that a table in text may begin with as well: they
// count only when what follows is no text.
var textSignatures = map[string]bool{"BM": true, "MZ": true, "BZh": true, "ID3": true, "RIFF": true, "PAR1": true, "ARROW1": true}

// packed reports whether a file begins as a zip archive does.
func packed(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// lockFile reports whether a name is that of the mark that a program leaves beside an open workbook.
func lockFile(name string) bool { return strings.HasPrefix(filepath.Base(name), "~$") }

// identify finds out what a file is.
func identify(name string, data []byte) identity {
	switch {
	case lockFile(name):
		return foreign(CodeFileLock, "")
	case len(data) == 0:
		return foreign(CodeFileEmpty, "")
	case packed(data):
		return packageIdentity(bytes.NewReader(data), int64(len(data)))
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compoundIdentity(data)
	}
	head := data[:min(len(data), headSize)]
	if id, ok := streamIdentity(head); ok {
		return id
	}
	if id, ok := oldTable(data); ok {
		return id
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.head)) && !(textSignatures[s.head] && !notText(head)) {
			return other(s.name)
		}
	}
	if len(bytes.Trim(data, "\x00")) == 0 {
		return foreign(CodeFileBlank, "")
	}
	return textIdentity(data)
}

// headSize is how much of a file is looked at to tell what it is.
const headSize = 4096

// streamVersions are the workbooks of Excel before compound files, by the second byte
// of their first record.
var streamVersions = map[byte]string{0x00: "Excel 2", 0x02: "Excel 3", 0x04: "Excel 4", 0x08: "Excel 5"}

// streamIdentity knows workbooks that are a bare stream of records: the first one
// opens a sheet or a workbook.
func streamIdentity(head []byte) (identity, bool) {
	if len(head) < 8 || head[0] != 0x09 || head[3] != 0 || head[2] < 4 || head[2] > 16 {
		return identity{}, false
	}
	version, known := streamVersions[head[1]]
	if !known || head[5] > 0x06 {
		return identity{}, false
	}
	return convertible(CodeFileXLS, version, ".xls"), true
}

// oldTable knows the tables of other old programs that LibreOffice opens.
func oldTable(data []byte) (identity, bool) {
	head := data[:min(len(data), headSize)]
	switch {
	case bytes.HasPrefix(head, []byte("\x00\x00\x02\x00\x04\x04")), bytes.HasPrefix(head, []byte("\x00\x00\x02\x00\x05\x04")),
		bytes.HasPrefix(head, []byte("\x00\x00\x02\x00\x06\x04")):
		return convertible(CodeFileTable, "Lotus 1-2-3", ".wk1"), true
	case bytes.HasPrefix(head, []byte("\x00\x00\x1a\x00")):
		return convertible(CodeFileTable, "Lotus 1-2-3", ".123"), true
	case bytes.HasPrefix(head, []byte("TABLE\r\n0,1\r\n")), bytes.HasPrefix(head, []byte("TABLE\n0,1\n")):
		return convertible(CodeFileTable, "DIF", ".dif"), true
	case symbolicLink(head):
		return convertible(CodeFileTable, "SYLK", ".slk"), true
	case dbase(data):
		return convertible(CodeFileTable, "dBase", ".dbf"), true
	}
	return identity{}, false
}

// symbolicLink knows SYLK by all its first lines: a table in text may begin with
// "ID;P" too.
func symbolicLink(head []byte) bool {
	if !bytes.HasPrefix(head, []byte("ID;P")) {
		return false
	}
	lines := strings.FieldsFunc(string(head), func(r rune) bool { return r == '\r' || r == '\n' })
	if len(head) == headSize && len(lines) > 1 {
		lines = lines[:len(lines)-1] // cut off
	}
	cells := 0
	for _, line := range lines[1:] {
		record, rest, _ := strings.Cut(line, ";")
		switch record {
		case "C":
			if strings.Contains(";"+rest, ";K") || strings.Contains(";"+rest, ";X") || strings.Contains(";"+rest, ";Y") {
				cells++
			}
		case "P", "F", "B", "O", "W", "E", "NN", "NE", "NU":
		default:
			return false
		}
	}
	return cells > 0 || len(lines) > 5
}

// dbase knows a dBase table by its header: a date, and descriptions of fields up to
// a mark.
func dbase(data []byte) bool {
	if len(data) < 65 || data[2] < 1 || data[2] > 12 || data[3] < 1 || data[3] > 31 {
		return false
	}
	switch data[0] {
	case 0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8b, 0x8c, 0xf5, 0xfb:
	default:
		return false
	}
	header := int(data[8]) | int(data[9])<<8
	record := int(data[10]) | int(data[11])<<8
	return header >= 65 && record > 1 && header <= len(data) && (data[header-1] == 0x0d || bytes.IndexByte(data[32:header], 0x0d) >= 0)
}

// utf16Order returns the decoder for a byte order mark of UTF-16, nil without one.
func utf16Order(head []byte) encoding.Encoding {
	if len(head) < 2 || head[0]^head[1] != 0x01 || head[0] < 0xfe {
		return nil
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
}
