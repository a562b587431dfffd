package ledger_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"valuebook/report/ledger"
)

func monthEnd() ledger.Schedule {
	return ledger.Schedule{Name: "month end", Report: "value", Config: "valuebook.yaml", Rule: "0 6 1 * *", Zone: "Europe/Berlin", Misfire: "last",
		MaxCatchup: 3, Grace: 90 * time.Minute, Enabled: true, Next: day}
}

func TestSchedules(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		put := func(change func(s *ledger.Schedule)) ledger.Schedule {
			t.Helper()
			s := monthEnd()
			change(&s)
			stands, err := l.PutSchedule(ctx, s)
			must(t, err)
			return stands
		}
		first := put(func(*ledger.Schedule) {})
		want := monthEnd()
		want.ID = first.ID
		if first != want {
			t.Errorf("got %+v, want %+v", first, want)
		}
		// The same at every start keeps what is due; a new rule begins anew.
		if s := put(func(s *ledger.Schedule) { s.Next = day.Add(time.Hour); s.Misfire = "all" }); !s.Next.Equal(day) || s.Misfire != "all" || s.ID != first.ID {
			t.Errorf("put again: %+v", s)
		}
		if s := put(func(s *ledger.Schedule) { s.Next = day.Add(time.Hour); s.Rule = "first business day" }); !s.Next.Equal(day.Add(time.Hour)) {
			t.Errorf("another rule: %+v", s)
		}
		put(func(s *ledger.Schedule) { s.Enabled = false; s.Rule = "first business day" })
		if due, err := l.DueSchedules(ctx, day.Add(99*time.Hour)); err != nil || len(due) > 0 {
			t.Errorf("a schedule that is off is due: %v, %v", due, err)
		}
		if s := put(func(s *ledger.Schedule) { s.Next = day.Add(2 * time.Hour); s.Rule = "first business day" }); !s.Next.Equal(day.Add(2 * time.Hour)) {
			t.Errorf("switched on again: %+v", s)
		}
		put(func(s *ledger.Schedule) { s.Name = "a" })
		put(func(s *ledger.Schedule) { s.Name = "never"; s.Next = time.Time{} })
		due, err := l.DueSchedules(ctx, day.Add(2*time.Hour))
		must(t, err)
		all, err := l.Schedules(ctx)
		must(t, err)
		if len(due) != 2 || due[0].Name != "a" || due[1].Name != "month end" || len(all) != 3 || all[0].Name != "a" || all[2].Name != "never" {
			t.Errorf("due %+v, all %+v", due, all)
		}
	})
}

// TestEachTimeIsStartedOnce lets several processes tick at once over three
// missed times.
func TestEachTimeIsStartedOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		_, err := l.PutSchedule(context.Background(), monthEnd())
		must(t, err)
		var fired atomic.Int64
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				if err := tick(l, fmt.Sprint(i), day.AddDate(0, 2, 1), &fired); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		runs, err := l.Runs(context.Background(), ledger.RunFilter{})
		must(t, err)
		if fired.Load() != 3 || len(runs) != 3 {
			t.Errorf("%d times, %d runs", fired.Load(), len(runs))
		}
	})
}

// tick starts a run for each month that is due.
func tick(l *ledger.Ledger, owner string, now time.Time, fired *atomic.Int64) error {
	ctx := context.Background()
	for {
		due, err := l.DueSchedules(ctx, now)
		if err != nil || len(due) == 0 {
			return err
		}
		mine := false
		err = l.InTx(ctx, func(tx *ledger.Tx) error {
			s := due[0]
			if mine, err = tx.Advance(ctx, s.ID, s.Next, s.Next.AddDate(0, 1, 0)); err != nil || !mine {
				return err
			}
			wanted := october("a")
			wanted.Period, wanted.Owner = s.Next.Format("2006-01"), owner
			_, _, err := tx.Begin(ctx, wanted, now)
			return err
		})
		if err != nil {
			return err
		}
		if mine {
			fired.Add(1)
		}
	}
}

func TestFire(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		s, err := l.PutSchedule(ctx, monthEnd())
		must(t, err)
		for i, want := range []bool{true, false, true} {
			first, err := l.Fire(ctx, s.ID, []string{"2026-10", "2026-10", "2026-11"}[i], day)
			if err != nil || first != want {
				t.Errorf("%d: %v, %v", i, first, err)
			}
		}
	})
}

func TestFilesOfTheDropFolder(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		for i, c := range []struct {
			sha256 string
			first  bool
		}{{"a", true}, {"b", true}, {"a", false}} {
			first, err := l.Receive(ctx, ledger.Input{SHA256: c.sha256, Name: "book.xlsx", ReceivedAt: day.Add(time.Duration(i) * time.Hour), Source: "drop"})
			if err != nil || first != c.first {
				t.Errorf("file %d: %v, %v", i, first, err)
			}
		}
		if input, run, seen, err := l.Seen(ctx, "a"); !seen || run.ID != 0 || !input.ReceivedAt.Equal(day) || err != nil {
			t.Errorf("seen without a run: %v %+v, run %d, %v", seen, input, run.ID, err)
		}
		for _, name := range []string{"x", "y", "z"} {
			_, err := l.Reject(ctx, ledger.Rejected{SHA256: "1", Name: name, Code: "c", Message: "m", At: day})
			must(t, err)
		}
		rejected, err := l.Rejected(ctx, 2)
		must(t, err)
		if want := (ledger.Rejected{ID: 3, SHA256: "1", Name: "z", Code: "c", Message: "m", At: day}); len(rejected) != 2 || rejected[0] != want {
			t.Errorf("rejected %+v", rejected)
		}
		if _, found, err := l.Watched(ctx, "/x/book.xlsx"); found || err != nil {
			t.Errorf("a file that was never read: %v", err)
		}
		file := ledger.Watched{Path: "/x/book.xlsx", Bytes: 5, Modified: day.Add(time.Microsecond), SHA256: "a", SeenAt: day}
		must(t, l.PutWatched(ctx, ledger.Watched{Path: file.Path, Bytes: 4}))
		must(t, l.PutWatched(ctx, file))
		if got, found, err := l.Watched(ctx, file.Path); got != file || !found || err != nil {
			t.Errorf("watched %+v, %v", got, err)
		}
	})
}
