package workbook

import (
	"fmt"
	"slices"
	"testing"

	"valuebook/report/dataset"
)

// Numbers beside ratings, and on their scale, are ratings only where nothing says that they are something else.
func TestNumbersThatAreNoRatings(t *testing.T) {
	for header, value := range map[string]func(i int) any{
		"ZIP":                  func(i int) any { return 10 + i },
		"Age":                  func(i int) any { return 20 + i*3 },
		"Year":                 func(i int) any { return 1 + i%9 },
		"Number of employees":  func(i int) any { return 5 + i*2 },
		"Visits":               func(i int) any { return i % 7 },
		"Latitude":             func(i int) any { return 4.1 + float64(i%5) },
		"Mobile phone":         func(i int) any { return 1 + i%9 },
		"Percent complete":     func(i int) any { return 10 * (i % 9) },
		"Rank":                 func(i int) any { return 1 + i%10 },
		"Kunden Alter":         func(i int) any { return 20 + i*3 },
		"回数":                   func(i int) any { return 1 + i%9 },
		"Anything":             func(i int) any { return 1 + i }, // numbers the rows
		"Everything":           func(i int) any { return 1 + (i*7)%10 },
		"Flag":                 func(i int) any { return 1 },
		"How long have you...": func(i int) any { return 1 + i%9 },
	} {
		rows := [][]any{{"Customer ID", "Benefit: Service [0-100]", header, "Cost: Price [0-100]"}}
		for i := range 10 {
			rows = append(rows, []any{fmt.Sprintf("C%d", i), i * 10, value(i), 100 - i*10})
		}
		d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
		if len(d.Attributes) != 2 {
			t.Errorf("%s is rated\n%s", header, receiptText(d))
		}
	}
}

// Questions at the end of a survey are no ratings of one benefit.
func TestQuestionsOfASurvey(t *testing.T) {
	rows := [][]any{{"Customer", "How would you rate our service?", "How would you rate our prices?", "How often do you use our products?", "Would you recommend our products to your friends?"}}
	for i := range 20 {
		rows = append(rows, []any{fmt.Sprintf("C%d", i), 1 + i%5, 5 - i%5, []any{"always", "never", "sometimes"}[i%3], []any{"Definitely", "Probably", "Not sure"}[i%3]})
	}
	d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
	if len(d.Attributes) != 2 || !slices.Equal(d.Recommend.Values[:3], []float64{5, 4, 3}) || d.RecommendScale != (dataset.Scale{Lo: 1, Hi: 5}) {
		t.Errorf("%v %v\n%s", d.Recommend.Values, d.RecommendScale, receiptText(d))
	}
}
