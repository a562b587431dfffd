package workbook

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// columnsOf returns the headers of a list of purchases by role.
func columnsOf(d *dataset.Dataset) map[dataset.ColumnRole]string {
	roles := map[dataset.ColumnRole]string{}
	for _, t := range d.Receipt.Tables {
		if t.Role == dataset.TableTransactions {
			for _, c := range t.Columns {
				if c.Role != dataset.ColumnUnused {
					roles[c.Role] = c.Header
				}
			}
		}
	}
	return roles
}

// purchaseTexts returns the purchases as texts: customer, date, revenue, cost, kind.
func purchaseTexts(d *dataset.Dataset) []string {
	var out []string
	tx := d.Transactions
	for i := range tx.Len() {
		who := "?"
		if c := tx.Customer[i]; c >= 0 {
			who = d.Customers.ID[c]
		}
		out = append(out, fmt.Sprintf("%s %s %g %g %s", who, tx.Date[i].Format("2006-01-02"), tx.Revenue[i], tx.Cost[i], tx.Kind[i]))
	}
	return out
}

func TestColumnsOfPurchases(t *testing.T) {
	tests := []struct {
		name string
		rows [][]any
		want string // role=header, separated by commas
	}{
		{"several dates", [][]any{
			{"Client No", "Birth date", "Ship date", "Due date", "Ordered on", "Invoice date", "Last purchase date", "Amount"},
			{7, "1980-01-31", "2026-03-05", "2026-04-05", "2026-03-01", "2026-03-06", "2026-09-09", 100},
		}, "id=Client No,date=Ordered on,revenue=Amount"},
		{"only the invoice date and when it was entered", [][]any{
			{"cust_no", "created_at", "inv date", "birthdate", "amt"},
			{7, "2026-03-09", "2026-03-06", "1980-01-31", 100}, {7, "2026-03-10", "2026-03-07", "1980-01-31", 50},
		}, "id=cust_no,date=inv date,revenue=amt"},
		{"several amounts", [][]any{
			{"Kundennummer", "Bestelldatum", "Bruttobetrag", "MwSt-Betrag", "Nettobetrag", "Rabatt"},
			{7, "2026-03-06", 119, 19, 100, 5},
		}, "id=Kundennummer,date=Bestelldatum,revenue=Nettobetrag"},
		{"the order's total on each of its lines", [][]any{
			{"Customer ID", "Order ID", "Order date", "Qty", "Unit price", "Order total", "Line total"},
			{7, "A1", "2026-03-06", 2, 10, 50, 20}, {7, "A1", "2026-03-06", 1, 30, 50, 30},
			{8, "A2", "2026-03-07", 2, 10, 25, 20}, {8, "A2", "2026-03-07", 1, 5, 25, 5},
			{9, "A3", "2026-03-07", 4, 10, 45, 40}, {9, "A3", "2026-03-07", 1, 5, 45, 5},
		}, "id=Customer ID,order=Order ID,date=Order date,quantity=Qty,unit_price=Unit price,revenue=Line total"},
		{"a number of the row beside that of the customer", [][]any{
			{"ID", "CustomerID", "InvoiceNo", "InvoiceDate", "Revenue"},
			{1, 70, 5, "2026-03-06", 1}, {2, 70, 6, "2026-03-06", 2}, {3, 71, 6, "2026-03-06", 3}, {4, 71, 7, "2026-03-06", 4}, {5, 70, 8, "2026-03-06", 4},
		}, "id=CustomerID,order=InvoiceNo,date=InvoiceDate,revenue=Revenue"},
		{"a shop's export", [][]any{
			{"Row ID", "Order ID", "Order Date", "Ship Date", "Ship Mode", "Customer ID", "Customer Name", "Segment", "Postal Code", "Product Name", "Sales", "Quantity", "Discount", "Profit"},
			{1, "CA-1", "2026-03-06", "2026-03-08", "Second Class", "CG-1", "Claire", "Consumer", 42420, "Bookcase", 261.96, 2, 0, 41.9136},
			{2, "CA-1", "2026-03-06", "2026-03-08", "Second Class", "CG-1", "Claire", "Consumer", 42420, "Chair", 731.94, 3, 0.2, 219.582},
		}, "id=Customer ID,name=Customer Name,segment=Segment,order=Order ID,date=Order Date,revenue=Sales,quantity=Quantity,margin=Profit"},
		{"Spanish", [][]any{
			{"codigo_cliente", "fecha_pedido", "fecha_entrega", "importe_neto", "importe_iva", "estado"},
			{7, "2026-03-06", "2026-03-08", 100, 21, "entregado"},
		}, "id=codigo_cliente,date=fecha_pedido,revenue=importe_neto,kind=estado"},
		{"Japanese", [][]any{
			{"顧客番号", "生年月日", "注文日", "出荷日", "数量", "単価", "通貨"},
			{7, "1980-01-31", "2026-03-06", "2026-03-08", 2, 50, "JPY"},
		}, "id=顧客番号,date=注文日,quantity=数量,unit_price=単価,currency=通貨"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := read(t, Options{}, sheetOf{name: "Sheet1", rows: test.rows})
			got := columnsOf(d)
			want := strings.Split(test.want, ",")
			for _, pair := range want {
				role, header, _ := strings.Cut(pair, "=")
				if got[dataset.ColumnRole(role)] != header {
					t.Errorf("%s is %q, want %q", role, got[dataset.ColumnRole(role)], header)
				}
			}
			if len(got) != len(want) || t.Failed() {
				t.Errorf("roles %v\n%s", got, receiptText(d))
			}
		})
	}
}

func TestWhatPurchasesWere(t *testing.T) {
	head := []any{"Customer ID", "Date", "Order no", "Amount", "Status"}
	tests := []struct {
		name string
		rows [][]any
		want []string
	}{
		{"cancelled and returned ones count nowhere", [][]any{head,
			{1, "2026-01-01", "A1", 10, "Completed"}, {1, "2026-01-02", "A2", 20, "Cancelled"}, {2, "2026-01-03", "A3", 30, "Returned"}, {2, "2026-01-04", "A4", 40, "not returned"},
		}, []string{"1 2026-01-01 10 NaN sale", "1 2026-01-02 20 NaN cancelled", "2 2026-01-03 30 NaN cancelled", "2 2026-01-04 40 NaN sale"}},
		{"a return recorded beside the sale", [][]any{head,
			{1, "2026-01-01", "A1", 10, "Completed"}, {1, "2026-01-09", "A1", 10, "Returned"},
		}, []string{"1 2026-01-01 10 NaN sale", "1 2026-01-09 -10 NaN refund"}},
		{"documents", [][]any{{"Kunde", "Datum", "Beleg Nr", "Betrag", "Vorgangsart"},
			{1, "2026-01-01", "A1", 10, "Rechnung"}, {1, "2026-01-09", "A2", 4, "Gutschrift"}, {1, "2026-01-10", "A3", -3, "Rechnung"}, {2, "2026-01-10", "A4", 3, "Kundendienst"},
		}, []string{"1 2026-01-01 10 NaN sale", "1 2026-01-09 -4 NaN refund", "1 2026-01-10 -3 NaN refund", "2 2026-01-10 3 NaN service"}},
		{"numbers with a letter and negative quantities", [][]any{{"CustomerID", "InvoiceDate", "InvoiceNo", "Quantity", "UnitPrice"},
			{1, "2026-01-01", 536379, 2, 5}, {1, "2026-01-02", "C536380", -1, 5}, {1, "2026-01-03", 536381, 1, 0}, {1, "2026-01-03", 536382, 1, 3},
		}, []string{"1 2026-01-01 10 NaN sale", "1 2026-01-02 -5 NaN refund", "1 2026-01-03 0 NaN sale", "1 2026-01-03 3 NaN sale"}},
		{"a flag", [][]any{{"Client", "Date de commande", "Montant", "Retourné"},
			{"a", "2026-01-01", 10, "non"}, {"a", "2026-01-02", 20, "oui"},
		}, []string{"a 2026-01-01 10 NaN sale", "a 2026-01-02 20 NaN cancelled"}},
		{"costs of one piece, and discount as a share", [][]any{{"Customer", "Order date", "Qty", "Unit price", "Unit cost", "Discount"},
			{"a", "2026-01-01", 10, 5, 2, 0.1}, {"a", "2026-01-02", 1, 5, 2, nil},
		}, []string{"a 2026-01-01 45 20 sale", "a 2026-01-02 5 2 sale"}},
		{"the margin instead of a cost", [][]any{{"Customer", "Order date", "Sales", "Profit"},
			{"a", "2026-01-01", 10, 4}, {"a", "2026-01-02", 20, -5},
		}, []string{"a 2026-01-01 10 6 sale", "a 2026-01-02 20 25 sale"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := read(t, Options{}, sheetOf{name: "Sheet1", rows: test.rows})
			if got := purchaseTexts(d); strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"), receiptText(d))
			}
		})
	}
}

func TestPurchasesThatAreLeftOut(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Orders", rows: [][]any{
		{"Customer ID", "Order date", "Order no", "Amount", "Currency"},
		{1, "2026-01-01", "A1", 10, "EUR"}, {nil, "2026-01-02", "A2", 20, "EUR"}, {2, nil, "A3", 30, "EUR"}, {2, "2026-01-04", "A4", nil, "USD"}, {nil, "2026-01-05", "A5", 50, "EUR"},
	}})
	tx := d.Transactions
	if tx.Len() != 1 || fmt.Sprint(tx.Left) != "[{no-id 2 Orders!A3} {purchase 2 Orders!B4}]" || tx.Sheets[tx.Sheet[0]] != "Orders" || tx.Row[0] != 2 || tx.Order[0] != "A1" {
		t.Errorf("%+v\n%s", tx, receiptText(d))
	}
	if strings.Join(tx.Currencies, ",") != "EUR,USD" || !hasCode(d, codeCurrencies) {
		t.Errorf("currencies %v", tx.Currencies)
	}
	if tx.Columns.Customer != 1 || tx.Columns.Date != 2 || tx.Columns.Order != 3 || tx.Columns.Revenue != 4 || tx.Columns.Kind != 0 {
		t.Errorf("columns %+v", tx.Columns)
	}
}

func TestPurchasesOfNobody(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"Date", "State", "Product", "Price", "Units", "Revenue", "Return"},
		{"2026-01-01", "Ohio", "A", 5, 2, 10, "no"}, {"2026-01-02", "Utah", "B", 5, 1, 5, "yes"},
	}})
	if !hasCode(d, codePurchasesNobody) {
		t.Error(receiptText(d))
	}
	if got := strings.Join(purchaseTexts(d), "; "); got != "? 2026-01-01 10 NaN sale; ? 2026-01-02 5 NaN cancelled" {
		t.Error(got)
	}
}

// A list of customers with a date and an amount is none of purchases.
func TestListsOfCustomersAreNoPurchases(t *testing.T) {
	for _, head := range [][]any{
		{"Customer ID", "Last purchase date", "Revenue"}, {"Customer ID", "Date of birth", "Revenue"}, {"Customer ID", "Date created", "Revenue"}, {"Name", "Date", "Revenue"},
	} {
		rows := [][]any{head}
		for i := range 12 {
			rows = append(rows, []any{fmt.Sprintf("C%d", i), fmt.Sprintf("1980-01-%02d", 13+i), 1000 + i})
		}
		if d := read(t, Options{}, sheetOf{name: "List", rows: rows}); d.Transactions.Len() > 0 {
			t.Errorf("%v\n%s", head, receiptText(d))
		}
	}
}

// The order of rows and blank rows between them change no purchase.
func TestOrderOfPurchasesSaysNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	rows := [][]any{}
	for i := range 40 {
		status := []string{"Completed", "Cancelled", "Returned", ""}[rng.IntN(4)]
		rows = append(rows, []any{rng.IntN(9), fmt.Sprintf("2026-%02d-%02d", 1+rng.IntN(12), 1+rng.IntN(28)), fmt.Sprintf("A%d", i/2), float64(rng.IntN(2000)-200) / 4, status})
	}
	sums := func(shuffled bool) string {
		all := [][]any{{"Customer", "Order date", "Order no", "Amount", "Status"}}
		for _, i := range rng.Perm(len(rows)) {
			k := i
			if !shuffled {
				k = len(all) - 1
				if k >= len(rows) {
					break
				}
			}
			all = append(all, rows[k])
		}
		if shuffled {
			all = append(all[:20:20], append([][]any{{nil, nil, nil, nil, nil}, {nil, nil, nil, nil, nil}}, all[20:]...)...)
		}
		d := read(t, Options{}, sheetOf{name: "Orders", rows: all})
		sum := map[string]float64{}
		for i, c := range d.Transactions.Customer {
			if kind := d.Transactions.Kind[i]; kind != dataset.KindCancelled {
				sum[d.Customers.ID[c]+kind] = math.Round((sum[d.Customers.ID[c]+kind]+d.Transactions.Revenue[i])*4) / 4
			}
		}
		return fmt.Sprint(sum, d.Transactions.Len())
	}
	first := sums(false)
	for range 5 {
		if again := sums(true); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
}

// Of two numbers of the customer the one counts that the sheet of customers has.
func TestBuyersAreThoseOfTheOtherSheet(t *testing.T) {
	customers := [][]any{{"ID", "Segment", "Benefit: Service [1-5]", "Cost: Price [1-5]"}}
	orders := [][]any{{"country", "id", "amount", "date", "New_id"}}
	for i := range 10 {
		customers = append(customers, []any{fmt.Sprintf("IN%d", 100+i), "A", 1 + i%5, 2})
		for range 2 {
			orders = append(orders, []any{"IN", 100 + i, 50, "2026-03-14", fmt.Sprintf("IN%d", 100+i)})
		}
	}
	d := read(t, Options{}, sheetOf{name: "Customers", rows: customers}, sheetOf{name: "Orders", rows: orders})
	if d.Customers.Len() != 10 || d.Transactions.Len() != 20 || columnsOf(d)[dataset.ColumnID] != "New_id" {
		t.Errorf("%d customers, %v\n%s", d.Customers.Len(), columnsOf(d), receiptText(d))
	}
}
