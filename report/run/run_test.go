package run

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ text, today, want string }{
		{PreviousMonth, "2026-11-05", "2026-10"}, {PreviousMonth, "2026-03-31", "2026-02"}, {PreviousMonth, "2026-01-01", "2025-12"},
		{ThisMonth, "2026-02-28", "2026-02"}, {"2026-10", "2030-01-01", "2026-10"}, {"", "2026-11-05", ""},
	} {
		if got, ok := Period(c.text, day(c.today)); !ok || got != c.want {
			t.Errorf("%s on %s is %q, want %q", c.text, c.today, got, c.want)
		}
	}
	for _, text := range []string{"2026-13", "October", "2026", "2026-Q3"} {
		if _, ok := Period(text, day("2026-11-05")); ok {
			t.Errorf("%q passes for a month", text)
		}
	}
	for period, want := range map[string]string{"2026-02": "2026-02-28", "2028-02": "2028-02-29", "2026-12": "2026-12-31"} {
		if got := LastDay(period).Format(time.DateOnly); got != want {
			t.Errorf("%s ends on %s, want %s", period, got, want)
		}
	}
}

func TestStale(t *testing.T) {
	bought := func(days ...string) dataset.Transactions {
		var all dataset.Transactions
		for _, d := range days {
			all.Date = append(all.Date, day(d))
		}
		return all
	}
	for name, c := range map[string]struct {
		data    dataset.Dataset
		changed string
		used    string
		want    Age
	}{
		"periods up to the one before":   {dataset.Dataset{Periods: []string{"2026-08", "2026-09"}}, "2026-11-01", "", AgePeriods},
		"the period itself":              {dataset.Dataset{Periods: []string{"2026-09", "2026-10"}}, "2020-01-01", "2026-09", ""},
		"a later period":                 {dataset.Dataset{Periods: []string{"2026-11"}}, "2020-01-01", "", ""},
		"purchases until the day before": {dataset.Dataset{Transactions: bought("2026-09-30", "2026-01-05")}, "2026-11-01", "", AgePurchases},
		"a purchase on the first day":    {dataset.Dataset{Transactions: bought("2026-10-01")}, "2020-01-01", "2026-09", ""},
		"a file of the month before":     {dataset.Dataset{}, "2026-09-30", "", AgeFile},
		"a file of the first day":        {dataset.Dataset{}, "2026-10-01", "", ""},
		"the file of another period":     {dataset.Dataset{}, "2026-10-15", "2026-09", AgeSame},
		"the file of a later period":     {dataset.Dataset{}, "2026-10-15", "2026-11", ""},
		"waves are no dates":             {dataset.Dataset{Periods: []string{"Wave 2"}}, "2026-10-15", "", ""},
	} {
		err := stale("book.xlsx", "2026-10", &c.data, day(c.changed), c.used)
		var old *StaleError
		if errors.As(err, &old); (old == nil) != (c.want == "") || old != nil && old.What != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if err := stale("book.xlsx", "", &dataset.Dataset{}, time.Time{}, ""); err != nil {
		t.Errorf("a report without periods is late: %v", err)
	}
}

func TestNames(t *testing.T) {
	n := Names{Folder: "out/{period}"}
	if got := n.folder("r", "2026-10", 1, "book.xlsx"); got != filepath.Join("out", "2026-10") {
		t.Errorf("first revision: %s", got)
	}
	if got := n.folder("r", "2026-10", 2, "book.xlsx"); got != filepath.Join("out", "2026-10", "revision-2") {
		t.Errorf("a later revision takes the folder of the first: %s", got)
	}
	named := Names{Folder: "out/{report}/{period}-{revision}", File: "{stem} {period}"}
	if got := named.folder("Nord/west ../..", "2026-10", 2, "book.xlsx"); got != filepath.Join("out", "Nord_west .._", "2026-10-2") {
		t.Errorf("a name adds folders: %s", got)
	}
	if got := named.stem("r", "2026-10", 1, "a/book.annotated.xlsx"); got != "book 2026-10" {
		t.Errorf("stem %q", got)
	}
	for folder, want := range map[string]string{"out/{period}": "out", "out/x-{period}/y": "out", "out": "out", "{period}": ".", "": ""} {
		if got := (Names{Folder: folder}).Root(); got != want {
			t.Errorf("root of %q is %q, want %q", folder, got, want)
		}
	}
}

func TestInputs(t *testing.T) {
	folder := t.TempDir()
	for i, name := range []string{"b.xlsx", "a.xlsx", "~$a.xlsx", ".hidden.xlsx", "a.annotated.xlsx", "2026-10.csv", "odd [1].xlsx"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := day("2026-10-01").Add(-time.Duration(i) * time.Hour)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		in   Inputs
		want string
	}{
		{Inputs{Files: []string{"*.xlsx"}}, "a.xlsx b.xlsx odd [1].xlsx"},
		{Inputs{Files: []string{"b.xlsx", "*.xlsx"}}, "b.xlsx a.xlsx odd [1].xlsx"},
		{Inputs{Files: []string{"odd [1].xlsx"}}, "odd [1].xlsx"},
		{Inputs{Files: []string{"{period}.csv"}}, "2026-10.csv"},
		{Inputs{Newest: "*.xlsx"}, "b.xlsx"},
	} {
		found, err := c.in.Find(folder, "2026-10")
		var names []string
		for _, path := range found {
			names = append(names, filepath.Base(path))
		}
		if got := strings.Join(names, " "); err != nil || got != c.want {
			t.Errorf("%+v finds %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	var none *NoInputError
	if _, err := (Inputs{Files: []string{"*.ods"}}).Find(folder, ""); !errors.As(err, &none) {
		t.Errorf("nothing fits: %v", err)
	}
	if _, err := (Inputs{Files: []string{"{period}.csv"}}).Find(folder, ""); !errors.Is(err, ErrNoPeriod) {
		t.Errorf("no period: %v", err)
	}
	if _, err := (Inputs{}).Find(folder, ""); !errors.Is(err, ErrNoInputs) {
		t.Errorf("no inputs: %v", err)
	}
}

func TestOutputsAreOpened(t *testing.T) {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	part, _ := z.Create("part.xml")
	part.Write([]byte(strings.Repeat("cell ", 100)))
	z.Close()
	broken := bytes.Clone(archive.Bytes())
	broken[40] ^= 0xff // within the part
	for name, c := range map[string]struct {
		data  string
		whole bool
	}{
		"a.pdf": {"%PDF-1.7\nbody\n%%EOF\n", true}, "half.pdf": {"%PDF-1.7\nbody", false}, "empty.pdf": {"", false}, "text.pdf": {"hello %%EOF", false},
		"a.xlsx": {archive.String(), true}, "short.xlsx": {archive.String()[:archive.Len()-9], false}, "broken.xlsx": {string(broken), false},
		"a.json": {`{"reports": [1, 2]}`, true}, "half.json": {`{"reports": [1, 2`, false}, "two.json": {"{}\n{", false}, "none.json": {" ", false},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		sum, size, err := checkFile(path)
		if (err == nil) != c.whole {
			t.Errorf("%s: %v, want whole %v", name, err, c.whole)
		}
		if c.whole && (sum != sumOf([]byte(c.data)) || size != int64(len(c.data))) {
			t.Errorf("%s: hash %s, %d bytes", name, sum, size)
		}
	}
}

func TestDeadOwners(t *testing.T) {
	gone := machine() + "/999999999/abc"
	self := machine() + "/" + strings.Split(Owner(), "/")[1]
	list := []string{Owner(), self + "/earlier", gone, "elsewhere/1/abc", "strange", machine() + "/x/y"}
	if runtime.GOOS != "windows" { // there the first process has no fixed number
		list = append(list, machine()+"/1/abc")
	}
	got := strings.Join(Dead(list), " ")
	if want := self + "/earlier " + gone; got != want {
		t.Errorf("dead are %q, want %q", got, want)
	}
}

// TestAProcessThatNobodyAskedAfter is alive as long as it runs, and dead
// afterwards though its number is still there.
func TestAProcessThatNobodyAskedAfter(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		t.Skip("only Linux and Windows tell")
	}
	if os.Getenv("VALUEBOOK_CHILD_TEST") != "" {
		_, _ = io.Copy(io.Discard, os.Stdin)
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestAProcessThatNobodyAskedAfter$")
	child.Env = append(os.Environ(), "VALUEBOOK_CHILD_TEST=1")
	hold, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = child.Wait() }()
	owner := fmt.Sprintf("%s/%d/abc", machine(), child.Process.Pid)
	if len(Dead([]string{owner})) > 0 {
		t.Error("it counts as dead while it runs")
	}
	if err := hold.Close(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); len(Dead([]string{owner})) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it counts as alive")
		}
	}
}

func TestSentAs(t *testing.T) {
	for format, want := range map[string]string{pipeline.FormatPages: "pdf", "pdf": "pdf", "xlsx": "xlsx", pipeline.FormatBook: "", "png": ""} {
		if got := sentAs(format); got != want {
			t.Errorf("%s is sent as %q, want %q", format, got, want)
		}
	}
}

// TestStageAfterAKilledRun finds nothing in the outputs but what a killed run
// left.
func TestStageAfterAKilledRun(t *testing.T) {
	ctx, root := t.Context(), filepath.Join(t.TempDir(), "reports")
	book, err := ledger.Open(ctx, filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	left := filepath.Join(root, stageOf("survey", "2026-10")+"7")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	r := &runner{plan: Plan{Names: Names{Folder: root}}, book: book}
	r.out.Run = ledger.Run{ID: 8, Report: "survey", Period: "2026-10"}
	if err := r.prepareStage(ctx); err != nil {
		t.Fatal(err)
	}
	if missing(r.stage.folder) || !missing(left) {
		t.Errorf("the folder of this run is missing: %v, that of the killed one is there: %v", missing(r.stage.folder), !missing(left))
	}
}
