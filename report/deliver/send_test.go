package deliver_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"valuebook/report/deliver"
	"valuebook/report/ledger"
)

// TestEachAnswerEndsInItsState sends one message to every kind of recipient
// that the relay knows. Whatever became of one, the next is sent.
func TestEachAnswerEndsInItsState(t *testing.T) {
	tests := []struct {
		to    string
		state ledger.State
		why   string
		code  int
		kept  int // how many the relay has
	}{
		{"ok", ledger.Sent, "", 250, 1},
		{"later", ledger.Retry, deliver.WhyTemporary, 451, 0},
		{"busy", ledger.Retry, deliver.WhyTemporary, 451, 0},
		{"nobody", ledger.Bounced, deliver.WhyRejected, 550, 0},
		{"full", ledger.Bounced, deliver.WhyTooLarge, 552, 0},
		{"spam", ledger.Bounced, deliver.WhyRejected, 554, 0},
		{"closing", ledger.Retry, deliver.WhyTemporary, 421, 0},
		{"shutting", ledger.Retry, deliver.WhyTemporary, 421, 0},
		{"drop", ledger.Unknown, deliver.WhyUnclear, 0, 1},
		{"mute", ledger.Unknown, deliver.WhyUnclear, 0, 0},
		{"hangup", ledger.Retry, deliver.WhyConnection, 0, 0},
		{"stall", ledger.Retry, deliver.WhyConnection, 0, 0},
		{"slow", ledger.Unknown, deliver.WhyUnclear, 0, 1},
	}
	for _, reused := range []bool{false, true} {
		for _, test := range tests {
			name := test.to
			if reused {
				name += " over a connection in use"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := startRelay(t, relayOptions{})
				s := r.server(t)
				if test.to == "slow" || test.to == "stall" {
					s.Timeout = time.Second
				}
				size := 50_000
				if test.to == "hangup" || test.to == "stall" {
					size = 8 << 20 // more than sockets hold
				}
				large := file(t, "report.pdf", make([]byte, size))
				b := newBox(t, s, draft("first", "ok.1@customer.example"), draft("this", test.to+"@customer.example", large), draft("last", "ok.2@customer.example"))
				sender := newSender(t, s)
				if reused {
					b.send(t, sender, 0, ledger.Sent)
				}
				before := len(r.taken())
				b.send(t, sender, 1, test.state)
				d := b.delivery(t, 1)
				if d.Why != test.why || d.Code != test.code || d.Attempt != 1 {
					t.Errorf("why %q, code %d, attempt %d (%s); want %q, %d, 1", d.Why, d.Code, d.Attempt, d.Reply, test.why, test.code)
				}
				if d.State == ledger.Retry && !d.NextAt.After(time.Now().Add(4*time.Minute)) {
					t.Errorf("the next try is at %v", d.NextAt)
				}
				if test.to == "stall" {
					time.Sleep(time.Second) // the relay reads what came after all
				}
				if got := len(r.taken()) - before; got != test.kept {
					t.Errorf("the relay has %d of this message, want %d", got, test.kept)
				}
				b.send(t, sender, 2, ledger.Sent)
			})
		}
	}
}

// send sends one delivery and checks the state that is told and kept.
func (b *box) send(t *testing.T, s *deliver.Sender, i int, want ledger.State) {
	t.Helper()
	got, err := deliver.SendOne(context.Background(), b, b.ids[i], s)
	if err != nil || got != want {
		t.Errorf("delivery %d: %s, %v; want %s", i, got, err, want)
	}
	if d := b.delivery(t, i); d.State != want {
		t.Errorf("delivery %d is kept as %s (%s %s), want %s", i, d.State, d.Why, d.Reply, want)
	}
}

// TestClosedConnectionIsMadeAnew holds that a server that closes down between
// two messages costs no try.
func TestClosedConnectionIsMadeAnew(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	b := newBox(t, s, many(3)...)
	sender := newSender(t, s)
	b.send(t, sender, 0, ledger.Sent)
	r.lock.Lock()
	r.closing = 1
	r.lock.Unlock()
	b.send(t, sender, 1, ledger.Sent)
	b.send(t, sender, 2, ledger.Sent)
	if n := r.dialled(); n != 2 {
		t.Errorf("%d connections, want 2", n)
	}
}

func TestConnectionsAreUsedForSeveralMessages(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.PerConnection = 4
	b := newBox(t, s, many(10)...)
	tally, err := newSender(t, s).Run(context.Background(), b)
	if err != nil || tally.Sent != 10 {
		t.Fatalf("%+v, %v", tally, err)
	}
	if n := r.dialled(); n != 3 {
		t.Errorf("%d connections for 10 messages, 4 each", n)
	}
}

// TestNothingIsSentToAServerThatIsNotTrusted holds that the deliveries stay
// as they were.
func TestNothingIsSentToAServerThatIsNotTrusted(t *testing.T) {
	stranger, _ := newCertificatePEM(t)
	tests := map[string]struct {
		relay  relayOptions
		change func(s *deliver.Server)
		want   string
	}{
		"no STARTTLS":               {relayOptions{noTLS: true}, func(*deliver.Server) {}, "deliver.no-starttls"},
		"certificate of a stranger": {relayOptions{}, func(s *deliver.Server) { s.CAFile = stranger }, "deliver.certificate"},
		"certificate, implicit TLS": {relayOptions{implicit: true}, func(s *deliver.Server) { s.Security, s.CAFile = deliver.TLS, stranger }, "deliver.certificate"},
		"wrong password":            {relayOptions{}, func(s *deliver.Server) { t.Setenv("WRONG", "x"); s.Secret.Variable = "WRONG" }, "deliver.login"},
		"no such mechanism":         {relayOptions{}, func(s *deliver.Server) { s.Auth = deliver.AuthSCRAM }, "deliver.login"},
		"none that is safe":         {relayOptions{}, func(s *deliver.Server) { s.Auth = deliver.AuthNone }, "deliver.login"},
		"nobody listens":            {relayOptions{}, func(s *deliver.Server) { s.Port = 1 }, "deliver.unreachable"},
		"no password":               {relayOptions{}, func(s *deliver.Server) { s.Secret.Variable = "NOT_THERE" }, "deliver.secret-none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := startRelay(t, test.relay)
			s := r.server(t)
			test.change(&s)
			b := newBox(t, s, many(2)...)
			tally, err := newSender(t, s).Run(context.Background(), b)
			p := deliver.ProblemOf(err)
			if p == nil || p.Message.Code != test.want {
				t.Fatalf("%+v, %v; want %s", tally, err, test.want)
			}
			if bytes.Contains([]byte(err.Error()), []byte(relayPassword)) {
				t.Error("the error tells the password")
			}
			for i := range b.ids {
				if d := b.delivery(t, i); d.State != ledger.Queued && d.State != ledger.Retry {
					t.Errorf("a delivery is %s, %s", d.State, d.Why)
				}
			}
			if n := len(r.taken()); n != 0 {
				t.Errorf("the relay has %d messages", n)
			}
		})
	}
}

func newCertificatePEM(t *testing.T) (path string, pem []byte) {
	t.Helper()
	_, pem = newCertificate(t)
	path = t.TempDir() + "/stranger.pem"
	if err := os.WriteFile(path, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, pem
}

func TestWaysToConnect(t *testing.T) {
	tests := map[string]struct {
		relay  relayOptions
		change func(s *deliver.Server)
	}{
		"STARTTLS, the strongest": {relayOptions{}, func(*deliver.Server) {}},
		"STARTTLS, PLAIN":         {relayOptions{}, func(s *deliver.Server) { s.Auth = deliver.AuthPlain }},
		"STARTTLS, LOGIN":         {relayOptions{}, func(s *deliver.Server) { s.Auth = deliver.AuthLogin }},
		"TLS":                     {relayOptions{implicit: true}, func(s *deliver.Server) { s.Security = deliver.TLS }},
		"clear on this machine":   {relayOptions{noTLS: true}, func(s *deliver.Server) { s.Security = deliver.Clear }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := startRelay(t, test.relay)
			s := r.server(t)
			test.change(&s)
			b := newBox(t, s, many(1)...)
			b.send(t, newSender(t, s), 0, ledger.Sent)
		})
	}
}

// TestRetriesComeToAnEnd follows a message that is always put off.
func TestRetriesComeToAnEnd(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.Retry = deliver.Retry{Times: 3, First: time.Minute, Most: 5 * time.Minute}
	b := newBox(t, s, draft("a", "later@customer.example"))
	now := day.Add(time.Hour)
	sender, err := deliver.NewSender(s, deliver.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	for i, wait := range []time.Duration{time.Minute, 3 * time.Minute, 5 * time.Minute} {
		b.send(t, sender, 0, ledger.Retry)
		if d := b.delivery(t, 0); !d.NextAt.Equal(now.Add(wait)) {
			t.Errorf("after try %d the next is in %v, want %v", i+1, d.NextAt.Sub(now), wait)
		}
		if state, err := deliver.SendOne(context.Background(), b, b.ids[0], sender); state != ledger.Retry || err != nil {
			t.Errorf("before its time: %s, %v", state, err)
		}
		if d := b.delivery(t, 0); d.Attempt != i+1 {
			t.Errorf("%d tries, want %d", d.Attempt, i+1)
		}
		now = now.Add(wait)
	}
	b.send(t, sender, 0, ledger.Bounced)
	if d := b.delivery(t, 0); d.Why != deliver.WhyGaveUp {
		t.Errorf("why %q", d.Why)
	}
}

// TestUnclearIsSentAgainOnRequest holds that the second message is the first
// again: the same Message-ID and Date.
func TestUnclearIsSentAgainOnRequest(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.OnUnknown = deliver.UnclearResend
	b := newBox(t, s, draft("a", "drop@customer.example"))
	now := time.Now()
	sender, err := deliver.NewSender(s, deliver.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	b.send(t, sender, 0, ledger.Retry)
	now = now.Add(time.Hour)
	b.send(t, sender, 0, ledger.Retry)
	got := r.taken()
	if len(got) != 2 || got[0].id(t) != got[1].id(t) || !bytes.Contains(got[1].data, []byte("Date: Mon, 02 Nov 2026 06:00:00 +0000\r\n")) {
		t.Errorf("%d messages", len(got))
	}
}

// TestRecovered follows messages whose sender died after it had claimed them.
func TestRecovered(t *testing.T) {
	for policy, want := range map[string]ledger.State{deliver.UnclearHold: ledger.Unknown, deliver.UnclearResend: ledger.Sent} {
		r := startRelay(t, relayOptions{})
		s := r.server(t)
		s.OnUnknown = policy
		b := newBox(t, s, many(2)...)
		ctx := context.Background()
		first, _, err := b.Claim(ctx, b.ids[0], "dead", time.Now(), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.Claim(ctx, b.ids[1], "alive", time.Now(), time.Hour); err != nil {
			t.Fatal(err)
		}
		ids, err := s.Recover(ctx, b, []string{"dead"}, time.Now())
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		if _, err := newSender(t, s).Run(ctx, b); err != nil {
			t.Fatal(err)
		}
		if d := b.delivery(t, 0); d.State != want || d.MessageID != first.MessageID || !d.Date.Equal(first.Date) {
			t.Errorf("%s: %s", policy, d.State)
		}
		if d := b.delivery(t, 1); d.State != ledger.Sending {
			t.Errorf("%s: one of a living sender is %s", policy, d.State)
		}
	}
}

func TestChangedFileIsHeld(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	changed, gone := file(t, "changed.pdf", []byte("%PDF one")), file(t, "gone.pdf", []byte("%PDF two"))
	b := newBox(t, s, draft("a", "ok.1@customer.example", changed), draft("b", "ok.2@customer.example", gone))
	if err := os.WriteFile(changed.Path, []byte("%PDF of another customer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(gone.Path); err != nil {
		t.Fatal(err)
	}
	sender := newSender(t, s)
	b.send(t, sender, 0, ledger.Held)
	b.send(t, sender, 1, ledger.Held)
	if first, second := b.delivery(t, 0).Why, b.delivery(t, 1).Why; first != deliver.WhyChanged || second != deliver.WhyFile {
		t.Errorf("why %q and %q", first, second)
	}
	if n := len(r.taken()); n != 0 {
		t.Errorf("the relay has %d messages", n)
	}
}

// TestSizeIsKnownBefore holds that a message the server would not take is not
// sent to it.
func TestSizeIsKnownBefore(t *testing.T) {
	r := startRelay(t, relayOptions{most: 100_000})
	s := r.server(t)
	fits, tooLarge := file(t, "a.pdf", make([]byte, 70_000)), file(t, "b.pdf", make([]byte, 74_000)) // 95,800 and 101,300 bytes encoded
	b := newBox(t, s, draft("a", "ok.1@customer.example", fits), draft("b", "ok.2@customer.example", tooLarge))
	sender := newSender(t, s)
	b.send(t, sender, 0, ledger.Sent)
	b.send(t, sender, 1, ledger.Bounced)
	if d := b.delivery(t, 1); d.Why != deliver.WhyTooLarge || d.Code != 0 {
		t.Errorf("why %q, code %d", d.Why, d.Code)
	}
}

func TestClosedWindow(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.Window = deliver.Window{Days: []string{"mon", "tue"}, From: "08:00", To: "18:00", Zone: "Europe/Berlin"}
	b := newBox(t, s, many(1)...)
	now := time.Date(2026, 11, 4, 12, 0, 0, 0, time.UTC) // a Wednesday
	sender, err := deliver.NewSender(s, deliver.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	_, err = deliver.SendOne(context.Background(), b, b.ids[0], sender)
	var closed *deliver.ClosedError
	if want := time.Date(2026, 11, 9, 7, 0, 0, 0, time.UTC); !errors.As(err, &closed) || !closed.Until.Equal(want) {
		t.Fatalf("%v, want closed until %v", err, want)
	}
	if tally, err := sender.Run(context.Background(), b); err != nil || !tally.Until.Equal(closed.Until) || r.dialled() != 0 {
		t.Errorf("%+v, %v", tally, err)
	}
	now = closed.Until
	b.send(t, sender, 0, ledger.Sent)
}

func TestRateIsKept(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.PerMinute = 600 // one each tenth of a second
	b := newBox(t, s, many(6)...)
	begin := time.Now()
	if tally, err := newSender(t, s).Run(context.Background(), b); err != nil || tally.Sent != 6 {
		t.Fatalf("%+v, %v", tally, err)
	}
	if took := time.Since(begin); took < 490*time.Millisecond {
		t.Errorf("6 messages in %v, the rate allows half a second at least", took)
	}
}

// TestSendersShareTheWork holds that several senders at one outbox send each
// message once.
func TestSendersShareTheWork(t *testing.T) {
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	b := newBox(t, s, many(60)...)
	tallies, errs := make(chan deliver.Tally), make(chan error, 4)
	for range 4 {
		sender := newSender(t, s)
		go func() {
			tally, err := sender.Run(context.Background(), b)
			errs <- err
			tallies <- tally
		}()
	}
	sent := 0
	for range 4 {
		sent += (<-tallies).Sent
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	seen := map[string]int{}
	for _, l := range r.taken() {
		seen[l.id(t)]++
	}
	if sent != 60 || len(r.taken()) != 60 || len(seen) != 60 {
		t.Errorf("%d told, %d arrived, %d different", sent, len(r.taken()), len(seen))
	}
}

// TestStopFinishesTheMessage ends the context while a message is on its way.
func TestStopFinishesTheMessage(t *testing.T) {
	r := startRelay(t, relayOptions{lag: 300 * time.Millisecond})
	s := r.server(t)
	b := newBox(t, s, many(5)...)
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		for len(r.taken()) == 0 {
			time.Sleep(5 * time.Millisecond)
		}
		stop()
	}()
	tally, err := newSender(t, s).Run(ctx, b)
	if !errors.Is(err, context.Canceled) || tally.Sent != 1 {
		t.Errorf("%+v, %v", tally, err)
	}
	if first, second := b.delivery(t, 0).State, b.delivery(t, 1).State; first != ledger.Sent || second != ledger.Queued {
		t.Errorf("%s and %s", first, second)
	}
}
