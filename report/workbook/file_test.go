package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"valuebook/report/dataset"
	"valuebook/report/workbook/source"
)

// withNames adds defined names to a workbook.
func withNames(t *testing.T, data []byte, names map[string]string) []byte {
	t.Helper()
	return changed(t, data, func(f *excelize.File) {
		for name, refersTo := range names {
			must(t, f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo}))
		}
	})
}

func hideRow(t *testing.T, data []byte, sheet string, row int) []byte {
	t.Helper()
	return changed(t, data, func(f *excelize.File) { must(t, f.SetRowVisible(sheet, row, false)) })
}

func changed(t *testing.T, data []byte, change func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer f.Close()
	change(f)
	var buf bytes.Buffer
	must(t, f.Write(&buf))
	return buf.Bytes()
}

// rewritten copies a package with the parts changed; a part that becomes nil is left out.
func rewritten(t *testing.T, data []byte, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, part := range r.File {
		in, err := part.Open()
		must(t, err)
		content, err := io.ReadAll(in)
		must(t, err)
		if content = change(part.Name, content); content == nil {
			continue
		}
		out, err := w.Create(part.Name)
		must(t, err)
		_, err = out.Write(content)
		must(t, err)
	}
	must(t, w.Close())
	return buf.Bytes()
}

func wantStop(t *testing.T, d *dataset.Dataset, code string) {
	t.Helper()
	if len(d.Findings) == 0 || d.Findings[0].Code != code || d.Findings[0].Severity != dataset.Stop {
		t.Errorf("findings %v, want stop %s", found(d), code)
	}
	if len(d.Receipt.SHA256) != 64 || d.Receipt.File == "" {
		t.Errorf("receipt %q %q", d.Receipt.File, d.Receipt.SHA256)
	}
}

func TestWhatIsNoWorkbook(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	for name, test := range map[string]struct{ data, code string }{
		"empty.xlsx":    {"", source.CodeFileEmpty},
		"blank.csv":     {" \r\n\r\n", source.CodeFileEmpty},
		"~$book.xlsx":   {"\x05owner", source.CodeFileLock},
		"old.xls":       {ole + utf16Name("Workbook"), source.CodeFileXLS},
		"renamed.xlsx":  {ole + utf16Name("Workbook"), source.CodeFileXLS},
		"locked.xlsx":   {ole + utf16Name("EncryptedPackage"), source.CodeFilePassword},
		"letter.doc":    {ole + utf16Name("WordDocument"), source.CodeFileOther},
		"page.xlsx":     {"<html><body><p>Session expired</p></body></html>", source.CodeFileHTML},
		"page.xls":      {"\xef\xbb\xbf  <!DOCTYPE html><html></html>", source.CodeFileHTML},
		"sheet2003.xml": {`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, source.CodeFileXML2003},
		"report.pdf":    {"%PDF-1.7 ...", source.CodeFileOther},
		"data.json":     {`{"a": 1}`, source.CodeFileOther},
		"noise.bin":     {"\x01\x02\x03\x04\x00\x05\x06" + strings.Repeat("\x07\x08", 40), source.CodeFileOther},
		"cut.xlsx":      {"PK\x03\x04" + strings.Repeat("x", 300), source.CodeFileDamaged},
	} {
		t.Run(name, func(t *testing.T) { wantStop(t, ReadBytes(name, []byte(test.data), Options{}), test.code) })
	}
}

func TestOtherPackages(t *testing.T) {
	for part, code := range map[string]string{"word/document.xml": source.CodeFileOther, "xl/workbook.bin": source.CodeFileBinary, "content.xml": source.CodeFileODS, "readme.txt": source.CodeFileOther} {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		out, err := w.Create(part)
		must(t, err)
		_, err = out.Write([]byte("x"))
		must(t, err)
		must(t, w.Close())
		wantStop(t, ReadBytes("file.xlsx", buf.Bytes(), Options{}), code)
	}
}

func TestEncryptedWorkbook(t *testing.T) {
	plain := xlsxOf(t, survey("Benefit: Service [1-5]", 4, 5))
	f, err := excelize.OpenReader(bytes.NewReader(plain))
	must(t, err)
	defer f.Close()
	var buf bytes.Buffer
	must(t, f.Write(&buf, excelize.Options{Password: "geheim"}))
	if bytes.HasPrefix(buf.Bytes(), []byte("PK")) {
		t.Fatal("the test workbook is not encrypted")
	}
	wantStop(t, ReadBytes("b.xlsx", buf.Bytes(), Options{}), source.CodeFilePassword)
	wantStop(t, ReadBytes("b.xlsx", buf.Bytes(), Options{Password: "falsch"}), source.CodeFileWrongPass)
	d := ReadBytes("b.xlsx", buf.Bytes(), Options{Password: "geheim"})
	wantFindings(t, d)
	wantValues(t, rating(t, d, "Service"), 4, 5)
	broken := bytes.Clone(buf.Bytes())
	for i := len(broken) / 2; i < len(broken)/2+200; i++ {
		broken[i] ^= 0x5a
	}
	if d := ReadBytes("b.xlsx", broken[:len(broken)/2+300], Options{Password: "geheim"}); !dataset.Stopped(d.Findings) {
		t.Error("a damaged encrypted workbook is read")
	}
}

// A sheet that is cut off is never a short table.
func TestDamagedSheetsStop(t *testing.T) {
	var cells []any
	for i := 0; i < 40; i++ {
		cells = append(cells, 1+i%5)
	}
	whole := xlsxOf(t, survey("Benefit: Service [1-5]", cells...))
	const part = "xl/worksheets/sheet1.xml"
	edit := func(change func(xml string) string) []byte {
		return rewritten(t, whole, func(name string, content []byte) []byte {
			if name != part {
				return content
			}
			return []byte(change(string(content)))
		})
	}
	for name, test := range map[string]struct {
		data []byte
		code string
	}{
		"cut in the middle":       {edit(func(s string) string { return s[:len(s)/2] }), source.CodeSheetDamaged},
		"cut between two rows":    {edit(func(s string) string { return s[:strings.Index(s, `<row r="20"`)] }), source.CodeSheetDamaged},
		"row zero":                {edit(func(s string) string { return strings.Replace(s, `<row r="20"`, `<row r="0"`, 1) }), source.CodeSheetDamaged},
		"row beyond the last":     {edit(func(s string) string { return strings.Replace(s, `<row r="20"`, `<row r="9999999"`, 1) }), source.CodeSheetDamaged},
		"column beyond the last":  {edit(func(s string) string { return strings.Replace(s, `r="B20"`, `r="ZZZZ20"`, 1) }), source.CodeSheetDamaged},
		"rows that go back":       {edit(func(s string) string { return strings.Replace(s, `<row r="20"`, `<row r="19"`, 1) }), source.CodeSheetDamaged},
		"elements do not match":   {edit(func(s string) string { return strings.Replace(s, `</row>`, `</rov>`, 1) }), source.CodeSheetDamaged},
		"entities":                {edit(func(s string) string { return `<!DOCTYPE x [<!ENTITY a "aaaa">]>` + s }), source.CodeFileUnsafe},
		"string beyond the table": {edit(func(s string) string { return strings.Replace(s, `t="s"><v>0</v>`, `t="s"><v>999999</v>`, 1) }), source.CodeSheetDamaged},
		"empty part":              {edit(func(string) string { return "" }), source.CodeSheetDamaged},
	} {
		t.Run(name, func(t *testing.T) { wantStop(t, ReadBytes("b.xlsx", test.data, Options{}), test.code) })
	}
	missing := rewritten(t, whole, func(name string, content []byte) []byte {
		if name == part {
			return nil
		}
		return content
	})
	if d := ReadBytes("b.xlsx", missing, Options{}); !hasCode(d, source.CodeSheetMissing) || !dataset.Stopped(d.Findings) {
		t.Error(found(d))
	}
}

// The same sheet in the forms that other programs write gives the same values.
func TestFormsOfXML(t *testing.T) {
	whole := xlsxOf(t, survey("Benefit: Service [1-5]", 4, 5, 3))
	edit := func(change func(xml string) string) []byte {
		return rewritten(t, whole, func(name string, content []byte) []byte {
			if name != "xl/worksheets/sheet1.xml" {
				return content
			}
			return []byte(change(string(content)))
		})
	}
	strip := func(s, from, to string) string {
		for {
			i := strings.Index(s, from)
			if i < 0 {
				return s
			}
			k := i + len(from) + strings.Index(s[i+len(from):], to)
			s = s[:i] + s[k+len(to):]
		}
	}
	prefix := func(s string) string {
		for _, name := range []string{"worksheet", "sheetData", "row", "c", "v"} {
			for _, end := range []string{" ", ">", "/>"} {
				s = strings.ReplaceAll(s, "<"+name+end, "<x:"+name+end)
			}
			s = strings.ReplaceAll(s, "</"+name+">", "</x:"+name+">")
		}
		return strings.Replace(s, `xmlns="`, `xmlns:x="`, 1)
	}
	utf16 := func(s string) string {
		s = strings.Replace(s, `encoding="UTF-8"`, `encoding="UTF-16"`, 1)
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
		must(t, err)
		return out
	}
	for name, data := range map[string][]byte{
		"as written":         whole,
		"cells without r":    edit(func(s string) string { return strip(s, ` r="`, `"`) }),
		"namespace prefix":   edit(prefix),
		"UTF-16":             edit(utf16),
		"comments and CDATA": edit(func(s string) string { return strings.Replace(s, "<v>4</v>", "<!-- four --><v><![CDATA[4]]></v>", 1) }),
		"inline string": edit(func(s string) string {
			return strings.Replace(s, `t="s"><v>0</v>`, `t="inlineStr"><is><r><t>I</t></r><r><t>D</t></r><rPh><t>x</t></rPh></is>`, 1)
		}),
	} {
		t.Run(name, func(t *testing.T) {
			d := ReadBytes("b.xlsx", data, Options{})
			wantFindings(t, d)
			wantValues(t, rating(t, d, "Service"), 4, 5, 3)
		})
	}
}

func TestFormulasAndErrors(t *testing.T) {
	data := changed(t, xlsxOf(t, survey("Benefit: Service [1-5]", 4, 5, 3)), func(f *excelize.File) {
		must(t, f.SetCellFormula("Data", "B2", "1+2"))
		must(t, f.SetCellValue("Data", "B3", nil))
		must(t, f.SetCellFormula("Data", "B3", "1+2"))
	})
	data = rewritten(t, data, func(name string, content []byte) []byte {
		s := strings.Replace(string(content), `<v>3</v>`, `<v>#DIV/0!</v>`, -1)
		if name == "xl/worksheets/sheet1.xml" {
			s = strings.Replace(string(content), `<c r="B4"><v>3</v>`, `<c r="B4" t="e"><v>#DIV/0!</v>`, 1)
		}
		return []byte(s)
	})
	d := ReadBytes("b.xlsx", data, Options{})
	values := rating(t, d, "Service")
	if !hasCode(d, codeCellNoValue) || !hasCode(d, codeCellError) || len(values) != 3 {
		t.Errorf("%v %v\n%s", values, found(d), receiptText(d))
	}
}

func TestDataValidationGivesTheScale(t *testing.T) {
	data := changed(t, xlsxOf(t, survey("Benefit: Service", 4, 5, 3)), func(f *excelize.File) {
		v := excelize.NewDataValidation(true)
		v.Sqref = "B2:B100"
		must(t, v.SetRange(1, 7, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
		must(t, f.AddDataValidation("Data", v))
	})
	if s := ReadBytes("b.xlsx", data, Options{}).Attributes[0].Scale; s.Lo != 1 || s.Hi != 7 || s.Inferred {
		t.Errorf("scale %+v", s)
	}
}

func TestTextEncodings(t *testing.T) {
	rows := "Kunde;Nutzen: Qualität [1-5];Kosten: Preis [1-5]\r\nMüller;4,5;2\r\n\"Söhne; & \"\"Co\"\"\";3;1,5\r\n"
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(rows)
	must(t, err)
	big, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(rows)
	must(t, err)
	western, err := charmap.Windows1252.NewEncoder().String(rows)
	must(t, err)
	for name, text := range map[string]string{
		"utf-8": rows, "utf-8 with mark": "\xef\xbb\xbf" + rows, "utf-16 le": wide, "utf-16 be": big, "windows-1252": western,
		"line feeds": strings.ReplaceAll(rows, "\r\n", "\n"), "carriage returns": strings.ReplaceAll(rows, "\r\n", "\r"), "tabs": strings.ReplaceAll(strings.ReplaceAll(rows, ";", "\t"), "Söhne\t", "Söhne;"),
		"declared delimiter": "sep=;\r\n" + rows,
	} {
		t.Run(name, func(t *testing.T) {
			d := ReadBytes("umfrage.csv", []byte(text), Options{})
			wantValues(t, rating(t, d, "Qualität"), 4.5, 3)
			if d.Customers.ID[0] != "Müller" || d.Customers.ID[1] != `Söhne; & "Co"` {
				t.Errorf("%q", d.Customers.ID)
			}
			for _, f := range d.Findings {
				if f.Severity > dataset.Warning {
					t.Error(found(d))
				}
			}
		})
	}
}

func TestTextRows(t *testing.T) {
	rows := source.TextRecords([]byte("a,b\n\n\"x\ny\",2\n3"), "")
	if len(rows) != 4 || rows[2][0] != "x\ny" || rows[3][0] != "3" || len(rows[1]) != 1 {
		t.Errorf("%q", rows)
	}
	d := ReadBytes("x.csv", []byte("ID,Benefit: A [1-5],Cost: B [1-5]\n\n007,4,2\n8,5,\"3"), Options{})
	if d.Customers.ID[0] != "007" || d.Customers.Place.Rows[0] != 3 || !hasCode(d, source.CodeTextQuote) {
		t.Errorf("%v %v %v", d.Customers.ID, d.Customers.Place, found(d))
	}
}

func TestReadFromDisk(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "none.xlsx"), Options{}); err == nil {
		t.Error("a file that is not there gives no error")
	}
	folder, err := Read(t.TempDir(), Options{})
	must(t, err)
	if len(folder.Findings) != 1 || folder.Findings[0].Code != source.CodeFileFolder || folder.Findings[0].Severity != dataset.Stop {
		t.Errorf("a folder gives %v", found(folder))
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	must(t, os.WriteFile(path, xlsxOf(t, survey("Benefit: Service [1-5]", 4)), 0o600))
	d, err := Read(path, Options{})
	must(t, err)
	if d.Receipt.File != "book.xlsx" || d.Receipt.Format != "xlsx" || d.Receipt.Layout != dataset.LayoutWide {
		t.Errorf("%+v", d.Receipt)
	}
}

// utf16Name is the name of a stream as the directory of a compound file holds it.
func utf16Name(name string) string {
	var b []byte
	for i := 0; i < len(name); i++ {
		b = append(b, name[i], 0)
	}
	return string(b)
}
