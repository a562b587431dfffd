package workbook

import (
	"slices"
	"strings"
	"unicode"

	"valuebook/report/dataset"
)

// matchBuyers takes another column of a list of purchases as the customer where the one taken by its header names hardly any customer
// of the other tables, and that one names most.
func (b *builder) matchBuyers() {
	b.matchListed()
	lists := b.with(dataset.TableTransactions)
	if len(lists) == 0 {
		return
	}
	ids := b.namedCustomers()
	if len(ids) == 0 {
		return
	}
	for _, t := range lists {
		taken := t.column(dataset.ColumnID)
		if taken == nil || t.shareIn(taken, ids) >= hardlyAny {
			continue
		}
		t.matchColumn(taken, ids)
	}
}

// matchListed does the same for the list of customers: of its columns that identify them, the one by which the rated customers, or
// else the buyers, are named.
func (b *builder) matchListed() {
	for _, t := range b.with(dataset.TableCustomers) {
		taken := t.column(dataset.ColumnID)
		for _, other := range b.with(dataset.TableWide, dataset.TableRatings, dataset.TableTransactions) {
			ids := other.idsIn(other.column(dataset.ColumnID))
			if taken == nil || len(ids) == 0 {
				continue
			}
			if t.shareIn(taken, ids) >= hardlyAny {
				break
			}
			if t.matchColumn(taken, ids) {
				break
			}
		}
	}
}

// matchColumn takes another column as the customer, that which names most of the given ones, if it is most of its rows.
func (t *table) matchColumn(taken *column, ids set) bool {
	var best *column
	most := 0.0
	for _, c := range t.columns {
		if c.role != "" && c.role != dataset.ColumnName && c.role != dataset.ColumnUnused && c.role != dataset.ColumnProfile || c.stats.dates > 0 {
			continue
		}
		if share := t.shareIn(c, ids); share >= mostOf && share > most {
			best, most = c, share
		}
	}
	if best == nil {
		return false
	}
	taken.role, taken.why, taken.guess = dataset.ColumnUnused, whyUnknown, false
	best.role, best.why, best.guess, best.runnerUp, best.confidence = dataset.ColumnID, whyValues, false, taken.col, most
	return true
}

// hardlyAny and mostOf are the shares of rows that name a customer of another table, below and above which a column is changed.
const (
	hardlyAny = 0.1
	mostOf    = 0.5
)

// namedCustomers returns the identifiers of the first table of customers that has any.
func (b *builder) namedCustomers() set {
	for _, t := range b.with(customerTables...) {
		c := t.column(dataset.ColumnID)
		if c == nil || severalRows[t.role] && t.role != dataset.TableRatings {
			continue
		}
		if ids := t.idsIn(c); len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// idsIn returns the identifiers in a column, none without one.
func (t *table) idsIn(c *column) set {
	ids := set{}
	if c == nil {
		return ids
	}
	for _, cell := range t.cells(c) {
		if id := strings.TrimSpace(cell.String()); id != "" {
			ids[id] = true
		}
	}
	return ids
}

// shareIn returns the share of some rows of a column that name one of the identifiers.
func (t *table) shareIn(c *column, ids set) float64 {
	named, all := 0, 0
	for _, row := range t.samples(checkedRows) {
		if id := strings.TrimSpace(t.grid.At(row, c.col).String()); id != "" {
			all++
			if ids[id] {
				named++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(named) / float64(all)
}

// Scores of columns that say who bought.
const (
	buyerNumber   = 3.0
	buyerCalled   = 2.5
	buyerBare     = 2.0
	buyerName     = 1.5
	buyerMail     = 1.4
	buyerUnique   = -1.2 // different on every row, where another column is not
	smallestCheck = 5
)

// buyer chooses the column that says who bought.
func (t *table) buyer(quantity bool) choice {
	var ch, apart choice
	for _, c := range t.columns {
		if c.role != "" {
			continue
		}
		score := buyerScore(c)
		if score == 0 && t.mails(c) {
			score = buyerMail
		}
		if score == 0 || score == buyerName && t.codesOnly(c) {
			continue
		}
		different := t.unique(c)
		if score == buyerName && different && !quantity {
			continue // a list of different names with a date and an amount is one of customers
		}
		apart.offer(c, score)
		if different && len(t.rows) >= smallestCheck {
			score += buyerUnique
		}
		ch.offer(c, score)
	}
	if ch.second == nil {
		return apart
	}
	return ch
}

// customerStems say that an identifier is that of a customer.
var customerStems = stemsOf("cust,client,kund,kd,acheteur,account,acct,buyer,member,user,klant,klient,compr,cliente,codcli,客,会员,用户,会員,ユーザー")

// mails reports whether the cells of a column are e-mail addresses.
func (t *table) mails(c *column) bool {
	return c.stats.textual() && t.most(c, func(text string) bool { return strings.Count(text, "@") == 1 && !strings.Contains(text, " ") })
}

// codesOnly reports whether the cells of a column hold no letters, such as "#1001": they are no names.
func (t *table) codesOnly(c *column) bool {
	return t.most(c, func(text string) bool { return !strings.ContainsFunc(text, unicode.IsLetter) })
}

// most reports whether nine in ten of the filled cells of a column are as asked.
func (t *table) most(c *column, is func(text string) bool) bool {
	yes, all := 0, 0
	for _, row := range t.samples(checkedRows) {
		if text := strings.TrimSpace(t.grid.At(row, c.col).String()); text != "" {
			all++
			if is(text) {
				yes++
			}
		}
	}
	return all > 0 && yes*10 >= all*9
}

func buyerScore(c *column) float64 {
	switch {
	case slices.Contains(c.roles, dataset.ColumnOrder):
		return 0
	case slices.Contains(c.roles, dataset.ColumnID) && customerStems.in(headerForm(c.head.label)):
		return buyerNumber
	case slices.Contains(c.roles, roleCustomer):
		return buyerCalled
	case slices.Contains(c.roles, dataset.ColumnID):
		return buyerBare
	case slices.Contains(c.roles, dataset.ColumnName):
		return buyerName
	}
	return 0
}
