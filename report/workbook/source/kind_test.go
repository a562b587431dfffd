package source

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"valuebook/samples/golden"
)

// zipped makes an archive of files.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range files {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const compoundHead = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// compound is a damaged compound file: a head and the names of its streams.
func compound(streams ...string) []byte {
	data := []byte(compoundHead + strings.Repeat("\x00", 600))
	for _, s := range streams {
		data = append(data, utf16Name(s)...)
	}
	return data
}

// Every file is known by its content; its name plays no part but for the lock file.
func TestEveryKindHasItsFinding(t *testing.T) {
	dbf := append([]byte{0x03, 26, 5, 1, 1, 0, 0, 0, 65, 0, 11, 0}, make([]byte, 52)...)
	dbf = append(dbf, 0x0d)
	dbf = append(dbf, " 1234567890"...)
	for name, test := range map[string]struct {
		data         []byte
		code, detail string
	}{
		"empty.xlsx":    {nil, CodeFileEmpty, ""},
		"zeros.xlsx":    {make([]byte, 5000), CodeFileBlank, ""},
		"~$book.xlsx":   {[]byte("\x05owner"), CodeFileLock, ""},
		"excel2.xls":    {[]byte("\x09\x00\x04\x00\x02\x00\x10\x00rest"), CodeFileXLS, "Excel 2"},
		"excel3.xls":    {[]byte("\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00"), CodeFileXLS, "Excel 3"},
		"excel4.xls":    {[]byte("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00"), CodeFileXLS, "Excel 4"},
		"excel5.xls":    {compound("Book"), CodeFileXLS, "Excel 5/95"},
		"excel97.xlsx":  {compound("Workbook"), CodeFileXLS, "Excel 97-2003"},
		"secret.xlsx":   {compound("EncryptedPackage", "EncryptionInfo"), CodeFilePassword, ""},
		"rights.xlsx":   {compound("EncryptedPackage", "DRMEncryptedTransform"), CodeFileRights, ""},
		"cipher.xlsx":   {append(compound("EncryptedPackage"), `<keyData cipherAlgorithm="DES"`...), CodeFileCipher, "DES"},
		"rounds.xlsx":   {append(compound("EncryptedPackage"), `cipherAlgorithm="AES" spinCount="4000000000"`...), CodeFileDamaged, ""},
		"letter.doc":    {compound("WordDocument"), CodeFileOther, "(Word)"},
		"slides.ppt":    {compound("PowerPoint Document"), CodeFileOther, "(PowerPoint)"},
		"binary.xlsx":   {zipped(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}), CodeFileBinary, ""},
		"open.xlsx":     {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}), CodeFileODS, ".ods"},
		"old.sxc":       {zipped(t, map[string]string{"mimetype": "application/vnd.sun.xml.calc", "content.xml": "x"}), CodeFileODS, ".sxc"},
		"locked.ods":    {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<manifest:encryption-data/>"}), CodeFileLocked, ".ods"},
		"letter.odt":    {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}), CodeFileOther, "(OpenDocument, text)"},
		"letter.docx":   {zipped(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "x"}), CodeFileOther, "(Word)"},
		"slides.pptx":   {zipped(t, map[string]string{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "x"}), CodeFileOther, "(PowerPoint)"},
		"table.numbers": {zipped(t, map[string]string{"Index/Document.iwa": "x"}), CodeFileOther, "(Numbers, Pages, Keynote)"},
		"export.zip":    {zipped(t, map[string]string{"data/ratings.xlsx": "x", "readme.txt": "x"}), CodeFileArchive, "data/ratings.xlsx"},
		"photos.zip":    {zipped(t, map[string]string{"a.jpg": "x"}), CodeFileOther, "(ZIP)"},
		"flat.xml":      {[]byte(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`), CodeFileODS, ".fods"},
		"2003.xls":      {[]byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), CodeFileXML2003, ""},
		"feed.xml":      {[]byte(`<?xml version="1.0"?><rss></rss>`), CodeFileXML, ""},
		"login.xls":     {[]byte("<!DOCTYPE html><html><body>Please sign in</body></html>"), CodeFileHTML, ""},
		"mail.xls":      {[]byte("MIME-Version: 1.0\nX-Document-Type: Workbook\n"), CodeFileOther, "(MHTML)"},
		"table.slk":     {[]byte("ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K\"a\"\nC;Y1;X2;K5\nE\n"), CodeFileTable, "SYLK"},
		"table.dif":     {[]byte("TABLE\r\n0,1\r\n\"x\"\r\n"), CodeFileTable, "DIF"},
		"table.dbf":     {dbf, CodeFileTable, "dBase"},
		"table.wk1":     {[]byte("\x00\x00\x02\x00\x06\x04\x06\x00\x08\x00"), CodeFileTable, "Lotus 1-2-3"},
		"report.pdf":    {[]byte("%PDF-1.7\n..."), CodeFileOther, "(PDF)"},
		"photo.xlsx":    {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), CodeFileOther, "(JPEG)"},
		"data.json":     {[]byte(`[{"a": 1}]`), CodeFileOther, "(JSON)"},
		"cut.xlsx":      {[]byte("PK\x03\x04" + strings.Repeat("x", 300)), CodeFileDamaged, ""},
	} {
		book := Open(name, test.data, Options{})
		if len(book.Findings) != 1 || book.Findings[0].Code != test.code {
			t.Errorf("%s: %+v, want %s", name, book.Findings, test.code)
			continue
		}
		if args := book.Findings[0].Args; test.detail != "" && (len(args) == 0 || args[0].Text != test.detail) {
			t.Errorf("%s: %+v, want %q", name, args, test.detail)
		}
	}
}

// Tables in text that begin like files of other kinds.
func TestTextThatLooksLikeSomethingElse(t *testing.T) {
	for _, text := range []string{
		"ID;Preis;Service\n1;2;3\n4;5;6\n", "ID;P\n1;2\n", "BM,Price\nx,1\n", "MZ,b\n1,2\n", "RIFF;a\n1;2\n",
		"<5,>=5\n1,2\n3,4\n", "PK,b\n1,2\n", "{a},b\n1,2\n",
	} {
		if id := identify("x.csv", []byte(text)); id.kind != kindText {
			t.Errorf("%q: %+v", text, id)
		}
	}
}

// FuzzOpen opens any bytes: it ends with cells or with a finding, in bounded time and memory.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add(compound("Workbook"))
	f.Add(compound("EncryptedPackage", "EncryptionInfo"))
	f.Add([]byte("<table><tr><td rowspan=9 colspan=9>x<table>"))
	f.Add([]byte("\xff\xfea\x00,\x00\n\x00"))
	f.Add(zipped(f, map[string]string{
		"[Content_Types].xml": "<Types/>", "xl/workbook.xml": `<workbook><sheets><sheet name="S" r:id="r"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r" Type="/worksheet" Target="s.xml"/></Relationships>`,
		"xl/s.xml":                   `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
	}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<18 {
			return
		}
		golden.Bounded(t, func() {
			book := Open("fuzz.xlsx", data, Options{Password: "x"})
			if len(book.Grids) == 0 && len(book.Findings) == 0 && book.Format == "" {
				t.Error("neither cells nor a finding")
			}
			TextRecords(data, "")
		})
	})
}
