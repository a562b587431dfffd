package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"valuebook/report/jobs"
	"valuebook/report/jobs/schedule"
	"valuebook/report/run"
	"valuebook/samples/golden"
)

// monthly is a schedule on the first of each month in Berlin, of a run file in
// a folder.
func monthly(t testing.TB, folder string, missed schedule.Policy) (config string, change func(o *jobs.Options)) {
	t.Helper()
	config = filepath.Join(folder, "monthly.xlsx")
	if err := os.WriteFile(config, book(t, "month"), 0o600); err != nil {
		t.Fatal(err)
	}
	return config, func(o *jobs.Options) {
		o.Schedules = []jobs.Schedule{{Name: "monthly", Config: config, Rule: "0 6 1 * *", Zone: "Europe/Berlin", Missed: missed}}
	}
}

func (h *house) tick(at string) {
	h.Helper()
	to, err := time.Parse(time.RFC3339, at)
	if err != nil {
		h.Fatal(err)
	}
	h.clock.set(to)
	if err := h.Tick(context.Background()); err != nil {
		h.Fatal(err)
	}
	h.idle()
}

func TestAReportRunsWhenItIsDue(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	_, change := monthly(t, folder, schedule.Last)
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, change)
	h.start()
	for _, at := range []string{"2026-12-01T04:59:59Z", "2026-12-01T05:00:00Z", "2026-12-01T05:00:20Z", "2026-12-31T23:00:00Z", "2027-01-01T05:00:10Z"} {
		h.tick(at)
	}
	if got, want := h.runs(), []string{"monthly 2026-11 1", "monthly 2026-12 1"}; !slices.Equal(got, want) {
		t.Errorf("runs %q, want %q", got, want)
	}
}

func TestMissedTimes(t *testing.T) {
	t.Parallel() // it mostly waits
	for policy, want := range map[schedule.Policy][]string{
		schedule.All:  {"monthly 2026-08 1", "monthly 2026-09 1", "monthly 2026-10 1"},
		schedule.Last: {"monthly 2026-10 1"},
		schedule.Skip: nil,
	} {
		folder := t.TempDir()
		_, change := monthly(t, folder, policy)
		c := &clock{now: time.Date(2026, 8, 15, 0, 0, 0, 0, time.UTC)}
		h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), c, change)
		h.start()
		h.tick("2026-11-22T12:00:00Z")
		h.tick("2026-11-22T12:00:20Z")
		if got := h.runs(); !slices.Equal(got, want) {
			t.Errorf("%s: runs %q, want %q", policy, got, want)
		}
		// Beginning anew forgets nothing and repeats nothing.
		again := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), "another", c, change)
		again.start()
		again.tick("2026-11-30T12:00:00Z")
		if got := again.runs(); !slices.Equal(got, want) {
			t.Errorf("%s, begun anew: runs %q, want %q", policy, got, want)
		}
	}
}

func TestAScheduleThatIsGoneIsOff(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	_, change := monthly(t, folder, schedule.All)
	dsn, drop, c := filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), &clock{now: noon}
	enter(t, dsn, drop, run.Owner(), c, change).start()
	h := enter(t, dsn, drop, "another", c, nil)
	h.start()
	all, err := h.book.Schedules(context.Background())
	if err != nil || len(all) != 1 || all[0].Enabled {
		t.Errorf("schedules %+v, %v, want one that is off", all, err)
	}
}

func TestBadSchedules(t *testing.T) {
	for _, s := range []jobs.Schedule{{Rule: "tomorrow", Zone: "UTC"}, {Rule: "0 6 1 * *", Zone: "Europe/Atlantis"}, {Rule: "0 0 30 2 *", Zone: "UTC"}} {
		if err := s.Check(noon); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
	if err := (jobs.Schedule{Rule: "@monthly", Zone: "Asia/Kolkata"}).Check(noon); err != nil {
		t.Error(err)
	}
}

func TestAScheduledReportThatFailsIsShown(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	config, change := monthly(t, folder, schedule.All)
	if err := os.WriteFile(config, book(t, "stop"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, change)
	h.start()
	h.tick("2026-12-01T05:00:00Z")
	given, err := h.GivenUp(context.Background())
	if err != nil || len(given) != 1 || !strings.Contains(given[0].Failure, "no-customers") {
		t.Errorf("given up: %+v, %v", given, err)
	}
}

// roleVariable makes the test program a process of its own.
const roleVariable = "VALUEBOOK_JOBS_TEST"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(play(role))
	}
	golden.Waiting()
	os.Exit(m.Run())
}

// play is a process that serves: "tick" starts what is due at the time NOW and
// ends when nothing is left, "serve" works on a drop folder until it is killed.
func play(role string) int {
	t := &outside{}
	dsn, drop := os.Getenv("DSN"), os.Getenv("DROP")
	switch role {
	case "tick":
		now, err := time.Parse(time.RFC3339, os.Getenv("NOW"))
		if err != nil {
			t.Fatal(err)
		}
		_, change := monthly(t, filepath.Dir(drop), schedule.All)
		h := enter(t, dsn, drop, run.Owner(), &clock{now: now}, change)
		h.start()
		h.tick(os.Getenv("NOW"))
		h.stop()
	case "serve":
		h := enter(t, dsn, drop, run.Owner(), nil, func(o *jobs.Options) {
			o.Clock = time.Now
			o.Drops[0].Settled = 20 * time.Millisecond
			o.Poll = 50 * time.Millisecond
			o.Batch, _ = strconv.Atoi(os.Getenv("BATCH"))
			if os.Getenv(soakVariable) == "" {
				o.Care = time.Second
			}
		})
		if err := h.Serve(context.Background(), time.Second); err != nil {
			t.Fatal(err)
		}
	}
	return 0
}

// outside is a testing.TB of a program that is no test.
type outside struct{ testing.TB }

func (*outside) Helper()           {}
func (*outside) Cleanup(func())    {}
func (*outside) Fatal(args ...any) { panic(fmt.Sprint(args...)) }
func (*outside) Error(args ...any) { panic(fmt.Sprint(args...)) }
func (*outside) Fatalf(format string, args ...any) {
	panic(fmt.Sprintf(format, args...))
}

// process starts the test program in a role.
func process(t testing.TB, role, dsn, drop string, more ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), append(more, roleVariable+"="+role, "DSN="+dsn, "DROP="+drop)...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// TestAMachineThatWasOff misses two month ends, between which the clocks
// change; then four processes start together.
func TestAMachineThatWasOff(t *testing.T) {
	t.Parallel() // it mostly waits
	each(t, func(t *testing.T, dsn string) {
		folder := t.TempDir()
		drop := filepath.Join(folder, "drop")
		_, change := monthly(t, folder, schedule.All)
		before := enter(t, dsn, drop, "before", &clock{now: time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC)}, change)
		before.start()
		before.stop()
		var all []*exec.Cmd
		for range 4 {
			all = append(all, process(t, "tick", dsn, drop, "NOW=2026-11-02T09:00:00Z"))
		}
		var err error
		for _, cmd := range all {
			err = errors.Join(err, cmd.Wait())
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, want := before.runs(), []string{"monthly 2026-09 1", "monthly 2026-10 1"}; !slices.Equal(got, want) {
			t.Errorf("runs %q, want %q", got, want)
		}
		schedules, err := before.book.Schedules(context.Background())
		if want := time.Date(2026, 12, 1, 5, 0, 0, 0, time.UTC); err != nil || !schedules[0].Next.Equal(want) {
			t.Errorf("next %v, %v, want %v", schedules, err, want)
		}
	})
}
