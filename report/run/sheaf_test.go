package run

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
)

// twoPages are pages that are drawn by a function.
type twoPages struct{ draw func(n int) ([]byte, error) }

func (twoPages) Len() int                                      { return 2 }
func (twoPages) Name(n int) string                             { return string(rune('a' + n)) }
func (twoPages) ID(n int) string                               { return "" }
func (p twoPages) Render(n int) ([]byte, error)                { return p.draw(n) }
func (twoPages) Book(context.Context, io.Writer, func()) error { return errors.ErrUnsupported }

func partsOf(t *testing.T, pages pipeline.Pages) *pipeline.Parts {
	t.Helper()
	parts, _, err := pipeline.OpenParts(t.Context(), pipeline.Job{
		Read: func(string) (*dataset.Dataset, error) { return &dataset.Dataset{}, nil },
		Prepare: func(*dataset.Dataset) (analysis.Options, *wording.Writer, error) {
			words, err := wording.NewWriter(wording.NewCatalogue("en"), "", "")
			return analysis.DefaultOptions(), words, err
		},
		Burst: &pipeline.Burst{Pattern: "{name}", Prepare: func(*report.Report, *wording.Writer) (pipeline.Pages, error) { return pages, nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

// TestTheLastBatchClearsAway ends a run while pages of it are made, which keeps
// the run from removing their folder: whoever makes the last page does, also
// where that page fails.
func TestTheLastBatchClearsAway(t *testing.T) {
	for name, failure := range map[string]error{"made": nil, "failed": errors.New("the library gives up")} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			book, err := ledger.Open(ctx, filepath.Join(t.TempDir(), "ledger.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			begun, _, err := book.Begin(ctx, ledger.Run{Report: "a", InputSHA256: "i", SettingsSHA256: "s", Version: "1", Owner: "me"}, day("2026-11-01"))
			if err != nil {
				t.Fatal(err)
			}
			batch := Batch{Run: begun.ID, Edition: "en", Folder: filepath.Join(t.TempDir(), ".pages"), To: 2}
			draw := func(int) ([]byte, error) {
				err := book.Fail(ctx, begun.ID, "me", "another page failed", day("2026-11-02"))
				if err != nil && !errors.Is(err, ledger.ErrLost) {
					t.Error(err)
				}
				return []byte("%PDF-1.7\n%%EOF\n"), failure
			}
			if err := os.Mkdir(batch.Folder, 0o700); err != nil {
				t.Fatal(err)
			}
			sheaf := &Sheaf{book: book, parts: partsOf(t, twoPages{draw})}
			err = sheaf.Make(ctx, batch, func(context.Context, *ledger.Tx) error { return nil })
			if want := failure; want == nil && !errors.Is(err, ErrOver) || want != nil && !errors.Is(err, want) {
				t.Errorf("error %v", err)
			}
			if _, err := os.Stat(batch.Folder); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the folder of the pages is left, %v", err)
			}
		})
	}
}
