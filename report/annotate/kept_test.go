package annotate

import (
	"fmt"
	"strings"
	"testing"

	"valuebook/report/workbook/parts"
)

// A feature is something of the user's that the splice must leave as it is.
type feature struct {
	sheet    map[string]string // element of the worksheet -> what stands in front of it there
	parts    map[string]string
	types    string // overrides of content types
	related  string // relations of the sheet
	workbook string // relations of the workbook
	ext      string
}

const relationType = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

// features are workbooks that saving by a library damages.
func features() map[string]feature {
	var merges strings.Builder
	merges.WriteString(`<mergeCells count="50000">`)
	for i := range 50000 {
		fmt.Fprintf(&merges, `<mergeCell ref="A%[1]d:B%[1]d"/>`, 100+i)
	}
	merges.WriteString(`</mergeCells>`)
	const before = "</worksheet>"
	return map[string]feature{
		"macros": {ext: ".xlsm", parts: map[string]string{"xl/vbaProject.bin": "\x00macro\x01"},
			types:    `<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>`,
			workbook: `<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>`},
		"pivot and slicer": {
			parts: map[string]string{"xl/pivotTables/pivotTable1.xml": `<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="P"/>`,
				"xl/pivotCache/pivotCacheDefinition1.xml": `<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`,
				"xl/slicers/slicer1.xml":                  `<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/>`},
			related: `<Relationship Id="rIdP" ` + relationType + `pivotTable" Target="../pivotTables/pivotTable1.xml"/>` +
				`<Relationship Id="rIdS" Type="http://schemas.microsoft.com/office/2007/relationships/slicer" Target="../slicers/slicer1.xml"/>`,
			workbook: `<Relationship Id="rIdPC" ` + relationType + `pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition1.xml"/>`,
			sheet: map[string]string{`<extLst><ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:slicerList>` +
				`<x14:slicer xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdS"/></x14:slicerList></ext></extLst>`: before}},
		"image": {parts: map[string]string{"xl/drawings/drawing1.xml": `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>`, "xl/media/image1.png": "\x89PNG"},
			types:   `<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>`,
			related: `<Relationship Id="rIdD" ` + relationType + `drawing" Target="../drawings/drawing1.xml"/>`,
			sheet:   map[string]string{`<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdD"/>`: before}},
		"control": {parts: map[string]string{"xl/ctrlProps/ctrlProp1.xml": `<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Button"/>`},
			related: `<Relationship Id="rIdK" ` + relationType + `ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/>`,
			sheet: map[string]string{`<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><controls>` +
				`<control xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" shapeId="1025" r:id="rIdK" name="Button 1"/></controls></mc:Choice></mc:AlternateContent>`: before}},
		"external link": {parts: map[string]string{"xl/externalLinks/externalLink1.xml": `<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`},
			workbook: `<Relationship Id="rIdE" ` + relationType + `externalLink" Target="externalLinks/externalLink1.xml"/>`},
		"data model": {parts: map[string]string{"xl/model/item.data": "\x00model", "xl/connections.xml": `<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`, "customXml/item1.xml": "<a/>"},
			types:    `<Default Extension="data" ContentType="application/vnd.openxmlformats-officedocument.model+data"/>`,
			workbook: `<Relationship Id="rIdW" Type="http://schemas.microsoft.com/office/2011/relationships/powerPivotData" Target="model/item.data"/>`},
		"50,000 merges": {sheet: map[string]string{merges.String(): before}},
		"protected, right to left, grouped": {sheet: map[string]string{
			`<cols><col min="1" max="60" width="14" outlineLevel="1" hidden="1" customWidth="1"/></cols>`: "<sheetData>",
			`<sheetProtection sheet="1" objects="1" scenarios="1" password="83AF"/>`:                      before,
			`<autoFilter ref="A3:F9"/>`: before,
			`<conditionalFormatting sqref="A1:XFD9"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>`: before}},
	}
}

// with puts a feature into a workbook.
func (f feature) with(t testing.TB, input []byte) []byte {
	t.Helper()
	const main, rels, sheetRels = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"
	replace := map[string][]byte{}
	sheet := read(t, input, main)
	for _, element := range orderedElements(f.sheet) {
		if f.sheet[element] == "<sheetData>" {
			sheet = strings.Replace(sheet, "<sheetData>", element+"<sheetData>", 1)
			continue
		}
		at := placeAfter(sheet, element)
		sheet = sheet[:at] + element + sheet[at:]
	}
	sheet = strings.Replace(sheet, `<sheetView `, `<sheetView rightToLeft="1" `, 1)
	replace[main] = []byte(sheet)
	replace[rels] = []byte(strings.Replace(read(t, input, rels), "</Relationships>", f.workbook+"</Relationships>", 1))
	types := strings.Replace(read(t, input, parts.TypesName), "</Types>", f.types+"</Types>", 1)
	if f.ext == ".xlsm" {
		types = strings.Replace(types, "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main", 1)
	}
	replace[parts.TypesName] = []byte(types)
	if f.related != "" {
		replace[sheetRels] = []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + f.related + `</Relationships>`)
	}
	for name, data := range f.parts {
		replace[name] = []byte(data)
	}
	return rezip(t, input, replace)
}

// orderedElements puts elements of a worksheet into the order of the format.
func orderedElements(of map[string]string) []string {
	var out []string
	for _, name := range []string{"<cols", "<sheetProtection", "<autoFilter", "<mergeCells", "<conditionalFormatting", "<drawing", "<mc:AlternateContent", "<extLst"} {
		for element := range of {
			if strings.HasPrefix(element, name) {
				out = append(out, element)
			}
		}
	}
	return out
}

// placeAfter returns where an element goes: the library writes page margins
// behind the rows, which only some of ours may stand behind.
func placeAfter(sheet, element string) int {
	if margins := strings.Index(sheet, "<pageMargins"); margins >= 0 && (strings.HasPrefix(element, "<sheetProtection") || strings.HasPrefix(element, "<autoFilter") || strings.HasPrefix(element, "<mergeCells") || strings.HasPrefix(element, "<conditional")) {
		return margins
	}
	return strings.Index(sheet, "</worksheet>")
}

// TestFeaturesStay holds that everything that a user's workbook can hold is
// there after the splice, byte for byte, and again after a second run.
func TestFeaturesStay(t *testing.T) {
	for name, f := range features() {
		t.Run(name, func(t *testing.T) {
			b := wide(t, exampleData())
			input := f.with(t, b.bytes(t))
			ext := f.ext
			if ext == "" {
				ext = ".xlsx"
			}
			output, found := deliveries(t, b, input, ext)
			if found != "" {
				t.Fatalf("not spliced: %s", found)
			}
			for range 2 {
				before, err := parts.Open(input)
				must(t, err)
				for _, part := range before.Names() {
					if _, ours := f.parts[part]; ours && read(t, output, part) != f.parts[part] {
						t.Errorf("part %s changed", part)
					}
				}
				sheet := read(t, output, "xl/worksheets/sheet1.xml")
				for element := range f.sheet {
					if !strings.Contains(sheet, element) && !strings.HasPrefix(element, "<cols") {
						t.Errorf("the sheet lacks %.80s", element)
					}
				}
				if !strings.Contains(sheet, `rightToLeft="1"`) {
					t.Error("the direction changed")
				}
				if !strings.Contains(read(t, output, "xl/_rels/workbook.xml.rels"), f.workbook) {
					t.Error("the workbook lacks a relation")
				}
				output, found = deliveries(t, b, output, ext)
				if found != "" {
					t.Fatalf("the second run: %s", found)
				}
			}
		})
	}
}

// TestReadOnlyRecommended holds that a workbook which asks to be opened for
// reading only is annotated, and still asks.
func TestReadOnlyRecommended(t *testing.T) {
	const element = `<fileSharing readOnlyRecommended="1" userName="Ada"/>`
	b := wide(t, exampleData())
	input := change(t, b.bytes(t), "xl/workbook.xml", "<workbookPr", element+"<workbookPr")
	for range 2 {
		output, found := deliveries(t, b, input, ".xlsx")
		if found != "" || !strings.Contains(read(t, output, "xl/workbook.xml"), element) || blockOf(t, output).Col == 0 {
			t.Fatalf("%s: %s", found, read(t, output, "xl/workbook.xml"))
		}
		input = output
	}
}
