package source

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// workbookPart is what is read of the workbook part.
type workbookPart struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		ID    string `xml:"id,attr"`
		State string `xml:"state,attr"`
	} `xml:"sheets>sheet"`
	Names []struct {
		Name string `xml:"name,attr"`
		Text string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

// mainParts are the content of other packages that users take for workbooks.
var mainParts = []struct{ part, code, name string }{
	{"xl/workbook.bin", CodeFileBinary, ""},
	{"word/document.xml", CodeFileOther, "Word"},
	{"ppt/presentation.xml", CodeFileOther, "PowerPoint"},
	{"content.xml", CodeFileODS, ""},
	{"index/document.iwa", CodeFileOther, "Numbers"},
}

// readXLSX reads a workbook of the xlsx family into grids.
func readXLSX(data []byte) grid.Book {
	var book grid.Book
	p, err := newPack(data)
	if err != nil {
		book.Add(CodeFileDamaged, dataset.Stop, dataset.Ref{})
		return book
	}
	main := related(p.relations(""), "officeDocument")
	if main == "" || !p.has(main) {
		main = "xl/workbook.xml"
	}
	for _, other := range mainParts {
		if p.has(other.part) && (!p.has(main) || other.part == main) {
			book.Add(other.code, dataset.Stop, dataset.Ref{}, dataset.Str("("+other.name+")"))
			return book
		}
	}
	if !p.has(main) {
		book.Add(CodeFileOther, dataset.Stop, dataset.Ref{}, dataset.Str("(ZIP)"))
		return book
	}
	var part workbookPart
	if err := p.decode(main, &part); err != nil {
		book.Add(damageCode(err, CodeFileDamaged), dataset.Stop, dataset.Ref{})
		return book
	}
	book.Format = "xlsx"
	if p.has(path.Join(path.Dir(main), "vbaProject.bin")) {
		book.Format = "xlsm"
	}
	readSheets(&book, p, main, part)
	return book
}

func readSheets(book *grid.Book, p *pack, main string, part workbookPart) {
	relations := p.relations(main)
	shared, err := readStrings(p, related(relations, "sharedStrings"))
	if err != nil {
		book.Add(damageCode(err, CodeFileDamaged), dataset.Stop, dataset.Ref{})
		return
	}
	target := map[string]relation{}
	for _, r := range relations {
		target[r.ID] = r
	}
	s := &sheetReader{
		shared: shared, styles: readStyles(p, related(relations, "styles")),
		date1904: part.Properties.Date1904 == "1" || part.Properties.Date1904 == "true",
	}
	for _, sheet := range part.Sheets {
		r := target[sheet.ID]
		if path.Base(r.Type) != "worksheet" {
			continue // chart, dialog and macro sheets hold no cells
		}
		g := grid.Grid{Sheet: sheet.Name, Hidden: strings.EqualFold(sheet.State, "hidden") || strings.EqualFold(sheet.State, "veryHidden")}
		markOurs(&g, part)
		if !p.has(r.Target) {
			book.Add(CodeSheetMissing, dataset.Error, dataset.Ref{Sheet: sheet.Name})
			continue
		}
		b := grid.NewBuilder(g)
		if err := s.read(p, r.Target, b); err != nil {
			book.Add(damageCode(err, CodeSheetDamaged), dataset.Stop, dataset.Ref{Sheet: sheet.Name, Row: s.row})
		}
		book.Grids = append(book.Grids, b.Grid())
	}
}

// damageCode returns the code for an error of reading: a limit, entities, or
// the given one.
func damageCode(err error, otherwise string) string {
	switch {
	case errors.Is(err, errInflated), errors.Is(err, errCells):
		return CodeFileTooLarge
	case errors.Is(err, errUnsafe):
		return CodeFileUnsafe
	}
	return otherwise
}

// markOurs sets what the defined names of an annotated workbook say about a sheet.
func markOurs(g *grid.Grid, part workbookPart) {
	for _, n := range part.Names {
		name := strings.ToLower(n.Name)
		sheet, area, ok := grid.ParseReference(n.Text)
		if !ok || sheet != g.Sheet {
			continue
		}
		switch {
		case name == "valuebook_block":
			g.Ignore = area
		case strings.HasPrefix(name, "valuebook_sheet_"):
			g.Ours = true
		}
	}
}

// readStrings reads the table of shared strings.
func readStrings(p *pack, part string) ([]string, error) {
	if part == "" || !p.has(part) {
		return nil, nil
	}
	r, err := p.open(part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var table []string
	d := newDecoder(r)
	text := textReader{}
	for depth := 0; ; {
		token, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return table, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			text.start(t.Name.Local)
		case xml.EndElement:
			depth--
			text.end(t.Name.Local)
			if t.Name.Local == "si" {
				table = append(table, text.take())
			}
			if len(table) > maxStrings {
				return nil, errCells
			}
		case xml.CharData:
			text.add(t)
		case xml.Directive:
			return nil, errUnsafe
		}
	}
}

// A textReader collects the text of a string item: plain or in runs, without
// the phonetic hints of Japanese.
type textReader struct {
	text   []byte
	inText bool
	hint   int
}

func (t *textReader) start(name string) {
	switch name {
	case "t":
		t.inText = t.hint == 0
	case "rPh":
		t.hint++
	}
}

func (t *textReader) end(name string) {
	switch name {
	case "t":
		t.inText = false
	case "rPh":
		t.hint--
	}
}

func (t *textReader) add(data []byte) {
	if t.inText && len(t.text) < maxTextBytes {
		t.text = append(t.text, data...)
	}
}

func (t *textReader) take() string {
	s := unescape(string(t.text))
	t.text, t.inText, t.hint = t.text[:0], false, 0
	return s
}

// unescape turns the spreadsheet's _x000D_ into the character it stands for.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if code, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				out.WriteRune(rune(code))
				i += 7
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}
