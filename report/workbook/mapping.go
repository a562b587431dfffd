package workbook

import (
	"math"
	"path"
	"slices"
	"sort"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// TableRoles returns the roles that a mapping may give a table, in order.
func TableRoles() []string {
	var names []string
	for _, role := range append(tableRoles, dataset.TableOther) {
		names = append(names, string(role))
	}
	sort.Strings(names)
	return names
}

// tableRoles are the roles of tables that are read.
var tableRoles = []dataset.TableRole{
	dataset.TableCustomers, dataset.TableAttributes, dataset.TableRatings, dataset.TableWide, dataset.TableOverall, dataset.TableMatch,
	dataset.TableValueScore, dataset.TableTransactions, dataset.TableOffers, dataset.TableContracts, dataset.TableCohorts,
	dataset.TableVerbatims, dataset.TableActivities,
}

// ColumnRoles returns the roles that a mapping may give a column, in order.
func ColumnRoles() []string {
	roles := set{
		string(dataset.ColumnProfile): true, string(dataset.ColumnUnused): true, string(dataset.ColumnRating): true,
		string(dataset.ColumnMatch): true, string(dataset.ColumnValueScore): true,
	}
	for _, entry := range headerWords {
		roles[string(entry.role)] = true
	}
	delete(roles, string(roleCustomer))
	var names []string
	for role := range roles {
		names = append(names, role)
	}
	sort.Strings(names)
	return names
}

// headedAsMapped returns the tables of a sheet, found anew where the mapping gives a row as their header that none of them has.
func (b *builder) headedAsMapped(g *grid.Grid, tables []*table) []*table {
	for _, m := range b.options.Mapping.Tables {
		if m.HeaderRow == 0 || !sheetLike(g.Sheet, m.Sheet) || g.Row(m.HeaderRow).Len() == 0 {
			continue
		}
		if !slices.ContainsFunc(tables, func(t *table) bool { return t.lastHeader() == m.HeaderRow }) {
			return findTables(g, m.HeaderRow)
		}
	}
	return tables
}

// sheetLike reports whether a sheet has a name, in which * stands for any letters.
func sheetLike(sheet, name string) bool {
	if strings.EqualFold(sheet, name) {
		return true
	}
	pattern := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `?`, `\?`).Replace(strings.ToLower(name))
	fits, err := path.Match(pattern, strings.ToLower(strings.ReplaceAll(sheet, "/", "-")))
	return err == nil && fits
}

// mapTables tells the tables and columns of which the mapping speaks, and reports what it names and the workbook does
// not have.
func (b *builder) mapTables() {
	for i := range b.options.Mapping.Tables {
		m := &b.options.Mapping.Tables[i]
		t := b.mappedTable(m)
		if t == nil {
			b.found.add(codeMappingSheet, dataset.Error, dataset.Ref{}, dataset.Str(m.Sheet), dataset.Str(m.From), dataset.List(b.sheetNames()...))
			continue
		}
		t.mapped = m
		for k := range m.Columns {
			c := t.mappedColumn(&m.Columns[k])
			if c == nil {
				b.found.add(codeMappingColumn, dataset.Error, dataset.Ref{Sheet: t.grid.Sheet, Row: t.lastHeader()},
					dataset.Str(columnName(m.Columns[k])), dataset.Str(m.Columns[k].From), named(t.headerTexts()))
				continue
			}
			c.obeyHeading(&m.Columns[k])
		}
	}
}

// headerWeighs is how many columns the right row of the header is worth.
const headerWeighs = 1000

// mappedTable returns the table that is meant: on the sheet, with the header row, and of several that with most of the
// columns; nil without one.
func (b *builder) mappedTable(m *dataset.MappedTable) *table {
	var best *table
	most := -1
	for _, t := range b.tables {
		if t.mapped != nil || !sheetLike(t.grid.Sheet, m.Sheet) {
			continue
		}
		found := 0
		if t.lastHeader() == m.HeaderRow {
			found = headerWeighs
		}
		for k := range m.Columns {
			if t.mappedColumn(&m.Columns[k]) != nil {
				found++
			}
		}
		if found > most {
			best, most = t, found
		}
	}
	return best
}

// mappedColumn returns the column with the header that is given, of several the one with the letters or the first; without
// a header the one with the letters. Nil without any.
func (t *table) mappedColumn(m *dataset.MappedColumn) *column {
	var found *column
	for _, c := range t.columns {
		if m.Header != "" && fold(c.head.text()) != fold(m.Header) || m.Header == "" && c.col != m.Col {
			continue
		}
		if c.col == m.Col {
			return c
		}
		if found == nil {
			found = c
		}
	}
	return found
}

// columnName names a column of the mapping by its header, else by its letters.
func columnName(m dataset.MappedColumn) string {
	if m.Header != "" {
		return m.Header
	}
	return dataset.ColumnLetters(m.Col)
}

func (t *table) headerTexts() []string {
	var texts []string
	for _, c := range t.columns {
		if text := c.head.text(); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// obeyHeading sets what the mapping says of a column before the columns are understood.
func (c *column) obeyHeading(m *dataset.MappedColumn) {
	c.mapped = m
	if m.Attribute != "" {
		c.head.label, c.head.upper = m.Attribute, ""
	}
	if m.Supplier != "" {
		c.head.supplier, c.head.own, c.head.upper = m.Supplier, ownWords[fold(m.Supplier)], ""
	}
	if m.Scale.Bounded() {
		c.head.scale = m.Scale
	}
}

// mapAttributes declares the attributes of the mapping, or changes those that the workbook declares.
func (b *builder) mapAttributes() {
	b.given, b.added = map[int]*dataset.MappedAttribute{}, map[int]bool{}
	for i := range b.options.Mapping.Attributes {
		m := &b.options.Mapping.Attributes[i]
		index, known := b.attributeIndex[fold(m.Name)]
		if !known {
			meant := meaningOf(m.Name)
			index = b.register(dataset.Attribute{
				ID: m.Name, Label: m.Name, Side: meant.side, Group: meant.group, Down: meant.down, Weight: math.NaN(),
			}, false)
			b.added[index] = true
		}
		b.given[index] = m
		b.obeyAttribute(index, m)
	}
}

// obeyAttributes sets again what the mapping says of attributes, after headers and rows under them were read.
func (b *builder) obeyAttributes() {
	for index := range b.d.Attributes {
		if m := b.given[index]; m != nil {
			b.obeyAttribute(index, m)
		}
	}
}

func (b *builder) obeyAttribute(index int, m *dataset.MappedAttribute) {
	a := &b.d.Attributes[index]
	if m.Side != "" {
		side := dataset.Benefit
		if m.Side == dataset.Cost.String() {
			side = dataset.Cost
		}
		if meant := meaningOf(a.Label); side != a.Side && meant.side != side {
			a.Group, a.Tangible = "", dataset.Unstated
		}
		a.Side, b.sided[index] = side, true
	}
	if m.Direction != "" {
		a.Down, b.sided[index] = m.Direction == "down", b.sided[index] || m.Side != ""
	}
	if m.Scale.Bounded() {
		a.Scale, a.Money = m.Scale, false
	}
	if m.Weighted() {
		a.Weight = m.Weight
		delete(b.weightBad, index)
	}
}

// givenScale returns the scale that the mapping gives an attribute, unbounded without one.
func (b *builder) givenScale(index int) dataset.Scale {
	if m := b.given[index]; m != nil {
		return m.Scale
	}
	return dataset.Scale{}
}

// once are the roles that only one column of a table has.
var once = map[dataset.ColumnRole]bool{
	dataset.ColumnID: true, dataset.ColumnName: true, dataset.ColumnSegment: true, dataset.ColumnPersona: true, dataset.ColumnPeriod: true,
	dataset.ColumnSupplier: true, dataset.ColumnAttribute: true, dataset.ColumnRevenue: true, dataset.ColumnCost: true, dataset.ColumnDate: true,
	dataset.ColumnKind: true, dataset.ColumnFirmValue: true, dataset.ColumnRebuy: true, dataset.ColumnRecommend: true, roleOffer: true,
	roleOwn: true, roleQuantity: true, rolePrice: true, roleStart: true, roleChurn: true,
}

// mappedScore is what a table that the mapping names is worth beside those that were only recognised.
const mappedScore = 1000

// mappedRole returns the role that the mapping gives the table, "" without one.
func (t *table) mappedRole() dataset.TableRole {
	if t.mapped == nil {
		return ""
	}
	return t.mapped.Role
}

// needs are the columns without which a table of a role cannot be read.
var needs = map[dataset.TableRole][]dataset.ColumnRole{
	dataset.TableCustomers: {dataset.ColumnID}, dataset.TableAttributes: {dataset.ColumnAttribute},
	dataset.TableRatings: {dataset.ColumnID, dataset.ColumnAttribute, dataset.ColumnRating}, dataset.TableWide: {dataset.ColumnRating},
	dataset.TableOverall: {dataset.ColumnID}, dataset.TableMatch: {dataset.ColumnID}, dataset.TableValueScore: {dataset.ColumnID},
	dataset.TableTransactions: {dataset.ColumnID, dataset.ColumnDate}, dataset.TableOffers: {roleOffer},
	dataset.TableContracts: {dataset.ColumnID, dataset.ColumnDate, dataset.ColumnEvent}, dataset.TableCohorts: {dataset.ColumnCohort},
	dataset.TableVerbatims: {dataset.ColumnText}, dataset.TableActivities: {dataset.ColumnStep},
}

// obey gives a table and its columns the roles that the mapping gives them, whatever was recognised. A table that lacks what its
// role needs is not used, and that is said.
func (b *builder) obey(t *table) {
	if t.mapped == nil {
		return
	}
	t.obeyColumns()
	if t.mapped.Role == "" {
		return
	}
	t.role = t.mapped.Role
	for _, role := range needs[t.role] {
		if t.column(role) == nil {
			b.found.add(codeMappingNeeds, dataset.Error, dataset.Ref{Sheet: t.grid.Sheet, Row: t.lastHeader()},
				dataset.TermOf("table-role."+string(t.role)), dataset.TermOf("role."+string(role)), dataset.Str(t.mapped.From))
			t.role = dataset.TableOther
			return
		}
	}
}

func (t *table) obeyColumns() {
	for _, c := range t.columns {
		if c.mapped == nil || c.mapped.Role == "" {
			continue
		}
		t.displace(c)
		c.role, c.why, c.guess, c.roles = c.mapped.Role, whyGiven, false, nil
		if _, id, ok := componentOf(c.head.label); c.component == "" && ok {
			c.component = id
		}
	}
}

// displace takes a role that only one column has from the column that recognition gave it.
func (t *table) displace(given *column) {
	for _, c := range t.columns {
		if c != given && c.role == given.mapped.Role && once[c.role] && (c.mapped == nil || c.mapped.Role != c.role) {
			c.role, c.why, c.guess = dataset.ColumnUnused, whyDisplaced, false
		}
	}
}
