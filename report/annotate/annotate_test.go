package annotate

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/samples/golden"
	"valuebook/samples/office"
)

func TestPlanOfTheExample(t *testing.T) {
	b := wide(t, exampleData())
	plan := Prepare(b.report(analysis.DefaultOptions()), writer(t), Space{Sheets: []string{"My data"}, Beside: 27})
	golden.Equal(t, "example.plan.txt", []byte(plan.Dump()))
}

// cells reads a row of a sheet by the headers in another row.
func cells(t testing.TB, f *excelize.File, sheet string, header, row int) map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	out := map[string]string{}
	for c, name := range rows[header-1] {
		if name != "" && c < len(rows[row-1]) {
			out[name] = rows[row-1][c]
		}
	}
	return out
}

func reopen(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// The published numbers of the worked example stand in the workbook.
func TestExampleNumbersStandBesideTheCustomers(t *testing.T) {
	f := reopen(t, annotated(t, wide(t, exampleData()), analysis.DefaultOptions()))
	want := []map[string]string{
		{"Benefits": "87.500000", "Costs": "40.000000", "Value": "47.500000", "Ratio": "2.187500", "Coverage": "1.000000", "Lead of Rival A": "-27.500000",
			"Lead of Rival B": "-17.500000", "Verdict": "Worth it", "Relative performance": "22.500000", "Across: Value to the firm": "76.000000", "Up: Strategic match": "80.000000",
			"Class": "Strategic", "Border": "–", "Rank": "1.000000"},
		{"Value": "2.500000", "Verdict": "Borderline", "Relative performance": "3.750000", "Class": "Profit", "Border": "–", "Rank": "5.000000"},
		{"Value": "-32.500000", "Verdict": "Costs rated above benefits", "Relative performance": "-43.750000", "Class": "Potential", "Rank": "6.000000"},
		{"Benefits": "67.857143", "Costs": "35.000000", "Value": "32.857143", "Ratio": "1.938776", "Coverage": "0.700000", "Relative performance": "6.785714", "Class": "Ordinary"},
		{"Verdict": "Better offer elsewhere", "Lead of Rival A": "27.500000", "Relative performance": "-11.250000", "Class": "Potential", "Border": "border"},
		{"Verdict": "Worth it", "Up: Strategic match": "50.000000", "Class": "Strategic", "Border": "border", "Rank": "2.000000"},
	}
	for i, row := range want {
		got := cells(t, f, "My data", 3, 4+i)
		for name, value := range row {
			text := got[name]
			if strings.Contains(value, ".") {
				var x float64
				fmt.Sscan(text, &x)
				text = fmt.Sprintf("%.6f", x)
			}
			if text != value {
				t.Errorf("C%d %s = %q, want %q", i+1, name, text, value)
			}
		}
		if got["Why"] == "" {
			t.Errorf("C%d has no why", i+1)
		}
	}
}

// layouts are the two ways to lay out ratings.
var layouts = map[string]func(testing.TB, *dataset.Dataset) *book{"wide": wide, "long": long}

// changedParameters changes weights, a scale-free setting and a threshold in the
// annotated file, as a user does, and returns it without results to calculate
// again; ours is what a fresh run with these options makes.
func changedParameters(t testing.TB, layout func(testing.TB, *dataset.Dataset) *book) (ours, stripped []byte) {
	t.Helper()
	changed := options(func(o *analysis.Options) {
		o.Weights = map[string]float64{"Quality": 10, "Price": 5}
		o.Delta, o.Band, o.Coverage = 12, 9, 0.8
		o.Thresholds = map[quadrant.Measure]analysis.Threshold{
			quadrant.FirmValue: {Mode: quadrant.Median}, quadrant.Match: {Mode: quadrant.Custom, Value: 61},
		}
		o.ClassNames = map[string]string{"profit": "Cash & carry"}
	})
	f := reopen(t, annotated(t, layout(t, exampleData()), analysis.DefaultOptions()))
	for key, value := range map[string]any{"coverage_min": 0.8, "delta": 12, "border_band": 9, "threshold.firm-value": "median",
		"threshold.match": 61, "class_name.profit": "Cash & carry", "Quality": 10, "Price": 5} {
		setParameter(t, f, key, value)
	}
	var edited bytes.Buffer
	must(t, f.Write(&edited))
	return annotated(t, layout(t, exampleData()), changed), office.WithoutResults(t, edited.Bytes())
}

// setParameter writes the value of a setting, or the weight of an attribute, by
// its key.
func setParameter(t testing.TB, f *excelize.File, key string, value any) {
	t.Helper()
	rows, err := f.GetRows("Parameters")
	must(t, err)
	for r, row := range rows {
		for c, text := range row {
			if text == key && c == keyColumn-1 {
				must(t, f.SetCellValue("Parameters", address(2, r+1), value))
				return
			}
			if text == key && c == 6 {
				must(t, f.SetCellValue("Parameters", address(3, r+1), value))
				return
			}
		}
	}
	t.Fatalf("no parameter %q", key)
}

// many repeats the example with small shifts up to n customers.
func many(n int) *dataset.Dataset {
	small, d := exampleData(), exampleData()
	d.Customers.ID, d.Customers.Name, d.Customers.Segment = nil, nil, nil
	each(d, func(s *dataset.Series) { s.Values = make([]float64, n) })
	seed := uint32(7)
	for i := range n {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%05d", i))
		d.Customers.Name = append(d.Customers.Name, fmt.Sprintf("Customer %d", i))
		d.Customers.Segment = append(d.Customers.Segment, small.Customers.Segment[i%6])
	}
	each(d, func(s *dataset.Series) {
		for i := range s.Values {
			seed = seed*1664525 + 1013904223
			if s.Values[i] = float64(1 + seed>>24%5); seed>>16&31 == 0 {
				s.Values[i] = nan
			}
		}
	})
	return d
}

func TestLongLayoutsAboveTheLimitAreComputed(t *testing.T) {
	d := many(longLimit + 1)
	d.Suppliers, d.Ratings, d.ValueScore, d.Match = d.Suppliers[:1], d.Ratings[:5], nil, nil
	b := long(t, d)
	plan := Prepare(b.report(analysis.DefaultOptions()), writer(t), Space{Sheets: []string{"My data", "Ratings"}, Beside: 9})
	if strings.Join(plan.Computed, ",") != "long" {
		t.Errorf("computed: %v", plan.Computed)
	}
	for _, c := range plan.Block.Cells {
		if c.Formula != "" {
			t.Fatalf("%s is live: %s", sheets.Address(c.Row, c.Col), c.Formula)
		}
	}
}

// A workbook that we annotated comes in again: nothing doubles, nothing is left
// behind.
func TestAnnotatingTwiceGivesTheSameSheets(t *testing.T) {
	b := wide(t, exampleData())
	once := annotated(t, b, analysis.DefaultOptions())
	twice, _, err := Annotate(once, "xlsx", b.report(analysis.DefaultOptions()), writer(t))
	must(t, err)
	f, g := reopen(t, once), reopen(t, twice)
	if got, want := fmt.Sprint(g.GetSheetList()), fmt.Sprint(f.GetSheetList()); got != want {
		t.Errorf("sheets %s, want %s", got, want)
	}
	if got, want := len(g.GetDefinedName()), len(f.GetDefinedName()); got != want {
		t.Errorf("%d names, want %d", got, want)
	}
	for _, sheet := range f.GetSheetList() {
		was, err := f.GetRows(sheet)
		must(t, err)
		is, err := g.GetRows(sheet)
		must(t, err)
		if fmt.Sprint(was) != fmt.Sprint(is) {
			t.Errorf("sheet %s differs", sheet)
		}
	}
}

func TestTheUsersSheetNamesAndActiveSheetStay(t *testing.T) {
	b := wide(t, exampleData())
	for _, name := range []string{"Summary", "parameters"} {
		i, err := b.file.NewSheet(name)
		must(t, err)
		must(t, b.file.SetCellStr(name, "A1", "mine"))
		b.file.SetActiveSheet(i)
	}
	f := reopen(t, annotated(t, b, analysis.DefaultOptions()))
	got := strings.Join(f.GetSheetList(), "|")
	if !strings.HasPrefix(got, "My data|Summary|parameters|Summary (2)|Quadrant|") || !strings.Contains(got, "|Parameters (2)|") {
		t.Errorf("sheets %s", got)
	}
	if active := f.GetSheetName(f.GetActiveSheetIndex()); active != "parameters" {
		t.Errorf("active sheet %q", active)
	}
	if text, _ := f.GetCellValue("Summary", "A1"); text != "mine" {
		t.Errorf("the user's Summary holds %q", text)
	}
}

// withoutARow is the example whose last customer stands in no row.
func withoutARow(t testing.TB) *book {
	t.Helper()
	b := wide(t, exampleData())
	rows := append([]int32(nil), b.data.Customers.Place.Rows...)
	rows[5] = 0
	b.data.Customers.Place.Rows = rows
	return b
}

func TestCustomersWithoutARowGetASheetOfTheirOwn(t *testing.T) {
	f := reopen(t, annotated(t, withoutARow(t), analysis.DefaultOptions()))
	if got := cells(t, f, "Customer values", 4, 10); got["Customer"] != "Falk" || got["Class"] != "Strategic" {
		t.Errorf("row of the last customer: %v", got)
	}
}

// annotatedText is the workbook that is made of a text table, where names look
// like formulas.
func annotatedText(t testing.TB) []byte {
	t.Helper()
	d := noScores(noRivals(exampleData()))
	var text strings.Builder
	text.WriteString("Name,Quality,Service,Image,Price,Effort\n")
	rows := make([]int32, 6)
	for i := range rows {
		rows[i] = int32(i + 2)
		fmt.Fprintf(&text, "\"=cmd|'%s'\"", d.Customers.Name[i])
		for a := range d.Attributes {
			if x := d.Ratings[a].Values[i]; math.IsNaN(x) {
				text.WriteString(",")
			} else {
				fmt.Fprintf(&text, ",%g", x)
			}
		}
		text.WriteString("\n")
	}
	for a := range d.Ratings {
		d.Ratings[a].Place = dataset.Place{Sheet: "survey", Col: a + 2, Rows: rows}
	}
	d.Customers.Place = dataset.Place{Sheet: "survey", Col: 1, Rows: rows}
	d.Receipt = dataset.Receipt{File: "survey.csv", Format: "csv", Tables: []dataset.Table{{Sheet: "survey", FirstRow: 1, FirstCol: 1, LastRow: 7, LastCol: 6, HeaderRows: []int{1}}}}
	r := report.Build(d, analysis.Analyse(d, analysis.DefaultOptions()), report.Meta{})
	ours, _, err := Annotate([]byte(text.String()), ".csv", r, writer(t))
	must(t, err)
	return ours
}

func TestTextTablesBecomeWorkbooks(t *testing.T) {
	f := reopen(t, annotatedText(t))
	if name, _ := f.GetCellValue("survey", "A2"); name != "=cmd|'Arda'" {
		t.Errorf("A2 = %q", name)
	}
	if formula, _ := f.GetCellFormula("survey", "A2"); formula != "" {
		t.Errorf("text became the formula %q", formula)
	}
}

// The user's charts and pictures keep their parts though ours are added.
func TestPartsOfTheUserStay(t *testing.T) {
	b := wide(t, exampleData())
	for i := range 3 {
		must(t, b.file.AddChart("My data", address(5, 20+20*i), &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "x", Categories: "'My data'!$B$4:$B$9", Values: "'My data'!$C$4:$C$9"}}}))
	}
	must(t, b.file.DeleteChart("My data", address(5, 40)))
	before := reopen(t, b.bytes(t))
	after := reopen(t, annotated(t, b, analysis.DefaultOptions()))
	before.Pkg.Range(func(name, content any) bool {
		if strings.HasPrefix(name.(string), "xl/charts/chart") {
			got, ok := after.Pkg.Load(name)
			if !ok || !bytes.Equal(got.([]byte), content.([]byte)) {
				t.Errorf("part %s changed", name)
			}
		}
		return true
	})
}

func TestVerifySeesWhatChanged(t *testing.T) {
	b := wide(t, exampleData())
	pic, err := photograph(b.file)
	must(t, err)
	plan := Prepare(b.report(analysis.DefaultOptions()), writer(t), space(b.report(analysis.DefaultOptions()), pic))
	out, err := apply(reopen(t, b.bytes(t)), plan)
	must(t, err)
	must(t, verify(out, pic, plan))
	for what, change := range map[string]func(f *excelize.File) error{
		"cell":    func(f *excelize.File) error { return f.SetCellValue("My data", "C5", 1) },
		"sheet":   func(f *excelize.File) error { return f.DeleteSheet("About") },
		"formula": func(f *excelize.File) error { return f.SetCellValue("My data", sheets.Address(4, plan.Area.Col), 1) },
	} {
		f := reopen(t, out)
		must(t, change(f))
		var buf bytes.Buffer
		must(t, f.Write(&buf))
		if err := verify(buf.Bytes(), pic, plan); err == nil {
			t.Errorf("a changed %s was not seen", what)
		}
	}
}

func TestOutputIsTheSameEveryTime(t *testing.T) {
	one := annotated(t, wide(t, exampleData()), analysis.DefaultOptions())
	if !bytes.Equal(one, annotated(t, wide(t, exampleData()), analysis.DefaultOptions())) {
		t.Error("two runs differ")
	}
}
