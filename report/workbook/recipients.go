package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// isRecipients takes a list of those who get the report: on a sheet of that name, a table with a column of mail addresses. It is
// no data of the analysis; who runs the report reads it with [Rows].
func (t *table) isRecipients() bool {
	if !t.sheetIs("recipients") {
		return false
	}
	var addresses []*column
	for _, c := range t.columns {
		if t.holdsAddresses(c) {
			addresses = append(addresses, c)
		}
	}
	for _, c := range addresses {
		c.is(dataset.ColumnAddress)
	}
	return len(addresses) > 0
}

// holdsAddresses reports whether most cells of a column have the sign of mail addresses.
func (t *table) holdsAddresses(c *column) bool {
	with, all := 0, 0
	for _, row := range t.samples(checkedRows) {
		if text := t.grid.At(row, c.col).String(); text != "" {
			all++
			if strings.Contains(text, "@") {
				with++
			}
		}
	}
	return with*2 > all
}
