package ledger_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

// day is when things happen in these tests.
var day = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// onBoth runs a test with an empty ledger on each database.
func onBoth(t *testing.T, test func(t *testing.T, l *ledger.Ledger)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, filepath.Join(t.TempDir(), "ledger.db"))) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, pgtest.DSN(t))) })
}

func open(t testing.TB, dsn string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// must fails a test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// started begins a run that must be new.
func started(t testing.TB, l *ledger.Ledger, wanted ledger.Run) ledger.Run {
	t.Helper()
	run, verdict, err := l.Begin(context.Background(), wanted, day)
	must(t, err)
	if verdict != ledger.Started {
		t.Fatalf("begin %+v: %s", wanted, verdict)
	}
	return run
}

func october(input string) ledger.Run {
	return ledger.Run{Report: "value", Period: "2026-10", InputSHA256: input, SettingsSHA256: "s", Version: "1", Owner: "me"}
}

// TestLifeOfADelivery follows a report from its run to a message that is sent twice on purpose.
func TestLifeOfADelivery(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := started(t, l, october("a"))
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Deliveries: []ledger.Delivery{{MessageID: "a@b", To: []string{"Eva <e@x.de>"}}},
			Artifacts: []ledger.Artifact{{Kind: "pdf"}}, Inputs: []ledger.Input{{SHA256: "a", Name: "n"}}}, day))
		due, err := l.Due(ctx, day, 0)
		must(t, err)
		d, ok, err := l.Claim(ctx, due[0].ID, "me", day, time.Minute)
		must(t, err)
		t.Log(d, ok)
		must(t, l.Settle(ctx, d.ID, "me", ledger.Outcome{State: ledger.Sent, Code: 250, Reply: "ok"}, day))
		again, err := l.Resend(ctx, d.ID, "lost", day)
		must(t, err)
		t.Log(again)
		ev, err := l.Events(ctx, d.ID)
		t.Log(ev, err)
		_, v, err := l.Begin(ctx, october("a"), day)
		t.Log(v, err)
		_, err = l.PutSchedule(ctx, ledger.Schedule{Name: "x", Enabled: true, Next: day})
		must(t, err)
		t.Log(l.DueSchedules(ctx, day))
		t.Log(l.Inputs(ctx, run.ID))
		t.Log(l.Counts(ctx, 0))
		t.Log(l.Seen(ctx, "a"))
		t.Log(l.Trend(ctx, "value", "", 5))
		t.Log(l.CustomerTrend(ctx, "value", "x", "", 5))
		t.Log(l.Deliveries(ctx, ledger.DeliveryFilter{Address: "E@X", States: []ledger.State{ledger.Sent}}))
		t.Log(l.Runs(ctx, ledger.RunFilter{Report: "value", Current: true, Limit: 3}))
	})
}
