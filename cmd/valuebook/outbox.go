package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"valuebook/report/config"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	monthly "valuebook/report/run"
)

// outboxActions are the words after "outbox", the first without any.
var outboxActions = []string{"list", "show", "approve", "send", "resend", "cancel", "mark", "preview"}

func (p *program) outboxCommand() *cli.Command {
	return &cli.Command{
		Name: "outbox", Usage: p.say("command.outbox"), ArgsUsage: "[" + strings.Join(outboxActions, "|") + "] [ID...]",
		Description: p.say("command.outbox.description"),
		Flags: []cli.Flag{p.ownFlag("config", "run-config"), p.ownFlag("report", "outbox-report"), p.ownFlag("period", "outbox-period"), p.ownFlag("state", "state"),
			p.switchFlag("all"), p.ownFlag("reason", "reason"), p.ownFlag("out", "preview-out"), p.switchFlag("json"), p.switchFlag("quiet", "q")},
		Action: func(c *cli.Context) error {
			file, book, err := p.openHistory(c)
			if err != nil {
				return err
			}
			defer book.Close()
			o := &outbox{p: p, c: c, ctx: c.Context, file: file, book: book, ids: nil}
			return o.do(c.Args().Slice())
		},
	}
}

// outbox is one use of the command.
type outbox struct {
	p    *program
	c    *cli.Context
	ctx  context.Context
	file *runFile
	book *ledger.Ledger
	ids  []int64
	mark ledger.State
}

// do carries out the action that the names after the command say.
func (o *outbox) do(args []string) error {
	action := outboxActions[0]
	if len(args) > 0 {
		action, args = args[0], args[1:]
	}
	if !slices.Contains(outboxActions, action) {
		f := fail(exitUsage, "error.outbox-action", dataset.Str(action))
		if nearest := config.Nearest(action, outboxActions); nearest != "" {
			return f.withHint("hint.did-you-mean", dataset.Str("valuebook outbox "+nearest))
		}
		return f.withHint("hint.one-of", dataset.List(outboxActions...))
	}
	if err := o.numbers(action, args); err != nil {
		return err
	}
	if err := o.recover(); err != nil {
		return err
	}
	switch action {
	case "show":
		return o.show()
	case "send":
		return o.send()
	case "preview":
		return o.preview()
	case "list":
		return o.list()
	}
	return o.change(action)
}

// recover settles what a killed sender left: it is unclear, or is sent again
// where the run file says so.
func (o *outbox) recover() error {
	owners, err := o.book.Owners(o.ctx)
	if err != nil {
		return err
	}
	server := deliver.Server{}
	if mail := o.file.mail(); mail.given() {
		if server, err = mail.server(); err != nil {
			return err
		}
	}
	_, err = server.Recover(o.ctx, o.mine(), monthly.Dead(owners), clockOf(o.ctx, o.book)())
	return err
}

// mine is the ledger as far as the messages of this run file go: those of
// others with the same history have a mail server and rules of their own.
func (o *outbox) mine() ledger.House {
	return ledger.House{Ledger: o.book, Name: o.file.report("", false)}
}

// numbers reads the IDs after an action; "mark" takes a state behind the first.
func (o *outbox) numbers(action string, args []string) error {
	for _, arg := range args {
		if action == "mark" && len(o.ids) > 0 && o.mark == "" && (arg == string(ledger.Sent) || arg == string(ledger.Bounced)) {
			o.mark = ledger.State(arg)
			continue
		}
		id, err := strconv.ParseInt(strings.TrimPrefix(arg, "#"), 10, 64)
		if err != nil || id < 1 {
			return fail(exitUsage, "error.outbox-number", dataset.Str(arg)).withHint("hint.outbox-number")
		}
		o.ids = append(o.ids, id)
	}
	return o.complete(action)
}

// complete refuses an action that lacks something.
func (o *outbox) complete(action string) error {
	chosen := len(o.ids) > 0 || o.c.Bool("all") || o.c.String("period") != "" || o.c.String("report") != ""
	needsNumber := action == "show" || action == "preview" || action == "mark"
	needsChoice := action == "approve" || action == "resend" || action == "cancel"
	needsReason := action == "resend" || action == "mark" || action == "cancel"
	switch {
	case needsNumber && len(o.ids) == 0, needsChoice && !chosen:
		return fail(exitUsage, "error.outbox-which", dataset.Str(action)).withHint("hint.outbox-number")
	case action == "mark" && o.mark == "":
		return fail(exitUsage, "error.outbox-mark").withHint("hint.outbox-mark")
	case needsReason && strings.TrimSpace(o.c.String("reason")) == "":
		return fail(exitUsage, "error.outbox-reason", dataset.Str(action)).withHint("hint.outbox-reason", dataset.Str(action))
	}
	_, err := o.states()
	return err
}

// allStates are those that --state takes.
var allStates = []ledger.State{ledger.Queued, ledger.Held, ledger.Sending, ledger.Sent, ledger.Retry, ledger.Bounced, ledger.Unknown, ledger.Cancelled}

// states reads --state.
func (o *outbox) states() ([]ledger.State, error) {
	var states []ledger.State
	for _, word := range strings.FieldsFunc(o.c.String("state"), func(r rune) bool { return r == ',' || r == ' ' }) {
		if !slices.Contains(allStates, ledger.State(word)) {
			var names []string
			for _, s := range allStates {
				names = append(names, string(s))
			}
			return nil, fail(exitUsage, "error.setting-want", dataset.Str("--state"), dataset.Str(word), dataset.TermOf("want.state")).
				withHint("hint.one-of", dataset.List(names...))
		}
		states = append(states, ledger.State(word))
	}
	return states, nil
}

// chosen returns the deliveries that an action is about: those numbered, else
// those of --report, --period and --state, else all in some states.
func (o *outbox) chosen(usual ...ledger.State) ([]ledger.Delivery, error) {
	if len(o.ids) > 0 {
		var all []ledger.Delivery
		for _, id := range o.ids {
			d, err := o.book.Delivery(o.ctx, id)
			if err != nil {
				return nil, err
			}
			all = append(all, d)
		}
		return all, nil
	}
	states, err := o.states()
	if err != nil {
		return nil, err
	}
	if len(states) == 0 {
		states = usual
	}
	return o.book.Deliveries(o.ctx, ledger.DeliveryFilter{Report: o.c.String("report"), Period: o.c.String("period"), States: states})
}

// change approves, sends again, cancels or marks.
func (o *outbox) change(action string) error {
	now, reason := clockOf(o.ctx, o.book)(), o.c.String("reason")
	usual := map[string][]ledger.State{"approve": {ledger.Held}, "cancel": {ledger.Queued, ledger.Held, ledger.Retry},
		"resend": {ledger.Sent, ledger.Bounced, ledger.Unknown}}[action]
	all, err := o.chosen(usual...)
	if err != nil {
		return err
	}
	var ids []int64
	for _, d := range all {
		ids = append(ids, d.ID)
	}
	switch action {
	case "approve":
		err = o.book.Approve(o.ctx, ids, now)
	case "cancel":
		err = o.book.Cancel(o.ctx, ids, reason, now)
	default:
		var changed []int64
		err = o.book.InTx(o.ctx, func(tx *ledger.Tx) (err error) {
			changed, err = o.changeEach(tx, ids, reason, now)
			return err
		})
		ids = changed
	}
	if err != nil {
		return err
	}
	return o.tellChanged(action, ids)
}

// changeEach marks or sends again, all or none, and returns the numbers: what is
// sent again gets new ones.
func (o *outbox) changeEach(tx *ledger.Tx, ids []int64, reason string, now time.Time) ([]int64, error) {
	changed := slices.Clone(ids)
	for i, id := range ids {
		if o.mark != "" {
			if err := tx.Mark(o.ctx, id, o.mark, reason, now); err != nil {
				return nil, err
			}
			continue
		}
		again, err := tx.Resend(o.ctx, id, reason, now)
		if err != nil {
			return nil, err
		}
		changed[i] = again.ID
	}
	return changed, nil
}

func (o *outbox) tellChanged(action string, ids []int64) error {
	if o.c.Bool("json") {
		var all []messageDocument
		for _, id := range ids {
			d, err := o.book.Delivery(o.ctx, id)
			if err != nil {
				return err
			}
			all = append(all, messageOf(d))
		}
		return o.p.printJSON(messagesDocument{all})
	}
	if !o.p.quiet {
		o.p.print(o.p.say("outbox."+action, dataset.N(len(ids))))
	}
	return nil
}

// preview writes a message as it would be sent, and its text as a page.
func (o *outbox) preview() error {
	server, err := o.file.mail().server()
	if err != nil {
		return err
	}
	folder := o.c.String("out")
	if folder == "" {
		folder = "."
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, id := range o.ids {
		d, err := o.book.Delivery(o.ctx, id)
		if err != nil {
			return err
		}
		if err := o.previewOne(folder, d, server); err != nil {
			return err
		}
	}
	return nil
}

func (o *outbox) previewOne(folder string, d ledger.Delivery, server deliver.Server) error {
	message, err := deliver.EML(d, server)
	if err != nil {
		return err
	}
	page, err := deliver.PreviewHTML(d)
	if err != nil {
		return err
	}
	stem := filepath.Join(folder, "message-"+strconv.FormatInt(d.ID, 10))
	for name, data := range map[string][]byte{stem + ".eml": message, stem + ".html": page} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return err
		}
	}
	o.p.print(stem+".eml", stem+".html")
	return nil
}
