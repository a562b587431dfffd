package pdf_test

import (
	"math"
	"strings"

	"valuebook/report"
	"valuebook/report/dataset"
)

// hostile are names as they come out of real systems.
var hostile = []string{
	`<b>&"Bold" 'Co'</b>`, "🙂🙃 Smile 👩‍👩‍👧 Ltd", "株式会社サンプル商事", "شركة المثال للتجارة", "דוגמה בעמ", "=cmd|' /C calc'!A0", "Ünïcödé Łódź Ωmega Жук",
	strings.Repeat("Very Long Customer Name ", 13), strings.Repeat("x", 300), "line\nbreak\tand tab", "\x00\x07\u202eevil", "(paren\\thesis)", "\xff\xfe broken", "Ａ １ full ① ½ ﬁ ₹ ✓",
	"", "   ", "é́́́ combining",
}

// extreme is a report in which every text is as bad as it can be.
func extreme() *report.Report {
	r := sample()
	nan := math.NaN()
	r.Title = dataset.Literal(strings.Repeat("A title that goes on ", 9) + "🙂")
	r.Company = hostile[7]
	r.Period = "no month"
	for i := range r.KeyFigures {
		r.KeyFigures[i].Value = dataset.Num(-1.23456789e17*float64(i), dataset.Money)
		r.KeyFigures[i].Label = dataset.Literal(hostile[i])
	}
	for i := range r.Sentences {
		r.Sentences[i] = dataset.Literal(hostile[i] + " " + hostile[7]).From("customers")
	}
	for i := range r.Actions {
		r.Actions[i].Advice = dataset.Literal(hostile[7] + hostile[8])
		r.Actions[i].Names = hostile[i*3 : i*3+3]
	}
	list := customers(60, 3)
	for i := range list {
		list[i].name = hostile[i%len(hostile)]
	}
	table := customerTable(list, 60)
	table.Rows[3] = nil
	table.Rows[4] = table.Rows[4][:2]
	table.Rows[5][2] = dataset.Num(nan, dataset.SignedPoints)
	table.Rows[6][4] = dataset.Num(math.Inf(-1), dataset.Money)
	table.Rows[7][5] = dataset.Str(strings.Repeat("Because of everything. ", 200))
	wide := &report.Table{ID: "wide", Title: lit("Fourteen columns")}
	var row []dataset.Quantity
	for i := range 14 {
		wide.Columns = append(wide.Columns, report.Column{Header: dataset.Literal("Header " + hostile[i%8])})
		row = append(row, dataset.Num(math.Pow(-7, float64(i*2+1)), dataset.Number))
	}
	wide.Rows = [][]dataset.Quantity{row, row}
	empty := &report.Table{ID: "empty", Title: lit("No rows"), Columns: []report.Column{{Header: lit("Only a header"), Text: true}}}
	bars := rowsChart(report.BarsChart, list, 40)
	bars.Bars[3].Lo, bars.Bars[3].Hi = math.Inf(-1), nan
	bars.Bars = append(bars.Bars, report.Bar{Label: "nothing", Value: nan})
	r.Sections = []report.Section{
		{ID: "quadrant", Title: dataset.Literal(hostile[7]), Blocks: []report.Block{{Chart: quadrantChart(list, 60)}, {Chart: quadrantChart(list[:1], 1)}, {Chart: quadrantChart(nil, 0)}}},
		{ID: "customers", Title: lit("Everything"), Blocks: []report.Block{{Table: table}, {Table: wide}, {Table: empty}, {Table: &report.Table{}}, {Chart: bars}, {List: []dataset.Message{dataset.Literal(hostile[8])}}, {},
			{Heading: ptr(dataset.Literal(hostile[8]))}, {Note: ptr(dataset.Literal(hostile[7]))}}},
		{ID: "unknown", Title: dataset.Message{}, Blocks: nil},
		{ID: "charts", Title: lit("Charts without limits"), Blocks: extremeCharts()},
	}
	return r
}

// extremeCharts are all kinds with one value, equal values and huge values.
func extremeCharts() []report.Block {
	var blocks []report.Block
	for _, values := range [][]float64{{5}, {7, 7, 7}, {1e12, -3e12, 2e11}, {1e-9, 2e-9}} {
		for _, kind := range []report.ChartKind{report.BarsChart, report.IntervalChart, report.WaterfallChart, report.HeadToHeadChart} {
			ch := &report.Chart{ID: string(kind), Kind: kind, Title: lit("%s of %v", kind, values), X: report.Axis{Unit: dataset.Money, Label: lit("amount")}, Y: report.Axis{Unit: dataset.Number}}
			for i, v := range values {
				ch.Bars = append(ch.Bars, report.Bar{Label: hostile[(i*5+2)%len(hostile)], Width: 1, Value: v, Lo: v / 2, Hi: v * 2, Style: report.StylePlus, Text: dataset.Num(v, dataset.Money)})
			}
			blocks = append(blocks, report.Block{Chart: ch})
		}
	}
	return blocks
}
