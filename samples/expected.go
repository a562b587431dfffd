package samples

import (
	"fmt"
	"math"
	"strings"

	"valuebook/report/sheets"
)

// An Expectation is one published figure that a sample must give.
type Expectation struct {
	Key       string  // where the figure stands in the results, such as "customers[C1].value"
	Value     float64 // NaN: there must be none
	Text      string  // for figures that are words; Value is NaN then
	Tolerance float64 // largest allowed difference
	Method    string  // section of METHOD
	Source    string  // who published it
}

// Word reports whether the figure is a word.
func (e Expectation) Word() bool { return e.Text != "" }

// An expectedTable is a table of expected figures as it is written in YAML:
// every cell is one figure, and the key says how row and column name it.
type expectedTable struct {
	Key       string   `yaml:"key"` // with {row} and {column}
	Method    string   `yaml:"method"`
	Source    string   `yaml:"source"`
	Tolerance float64  `yaml:"tolerance"`
	Columns   []string `yaml:"columns"`
	Rows      []expectedRow
}

// An expectedRow is the name of a row and its figures.
type expectedRow struct {
	Row    string `yaml:"row"`
	Values []any  `yaml:"values"`
}

// expectations lists the figures of all tables in order.
func expectations(tables []expectedTable) ([]Expectation, error) {
	var list []Expectation
	for _, table := range tables {
		for _, row := range table.Rows {
			if len(row.Values) != len(table.Columns) {
				return nil, fmt.Errorf("expected %s, row %q: %d figures for %d columns", table.Key, row.Row, len(row.Values), len(table.Columns))
			}
			for i, value := range row.Values {
				e := Expectation{
					Key:   strings.NewReplacer("{row}", row.Row, "{column}", table.Columns[i]).Replace(table.Key),
					Value: math.NaN(), Tolerance: table.Tolerance, Method: table.Method, Source: table.Source,
				}
				if text, word := value.(string); word {
					e.Text = text
				} else if x := number(value); x != nil {
					e.Value = *x
				}
				list = append(list, e)
			}
		}
	}
	return list, nil
}

// expectedSheet is the name of the sheet that holds the expected figures.
const expectedSheet = "Expected"

// expectedPlan writes expected figures beside the data they belong to.
func expectedPlan(list []Expectation, words expectedWords) (sheets.Sheet, error) {
	s := sheetDefinition{Name: expectedSheet, Text: words.Text, Columns: words.Columns, Freeze: 1}
	for _, e := range list {
		row := []any{e.Key, nil, nil, e.Method, e.Source}
		switch {
		case e.Word():
			row[1] = e.Text
		case math.IsNaN(e.Value):
			row[1] = words.None
		default:
			row[1], row[2] = e.Value, e.Tolerance
		}
		s.Rows = append(s.Rows, row)
	}
	return s.plan()
}

// expectedWords are the texts of the sheet of expected figures.
type expectedWords struct {
	Text    []string           `yaml:"text"`
	None    string             `yaml:"none"`
	Columns []columnDefinition `yaml:"columns"`
}
