package workbook

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// family returns the tables that hold the same as a table on sheets of their own, itself included, in the order of the workbook: those of
// its role with the same headers. It has one member where there are no others.
func (b *builder) family(main *table) []*table {
	if main == nil {
		return nil
	}
	sheets := map[string]bool{}
	var members []*table
	for _, t := range b.with(main.role) {
		if t == main || t.sameHeaders(main) && !sheets[t.grid.Sheet] && t.grid.Sheet != main.grid.Sheet {
			members = append(members, t)
			sheets[t.grid.Sheet] = true
		}
	}
	return members
}

// sameHeaders reports whether four in five of the headers of two tables are the same.
func (t *table) sameHeaders(other *table) bool {
	mine, theirs, both := t.headerSet(), other.headerSet(), 0
	for h := range mine {
		if theirs[h] {
			both++
		}
	}
	return both > 1 && both*5 >= max(len(mine), len(theirs))*4
}

func (t *table) headerSet() set {
	headers := set{}
	for _, c := range t.columns {
		if f := fold(c.head.text()); f != "" {
			headers[f] = true
		}
	}
	return headers
}

// joinPeriods keeps the tables of a family of ratings whose sheets are called after periods, such as 2024 and 2025: each is read as that
// period. It reports whether they are.
func (b *builder) joinPeriods(members []*table) bool {
	if len(members) < 2 || b.options.Sheet != "" {
		return false
	}
	for _, t := range members {
		if t.column(dataset.ColumnPeriod) != nil {
			return false
		}
	}
	periods := periodsOf(members)
	for i, t := range members {
		if periods != nil {
			t.period = periods[i]
		}
	}
	return periods != nil
}

// joinPurchases keeps the lists of purchases with the same columns on several sheets, and takes rows that stand on two of them once.
func (b *builder) joinPurchases(main *table) map[*table]bool {
	members := b.family(main)
	kept := map[*table]bool{main: true}
	for _, t := range members {
		if t.grid.Sheet == b.options.Sheet {
			return map[*table]bool{t: true}
		}
	}
	for _, t := range members {
		kept[t] = true
	}
	return kept
}

// datePurchases takes lists of customers with amounts, one sheet a period, for purchases: the sheet's name says when.
func (b *builder) datePurchases() {
	var priced []*table
	for _, t := range b.with(dataset.TableCustomers) {
		if t.column(dataset.ColumnRevenue) != nil && t.column(dataset.ColumnDate) == nil {
			priced = append(priced, t)
		}
	}
	if len(priced) < 2 || len(b.with(dataset.TableTransactions)) > 0 {
		return
	}
	members := b.family(priced[0])
	periods := periodsOf(members)
	n := 0
	for i, t := range members {
		if periods == nil || periodEnd(periods[i]).IsZero() || t.column(dataset.ColumnRevenue) == nil {
			return
		}
		n += len(t.rows)
	}
	if len(members) < 2 {
		return
	}
	var sheets []string
	for i, t := range members {
		t.role, t.period = dataset.TableTransactions, periods[i]
		sheets = append(sheets, t.grid.Sheet)
	}
	b.found.findings = append(b.found.findings, dataset.Finding{
		Code: codeDateOfSheet, Severity: dataset.Warning, Ref: dataset.Ref{Sheet: sheets[0]}, Args: []dataset.Quantity{dataset.N(n), named(sheets)},
	})
}

// sheetDates returns the last day of the period of the sheet for every row.
func (t *table) sheetDates() []time.Time {
	dates := make([]time.Time, len(t.rows))
	for i := range dates {
		dates[i] = periodEnd(t.period)
	}
	return dates
}

// leaveEarlier leaves out the sheets of a family of periods other than the one to read: that of the period, or the latest before it.
func (b *builder) leaveEarlier(others map[string]int) int {
	latest, rows := "", 0
	for _, t := range b.tables {
		if t.period != "" && rated(t.role) && t.period <= b.d.Period && t.period > latest {
			latest = t.period
		}
	}
	for _, t := range b.tables {
		if t.period == "" || !rated(t.role) || t.period == latest {
			continue
		}
		for _, row := range t.rows {
			t.skip(row, skipPeriod)
		}
		others[t.period] += len(t.rows)
		rows += len(t.rows)
		t.rows, t.left = nil, true
	}
	return rows
}

// dropOverlap takes rows of purchases that stand on several sheets once, as they are the same purchases: where the rows have dates and
// are the same in every cell. Rows that are the same on one sheet stay.
func (b *builder) dropOverlap() {
	lists := b.with(dataset.TableTransactions)
	if len(lists) < 2 {
		return
	}
	most := map[uint64]int{}
	n, first := 0, dataset.Ref{}
	var sheets []string
	for _, t := range lists {
		if t.column(dataset.ColumnDate) == nil {
			continue
		}
		here, dropped := map[uint64]int{}, 0
		var rows []int
		for _, row := range t.rows {
			h := t.rowHash(row)
			here[h]++
			if here[h] > most[h] {
				rows = append(rows, row)
				continue
			}
			t.skip(row, skipDuplicate)
			first = firstRef(first, t.grid.Ref(row, t.idCol()))
			dropped++
		}
		for h, count := range here {
			most[h] = max(most[h], count)
		}
		t.rows = rows
		if n += dropped; dropped > 0 {
			sheets = append(sheets, t.grid.Sheet)
		}
	}
	if n > 0 {
		b.found.findings = append(b.found.findings, dataset.Finding{
			Code: codeOverlap, Severity: dataset.Warning, Ref: first, Count: n, Args: []dataset.Quantity{dataset.N(n), named(sheets)},
		})
	}
}

// rowHash returns a number that rows with the same cells under the same headers share.
func (t *table) rowHash(row int) uint64 {
	total := uint64(0)
	r := t.grid.Row(row)
	for _, c := range t.columns {
		cell := r.At(c.col)
		if cell.IsEmpty() || c.role == roleNumber {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(fold(c.head.text()) + "\x00" + strings.TrimSpace(cell.String())))
		total += h.Sum64() // the order of columns does not matter
	}
	return total
}

var (
	sheetWordPattern = regexp.MustCompile(`[\pL\pN]+`)
	titleYearPattern = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
)

// waveWords come before the number of a survey.
var waveWords = setOf(words("wave,round,survey,period,run,welle,runde,befragung,vague,periode,oleada,periodo,ronda,ondata,onda,rodada,golf,meting,fala,runda,调查,第"))

// periodsOf returns the periods after which the sheets of tables are called, in their sorting form, each another one; nil when they
// are not.
func periodsOf(members []*table) []string {
	names := make([][]string, len(members))
	for i, t := range members {
		names[i] = sheetWordPattern.FindAllString(t.grid.Sheet, -1)
	}
	prefix := trimCommon(names)
	periods := make([]string, len(members))
	seen := map[string]bool{}
	width := 0
	for i := range names {
		width = max(width, len(strings.Join(names[i], " ")))
	}
	for i, t := range members {
		for len(names[i]) == 1 && allDigits(names[i][0]) && len(names[i][0]) < width && width < 4 {
			names[i][0] = "0" + names[i][0] // so that 10 comes after 9
		}
		periods[i] = periodNamed(strings.Join(names[i], " "), prefix, t)
		if periods[i] == "" || seen[periods[i]] {
			return nil
		}
		seen[periods[i]] = true
	}
	return periods
}

// trimCommon takes the words with which all names begin or end out of them, and returns the last of those at the beginning. Years and months
// stay, and at least one word of each.
func trimCommon(names [][]string) string {
	prefix := ""
	common := func(at func(words []string) string) (string, bool) {
		word := ""
		for i, words := range names {
			if len(words) < 2 || i > 0 && fold(at(words)) != fold(word) || monthNamed(at(words)) > 0 || allDigits(at(words)) {
				return "", false
			}
			word = at(words)
		}
		return word, true
	}
	for {
		word, ok := common(func(words []string) string { return words[0] })
		if !ok {
			break
		}
		prefix = word
		for i := range names {
			names[i] = names[i][1:]
		}
	}
	for {
		_, ok := common(func(words []string) string { return words[len(words)-1] })
		if !ok {
			return prefix
		}
		for i := range names {
			names[i] = names[i][:len(names[i])-1]
		}
	}
}

// periodNamed reads what is left of a sheet's name as a period: a year, a quarter, a month with its year or that of the title above
// the table, or the number of a survey.
func periodNamed(name, prefix string, t *table) string {
	name = strings.TrimPrefix(strings.ToUpper(name), "FY")
	p := parsePeriod(grid.Cell{Kind: grid.Text, Text: strings.TrimSpace(name)})
	if !periodEnd(p).IsZero() {
		return p
	}
	if n, err := strconv.Atoi(name); err == nil && n > 0 && n < 1000 && waveWords[fold(prefix)] {
		return prefix + " " + name
	}
	month := monthNamed(name)
	if month == 0 {
		return ""
	}
	if year := t.titleYear(); year != "" {
		return yearMonth(year, strconv.Itoa(month))
	}
	return fmt.Sprintf("%02d %s", month, strings.TrimSpace(t.grid.Sheet))
}

// monthNames are the names of months in full where they are longer than four letters.
var monthNames = setOf(words("january,february,march,april,august,september,october,november,december,januar,februar,oktober,dezember,janvier,fevrier,avril,juillet,septembre,octobre,novembre,decembre," +
	"enero,febrero,marzo,abril,junio,julio,agosto,septiembre,setiembre,octubre,noviembre,diciembre,gennaio,febbraio,aprile,maggio,giugno,luglio,settembre,ottobre,dicembre," +
	"janeiro,fevereiro,marco,maio,junho,julho,setembro,outubro,novembro,dezembro,januari,februari,maart,augustus,styczen,marzec,kwiecien,czerwiec,lipiec,sierpien,wrzesien,pazdziernik,listopad,grudzien,augusti"))

var monthSignPattern = regexp.MustCompile(`^(1[0-2]|0?[1-9])月$`)

// monthNamed returns the number of the month that a text is the name of, in full, in up to four letters or as "3月"; else 0.
func monthNamed(text string) int {
	if m := monthSignPattern.FindStringSubmatch(text); m != nil {
		month, _ := strconv.Atoi(m[1])
		return month
	}
	if f := fold(text); len(f) > 4 && !monthNames[f] {
		return 0
	}
	return monthOf(text)
}

// titleYear returns the only year in the texts above the header, "" without one.
func (t *table) titleYear() string {
	years := map[string]bool{}
	for _, r := range t.grid.All() {
		if r.Number >= t.headers[0] {
			break
		}
		for cell := range r.Cells() {
			for _, year := range titleYearPattern.FindAllString(cell.String(), -1) {
				years[year] = true
			}
		}
	}
	var all []string
	for year := range years {
		all = append(all, year)
	}
	sort.Strings(all)
	if len(all) == 1 {
		return all[0]
	}
	return ""
}
