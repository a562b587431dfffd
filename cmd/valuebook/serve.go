package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/jobs"
	"valuebook/report/jobs/web"
	"valuebook/report/ledger"
	monthly "valuebook/report/run"
)

// serveFlags are the flags of the commands that serve.
func (p *program) serveFlags(more ...cli.Flag) []cli.Flag {
	return append([]cli.Flag{p.ownFlag("config", "run-config"), p.ownFlag("store", "store"), p.switchFlag("quiet", "q"),
		&cli.StringSliceFlag{Name: "set", Usage: p.say("flag.set")}}, more...)
}

func (p *program) serveCommand() *cli.Command {
	return &cli.Command{
		Name: "serve", Usage: p.say("command.serve"), Description: p.say("command.serve.description"),
		Flags: p.serveFlags(p.switchFlag("once"), p.ownFlag("listen", "listen")),
		Action: func(c *cli.Context) error {
			h, err := p.openHouse(c)
			if err != nil {
				return told(c, err)
			}
			defer h.close()
			if len(h.serving.options.Drops)+len(h.serving.options.Schedules) == 0 && h.serving.options.Sender == nil {
				return fail(exitUsage, "error.nothing-to-serve", dataset.Str(h.file.path)).withHint("hint.nothing-to-serve")
			}
			if c.Bool("once") {
				return h.once(c.Context)
			}
			return told(c, h.serve(c.Context))
		},
	}
}

func (p *program) workerCommand() *cli.Command {
	return &cli.Command{
		Name: "worker", Usage: p.say("command.worker"), Description: p.say("command.worker.description"), Flags: p.serveFlags(),
		Action: func(c *cli.Context) error {
			h, err := p.openHouse(c)
			if err != nil {
				return told(c, err)
			}
			defer h.close()
			h.log.Info("working", "process", monthly.Owner())
			return told(c, h.service.Work(c.Context, grace))
		},
	}
}

// told returns nil for an error that says no more than that a service was told to
// stop, as it may be before it has begun.
func told(c *cli.Context, err error) error {
	if c.Context.Err() != nil && errors.Is(err, context.Canceled) && !c.Bool("once") {
		return nil
	}
	return err
}

// grace is how long what is at work may take when the service is to stop: the
// longest that a mail server may need to answer.
const grace = 5*time.Minute + 10*time.Second

// onceFetch is how often jobs are looked for when somebody waits for the end.
const onceFetch = 200 * time.Millisecond

// house is a service with all that it needs.
type house struct {
	p       *program
	file    *runFile
	serving serving
	book    *ledger.Ledger
	service *jobs.Service
	log     *slog.Logger

	stopClock context.CancelFunc
}

// openHouse opens the run file, the ledger and the mail server of a service.
func (p *program) openHouse(c *cli.Context) (h *house, err error) {
	h = &house{p: p}
	if h.file, err = p.openRunFile(c); err != nil {
		return nil, err
	}
	if err := h.file.check(); err != nil {
		return nil, err
	}
	if h.serving, err = h.file.serving(); err != nil {
		return nil, err
	}
	if err := p.speakAs(h.file); err != nil {
		return nil, err
	}
	if listen := c.String("listen"); listen != "" {
		h.serving.listen = listen
	}
	h.log = logTo(p.stderr, h.serving.log, p.quiet)
	if h.book, err = h.file.openStore(c.Context, c.String("store")); err != nil {
		return nil, err
	}
	p.quiet = true // what is said from here on is said in the log
	p.opening = &opening{ctx: c.Context}
	if err := h.open(c); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// speakAs makes the talk be in the language of the run file's reports: the
// texts beside rejected workbooks are read by those who read the reports.
func (p *program) speakAs(file *runFile) error {
	t, err := file.taskFor("", monthly.Order{})
	if err == nil {
		p.words = t.words
	}
	return err
}

// open makes the sender and the service.
func (h *house) open(c *cli.Context) (err error) {
	o := &h.serving.options
	o.Log, o.Owner = h.log, monthly.Owner()
	o.Clock, o.Ahead = h.keepTime(c.Context)
	if c.Bool("once") {
		o.Fetch = onceFetch
	}
	if mail := h.file.mail(); mail.given() {
		server, err := mail.server()
		if err != nil {
			return err
		}
		if o.Sender, err = deliver.NewSender(server, deliver.Options{Owner: o.Owner, Now: o.Clock}); err != nil {
			return err
		}
	}
	flags, err := flagEntries(c, h.file.known)
	if err != nil {
		return err
	}
	reports := &servedReports{p: h.p, path: h.file.path, known: h.file.known, flags: flags, book: h.book}
	o.House = jobs.House{Name: h.file.report("", false), Settings: reports.settings}
	h.service, err = jobs.New(c.Context, h.book, reports, *o)
	return err
}

// keepTime returns the clock by which the service goes, and how far this
// machine's is ahead of it.
func (h *house) keepTime(ctx context.Context) (now func() time.Time, ahead func() time.Duration) {
	clock := h.book.Clock()
	_, _ = clock.Compare(ctx) // what is done next says why it failed
	ctx, h.stopClock = context.WithCancel(ctx)
	go keepTime(ctx, clock, h.log)
	return clock.Now, clock.Ahead
}

func (h *house) close() {
	if h.stopClock != nil {
		h.stopClock()
	}
	if h.serving.options.Sender != nil {
		h.serving.options.Sender.Close()
	}
	h.book.Close()
}

// openStore opens the ledger of --store, or that of the run file.
func (r *runFile) openStore(ctx context.Context, address string) (*ledger.Ledger, error) {
	if address == "" {
		return r.openLedger(ctx, true)
	}
	if u, err := url.Parse(address); err == nil && u.User != nil {
		if _, secret := u.User.Password(); secret {
			return nil, fail(exitUsage, "error.store-password").withHint("hint.store-password")
		}
	}
	book, err := ledger.Open(ctx, address)
	if err != nil {
		return nil, fail(exitFailure, "error.history", dataset.Str(address), dataset.Str(err.Error())).withHint(historyHint(err, "hint.history-database")).because(err)
	}
	return book, nil
}

// logTo returns the log of a service: of errors alone when it is to be quiet.
func logTo(w io.Writer, form string, quiet bool) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if quiet {
		options.Level = slog.LevelError
	}
	if form == logJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// once does what is due, and says what became of it.
func (h *house) once(ctx context.Context) error {
	done, err := h.service.Drain(ctx, grace)
	if err != nil {
		return err
	}
	h.p.print(h.p.say("serve.once", dataset.N(done.Runs), dataset.N(done.Rejected), dataset.N(done.Failed), dataset.N(done.Unsent)))
	if done.Rejected+done.Failed+done.Unsent > 0 {
		return quietExit(exitPartly)
	}
	return nil
}

// serve works until the program is told to stop.
func (h *house) serve(ctx context.Context) error {
	stopPage, err := h.servePage()
	if err != nil {
		return err
	}
	defer stopPage()
	h.log.Info("serving", "process", monthly.Owner(), "drop folders", len(h.serving.options.Drops), "schedules", len(h.serving.options.Schedules), "mail", h.serving.options.Sender != nil)
	err = h.service.Serve(ctx, grace)
	h.log.Info("stopped")
	return err
}

// servePage serves the status page; what it returns ends it.
func (h *house) servePage() (stop func(), err error) {
	if h.serving.listen == listenOff {
		return func() {}, nil
	}
	handler, err := web.Handler(web.Options{Status: h.service.Status, Ready: h.book.Ready, Words: h.p.words, Outputs: h.serving.outputs, Metrics: h.serving.metrics, Hosts: h.serving.hosts})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", h.serving.listen)
	if err != nil {
		return nil, fail(exitFailure, "error.listen", dataset.Str(h.serving.listen), dataset.Str(plainNetwork(err))).withHint("hint.listen").because(err)
	}
	if !loopback(listener.Addr()) {
		h.log.Warn("the status page can be reached from other machines, without a password", "address", listener.Addr().String())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 5 * time.Minute, MaxHeaderBytes: 64 << 10}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("status page ended", "error", err)
		}
	}()
	h.log.Info("status page", "address", "http://"+listener.Addr().String())
	return func() {
		end, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = server.Shutdown(end)
	}, nil
}

// plainNetwork leaves out what a network error repeats.
func plainNetwork(err error) string {
	var operation *net.OpError
	if errors.As(err, &operation) {
		err = operation.Err
	}
	return strings.TrimPrefix(err.Error(), "listen tcp: ")
}

func loopback(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
