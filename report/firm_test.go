package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

// said writes the findings and the paragraphs of the lifetime section.
func said(t *testing.T, r *report.Report) string {
	t.Helper()
	catalogue, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := wording.NewWriter(catalogue, "en", "")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	add := func(m dataset.Message) {
		if !m.IsZero() {
			all = append(all, words.Text(m))
		}
	}
	for _, m := range r.Sentences {
		add(m)
	}
	for _, s := range r.Sections {
		if s.ID != report.SectionLifetime {
			continue
		}
		add(s.Title)
		for _, b := range s.Blocks {
			if b.Paragraph != nil {
				add(*b.Paragraph)
			}
			for _, m := range b.List {
				add(m)
			}
		}
	}
	return strings.Join(all, "\n")
}

// sales are purchases of 40 customers on three days each, from a first day on.
func sales(first string, head []any, more func(i int) []any) [][]any {
	rows := [][]any{head}
	begin, _ := time.Parse(time.DateOnly, first)
	for i := range 120 {
		rows = append(rows, append([]any{fmt.Sprintf("K%02d", i%40), begin.AddDate(0, 0, i%7)}, more(i)...))
	}
	return rows
}

// A week of purchases is no year, losses have no winners, and a refusal is said
// where the figure would have stood.
func TestFirmSaysWhatTheDataBear(t *testing.T) {
	priced := []any{"customer_id", "date", "revenue", "cost"}
	for name, c := range map[string]struct {
		rows      [][]any
		want, not string
	}{
		"week":  {sales("2026-05-01", priced, func(i int) []any { return []any{10 + i, 5} }), "since 1 May 2026, when the list of purchases begins", "last 12 months"},
		"loss":  {sales("2026-05-01", priced, func(i int) []any { return []any{10, 25} }), "No customer brings revenue less cost above zero; 40 customers lose 1,800.", "\n0 customers"},
		"mixed": {sales("2026-05-01", []any{"customer_id", "date", "revenue", "currency"}, func(i int) []any { return []any{10, []string{"EUR", "USD"}[i%2]} }), "Nothing can be said about lifetime value\nThe purchases are in several currencies", "There is no history of purchases"},
	} {
		got := said(t, analysed(t, written(t, name+".xlsx", sheetOf{"Transactions", c.rows}), analysis.DefaultOptions()))
		if !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
			t.Errorf("%s: want %q, not %q, in:\n%s", name, c.want, c.not, got)
		}
	}
}

// Contracts alone, with a fee and dates of start and end, bear a value to the
// firm, at the day of their last event.
func TestContractsAloneBearAValue(t *testing.T) {
	customers, events := [][]any{{"customer_id"}}, [][]any{{"customer_id", "event_date", "event", "monthly_fee"}}
	date := func(year, month int) time.Time { return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC) }
	for i := range 120 {
		id := fmt.Sprintf("K%03d", i)
		customers = append(customers, []any{id})
		events = append(events, []any{id, date(2021, 1+i%12), "start", 50})
		if i%4 == 0 {
			events = append(events, []any{id, date(2022+i%3, 1+i%12), "churn", nil})
		}
	}
	events = append(events, []any{"K001", date(2026, 6), "change", 50})
	r := analysed(t, written(t, "contracts.xlsx", sheetOf{"Customers", customers}, sheetOf{"Contracts", events}), analysis.DefaultOptions())
	if got := said(t, r); !strings.Contains(got, "can be expected of today's 90 customers in the next 12 months") || !strings.Contains(got, "stay at the first renewal") {
		t.Errorf("said:\n%s", got)
	}
	if got := r.Results.Lifetime.AsOf.Format(time.DateOnly); got != "2026-06-01" {
		t.Errorf("as of %s", got)
	}
}
