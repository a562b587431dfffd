package workbook

import (
	"slices"

	"valuebook/report/dataset"
)

// isListOfTexts reports whether nothing but different texts in the first column speaks for
// customers: a list of anything looks like that.
func (t *table) isListOfTexts() bool {
	for _, c := range t.columns {
		if c.role != "" && c.role != dataset.ColumnUnused && !c.guess {
			return false
		}
	}
	return true
}

// describesCustomers reports whether a column says something that only customers have.
func (t *table) describesCustomers() bool {
	for _, role := range []dataset.ColumnRole{
		dataset.ColumnName, dataset.ColumnSegment, dataset.ColumnPersona, dataset.ColumnRevenue, dataset.ColumnFirmValue, dataset.ColumnMatch,
		dataset.ColumnValueScore, dataset.ColumnWorth, dataset.ColumnRebuy, dataset.ColumnRecommend, roleStart, roleChurn,
	} {
		if t.column(role) != nil {
			return true
		}
	}
	return false
}

// smallestSurvey is how many rows of numbers without a name are taken for the answers of as many customers, where no
// header says that the columns are ratings.
const smallestSurvey = 15

// isSurvey reports whether a table without a column of customers holds ratings nevertheless, one customer a row: its
// headers say so, or there are many rows.
func (t *table) isSurvey() bool {
	if len(t.rows) >= smallestSurvey {
		return true
	}
	return t.saysRatings()
}

// saysRatings reports whether the headers of some ratings, or rows and sheets that describe them, say that they are
// ratings; the name of a supplier in a header alone does not.
func (t *table) saysRatings() bool {
	for _, c := range t.columns {
		if c.role == dataset.ColumnRating && (c.head.sided || c.why == whyAttributes || c.why == whyDeclared && c.head.supplier == "") {
			return true
		}
	}
	return false
}

// leaveCoincidences takes the role of ratings from columns of which no header says so, where they are but one attribute, or
// costs alone that nobody is named beside: a list of prices looks like that.
func (t *table) leaveCoincidences() {
	if t.saysRatings() {
		return
	}
	labels, benefits := set{}, 0
	for _, c := range t.columns {
		if c.role == dataset.ColumnRating {
			labels[fold(c.head.label)] = true
			if meaningOf(c.head.label).side == dataset.Benefit {
				benefits++
			}
		}
	}
	named := t.column(dataset.ColumnID) != nil || t.column(roleOffer) != nil
	if len(labels) > 1 && (benefits > 0 || named) {
		return
	}
	for _, c := range t.columns {
		if c.role == dataset.ColumnRating {
			c.role, c.why, c.guess = "", "", false
		}
	}
}

// leaveVague takes the role of revenue from columns whose header names any value or total, such as "Valor", unless they
// hold amounts and nothing else on the sheet is called so.
func (t *table) leaveVague() {
	for _, c := range t.columns {
		if !vagueAmounts[fold(c.head.label)] {
			continue
		}
		again := 0
		for _, other := range t.columns {
			if fold(other.head.label) == fold(c.head.label) {
				again++
			}
		}
		if again == 1 && c.stats.numeric() && c.stats.hi > 100 {
			continue
		}
		c.roles = slices.DeleteFunc(c.roles, func(r dataset.ColumnRole) bool { return r == dataset.ColumnRevenue })
	}
}

// vary reports whether any of the columns has more than one value: numbers that are all the same say nothing of anybody.
func vary(columns []*column) bool {
	for _, c := range columns {
		if c.stats.distinct > 1 || c.stats.filled < 2 {
			return true
		}
	}
	return false
}
