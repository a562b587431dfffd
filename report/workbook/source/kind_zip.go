package source

import (
	"archive/zip"
	"io"
	"path"
	"sort"
	"strings"
)

// packageIdentity tells the xlsx family from everything else that is a zip archive.
// An archive that cannot be opened is taken for a damaged workbook.
func packageIdentity(file io.ReaderAt, size int64) identity {
	r, err := zip.NewReader(file, size)
	if err != nil {
		return identity{kind: kindPackage}
	}
	parts := archive{}
	for _, f := range r.File {
		parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))] = f
	}
	switch {
	case parts.has("xl/workbook.bin") && !parts.has("xl/workbook.xml"):
		return convertible(CodeFileBinary, "", ".xlsb")
	case parts.has("mimetype") || parts.has("content.xml"):
		return parts.openDocument()
	case parts.has("xl/workbook.xml"):
		return identity{kind: kindPackage}
	case parts.has("word/document.xml"):
		return other("Word")
	case parts.has("ppt/presentation.xml"):
		return other("PowerPoint")
	case parts.has("visio/document.xml"):
		return other("Visio")
	case parts.has("index/document.iwa"), parts.has("index.zip"):
		return other("Numbers, Pages, Keynote")
	case parts.has("[content_types].xml") && !strings.Contains(parts.text("[content_types].xml"), "word"):
		return identity{kind: kindPackage} // its workbook may have another name
	}
	if inside := parts.workbooks(); len(inside) > 0 {
		return foreign(CodeFileArchive, strings.Join(inside, ", "))
	}
	return other("ZIP")
}

// archive holds the files of a zip archive by their names in small letters.
type archive map[string]*zip.File

func (a archive) has(name string) bool { return a[name] != nil }

// text returns the beginning of a file, "" when it cannot be read.
func (a archive) text(name string) string {
	if a[name] == nil {
		return ""
	}
	r, err := a[name].Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	head, _ := io.ReadAll(io.LimitReader(r, 1<<20))
	return string(head)
}

// openDocument tells the spreadsheets among the OpenDocument files.
func (a archive) openDocument() identity {
	mime := strings.TrimSpace(a.text("mimetype"))
	id := identity{}
	switch {
	case strings.Contains(mime, "opendocument.spreadsheet-template"):
		id = convertible(CodeFileODS, ".ots", ".ots")
	case strings.Contains(mime, "opendocument.spreadsheet"), mime == "":
		id = convertible(CodeFileODS, ".ods", ".ods")
	case strings.Contains(mime, "sun.xml.calc"):
		id = convertible(CodeFileODS, ".sxc", ".sxc")
	case strings.Contains(mime, "opendocument.text"):
		return other("OpenDocument, text")
	case strings.Contains(mime, "opendocument.presentation"):
		return other("OpenDocument, presentation")
	case strings.Contains(mime, "epub"):
		return other("EPUB")
	default:
		return other("ZIP")
	}
	if strings.Contains(a.text("meta-inf/manifest.xml"), "encryption-data") {
		return foreign(CodeFileLocked, id.name)
	}
	return id
}

// archivedShown is how many workbooks of an archive are named.
const archivedShown = 5

// workbooks names the workbooks and tables inside an archive.
func (a archive) workbooks() []string {
	var names []string
	for name, f := range a {
		base := path.Base(name)
		if strings.HasPrefix(base, "~$") || strings.HasPrefix(base, "._") {
			continue
		}
		switch path.Ext(name) {
		case ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".csv", ".tsv":
			names = append(names, f.Name)
		}
	}
	sort.Strings(names)
	if len(names) > archivedShown {
		names = append(names[:archivedShown], "...")
	}
	return names
}
