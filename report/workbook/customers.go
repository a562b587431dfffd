package workbook

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// customerTables are the roles of tables that name customers, in the order in which they are trusted.
var customerTables = []dataset.TableRole{
	dataset.TableCustomers, dataset.TableWide, dataset.TableRatings, dataset.TableMatch, dataset.TableValueScore,
	dataset.TableOverall, dataset.TableTransactions, dataset.TableContracts, dataset.TableVerbatims,
}

// readCustomers finds all customers, and what describes them, in every table that names them.
func (b *builder) readCustomers() {
	tables := b.with(customerTables...)
	for _, t := range tables {
		b.collectCustomers(t)
	}
	b.customerIndex = idIndex{}
	n := len(b.d.Customers.ID)
	if n == 0 {
		return
	}
	for _, t := range tables {
		if severalRows[t.role] && t.column(dataset.ColumnID) == nil {
			continue
		}
		if b.d.Customers.Place.Sheet == "" {
			b.d.Customers.Place = b.place(t, dataset.ColumnID)
		}
		alike, once := make(chan []alikePair, 1), b.onceEach(t)
		go func() { alike <- t.findAlike(once) }()
		b.describeCustomers(t)
		b.reportAlike(t, <-alike)
	}
}

// severalRows are the roles of tables in which a customer may stand on several rows.
var severalRows = map[dataset.TableRole]bool{
	dataset.TableRatings: true, dataset.TableTransactions: true, dataset.TableContracts: true, dataset.TableVerbatims: true,
}

// collectCustomers adds the customers of a table. On the Customers sheet each may stand once; in a wide table
// once too, unless a column of suppliers tells its rows apart.
func (b *builder) collectCustomers(t *table) {
	if severalRows[t.role] && t.column(dataset.ColumnID) == nil {
		return // it does not say who bought
	}
	listed := len(b.d.Customers.ID)
	idOf := t.identifiers()
	once := !severalRows[t.role] && t.column(dataset.ColumnSupplier) == nil && !t.records()
	if once {
		b.reserveCustomers(len(t.rows))
	}
	seen := make([]int32, listed, cap(b.d.Customers.ID)) // the last row of each customer in this table
	rows, places := t.rows[:0:len(t.rows)], make([]int32, 0, len(t.rows))
	unlisted := 0
	first := dataset.Ref{}
	for _, row := range t.rows {
		id := idOf(row)
		list, place, known := b.customerIndex.findOrAdd(b.d.Customers.ID, id)
		b.d.Customers.ID = list
		if known && seen[place] > 0 && once {
			earlier := int(seen[place])
			col := t.column(dataset.ColumnID).col
			b.found.cell(codeCustomerTwice, dataset.Error, t.grid.Ref(row, col), id, dataset.Str(id), dataset.Str(t.grid.Ref(earlier, col).Cell()))
			t.skip(row, skipDuplicate)
			continue
		}
		rows, places = append(rows, row), append(places, int32(place))
		if !known {
			seen = append(seen, 0)
			if listed > 0 {
				unlisted++
				first = firstRef(first, t.grid.Ref(row, t.idCol()))
			}
		}
		seen[place] = int32(row)
	}
	t.rows, t.placed = rows, placed{rows: rows, customers: places}
	if unlisted > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codeCustomerUnlisted, Severity: dataset.Note, Ref: first, Count: unlisted, Args: []dataset.Quantity{dataset.N(unlisted)},
		})
	}
}

// reserveCustomers makes room for so many new customers.
func (b *builder) reserveCustomers(n int) {
	b.customerIndex.reserve(n)
	b.d.Customers.ID = slices.Grow(b.d.Customers.ID, n)
}

// placed is what is known of rows of a table whose customers were found already: the rows, the place of each one's customer, and what
// follows from them for each customer.
type placed struct {
	rows      []int
	customers []int32
	first     []int32 // the first row of each customer, nil before it is asked for
}

// firstRows returns the first row of each of so many customers, nil where the rows are not those that were placed, in the same memory.
// It is asked for when all customers are known; then it is all that is kept.
func (p *placed) firstRows(rows []int, customers int) []int32 {
	if len(rows) == 0 || len(rows) != len(p.rows) || &rows[0] != &p.rows[0] {
		return nil
	}
	if p.first == nil {
		p.first = make([]int32, customers)
		for i, customer := range p.customers {
			if p.first[customer] == 0 {
				p.first[customer] = int32(p.rows[i])
			}
		}
		p.customers = nil
	}
	return p.first
}

// records reports whether a table without ratings has several rows for most customers: it lists events, not
// customers.
func (t *table) records() bool {
	if t.role != dataset.TableCustomers {
		return false
	}
	idOf, list, index := t.identifiers(), []string(nil), newIDIndex()
	for _, row := range t.rows {
		if list, _, _ = index.findOrAdd(list, idOf(row)); len(list)*10 >= len(t.rows)*7 {
			return false
		}
	}
	return len(list)*10 < len(t.rows)*7
}

func firstRef(first, ref dataset.Ref) dataset.Ref {
	if first.Row == 0 {
		return ref
	}
	return first
}

// customerID returns the identifier in a row; in a table without one, the row's number.
func (t *table) customerID(row int) string {
	if c := t.column(dataset.ColumnID); c != nil {
		return t.keyText(row, c)
	}
	return strconv.Itoa(row)
}

// identifiers returns a function that is customerID, faster for rows in ascending order.
func (t *table) identifiers() func(row int) string {
	c := t.column(dataset.ColumnID)
	if c == nil {
		return strconv.Itoa
	}
	return t.keyTexts(c)
}

// keyTexts returns a function that is keyText, faster for rows in ascending order.
func (t *table) keyTexts(key *column) func(row int) string {
	column := t.grid.Column(key.col)
	return func(row int) string {
		if cell := column.At(row); !cell.IsEmpty() && len(t.filledKeys) == 0 {
			return strings.TrimSpace(cell.String())
		}
		return t.keyText(row, key)
	}
}

func (t *table) idCol() int {
	if c := t.column(dataset.ColumnID); c != nil {
		return c.col
	}
	if len(t.columns) > 0 {
		return t.columns[0].col
	}
	return 1
}

// place says where a table has each customer; the column is that of a role, or the first.
func (b *builder) place(t *table, role dataset.ColumnRole) dataset.Place {
	p := dataset.Place{Sheet: t.grid.Sheet, Col: t.idCol(), Rows: b.customerRows(t, t.rows)}
	if c := t.column(role); c != nil {
		p.Col = c.col
	}
	return p
}

// findCustomer returns the place of a customer, false when there is none of the identifier. The index that it needs is made when it is
// asked for: most workbooks never do once their customers are read.
func (b *builder) findCustomer(id string) (int, bool) {
	if b.customerIndex.hashIndex == nil {
		b.customerIndex = idIndex{newHashIndex(len(b.d.Customers.ID))}
		for place, id := range b.d.Customers.ID {
			hash := b.customerIndex.hash(id)
			b.customerIndex.put(b.customerIndex.slotOf(b.d.Customers.ID, hash, id), hash, place)
		}
	}
	return b.customerIndex.find(b.d.Customers.ID, id)
}

// customerOf returns the place of a customer, 0 when there is none of the identifier.
func (b *builder) customerOf(id string) int {
	i, _ := b.findCustomer(id)
	return max(i, 0)
}

// customerRows returns the first of the given rows for each customer, 0 without one. What it returns is shared: nobody may change it.
func (b *builder) customerRows(t *table, rows []int) []int32 {
	if first := t.placed.firstRows(rows, len(b.d.Customers.ID)); first != nil {
		return first
	}
	out := make([]int32, len(b.d.Customers.ID))
	id := t.identifiers()
	for _, row := range rows {
		i, ok := b.findCustomer(id(row))
		if ok && out[i] == 0 {
			out[i] = int32(row)
		}
	}
	return out
}

// describeCustomers fills in columns that no better table had.
func (b *builder) describeCustomers(t *table) {
	c := &b.d.Customers
	rows := b.customerRows(t, t.rows)
	b.fillText(t, rows, dataset.ColumnName, &c.Name)
	b.fillText(t, rows, dataset.ColumnSegment, &c.Segment)
	b.fillGroups(t, rows)
	b.fillText(t, rows, dataset.ColumnPersona, &c.Persona)
	b.fillNumber(t, rows, dataset.ColumnWeight, &c.Weight)
	if t.role == dataset.TableTransactions {
		return
	}
	b.fillNumber(t, rows, dataset.ColumnRevenue, &c.Revenue)
	b.fillNumber(t, rows, dataset.ColumnAcquisition, &c.Acquisition)
	b.fillTime(t, rows, roleStart, &c.Start)
	b.fillTime(t, rows, roleChurn, &c.Churn)
	if t.role == dataset.TableCustomers || t.role == dataset.TableWide {
		b.fillProfiles(t, rows)
	}
}

func (b *builder) fillText(t *table, rows []int32, role dataset.ColumnRole, into *[]string) {
	column := t.column(role)
	if column == nil || *into != nil {
		return
	}
	*into = b.texts(t, rows, column)
}

// fillGroups takes the groups under whose headings customers stand as their segments, where no column says them.
func (b *builder) fillGroups(t *table, rows []int32) {
	if t.groups == nil || b.d.Customers.Segment != nil {
		return
	}
	segments := make([]string, len(rows))
	for i, row := range rows {
		segments[i] = t.groups[int(row)]
	}
	b.d.Customers.Segment = segments
}

// texts returns the text of a column per customer, "" for a cell in which a formula failed; equal texts share their
// bytes.
func (b *builder) texts(t *table, rows []int32, column *column) []string {
	out, text := make([]string, len(rows)), b.textOf(t, column)
	for i, row := range rows {
		out[i] = text(int(row))
	}
	return out
}

// textOf returns what gives the text of a column in a row, "" for row 0 and for a cell in which a formula failed, which is reported. It is
// a reader's own.
func (b *builder) textOf(t *table, column *column) func(row int) string {
	cells := t.grid.Column(column.col)
	return func(row int) string {
		if row == 0 {
			return ""
		}
		cell := cells.At(row)
		if cell.IsEmpty() {
			cell = t.grid.Filled(row, column.col)
		}
		if cell.Kind == grid.ErrorValue {
			b.found.cell(codeCellError, dataset.Warning, t.grid.Ref(row, column.col), cell.Text, dataset.Str(column.head.text()))
			return ""
		}
		return strings.TrimSpace(cell.String())
	}
}

func (b *builder) fillNumber(t *table, rows []int32, role dataset.ColumnRole, into *[]float64) {
	if t.column(role) == nil || *into != nil {
		return
	}
	*into = b.seriesOf(t, rows, role, codeNumberText).Values
}

// seriesOf reads the column of a role per customer.
func (b *builder) seriesOf(t *table, rows []int32, role dataset.ColumnRole, code string) dataset.Series {
	c := t.column(role)
	s := dataset.Series{Values: make([]float64, len(rows)), Place: dataset.Place{Sheet: t.grid.Sheet, Col: c.col, Rows: rows}}
	n := readCells(cellView{t.grid.Column(c.col), rows}, c.scale, t.mark(), s.Values)
	n.settlePercent(c.scale)
	t.convert(c, n)
	for i, v := range n.all() {
		s.Values[i] = v.x
		if v.asRead {
			s.AsRead = append(s.AsRead, dataset.AsRead{Customer: i, Got: v.got})
		}
		if v.problem != "" {
			t.rejected++
			b.found.cell(problemCode(v.problem, code), dataset.Error, s.Place.Ref("", i), v.got, dataset.Str(c.head.text()))
		}
	}
	return s
}

// cellsAt returns the cells of a column in the rows of customers, empty ones where a customer has none.
func (t *table) cellsAt(c *column, rows []int32) []grid.Cell {
	cells := make([]grid.Cell, len(rows))
	for i, row := range rows {
		if row > 0 {
			cells[i] = t.grid.At(int(row), c.col)
		}
	}
	return cells
}

func (b *builder) fillTime(t *table, rows []int32, role dataset.ColumnRole, into *[]time.Time) {
	c := t.column(role)
	if c == nil || *into != nil {
		return
	}
	*into = b.dates(t, t.cellsAt(c, rows), c, func(i int) dataset.Ref {
		return dataset.Ref{Sheet: t.grid.Sheet, Row: int(rows[i]), Col: c.col}
	})
}

func (b *builder) fillProfiles(t *table, rows []int32) {
	for _, c := range t.columns {
		if c.role == dataset.ColumnProfile && len(b.d.Customers.Profiles) < 200 {
			text := b.textOf(t, c)
			values := dataset.NewTexts(len(rows), func(i int) string { return text(int(rows[i])) })
			b.d.Customers.Profiles = append(b.d.Customers.Profiles, dataset.Profile{Name: c.head.text(), Values: values})
		}
	}
}

func nanSeries(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}
