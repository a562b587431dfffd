package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// textIdentity tells web pages, XML and JSON from a table in text, and text from
// bytes that are none.
func textIdentity(data []byte) identity {
	head := data[:min(len(data), headSize)]
	if wideOrder(data) == nil && notText(head) {
		return other("")
	}
	text := strings.ToLower(headText(data))
	switch {
	case text == "" && strings.TrimSpace(headText(data[:min(len(data), 1<<20)])) == "":
		return foreign(CodeFileEmpty, "")
	case strings.HasPrefix(text, "mime-version"), strings.HasPrefix(text, "content-type: multipart"):
		return other("MHTML")
	case strings.HasPrefix(text, "{") && strings.ContainsAny(text, `":`), strings.HasPrefix(text, "[{"):
		return other("JSON")
	case strings.HasPrefix(text, "<"):
		return markupIdentity(text)
	}
	return identity{kind: kindText}
}

// markupIdentity tells what a text that begins with < is, from its beginning in
// small letters.
func markupIdentity(text string) identity {
	switch {
	case strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && !strings.Contains(text, "<html"):
		return convertible(CodeFileXML2003, "", ".xml")
	case strings.Contains(text, "opendocument.spreadsheet"):
		return convertible(CodeFileODS, ".fods", ".fods")
	case strings.Contains(text, "urn:oasis:names:tc:opendocument"):
		return other("OpenDocument")
	}
	for _, element := range []string{"<html", "<!doctype html", "<table", "<tr", "<body", "<head", "<meta", "<div", "<style"} {
		if strings.Contains(text, element) {
			return identity{kind: kindPage}
		}
	}
	if strings.HasPrefix(text, "<?xml") || strings.Contains(text, "xmlns") || strings.Contains(text, "</") {
		return foreign(CodeFileXML, "")
	}
	return identity{kind: kindText}
}

// headText returns the beginning of a text without its byte order mark and the
// spaces before it.
func headText(data []byte) string {
	head := data[:min(len(data), headSize)]
	if order := wideOrder(data); order != nil {
		if decoded, err := order.NewDecoder().Bytes(head[:len(head)&^1]); err == nil {
			head = decoded
		}
	}
	return strings.TrimSpace(strings.TrimPrefix(strings.Trim(string(head), "\x00"), "\ufeff"))
}

// notText reports whether bytes are no text in any encoding of bytes: they hold
// control characters that no text has. A few NUL bytes alone are allowed, for some
// programs leave them.
func notText(head []byte) bool {
	bad, nul := 0, bytes.Count(head, []byte{0})
	for _, b := range head {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1a && b != 0 && !isSeparator(b) {
			bad++
		}
	}
	if nul*10 > len(head) {
		return true
	}
	return bad > 0 && (bad*50 > len(head) || !utf8.Valid(head)) || nul > 0 && !utf8.Valid(bytes.TrimRight(head, "\x80\xbf")) && bad+nul > 3
}

// isSeparator reports whether a control character is one of those that some
// programs put between fields and rows.
func isSeparator(b byte) bool { return b == 0x01 || b == 0x1e || b == 0x1f }
