package workbook

import (
	"fmt"
	"testing"
	"time"

	"valuebook/report/dataset"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

// The date of the report is what is given, else the last purchase, else the end of the period, else none.
func TestAsOf(t *testing.T) {
	ratings := func(period any) sheetOf {
		return sheetOf{name: "Data", rows: [][]any{{"ID", "Month", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", period, 4, 2}, {"B", period, 3, 3}}}
	}
	orders := sheetOf{name: "Transactions", rows: [][]any{
		{"Customer ID", "Date", "Revenue"}, {"A", "2026-09-30", 10}, {"B", "2026-10-05", 20}, {"B", day("2026-10-19").Add(15 * time.Hour), 30},
	}}
	for name, test := range map[string]struct {
		options   Options
		sheets    []sheetOf
		want      string
		purchases int
	}{
		"given":              {Options{AsOf: day("2026-10-06")}, []sheetOf{ratings("2026-09"), orders}, "2026-10-06", 2},
		"the day itself":     {Options{AsOf: day("2026-10-19")}, []sheetOf{ratings("2026-09"), orders}, "2026-10-19", 3},
		"last purchase":      {Options{}, []sheetOf{ratings("2026-09"), orders}, "2026-10-19", 3},
		"end of month":       {Options{}, []sheetOf{ratings("2024-02")}, "2024-02-29", 0},
		"end of quarter":     {Options{}, []sheetOf{ratings("Q3 2026")}, "2026-09-30", 0},
		"end of year":        {Options{}, []sheetOf{ratings("2025")}, "2025-12-31", 0},
		"period on the flag": {Options{Period: "2026-10"}, []sheetOf{survey("Benefit: Service [1-5]", 4, 5)}, "2026-10-31", 0},
		"a wave is no date":  {Options{}, []sheetOf{ratings("Wave 2")}, "0001-01-01", 0},
		"nothing known":      {Options{}, []sheetOf{survey("Benefit: Service [1-5]", 4, 5)}, "0001-01-01", 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, test.options, test.sheets...)
			if got := d.AsOf.Format(time.DateOnly); got != test.want || len(d.Transactions.Date) != test.purchases {
				t.Errorf("as of %s with %d purchases, want %s with %d\n%s", got, len(d.Transactions.Date), test.want, test.purchases, receiptText(d))
			}
		})
	}
}

func TestPurchasesAfterTheDateAreLeftOutAndCounted(t *testing.T) {
	rows := [][]any{{"Customer ID", "Date", "Revenue"}, {"A", "2026-09-30", 10}, {"B", "2026-10-05", 20}, {"B", "2026-10-06", 30}, {"C", "2026-11-30", nil}}
	d := read(t, Options{AsOf: day("2026-10-05")}, survey("Benefit: Service [1-5]", 4, 5), sheetOf{name: "Transactions", rows: rows})
	f := finding(t, d, codePurchaseLate)
	if f.Count != 2 || f.Severity != dataset.Note || f.Ref.Cell() != "B4" || f.Args[0].Value != 2 || f.Args[1].Text != "2026-10-05" {
		t.Errorf("%+v", f)
	}
	late := 0
	for _, s := range tableOn(t, d, "Transactions").Skipped {
		if s.Why == skipLate {
			late++
		}
	}
	if late != 2 || len(d.Transactions.Date) != 2 {
		t.Errorf("%d rows skipped, %d purchases", late, len(d.Transactions.Date))
	}
}

// Ratings of later periods alone are a stop, never a mixture of all periods.
func TestAllPeriodsAfterTheDate(t *testing.T) {
	rows := [][]any{{"ID", "Month", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", "2026-09", 4, 2}, {"A", "2026-10", 5, 2}}
	d := read(t, Options{AsOf: day("2026-08-31")}, sheetOf{name: "Data", rows: rows})
	wantFindings(t, d, "stop period-after-date")
	if f := finding(t, d, codePeriodLate); f.Severity != dataset.Stop || f.Args[1].Text != "2026-09" {
		t.Errorf("%+v", f)
	}
}

func TestOtherPeriodsAreNamed(t *testing.T) {
	rows := [][]any{{"ID", "Month", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", "2026-08", 4, 2}, {"A", "2026-09", 4, 2}, {"B", "2026-09", 4, 2}, {"B", "2026-10", 5, 2}}
	d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
	f := finding(t, d, codePeriodOthers)
	if fmt.Sprintf("%v %v %s", f.Args[0].Value, f.Args[1].List, f.Args[2].Text) != "3 [2026-08 2026-09] 2026-10" {
		t.Errorf("%+v", f)
	}
	if text := textOf(t, f); text != "3 rows of 2026-08 and 2026-09 are left out; the report covers 2026-10" {
		t.Error(text)
	}
}
