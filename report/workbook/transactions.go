package workbook

import (
	"math"
	"sort"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A purchaseList is one list of purchases as read, a value per row of its table.
type purchaseList struct {
	table    *table
	sheet    uint16
	date     []time.Time
	revenue  []float64
	cost     []float64
	quantity []float64 // nil where there is no such column
	order    []grid.Cell
	reversal []bool // by its number or quantity the row takes another one back
	priced   bool
}

// readTransactions reads the lists of purchases. A row without a date, an amount or a customer is left out, and
// so are purchases after the as-of date.
func (b *builder) readTransactions() {
	for _, t := range b.with(dataset.TableTransactions) {
		b.readPurchases(t)
	}
}

func (b *builder) readPurchases(t *table) {
	date := t.column(dataset.ColumnDate)
	out := &b.d.Transactions
	p := &purchaseList{table: t, sheet: uint16(len(out.Sheets)), priced: t.priced()}
	out.Sheets = append(out.Sheets, t.grid.Sheet)
	dateCol := t.idCol()
	if date != nil {
		dateCol = date.col
		p.date = b.dates(t, t.cells(date), date, func(i int) dataset.Ref { return t.grid.Ref(t.rows[i], date.col) })
	} else {
		p.date = t.sheetDates()
	}
	p.revenue, p.quantity = b.purchaseAmounts(t)
	p.cost = b.purchaseCosts(t, p)
	if c := t.column(dataset.ColumnOrder); c != nil {
		p.order = t.cells(c)
	}
	p.findReversals()
	b.leaveOut(t)
	kinds := b.purchaseKinds(p)
	late := dataset.LeftOut{Why: skipLate}
	for i, row := range t.rows {
		switch {
		case b.isLate(p.date[i]):
			t.skip(row, skipLate)
			late.Count++
			late.Ref = firstRef(late.Ref, t.grid.Ref(row, dateCol))
		case p.date[i].IsZero() || math.IsNaN(p.revenue[i]) && p.priced && kinds[i] != dataset.KindAcquisition:
			t.skip(row, skipPurchase)
			b.left(skipPurchase, t.grid.Ref(row, dateCol))
		default:
			b.addPurchase(p, i, kinds[i])
		}
	}
	b.reportLate(late)
	b.purchaseCurrencies(t)
	if p.sheet == 0 {
		out.Columns = t.purchaseIDs()
	}
}

// purchaseAmounts returns what each purchase came to: the amount given, or quantity times price less discount. A negative
// quantity makes the amount negative.
func (b *builder) purchaseAmounts(t *table) (revenue, quantity []float64) {
	revenue = b.columnNumbers(t, dataset.ColumnRevenue, codeNumberText)
	if t.column(roleQuantity) != nil {
		quantity = b.columnNumbers(t, roleQuantity, codeNumberText)
	}
	if t.column(dataset.ColumnRevenue) != nil {
		for i, q := range quantity {
			if q < 0 && revenue[i] > 0 {
				revenue[i] = -revenue[i]
			}
		}
		return revenue, quantity
	}
	price := b.columnNumbers(t, rolePrice, codeNumberText)
	discount, share := b.discounts(t)
	for i := range quantity {
		x := quantity[i] * price[i]
		switch d := discount[i]; {
		case math.IsNaN(d):
		case share:
			x *= 1 - d
		default:
			x -= math.Copysign(d, x)
		}
		revenue[i] = x + 0 // no negative zero
	}
	return revenue, quantity
}

// discounts returns the column of discounts, as shares of the price where all are shown as per cent, are named so or lie
// between 0 and 1.
func (b *builder) discounts(t *table) (values []float64, share bool) {
	values = b.columnNumbers(t, dataset.ColumnDiscount, codeNumberText)
	c := t.column(dataset.ColumnDiscount)
	if c == nil {
		return values, false
	}
	form := headerForm(c.head.text())
	percent := strings.Contains(c.head.text(), "%") || stemsOf("pct,percent,prozent,rate,pourcent,porcent,percentu,procent,率").in(form)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, x := range values {
		if !math.IsNaN(x) {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	if lo >= 0 && hi <= 1 {
		return values, true
	}
	if percent && lo >= 0 && hi <= 100 {
		for i := range values {
			values[i] /= 100
		}
		return values, true
	}
	return values, false
}

// unitCostWords say that a cost is that of one piece.
var unitCostWords = stemsOf("unit,per unit,each,per piece,cost price,purchase cost,einstandspreis,einkaufspreis,stuck,unitair,unitari,per stuk,jednostk,单位,单件,単価")

// purchaseCosts returns what each purchase cost us: as given, times the quantity where it is the cost of one piece, or what
// the margin leaves of the amount.
func (b *builder) purchaseCosts(t *table, p *purchaseList) []float64 {
	if c := t.column(dataset.ColumnCost); c == nil && t.column(dataset.ColumnMargin) != nil {
		cost := b.columnNumbers(t, dataset.ColumnMargin, codeNumberText)
		for i := range cost {
			cost[i] = p.revenue[i] - cost[i] + 0
		}
		return cost
	}
	cost := b.columnNumbers(t, dataset.ColumnCost, codeNumberText)
	if c := t.column(dataset.ColumnCost); c != nil && p.quantity != nil && unitCostWords.in(headerForm(c.head.label)) {
		for i, q := range p.quantity {
			cost[i] *= q
		}
	}
	return cost
}

// left counts a row that is no purchase, under its reason.
func (b *builder) left(why string, ref dataset.Ref) {
	out := &b.d.Transactions
	for i := range out.Left {
		if out.Left[i].Why == why {
			out.Left[i].Count++
			return
		}
	}
	out.Left = append(out.Left, dataset.LeftOut{Why: why, Count: 1, Ref: ref})
}

// leaveOut counts the rows that say nobody who bought.
func (b *builder) leaveOut(t *table) {
	for _, s := range t.skips {
		if s.Why == skipNoID {
			b.left(skipNoID, t.grid.Ref(s.Row, t.idCol()))
		}
	}
}

func (b *builder) reportLate(late dataset.LeftOut) {
	if late.Count == 0 {
		return
	}
	b.d.Transactions.Left = append(b.d.Transactions.Left, late)
	b.found.findings = append(b.found.findings, dataset.Finding{
		Code: codePurchaseLate, Severity: dataset.Note, Ref: late.Ref, Count: late.Count,
		Args: []dataset.Quantity{dataset.N(late.Count), dataset.Str(b.options.AsOf.Format(time.DateOnly))},
	})
}

func (b *builder) addPurchase(p *purchaseList, i int, kind string) {
	out, row := &b.d.Transactions, p.table.rows[i]
	customer, known := int32(-1), p.table.column(dataset.ColumnID) != nil
	if known {
		customer = int32(b.customerOf(p.table.customerID(row)))
	}
	revenue := p.revenue[i]
	if kind == dataset.KindRefund && revenue > 0 {
		revenue = -revenue
	}
	order := ""
	if p.order != nil {
		order = strings.TrimSpace(p.order[i].String())
	}
	out.Customer = append(out.Customer, customer)
	out.Date = append(out.Date, p.date[i])
	out.Revenue = append(out.Revenue, revenue)
	out.Cost = append(out.Cost, p.cost[i])
	out.Kind = append(out.Kind, kind)
	out.Order = append(out.Order, order)
	out.Sheet = append(out.Sheet, p.sheet)
	out.Row = append(out.Row, int32(row))
}

// purchaseIDs says where the columns of a list stand.
func (t *table) purchaseIDs() dataset.PurchaseIDs {
	at := func(role dataset.ColumnRole) int {
		if c := t.column(role); c != nil {
			return c.col
		}
		return 0
	}
	return dataset.PurchaseIDs{
		Customer: at(dataset.ColumnID), Date: at(dataset.ColumnDate), Revenue: at(dataset.ColumnRevenue), Quantity: at(roleQuantity), Price: at(rolePrice),
		Cost: at(dataset.ColumnCost), Kind: at(dataset.ColumnKind), Order: at(dataset.ColumnOrder), Discount: at(dataset.ColumnDiscount), Margin: at(dataset.ColumnMargin),
	}
}

// purchaseCurrencies collects the currencies that a list names: in a column of its own, else in the texts of amounts, else
// in the header over them.
func (b *builder) purchaseCurrencies(t *table) {
	names := set{}
	for _, c := range b.d.Transactions.Currencies {
		names[c] = true
	}
	ref := dataset.Ref{}
	if c := t.column(dataset.ColumnCurrency); c != nil {
		for i, cell := range t.cells(c) {
			if text := strings.ToUpper(strings.TrimSpace(cell.String())); text != "" && !missingText(text) {
				names[text] = true
				if ref.Row == 0 && len(names) > 1 {
					ref = t.grid.Ref(t.rows[i], c.col)
				}
			}
		}
	} else if c := t.column(dataset.ColumnRevenue); c != nil {
		for i, cell := range t.cells(c) {
			if cell.Kind != grid.Text {
				continue
			}
			if currency := currencyBeside(cell.Text); currency != "" {
				names[currency] = true
				if ref.Row == 0 && len(names) > 1 {
					ref = t.grid.Ref(t.rows[i], c.col)
				}
			}
		}
	}
	b.d.Transactions.Currencies = nil
	for name := range names {
		b.d.Transactions.Currencies = append(b.d.Transactions.Currencies, name)
	}
	sort.Strings(b.d.Transactions.Currencies)
	if ref.Row > 0 {
		b.found.add(codeCurrencies, dataset.Warning, ref, dataset.List(b.d.Transactions.Currencies...))
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
// else the last day on which a customer began, changed or left where that is what the workbook tells, else zero
// (METHOD 5.1).
func (b *builder) asOf() time.Time {
	if !b.options.AsOf.IsZero() {
		return b.options.AsOf
	}
	var last time.Time
	for i, date := range b.d.Transactions.Date {
		if date.After(last) && b.d.Transactions.Kind[i] != dataset.KindCancelled {
			last = date
		}
	}
	if end := periodEnd(b.d.Period); last.IsZero() && !end.IsZero() {
		return end
	}
	if last.IsZero() && (len(b.d.Contracts.Date) > 0 || b.d.Receipt.Layout == dataset.LayoutContracts) {
		last = b.lastStay()
	}
	if last.IsZero() {
		return last
	}
	return time.Date(last.Year(), last.Month(), last.Day(), 0, 0, 0, 0, time.UTC)
}
