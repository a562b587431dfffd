package workbook

import (
	"math"
	"slices"
	"time"

	"valuebook/report/dataset"
)

// tellsWhoStays reports whether a workbook says who stays a customer and for how long: events in contracts, counts of
// who is left, or when customers began and left.
func (b *builder) tellsWhoStays() bool {
	return len(b.d.Contracts.Date) > 0 || len(b.d.Cohorts.Name) > 0 || anyDay(b.d.Customers.Start) && anyDay(b.d.Customers.Churn)
}

func anyDay(dates []time.Time) bool {
	return slices.ContainsFunc(dates, func(day time.Time) bool { return !day.IsZero() })
}

// staysAt is the sheet that says so.
func (b *builder) staysAt() dataset.Ref {
	switch {
	case len(b.d.Contracts.Date) > 0:
		return dataset.Ref{Sheet: b.d.Contracts.Place.Sheet}
	case len(b.d.Cohorts.Name) > 0:
		return dataset.Ref{Sheet: b.d.Cohorts.Sheet}
	}
	return dataset.Ref{Sheet: b.d.Customers.Place.Sheet}
}

// lastStay is the last day on which a customer is known to have begun, changed or left; zero without any.
func (b *builder) lastStay() time.Time {
	var last time.Time
	for _, dates := range [][]time.Time{b.d.Contracts.Date, b.d.Customers.Start, b.d.Customers.Churn} {
		for _, day := range dates {
			if day.After(last) {
				last = day
			}
		}
	}
	return last
}

// perCent reports whether survivors are per cent without a sign: every cohort begins with 100, and some have a
// fraction, which people have not.
func perCent(cohorts map[string][]survivors) bool {
	fraction := false
	for _, rows := range cohorts {
		first := slices.MinFunc(rows, func(a, b survivors) int { return a.period - b.period })
		if first.period != 0 || first.count != 100 {
			return false
		}
		for _, s := range rows {
			fraction = fraction || s.count != math.Trunc(s.count)
		}
	}
	return fraction
}

// Words of headers that say how long a period of cohorts is.
var (
	yearPeriods    = setOf(words("year,years,y,yr,jahr,jahre,an,annee,annees,ano,anos,anno,anni,jaar,rok,lata,年,年数"))
	quarterPeriods = setOf(words("quarter,quarters,q,quartal,trimestre,kwartaal,kwartal,季度,四半期"))
	monthPeriods   = setOf(words("month,months,m,mo,monat,monate,mois,mes,meses,mese,mesi,maand,miesiac,月,个月,月数,経過月,ヶ月"))
)

// periodMonths returns how many months a period of cohorts has by the header over it, such as "Year 3" or "month"; 0
// where the header does not say.
func periodMonths(header string) int {
	form := headerForm(splitCamel(header))
	for _, unit := range []struct {
		called set
		months int
	}{{yearPeriods, 12}, {quarterPeriods, 3}, {monthPeriods, 1}} {
		if unit.called[form] || unit.called[lettersOf(form)] {
			return unit.months
		}
	}
	return 0
}

// cohortMonths returns how many months a period of a table of cohorts has; 0 where it does not say.
func cohortMonths(t *table) int {
	if age := t.column(dataset.ColumnAge); age != nil {
		return periodMonths(age.head.label)
	}
	if c := t.column(dataset.ColumnSurvivors); c != nil {
		return periodMonths(c.head.label)
	}
	return 0
}

// lettersOf leaves out the digits and signs of a header.
func lettersOf(text string) string {
	var out []rune
	for _, r := range text {
		if r > '9' && r != '_' {
			out = append(out, r)
		}
	}
	return string(out)
}
