package pipeline_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
	"valuebook/samples/golden"
)

// fake renders a fixed text, or fails, or panics, or waits.
type fake struct {
	format string
	err    error
	fault  bool
	wait   chan struct{}
}

func (f fake) Format() string { return f.format }

func (f fake) Render(to pipeline.Draft, _ string, _ *report.Report, _ *wording.Writer) ([]dataset.Finding, error) {
	if f.wait != nil {
		<-f.wait
	}
	if f.fault {
		panic("a library gives up")
	}
	if _, err := io.WriteString(to, "new "+f.format); err != nil {
		return nil, err
	}
	return nil, f.err
}

// job returns a job over a file of one customer in a folder of its own.
func job(t *testing.T, renderers ...pipeline.Renderer) pipeline.Job {
	t.Helper()
	input := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(input, []byte("input"), 0o600); err != nil {
		t.Fatal(err)
	}
	var formats []string
	for _, r := range renderers {
		formats = append(formats, r.Format())
	}
	targets, err := pipeline.Plan([]pipeline.Request{{Input: input, Formats: formats}})
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.Job{
		Input: input, Renderers: renderers, Targets: targets[0],
		Read: func(string) (*dataset.Dataset, error) {
			return &dataset.Dataset{Customers: dataset.Customers{ID: []string{"C1"}}}, nil
		},
		Prepare: func(*dataset.Dataset) (analysis.Options, *wording.Writer, error) {
			words, err := wording.NewWriter(wording.NewCatalogue("en"), "", "")
			return analysis.DefaultOptions(), words, err
		},
	}
}

// What a password protects is written without one only to the format that is asked for by name.
func TestEncryptedWorkbooksAreNotWrittenInTheClear(t *testing.T) {
	run := func(formats ...string) (pipeline.Job, pipeline.Outcome) {
		var renderers []pipeline.Renderer
		for _, f := range formats {
			renderers = append(renderers, fake{format: f})
		}
		j := job(t, renderers...)
		j.Read = func(string) (*dataset.Dataset, error) {
			return &dataset.Dataset{Customers: dataset.Customers{ID: []string{"C1"}}, Receipt: dataset.Receipt{File: "book.xlsx", Encrypted: true}}, nil
		}
		out, err := pipeline.Run(context.Background(), j)
		if err != nil {
			t.Fatal(err)
		}
		return j, out
	}
	for _, formats := range [][]string{{"xlsx", "pdf"}, {"pdf"}, {"pdf", "json"}} {
		j, out := run(formats...)
		if !out.Stopped || len(out.Written) > 0 || len(files(t, j)) != 1 || out.Dataset.Findings[0].Code != "encrypted-input" {
			t.Errorf("%v: stopped %v, written %v, files %v", formats, out.Stopped, out.Written, files(t, j))
		}
	}
	for _, formats := range [][]string{{"json"}, {}} {
		if _, out := run(formats...); out.Stopped || len(out.Written) != len(formats) {
			t.Errorf("%v: stopped %v, written %v", formats, out.Stopped, out.Written)
		}
	}
}

// files lists the folder of the input.
func files(t *testing.T, j pipeline.Job) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(j.Input))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func wantFiles(t *testing.T, j pipeline.Job, want ...string) {
	t.Helper()
	if got := files(t, j); !slices.Equal(got, want) {
		t.Errorf("files are %q, want %q", got, want)
	}
}

func TestRunWritesEveryFormat(t *testing.T) {
	j := job(t, fake{format: "xlsx"}, fake{format: "pdf"})
	var steps []string
	j.Progress = func(step pipeline.Step, format string) { steps = append(steps, string(step)+format) }
	outcome, err := pipeline.Run(context.Background(), j)
	if err != nil || len(outcome.Failed) > 0 {
		t.Fatal(err, outcome.Failed)
	}
	wantFiles(t, j, "book.annotated.xlsx", "book.pdf", "book.xlsx")
	if got := strings.Join(steps, " "); got != "read analyse build renderxlsx renderpdf write" || len(steps) != j.Steps() {
		t.Errorf("steps are %q, announced %d", got, j.Steps())
	}
	info, err := os.Stat(outcome.Written[0].Path)
	if err != nil || !golden.OwnersAlone(info) {
		t.Errorf("mode %v, %v; want 0600: the file holds customers' names", info.Mode(), err)
	}
}

func TestRunReplacesAnEarlierOutput(t *testing.T) {
	j := job(t, fake{format: "pdf"})
	target := j.Targets["pdf"]
	if err := os.WriteFile(target, []byte("old, and longer than the new one"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.Run(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(target); string(data) != "new pdf" {
		t.Errorf("the output is %q", data)
	}
}

func TestFailedRunLeavesNothing(t *testing.T) {
	broken := errors.New("broken")
	for name, change := range map[string]func(*pipeline.Job){
		"reading fails":  func(j *pipeline.Job) { j.Read = func(string) (*dataset.Dataset, error) { return nil, broken } },
		"reading faults": func(j *pipeline.Job) { j.Read = func(string) (*dataset.Dataset, error) { panic(broken) } },
		"settings fail": func(j *pipeline.Job) {
			j.Prepare = func(*dataset.Dataset) (analysis.Options, *wording.Writer, error) {
				return analysis.Options{}, nil, broken
			}
		},
		"all rendering fails":  func(j *pipeline.Job) { j.Renderers = []pipeline.Renderer{fake{format: "pdf", err: broken}} },
		"all rendering faults": func(j *pipeline.Job) { j.Renderers = []pipeline.Renderer{fake{format: "pdf", fault: true}} },
		"the folder is a file": func(j *pipeline.Job) { j.Targets = pipeline.Targets{"pdf": filepath.Join(j.Input, "x", "book.pdf")} },
	} {
		t.Run(name, func(t *testing.T) {
			j := job(t, fake{format: "pdf"})
			change(&j)
			outcome, err := pipeline.Run(context.Background(), j)
			var step *pipeline.StepError
			if !errors.As(err, &step) || len(outcome.Written) > 0 {
				t.Errorf("error %v, written %v", err, outcome.Written)
			}
			wantFiles(t, j, "book.xlsx")
		})
	}
}

func TestOneFailedFormatLeavesTheOthers(t *testing.T) {
	j := job(t, fake{format: "xlsx"}, fake{format: "pdf", fault: true}, fake{format: "json"})
	outcome, err := pipeline.Run(context.Background(), j)
	if err != nil || len(outcome.Failed) != 1 {
		t.Fatal(err, outcome.Failed)
	}
	var step *pipeline.StepError
	var fault *pipeline.PanicError
	if !errors.As(outcome.Failed[0], &step) || step.Step != pipeline.StepRender || step.Format != "pdf" || !errors.As(step, &fault) {
		t.Errorf("failed: %v", outcome.Failed[0])
	}
	wantFiles(t, j, "book.annotated.xlsx", "book.json", "book.xlsx")
}

func TestStoppedWorkbookIsNoError(t *testing.T) {
	j := job(t, fake{format: "pdf"})
	j.Read = func(string) (*dataset.Dataset, error) {
		return &dataset.Dataset{Findings: []dataset.Finding{{Code: "empty", Severity: dataset.Stop}}}, nil
	}
	outcome, err := pipeline.Run(context.Background(), j)
	if err != nil || !outcome.Stopped || outcome.Dataset == nil {
		t.Errorf("%v, %+v", err, outcome)
	}
	wantFiles(t, j, "book.xlsx")
}

func TestCancelEndsARunAtOnce(t *testing.T) {
	wait := make(chan struct{})
	j := job(t, fake{format: "pdf", wait: wait})
	defer close(wait)
	ctx, cancel := context.WithCancel(context.Background())
	j.Progress = func(step pipeline.Step, _ string) {
		if step == pipeline.StepRender {
			cancel()
		}
	}
	begun := time.Now()
	_, err := pipeline.Run(ctx, j)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
	if waited := time.Since(begun); waited > time.Minute {
		t.Errorf("ended after %v", waited)
	}
	wantFiles(t, j, "book.xlsx")
}

func TestOpenOutputGetsANumber(t *testing.T) {
	for _, lock := range []string{"~$book.annotated.xlsx", ".~lock.book.annotated.xlsx#"} {
		j := job(t, fake{format: "xlsx"})
		folder := filepath.Dir(j.Input)
		for _, name := range []string{lock, "book.annotated.xlsx"} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte("open"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		outcome, err := pipeline.Run(context.Background(), j)
		if err != nil {
			t.Fatal(err)
		}
		w := outcome.Written[0]
		if filepath.Base(w.Path) != "book.annotated (2).xlsx" || w.Moved != pipeline.MovedOpen {
			t.Errorf("written %+v", w)
		}
	}
}

func TestInputIsNeverOverwritten(t *testing.T) {
	j := job(t, fake{format: "xlsx"})
	own := filepath.Join(filepath.Dir(j.Input), "own.annotated.xlsx")
	if err := os.Rename(j.Input, own); err != nil {
		t.Fatal(err)
	}
	j.Input = own
	targets, err := pipeline.Plan([]pipeline.Request{{Input: own, Formats: []string{"xlsx"}}})
	if err != nil {
		t.Fatal(err)
	}
	j.Targets = targets[0]
	outcome, err := pipeline.Run(context.Background(), j)
	if err != nil {
		t.Fatal(err)
	}
	if w := outcome.Written[0]; filepath.Base(w.Path) != "own.annotated (2).xlsx" || w.Moved != pipeline.MovedInput {
		t.Errorf("written %+v", w)
	}
	if data, _ := os.ReadFile(own); string(data) != "input" {
		t.Errorf("the input holds %q", data)
	}
}

// TestInputBehindALinkIsNotOverwritten names the target's file by another path.
func TestInputBehindALinkIsNotOverwritten(t *testing.T) {
	j := job(t, fake{format: "xlsx"})
	if err := os.Link(j.Input, j.Targets["xlsx"]); err != nil {
		t.Skip("no hard links here:", err)
	}
	outcome, err := pipeline.Run(context.Background(), j)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Base(outcome.Written[0].Path) != "book.annotated (2).xlsx" {
		t.Errorf("written %+v", outcome.Written)
	}
}

func TestReadKeepsTheCause(t *testing.T) {
	j := job(t)
	j.Read = func(path string) (*dataset.Dataset, error) {
		_, err := os.Open(path + ".none")
		return nil, err
	}
	if _, err := pipeline.Read(context.Background(), j); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ input, out, want string }{
		{"book.xlsx", "", "book.annotated.xlsx book.json book.pdf"},
		{"book.XLSM", "out", "out/book.annotated.xlsm out/book.json out/book.pdf"},
		{"a/ratings.csv", "", "a/ratings.annotated.xlsx a/ratings.json a/ratings.pdf"},
		{"a/ratings.tsv", "b/c", "b/c/ratings.annotated.xlsx b/c/ratings.json b/c/ratings.pdf"},
		{"book.annotated.xlsx", "out", "out/book.annotated.xlsx out/book.json out/book.pdf"},
		{"book.annotated (2).xlsx", "out", "out/book.annotated.xlsx out/book.json out/book.pdf"},
		{"book.Annotated.xlsm", "out", "out/book.annotated.xlsm out/book.json out/book.pdf"},
		{".annotated.xlsx", "out", "out/.annotated.annotated.xlsx out/.annotated.json out/.annotated.pdf"},
		{"no ending", "out", "out/no ending.annotated.xlsx out/no ending.json out/no ending.pdf"},
		{".xlsx", "out", "out/.xlsx.annotated.xlsx out/.xlsx.json out/.xlsx.pdf"},
		{"v1.2.xltm", "out", "out/v1.2.annotated.xlsm out/v1.2.json out/v1.2.pdf"},
		{"报告 😀 & <1>.xltx", "out", "out/报告 😀 & <1>.annotated.xlsx out/报告 😀 & <1>.json out/报告 😀 & <1>.pdf"},
	} {
		plan, err := pipeline.Plan([]pipeline.Request{{Input: c.input, Out: c.out, Formats: []string{"xlsx", "json", "pdf"}}})
		if err != nil {
			t.Fatal(err)
		}
		got := plan[0]["xlsx"] + " " + plan[0]["json"] + " " + plan[0]["pdf"]
		if filepath.ToSlash(got) != c.want {
			t.Errorf("%s: %s, want %s", c.input, got, c.want)
		}
	}
}

func TestTwoInputsWithOneTargetAreRefused(t *testing.T) {
	for _, c := range []struct {
		inputs []string
		out    string
		meet   bool
	}{
		{[]string{"a/book.xlsx", "b/book.xlsx"}, "", false},
		{[]string{"a/book.xlsx", "b/book.xlsx"}, "out", true},
		{[]string{"book.xlsx", "book.csv"}, "", true},
		{[]string{"book.xlsx", "book.xlsm"}, "", true}, // one PDF
		{[]string{"book.xlsx", "BOOK.xlsx"}, "", true},
		{[]string{"book.xlsx", "book.xlsx"}, "", true},
		{[]string{"book.xlsx", "./book.xlsx"}, "", true},
		{[]string{"book.xlsx", "book.annotated.xlsx"}, "", true},
		{[]string{"book.xlsx", "other.xlsx"}, "out", false},
	} {
		var requests []pipeline.Request
		for _, input := range c.inputs {
			requests = append(requests, pipeline.Request{Input: input, Out: c.out, Formats: []string{"xlsx", "pdf"}})
		}
		_, err := pipeline.Plan(requests)
		var conflict *pipeline.ConflictError
		if errors.As(err, &conflict) != c.meet {
			t.Errorf("%q to %q: %v", c.inputs, c.out, err)
		}
	}
}

// What a renderer writes stands beside its target until all is rendered, for
// the owner alone, and can be read again; of a renderer that fails half-way
// nothing is left, the folder included.
func TestDraftsStandBesideTheirTargets(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "out")
	seen := ""
	j := job(t, drafting{func(to pipeline.Draft) error {
		if _, err := io.WriteString(to, "half"); err != nil {
			return err
		}
		if err := to.Reset(); err != nil {
			return err
		}
		if _, err := io.WriteString(to, "whole"); err != nil {
			return err
		}
		back := make([]byte, to.Size())
		if _, err := to.ReadAt(back, 0); err != nil || string(back) != "whole" {
			t.Errorf("read back %q, %v", back, err)
		}
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 1 {
			t.Errorf("entries %v, %v", entries, err)
			return err
		}
		seen = entries[0].Name()
		info, err := entries[0].Info()
		if err == nil && !golden.OwnersAlone(info) {
			t.Errorf("mode %v", info.Mode())
		}
		return err
	}})
	j.Targets = pipeline.Targets{"xlsx": filepath.Join(folder, "book.annotated.xlsx")}
	if _, err := pipeline.Run(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(j.Targets["xlsx"]); err != nil || string(data) != "whole" {
		t.Errorf("wrote %q, %v", data, err)
	}
	if !strings.HasSuffix(seen, ".tmp") {
		t.Errorf("the draft was %q", seen)
	}
	j.Renderers = []pipeline.Renderer{drafting{func(to pipeline.Draft) error { _, _ = to.Write([]byte("half")); return errors.New("broken") }}}
	j.Targets = pipeline.Targets{"xlsx": filepath.Join(folder, "other", "book.annotated.xlsx")}
	if _, err := pipeline.Run(context.Background(), j); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(filepath.Join(folder, "other")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is left: %v", err)
	}
}

// drafting renders what its function writes.
type drafting struct{ write func(pipeline.Draft) error }

func (drafting) Format() string { return "xlsx" }

func (d drafting) Render(to pipeline.Draft, _ string, _ *report.Report, _ *wording.Writer) ([]dataset.Finding, error) {
	return nil, d.write(to)
}
