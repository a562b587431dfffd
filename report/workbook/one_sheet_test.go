package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"valuebook/samples/golden"
)

// exportLimit is how long the office program may take for one sheet: the largest practice sheets take minutes.
const exportLimit = 10 * time.Minute

// keepValues makes the office program take formulas' results as they are stored.
const keepValues = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value></prop></item>
</oor:items>`

// exportSheet returns a sheet of a workbook as another program writes it as text, each value as it is stored. The
// program gets the sheet alone: pivot tables and charts of others take it many minutes to build.
func exportSheet(t *testing.T, office, workbook, sheet string) []byte {
	t.Helper()
	out := t.TempDir()
	settings := filepath.Join(out, "profile", "user", "registrymodifications.xcu")
	must(t, os.MkdirAll(filepath.Dir(settings), 0o700))
	must(t, os.WriteFile(settings, []byte(keepValues), 0o600))
	alone := filepath.Join(out, "alone.xlsx")
	must(t, os.WriteFile(alone, aloneSheet(t, workbook, sheet), 0o600))
	profile := url.URL{Scheme: "file", Path: filepath.Join(out, "profile")}
	const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false"
	golden.Run(t, exportLimit, office, "-env:UserInstallation="+profile.String(), "--headless", "--norestore", "--convert-to", filter, "--outdir", out, alone)
	data, err := os.ReadFile(filepath.Join(out, "alone.csv"))
	must(t, err)
	return data
}

// Parts of a workbook with one sheet.
const (
	aloneTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sheet.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`
	aloneRoot  = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	aloneBook  = `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Alone" sheetId="1" r:id="rId1"/></sheets></workbook>`
	aloneRels  = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="sheet.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
)

// joins are what a sheet says of drawings, comments and tables, which are other parts, and of its formats by condition.
var joins = regexp.MustCompile(`(?s)<(?:x14:)?(?:drawing|legacyDrawing|legacyDrawingHF|picture|tableParts|hyperlinks|pageSetup|controls|oleObjects|conditionalFormatting|extLst)\b(?:[^>]*/>|.*?</(?:x14:)?(?:drawing|tableParts|hyperlinks|controls|oleObjects|conditionalFormatting|extLst)>)`)

// formulas are what cells are computed by, beside the values that are stored.
var formulas = regexp.MustCompile(`(?s)<f\b(?:[^>]*/>|.*?</f>)`)

// aloneSheet returns a workbook with one sheet of another, its cells byte by byte as they were but for formulas: over
// ten thousands of rows they take the office program many minutes, even when it keeps their values.
func aloneSheet(t *testing.T, workbook, sheet string) []byte {
	t.Helper()
	book, err := zip.OpenReader(workbook)
	must(t, err)
	defer book.Close()
	cells := partOf(t, book, sheetPart(t, book, sheet))
	if at := bytes.Index(cells, []byte("</sheetData>")); at >= 0 {
		cells = append(formulas.ReplaceAll(cells[:at], nil), joins.ReplaceAll(cells[at:], nil)...)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range []struct {
		name string
		data []byte
	}{
		{"[Content_Types].xml", []byte(aloneTypes)}, {"_rels/.rels", []byte(aloneRoot)}, {"xl/workbook.xml", []byte(aloneBook)}, {"xl/_rels/workbook.xml.rels", []byte(aloneRels)},
		{"xl/sheet.xml", cells}, {"xl/styles.xml", partOf(t, book, "xl/styles.xml")}, {"xl/sharedStrings.xml", partOf(t, book, "xl/sharedStrings.xml")},
	} {
		file, err := w.Create(part.name)
		must(t, err)
		_, err = file.Write(part.data)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

func partOf(t *testing.T, book *zip.ReadCloser, name string) []byte {
	t.Helper()
	file, err := book.Open(name)
	must(t, err)
	defer file.Close()
	data, err := io.ReadAll(file)
	must(t, err)
	return data
}

// sheetPart returns the name of the part that holds a sheet.
func sheetPart(t *testing.T, book *zip.ReadCloser, sheet string) string {
	t.Helper()
	var list struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	must(t, xml.Unmarshal(partOf(t, book, "xl/workbook.xml"), &list))
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	must(t, xml.Unmarshal(partOf(t, book, "xl/_rels/workbook.xml.rels"), &relations))
	for _, s := range list.Sheets {
		for _, r := range relations.All {
			if s.Name == sheet && r.ID == s.ID {
				return path.Join("xl", strings.TrimPrefix(r.Target, "/xl/"))
			}
		}
	}
	must(t, fmt.Errorf("no sheet %s", sheet))
	return ""
}
