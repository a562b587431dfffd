package workbook

import (
	"strings"
	"unicode"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// headings finds the rows that hold nothing but the name of the group of rows that follow: by index of the row, its text. Such a
// name is merged over several columns, stands left of the names of customers, or those are indented; else the table must begin with
// one, have several, and several rows under each.
func (t *table) headings(key *column) map[int]string {
	lone := t.loneTexts(key)
	if len(t.columns) < 3 || len(lone) == 0 {
		return nil
	}
	sure := false
	for _, i := range lone {
		sure = sure || t.surelyHeads(i, key)
	}
	if !sure && !t.rhythm(lone, key) {
		return nil
	}
	headings := map[int]string{}
	for k, i := range lone {
		followed := i+1 < len(t.rows) && (k+1 == len(lone) || lone[k+1] > i+1 || k+2 < len(lone) || lone[k+1]+1 < len(t.rows))
		if followed && t.rows[i+1] <= t.rows[i]+3 {
			headings[i] = strings.TrimSpace(t.grid.Row(t.rows[i]).First().Text)
		}
	}
	return headings
}

// loneTexts returns the indices of the rows that hold one short text alone, at the names of customers or left of them.
func (t *table) loneTexts(key *column) []int {
	var lone []int
	watch := t.watch()
	for i, number := range t.rows {
		if watch.data(number) {
			continue
		}
		r := t.grid.Row(number)
		if r.Len() != 1 {
			continue
		}
		cell := r.First()
		text := strings.TrimSpace(cell.Text)
		if cell.Kind == grid.Text && int(cell.Col) <= key.col && len(text) <= 60 && !totalStart(text) && !totalEnd(text) && !strings.HasPrefix(text, "*") && aboutKind(r) == "" {
			lone = append(lone, i)
		}
	}
	return lone
}

// surelyHeads reports whether a row with a lone text can only be a heading.
func (t *table) surelyHeads(i int, key *column) bool {
	cell := t.grid.Row(t.rows[i]).First()
	if int(cell.Col) < key.col {
		return true
	}
	if m, merged := t.grid.Merge(t.rows[i], int(cell.Col)); merged && m.LastCol > m.Col {
		return true
	}
	if i+1 == len(t.rows) {
		return false
	}
	next := t.grid.At(t.rows[i+1], key.col)
	return next.Kind == grid.Text && indent(next.Text) > indent(cell.Text)
}

func indent(text string) int { return len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace)) }

// rhythm reports whether rows with lone texts stand like headings: the first of all rows is one, there are several, two rows or more
// follow each, and they are not numbered as customers are.
func (t *table) rhythm(lone []int, key *column) bool {
	if len(lone) < 2 || lone[0] != 0 {
		return false
	}
	for k, i := range lone {
		end := len(t.rows)
		if k+1 < len(lone) {
			end = lone[k+1]
		}
		if end-i < 3 {
			return false
		}
		name, next := t.grid.At(t.rows[i], key.col).Text, t.grid.At(t.rows[i+1], key.col).String()
		if strings.ContainsAny(name, "0123456789") && strings.ContainsAny(next, "0123456789") {
			return false
		}
	}
	return true
}

// inGroup notes the group of a row.
func (t *table) inGroup(row int, group string) {
	if group == "" {
		return
	}
	if t.groups == nil {
		t.groups = map[int]string{}
	}
	t.groups[row] = group
}

// keyText returns what names a row: the text of its key, that of the merged range in which it lies, or what was filled in for it.
func (t *table) keyText(row int, key *column) string {
	if filled, ok := t.filledKeys[row]; ok {
		return filled
	}
	return strings.TrimSpace(t.grid.Filled(row, key.col).String())
}

// fillKeys fills in the keys of rows that take theirs from above, as lists do that name each customer once: where customers may have
// several rows, the first row has a key, and half or more have none.
func (b *builder) fillKeys(t *table, key *column, headings map[int]string) {
	several := t.role == dataset.TableTransactions || t.role == dataset.TableRatings || t.column(dataset.ColumnSupplier) != nil
	if !several || key.stats.filled*2 > len(t.rows) || len(t.rows) < 4 || t.keyText(t.rows[0], key) == "" {
		return
	}
	current, n := "", 0
	first := dataset.Ref{}
	for i, row := range t.rows {
		text := t.keyText(row, key)
		if text != "" {
			current = text
		}
		if r := t.grid.Row(row); text != "" || headings[i] != "" || r.Len() < 2 || totalStart(r.First().Text) || totalEnd(r.First().Text) || totalLabel(current) {
			continue
		}
		if t.filledKeys == nil {
			t.filledKeys = map[int]string{}
		}
		t.filledKeys[row] = current
		first = firstRef(first, t.grid.Ref(row, key.col))
		n++
	}
	if n > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{Code: codeKeyFilled, Severity: dataset.Warning, Ref: first, Count: n, Args: []dataset.Quantity{dataset.N(n)}})
	}
}
