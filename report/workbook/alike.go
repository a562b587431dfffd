package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// legalForms are words of companies' names that some write and others leave out.
var legalForms = setOf(words("ltd,limited,llc,llp,lp,inc,incorporated,corp,corporation,co,company,plc,gmbh,mbh,ag,kg,kgaa,ug,ohg,gbr,ev,sa,sas,sarl,eurl,sl,slu,sau,srl,spa,snc,bv,nv,vof,lda,ltda,eireli,me,sp,zoo,ab,as,aps,oy,oyj,kk,pty,pte,group,holding,the,and,und,et,y,e"))

// alikeKey returns a name without capitals, accents, signs, spaces and legal forms: "Acme Ltd." and "ACME LTD" have the same. It is ""
// for a name of fewer than three letters.
func alikeKey(name string) string {
	var kept []string
	for _, word := range strings.Fields(fold(strings.ReplaceAll(name, ".", ""))) {
		if !legalForms[word] {
			kept = append(kept, word)
		}
	}
	key := strings.Join(kept, "")
	if len(key) < 3 || allDigits(key) {
		return ""
	}
	return key
}

// reportAlike reports customers whose names differ only in how they are written: perhaps one stands twice.
func (b *builder) reportAlike(t *table) {
	c := t.column(dataset.ColumnName)
	if c == nil {
		c = t.column(dataset.ColumnID)
	}
	if c == nil || !c.stats.textual() {
		return
	}
	type written struct {
		name string
		row  int
	}
	first := make(map[string]written, len(t.rows))
	seen := make([]bool, len(b.d.Customers.ID))
	for _, row := range t.rows {
		customer, known := b.customerIndex.find(b.d.Customers.ID, t.customerID(row))
		if !known || seen[customer] {
			continue
		}
		seen[customer] = true
		name := strings.TrimSpace(t.grid.At(row, c.col).Text)
		key := alikeKey(name)
		if key == "" {
			continue
		}
		other, twice := first[key]
		switch {
		case !twice:
			first[key] = written{name, row}
		case other.name != name:
			b.found.cell(codeCustomerAlike, dataset.Warning, t.grid.Ref(row, c.col), name, dataset.Str(other.name), dataset.Str(t.grid.Ref(other.row, c.col).Cell()))
		}
	}
}
