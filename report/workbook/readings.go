package workbook

import (
	"time"

	"valuebook/report/workbook/grid"
)

// twoReadings reports whether a code is that of a cell that can be read in two ways.
func twoReadings(code string) bool {
	return code == codeNumberAmbiguous || code == codeDateAmbiguous || code == codeDatesExchanged
}

// bothReadings returns what a cell can mean: with a decimal point and with a decimal comma, or with the day and with the month
// first. Of a date that may be stored with both exchanged it is the date itself and the other one.
func bothReadings(code, got string) (first, second string) {
	switch code {
	case codeNumberAmbiguous:
		r := ParseNumber(got)
		return numberText(r.Point), numberText(r.Comma)
	case codeDatesExchanged:
		day := parseDate(got).dayFirst
		return dayText(day), dayText(exchange(day))
	}
	d := parseDate(got)
	return dayText(d.dayFirst), dayText(d.monthFirst)
}

func dayText(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

func numberText(x float64) string { return grid.Cell{Kind: grid.Number, Num: x}.String() }
