package ledger_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"valuebook/report/ledger"
)

func TestPartsOfARun(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx, at := context.Background(), time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
		run, _, err := l.Begin(ctx, ledger.Run{Report: "value", Period: "2026-10", Owner: "me"}, at)
		if err != nil {
			t.Fatal(err)
		}
		first := []ledger.Part{{N: 0, Name: "a.pdf", SHA256: "1"}, {N: 1, Name: "b.pdf", SHA256: "2"}}
		again := []ledger.Part{{N: 1, Name: "b.pdf", SHA256: "other"}, {N: 2, Name: "c.pdf", SHA256: "3"}}
		other := []ledger.Part{{N: 0, Failure: "no page"}}
		if err := errors.Join(l.AddParts(ctx, run.ID, "en", first), l.AddParts(ctx, run.ID, "en", again), l.AddParts(ctx, run.ID, "de", other)); err != nil {
			t.Fatal(err)
		}
		parts, err := l.Parts(ctx, run.ID, "en")
		if err != nil || len(parts) != 3 || parts[1].SHA256 != "2" || parts[2].Name != "c.pdf" {
			t.Errorf("parts %+v, %v: what was noted first must stay", parts, err)
		}
		for edition, want := range map[string]string{"en": "", "de": "no page", "fr": ""} {
			if _, failure, err := l.CountParts(ctx, run.ID, edition); err != nil || failure != want {
				t.Errorf("%s failed with %q, %v, want %q", edition, failure, err, want)
			}
		}
		if err := l.Fail(ctx, run.ID, "me", "why", at); err != nil {
			t.Fatal(err)
		}
		if n, _, err := l.CountParts(ctx, run.ID, "en"); err != nil || n != 0 {
			t.Errorf("%d parts of a failed run, %v", n, err)
		}
		if err := l.AddParts(ctx, run.ID, "en", first); !errors.Is(err, ledger.ErrLost) {
			t.Errorf("parts of a failed run are noted: %v", err)
		}
	})
}
