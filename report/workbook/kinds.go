package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// kindWords are words for kinds of purchases that are neither sales nor taken back.
var (
	serviceKinds     = setOf(words("service,support,kundendienst,servicio,servizio,服务,サービス"))
	acquisitionKinds = setOf(words("acquisition,akquise,acquisition cost,captacion,acquisizione,获客,獲得"))
)

// fate is what a text says of a purchase.
type fate uint8

const (
	fateNone fate = iota
	fateCancelled
	fateReturned
	fateRefund // a record of its own that takes an earlier one back
)

// kindOf returns what a text calls a purchase. A status tells what became of it: one that was cancelled or returned counts nowhere.
// Elsewhere the text names a record that takes an earlier one back.
func kindOf(text string, status bool) string {
	f := fold(splitCamel(text))
	switch fateOf(f, status) {
	case fateCancelled, fateReturned:
		return dataset.KindCancelled
	case fateRefund:
		return dataset.KindRefund
	}
	switch {
	case serviceKinds[f]:
		return dataset.KindService
	case acquisitionKinds[f]:
		return dataset.KindAcquisition
	}
	return dataset.KindSale
}

func fateOf(f string, status bool) fate {
	switch {
	case f == "" || len(f) > 60:
		return fateNone
	case notWords.in(firstWord(f)):
		return fateNone // "not returned", "no refund"
	case cancelledWords.in(f):
		return fateCancelled
	case status && returnedWords.in(f):
		return fateReturned
	case refundWords.in(f):
		return fateRefund
	}
	return fateNone
}

func firstWord(f string) string {
	first, _, _ := strings.Cut(f, " ")
	return first
}

// findReversals finds the rows that take another one back by their number: "C536379" among numbers without a letter, where
// the quantities or amounts of such rows are negative.
func (p *purchaseList) findReversals() {
	p.reversal = make([]bool, len(p.revenue))
	if p.order == nil {
		return
	}
	coded := make([]bool, len(p.order))
	plain, marked, negative := 0, 0, 0
	for i, cell := range p.order {
		switch text := strings.TrimSpace(cell.String()); {
		case text == "":
		case allDigits(text):
			plain++
		case len(text) > 3 && (text[0] == 'C' || text[0] == 'c') && allDigits(text[1:]):
			coded[i] = true
			marked++
			if p.revenue[i] < 0 || p.quantity != nil && p.quantity[i] < 0 {
				negative++
			}
		}
	}
	if marked > 0 && marked < plain && negative*2 > marked {
		p.reversal = coded
	}
}

// purchaseKinds decides of every row what it was, and says how many count nowhere.
func (b *builder) purchaseKinds(p *purchaseList) []string {
	kinds := p.statedKinds()
	if p.takenBack(kinds) {
		for i := range kinds {
			if kinds[i] == dataset.KindCancelled {
				kinds[i] = dataset.KindRefund
			}
		}
	}
	cancelled, first := 0, dataset.Ref{}
	for i, row := range p.table.rows {
		switch {
		case p.revenue[i] < 0 && (kinds[i] == dataset.KindCancelled || kinds[i] == dataset.KindSale), kinds[i] == dataset.KindSale && p.reversal[i]:
			kinds[i] = dataset.KindRefund
		case kinds[i] == dataset.KindCancelled:
			cancelled++
			first = firstRef(first, p.table.grid.Ref(row, p.table.idCol()))
		}
	}
	if cancelled > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codePurchaseCancelled, Severity: dataset.Note, Ref: first, Count: cancelled, Args: []dataset.Quantity{dataset.N(cancelled)},
		})
	}
	return kinds
}

// statedKinds returns what the columns say of every row.
func (p *purchaseList) statedKinds() []string {
	t := p.table
	kind, returned := t.column(dataset.ColumnKind), t.column(dataset.ColumnReturned)
	status := kind != nil && statusStems.in(headerForm(kind.head.label))
	known := map[string]string{}
	kinds := make([]string, len(t.rows))
	for i, row := range t.rows {
		kinds[i] = dataset.KindSale
		if kind != nil {
			kinds[i] = remembered(known, t.grid.At(row, kind.col).String(), status)
		}
		if returned != nil && yes(t.grid.At(row, returned.col)) {
			kinds[i] = dataset.KindCancelled
		}
	}
	return kinds
}

func remembered(known map[string]string, text string, status bool) string {
	kind, ok := known[text]
	if !ok {
		kind = kindOf(text, status)
		known[text] = kind
	}
	return kind
}

// yes reports whether a cell says yes.
func yes(cell grid.Cell) bool {
	return cell.Kind != grid.Empty && (yesWords[fold(cell.String())] || cell.Kind == grid.Text && fateOf(fold(cell.Text), true) != fateNone)
}

type orderAmount struct {
	order  string
	amount float64
}

// takenBack reports whether the rows that are called cancelled or returned are records of their own: nearly each stands beside
// a sale of the same order and amount.
func (p *purchaseList) takenBack(kinds []string) bool {
	if p.order == nil {
		return false
	}
	sales := map[orderAmount]int{}
	all, matched := 0, 0
	for i, kind := range kinds {
		if kind == dataset.KindSale && !math.IsNaN(p.revenue[i]) {
			sales[orderAmount{p.order[i].String(), p.revenue[i]}]++
		}
	}
	for i, kind := range kinds {
		if kind != dataset.KindCancelled || math.IsNaN(p.revenue[i]) {
			continue
		}
		all++
		if key := (orderAmount{p.order[i].String(), math.Abs(p.revenue[i])}); key.order != "" && sales[key] > 0 {
			sales[key]--
			matched++
		}
	}
	return all > 0 && matched*10 >= all*9
}
