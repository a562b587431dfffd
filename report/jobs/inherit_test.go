package jobs_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valuebook/report/jobs"
	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
	"valuebook/report/run"
)

// deadOwner is a process of this machine that is no more.
func deadOwner() string {
	machine, _, _ := strings.Cut(run.Owner(), "/")
	return machine + "/999999999/abc"
}

// TestFilesOfADeadProcessAreAdopted holds that a file that another process had
// taken and not queued when it died is done by one that lives.
func TestFilesOfADeadProcessAreAdopted(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	left := filepath.Join(h.drop, watch.WorkFolder, "0123456789abcdef")
	err := errors.Join(h.book.Beat(context.Background(), ledger.Worker{Owner: deadOwner(), SeenAt: noon}), os.MkdirAll(left, 0o700),
		os.WriteFile(filepath.Join(left, "a.xlsx"), book(t, "one"), 0o600))
	if err = errors.Join(err, h.Care(context.Background())); err != nil {
		t.Fatal(err)
	}
	h.idle()
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
}

// TestTwoVersionsAtOnce drops a second version, and a third of another kind,
// while the first is at work: each becomes a revision, in their order.
func TestTwoVersionsAtOnce(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, func(o *jobs.Options) { o.Workers = 4 })
	if err := os.MkdirAll(h.drop, 0o700); err != nil {
		t.Fatal(err)
	}
	h.reports.tried = func(word string) {
		if word == "one" {
			time.Sleep(200 * time.Millisecond) // the later one would overtake it
		}
	}
	for _, one := range []struct{ name, word string }{{"a.xlsx", "one"}, {"a.xlsx", "two"}, {"a.csv", "three"}} {
		h.put(one.name, book(t, one.word))
		for range 2 {
			if _, err := h.Look(context.Background(), 0); err != nil {
				t.Fatal(err)
			}
			h.clock.add(6 * time.Second)
		}
	}
	h.start()
	h.idle()
	if got := h.runs(); !slices.Equal(got, []string{"a  1", "a  2", "a  3"}) {
		t.Errorf("runs %q", got)
	}
	counts, found, err := h.book.Current(context.Background(), "a", "")
	if want := sum(book(t, "three")); !found || counts.InputSHA256 != want || err != nil {
		t.Errorf("%+v counts, %v, want the last that came", counts, err)
	}
	if left, _ := filepath.Glob(filepath.Join(h.drop, watch.RejectedFolder, "*")); len(left) > 0 {
		t.Errorf("rejected: %q", left)
	}
}

// dying is a house into which a workbook is put at which processes died as often
// as they may, and left what they had begun. The queue has noted failures of it
// besides.
func dying(t *testing.T, word string, failures ...string) *house {
	t.Helper()
	ctx, folder := context.Background(), t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, nil)
	if err := os.MkdirAll(h.drop, 0o700); err != nil {
		t.Fatal(err)
	}
	h.put("a.xlsx", book(t, word))
	for range 2 {
		if _, err := h.Look(ctx, 0); err != nil {
			t.Fatal(err)
		}
		h.clock.add(6 * time.Second)
	}
	waiting, err := h.Waiting(ctx)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%d jobs, %v", len(waiting), err)
	}
	var job droppedFile
	begun, _, err := h.book.Begin(ctx, ledger.Run{Report: "a", InputSHA256: sum(book(t, word)), SettingsSHA256: "settings", Version: "1", Owner: deadOwner()}, noon.Add(-3*time.Minute))
	if err = errors.Join(err, json.Unmarshal(waiting[0].Args, &job)); err != nil {
		t.Fatal(err)
	}
	done := filepath.Join(h.drop, watch.DoneFolder, "2026-11")
	_, err = watch.Reserve(done, watch.Claim{ID: job.ID, Path: job.Path, Mark: watch.Mark{Name: "a.xlsx"}})
	stage := sha256.Sum256([]byte("a\x00"))
	left := filepath.Join(done, fmt.Sprintf(".valuebook-run-%x-%d", stage[:6], begun.ID))
	err = errors.Join(err, os.Mkdir(left, 0o700), os.WriteFile(filepath.Join(left, "half.pdf"), nil, 0o600))
	if err == nil { // begun as often as it may, by processes that said no more
		_, err = h.book.DB().ExecContext(ctx, "UPDATE river_job SET attempt = $1", jobs.Tries+timeOuts(failures))
	}
	if err == nil && len(failures) > 0 {
		type failed struct {
			Error string `json:"error"`
		}
		all := make([]failed, len(failures))
		for i, text := range failures {
			all[i] = failed{text}
		}
		var text []byte
		if text, err = json.Marshal(all); err == nil {
			_, err = h.book.DB().ExecContext(ctx, "UPDATE river_job SET errors = $1", text)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	h.start()
	h.idle()
	return h
}

// timedOut is what the queue notes of a job whose time ended, rescued what it
// notes of one whose process said no more.
const (
	timedOut = "context deadline exceeded"
	rescued  = "Stuck job rescued by JobRescuer"
)

// timeOuts counts the failures that are tries of their own.
func timeOuts(failures []string) int {
	n := 0
	for _, text := range failures {
		if text == timedOut {
			n++
		}
	}
	return n
}

// TestAWorkbookThatNeverEndsIsSetAside also when it was ended by people first:
// to try it out in a process of its own would take for ever too.
func TestAWorkbookThatNeverEndsIsSetAside(t *testing.T) {
	t.Parallel() // it mostly waits
	h := dying(t, "endless", timedOut, timedOut, timedOut)
	h.want("rejected/a.xlsx", "rejected/a.xlsx.why.txt")
}

// TestRescuedJobsAreNoFailures holds that a workbook is not to blame for processes
// that vanished while they were at it, also when the queue itself took it up.
func TestRescuedJobsAreNoFailures(t *testing.T) {
	t.Parallel() // it mostly waits
	h := dying(t, "one", rescued, rescued, rescued)
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
}

// TestALethalWorkbookIsSetAside ends the run in which processes died, and leaves
// nothing of what they left.
func TestALethalWorkbookIsSetAside(t *testing.T) {
	t.Parallel() // it mostly waits
	h := dying(t, "lethal")
	h.want("rejected/a.xlsx", "rejected/a.xlsx.why.txt")
	for _, r := range allRuns(t, h) {
		if r.State != ledger.RunFailed {
			t.Errorf("run %d is %s", r.ID, r.State)
		}
	}
}

// TestAWorkbookIsNotBlamedForKills makes the report of a workbook that was at
// work whenever a process was ended.
func TestAWorkbookIsNotBlamedForKills(t *testing.T) {
	t.Parallel() // it mostly waits
	h := dying(t, "one")
	h.want("done/2026-11/a.json", "done/2026-11/a.xlsx")
	if got := h.runs(); !slices.Equal(got, []string{"a  1"}) {
		t.Errorf("runs %q", got)
	}
}

func allRuns(t *testing.T, h *house) []ledger.Run {
	t.Helper()
	runs, err := h.book.Runs(context.Background(), ledger.RunFilter{})
	if err != nil || len(runs) == 0 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	return runs
}

// TestARunThatNobodyTakesUp ends after a while.
func TestARunThatNobodyTakesUp(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	ctx := context.Background()
	if _, _, err := h.book.Begin(ctx, ledger.Run{Report: "a", InputSHA256: "x", Owner: deadOwner()}, noon); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		wait time.Duration
		want ledger.RunState
	}{{time.Minute, ledger.RunRunning}, {20 * time.Minute, ledger.RunFailed}} {
		h.clock.add(c.wait)
		if err := h.Care(ctx); err != nil {
			t.Fatal(err)
		}
		if got := allRuns(t, h)[0].State; got != c.want {
			t.Errorf("after %v it is %s, want %s", c.wait, got, c.want)
		}
	}
}

// TestDrainLeavesWhatNobodyHereDoes ends although a message waits for a service
// that has a mail server.
func TestDrainLeavesWhatNobodyHereDoes(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, nil)
	q, err := queue.New(context.Background(), h.book, queue.Options{Owner: "test"})
	if err == nil {
		err = q.Put(context.Background(), queue.Insert{Args: strayMail{1}, Lane: "mail"})
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	if _, err := h.Drain(ctx, time.Second); err != nil {
		t.Error(fmt.Errorf("it waits: %w", err))
	}
}

type strayMail struct {
	Delivery int64 `json:"delivery"`
}

func (strayMail) Kind() string { return "mail" }

// TestAConflictOfADeadProcessIsSetAside holds that a file which was to be set
// aside when its process died is not read by the one that adopts it, also when
// both queue it.
func TestAConflictOfADeadProcessIsSetAside(t *testing.T) {
	t.Parallel() // it mostly waits
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, nil)
	const id, name = "0123456789abcdef", "a (conflicted copy).xlsx"
	left := filepath.Join(h.drop, watch.WorkFolder, id)
	q, err := queue.New(context.Background(), h.book, queue.Options{Owner: "test"})
	err = errors.Join(err, h.book.Beat(context.Background(), ledger.Worker{Owner: deadOwner(), SeenAt: noon}), os.MkdirAll(left, 0o700), os.WriteFile(filepath.Join(left, name), book(t, "one"), 0o600))
	if err = errors.Join(err, h.Care(context.Background())); err != nil {
		t.Fatal(err)
	}
	late := droppedFile{Drop: h.drop, Path: filepath.Join(left, name), ID: id, Month: "2026-12"}
	if err := q.Put(context.Background(), queue.Insert{Args: late, Lane: "reports", Once: true}); err != nil {
		t.Fatal(err)
	}
	if waiting, err := h.Waiting(context.Background()); err != nil || len(waiting) != 1 {
		t.Errorf("jobs %+v, %v; want one", waiting, err)
	}
	h.start()
	h.idle()
	h.want("rejected/"+name, "rejected/"+name+".why.txt")
}

// A droppedFile is a job like that of a file from a drop folder.
type droppedFile struct {
	Drop  string `json:"drop"`
	Path  string `json:"path"`
	ID    string `json:"id" river:"unique"`
	Month string `json:"month"`
}

func (droppedFile) Kind() string { return "ingest" }

// TestAFileThatWaitsToBeMovedIsDone queues a file again of which the report is
// made, as a process does that saw it just before.
func TestAFileThatWaitsToBeMovedIsDone(t *testing.T) {
	t.Parallel() // it mostly waits
	h := newHouse(t)
	const id = "0123456789abcdef"
	left := filepath.Join(h.drop, watch.WorkFolder, id, "a.xlsx")
	q, err := queue.New(context.Background(), h.book, queue.Options{Owner: "test"})
	if err = errors.Join(err, os.MkdirAll(filepath.Dir(left), 0o700), os.WriteFile(left, book(t, "one"), 0o600)); err != nil {
		t.Fatal(err)
	}
	again := droppedFile{Drop: h.drop, Path: left, ID: id, Month: "2026-11"}
	if err := q.Put(context.Background(), queue.Insert{Args: movedFile{ID: id}, Lane: "nobody"}, queue.Insert{Args: again, Lane: "reports"}); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the second job", func() bool {
		waiting, err := h.Waiting(context.Background())
		return err == nil && len(waiting) == 1 && waiting[0].Kind == movedFile{}.Kind()
	})
	if runs := h.runs(); len(runs) > 0 {
		t.Errorf("runs %q, want none", runs)
	}
	h.want("work/" + id + "/a.xlsx")
}

// A movedFile is the job of an input whose results are in place.
type movedFile struct {
	ID string `json:"id"`
}

func (movedFile) Kind() string { return "away" }
