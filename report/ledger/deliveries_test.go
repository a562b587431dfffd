package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"valuebook/report/ledger"
)

// letter is a delivery of a part to one recipient.
func letter(period string, revision int, part, content string) ledger.Delivery {
	return ledger.Delivery{Part: part, To: []string{"Eva Müller <eva@" + part + ".example>"}, Subject: "Report", Text: "Dear Eva", HTML: "<p>Dear Eva</p>",
		Inline: []ledger.File{{Name: "q.png", Path: "/x/q.png", SHA256: "1", Type: "image/png", ID: "q"}}, Attachments: []ledger.File{{Name: "r.pdf", Path: "/x/r.pdf"}},
		ContentSHA256: content, MessageID: fmt.Sprintf("%s.%d.%s.%s@example", period, revision, part, content), Date: day}
}

// done records a run of a period with one delivery per part.
func done(t testing.TB, l *ledger.Ledger, period, input string, parts ...string) ledger.Run {
	t.Helper()
	wanted := october(input)
	wanted.Period = period
	run := started(t, l, wanted)
	var letters []ledger.Delivery
	for _, part := range parts {
		letters = append(letters, letter(period, run.Revision, part, input))
	}
	must(t, l.Finish(context.Background(), run.ID, ledger.Recorded{Owner: "me", Deliveries: letters}, day))
	return run
}

// states are the states of all deliveries, in their order, with the reasons.
func states(t testing.TB, l *ledger.Ledger) string {
	t.Helper()
	all, err := l.Deliveries(context.Background(), ledger.DeliveryFilter{})
	must(t, err)
	var list []string
	for _, d := range all {
		list = append(list, strings.TrimSuffix(string(d.State)+":"+d.Why, ":"))
	}
	return strings.Join(list, " ")
}

// claim takes a delivery that must be free.
func claim(t testing.TB, l *ledger.Ledger, id int64, owner string) ledger.Delivery {
	t.Helper()
	d, mine, err := l.Claim(context.Background(), id, owner, day, time.Minute)
	must(t, err)
	if !mine {
		t.Fatalf("delivery %d is %s", id, d.State)
	}
	return d
}

func TestDeliveryComesBackWhole(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		run := started(t, l, october("a"))
		want := letter("2026-10", 1, "a", "a")
		want.Cc, want.Bcc, want.Key = []string{"c@x"}, []string{"b@x", "d@x"}, "key"
		must(t, l.Finish(context.Background(), run.ID, ledger.Recorded{Owner: "me", Deliveries: []ledger.Delivery{want}}, day))
		got := claim(t, l, 1, "me")
		want.ID, want.RunID, want.Report, want.Period, want.Revision = 1, run.ID, "value", "2026-10", 1
		want.State, want.Attempt, want.Owner, want.LeaseTo, want.FirstAt, want.LastAt = ledger.Sending, 1, "me", day.Add(time.Minute), day, day
		if text(got) != text(want) {
			t.Errorf("got  %s\nwant %s", text(got), text(want))
		}
	})
}

func TestNothingGoesOutBeforeTheRunIsDone(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := started(t, l, october("a"))
		added, err := l.Queue(ctx, run.ID, []ledger.Delivery{letter("2026-10", 1, "a", "a")}, day)
		must(t, err)
		if len(added) != 1 || added[0].State != ledger.Queued || added[0].Text == "" {
			t.Fatalf("queued %+v", added)
		}
		if due, err := l.Due(ctx, day, 0); err != nil || len(due) > 0 {
			t.Errorf("due %v, %v", due, err)
		}
		if d, mine, err := l.Claim(ctx, 1, "me", day, time.Minute); mine || err != nil || d.State != ledger.Queued {
			t.Errorf("claimed before the run is done: %v", err)
		}
		again := letter("2026-10", 1, "a", "a") // rendered again after a crash
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Deliveries: []ledger.Delivery{again}}, day))
		if got := states(t, l); got != "queued" {
			t.Errorf("states %s", got)
		}
		claim(t, l, 1, "me")
	})
}

// TestFailedRunTakesItsDeliveriesAlong shows that what was queued for a run
// that failed, or was abandoned, does not keep the next from sending it.
func TestFailedRunTakesItsDeliveriesAlong(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		one := []ledger.Delivery{letter("2026-10", 1, "x", "a")}
		failed := started(t, l, october("a"))
		_, err := l.Queue(ctx, failed.ID, one, day)
		must(t, err)
		must(t, l.Fail(ctx, failed.ID, "me", "no disk", day))
		abandoned := started(t, l, october("b"))
		_, err = l.Queue(ctx, abandoned.ID, one, day)
		must(t, err)
		run, verdict, err := l.Begin(ctx, october("a"), day.Add(time.Hour))
		if err != nil || verdict != ledger.Started || run.Revision != 1 {
			t.Fatal(run, verdict, err)
		}
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Deliveries: one}, day))
		if want := "cancelled:run-failed cancelled:run-failed queued"; states(t, l) != want {
			t.Errorf("states %s, want %s", states(t, l), want)
		}
		if d := claim(t, l, 3, "me"); d.MessageID != one[0].MessageID {
			t.Errorf("sent as %s", d.MessageID)
		}
		if _, err := l.Resend(ctx, 1, "", day); err == nil {
			t.Error("a delivery of a failed run was resent")
		}
	})
}

func TestSameKeyOtherContentIsHeld(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := done(t, l, "2026-10", "a", "x", "y")
		claim(t, l, 2, "me")
		must(t, l.Settle(ctx, 2, "me", ledger.Outcome{State: ledger.Sent}, day))
		changed := []ledger.Delivery{letter("2026-10", 1, "x", "other"), letter("2026-10", 1, "y", "other")}
		added, err := l.Queue(ctx, run.ID, changed, day)
		must(t, err)
		if want := "held:content-changed sent held:content-changed held:content-changed"; len(added) != 2 || states(t, l) != want {
			t.Errorf("states %s, want %s", states(t, l), want)
		}
		if added, err = l.Queue(ctx, run.ID, changed, day); err != nil || len(added) > 0 {
			t.Errorf("added again: %v, %v", added, err)
		}
		must(t, l.Approve(ctx, []int64{3}, day))
		if d := claim(t, l, 3, "me"); d.ContentSHA256 != "other" || d.MessageID == letter("2026-10", 1, "x", "a").MessageID {
			t.Errorf("approved %+v", d)
		}
	})
}

func TestLaterRevisions(t *testing.T) {
	t.Parallel() // it mostly waits
	ctx := context.Background()
	send := func(t *testing.T, l *ledger.Ledger, state ledger.State) {
		claim(t, l, 1, "me")
		must(t, l.Settle(ctx, 1, "me", ledger.Outcome{State: state}, day))
	}
	for name, c := range map[string]struct {
		between func(t *testing.T, l *ledger.Ledger)
		want    string
	}{
		"nothing went out":         {func(*testing.T, *ledger.Ledger) {}, "cancelled:superseded cancelled:superseded queued queued"},
		"one went out":             {func(t *testing.T, l *ledger.Ledger) { send(t, l, ledger.Sent) }, "sent cancelled:superseded held:revision-after-sent held:revision-after-sent"},
		"one is going out":         {func(t *testing.T, l *ledger.Ledger) { claim(t, l, 1, "me") }, "sending cancelled:superseded held:revision-after-sent held:revision-after-sent"},
		"one may have gone out":    {func(t *testing.T, l *ledger.Ledger) { send(t, l, ledger.Unknown) }, "unknown cancelled:superseded held:revision-after-sent held:revision-after-sent"},
		"one was refused":          {func(t *testing.T, l *ledger.Ledger) { send(t, l, ledger.Bounced) }, "bounced cancelled:superseded queued queued"},
		"one is to be tried again": {func(t *testing.T, l *ledger.Ledger) { send(t, l, ledger.Retry) }, "cancelled:superseded cancelled:superseded queued queued"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, l *ledger.Ledger) {
				done(t, l, "2026-10", "a", "x", "y")
				c.between(t, l)
				done(t, l, "2026-10", "b", "x", "y")
				if got := states(t, l); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
				done(t, l, "2026-11", "b", "x")
				if got := states(t, l); got != c.want+" queued" {
					t.Errorf("another period gives %s", got)
				}
			})
		})
	}
}

// bring makes a delivery that is in a state.
func bring(t testing.TB, l *ledger.Ledger, n int, state ledger.State) int64 {
	t.Helper()
	ctx := context.Background()
	done(t, l, fmt.Sprint("period ", n), "a", "x")
	all, err := l.Deliveries(ctx, ledger.DeliveryFilter{Period: fmt.Sprint("period ", n)})
	must(t, err)
	id := all[0].ID
	switch state {
	case ledger.Queued:
	case ledger.Held:
		claim(t, l, id, "me")
		must(t, l.Settle(ctx, id, "me", ledger.Outcome{State: state, Why: "person"}, day))
	case ledger.Cancelled:
		must(t, l.Cancel(ctx, []int64{id}, "", day))
	case ledger.Sending:
		claim(t, l, id, "me")
	default:
		claim(t, l, id, "me")
		must(t, l.Settle(ctx, id, "me", ledger.Outcome{State: state, Why: "test"}, day))
	}
	return id
}

// TestTransitions tries every change on every state: what is not in the table
// is an error that names both states and changes nothing.
func TestTransitions(t *testing.T) {
	t.Parallel() // it mostly waits
	ctx := context.Background()
	all := []ledger.State{ledger.Queued, ledger.Held, ledger.Sending, ledger.Sent, ledger.Retry, ledger.Bounced, ledger.Unknown, ledger.Cancelled}
	settle := func(state ledger.State) func(l *ledger.Ledger, id int64) error {
		return func(l *ledger.Ledger, id int64) error {
			return l.Settle(ctx, id, "me", ledger.Outcome{State: state}, day)
		}
	}
	mark := func(state ledger.State) func(l *ledger.Ledger, id int64) error {
		return func(l *ledger.Ledger, id int64) error { return l.Mark(ctx, id, state, "seen", day) }
	}
	changes := []struct {
		name  string
		do    func(l *ledger.Ledger, id int64) error
		to    ledger.State
		legal string // states from which it may be done
	}{
		{"approve", func(l *ledger.Ledger, id int64) error { return l.Approve(ctx, []int64{id}, day) }, ledger.Queued, "held"},
		{"cancel", func(l *ledger.Ledger, id int64) error { return l.Cancel(ctx, []int64{id}, "r", day) }, ledger.Cancelled, "queued held retry"},
		{"mark sent", mark(ledger.Sent), ledger.Sent, "held unknown bounced"},
		{"mark bounced", mark(ledger.Bounced), ledger.Bounced, "sent unknown"},
		{"mark queued", mark(ledger.Queued), ledger.Queued, ""},
		{"settle sent", settle(ledger.Sent), ledger.Sent, "sending"},
		{"settle bounced", settle(ledger.Bounced), ledger.Bounced, "sending"},
		{"settle unknown", settle(ledger.Unknown), ledger.Unknown, "sending"},
		{"settle held", settle(ledger.Held), ledger.Held, "sending"},
		{"settle retry", settle(ledger.Retry), ledger.Retry, "sending"},
		{"settle queued", settle(ledger.Queued), ledger.Queued, ""},
	}
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		for i, change := range changes {
			for j, from := range all {
				id := bring(t, l, i*len(all)+j, from)
				err := change.do(l, id)
				d, readErr := l.Delivery(ctx, id)
				must(t, readErr)
				var illegal *ledger.TransitionError
				switch {
				case strings.Contains(change.legal, string(from)):
					if err != nil || d.State != change.to {
						t.Errorf("%s of %s: %s, %v", change.name, from, d.State, err)
					}
				case !errors.As(err, &illegal) || illegal.From != from || illegal.To != change.to || illegal.ID != id || d.State != from:
					t.Errorf("%s of %s: %s, %v", change.name, from, d.State, err)
				}
			}
			if err := change.do(l, 1<<40); !errors.Is(err, ledger.ErrNotFound) {
				t.Errorf("%s of an unknown delivery: %v", change.name, err)
			}
		}
	})
}

func TestAllOrNone(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		held, sent := bring(t, l, 1, ledger.Held), bring(t, l, 2, ledger.Sent)
		if err := l.Approve(context.Background(), []int64{sent, held, held}, day); err == nil {
			t.Error("a sent delivery was approved")
		}
		if got := states(t, l); got != "held:person sent:test" {
			t.Errorf("states %s", got)
		}
	})
}

func TestRetryWaits(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		done(t, l, "2026-10", "a", "x", "y")
		claim(t, l, 1, "me")
		later := day.Add(time.Hour)
		must(t, l.Settle(ctx, 1, "me", ledger.Outcome{State: ledger.Retry, Why: "busy", Code: 451, Reply: "try later", NextAt: later}, day))
		for _, c := range []struct {
			at   time.Time
			want string
		}{{day, "[2]"}, {later.Add(-time.Microsecond), "[2]"}, {later, "[2 1]"}} {
			due, err := l.Due(ctx, c.at, 0)
			must(t, err)
			ids := []int64{}
			for _, d := range due {
				ids = append(ids, d.ID)
			}
			if fmt.Sprint(ids) != c.want {
				t.Errorf("due at %s: %v, want %s", c.at, ids, c.want)
			}
		}
		if _, mine, err := l.Claim(ctx, 1, "me", day, time.Minute); mine || err != nil {
			t.Errorf("claimed too early: %v", err)
		}
		if d, mine, err := l.Claim(ctx, 1, "me", later, time.Minute); !mine || err != nil || d.Attempt != 2 || d.Code != 0 {
			t.Errorf("second try %+v, %v", d, err)
		}
		events, err := l.Events(ctx, 1)
		must(t, err)
		var lines []string
		for _, e := range events {
			lines = append(lines, string(e.State)+" "+e.Detail)
		}
		if got, want := strings.Join(lines, "; "), "queued ; sending attempt 1; retry try later; sending attempt 2"; got != want {
			t.Errorf("history %q, want %q", got, want)
		}
	})
}

// TestHouses holds that of the mail in a ledger each house sees its own alone.
func TestHouses(t *testing.T) {
	t.Parallel() // it mostly waits
	for _, c := range []struct {
		report, name string
		belongs      bool
	}{{"value", "value", true}, {"value/x", "value", true}, {"value", "", true}, {"values", "value", false}, {"other", "value", false}, {"value", "value/x", false}, {"Value", "value", false}} {
		if ledger.Belongs(c.report, c.name) != c.belongs {
			t.Errorf("%q belongs to %q: %v", c.report, c.name, !c.belongs)
		}
	}
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		done(t, l, "2026-10", "in", "a", "b")
		for name, want := range map[string]int{"value": 2, "valu": 0, "value/a": 0, "other": 0, "": 2} {
			if due, err := (ledger.House{Ledger: l, Name: name}).Due(ctx, day, 0); err != nil || len(due) != want {
				t.Errorf("of %q are due %v, %v", name, due, err)
			}
		}
		claim(t, l, 1, "dead")
		for _, name := range []string{"other", "value"} { // in this order: the first must not touch it
			ids, err := ledger.House{Ledger: l, Name: name}.Recover(ctx, []string{"dead"}, day.Add(time.Hour))
			if err != nil || len(ids) != map[string]int{"value": 1}[name] {
				t.Errorf("%q recovered %v, %v", name, ids, err)
			}
		}
	})
}

func TestRecover(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		done(t, l, "2026-10", "a", "w", "x", "y", "z")
		for id, owner := range []string{"", "me", "dead", "me"} {
			if owner != "" {
				claim(t, l, int64(id), owner)
			}
		}
		if _, mine, err := l.Claim(ctx, 4, "alive", day, time.Hour); !mine || err != nil {
			t.Fatal(mine, err)
		}
		if ids, err := l.Recover(ctx, []string{"dead"}, day); err != nil || fmt.Sprint(ids) != "[2]" {
			t.Errorf("recovered %v, %v", ids, err)
		}
		must(t, l.Settle(ctx, 3, "me", ledger.Outcome{State: ledger.Bounced, Why: "no such user", Code: 550}, day))
		if ids, err := l.Recover(ctx, nil, day.Add(time.Minute)); err != nil || fmt.Sprint(ids) != "[1]" {
			t.Errorf("recovered %v, %v", ids, err)
		}
		if want := "unknown:interrupted unknown:interrupted bounced:no such user sending"; states(t, l) != want {
			t.Errorf("states %s, want %s", states(t, l), want)
		}
		if due, err := l.Due(ctx, day.Add(999*time.Hour), 0); err != nil || len(due) > 0 {
			t.Errorf("an unknown delivery is due: %v, %v", due, err)
		}
		// An owner that was slow and not dead still knows what became of it.
		if err := l.Settle(ctx, 1, "me", ledger.Outcome{State: ledger.Retry}, day); err == nil {
			t.Error("what was given up is tried again")
		}
		must(t, l.Settle(ctx, 1, "me", ledger.Outcome{State: ledger.Sent, Code: 250}, day))
		must(t, l.Mark(ctx, 2, ledger.Sent, "asked them", day))
		if err := l.Settle(ctx, 2, "dead", ledger.Outcome{State: ledger.Bounced}, day); err == nil {
			t.Error("a late owner overrules a person")
		}
	})
}

func TestResend(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		id := bring(t, l, 1, ledger.Sent)
		original, err := l.Delivery(ctx, id)
		must(t, err)
		again, err := l.Resend(ctx, id, "they lost it", day.Add(time.Hour))
		must(t, err)
		if again.ResendOf != id || again.State != ledger.Queued || again.MessageID == original.MessageID || again.Key == original.Key ||
			again.HTML != original.HTML || !again.Date.Equal(day.Add(time.Hour)) || again.Attempt != 0 || again.Attachments[0] != original.Attachments[0] {
			t.Errorf("again %+v", again)
		}
		var open *ledger.TransitionError
		if _, err := l.Resend(ctx, id, "twice", day); !errors.As(err, &open) || open.Why != "resend-open" {
			t.Errorf("resent while the first waits: %v", err)
		}
		must(t, l.Cancel(ctx, []int64{again.ID}, "no", day))
		third, err := l.Resend(ctx, id, "after all", day)
		must(t, err)
		if third.MessageID == again.MessageID {
			t.Error("two messages have one Message-ID")
		}
		for i, from := range []ledger.State{ledger.Queued, ledger.Held, ledger.Retry, ledger.Sending} {
			if _, err := l.Resend(ctx, bring(t, l, 10+i, from), "", day); !errors.As(err, &open) {
				t.Errorf("resend of %s: %v", from, err)
			}
		}
		for i, from := range []ledger.State{ledger.Unknown, ledger.Bounced, ledger.Cancelled} {
			if _, err := l.Resend(ctx, bring(t, l, 20+i, from), "", day); err != nil {
				t.Errorf("resend of %s: %v", from, err)
			}
		}
	})
}

func TestDeliveriesByFilter(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		done(t, l, "2026-10", "a", "w_st", "west")
		run := done(t, l, "2026-11", "a", "w_st", "east")
		claim(t, l, 3, "me")
		for _, c := range []struct {
			filter ledger.DeliveryFilter
			want   string
		}{
			{ledger.DeliveryFilter{}, "[1 2 3 4]"}, {ledger.DeliveryFilter{RunID: run.ID}, "[3 4]"}, {ledger.DeliveryFilter{Period: "2026-10"}, "[1 2]"},
			{ledger.DeliveryFilter{Part: "w_st"}, "[1 3]"}, {ledger.DeliveryFilter{Address: "EVA@w_st"}, "[1 3]"}, {ledger.DeliveryFilter{Address: "<eva@west"}, "[2]"},
			{ledger.DeliveryFilter{Address: "%"}, "[]"}, {ledger.DeliveryFilter{States: []ledger.State{ledger.Sending, ledger.Sent}}, "[3]"},
			{ledger.DeliveryFilter{After: 1, Limit: 2}, "[2 3]"}, {ledger.DeliveryFilter{Report: "none"}, "[]"},
		} {
			found, err := l.Deliveries(ctx, c.filter)
			must(t, err)
			ids := []int64{}
			for _, d := range found {
				ids = append(ids, d.ID)
			}
			if fmt.Sprint(ids) != c.want {
				t.Errorf("%+v gives %v, want %s", c.filter, ids, c.want)
			}
		}
		if counts, err := l.Counts(ctx, run.ID); err != nil || fmt.Sprint(counts) != "map[queued:1 sending:1]" {
			t.Errorf("counts %v, %v", counts, err)
		}
		if counts, err := l.Counts(ctx, 0); err != nil || fmt.Sprint(counts) != "map[queued:3 sending:1]" {
			t.Errorf("counts of all %v, %v", counts, err)
		}
	})
}

func TestQueueRefusesWhatCannotBeSentOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := done(t, l, "2026-10", "a", "x")
		sent := letter("2026-10", 1, "y", "a")
		sent.State = ledger.Sent
		nameless := letter("2026-10", 1, "y", "a")
		nameless.MessageID = ""
		twin := letter("2026-10", 1, "y", "a")
		twin.MessageID = letter("2026-10", 1, "x", "a").MessageID
		for name, d := range map[string]ledger.Delivery{"sent": sent, "nameless": nameless, "twin": twin} {
			if _, err := l.Queue(ctx, run.ID, []ledger.Delivery{letter("2026-10", 1, "z", "a"), d}, day); err == nil {
				t.Errorf("%s was queued", name)
			}
		}
		if got := states(t, l); got != "queued" {
			t.Errorf("states %s", got)
		}
		held := letter("2026-10", 1, "y", "a")
		held.State, held.Why = ledger.Held, "approval"
		_, err := l.Queue(ctx, run.ID, []ledger.Delivery{held}, day)
		must(t, err)
		if got := states(t, l); got != "queued held:approval" {
			t.Errorf("states %s", got)
		}
	})
}
