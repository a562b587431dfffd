package workbook

import (
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A dateColumn is a column of dates while its order of day and month is decided.
type dateColumn struct {
	cells        []grid.Cell
	parsed       []dated // of texts
	days, months int     // texts that can only be read with the day, or the month, first
	true_        int     // cells that are stored as dates
	early        int     // of these, with a day up to the 12th
	texts        int
	different    int // of the cells stored as dates, different days of the month, up to 3
	order        string
}

// parseColumn reads all cells and counts what tells the order.
func parseColumn(cells []grid.Cell) *dateColumn {
	d := &dateColumn{cells: cells, parsed: make([]dated, len(cells))}
	days := [32]bool{}
	for i, cell := range cells {
		switch cell.Kind {
		case grid.Text:
			p := parseDate(cell.Text)
			d.parsed[i] = p
			if !p.dayFirst.IsZero() || !p.monthFirst.IsZero() {
				d.texts++
			}
			if p.monthFirst.IsZero() && !p.dayFirst.IsZero() {
				d.days++
			}
			if p.dayFirst.IsZero() && !p.monthFirst.IsZero() {
				d.months++
			}
		case grid.Date:
			t := grid.SerialTime(cell.Num)
			d.true_++
			if t.Day() <= 12 {
				d.early++
			}
			if !days[t.Day()] {
				days[t.Day()] = true
				d.different++
			}
		}
	}
	switch {
	case d.days > 0 && d.months == 0:
		d.order = DayFirst
	case d.months > 0 && d.days == 0:
		d.order = MonthFirst
	}
	return d
}

// fewestExchanged is how many dates with a day up to the 12th, and no other, show that a program exchanged day and month.
const fewestExchanged = 4

// exchanged reports whether a program has read texts such as 03/04/2026 in the wrong order and stored them as dates: what is left
// as text has a day above the 12th, what is stored as a date has none.
func (d *dateColumn) exchanged() bool {
	return d.true_ >= fewestExchanged && d.early == d.true_ && d.different >= 3 && d.texts > 0 && (d.days == d.texts || d.months == d.texts)
}

// dates reads the cells of a column as dates, zero for what is missing or not readable. The order of day and month is given, or
// decided from all texts of the column, then of the table; where both fit every one, none of the doubtful is used and the
// reader is asked. So it is with dates whose day and month seem exchanged.
func (b *builder) dates(t *table, cells []grid.Cell, c *column, ref func(i int) dataset.Ref) []time.Time {
	out := make([]time.Time, len(cells))
	d := parseColumn(cells)
	exchanged := d.exchanged()
	turned := exchanged && b.options.DateOrder == d.order
	asked := exchanged && b.options.DateOrder == ""
	switch {
	case b.options.DateOrder != "":
		d.order = b.options.DateOrder
	case d.order == "" && d.days == 0 && d.texts > 0:
		d.order = b.orderBeside(t, c)
	}
	for i, cell := range cells {
		code := ""
		out[i], code = d.read(i)
		if cell.Kind == grid.Date && code == "" && exchanged {
			switch swapped := exchange(out[i]); {
			case asked:
				out[i], code = time.Time{}, codeDatesExchanged
			case turned && !swapped.IsZero():
				out[i] = swapped
			}
		}
		if code != "" {
			t.rejected++
			b.found.cell(code, dataset.Error, ref(i), cell.String(), dataset.Str(c.head.text()))
		}
	}
	return out
}

// exchange returns a date with its day and month exchanged, zero where there is no such day.
func exchange(t time.Time) time.Time {
	day := calendarDay(t.Year(), t.Day(), int(t.Month()))
	if day.IsZero() {
		return day
	}
	return day.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second)
}

// orderBeside returns the order of day and month that the other columns of dates of a table show, "" when they show none or both.
func (b *builder) orderBeside(t *table, c *column) string {
	days, months := 0, 0
	for _, other := range t.columns {
		if other == c || other.stats.texts == 0 || !t.holdsDates(other) {
			continue
		}
		d := parseColumn(t.cells(other))
		days += d.days
		months += d.months
	}
	switch {
	case days > 0 && months == 0:
		return DayFirst
	case months > 0 && days == 0:
		return MonthFirst
	}
	return ""
}

// read returns the date of one cell, and the code of its problem.
func (d *dateColumn) read(i int) (date time.Time, code string) {
	cell, p := d.cells[i], d.parsed[i]
	switch cell.Kind {
	case grid.Empty:
		return time.Time{}, ""
	case grid.Date:
		date = grid.SerialTime(cell.Num)
	case grid.Number:
		if date = numberDate(cell.Num); date.IsZero() && cell.Plain {
			date = parseDate(cell.Text).dayFirst
		}
	case grid.ErrorValue:
		return time.Time{}, codeCellError
	case grid.Text:
		if missingText(cell.Text) {
			return time.Time{}, ""
		}
		switch {
		case !p.ambiguous() && !p.dayFirst.IsZero(), p.ambiguous() && d.order == DayFirst:
			date = p.dayFirst
		case !p.ambiguous(), d.order == MonthFirst:
			date = p.monthFirst
		default:
			return time.Time{}, codeDateAmbiguous
		}
	}
	if date.IsZero() {
		return date, codeDateText
	}
	return date, ""
}
