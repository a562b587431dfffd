package workbook

import (
	"math"
	"time"

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
	priced := t.priced()
	late, first := 0, dataset.Ref{}
	out := &b.d.Transactions
	for i, row := range t.rows {
		if b.isLate(dates[i]) {
			t.skip(row, skipLate)
			late++
			first = firstRef(first, t.grid.Ref(row, date.col))
			continue
		}
		if dates[i].IsZero() || math.IsNaN(revenue[i]) && priced {
			t.skip(row, skipPurchase)
			continue
		}
		out.Customer = append(out.Customer, int32(b.customerIndex[t.customerID(row)]))
		out.Date = append(out.Date, dates[i])
		out.Revenue = append(out.Revenue, revenue[i])
		out.Cost = append(out.Cost, cost[i])
		out.Kind = append(out.Kind, purchaseKind(t.text(row, dataset.ColumnKind), revenue[i]))
	}
	if late > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codePurchaseLate, Severity: dataset.Note, Ref: first, Count: late,
			Args: []dataset.Quantity{dataset.N(late), dataset.Str(b.options.AsOf.Format(time.DateOnly))},
		})
	}
}

// isLate reports whether an event lies after the day that is given as the date of the report.
func (b *builder) isLate(date time.Time) bool {
	return !b.options.AsOf.IsZero() && !date.Before(b.options.AsOf.AddDate(0, 0, 1))
}

// priced reports whether a list of purchases says what they came to.
func (t *table) priced() bool {
	return t.column(dataset.ColumnRevenue) != nil || t.column(roleQuantity) != nil && t.column(rolePrice) != nil
}

// asOf returns the date of the report: as given, else the day of the last purchase, else the last day of the period,
// else zero (METHOD 5.1).
func (b *builder) asOf() time.Time {
	if !b.options.AsOf.IsZero() {
		return b.options.AsOf
	}
	var last time.Time
	for _, date := range b.d.Transactions.Date {
		if date.After(last) {
			last = date
		}
	}
	if last.IsZero() {
		return periodEnd(b.d.Period)
	}
	return time.Date(last.Year(), last.Month(), last.Day(), 0, 0, 0, 0, time.UTC)
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
