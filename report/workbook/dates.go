package workbook

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

var (
	isoDatePattern  = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$`)
	numDatePattern  = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{2}|\d{4})(?:[ ,].*)?$`)
	wordDatePattern = regexp.MustCompile(`^(\d{1,2})\.?[- ]*(?:de )?(\pL+)\.?[- ]*(?:de )?,?(\d{4})$`)
	englishPattern  = regexp.MustCompile(`^(\pL+)\.? (\d{1,2}),? (\d{4})$`)
	compactPattern  = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)$`)
)

// A dated is one text as a date: with the day first and with the month first; zero where it is none.
type dated struct{ dayFirst, monthFirst time.Time }

// parseDate reads a text as a date.
func parseDate(text string) dated {
	text = strings.TrimSpace(plainText(text))
	if len(text) > 40 {
		return dated{}
	}
	if m := isoDatePattern.FindStringSubmatch(text); m != nil {
		return both(dayOf(m[1], m[2], m[3]))
	}
	if m := compactPattern.FindStringSubmatch(text); m != nil {
		return both(dayOf(m[1], m[2], m[3]))
	}
	if m := numDatePattern.FindStringSubmatch(text); m != nil {
		year := m[4]
		if len(year) == 2 {
			year = "20" + year
		}
		if m[2] == "." { // only written with the day first
			return both(dayOf(year, m[3], m[1]))
		}
		return dated{dayOf(year, m[3], m[1]), dayOf(year, m[1], m[3])}
	}
	if m := wordDatePattern.FindStringSubmatch(text); m != nil {
		return both(dayOf(m[3], strconv.Itoa(monthOf(m[2])), m[1]))
	}
	if m := englishPattern.FindStringSubmatch(text); m != nil {
		return both(dayOf(m[3], strconv.Itoa(monthOf(m[1])), m[2]))
	}
	return dated{}
}

func both(t time.Time) dated { return dated{t, t} }

// dayOf returns a date, zero when there is no such day.
func dayOf(year, month, day string) time.Time {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return time.Time{}
	}
	return t
}

// dates reads the cells of a column as dates, zero for what is missing or not readable. The order of day and
// month is decided from all texts; where both fit every one, none of the doubtful is used and the reader is asked.
func (b *builder) dates(t *table, cells []grid.Cell, c *column, ref func(i int) dataset.Ref) []time.Time {
	out := make([]time.Time, len(cells))
	days, months := 0, 0
	parsed := make([]dated, len(cells))
	for i, cell := range cells {
		if cell.Kind != grid.Text {
			continue
		}
		parsed[i] = parseDate(cell.Text)
		if parsed[i].monthFirst.IsZero() && !parsed[i].dayFirst.IsZero() {
			days++
		}
		if parsed[i].dayFirst.IsZero() && !parsed[i].monthFirst.IsZero() {
			months++
		}
	}
	switch b.options.DateOrder {
	case DayFirst:
		days, months = 1, 0
	case MonthFirst:
		days, months = 0, 1
	}
	for i, cell := range cells {
		code := ""
		out[i], code = oneDate(cell, parsed[i], days, months)
		if code != "" {
			t.rejected++
			b.found.cell(code, dataset.Error, ref(i), cell.String(), dataset.Str(c.head.text()))
		}
	}
	return out
}

func oneDate(cell grid.Cell, d dated, days, months int) (date time.Time, code string) {
	switch cell.Kind {
	case grid.Empty:
		return time.Time{}, ""
	case grid.Date:
		date = grid.SerialTime(cell.Num)
	case grid.Number:
		if cell.Plain {
			date = parseDate(cell.Text).dayFirst
		} else if cell.Num > 10000 && cell.Num < 80000 {
			date = grid.SerialTime(cell.Num)
		}
	case grid.Text:
		if missingText(cell.Text) {
			return time.Time{}, ""
		}
		switch {
		case d.dayFirst.Equal(d.monthFirst), d.monthFirst.IsZero(), days > 0 && months == 0 && !d.dayFirst.IsZero():
			date = d.dayFirst
		case d.dayFirst.IsZero(), months > 0 && days == 0:
			date = d.monthFirst
		default:
			return time.Time{}, codeDateAmbiguous
		}
	}
	if date.IsZero() {
		return date, codeDateText
	}
	return date, ""
}
