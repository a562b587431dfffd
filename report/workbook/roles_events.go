package workbook

import (
	"regexp"
	"strconv"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// takesEvents takes the columns of contracts, cohorts, verbatims and activities, and gives the table the role of what it holds.
func (t *table) takesEvents() bool {
	switch {
	case t.isContracts():
		t.role = dataset.TableContracts
	case t.isCohorts():
		t.role = dataset.TableCohorts
	case t.isActivities():
		t.role = dataset.TableActivities
	case t.isVerbatims():
		t.role = dataset.TableVerbatims
	}
	return t.role != ""
}

// isContracts takes a list of events in contracts, one a row, or of contracts with their beginning and end.
func (t *table) isContracts() bool {
	fee := t.event(dataset.ColumnFee, numericColumn)
	event := t.event(dataset.ColumnEvent, textColumn)
	if event == nil && (fee != nil || t.sheetIs("contracts")) {
		event = t.columnOf(dataset.ColumnKind, textColumn)
	}
	start := t.columnOf(roleStart, nil)
	lists := fee != nil && start != nil && t.sheetIs("contracts")
	if !lists && (event == nil || !t.tellsEvents(event)) {
		return false
	}
	customer := t.buyer(true).best // last, for it looks at all rows
	if customer == nil {
		return false
	}
	if event != nil && t.tellsEvents(event) {
		if date := t.contractDate(); date != nil {
			customer.is(dataset.ColumnID)
			event.is(dataset.ColumnEvent)
			date.is(dataset.ColumnDate)
			fee.is(dataset.ColumnFee)
			t.take(dataset.ColumnName)
			return true
		}
	}
	if lists {
		customer.is(dataset.ColumnID)
		start.is(roleStart)
		fee.is(dataset.ColumnFee)
		t.take(roleChurn)
		t.take(dataset.ColumnName)
		return true
	}
	return false
}

// columnOf returns the first free column that may have a role and whose cells fit.
func (t *table) columnOf(role dataset.ColumnRole, fits func(*column) bool) *column {
	if c := t.has(role); c != nil && c.role == "" && (fits == nil || fits(c)) {
		return c
	}
	return nil
}

// contractDate returns the first free column of dates.
func (t *table) contractDate() *column {
	for _, c := range t.columns {
		if form := headerForm(c.head.label); c.role == "" && t.datesIn(c, dateWords.in(form)) && (c.stats.dates > 0 || dateWords.in(form)) {
			return c
		}
	}
	return nil
}

// tellsEvents reports whether most cells of a column name an event in a contract.
func (t *table) tellsEvents(c *column) bool {
	told, all := 0, 0
	for _, row := range t.samples(checkedRows) {
		if text := t.grid.At(row, c.col).String(); text != "" {
			all++
			if contractEvent(text) != "" {
				told++
			}
		}
	}
	return told > 0 && told*2 > all
}

// contractEvent returns the fixed identifier of an event, "" for another word.
func contractEvent(text string) string {
	f := fold(text)
	switch {
	case f == "" || len(f) > 40:
		return ""
	case changeEvents.in(f) && !churnEvents.in(firstWord(f)):
		return dataset.ContractChange
	case churnEvents.in(f):
		return dataset.ContractChurn
	case startEvents.in(f):
		return dataset.ContractStart
	}
	return ""
}

var cohortPeriodPattern = regexp.MustCompile(`^(?:[\pL ]+\s*)?\+?(\d{1,3})(?:\s*[\pL]+)?$`)

// cohortPeriod returns the number of a period in a header such as "3", "Month 3", "M3" or "第3月"; -1 for another.
func cohortPeriod(header string) int {
	f := fold(splitCamel(header))
	for _, word := range []string{"month", "year", "week", "quarter", "period", "monat", "jahr", "woche", "quartal", "periode", "mois", "an", "annee", "semaine", "mes", "ano", "anno", "mese", "maand", "jaar", "miesiac", "rok", "day", "t", "m", "y", "w", "q", "p", "第", "个", "月", "年", "期", "ヶ", "か", "目", "后", "後"} {
		f = strings.ReplaceAll(" "+f+" ", " "+word+" ", " ")
		if word[0] >= 0x80 {
			f = strings.ReplaceAll(f, word, " ")
		}
		f = strings.TrimSpace(f)
	}
	if len(f) > 1 && strings.IndexByte("myqwtp", f[0]) >= 0 && allDigits(f[1:]) {
		f = f[1:]
	}
	if m := cohortPeriodPattern.FindStringSubmatch(f); m != nil && allDigits(f) {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return -1
}

// fewestPeriods is how many columns in a row are numbered when they are the periods of cohorts.
const fewestPeriods = 3

// isCohorts takes a table of survivors: one row per cohort and period, or one row per cohort with a column for each period.
func (t *table) isCohorts() bool {
	cohort := t.event(dataset.ColumnCohort, nil)
	if cohort == nil && t.sheetIs("cohorts") && len(t.columns) > 1 {
		cohort = t.columns[0]
	}
	if cohort == nil || len(t.rows) == 0 {
		return false
	}
	if t.isLongCohorts(cohort) {
		return true
	}
	var periods []*column
	last := -1
	for _, c := range t.columns {
		if n := cohortPeriod(c.head.label); c != cohort && n > last && (c.stats.numeric() || c.stats.empty()) {
			periods = append(periods, c)
			last = n
		}
	}
	if len(periods) < fewestPeriods {
		return false
	}
	cohort.is(dataset.ColumnCohort)
	for _, c := range periods {
		c.is(dataset.ColumnSurvivors)
	}
	for _, c := range t.columns {
		if c.role == "" && c.stats.numeric() && c.stats.whole && c.stats.hi > 1 && cohortSizes[headerForm(c.head.label)] {
			c.is(roleQuantity)
			break
		}
	}
	return true
}

var cohortSizes = setOf(words("size,cohort size,customers,n,users,count,number,total,kunden,anzahl,grosse,clients,taille,clientes,tamano,clienti,dimensione,tamanho,klanten,omvang,klienci,liczba,人数,客户数,顧客数,規模"))

func (t *table) isLongCohorts(cohort *column) bool {
	survivors := t.event(dataset.ColumnSurvivors, numericColumn)
	period := t.columnOf(dataset.ColumnPeriod, nil)
	if period == nil {
		for _, c := range t.columns {
			if form := headerForm(c.head.label); c != cohort && c != survivors && c.stats.numeric() && c.stats.whole && cohortAges[form] {
				period = c
				break
			}
		}
	}
	if survivors == nil || period == nil || !period.stats.numeric() {
		return false
	}
	cohort.is(dataset.ColumnCohort)
	period.is(dataset.ColumnAge)
	survivors.is(dataset.ColumnSurvivors)
	return true
}

var cohortAges = setOf(words("period,age,tenure,month,months,year,years,week,weeks,renewal,renewals,periode,alter,monat,jahr,mois,annee,mes,ano,anno,mese,maand,jaar,miesiac,rok,月,年,期,周期,月数,年数,経過月"))

// isActivities takes the steps of what is done for customers.
func (t *table) isActivities() bool {
	step := t.event(dataset.ColumnStep, textColumn)
	minutes, adds := t.event(dataset.ColumnMinutes, numericColumn), t.event(dataset.ColumnAdds, nil)
	if step == nil || adds == nil && (minutes == nil || !t.sheetIs("activities")) {
		return false
	}
	step.is(dataset.ColumnStep)
	minutes.is(dataset.ColumnMinutes)
	adds.is(dataset.ColumnAdds)
	t.event(dataset.ColumnProcess, nil).is(dataset.ColumnProcess)
	t.takeCost()
	return true
}

// isVerbatims takes what customers say in their own words: texts beside a customer or an attribute, and no ratings.
func (t *table) isVerbatims() bool {
	text := t.verbatimColumn()
	if text == nil {
		return false
	}
	tone := t.event(dataset.ColumnTone, nil)
	attribute := t.columnOf(dataset.ColumnAttribute, nil)
	customer := t.buyer(true).best
	if customer == nil && attribute == nil || tone == nil && attribute == nil && !t.sheetIs("verbatims") {
		return false
	}
	if t.has(dataset.ColumnRating) != nil || t.has(dataset.ColumnRevenue) != nil {
		return false
	}
	for _, c := range t.columns {
		if m := meaningOf(c.head.label); c.head.sided || c.head.role != "" || c != tone && m.exact && c.ratingLike() {
			return false
		}
	}
	text.is(dataset.ColumnText)
	tone.is(dataset.ColumnTone)
	attribute.is(dataset.ColumnAttribute)
	customer.is(dataset.ColumnID)
	t.take(dataset.ColumnDate)
	return true
}

// verbatimColumn returns the column of a table that holds texts in the customers' own words.
func (t *table) verbatimColumn() *column {
	return t.event(dataset.ColumnText, func(c *column) bool {
		for _, row := range t.rows[:min(len(t.rows), checkedRows)] {
			if cell := t.grid.At(row, c.col); cell.Kind == grid.Text && strings.ContainsAny(cell.Text, " 、。，") {
				return true
			}
		}
		return t.sheetIs("verbatims") && c.stats.textual()
	})
}

// cohortHeader reports whether a row is the header over cohorts with a column for each period, such as "Cohort | 0 | 1 | 2": numbers
// are no headers elsewhere.
func cohortHeader(row grid.Row) bool {
	periods, cells, last := 0, 0, -1
	for cell := range row.Cells() {
		cells++
		if cells == 1 {
			if cell.Kind != grid.Text || !eventWords[dataset.ColumnCohort][headerForm(cell.Text)] {
				return false
			}
			continue
		}
		if n := cohortPeriod(cell.String()); n > last {
			last = n
			periods++
		}
	}
	return periods >= fewestPeriods && periods+2 >= cells-1
}
