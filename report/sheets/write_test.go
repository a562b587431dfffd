package sheets

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func ptr(x float64) *float64 { return &x }

// sample is a plan that uses everything once.
func sample() Workbook {
	header := Style{Role: Header}
	return Workbook{
		Title: "Sample <&>", Company: "A & B", Active: "Data & more",
		Names: []Name{{"vb_delta", "Parameters!$B$2"}},
		Sheets: []Sheet{
			{Name: "Parameters", Widths: map[int]float64{1: 20}, Cells: []Cell{
				{Row: 1, Col: 1, Value: "Setting", Style: header}, {Row: 1, Col: 2, Value: "Value", Style: header},
				{Row: 2, Col: 1, Value: "Delta"}, {Row: 2, Col: 2, Value: 5.0, Style: Style{Role: Input}, Note: "points"}},
				Validations: []Validation{{Area: Area{2, 2, 2, 2}, Min: 0, Max: 100, Prompt: "0 to 100"}}},
			{Name: "Data & more", FreezeRow: 1, RepeatRows: 1, Landscape: true, TabColor: "0B3C5D", HideGrid: true,
				Cells: []Cell{
					{Row: 1, Col: 1, Value: "Customer", Style: header}, {Row: 1, Col: 2, Value: "Value", Style: header}, {Row: 1, Col: 3, Value: "Class", Style: header},
					{Row: 2, Col: 1, Value: "=cmd|'/c calc'!A1"}, {Row: 2, Col: 2, Formula: "vb_delta*1.1", Value: 5.5, Style: Style{Role: Result, Format: OneDigit}},
					{Row: 2, Col: 3, Formula: `IF(B2>5,"a<b & ""c""","x")`, Value: `a<b & "c"`},
					{Row: 3, Col: 1, Value: "Ünï 😀 <&>\"'"}, {Row: 3, Col: 2, Formula: "B2>5", Value: true}, {Row: 3, Col: 3, Value: math.NaN()},
					{Row: 4, Col: 1, Value: "link", Link: "#Parameters!B2", Style: Style{Role: LinkText}}, {Row: 4, Col: 2, Value: 3}, {Row: 4, Col: 3, Value: "y"}},
				Tables:     []Table{{"vb_sample", Area{1, 1, 4, 3}}},
				Conditions: []Condition{{Kind: DataBar, Area: Area{2, 2, 4, 2}}, {Kind: Icons, Area: Area{2, 2, 4, 2}, Texts: []string{"-vb_delta", "vb_delta"}}, {Kind: ClassFill, Area: Area{2, 3, 4, 3}, Texts: []string{`"y"`}}},
				Charts: []Chart{
					{Row: 6, Col: 1, Width: 400, Height: 300, Kind: Scatter, Title: "T <1>", Alt: `alt "1"`, XTitle: "x", YTitle: "y", XMin: ptr(0), XMax: ptr(10),
						Series: []Series{{Name: "s", Categories: "'Data & more'!$B$2:$B$4", Values: "'Data & more'!$B$2:$B$4", Marker: "diamond", PointLabels: []PointLabel{{Index: 0, Text: "=x <1>", Place: "r"}}},
							{Categories: "'Data & more'!$B$2:$B$4", Values: "'Data & more'!$B$2:$B$4", Line: true, Dash: true}}},
					{Row: 6, Col: 8, Width: 400, Height: 300, Kind: BarChart, Title: "Bars",
						Series: []Series{{Name: "Parameters!$B$1", Categories: "'Data & more'!$A$2:$A$4", Values: "'Data & more'!$B$2:$B$4", ValueLabels: true}}}},
			},
		},
	}
}

func write(t *testing.T, wb Workbook) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, wb); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range archive.File {
		part, err := readPart(f)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(part)
	}
	return out
}

func TestTheSamePlanGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, sample()), write(t, sample())) {
		t.Error("two runs differ")
	}
}

func TestEveryPartIsWellFormed(t *testing.T) {
	for name, part := range parts(t, write(t, sample())) {
		d := xml.NewDecoder(strings.NewReader(part))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestFormulasCarryTypedResults(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := parts(t, write(t, sample()))["xl/worksheets/sheet2.xml"]
	for _, want := range []string{
		`<f>vb_delta*1.1</f><v>5.5</v></c>`,
		`t="str"><f>IF(B2&gt;5,&#34;a&lt;b &amp; &#34;&#34;c&#34;&#34;&#34;,&#34;x&#34;)</f><v>a&lt;b &amp; &#34;c&#34;</v></c>`,
		`t="b"><f>B2&gt;5</f><v>1</v></c>`,
		`<cfvo type="formula" val="-vb_delta"/>`,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s in\n%s", want, sheet)
		}
	}
	for cell, want := range map[string]string{"A2": "=cmd|'/c calc'!A1", "B2": "5.5", "C2": `a<b & "c"`, "B3": "TRUE", "C3": "", "A3": "Ünï 😀 <&>\"'"} {
		if got, _ := f.GetCellValue("Data & more", cell, excelize.Options{RawCellValue: cell == "B2"}); got != want {
			t.Errorf("%s = %q, want %q", cell, got, want)
		}
	}
	if formula, _ := f.GetCellFormula("Data & more", "A2"); formula != "" {
		t.Errorf("text became the formula %q", formula)
	}
}

func TestChartsCarryTheirValues(t *testing.T) {
	chart := parts(t, write(t, sample()))["xl/charts/chart1.xml"]
	for _, want := range []string{
		`<c:f>&#39;Data &amp; more&#39;!$B$2:$B$4</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="3"/><c:pt idx="0"><c:v>5.5</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt>`,
		`<a:t>T &lt;1&gt;</a:t>`, `<a:prstDash val="dash"/>`,
	} {
		if !strings.Contains(chart, want) {
			t.Errorf("no %s in\n%s", want, chart)
		}
	}
	if !strings.Contains(parts(t, write(t, sample()))["xl/drawings/drawing1.xml"], `descr="alt`) {
		t.Error("the chart has no alternative text")
	}
}

func TestBadPlansAreRefused(t *testing.T) {
	twice := Sheet{Name: "S", Cells: []Cell{{Row: 1, Col: 1, Value: "A"}, {Row: 1, Col: 2, Value: "a "}, {Row: 2, Col: 1, Value: 1.0}}}
	twice.Tables = []Table{{"vb_t", Area{1, 1, 2, 2}}}
	for name, s := range map[string]Sheet{
		"same header":  twice,
		"same cell":    {Name: "S", Cells: []Cell{{Row: 1, Col: 1}, {Row: 1, Col: 1}}},
		"unknown type": {Name: "S", Cells: []Cell{{Row: 1, Col: 1, Value: []int{}}}},
	} {
		if err := Write(io.Discard, Workbook{Sheets: []Sheet{s}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := Write(io.Discard, Workbook{}); err == nil {
		t.Error("no sheets: no error")
	}
}

// FuzzFillFormulas holds that the pass over a sheet's bytes never panics and
// changes nothing without a plan.
func FuzzFillFormulas(f *testing.F) {
	f.Add(`<sheetData><row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1"/></row></sheetData>`)
	f.Add(`<c r="A1"><c `)
	f.Fuzz(func(t *testing.T, part string) {
		plan := map[place]Cell{{1, 1}: {Row: 1, Col: 1, Formula: "1+1", Value: 2.0}}
		_, _ = fillFormulas([]byte(part), plan)
		if out, err := fillFormulas([]byte(part), nil); err != nil || string(out) != part {
			t.Error("changed without a plan")
		}
	})
}
