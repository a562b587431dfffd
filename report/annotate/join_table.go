package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"

	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// A table is a native table of a workbook, taken apart.
type table struct {
	part          string
	data          []byte
	root          sheetxml.Element
	id, name, ref string
	area          sheetxml.Area // header and totals included; zero when ref is no range
	headers       int           // rows of headers, 1 or 0
	totals        int           // rows of totals
	filter        sheetxml.Element
	criteria      int                // last column by which rows are filtered or sorted, 0 for none
	list          sheetxml.Element   // tableColumns
	columns       []sheetxml.Element // in their order
	plain         bool               // neither of a query nor of XML: its columns may change
}

func readTable(pack *parts.Package, part string) (table, error) {
	data, err := pack.Read(part)
	if err != nil {
		return table{}, err
	}
	root, children, err := sheetxml.Children(data)
	t := table{part: part, data: data, root: root, headers: 1, plain: true}
	if err != nil {
		return t, err
	}
	t.id, _ = root.Attr(data, "id")
	t.name, _ = root.Attr(data, "displayName")
	t.ref, _ = root.Attr(data, "ref")
	if area, ok := sheetxml.ParseArea(t.ref); ok {
		t.area = area
	}
	if text, ok := root.Attr(data, "headerRowCount"); ok {
		t.headers, _ = strconv.Atoi(text)
	}
	if text, ok := root.Attr(data, "totalsRowCount"); ok {
		t.totals, _ = strconv.Atoi(text)
	}
	if kind, ok := root.Attr(data, "tableType"); ok {
		t.plain = kind == "worksheet"
	}
	if t.criteria, err = sheetxml.LastCriterion(data, children, t.area); err != nil {
		return t, err
	}
	for _, c := range children {
		switch string(c.Name) {
		case root.Prefix() + "autoFilter":
			t.filter = c
		case root.Prefix() + "tableColumns":
			t.list = c
			if t.columns, err = sheetxml.Within(data, c); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

// tablesOf reads the tables of a sheet.
func tablesOf(pack *parts.Package, sheet string) ([]table, error) {
	relations, err := pack.Relations(sheet)
	if err != nil {
		return nil, err
	}
	var out []table
	for _, r := range relations {
		if r.Kind() != "table" || r.External() {
			continue
		}
		t, err := readTable(pack, r.Target)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// rows returns the first and the last row of the table's data.
func (t table) rows() (first, last int) {
	return t.area.Row + t.headers, t.area.LastRow - t.totals
}

// takes reports whether a block with its headers in a row and its customers in
// others may continue the table, or stand in columns of it.
func (t table) takes(header, top, bottom int) bool {
	first, last := t.rows()
	return t.plain && t.headers == 1 && t.area.Row == header && first <= top && bottom <= last &&
		len(t.columns) == t.area.LastCol-t.area.Col+1
}

// columnNames returns the names of the columns as they are read.
func (t table) columnNames() []string {
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		name, _ := c.Attr(t.data, "name")
		out[i] = unescaped(name)
	}
	return out
}

// lineBreak is how names of columns write the breaks of their headers.
var lineBreak = strings.NewReplacer("_x000a_", "\n", "_x000A_", "\n", "_x000d_", "\r", "_x000D_", "\r")

// unescaped returns the text of an attribute's value as it stands in a part.
func unescaped(value string) string {
	return lineBreak.Replace(html.UnescapeString(value))
}

// extended returns the edits that continue the table over an area of columns,
// whose names are given, or give columns that are there these names.
func (t table) extended(area sheetxml.Area, names []string) ([]sheetxml.Edit, error) {
	if len(names) != area.LastCol-area.Col+1 {
		return nil, fmt.Errorf("%w: %d names for %d columns", sheetxml.ErrUnknown, len(names), area.LastCol-area.Col+1)
	}
	if area.LastCol <= t.area.LastCol {
		return t.renamed(area.Col-t.area.Col, names)
	}
	edits, err := t.resized(area.LastCol)
	if err != nil {
		return nil, err
	}
	last := 0
	for _, c := range t.columns {
		id, _ := c.Attr(t.data, "id")
		if n, err := strconv.Atoi(id); err == nil {
			last = max(last, n)
		}
	}
	text := ""
	for i, name := range names {
		text += fmt.Sprintf(`<%stableColumn id="%d" name="%s"/>`, t.root.Prefix(), last+1+i, escaped(name))
	}
	return append(edits, sheetxml.Into(t.data, t.list, text)), nil
}

// renamed gives columns from a place on their names.
func (t table) renamed(at int, names []string) ([]sheetxml.Edit, error) {
	var edits []sheetxml.Edit
	for i, name := range names {
		c := t.columns[at+i]
		from, to, ok := c.Span(t.data, "name")
		if !ok {
			return nil, fmt.Errorf("%w: a column without name", sheetxml.ErrUnknown)
		}
		if string(t.data[from:to]) != escaped(name) {
			edits = append(edits, sheetxml.Replace(t.data, from, to, escaped(name)))
		}
	}
	return edits, nil
}

// resized returns the edits that let the table end in another column: its
// range, that of its filter, and the count of its columns.
func (t table) resized(lastCol int) ([]sheetxml.Edit, error) {
	area := t.area
	area.LastCol = lastCol
	from, to, ok := t.root.Span(t.data, "ref")
	if !ok || t.list.Name == nil {
		return nil, fmt.Errorf("%w: a table without range or columns", sheetxml.ErrUnknown)
	}
	edits := []sheetxml.Edit{sheetxml.Replace(t.data, from, to, sheets.Area(area).String())}
	if t.filter.Name != nil {
		from, to, ok := t.filter.Span(t.data, "ref")
		filtered, known := sheetxml.ParseArea(string(t.data[from:to]))
		if !ok || !known {
			return nil, fmt.Errorf("%w: the filter of a table", sheetxml.ErrUnknown)
		}
		filtered.LastCol = lastCol
		edits = append(edits, sheetxml.Replace(t.data, from, to, sheets.Area(filtered).String()))
	}
	if from, to, ok := t.list.Span(t.data, "count"); ok {
		edits = append(edits, sheetxml.Replace(t.data, from, to, strconv.Itoa(lastCol-t.area.Col+1)))
	}
	return edits, nil
}

// cut returns the edits that end the table before a column.
func (t table) cut(col int) ([]sheetxml.Edit, error) {
	edits, err := t.resized(col - 1)
	if err != nil {
		return nil, err
	}
	for _, c := range t.columns[col-t.area.Col:] {
		edits = append(edits, sheetxml.Replace(t.data, c.Start, c.End, ""))
	}
	return edits, nil
}

// blockTables lets the user's table that the block continues reach over it, and
// refuses a block that another one is in the way of.
func (j *joiner) blockTables(sheet string) error {
	list, err := tablesOf(j.to.pack, sheet)
	if err != nil {
		return err
	}
	for _, t := range list {
		if j.plan.Table != "" && strings.EqualFold(t.name, j.plan.Table) {
			edits, err := t.extended(j.area(), j.plan.headers())
			if err != nil {
				return err
			}
			if err := j.edit(t.part, t.data, edits); err != nil {
				return err
			}
			continue
		}
		if t.area.Meets(j.area()) {
			return refuse(reasonOccupied, "table %s covers %s", t.name, t.ref)
		}
	}
	return nil
}

// sameTables holds that the table which the block continues is one that
// programs take: as many columns as its range is wide, each with an identifier
// and a name of its own, ours named like the headers of the block.
func (j *joiner) sameTables(after *parts.Package) error {
	if j.plan.Table == "" {
		return nil
	}
	list, err := tablesOf(after, j.to.part(j.plan.Block.Name))
	if err != nil {
		return err
	}
	for _, t := range list {
		if !strings.EqualFold(t.name, j.plan.Table) {
			continue
		}
		if err := t.whole(); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if !t.area.Holds(sheetxml.Area{Row: t.area.Row, Col: j.plan.Area.Col, LastRow: j.plan.Area.LastRow, LastCol: j.plan.Area.LastCol}) {
			return fmt.Errorf("table %s covers %s, not the block", t.name, t.ref)
		}
		names := t.columnNames()[j.plan.Area.Col-t.area.Col:]
		for i, header := range j.plan.headers() {
			if names[i] != header {
				return fmt.Errorf("table %s: column %q has the header %q", t.name, names[i], header)
			}
		}
		return nil
	}
	return fmt.Errorf("table %s is missing", j.plan.Table)
}

// whole holds what programs repair a table for.
func (t table) whole() error {
	count, _ := t.list.Attr(t.data, "count")
	if width := t.area.LastCol - t.area.Col + 1; len(t.columns) != width || count != "" && count != strconv.Itoa(width) {
		return fmt.Errorf("%d columns, counted as %s, in %s", len(t.columns), count, t.ref)
	}
	seen := map[string]bool{}
	for i, name := range t.columnNames() {
		id, _ := t.columns[i].Attr(t.data, "id")
		if key := fold(name); key == "" || seen["name "+key] || seen["id "+id] {
			return fmt.Errorf("column %q is there twice", name)
		}
		seen["name "+fold(name)], seen["id "+id] = true, true
	}
	if t.filter.Name == nil {
		return nil
	}
	ref, _ := t.filter.Attr(t.data, "ref")
	area, ok := sheetxml.ParseArea(ref)
	if want := (sheetxml.Area{Row: t.area.Row, Col: t.area.Col, LastRow: t.area.LastRow - t.totals, LastCol: t.area.LastCol}); !ok || area != want {
		return errors.New("the filter covers " + ref)
	}
	return nil
}

// headers returns the headers of the block.
func (p Plan) headers() []string {
	if len(p.Block.Cells) == 0 {
		return nil
	}
	row := 0
	for _, c := range p.Block.Cells {
		if isHeader(c) {
			row = max(row, c.Row)
		}
	}
	out := make([]string, p.Area.LastCol-p.Area.Col+1)
	for _, c := range p.Block.Cells {
		if text, ok := c.Value.(string); ok && c.Row == row && c.Col >= p.Area.Col && c.Col <= p.Area.LastCol {
			out[c.Col-p.Area.Col] = text
		}
	}
	return out
}

// tables takes the columns of the block out of the tables of the user's that an
// earlier run continued. Where the user has added columns behind ours, or filters
// or sorts by ours, the table stays as it is: the new block stands in the same
// columns.
func (e *earlier) tables() error {
	list, err := tablesOf(e.at.pack, e.block)
	if err != nil {
		return err
	}
	for _, t := range list {
		inside := t.area.Col < e.area.Col && t.area.LastCol >= e.area.Col && t.area.Row <= e.area.LastRow && e.area.Row <= t.area.LastRow
		if !inside || t.area.LastCol > e.area.LastCol || t.criteria >= e.area.Col || len(t.columns) != t.area.LastCol-t.area.Col+1 {
			continue
		}
		edits, err := t.cut(e.area.Col)
		if err != nil {
			return err
		}
		data, err := sheetxml.Apply(t.data, edits)
		if err != nil {
			return err
		}
		if bytes.Equal(data, t.data) {
			continue
		}
		e.changed[t.part] = data
	}
	return nil
}
