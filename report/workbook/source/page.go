package source

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/ianaindex"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readPage reads the tables of a web page, which many programs export under the ending
// of a workbook, onto one sheet: one below the other, with a blank row between.
func readPage(data []byte, sheet, encoding string) grid.Book {
	text := decodePage(data, encoding)
	book := grid.Book{Format: "html", Encoding: text.name}
	rows := pageRecords(text.text)
	if len(rows) == 0 {
		book.Add(CodeFileHTML, dataset.Stop, dataset.Ref{})
		return book
	}
	out := grid.NewBuilder(grid.Grid{Sheet: sheet, Delimiter: pageDelimiter})
	next := func() (fields []string, ok bool) {
		if len(rows) > 0 {
			fields, rows, ok = rows[0], rows[1:], true
		}
		return fields, ok
	}
	if !fillRows(out, next) {
		return grid.Book{Format: book.Format, Findings: []dataset.Finding{{Code: CodeFileTooLarge, Severity: dataset.Stop}}}
	}
	addEncoding(&book, sheet, text)
	book.Grids = []grid.Grid{out.Grid()}
	return book
}

// pageDelimiter stands for the edges of cells where a delimiter is asked for.
const pageDelimiter = '\t'

// charset finds the encoding that a page declares.
var charset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_-]+)`)

// decodePage returns the text of a page: in the encoding named, or in the one it declares
// when its bytes are not plainly UTF-8 or UTF-16.
func decodePage(data []byte, named string) decoded {
	text := decodeText(data, named)
	if named != "" || text.name == nameUTF8 || text.name == nameUTF16 {
		return text
	}
	declared := charset.FindSubmatch(data[:min(len(data), headSize)])
	if declared == nil {
		return text
	}
	label := string(declared[1])
	e, err := ianaindex.MIME.Encoding(label)
	if err != nil || e == nil {
		return text
	}
	decodedText, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return text
	}
	return decoded{text: string(decodedText), name: label}
}

// pageRecords returns the rows of all tables of a page.
func pageRecords(text string) [][]string {
	t := html.NewTokenizer(strings.NewReader(text))
	t.SetMaxBuf(1 << 20)
	p := &pageTables{}
	for {
		switch t.Next() {
		case html.ErrorToken:
			p.endRow()
			return p.rows
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start(t)
		case html.EndTagToken:
			name, _ := t.TagName()
			p.end(string(name))
		case html.TextToken:
			if p.inCell && p.silent == "" {
				p.cell.Write(t.Text())
			}
		}
	}
}

// pageTables collects the rows of a page.
type pageTables struct {
	rows   [][]string
	row    []string
	span   int // columns that the open cell takes
	below  []int
	down   int // rows that the open cell takes
	cell   strings.Builder
	inRow  bool
	inCell bool
	silent string // element whose text is not shown
	depth  int    // tables inside tables are part of a cell
}

// maxSpan is the largest span of a cell that is believed.
const maxSpan = 1000

func (p *pageTables) start(t *html.Tokenizer) {
	name, more := t.TagName()
	tag := string(name)
	switch tag {
	case "script", "style", "head", "title":
		p.silent = tag
	case "body", "table":
		p.silent = ""
		if tag == "table" {
			p.startTable()
		}
	case "tr":
		if p.depth <= 1 {
			p.endRow()
			p.inRow = true
		}
	case "td", "th":
		if p.depth <= 1 {
			p.endCell()
			p.inRow, p.inCell, p.span, p.down = true, true, 1, 1
			p.spans(t, more)
		}
	case "br", "p", "div", "li":
		if p.inCell && p.cell.Len() > 0 {
			p.cell.WriteByte('\n')
		}
	}
}

func (p *pageTables) startTable() {
	if p.inCell {
		p.depth++
		return
	}
	p.endRow()
	p.depth, p.below = 1, nil
	if len(p.rows) > 0 {
		p.rows = append(p.rows, []string{""})
	}
}

// spans reads how many columns and rows a cell takes.
func (p *pageTables) spans(t *html.Tokenizer, more bool) {
	for more {
		var key, value []byte
		key, value, more = t.TagAttr()
		n, err := strconv.Atoi(strings.TrimSpace(string(value)))
		if err != nil || n < 2 {
			continue
		}
		switch string(key) {
		case "colspan":
			p.span = min(n, maxSpan)
		case "rowspan":
			p.down = min(n, maxSpan)
		}
	}
}

func (p *pageTables) end(name string) {
	switch name {
	case p.silent:
		p.silent = ""
	case "table":
		if p.depth > 1 {
			p.depth--
			return
		}
		p.endRow()
		p.depth = 0
	case "tr":
		if p.depth <= 1 {
			p.endRow()
		}
	case "td", "th":
		if p.depth <= 1 {
			p.endCell()
		}
	}
}

// endCell puts the text of a cell at the next column that no cell from above takes.
func (p *pageTables) endCell() {
	if !p.inCell {
		return
	}
	p.skipTaken()
	text := strings.Join(strings.FieldsFunc(p.cell.String(), func(r rune) bool { return r == '\n' || r == '\r' }), "\n")
	p.row = append(p.row, strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " ")))
	for i := range p.span {
		for len(p.below) < len(p.row)+i {
			p.below = append(p.below, 0)
		}
		p.below[len(p.row)-1+i] = p.down
	}
	for range p.span - 1 {
		p.row = append(p.row, "")
	}
	p.cell.Reset()
	p.inCell = false
}

// skipTaken leaves out the columns that a cell of a row above takes.
func (p *pageTables) skipTaken() {
	for len(p.row) < len(p.below) && p.below[len(p.row)] > 0 && len(p.row) < grid.MaxCols {
		p.row = append(p.row, "")
	}
}

func (p *pageTables) endRow() {
	p.endCell()
	if p.inRow {
		p.skipTaken()
		p.rows = append(p.rows, p.row)
		for i := range p.below {
			p.below[i] = max(0, p.below[i]-1)
		}
	}
	p.row, p.inRow = nil, false
}
