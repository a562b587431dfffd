package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"sort"
	"strings"
	"time"
)

// zipTime is the date of every part, so that one plan gives one file.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Save writes the book. The spreadsheet library cannot store a formula
// together with a typed result, so the sheets' parts are completed on the way
// out; every other part goes out as the library made it.
func (b *Book) Save(w io.Writer) error {
	if err := b.drawCharts(); err != nil {
		return err
	}
	buffer, err := b.File.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("sheets: save: %w", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(buffer.Bytes()), int64(buffer.Len()))
	if err != nil {
		return fmt.Errorf("sheets: save: %w", err)
	}
	names, err := sheetParts(archive)
	if err != nil {
		return fmt.Errorf("sheets: save: %w", err)
	}
	out := zip.NewWriter(w)
	for _, part := range ordered(archive.File) {
		if err := b.copyPart(out, part, names[part.Name]); err != nil {
			return fmt.Errorf("sheets: save %s: %w", part.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("sheets: save: %w", err)
	}
	return nil
}

// ordered sorts the parts as other programs write them: content types and
// relations first.
func ordered(files []*zip.File) []*zip.File {
	sorted := append([]*zip.File(nil), files...)
	first := func(name string) int {
		switch {
		case name == "[Content_Types].xml":
			return 0
		case name == "_rels/.rels":
			return 1
		case strings.HasPrefix(name, "xl/workbook"):
			return 2
		}
		return 3
	}
	sort.SliceStable(sorted, func(i, j int) bool {
		a, b := sorted[i].Name, sorted[j].Name
		if first(a) != first(b) {
			return first(a) < first(b)
		}
		return a < b
	})
	return sorted
}

// copyPart writes one part; sheet is the sheet's name for a sheet's part that
// we wrote to.
func (b *Book) copyPart(out *zip.Writer, part *zip.File, sheet string) error {
	planned := b.plan[sheet]
	isTypes := part.Name == "[Content_Types].xml"
	if len(planned) == 0 && !isTypes {
		header := part.FileHeader
		header.Modified, header.Extra = zipTime, nil
		//lint:ignore SA1019 a raw copy takes the date from these fields alone
		header.ModifiedTime, header.ModifiedDate = 0, 0x21 // 1 January 1980
		raw, err := part.OpenRaw()
		if err != nil {
			return err
		}
		to, err := out.CreateRaw(&header)
		if err != nil {
			return err
		}
		_, err = io.Copy(to, raw)
		return err
	}
	data, err := readPart(part)
	if err != nil {
		return err
	}
	if isTypes {
		data = sortTypes(data)
	} else if data, err = fillFormulas(data, planned); err != nil {
		return err
	} else {
		data = fillIcons(data, b.icons[sheet])
	}
	to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: zipTime})
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}

func readPart(part *zip.File) ([]byte, error) {
	from, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return io.ReadAll(from)
}

var (
	sheetElement    = regexp.MustCompile(`<sheet\s[^>]*>`)
	relationElement = regexp.MustCompile(`<Relationship\s[^>]*>`)
	typeElement     = regexp.MustCompile(`<(?:Override|Default)\s[^>]*?(?:/>|></(?:Override|Default)>)`)
)

// attribute returns the value of an attribute of an element, unescaped.
func attribute(element []byte, name string) string {
	at := bytes.Index(element, []byte(" "+name+`="`))
	if at < 0 {
		return ""
	}
	rest := element[at+len(name)+3:]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return ""
	}
	return unescape(string(rest[:end]))
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&apos;", "'", "&#39;", "'",
	"&#xA;", "\n", "&#x9;", "\t", "&#xD;", "\r", "&amp;", "&")

func unescape(text string) string {
	if strings.IndexByte(text, '&') < 0 {
		return text
	}
	return entities.Replace(text)
}

// sheetParts returns the sheet's name of each sheet's part.
func sheetParts(archive *zip.Reader) (map[string]string, error) {
	var workbook, relations []byte
	for _, part := range archive.File {
		var err error
		switch part.Name {
		case "xl/workbook.xml":
			workbook, err = readPart(part)
		case "xl/_rels/workbook.xml.rels":
			relations, err = readPart(part)
		}
		if err != nil {
			return nil, err
		}
	}
	targets := map[string]string{}
	for _, element := range relationElement.FindAll(relations, -1) {
		target := attribute(element, "Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join("xl", target)
		}
		targets[attribute(element, "Id")] = target
	}
	names := map[string]string{}
	for _, element := range sheetElement.FindAll(workbook, -1) {
		names[targets[attribute(element, "r:id")]] = attribute(element, "name")
	}
	return names, nil
}

// sortTypes orders the content types, whose order the library leaves to
// chance.
func sortTypes(data []byte) []byte {
	elements := typeElement.FindAllIndex(data, -1)
	if len(elements) == 0 {
		return data
	}
	texts := make([]string, len(elements))
	for i, e := range elements {
		texts[i] = string(data[e[0]:e[1]])
	}
	sort.Strings(texts) // "<Default" before "<Override"
	out := append([]byte(nil), data[:elements[0][0]]...)
	out = append(out, strings.Join(texts, "")...)
	return append(out, data[elements[len(elements)-1][1]:]...)
}
