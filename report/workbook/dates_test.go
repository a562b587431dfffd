package workbook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"valuebook/report/workbook/grid"
)

func TestDateTexts(t *testing.T) {
	for text, want := range map[string]string{ // day first, month first
		"2026-03-04":                 "2026-03-04 2026-03-04",
		"2026/3/4 10:15":             "2026-03-04 2026-03-04",
		"2026-03-04T10:15:30Z":       "2026-03-04 2026-03-04",
		"2026-03-04T10:15:30+02:00":  "2026-03-04 2026-03-04",
		"20260304":                   "2026-03-04 2026-03-04",
		"20260304101530":             "2026-03-04 2026-03-04",
		"3/4/2026":                   "2026-04-03 2026-03-04",
		"3-4-26":                     "2026-04-03 2026-03-04",
		"13/04/2026 7:30 PM":         "2026-04-13 -",
		"04/13/2026":                 "- 2026-04-13",
		"3.4.2026":                   "2026-04-03 2026-04-03",
		"03.04.26":                   "2026-04-03 2026-04-03",
		"4 mars 2026":                "2026-03-04 2026-03-04",
		"1er août 2026":              "2026-08-01 2026-08-01",
		"4. März 2026":               "2026-03-04 2026-03-04",
		"Mi, 4. Mär. 2026":           "2026-03-04 2026-03-04",
		"March 4th, 2026":            "2026-03-04 2026-03-04",
		"Wed Mar 4 2026":             "2026-03-04 2026-03-04",
		"4-Mar-26":                   "2026-03-04 2026-03-04",
		"2026-Mar-04":                "2026-03-04 2026-03-04",
		"4 de marzo de 2026":         "2026-03-04 2026-03-04",
		"martes, 3 de marzo de 2026": "2026-03-03 2026-03-03",
		"4 marzo 2026":               "2026-03-04 2026-03-04",
		"4 de março de 2026":         "2026-03-04 2026-03-04",
		"4 maart 2026":               "2026-03-04 2026-03-04",
		"4 marca 2026":               "2026-03-04 2026-03-04",
		"4 września 2026":            "2026-09-04 2026-09-04",
		"2026年3月4日":                  "2026-03-04 2026-03-04",
		"２０２６年３月４日":                  "2026-03-04 2026-03-04",
		"令和8年3月4日":                   "2026-03-04 2026-03-04",
		"٠٤/١٣/٢٠٢٦":                 "- 2026-04-13",
		"2025-10":                    "2025-10-01 2025-10-01",
		"10/2025":                    "2025-10-01 2025-10-01",
		"202510":                     "2025-10-01 2025-10-01",
		"Oct 25":                     "2025-10-01 2025-10-01",
		"Okt. 2025":                  "2025-10-01 2025-10-01",
		"2025年10月":                   "2025-10-01 2025-10-01",
		"Q3 2025":                    "2025-07-01 2025-07-01",
		"2025-Q3":                    "2025-07-01 2025-07-01",
		"3Q25":                       "2025-07-01 2025-07-01",
		"T3 2025":                    "2025-07-01 2025-07-01",
		"3. Quartal 2025":            "2025-07-01 2025-07-01",
		"2025年第3四半期":                 "2025-07-01 2025-07-01",
		"45000":                      "2023-03-15 2023-03-15",
		"1772582400":                 "2026-03-04 2026-03-04",
		"1772582400000":              "2026-03-04 2026-03-04",
		"31/04/2026":                 "- -",
		"29.2.2025":                  "- -",
		"0/0/0000":                   "- -",
		"2026":                       "- -",
		"42":                         "- -",
		"march":                      "- -",
		"3/4":                        "- -",
		"3/4/2026/5":                 "- -",
		"Order 3/4/2026":             "- -",
		"1.5":                        "- -",
		"":                           "- -",
	} {
		d := parseDate(text)
		if got := strings.ReplaceAll(dash(d.dayFirst)+" "+dash(d.monthFirst), "  ", " "); got != want {
			t.Errorf("parseDate(%q) = %s, want %s", text, got, want)
		}
	}
}

func dash(day time.Time) string {
	if day.IsZero() {
		return "-"
	}
	return dayText(day)
}

// starts reads a column of dates and returns the months, 0 for none, and the codes found.
func starts(t *testing.T, o Options, cells ...any) (months []int, codes []string) {
	t.Helper()
	rows := [][]any{{"Customer", "Start date", "Benefit: Service [1-5]", "Cost: Price [1-5]"}}
	for i, cell := range cells {
		rows = append(rows, []any{fmt.Sprintf("C%d", i), cell, 1 + i%5, 2})
	}
	d := read(t, o, sheetOf{name: "Data", rows: rows})
	for _, day := range d.Customers.Start {
		m := 0
		if !day.IsZero() {
			m = int(day.Month())
		}
		months = append(months, m)
	}
	for _, f := range d.Findings {
		if strings.HasPrefix(f.Code, "date") && !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return months, codes
}

func TestOrderOfDayAndMonth(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	mixed := []any{day(2026, 3, 4), day(2026, 5, 6), day(2026, 7, 8), day(2026, 1, 2), "13/04/2026", "25/06/2026"}
	tests := []struct {
		name   string
		o      Options
		cells  []any
		months string
		codes  string
	}{
		{"one value shows the day first", Options{}, []any{"03/04/2026", "13/05/2026"}, "[4 5]", "[]"},
		{"one value shows the month first", Options{}, []any{"03/04/2026", "05/13/2026"}, "[3 5]", "[]"},
		{"both fit", Options{}, []any{"03/04/2026", "05/06/2026"}, "[0 0]", "[date-ambiguous]"},
		{"it is given", Options{DateOrder: MonthFirst}, []any{"03/04/2026", "05/06/2026"}, "[3 5]", "[]"},
		{"both are shown", Options{}, []any{"13/04/2026", "04/13/2026", "03/04/2026"}, "[4 4 0]", "[date-ambiguous]"},
		{"exchanged by a program", Options{}, mixed, "[0 0 0 0 4 6]", "[dates-exchanged]"},
		{"exchanged, and the order is given", Options{DateOrder: DayFirst}, mixed, "[4 6 8 2 4 6]", "[]"},
		{"true dates after the 12th", Options{}, []any{day(2026, 3, 14), day(2026, 5, 6), day(2026, 7, 8), day(2026, 1, 2), "13/04/2026"}, "[3 5 7 1 4]", "[]"},
	}
	for _, test := range tests {
		months, codes := starts(t, test.o, test.cells...)
		if fmt.Sprint(months) != test.months || fmt.Sprint(codes) != test.codes {
			t.Errorf("%s: %v %v, want %s %s", test.name, months, codes, test.months, test.codes)
		}
	}
}

// A column that does not show the order takes it from the other dates of the table.
func TestOrderBeside(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"Customer ID", "Order date", "Delivered on", "Amount"}, {1, "03/04/2026", "15/04/2026", 10}, {2, "05/06/2026", "16/06/2026", 20},
	}})
	if got := strings.Join(purchaseTexts(d), "; "); got != "1 2026-04-03 10 NaN sale; 2 2026-06-05 20 NaN sale" {
		t.Errorf("%s\n%s", got, receiptText(d))
	}
}

// Both readings are shown where a text has two.
func TestBothReadingsAreShown(t *testing.T) {
	d := ReadBytes("book.csv", []byte("Customer;Benefit: Service [1-5];Cost: Price [1-5];Revenue;Start date\nAda;4;2;1,250;03/04/2026\nBo;5;3;2,500;05/06/2026\n"), Options{})
	for code, want := range map[string]string{codeNumberAmbiguous: "1250 1.25", codeDateAmbiguous: "2026-04-03 2026-03-04"} {
		for _, f := range d.Findings {
			if f.Code == code && f.Ref.Row == 2 && f.Args[1].Text+" "+f.Args[2].Text != want {
				t.Errorf("%s shows %v, want %s", code, f.Args, want)
			}
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-03-04", "3/4/26", "4. März 2026", "令和元年5月1日", "Q3 2025", "13:00", "1:2:3", "９９９９年９９月"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := parseDate(text)
		for _, day := range []time.Time{d.dayFirst, d.monthFirst} {
			if !day.IsZero() && (day.Year() < earliestYear || day.Year() > latestYear) {
				t.Errorf("%q is in the year %d", text, day.Year())
			}
		}
		_ = dayText(exchange(d.dayFirst))
		_, _ = bothReadings(codeDateAmbiguous, text)
	})
}

func FuzzNumberDate(f *testing.F) {
	f.Add(45000.5)
	f.Fuzz(func(t *testing.T, x float64) {
		if day := numberDate(x); !day.IsZero() && (day.Year() < 1900 || day.Year() > latestYear) {
			t.Errorf("%v is %v", x, day)
		}
	})
}

func BenchmarkDates(b *testing.B) {
	cells := make([]grid.Cell, 100000)
	for i := range cells {
		cells[i] = grid.Cell{Kind: grid.Text, Text: fmt.Sprintf("%02d/%02d/2026 10:%02d", 1+i%28, 1+i%12, i%60)}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if d := parseColumn(cells); d.order != DayFirst {
			b.Fatal(d.order)
		}
	}
}

// A column of amounts that does not show the decimal mark takes it from the other columns.
func TestDecimalMarkOfTheSheet(t *testing.T) {
	for _, test := range []struct {
		beside string
		want   string
	}{{"12,5", "[1.25 2.5]"}, {"12.5", "[1250 2500]"}, {"12", "[NaN NaN]"}} {
		d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
			{"Customer", "Revenue", "Profit", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", "1,250", test.beside, 4, 2}, {"B", "2,500", "3", 5, 1},
		}})
		if got := fmt.Sprint(d.Customers.Revenue); got != test.want {
			t.Errorf("beside %s: %s, want %s\n%s", test.beside, got, test.want, receiptText(d))
		}
	}
}
