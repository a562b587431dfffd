package source

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readText reads a table in text: any common encoding, delimiter and quoting.
// The sheet has the given name.
func readText(data []byte, sheet string) grid.Book {
	book := grid.Book{Format: "csv"}
	text, encodingName := decodeText(data)
	delimiter := delimiterOf(text)
	if delimiter == '\t' {
		book.Format = "tsv"
	}
	if prose(text, delimiter) {
		book.Add(CodeFileOther, dataset.Stop, dataset.Ref{}, dataset.Str("(plain text)"))
		return book
	}
	out := grid.NewBuilder(grid.Grid{Sheet: sheet, Delimiter: delimiter})
	records, closed := records(text, delimiter)
	if !closed {
		book.Add(CodeTextQuote, dataset.Warning, dataset.Ref{Sheet: sheet})
	}
	if encodingName != "" {
		book.Add(CodeTextEncoding, dataset.Note, dataset.Ref{Sheet: sheet}, dataset.Str(encodingName))
	}
	cells := 0
	for i, record := range records {
		out.Row(i+1, false)
		for k, field := range record {
			if cell := textCell(field, k+1); cell.Kind != grid.Empty && k < grid.MaxCols {
				out.Add(cell)
				cells++
			}
		}
	}
	if cells > maxCells || len(records) > grid.MaxRows {
		book.Add(CodeFileTooLarge, dataset.Stop, dataset.Ref{})
		return book
	}
	book.Grids = []grid.Grid{out.Grid()}
	return book
}

// TextRecords returns the rows of a table in text as the reading counts them: a blank
// line is a row, a quoted field may hold line breaks.
func TextRecords(data []byte) [][]string {
	text, _ := decodeText(data)
	rows, _ := records(text, delimiterOf(text))
	return rows
}

// textCell returns the cell of a field. A plain number is a number whose text is
// kept: which decimal mark the column has is decided later. "007" is a text.
func textCell(field string, col int) grid.Cell {
	field = strings.TrimSpace(field)
	if field == "" {
		return grid.Cell{}
	}
	cell := grid.Cell{Col: int32(col), Kind: grid.Text, Text: field, Plain: true}
	digits := strings.TrimPrefix(field, "-")
	if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' || !plainNumber(digits) {
		if grid.ErrorCode(field) {
			cell.Kind = grid.ErrorValue
		}
		return cell
	}
	if x, err := strconv.ParseFloat(field, 64); err == nil && !math.IsInf(x, 0) {
		cell.Kind, cell.Num = grid.Number, x
	}
	return cell
}

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

// decodeText returns the text of a file and the name of its encoding, "" for UTF-8.
func decodeText(data []byte) (text, name string) {
	if order := utf16Order(data); order != nil {
		if decoded, err := order.NewDecoder().Bytes(data); err == nil {
			return string(decoded), "UTF-16"
		}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), ""
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		decoded = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return string(decoded), "Windows-1252"
}

// delimiterOf returns the delimiter that splits the first rows most evenly.
func delimiterOf(text string) rune {
	if line, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(line), "sep=") && len(line) > 4 {
		r, _ := utf8.DecodeRuneInString(line[4:])
		return r
	}
	head := text
	if len(head) > 1<<16 {
		head = head[:1<<16]
		head = head[:strings.LastIndexByte(head, '\n')+1]
	}
	best, bestScore := ',', 0.0
	for _, delimiter := range []rune{',', ';', '\t', '|'} {
		if score := evenness(head, delimiter); score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

// evenness is the share of rows that have the most common number of fields,
// in favour of more fields; 0 when that number is one.
func evenness(head string, delimiter rune) float64 {
	rows, _ := records(head, delimiter)
	count := map[int]int{}
	total := 0
	for _, row := range rows {
		if len(row) > 1 {
			count[len(row)]++
		}
		if len(row) > 1 || row[0] != "" {
			total++
		}
	}
	score := 0.0
	for fields, n := range count {
		score = math.Max(score, float64(n)/float64(total)*(1+float64(min(fields, 50))/100))
	}
	return score
}

// prose reports whether a text is no table: of many lines hardly one is split by the delimiter, or there is but one
// line, unsplit.
func prose(text string, delimiter rune) bool {
	head := text[:min(len(text), 1<<16)]
	rows, _ := records(head, delimiter)
	split, filled := 0, 0
	for _, row := range rows {
		if len(row) > 1 {
			split++
		}
		if len(row) > 1 || row[0] != "" {
			filled++
		}
	}
	return filled > 4 && split*5 < filled || filled == 1 && split == 0
}

// records splits text into rows and fields. It reports false when the last
// quoted field never ends.
func records(text string, delimiter rune) ([][]string, bool) {
	var rows [][]string
	var row []string
	for text != "" {
		field, rest, ended, closed := nextField(text, delimiter)
		row = append(row, field)
		text = rest
		if !closed {
			return append(rows, row), false
		}
		if ended {
			rows = append(rows, row)
			row = nil
		}
		if !ended && text == "" {
			rows = append(rows, append(row, ""))
		}
	}
	return rows, true
}

// nextField takes one field off a text; ended means that its row ends with it.
func nextField(text string, delimiter rune) (field, rest string, ended, closed bool) {
	quotedPart := ""
	if trimmed := strings.TrimLeft(text, " "); strings.HasPrefix(trimmed, `"`) && delimiter != '"' {
		end := closingQuote(trimmed)
		if end < 0 {
			return trimmed[1:], "", true, false
		}
		quotedPart = strings.ReplaceAll(trimmed[1:end], `""`, `"`)
		text = trimmed[end+1:]
	}
	size := utf8.RuneLen(delimiter)
	for i, r := range text {
		switch {
		case r == delimiter:
			return quotedPart + text[:i], text[i+size:], false, true
		case r == '\n':
			return quotedPart + strings.TrimSuffix(text[:i], "\r"), text[i+1:], true, true
		case r == '\r' && !strings.HasPrefix(text[i+1:], "\n"):
			return quotedPart + text[:i], text[i+1:], true, true
		}
	}
	return quotedPart + text, "", true, true
}

// closingQuote returns the index of the quote that ends the quoted field a
// text begins with, -1 without one; doubled quotes belong to the field.
func closingQuote(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			i++
			continue
		}
		return i
	}
	return -1
}
