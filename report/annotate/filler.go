package annotate

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/workbook/sheetxml"
)

// A filler writes the cells of a large table, and the single cells beside it,
// into the rows of a sheet.
type filler struct {
	bulk    *Bulk
	columns []fillColumn
	items   []int32                 // by row: one more than the item, 0 for none
	single  map[int][]sheetxml.Cell // cells that are planned one by one, by row
	rows    []int                   // of single, in their order
}

// A fillColumn is a column with everything that does not change from row to
// row.
type fillColumn struct {
	Column
	letters  string
	styles   [2]int // live, computed
	template template
	number   int    // of the shared formula
	master   int    // row that holds it
	area     string // of the rows that may share it
	ready    ready
}

// newFiller prepares a table for writing. styles are those of live and computed
// cells, by column; shared is the first number that shared formulas may have.
// Formulas may be left out.
func newFiller(b *Bulk, styles [][2]int, single []sheetxml.Cell, shared int) *filler {
	f := &filler{bulk: b, single: map[int][]sheetxml.Cell{}}
	top, bottom := b.span()
	f.items = make([]int32, bottom+1)
	for i, row := range b.Rows {
		f.items[row] = int32(i + 1)
	}
	for _, c := range single {
		if len(f.single[c.Row]) == 0 {
			f.rows = append(f.rows, c.Row)
		}
		f.single[c.Row] = append(f.single[c.Row], c)
	}
	slices.Sort(f.rows)
	master := top
	for master < bottom && (f.items[master] == 0 || !b.usual(int(f.items[master])-1)) {
		master++
	}
	templates := b.templates()
	for k, c := range b.Columns {
		letters := dataset.ColumnLetters(b.Col + k)
		column := fillColumn{Column: c, letters: letters, styles: styles[k], template: templates[k], number: shared + k, master: master,
			area: fmt.Sprintf("%s%d:%s%d", letters, master, letters, bottom)}
		column.ready = column.prepare()
		f.columns = append(f.columns, column)
	}
	return f
}

// Ahead implements [sheetxml.Filler].
func (f *filler) Ahead(row int) int {
	next := 0
	if at, _ := slices.BinarySearch(f.rows, row); at < len(f.rows) {
		next = f.rows[at]
	}
	for ; row < len(f.items) && (next == 0 || row < next); row++ {
		if f.items[row] > 0 {
			return row
		}
	}
	return next
}

// Fill implements [sheetxml.Filler].
func (f *filler) Fill(to []byte, row int) ([]byte, error) {
	for _, c := range f.single[row] {
		to = c.Append(to)
	}
	if row >= len(f.items) || f.items[row] == 0 {
		return to, nil
	}
	i := int(f.items[row]) - 1
	usual := f.bulk.usual(i)
	s := rowState{row: row, item: i, usual: usual}
	s.digits = strconv.AppendInt(s.space[:0], int64(row), 10)
	var err error
	for k := range f.columns {
		if out, ok := f.columns[k].quickly(to, &s); ok {
			to = out
			continue
		}
		if to, err = f.columns[k].cell(to, row, i, usual); err != nil {
			return nil, fmt.Errorf("cell %s%d: %w", f.columns[k].letters, row, err)
		}
	}
	return to, nil
}

// cells returns the number of rows and cells that are written.
func (f *filler) cells() (rows, cells int) {
	for row, list := range f.single {
		cells += len(list)
		if row >= len(f.items) || f.items[row] == 0 {
			rows++
		}
	}
	return rows + len(f.bulk.Rows), cells + len(f.bulk.Rows)*len(f.columns)
}

// cell appends the cell of an item.
func (c *fillColumn) cell(to []byte, row, i int, usual bool) ([]byte, error) {
	text := ""
	share := usual && c.template.parts != nil
	if !share && c.Formula != nil {
		text = c.Formula(i)
	} else if share && !c.template.shared {
		text = c.template.in(row)
	}
	live := share || text != ""
	style := c.styles[0]
	if !live {
		style = c.styles[1]
	}
	to = append(append(to, `<c r="`...), c.letters...)
	to = append(strconv.AppendInt(to, int64(row), 10), '"')
	if style > 0 {
		to = append(strconv.AppendInt(append(to, ` s="`...), int64(style), 10), '"')
	}
	if !live {
		return appendValue(to, c.Value(i), false, nil)
	}
	return appendValue(to, c.Value(i), true, func(to []byte) []byte {
		switch {
		case share && c.template.shared && row == c.master:
			to = fmt.Appendf(to, `<f t="shared" ref="%s" si="%d">`, c.area, c.number)
			return append(appendText(to, c.template.master), "</f>"...)
		case share && c.template.shared:
			to = strconv.AppendInt(append(to, `<f t="shared" si="`...), int64(c.number), 10)
			return append(to, `"/>`...)
		}
		return append(appendText(append(to, "<f>"...), text), "</f>"...)
	})
}

// appendValue ends a cell whose tag is open: its type, its formula and its
// value, which is the formula's result where there is one.
func appendValue(to []byte, value any, live bool, formula func([]byte) []byte) ([]byte, error) {
	kind, text, err := valueText(value, live)
	if err != nil {
		return nil, err
	}
	if kind != "" {
		to = append(append(append(to, ` t="`...), kind...), '"')
	}
	if kind == "" && text == "" && !live {
		return append(to, "/>"...), nil
	}
	to = append(to, '>')
	if live {
		to = formula(to)
	}
	switch {
	case kind == "inlineStr" && strings.TrimSpace(text) != text:
		to = append(appendText(append(to, `<is><t xml:space="preserve">`...), text), "</t></is>"...)
	case kind == "inlineStr":
		to = append(appendText(append(to, `<is><t>`...), text), "</t></is>"...)
	case kind != "" || text != "":
		to = append(appendText(append(to, "<v>"...), text), "</v>"...)
	}
	return append(to, "</c>"...), nil
}

// valueText returns the type and the text of a value as they stand in a cell.
func valueText(value any, live bool) (kind, text string, err error) {
	switch v := value.(type) {
	case nil:
		return "", "", nil
	case string:
		if live {
			return "str", cutText(v), nil
		}
		if v == "" {
			return "", "", nil
		}
		return "inlineStr", cutText(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", "", nil
		}
		return "", strconv.FormatFloat(v, 'g', -1, 64), nil
	case int:
		return "", strconv.Itoa(v), nil
	case sheets.Fault:
		return "e", string(v), nil
	case time.Time:
		if v.IsZero() {
			return "", "", nil
		}
		return "", strconv.FormatFloat(v.Sub(dayZero).Hours()/24, 'g', -1, 64), nil
	}
	return "", "", fmt.Errorf("a value of type %T cannot be written", value)
}

// dayZero is the day that spreadsheet programs number 0.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// longestText is the most that a cell holds, in units of UTF-16.
const longestText = 32767

// cutText shortens a text to what a cell can hold.
func cutText(text string) string {
	if len(text) <= longestText {
		return text
	}
	units := 0
	for i, r := range text {
		if units += utf16.RuneLen(r); units > longestText {
			return text[:i]
		}
	}
	return text
}
