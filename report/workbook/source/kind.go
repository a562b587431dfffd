package source

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// fileKind is what a file is by its content, whatever its name says.
type fileKind string

const (
	kindZip       fileKind = "zip" // the xlsx family, or another package: its parts decide
	kindText      fileKind = "text"
	kindEmpty     fileKind = "empty"
	kindLock      fileKind = "lock"
	kindXLS       fileKind = "xls"
	kindEncrypted fileKind = "encrypted"
	kindHTML      fileKind = "html"
	kindXML       fileKind = "xml"
	kindOther     fileKind = "other"
)

// signatures of files that are no workbooks, with the name a user knows.
var signatures = []struct{ head, name string }{
	{"%PDF", "PDF"}, {"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"{\\rtf", "RTF"},
	{"\x1f\x8b", "gzip"}, {"7z\xbc\xaf", "7-Zip"}, {"Rar!", "RAR"}, {"SQLite format 3", "SQLite"}, {"PAR1", "Parquet"},
}

// kindOf finds out what a file is by its first bytes. For kindOther and kindXML it
// also returns the name of the format, "" when it is not known.
func kindOf(name string, data []byte) (fileKind, string) {
	switch {
	case strings.HasPrefix(filepath.Base(name), "~$"):
		return kindLock, ""
	case len(data) == 0:
		return kindEmpty, ""
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return kindZip, ""
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compoundKind(data)
	case len(data) > 4 && data[0] == 0x09 && (data[1] == 0x00 || data[1] == 0x02 || data[1] == 0x04 || data[1] == 0x08) && data[3] == 0:
		return kindXLS, ""
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.head)) {
			return kindOther, s.name
		}
	}
	return textKind(data)
}

// compoundKind tells an old workbook from an encrypted new one: both are
// compound files, whose directory names its streams in UTF-16.
func compoundKind(data []byte) (fileKind, string) {
	switch {
	case bytes.Contains(data, utf16Name("EncryptedPackage")):
		return kindEncrypted, ""
	case bytes.Contains(data, utf16Name("Workbook")), bytes.Contains(data, utf16Name("Book")):
		return kindXLS, ""
	case bytes.Contains(data, utf16Name("WordDocument")):
		return kindOther, "Word"
	case bytes.Contains(data, utf16Name("PowerPoint Document")):
		return kindOther, "PowerPoint"
	}
	return kindOther, ""
}

func utf16Name(name string) []byte {
	var b []byte
	for i := 0; i < len(name); i++ {
		b = append(b, name[i], 0)
	}
	return b
}

// textKind tells a web page and XML from a table in text.
func textKind(data []byte) (fileKind, string) {
	head := data[:min(len(data), 4096)]
	if utf16Order(head) == nil && bytes.IndexByte(head, 0) >= 0 {
		return kindOther, ""
	}
	text := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff")))
	switch {
	case text == "" && len(data) <= len(head):
		return kindEmpty, ""
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"),
		strings.HasPrefix(text, "<div"), strings.HasPrefix(text, "<meta"), strings.HasPrefix(text, "mime-version"):
		return kindHTML, ""
	case strings.HasPrefix(text, "<?xml"):
		if strings.Contains(text, "<html") {
			return kindHTML, ""
		}
		return kindXML, "XML"
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "[{"):
		return kindOther, "JSON"
	case controls(head):
		return kindOther, ""
	}
	return kindText, ""
}

// controls reports whether bytes hold control characters that no text has.
func controls(head []byte) bool {
	if utf16Order(head) != nil {
		return false
	}
	bad := 0
	for _, b := range head {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1a {
			bad++
		}
	}
	return bad > 0 && (bad*50 > len(head) || !utf8.Valid(head))
}

// utf16Order returns the decoder for a byte order mark of UTF-16, nil without one.
func utf16Order(head []byte) encoding.Encoding {
	if len(head) < 2 || head[0]^head[1] != 0x01 || head[0] < 0xfe {
		return nil
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
}
