package workbook

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

var (
	yearMonthPattern = regexp.MustCompile(`^((?:19|20)\d\d)[-/. 年]?\s*(0?[1-9]|1[0-2])(?:[-/. 月]\s*\d{0,2})?日?$`)
	monthYearPattern = regexp.MustCompile(`^(0?[1-9]|1[0-2])[-/. ]((?:19|20)\d\d)$`)
	quarterPattern   = regexp.MustCompile(`(?i)^(?:((?:19|20)\d\d)[-/. ]*[qt]([1-4])|[qt]([1-4])[-/. ]*((?:19|20)\d\d))$`)
	yearPattern      = regexp.MustCompile(`^((?:19|20)\d\d)年?$`)
	wordPattern      = regexp.MustCompile(`^(\pL+)\.?[-/. ']*((?:19|20)?\d\d)$`)
)

// monthWords are the first letters of months, folded, by language.
var monthWords = map[string]int{
	"jan": 1, "ene": 1, "gen": 1, "janv": 1, "sty": 1, "feb": 2, "fev": 2, "fevr": 2, "lut": 2, "mar": 3, "marz": 3, "maerz": 3, "mrt": 3, "maa": 3, "mars": 3,
	"apr": 4, "abr": 4, "avr": 4, "avril": 4, "kwi": 4, "may": 5, "mai": 5, "maj": 5, "mag": 5, "mei": 5, "jun": 6, "juin": 6, "giu": 6, "cze": 6,
	"jul": 7, "juil": 7, "lug": 7, "lip": 7, "aug": 8, "ago": 8, "aout": 8, "sie": 8, "sep": 9, "sept": 9, "set": 9, "wrz": 9,
	"oct": 10, "okt": 10, "ott": 10, "out": 10, "paz": 10, "nov": 11, "lis": 11, "dec": 12, "dez": 12, "dic": 12, "gru": 12,
}

// parsePeriod returns a period in its sorting form: "2026-10", "2026-Q3", "2026"; a text that is none of
// these stays as it is, such as "Wave 2".
func parsePeriod(cell grid.Cell) string {
	if cell.Kind == grid.Date {
		return grid.SerialTime(cell.Num).Format("2006-01")
	}
	text := strings.TrimSpace(plainText(cell.String()))
	if m := yearMonthPattern.FindStringSubmatch(text); m != nil {
		return yearMonth(m[1], m[2])
	}
	if m := monthYearPattern.FindStringSubmatch(text); m != nil {
		return yearMonth(m[2], m[1])
	}
	if m := quarterPattern.FindStringSubmatch(text); m != nil {
		return m[1] + m[4] + "-Q" + m[2] + m[3]
	}
	if m := yearPattern.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	if m := wordPattern.FindStringSubmatch(text); m != nil {
		if month := monthOf(m[1]); month > 0 {
			year := m[2]
			if len(year) == 2 {
				year = "20" + year
			}
			return yearMonth(year, strconv.Itoa(month))
		}
	}
	return text
}

func yearMonth(year, month string) string {
	n, _ := strconv.Atoi(month)
	return fmt.Sprintf("%s-%02d", year, n)
}

// monthOf returns the number of a month by its name or its first letters, 0 for another word.
func monthOf(word string) int {
	f := fold(word)
	for n := min(len(f), 5); n >= 3; n-- {
		if month := monthWords[f[:n]]; month > 0 {
			return month
		}
	}
	return 0
}

// afterDate reports whether a period ends after the month of a date; one that is no date never does.
func afterDate(period string, asOf time.Time) bool {
	if asOf.IsZero() || len(period) < 4 || !allDigits(period[:4]) {
		return false
	}
	limit := asOf.Format("2006-01")
	if len(period) == 7 && period[5] == 'Q' {
		period = fmt.Sprintf("%s-%02d", period[:4], 3*int(period[6]-'0')-2)
	}
	return period > limit[:min(len(limit), len(period))]
}

// periodEnd returns the last day of a period in its sorting form, zero when it is no date.
func periodEnd(period string) time.Time {
	if len(period) < 4 || !allDigits(period[:4]) {
		return time.Time{}
	}
	year, _ := strconv.Atoi(period[:4])
	month := 0
	switch {
	case len(period) == 4:
		month = 12
	case len(period) == 7 && period[4:6] == "-Q" && allDigits(period[6:]):
		month = 3 * int(period[6]-'0')
	case len(period) == 7 && period[4] == '-' && allDigits(period[5:]):
		month, _ = strconv.Atoi(period[5:])
	}
	if year == 0 || month < 1 || month > 12 {
		return time.Time{}
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
}

// PeriodEnd returns the last day of a period in its sorting form, such as
// "2026-10", "2026-Q3" or "2026"; the zero time of one that is no date.
func PeriodEnd(period string) time.Time { return periodEnd(period) }

// beforeAll sorts before every period.
const beforeAll = "\x00"

// choosePeriod finds the periods of all tables, takes the one that is wanted or the latest, and leaves only
// its rows.
func (b *builder) choosePeriod() {
	all := set{}
	for _, t := range b.with(dataset.TableRatings, dataset.TableWide) {
		for p := range t.periods() {
			all[p] = true
		}
	}
	if len(all) == 0 {
		for _, t := range b.with(dataset.TableMatch, dataset.TableValueScore, dataset.TableOverall) {
			for p := range t.periods() {
				all[p] = true
			}
		}
	}
	for p := range all {
		b.d.Periods = append(b.d.Periods, p)
	}
	sort.Strings(b.d.Periods)
	for _, p := range b.d.Periods {
		if !afterDate(p, b.options.AsOf) {
			b.d.Period = p
		}
	}
	if wanted := b.options.Period; wanted != "" {
		b.d.Period = parsePeriod(grid.Cell{Kind: grid.Text, Text: wanted})
		if len(all) > 0 && !all[b.d.Period] {
			b.found.add(codePeriodNotFound, dataset.Stop, dataset.Ref{}, dataset.Str(wanted), dataset.List(b.d.Periods...))
		}
	}
	if b.options.Period != "" && len(all) == 0 && len(b.with(dataset.TableWide, dataset.TableRatings, dataset.TableOffers)) > 0 {
		b.found.add(codePeriodsNone, dataset.Note, dataset.Ref{}, dataset.Str(b.options.Period))
	}
	if len(all) > 0 && b.d.Period == "" {
		b.found.add(codePeriodLate, dataset.Stop, dataset.Ref{}, dataset.Str(b.options.AsOf.Format(time.DateOnly)), dataset.Str(b.d.Periods[0]))
		b.leaveEarlier(map[string]int{})
		for _, t := range b.tables {
			t.keepPeriod(beforeAll, map[string]int{})
		}
		return
	}
	b.leaveOthers()
}

// leaveOthers leaves only the rows of the chosen period in every table, and says how many of which periods it took out.
func (b *builder) leaveOthers() {
	others := map[string]int{}
	rows := b.leaveEarlier(others)
	for _, t := range b.tables {
		rows += t.keepPeriod(b.d.Period, others)
	}
	if rows == 0 {
		return
	}
	names := make([]string, 0, len(others))
	for p := range others {
		names = append(names, p)
	}
	sort.Strings(names)
	b.found.findings = append(b.found.findings, dataset.Finding{
		Code: codePeriodOthers, Severity: dataset.Note,
		Args: []dataset.Quantity{dataset.N(rows), named(names), dataset.Str(b.d.Period)},
	})
}

// periods returns the periods that stand in the table.
func (t *table) periods() set {
	periods := set{}
	if t.period != "" {
		periods[t.period] = true
		return periods
	}
	if t.sideBySide != nil {
		return t.sideBySide
	}
	c := t.column(dataset.ColumnPeriod)
	if c == nil {
		if len(t.titles()) > 1 {
			return t.titles()
		}
		return periods
	}
	for _, cell := range t.cells(c) {
		if !cell.IsEmpty() && cell.Kind != grid.ErrorValue {
			periods[parsePeriod(cell)] = true
		}
	}
	return periods
}

// titles returns the periods over the blocks of a table.
func (t *table) titles() set {
	periods := set{}
	for _, p := range t.blocks {
		periods[p] = true
	}
	return periods
}

// periodOf returns the period of a row, and whether it has one.
func (t *table) periodOf(row int, c *column) (period string, given bool) {
	if c == nil {
		return t.blocks[row], true
	}
	cell := t.grid.At(row, c.col)
	return parsePeriod(cell), !cell.IsEmpty()
}

// keepPeriod leaves only the rows of a period, or of the latest one up to it where the table does not have
// it; rows without a period stay. It returns how many rows it took out.
func (t *table) keepPeriod(period string, others map[string]int) int {
	c := t.column(dataset.ColumnPeriod)
	if c == nil && len(t.titles()) < 2 || t.role == dataset.TableTransactions || period == "" {
		return 0
	}
	latest := ""
	for p := range t.periods() {
		if p <= period && p > latest {
			latest = p
		}
	}
	var rows []int
	for _, row := range t.rows {
		p, given := t.periodOf(row, c)
		if !given || p == latest {
			rows = append(rows, row)
			continue
		}
		t.skip(row, skipPeriod)
		others[p]++
	}
	dropped := len(t.rows) - len(rows)
	t.rows = rows
	return dropped
}
