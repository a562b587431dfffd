package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"valuebook/report"
	"valuebook/report/annotate"
	"valuebook/report/dataset"
	"valuebook/report/jsondoc"
	"valuebook/report/pdf"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
	"valuebook/templates"
)

// The formats, by their fixed identifiers.
const (
	formatWorkbook = "xlsx"
	formatPages    = "pdf"
	formatDocument = "json"
	formatPixels   = "png" // the charts, each a file
	formatVectors  = "svg"
)

var everyFormat = []string{formatWorkbook, formatPages, formatDocument, formatPixels, formatVectors}

// chartFormat reports whether a format is files of charts.
func chartFormat(format string) bool { return format == formatPixels || format == formatVectors }

// renderer returns the renderer of a format for a task.
func (t *task) renderer(format string) (pipeline.Renderer, error) {
	switch format {
	case formatWorkbook:
		return workbookRenderer{t}, nil
	case formatDocument:
		return documentRenderer{}, nil
	}
	options, err := t.look()
	return pagesRenderer{task: t, options: options}, err
}

// look is how the pages are to look.
func (t *task) look() (pdf.Options, error) {
	theme, err := t.theme()
	if err != nil {
		return pdf.Options{}, err
	}
	options := pdf.Options{Theme: theme, Paper: t.paper(), Fonts: t.fonts, Draft: t.on("draft")}
	if theme.Logo != "" {
		options.Logo, err = templates.Read(theme.Logo, t.overlay)
	}
	return options, err
}

// theme reads the look of the pages.
func (t *task) theme() (pdf.Theme, error) {
	read := func() ([]byte, error) { return templates.Read("theme.yaml", t.overlay) }
	if path := t.settings.Value("theme"); path != "" {
		read = func() ([]byte, error) { return os.ReadFile(path) }
	}
	data, err := read()
	if err != nil {
		return pdf.Theme{}, err
	}
	return pdf.LoadTheme(data)
}

// workbookRenderer gives the user's own workbook back, annotated.
type workbookRenderer struct{ task *task }

func (workbookRenderer) Format() string { return formatWorkbook }

// Protects reports that the annotated workbook has the password of the input.
func (workbookRenderer) Protects() bool { return true }

func (w workbookRenderer) Render(to pipeline.Draft, input string, r *report.Report, words *wording.Writer) ([]dataset.Finding, error) {
	if r.Dataset.Receipt.Converted != "" {
		if err := unchanged(input, r.Dataset.Receipt); err != nil {
			return nil, err
		}
		return annotate.AnnotateBytes(to, w.task.converted, ".xlsx", r, words)
	}
	b := w.task.begun
	if w.task.begun = nil; b == nil || b.input != input || b.data != r.Dataset {
		b = begin(input, r.Dataset)
	}
	if b.err != nil {
		return nil, b.err
	}
	defer b.file.Close()
	if err := unchanged(input, r.Dataset.Receipt); err != nil {
		return nil, err
	}
	if encrypted(b.file) {
		return w.locked(to, input, r, words)
	}
	return b.beginning.Annotate(to, r, words)
}

// Begin reads a large workbook for the annotating while it is analysed.
func (w workbookRenderer) Begin(input string, d *dataset.Dataset) {
	if d.Receipt.Converted == "" && !d.Receipt.Encrypted {
		w.task.begun = begin(input, d)
	}
}

// A begun is a file that is open for the annotating.
type begun struct {
	input     string
	data      *dataset.Dataset
	file      *os.File
	beginning *annotate.Beginning
	err       error
}

// begin opens a file for the annotating.
func begin(input string, d *dataset.Dataset) *begun {
	b := &begun{input: input, data: d}
	if b.file, b.err = os.Open(input); b.err != nil {
		return b
	}
	info, err := b.file.Stat()
	if err != nil {
		b.err = err
		b.file.Close()
		return b
	}
	b.beginning = annotate.Begin(b.file, info.Size(), endingOf(input, d.Receipt.Format), d)
	return b
}

// unchanged holds that the file is still the one that was read.
func unchanged(input string, receipt dataset.Receipt) error {
	file, err := os.Open(input)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if read := receipt.SHA256; read != "" && read != hex.EncodeToString(sum.Sum(nil)) {
		return fail(exitFailure, "error.changed", dataset.Str(input)).withHint("hint.changed")
	}
	return nil
}

// endingOf is the ending that fits the content of a file: a table in text may have the ending of a workbook, and the
// other way round.
func endingOf(input, format string) string {
	ending := strings.ToLower(filepath.Ext(input))
	text := format == "csv" || format == "tsv" || format == "html"
	switch ending {
	case ".xlsx", ".xlsm", ".xltx", ".xltm":
		if !text {
			return ending
		}
	}
	if text {
		return ".csv"
	}
	return "." + format
}

// pagesRenderer draws the PDF report.
type pagesRenderer struct {
	task    *task
	options pdf.Options
}

func (pagesRenderer) Format() string { return formatPages }

// Protects reports that the pages have the workbook's password.
func (pagesRenderer) Protects() bool { return true }

func (p pagesRenderer) Render(to pipeline.Draft, input string, r *report.Report, words *wording.Writer) ([]dataset.Finding, error) {
	var findings []dataset.Finding
	p.options.Sections, _ = p.task.sections()
	p.options.Texts, findings = p.task.placedTexts(r)
	if p.task.settings.Value("attach") != "" {
		attachment, found, err := p.task.attachment(input, r, words)
		if err != nil {
			return nil, err
		}
		p.options.Attachments, findings = append(p.options.Attachments, attachment), append(findings, found...)
	}
	var out bytes.Buffer
	if err := pdf.Render(&out, r, words, p.options); err != nil {
		return nil, err
	}
	data, err := p.task.protect(out.Bytes(), r.Dataset.Receipt.Encrypted)
	if err != nil {
		return nil, err
	}
	_, err = to.Write(data)
	return findings, err
}

// documentRenderer writes the JSON contract.
type documentRenderer struct{}

func (documentRenderer) Format() string { return formatDocument }

func (documentRenderer) Render(to pipeline.Draft, _ string, r *report.Report, words *wording.Writer) ([]dataset.Finding, error) {
	out := bufio.NewWriterSize(to, 1<<16)
	if err := jsondoc.Render(out, r, words); err != nil {
		return nil, err
	}
	return nil, out.Flush()
}

// overlayOf returns the folder of --templates as a file system, nil without
// one.
func overlayOf(folder string) fs.FS {
	if folder == "" {
		return nil
	}
	return os.DirFS(folder)
}
