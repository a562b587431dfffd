package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/ledger"
	monthly "valuebook/report/run"
	"valuebook/report/workbook"
)

// runFile is a run file with the flags and variables that stand above it.
type runFile struct {
	p        *program
	known    config.Known
	path     string // of the file
	document config.Document
	layers   [][]config.Entry // flags, variables, file
	settings config.Settings
	today    time.Time
	shelf    *fontShelf
	bars     []*bar // of what is being made
}

// openRunFile reads the run file of --config, or valuebook.yaml here.
func (p *program) openRunFile(c *cli.Context) (*runFile, error) {
	p.quiet = c.Bool("quiet")
	known := knownSettings()
	flags, err := flagEntries(c, known)
	if err != nil {
		return nil, err
	}
	today, err := todayOf(c)
	if err != nil {
		return nil, err
	}
	if c.Bool("allow-stale") {
		flags = append(flags, config.Entry{Name: "allow_stale", Value: "true", Origin: config.Flag, Place: "--allow-stale"})
	}
	return p.readRunFile(orText(c.String("config"), config.FileName), known, flags, today)
}

// readRunFile reads a run file below flags, for a day.
func (p *program) readRunFile(path string, known config.Known, flags []config.Entry, today time.Time) (*runFile, error) {
	r := &runFile{p: p, known: known, path: path, today: today, shelf: &fontShelf{}}
	var err error
	r.document, err = config.FromFile(r.path, r.known)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fail(exitUsage, "error.no-run-file", dataset.Str(r.path)).withHint("hint.no-run-file")
	}
	if err := configFailure(r.path, err); err != nil {
		return nil, err
	}
	fromFolder(r.document.Entries, r.folder())
	r.layers = [][]config.Entry{flags, p.variables(r.known), r.document.Entries}
	r.settings = config.Merge(r.layers...)
	return r, nil
}

// folder returns the folder of the run file.
func (r *runFile) folder() string { return filepath.Dir(r.path) }

// value returns a setting, or another value where nobody gave it.
func (r *runFile) value(name, usual string) string {
	if value := r.settings.Value(name); value != "" {
		return value
	}
	return usual
}

// wrong says what the value of a setting must be.
func (r *runFile) wrong(name, want string) error {
	entry, _ := r.settings.Entry(name)
	return fail(exitUsage, "error.setting-want", dataset.Str(entry.Place), dataset.Str(entry.Value), dataset.TermOf(want))
}

// mail reads the settings of mail.
func (r *runFile) mail() *mailSettings {
	return &mailSettings{settings: r.settings, folder: r.folder()}
}

// check refuses values that have no meaning before any work.
func (r *runFile) check() error {
	if approval := r.value("approval", approvalChanged); approval != approvalChanged && approval != approvalAlways {
		return r.wrong("approval", "want.approval")
	}
	if stale := r.value("allow_stale", "false"); stale != "true" && stale != "false" {
		return r.wrong("allow_stale", "want.switch")
	}
	if _, ok := monthly.Period(r.settings.Value("period"), r.today); !ok {
		return r.wrong("period", "want.run-period")
	}
	if r.settings.Value("period") != "" && r.settings.Value(periodCell) != "" && r.origin("period") == r.origin(periodCell) {
		return r.wrong(periodCell, "want.one-period")
	}
	return nil
}

// periodCell is the setting of a cell that names the period.
const periodCell = "period" + "." + "from_cell"

func (r *runFile) origin(name string) config.Origin {
	entry, _ := r.settings.Entry(name)
	return entry.Origin
}

// period returns the month to report on, for an input; "" is that of the data.
// It is a cell's when the run file says so and no flag or variable a month.
func (r *runFile) period(input string, o workbook.Options) (string, error) {
	cell, ok := r.settings.Entry(periodCell)
	if !ok || r.settings.Value("period") != "" && r.origin("period") >= cell.Origin {
		period, _ := monthly.Period(r.settings.Value("period"), r.today)
		return period, nil
	}
	if input == "" {
		return "", nil // known only when the input is
	}
	period, shown, err := workbook.PeriodAt(input, cell.Value, o)
	if err != nil {
		return "", recipientsFailure(cell, input, err)
	}
	if monthly.LastDay(period).IsZero() {
		return "", fail(exitUsage, "error.period-cell", dataset.Str(cell.Place), dataset.Str(cell.Value), dataset.Str(shown)).withHint("hint.period-cell")
	}
	return period, nil
}

// inputs finds the workbooks of the run: those named on the command line, else
// those of the run file.
func (r *runFile) inputs(named []string) ([]string, error) {
	if len(named) > 0 {
		return named, nil
	}
	entry, _ := r.settings.Entry("inputs")
	wanted := monthly.Inputs{Files: entry.Values(), Newest: r.settings.Value("inputs" + "." + "newest")}
	period, err := r.period("", workbook.Options{})
	if err != nil {
		return nil, err
	}
	found, err := wanted.Find(r.folder(), period)
	var none *monthly.NoInputError
	switch {
	case errors.Is(err, monthly.ErrNoInputs):
		return nil, fail(exitUsage, "error.no-inputs", dataset.Str(r.path)).withHint("hint.no-inputs")
	case errors.As(err, &none):
		return nil, fail(exitFailure, "error.input-none", dataset.Str(none.Pattern)).withHint("hint.input-none", dataset.Str(r.folder()))
	case errors.Is(err, monthly.ErrNoPeriod):
		return nil, fail(exitUsage, "error.input-period", dataset.Str(r.path)).withHint("hint.input-period")
	case err != nil:
		return nil, fail(exitUsage, "error.config", dataset.Str(r.path), dataset.Str(err.Error())).because(err)
	}
	return found, nil
}

// report returns the name of the report of an input in the ledger. It must not
// change from month to month; of several inputs each has its own.
func (r *runFile) report(input string, several bool) string {
	name := r.value("name", r.usualName())
	if several {
		base := filepath.Base(input)
		name += "/" + strings.TrimSuffix(base, filepath.Ext(base))
	}
	return name
}

// usualName names the reports of a run file that does not: by the file, or its
// folder where the file has the name that all have.
func (r *runFile) usualName() string {
	path, err := filepath.Abs(r.path)
	if err != nil {
		path = r.path
	}
	if base := filepath.Base(path); base != config.FileName {
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	return filepath.Base(filepath.Dir(path))
}

// openLedger opens the ledger of the run. Without make, a file that is not
// there is no ledger: nil.
func (r *runFile) openLedger(ctx context.Context, makeIt bool) (*ledger.Ledger, error) {
	if variable := r.settings.Value("history_variable"); variable != "" {
		dsn := os.Getenv(variable)
		if dsn == "" {
			return nil, r.wrong("history_variable", "want.variable")
		}
		book, err := ledger.Open(ctx, dsn)
		if err != nil {
			return nil, fail(exitFailure, "error.history", dataset.Str(variable), dataset.Str(withoutSecret(err, dsn))).withHint(historyHint(err, "hint.history-database"))
		}
		return book, nil
	}
	path := inFolder(r.folder(), r.value("history", "valuebook.db"))
	if _, err := os.Stat(path); !makeIt && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	book, err := ledger.Open(ctx, path)
	if err != nil {
		return nil, fail(exitFailure, "error.history", dataset.Str(path), dataset.Str(err.Error())).withHint(historyHint(err, "hint.history")).because(err)
	}
	return book, nil
}

// historyHint is what to do about a history that cannot be opened, usual unless
// a later version of the program has used it.
func historyHint(err error, usual string) string {
	if errors.As(err, new(*ledger.SchemaError)) {
		return "hint.history-later"
	}
	return usual
}

// openHistory opens the run file and the ledger that runs of it have made.
func (p *program) openHistory(c *cli.Context) (*runFile, *ledger.Ledger, error) {
	file, err := p.openRunFile(c)
	if err != nil {
		return nil, nil, err
	}
	book, err := file.existing(c.Context, "")
	return file, book, err
}

// existing opens the ledger at an address, else that of the run file; where
// there is none yet it is an error.
func (r *runFile) existing(ctx context.Context, address string) (*ledger.Ledger, error) {
	if address != "" {
		return r.openStore(ctx, address)
	}
	book, err := r.openLedger(ctx, false)
	if err == nil && book == nil {
		err = fail(exitFailure, "error.no-history", dataset.Str(r.value("history", "valuebook.db"))).withHint("hint.no-history")
	}
	return book, err
}

// withoutSecret words an error without the text that opens the database.
func withoutSecret(err error, dsn string) string {
	return strings.ReplaceAll(err.Error(), dsn, hiddenSecret)
}

// hiddenSecret stands for a secret that is not shown.
const hiddenSecret = "***"

// runLayers are the layers of a task of the run, with its period and the day it
// stands at.
func (r *runFile) runLayers(period, language string) [][]config.Entry {
	layers := slices.Clone(r.layers[:2])
	origin, place := config.Flag, "--period"
	if entry, ok := r.settings.Entry("period"); ok {
		place = entry.Place
	}
	var own []config.Entry
	own = append(own, config.Entry{Name: "period", Value: period, Origin: origin, Place: place})
	if language != "" {
		own = append(own, config.Entry{Name: "lang", Value: language, Origin: origin, Place: recipientsKey})
	}
	layers = append(layers, own)
	if last := monthly.LastDay(period); !last.IsZero() {
		layers = append(layers, []config.Entry{{Name: "as_of", Value: last.Format(time.DateOnly), Origin: config.Default, Place: place}})
	}
	return layers
}
