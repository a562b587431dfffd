package wording

import (
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
)

// day writes a date with the name of its month, in the order of the language,
// or of the country where that has its own. What is no date, and a language
// without names of months, leave it as it is.
func (w *Writer) day(text string) string {
	if text == "" {
		return missing
	}
	t, err := time.Parse(time.DateOnly, text)
	code := "date"
	if w.locale.date == monthFirst && w.Has("date.month-first") {
		code = "date.month-first"
	}
	name := w.monthName(t, "period.", "")
	if err != nil || name == "" || !w.Has(code) {
		return text
	}
	return w.Text(dataset.Msg(code, dataset.Str(strconv.Itoa(t.Day())), dataset.Str(name), dataset.Str(strconv.Itoa(t.Year()))))
}

// month writes a month and its year; prefix begins the codes of the names.
func (w *Writer) month(text, prefix string) string {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return text
	}
	if name := w.monthName(t, prefix, strconv.Itoa(t.Year())); name != "" {
		return name
	}
	return text
}

// monthName writes the name of a month with a year, which may be "".
func (w *Writer) monthName(t time.Time, prefix, year string) string {
	code := prefix + strconv.Itoa(int(t.Month()))
	if !w.Has(code) {
		return ""
	}
	return strings.TrimSpace(w.Text(dataset.Msg(code, dataset.Str(year))))
}
