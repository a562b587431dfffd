package annotate

import (
	"math"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
)

// A figure that is not known of a month is no number, a month of which nothing is
// known has no row.
func TestTrendTable(t *testing.T) {
	curve := func(points ...report.Vertex) []report.Curve { return []report.Curve{{Points: points}} }
	c := &report.Chart{Kind: report.TrendsChart, X: report.Axis{Names: []dataset.Quantity{dataset.Str("a"), dataset.Str("b"), dataset.Str("c"), dataset.Str("d")}},
		Panels: []report.Panel{
			{Unit: dataset.Count, Curves: curve(report.Vertex{X: 0, Y: 5}, report.Vertex{X: 1, Y: 6}, report.Vertex{X: 3, Y: 7}, report.Vertex{X: 9, Y: 8})},
			{Unit: dataset.Share, Curves: curve(report.Vertex{X: 3, Y: 0.5})},
		}}
	table := trendTable(c)
	if len(table.Rows) != 3 || len(table.Columns) != 3 {
		t.Fatalf("%d rows of %d columns", len(table.Rows), len(table.Columns))
	}
	for i, want := range [][2]float64{{5, math.NaN()}, {6, math.NaN()}, {7, 0.5}} {
		for k, x := range want {
			if got := table.Rows[i][k+1].Value; got != x && !(math.IsNaN(got) && math.IsNaN(x)) {
				t.Errorf("row %d, figure %d is %v, want %v", i, k, got, x)
			}
		}
	}
}
