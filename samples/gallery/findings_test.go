package gallery_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/receipt"
	"valuebook/report/workbook"
	"valuebook/samples/gallery"
	"valuebook/samples/golden"
	"valuebook/templates"
)

// An example is one finding as it was reported, and of which case.
type example struct {
	finding dataset.Finding
	where   string
}

// examples are the first finding of every code: of the gallery, then of small texts.
func examples() map[string]example {
	found := map[string]example{}
	note := func(d *dataset.Dataset, where string) {
		for _, f := range d.Findings {
			if _, known := found[f.Code]; !known {
				found[f.Code] = example{f, where}
			}
		}
	}
	for _, c := range gallery.Cases() {
		note(workbook.ReadBytes(c.File, c.Data, workbook.Options{}), fmt.Sprintf("[%s](testdata/%s.txt)", c.Name, c.Name))
	}
	for _, s := range gallery.Sketches() {
		where := strings.ReplaceAll(strings.TrimRight(s.Text, "\n"), "\n", " / ")
		note(workbook.ReadBytes(s.File, s.Data(), optionsOf(s)), "`"+strings.Map(shown, shortened(where))+"`"+given(s))
	}
	return found
}

// FINDINGS.md explains every finding with an example that was really reported.
func TestFindingsPage(t *testing.T) {
	words := writer(t)
	catalogue, err := templates.Catalogue("", nil)
	if err != nil {
		t.Fatal(err)
	}
	found := examples()
	var out strings.Builder
	out.WriteString("# Findings\n\nEvery remark that reading a workbook can make, by its code. `valuebook explain CODE` prints one of them.\n" +
		"This page is written by the tests of this folder (`make golden`) from the catalogue of texts and from what was reported.\n\n" +
		"A *stop* rules the analysis out; after an *error* the analysis goes on without the value; a *warning* is about something that was used; a *note* is worth knowing.\n")
	for _, code := range receipt.Codes(catalogue) {
		e, shown := found[code]
		why, excused := withoutExample[code]
		if shown == excused {
			t.Errorf("%s: an example: %v, a reason why there is none: %v", code, shown, excused)
		}
		fmt.Fprintf(&out, "\n## %s\n\n", code)
		meaning := receipt.Meaning(words, code)
		fmt.Fprintf(&out, "%s.\n\n- Expected: %s.\n- What to do: %s\n", cut(meaning.Problem), cut(meaning.Want), meaning.Fix)
		if shown {
			fmt.Fprintf(&out, "- Severity: %s\n- Example, %s:\n  > %s: %s\n", e.finding.Severity, e.where, e.finding.Place(), receipt.Problem(words, e.finding))
		} else {
			fmt.Fprintf(&out, "- Severity: %s\n- No example here: %s\n", why.severity, why.why)
		}
	}
	golden.Equal(t, "../FINDINGS.md", []byte(out.String()))
	for code := range withoutExample {
		if !slices.Contains(receipt.Codes(catalogue), code) {
			t.Errorf("there is no finding %s", code)
		}
	}
}

// cut takes the full stop off a text that gets one.
func cut(text string) string { return strings.TrimSuffix(text, ".") }

// longest is how many letters of a sketch are shown.
const longest = 200

func shortened(text string) string {
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

// shown replaces what a page cannot show.
func shown(r rune) rune {
	if r < ' ' {
		return '·'
	}
	return r
}

// given says what is given on the command line with a sketch.
func given(s gallery.Sketch) string {
	var flags []string
	for _, flag := range []struct{ name, value string }{
		{"own", s.Own}, {"period", s.Period}, {"as-of", s.AsOf}, {"sheet", s.Sheet}, {"header-row", strings.Trim(fmt.Sprint(s.HeaderRow), "0")},
	} {
		if flag.value != "" {
			flags = append(flags, "--"+flag.name+" "+flag.value)
		}
	}
	if s.MappedSheet != "" {
		flags = append(flags, strings.TrimSpace("a mapping of the sheet "+s.MappedSheet+" "+s.MappedRole+s.MappedColumn))
	}
	if len(flags) == 0 {
		return ""
	}
	return " with `" + strings.Join(flags, " ") + "`"
}

func optionsOf(s gallery.Sketch) workbook.Options {
	o := workbook.Options{Own: s.Own, Period: s.Period, Sheet: s.Sheet, HeaderRow: s.HeaderRow}
	if s.AsOf != "" {
		o.AsOf, _ = time.Parse(time.DateOnly, s.AsOf)
	}
	if s.MappedSheet != "" {
		t := dataset.MappedTable{Sheet: s.MappedSheet, Role: dataset.TableRole(s.MappedRole), From: "valuebook.yaml:4"}
		if s.MappedColumn != "" {
			t.Columns = []dataset.MappedColumn{{Header: s.MappedColumn, Role: dataset.ColumnSegment, From: "valuebook.yaml:6"}}
		}
		o.Mapping.Tables = []dataset.MappedTable{t}
	}
	return o
}

type excuse struct {
	severity dataset.Severity
	why      string
}

// withoutExample are findings that no small workbook shows.
var withoutExample = map[string]excuse{
	"annotate-apart":         {dataset.Warning, written},
	"annotate-copied":        {dataset.Warning, written},
	"fixlist-apart":          {dataset.Warning, written},
	"annotate-churned":       {dataset.Note, written},
	"annotate-length":        {dataset.Note, written},
	"annotate-long":          {dataset.Note, written},
	"annotate-rank":          {dataset.Note, written},
	"annotate-rewritten":     {dataset.Note, written},
	"annotate-sampled":       {dataset.Note, written},
	"annotate-top_share":     {dataset.Note, written},
	"characters-undrawn":     {dataset.Warning, "it is reported when the pages are drawn."},
	"part-without-recipient": {dataset.Warning, listed},
	"recipient-address":      {dataset.Error, listed},
	"recipient-domain":       {dataset.Error, listed},
	"recipient-format":       {dataset.Error, listed},
	"recipient-language":     {dataset.Error, listed},
	"recipient-no-address":   {dataset.Error, listed},
	"recipient-no-part":      {dataset.Error, listed},
	"recipient-part-several": {dataset.Error, listed},
	"recipient-part-unknown": {dataset.Error, listed},
	"recipient-password":     {dataset.Error, listed},
	"recipient-rivals":       {dataset.Error, listed},
	"recipient-several":      {dataset.Warning, listed},
	"recipient-too-large":    {dataset.Error, listed},
	"recipient-twice":        {dataset.Warning, listed},
	"section-unknown":        {dataset.Error, "it is reported when settings meet the workbook, after it was read."},
	"text-refused":           {dataset.Warning, "it is about a text beside the workbook."},
	"text-without-section":   {dataset.Warning, "it is about a text beside the workbook."},
	"setting-attribute":      {dataset.Error, "it is reported when settings meet the workbook, after it was read."},
	"setting-invalid":        {dataset.Error, "it is reported when settings meet the workbook, after it was read."},
	"setting-unknown":        {dataset.Error, "it is reported when settings meet the workbook, after it was read."},
	"encrypted-input":        {dataset.Stop, "it is reported when outputs of an encrypted workbook are wanted."},
	"convert-failed":         {dataset.Stop, otherFormat},
	"convert-slow":           {dataset.Stop, otherFormat},
	"file-archive":           {dataset.Stop, otherFormat},
	"file-cipher":            {dataset.Stop, otherFormat},
	"file-locked":            {dataset.Stop, otherFormat},
	"file-ods":               {dataset.Stop, otherFormat},
	"file-rights":            {dataset.Stop, otherFormat},
	"file-table":             {dataset.Stop, otherFormat},
	"file-wrong-password":    {dataset.Stop, otherFormat},
	"file-xls":               {dataset.Stop, otherFormat},
	"file-xlsb":              {dataset.Stop, otherFormat},
	"file-xml-2003":          {dataset.Stop, otherFormat},
	"file-blank":             {dataset.Stop, storedOddly},
	"file-folder":            {dataset.Stop, "a folder is no file."},
	"file-inflates":          {dataset.Stop, storedOddly},
	"file-nested":            {dataset.Stop, storedOddly},
	"file-too-large":         {dataset.Stop, storedOddly},
	"file-unsafe":            {dataset.Stop, storedOddly},
	"sheet-missing":          {dataset.Error, storedOddly},
	"sheet-other-reader":     {dataset.Note, storedOddly},
	"text-bytes":             {dataset.Warning, storedOddly},
	"text-delimiter":         {dataset.Note, storedOddly},
	"text-encoding-unsure":   {dataset.Warning, storedOddly},
}

// Reasons why no small workbook shows a finding.
const (
	listed      = "it is reported when reports are matched with the list of their recipients."
	written     = "it is reported when the annotated workbook is written."
	otherFormat = "it takes a file of another program, or a protected one."
	storedOddly = "it takes a file that is stored oddly."
)
