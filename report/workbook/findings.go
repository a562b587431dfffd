package workbook

import (
	"slices"
	"sort"

	"valuebook/report/dataset"
)

// single is how many cells with one cause in one column are reported one by one.
const single = 20

// fewer is how many of a code are, where one says as much as many.
var fewer = map[string]int{codeDateAmbiguous: 1, codeNumberAmbiguous: 1, codeDatesExchanged: 1, codeCustomerTwice: 3, codeRebuyScale: 3}

// A collector gathers findings and joins those of one cause in one column when
// there are many.
type collector struct {
	findings []dataset.Finding
	groups   map[groupKey][]dataset.Finding
	order    []groupKey
}

type groupKey struct {
	code, sheet string
	col         int
}

// add keeps a finding that is said once.
func (c *collector) add(code string, severity dataset.Severity, ref dataset.Ref, args ...dataset.Quantity) {
	c.findings = append(c.findings, dataset.Finding{Code: code, Severity: severity, Ref: ref, Args: args})
}

// cell keeps a finding about one cell of a column. Of a text that can be read in two ways it says both.
func (c *collector) cell(code string, severity dataset.Severity, ref dataset.Ref, got string, args ...dataset.Quantity) {
	if twoReadings(code) && len(args) > 0 {
		first, second := bothReadings(code, got)
		args = []dataset.Quantity{args[0], dataset.Str(first), dataset.Str(second)}
	}
	key := groupKey{code, ref.Sheet, ref.Col}
	if c.groups == nil {
		c.groups = map[groupKey][]dataset.Finding{}
	}
	if c.groups[key] == nil {
		c.order = append(c.order, key)
	}
	c.groups[key] = append(c.groups[key], dataset.Finding{Code: code, Severity: severity, Ref: ref, Got: shorten(got), Args: args})
}

// all returns the findings, the most severe first, then in the order of sheets
// given, rows and columns. Many cells of one cause become the first of them with their
// count, or the whole column when nearly all its filled cells have it.
func (c *collector) all(sheets []string, filled func(sheet string, col int) int) []dataset.Finding {
	out := append([]dataset.Finding(nil), c.findings...)
	for _, key := range c.order {
		group := c.groups[key]
		if most, few := fewer[key.code]; len(group) <= single && (!few || len(group) <= most) {
			out = append(out, group...)
			continue
		}
		first := group[0]
		first.Count = len(group)
		for _, f := range group {
			first.LastRow = max(first.LastRow, f.Ref.Row)
			first.Rows = append(first.Rows, f.Ref.Row)
		}
		slices.Sort(first.Rows)
		if n := filled(key.sheet, key.col); n > 0 && len(group)*10 >= n*9 {
			first.Ref.Row, first.LastRow = 0, 0
		}
		out = append(out, first)
	}
	place := map[string]int{"": -1}
	for i, sheet := range sheets {
		place[sheet] = i
	}
	sort.SliceStable(out, func(i, k int) bool {
		a, b := out[i], out[k]
		switch {
		case a.Severity != b.Severity:
			return a.Severity > b.Severity
		case a.Ref.Sheet != b.Ref.Sheet:
			return place[a.Ref.Sheet] < place[b.Ref.Sheet]
		case a.Ref.Row != b.Ref.Row:
			return a.Ref.Row < b.Ref.Row
		}
		return a.Ref.Col < b.Ref.Col
	})
	return out
}

// shorten keeps what was found in a cell to a length that can be printed.
func shorten(text string) string { return cutAt(text, 80) }

// cutAt cuts a text to so many letters, and says so.
func cutAt(text string, most int) string {
	runes := 0
	for i := range text {
		if runes == most {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}
