package deliver

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/wording"
)

// An Outbox is a [Book] that knows what is due. [ledger.Ledger] is one.
type Outbox interface {
	Book
	Due(ctx context.Context, now time.Time, limit int) ([]ledger.Delivery, error)
}

// A Recoverer gives up on deliveries whose sender died. [ledger.Ledger] is one.
type Recoverer interface {
	Recover(ctx context.Context, dead []string, now time.Time) (ids []int64, err error)
	Again(ctx context.Context, ids []int64, at time.Time) error
}

// Recover gives up on deliveries that were being sent when their sender died,
// or whose lease has ended: they become unknown and wait for a person or, where
// the server's settings say so, are queued once more as the same message. It
// returns their IDs.
func (s Server) Recover(ctx context.Context, book Recoverer, dead []string, now time.Time) ([]int64, error) {
	ids, err := book.Recover(ctx, dead, now)
	if err != nil || len(ids) == 0 || !s.resends() {
		return ids, err
	}
	return ids, book.Again(ctx, ids, now)
}

// Recover is [Server.Recover] of the sender's server.
func (s *Sender) Recover(ctx context.Context, book Recoverer, dead []string, now time.Time) ([]int64, error) {
	return s.server.Recover(ctx, book, dead, now)
}

// A Tally is what became of the deliveries of a round.
type Tally struct {
	Sent, Retry, Bounced, Held, Unknown int
	// Lines are those that need a person: bounced, held and unknown.
	Lines []NoticeLine
	Until time.Time // when the next window opens, where it was closed; else zero
}

// NeedsPerson reports whether there is something to tell the owner.
func (t Tally) NeedsPerson() bool { return len(t.Lines) > 0 }

func (t *Tally) add(d ledger.Delivery, o ledger.Outcome) {
	switch o.State {
	case ledger.Sent:
		t.Sent++
	case ledger.Retry:
		t.Retry++
	case ledger.Bounced:
		t.Bounced++
	case ledger.Held:
		t.Held++
	case ledger.Unknown:
		t.Unknown++
	}
	if o.State == ledger.Bounced || o.State == ledger.Held || o.State == ledger.Unknown {
		t.Lines = append(t.Lines, NoticeLine{ID: d.ID, Part: cmp.Or(d.Part, d.Report), To: strings.Join(d.To, ", "), Why: o.Why, Reply: o.Reply})
	}
}

// batch is how many deliveries are asked for at a time.
const batch = 50

// Run sends what is due, one delivery after the other, until nothing is, the
// window closes or ctx ends; the message in hand is finished. Any number of
// senders, also on other machines, may run at the same time.
//
// The error is the first [*Problem] with the server, or one of the outbox:
// what was not sent stays where it was. What the server said of single
// messages is no error but stands in the tally.
func (s *Sender) Run(ctx context.Context, box Outbox) (Tally, error) {
	var tally Tally
	for {
		due, err := box.Due(ctx, s.now(), batch)
		if err != nil {
			return tally, err
		}
		moved := false
		for _, d := range due {
			claimed, o, err := s.sendOne(ctx, box, d.ID)
			tally.add(claimed, o)
			moved = moved || o.State != ""
			var closed *ClosedError
			if errors.As(err, &closed) {
				tally.Until = closed.Until
				return tally, nil
			}
			if err != nil {
				return tally, err
			}
		}
		if !moved { // nothing is due, or others are at it
			return tally, ctx.Err()
		}
	}
}

// Notice returns what the owner is told of a round that ended with err; words
// turn what happened into text.
func (t Tally) Notice(words *wording.Writer, err error) Notice {
	n := Notice{Sent: t.Sent, Retry: t.Retry, Bounced: t.Bounced, Held: t.Held, Unknown: t.Unknown}
	for _, line := range t.Lines {
		line.Why = WhyText(words, line.Why)
		n.Lines = append(n.Lines, line)
	}
	if p := ProblemOf(err); p != nil {
		n.Problem, n.Hint = words.Text(p.Message), words.Text(p.Hint)
	} else if err != nil && !errors.Is(err, context.Canceled) {
		n.Problem = err.Error()
	}
	return n
}

// WhyText returns the text of [ledger.Delivery.Why]; an identifier without a
// text stays as it is.
func WhyText(words *wording.Writer, why string) string {
	if code := "deliver.why." + why; words.Has(code) {
		return words.Term(code)
	}
	return why
}

// Tell sends the server's owner a letter. It is no delivery: it may come twice
// when the program is ended, and nothing is kept of it. Without an owner
// nothing is sent.
func (s *Sender) Tell(ctx context.Context, letter Letter) error {
	if s.server.Owner == "" {
		return nil
	}
	now := s.now()
	outcome, err := s.loose(ctx, ledger.Delivery{
		To: []string{s.server.Owner}, Subject: letter.Subject, Text: letter.Text, HTML: letter.HTML, Date: now,
		MessageID: MessageID(digest(now.Format(time.RFC3339Nano), s.owner, letter.Subject), s.server.MessageIDDomain()),
	})
	if err == nil && outcome.State != ledger.Sent {
		err = problem(errors.New(cmp.Or(outcome.Reply, outcome.Why)), "tell", dataset.Str(addressOf(s.server.Owner)))
	}
	return err
}

// loose sends a message of which no book is kept.
func (s *Sender) loose(ctx context.Context, d ledger.Delivery) (ledger.Outcome, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if err := s.limiter.Wait(ctx); err != nil {
		return ledger.Outcome{}, err
	}
	if err := s.connect(ctx); err != nil {
		return ledger.Outcome{}, err
	}
	return s.deliver(context.WithoutCancel(ctx), d)
}
