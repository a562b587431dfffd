package workbook

import (
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// weightsOf returns the weights in the order of the attributes.
func weightsOf(d *dataset.Dataset) []float64 {
	var out []float64
	for _, a := range d.Attributes {
		out = append(out, a.Weight)
	}
	return out
}

// A row of weights counts wherever it stands: over the header, under it, in the middle or below the data.
func TestWeightRowAnywhere(t *testing.T) {
	weight := map[string][]any{
		"id column":   {"Weight", nil, 60, 40, 100},
		"name column": {nil, "Gewichtung:", "60%", "40%", "100%"},
		"words":       {"Poids", "n/a", "60", "40", "100"},
	}
	data := [][]any{{"A", "Arda", 5, 4, 3}, {"B", "Bolt", 4, 3, 4}, {"C", "Cato", 3, 2, 4}, {"D", "Duna", 4, 4, 2}, {"E", "Ebro", 2, 5, 1}, {"F", "Foix", 4, 4, 4}, {"G", "Gera", 1, 2, 3}, {"H", "Hulu", 1, 2, 3}}
	head := []any{"ID", "Name", "Benefit: Quality [1-5]", "Benefit: Service [1-5]", "Cost: Price [1-5]"}
	for label, row := range weight {
		for _, at := range []int{-1, 0, 5, 7, len(data)} {
			var rows [][]any
			if at < 0 {
				rows = append(rows, row)
			}
			rows = append(rows, head)
			for i, r := range data {
				if i == at {
					rows = append(rows, row)
				}
				rows = append(rows, r)
			}
			if at == len(data) {
				rows = append(rows, row)
			}
			d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
			w := weightsOf(d)
			if d.Customers.Len() != len(data) || len(w) != 3 || !near(w[0]*2, w[1]*3) || !near(w[2], w[0]+w[1]) || len(found(d)) > 0 {
				t.Errorf("%s, row %d: weights %v\n%s", label, at, w, receiptText(d))
			}
		}
	}
}

func TestWeightRowOfOffers(t *testing.T) {
	head, weight := []any{"Vendor", "Benefit: Quality", "Cost: Effort"}, []any{"Weights", 70, 30}
	data := [][]any{{"Alpha", 5, 2}, {"Beta", 4, 1}, {"Gamma", 3, 4}}
	for name, rows := range map[string][][]any{
		"above": append([][]any{weight, head}, data...),
		"below": append(append([][]any{head}, data...), weight),
	} {
		d := read(t, Options{}, sheetOf{name: "Offers", rows: rows})
		if d.Offers == nil || len(d.Offers.Name) != 3 || weightsOf(d)[0] != 70 || weightsOf(d)[1] != 30 || d.Attributes[0].Scale.Hi != 5 {
			t.Errorf("%s: %v\n%s", name, weightsOf(d), receiptText(d))
		}
	}
}

// In a list of criteria, a criterion may be called weight; so may a setting.
func TestWeightAsNameIsNoWeightRow(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Attributes", rows: [][]any{
		{"attribute_id", "scale_min", "scale_max", "side"}, {"Quality", 1, 5, "benefit"}, {"Price", 1, 5, "cost"}, {"Weight", 1, 5, nil},
	}}, sheetOf{name: "Ratings", rows: [][]any{
		{"customer_id", "attribute_id", "rating"}, {"A", "Quality", 4}, {"A", "Price", 2}, {"A", "Weight", 3},
	}})
	if len(d.Attributes) != 3 {
		t.Error(receiptText(d))
	}
}

func TestScaleEndsReversed(t *testing.T) {
	for header, want := range map[string]string{
		"Benefit: Service [5-1]": "5-1", "Benefit: Service [5-5]": "5-5", "Benefit: Service (10 to 1)": "10-1", "Benefit: Service [1-5]": "", "Benefit: Service [2026-10]": "", "Benefit: Service (24-7)": "",
	} {
		d := read(t, Options{}, survey(header, 4, 2, 3))
		got := ""
		for _, f := range d.Findings {
			if f.Code == codeScaleBad {
				got = numberText(f.Args[1].Value) + "-" + numberText(f.Args[2].Value)
				if f.Severity != dataset.Error || f.Ref.Cell() != "B1" || !strings.Contains(textOf(t, f), "reversed") {
					t.Errorf("%s: %+v", header, f)
				}
			}
		}
		if got != want || want != "" && (len(d.Suppliers) != 1 || d.Attributes[0].ID != "Service") {
			t.Errorf("%s: %q, want %q\n%s", header, got, want, receiptText(d))
		}
	}
}

// One cell gives one finding, which says what becomes of the attribute.
func TestBadWeightIsSaidOnce(t *testing.T) {
	for _, test := range []struct {
		weights []any
		code    string
		outcome string
	}{
		{[]any{50, -10, 100}, codeWeightNegative, "weight-outcome.zero"}, {[]any{50, "high", 100}, codeWeightText, "weight-outcome.zero"},
		{[]any{50, nil, 100}, codeWeightBlank, "weight-outcome.zero"}, {[]any{nil, "high", 100}, codeWeightText, "weight-outcome.equal"},
	} {
		d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
			{"ID", "Benefit: Service [1-5]", "Benefit: Quality [1-5]", "Cost: Price [1-5]"}, append([]any{"Weight"}, test.weights...), {"A", 4, 4, 2}, {"B", 3, 4, 3},
		}})
		wantFindings(t, d, "error "+test.code+" Data!C2")
		if f := finding(t, d, test.code); f.Args[1].Text != test.outcome {
			t.Errorf("%v: %+v", test.weights, f.Args)
		}
	}
}

func TestPercentOffTheScaleIsSaidOnce(t *testing.T) {
	wantFindings(t, read(t, Options{}, survey("Benefit: Service [1-5]", 4, "80%", 3)), "error rating-out-of-range Data!B3")
	if d := read(t, Options{}, survey("Benefit: Service [0-100]", 40, "80%", 30)); !hasCode(d, codeMixedPercent) {
		t.Error(receiptText(d))
	}
}
