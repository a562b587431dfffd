package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// arithmeticChecks is how many rows of a table are compared with what they may sum up.
const arithmeticChecks = 1000

// provable is how many rows are added up at most to see whether the last of them sums them up though no word says so.
const provable = 100_000

// dropRows takes rows that are no data out of every table: totals, notes, rows without an identifier.
func (b *builder) dropRows() {
	for _, t := range b.tables {
		switch t.role {
		case dataset.TableOther, dataset.TableParameters, dataset.TableAttributes:
			continue
		}
		key := t.column(dataset.ColumnID)
		if t.role == dataset.TableOffers {
			key = t.column(roleOffer)
		}
		b.numberRows(t, key)
		if key != nil {
			b.dropRowsOf(t, key)
		}
	}
}

// numberRows reports a table of ratings that has no column of customers: its rows are numbered then.
func (b *builder) numberRows(t *table, key *column) {
	if key == nil && t.role == dataset.TableWide {
		b.found.add(codeNoID, dataset.Warning, dataset.Ref{Sheet: t.grid.Sheet, Row: t.lastHeader()})
	}
}

func (b *builder) dropRowsOf(t *table, key *column) {
	var nameless []int
	rows, idOf, watch := make([]int, 0, len(t.rows)), t.keyTexts(key), t.watch()
	sums := newTally(t)
	headings := t.headings(key)
	group, ended := "", false
	b.fillKeys(t, key, headings)
	for i, number := range t.rows {
		row := t.grid.Row(number)
		id := idOf(number)
		switch {
		case headings[i] != "":
			group = headings[i]
			t.skip(number, skipHeading)
			sums.restart(rows)
		case id == "" && t.describesColumns(row): // it is skipped as what it is
		case t.isTotal(row, key, id, rows, sums, i):
			t.skip(number, skipTotal)
			sums.restart(rows)
			ended = true
		case !watch.data(number) && t.isNote(row, i, ended):
			t.skip(number, skipNote)
			ended = true
		case strings.HasPrefix(id, "#") && t.grid.Filled(number, key.col).Kind == grid.ErrorValue:
			t.skip(number, t.skipNameless())
			b.found.cell(codeCellError, dataset.Error, t.grid.Ref(number, key.col), id, dataset.Str(key.head.text()))
		case id == "", t.role == dataset.TableOffers && t.grid.At(number, key.col).IsEmpty(): // within the merged name of an offer
			t.skip(number, t.skipNameless())
			nameless = append(nameless, number)
		default:
			rows = append(rows, number)
			t.inGroup(number, group)
			ended = false
		}
	}
	t.rows = rows
	b.reportNameless(t, key, nameless)
}

// describesColumns takes a row without a key below the data, such as "Weight: 1 2 5", for what its label says, unless a row
// under the header says it already.
func (t *table) describesColumns(row grid.Row) bool {
	kind := t.aboutRow(row)
	if kind == "" || t.role != dataset.TableOffers && t.role != dataset.TableWide {
		return false
	}
	if t.about[kind] == 0 {
		t.about[kind] = row.Number
	}
	t.skip(row.Number, kind)
	return true
}

// isTotal reports whether a row sums up others: its identifier is a word for that, or there is none and
// another text is; where only the beginning or the end is such a word, where the row is numbered like the others, or where
// there is no text, the arithmetic decides, and against all words where it leaves no doubt.
func (t *table) isTotal(row grid.Row, key *column, id string, above []int, sums *tally, i int) bool {
	says := totalIn(id)
	if says.label && t.text(row.Number, roleNumber) == "" {
		return !t.isNamedTotal(row, key, above, sums, i)
	}
	begins := id != "" && (says.starts || says.ends)
	if name := t.column(dataset.ColumnName); name != nil && name != key {
		begins = begins || totalLabel(row.At(name.col).Text)
	}
	if id == "" && t.saysTotal(row) {
		return true
	}
	switch {
	case len(above) < 1, sums.spent():
		return false
	case id == "", begins:
		return sums.fits(row, above, id != "") || id == "" && t.endsAt(i) && len(above) <= provable && sums.proves(row, above)
	case says.n:
		return t.endsAt(i) && sums.counts(row, above)
	}
	return t.endsAt(i) && len(above) <= provable && sums.proves(row, above)
}

// saysTotal reports whether a row without a key has a word for a total elsewhere.
func (t *table) saysTotal(row grid.Row) bool {
	for _, c := range t.columns {
		cell := row.At(c.col)
		if cell.Kind == grid.Text && c.role != dataset.ColumnRating && (totalStart(cell.Text) || t.role == dataset.TableTransactions && totalEnd(cell.Text)) {
			return true
		}
	}
	return false
}

// endsAt reports whether the row at an index is the last before a gap or the end.
func (t *table) endsAt(i int) bool {
	return i == len(t.rows)-1 || t.rows[i+1] > t.rows[i]+1
}

// isNamedTotal reports whether a row with a word for a total as its name is a customer after all: customers follow it without a gap,
// it is described like them, and it sums up nothing.
func (t *table) isNamedTotal(row grid.Row, key *column, above []int, sums *tally, i int) bool {
	if t.endsAt(i) || len(above) > 0 && (sums.spent() || sums.fits(row, above, true)) {
		return false
	}
	if next := t.keyText(t.rows[i+1], key); next == "" || totalStart(next) {
		return false
	}
	described := false
	for _, c := range t.columns {
		if c == key || !c.stats.textual() || c.stats.filled*10 < len(t.rows)*9 {
			continue
		}
		if row.At(c.col).IsEmpty() {
			return false
		}
		described = true
	}
	return described
}

func near(a, b float64) bool { return math.Abs(a-b) <= 0.006+1e-6*math.Abs(b) }

// sourceWords begin a remark under a table.
var sourceWords = setOf(words("source,sources,note,notes,remark,remarks,comment,legend,key,quelle,quellen,anmerkung,anmerkungen,hinweis,legende,remarque,nota,notas,fuente,observacion,leyenda,fonte,fonti,legenda,bron,opmerking,zrodlo,uwaga,uwagi,来源,资料来源,注,备注,出典,注記,備考,kalla,not,kaynak"))

// namesSource reports whether a row is a remark in two cells, such as "Source: | survey of May".
func (t *table) namesSource(row grid.Row) bool {
	return row.Len() > 1 && allTexts(row) && sourceWords[fold(row.First().Text)]
}

// isNote reports whether a row is a remark under the table: one text alone, in a table of several columns,
// long, after a gap, or after totals or another remark.
func (t *table) isNote(row grid.Row, i int, ended bool) bool {
	if len(t.columns) < 3 || i == 0 {
		return false
	}
	if row.Number > t.rows[i-1]+1 && t.namesSource(row) {
		return true
	}
	filled, text := 0, ""
	for _, c := range t.columns {
		if cell := row.At(c.col); !cell.IsEmpty() {
			if filled++; filled > 1 {
				return false
			}
			text = cell.Text
		}
	}
	gap := row.Number > t.rows[i-1]+1
	return filled == 1 && text != "" && (gap || ended || len(text) > 60 || strings.HasPrefix(text, "*"))
}
