package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// findCurrency takes the currency of the Parameters sheet, else of the first header over amounts that names one,
// such as "Revenue (EUR)" or "Umsatz in €".
func (b *builder) findCurrency() {
	for _, s := range b.d.Settings {
		if fold(s.Name) == "currency" {
			b.d.Currency = s.Value
		}
	}
	for _, t := range b.tables {
		for _, c := range t.columns {
			if b.d.Currency != "" {
				return
			}
			if b.holdsMoney(t, c) {
				b.d.Currency = currencyIn(c.head.text())
			}
		}
	}
}

// holdsMoney reports whether a column of a table that was read holds amounts.
func (b *builder) holdsMoney(t *table, c *column) bool {
	switch {
	case t.role == dataset.TableOther, t.role == dataset.TableParameters:
		return false
	case c.role == dataset.ColumnRevenue, c.role == dataset.ColumnFirmValue, c.role == dataset.ColumnCost, c.role == rolePrice:
		return true
	}
	return c.role == dataset.ColumnRating && c.attribute >= 0 && c.attribute < len(b.d.Attributes) && b.d.Attributes[c.attribute].Money
}

// currencyIn returns the currency that a header names: an ISO code as a word, or a symbol; "" without one.
func currencyIn(header string) string {
	for _, word := range strings.FieldsFunc(header, func(r rune) bool { return strings.ContainsRune(" ()[]/,:;_-", r) }) {
		for _, c := range currencies {
			if word == c || len(c) == 3 && ascii(c) && strings.EqualFold(word, c) {
				return c
			}
		}
	}
	return ""
}

// currencyBeside returns the currency that stands before or after an amount, "" without one.
func currencyBeside(text string) string {
	s := strings.Trim(plainText(text), "0123456789.,' -+()")
	for _, c := range currencies {
		if strings.EqualFold(s, c) {
			return c
		}
	}
	return ""
}
