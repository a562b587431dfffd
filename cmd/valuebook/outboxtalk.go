package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/ledger"
	monthly "valuebook/report/run"
	"valuebook/templates"
)

// messagesDocument is the outbox for programs.
type messagesDocument struct {
	Messages []messageDocument `json:"messages"`
}

type messageDocument struct {
	ID        int64           `json:"id,omitempty"`
	Report    string          `json:"report"`
	Period    string          `json:"period,omitempty"`
	Revision  int             `json:"revision"`
	Part      string          `json:"part,omitempty"`
	To        []string        `json:"to"`
	Cc        []string        `json:"cc,omitempty"`
	Bcc       []string        `json:"bcc,omitempty"`
	Subject   string          `json:"subject"`
	Files     []string        `json:"files,omitempty"`
	State     string          `json:"state"`
	Why       string          `json:"why,omitempty"`
	Attempt   int             `json:"attempt,omitempty"`
	Code      int             `json:"code,omitempty"`
	Reply     string          `json:"reply,omitempty"`
	MessageID string          `json:"message_id"`
	Content   string          `json:"content_sha256"`
	ResendOf  int64           `json:"resend_of,omitempty"`
	Events    []eventDocument `json:"events,omitempty"`
}

type eventDocument struct {
	At     time.Time `json:"at"`
	State  string    `json:"state"`
	Detail string    `json:"detail,omitempty"`
}

func messageOf(d ledger.Delivery) messageDocument {
	m := messageDocument{ID: d.ID, Report: d.Report, Period: d.Period, Revision: d.Revision, Part: d.Part, To: d.To, Cc: d.Cc, Bcc: d.Bcc,
		Subject: d.Subject, State: string(d.State), Why: d.Why, Attempt: d.Attempt, Code: d.Code, Reply: d.Reply, MessageID: d.MessageID,
		Content: d.ContentSHA256, ResendOf: d.ResendOf}
	for _, f := range d.Attachments {
		m.Files = append(m.Files, f.Name)
	}
	return m
}

// list prints the outbox.
func (o *outbox) list() error {
	all, err := o.chosen()
	if err != nil {
		return err
	}
	if o.c.Bool("json") {
		out := messagesDocument{Messages: []messageDocument{}}
		for _, d := range all {
			out.Messages = append(out.Messages, messageOf(d))
		}
		return o.p.printJSON(out)
	}
	if len(all) == 0 {
		o.p.print(o.p.say("outbox.empty"))
		return nil
	}
	o.p.printTable(o.table(all))
	o.p.print("", o.p.tallyOf(all))
	return nil
}

// table lists deliveries with their numbers.
func (o *outbox) table(all []ledger.Delivery) (header []string, rows [][]string) {
	p := o.p
	header = []string{p.say("outbox.column.id"), p.say("outbox.column.period"), p.say("deliver.column.part"), p.say("deliver.column.to"),
		p.say("deliver.column.state"), p.say("outbox.column.why")}
	for _, d := range all {
		period := d.Period
		if d.Revision > 1 {
			period += "/" + strconv.Itoa(d.Revision)
		}
		what := d.Part
		if what == "" {
			what = d.Report
		}
		rows = append(rows, []string{strconv.FormatInt(d.ID, 10), period, what, strings.Join(d.To, ", "),
			deliver.StateText(p.words, d.State), deliver.WhyText(p.words, d.Why)})
	}
	return header, rows
}

// tallyOf counts deliveries by state: "12 sent, 1 held".
func (p *program) tallyOf(all []ledger.Delivery) string {
	counts := map[ledger.State]int{}
	for _, d := range all {
		counts[d.State]++
	}
	var pieces []string
	for _, s := range allStates {
		if counts[s] > 0 {
			pieces = append(pieces, p.say("outbox.count", dataset.N(counts[s]), dataset.TermOf("deliver.state."+string(s))))
		}
	}
	return strings.Join(pieces, ", ")
}

// show prints messages with their history.
func (o *outbox) show() error {
	var out messagesDocument
	for i, id := range o.ids {
		d, err := o.book.Delivery(o.ctx, id)
		if err != nil {
			return err
		}
		events, err := o.book.Events(o.ctx, id)
		if err != nil {
			return err
		}
		if o.c.Bool("json") {
			m := messageOf(d)
			for _, e := range events {
				m.Events = append(m.Events, eventDocument{e.At, string(e.State), e.Detail})
			}
			out.Messages = append(out.Messages, m)
			continue
		}
		if i > 0 {
			o.p.print("")
		}
		o.showOne(d, events)
	}
	if o.c.Bool("json") {
		return o.p.printJSON(out)
	}
	return nil
}

func (o *outbox) showOne(d ledger.Delivery, events []ledger.Event) {
	p := o.p
	line := func(code string, text string) {
		if text != "" {
			p.print("  " + p.say("outbox.field", dataset.TermOf(code), dataset.Str(text)))
		}
	}
	p.print(p.say("outbox.title", dataset.N(int(d.ID)), dataset.Str(d.Subject)))
	line("deliver.column.state", deliver.StateText(p.words, d.State))
	line("outbox.column.why", deliver.WhyText(p.words, d.Why))
	line("outbox.field.reply", d.Reply)
	line("outbox.field.report", d.Report)
	line("outbox.column.period", d.Period)
	line("outbox.field.revision", strconv.Itoa(d.Revision))
	line("deliver.column.part", d.Part)
	line("deliver.column.to", strings.Join(d.To, ", "))
	line("deliver.column.cc", strings.Join(d.Cc, ", "))
	line("deliver.column.bcc", strings.Join(d.Bcc, ", "))
	for _, f := range d.Attachments {
		line("deliver.column.files", shown(f.Path))
	}
	line("outbox.field.message-id", d.MessageID)
	if d.ResendOf != 0 {
		line("outbox.field.resend-of", strconv.FormatInt(d.ResendOf, 10))
	}
	p.print("", "  "+p.say("outbox.events"))
	for _, e := range events {
		p.print(strings.TrimRight("    "+e.At.UTC().Format("2006-01-02 15:04:05")+"  "+deliver.StateText(p.words, e.State)+"  "+deliver.WhyText(p.words, e.Detail), " "))
	}
	if next := "outbox.next." + string(d.State); p.words.Has(next) {
		p.print("", "  "+p.say(next, dataset.N(int(d.ID))))
	}
}

// send sends what is due, and tells the owner what needs a person.
func (o *outbox) send() error {
	server, err := o.file.mail().server()
	if err != nil {
		return err
	}
	now := clockOf(o.ctx, o.book)
	sender, err := deliver.NewSender(server, deliver.Options{Owner: monthly.Owner(), Now: now})
	if err != nil {
		return err
	}
	defer sender.Close()
	only, err := o.narrowed()
	if err != nil {
		return err
	}
	box := &watched{House: o.mine(), only: only}
	if o.c.Bool("all") {
		box.Name = ""
	}
	due, err := box.Due(o.ctx, now(), 0)
	if err != nil {
		return err
	}
	bar := o.p.counting(len(due))
	box.settled = bar.count
	tally, err := sender.Run(o.ctx, box)
	bar.end()
	if told := o.tellOwner(sender, server, tally, err); told != nil {
		o.p.printError(told)
	}
	return o.tellSent(tally, err)
}

// narrowed returns the messages that are to be sent alone: those numbered, else
// those of --report, --period and --state; nil for all.
func (o *outbox) narrowed() ([]int64, error) {
	if len(o.ids) == 0 && o.c.String("report") == "" && o.c.String("period") == "" && o.c.String("state") == "" {
		return nil, nil
	}
	all, err := o.chosen(ledger.Queued, ledger.Retry)
	ids := []int64{} // none at all sends nothing
	for _, d := range all {
		ids = append(ids, d.ID)
	}
	return ids, err
}

// tellOwner writes to the owner when something needs a person.
func (o *outbox) tellOwner(sender *deliver.Sender, server deliver.Server, tally deliver.Tally, failed error) error {
	if server.Owner == "" || !tally.NeedsPerson() && failed == nil || o.ctx.Err() != nil {
		return nil
	}
	language := o.p.words.Language()
	composer, err := deliver.NewComposer(language, func(name string) ([]byte, error) {
		return templates.Read(name, overlayOf(o.file.settings.Value("templates")))
	})
	if err != nil {
		return err
	}
	letter, err := composer.Notice(tally.Notice(o.p.words, failed))
	if err != nil {
		return err
	}
	return sender.Tell(o.ctx, letter)
}

// tellSent says what became of the messages.
func (o *outbox) tellSent(tally deliver.Tally, err error) error {
	p := o.p
	for _, line := range tally.Lines {
		p.line("error", p.say("outbox.failed", dataset.Str(strconv.FormatInt(line.ID, 10)+" "+line.Part+" → "+line.To),
			dataset.Str(deliver.WhyText(p.words, line.Why)), dataset.Str(line.Reply)))
	}
	if o.c.Bool("json") {
		document := struct {
			Sent    int        `json:"sent"`
			Retry   int        `json:"retry"`
			Bounced int        `json:"bounced"`
			Held    int        `json:"held"`
			Unknown int        `json:"unknown"`
			Until   *time.Time `json:"closed_until,omitempty"`
		}{Sent: tally.Sent, Retry: tally.Retry, Bounced: tally.Bounced, Held: tally.Held, Unknown: tally.Unknown}
		if !tally.Until.IsZero() {
			document.Until = &tally.Until
		}
		if err := p.printJSON(document); err != nil {
			return err
		}
	} else if !p.quiet {
		p.print(p.say("outbox.sent", dataset.N(tally.Sent), dataset.N(tally.Retry), dataset.N(tally.Bounced), dataset.N(tally.Held), dataset.N(tally.Unknown)))
		if !tally.Until.IsZero() {
			p.print(p.say("outbox.closed", dataset.Str(tally.Until.Format("2006-01-02 15:04 MST"))))
		}
	}
	if err != nil {
		p.printError(err)
		if tally.Sent > 0 {
			return quietExit(exitPartly)
		}
		return quietExit(exitCode(err))
	}
	if tally.Retry+tally.Bounced+tally.Held+tally.Unknown > 0 {
		return quietExit(exitPartly)
	}
	return nil
}

// isProblem returns the failure with the words of a problem of mail.
func isProblem(err error) *failure {
	problem := deliver.ProblemOf(err)
	if problem == nil {
		return nil
	}
	return (&failure{code: exitFailure, message: problem.Message, hint: problem.Hint}).because(errors.Unwrap(problem))
}
