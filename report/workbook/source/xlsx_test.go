package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/workbook/grid"
	"valuebook/samples/golden"
)

const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

// packageOf makes a workbook of one sheet from its XML and that of its strings.
func packageOf(t testing.TB, sheet, shared string) []byte {
	t.Helper()
	types := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", relations + `<Relationship Id="r1" Type="` + types + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations + `<Relationship Id="r1" Type="` + types + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + types + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + shared + `</sst>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + sheet + `</worksheet>`},
	} {
		to, err := w.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func codes(book grid.Book) string {
	var out []string
	for _, f := range book.Findings {
		out = append(out, f.Code+" "+f.Ref.String())
	}
	return strings.Join(out, ", ")
}

func TestKindsOfCells(t *testing.T) {
	sheet := `<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" t="s"><v>0</v></c><c r="D1" t="e"><v>#DIV/0!</v></c>` +
		`<c r="E1" t="b"><v>1</v></c><c r="F1"><v>-0.25</v></c><c r="G1"><v>1E3</v></c><c r="H1"><v>0x10</v></c><c r="I1"><f>A1</f></c><c r="J1" t="d"><v>2026-10-01</v></c>` +
		`<c r="K1" t="str"><f>A1</f><v>a_x000A_b</v></c><c r="L1"><v>12345678901234567</v></c><c r="M1" t="b"/></row></sheetData>`
	book := Open("b.xlsx", packageOf(t, sheet, `<si><t> </t></si><si><t>text</t></si><si><t>#N/A</t></si>`), Options{})
	if len(book.Findings) > 0 || len(book.Grids) != 1 {
		t.Fatal(codes(book))
	}
	var got []string
	for c := range book.Grids[0].RowAt(0).Cells() {
		got = append(got, fmt.Sprintf("%d:%d:%s", c.Col, c.Kind, c))
	}
	want := "1:2:text 2:4:#N/A 4:4:#DIV/0! 5:3:TRUE 6:1:-0.25 7:1:1000 8:2:0x10 9:0: 10:5:2026-10-01 11:2:a\nb 12:1:1.2345678901234568e+16"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestUnusualSheetsAreReadAround(t *testing.T) {
	sheet := `<sheetData><unknown/><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>4.5</v></c><c r="C1" t="b"><v>1</v></c></row></sheetData>`
	book := Open("b.xlsx", packageOf(t, sheet, `<si><t>text</t></si>`), Options{})
	if codes(book) != "sheet-other-reader Data" || len(book.Fallback) != 1 {
		t.Fatalf("findings %s", codes(book))
	}
	row := book.Grids[0].Row(1)
	if row.At(1).Text != "text" || row.At(2).Num != 4.5 || row.At(3).String() != "TRUE" {
		t.Errorf("got %v %v %v", row.At(1), row.At(2), row.At(3))
	}
	broken := strings.Replace(sheet, "</sheetData>", "", 1)
	if book := Open("b.xlsx", packageOf(t, broken, `<si><t>text</t></si>`), Options{}); !strings.HasPrefix(codes(book), CodeSheetDamaged) {
		t.Errorf("a broken one: findings %s", codes(book))
	}
}

func TestLimits(t *testing.T) {
	var merges, far strings.Builder
	for row := 1; row <= 50_000; row++ {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:B%d"/>`, row, row)
	}
	for row := 1; row <= 3000; row++ {
		fmt.Fprintf(&far, `<row r="%d"><c r="XFD%d"><v>%d</v></c></row>`, row*300, row*300, row)
	}
	for name, test := range map[string]struct{ sheet, want string }{
		"50,000 merged ranges":    {`<sheetData><row r="1"><c><v>1</v></c></row></sheetData><mergeCells>` + merges.String() + `</mergeCells>`, ""},
		"the last column":         {`<sheetData>` + far.String() + `</sheetData>`, ""},
		"beyond the last column":  {`<sheetData><row r="7"><c r="XFE7"><v>1</v></c></row></sheetData>`, "sheet-damaged Data!7"},
		"string beyond the table": {`<sheetData><row r="3"><c t="s"><v>1</v></c></row></sheetData>`, "sheet-damaged Data!3"},
		"nesting":                 {strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300), "file-nested Data"},
		"inflates 1:1000":         {`<sheetData/>` + strings.Repeat(" ", 200<<20), "file-inflates "},
	} {
		book := Open("b.xlsx", packageOf(t, test.sheet, `<si><t>a</t></si>`), Options{})
		if codes(book) != test.want {
			t.Errorf("%s: findings %q, want %q", name, codes(book), test.want)
		}
	}
}

// TestPracticeEqualsOtherReader holds the cells of the practice workbooks against those that the spreadsheet library reads.
func TestPracticeEqualsOtherReader(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(golden.Practice(t), "workbooks", "*", "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, error %v", len(files), err)
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.Size() > 1<<20 {
			continue // the library takes too long
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		book := Open(filepath.Base(file), data, Options{})
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			continue
		}
		for i := range book.Grids {
			compareSheet(t, f, &book.Grids[i])
		}
		_ = f.Close()
	}
}

func compareSheet(t *testing.T, f *excelize.File, g *grid.Grid) {
	t.Helper()
	rows, err := f.GetRows(g.Sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Errorf("sheet %d: %v", g.Len(), err)
		return
	}
	wrong := 0
	for r, texts := range rows {
		for c, text := range texts {
			cell := g.At(r+1, c+1)
			if g.Ours || g.Ignore.Holds(r+1, c+1) || sameCell(cell, text) {
				continue
			}
			if wrong++; wrong < 4 {
				t.Errorf("sheet of %d rows, row %d column %d: kind %d %q, the library has %q", g.Len(), r+1, c+1, cell.Kind, cell, text)
			}
		}
	}
}

func sameCell(cell grid.Cell, text string) bool {
	switch cell.Kind {
	case grid.Empty:
		return strings.TrimSpace(text) == ""
	case grid.Number, grid.Date:
		x, err := strconv.ParseFloat(text, 64)
		return err == nil && (x == cell.Num || x+1462 == cell.Num)
	case grid.Bool:
		return text == cell.String() || text == strconv.Itoa(int(cell.Num))
	}
	return text == cell.Text || strings.ReplaceAll(text, "\r\n", "\n") == strings.ReplaceAll(cell.Text, "\r\n", "\n")
}

// FuzzParseFloat holds that the quick way to a number gives what strconv gives, to the last bit.
func FuzzParseFloat(f *testing.F) {
	for _, seed := range []string{"0", "-0", "4.1", "123456789012345", "0.000000000000001", "1e5", "-.5", "5.", "1_0", "0x1p3", "Inf", "999999999999999.9", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseFloat([]byte(text))
		want, err := strconv.ParseFloat(text, 64)
		if ok && (err != nil || math.Float64bits(got) != math.Float64bits(want)) {
			t.Fatalf("%q: %v, want %v (%v)", text, got, want, err)
		}
		if plain := strings.Trim(text, "0123456789.-+eE") == ""; !ok && plain && err == nil && !math.IsInf(want, 0) {
			t.Fatalf("%q: refused, want %v", text, want)
		}
	})
}
