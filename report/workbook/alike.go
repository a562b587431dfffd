package workbook

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// legalForms are words of companies' names that some write and others leave out.
var legalForms = setOf(words("ltd,limited,llc,llp,lp,inc,incorporated,corp,corporation,co,company,plc,gmbh,mbh,ag,kg,kgaa,ug,ohg,gbr,ev,sa,sas,sarl,eurl,sl,slu,sau,srl,spa,snc,bv,nv,vof,lda,ltda,eireli,me,sp,zoo,ab,as,aps,oy,oyj,kk,pty,pte,group,holding,the,and,und,et,y,e"))

// longestForm is the length of the longest of them.
var longestForm = longest(legalForms)

func longest(s set) int {
	n := 0
	for text := range s {
		n = max(n, len(text))
	}
	return n
}

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

// An alikePair is two rows with customers whose names differ only in how they are written.
type alikePair struct{ earlier, row int }

// reportAlike reports customers whose names differ only in how they are written: perhaps one stands twice.
func (b *builder) reportAlike(t *table, pairs []alikePair) {
	c := t.calledBy()
	for _, p := range pairs {
		name, other := strings.TrimSpace(t.grid.At(p.row, c.col).Text), strings.TrimSpace(t.grid.At(p.earlier, c.col).Text)
		b.found.cell(codeCustomerAlike, dataset.Warning, t.grid.Ref(p.row, c.col), name, dataset.Str(other), dataset.Str(t.grid.Ref(p.earlier, c.col).Cell()))
	}
}

// calledBy returns the column with what the customers of a table are called, nil without one.
func (t *table) calledBy() *column {
	if c := t.column(dataset.ColumnName); c != nil {
		return c
	}
	return t.column(dataset.ColumnID)
}

// findAlike finds the customers of a table, given by a row of each, whose names differ only in how they are written. It changes nothing.
func (t *table) findAlike(rows []int32) []alikePair {
	c := t.calledBy()
	if c == nil || !c.stats.textual() {
		return nil
	}
	var pairs []alikePair
	names, before := t.grid.Column(c.col), t.grid.Column(c.col)
	nameAt := func(column *grid.Column, row int) string { return strings.TrimSpace(column.At(row).Text) }
	index := newHashIndex(len(rows)) // of the rows
	for _, row := range rows {
		name := nameAt(names, int(row))
		hash, ok := index.alikeHash(name)
		if !ok {
			continue
		}
		slot := index.slot(hash, func(earlier int) bool { return alikeKey(nameAt(before, earlier)) == alikeKey(name) })
		earlier := int(index.slots[slot].place) - 1
		if earlier < 0 {
			index.put(slot, hash, int(row))
		} else if nameAt(before, earlier) != name {
			pairs = append(pairs, alikePair{earlier, int(row)})
		}
	}
	return pairs
}

// onceEach returns the first row of each customer in a table, in the order of the rows.
func (b *builder) onceEach(t *table) []int32 {
	rows := slices.Clone(b.customerRows(t, t.rows))
	rows = slices.DeleteFunc(rows, func(row int32) bool { return row == 0 })
	slices.Sort(rows)
	return rows
}

// alikeHash returns the hash of the alikeKey of a name, false where that is "". Of most names it makes no key: the letters of a
// plain text are hashed where they lie.
func (x *hashIndex) alikeHash(name string) (uint32, bool) {
	var f folded
	if !f.setWithout(name, '.') {
		key := alikeKey(name)
		return x.hash(key), key != ""
	}
	length, digits := 0, true
	for rest := f.bytes[:f.length]; len(rest) > 0; {
		word := rest
		if i := bytes.IndexByte(rest, ' '); i >= 0 {
			word, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		if len(word) <= longestForm && legalForms[string(word)] {
			continue
		}
		for _, c := range word {
			digits = digits && c <= '9'
		}
		length += copy(f.bytes[length:], word) // never beyond the word itself
	}
	if length < 3 || digits {
		return 0, false
	}
	return uint32(maphash.Bytes(x.seed, f.bytes[:length])), true
}
