package workbook

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// recogniseSheets recognises grids of texts, each after the name of its sheet and a line feed.
func recogniseSheets(t *testing.T, o Options, texts ...string) *dataset.Dataset {
	t.Helper()
	book := grid.Book{Format: "xlsx"}
	for _, text := range texts {
		name, cells, _ := strings.Cut(text, "\n")
		g := gridOf(cells)
		g.Sheet = name
		book.Grids = append(book.Grids, g)
	}
	d := Recognise(book, o)
	checkDataset(t, d)
	return d
}

func TestSheetsOfPeriods(t *testing.T) {
	head := "\nCustomer ID\tBenefit: Service [1-5]\tCost: Price [1-5]\n"
	early, late := head+"A\t1\t3\nB\t2\t2\nC\t3\t3", head+"A\t4\t3\nB\t5\t2"
	for _, test := range []struct {
		first, second, wanted, period string
		service                       float64
	}{
		{"2023", "2024", "", "2024", 4},
		{"2023", "2024", "2023", "2023", 1},
		{"Ratings 2024", "Ratings 2023", "", "2024", 1},
		{"Q3 2024", "Q4 2024", "", "2024-Q4", 4},
		{"Jan 2025", "Dec 2024", "", "2025-01", 1},
		{"Januar", "Februar", "", "02 Februar", 4},
		{"2月", "1月", "", "02 2月", 1},
		{"Wave 1", "Wave 2", "", "Wave 2", 4},
		{"Wave 9", "Wave 10", "", "Wave 10", 4},
		{"FY2023", "FY2024", "", "2024", 4},
	} {
		d := recogniseSheets(t, Options{Period: test.wanted}, test.first+early, test.second+late)
		if d.Period != test.period || len(d.Periods) != 2 || rating(t, d, "Service")[0] != test.service {
			t.Errorf("%s and %s: %q of %v\n%s", test.first, test.second, d.Period, d.Periods, receiptText(d))
		}
	}
}

// Sheets called after anything else are alternatives: one is read, the other is named.
func TestSheetsOfRegionsAreNamed(t *testing.T) {
	head := "\nCustomer ID\tBenefit: Service [1-5]\tCost: Price [1-5]\n"
	d := recogniseSheets(t, Options{}, "North"+head+"A\t1\t3\nB\t2\t2", "Marketing"+head+"C\t4\t3\nD\t5\t2\nE\t5\t2")
	if f := finding(t, d, codeSeveralTables); d.Customers.Len() != 3 || f.Ref.Sheet != "North" || len(d.Periods) > 0 {
		t.Errorf("%+v\n%s", f, receiptText(d))
	}
}

func TestPurchasesOnSeveralSheets(t *testing.T) {
	head := "\nCustomer\tDate\tAmount\n"
	d := recogniseSheets(t, Options{},
		"January"+head+"A\t@45300\t10\nA\t@45300\t10\nB\t@45310\t20\nB\t@45322\t30",
		"February"+head+"B\t@45322\t30\nA\t@45330\t40\nA\t@45300\t10\nA\t@45300\t10\nA\t@45300\t10")
	got := fmt.Sprint(d.Transactions.Revenue, d.Transactions.Sheet, d.Transactions.Row, d.Transactions.Sheets)
	if got != "[10 10 20 30 40 10] [0 0 0 0 1 1] [2 3 4 5 3 6] [January February]" {
		t.Error(got)
	}
	if f := finding(t, d, codeOverlap); f.Count != 3 || f.Ref.Sheet != "February" || f.Ref.Row != 2 {
		t.Errorf("%+v", f)
	}
}

func TestPurchasesDatedByTheirSheets(t *testing.T) {
	head := "\nCustomer\tRevenue\n"
	d := recogniseSheets(t, Options{}, "2023"+head+"A\t100\nB\t200", "2024"+head+"A\t100\nC\t50")
	if d.Transactions.Len() != 4 || !d.Transactions.Date[2].Equal(time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)) || fmt.Sprint(d.Customers.ID) != "[A B C]" {
		t.Errorf("%+v\n%s", d.Transactions, receiptText(d))
	}
	finding(t, d, codeDateOfSheet)
	titled := "Sales 2022\n\n"
	d = recogniseSheets(t, Options{}, "Jan\n"+titled+head[1:]+"A\t100\nB\t200", "Feb\n"+titled+head[1:]+"A\t100\nC\t50")
	if d.Transactions.Len() != 4 || !d.Transactions.Date[2].Equal(time.Date(2022, 2, 28, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v\n%s", d.Transactions, receiptText(d))
	}
}
