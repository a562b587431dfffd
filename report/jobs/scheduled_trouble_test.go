package jobs_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"valuebook/report/jobs"
	"valuebook/report/jobs/schedule"
	"valuebook/report/run"
)

// dueInDecember is a house whose monthly report is due, and queued, and was begun
// as often as tries says by processes that said no more.
func dueInDecember(t *testing.T, word string, tries int) *house {
	t.Helper()
	folder := t.TempDir()
	config, change := monthly(t, folder, schedule.Last)
	if err := os.WriteFile(config, book(t, word), 0o600); err != nil {
		t.Fatal(err)
	}
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, change)
	h.start()
	h.stop()
	h.clock.set(noon.AddDate(0, 0, 10))
	err := h.Tick(context.Background())
	if err == nil {
		_, err = h.book.DB().ExecContext(context.Background(), "UPDATE river_job SET attempt = $1", tries)
	}
	if err != nil {
		t.Fatal(err)
	}
	return enter(t, filepath.Join(folder, "ledger.db"), h.drop, "another", h.clock, change)
}

// TestAScheduledReportIsNotBlamedForKills makes a report at which processes were
// killed again and again, and gives up one of which they die.
func TestAScheduledReportIsNotBlamedForKills(t *testing.T) {
	t.Parallel() // it mostly waits
	h := dueInDecember(t, "month", jobs.Tries)
	h.start()
	h.idle()
	if got, want := h.runs(), []string{"monthly 2026-11 1"}; !slices.Equal(got, want) {
		t.Errorf("runs %q, want %q", got, want)
	}
	h = dueInDecember(t, "lethal", jobs.Tries)
	h.start()
	h.idle()
	given, err := h.GivenUp(context.Background())
	if err != nil || len(given) != 1 || !strings.Contains(given[0].Failure, "several tries") || len(h.runs()) > 0 {
		t.Errorf("given up: %+v, %v; runs %q", given, err, h.runs())
	}
}

// TestAFullDiskGivesUpNoScheduledReport fails more often than a report may: it
// waits, and is made when there is room again.
func TestAFullDiskGivesUpNoScheduledReport(t *testing.T) {
	t.Parallel() // it mostly waits
	h := dueInDecember(t, "month", 0)
	var tries atomic.Int32
	h.reports.full = func() bool { return tries.Add(1) <= jobs.Tries }
	h.start()
	h.idle()
	given, err := h.GivenUp(context.Background())
	if got, want := h.runs(), []string{"monthly 2026-11 1"}; !slices.Equal(got, want) || err != nil || len(given) > 0 {
		t.Errorf("runs %q, want %q; given up %+v, %v", got, want, given, err)
	}
}
