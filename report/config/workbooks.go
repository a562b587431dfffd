package config

import (
	"fmt"
	"math"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"valuebook/report/dataset"
)

var nan = math.NaN()

// workbooksKey is the list of workbooks in a file.
const workbooksKey = "workbooks"

// A Document is what a configuration file says: settings for all workbooks, and how some of them are to be read.
type Document struct {
	Path      string // "" when there is no such file
	Entries   []Entry
	Workbooks []Workbook
	Texts     []Text
	Records   map[string][]Record // lists of maps by name, nil without any
}

// A Workbook is how workbooks of one name are to be read, and their settings.
type Workbook struct {
	Match   string // pattern of file names: * stands for any letters, ? for one
	Entries []Entry
	Mapping dataset.Mapping
	Place   string
}

// For returns what the file says of a workbook: the first whose pattern its name fits, zero without one.
func (f Document) For(workbook string) Workbook {
	name := strings.ToLower(filepath.Base(workbook))
	for _, w := range f.Workbooks {
		if fits, _ := path.Match(strings.ToLower(w.Match), name); fits {
			return w
		}
	}
	return Workbook{}
}

// A WantError is a value of a configuration file that is not what its key takes.
type WantError struct {
	Place, Key, Value string
	Want              string   // catalogue code of what it takes
	Known             []string // the names to choose from, where there are such
}

// Error names the place, the key and the value.
func (e *WantError) Error() string {
	return fmt.Sprintf("%s: %s is %q, want %s", e.Place, e.Key, e.Value, e.Want)
}

// Keys of the list of workbooks and of what stands below.
var (
	workbookKeys  = []string{"match", "attributes", "tables"}
	attributeKeys = []string{"name", "side", "scale", "direction", "weight"}
	tableKeys     = []string{"sheet", "header_row", "role", "columns"}
	columnKeys    = []string{"column", "header", "role", "attribute", "supplier", "scale"}
)

// A reader reads the list of workbooks; the first error stays.
type reader struct {
	file  string
	known Known
	err   error
}

func (r *reader) place(n *yaml.Node) string { return fmt.Sprintf("%s:%d", r.file, n.Line) }

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) want(n *yaml.Node, key, want string, known ...string) {
	value := n.Value
	if n.Kind == yaml.SequenceNode {
		value = listText(n)
	}
	r.fail(&WantError{Place: r.place(n), Key: key, Value: value, Want: want, Known: known})
}

func listText(n *yaml.Node) string {
	var values []string
	for _, item := range n.Content {
		values = append(values, item.Value)
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// items returns the maps of a list.
func (r *reader) items(n *yaml.Node, key string) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		r.want(n, key, "want.list")
		return nil
	}
	for _, item := range n.Content {
		if item.Kind != yaml.MappingNode {
			r.want(item, key, "want.map")
			return nil
		}
	}
	return n.Content
}

// each calls do for every key of a map. A key that is neither in keys nor taken by other is an error with the nearest of keys.
func (r *reader) each(n *yaml.Node, keys []string, do func(key string, value *yaml.Node), other func(key string, value *yaml.Node) bool) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case seen[key.Value]:
			r.fail(&WantError{Place: r.place(key), Key: key.Value, Value: key.Value, Want: "want.once"})
		case contains(keys, key.Value):
			do(key.Value, value)
		case other == nil || !other(key.Value, value):
			r.fail(&UnknownError{Name: key.Value, Nearest: Nearest(key.Value, keys), Place: r.place(key)})
		}
		seen[key.Value] = true
	}
}

func contains(keys []string, key string) bool {
	for _, k := range keys {
		if k == key {
			return true
		}
	}
	return false
}

func (r *reader) workbooks(n *yaml.Node) []Workbook {
	var all []Workbook
	for _, item := range r.items(n, workbooksKey) {
		all = append(all, r.workbook(item))
	}
	return all
}

// workbook reads one of the list; keys that are settings hold for it alone.
func (r *reader) workbook(n *yaml.Node) Workbook {
	w := Workbook{Match: "*", Place: r.place(n)}
	r.each(n, append(append([]string{}, workbookKeys...), r.known.Names...), func(key string, value *yaml.Node) {
		switch key {
		case "match":
			if _, err := path.Match(value.Value, ""); err != nil || value.Value == "" {
				r.want(value, key, "want.pattern")
			}
			w.Match = value.Value
		case "attributes":
			w.Mapping.Attributes = r.attributes(value)
		case "tables":
			w.Mapping.Tables = r.tables(value)
		default:
			w.Entries = append(w.Entries, r.settings(key, value)...)
		}
	}, func(key string, value *yaml.Node) bool {
		entries := r.settings(key, value)
		for _, e := range entries {
			if !r.known.Has(e.Name) {
				return false
			}
		}
		w.Entries = append(w.Entries, entries...)
		return len(entries) > 0
	})
	return w
}

func (r *reader) settings(key string, value *yaml.Node) []Entry {
	entries, err := flatten(r.file, key, value)
	if err != nil {
		r.fail(err)
	}
	return entries
}

func (r *reader) attributes(n *yaml.Node) []dataset.MappedAttribute {
	var all []dataset.MappedAttribute
	for _, item := range r.items(n, "attributes") {
		a := dataset.MappedAttribute{Weight: nan, From: r.place(item)}
		r.each(item, attributeKeys, func(key string, value *yaml.Node) {
			switch key {
			case "name":
				a.Name = value.Value
			case "side":
				a.Side = r.oneOf(value, key, dataset.Benefit.String(), dataset.Cost.String())
			case "direction":
				a.Direction = r.oneOf(value, key, "up", "down")
			case "scale":
				a.Scale = r.scale(value)
			case "weight":
				a.Weight = r.number(value, key)
			}
		}, nil)
		if a.Name == "" {
			r.want(item, "name", "want.name")
		}
		all = append(all, a)
	}
	return all
}

func (r *reader) tables(n *yaml.Node) []dataset.MappedTable {
	var all []dataset.MappedTable
	for _, item := range r.items(n, "tables") {
		t := dataset.MappedTable{From: r.place(item)}
		r.each(item, tableKeys, func(key string, value *yaml.Node) {
			switch key {
			case "sheet":
				t.Sheet = value.Value
			case "header_row":
				row, err := strconv.Atoi(value.Value)
				if err != nil || row < 1 {
					r.want(value, key, "want.row")
				}
				t.HeaderRow = row
			case "role":
				t.Role = dataset.TableRole(r.oneOf(value, key, r.known.TableRoles...))
			case "columns":
				t.Columns = r.columns(value)
			}
		}, nil)
		if t.Sheet == "" {
			r.want(item, "sheet", "want.name")
		}
		all = append(all, t)
	}
	return all
}

func (r *reader) columns(n *yaml.Node) []dataset.MappedColumn {
	var all []dataset.MappedColumn
	for _, item := range r.items(n, "columns") {
		c := dataset.MappedColumn{From: r.place(item)}
		r.each(item, columnKeys, func(key string, value *yaml.Node) {
			switch key {
			case "column":
				if c.Col = columnNumber(value.Value); c.Col == 0 {
					r.want(value, key, "want.column")
				}
			case "header":
				c.Header = value.Value
			case "role":
				c.Role = dataset.ColumnRole(r.oneOf(value, key, r.known.ColumnRoles...))
			case "attribute":
				c.Attribute = value.Value
			case "supplier":
				c.Supplier = value.Value
			case "scale":
				c.Scale = r.scale(value)
			}
		}, nil)
		if c.Col == 0 && c.Header == "" {
			r.want(item, "column", "want.column")
		}
		all = append(all, c)
	}
	return all
}

// oneOf returns a value that must be one of the names; "" is none of them.
func (r *reader) oneOf(n *yaml.Node, key string, names ...string) string {
	if !contains(names, n.Value) {
		r.want(n, key, "want.one-of", names...)
	}
	return n.Value
}

func (r *reader) number(n *yaml.Node, key string) float64 {
	x, err := strconv.ParseFloat(n.Value, 64)
	if err != nil || x != x || x-x != 0 {
		r.want(n, key, "want.number")
	}
	return x
}

// scale reads "[1, 5]".
func (r *reader) scale(n *yaml.Node) dataset.Scale {
	if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
		r.want(n, "scale", "want.scale")
		return dataset.Scale{}
	}
	s := dataset.Scale{Lo: r.number(n.Content[0], "scale"), Hi: r.number(n.Content[1], "scale")}
	if !s.Bounded() {
		r.want(n, "scale", "want.scale")
	}
	return s
}

// lastColumn is the last column of a sheet, XFD.
const lastColumn = 16384

// columnNumber reads the letters of a column, or its number; 0 for anything else.
func columnNumber(text string) int {
	n := 0
	for _, c := range strings.ToUpper(text) {
		if c < 'A' || c > 'Z' || n > lastColumn {
			n = 0
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	if n == 0 {
		n, _ = strconv.Atoi(text)
	}
	if n < 1 || n > lastColumn {
		return 0
	}
	return n
}
