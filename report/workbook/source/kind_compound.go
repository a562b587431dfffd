package source

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"

	"github.com/richardlehane/mscfb"
)

// streamNames are the streams at the root of compound files, by what they make the
// file. The first that is there decides.
var streamNames = []struct{ stream, name string }{
	{"EncryptedPackage", ""}, {"Workbook", "Excel 97-2003"}, {"Book", "Excel 5/95"},
	{"WordDocument", "Word"}, {"PowerPoint Document", "PowerPoint"}, {"VisioDocument", "Visio"},
	{"__properties_version1.0", "Outlook"}, {"Contents", "Publisher"}, {"MatOST", "Works"},
}

// compoundIdentity tells an old workbook from an encrypted new one and from other
// documents: all are compound files and differ in the streams at their root.
func compoundIdentity(data []byte) identity {
	streams, ok := rootStreams(data)
	if !ok {
		streams = map[string][]byte{} // damaged: the names must do
		for _, s := range streamNames {
			if bytes.Contains(data, utf16Name(s.stream)) {
				streams[s.stream] = nil
			}
		}
	}
	for _, s := range streamNames {
		head, there := streams[s.stream]
		switch {
		case !there:
			continue
		case s.stream == "EncryptedPackage":
			return encryptedIdentity(data)
		case s.stream == "Workbook", s.stream == "Book":
			id := convertible(CodeFileXLS, s.name, ".xls")
			id.locked = locked(head)
			return id
		}
		return other(s.name)
	}
	return other("")
}

// rootStreams returns the beginnings of the streams at the root. It reports false
// for a damaged file, whose directory the library may even panic on.
func rootStreams(data []byte) (streams map[string][]byte, ok bool) {
	defer func() {
		if recover() != nil {
			streams, ok = nil, false
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	streams = map[string][]byte{}
	for entry, err := doc.Next(); err == nil; entry, err = doc.Next() {
		if len(entry.Path) > 0 {
			continue // inside an embedded document
		}
		head, _ := io.ReadAll(io.LimitReader(doc, headSize))
		streams[entry.Name] = head
	}
	return streams, len(streams) > 0
}

// Records of old workbooks.
const (
	recordEnd      = 0x000a
	recordPassword = 0x002f
)

// locked reports whether the first records of an old workbook say that the others
// are encrypted.
func locked(head []byte) bool {
	for at := 0; at+4 <= len(head); {
		switch binary.LittleEndian.Uint16(head[at:]) {
		case recordPassword:
			return true
		case recordEnd:
			return false
		}
		at += 4 + int(binary.LittleEndian.Uint16(head[at+2:]))
	}
	return false
}

// The encryption that is opened: other ciphers are refused by name, and so are
// rounds that would take hours.
const (
	knownCipher = "AES"
	maxRounds   = 10_000_000
)

// encryptedIdentity tells what a password opens from what it does not: rights
// management, and ciphers that nobody uses today.
func encryptedIdentity(data []byte) identity {
	switch cipher := attributeText(data, "cipherAlgorithm"); {
	case bytes.Contains(data, utf16Name("DRMEncryptedTransform")), bytes.Contains(data, utf16Name("DRMEncryptedDataSpace")):
		return foreign(CodeFileRights, "")
	case cipher != "" && cipher != knownCipher:
		return foreign(CodeFileCipher, cipher)
	}
	if rounds, err := strconv.Atoi(attributeText(data, "spinCount")); err == nil && rounds > maxRounds {
		return foreign(CodeFileDamaged, "")
	}
	return identity{kind: kindEncrypted}
}

// attributeText returns the value of an attribute of XML somewhere in a file.
func attributeText(data []byte, name string) string {
	_, rest, found := bytes.Cut(data, []byte(name+`="`))
	if !found {
		return ""
	}
	value, _, _ := bytes.Cut(rest[:min(len(rest), 64)], []byte(`"`))
	return string(value)
}

func utf16Name(name string) []byte {
	var b []byte
	for i := 0; i < len(name); i++ {
		b = append(b, name[i], 0)
	}
	return b
}
