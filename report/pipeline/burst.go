package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"valuebook/report"
	"valuebook/report/wording"
)

// The fixed identifiers of pages of single customers or groups, as formats.
const (
	FormatPages = "pages" // a folder with one file each
	FormatBook  = "book"  // one file with bookmarks
)

// Pages are the parts of a report that become files of their own. Render is
// called from several goroutines.
type Pages interface {
	Len() int
	// Name names part n for people, ID is its identifier or "".
	Name(n int) string
	ID(n int) string
	// Render returns the file of part n.
	Render(n int) ([]byte, error)
	// Book writes all parts as one document and calls progress after each.
	Book(ctx context.Context, w io.Writer, progress func()) error
}

// A Burst asks for the parts of a report beside the report itself. Its target
// is that of its format in [Job.Targets]: a folder, or a file.
type Burst struct {
	Book    bool   // one file instead of one each
	Pattern string // of the files' names, see [Names]; "" is "{name}"
	Stem    string // of the workbook, for the pattern
	Plain   bool   // ASCII letters in the names
	// Prepare lists the parts once the report is built.
	Prepare func(r *report.Report, words *wording.Writer) (Pages, error)
	// Finish changes a finished file, such as by a password; nil for none.
	Finish func(data []byte) ([]byte, error)
	// Progress is called after each part, nil for none.
	Progress func(done, of int)
}

// A PartError says which part of a report could not be made.
type PartError struct {
	Name string
	Err  error
}

// Error returns the part and the cause.
func (e *PartError) Error() string { return fmt.Sprintf("%s: %v", e.Name, e.Err) }

// Unwrap returns the cause.
func (e *PartError) Unwrap() error { return e.Err }

// preparePages lists the parts of the report before anything is rendered: what
// is wrong with them ends the run with nothing written.
func (r *run) preparePages() error {
	if r.job.Burst == nil {
		return nil
	}
	return r.step(StepPages, "", func() (err error) {
		r.pages, err = r.job.Burst.Prepare(r.out.Report, r.out.Words)
		return err
	})
}

// burst makes the parts of the report. One that fails does not stop the
// others; it goes to Failed.
func (r *run) burst() error {
	b := r.job.Burst
	if b == nil {
		return nil
	}
	made := &parts{run: r, burst: b}
	if b.Book {
		return made.book(r.job.Targets[FormatBook])
	}
	return made.files(r.job.Targets[FormatPages])
}

// parts makes the files of a burst.
type parts struct {
	*run
	burst *Burst
	done  int
	lock  sync.Mutex // guards done
}

// advance counts a part.
func (p *parts) advance() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.done++
	if p.burst.Progress != nil {
		p.burst.Progress(p.done, p.pages.Len())
	}
}

// files writes one file per part, on all processors.
func (p *parts) files(folder string) error {
	n := p.pages.Len()
	texts, ids := make([]string, n), make([]string, n)
	for i := range n {
		texts[i], ids[i] = p.pages.Name(i), p.pages.ID(i)
	}
	names := Names(p.burst.Pattern, p.burst.Stem, texts, ids, p.burst.Plain)
	written, failed := make([]*Written, n), make([]error, n)
	work := make(chan int)
	var workers sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) { // some wait for the disk
		workers.Add(1)
		go func() {
			defer workers.Done()
			batch := &pageBatch{parts: p, written: written, failed: failed}
			for i := range work {
				batch.add(i, filepath.Join(folder, names[i]))
			}
			batch.flush()
		}()
	}
	for i := range n {
		select {
		case work <- i:
			continue
		case <-p.ctx.Done():
		}
		break
	}
	close(work)
	workers.Wait()
	for i := range n {
		if written[i] != nil {
			p.out.Written = append(p.out.Written, *written[i])
		}
		if failed[i] != nil {
			p.out.Failed = append(p.out.Failed, p.failure(&PartError{Name: names[i], Err: failed[i]}))
		}
	}
	if err := p.ctx.Err(); err != nil {
		return p.failure(err)
	}
	return nil
}

// render makes the file of one part.
func (p *parts) render(n int) (data []byte, err error) {
	err = guarded(func() (err error) {
		data, err = p.pages.Render(n)
		if err == nil && p.burst.Finish != nil {
			data, err = p.burst.Finish(data)
		}
		return err
	})
	return data, err
}

func (p *parts) failure(err error) error {
	return &StepError{File: p.job.Input, Step: StepPages, Err: err}
}

// book writes all parts as one file.
func (p *parts) book(target string) error {
	err := p.step(StepRender, FormatBook, func() error { return p.write(target) })
	if err != nil {
		p.out.Failed = append(p.out.Failed, err)
		return p.ctx.Err()
	}
	return nil
}

// write draws the book into a temporary file and gives it its name.
func (p *parts) write(target string) (err error) {
	folder := filepath.Dir(target)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	f, err := createTemporary(folder)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err := p.pages.Book(p.ctx, f, p.advance); err != nil {
		return err
	}
	if err := p.finish(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return named(folder, err)
	}
	w, err := place(f.Name(), p.job.Input, file{format: FormatBook, target: target})
	if err == nil {
		p.out.Written = append(p.out.Written, w)
	}
	return err
}

// finish replaces what a file holds by what Finish makes of it.
func (p *parts) finish(f *os.File) error {
	if p.burst.Finish == nil {
		return nil
	}
	data, err := os.ReadFile(f.Name())
	if err != nil {
		return err
	}
	if data, err = p.burst.Finish(data); err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(data, 0)
	return err
}
