package workbook

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/workbook/source"
)

// Comparisons in pairs, as published examples of the analytic hierarchy process lay them out, are no ratings.
func TestComparisonsInPairsAreNoRatings(t *testing.T) {
	rows := [][]any{{"Group"}}
	block := func(corner string, names []any, x float64) {
		rows = append(rows, append([]any{corner}, names...))
		for i, name := range names {
			row := []any{name}
			for k := range names {
				row = append(row, math.Pow(x, float64(k-i)))
			}
			rows = append(rows, row)
		}
		rows = append(rows, []any{})
	}
	block("Criteria", []any{"Cost", "Delivery time", "Quality", "Service"}, 2)
	block("Alternatives", []any{"Vendor 1", "Vendor 2", "Vendor 3"}, 1.5)
	d := read(t, Options{}, sheetOf{name: "AHP", rows: rows})
	f := finding(t, d, codePairwise)
	if f.Severity != dataset.Stop || f.Count != 2 || f.Ref.Cell() != "A2" || d.Customers.Len() != 0 {
		t.Errorf("%+v\n%s", f, receiptText(d))
	}
	if text := textOf(t, f); text != "2 blocks compare criteria or offers in pairs, such as Cost, Delivery time, Quality and Service; ratings were not found" {
		t.Error(text)
	}
}

func TestNumbersThatNeverVaryAreNoRatings(t *testing.T) {
	table := func(x float64) *dataset.Dataset {
		return read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"Customer ID", "Quality", "Price"}, {"A", 1, 1}, {"B", 1, 1}, {"C", 1, x}}})
	}
	if d := table(1); !hasCode(d, codeRatingsMissing) || len(d.Ratings) != 0 {
		t.Error(receiptText(d))
	}
	if d := table(2); len(d.Ratings) != 2 {
		t.Error(receiptText(d))
	}
}

// A few rows of numbers without a name are nobody's ratings, unless the headers say that they are ratings.
func TestFewNumbersWithoutANameAreNoCustomers(t *testing.T) {
	table := func(n int, quality string) *dataset.Dataset {
		rows := [][]any{{quality, "Price"}}
		for i := 0; i < n; i++ {
			rows = append(rows, []any{1 + i%5, 1 + i%3})
		}
		return read(t, Options{}, sheetOf{name: "Data", rows: rows})
	}
	if d := table(4, "Quality"); d.Customers.Len() != 0 || !hasCode(d, codeNothingFound) {
		t.Error(receiptText(d))
	}
	if d := table(4, "Benefit: Quality"); d.Customers.Len() != 4 {
		t.Error(receiptText(d))
	}
	if d := table(40, "Quality"); d.Customers.Len() != 40 || !hasCode(d, codeNoID) {
		t.Error(receiptText(d))
	}
}

func TestPurchasesWithoutAmounts(t *testing.T) {
	rows := [][]any{{"id_transacao", "id_cliente", "data_transacao", "lugar"}}
	for i := 0; i < 12; i++ {
		rows = append(rows, []any{1000 + i, 7 + i%3, day("2026-01-01").AddDate(0, 0, i), "loja"})
	}
	d := read(t, Options{}, sheetOf{name: "transacoes", rows: rows})
	f := finding(t, d, codePurchasesBare)
	if d.Receipt.Layout != dataset.LayoutPurchases || len(d.Transactions.Date) != 12 || !math.IsNaN(d.Transactions.Revenue[0]) || d.Customers.Len() != 3 || f.Severity != dataset.Stop {
		t.Errorf("%+v\n%s", f, receiptText(d))
	}
	rows[0][0], rows[0][2] = "loja id", "customer since"
	if d := read(t, Options{}, sheetOf{name: "Data", rows: rows}); d.Receipt.Layout == dataset.LayoutPurchases {
		t.Error(receiptText(d))
	}
}

func TestRevenueInOtherLanguages(t *testing.T) {
	for _, header := range []string{
		"Revenue", "Umsatz", "Umsatz 2025", "Umsatz in EUR", "Jahresumsatz (T€)", "Gesamtumsatz", "Chiffre d'affaires", "Chiffre d’affaires 2025 (k€)", "CA annuel", "Ventas", "Ventas anuales", "Facturación",
		"Fatturato", "Faturamento anual", "Omzet 2025", "売上", "売上高（円）", "年間売上高", "销售额", "营业收入 2025", "Obrót", "Sales 2025 USD", "Annual revenue per year", "Valor",
	} {
		d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]", header}, {"A", 4, 2, 1200}, {"B", 3, 3, 56000}}})
		if fmt.Sprint(d.Customers.Revenue) != "[1200 56000]" {
			t.Errorf("%s: %v\n%s", header, d.Customers.Revenue, receiptText(d))
		}
	}
}

// Money is revenue only where the header says so.
func TestUnknownMoneyIsNoRevenue(t *testing.T) {
	for _, header := range []string{"Income", "Einkommen", "Credit limit", "Kreditlimit", "Budget", "Discount EUR", "2025", "Valor del inmueble", "Balance", "Gehalt", "EUR", "残高", "Solde (€)"} {
		d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]", header}, {"A", 4, 2, 1200}, {"B", 3, 3, 56000}}})
		if d.Customers.Revenue != nil {
			t.Errorf("%s: taken as revenue", header)
		}
	}
	shares := [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]", "Valor"}, {"A", 4, 2, 0.25}, {"B", 3, 3, 0.75}}
	if d := read(t, Options{}, sheetOf{name: "Data", rows: shares}); d.Customers.Revenue != nil {
		t.Error("shares are taken as revenue")
	}
}

func TestFilesThatHoldNoTable(t *testing.T) {
	wantStop(t, ReadBytes("hello.xlsx", []byte("hello"), Options{}), source.CodeFileOther)
	wantStop(t, ReadBytes("hello.csv", []byte("hello world\n"), Options{}), source.CodeFileOther)
	d := ReadBytes("head.csv", []byte("ID,Benefit: Service [1-5],Cost: Price [1-5]\n"), Options{})
	wantStop(t, d, codeNoRows)
	if ref := d.Findings[0].Ref; ref.Sheet != "head" || ref.Row != 1 {
		t.Errorf("%+v", ref)
	}
	d = read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}}})
	wantStop(t, d, codeNoRows)
	d = ReadBytes("table.xlsx", []byte("ID,Benefit: Service [1-5],Cost: Price [1-5]\nA,4,2\n"), Options{})
	if f := finding(t, d, source.CodeTextAsBook); f.Severity != dataset.Warning || d.Customers.Len() != 1 {
		t.Errorf("%+v", f)
	}
}

// Customers are not invented from whatever column of different texts comes first.
func TestOrdersOfSuppliersAreNoCustomers(t *testing.T) {
	rows := [][]any{{"PO_Number", "Vendor_Name", "Category", "Ordered_Qty"}}
	for i := 0; i < 12; i++ {
		rows = append(rows, []any{fmt.Sprintf("PO%d", i), fmt.Sprintf("V%d", i%3), "Steel", 50 + i})
	}
	d := read(t, Options{}, sheetOf{name: "PO_master", rows: rows})
	if d.Customers.Len() != 0 || !hasCode(d, codeNothingFound) {
		t.Error(receiptText(d))
	}
	if list := d.Findings[0].Args[0].List; fmt.Sprint(list) != "[PO_master (PO_Number, Vendor_Name, Category, Ordered_Qty)]" {
		t.Errorf("looked at %v", list)
	}
}

func TestPurchasesByName(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "销售数据", rows: [][]any{
		{"商品名称", "销售数量", "单价", "销售日期", "客户名称"}, {"A", 2, 10.5, day("2026-01-05"), "张三"}, {"B", 1, 30, day("2026-02-05"), "李四"}, {"A", 4, 10, day("2026-02-07"), "张三"},
	}})
	if d.Receipt.Layout != dataset.LayoutPurchases || fmt.Sprint(d.Transactions.Revenue) != "[21 30 40]" || d.Customers.Len() != 2 {
		t.Error(receiptText(d))
	}
}

// A survey with a date and the revenue of each customer stays a survey.
func TestRatingsWithDateAndRevenueAreNoPurchases(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"Customer ID", "Date", "Revenue", "Quality", "Service", "Price"}, {"A", "2026-10-01", 1000, 4, 5, 2}, {"B", "2026-10-02", 2000, 3, 4, 3},
	}})
	if d.Receipt.Layout != dataset.LayoutWide || len(d.Ratings) != 3 || len(d.Transactions.Date) != 0 {
		t.Error(receiptText(d))
	}
}

func TestHeadersThatOnlyLookLikeUnits(t *testing.T) {
	for header, want := range map[string]dataset.ColumnRole{"Last Name": "", "Sales 2025": dataset.ColumnRevenue, "2025 sales": dataset.ColumnRevenue, "2025": "", "In": "", "A": "", "First name": "", "Name in 2025": dataset.ColumnName} {
		got := dataset.ColumnRole("")
		if roles := rolesOf(header); len(roles) > 0 {
			got = roles[0]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

func TestCustomersStandingTwiceAreOneFinding(t *testing.T) {
	rows := [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}}
	for i := 0; i < 10; i++ {
		rows = append(rows, []any{fmt.Sprintf("K%d", i%5), 1 + i%5, 2})
	}
	if f := finding(t, read(t, Options{}, sheetOf{name: "Data", rows: rows}), codeCustomerTwice); f.Count != 5 || f.Ref.Cell() != "A7" {
		t.Errorf("%+v", f)
	}
}

func TestNamesWithADateAndAnAmountAreCustomers(t *testing.T) {
	rows := [][]any{{"Company name", "Date", "Revenue"}, {"Alpha", "2026-10-01", 1000}, {"Beta", "2026-10-02", 2000}, {"Gamma", "2026-10-02", 2000}}
	if d := read(t, Options{}, sheetOf{name: "Data", rows: rows}); d.Receipt.Layout == dataset.LayoutPurchases || d.Customers.Len() != 3 {
		t.Error(receiptText(d))
	}
	rows = append(rows, []any{"Alpha", "2026-10-03", 10})
	if d := read(t, Options{}, sheetOf{name: "Data", rows: rows}); d.Receipt.Layout != dataset.LayoutPurchases || d.Customers.Len() != 3 {
		t.Error(receiptText(d))
	}
}

func TestPricesAreNoRatingsByChance(t *testing.T) {
	budget := [][]any{{"", "Projected cost", "Actual cost"}}
	for i := 0; i < 20; i++ {
		budget = append(budget, []any{[]string{"Food", "Fuel"}[i%2], i % 4, i % 3})
	}
	for name, rows := range map[string][][]any{
		"one price":       {{"Id", "Price"}, {1, 3.5}, {2, 4.2}, {3, 60}, {4, 9}},
		"the price twice": {{"Id", "Price", nil, "Id", "Price"}, {1, 3.5, nil, 1, 2}, {2, 4.2, nil, 2, 2}, {3, 60, nil, 3, 1}},
		"a budget":        budget,
		"a sentence":      {{"Let us see", "Date"}, {1, nil}, {2, nil}, {3, nil}},
	} {
		if d := read(t, Options{}, sheetOf{name: "Data", rows: rows}); len(d.Ratings) != 0 {
			t.Errorf("%s:\n%s", name, receiptText(d))
		}
	}
}
