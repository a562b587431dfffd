package config_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/config"
	"valuebook/report/dataset"
)

var withRoles = config.Known{
	Names: known.Names, Prefixes: known.Prefixes,
	TableRoles: []string{"customers", "wide_ratings", "other"}, ColumnRoles: []string{"id", "rating", "unused"},
}

const mapped = `delta: 3
workbooks:
  - match: Survey-*.xlsx
    company: Nordwind AG
    threshold: {match: median}
    attributes:
      - {name: Service, side: benefit, scale: [1, 5], direction: up, weight: 30}
      - {name: "Price, fair", side: cost, direction: down}
    tables:
      - sheet: "2026*"
        header_row: 4
        role: wide_ratings
        columns:
          - {column: C, header: Kunde, role: id}
          - {header: "Service [R]", role: rating, attribute: Service, supplier: R}
  - match: "*"
    delta: 5
`

func TestWorkbooks(t *testing.T) {
	f, err := config.FromFile(file(t, mapped), withRoles)
	if err != nil {
		t.Fatal(err)
	}
	w := f.For(filepath.Join("some", "folder", "survey-2026.XLSX"))
	if got := fmt.Sprintf("%s %d %d %s %s", f.Entries[0].Value, len(f.Workbooks), len(w.Entries), w.Entries[0].Name, w.Entries[1].Name); got != "3 2 2 company threshold.match" {
		t.Error(got)
	}
	service, price := w.Mapping.Attributes[0], w.Mapping.Attributes[1]
	if service != (dataset.MappedAttribute{Name: "Service", Side: "benefit", Scale: dataset.Scale{Lo: 1, Hi: 5}, Direction: "up", Weight: 30, From: "valuebook.yaml:7"}) {
		t.Errorf("%+v", service)
	}
	if price.Name != "Price, fair" || price.Direction != "down" || price.Scale.Bounded() || !math.IsNaN(price.Weight) {
		t.Errorf("%+v", price)
	}
	table := w.Mapping.Tables[0]
	if table.Sheet != "2026*" || table.HeaderRow != 4 || table.Role != dataset.TableWide || table.From != "valuebook.yaml:10" {
		t.Errorf("%+v", table)
	}
	if got := fmt.Sprintf("%+v", table.Columns); got != "[{Col:3 Header:Kunde Role:id Attribute: Supplier: Scale:{Lo:0 Hi:0 Inferred:false} From:valuebook.yaml:14}"+
		" {Col:0 Header:Service [R] Role:rating Attribute:Service Supplier:R Scale:{Lo:0 Hi:0 Inferred:false} From:valuebook.yaml:15}]" {
		t.Error(got)
	}
	if other := f.For("other.csv"); len(other.Entries) != 1 || other.Entries[0].Value != "5" || !other.Mapping.Empty() {
		t.Errorf("%+v", other)
	}
}

// Every mistake names its line, and the nearest name where one was misspelt.
func TestWorkbookErrors(t *testing.T) {
	item := func(text string) string { return "workbooks:\n  - " + text }
	for name, c := range map[string]struct{ text, place, nearest, want string }{
		"key of a workbook":    {item("match: a.xlsx\n    tabels: []"), "valuebook.yaml:3", "tables", ""},
		"setting":              {item("dleta: 3"), "valuebook.yaml:2", "delta", ""},
		"top":                  {"workbook:\n  - match: a", "valuebook.yaml:1", "workbooks", ""},
		"key of a column":      {item("tables:\n      - sheet: A\n        columns:\n          - {colum: A}"), "valuebook.yaml:5", "column", ""},
		"key of an attribute":  {item("attributes: [{name: A, scael: [1, 5]}]"), "valuebook.yaml:2", "scale", ""},
		"role of a column":     {item("tables: [{sheet: A, columns: [{column: A, role: raiting}]}]"), "valuebook.yaml:2", "", "want.one-of"},
		"role of a table":      {item("tables: [{sheet: A, role: wide}]"), "valuebook.yaml:2", "", "want.one-of"},
		"side":                 {item("attributes: [{name: A, side: good}]"), "valuebook.yaml:2", "", "want.one-of"},
		"turned scale":         {item("attributes: [{name: A, scale: [5, 1]}]"), "valuebook.yaml:2", "", "want.scale"},
		"weight":               {item("attributes: [{name: A, weight: much}]"), "valuebook.yaml:2", "", "want.number"},
		"endless weight":       {item("attributes: [{name: A, weight: .inf}]"), "valuebook.yaml:2", "", "want.number"},
		"column":               {item("tables: [{sheet: A, columns: [{column: XFE}]}]"), "valuebook.yaml:2", "", "want.column"},
		"header row":           {item("tables: [{sheet: A, header_row: first}]"), "valuebook.yaml:2", "", "want.row"},
		"no sheet":             {item("tables: [{header_row: 1}]"), "valuebook.yaml:2", "", "want.name"},
		"no name":              {item("attributes: [{side: cost}]"), "valuebook.yaml:2", "", "want.name"},
		"pattern":              {item(`match: "[a"`), "valuebook.yaml:2", "", "want.pattern"},
		"twice":                {item("match: a\n    match: b"), "valuebook.yaml:3", "", "want.once"},
		"workbooks is no list": {"workbooks: yes", "valuebook.yaml:1", "", "want.list"},
		"no map":               {"workbooks: [a]", "valuebook.yaml:1", "", "want.map"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.FromFile(file(t, c.text), withRoles)
			var unknown *config.UnknownError
			var wanted *config.WantError
			switch {
			case err == nil:
				t.Error("no error")
			case errors.As(err, &unknown):
				if unknown.Place != c.place || unknown.Nearest != c.nearest || c.want != "" {
					t.Errorf("%+v", unknown)
				}
			case errors.As(err, &wanted):
				if wanted.Place != c.place || wanted.Want != c.want {
					t.Errorf("%+v", wanted)
				}
			case c.place != "":
				t.Error(err)
			}
		})
	}
}

// A draft is read as what it says.
func TestDraft(t *testing.T) {
	odd := "Preis, \"netto\": [1-5] # ä\n{x}"
	draft := config.Draft{
		Head: []string{"How it is read"}, Match: "book 1.xlsx",
		Settings:   []config.Line{{Fields: []config.Field{{Key: "company", Value: "yes: no"}}, Remark: "a\nremark"}, {Off: true, Fields: []config.Field{{Key: "delta", Value: 3}}}},
		Attributes: []config.Line{{Fields: []config.Field{{Key: "name", Value: odd}, {Key: "scale", Value: dataset.Scale{Lo: 0.5, Hi: 5}}, {Key: "weight", Value: 12.5}}}},
		Tables: []config.DraftTable{{Fields: []config.Field{{Key: "sheet", Value: "*"}, {Key: "header_row", Value: 2}}, Columns: []config.Line{
			{Fields: []config.Field{{Key: "column", Value: "B"}, {Key: "header", Value: odd}, {Key: "role", Value: "id"}}, Remark: "why"},
		}}},
	}
	path := filepath.Join(t.TempDir(), config.FileName)
	if err := os.WriteFile(path, draft.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := config.FromFile(path, withRoles)
	if err != nil {
		t.Fatalf("%v\n%s", err, draft.Bytes())
	}
	w := f.For("Book 1.xlsx")
	if len(w.Entries) != 1 || w.Entries[0].Value != "yes: no" {
		t.Errorf("%+v", w.Entries)
	}
	a, table := w.Mapping.Attributes[0], w.Mapping.Tables[0]
	if a.Name != odd || a.Scale != (dataset.Scale{Lo: 0.5, Hi: 5}) || a.Weight != 12.5 || table.Sheet != "*" || table.Columns[0].Header != odd || table.Columns[0].Col != 2 {
		t.Errorf("%+v %+v\n%s", a, table, draft.Bytes())
	}
	if !strings.Contains(string(draft.Bytes()), "    # delta: 3\n") {
		t.Errorf("%s", draft.Bytes())
	}
}
