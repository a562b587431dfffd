package workbook

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// readRows sorts the rows under the header into data, rows that describe the columns,
// and rows that are neither. Rows of totals are found later, when the columns
// are known.
func (t *table) readRows() {
	block := ""
	for _, r := range t.grid.All() {
		if r.Number >= t.headers[0] {
			break
		}
		t.skipAbove(r)
		block = blockPeriod(r)
	}
	previous, data, watch := t.lastHeader(), false, t.watch()
	t.rows = make([]int, 0, t.grid.Len())
	for i, r := range t.grid.All() {
		if r.Number <= t.lastHeader() {
			continue
		}
		sure := watch.data(r.Number)
		if !sure && !t.touches(r) {
			continue
		}
		if !sure && t.repeats(r) || !data && importRow(r) {
			t.skip(r.Number, skipHeader)
			previous = r.Number
			continue
		}
		if data && !sure && t.headsBlock(r, i) {
			t.skip(r.Number, skipTitle)
			previous, block = r.Number, blockPeriod(r)
			continue
		}
		if data && !sure && r.Number > previous+1 && t.otherTable(i) {
			t.skipRest(i)
			return
		}
		if kind := t.describing(r, data); kind != "" {
			t.noteAbout(r.Number, kind)
			previous = r.Number
			continue
		}
		for blank := previous + 1; blank < r.Number && len(t.skips) < 1000; blank++ {
			t.skip(blank, skipBlank)
		}
		previous, data = r.Number, true
		if r.Hidden {
			t.hidden++
		}
		t.rows = append(t.rows, r.Number)
		t.inBlock(r.Number, block)
	}
}

// describing returns what a row under the header says of the columns, "" for a row of data.
func (t *table) describing(r grid.Row, data bool) string {
	kind := t.aboutRow(r)
	if kind != "" && (!data || r.Number <= t.lastHeader()+6 || t.weighs(r, kind)) {
		return kind
	}
	if !data && kind == "" && r.Number <= t.lastHeader()+4 {
		return t.aboutCells(r)
	}
	return ""
}

// aboutCells returns what a row without a label says of the columns: all its cells, two at least, are sides, scales or directions.
func (t *table) aboutCells(r grid.Row) string {
	n, sides, scales, directions := 0, 0, 0, 0
	for k, c := range t.columns {
		cell := r.At(c.col)
		if cell.IsEmpty() {
			continue
		}
		if k == 0 || cell.Kind != grid.Text {
			return ""
		}
		n++
		if _, ok := sideNamed(cell.Text); ok {
			sides++
		}
		if _, ok := parseScale(strings.Trim(cell.Text, "[]() ")); ok {
			scales++
		}
		if _, ok := parseDirection(cell.Text, dataset.Benefit); ok {
			directions++
		}
	}
	switch {
	case n < 2:
	case sides == n:
		return rowSide
	case scales == n:
		return rowScale
	case directions == n:
		return rowDirection
	}
	return ""
}

// headsBlock reports whether a row is the title of a block with a header of its own: one cell, and the header once more follows.
func (t *table) headsBlock(r grid.Row, i int) bool {
	return r.Len() == 1 && i+1 < t.grid.Len() && t.repeats(t.grid.RowAt(i+1))
}

// blockPeriod returns the period that a row consists of, "" for another row.
func blockPeriod(r grid.Row) string {
	if r.Len() != 1 {
		return ""
	}
	if p := parsePeriod(r.First()); !periodEnd(p).IsZero() {
		return p
	}
	return ""
}

// inBlock notes the period over the block in which a row stands.
func (t *table) inBlock(row int, period string) {
	if period == "" {
		return
	}
	if t.blocks == nil {
		t.blocks = map[int]string{}
	}
	t.blocks[row] = period
}

// skipAbove skips a row over the header: as a title, or as the weights that it gives the columns.
func (t *table) skipAbove(r grid.Row) {
	if kind := t.aboutRow(r); kind != "" && t.weighs(r, kind) {
		t.noteAbout(r.Number, kind)
		return
	}
	t.skip(r.Number, skipTitle)
}

// noteAbout notes a row that describes the columns; the first of its kind counts.
func (t *table) noteAbout(row int, kind string) {
	if t.about[kind] == 0 {
		t.about[kind] = row
	}
	t.skip(row, kind)
}

// weighs reports whether a row that is labelled as weights or importance gives numbers to the columns, wherever it stands.
// In a list of attributes or settings the label can be one of them.
func (t *table) weighs(r grid.Row, kind string) bool {
	if kind != rowWeight && kind != rowImportance {
		return false
	}
	numbers, texts := 0, -1 // the label
	for i, c := range t.columns {
		for _, role := range rolesOf(c.head.label) {
			if i < 2 && (role == dataset.ColumnAttribute || role == roleSetting || role == roleSide) {
				return false
			}
		}
		cell := r.At(c.col)
		switch {
		case cell.IsEmpty() || cell.Kind == grid.Text && missingText(cell.Text):
		case cell.Kind == grid.Text && !ParseNumber(cell.Text).ok():
			texts++
		default:
			numbers++
		}
	}
	return numbers > texts && numbers > 0
}

func (t *table) skip(row int, why string) {
	t.skips = append(t.skips, dataset.Skip{Row: row, Why: why})
}

func (t *table) skipRest(i int) {
	for ; i < t.grid.Len() && len(t.skips) <= 1000; i++ {
		t.skip(t.grid.RowAt(i).Number, skipOtherTable)
	}
}

// touches reports whether a row has a cell in one of the table's columns.
func (t *table) touches(r grid.Row) bool {
	for _, c := range t.columns {
		if !r.At(c.col).IsEmpty() || r.At(c.col).NoValue {
			return true
		}
	}
	return false
}

// repeats reports whether a row is the header once more, as on every printed page.
func (t *table) repeats(r grid.Row) bool {
	same := 0
	for _, c := range t.columns {
		text := headerText(r.At(c.col))
		if text == "" {
			continue
		}
		if text != c.head.levels[len(c.head.levels)-1] {
			return false
		}
		same++
	}
	return same > 1 || same == 1 && len(t.columns) == 1
}

// otherTable reports whether the rows from index i, after a gap, are a table of
// their own: a row of texts where this table has numbers.
func (t *table) otherTable(i int) bool {
	r := t.grid.RowAt(i)
	known, texts := 0.0, 0
	for cell := range r.Cells() {
		if cell.Kind != grid.Text {
			return false
		}
		texts++
		known += headerWorth(strings.TrimSpace(cell.Text))
	}
	return texts >= 2 && known >= float64(texts)+2 && i+1 < t.grid.Len() && t.grid.RowAt(i+1).Len() >= 2
}

// aboutLabels are the labels of rows under the header that describe the columns.
var aboutLabels = []struct {
	kind    string
	phrases []string
}{
	{rowWeight, words("weight,weights,weighting,weight %,weight in %,weights in %,weight pct,weight percent,attribute weight,attribute weights,gewicht in %,gewicht,gewichte,gewichtung,poids,ponderation,peso,pesos,ponderacion,pesi,ponderazione,weging,wegingsfactor,权重,比重,重み,ウェイト,waga,wagi,wt,vikt,vekt")},
	{rowImportance, words("importance,stated importance,wichtigkeit,importancia,importanza,belang,重要性,重要度,waznosc")},
	{rowScale, words("scale,rating scale,skala,echelle,escala,scala,schaal,量表,尺度")},
	{rowScaleLo, words("scale min,scale from,scale minimum,skala von,escala min,scala min,schaal min,minimum of scale")},
	{rowScaleHi, words("scale max,scale to,scale maximum,skala bis,escala max,scala max,schaal max,maximum of scale")},
	{rowDirection, words("direction,richtung,sens,direccion,direzione,direcao,richting,方向")},
	{rowSide, words("side,benefit or cost,benefit cost,seite,cote,lado,lato,type")},
	{rowGroup, words("group,gruppe,groupe,grupo,gruppo,groep")},
	{rowUnit, words("unit,einheit,unite,unidad,unita,unidade,eenheid,单位,単位")},
	{rowTangible, words("tangible,greifbar,tangibile,tastbaar")},
}

// aboutRow returns what a row under the header says of the columns, "" for a row of data:
// its first text, before any number, is one of aboutLabels.
func (t *table) aboutRow(r grid.Row) string {
	for _, c := range t.columns {
		cell := r.At(c.col)
		if cell.IsEmpty() {
			continue
		}
		if cell.Kind != grid.Text {
			return ""
		}
		return aboutLabel(cell.Text)
	}
	return ""
}

// aboutIndex maps a folded label to the kind of row that it begins; aboutLongest is the length of the longest.
var aboutIndex, aboutLongest = indexAbout()

func indexAbout() (index map[string]string, longest int) {
	index = map[string]string{}
	for _, entry := range aboutLabels {
		for _, phrase := range entry.phrases {
			if index[phrase] == "" {
				index[phrase] = entry.kind
			}
			longest = max(longest, len(phrase))
		}
	}
	return index, longest
}

// aboutLabel returns the kind of row that a label begins, "" for another text.
func aboutLabel(text string) string {
	if len(text) > 2*aboutLongest {
		return ""
	}
	kind := ""
	if f := (folded{}); f.set(text) {
		kind = aboutIndex[string(f.bytes[:f.length])]
	} else {
		kind = aboutIndex[fold(text)]
	}
	if kind != "" {
		return kind
	}
	if i := strings.IndexAny(text, "([（"); i > 0 {
		return aboutIndex[fold(text[:i])]
	}
	return ""
}
