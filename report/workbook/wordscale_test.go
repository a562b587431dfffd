package workbook

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// inWords reads a column of texts as ratings under a header, beside another benefit and a cost.
func inWords(t *testing.T, header string, cells ...any) *dataset.Dataset {
	t.Helper()
	rows := [][]any{{"Customer ID", header, "Benefit: Other [1-5]", "Cost: Price [1-5]"}}
	for i, cell := range cells {
		rows = append(rows, []any{fmt.Sprintf("C%d", i), cell, 1 + i%5, 2})
	}
	return read(t, Options{}, sheetOf{name: "Data", rows: rows})
}

func TestRatingsInWords(t *testing.T) {
	for name, test := range map[string]struct {
		header string
		cells  []any
		want   string // values, scale, texts read
	}{
		"quality":          {"Benefit: Service", []any{"poor", "Good", "very good", "excellent", "fair"}, "[1 3 4 5 2] 1-5 5"},
		"quality with bad": {"Benefit: Service", []any{"very poor", "poor", "average", "good", "very good"}, "[1 2 3 4 5] 1-5 5"},
		"satisfaction":     {"Benefit: Service", []any{"very dissatisfied", "Satisfied", "neutral", nil, "n/a"}, "[1 4 3 NaN NaN] 1-5 4"},
		"agreement":        {"Benefit: Service", []any{"Strongly agree", "strongly disagree", "Neither agree nor disagree", "agree"}, "[5 1 3 4] 1-5 4"},
		"agreement of 7":   {"Benefit: Service", []any{"Strongly agree", "slightly agree", "agree", "somewhat disagree", "disagree"}, "[7 5 6 3 2] 1-7 5"},
		"frequency":        {"Benefit: Service", []any{"never", "always", "sometimes", "often"}, "[1 5 3 4] 1-5 4"},
		"German":           {"Nutzen: Service", []any{"sehr gut", "mangelhaft", "befriedigend", "ungenügend"}, "[6 2 4 1] 1-6 4"},
		"German agreement": {"Nutzen: Service", []any{"trifft zu", "trifft eher zu", "trifft nicht zu", "teils/teils"}, "[5 4 1 3] 1-5 4"},
		"French":           {"Benefit: Service", []any{"très satisfaite", "plutôt satisfait", "pas du tout satisfait"}, "[5 4 1] 1-5 3"},
		"Spanish":          {"Benefit: Service", []any{"muy satisfecha", "insatisfecho", "Muy insatisfecho"}, "[5 2 1] 1-5 3"},
		"Italian":          {"Benefit: Service", []any{"ottimo", "buono", "scarso", "molto buono", "sufficiente"}, "[5 3 1 4 2] 1-5 5"},
		"Portuguese":       {"Benefit: Service", []any{"discordo totalmente", "concordo", "neutro"}, "[1 4 3] 1-5 3"},
		"Dutch":            {"Benefit: Service", []any{"zeer tevreden", "ontevreden", "neutraal"}, "[5 2 3] 1-5 3"},
		"Polish":           {"Benefit: Service", []any{"bardzo zadowolony", "niezadowolony", "neutralny"}, "[5 2 3] 1-5 3"},
		"Chinese":          {"Benefit: Service", []any{"非常满意", "不满意", "一般", "满意"}, "[5 2 3 4] 1-5 4"},
		"Japanese":         {"Benefit: Service", []any{"非常に満足", "やや不満", "どちらともいえない"}, "[5 2 3] 1-5 3"},
		"of five":          {"Benefit: Service", []any{"4/5", "5/5", "2 / 5"}, "[4 5 2] 1-5 3"},
		"of five in words": {"Benefit: Service", []any{"4 out of 5", "5 von 5", "2 sur 5"}, "[4 5 2] 1-5 3"},
		"of ten with zero": {"Benefit: Service", []any{"4/10", "0/10", "10/10"}, "[4 0 10] 0-10 3"},
		"stars":            {"Benefit: Service", []any{"★★★★", "★", "★★☆☆☆"}, "[4 1 2] 1-5 3"},
		"number and word":  {"Benefit: Service [1-5]", []any{"5 - very satisfied", "(2) low", "3: neutral"}, "[5 2 3] 1-5 3"},
		"counted stars":    {"Benefit: Service [1-5]", []any{"5 stars", "1 star", "3 stars"}, "[5 1 3] 1-5 3"},
		"mixed in":         {"Benefit: Service [1-5]", []any{4, "good", "very good", "poor", "excellent"}, "[4 3 4 1 5] 1-5 4"},
	} {
		t.Run(name, func(t *testing.T) {
			d := inWords(t, test.header, test.cells...)
			s := d.Rating(0, 0)
			scale := d.Attributes[0].Scale
			if got := fmt.Sprintf("%v %g-%g %d", s.Values, scale.Lo, scale.Hi, len(s.AsRead)); got != test.want || scale.Inferred && !strings.Contains(name, "of ") && name != "stars" {
				t.Errorf("got %s, want %s\n%s", got, test.want, receiptText(d))
			}
		})
	}
}

func TestWordsThatAreNoRatings(t *testing.T) {
	d := inWords(t, "Benefit: Service", "good", "very good", "poor", "excellent", "purple", "fair")
	if s := d.Rating(0, 0); !math.IsNaN(s.Values[4]) || s.Values[5] != 2 || !hasCode(d, codeRatingText) {
		t.Errorf("%v\n%s", s.Values, receiptText(d))
	}
	for _, cells := range [][]any{{"3 months", "5 months", "12 months"}, {"red", "blue", "green"}, {"Basic", "Gold", "Gold"}} {
		if d := inWords(t, "How long have you used it", cells...); len(d.Attributes) != 2 {
			t.Errorf("%v is rated\n%s", cells, receiptText(d))
		}
	}
	if d := inWords(t, "Priority", "low", "high", "medium", "low"); len(d.Attributes) != 2 {
		t.Errorf("a priority is rated\n%s", receiptText(d))
	}
}

// What a high level means of a cost depends on the words: satisfied customers find it low.
func TestDirectionOfWords(t *testing.T) {
	for _, test := range []struct {
		header string
		cells  []any
		down   bool
	}{
		{"Cost: Effort", []any{"very satisfied", "dissatisfied", "neutral"}, true},
		{"Cost: Effort", []any{"very high", "low", "medium"}, false},
		{"Cost: Effort", []any{"very easy", "difficult", "easy"}, true},
		{"Benefit: Delivery", []any{"very satisfied", "dissatisfied", "neutral"}, false},
		{"Benefit: Delivery (1 = very good, 6 = bad)", []any{1, 2, 6}, true},
		{"Benefit: Delivery (1 = low, 5 = high)", []any{1, 2, 5}, false},
		{"Benefit: Delivery (1 = worst, 5 = best)", []any{1, 2, 5}, false},
		{"Cost: Effort (1 = very good, 6 = bad)", []any{1, 2, 6}, false},
		{"Cost: Effort (1 = worst, 5 = best)", []any{1, 2, 5}, true},
		{"Nutzen: Lieferung (Schulnote)", []any{1, 2, 5}, true},
		{"Kosten: Aufwand Schulnote", []any{1, 2, 5}, false},
		{"Benefit: Delivery notes", []any{1, 2, 5}, false},
	} {
		d := inWords(t, test.header, test.cells...)
		if d.Attributes[0].Down != test.down {
			t.Errorf("%s %v: down %v, want %v\n%s", test.header, test.cells, d.Attributes[0].Down, test.down, receiptText(d))
		}
	}
	d := inWords(t, "Nutzen: Lieferung (Schulnote)", 1, 2, 5)
	if s := d.Attributes[0].Scale; s.Lo != 1 || s.Hi != 6 || s.Inferred {
		t.Errorf("school grades have the scale %v", s)
	}
}

// "Service / 5" says where the scale ends; a zero says where it begins.
func TestLowerEndOfTheHeader(t *testing.T) {
	for _, test := range []struct {
		cells []any
		lo    float64
	}{{[]any{1, 3, 5}, 1}, {[]any{0, 3, 5}, 0}} {
		d := inWords(t, "Service / 5", test.cells...)
		for _, a := range d.Attributes {
			if a.Label == "Service" && (a.Scale.Lo != test.lo || a.Scale.Hi != 5) {
				t.Errorf("%v: scale %v", test.cells, a.Scale)
			}
		}
	}
}

func FuzzWrittenRating(f *testing.F) {
	for _, text := range []string{"4/5", "4 out of 5", "★★½", "5 - good", "(3) ok", "0/0", "９９/５"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if x, end, _, ok := writtenRating(plainText(text)); ok && (math.IsNaN(x) || x < 0 || end > 0 && x > end) {
			t.Errorf("%q is %v of %v", text, x, end)
		}
		_ = judge(fold(text))
	})
}
