package jobs_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"valuebook/report/jobs"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
	"valuebook/report/run"
)

func TestADroppedWorkbookIsDone(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	h.put("a.xlsx", book(t, "one"))
	h.settle(6 * time.Second)
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
	if got := h.runs(); !slices.Equal(got, []string{"a  1"}) {
		t.Errorf("runs %q", got)
	}
}

func TestTheSameAgainIsSaidAndNotRepeated(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	for range 2 {
		h.put("a.xlsx", book(t, "one"))
		h.settle(6 * time.Second)
	}
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx", "done/duplicates/a.xlsx", "done/duplicates/a.xlsx.why.txt")
	if got := h.runs(); len(got) != 1 {
		t.Errorf("runs %q, want one", got)
	}
}

func TestNewContentIsTheNextRevision(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	for _, word := range []string{"one", "two"} {
		h.put("a.xlsx", book(t, word))
		h.settle(6 * time.Second)
	}
	h.want("done/2026-11/a (2).json", "done/2026-11/a (2).xlsx", "done/2026-11/a.json", "done/2026-11/a.xlsx")
	if got := h.runs(); !slices.Equal(got, []string{"a  1", "a  2"}) {
		t.Errorf("runs %q", got)
	}
	for name, word := range map[string]string{"a": "one", "a (2)": "two"} {
		result, err := os.ReadFile(filepath.Join(h.drop, "done", "2026-11", name+".json"))
		input, err2 := wordOf(filepath.Join(h.drop, "done", "2026-11", name+".xlsx"))
		if err != nil || err2 != nil || !strings.Contains(string(result), word) || input != word {
			t.Errorf("%s: result %q of input %q, want both of %q", name, result, input, word)
		}
	}
}

func TestWhatCannotBeUsedIsRejected(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	h.put("stop.xlsx", book(t, "stop"))
	h.put("photo.jpg", []byte("picture"))
	h.put("a (conflicted copy).xlsx", book(t, "two"))
	h.settle(6 * time.Second)
	h.want("rejected/a (conflicted copy).xlsx", "rejected/a (conflicted copy).xlsx.why.txt", "rejected/photo.jpg", "rejected/photo.jpg.why.txt",
		"rejected/stop.fixes.xlsx", "rejected/stop.xlsx", "rejected/stop.xlsx.why.txt")
	rejected, err := h.book.Rejected(context.Background(), 0)
	if err != nil || len(rejected) != 3 {
		t.Fatalf("%d in the ledger, %v", len(rejected), err)
	}
	why, err := os.ReadFile(filepath.Join(h.drop, "rejected", "stop.xlsx.why.txt"))
	if err != nil || string(why) != "stop.xlsx: no-customers stop.fixes.xlsx\n" {
		t.Errorf("why: %q, %v", why, err)
	}
}

// TestAFaultIsTriedAgainAndThenSetAside holds for errors and for libraries that
// fall over.
func TestAFaultIsTriedAgainAndThenSetAside(t *testing.T) {
	t.Parallel() // it mostly waits
	for _, word := range []string{"fail", "panic"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			var tries atomic.Int32
			h.reports.tried = func(string) { tries.Add(1) }
			h.put("bad.xlsx", book(t, word))
			h.settle(6 * time.Second)
			h.want("rejected/bad.xlsx", "rejected/bad.xlsx.why.txt")
			if n := tries.Load(); n != jobs.Tries {
				t.Errorf("%d tries, want %d", n, jobs.Tries)
			}
		})
	}
}

// TestAFullDiskRejectsNothing fails more often than a workbook may: it waits, the
// status says why, and it is done when there is room again.
func TestAFullDiskRejectsNothing(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	var tries atomic.Int32
	h.reports.full = func() bool { return tries.Add(1) <= jobs.Tries }
	h.put("a.xlsx", book(t, "one"))
	for range 2 {
		if _, err := h.Look(context.Background(), 0); err != nil {
			t.Fatal(err)
		}
		h.clock.add(6 * time.Second)
	}
	waitFor(t, "a failure that is told", func() bool {
		st, err := h.Status(context.Background())
		return err == nil && len(st.Jobs) == 1 && strings.Contains(st.Jobs[0].Failure, "no space left")
	})
	h.idle()
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
	if n := tries.Load(); n != jobs.Tries+1 {
		t.Errorf("%d tries, want %d", n, jobs.Tries+1)
	}
}

func TestWhatWaitsIsSeen(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	h.put("a.xlsx", book(t, "one"))
	h.put("~$a.xlsx", []byte("me"))
	h.settle(6 * time.Second)
	seen := h.Seen()
	if len(seen) != 1 || len(seen[0].Waiting) != 1 || seen[0].Waiting[0] != (watch.File{Name: "a.xlsx", Why: watch.Open}) {
		t.Errorf("seen %+v", seen)
	}
}

// TestFilesInWorkAreAdopted holds that a file of which a killed process made no
// job is done.
func TestFilesInWorkAreAdopted(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	drop := filepath.Join(folder, "drop")
	left := filepath.Join(drop, watch.WorkFolder, "0123456789abcdef")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "a.xlsx"), book(t, "one"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := enter(t, filepath.Join(folder, "ledger.db"), drop, run.Owner(), &clock{now: noon}, nil)
	h.start()
	h.idle()
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	const n = 60
	for i := range n {
		h.put(fmt.Sprintf("book %02d.xlsx", i), book(t, fmt.Sprint("word ", i)))
	}
	h.settle(6 * time.Second)
	if files := strings.Count(h.tree(), "\n") + 1; files != 2*n || len(h.runs()) != n {
		t.Errorf("%d files, %d runs, want %d, %d", files, len(h.runs()), 2*n, n)
	}
}

// TestTooMuchMemory ends the work on a workbook, and its reason is told.
func TestTooMuchMemory(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, func(o *jobs.Options) { o.Memory = 1 })
	h.reports.tried = func(string) { time.Sleep(time.Second) }
	h.start()
	h.put("large.xlsx", book(t, "one"))
	h.settle(6 * time.Second)
	h.want("rejected/large.xlsx", "rejected/large.xlsx.why.txt")
	why, err := os.ReadFile(filepath.Join(h.drop, "rejected", "large.xlsx.why.txt"))
	if err != nil || !strings.Contains(string(why), jobs.ErrMemory.Error()) {
		t.Errorf("why: %q, %v", why, err)
	}
}

func TestServeStopsWithItsContext(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	real := &clock{now: time.Now()}
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), real, func(o *jobs.Options) {
		o.Clock = time.Now
		o.Drops[0].Settled = 50 * time.Millisecond
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, 10*time.Second) }()
	waitFor(t, "the drop folder", func() bool { _, err := os.Stat(filepath.Join(h.drop, watch.WorkFolder)); return err == nil })
	h.put("a.xlsx", book(t, "one"))
	waitFor(t, "the result", func() bool { return strings.Contains(h.tree(), "done/"+time.Now().Format("2006-01")+"/a.xlsx") })
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("it does not stop")
	}
}

// waitFor waits until a condition holds.
func waitFor(t testing.TB, what string, holds func() bool) {
	t.Helper()
	waitLonger(t, what, time.Minute, holds)
}

func waitLonger(t testing.TB, what string, most time.Duration, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(most); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within %s", what, most)
		}
	}
}

// TestSweep removes the folder of a process that was killed after its run had
// been recorded, and leaves that of a run at work.
func TestSweep(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	h.put("a.xlsx", book(t, "one"))
	h.settle(6 * time.Second)
	runs, err := h.book.Runs(context.Background(), ledger.RunFilter{})
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	month := filepath.Join(h.drop, "done", "2026-11")
	hash := sha256.Sum256([]byte(runs[0].Report + "\x00" + runs[0].Period))
	stage := fmt.Sprintf(".valuebook-run-%x-%d", hash[:6], runs[0].ID)
	for _, name := range []string{stage, ".pages" + stage, ".valuebook-run-0123456789ab-4711", "mine-1"} {
		if err := os.MkdirAll(filepath.Join(month, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := run.Sweep(context.Background(), month, h.book); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, _ := os.ReadDir(month)
	for _, entry := range entries {
		if entry.IsDir() {
			left = append(left, entry.Name())
		}
	}
	if want := []string{".valuebook-run-0123456789ab-4711", "mine-1"}; !slices.Equal(left, want) {
		t.Errorf("left %q, want %q", left, want)
	}
}

// TestNamesThatBecomeTheSame holds that two files whose names differ in what the
// name of an output may not hold do not share one.
func TestNamesThatBecomeTheSame(t *testing.T) {
	h := newHouse(t)
	names := []string{"-rf.xlsx", "rf.xlsx", "a{b}.xlsx", "a(b).xlsx", "Z\u00fc.xlsx", "Zu\u0308.xlsx", "q_.xlsx", strings.Repeat("n", 180) + ".xlsx", strings.Repeat("n", 181) + ".xlsx"}
	if runtime.GOOS != "windows" { // there no file is called so
		names = append(names, "q?.xlsx")
	}
	for _, name := range names {
		h.put(name, book(t, "word "+name))
	}
	h.settle(6 * time.Second)
	if n := len(h.runs()); n != len(names) {
		t.Errorf("%d runs, want %d", n, len(names))
	}
	inputs, _ := filepath.Glob(filepath.Join(h.drop, "done", "2026-11", "*.xlsx"))
	for _, input := range inputs {
		word, err := wordOf(input)
		result, err2 := os.ReadFile(strings.TrimSuffix(input, ".xlsx") + ".json")
		if want := fmt.Sprintf("{%q: %q}\n", "word", word); err != nil || err2 != nil || string(result) != want {
			t.Errorf("beside %s stands %q, %v, %v, want %q", filepath.Base(input), result, err, err2, want)
		}
	}
	if len(inputs) != len(names) {
		t.Errorf("%d inputs of %d:\n%s", len(inputs), len(names), h.tree())
	}
}
