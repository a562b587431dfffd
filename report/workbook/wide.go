package workbook

import (
	"slices"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// classifyWide gives the columns of a table with one row per customer or offer their roles, and
// the table its own by what it then holds.
func (t *table) classifyWide(known map[string]bool, o Options) {
	for _, c := range t.columns {
		if c.role == dataset.ColumnUnused {
			continue // of another period
		}
		t.takeSideWord(c)
		t.classifyDeclared(c, known)
	}
	t.takeImportance()
	t.takeComponents()
	t.takeMoney()
	t.takeRatings()
	offers := t.isOffers(o)
	if offers {
		t.take(roleOwn)
		t.takeCriteria()
		offers = t.stillOffers()
	}
	if !offers {
		t.takeCustomers()
	}
	t.takeNumbers()
	t.guessRatings()
	t.leaveCoincidences()
	ratings := t.count(dataset.ColumnRating)
	switch {
	case offers && ratings >= 2:
		t.role = dataset.TableOffers
	case ratings > 0 && !offers && (t.column(dataset.ColumnID) != nil || t.isSurvey()):
		t.role = dataset.TableWide
	case t.column(dataset.ColumnID) == nil, t.isListOfTexts(), t.column(dataset.ColumnID).guess && !t.describesCustomers():
		t.role = dataset.TableOther
	case t.count(dataset.ColumnMatch) > 0:
		t.role = dataset.TableMatch
	case t.count(dataset.ColumnValueScore) > 0:
		t.role = dataset.TableValueScore
	case t.column(dataset.ColumnWorth) != nil, t.column(dataset.ColumnRebuy) != nil, t.column(dataset.ColumnRecommend) != nil && t.sheetIs("overall"):
		t.role = dataset.TableOverall
	default:
		t.role = dataset.TableCustomers
	}
	t.takeProfiles()
}

// stillOffers reports whether a table of offers holds something to compare them by; without, a column that names customers makes the
// offers what they bought.
func (t *table) stillOffers() bool {
	customers := t.has(roleCustomer) != nil || t.has(dataset.ColumnID) != nil || t.has(dataset.ColumnName) != nil
	if t.count(dataset.ColumnRating) > 0 || !customers {
		return true
	}
	for _, c := range t.columns {
		if c.role == roleOffer {
			c.role, c.why = "", ""
		}
	}
	return false
}

// count returns how many columns have a role.
func (t *table) count(role dataset.ColumnRole) int {
	n := 0
	for _, c := range t.columns {
		if c.role == role {
			n++
		}
	}
	return n
}

// classifyDeclared takes columns whose header says what they are: a side, one of the scores,
// a supplier, or the name of a declared attribute.
func (t *table) classifyDeclared(c *column, known map[string]bool) {
	_, component, isComponent := componentOf(c.head.label)
	switch {
	case c.head.supplier != "" && c.head.role == "" && c.answers():
		c.role, c.why = dataset.ColumnWorth, whyDeclared
	case c.head.role != "":
		c.role, c.why, c.component = dataset.ColumnUnused, whyUnknownPart, component
		if isComponent {
			c.role, c.why = c.head.role, whyDeclared
		}
	case known[fold(c.head.label)] && !t.isPartOfScore(c):
		c.role, c.why = dataset.ColumnRating, whyAttributes
	case c.head.sided, t.describedAsRating(c):
		c.role, c.why = dataset.ColumnRating, whyDeclared
	case c.head.supplier != "" && c.stats.textual():
		c.role, c.why = dataset.ColumnUnused, whyNotNumbers
	case c.head.supplier != "":
		c.role, c.why = dataset.ColumnRating, whyDeclared
	}
}

// takeSideWord takes "Benefit" or "Cost" as the side of a column though no colon follows it: "Benefit Quality". What follows must be
// of that side by itself, as "Cost savings" are a benefit; so must the values be ratings, as a "Cost price" can be an amount.
func (t *table) takeSideWord(c *column) {
	first, rest, _ := strings.Cut(c.head.label, " ")
	side, ok := sideNamed(first)
	m := meaningOf(rest)
	if !ok || c.head.sided || c.head.role != "" || !m.exact || m.side != side || meaningOf(c.head.label).exact || len(c.roles) > 0 || !c.ratingLike() {
		return
	}
	c.head.side, c.head.sided, c.head.label = side, true, strings.TrimSpace(rest)
}

// describedAsRating reports whether rows under the header give the column a side, or a weight or a scale to a column
// that can be ratings.
func (t *table) describedAsRating(c *column) bool {
	if len(c.roles) > 0 || t.summary(c) {
		return false
	}
	if _, ok := parseSide(t.aboutText(rowSide, c)); ok {
		return true
	}
	_, scaled := t.aboutScale(c)
	weighted := ParseNumber(t.aboutText(rowWeight, c)).ok() || ParseNumber(t.aboutText(rowImportance, c)).ok()
	_, _, component := componentOf(c.head.label)
	return (scaled || weighted) && c.stats.ratable() && !component
}

// isPartOfScore reports whether a column of a sheet of scores is one of their parts, though an
// attribute has the same name: "reputation" is a part of value to the firm and may be a benefit too.
func (t *table) isPartOfScore(c *column) bool {
	role, _, ok := componentOf(c.head.label)
	return ok && (role == dataset.ColumnMatch && t.sheetIs("match") || role == dataset.ColumnValueScore && t.sheetIs("value_score"))
}

// answers reports whether the label is the question whether the offer was worth what was paid.
func (c *column) answers() bool {
	for _, role := range rolesOf(c.head.label) {
		if role == dataset.ColumnWorth {
			return true
		}
	}
	return false
}

// takeComponents takes plain headers such as "Positioning": on a sheet of that role, or when at
// least two parts of the same score stand side by side.
func (t *table) takeComponents() {
	found := map[dataset.ColumnRole]int{}
	for _, c := range t.columns {
		if role, _, ok := componentOf(c.head.label); ok && !c.stats.textual() {
			found[role]++
		}
	}
	for _, c := range t.columns {
		role, id, ok := componentOf(c.head.label)
		if !ok || c.role != "" || c.stats.textual() {
			continue
		}
		if t.isPartOfScore(c) || found[role] >= 2 || id == wholeMatch && (c.head.scale.Bounded() || c.stats.ratable()) {
			c.role, c.component, c.why, c.roles = role, id, whyHeader, nil
		}
	}
}

// states reports whether the answers of a column say how far customers agree with what the header states, or how good or satisfying
// it is, so that it is rated whatever it is called.
func (c *column) states() bool {
	return c.words != nil && c.words.declared && len(strings.Fields(c.head.label)) > 2 && (c.words.group == "agreement" || c.words.group == "satisfaction")
}

// takeRatings takes plain headers that name a benefit or a cost and hold what can be ratings. Unless the
// headers say so, one such column alone is a coincidence, and so is one that never varies.
func (t *table) takeRatings() {
	declared := t.count(dataset.ColumnRating) > 0
	var small, large []*column
	for _, c := range t.columns {
		m := meaningOf(c.head.label)
		if c.role != "" || !m.known && !c.states() || c.pricedIn(m) || !c.stats.ratable() || c.reserved() || t.summary(c) {
			continue
		}
		switch {
		case !m.exact && (c.words != nil && (!c.words.opinion() || !c.words.good && !asks(c.head.text()) && !c.states()) || t.noRating(c) && !c.head.scale.Bounded()): // "Risk level: low" may describe the customer
		case c.ratingLike() && (declared || c.varies()):
			small = append(small, c)
		case m.exact && c.stats.hi > 10 && (declared || c.varies()):
			large = append(large, c)
		}
	}
	if declared || len(small) >= 2 && vary(small) {
		t.takeAll(small)
	}
	if len(large) >= 2 && (declared || vary(large)) {
		t.takeAll(large)
	}
}

func (t *table) takeAll(columns []*column) {
	for _, c := range columns {
		c.role, c.why, c.guess = dataset.ColumnRating, whySynonym, !meaningOf(c.head.label).exact
	}
}

// varies reports whether a column has more than one value, where there are enough rows to tell.
func (c *column) varies() bool { return c.stats.distinct > 1 || c.stats.filled < 8 }

// summary reports whether a column sums up the others: a total, a rank, a weighted score.
func (t *table) summary(c *column) bool {
	return c.sum && len(c.roles) == 0 && !c.head.sided || totalLabel(c.head.label) || oneOf(c.head.label, summaryWords)
}

// ratingLike reports whether the numbers alone look like ratings: within a scale up to ten, and
// few different ones.
func (c *column) ratingLike() bool {
	return c.stats.ratable() && (c.stats.hi <= 10 && c.stats.distinct <= 101 || c.stats.percents > 0)
}

// reserved reports whether the header names something that is no rating.
func (c *column) reserved() bool {
	for _, role := range c.roles {
		switch role {
		case dataset.ColumnSupplier, roleOffer, dataset.ColumnCost:
			continue // "brand" and "product" are benefits too
		}
		return true
	}
	return false
}

// takeCustomers takes what describes the customer.
func (t *table) takeCustomers() {
	id := t.take(dataset.ColumnID)
	if id == nil {
		id = t.take(dataset.ColumnID, roleCustomer)
	}
	if id == nil && t.has(dataset.ColumnName) == nil && t.has(roleCustomer) == nil {
		id = t.takeFullNames()
	}
	t.take(dataset.ColumnName, dataset.ColumnName, roleCustomer)
	if id == nil {
		if name := t.column(dataset.ColumnName); name != nil {
			name.role, name.why = dataset.ColumnID, whyNameAsID
			id = name
		}
	}
	if id == nil {
		if c := t.keyColumn(); c != nil {
			c.role, c.why, c.guess = dataset.ColumnID, whyFirstText, true
		}
	}
	t.take(roleNumber)
	t.take(dataset.ColumnSegment)
	t.take(dataset.ColumnPersona)
	t.take(dataset.ColumnPeriod)
	t.take(dataset.ColumnSupplier)
	if !t.isExport() {
		t.take(roleStart)
		t.take(roleChurn)
	}
}

// keyColumn returns the first column whose values are all different texts, nil without one.
func (t *table) keyColumn() *column {
	for _, c := range t.columns {
		if c.role == "" && c.stats.textual() && !t.holdsDates(c) && c.stats.filled*10 >= len(t.rows)*9 && c.head.upper == "" && t.unique(c) && !t.names(c) {
			return c
		}
	}
	return nil
}

// names reports whether the cells of a column are what is rated: its header says so, or most of them name benefits and costs.
func (t *table) names(c *column) bool {
	for _, role := range rolesOf(c.head.label) {
		if role == dataset.ColumnAttribute {
			return true
		}
	}
	return t.criteriaIn(c)
}

// unique reports whether the cells of a column are all different.
func (t *table) unique(c *column) bool {
	filled, different := t.different(c, func(filled, different int) bool { return filled > different })
	return filled == different
}

// different counts the cells of a column that hold something, and the different texts among them, until it is told to stop.
func (t *table) different(c *column, stop func(filled, different int) bool) (filled, different int) {
	index, cells, before := newHashIndex(0), t.grid.Column(c.col), t.grid.Column(c.col)
	for i, row := range t.rows {
		text := cells.At(row).String()
		if text == "" {
			continue
		}
		filled++
		hash := index.hash(text)
		slot := index.slot(hash, func(place int) bool { return before.At(t.rows[place]).String() == text })
		if index.slots[slot].place == 0 {
			index.put(slot, hash, i)
		}
		if stop(filled, index.count) {
			break
		}
	}
	return filled, index.count
}

// holdsDates reports whether the texts of a column are dates.
func (t *table) holdsDates(c *column) bool {
	cells := t.grid.Column(c.col)
	for _, row := range t.rows {
		if cell := cells.At(row); cell.Kind == grid.Text {
			return parseDate(cell.Text) != dated{}
		}
	}
	return false
}

// takeNumbers takes the columns of amounts and answers beside the ratings.
func (t *table) takeNumbers() {
	for _, c := range t.columns {
		if c.role == "" && t.summary(c) {
			c.role, c.why = dataset.ColumnUnused, whySummary
		}
	}
	t.leaveVague()
	for _, role := range []dataset.ColumnRole{
		dataset.ColumnFirmValue, dataset.ColumnRevenue, dataset.ColumnWorth, dataset.ColumnRebuy,
		dataset.ColumnRecommend, dataset.ColumnWeight, dataset.ColumnDate,
	} {
		t.take(role)
	}
	t.event(dataset.ColumnAcquisition, numericColumn).is(dataset.ColumnAcquisition)
}

// guessRatings takes columns beside known ratings that look like them as benefits, and a price in money
// as an amount: guesses, and marked so.
func (t *table) guessRatings() {
	lo, hi, known, inWords := 0.0, 0.0, 0, false
	for _, c := range t.columns {
		inWords = inWords || c.role == dataset.ColumnRating && c.words != nil
		if c.role == dataset.ColumnRating && c.stats.ratable() {
			if known == 0 || c.stats.lo < lo {
				lo = c.stats.lo
			}
			hi = max(hi, c.stats.hi)
			known++
		}
	}
	if known > 1 || known > 0 && t.saysRatings() {
		t.takePrices(hi)
	}
	if known < 2 {
		return
	}
	for i, c := range t.columns {
		if c.role != "" || c.reserved() || c.head.upper != "" || t.summary(c) || c.words != nil && !(c.words.opinion() && (c.words.good || inWords)) || t.noRating(c) || t.leftUnweighted(c) {
			continue
		}
		if c.ratingLike() && c.stats.lo >= lo && c.stats.hi <= hi && c.stats.distinct > 2 && t.beside(i) {
			c.role, c.why, c.guess = dataset.ColumnRating, whyNeighbour, true
		}
	}
}

// takeMoney takes an amount whose header names a price and a currency, beside something that is named after a benefit and is
// scored, where suppliers or products are compared: the only cost may be one in money.
func (t *table) takeMoney() {
	if t.has(roleOffer) == nil && t.has(dataset.ColumnSupplier) == nil {
		return
	}
	var prices, scores []*column
	for _, c := range t.columns {
		m := meaningOf(c.head.label)
		switch {
		case c.role == dataset.ColumnRating && !c.head.money:
			return // the headers say what is rated
		case c.role != "" || t.summary(c) || !c.stats.numeric() || c.stats.lo < 0:
		case c.pricedIn(m):
			prices = append(prices, c)
		case m.known && m.side == dataset.Benefit && c.stats.ratable() && !c.reserved() && (m.exact || scored(c.head.label)) && c.varies():
			scores = append(scores, c)
		}
	}
	if len(prices) == 0 || len(scores) == 0 {
		return
	}
	for _, c := range prices {
		c.role, c.why = dataset.ColumnRating, whyMoney
	}
	t.takeAll(scores)
}

// pricedIn reports whether the header names a price and its currency.
func (c *column) pricedIn(m meaning) bool {
	return c.head.money && !c.head.scale.Bounded() && m.exact && m.group == dataset.Monetary && !m.down
}

// scored reports whether a label ends in a word for a rating, such as "Quality score".
func scored(label string) bool {
	fields := strings.Fields(label)
	return len(fields) > 1 && slices.Contains(rolesOf(fields[len(fields)-1]), dataset.ColumnRating)
}

// takePrices takes amounts under a word for money, beyond the scale of the ratings, as a price.
func (t *table) takePrices(hi float64) {
	for _, c := range t.columns {
		m := meaningOf(c.head.label)
		if c.role == "" && m.exact && m.group == dataset.Monetary && !m.down && c.stats.numeric() && c.stats.lo >= 0 && (c.stats.hi > max(hi, 10) || c.pricedIn(m)) {
			c.role, c.why, c.guess = dataset.ColumnRating, whyMoney, !c.head.money
		}
	}
}

// beside reports whether the column at an index has a rating next to it.
func (t *table) beside(i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(t.columns) && t.columns[k].role == dataset.ColumnRating {
			return true
		}
	}
	return false
}

// takeProfiles makes the rest profile columns of customers, or unused.
func (t *table) takeProfiles() {
	if t.role == dataset.TableCustomers || t.role == dataset.TableWide {
		if c := t.verbatimColumn(); c != nil && !c.stats.empty() {
			c.is(dataset.ColumnText)
		}
	}
	for _, c := range t.columns {
		if c.role != "" {
			continue
		}
		c.role, c.why = dataset.ColumnUnused, whyUnknown
		if c.stats.empty() {
			c.why = whyEmpty
		} else if (t.role == dataset.TableCustomers || t.role == dataset.TableWide) && c.head.text() != "" {
			c.role, c.why = dataset.ColumnProfile, whyProfile
		}
	}
}
