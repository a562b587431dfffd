package pdf

import (
	"path"
	"strconv"
	"strings"

	"valuebook/charts"
	"valuebook/report/dataset"
)

// furnish adds head and foot to a page.
func (l *layout) furnish(p *Page, of int) {
	small := l.quiet(l.small)
	if p.Number > 1 {
		title := lineBox(RoleFurniture, l.title(l.report.Title), margin, 11, l.span(7), small)
		period := lineBox(RoleFurniture, l.periodOrFile(), l.column(7), 11, l.span(5), small.right())
		head := []Box{title, period, ruleBox(margin, 15.4, l.width(), 0.15, l.theme.Charts.Rule)}
		p.Boxes = append(head, p.Boxes...)
	}
	l.foot(p, p.Number, of)
}

// foot adds the foot to a page: whose report, what data, which page.
func (l *layout) foot(p *Page, number, of int) {
	small := l.quiet(l.small)
	y := l.paper.height - 12
	left := join(shortName(l.company()), l.file(), l.text.plain(l.theme.Footer))
	right := join(l.asOf(), l.inputHash(), l.term("pdf.page", strconv.Itoa(number), strconv.Itoa(of)))
	p.Boxes = append(p.Boxes, ruleBox(margin, y-1.6, l.width(), 0.15, l.theme.Charts.Rule),
		lineBox(RoleFurniture, left, margin, y, l.span(5), small),
		lineBox(RoleFurniture, right, l.column(5), y, l.span(7), small.right()))
}

// join joins the parts that say something.
func join(parts ...string) string {
	var given []string
	for _, p := range parts {
		if p != "" {
			given = append(given, p)
		}
	}
	return strings.Join(given, " · ")
}

func (l *layout) company() string {
	if l.report.Company != "" {
		return l.text.plain(l.report.Company)
	}
	return l.text.plain(l.theme.Company)
}

// shortName cuts a very long name.
func shortName(name string) string { return charts.Shorten(name) }

// file returns the name of the workbook, "" where it is unknown.
func (l *layout) file() string {
	if l.report.Dataset == nil || l.report.Dataset.Receipt.File == "" {
		return ""
	}
	return shortName(l.text.plain(path.Base(strings.ReplaceAll(l.report.Dataset.Receipt.File, "\\", "/"))))
}

// periodOrFile says what the report is about: its month, else its workbook.
func (l *layout) periodOrFile() string {
	if period := l.period(); period != "" {
		return period
	}
	if span := l.spanOfPurchases(); span != "" {
		return span
	}
	return l.file()
}

// spanOfPurchases writes from when to when the purchases go that a report
// without a month rests on, "" without any.
func (l *layout) spanOfPurchases() string {
	r := l.report.Results
	if r == nil || r.Value != nil || r.Purchases == nil || r.Purchases.Total.First.IsZero() {
		return ""
	}
	return l.say(dataset.Msg("pdf.span", dataset.DayOf(r.Purchases.Total.First), dataset.DayOf(r.Purchases.Total.Last)))
}

// period writes the report's month in words.
func (l *layout) period() string {
	return l.text.plain(l.words.Quantity(dataset.MonthOf(l.report.Period)))
}

// asOf writes the date of the data, "" where it is unknown.
func (l *layout) asOf() string {
	if l.report.AsOf.IsZero() {
		return ""
	}
	return l.say(dataset.Msg("pdf.as-of", dataset.DayOf(l.report.AsOf)))
}

// inputHash names the input by the beginning of its hash.
func (l *layout) inputHash() string {
	if l.report.Dataset == nil || len(l.report.Dataset.Receipt.SHA256) < 8 {
		return ""
	}
	return l.term("pdf.input", l.report.Dataset.Receipt.SHA256[:8])
}
