// Package large writes workbooks with many customers, for tests and
// measurements.
package large

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Header lists the columns of a large workbook: six texts and nine numbers.
var Header = strings.Split("Customer ID,Name,Segment,Region,Country,Contact,Revenue,us Benefit: Quality,us Benefit: Service,us Cost: Price,us Cost: Effort,Rival A Benefit: Quality,Rival A Benefit: Service,Rival A Cost: Price,Rival A Cost: Effort", ",")

// texts returns the six texts of a customer of a large workbook: three of
// their own, and three that many share.
func texts(i int) [6]string {
	regions, countries := []string{"North", "East", "South", "West"}, []string{"Germany", "France", "Italy", "Spain", "Poland", "Austria"}
	return [6]string{
		fmt.Sprintf("C%07d", i), fmt.Sprintf("Customer %d & Sons", i), "Segment " + strconv.Itoa(i%8),
		regions[i%4], countries[i/7%6], fmt.Sprintf("purchasing%d@customer-%d.example", i%10, i),
	}
}

// number returns number k of the nine of a customer of a large workbook:
// revenue in cents, then ratings, every tenth with a half.
func number(i, k int) string {
	if k == 0 {
		return strconv.FormatFloat(float64((i*7919)%90_000_000)/100, 'f', -1, 64)
	}
	x := 1 + (i*31+k*17+i/13*k)%9
	if (i+k)%10 == 0 {
		return strconv.Itoa(x) + ".5"
	}
	return strconv.Itoa(x)
}

// A writer writes a workbook of many customers.
type writer struct {
	zip    *zip.Writer
	to     *bufio.Writer
	shared map[string]int // nil for inline texts
	table  []string
	err    error
}

// Write writes a workbook of many customers with 15 columns, for
// measurements, and returns the names of the parts that hold their cells. Texts
// stand in the cells, or in the table of shared ones.
func Write(to io.Writer, customers int, shared bool) (parts []string, err error) {
	w := &writer{zip: zip.NewWriter(to)}
	w.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, 6) })
	w.furniture()
	parts = []string{"xl/worksheets/sheet1.xml"}
	if shared {
		w.shared = map[string]int{}
	}
	w.part(parts[0], func() { w.sheet(customers) })
	if shared {
		parts = append(parts, "xl/sharedStrings.xml")
		w.part(parts[1], w.strings)
	}
	if w.err == nil {
		w.err = w.zip.Close()
	}
	return parts, w.err
}

// part writes one part.
func (w *writer) part(name string, write func()) {
	if w.err != nil {
		return
	}
	to, err := w.zip.Create(name)
	if w.err = err; err != nil {
		return
	}
	w.to = bufio.NewWriterSize(to, 1<<20)
	write()
	w.err = w.to.Flush() // an error of writing before stays until here
}

// The beginnings of addresses that the format is made of.
const (
	relationType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relationsHead = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// furniture writes the parts that do not hold cells.
func (w *writer) furniture() {
	text := func(text string) func() { return func() { w.to.WriteString(text) } }
	w.part("[Content_Types].xml", text(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`))
	w.part("_rels/.rels", text(relationsHead+`<Relationship Id="r1" Type="`+relationType+`officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	w.part("xl/workbook.xml", text(`<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`))
	w.part("xl/_rels/workbook.xml.rels", text(relationsHead+`<Relationship Id="r1" Type="`+relationType+`worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="`+relationType+`sharedStrings" Target="sharedStrings.xml"/></Relationships>`))
}

func (w *writer) sheet(customers int) {
	w.to.WriteString(`<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">`)
	for k, head := range Header {
		w.text(string(rune('A'+k))+"1", head)
	}
	w.to.WriteString("</row>")
	for i := range customers {
		row := strconv.Itoa(i + 2)
		fmt.Fprintf(w.to, `<row r="%s">`, row)
		for k, text := range texts(i) {
			w.text(string(rune('A'+k))+row, text)
		}
		for k := range 9 {
			fmt.Fprintf(w.to, `<c r="%c%s"><v>%s</v></c>`, 'G'+k, row, number(i, k))
		}
		w.to.WriteString("</row>")
	}
	w.to.WriteString("</sheetData></worksheet>")
}

func (w *writer) text(address, text string) {
	escaped := strings.ReplaceAll(text, "&", "&amp;")
	if w.shared == nil {
		fmt.Fprintf(w.to, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, address, escaped)
		return
	}
	n, known := w.shared[text]
	if !known {
		n = len(w.table)
		w.shared[text], w.table = n, append(w.table, escaped)
	}
	fmt.Fprintf(w.to, `<c r="%s" t="s"><v>%d</v></c>`, address, n)
}

func (w *writer) strings() {
	fmt.Fprintf(w.to, `<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, len(w.table))
	for _, text := range w.table {
		w.to.WriteString("<si><t>" + text + "</t></si>")
	}
	w.to.WriteString("</sst>")
}
