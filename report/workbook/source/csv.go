package source

import (
	"math"
	"strconv"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readText reads a table in text: any common encoding, delimiter and quoting.
// The sheet has the given name; encoding names the encoding, "" to find it.
func readText(data []byte, sheet, encoding string) grid.Book {
	text := decodeText(data, encoding)
	delimiter, body := declaredDelimiter(text.text)
	if delimiter == 0 {
		delimiter = delimiterOf(body)
	}
	book := grid.Book{Format: "csv", Encoding: text.name}
	if delimiter == '\t' {
		book.Format = "tsv"
	}
	if prose(body, delimiter) {
		book.Add(CodeFileOther, dataset.Stop, dataset.Ref{}, dataset.Str("(plain text)"))
		return book
	}
	addEncoding(&book, sheet, text)
	if !strings.ContainsRune(string(usualDelimiters), delimiter) {
		book.Add(CodeTextDelimiter, dataset.Note, dataset.Ref{Sheet: sheet}, dataset.Str(strconv.QuoteRune(delimiter)))
	}
	out := grid.NewBuilder(grid.Grid{Sheet: sheet, Delimiter: delimiter})
	s := newSplitter(body, delimiter)
	if !fillRows(out, s.next) {
		return grid.Book{Format: book.Format, Findings: []dataset.Finding{{Code: CodeFileTooLarge, Severity: dataset.Stop}}}
	}
	addQuotes(&book, sheet, s)
	book.Grids = []grid.Grid{out.Grid()}
	return book
}

// fillRows puts rows of fields into a grid. It reports false when they are more than
// are read.
func fillRows(out *grid.Builder, next func() ([]string, bool)) bool {
	cells, number := 0, 0
	for fields, ok := next(); ok; fields, ok = next() {
		number++
		out.Row(number, false)
		for k, field := range fields {
			if k == grid.MaxCols {
				break
			}
			if kind, text := textKind(field); kind != grid.Empty {
				out.Plain(k+1, kind, []byte(text))
				cells++
			}
		}
		if cells > maxCells || number > grid.MaxRows {
			return false
		}
	}
	return true
}

// addEncoding says which encoding was found, and what it leaves open.
func addEncoding(book *grid.Book, sheet string, text decoded) {
	ref := dataset.Ref{Sheet: sheet}
	switch {
	case text.rival != "":
		book.Add(CodeTextUnsure, dataset.Warning, ref, dataset.Str(text.name), dataset.Str(text.rival), dataset.Str(text.here), dataset.Str(text.there))
	case text.name != nameUTF8 && !text.marked:
		book.Add(CodeTextEncoding, dataset.Note, ref, dataset.Str(text.name))
	}
	if text.bad > 0 {
		book.Add(CodeTextBytes, dataset.Warning, ref, dataset.N(text.bad), dataset.Str(text.name))
	}
}

// addQuotes says which quotation marks were taken for characters.
func addQuotes(book *grid.Book, sheet string, s *splitter) {
	for _, found := range []struct {
		code       string
		row, count int
	}{{CodeTextQuote, s.openRow, s.opened}, {CodeTextInner, s.innerRow, s.inner}} {
		if found.count > 0 {
			book.Findings = append(book.Findings, dataset.Finding{
				Code: found.code, Severity: dataset.Warning, Ref: dataset.Ref{Sheet: sheet, Row: found.row},
				Count: found.count, Args: []dataset.Quantity{dataset.N(found.count)},
			})
		}
	}
}

// TextRecords returns the rows of a table in text, or of the tables of a web page, as
// the reading counts them: a blank line is a row, a quoted field may hold line breaks.
// encoding is the one that the reading found, "" to find it again.
func TextRecords(data []byte, encoding string) [][]string {
	if identify("", data).kind == kindPage {
		return pageRecords(decodePage(data, encoding).text)
	}
	delimiter, body := declaredDelimiter(decodeText(data, encoding).text)
	if delimiter == 0 {
		delimiter = delimiterOf(body)
	}
	return records(body, delimiter)
}

// textKind returns what a field is, and its text. A plain number is a number whose text is
// kept: which decimal mark the column has is decided later. "007" is a text.
func textKind(field string) (grid.CellKind, string) {
	if field = strings.TrimSpace(field); field == "" {
		return grid.Empty, ""
	}
	digits := strings.TrimPrefix(field, "-")
	switch {
	case len(digits) > 1 && digits[0] == '0' && digits[1] != '.' || !plainNumber(digits):
		if field[0] == '#' && grid.ErrorCode(field) {
			return grid.ErrorValue, field
		}
		return grid.Text, field
	case len(digits) > maxPlain:
		if x, err := strconv.ParseFloat(field, 64); err != nil || math.IsInf(x, 0) {
			return grid.Text, field
		}
	}
	return grid.Number, field
}

// maxPlain is how many digits every number is sure to be finite with.
const maxPlain = 300

func plainNumber(s string) bool {
	points := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '.':
			points++
		case s[i] < '0' || s[i] > '9':
			return false
		}
	}
	return points <= 1 && s != "" && s[0] != '.' && s[len(s)-1] != '.'
}
