package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// dropStrangers takes tables beside the ratings, or beside a list of purchases, for what they are when they look like customers but
// name none of those: a summary by segment, a legend, the data of a chart.
func (b *builder) dropStrangers(main *table) {
	if main == nil {
		main = b.best(dataset.TableTransactions)
	}
	if main == nil {
		return
	}
	var known set
	for _, t := range b.with(dataset.TableCustomers, dataset.TableMatch, dataset.TableValueScore, dataset.TableOverall) {
		if t == main || t.grid.Sheet != main.grid.Sheet {
			continue
		}
		if known == nil {
			known = main.keys()
		}
		met := len(known) == 0
		for key := range t.keys() {
			met = met || known[key]
		}
		if !met {
			t.role = dataset.TableOther
		}
	}
}

// keys returns what names the rows of a table.
func (t *table) keys() set {
	key := t.column(dataset.ColumnID)
	if key == nil {
		key = t.column(roleOffer)
	}
	keys := set{}
	if key == nil {
		return keys
	}
	for _, cell := range t.cells(key) {
		if text := strings.TrimSpace(cell.String()); text != "" {
			keys[text] = true
		}
	}
	return keys
}
