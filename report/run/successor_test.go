package run

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
)

// customers is the input of these tests.
const customers = "customers"

// small is a renderer of a small file.
type small struct{}

func (small) Format() string { return "json" }

func (small) Render(to pipeline.Draft, _ string, _ *report.Report, _ *wording.Writer) ([]dataset.Finding, error) {
	_, err := io.WriteString(to, "{}\n")
	return nil, err
}

// smallPlan is the plan of a process for a report whose outputs go to a folder.
func smallPlan(input, folder, owner string) Plan {
	sum := sha256.Sum256([]byte(customers))
	return Plan{
		Report: "a", Input: input, Settings: "s", Version: "1", Names: Names{Folder: folder, File: "a", Kept: true}, Owner: owner,
		Make: func(Order) (Making, error) {
			return Making{Job: pipeline.Job{Input: input, Renderers: []pipeline.Renderer{small{}},
				Read: func(string) (*dataset.Dataset, error) {
					return &dataset.Dataset{Customers: dataset.Customers{ID: []string{"C1"}}, Receipt: dataset.Receipt{File: "in.csv", SHA256: hex.EncodeToString(sum[:])}}, nil
				},
				Prepare: func(*dataset.Dataset) (analysis.Options, *wording.Writer, error) {
					words, err := wording.NewWriter(wording.NewCatalogue("en"), "", "")
					return analysis.DefaultOptions(), words, err
				}}}, nil
		},
	}
}

func openTwice(t *testing.T) (first, second *ledger.Ledger) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	for _, book := range []**ledger.Ledger{&first, &second} {
		var err error
		if *book, err = ledger.Open(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { (*book).Close() })
	}
	return first, second
}

// TestAProcessThatComesBack lets a process stand still for so long that another
// takes up its run. When it comes back it is late, and takes nothing back that is
// the other's: not the files that have their names and are about to be recorded.
func TestAProcessThatComesBack(t *testing.T) {
	ctx, root := t.Context(), t.TempDir()
	one, two := openTwice(t)
	input, folder := filepath.Join(root, "in.csv"), filepath.Join(root, "out")
	if err := os.WriteFile(input, []byte(customers), 0o600); err != nil {
		t.Fatal(err)
	}
	placed, ended := make(chan struct{}), make(chan error, 1)
	next := smallPlan(input, folder, "next")
	next.Also = func(context.Context, *ledger.Tx) error {
		close(placed)
		for end := time.Now().Add(500 * time.Millisecond); time.Now().Before(end) && !missing(filepath.Join(folder, "a.json")); {
			time.Sleep(time.Millisecond)
		}
		return nil
	}
	late := smallPlan(input, folder, "late")
	late.Keep = func(context.Context, string) error {
		if err := one.ReleaseRuns(ctx, []string{"late"}, time.Now()); err != nil {
			return err
		}
		go func() {
			out, err := Run(ctx, next, two, time.Now)
			if err == nil && out.Verdict != Done {
				err = fmt.Errorf("the next process: %s", out.Verdict)
			}
			ended <- err
		}()
		select {
		case <-placed:
		case err := <-ended: // it was not so far: why is told below
			ended <- err
		}
		return nil
	}
	out, err := Run(ctx, late, one, time.Now)
	select {
	case <-placed:
	default:
		t.Fatalf("the process that comes back was not so far: %s, %v", out.Verdict, err)
	}
	if err == nil {
		t.Error("the process that came back has a report too")
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if missing(filepath.Join(folder, "a.json")) {
		t.Error("the report is recorded and its file is gone")
	}
}

// TestSweepLeavesOthers holds that what lies in a folder that several ledgers
// share is cleared away by the one that knows it, although the other has a run of
// the same number.
func TestSweepLeavesOthers(t *testing.T) {
	ctx := t.Context()
	book, _ := openTwice(t)
	begun, _, err := book.Begin(ctx, ledger.Run{Report: "mine", InputSHA256: "i", Owner: "me"}, day("2026-11-01"))
	if err = errors.Join(err, book.Fail(ctx, begun.ID, "me", "for this test", day("2026-11-01"))); err != nil {
		t.Fatal(err)
	}
	for report, stays := range map[string]bool{"mine": false, "other": true} {
		root := t.TempDir()
		stage := filepath.Join(root, stageOf(report, "")+strconv.FormatInt(begun.ID, 10))
		pages := filepath.Join(root, pagesPrefix+filepath.Base(stage))
		if err := errors.Join(os.Mkdir(stage, 0o700), os.Mkdir(pages, 0o700), Sweep(ctx, root, book)); err != nil {
			t.Fatal(err)
		}
		if missing(stage) == stays || missing(pages) == stays {
			t.Errorf("%s: outputs missing %v, pages missing %v", report, missing(stage), missing(pages))
		}
	}
}
