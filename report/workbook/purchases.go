package workbook

import (
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A choice is the column that fits a role best, and the one that came second.
type choice struct {
	best, second *column
	score, next  float64
}

// offer puts a column up for the role; equal ones go to the left.
func (ch *choice) offer(c *column, score float64) {
	switch {
	case score <= 0:
	case ch.best == nil || score > ch.score:
		ch.second, ch.next = ch.best, ch.score
		ch.best, ch.score = c, score
	case ch.second == nil || score > ch.next:
		ch.second, ch.next = c, score
	}
}

// give gives the best column its role.
func (ch *choice) give(role dataset.ColumnRole, sure float64) {
	c := ch.best
	if c == nil {
		return
	}
	c.role, c.why, c.guess = role, whyHeader, ch.score < sure
	if c.guess {
		c.why = whyValues
	}
	if ch.second != nil {
		c.runnerUp, c.confidence = ch.second.col, (ch.score-ch.next)/ch.score
	}
}

// isTransactions takes the columns of a list of purchases: a date and an amount, or a quantity with a price, and who
// bought. Where customers recur in it, the amount may be missing; where it cannot be anything else, the customer.
func (t *table) isTransactions(known map[string]bool) bool {
	if t.saysOtherwise(known) {
		return false
	}
	date := t.purchaseDate()
	if date.best == nil {
		return false
	}
	amount, quantity, price := t.purchaseAmount()
	if amount.best == date.best || quantity == date.best || price == date.best {
		return false // numbers under a header that names neither a day nor an amount alone
	}
	priced := amount.best != nil || quantity != nil && price != nil
	customer := t.buyer(quantity != nil)
	switch {
	case customer.best == nil && !(priced && (quantity != nil || t.has(dataset.ColumnOrder) != nil) && t.anonymous()):
		return false
	case customer.best != nil && !priced && !t.listsPurchases(customer.best):
		return false
	case customer.best != nil && date.score < datePlain && t.listsCustomers(customer.best, quantity):
		return false
	}
	customer.give(dataset.ColumnID, buyerName)
	date.give(dataset.ColumnDate, datePlain)
	amount.give(dataset.ColumnRevenue, amountPlain)
	if quantity != nil {
		quantity.role, quantity.why = roleQuantity, whyHeader
	}
	if price != nil {
		price.role, price.why = rolePrice, whyHeader
	}
	t.takePurchaseDetails()
	return true
}

// saysOtherwise reports whether headers or values say that the rows are rated.
func (t *table) saysOtherwise(known map[string]bool) bool {
	for _, c := range t.columns {
		if c.head.sided || c.head.role != "" || known[fold(c.head.label)] {
			return true
		}
	}
	return t.rates()
}

// listsCustomers reports whether a list with a date that is not plainly that of a purchase has every customer once.
func (t *table) listsCustomers(customer, quantity *column) bool {
	return quantity == nil && t.has(dataset.ColumnOrder) == nil && !t.sheetIs("transactions") && t.unique(customer)
}

// anonymous reports whether no column can say who a row is about.
func (t *table) anonymous() bool {
	for _, role := range []dataset.ColumnRole{dataset.ColumnID, roleCustomer, dataset.ColumnName, dataset.ColumnSupplier} {
		if t.has(role) != nil {
			return false
		}
	}
	return true
}

// takePurchaseDetails takes what a list of purchases may have besides.
func (t *table) takePurchaseDetails() {
	t.takeCost()
	t.takeKind()
	t.takeOrder()
	for _, role := range []dataset.ColumnRole{dataset.ColumnReturned, dataset.ColumnCurrency, dataset.ColumnName, dataset.ColumnSegment} {
		if c := t.take(role); c != nil && role == dataset.ColumnName && t.codesOnly(c) {
			c.role, c.why = dataset.ColumnUnused, whyUnknown // order numbers are called "Name" too
		}
	}
	if t.column(dataset.ColumnRevenue) == nil {
		t.take(dataset.ColumnDiscount)
	}
	if t.column(dataset.ColumnCost) == nil {
		if c := t.take(dataset.ColumnMargin); c != nil && !c.stats.numeric() {
			c.role, c.why = "", ""
		}
	}
}

// Scores of dates by what their header says happened then.
const (
	dateOrder   = 1.0
	dateInvoice = 0.9
	datePlain   = 0.8
	dateSome    = 0.6
	datePaid    = 0.5
	dateCreated = 0.4
	dateUnnamed = 0.35
	dateShipped = 0.3
)

// purchaseDate chooses the day of the purchase among all columns of dates.
func (t *table) purchaseDate() choice {
	var ch choice
	for _, c := range t.columns {
		if c.role != "" {
			continue
		}
		form := headerForm(c.head.label)
		score := dateScore(form)
		named := slices.Contains(c.roles, dataset.ColumnDate)
		if named {
			score = max(score, dateSome)
		}
		if score > 0 && t.datesIn(c, named || dateWords.in(form)) {
			ch.offer(c, score)
		}
	}
	return ch
}

// datesIn reports whether most cells of a column can be dates; numbers only where the header calls for them.
func (t *table) datesIn(c *column, called bool) bool {
	switch {
	case c.stats.dates*2 > c.stats.filled:
		return true
	case c.stats.empty():
		return called
	case c.stats.texts*2 > c.stats.filled || c.stats.dates > 0 && c.stats.texts > 0:
		return t.holdsDates(c)
	}
	return called && !numberDate(c.stats.lo).IsZero() && !numberDate(c.stats.hi).IsZero()
}

// dateScore says how likely a header stands over the day of a purchase: 0 over another day.
func dateScore(form string) float64 {
	switch {
	case otherStems.in(form):
		return 0
	case shipStems.in(form):
		return dateShipped
	case orderStems.in(form):
		return dateOrder
	case invoiceStems.in(form):
		return dateInvoice
	case slices.Contains(dateWords, form):
		return datePlain
	case paymentStems.in(form):
		return datePaid
	case createdStems.in(form):
		return dateCreated
	case dateWords.in(form):
		return dateSome
	}
	return dateUnnamed
}

// Scores of amounts by what their header says is in them.
const (
	amountNet    = 3.0
	amountPlain  = 2.0
	amountGross  = 1.0
	amountOrder  = 0.5
	amountAgrees = 1.5  // quantity times price comes to it
	amountAgain  = -1.8 // it stands again on every row of an order
)

// purchaseAmount chooses what each purchase came to, and finds quantity and price.
func (t *table) purchaseAmount() (amount choice, quantity, price *column) {
	quantity, price = t.has(roleQuantity), t.has(rolePrice)
	if price == nil && quantity != nil {
		price = t.plainPrice()
	}
	for _, c := range t.columns {
		if c.role != "" || c == quantity || c == price || !c.stats.numeric() {
			continue
		}
		score := amountScore(c)
		if score > 0 && quantity != nil && price != nil && t.multiplies(c, quantity, price) {
			score += amountAgrees
		}
		if score > 0 && t.againPerOrder(c) {
			score += amountAgain
		}
		amount.offer(c, score)
	}
	if amount.best != nil && amount.score < amountOrder && quantity != nil && price != nil {
		amount = choice{}
	}
	return amount, quantity, price
}

// bareNet and bareGross name an amount by what is in it alone.
var (
	bareNet   = setOf(words("net,nett,netto,net eur,netto eur,excl vat,ex vat,ht,montant ht,neto,imponibile,liquido"))
	bareGross = setOf(words("gross,brutto,incl vat,inc vat,ttc,bruto,lordo"))
)

// amountEnds end compounds that name an amount.
var amountEnds = words("betrag,umsatz,erlos,summe,bedrag,omzet,belop,金額,金额")

func amountScore(c *column) float64 {
	form := headerForm(c.head.label)
	net, gross := netStems.in(form), grossStems.in(form)
	called := slices.Contains(c.roles, dataset.ColumnRevenue) || endsWith(form, amountEnds)
	switch {
	case noAmountStems.in(form) && !net && !gross, slices.Contains(c.roles, dataset.ColumnMargin), countStems.in(form) && !called:
		return 0
	case orderTotal.in(form):
		return amountOrder
	case net && (called || amountStems.in(form)):
		return amountNet
	case gross && (called || amountStems.in(form)):
		return amountGross
	case called:
		return amountPlain
	case bareNet[form]:
		return amountNet
	case bareGross[form]:
		return amountGross
	}
	return 0
}

func endsWith(form string, ends []string) bool {
	for _, end := range ends {
		if strings.HasSuffix(form, end) {
			return true
		}
	}
	return false
}

// priceWords name the price of a piece where a quantity stands beside it.
var priceWords = setOf(words("price,prices,rate,preis,prix,precio,prezzo,preco,prijs,cena,pris,价格,価格,販売価格,售价,unit price,item price,selling price"))

func (t *table) plainPrice() *column {
	for _, c := range t.columns {
		if c.role == "" && c.stats.numeric() && priceWords[headerForm(c.head.label)] {
			return c
		}
	}
	return nil
}

// samples returns up to so many rows of data, evenly spread.
func (t *table) samples(most int) []int {
	if len(t.rows) <= most {
		return t.rows
	}
	out := make([]int, 0, most)
	for i := range most {
		out = append(out, t.rows[i*len(t.rows)/most])
	}
	return out
}

// checkedRows is how many rows are looked at to see what the numbers of columns have to do with one another.
const checkedRows = 500

// multiplies reports whether nearly every amount is quantity times price.
func (t *table) multiplies(amount, quantity, price *column) bool {
	equal, all := 0, 0
	for _, number := range t.samples(checkedRows) {
		row := t.grid.Row(number)
		a, q, p := row.At(amount.col), row.At(quantity.col), row.At(price.col)
		if a.Kind != grid.Number || q.Kind != grid.Number || p.Kind != grid.Number {
			continue
		}
		all++
		if near(a.Num, q.Num*p.Num) {
			equal++
		}
	}
	return all > 0 && equal*10 >= all*9
}

// fewestOrders is how many orders of several rows show that an amount is that of the whole order.
const fewestOrders = 3

// againPerOrder reports whether an amount is the same on all rows of an order though other numbers differ: the sum of the
// rows would count it several times.
func (t *table) againPerOrder(c *column) bool {
	order := t.orderColumn()
	if order == nil {
		return false
	}
	type seen struct {
		amount float64
		rows   int
		same   bool
	}
	orders := map[string]*seen{}
	for _, number := range t.rows[:min(len(t.rows), 20*checkedRows)] {
		row := t.grid.Row(number)
		id, cell := row.At(order.col).String(), row.At(c.col)
		if id == "" || cell.Kind != grid.Number {
			continue
		}
		if s := orders[id]; s == nil {
			orders[id] = &seen{amount: cell.Num, rows: 1, same: true}
		} else {
			s.rows++
			s.same = s.same && s.amount == cell.Num
		}
	}
	several, same := 0, 0
	for _, s := range orders {
		if s.rows > 1 {
			several++
			if s.same {
				same++
			}
		}
	}
	return several >= fewestOrders && same*20 >= several*19 && c.stats.distinct > 1
}

// orderColumn returns the column that numbers orders: of several the one whose numbers stand on several rows.
func (t *table) orderColumn() *column {
	var first *column
	for _, c := range t.columns {
		if c.role != "" && c.role != dataset.ColumnOrder || !slices.Contains(c.roles, dataset.ColumnOrder) || c.stats.empty() {
			continue
		}
		if first == nil {
			first = c
		} else if t.unique(first) && !t.unique(c) {
			return c
		}
	}
	return first
}

func (t *table) takeOrder() {
	if c := t.orderColumn(); c != nil && c.role == "" {
		c.role, c.why = dataset.ColumnOrder, whyHeader
	}
}

// takeKind takes the column that says what a purchase was: of several the first with a word for a refund, a service, a
// cancellation.
func (t *table) takeKind() {
	var first *column
	for _, c := range t.columns {
		if c.role != "" || !slices.Contains(c.roles, dataset.ColumnKind) {
			continue
		}
		if first == nil {
			first = c
		}
		if t.tellsKinds(c) {
			first = c
			break
		}
	}
	if first != nil {
		first.role, first.why = dataset.ColumnKind, whyHeader
	}
}

func (t *table) tellsKinds(c *column) bool {
	told := map[string]bool{}
	for _, cell := range t.cells(c) {
		text := cell.String()
		if is, known := told[text]; known && !is || text == "" {
			continue
		}
		told[text] = kindOf(text, false) != dataset.KindSale || kindOf(text, true) != dataset.KindSale
		if told[text] {
			return true
		}
	}
	return false
}

// listsPurchases reports whether a table without amounts lists purchases: its sheet or a column is named after them, and
// customers stand in it several times.
func (t *table) listsPurchases(customer *column) bool {
	called := t.sheetIs("transactions")
	for _, c := range t.columns {
		called = called || slices.Contains(c.roles, dataset.ColumnOrder)
	}
	different := map[string]bool{}
	for _, cell := range t.cells(customer) {
		different[cell.String()] = true
	}
	return called && len(different)*10 < len(t.rows)*7
}

// takeCost takes the cost of each purchase. A plain "cost" is no cost of sale elsewhere, where it
// can be a rating; beside a date and an amount it is.
func (t *table) takeCost() {
	if t.take(dataset.ColumnCost) != nil {
		return
	}
	for _, c := range t.columns {
		if c.role == "" && plainCost[headerForm(c.head.label)] && c.allows(dataset.ColumnCost) {
			c.role, c.why = dataset.ColumnCost, whyHeader
			return
		}
	}
}

var plainCost = setOf(words("cost,costs,total cost,cost of goods sold,purchase cost,kosten,gesamtkosten,einstandspreis,einkaufspreis,cout,couts,cout total,coste,costes,costo,costos,costi,costo totale,custo,custos,kosten totaal,koszt,koszty,成本,总成本,原価,仕入原価," +
	"unit cost,cost per unit,cost price,stuckkosten,cout unitaire,coste unitario,costo unitario,custo unitario,kostprijs per stuk,koszt jednostkowy,单位成本,单件成本,原価単価"))
