package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
	"valuebook/report/pipeline"
	monthly "valuebook/report/run"
	"valuebook/report/wording"
	"valuebook/report/workbook"
	"valuebook/templates"
)

// task is one workbook with everything that is known before it is read.
type task struct {
	input     string
	known     config.Known
	today     time.Time        // what previous-month counts from
	layers    [][]config.Entry // flags, variables, file
	settings  config.Settings  // the layers merged
	catalogue *wording.Catalogue
	overlay   fs.FS
	fonts     []*pdf.Font     // given by the user, then by the theme
	mapping   dataset.Mapping // of the file
	texts     []ownText
	seals     *seals    // nil where nobody asks for them
	recalled  *recalled // what the ledger has of earlier periods, nil without a ledger
	unsealed  bool      // the PDFs get their passwords later
	reading   workbook.Options
	opening   *opening
	shelf     *fontShelf
	converted []byte          // the workbook that the file was converted to, nil without a conversion
	words     *wording.Writer // for what is said before the currency is known
	begun     *begun          // what the annotating began with, nil before it did
}

// appliedByReading begin the names of settings that the reading obeys itself.
var appliedByReading = []string{"scale_lo.", "scale_hi.", "direction."}

// tasks resolves the settings of every workbook named on the command line.
func (p *program) tasks(c *cli.Context, inputs []string) ([]*task, error) {
	if len(inputs) == 0 {
		return nil, fail(exitUsage, "error.no-workbook", dataset.Str(c.Command.Name)).
			withHint("hint.no-workbook", dataset.Str(c.Command.Name))
	}
	known := knownSettings()
	flags, err := flagEntries(c, known)
	if err != nil {
		return nil, err
	}
	if p.today, err = todayOf(c); err != nil {
		return nil, err
	}
	p.quiet = c.Bool("quiet")
	variables := p.variables(known)
	shelf := &fontShelf{}
	p.opening = &opening{ctx: c.Context, ask: p.asker(c.Bool("no-input"))}
	var tasks []*task
	for _, input := range expanded(inputs) {
		t := &task{input: input, known: known, layers: [][]config.Entry{flags, variables}, opening: p.opening, shelf: shelf, today: p.today}
		if err := t.resolve(c.String("config")); err != nil {
			return nil, err
		}
		tasks = append(tasks, t)
	}
	p.words = tasks[0].words // from here on the talk is in the language of the report
	return tasks, nil
}

// otherVariables are variables of ours that are no settings.
var otherVariables = []string{"VALUEBOOK_TOOLS", "VALUEBOOK_PRACTICE", passwordVariable, passwordFileVariable, pagesPassword, pagesPasswordFile}

func (p *program) variables(known config.Known) []config.Entry {
	entries, unknown := config.FromVariables(os.Environ(), known)
	for _, u := range unknown {
		if u.Nearest != "" && !slices.Contains(otherVariables, u.Place) {
			p.warn("warning.variable", dataset.Str(u.Place), dataset.Str(config.VariableOf(u.Nearest)))
		}
	}
	return entries
}

// resolve reads the configuration file and checks every value that can be
// checked before the workbook is read.
func (t *task) resolve(configFile string) error {
	file, err := t.file(configFile)
	if err != nil {
		return err
	}
	own := file.For(t.input)
	t.layers = append(t.layers, append(slices.Clone(file.Entries), own.Entries...))
	t.mapping = own.Mapping
	t.settings = config.Merge(t.layers...)
	t.leaveOutRecipients()
	options := analysis.DefaultOptions()
	if refused := t.settings.Apply(options.Set, readByProgram); len(refused) > 0 {
		return refused[0]
	}
	folder := t.settings.Value("templates")
	t.overlay = overlayOf(folder)
	if info, err := os.Stat(folder); folder != "" && (err != nil || !info.IsDir()) {
		return fail(exitUsage, "error.templates", dataset.Str(folder))
	}
	if t.catalogue, err = templates.Catalogue(t.settings.Value("lang"), t.overlay); err != nil {
		return t.refuse("lang", err)
	}
	if t.words, err = wording.NewWriter(t.catalogue, t.settings.Value("locale"), ""); err != nil {
		return t.refuse("locale", err)
	}
	if _, err := t.formats(); err != nil {
		return err
	}
	if t.fonts, err = t.allFonts(); err != nil {
		return err
	}
	if err := t.burstOptions(); err != nil {
		return err
	}
	if _, err := t.sections(); err != nil {
		return err
	}
	if t.texts, err = readTexts(file); err != nil {
		return err
	}
	return t.readingOptions()
}

// file returns what --config says, or the file beside the workbook.
func (t *task) file(named string) (config.Document, error) {
	read := func() (config.Document, error) { return config.Beside(t.input, t.known) }
	if named != "" {
		read = func() (config.Document, error) { return config.FromFile(named, t.known) }
	}
	file, err := read()
	folder := filepath.Dir(file.Path)
	fromFolder(file.Entries, folder)
	for _, w := range file.Workbooks {
		fromFolder(w.Entries, folder)
	}
	return file, configFailure(file.Path, err)
}

// configFailure leaves an unknown name or value as it is and words everything else.
func configFailure(path string, err error) error {
	var unknown *config.UnknownError
	var wanted *config.WantError
	if err == nil || errors.As(err, &unknown) || errors.As(err, &wanted) {
		return err
	}
	var syntax *config.SyntaxError
	if !errors.As(err, &syntax) {
		return fail(exitUsage, "error.config", dataset.Str(path), dataset.Str(plainError(err))).because(err)
	}
	f := fail(exitUsage, "error.config", dataset.Str(config.At(path, syntax.Line)), dataset.Str(syntax.Text)).because(err)
	if syntax.Backslash {
		return f.withHint("hint.backslash")
	}
	return f
}

// plainError leaves out the path that a file error repeats.
func plainError(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

// fromFolder turns relative folders of a configuration file into folders
// beside that file.
func fromFolder(entries []config.Entry, folder string) {
	for i, entry := range entries {
		if entry.Name == "font" {
			entries[i].Value = fontsFrom(entry.Value, folder)
		}
		if slices.Contains([]string{"out", "templates", "before", "theme"}, entry.Name) && entry.Value != "" && !filepath.IsAbs(entry.Value) {
			entries[i].Value = filepath.Join(folder, entry.Value)
		}
	}
}

// refuse words a value that the program itself does not take.
func (t *task) refuse(name string, err error) error {
	entry, _ := t.settings.Entry(name)
	return &config.InvalidError{Entry: entry, Err: err}
}

// readingOptions takes the settings that say how to read.
func (t *task) readingOptions() error {
	password, err := givenPassword()
	if err != nil {
		return err
	}
	t.reading = workbook.Options{
		Sheet: t.settings.Value("sheet"), Own: t.settings.Value("own"), Password: password,
		Mapping: t.mapping,
	}
	if err := t.openingOptions(); err != nil {
		return err
	}
	if value := t.settings.Value("header_row"); value != "" {
		row, err := strconv.Atoi(value)
		if err != nil || row < 1 {
			return t.wrong("header_row", "want.row")
		}
		t.reading.HeaderRow = row
	}
	if value := t.settings.Value("as_of"); value != "" {
		day, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return t.wrong("as_of", "want.day")
		}
		t.reading.AsOf = day
	}
	var known bool
	if t.reading.Period, known = monthly.Period(t.settings.Value("period"), t.today); !known {
		return t.wrong("period", "want.period")
	}
	if t.reading.Decimal, known = decimals[strings.ToLower(t.settings.Value("decimal"))]; !known {
		return t.wrong("decimal", "want.decimal")
	}
	if t.reading.DateOrder, known = dateOrders[strings.ToLower(t.settings.Value("date_order"))]; !known {
		return t.wrong("date_order", "want.date-order")
	}
	if value := t.settings.Value("paper"); value != "" && paperOf(value) == "" {
		return t.wrong("paper", "want.paper")
	}
	return nil
}

// decimals and dateOrders are what the settings of these names take.
var (
	decimals   = map[string]string{"": "", ".": ".", "point": ".", ",": ",", "comma": ","}
	dateOrders = map[string]string{"": "", workbook.DayFirst: workbook.DayFirst, workbook.MonthFirst: workbook.MonthFirst}
)

// wrong says what the value of a setting must be.
func (t *task) wrong(name, want string) error {
	entry, _ := t.settings.Entry(name)
	return fail(exitUsage, "error.setting-want", dataset.Str(entry.Place), dataset.Str(entry.Value), dataset.TermOf(want))
}

// formats returns the wanted formats, the annotated workbook first.
func (t *task) formats() ([]string, error) {
	value := t.settings.Value("format")
	if value == "" {
		return []string{formatWorkbook, formatPages}, nil
	}
	wanted := strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ' ' })
	for _, format := range wanted {
		if !slices.Contains(everyFormat, format) && (format != pipeline.FormatPages || t.settings.Value("burst") == "") {
			return nil, t.wrong("format", "want.format")
		}
	}
	var formats []string
	for _, format := range append(slices.Clone(everyFormat), pipeline.FormatPages) {
		if slices.Contains(wanted, format) {
			formats = append(formats, format)
		}
	}
	if len(formats) == 0 {
		return nil, t.wrong("format", "want.format")
	}
	return formats, nil
}

// paper is the size of the pages: as set, else Letter where the locale's
// country uses it.
func (t *task) paper() string {
	if paper := paperOf(t.settings.Value("paper")); paper != "" {
		return paper
	}
	locale := strings.ToLower(strings.ReplaceAll(t.settings.Value("locale"), "_", "-"))
	for _, country := range []string{"-us", "-ca", "-mx"} {
		if strings.HasSuffix(locale, country) {
			return "Letter"
		}
	}
	return "A4"
}

func paperOf(value string) string {
	return map[string]string{"a4": "A4", "letter": "Letter"}[strings.ToLower(value)]
}

// read opens the workbook and adds what its Parameters sheet says wrongly to
// the findings.
func (t *task) read(path string) (*dataset.Dataset, error) {
	d, err := t.open(path)
	if err != nil {
		return nil, err
	}
	sheet, findings := config.FromSheet(d.Settings, sheetSettings(t.known), appliedByReading...)
	layers := append(slices.Clone(t.layers), sheet)
	for i, layer := range layers {
		named, unknown := nameAttributes(layer, d.Attributes)
		for _, u := range unknown {
			if u.Entry.Origin == config.Flag {
				return nil, u.Unknown
			}
			findings = append(findings, u.Finding())
		}
		layers[i] = named
	}
	t.settings = config.Merge(layers...)
	options := analysis.DefaultOptions()
	for _, refused := range t.settings.Apply(options.Set, readByProgram) {
		findings = append(findings, refused.Finding())
	}
	d.Findings = append(d.Findings, findings...)
	d.Findings = append(d.Findings, t.unknownSections()...)
	d.Findings = append(d.Findings, t.refusedTexts()...)
	d.Findings = append(d.Findings, t.undrawn(d)...)
	return d, nil
}

// prepare returns the options of the analysis and the words of the report.
func (t *task) prepare(d *dataset.Dataset) (analysis.Options, *wording.Writer, error) {
	options := analysis.DefaultOptions()
	t.settings.Apply(options.Set, readByProgram) // what is refused is a finding by now
	words, err := wording.NewWriter(t.catalogue, t.settings.Value("locale"), d.Currency)
	if err != nil {
		return options, nil, t.refuse("locale", err)
	}
	return options, words, nil
}

func (t *task) meta() report.Meta {
	return report.Meta{
		Company: t.settings.Value("company"), Title: t.settings.Value("title"), Version: moduleVersion(),
	}
}

// job returns the run of the task, without renderers and targets.
func (t *task) job() pipeline.Job {
	return pipeline.Job{Input: t.input, Read: t.read, Prepare: t.prepare, Past: t.past, Meta: t.meta()}
}
