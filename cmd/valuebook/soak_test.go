//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/report/jobs"
	"valuebook/report/jobs/queue"
	"valuebook/report/ledger"
	monthly "valuebook/report/run"
	"valuebook/samples/pgtest"
)

// soakVariable says how many workbooks the soak tests drop; without it they do
// not run: the short forms are tests of package jobs.
const soakVariable = "VALUEBOOK_SOAK"

// soaking is that number.
func soaking(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv(soakVariable))
	if err != nil || n < 4 {
		t.Skip("takes long: set " + soakVariable + " to a number of workbooks")
	}
	return n
}

// soakFile is the run file of the soak tests.
const soakFile = "format: xlsx\ndrop: {path: drop, settled: 1s}\nserve: {listen: off}\n"

// variants writes so many copies of a sample into a folder, each with another
// name and one rating that no other has.
func variants(t testing.TB, folder string, n int) {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join("..", "..", "samples", "single-sheet.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	cell := aRating(t, f, sheet)
	for i := range n {
		if err := f.SetCellFloat(sheet, cell, 1+3*float64(i)/float64(n), -1, 64); err != nil {
			t.Fatal(err)
		}
		if err := f.SaveAs(filepath.Join(folder, fmt.Sprintf("book %04d.xlsx", i))); err != nil {
			t.Fatal(err)
		}
	}
}

// aRating finds a cell of the last row that holds a number from 1 to 10.
func aRating(t testing.TB, f *excelize.File, sheet string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for row := len(rows) - 1; row > 0; row-- {
		for column := len(rows[row]) - 1; column > 0; column-- {
			if x, err := strconv.ParseFloat(rows[row][column], 64); err == nil && x >= 1 && x <= 10 {
				name, err := excelize.CoordinatesToCellName(column+1, row+1)
				if err != nil {
					t.Fatal(err)
				}
				return name
			}
		}
	}
	t.Fatal("the sample has no ratings")
	return ""
}

// soaked is a drop folder under work.
type soaked struct {
	testing.TB
	book  *ledger.Ledger
	queue *queue.Queue
	n     int
	line  []string // of the servers
}

// soak makes the current folder one with n workbooks in its drop folder.
func soak(t *testing.T, n int, store string) *soaked {
	t.Helper()
	books := t.TempDir()
	variants(t, books, n)
	here(t, soakFile)
	if err := errors.Join(os.Remove("drop"), os.Rename(books, "drop")); err != nil {
		t.Fatal(err)
	}
	s := &soaked{TB: t, n: n, line: []string{"serve"}}
	address := "valuebook.db"
	if store != "" {
		address = store
		s.line = append(s.line, "--store="+store)
	}
	var err error
	if s.book, err = ledger.Open(context.Background(), address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.book.Close() })
	if s.queue, err = queue.New(context.Background(), s.book, queue.Options{Owner: "observer"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// done counts the runs that are done.
func (s *soaked) done() int {
	s.Helper()
	runs, err := s.book.Runs(context.Background(), ledger.RunFilter{States: []ledger.RunState{ledger.RunDone}})
	if err != nil {
		s.Fatal(err)
	}
	return len(runs)
}

// reach waits until so many runs are done.
func (s *soaked) reach(n int) {
	s.Helper()
	began := time.Now()
	for end := began.Add(3*time.Minute + 10*time.Second*time.Duration(s.n)); s.done() < n; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("%d of %d runs are done in %v\n%s", s.done(), n, time.Since(began), s.standing())
		}
	}
}

func (s *soaked) kill(one *server) {
	_ = one.Process.Kill()
	_ = one.Wait()
}

// whole holds that each workbook has one run and one set of outputs, and that
// nothing else is there.
func (s *soaked) whole() {
	s.Helper()
	month := filepath.Join("drop", "done", time.Now().Format("2006-01"))
	until(s, "inputs put away", func() bool {
		waiting, err := s.queue.Waiting(context.Background())
		return err == nil && len(waiting) == 0
	})
	if left, _ := os.ReadDir("drop/work"); len(left) > 0 {
		s.Errorf("work has %s", left[0].Name())
	}
	runs, err := s.book.Runs(context.Background(), ledger.RunFilter{States: []ledger.RunState{ledger.RunDone}})
	if err != nil {
		s.Fatal(err)
	}
	reports := map[string]bool{}
	for _, r := range runs {
		reports[r.Report] = true
	}
	if len(runs) != s.n || len(reports) != s.n {
		s.Errorf("%d runs of %d reports, want %d of as many", len(runs), len(reports), s.n)
	}
	entries, err := os.ReadDir(month)
	if err != nil || len(entries) != 2*s.n {
		hidden, _ := filepath.Glob(filepath.Join(month, ".*"))
		s.Errorf("%d files in %s, want %d; %v; hidden: %q", len(entries), month, 2*s.n, err, hidden)
	}
	for i := range s.n {
		for _, ending := range []string{".xlsx", ".annotated.xlsx"} {
			data, err := os.ReadFile(filepath.Join(month, fmt.Sprintf("book %04d%s", i, ending)))
			if err != nil || !wholeWorkbook(data) {
				s.Errorf("workbook %d%s: %d bytes, %v", i, ending, len(data), err)
			}
		}
	}
	for _, folder := range []string{"rejected", "done/duplicates"} {
		if left, _ := os.ReadDir(filepath.Join("drop", folder)); len(left) > 0 {
			s.Errorf("%s has %s", folder, left[0].Name())
		}
	}
}

// TestSoakOneProcess drops workbooks at once before one process on SQLite, which
// is killed three times.
func TestSoakOneProcess(t *testing.T) {
	n := soaking(t)
	s := soak(t, n, "")
	began := time.Now()
	var recovered []string // time from each kill to the next report
	one := serverOf(t, s.line...)
	for kill := 1; kill <= 3; kill++ {
		s.reach(kill * n / 4)
		killed := time.Now()
		s.kill(one)
		before := s.done()
		one = serverOf(t, s.line...)
		s.reach(min(before+1, n))
		recovered = append(recovered, seconds(time.Since(killed)))
	}
	s.reach(n)
	took := time.Since(began)
	s.whole()
	one.stop(t)
	t.Logf("SQLite, one process killed three times: %d workbooks in %.0f s, %.2f a second; from each kill to the next report %s; load %s", n, took.Seconds(), float64(n)/took.Seconds(), strings.Join(recovered, ", "), load())
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s" }

// load is how many processes of this machine wanted a processor in the last
// minute, 5 and 15 minutes: figures of a machine that does other work are low.
func load() string {
	data, _ := os.ReadFile("/proc/loadavg")
	return strings.Join(strings.Fields(string(data))[:3], " ")
}

// TestSoakThreeProcesses does the same on PostgreSQL with three, of which two
// are killed.
func TestSoakThreeProcesses(t *testing.T) {
	n := soaking(t)
	s := soak(t, n, pgtest.DSN(t))
	began := time.Now()
	all := []*server{serverOf(t, s.line...), serverOf(t, s.line...), serverOf(t, s.line...)}
	var recovered []string // time from each kill until nothing is in the hands of the dead
	for i, doomed := range all[:2] {
		s.reach((i + 1) * n / 4)
		killed := time.Now()
		s.kill(doomed)
		s.takenUp(killed)
		recovered = append(recovered, seconds(time.Since(killed)))
	}
	s.reach(n)
	took := time.Since(began)
	s.whole()
	all[2].stop(t)
	t.Logf("PostgreSQL, two of three processes killed: %d workbooks in %.0f s, %.2f a second; the work of the dead was taken up after %s; load %s", n, took.Seconds(), float64(n)/took.Seconds(), strings.Join(recovered, ", "), load())
}

// takenUp waits until no run and no job is in the hands of a process that lives
// no more. Others work meanwhile.
func (s *soaked) takenUp(killed time.Time) {
	s.Helper()
	for ; s.heldByTheDead(); time.Sleep(100 * time.Millisecond) {
		if time.Since(killed) > 3*time.Minute {
			s.Fatalf("the work of the dead is not taken up:\n%s", s.standing())
		}
	}
}

func (s *soaked) heldByTheDead() bool {
	ctx := context.Background()
	owners, err := s.book.Owners(ctx)
	if err != nil {
		s.Fatal(err)
	}
	atWork, err := s.queue.Owners(ctx)
	if err != nil {
		s.Fatal(err)
	}
	return len(monthly.Dead(append(owners, atWork...))) > 0
}

// standing says what waits and who works, for a test that waits in vain.
func (s *soaked) standing() string {
	status, err := jobs.Look(context.Background(), s.book, s.queue, time.Now())
	said, _ := json.MarshalIndent(status, "", "  ")
	return fmt.Sprintf("%s\n%v", said, err)
}

// TestSoakIdle holds that a server with nothing to do stays small and quiet for
// ten minutes.
func TestSoakIdle(t *testing.T) {
	soaking(t)
	here(t, "inputs: none.csv\ndrop: {path: drop}\nserve: {listen: '127.0.0.1:0'}\nschedules:\n  - {rule: first business day at 06:00, zone: Europe/Berlin}\n")
	const begin, length = time.Minute, 10 * time.Minute
	program := builtProgram(t)
	one := &server{Cmd: exec.Command(program, "serve"), said: &speech{}}
	one.Stderr = one.said
	if err := one.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = one.Process.Kill() })
	time.Sleep(begin)
	before, ticks := memoryOf(t, one.Process.Pid), processorOf(t, one.Process.Pid)
	time.Sleep(length)
	after, used := memoryOf(t, one.Process.Pid), processorOf(t, one.Process.Pid)-ticks
	share := 100 * used.Seconds() / length.Seconds()
	t.Logf("idle for %v: %.1f MB, then %.1f MB; %v of the processor, %.2f %%", length, before, after, used, share)
	if after > 50 || after > before+2 || share > 2 {
		t.Errorf("it grows, or is busy:\n%s", one.said)
	}
	one.stop(t)
}

// builtProgram is the program without the tests in it.
func builtProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "valuebook")
	build := exec.Command("go", "build", "-trimpath", "-o", path, "valuebook/cmd/valuebook")
	build.Dir = sourceFolder
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// sourceFolder is where the tests began.
var sourceFolder = func() string { folder, _ := os.Getwd(); return folder }()

// memoryOf is what a process has in memory, in MB.
func memoryOf(t *testing.T, pid int) float64 {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "VmRSS:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes / 1024
}

// processorOf is the processor time that a process has used: the fields 14 and
// 15 of its state, in hundredths of a second.
func processorOf(t *testing.T, pid int) time.Duration {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest)
	var sum time.Duration
	for _, field := range fields[11:13] {
		ticks, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		sum += time.Duration(ticks) * 10 * time.Millisecond
	}
	return sum
}
