package jobs_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/deliver"
	"valuebook/report/jobs"
	"valuebook/report/jobs/queue"
	"valuebook/report/jobs/watch"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/run"
	"valuebook/report/store"
	"valuebook/report/wording"
	"valuebook/samples/pgtest"
)

// The words of workbooks with pages: how many follows.
const (
	plainPages  = "pages"
	sealedPages = "sealed" // with a password, which changes a file each time
	secretPages = "secret" // with the password of one recipient
	brokenPages = "broken" // of which the one in the middle fails
)

// withPages adds to a plan what the word of its workbook asks for.
func withPages(plan run.Plan) run.Plan {
	word, _ := wordOf(plan.Input)
	kind, number, _ := strings.Cut(word, " ")
	n, err := strconv.Atoi(number)
	if err != nil || !slices.Contains([]string{plainPages, sealedPages, secretPages, brokenPages}, kind) {
		return plan
	}
	plan.Mail = mailOf(kind)
	one := plan.Make
	plan.Make = func(o run.Order) (run.Making, error) {
		making, err := one(o)
		seals := &fakeSeals{content: map[string]string{}}
		pages := fakePages{kind: kind, n: n, language: o.Language, input: plan.Input}
		making.Job.Burst = &pipeline.Burst{Pattern: "{name}", Prepare: func(*report.Report, *wording.Writer) (pipeline.Pages, error) { return pages, nil }}
		if kind == sealedPages {
			making.Job.Burst.Finish, making.Content = seals.finish, seals.of
		}
		making.Seal = func(document []byte, variable string) ([]byte, error) {
			return fmt.Appendf(document, "%% %s\n%%%%EOF\n", variable), nil
		}
		return making, err
	}
	return plan
}

// mailOf sends some pages, one of them in another language.
func mailOf(kind string) *run.Mail {
	mail := &run.Mail{
		Server: deliver.Server{Host: "mail.example", From: "reports@example.com"}, Formats: []string{"pdf"},
		Recipients: []dataset.Recipient{
			{To: []string{"ann@example.com"}, Parts: []string{"C0003"}},
			{To: []string{"bob@example.com"}, Parts: []string{"C0005"}, Language: "de"},
		},
		Write: func(e run.Envelope) (deliver.Letter, []run.Picture, error) {
			return deliver.Letter{Subject: e.Assignment.Part.Name, Text: "see attached"}, nil, nil
		},
	}
	if kind == secretPages {
		mail.Recipients[0].PasswordVariable = "ANN_PASSWORD"
	}
	return mail
}

// fakePages are PDFs that say of themselves what they are.
type fakePages struct {
	kind, language, input string
	n                     int
}

func (p fakePages) Len() int { return p.n }

// Name gives three customers the same name.
func (p fakePages) Name(n int) string { return fmt.Sprintf("Customer %d", n/3) }

func (p fakePages) ID(n int) string { return fmt.Sprintf("C%04d", n) }

// Render takes as long as DELAY says, and leaves a line in the file DRAWN.
func (p fakePages) Render(n int) ([]byte, error) {
	if delay, err := time.ParseDuration(os.Getenv("DELAY")); err == nil {
		time.Sleep(delay)
	}
	if path := os.Getenv("DRAWN"); path != "" {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err == nil {
			_, err = fmt.Fprintln(f, n)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return nil, err
		}
	}
	if p.kind == brokenPages && n == p.n/2 {
		return nil, errors.New("the library gives up")
	}
	return fmt.Appendf(nil, "%%PDF-1.7\n%s page %d of %d\n%s\n%%%%EOF\n", p.language, n, p.n, strings.Repeat("line ", n%50)), nil
}

func (fakePages) Book(context.Context, io.Writer, func()) error { return errors.ErrUnsupported }

// fakeSeals make a file another one each time, as encryption does.
type fakeSeals struct {
	lock    sync.Mutex
	content map[string]string
}

func (s *fakeSeals) finish(data []byte) ([]byte, error) {
	sealed := fmt.Appendf(slices.Clone(data), "%% %s\n%%%%EOF\n", rand.Text())
	s.lock.Lock()
	defer s.lock.Unlock()
	s.content[sum(sealed)] = sum(data)
	return sealed, nil
}

func (s *fakeSeals) of(sealed string) string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.content[sealed]
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:])
}

// outputsOf lists what the only run of a ledger left: files with their hashes,
// what the ledger has of them, and the messages.
func outputsOf(t testing.TB, h *house) map[string]string {
	t.Helper()
	ctx := context.Background()
	runs, err := h.book.Runs(ctx, ledger.RunFilter{States: []ledger.RunState{ledger.RunDone}})
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, %v, want one:\n%s", len(runs), err, h.tree())
	}
	all := map[string]string{}
	artifacts, err := h.book.Artifacts(ctx, runs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	done := filepath.Join(h.drop, watch.DoneFolder)
	for _, a := range artifacts {
		data, err := os.ReadFile(a.Path)
		if err != nil || sum(data) != a.SHA256 || int64(len(data)) != a.Bytes {
			t.Errorf("%s is not what the ledger says, %v", a.Path, err)
		}
		path, _ := filepath.Rel(done, a.Path)
		all[filepath.ToSlash(path)] = a.Kind + " " + a.Part + " " + a.ContentSHA256 + " " + strconv.FormatInt(a.Bytes, 10)
	}
	for _, name := range strings.Split(treeOf(t, done), "\n") {
		if all[name] == "" && filepath.Ext(name) != ".xlsx" {
			t.Errorf("%s is of no run", name)
		}
	}
	deliveries, err := h.book.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deliveries {
		path, _ := filepath.Rel(done, d.Attachments[0].Path)
		all[d.Key] = strings.Join([]string{d.Part, d.Subject, d.Attachments[0].Name, filepath.ToSlash(path), d.ContentSHA256}, " ")
	}
	return all
}

// alike compares two sets of outputs.
func alike(t testing.TB, got, want map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			t.Errorf("%s is %q, want %q", name, got[name], want[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d outputs, want %d", len(got), len(want))
	}
}

// once makes the outputs of a word in one process.
func once(t testing.TB, dsn, drop, word string, change func(o *jobs.Options)) *house {
	t.Helper()
	h := enter(t, dsn, drop, run.Owner(), &clock{now: noon}, change)
	h.start()
	h.put("a.xlsx", book(t, word))
	h.settle(6 * time.Second)
	// A job is over once its run is recorded; what it was made in goes then.
	waitFor(t, "cleared away", func() bool {
		left, err := filepath.Glob(filepath.Join(h.drop, "done", "2026-11", ".*"))
		return len(left) == 0 && err == nil
	})
	return h
}

// TestSharedPagesAreTheSame compares the outputs of a report that is made in
// batches with those of one that is not.
func TestSharedPagesAreTheSame(t *testing.T) {
	t.Parallel()                                                                                // it mostly waits
	for kind, least := range map[string]int{plainPages: 84, sealedPages: 84, secretPages: 85} { // pages and JSON of two languages, two messages
		t.Run(kind, func(t *testing.T) {
			word := kind + " 40"
			want := outputsOf(t, once(t, filepath.Join(t.TempDir(), "ledger.db"), filepath.Join(t.TempDir(), "drop"), word, nil))
			if len(want) < least {
				t.Fatalf("%d outputs, want %d", len(want), least)
			}
			same := func(dsn string, files store.Store) {
				h := once(t, dsn, filepath.Join(t.TempDir(), "drop"), word, func(o *jobs.Options) { o.Batch, o.Files = 7, files })
				alike(t, outputsOf(t, h), want)
			}
			same(filepath.Join(t.TempDir(), "ledger.db"), nil)
			if kind == sealedPages {
				same(filepath.Join(t.TempDir(), "ledger.db"), store.Folder{Path: t.TempDir()})
			}
			if kind == plainPages {
				same(pgtest.DSN(t), nil)
			}
		})
	}
}

// TestAPageThatFails ends the report, whoever makes the page.
func TestAPageThatFails(t *testing.T) {
	t.Parallel() // it mostly waits
	h := once(t, filepath.Join(t.TempDir(), "ledger.db"), filepath.Join(t.TempDir(), "drop"), brokenPages+" 40", func(o *jobs.Options) { o.Batch = 7 })
	h.want("rejected/a.xlsx", "rejected/a.xlsx.why.txt")
	why, err := os.ReadFile(filepath.Join(h.drop, "rejected", "a.xlsx.why.txt"))
	if err != nil || !bytes.Contains(why, []byte("the library gives up")) {
		t.Errorf("why: %q, %v", why, err)
	}
}

// A strayBatch is a job of pages that was queued and found nobody in time.
type strayBatch struct {
	Batch run.Batch `json:"batch"`
	Path  string    `json:"path"`
}

func (strayBatch) Kind() string { return "pages" }

// TestPagesOfARunThatIsOver puts a batch aside whose run has ended and whose
// workbook is gone: nobody else will make it either.
func TestPagesOfARunThatIsOver(t *testing.T) {
	t.Parallel() // it mostly waits
	h := once(t, filepath.Join(t.TempDir(), "ledger.db"), filepath.Join(t.TempDir(), "drop"), plainPages+" 8", nil)
	runs, err := h.book.Runs(context.Background(), ledger.RunFilter{States: []ledger.RunState{ledger.RunDone}})
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	stray := strayBatch{Batch: run.Batch{Run: runs[0].ID, Edition: "any", To: 2}, Path: filepath.Join(h.drop, "work", "gone", "a.xlsx")}
	q, err := queue.New(context.Background(), h.book, queue.Options{Owner: "test"})
	if err == nil {
		err = q.Put(context.Background(), queue.Insert{Args: stray, Lane: "pages"})
	}
	if err != nil {
		t.Fatal(err)
	}
	h.idle()
}

// TestPagesOfAKilledReport lets three processes share the pages of one report;
// a process that only makes pages is killed, then the one that has the report.
func TestPagesOfAKilledReport(t *testing.T) {
	t.Parallel() // it mostly waits
	const n, size = 240, 10
	want := outputsOf(t, once(t, filepath.Join(t.TempDir(), "ledger.db"), filepath.Join(t.TempDir(), "drop"), fmt.Sprint(plainPages, " ", n), nil))
	each(t, func(t *testing.T, dsn string) {
		folder := t.TempDir()
		drop, drawn := filepath.Join(folder, "drop"), filepath.Join(folder, "drawn")
		h := enter(t, dsn, drop, "observer", &clock{now: time.Now()}, nil)
		if err := errors.Join(os.MkdirAll(drop, 0o700), os.WriteFile(filepath.Join(drop, "a.xlsx"), book(t, fmt.Sprint(plainPages, " ", n)), 0o600)); err != nil {
			t.Fatal(err)
		}
		workers := map[int]*exec.Cmd{}
		for range 3 {
			cmd := process(t, "serve", dsn, drop, "BATCH="+strconv.Itoa(size), "DELAY=40ms", "DRAWN="+drawn)
			workers[cmd.Process.Pid] = cmd
			defer end(cmd)
		}
		killOne(t, h, workers, drawn, n/4, func(owner, coordinator string) bool { return owner != coordinator })
		killOne(t, h, workers, drawn, n, func(owner, coordinator string) bool { return owner == coordinator })
		killed := time.Now()
		month := time.Now().Format("2006-01")
		waitLonger(t, "the report", time.Minute, func() bool { // recorded, and what it was made in cleared away
			left, _ := filepath.Glob(filepath.Join(drop, "done", month, ".*"))
			return len(h.runs()) == 1 && nothingWaits(h) && len(left) == 0
		})
		t.Logf("done %.1f s after the second kill", time.Since(killed).Seconds())
		got := outputsOf(t, h)
		alike(t, got, moved(want, "2026-11", month))
		// Each kill loses what the process had not noted, at most a batch each, and
		// each coordinator draws the first page of a language once more. What a worker
		// notes just while the second coordinator asks for the pages of a language that
		// are missing is drawn again: at most a batch of each.
		if lines := linesOf(drawn); lines > 2*n+2*size+4+2*size {
			t.Errorf("%d pages were drawn for %d", lines, 2*n)
		}
	})
}

// killOne waits until a number of pages are drawn, and kills a process that
// makes pages or has the report.
func killOne(t *testing.T, h *house, workers map[int]*exec.Cmd, drawn string, least int, which func(owner, coordinator string) bool) {
	t.Helper()
	var doomed *exec.Cmd
	waitLonger(t, "pages", time.Minute, func() bool {
		waiting, err := h.Waiting(context.Background())
		if err != nil || linesOf(drawn) < least {
			return false
		}
		coordinator := ""
		for _, job := range waiting {
			if job.Kind == "ingest" {
				coordinator = job.Owner
			}
		}
		for _, job := range waiting {
			if job.Owner != "" && coordinator != "" && which(job.Owner, coordinator) {
				pid, _ := strconv.Atoi(strings.Split(job.Owner, "/")[1])
				doomed = workers[pid]
			}
		}
		return doomed != nil
	})
	end(doomed)
	delete(workers, doomed.Process.Pid)
}

func linesOf(path string) int {
	data, _ := os.ReadFile(path)
	return bytes.Count(data, []byte("\n"))
}

// moved puts outputs into the folder of another month.
func moved(outputs map[string]string, from, to string) map[string]string {
	all := map[string]string{}
	for name, is := range outputs {
		all[strings.ReplaceAll(name, from+"/", to+"/")] = strings.ReplaceAll(is, from+"/", to+"/")
	}
	return all
}

// BenchmarkSharedPages lets one and two processes make the pages of one report,
// each of which takes a fixed time, and tells how many there were a second.
func BenchmarkSharedPages(b *testing.B) {
	const n, size = 400, 25
	for _, processes := range []int{1, 2} {
		b.Run(strconv.Itoa(processes), func(b *testing.B) {
			for range b.N {
				folder := b.TempDir()
				dsn, drop := filepath.Join(folder, "ledger.db"), filepath.Join(folder, "drop")
				h := enter(b, dsn, drop, "observer", &clock{now: time.Now()}, nil)
				if err := errors.Join(os.MkdirAll(drop, 0o700), os.WriteFile(filepath.Join(drop, "a.xlsx"), book(b, fmt.Sprint(plainPages, " ", n)), 0o600)); err != nil {
					b.Fatal(err)
				}
				began := time.Now()
				for range processes {
					defer end(process(b, "serve", dsn, drop, "BATCH="+strconv.Itoa(size), "DELAY=50ms"))
				}
				waitLonger(b, "the report", time.Minute, func() bool { return len(h.runs()) == 1 })
				b.ReportMetric(2*n/time.Since(began).Seconds(), "pages/s") // in two languages
			}
		})
	}
}
