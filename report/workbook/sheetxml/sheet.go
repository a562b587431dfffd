package sheetxml

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// Namespace is the namespace of the worksheets that are known here. The strict
// form of the format has another one.
const Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// The limits of a worksheet.
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// An Area is a rectangle of cells, ends included, counted from 1.
type Area struct{ Row, Col, LastRow, LastCol int }

// EveryCell is the area of all cells of a sheet.
var EveryCell = Area{1, 1, maxRow, maxCol}

// Meets reports whether two areas share a cell.
func (a Area) Meets(b Area) bool {
	return a.Row <= b.LastRow && b.Row <= a.LastRow && a.Col <= b.LastCol && b.Col <= a.LastCol
}

// Holds reports whether b lies wholly in a.
func (a Area) Holds(b Area) bool {
	return a.Row <= b.Row && b.LastRow <= a.LastRow && a.Col <= b.Col && b.LastCol <= a.LastCol
}

// ParseArea reads a range such as "A1:C9", "$B$2" or "C:D".
func ParseArea(ref string) (Area, bool) {
	first, last, both := bytes.Cut([]byte(ref), []byte(":"))
	if !both {
		last = first
	}
	a := Area{}
	a.Row, a.Col = parseAddress(first)
	a.LastRow, a.LastCol = parseAddress(last)
	if a.Row == 0 && a.LastRow == 0 && a.Col > 0 && both {
		a.Row, a.LastRow = 1, maxRow
	}
	if a.Col == 0 && a.LastCol == 0 && a.Row > 0 && both {
		a.Col, a.LastCol = 1, maxCol
	}
	return a, a.Row > 0 && a.Col > 0 && a.LastRow >= a.Row && a.LastCol >= a.Col && a.LastRow <= maxRow && a.LastCol <= maxCol
}

// parseAddress reads an address such as "C14" or "$C$14"; what is missing is 0,
// and everything is 0 when it is no address.
func parseAddress(text []byte) (row, col int) {
	at := 0
	for ; at < len(text); at++ {
		c := text[at] &^ 0x20
		if text[at] == '$' && at == 0 {
			continue
		}
		if c < 'A' || c > 'Z' || col > maxCol {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if at < len(text) && text[at] == '$' && at > 0 {
		at++
	}
	for ; at < len(text); at++ {
		if text[at] < '0' || text[at] > '9' || row > maxRow {
			return 0, 0
		}
		row = row*10 + int(text[at]-'0')
	}
	if row > maxRow || col > maxCol {
		return 0, 0
	}
	return row, col
}

// address returns the address of a cell, such as "C14".
func address(row, col int) string {
	var letters []byte
	for ; col > 0; col = (col - 1) / 26 {
		letters = append(letters, byte('A'+(col-1)%26))
	}
	slices.Reverse(letters)
	return string(letters) + strconv.Itoa(row)
}

// A sheet is a worksheet part, taken apart as far as it is needed.
type sheet struct {
	data     []byte
	prefix   string // of the elements, with its colon
	root     Element
	children []Element
	table    Element // sheetData
	rowName  []byte
	cellName []byte
}

// read takes a worksheet part apart. It refuses what is not a worksheet of the
// usual form.
func read(data []byte) (*sheet, error) {
	root, children, err := Children(data)
	if err != nil {
		return nil, err
	}
	s := &sheet{data: data, prefix: root.Prefix(), root: root, children: children}
	declared := "xmlns"
	if s.prefix != "" {
		declared = "xmlns:" + s.prefix[:len(s.prefix)-1]
	}
	if space, _ := root.Attr(data, declared); root.Local() != "worksheet" || space != Namespace {
		return nil, fmt.Errorf("%w: root %s of namespace %q", ErrUnknown, root.Name, space)
	}
	tables := s.named("sheetData")
	if len(tables) != 1 {
		return nil, fmt.Errorf("%w: %d elements sheetData", ErrUnknown, len(tables))
	}
	s.table = tables[0]
	s.rowName, s.cellName = []byte(s.prefix+"row"), []byte(s.prefix+"c")
	return s, nil
}

// named returns the children of a name, which is given without the prefix.
func (s *sheet) named(name string) []Element {
	var out []Element
	for _, c := range s.children {
		if string(c.Name) == s.prefix+name {
			out = append(out, c)
		}
	}
	return out
}

// A rowAt is a row with its number.
type rowAt struct {
	Element
	number int
}

// rows visits the rows in their order. Rows that do not ascend are an error.
func (s *sheet) rows(visit func(rowAt) error) error {
	scan := &Scanner{data: s.data[:s.table.InnerEnd], at: s.table.Tag.End}
	number := 0
	for {
		t, ok := scan.Next()
		if !ok {
			return scan.Err()
		}
		if !bytes.Equal(t.Name, s.rowName) || t.Kind == Close {
			return fmt.Errorf("%w: element %s among the rows", ErrUnknown, t.Name)
		}
		e, err := scan.Element(t)
		if err != nil {
			return err
		}
		next := number + 1
		if from, to, ok := t.Span(s.data, "r"); ok {
			next, err = strconv.Atoi(string(s.data[from:to]))
			if err != nil {
				return fmt.Errorf("%w: row number %q", ErrUnknown, s.data[from:to])
			}
		}
		if next <= number || next > maxRow {
			return fmt.Errorf("%w: row %d after row %d", ErrUnknown, next, number)
		}
		number = next
		if err := visit(rowAt{e, number}); err != nil {
			return err
		}
	}
}

// A cellAt is a cell with its column.
type cellAt struct {
	Element
	col int
}

// cells visits the cells of a row in their order, and returns where a further
// cell belongs: behind the last one.
func (s *sheet) cells(row rowAt, visit func(cellAt) error) (end int, err error) {
	scan := &Scanner{data: s.data[:row.InnerEnd], at: row.Tag.End}
	col, end := 0, row.Tag.End
	for {
		t, ok := scan.Next()
		if !ok {
			return end, scan.Err()
		}
		e, err := scan.Element(t)
		if err != nil {
			return end, err
		}
		if !bytes.Equal(t.Name, s.cellName) {
			if t.Local() != "extLst" {
				return end, fmt.Errorf("%w: element %s in row %d", ErrUnknown, t.Name, row.number)
			}
			return end, nil
		}
		next := col + 1
		if from, to, ok := t.Span(s.data, "r"); ok {
			at := 0
			at, next = parseAddress(s.data[from:to])
			if at != row.number {
				return end, fmt.Errorf("%w: cell %q in row %d", ErrUnknown, s.data[from:to], row.number)
			}
		}
		if next <= col || next > maxCol {
			return end, fmt.Errorf("%w: column %d after column %d in row %d", ErrUnknown, next, col, row.number)
		}
		col, end = next, e.End
		if err := visit(cellAt{e, col}); err != nil {
			return end, err
		}
	}
}

// A Cell is a cell as it stands in a part.
type Cell struct {
	Row, Col int
	Style    int    // number of its style, 0 for the standard one
	Type     string // attribute t, "" for a number
	Inner    []byte // what it holds, without prefixes
}

// Cells returns the cells of an area. Elements of the part may not have a
// prefix: it is meant for parts that the spreadsheet library wrote.
func Cells(part []byte, area Area) ([]Cell, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	if s.prefix != "" {
		return nil, fmt.Errorf("%w: prefix %s", ErrUnknown, s.prefix)
	}
	var out []Cell
	err = s.rows(func(row rowAt) error {
		if row.number < area.Row || row.number > area.LastRow {
			return nil
		}
		_, err := s.cells(row, func(c cellAt) error {
			if c.col >= area.Col && c.col <= area.LastCol {
				kind, _ := c.Attr(part, "t")
				out = append(out, Cell{row.number, c.col, s.style(c.Tag), kind, c.Inner(part)})
			}
			return nil
		})
		return err
	})
	return out, err
}

func (s *sheet) style(t Tag) int {
	from, to, _ := t.Span(s.data, "s")
	n, _ := strconv.Atoi(string(s.data[from:to])) // 0 when there is none
	return n
}

// Check reads every row and cell of a worksheet part. It is an error when the
// part is broken or made in a way that is not known here, such as rows beyond
// the last one that a sheet can have.
func Check(part []byte) error {
	s, err := read(part)
	if err != nil {
		return err
	}
	return s.rows(func(row rowAt) error {
		_, err := s.cells(row, func(cellAt) error { return nil })
		return err
	})
}
