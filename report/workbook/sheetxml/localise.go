package sheetxml

import (
	"fmt"
	"strconv"
)

// Strings returns the entries of a string table, each as what its element
// holds. Entries with prefixes are refused: it is meant for parts that the
// spreadsheet library wrote.
func Strings(part []byte) ([][]byte, error) {
	root, children, err := Children(part)
	if err != nil {
		return nil, err
	}
	if root.Prefix() != "" || root.Local() != "sst" {
		return nil, fmt.Errorf("%w: string table %s", ErrUnknown, root.Name)
	}
	out := make([][]byte, 0, len(children))
	for _, c := range children {
		if string(c.Name) == "si" {
			out = append(out, c.Inner(part))
		}
	}
	return out, nil
}

// Numbers maps the numbers of styles from one workbook to another.
type Numbers interface {
	Style(number int) (int, error)        // of a cell
	Differential(number int) (int, error) // of a conditional format
}

// Localise returns a cell for another workbook: text that stands in the string
// table moves into the cell, and the style gets its number there.
func (c Cell) Localise(texts [][]byte, numbers Numbers) (Cell, error) {
	style, err := numbers.Style(c.Style)
	if err != nil {
		return c, err
	}
	c.Style = style
	if c.Type == "s" {
		text, err := shared(c.Inner, texts)
		if err != nil {
			return c, fmt.Errorf("cell %s: %w", address(c.Row, c.Col), err)
		}
		c.Type, c.Inner = "inlineStr", text
	}
	return c, nil
}

// shared returns the inline form of a reference to the string table.
func shared(inner []byte, texts [][]byte) ([]byte, error) {
	scan := NewScanner(inner)
	t, ok := scan.Next()
	if !ok || string(t.Name) != "v" {
		return nil, nil
	}
	e, err := scan.Element(t)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(string(e.Inner(inner)))
	if err != nil || n < 0 || n >= len(texts) {
		return nil, fmt.Errorf("%w: string number %q", ErrBroken, e.Inner(inner))
	}
	out := append([]byte("<is>"), texts[n]...)
	return append(out, "</is>"...), nil
}

// Localise returns a whole worksheet part for another workbook: texts of the
// string table move into the cells, styles get their numbers there, and the
// sheet is no longer the selected one.
func Localise(part []byte, texts [][]byte, numbers Numbers) ([]byte, error) {
	s, err := read(part)
	if err != nil {
		return nil, err
	}
	if s.prefix != "" {
		return nil, fmt.Errorf("%w: prefix %s", ErrUnknown, s.prefix)
	}
	l := localiser{data: part, texts: texts, numbers: numbers}
	scan := NewScanner(part)
	for t, ok := scan.Next(); ok && l.err == nil; t, ok = scan.Next() {
		l.tag(scan, t)
	}
	if l.err != nil {
		return nil, l.err
	}
	return Apply(part, l.edits)
}

type localiser struct {
	data    []byte
	texts   [][]byte
	numbers Numbers
	edits   []Edit
	err     error
}

func (l *localiser) tag(scan *Scanner, t Tag) {
	if t.Kind == Close {
		return
	}
	switch string(t.Name) {
	case "c":
		l.number(t, "s", l.numbers.Style)
		l.text(scan, t)
	case "row":
		l.number(t, "s", l.numbers.Style)
	case "col":
		l.number(t, "style", l.numbers.Style)
	case "cfRule":
		l.number(t, "dxfId", l.numbers.Differential)
	case "sheetView":
		if from, to, ok := t.Span(l.data, "tabSelected"); ok {
			l.edits = append(l.edits, Replace(l.data, from, to, "0"))
		}
	}
}

// number gives an attribute with the number of a style its new value.
func (l *localiser) number(t Tag, name string, find func(int) (int, error)) {
	from, to, ok := t.Span(l.data, name)
	if !ok || l.err != nil {
		return
	}
	old, err := strconv.Atoi(string(l.data[from:to]))
	if err != nil {
		l.err = fmt.Errorf("%w: style %q", ErrBroken, l.data[from:to])
		return
	}
	number, err := find(old)
	if err != nil {
		l.err = err
		return
	}
	l.edits = append(l.edits, Replace(l.data, from, to, strconv.Itoa(number)))
}

// text moves a text of the string table into its cell.
func (l *localiser) text(scan *Scanner, t Tag) {
	from, to, ok := t.Span(l.data, "t")
	if !ok || string(l.data[from:to]) != "s" || t.Kind == Empty || l.err != nil {
		return
	}
	e, err := scan.Element(t)
	if err != nil {
		l.err = err
		return
	}
	text, err := shared(e.Inner(l.data), l.texts)
	if err != nil {
		l.err = err
		return
	}
	l.edits = append(l.edits, Replace(l.data, from, to, "inlineStr"), Replace(l.data, t.End, e.InnerEnd, string(text)))
}

// Differentials returns a part, such as a table, in which each attribute whose
// name ends in "dxfId" or "DxfId" has its number of another workbook.
func Differentials(part []byte, numbers Numbers) ([]byte, error) {
	l := localiser{data: part, numbers: numbers}
	scan := NewScanner(part)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		for _, name := range []string{"headerRowDxfId", "dataDxfId", "totalsRowDxfId", "headerRowBorderDxfId", "tableBorderDxfId", "totalsRowBorderDxfId", "dxfId"} {
			l.number(t, name, numbers.Differential)
		}
	}
	if err := scan.Err(); err != nil {
		return nil, err
	}
	if l.err != nil {
		return nil, l.err
	}
	return Apply(part, l.edits)
}
