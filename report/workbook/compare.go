package workbook

import "valuebook/report/dataset"

// isOffers reports whether the rows are offers that are compared: a column of suppliers or
// products, each once, and no customer.
func (t *table) isOffers(o Options) bool {
	for _, c := range t.columns {
		for _, role := range c.roles {
			// An identifier that repeats is a customer who rates several suppliers.
			repeats := c.stats.distinct < c.stats.filled || t.sheetIs("ratings")
			if role == dataset.ColumnID && (!c.stats.textual() || repeats) || role == roleCustomer {
				return false
			}
		}
	}
	name := t.has(roleOffer)
	if s := t.has(dataset.ColumnSupplier); s != nil {
		name = s
	}
	if name == nil {
		name = t.has(dataset.ColumnName)
		if name == nil {
			name = t.firstText()
		}
		if name == nil || !t.ownOffer(name, o) && !oneOf(name.head.text(), criteriaWords) {
			return false
		}
	}
	if name.stats.filled > 1000 || !t.unique(name) || !t.before(name) || t.criteriaIn(name) {
		return false
	}
	name.role, name.why = roleOffer, whyHeader
	for _, c := range t.columns {
		if oneOf(c.head.upper, criteriaWords) {
			c.head.upper = ""
			if c.role == "" && c.ratingLike() {
				c.role, c.why, c.guess = dataset.ColumnRating, whyCriterion, true
			}
		}
	}
	return true
}

// criteriaIn reports whether the cells of a column name benefits and costs: what is compared stands in the
// columns then.
func (t *table) criteriaIn(name *column) bool {
	known := 0
	for _, cell := range t.cells(name) {
		if h := parseHeading([]string{cell.String()}); h.sided || meaningOf(h.label).exact {
			known++
		}
	}
	return known >= 2 && known*2 >= len(t.rows)
}

// before reports whether a column stands left of all that is rated.
func (t *table) before(name *column) bool {
	for _, c := range t.columns {
		if c.role == dataset.ColumnRating && c.col < name.col {
			return false
		}
	}
	return true
}

func (t *table) firstText() *column {
	if len(t.columns) > 0 && t.columns[0].stats.textual() && t.columns[0].role == "" {
		return t.columns[0]
	}
	return nil
}

// ownOffer reports whether one of the names is ours: as --own says, or by its own words.
func (t *table) ownOffer(name *column, o Options) bool {
	for _, row := range t.rows {
		f := fold(t.grid.At(row, name.col).String())
		if f != "" && (ownWords[f] || f == fold(o.Own)) {
			return true
		}
	}
	return t.about[rowWeight] > 0 && name.head.text() == ""
}

// takeCriteria takes the numbers of a comparison of offers that no word explains, where something says that
// it is one: a row of weights, a header over the criteria, the sheet's name, or known benefits and costs.
func (t *table) takeCriteria() {
	evident := t.about[rowWeight] > 0 || t.about[rowImportance] > 0 || t.count(dataset.ColumnRating) >= 2 || hasWord(fold(t.grid.Sheet), comparisonWords)
	for _, c := range t.columns {
		evident = evident || oneOf(c.head.upper, criteriaWords)
	}
	if !evident {
		return
	}
	for _, c := range t.columns {
		if c.role == "" && c.ratingLike() && !t.summary(c) && len(c.roles) == 0 && !t.noRating(c) && !t.leftUnweighted(c) {
			c.role, c.why, c.guess = dataset.ColumnRating, whyCriterion, true
		}
	}
}

// leftUnweighted reports whether a column has no weight though most that could be criteria have one: it is then no criterion, but
// something counted.
func (t *table) leftUnweighted(c *column) bool {
	if t.about[rowWeight] == 0 || ParseNumber(t.aboutText(rowWeight, c)).ok() {
		return false
	}
	weighted, bare := 0, 0
	for _, other := range t.columns {
		switch {
		case !other.ratingLike() || t.summary(other):
		case ParseNumber(t.aboutText(rowWeight, other)).ok():
			weighted++
		default:
			bare++
		}
	}
	return weighted >= 2 && weighted > bare
}
