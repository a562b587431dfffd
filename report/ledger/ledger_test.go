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
