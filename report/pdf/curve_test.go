package pdf_test

import (
	"math"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
)

// TestCurveAndHeatPages draws the charts of purchases on a page: a whale curve, a survival curve with its model, and the
// grid of recency and frequency.
func TestCurveAndHeatPages(t *testing.T) {
	whale := report.Curve{Label: dataset.Literal("profit"), Style: report.StyleOwn, Fill: true}
	for i := range 101 {
		x := float64(i) / 100
		whale.Points = append(whale.Points, report.Vertex{X: x, Y: 1.4*(1-math.Pow(1-x, 3)) - 0.4*x*x*x})
	}
	even := report.Curve{Label: dataset.Literal("all alike"), Style: report.StyleNone, Dashed: true, Points: []report.Vertex{{X: 0, Y: 0}, {X: 1, Y: 1}}}
	observed := report.Curve{Label: dataset.Literal("observed"), Style: report.StyleOwn, Dots: true}
	model := report.Curve{Label: dataset.Literal("expected by the model"), Style: report.StyleHighLow, Dashed: true}
	for i, s := range []float64{1, .869, .743, .653, .593, .551, .517, .491} {
		observed.Points = append(observed.Points, report.Vertex{X: float64(i), Y: s})
	}
	for i := range 13 {
		model.Points = append(model.Points, report.Vertex{X: float64(i), Y: math.Pow(float64(i)+1, -0.37)})
	}
	heat := &report.Heat{Rows: []string{"5", "4", "3", "2", "1"}, Columns: []string{"1", "2", "3", "4", "5"}}
	for r := range 5 {
		var row []report.HeatCell
		for c := range 5 {
			n := float64((r*7+c*13)%40 + 1)
			row = append(row, report.HeatCell{Value: n, Text: dataset.Num(n, dataset.Count), Note: dataset.Literal("Potential Loyalist")})
		}
		heat.Cells = append(heat.Cells, row)
	}
	share := func(label string) report.Axis {
		return report.Axis{Label: dataset.Literal(label), Unit: dataset.Share, Lo: 0, Hi: 1}
	}
	charts := []*report.Chart{
		{ID: "whale", Kind: report.CurveChart, Title: dataset.Literal("The first fifth of customers brings 67 % of profit"), X: share("share of customers, best first"), Y: share("share of profit"), Curves: []report.Curve{whale, even},
			Marks: []report.Mark{{X: 0.2, Y: whale.Points[20].Y, Label: dataset.Literal("20 % of customers: 68 % of profit")}}},
		{ID: "survival", Kind: report.CurveChart, Title: dataset.Literal("Half of a cohort is left after seven years"), X: report.Axis{Label: dataset.Literal("years"), Unit: dataset.Count}, Y: share("customers left"), Curves: []report.Curve{observed, model}},
		{ID: "rfm", Kind: report.HeatChart, Title: dataset.Literal("Customers by recency and frequency"), X: report.Axis{Label: dataset.Literal("frequency score, 5 = most often")}, Y: report.Axis{Label: dataset.Literal("recency score, 5 = most recent")}, Heat: heat},
	}
	r := sample()
	r.Sections = r.Sections[:1]
	for _, c := range charts {
		r.Sections[0].Blocks = append(r.Sections[0].Blocks, report.Block{Chart: c})
	}
	out := render(t, "curves", r)
	if len(out) < 10_000 {
		t.Errorf("%d bytes", len(out))
	}
}
