package workbook

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
)

// rated is a sheet of ratings that makes a workbook complete.
var ratedSheet = sheetOf{name: "Data", rows: [][]any{
	{"Customer ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", 4, 2}, {"B", 3, 3}, {"C", 5, 1},
}}

func TestContracts(t *testing.T) {
	for name, rows := range map[string][][]any{
		"events": {{"customer_id", "event_date", "event", "monthly_fee"},
			{"A", "2025-01-31", "start", 10}, {"A", "2025-06-30", "change", 12}, {"A", "2026-01-31", "churn", nil}, {"B", "2025-02-28", "start", 20}, {"B", "2025-02-28", "party", 20}},
		"German": {{"Kundennummer", "Datum", "Ereignis", "Monatsgebühr"},
			{"A", "31.01.2025", "Beginn", 10}, {"A", "30.06.2025", "Änderung", 12}, {"A", "31.01.2026", "Kündigung", nil}, {"B", "28.02.2025", "Neuvertrag", 20}, {"B", "28.02.2025", "Feier", 20}},
	} {
		d := read(t, Options{}, ratedSheet, sheetOf{name: "Contracts", rows: rows})
		c := d.Contracts
		var got []string
		for i := range c.Date {
			got = append(got, fmt.Sprintf("%s %s %s %g %d", d.Customers.ID[c.Customer[i]], c.Date[i].Format(time.DateOnly), c.Event[i], c.Fee[i], c.Place.Rows[i]))
		}
		want := "A 2025-01-31 start 10 2; A 2025-06-30 change 12 3; A 2026-01-31 churn NaN 4; B 2025-02-28 start 20 5"
		if strings.Join(got, "; ") != want || !hasCode(d, codeEventUnknown) {
			t.Errorf("%s: %s\n%s", name, strings.Join(got, "; "), receiptText(d))
		}
	}
	d := read(t, Options{}, ratedSheet, sheetOf{name: "Subscriptions", rows: [][]any{
		{"Customer", "Start date", "End date", "Monthly fee"}, {"A", "2025-01-31", "2026-01-31", 10}, {"B", "2025-02-28", nil, 20},
	}})
	if got := fmt.Sprint(d.Contracts.Event, d.Contracts.Fee); got != "[start churn start] [10 NaN 20]" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
}

func TestCohorts(t *testing.T) {
	const counts = "[2024 2025] [[0 1 2] [0 1]] [[1000 869 743] [500 400]] false"
	for name, test := range map[string]struct {
		rows [][]any
		want string
	}{
		"long": {[][]any{{"cohort", "period", "survivors"},
			{"2024", 0, 1000}, {"2024", 2, 743}, {"2024", 1, 869}, {"2025", 0, 500}, {"2025", 1, 400}}, counts},
		"one column a period": {[][]any{{"Cohort", "Year 0", "Year 1", "Year 2"},
			{"2024", 1000, 869, 743}, {"2025", 500, 400, nil}, {"Total", 1500, 1269, 743}}, counts},
		"per cent": {[][]any{{"Kohorte", "0", "1", "2"},
			{"2024", "100%", "87%", "74%"}, {"2025", "100%", "80%", nil}}, "[2024 2025] [[0 1 2] [0 1]] [[1 0.87 0.74] [1 0.8]] true"},
		"shares with the size": {[][]any{{"Cohort", "Size", "M0", "M1", "M2"},
			{"2024", 1000, 1, 0.869, 0.743}, {"2025", 500, 1, 0.8, nil}}, counts},
	} {
		d := read(t, Options{}, ratedSheet, sheetOf{name: "Cohorts", rows: test.rows})
		if c := d.Cohorts; fmt.Sprint(c.Name, c.Period, c.Survivors, c.Share) != test.want {
			t.Errorf("%s: %v\n%s", name, c, receiptText(d))
		}
	}
}

func TestVerbatims(t *testing.T) {
	d := read(t, Options{}, ratedSheet, sheetOf{name: "Verbatims", rows: [][]any{
		{"customer_id", "attribute_id", "text", "tone"},
		{"A", "Service", "Always there when we call", 1}, {"B", "Price", "Far too dear for us", -1}, {nil, "Speed", "It could be quicker", "neutral"}, {"C", nil, "n/a", nil}, {"C", nil, "No idea what to say", "furious"},
	}})
	v := d.Verbatims
	if got := fmt.Sprint(v.Customer, v.Attribute, v.Tone, v.Place.Rows, len(v.Text)); got != "[0 1 2] [0 1 -1] [1 -1 NaN] [2 3 6] 3" && got != "[0 1 -1 2] [0 1 -1 -1] [1 -1 0 NaN] [2 3 4 6] 4" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
	if !hasCode(d, codeToneUnknown) {
		t.Error("the tone that nobody knows is not reported")
	}
	d = read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"Customer ID", "Benefit: Service [1-5]", "Cost: Price [1-5]", "Comments"}, {"A", 4, 2, "Very good people"}, {"B", 3, 3, nil},
	}})
	if got := fmt.Sprint(d.Verbatims.Customer, d.Verbatims.Text); got != "[0] [Very good people]" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
}

func TestActivities(t *testing.T) {
	for name, rows := range map[string][][]any{
		"English": {{"step", "process", "minutes", "cost", "adds_value"}, {"Enter order", "Ordering", 12, 8.5, "Y"}, {"Wait for approval", "Ordering", 240, nil, "N"}, {"Total", nil, 252, 8.5, nil}},
		"German":  {{"Schritt", "Prozess", "Minuten", "Kosten", "Wertschöpfend"}, {"Enter order", "Ordering", 12, 8.5, "ja"}, {"Wait for approval", "Ordering", 240, nil, "nein"}},
	} {
		d := read(t, Options{}, ratedSheet, sheetOf{name: "Activities", rows: rows})
		a := d.Activities
		if got := fmt.Sprint(a.Step, a.Process, a.Minutes, a.Cost, a.Adds, a.Place.Rows); got != "[Enter order Wait for approval] [Ordering Ordering] [12 240] [8.5 NaN] [1 2] [2 3]" {
			t.Errorf("%s: %s\n%s", name, got, receiptText(d))
		}
	}
}

func TestOverallAnswers(t *testing.T) {
	d := read(t, Options{}, ratedSheet, sheetOf{name: "Overall", rows: [][]any{
		{"customer_id", "supplier", "worth_what_paid", "would_rebuy", "recommend"},
		{"A", "us", 8, "yes", 9}, {"A", "Rival", 6, nil, 3}, {"B", "us", 7, "no", 4},
	}})
	if got := fmt.Sprint(d.Recommend.Values[:2], d.RecommendScale.Lo, d.RecommendScale.Hi, d.Rebuy.Values[:2]); got != "[9 4] 0 10 [1 0]" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
	d = read(t, Options{}, ratedSheet, sheetOf{name: "Overall", rows: [][]any{{"customer_id", "NPS"}, {"A", 9}, {"C", 10}}})
	if got := fmt.Sprint(d.Recommend.Values); got != "[9 NaN 10]" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
}

func TestAttributesServeNeeds(t *testing.T) {
	d := read(t, Options{}, ratedSheet, sheetOf{name: "Attributes", rows: [][]any{
		{"attribute_id", "side", "need", "process", "kind"}, {"Service", "benefit", "to be helped at once", "Hotline", "gain"}, {"Price", "cost", "to keep to the budget", nil, "pain"},
	}})
	a := d.Attributes
	if len(a) != 2 || a[0].Need != "to be helped at once" || a[0].Process != "Hotline" || a[0].Kind != "gain" || a[1].Kind != "pain" {
		t.Errorf("%+v\n%s", a, receiptText(d))
	}
}

func TestCostOfAcquisition(t *testing.T) {
	d := read(t, Options{}, ratedSheet, sheetOf{name: "Customers", rows: [][]any{
		{"customer_id", "name", "start_date", "churn_date", "acquisition_cost"}, {"A", "Ada", "2024-05-06", nil, 120}, {"B", "Bo", "2024-06-07", "2025-01-01", nil}, {"C", "Cy", nil, nil, 40},
	}})
	if got := fmt.Sprint(d.Customers.Acquisition); got != "[120 NaN 40]" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
	if d.Customers.Start[0].Month() != time.May || d.Customers.Churn[1].Year() != 2025 || d.Receipt.Tables[1].Role != dataset.TableCustomers {
		t.Errorf("%+v", d.Customers)
	}
}
