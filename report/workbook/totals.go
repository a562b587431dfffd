package workbook

import (
	"math"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// arithmeticChecks is how many rows of a table are added up to see whether they are totals.
const arithmeticChecks = 50

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
	var rows, nameless []int
	checks, ended := 0, false
	for i, number := range t.rows {
		row := t.grid.Row(number)
		id := strings.TrimSpace(row.At(key.col).String())
		switch {
		case id == "" && t.describesColumns(row): // it is skipped as what it is
		case t.isTotal(row, key, id, rows, &checks):
			t.skip(number, skipTotal)
			ended = true
		case t.isNote(row, i, ended):
			t.skip(number, skipNote)
			ended = true
		case id == "":
			t.skip(number, t.skipNameless())
			nameless = append(nameless, number)
		default:
			rows = append(rows, number)
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
// another text is; where only the beginning is such a word, where the row is numbered like the others, or where
// there is no text, the arithmetic decides.
func (t *table) isTotal(row grid.Row, key *column, id string, above []int, checks *int) bool {
	if totalLabel(id) && t.text(row.Number, roleNumber) == "" {
		return true
	}
	begins := totalStart(id)
	for _, c := range t.columns {
		cell := row.At(c.col)
		if cell.Kind != grid.Text || c.role == dataset.ColumnRating {
			continue
		}
		if id == "" && totalStart(cell.Text) {
			return true
		}
		begins = begins || c.role == dataset.ColumnName && totalLabel(cell.Text)
	}
	if id != "" && !begins || len(above) < 2 || *checks >= arithmeticChecks {
		return false
	}
	*checks++
	return t.sumsUp(row, above, id != "")
}

// sumsUp reports whether the numbers of a row are the sums or the means of the rows above: in all columns, or
// in all but one where the row does not look like a customer.
func (t *table) sumsUp(row grid.Row, above []int, strict bool) bool {
	equal, different, empty := 0, 0, 0
	for _, c := range t.columns {
		cell := row.At(c.col)
		if c.role == dataset.ColumnID || !c.stats.numeric() {
			continue
		}
		if cell.Kind != grid.Number {
			empty++
			continue
		}
		sum, n := 0.0, 0.0
		for _, number := range above {
			if value := t.grid.At(number, c.col); value.Kind == grid.Number {
				sum += value.Num
				n++
			}
		}
		if n > 0 && (near(cell.Num, sum) || near(cell.Num, sum/n)) {
			equal++
		} else {
			different++
		}
	}
	if strict {
		return equal > 0 && different == 0
	}
	return equal > 0 && equal >= different && different <= 1 && empty <= equal+different
}

func near(a, b float64) bool { return math.Abs(a-b) <= 0.006+1e-6*math.Abs(b) }

// isNote reports whether a row is a remark under the table: one text alone, in a table of several columns,
// long, after a gap, or after totals or another remark.
func (t *table) isNote(row grid.Row, i int, ended bool) bool {
	if len(t.columns) < 3 || i == 0 {
		return false
	}
	filled, text := 0, ""
	for _, c := range t.columns {
		if cell := row.At(c.col); !cell.IsEmpty() {
			filled++
			text = cell.Text
		}
	}
	gap := row.Number > t.rows[i-1]+1
	return filled == 1 && text != "" && (gap || ended || len(text) > 60 || strings.HasPrefix(text, "*"))
}
