package workbook

import (
	"math"

	"valuebook/report/dataset"
)

// readTransactions reads the list of purchases. A row without a date or an amount is left out, with its
// finding; purchases after the as-of date are left out too.
func (b *builder) readTransactions() {
	for _, t := range b.with(dataset.TableTransactions) {
		b.readPurchases(t)
	}
}

func (b *builder) readPurchases(t *table) {
	date := t.column(dataset.ColumnDate)
	dates := b.dates(t, t.cells(date), date, func(i int) dataset.Ref { return t.grid.Ref(t.rows[i], date.col) })
	revenue := b.columnNumbers(t, dataset.ColumnRevenue, codeNumberText)
	if t.column(dataset.ColumnRevenue) == nil {
		price := b.columnNumbers(t, rolePrice, codeNumberText)
		for i, quantity := range b.columnNumbers(t, roleQuantity, codeNumberText) {
			revenue[i] = quantity * price[i]
		}
	}
	cost := b.columnNumbers(t, dataset.ColumnCost, codeNumberText)
	out := &b.d.Transactions
	for i, row := range t.rows {
		late := !b.options.AsOf.IsZero() && dates[i].After(b.options.AsOf.AddDate(0, 0, 1).Add(-1))
		if dates[i].IsZero() || math.IsNaN(revenue[i]) || late {
			t.skip(row, skipPurchase)
			continue
		}
		out.Customer = append(out.Customer, int32(b.customerIndex[t.customerID(row)]))
		out.Date = append(out.Date, dates[i])
		out.Revenue = append(out.Revenue, revenue[i])
		out.Cost = append(out.Cost, cost[i])
		out.Kind = append(out.Kind, purchaseKind(t.text(row, dataset.ColumnKind), revenue[i]))
	}
}

// purchaseKinds are words for kinds of transactions; everything else is a sale.
var purchaseKinds = map[string]set{
	"refund":      setOf(words("refund,refunded,return,returned,credit note,cancelled,canceled,cancellation,storno,gutschrift,retoure,ruckgabe,storniert,avoir,remboursement,annule,devolucion,cancelado,anulado,reso,rimborso,annullato,devolvido,retour,geannuleerd,退款,退货,取消,返品,返金,キャンセル")),
	"service":     setOf(words("service,support,kundendienst,servicio,servizio,服务,サービス")),
	"acquisition": setOf(words("acquisition,akquise,acquisition cost,captacion,acquisizione,获客,獲得")),
}

func purchaseKind(text string, amount float64) string {
	f := fold(text)
	for _, kind := range []string{"refund", "service", "acquisition"} {
		if purchaseKinds[kind][f] {
			return kind
		}
	}
	if amount < 0 {
		return "refund"
	}
	return "sale"
}
