package workbook

import (
	"math"
	"slices"
	"strings"

	"valuebook/report/dataset"
)

// A ratingColumn is one column of ratings as read, before its scale is known and its values are
// checked against it.
type ratingColumn struct {
	table     *table
	column    *column
	attribute int
	numbers   numbers
	known     *extent         // of the numbers, nil before it is asked for
	whole     *dataset.Series // where value i goes as that of customer i, from the rows of its place; nil without such
	targets   []target        // else where value i goes
}

// A target is a place in a series: the series is nil where the value has none.
type target struct {
	series   *dataset.Series
	customer int
	row      int
}

// target returns where a value goes.
func (r *ratingColumn) target(i int) target {
	if r.whole != nil {
		return target{r.whole, i, int(r.whole.Place.Rows[i])}
	}
	return r.targets[i]
}

// Len returns the number of values.
func (r *ratingColumn) Len() int {
	if r.whole != nil {
		return len(r.whole.Place.Rows)
	}
	return len(r.targets)
}

// readRatings reads the chosen table of ratings, long or wide.
func (b *builder) readRatings() {
	for _, t := range b.with(dataset.TableWide) {
		b.readWide(t)
	}
	for _, t := range b.with(dataset.TableRatings) {
		b.readLong(t)
	}
}

// supplier returns the index of a supplier, added when it is new; "" is our own offer.
func (b *builder) supplier(name string, own bool) int {
	if name == "" {
		name, own = b.ownName(), true
		b.unnamed = name
	}
	f := fold(name)
	if f == "" {
		f = name
	}
	if i, ok := b.supplierIndex[f]; ok {
		b.suppliers[i].Own = b.suppliers[i].Own || own
		return i
	}
	b.supplierIndex[f] = len(b.suppliers)
	b.suppliers = append(b.suppliers, dataset.Supplier{Name: name, Own: own || ownWords[f]})
	return len(b.suppliers) - 1
}

// ownName is the name of our own offer where the workbook gives none.
func (b *builder) ownName() string {
	for _, s := range b.suppliers {
		if s.Own {
			return s.Name
		}
	}
	return "us"
}

// attributeOf returns the attribute that a column or a cell names, added when it is new.
func (b *builder) attributeOf(t *table, label string, c *column) int {
	i, known := b.attributeIndex[fold(label)]
	if !known {
		i = b.newAttribute(t, label, c)
	}
	if c != nil && c.head.sided && !b.sided[i] {
		a := &b.d.Attributes[i]
		b.sided[i] = true
		b.sideFromHeader(a, c)
	}
	if c != nil && (c.head.down || c.head.lowGood || c.words != nil && c.words.good && !b.declared) {
		a := &b.d.Attributes[i]
		a.Down = c.turned(a.Side, meaningOf(a.Label))
	}
	return i
}

// newAttribute makes an attribute of a label that is not declared on an Attributes sheet.
func (b *builder) newAttribute(t *table, label string, c *column) int {
	m := meaningOf(label)
	a := dataset.Attribute{ID: label, Label: label, Side: m.side, Group: m.group, Down: m.down, Weight: math.NaN()}
	col, row := 0, t.lastHeader()
	if c != nil {
		col = c.col
	} else if attribute := t.column(dataset.ColumnAttribute); attribute != nil {
		col = attribute.col
	}
	a.Ref = t.grid.Ref(row, col)
	i := b.register(a, false)
	if b.declared {
		b.found.add(codeAttributeUnknown, dataset.Warning, a.Ref, dataset.Str(label), dataset.TermOf("side."+a.Side.String()))
	}
	return i
}

// sideFromHeader sets what a declared side says; what the label says of its group stays where it agrees.
func (b *builder) sideFromHeader(a *dataset.Attribute, c *column) {
	m := meaningOf(a.Label)
	a.Side = c.head.side
	a.Down = c.turned(a.Side, m)
	a.Group, a.Tangible = "", dataset.Unstated
	if m.known && m.side == a.Side {
		a.Group, a.Tangible = m.group, tangibleGroup(m.group)
	}
}

// series returns the series of a supplier and an attribute, made when it is new.
func (b *builder) series(supplier, attribute int, place dataset.Place) *dataset.Series {
	key := ratingKey{supplier, attribute}
	if s := b.ratings[key]; s != nil {
		return s
	}
	s := &dataset.Series{Values: nanSeries(len(b.d.Customers.ID)), Place: place}
	b.ratings[key] = s
	return s
}

// readWide reads a table with one row per customer, or per customer and supplier.
func (b *builder) readWide(t *table) {
	who := t.column(dataset.ColumnSupplier)
	shared := b.customerRows(t, t.rows)
	for _, c := range t.columns {
		if c.role != dataset.ColumnRating {
			continue
		}
		c.attribute = b.attributeOf(t, c.head.label, c)
		b.applyAbout(t, c)
		r := &ratingColumn{table: t, column: c, attribute: c.attribute}
		if who != nil && c.head.supplier == "" {
			b.bySupplier(r, who)
		} else {
			supplier := b.supplier(c.head.supplier, c.head.own)
			b.wholeColumn(r, supplier, shared)
		}
		b.readColumn(r)
	}
	b.readImportance(t)
}

// wholeColumn sends the values of a column to one series.
func (b *builder) wholeColumn(r *ratingColumn, supplier int, rows []int32) {
	place := dataset.Place{Sheet: r.table.grid.Sheet, Col: r.column.col, Rows: rows}
	taken := b.ratings[ratingKey{supplier, r.attribute}]
	s := b.series(supplier, r.attribute, place)
	if taken != nil {
		a := b.d.Attributes[r.attribute]
		b.found.add(codeRatingTwice, dataset.Error, r.table.grid.Ref(r.table.lastHeader(), r.column.col),
			dataset.Str(a.Label), dataset.Str(b.suppliers[supplier].Name), dataset.Str(dataset.ColumnLetters(taken.Place.Col)))
		r.column.role, r.column.why = dataset.ColumnUnused, whyDuplicate
		return
	}
	if len(rows) > 0 && slices.Max(rows) > 0 {
		r.whole = s
	}
}

// bySupplier sends the values of a column to the series of the supplier that each row names.
func (b *builder) bySupplier(r *ratingColumn, who *column) {
	for _, row := range r.table.rows {
		supplier := b.supplier(strings.TrimSpace(r.table.grid.At(row, who.col).String()), false)
		b.addTarget(r, supplier, r.attribute, row, r.column.col)
	}
}

// addTarget sends the value of one row to its series; a second value for one customer is an error.
func (b *builder) addTarget(r *ratingColumn, supplier, attribute, row, col int) {
	key := ratingKey{supplier, attribute}
	if b.ratings[key] == nil {
		b.series(supplier, attribute, dataset.Place{Sheet: r.table.grid.Sheet, Col: col, Rows: make([]int32, len(b.d.Customers.ID))})
	}
	s := b.ratings[key]
	customer := b.customerOf(r.table.customerID(row))
	if earlier := s.Place.Rows[customer]; earlier > 0 {
		ref := r.table.grid.Ref(row, col)
		r.table.rejected++
		b.found.cell(codeRatingTwice, dataset.Error, ref, r.table.grid.At(row, col).String(),
			dataset.Str(b.d.Attributes[attribute].Label), dataset.Str(b.suppliers[supplier].Name), dataset.Str(dataset.Ref{Row: int(earlier), Col: col}.Cell()))
		return
	}
	s.Place.Rows[customer] = int32(row)
	r.targets = append(r.targets, target{s, customer, row})
}

// readLong reads a table with one rating a row.
func (b *builder) readLong(t *table) {
	rating, attribute := t.column(dataset.ColumnRating), t.column(dataset.ColumnAttribute)
	who, importance := t.column(dataset.ColumnSupplier), b.longImportance(t)
	byAttribute := map[int]*ratingColumn{}
	var order []*ratingColumn
	for i, row := range t.rows {
		label := strings.TrimSpace(t.grid.At(row, attribute.col).String())
		if label == "" {
			continue
		}
		a := b.attributeOf(t, label, nil)
		supplier := ""
		if who != nil {
			supplier = strings.TrimSpace(t.grid.At(row, who.col).String())
		}
		r := byAttribute[a]
		if r == nil {
			r = &ratingColumn{table: t, column: rating, attribute: a}
			byAttribute[a] = r
			order = append(order, r)
		}
		b.addTarget(r, b.supplier(supplier, false), a, row, rating.col)
		if importance != nil && !math.IsNaN(importance[i]) {
			b.noteImportance(a, importance[i])
		}
	}
	for _, r := range order {
		b.readColumn(r)
	}
}

func (b *builder) longImportance(t *table) []float64 {
	if t.column(dataset.ColumnImportance) == nil {
		return nil
	}
	return b.columnNumbers(t, dataset.ColumnImportance, codeWeightText)
}

func (b *builder) noteImportance(attribute int, x float64) {
	m := b.importance[attribute]
	if m == nil {
		m = &mean{}
		b.importance[attribute] = m
	}
	m.sum += x
	m.n++
}

// readColumn reads the cells of a column of ratings as numbers; what they mean on a scale is settled when
// all columns are read.
func (b *builder) readColumn(r *ratingColumn) {
	if r.Len() == 0 {
		return
	}
	column := r.table.grid.Column(r.column.col)
	if r.whole != nil { // the numbers are those of the series: none is copied
		r.numbers = readWords(r.column.words, cellView{column, r.whole.Place.Rows}, b.declaredScale(r), r.table.mark(), r.whole.Values)
	} else {
		rows := make([]int32, len(r.targets))
		for i, to := range r.targets {
			rows[i] = int32(to.row)
		}
		r.numbers = readWords(r.column.words, cellView{column, rows}, b.declaredScale(r), r.table.mark(), make([]float64, len(rows)))
	}
	r.numbers.leaveCodes(r.column.codes)
	r.table.convert(r.column, r.numbers)
	b.pool = append(b.pool, r)
}
