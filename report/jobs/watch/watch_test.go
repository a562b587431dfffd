package watch_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"valuebook/report/files"
	"valuebook/report/jobs/watch"
)

// noon is where the fake clock of every test begins.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// book is the smallest file that is whole as a workbook is.
func book(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("xl/workbook.xml")
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A drop is a real folder with a fake clock.
type drop struct {
	*testing.T
	folder watch.Folder
	now    time.Time
}

func newDrop(t *testing.T) *drop {
	return &drop{T: t, folder: watch.Folder{Path: t.TempDir()}, now: noon}
}

func (d *drop) put(name string, data []byte) {
	d.Helper()
	if err := os.WriteFile(filepath.Join(d.folder.Path, name), data, 0o600); err != nil {
		d.Fatal(err)
	}
	d.touch(name)
}

// touch gives a file the time of the fake clock, so that every write shows.
func (d *drop) touch(name string) {
	d.Helper()
	if err := os.Chtimes(filepath.Join(d.folder.Path, name), d.now, d.now); err != nil {
		d.Fatal(err)
	}
}

// after lets time go by and looks; the result is one word per file.
func (d *drop) after(wait time.Duration) string {
	d.Helper()
	d.now = d.now.Add(wait)
	sight, err := d.folder.Scan(d.now)
	if err != nil {
		d.Fatal(err)
	}
	var seen []string
	for _, mark := range sight.Ready {
		seen = append(seen, mark.Name+":ready")
	}
	for _, file := range append(sight.Waiting, sight.Aside...) {
		seen = append(seen, file.Name+":"+string(file.Why))
	}
	slices.Sort(seen)
	return strings.Join(seen, " ")
}

func (d *drop) want(wait time.Duration, want string) {
	d.Helper()
	if got := d.after(wait); got != want {
		d.Errorf("after %s: %q, want %q", wait, got, want)
	}
}

// take takes the one file that is ready.
func (d *drop) take() watch.Claim {
	d.Helper()
	d.after(0)
	d.after(watch.DefaultSettled)
	sight, err := d.folder.Scan(d.now)
	if err != nil || len(sight.Ready) != 1 {
		d.Fatalf("%d ready (%v), want one", len(sight.Ready), err)
	}
	claim, err := d.folder.Take(sight.Ready[0], "")
	if err != nil {
		d.Fatal(err)
	}
	return claim
}

// tree lists the files below the folder.
func (d *drop) tree() string {
	d.Helper()
	var files []string
	err := filepath.WalkDir(d.folder.Path, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			relative, _ := filepath.Rel(d.folder.Path, path)
			files = append(files, filepath.ToSlash(relative))
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return strings.Join(files, " ")
}

func TestAFileIsReadyWhenItHasSettled(t *testing.T) {
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	d.want(0, "a.xlsx:changing")
	d.want(4*time.Second, "a.xlsx:changing")
	d.put("a.xlsx", book(t, "two, longer"))
	d.want(2*time.Second, "a.xlsx:changing")
	d.want(4*time.Second, "a.xlsx:changing")
	d.want(time.Second, "a.xlsx:ready")
}

func TestASlowCopyIsWaitedFor(t *testing.T) {
	d := newDrop(t)
	whole := book(t, strings.Repeat("slow ", 1000))
	for end := 10; end < len(whole); end += len(whole) / 4 {
		d.put("slow.xlsx", whole[:end])
		d.want(3*time.Second, "slow.xlsx:changing")
	}
	d.want(time.Minute, "slow.xlsx:incomplete")
	d.put("slow.xlsx", whole)
	d.want(0, "slow.xlsx:changing")
	d.want(5*time.Second, "slow.xlsx:ready")
}

// TestACopyOfFullLength has its whole length from the beginning and its content
// only later, with the time of the original: size and time never change.
func TestACopyOfFullLength(t *testing.T) {
	d := newDrop(t)
	whole := book(t, strings.Repeat("content ", 500))
	begun := append(bytes.Clone(whole[:len(whole)/2]), make([]byte, len(whole)-len(whole)/2)...)
	d.put("zeros.xlsx", make([]byte, len(whole)))
	d.put("half.xlsx", begun)
	d.put("half.csv", append([]byte("Customer;Service\n"), make([]byte, 500)...))
	d.want(0, "half.csv:changing half.xlsx:changing zeros.xlsx:changing")
	d.want(time.Minute, "half.csv:incomplete half.xlsx:incomplete zeros.xlsx:incomplete")
	d.now = noon
	d.put("half.xlsx", whole)
	d.now = noon.Add(2 * time.Minute)
	if got := d.after(0); !strings.Contains(got, "half.xlsx:ready") {
		t.Errorf("the whole file is not ready: %s", got)
	}
	d.want(watch.DefaultPatience, "half.csv:damaged half.xlsx:ready zeros.xlsx:damaged")
}

func TestAnOpenFileIsWaitedFor(t *testing.T) {
	d := newDrop(t)
	for name, lock := range map[string]string{"book.xlsx": "~$book.xlsx", "quarterly.xlsx": "~$arterly.xlsx", "calc.ods": ".~lock.calc.ods#", "notes.docx": "~$notes.docx"} {
		d.put(name, book(t, "open"))
		d.put(lock, []byte("me"))
	}
	d.after(0)
	d.want(time.Hour, "book.xlsx:open calc.ods:open notes.docx:open quarterly.xlsx:open")
	os.Remove(filepath.Join(d.folder.Path, "~$book.xlsx"))
	d.want(time.Second, "book.xlsx:ready calc.ods:open notes.docx:open quarterly.xlsx:open")
	os.Remove(filepath.Join(d.folder.Path, "~$notes.docx"))
	d.want(time.Second, "book.xlsx:ready calc.ods:open notes.docx:no-workbook quarterly.xlsx:open")
}

func TestLeftoversAreIgnored(t *testing.T) {
	d := newDrop(t)
	for _, name := range []string{"~$book.xlsx", ".~lock.book.xlsx#", "book.xlsx.tmp", "book.part", "book.xlsx.crdownload", "desktop.ini", ".DS_Store", "._book.xlsx",
		".hidden.xlsx", "Thumbs.db", "0A1B2C3D", "book.xlsx~", "~WRL0001.tmp", "book.xlsx.why.txt", "valuebook.yaml"} {
		d.put(name, book(t, "leftover"))
	}
	for _, folder := range []string{watch.WorkFolder, watch.DoneFolder, watch.RejectedFolder} {
		if err := os.Mkdir(filepath.Join(d.folder.Path, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	d.want(0, "")
	d.want(time.Hour, "")
}

func TestWhatIsNoWorkbookIsSetAside(t *testing.T) {
	d := newDrop(t)
	d.put("photo.jpg", []byte("\xff\xd8"))
	d.put("budget", []byte("no ending"))
	d.put("empty.xlsx", nil)
	d.put("book (conflicted copy 2026-11-22).xlsx", book(t, "two"))
	if err := os.Mkdir(filepath.Join(d.folder.Path, "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.after(0)
	d.want(6*time.Second, "book (conflicted copy 2026-11-22).xlsx:conflict budget:no-workbook empty.xlsx:incomplete more:is-folder photo.jpg:no-workbook")
	if got := d.after(watch.DefaultPatience); !strings.Contains(got, "empty.xlsx:damaged") {
		t.Errorf("an empty file is never spoken of: %s", got)
	}
}

// TestAClockThatIsMovedBack lets a file wait no longer than if it had come then.
func TestAClockThatIsMovedBack(t *testing.T) {
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	d.after(0)
	d.want(-time.Hour, "a.xlsx:changing")
	d.want(6*time.Second, "a.xlsx:ready")
}

func TestAReplacedFolderIsSeen(t *testing.T) {
	d := newDrop(t)
	path := filepath.Join(d.folder.Path, "drop")
	d.folder.Path = path
	if _, err := d.folder.Scan(d.now); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	for _, name := range []string{"first.xlsx", "second.xlsx"} {
		if err := errors.Join(os.RemoveAll(path), os.Mkdir(path, 0o700)); err != nil {
			t.Fatal(err)
		}
		d.put(name, book(t, name))
		d.want(0, name+":changing")
		d.want(time.Minute, name+":ready")
	}
}

// away puts a claim into a folder with results beside it, and returns the name
// that the input got.
func (d *drop) away(folder string, claim watch.Claim, endings ...string) string {
	d.Helper()
	folder = filepath.Join(d.folder.Path, folder)
	name, err := watch.Reserve(folder, claim)
	if err != nil {
		d.Fatal(err)
	}
	for _, ending := range endings {
		result := filepath.Join(folder, strings.TrimSuffix(name, filepath.Ext(name))+ending)
		if err := os.WriteFile(result, []byte(ending), 0o600); err != nil {
			d.Fatal(err)
		}
	}
	if err := watch.Put(folder, name, claim); err != nil {
		d.Fatal(err)
	}
	return name
}

func TestResultsStandBesideTheirInput(t *testing.T) {
	d := newDrop(t)
	for n, want := range []string{"a.xlsx", "a (2).xlsx"} {
		d.put("a.xlsx", book(t, fmt.Sprint("version ", n)))
		if got := d.away("done/2026-11", d.take(), ".annotated.xlsx", ".pdf"); got != want {
			t.Errorf("the input is %q, want %q", got, want)
		}
	}
	want := "done/2026-11/a (2).annotated.xlsx done/2026-11/a (2).pdf done/2026-11/a (2).xlsx done/2026-11/a.annotated.xlsx done/2026-11/a.pdf done/2026-11/a.xlsx"
	if got := d.tree(); got != want {
		t.Errorf("files %q, want %q", got, want)
	}
}

// TestResultsOfTwoInputs would have one name: the second get a number too, also
// when the first are not there yet.
func TestResultsOfTwoInputs(t *testing.T) {
	d := newDrop(t)
	d.put("a.csv", book(t, "csv"))
	first := d.take()
	if name, err := watch.Reserve(filepath.Join(d.folder.Path, "done"), first); err != nil || name != "a.csv" {
		t.Fatalf("%q, %v", name, err)
	}
	d.put("A.xlsx", book(t, "xlsx"))
	other, second := "A.xlsx", "a (2).xlsx"
	if runtime.GOOS != "linux" { // capital letters make no other name
		other, second = "A (2).xlsx", "a (3).xlsx"
	}
	if got := d.away("done", d.take(), ".pdf"); got != other {
		t.Errorf("another case of the letters: %q", got)
	}
	d.put("a.xlsx", book(t, "xlsx"))
	if got := d.away("done", d.take(), ".pdf"); got != second {
		t.Errorf("the second is %q", got)
	}
	if got := d.away("done", first, ".pdf"); got != "a.csv" {
		t.Errorf("the first is %q", got)
	}
}

// TestAPuttingAwayThatWasCutShort begins anew after each step at which a
// program may have died.
func TestAPuttingAwayThatWasCutShort(t *testing.T) {
	for step := range 4 {
		d := newDrop(t)
		d.put("a.xlsx", book(t, "one"))
		claim := d.take()
		done := filepath.Join(d.folder.Path, "done")
		steps := []func() error{
			func() error { _, err := watch.Reserve(done, claim); return err },
			func() error { return os.WriteFile(filepath.Join(done, "a.pdf"), []byte(".pdf"), 0o600) },
			func() error { return os.Rename(claim.Path, filepath.Join(done, "a.xlsx")) },
		}
		for _, do := range steps[:step] {
			if err := do(); err != nil {
				t.Fatal(err)
			}
		}
		if step < 3 {
			claims, err := watch.Claims(filepath.Join(d.folder.Path, watch.WorkFolder))
			if err != nil || len(claims) != 1 || claims[0] != claim {
				t.Fatalf("found again %+v (%v), want %+v", claims, err, claim)
			}
		}
		if got := d.away("done", claim, ".pdf"); got != "a.xlsx" {
			t.Errorf("after step %d the input is %q", step, got)
		}
		if got, want := d.tree(), "done/a.pdf done/a.xlsx"; got != want {
			t.Errorf("after step %d: files %q, want %q", step, got, want)
		}
	}
}

func TestExplain(t *testing.T) {
	d := newDrop(t)
	d.put("bad.xlsx", book(t, "bad"))
	claim := d.take()
	folder := filepath.Join(d.folder.Path, "rejected")
	name, err := watch.Reserve(folder, claim)
	if err = errors.Join(err, watch.Explain(folder, name, "No customers.\n"), watch.Put(folder, name, claim)); err != nil {
		t.Fatal(err)
	}
	if got, want := d.tree(), "rejected/bad.xlsx rejected/bad.xlsx.why.txt"; got != want {
		t.Errorf("files %q, want %q", got, want)
	}
	text, err := os.ReadFile(filepath.Join(folder, "bad.xlsx.why.txt"))
	if err != nil || string(text) != "No customers.\n" {
		t.Errorf("why: %q, %v", text, err)
	}
}

func TestRelease(t *testing.T) {
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	first := d.take()
	d.put("a.xlsx", book(t, "two"))
	second := d.take()
	folder := filepath.Join(d.folder.Path, "done")
	if _, err := watch.Reserve(folder, first); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		claim watch.Claim // that releases the name
		want  string      // that the second gets then
	}{{second, "a (2).xlsx"}, {first, "a.xlsx"}} {
		if err := watch.Release(folder, step.claim); err != nil {
			t.Fatal(err)
		}
		got, err := watch.Reserve(folder, second)
		if err != nil || got != step.want {
			t.Errorf("the second gets %q, %v, want %q", got, err, step.want)
		}
		if err := watch.Release(folder, second); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOneTakerWins lets several take the same file at once.
func TestOneTakerWins(t *testing.T) {
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	d.after(0)
	d.after(time.Minute)
	sight, _ := d.folder.Scan(d.now)
	var lock sync.Mutex
	var all sync.WaitGroup
	won := 0
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			taker := watch.Folder{Path: d.folder.Path}
			_, err := taker.Take(sight.Ready[0], "")
			lock.Lock()
			defer lock.Unlock()
			if err == nil {
				won++
			} else if !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	if won != 1 {
		t.Errorf("%d took the file, want one", won)
	}
}

func TestAFileThatChangesWhileTakenIsPutBack(t *testing.T) {
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	d.after(0)
	d.after(time.Minute)
	sight, _ := d.folder.Scan(d.now)
	d.put("a.xlsx", book(t, "two, longer"))
	if _, err := d.folder.Take(sight.Ready[0], ""); !errors.Is(err, watch.ErrChanged) {
		t.Errorf("error %v, want ErrChanged", err)
	}
	if got := d.tree(); got != "a.xlsx" {
		t.Errorf("files %q, want the file back", got)
	}
	d.want(0, "a.xlsx:changing")
}

func TestABellRings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drop")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	bell := watch.NewBell(path)
	defer bell.Close()
	for _, name := range []string{"first", "second"} { // the second in another folder of the same name
		if err := os.WriteFile(filepath.Join(path, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		bell.Wait(context.Background(), time.Minute)
		if waited := time.Since(began); waited > 30*time.Second {
			t.Errorf("%s: no ring in %s", name, waited)
		}
		if err := errors.Join(os.Rename(path, path+name), os.Mkdir(path, 0o700)); err != nil {
			t.Fatal(err)
		}
		bell.Listen()
		for rang := true; rang; { // what the renaming rang
			began := time.Now()
			bell.Wait(context.Background(), 200*time.Millisecond)
			rang = time.Since(began) < 200*time.Millisecond
		}
	}
}

func TestABellEndsWithItsContext(t *testing.T) {
	bell := watch.NewBell(t.TempDir())
	defer bell.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	bell.Wait(ctx, time.Hour)
}

func TestAFullDiskLeavesTheFile(t *testing.T) {
	d := newDrop(t)
	d.put("a.xlsx", book(t, "one"))
	claim := d.take()
	if err := os.WriteFile(filepath.Join(d.folder.Path, watch.DoneFolder), []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := watch.Reserve(filepath.Join(d.folder.Path, watch.DoneFolder, "2026-11"), claim)
	if !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("error %v, want that there is no such folder", err)
	}
	if claims, _ := watch.Claims(filepath.Join(d.folder.Path, watch.WorkFolder)); len(claims) != 1 {
		t.Error("the file is lost")
	}
}

// TestReservationsAreOfSomebody holds that a name is kept by a file which is
// never without its claim, and that a try which was killed leaves nothing.
func TestReservationsAreOfSomebody(t *testing.T) {
	folder := t.TempDir()
	claim := watch.Claim{ID: "0123456789abcdef", Mark: watch.Mark{Name: "a.xlsx"}}
	if err := os.WriteFile(filepath.Join(folder, ".0123456789abcdef.reserving"), []byte("0123"), 0o600); err != nil { // killed while it wrote
		t.Fatal(err)
	}
	for range 2 {
		name, err := watch.Reserve(folder, claim)
		if err != nil || name != "a.xlsx" {
			t.Fatal(name, err)
		}
		files, err := filepath.Glob(filepath.Join(folder, ".*"))
		if err != nil || len(files) != 1 {
			t.Errorf("files %v, %v", files, err)
		}
		if held, err := os.ReadFile(filepath.Join(folder, ".a.reserved")); err != nil || string(held) != claim.ID {
			t.Errorf("held by %q, %v", held, err)
		}
	}
}

// TestClaimsThatComeAndGo reads a work folder in which other processes put files
// away and give up what they could not take.
func TestClaimsThatComeAndGo(t *testing.T) {
	work := t.TempDir()
	var others sync.WaitGroup
	for i := range 4 {
		others.Go(func() {
			for n := range 500 {
				folder := filepath.Join(work, fmt.Sprintf("%d-%d", i, n))
				if err := errors.Join(os.Mkdir(folder, 0o700), files.RemoveAll(folder)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { others.Wait(); close(done) }()
	for {
		if claims, err := watch.Claims(work); err != nil || len(claims) > 0 {
			t.Fatalf("%+v, %v", claims, err)
		}
		select {
		case <-done:
			return
		default:
		}
	}
}
