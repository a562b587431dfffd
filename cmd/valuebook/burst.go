package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"valuebook/report"
	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
)

// burstCustomer asks for one page per customer; anything else is a column.
const burstCustomer = "customer"

// The variables that bring the password of PDFs: itself, or the file that
// holds it.
const (
	pagesPassword     = "VALUEBOOK_PDF_PASSWORD"
	pagesPasswordFile = "VALUEBOOK_PDF_PASSWORD_FILE"
)

// burstOptions checks the settings of single pages and of PDFs before any work.
func (t *task) burstOptions() error {
	for name, values := range map[string][]string{
		"burst_file": {"", "each", "one"}, "burst_names": {"", "unicode", "ascii"}, "attach": {"", "workbook"},
		"draft": {"", "true", "false"}, "pdf_allow": nil,
	} {
		value := strings.ToLower(t.settings.Value(name))
		if values != nil && !slices.Contains(values, value) {
			return t.wrong(name, "want."+name)
		}
	}
	for _, right := range t.rights() {
		if right != "print" && right != "copy" && right != "none" {
			return t.wrong("pdf_allow", "want.pdf_allow")
		}
	}
	_, err := passwordFrom(pagesPassword, pagesPasswordFile)
	return err
}

// on reports whether a switch is set.
func (t *task) on(name string) bool { return strings.EqualFold(t.settings.Value(name), "true") }

// rights are what readers of a protected PDF may do; printing, unless said.
func (t *task) rights() []string {
	value := t.settings.Value("pdf_allow")
	if value == "" {
		return []string{"print"}
	}
	return strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ' ' })
}

// outputs adds what a burst writes to the formats.
func (t *task) outputs(formats []string) []string {
	charts := slices.ContainsFunc(formats, chartFormat)
	formats = slices.DeleteFunc(slices.Clone(formats), func(f string) bool { return f == pipeline.FormatPages || chartFormat(f) })
	if charts {
		formats = append(formats, pipeline.FormatCharts)
	}
	switch {
	case t.settings.Value("burst") == "":
		return formats
	case t.oneFile():
		return append(formats, pipeline.FormatBook)
	}
	return append(formats, pipeline.FormatPages)
}

func (t *task) oneFile() bool { return strings.EqualFold(t.settings.Value("burst_file"), "one") }

// burst returns the pages of single customers or groups that are wanted, nil
// for none.
func (t *task) burst() (*pipeline.Burst, error) {
	if t.settings.Value("burst") == "" {
		return nil, nil
	}
	options, err := t.look()
	if err != nil {
		return nil, err
	}
	encrypted := false
	return &pipeline.Burst{
		Book: t.oneFile(), Pattern: t.settings.Value("burst_name"), Stem: pipeline.Stem(t.input), Plain: strings.EqualFold(t.settings.Value("burst_names"), "ascii"),
		Prepare: func(r *report.Report, words *wording.Writer) (pipeline.Pages, error) {
			encrypted = r.Dataset.Receipt.Encrypted
			return t.pages(r, words, options)
		},
		Finish: func(data []byte) ([]byte, error) { return t.protect(data, encrypted) },
	}, nil
}

// pages lists the customers, or the groups of a column.
func (t *task) pages(r *report.Report, words *wording.Writer, options pdf.Options) (pipeline.Pages, error) {
	column := t.settings.Value("burst")
	options.Sections, _ = t.sections()
	if r.Dataset.Customers.Len() == 0 {
		return nil, fail(exitFailure, "error.no-customers", dataset.Str(r.Dataset.Receipt.File))
	}
	if strings.EqualFold(column, burstCustomer) {
		press, err := pdf.NewPress(r, words, options)
		return customerPages{press, r, words}, err
	}
	divisions, ok := r.Divide(column)
	if !ok {
		known := append([]string{burstCustomer}, r.DivisionColumns()...)
		f := fail(exitUsage, "error.burst-column", dataset.Str(r.Dataset.Receipt.File), dataset.Str(column))
		if nearest := config.Nearest(column, known); nearest != "" {
			return nil, f.withHint("hint.did-you-mean", dataset.Str(nearest))
		}
		return nil, f.withHint("hint.one-of", dataset.List(known...))
	}
	return groupPages{report: r, words: words, options: options, divisions: divisions}, nil
}

// customerPages are the pages of single customers.
type customerPages struct {
	*pdf.Press
	report *report.Report
	words  *wording.Writer
}

func (p customerPages) ID(n int) string { return p.report.Dataset.Customers.ID[n] }

func (p customerPages) Render(n int) ([]byte, error) {
	var out bytes.Buffer
	err := p.Card(&out, n)
	return out.Bytes(), err
}

func (p customerPages) Book(ctx context.Context, w io.Writer, progress func()) error {
	all := make([]int, p.Len())
	for i := range all {
		all[i] = i
	}
	return p.Press.Book(ctx, w, p.words.Text(p.report.Title), all, progress)
}

// groupPages are reports on the customers that have one entry in a column.
type groupPages struct {
	report    *report.Report
	words     *wording.Writer
	options   pdf.Options
	divisions []report.Division
}

func (p groupPages) Len() int { return len(p.divisions) }

func (p groupPages) Name(n int) string {
	if name := p.divisions[n].Name; name != "" {
		return name
	}
	return p.words.Term("division.none")
}

func (p groupPages) ID(int) string { return "" }

func (p groupPages) Render(n int) ([]byte, error) {
	var out bytes.Buffer
	err := pdf.Render(&out, p.report.Division(p.divisions[n]), p.words, p.options)
	return out.Bytes(), err
}

func (p groupPages) Book(ctx context.Context, w io.Writer, progress func()) error {
	return pdf.RenderBook(w, len(p.divisions), func(i int) *report.Report {
		progress()
		return p.report.Division(p.divisions[i])
	}, p.words, p.options)
}

// protect encrypts a PDF where a password is given, or where the workbook has
// one: then with the same.
func (t *task) protect(data []byte, encrypted bool) ([]byte, error) {
	password, err := passwordFrom(pagesPassword, pagesPasswordFile)
	if err != nil {
		return nil, err
	}
	if password == "" && encrypted {
		password = t.reading.Password
	}
	if password == "" || t.unsealed {
		return data, nil
	}
	rights := t.rights()
	sealed, err := pdf.Protect(data, pdf.Protection{Password: password, Print: slices.Contains(rights, "print"), Copy: slices.Contains(rights, "copy")})
	if err == nil {
		t.seals.note(data, sealed)
	}
	return sealed, err
}

// attachment is the annotated workbook, to go inside the PDF.
func (t *task) attachment(input string, r *report.Report, words *wording.Writer) (pdf.Attachment, []dataset.Finding, error) {
	var made pipeline.Memory
	findings, err := workbookRenderer{t}.Render(&made, input, r, words)
	if err != nil {
		return pdf.Attachment{}, nil, err
	}
	ending := filepath.Ext(input)
	if strings.ToLower(ending) != ".xlsm" {
		ending = ".xlsx"
	}
	return pdf.Attachment{Name: pipeline.Stem(input) + ".annotated" + ending, Description: words.Term("pdf.attachment"), Data: made.Bytes()}, findings, nil
}
