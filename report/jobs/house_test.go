package jobs_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/jobs"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/run"
	"valuebook/report/wording"
)

// noon is where the fake clock begins.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// A clock that stands until it is moved.
type clock struct {
	lock sync.Mutex
	now  time.Time
}

func (c *clock) time() time.Time {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.now
}

func (c *clock) set(to time.Time) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.now = to
}

func (c *clock) add(d time.Duration) { c.set(c.time().Add(d)) }

// book is a whole workbook as far as the drop folder looks; word tells the fake
// reports what to do with it.
func book(t testing.TB, word string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "word", Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(w, word)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// wordOf reads it again.
func wordOf(path string) (string, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return "", err
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	word, err := io.ReadAll(f)
	return string(word), err
}

// reports makes reports of the workbooks of these tests: one customer each, and
// a file that repeats the word. The words "stop", "fail" and "panic" do as they
// say.
type reports struct {
	owner string
	tried func(word string) // called at each reading, nil for nothing
	full  func() bool       // whether the disk is full at a reading, nil for never
}

func (r *reports) plan(name, path, period string, names run.Names) run.Plan {
	return withPages(run.Plan{
		Report: name, Input: path, Period: period, Source: "test", Settings: "settings", Version: "1", Names: names, Owner: r.owner, AllowStale: true,
		Make: func(run.Order) (run.Making, error) {
			return run.Making{Job: pipeline.Job{Input: path, Read: r.read, Renderers: []pipeline.Renderer{repeat{}},
				Prepare: func(*dataset.Dataset) (analysis.Options, *wording.Writer, error) {
					words, err := wording.NewWriter(wording.NewCatalogue("en"), "", "")
					return analysis.DefaultOptions(), words, err
				}}}, nil
		},
	})
}

func (r *reports) read(path string) (*dataset.Dataset, error) {
	word, err := wordOf(path)
	if err != nil {
		return nil, err
	}
	if r.tried != nil {
		r.tried(word)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if r.full != nil && r.full() {
		return nil, &os.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}
	}
	d := &dataset.Dataset{Customers: dataset.Customers{ID: []string{"C1"}}, Receipt: dataset.Receipt{File: filepath.Base(path), SHA256: fmt.Sprintf("%x", sha256.Sum256(data))}}
	switch {
	case strings.HasPrefix(word, "fail"):
		return nil, errors.New("the library gives up")
	case strings.HasPrefix(word, "panic"):
		panic("the library falls over")
	case strings.HasPrefix(word, "stop"):
		d.Add(dataset.Finding{Code: "no-customers", Severity: dataset.Stop})
	}
	return d, nil
}

// repeat is a renderer that writes what the JSON of a report begins with.
type repeat struct{}

func (repeat) Format() string { return "json" }

func (repeat) Render(to pipeline.Draft, input string, _ *report.Report, _ *wording.Writer) ([]dataset.Finding, error) {
	word, err := wordOf(input)
	if err == nil {
		_, err = fmt.Fprintf(to, "{%q: %q}\n", "word", word)
	}
	return nil, err
}

func (r *reports) Dropped(_ context.Context, path string, names run.Names) (run.Plan, error) {
	return r.plan(pipeline.Stem(path), path, "", names), nil
}

func (r *reports) Scheduled(_ context.Context, config string, due time.Time) ([]run.Plan, error) {
	word, err := wordOf(config)
	if err != nil || word == "nothing" {
		return nil, err
	}
	folder := filepath.Join(filepath.Dir(config), "out")
	period := due.AddDate(0, 0, -due.Day()).Format("2006-01")
	return []run.Plan{r.plan("monthly", config, period, run.Names{Folder: filepath.Join(folder, "{period}")})}, nil
}

func (r *reports) Why(name string, stopped *run.Outcome, err error, fixList string) string {
	if stopped != nil {
		return name + ": " + stopped.Made.Dataset.Findings[0].Code + " " + fixList + "\n"
	}
	return fmt.Sprintf("%s: %v\n", name, err)
}

func (r *reports) FixList(_ context.Context, _, folder, stem string) (string, error) {
	name := stem + ".fixes.xlsx"
	return name, os.WriteFile(filepath.Join(folder, name), []byte("marked"), 0o600)
}

// Lethal tells that processes die of a workbook whose word says so; of one that
// is endless it can tell nothing in its time.
func (r *reports) Lethal(ctx context.Context, suspect jobs.Suspect) (bool, error) {
	path := suspect.Path
	if path == "" {
		path = suspect.Config
	}
	word, err := wordOf(path)
	if word == "endless" {
		<-ctx.Done()
		return false, ctx.Err()
	}
	return strings.HasPrefix(word, "lethal"), err
}

// A house is a service with a drop folder, a ledger and a clock of its own.
type house struct {
	testing.TB
	*jobs.Service
	clock   *clock
	reports *reports
	drop    string
	book    *ledger.Ledger
}

// enter makes a house; change may change the options.
func enter(t testing.TB, dsn, drop, owner string, c *clock, change func(o *jobs.Options)) *house {
	t.Helper()
	book, err := ledger.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	h := &house{TB: t, clock: c, reports: &reports{owner: owner}, drop: drop, book: book}
	o := jobs.Options{Drops: []jobs.Drop{{Path: drop}}, Clock: c.time, Owner: owner, Fetch: 100 * time.Millisecond, State: filepath.Join(filepath.Dir(drop), "state")}
	if change != nil {
		change(&o)
	}
	if h.Service, err = jobs.New(context.Background(), book, h.reports, o); err != nil {
		t.Fatal(err)
	}
	return h
}

// newHouse starts one on SQLite.
func newHouse(t testing.TB) *house {
	t.Helper()
	folder := t.TempDir()
	h := enter(t, filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop"), run.Owner(), &clock{now: noon}, nil)
	h.start()
	return h
}

func (h *house) start() {
	h.Helper()
	if err := h.Start(context.Background()); err != nil {
		h.Fatal(err)
	}
	h.Cleanup(h.stop)
}

func (h *house) stop() {
	h.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := h.Stop(ctx); err != nil {
		h.Error(err)
	}
}

// put writes a file into the drop folder, with a time of the fake clock.
func (h *house) put(name string, data []byte) {
	h.Helper()
	path := filepath.Join(h.drop, name)
	err := os.WriteFile(path, data, 0o600)
	if err = errors.Join(err, os.Chtimes(path, h.clock.time(), h.clock.time())); err != nil {
		h.Fatal(err)
	}
}

// settle looks, lets time go by, looks again, and waits until all jobs are done.
func (h *house) settle(wait time.Duration) {
	h.Helper()
	for range 2 {
		if _, err := h.Look(context.Background(), 0); err != nil {
			h.Fatal(err)
		}
		h.clock.add(wait)
	}
	h.idle()
}

// idle waits until nothing is left to do.
func (h *house) idle() {
	h.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		waiting, err := h.Waiting(context.Background())
		if err != nil {
			h.Fatal(err)
		}
		if len(waiting) == 0 {
			return
		}
		if time.Now().After(end) {
			h.Fatalf("still to do: %+v", waiting)
		}
	}
}

// tree lists the files of the drop folder.
func (h *house) tree() string {
	h.Helper()
	return treeOf(h, h.drop)
}

func treeOf(t testing.TB, root string) string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a folder that a service at work has just removed
		}
		if err == nil && !entry.IsDir() {
			relative, _ := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(relative))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(files, "\n")
}

func (h *house) want(files ...string) {
	h.Helper()
	if got, want := h.tree(), strings.Join(files, "\n"); got != want {
		h.Errorf("files:\n%s\nwant:\n%s", got, want)
	}
}

// runs are the done runs of all reports, "NAME PERIOD REVISION".
func (h *house) runs() []string {
	h.Helper()
	runs, err := h.book.Runs(context.Background(), ledger.RunFilter{States: []ledger.RunState{ledger.RunDone}})
	if err != nil {
		h.Fatal(err)
	}
	var names []string
	for _, r := range runs {
		names = append(names, fmt.Sprintf("%s %s %d", r.Report, r.Period, r.Revision))
	}
	slices.Sort(names)
	return names
}
