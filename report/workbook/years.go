package workbook

import (
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// takeYears finds ratings of several periods side by side: "2025" and "2026" over the same attributes, or "Service 2025" beside
// "Service 2026". The columns of the wanted period are read, or of the latest up to the as-of date; the others are not.
func (t *table) takeYears(o Options) {
	of, rest := map[*column]string{}, map[*column]string{}
	several := map[string]set{}
	for _, c := range t.columns {
		period, label := c.periodOver()
		if period == "" || c.head.role != "" {
			continue
		}
		of[c], rest[c] = period, label
		if several[fold(label)] == nil {
			several[fold(label)] = set{}
		}
		several[fold(label)][period] = true
	}
	all := set{}
	for c, period := range of {
		if len(several[fold(rest[c])]) > 1 {
			all[period] = true
		} else {
			delete(of, c)
		}
	}
	if len(all) < 2 {
		return
	}
	t.sideBySide = all
	wanted := ""
	for p := range all {
		if !afterDate(p, o.AsOf) && p > wanted {
			wanted = p
		}
	}
	if o.Period != "" {
		wanted = parsePeriod(grid.Cell{Kind: grid.Text, Text: o.Period})
	}
	for c, period := range of {
		if c.head.label, c.head.upper = rest[c], ""; period != wanted {
			c.role, c.why = dataset.ColumnUnused, whyPeriod
		}
	}
}

// periodOver returns the period that stands over a column of ratings, or at an end of its header, and the rest of the header.
func (c *column) periodOver() (period, label string) {
	isPeriod := func(text string) string {
		if p := parsePeriod(grid.Cell{Kind: grid.Text, Text: text}); !periodEnd(p).IsZero() {
			return p
		}
		return ""
	}
	if !c.ratingLike() && c.words == nil && !c.stats.textual() {
		return "", ""
	}
	if p := isPeriod(c.head.upper); p != "" {
		return p, c.head.label
	}
	if fields := strings.Fields(c.head.label); len(fields) > 1 {
		first, last := fields[0], fields[len(fields)-1]
		if p := isPeriod(strings.Trim(last, "()[]")); p != "" && meaningOf(beforeFields(c.head.label, 1)).known {
			return p, trimSeparators(beforeFields(c.head.label, 1))
		}
		if p := isPeriod(strings.Trim(first, "()[]:")); p != "" && meaningOf(afterFields(c.head.label, 1)).known {
			return p, trimSeparators(afterFields(c.head.label, 1))
		}
	}
	return "", ""
}
