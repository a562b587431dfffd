package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/report/jobs"
	"valuebook/report/ledger"
)

// of makes a house serve the reports of a name with some settings.
func of(name, settings string) func(*jobs.Options) {
	return func(o *jobs.Options) {
		o.House = jobs.House{Name: name, Settings: func() (string, error) { return settings, nil }}
	}
}

// words notes which workbooks a house reads.
type words struct {
	lock sync.Mutex
	all  []string
}

func (w *words) note(word string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.all = append(w.all, word)
}

func (w *words) String() string {
	w.lock.Lock()
	defer w.lock.Unlock()
	return strings.Join(w.all, ",")
}

// TestEachHouseDoesItsOwn lets two houses share a ledger: each makes the reports
// of its own workbooks, the schedule of one stays when the other starts, and a
// full queue of one does not keep the other from taking files.
func TestEachHouseDoesItsOwn(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		names := []string{"North", "Süd & Söhne", "南"}
		read := make([]words, len(names))
		var houses []*house
		for i, name := range names {
			h := enter(t, dsn, filepath.Join(t.TempDir(), "drop"), fmt.Sprintf("process %d", i), &clock{now: noon}, func(o *jobs.Options) {
				of(name, name)(o)
				o.Schedules = []jobs.Schedule{{Name: name + "/monthly", Config: "x", Rule: "0 6 1 * *", Zone: "UTC"}}
			})
			h.reports.tried = read[i].note
			h.start()
			houses = append(houses, h)
		}
		const n = 5
		for k := range n {
			for i, h := range houses {
				h.put(fmt.Sprintf("book%d-%d.xlsx", i, k), book(t, fmt.Sprintf("%d", i)))
			}
		}
		for range 2 {
			for _, h := range houses {
				if _, err := h.Look(context.Background(), 0); err != nil {
					t.Fatal(err)
				}
				h.clock.add(10 * time.Second)
			}
		}
		houses[0].idle()
		for i := range houses {
			if got := read[i].String(); strings.Trim(got, fmt.Sprintf("%d,", i)) != "" || len(got) < n {
				t.Errorf("%s read the workbooks of %s", names[i], got)
			}
		}
		schedules, err := houses[0].book.Schedules(context.Background())
		for _, s := range schedules {
			if !s.Enabled {
				t.Errorf("%s was switched off", s.Name)
			}
		}
		if len(schedules) != len(names) || err != nil {
			t.Errorf("schedules %v, %v", schedules, err)
		}
	})
}

// TestOtherSettings lets two processes serve reports of one name with different
// settings: what one has taken the other leaves to it, says so, and does when
// the first is gone.
func TestOtherSettings(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		drop, c := filepath.Join(t.TempDir(), "drop"), &clock{now: noon}
		first := enter(t, dsn, drop, "one", c, of("North", "one"))
		second := enter(t, dsn, drop, "another", c, of("North", "two"))
		var read words
		second.reports.tried = read.note
		if err := first.Care(ctx); err != nil { // it lives, and takes files, but has no worker
			t.Fatal(err)
		}
		second.start()
		first.put("a.xlsx", book(t, "a"))
		for range 2 {
			if _, err := first.Look(ctx, 0); err != nil {
				t.Fatal(err)
			}
			c.add(10 * time.Second)
		}
		later := time.Now().Add(time.Second)
		waitFor(t, "the second to leave it", func() bool {
			waiting, err := second.Waiting(ctx)
			return err == nil && len(waiting) == 1 && waiting[0].Owner == "" && waiting[0].At.After(later)
		})
		status, err := second.Status(ctx)
		if err != nil || read.String() != "" || len(status.Workers) != 2 || !status.Workers[0].Differs || !status.Workers[1].Differs || len(status.Unserved) > 0 {
			t.Errorf("read %q, status %+v, %v", &read, status, err)
		}
		if err := first.book.Leave(ctx, "one"); err != nil {
			t.Fatal(err)
		}
		second.idle()
		if read.String() != "a" {
			t.Errorf("the second read %q", &read)
		}
	})
}

// TestJobsOfABeforeProgram holds that jobs in lanes without a house are done by
// the house whose drop folder they come from, and by no other.
func TestJobsOfABeforeProgram(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		drop, c := filepath.Join(t.TempDir(), "drop"), &clock{now: noon}
		before := enter(t, dsn, drop, "before", c, func(o *jobs.Options) { o.Drops[0].Settled = 1 })
		if err := before.Care(ctx); err != nil {
			t.Fatal(err)
		}
		other := enter(t, dsn, filepath.Join(t.TempDir(), "drop"), "one", c, of("South", ""))
		var read words
		other.reports.tried = read.note
		other.start()
		err := before.takeOne(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(other.Care(ctx), before.book.Leave(ctx, "before")); err != nil {
			t.Fatal(err)
		}
		status, err := other.Status(ctx)
		if err != nil || len(status.Unserved) != 1 || status.Unserved[0] != (jobs.Unserved{Jobs: 1}) {
			t.Errorf("unserved %+v, %v", status.Unserved, err)
		}
		h := enter(t, dsn, drop, "another", c, of("North", ""))
		h.start()
		h.idle()
		if read.String() != "" {
			t.Errorf("the other house read %q", &read)
		}
		h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
	})
}

// TestNobodyServes shows work whose house has no process by the name of its
// reports.
func TestNobodyServes(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), "one", &clock{now: noon}, of("Value, North & Co.", "x"))
	if err := h.takeOne(ctx); err != nil {
		t.Fatal(err)
	}
	status, err := h.Status(ctx)
	if want := (jobs.Unserved{Reports: "value-north-co", Jobs: 1}); err != nil || len(status.Unserved) != 1 || status.Unserved[0] != want {
		t.Errorf("unserved %+v, %v, want %+v", status.Unserved, err, want)
	}
	if err := h.book.Beat(ctx, ledger.Worker{Owner: "one", House: "Value, North & Co.", SeenAt: h.clock.time()}); err != nil {
		t.Fatal(err)
	}
	if status, err = h.Status(ctx); err != nil || len(status.Unserved) > 0 {
		t.Errorf("unserved %+v, %v", status.Unserved, err)
	}
}

// takeOne puts a workbook into a drop folder and takes it.
func (h *house) takeOne(ctx context.Context) error {
	if err := os.MkdirAll(h.drop, 0o700); err != nil {
		return err
	}
	h.put("a.xlsx", book(h, "a"))
	for range 2 {
		if _, err := h.Look(ctx, 0); err != nil {
			return err
		}
		h.clock.add(10 * time.Second)
	}
	return nil
}

// TestARunFileThatIsRenamed gives a service another name while a workbook waits
// that it took under the old one, and takes a later version of it.
func TestARunFileThatIsRenamed(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		drop, c := filepath.Join(t.TempDir(), "drop"), &clock{now: noon}
		look := func(h *house) {
			t.Helper()
			for range 2 {
				if _, err := h.Look(ctx, 0); err != nil {
					t.Fatal(err)
				}
				c.add(6 * time.Second)
			}
		}
		before := enter(t, dsn, drop, "one", c, of("Monthly", "one"))
		if err := os.MkdirAll(drop, 0o700); err != nil {
			t.Fatal(err)
		}
		before.put("a.xlsx", book(t, "first"))
		look(before)
		other := enter(t, dsn, filepath.Join(t.TempDir(), "drop"), "another", c, of("Other", "one"))
		other.start()
		now := enter(t, dsn, drop, "two", c, of("Value", "one"))
		var read, strange words
		now.reports.tried, other.reports.tried = read.note, strange.note
		now.put("a.xlsx", book(t, "second"))
		look(now)
		now.start()
		if err := other.Care(ctx); err != nil {
			t.Fatal(err)
		}
		now.idle()
		if got := read.String(); !strings.HasPrefix(got, "first,") || !strings.Contains(got, "second") || strange.String() != "" {
			t.Errorf("read %q, and %q by another house", got, strange.String())
		}
	})
}
