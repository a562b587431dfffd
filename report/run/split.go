package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"valuebook/report/ledger"
	"valuebook/report/pipeline"
	"valuebook/report/store"
)

// A Split lets several processes make the pages of a run together. The run
// renders its main outputs itself, asks for the pages in batches, and waits
// until the ledger has all of them; then it checks, places and records them as
// it would its own.
type Split struct {
	Size int // pages of a batch; a run with no more than that is not split
	// Files is where pages wait that every process reaches. Without one they
	// wait in a folder beside the outputs, which all processes must share.
	Files store.Store
	// Queue asks for batches, for all or for none. One that was asked for and is
	// not over is not to be asked for again.
	Queue func(ctx context.Context, batches []Batch) error
	// Share lends the pages of the run, as read, to the batches that this process
	// makes, until what it returns is called. Nil for nothing.
	Share func(batch Batch, s *Sheaf) (end func())
}

// A Batch is a range of the pages of a run, as it may wait in a queue.
type Batch struct {
	Run      int64  `json:"run"`
	Edition  string `json:"edition"`            // names the language, and all else that the pages are made of
	Language string `json:"language,omitempty"` // of the [Order]
	Period   string `json:"period,omitempty"`   // of the [Order]
	Open     bool   `json:"open,omitempty"`     // of the [Order]
	Sealed   bool   `json:"sealed,omitempty"`   // each page has a password
	Stem     string `json:"stem"`               // of the outputs
	Folder   string `json:"folder,omitempty"`   // where pages wait, "" for the store
	From     int    `json:"from"`
	To       int    `json:"to"` // not included
}

// away is one edition of a run whose pages several processes make.
type away struct {
	*runner
	making Making
	whole  Batch // with the range of all pages
	sheaf  *Sheaf
	end    func() // of sharing
	parts  []ledger.Part
}

// split prepares that the pages of an edition are made by several processes,
// nil where that is not wanted. Pages with the passwords of single recipients
// are rendered open: they do not go into a store that keeps them.
func (r *runner) split(ctx context.Context, making Making, language string) *away {
	s, burst := r.plan.Split, making.Job.Burst
	if s == nil || s.Size <= 0 || burst == nil || burst.Book || r.plan.Rehearsal != "" || r.secrets() && s.Files != nil {
		return nil
	}
	a := &away{runner: r, making: making, whole: Batch{Run: r.out.Run.ID, Language: language, Period: r.order.Period, Open: r.order.Open, Stem: r.stem()}}
	burst.Elsewhere = func(p *pipeline.Parts) (bool, error) { return a.begin(ctx, p) }
	return a
}

// begin asks for the pages where there are enough of them.
func (a *away) begin(ctx context.Context, p *pipeline.Parts) (bool, error) {
	s := a.plan.Split
	if p.Len() <= s.Size {
		return false, nil
	}
	first, err := p.Render(0)
	if err != nil {
		return false, nil // rendering them here says what is wrong
	}
	a.whole.To, a.whole.Sealed = p.Len(), contentOf(a.making, sumOf(first)) != sumOf(first)
	a.whole.Edition = a.edition(a.whole)
	if s.Files == nil {
		a.whole.Folder = a.stage.pages
		if err := os.MkdirAll(a.whole.Folder, 0o700); err != nil {
			return false, err
		}
	}
	a.sheaf = &Sheaf{book: a.book, parts: p, making: a.making, files: s.Files, ready: make(chan struct{})}
	if s.Share != nil {
		a.end = s.Share(a.whole, a.sheaf)
	}
	return true, a.ask(ctx)
}

// contentOf is the hash of a file before it got a password.
func contentOf(making Making, sum string) string {
	if making.Content != nil {
		if content := making.Content(sum); content != "" {
			return content
		}
	}
	return sum
}

// edition names the pages of a run by what they are made of beside input,
// settings and program: with the same name they are the same.
func (r *runner) edition(b Batch) string {
	sum := sumOf(fmt.Appendf(nil, "%q %t %t %q %d %d %v", b.Period, b.Open, b.Sealed, b.Stem, b.To, r.before, r.past()))
	return b.Language + "/" + sum[:16]
}

// past lists the earlier periods that the trend knows.
func (r *runner) past() []string {
	var all []string
	for _, p := range r.trend {
		all = append(all, p.Period+" "+strconv.Itoa(p.Revision))
	}
	return all
}

// ask queues the batches of which some page is not noted yet.
func (a *away) ask(ctx context.Context) error {
	noted, err := a.book.Parts(ctx, a.whole.Run, a.whole.Edition)
	if err != nil {
		return err
	}
	there := map[int]bool{}
	for _, part := range noted {
		there[part.N] = true
	}
	var batches []Batch
	for from := 0; from < a.whole.To; from += a.plan.Split.Size {
		b := a.whole
		b.From, b.To = from, min(from+a.plan.Split.Size, a.whole.To)
		for n := b.From; n < b.To; n++ {
			if !there[n] {
				batches = append(batches, b)
				break
			}
		}
	}
	if len(batches) == 0 {
		return nil
	}
	return a.plan.Split.Queue(ctx, batches)
}

// How a run waits for its pages.
const (
	lookEvery  = 100 * time.Millisecond
	askEvery   = 30 * time.Second // again for those that are missing
	blindLooks = 100              // how often the ledger may not answer
)

// wait returns when all pages are noted. The lease is kept meanwhile.
func (a *away) wait(ctx context.Context) error {
	close(a.sheaf.ready)
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	again := time.NewTicker(askEvery)
	defer again.Stop()
	for blind := 0; ; {
		n, failure, err := a.book.CountParts(ctx, a.whole.Run, a.whole.Edition)
		switch {
		case err == nil && failure != "":
			return &pipeline.StepError{File: a.plan.Input, Step: pipeline.StepPages, Err: errors.New(failure)}
		case err == nil && n >= a.whole.To:
			return nil
		case err == nil:
			blind = 0
		default:
			if blind++; blind > blindLooks {
				return err
			}
		}
		select {
		case <-look.C:
		case <-again.C:
			err = a.ask(ctx)
			if err != nil && blind == 0 {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// fetch waits for the pages, brings them into the staging folder, and lists
// them among what was written.
func (a *away) fetch(ctx context.Context, out *pipeline.Outcome, folder string) (err error) {
	if err := a.wait(ctx); err != nil {
		return err
	}
	if a.parts, err = a.book.Parts(ctx, a.whole.Run, a.whole.Edition); err != nil {
		return err
	}
	names := a.sheaf.parts.Names()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	written := make([]pipeline.Written, len(names))
	err = concurrently(ctx, len(names), func(ctx context.Context, n int) error {
		part, target := a.parts[n], filepath.Join(folder, names[n])
		if part.N != n || part.Name != names[n] {
			return &BrokenError{Path: names[n], Err: errOtherPage}
		}
		written[n] = pipeline.Written{Format: pipeline.FormatPages, Path: target}
		written[n].Part, written[n].ID = a.sheaf.parts.Part(n)
		return a.bring(ctx, part, target)
	})
	out.Written = append(out.Written, written...)
	return err
}

// errOtherPage is returned for a page that is not what the run expects.
var errOtherPage = errors.New("another process made something else of it")

// bring puts one page into the staging folder. The original stays where it
// waits until the run is recorded: a run that is killed needs it again.
func (a *away) bring(ctx context.Context, part ledger.Part, target string) error {
	if a.whole.Folder == "" {
		return a.plan.Split.Files.Place(ctx, part.SHA256, target)
	}
	source := filepath.Join(a.whole.Folder, part.Path)
	if !a.secrets() && os.Link(source, target) == nil {
		return nil // nobody writes into it; its hash is checked with all others
	}
	data, err := os.ReadFile(source)
	if err == nil && sumOf(data) != part.SHA256 {
		err = &BrokenError{Path: part.Name, Err: errOtherPage}
	}
	if err != nil {
		return err
	}
	return writeWhole(target, data)
}

// note adds to the outputs what was noted of the pages. Those that got the
// passwords of recipients since were checked before.
func (a *away) note(files []output) error {
	if a.secrets() {
		return nil
	}
	byName := map[string]ledger.Part{}
	for _, part := range a.parts {
		byName[part.Name] = part
	}
	for i := range files {
		f := &files[i]
		if f.format != pipeline.FormatPages {
			continue
		}
		part := byName[filepath.Base(f.staged)]
		if f.sha256 != part.SHA256 {
			return &BrokenError{Path: part.Name, Err: errOtherPage}
		}
		f.content, f.kept = part.ContentSHA256, a.whole.Folder == ""
	}
	return nil
}

// begun reports whether other processes were asked.
func (a *away) begun() bool { return a != nil && a.sheaf != nil }

// stop ends the sharing.
func (a *away) stop() {
	if a != nil && a.end != nil {
		a.end()
	}
}
