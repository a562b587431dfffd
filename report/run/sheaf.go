package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/scratch"
	"valuebook/report/store"
)

// What a batch of pages may come to beside being made.
var (
	// ErrElsewhere is returned for a batch that this process cannot make as its
	// run wants it: another may, at least the one that has begun the run.
	ErrElsewhere = errors.New("another process must make these pages")
	// ErrOver is returned for a batch of a run that is over.
	ErrOver = errors.New("the run of these pages is over")
)

// A Sheaf is the pages of a run in a process that can make them. It may be used
// by many goroutines at a time.
type Sheaf struct {
	book   *ledger.Ledger
	parts  *pipeline.Parts
	making Making
	files  store.Store
	ready  chan struct{} // closed once the run itself needs the report no more; nil for a copy
}

// OpenSheaf reads the report of a batch's run again, from the same input and
// with the same earlier periods. The plan is that of the run, with its Split.
// What differs from the run gives [ErrElsewhere], a run that is over [ErrOver].
func OpenSheaf(ctx context.Context, plan Plan, book *ledger.Ledger, batch Batch) (*Sheaf, error) {
	run, err := runOf(ctx, book, batch)
	if err != nil {
		return nil, err
	}
	r := &runner{plan: plan, book: book, now: func() (none time.Time) { return none }}
	r.plan.Period = run.Period
	if err := r.identify(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrElsewhere, err)
	}
	if !r.wants(run) {
		return nil, fmt.Errorf("%w: input, settings or version differ", ErrElsewhere)
	}
	if err := r.recall(ctx); err != nil {
		return nil, err
	}
	making, err := plan.Make(Order{Language: batch.Language, Period: batch.Period, Open: batch.Open})
	if err != nil {
		return nil, err
	}
	if making.Recall != nil {
		making.Recall(r.earlier, r.trend)
	}
	if making.Job.Burst == nil {
		return nil, fmt.Errorf("%w: no pages are wanted here", ErrElsewhere)
	}
	making.Job.Burst.Stem = batch.Stem
	parts, out, err := pipeline.OpenParts(ctx, making.Job)
	if err != nil {
		return nil, err
	}
	if parts == nil || out.Dataset.Receipt.SHA256 != run.InputSHA256 || r.editionOf(batch, parts.Len()) != batch.Edition {
		return nil, fmt.Errorf("%w: the pages differ", ErrElsewhere)
	}
	return &Sheaf{book: book, parts: parts, making: making, files: plan.Split.Files}, nil
}

// editionOf names the pages that batch is one of, where there are n.
func (r *runner) editionOf(batch Batch, n int) string {
	batch.To = n
	return r.edition(batch)
}

// Wanted returns nil as long as somebody waits for a batch of pages, and
// [ErrOver] once its run is over.
func Wanted(ctx context.Context, book *ledger.Ledger, batch Batch) error {
	_, err := runOf(ctx, book, batch)
	return err
}

// runOf returns the run of a batch while it is not over.
func runOf(ctx context.Context, book *ledger.Ledger, batch Batch) (ledger.Run, error) {
	run, err := book.Run(ctx, batch.Run)
	if err == nil && run.State != ledger.RunRunning {
		err = ErrOver
	}
	return run, err
}

// Make renders a batch and notes its pages in the ledger, in one transaction
// with also. Pages that fail are an error, and then none is noted.
func (s *Sheaf) Make(ctx context.Context, batch Batch, also func(ctx context.Context, tx *ledger.Tx) error) error {
	if err := Wanted(ctx, s.book, batch); err != nil {
		return err
	}
	if s.ready != nil {
		select {
		case <-s.ready:
		default:
			return ErrElsewhere
		}
	}
	folder, err := workFolder(batch)
	if err != nil {
		return err
	}
	parts, err := s.render(ctx, batch, folder)
	if err == nil {
		err = s.book.InTx(ctx, func(tx *ledger.Tx) error {
			return errors.Join(tx.AddParts(ctx, batch.Run, batch.Edition, parts), also(ctx, tx))
		})
	}
	if err != nil || batch.Folder == "" {
		_ = os.RemoveAll(folder)
	}
	if err != nil {
		s.leave(context.WithoutCancel(ctx), batch)
	}
	if errors.Is(err, ledger.ErrLost) {
		return ErrOver
	}
	return err
}

// leave removes the folder of the batches once their run is over. The run itself
// could not while pages were being made in it.
func (s *Sheaf) leave(ctx context.Context, batch Batch) {
	if batch.Folder != "" && errors.Is(Wanted(ctx, s.book, batch), ErrOver) {
		_ = os.Remove(batch.Folder) // where others are at theirs, the last of them removes it
	}
}

// workFolder makes a folder of this try: two that make the same pages must not
// meet.
func workFolder(batch Batch) (string, error) {
	if batch.Folder == "" {
		return scratch.Folder("pages")
	}
	folder, err := os.MkdirTemp(batch.Folder, "")
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("%w: %w", ErrElsewhere, err) // it is on another machine
	}
	return folder, err
}

// render makes the files of a batch and opens each again.
func (s *Sheaf) render(ctx context.Context, batch Batch, folder string) ([]ledger.Part, error) {
	names := s.parts.Names()
	if batch.From < 0 || batch.To > len(names) || batch.From >= batch.To {
		return nil, fmt.Errorf("%w: no such pages", ErrElsewhere)
	}
	path := func(n int) string { return filepath.Join(folder, names[n]) }
	_, failed, err := s.parts.Write(ctx, batch.From, batch.To, path)
	if err = errors.Join(append(failed, err)...); err != nil {
		return nil, err
	}
	parts := make([]ledger.Part, batch.To-batch.From)
	err = concurrently(ctx, len(parts), func(ctx context.Context, i int) (err error) {
		n := batch.From + i
		parts[i], err = s.check(ctx, batch, n, path(n))
		parts[i].Name = names[n]
		return err
	})
	return parts, err
}

// check opens a page again and puts it where the run finds it.
func (s *Sheaf) check(ctx context.Context, batch Batch, n int, path string) (ledger.Part, error) {
	sum, size, err := checkFile(path)
	if err != nil {
		return ledger.Part{}, &BrokenError{Path: filepath.Base(path), Err: err}
	}
	part := ledger.Part{N: n, SHA256: sum, ContentSHA256: contentOf(s.making, sum), Bytes: size}
	if (part.ContentSHA256 != sum) != batch.Sealed {
		return part, fmt.Errorf("%w: this process does not know the password, or has one of its own", ErrElsewhere)
	}
	if batch.Folder == "" {
		_, err = s.files.Put(ctx, path)
		return part, err
	}
	part.Path, err = filepath.Rel(batch.Folder, path)
	return part, err
}

// FailBatch notes that a batch cannot be made, in one transaction with also: its
// run fails.
func FailBatch(ctx context.Context, book *ledger.Ledger, batch Batch, why error, also func(ctx context.Context, tx *ledger.Tx) error) error {
	err := book.InTx(ctx, func(tx *ledger.Tx) error {
		failed := ledger.Part{N: batch.From, Failure: why.Error()}
		return errors.Join(tx.AddParts(ctx, batch.Run, batch.Edition, []ledger.Part{failed}), also(ctx, tx))
	})
	if errors.Is(err, ledger.ErrLost) {
		return ErrOver
	}
	return err
}

// concurrently does n things, some at a time; the first error ends it.
func concurrently(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	work := make(chan int)
	var workers sync.WaitGroup
	for range min(n, 4*runtime.GOMAXPROCS(0)) { // most wait for a disk or a network
		workers.Go(func() {
			for i := range work {
				if err := do(ctx, i); err != nil {
					end(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case work <- i:
		case <-ctx.Done():
		}
	}
	close(work)
	workers.Wait()
	return context.Cause(ctx)
}
