package main

import (
	"context"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/templates"
)

// The exit codes.
const (
	exitDone    = 0
	exitFailure = 1 // nothing was made
	exitUsage   = 2 // command line or settings
	exitStopped = 3 // a workbook cannot be analysed; others were written
	exitPartly  = 4 // some outputs failed, others were written
)

// program is one run: its streams and its words.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	words  *wording.Writer
	quiet  bool
	today  time.Time // what previous-month counts from

	opening *opening   // how files are opened, nil before any is
	typing  sync.Mutex // guards back
	back    func()     // brings the terminal back while a password is typed, else nil
}

// run is the whole program without the process: tests call it directly.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	words, err := ownWords("", "", "")
	if err != nil { // the embedded texts are broken: nothing better can be said
		io.WriteString(stderr, err.Error()+"\n")
		return exitFailure
	}
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, words: words}
	code := p.run(ctx, args)
	p.leave()
	p.keepWindow()
	return code
}

func (p *program) run(ctx context.Context, args []string) int {
	app := p.app()
	arranged, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, arranged)
	}
	if err == nil {
		return exitDone
	}
	p.printError(err)
	return exitCode(err)
}

func (p *program) app() *cli.App {
	app := &cli.App{
		Name:                      "valuebook",
		Usage:                     p.say("app.usage"),
		Description:               p.say("app.description"),
		Version:                   moduleVersion(),
		Writer:                    p.stdout,
		ErrWriter:                 p.stderr,
		HideVersion:               true,
		CustomAppHelpTemplate:     p.say("help.app") + "\n",
		DisableSliceFlagSeparator: true, // file names may hold commas
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              usageError,
		Commands: []*cli.Command{
			p.reportCommand(), p.checkCommand(), p.initCommand(), p.explainCommand(),
			p.runCommand(), p.outboxCommand(), p.historyCommand(), p.serveCommand(), p.workerCommand(), p.statusCommand(), p.scheduleCommand(), p.configCommand(), p.versionCommand(), p.completionCommand(),
		},
		Action: func(*cli.Context) error {
			return fail(exitUsage, "error.no-command").withHint("hint.no-command")
		},
	}
	for _, command := range app.Commands {
		command.CustomHelpTemplate = p.say("help.command") + "\n"
		command.OnUsageError = usageError
		command.HideHelpCommand = true
	}
	return app
}

// usageError wraps what the flag parser refuses, such as a word where a number
// should be.
func usageError(_ *cli.Context, err error, _ bool) error {
	return fail(exitUsage, "error.flag-value", dataset.Str(err.Error())).withHint("hint.help")
}

// ownWords returns a writer for the texts of a language.
func ownWords(language, locale string, overlay string) (*wording.Writer, error) {
	catalogue, err := templates.Catalogue(language, overlayOf(overlay))
	if err != nil {
		return nil, err
	}
	return wording.NewWriter(catalogue, locale, "")
}

// say returns the text of a code.
func (p *program) say(code string, args ...dataset.Quantity) string {
	return p.words.Text(dataset.Msg(code, args...))
}

// terminal reports whether a stream is a terminal.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// colourful reports whether a stream shows colours and the user wants them
// (no-color.org).
func colourful(stream any) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(stream)
}
