package annotate

import (
	"math"

	"valuebook/report"
	"valuebook/report/dataset"
)

// trendTable is a chart of figures over time as numbers: a row for each period,
// a column for each figure.
func trendTable(c *report.Chart) *report.Table {
	t := &report.Table{Columns: []report.Column{{Header: c.X.Label, Text: true}}}
	rows := make([][]dataset.Quantity, len(c.X.Names))
	known := make([]bool, len(rows))
	for k, name := range c.X.Names {
		rows[k] = []dataset.Quantity{name}
	}
	for n, panel := range c.Panels {
		t.Columns = append(t.Columns, report.Column{Header: panel.Name})
		for k := range rows {
			rows[k] = append(rows[k], dataset.Num(math.NaN(), panel.Unit))
		}
		for _, curve := range panel.Curves {
			for _, v := range curve.Points {
				if k := int(v.X); k >= 0 && k < len(rows) {
					rows[k][n+1], known[k] = dataset.Num(v.Y, panel.Unit), true
				}
			}
		}
	}
	for k, row := range rows {
		if known[k] { // a month without a report has no row
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
