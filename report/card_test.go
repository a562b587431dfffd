package report_test

import (
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
)

// cardsOf are the pages of customers of one sheet; the first row is its header.
func cardsOf(t *testing.T, rows ...[]any) *report.Cards {
	t.Helper()
	return analysed(t, written(t, "survey.xlsx", sheetOf{"Survey", rows}), analysis.DefaultOptions()).Cards()
}

// TestCardShowsTheSideThatWasRated holds that the page of a customer without a
// value shows what was rated: the one side and its parts, and how the rivals
// are rated. (8 - 1) / 9 is 77.8 of 100 points, and so on.
func TestCardShowsTheSideThatWasRated(t *testing.T) {
	cards := cardsOf(t,
		[]any{"Customer", "Benefit: Quality [1-10]", "Benefit: Service [1-10]", "Benefit: Image [1-10]", "Quality [Alder]", "Service [Alder]", "Image [Alder]"},
		[]any{"Ashdown", 8, 8, 5, 6, 8, 7}, []any{"Beacon", 7, 5, 5, 7, 6, 5}, []any{"Cragside", nil, nil, 4, nil, nil, nil})
	w := writer(t, "")
	card := cards.Card(0)
	if len(card.KeyFigures) != 1 || w.Text(card.KeyFigures[0].Label) != "Benefits" || w.Quantity(card.KeyFigures[0].Value) != "66.7" {
		t.Errorf("the figures are %+v", card.KeyFigures)
	}
	for what, c := range map[string]*report.Chart{
		"Quality and Service add most: 25.9 each of 66.7 points of benefits": card.Value,
		"Ahead most on Quality (+22), behind most on Image (−22)":            card.Rivals,
	} {
		if c == nil {
			t.Errorf("no chart says %q", what)
		} else if got := w.Text(c.Title); got != what {
			t.Errorf("the title is %q, want %q", got, what)
		}
	}
	alone := cards.Card(2) // rated no rival
	if !alone.Average || alone.Rivals == nil || w.Text(alone.Rivals.Title) != "Below average most on Image (−7), above nowhere" {
		t.Errorf("without a rival it compares with %+v", alone.Rivals)
	}
	if len(alone.Todo) != 1 || w.Text(alone.Todo[0]) != "Ask for the missing ratings, if this is still a customer." {
		t.Errorf("to do is %v", alone.Todo)
	}
}

// TestCardClaimsNoLeadOfNothing holds what the page of a customer says where
// all customers and all offers come to the same: benefits and costs of 55.6.
func TestCardClaimsNoLeadOfNothing(t *testing.T) {
	row := func(name string) []any { return []any{name, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5} }
	cards := cardsOf(t, []any{"Customer", "Benefit: Quality [1-10]", "Benefit: Service [1-10]", "Benefit: Image [1-10]", "Cost: Price [1-10]", "Cost: Effort [1-10]",
		"Quality [Alder]", "Service [Alder]", "Image [Alder]", "Price [Alder]", "Effort [Alder]"}, row("Ashdown"), row("Beacon"), row("Cragside"))
	w := writer(t, "")
	card := cards.Card(0)
	if got, want := w.Text(card.Lead), "Receives 0 points of value, as do all 3 rated customers; on what is rated for both, we are level with the best rival, Alder."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got, want := w.Text(card.Quadrant.Title), "Secure, on the line to Contested"; got != want {
		t.Errorf("the place is %q, want %q", got, want)
	}
	if got, want := w.Text(card.Value.Title), "No benefit adds more than the others, and no cost takes more"; got != want {
		t.Errorf("the parts are %q, want %q", got, want)
	}
	for _, f := range card.KeyFigures {
		if text := w.Quantity(f.Value); strings.Contains(text, "0.0") {
			t.Errorf("a figure is %s", text)
		}
	}
}
