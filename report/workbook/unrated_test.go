package workbook

import (
	"testing"

	"valuebook/report/dataset"
)

// An attribute that nobody rated is left out in every layout; one whose cells are all wrong stays, as its errors say why.
func TestAttributesRatedByNobody(t *testing.T) {
	wide := sheetOf{name: "Data", rows: [][]any{
		{"ID", "Benefit: Quality [1-5]", "Benefit: Image [1-5]", "Cost: Price [1-5]", "Benefit: Range [1-5]", "Cost: Effort [1-5]"}, {"A", 4, nil, 2, "n/a", 9}, {"B", 5, nil, 3, "-", 7},
	}}
	d := read(t, Options{}, wide)
	wantFindings(t, d, "warning column-not-rated Data!C1 x2", "error rating-out-of-range Data!F2", "error rating-out-of-range Data!F3")
	if len(d.Attributes) != 3 || len(d.Ratings) != 3 || d.Attributes[1].ID != "Price" || d.Rating(0, 1).Values[1] != 3 {
		t.Errorf("%+v\n%s", d.Attributes, receiptText(d))
	}
	if text := textOf(t, finding(t, d, codeColumnUnrated)); text != "2 attributes in C, E were rated by nobody and are left out: Image and Range" {
		t.Error(text)
	}
	declared := sheetOf{name: "Attributes", rows: [][]any{
		{"attribute_id", "side", "scale_min", "scale_max"}, {"Quality", "benefit", 1, 5}, {"Image", "benefit", 1, 5}, {"Price", "cost", 1, 5},
	}}
	for _, rows := range [][][]any{
		{{"customer_id", "attribute_id", "rating"}, {"A", "Quality", 4}, {"A", "Price", 2}},
		{{"customer_id", "attribute_id", "rating"}, {"A", "Quality", 4}, {"A", "Price", 2}, {"A", "Image", nil}},
		{{"customer_id", "Quality", "Image", "Price"}, {"A", 4, nil, 2}},
	} {
		d := read(t, Options{}, declared, sheetOf{name: "Ratings", rows: rows})
		wantFindings(t, d, "warning attribute-not-rated Attributes!A3")
		if len(d.Attributes) != 2 {
			t.Error(receiptText(d))
		}
	}
}

func TestNothingRated(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Name", "Benefit: Quality [1-5]", "Cost: Price [1-5]"}, {"A", "Arda", nil, nil}, {"B", "Bolt", nil, "-"}}})
	wantFindings(t, d, "warning nothing-rated Data")
	if len(d.Attributes) != 2 || d.Customers.Len() != 2 {
		t.Error(receiptText(d))
	}
}

// A column for the whole of strategic match is the score; one part of three is none.
func TestStrategicMatchAsAWhole(t *testing.T) {
	table := func(headers ...any) *dataset.Dataset {
		rows := [][]any{append([]any{"Customer", "Benefit: Quality [1-5]", "Cost: Price [1-5]", "CLV"}, headers...)}
		for i, id := range []string{"A", "B", "C"} {
			row := []any{id, 3 + i%2, 2 + i, 1000 * i}
			for k := range headers {
				row = append(row, 2+3*i+k)
			}
			rows = append(rows, row)
		}
		return read(t, Options{}, sheetOf{name: "Data", rows: rows})
	}
	for _, header := range []any{"Strategic match [0-100]", "Fit score [0-10]", "Strategic fit", "Fit: Strategic match", "战略匹配度 [0-10]"} {
		d := table(header)
		wantFindings(t, d)
		if len(d.Match) != 1 || d.Match[0].ID != wholeMatch || d.Match[0].Series.Values[1] != 5 || !d.Match[0].Scale.Bounded() {
			t.Errorf("%v: %+v\n%s", header, d.Match, receiptText(d))
		}
	}
	d := table("Fit: Positioning [0-10]")
	f := finding(t, d, codePartsFew)
	if f.Args[0].Value != 1 || f.Args[1].Value != 3 || f.Ref.Col != 5 {
		t.Errorf("%+v", f)
	}
	if d := table("Fit: Positioning [0-10]", "Fit: Ability [0-10]"); hasCode(d, codePartsFew) || len(d.Match) != 2 {
		t.Error(receiptText(d))
	}
	d = table("Positioning", "Ability", "Value match", "Strategic match")
	if len(d.Match) != 3 || d.Match[0].ID == wholeMatch || tableOn(t, d, "Data").Columns[7].Role != dataset.ColumnUnused {
		t.Error(receiptText(d))
	}
}

func TestPeriodWithoutPeriods(t *testing.T) {
	d := read(t, Options{Period: "2026-09"}, survey("Benefit: Service [1-5]", 4, 5))
	wantFindings(t, d, "note periods-none")
	wantValues(t, rating(t, d, "Service"), 4, 5)
}

// Undeclared columns share the scale that holds all of them; those that would fit a much smaller one are named.
func TestMixedScalesAreNamed(t *testing.T) {
	rows := [][]any{{"Customer", "Benefit: Quality", "Benefit: Image", "Cost: Price"}, {"A", 5, 70, 80}, {"B", 4, 30, 30}, {"C", 3, 90, 20}, {"D", 2, 10, 100}}
	d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
	f := finding(t, d, codeScaleMixed)
	if f.Args[3].List[0] != "Quality" || len(f.Args[3].List) != 1 || f.Args[2].Value != 100 || f.Args[4].Value != 1 || f.Args[5].Value != 5 || d.Attributes[0].Scale.Hi != 100 {
		t.Errorf("%+v", f)
	}
	for _, header := range []string{"Benefit: Quality [1-5]", "Benefit: Quality"} {
		rows[0] = []any{"Customer", header, "Benefit: Image [0-100]", "Cost: Price [0-100]"}
		if d := read(t, Options{}, sheetOf{name: "Data", rows: rows}); hasCode(d, codeScaleMixed) {
			t.Errorf("%s\n%s", header, receiptText(d))
		}
	}
}
