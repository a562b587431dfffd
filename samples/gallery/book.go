package gallery

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A sheet is a grid as text, one line a row, cells between bars:
//
//	text      a text, a number where it reads as one
//	'4,5      a text, whatever it looks like
//	80%       0.8 with the format of per cent
//	@2026-1-31  a true date
//	=A1+1>5   a formula with its result
//	=A1+1     a formula without a result
//	#N/A      an error
//
// A line of bars alone is a blank row.
type sheet struct {
	name    string
	grid    string
	merges  []string
	hidden  []int // rows
	columns []int // hidden columns, counted from 1
}

// book returns sheets as an .xlsx file.
func book(sheets ...sheet) []byte { return bookOf(false, sheets) }

// book1904 returns sheets whose dates count from 1904.
func book1904(sheets ...sheet) []byte { return bookOf(true, sheets) }

func bookOf(from1904 bool, sheets []sheet) []byte {
	return bookWith(func(xml string) string { return xml }, from1904, sheets)
}

// bookWith returns sheets as an .xlsx file whose sheets were changed as XML.
func bookWith(change func(xml string) string, from1904 bool, sheets []sheet) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, content string) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write([]byte(xmlHead + content))
		}
		if err != nil {
			panic(err) // a buffer in memory takes everything
		}
	}
	var types, list, relations strings.Builder
	for i, s := range sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(s.name), n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, relationSpace, n)
	}
	put("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+types.String()+`</Types>`)
	put("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+relationSpace+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	properties := ""
	if from1904 {
		properties = `<workbookPr date1904="1"/>`
	}
	put("xl/workbook.xml", `<workbook xmlns="`+mainSpace+`" xmlns:r="`+relationSpace+`">`+properties+`<sheets>`+list.String()+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations.String()+
		`<Relationship Id="rStyles" Type="`+relationSpace+`/styles" Target="styles.xml"/></Relationships>`)
	put("xl/styles.xml", styles)
	for i, s := range sheets {
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), change(s.xml(from1904)))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	// Cell formats: 0 general, 1 a date, 2 per cent.
	styles = `<styleSheet xmlns="` + mainSpace + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/></cellXfs></styleSheet>`
)

func (s sheet) xml(from1904 bool) string {
	var out strings.Builder
	out.WriteString(`<worksheet xmlns="` + mainSpace + `">`)
	if len(s.columns) > 0 {
		out.WriteString("<cols>")
		for _, c := range s.columns {
			fmt.Fprintf(&out, `<col min="%d" max="%d" width="9" hidden="1"/>`, c, c)
		}
		out.WriteString("</cols>")
	}
	out.WriteString("<sheetData>")
	for i, cells := range s.rows() {
		s.writeRow(&out, i+1, cells, from1904)
	}
	out.WriteString("</sheetData>")
	if len(s.merges) > 0 {
		fmt.Fprintf(&out, `<mergeCells count="%d">`, len(s.merges))
		for _, m := range s.merges {
			fmt.Fprintf(&out, `<mergeCell ref="%s"/>`, m)
		}
		out.WriteString("</mergeCells>")
	}
	out.WriteString("</worksheet>")
	return out.String()
}

func (s sheet) writeRow(out *strings.Builder, row int, cells []string, from1904 bool) {
	hidden := ""
	for _, h := range s.hidden {
		if h == row {
			hidden = ` hidden="1"`
		}
	}
	fmt.Fprintf(out, `<row r="%d"%s>`, row, hidden)
	for k, text := range cells {
		if text != "" {
			out.WriteString(cellXML(letters(k+1)+strconv.Itoa(row), text, from1904))
		}
	}
	out.WriteString("</row>")
}

// rows takes the grid apart.
func (s sheet) rows() [][]string {
	var rows [][]string
	for _, line := range strings.Split(strings.Trim(s.grid, "\n"), "\n") {
		var cells []string
		for _, cell := range strings.Split(line, "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		rows = append(rows, cells)
	}
	return rows
}

func cellXML(ref, text string, from1904 bool) string {
	number := func(x float64, style int) string {
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, ref, style, strconv.FormatFloat(x, 'g', -1, 64))
	}
	switch {
	case text[0] == '@':
		if day, err := time.Parse("2006-1-2", text[1:]); err == nil {
			return number(serial(day, from1904), 1)
		}
	case text[0] == '#' && strings.ToUpper(text) == text:
		return fmt.Sprintf(`<c r="%s" t="e"><v>%s</v></c>`, ref, text)
	case text[0] == '=':
		formula, result, given := strings.Cut(text[1:], ">")
		if !given {
			return fmt.Sprintf(`<c r="%s"><f>%s</f></c>`, ref, escape(formula))
		}
		return fmt.Sprintf(`<c r="%s"><f>%s</f><v>%s</v></c>`, ref, escape(formula), result)
	case text[len(text)-1] == '%':
		if x, err := strconv.ParseFloat(text[:len(text)-1], 64); err == nil {
			return number(x/100, 2)
		}
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return number(x, 0)
	}
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, escape(strings.TrimPrefix(text, "'")))
}

// serial is a day as a spreadsheet counts it.
func serial(day time.Time, from1904 bool) float64 {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return day.Sub(first).Hours() / 24
}

func letters(col int) string {
	text := ""
	for ; col > 0; col = (col - 1) / 26 {
		text = string(rune('A'+(col-1)%26)) + text
	}
	return text
}

func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}
