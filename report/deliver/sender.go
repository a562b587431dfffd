package deliver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"valuebook/report/dataset"
	"valuebook/report/ledger"
)

// A Book keeps deliveries. [ledger.Ledger] is one.
type Book interface {
	// Claim makes a delivery that is due "sending", committed when it returns.
	// ok is false when it is not due, or another sender's.
	Claim(ctx context.Context, id int64, owner string, now time.Time, lease time.Duration) (d ledger.Delivery, ok bool, err error)
	// Settle writes down what became of a claimed delivery.
	Settle(ctx context.Context, id int64, owner string, o ledger.Outcome, at time.Time) error
}

// Options are what a [Sender] needs beside the server; all may be zero.
type Options struct {
	// Owner names the sender in the ledger, "" makes a name that no other has.
	Owner string
	Now   func() time.Time // nil = time.Now
	// Limiter is shared by senders that keep to one rate together; nil = one of
	// its own by Server.PerMinute.
	Limiter *rate.Limiter
	Log     *slog.Logger // nil = none; IDs, states and codes only
}

// A Sender hands messages to one mail server over one connection at a time. It
// may be used by several goroutines, which wait for each other; for more at a
// time make more senders.
type Sender struct {
	server  Server
	owner   string
	now     func() time.Time
	limiter *rate.Limiter
	log     *slog.Logger

	lock       sync.Mutex // guards what follows
	connection *connection
	tokens     oauth2.TokenSource
}

// NewSender returns a sender; it connects when there is something to send. A
// setting without a meaning is a [*Problem].
func NewSender(server Server, o Options) (*Sender, error) {
	if err := server.Validate(); err != nil {
		return nil, err
	}
	s := &Sender{server: server, owner: o.Owner, now: o.Now, limiter: o.Limiter, log: o.Log}
	if s.owner == "" {
		s.owner = newOwner()
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.limiter == nil {
		s.limiter = server.Limiter()
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	return s, nil
}

// newOwner names this process and this sender in it.
func newOwner() string {
	host, _ := os.Hostname()
	var salt [6]byte
	_, _ = rand.Read(salt[:])
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), hex.EncodeToString(salt[:]))
}

// Limiter returns a limiter with the server's rate, to be shared by senders.
func (s Server) Limiter() *rate.Limiter {
	if s.PerMinute <= 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Limit(float64(s.PerMinute)/60), 1)
}

// Owner returns the name of the sender in the ledger.
func (s *Sender) Owner() string { return s.owner }

// A ClosedError says that messages may not be sent now.
type ClosedError struct{ Until time.Time }

// Error says until when.
func (e *ClosedError) Error() string {
	return "no messages are sent before " + e.Until.Format(time.RFC3339)
}

// SendOne sends one delivery and returns the state in which it is left.
//
// A delivery that is not due, or another sender's, is left alone: the state is
// that which Claim tells and the error nil. A [*ClosedError] and a [*Problem]
// with the server come before the delivery is claimed, so that it stays as it
// was. Once claimed, it is settled also when ctx ends: the message in hand is
// finished. When settling itself fails the error says so, and the delivery is
// "sending" until the ledger recovers it as unknown.
func SendOne(ctx context.Context, book Book, id int64, s *Sender) (ledger.State, error) {
	d, outcome, err := s.sendOne(ctx, book, id)
	if outcome.State == "" {
		return d.State, err
	}
	return outcome.State, err
}

// sendOne is SendOne with the delivery as it was claimed and the outcome,
// which is zero where it was not claimed.
func (s *Sender) sendOne(ctx context.Context, book Book, id int64) (ledger.Delivery, ledger.Outcome, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if err := s.ready(ctx); err != nil {
		return ledger.Delivery{}, ledger.Outcome{}, err
	}
	d, ok, err := book.Claim(ctx, id, s.owner, s.now(), s.server.lease())
	if err != nil || !ok {
		return d, ledger.Outcome{}, err
	}
	outcome, trouble := s.deliver(context.WithoutCancel(ctx), d)
	if err := book.Settle(context.WithoutCancel(ctx), id, s.owner, outcome, s.now()); err != nil {
		return d, ledger.Outcome{State: ledger.Sending}, fmt.Errorf("settle delivery %d as %s: %w", id, outcome.State, err)
	}
	s.log.Info("delivery settled", "delivery", id, "state", string(outcome.State), "why", outcome.Why, "code", outcome.Code, "attempt", d.Attempt)
	return d, outcome, trouble
}

// ready waits for the rate and sees to a connection.
func (s *Sender) ready(ctx context.Context) error {
	if now := s.now(); !s.server.Window.Open(now) {
		return &ClosedError{Until: s.server.Window.Next(now)}
	}
	if err := s.limiter.Wait(ctx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.connect(ctx)
}

// connect makes a connection unless there is one that is good for another
// message.
func (s *Sender) connect(ctx context.Context) error {
	if s.connection != nil && s.connection.sent < s.server.perConnection() {
		return nil
	}
	s.hangUp()
	if s.server.OAuth != nil && s.tokens == nil {
		tokens, err := s.server.OAuth.source(context.WithoutCancel(ctx))
		if err != nil {
			return err
		}
		s.tokens = tokens
	}
	c, err := dial(ctx, s.server, s.tokens)
	if err != nil {
		return err
	}
	s.connection = c
	return nil
}

// deliver sends a claimed delivery. The error is a [*Problem] of the server
// that concerns the next messages too; the outcome holds all the same.
func (s *Sender) deliver(ctx context.Context, d ledger.Delivery) (ledger.Outcome, error) {
	m, err := message(d, s.server)
	if err != nil {
		return heldBack(err), nil
	}
	if o, tooLarge := s.tooLarge(m); tooLarge {
		return o, nil
	}
	again := s.connection.sent > 0 // it may have ended since the last message
	v := s.connection.send(m)
	if again && v.redial && (v.certainty == lost || v.certainty == postponed) {
		s.hangUp()
		if err := s.connect(ctx); err != nil {
			return s.server.outcome(v, d.Attempt, s.now()), err
		}
		v = s.connection.send(m)
	}
	if v.redial {
		s.connection.drop()
		s.connection = nil
	}
	outcome := s.server.outcome(v, d.Attempt, s.now())
	if v.login {
		return outcome, problem(errors.New(v.reply), "login", dataset.Str(s.server.address()))
	}
	return outcome, nil
}

// heldBack is the outcome of a delivery that cannot become a message.
func heldBack(err error) ledger.Outcome {
	o := ledger.Outcome{State: ledger.Held, Why: WhyAddress, Detail: err.Error()}
	var file *FileError
	if errors.As(err, &file) {
		o.Why = WhyFile
		if file.Changed {
			o.Why = WhyChanged
		}
	}
	return o
}

// tooLarge tells a message that the server would refuse after all of it was
// sent, or that is larger than what is set.
func (s *Sender) tooLarge(m *gomail.Msg) (ledger.Outcome, bool) {
	n, err := size(m)
	limit := s.server.Limit()
	if takes := s.connection.takes(); takes > 0 {
		limit = min(limit, takes)
	}
	if err != nil || n <= limit {
		return ledger.Outcome{}, false
	}
	return ledger.Outcome{State: ledger.Bounced, Why: WhyTooLarge, Detail: fmt.Sprintf("%d bytes, the limit is %d", n, limit)}, true
}

// hangUp ends the connection.
func (s *Sender) hangUp() {
	s.connection.close()
	s.connection = nil
}

// Close ends the connection, if there is one. The sender can be used again.
func (s *Sender) Close() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.hangUp()
}
