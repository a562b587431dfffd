package workbook

import (
	"strings"

	"valuebook/report/dataset"
)

// textRoles are roles whose cells are words; numberRoles those whose cells are numbers.
var (
	textRoles = map[dataset.ColumnRole]bool{
		dataset.ColumnName: true, dataset.ColumnSupplier: true, dataset.ColumnAttribute: true, roleLabel: true, roleSide: true,
		dataset.ColumnKind: true, roleSetting: true, roleOffer: true, roleGroup: true, roleUpDown: true, dataset.ColumnPersona: true,
	}
	numberRoles = map[dataset.ColumnRole]bool{
		dataset.ColumnRating: true, dataset.ColumnImportance: true, dataset.ColumnWeight: true, dataset.ColumnRevenue: true,
		dataset.ColumnCost: true, dataset.ColumnFirmValue: true, roleQuantity: true, rolePrice: true, dataset.ColumnWorth: true,
		dataset.ColumnRecommend: true, roleScaleLo: true, roleScaleHi: true,
	}
)

// propose gives every column the roles that its header and its cells allow together.
func (t *table) propose() {
	for _, c := range t.columns {
		c.roles = nil
		if c.role == dataset.ColumnUnused || c.head.sided || c.head.role != "" || c.head.supplier != "" {
			continue
		}
		for _, role := range rolesOf(c.head.label) {
			if c.allows(role) && !c.head.importance {
				c.roles = append(c.roles, role)
			}
		}
		c.roles = c.askRoles()
	}
}

func (c *column) allows(role dataset.ColumnRole) bool {
	switch {
	case c.stats.empty():
		return true
	case textRoles[role]:
		return c.stats.texts*2 > c.stats.filled
	case numberRoles[role]:
		return c.stats.numbers > 0 && c.stats.numbers*2 > c.stats.filled
	case role == dataset.ColumnDate, role == roleStart, role == roleChurn:
		return c.stats.dates > 0 || c.stats.texts > 0 || c.stats.lo > 10000 || c.stats.whole && c.stats.lo > 1900
	}
	return true
}

// has returns the first column that may have a role, nil without one.
func (t *table) has(role dataset.ColumnRole) *column {
	for _, c := range t.columns {
		for _, r := range c.roles {
			if r == role && (c.role == "" || c.role == role) {
				return c
			}
		}
	}
	return nil
}

// take gives the first column that may have one of the roles the given one.
func (t *table) take(role dataset.ColumnRole, candidates ...dataset.ColumnRole) *column {
	for _, candidate := range append(candidates, role) {
		for _, c := range t.columns {
			if c.role != "" {
				continue
			}
			for _, r := range c.roles {
				if r == candidate {
					c.role, c.why = role, whyHeader
					return c
				}
			}
		}
	}
	return nil
}

// sheetIs reports whether the sheet's name is one of a kind of names.
func (t *table) sheetIs(kind string) bool {
	name := t.grid.Sheet
	return sheetWords[kind][fold(name)] || sheetWords[kind][fold(splitCamel(name))] || sheetWords[kind][fold(strings.TrimRight(name, "0123456789 _-()"))]
}

// classify decides what a table holds and gives its columns their roles. Attributes that
// are declared elsewhere in the workbook are known by name.
func (t *table) classify(known map[string]bool, o Options) {
	t.takeYears(o)
	t.takeAspects()
	t.findWords()
	t.findGrades()
	t.propose()
	t.findSums()
	t.splitSuppliers(known, o)
	switch {
	case t.isParameters():
		t.role = dataset.TableParameters
	case t.sheetIs("instructions"):
		t.role = dataset.TableOther
	case t.isRecipients():
		t.role = dataset.TableRecipients
	case t.isAttributes():
		t.role = dataset.TableAttributes
	case t.isLongRatings():
		t.role = dataset.TableRatings
	case t.takesEvents():
	case t.isTransactions(known):
		t.role = dataset.TableTransactions
	default:
		t.classifyWide(known, o)
	}
	t.obeyLegend()
}

func (t *table) isParameters() bool {
	setting, value := t.has(roleSetting), t.has(roleValue)
	if t.sheetIs("parameters") && value != nil && setting == nil {
		setting = t.has(dataset.ColumnName)
		if setting == nil {
			setting = t.has(roleKey)
		}
	}
	return setting != nil && value != nil && setting != value && len(t.columns) < 12
}

// isAttributes takes the columns of an Attributes sheet: an attribute and its side, or its
// weight or scale on a sheet of that name.
func (t *table) isAttributes() bool {
	if t.has(roleCustomer) != nil || t.has(dataset.ColumnRating) != nil && !t.sheetIs("attributes") {
		return false
	}
	attribute := t.has(dataset.ColumnAttribute)
	if attribute == nil && t.sheetIs("attributes") {
		for _, role := range []dataset.ColumnRole{dataset.ColumnID, roleLabel, dataset.ColumnName} {
			if attribute == nil {
				attribute = t.has(role)
			}
		}
	}
	side := t.has(roleSide)
	described := side != nil || t.sheetIs("attributes") && (t.has(dataset.ColumnWeight) != nil || t.has(roleScaleHi) != nil || t.has(roleScale) != nil || t.has(roleGroup) != nil)
	if attribute == nil || !described || attribute == side {
		return false
	}
	attribute.role, attribute.why = dataset.ColumnAttribute, whyHeader
	for _, role := range []dataset.ColumnRole{roleSide, roleGroup, roleTangible, roleScaleLo, roleScaleHi, roleScale, roleUpDown, dataset.ColumnWeight, dataset.ColumnImportance, roleUnit} {
		t.take(role)
	}
	for _, role := range []dataset.ColumnRole{dataset.ColumnNeed, dataset.ColumnProcess, dataset.ColumnKind} {
		t.event(role, nil).is(role)
	}
	t.take(roleLabel, dataset.ColumnName)
	return true
}

// isLongRatings takes the columns of a Ratings sheet with one rating a row.
func (t *table) isLongRatings() bool {
	rating := t.has(dataset.ColumnRating)
	attribute := t.has(dataset.ColumnAttribute)
	if rating == nil || attribute == nil || t.has(dataset.ColumnID) == nil && t.has(roleCustomer) == nil {
		return false
	}
	t.take(dataset.ColumnID, dataset.ColumnID, roleCustomer)
	t.take(dataset.ColumnAttribute)
	t.take(dataset.ColumnRating)
	t.take(dataset.ColumnSupplier)
	t.take(dataset.ColumnPeriod, dataset.ColumnPeriod, dataset.ColumnDate)
	t.take(dataset.ColumnImportance)
	t.take(dataset.ColumnName)
	t.take(dataset.ColumnSegment)
	return true
}

// rates reports whether at least two columns are named after benefits and hold what can be ratings of them.
func (t *table) rates() bool {
	n := 0
	for _, c := range t.columns {
		if m := meaningOf(c.head.label); m.exact && m.side == dataset.Benefit && c.ratingLike() && c.varies() && !c.reserved() {
			n++
		}
	}
	return n >= 2
}
