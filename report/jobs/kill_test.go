package jobs_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/jobs/watch"
	"valuebook/samples/pgtest"
)

// each runs a test on an empty ledger of each kind.
func each(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, filepath.Join(t.TempDir(), "ledger.db")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, pgtest.DSN(t)) })
}

// soakVariable makes the test as long as the number of workbooks it names.
const soakVariable = "VALUEBOOK_SOAK"

func workbooks(short int) int {
	if n, err := strconv.Atoi(os.Getenv(soakVariable)); err == nil && n > short {
		return n
	}
	return short
}

// TestKilledThreeTimes drops many workbooks at once before one process that is
// killed three times: each has one run and one set of outputs.
func TestKilledThreeTimes(t *testing.T) {
	t.Parallel() // it mostly waits
	n := workbooks(60)
	folder := t.TempDir()
	dsn, drop := filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop")
	h := enter(t, dsn, drop, "observer", &clock{now: time.Now()}, nil)
	fillDrop(t, drop, n)
	began := time.Now()
	for round := 1; round <= 3; round++ {
		server := process(t, "serve", dsn, drop)
		waitLonger(t, "some runs", time.Duration(n)*time.Second, func() bool { return len(h.runs()) >= round*n/5 })
		end(server)
	}
	defer end(process(t, "serve", dsn, drop))
	check(t, h, drop, n)
	t.Logf("%d workbooks, killed three times: %.1f a second", n, float64(n)/time.Since(began).Seconds())
}

// TestKilledWorkers lets three processes share the work on PostgreSQL, of which
// two are killed: the third takes up what they had begun.
func TestKilledWorkers(t *testing.T) {
	t.Parallel() // it mostly waits
	n := workbooks(60)
	dsn, drop := pgtest.DSN(t), filepath.Join(t.TempDir(), "drop")
	h := enter(t, dsn, drop, "observer", &clock{now: time.Now()}, nil)
	fillDrop(t, drop, n)
	began := time.Now()
	workers := []*exec.Cmd{process(t, "serve", dsn, drop), process(t, "serve", dsn, drop), process(t, "serve", dsn, drop)}
	defer end(workers[2])
	for round, doomed := range workers[:2] {
		waitLonger(t, "some runs", time.Duration(n)*time.Second, func() bool { return len(h.runs()) >= (round+1)*n/5 })
		end(doomed)
	}
	killed := time.Now()
	check(t, h, drop, n)
	t.Logf("%d workbooks, two of three workers killed: %.1f a second; all done %.1f s after the second kill", n, float64(n)/time.Since(began).Seconds(), time.Since(killed).Seconds())
}

func end(process *exec.Cmd) {
	_ = process.Process.Kill()
	_ = process.Wait()
}

func fillDrop(t testing.TB, drop string, n int) {
	t.Helper()
	if err := os.MkdirAll(drop, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := os.WriteFile(filepath.Join(drop, fmt.Sprintf("book %04d.xlsx", i)), book(t, fmt.Sprint("word ", i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// check waits until all is done, and counts.
func check(t testing.TB, h *house, drop string, n int) {
	t.Helper()
	done := filepath.Join(drop, watch.DoneFolder, time.Now().Format("2006-01"))
	defer func() {
		if t.Failed() {
			waiting, err := h.Waiting(context.Background())
			t.Logf("%d inputs are done; jobs %+v, %v\n%s", inputsIn(done), waiting, err, treeOf(t, drop))
		}
	}()
	waitLonger(t, "all workbooks", time.Duration(n)*time.Second, func() bool { return inputsIn(done) >= n && nothingWaits(h) })
	if got := len(h.runs()); got != n {
		t.Errorf("%d runs, want %d", got, n)
	}
	if got := strings.Count(treeOf(t, done), "\n") + 1; got != 2*n {
		t.Errorf("%d files, want %d:\n%s", got, 2*n, treeOf(t, done))
	}
	for _, folder := range []string{watch.WorkFolder, watch.RejectedFolder, filepath.Join(watch.DoneFolder, "duplicates")} {
		if entries, err := os.ReadDir(filepath.Join(drop, folder)); err == nil && len(entries) > 0 {
			t.Errorf("%s is left in %s", entries[0].Name(), folder)
		}
	}
}

func nothingWaits(h *house) bool {
	waiting, err := h.Waiting(context.Background())
	return err == nil && len(waiting) == 0
}

func inputsIn(folder string) int {
	entries, _ := os.ReadDir(folder)
	n := 0
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == ".xlsx" && !strings.HasPrefix(entry.Name(), ".") {
			n++
		}
	}
	return n
}
