package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

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
	// Elsewhere is called once the parts are known, before anything is rendered,
	// and not for a book. True says that others make their files: [Run] leaves
	// them out. Nil for never.
	Elsewhere func(p *Parts) (bool, error)
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
	b := r.job.Burst
	if b == nil {
		return nil
	}
	var pages Pages
	err := r.step(StepPages, "", func() (err error) {
		pages, err = b.Prepare(r.out.Report, r.out.Words)
		return err
	})
	if err != nil {
		return err
	}
	r.pages = &Parts{job: r.job, burst: b, pages: pages}
	if b.Elsewhere != nil && !b.Book {
		r.away, err = b.Elsewhere(r.pages)
	}
	return err
}

// burst makes the parts of the report. One that fails does not stop the
// others; it goes to Failed.
func (r *run) burst() error {
	b := r.job.Burst
	if b == nil || r.away {
		return nil
	}
	if b.Book {
		return r.book(r.job.Targets[FormatBook])
	}
	return r.files(r.job.Targets[FormatPages])
}

// files writes one file per part.
func (r *run) files(folder string) error {
	names := r.pages.Names()
	written, failed, err := r.pages.Write(r.ctx, 0, len(names), func(n int) string { return filepath.Join(folder, names[n]) })
	r.out.Written, r.out.Failed = append(r.out.Written, written...), append(r.out.Failed, failed...)
	return err
}

// book writes all parts as one file.
func (r *run) book(target string) error {
	err := r.step(StepRender, FormatBook, func() error { return r.writeBook(target) })
	if err != nil {
		r.out.Failed = append(r.out.Failed, err)
		return r.ctx.Err()
	}
	return nil
}

// writeBook draws the book into a temporary file and gives it its name.
func (r *run) writeBook(target string) (err error) {
	folder := filepath.Dir(target)
	if err := os.MkdirAll(folder, 0o700); err != nil {
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
	if err := r.pages.pages.Book(r.ctx, f, r.pages.advance); err != nil {
		return err
	}
	if err := r.finish(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return named(folder, err)
	}
	w, err := place(f.Name(), r.job.Input, file{format: FormatBook, target: target})
	if err == nil {
		r.out.Written = append(r.out.Written, w)
	}
	return err
}

// finish replaces what a file holds by what Finish makes of it.
func (r *run) finish(f *os.File) error {
	finish := r.job.Burst.Finish
	if finish == nil {
		return nil
	}
	data, err := os.ReadFile(f.Name())
	if err != nil {
		return err
	}
	if data, err = finish(data); err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(data, 0)
	return err
}
