package workbook

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Amounts and dates that can be read in two ways are not used until one of them is given; then they are read in that way.
func TestGivenReadings(t *testing.T) {
	book := []byte("Customer;Benefit: Service [1-5];Cost: Price [1-5];Revenue;Start date\nAda;4;2;1,250;03/04/2026\nBo;5;3;2,500;05/06/2026\n")
	for name, c := range map[string]struct {
		options Options
		revenue float64
		start   time.Month
		codes   string
	}{
		"nothing is given":       {codes: codeDateAmbiguous + " " + codeNumberAmbiguous},
		"the point, day first":   {options: Options{Decimal: ".", DateOrder: DayFirst}, revenue: 1250, start: time.April},
		"the comma, month first": {options: Options{Decimal: ",", DateOrder: MonthFirst}, revenue: 1.25, start: time.March},
	} {
		t.Run(name, func(t *testing.T) {
			d := ReadBytes("book.csv", book, c.options)
			for _, code := range []string{codeDateAmbiguous, codeNumberAmbiguous} {
				if got, want := slices.ContainsFunc(found(d), func(text string) bool { return strings.Contains(text, " "+code+" ") }), strings.Contains(c.codes, code); got != want {
					t.Errorf("%s is reported: %v, want %v", code, got, want)
				}
			}
			if c.revenue == 0 {
				return
			}
			if d.Customers.Revenue[0] != c.revenue || d.Customers.Start[0].Month() != c.start {
				t.Errorf("read %v and %v, want %v in %v", d.Customers.Revenue[0], d.Customers.Start[0], c.revenue, c.start)
			}
		})
	}
}
