package samples

import (
	"bytes"
	"fmt"

	"gopkg.in/yaml.v3"

	"valuebook/report/sheets"
)

// A definition is one workbook as it is written in YAML.
type definition struct {
	Title    string            `yaml:"title"`
	Subject  string            `yaml:"subject"`
	Company  string            `yaml:"company"`
	Created  string            `yaml:"created"` // RFC 3339
	Active   string            `yaml:"active"`
	Names    map[string]string `yaml:"names"`
	Sheets   []sheetDefinition `yaml:"sheets"`
	Expected []expectedTable   `yaml:"expected"`
	Survey   *survey           `yaml:"survey"`  // rows made from stories, nil for none
	Earlier  *earlierBook      `yaml:"earlier"` // an earlier period of another workbook, nil for none
}

// A sheetDefinition is one sheet: lines of text, then a table.
type sheetDefinition struct {
	Name     string             `yaml:"name"`
	Tab      string             `yaml:"tab"`
	Text     []string           `yaml:"text"` // "# title", "## heading", "> small print", "Label | text"
	Widths   []float64          `yaml:"widths"`
	Table    string             `yaml:"table"` // name of the native table, "" for none
	Columns  []columnDefinition `yaml:"columns"`
	Rows     [][]any            `yaml:"rows"`
	Spare    int                `yaml:"spare"` // empty rows below that take the same input
	Freeze   int                `yaml:"freeze"`
	Emphasis []int              `yaml:"emphasis"` // rows, from 1, that are not data: weights
}

// A columnDefinition is the header of a column and what may stand in it.
type columnDefinition struct {
	Header string  `yaml:"header"`
	Width  float64 `yaml:"width"`
	Format string  `yaml:"format"`
	Role   string  `yaml:"role"`
	Note   string  `yaml:"note"`
	Wrap   bool    `yaml:"wrap"`
	Center bool    `yaml:"center"`
	limits `yaml:",inline"`
}

// limits say what may be entered.
type limits struct {
	List   []string `yaml:"list"`
	Source string   `yaml:"source"`
	Min    *float64 `yaml:"min"`
	Max    *float64 `yaml:"max"`
	Whole  bool     `yaml:"whole"`
	Prompt string   `yaml:"prompt"`
	Error  string   `yaml:"error"`
}

// validation returns the limits for an area, and false where there are none.
func (l limits) validation(area sheets.Area) (sheets.Validation, bool) {
	v := sheets.Validation{Area: area, List: l.List, Source: l.Source, Whole: l.Whole, Prompt: l.Prompt, Error: l.Error}
	if l.Min != nil && l.Max != nil {
		v.Min, v.Max = *l.Min, *l.Max
	}
	return v, l.List != nil || l.Source != "" || l.Min != nil && l.Max != nil
}

// parse reads a definition and refuses names that it does not know.
func parse(data []byte) (definition, error) {
	var d definition
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&d); err != nil {
		return definition{}, fmt.Errorf("read workbook definition: %w", err)
	}
	return d, d.check()
}

// formats and roles are the words for them in a definition.
var (
	formats = map[string]sheets.Format{
		"": sheets.General, "number": sheets.General, "whole": sheets.Whole, "one": sheets.OneDigit, "two": sheets.TwoDigits,
		"percent": sheets.Percent, "amount": sheets.Amount, "date": sheets.Date, "month": sheets.Month, "text": sheets.AsText,
	}
	roles = map[string]sheets.Role{
		"": sheets.Plain, "input": sheets.Input, "label": sheets.Label, "fine": sheets.Fine, "total": sheets.Total,
	}
)

// check returns an error for a word that no format or role has, and for a row
// that does not fit its columns.
func (d definition) check() error {
	if len(d.Sheets) == 0 && d.Earlier == nil {
		return fmt.Errorf("workbook definition: no sheets")
	}
	for _, s := range d.Sheets {
		for _, c := range s.Columns {
			if _, known := formats[c.Format]; !known {
				return fmt.Errorf("workbook definition, sheet %q, column %q: no format %q", s.Name, c.Header, c.Format)
			}
			if _, known := roles[c.Role]; !known {
				return fmt.Errorf("workbook definition, sheet %q, column %q: no role %q", s.Name, c.Header, c.Role)
			}
		}
		for i, row := range s.Rows {
			if len(row) > len(s.Columns) {
				return fmt.Errorf("workbook definition, sheet %q, row %d: %d cells for %d columns", s.Name, i+1, len(row), len(s.Columns))
			}
		}
	}
	return nil
}
