package pipeline

import (
	"context"
	"path/filepath"
	"runtime"
	"sync"
)

// Parts are the parts of one report, ready to become files. They may be used by
// many goroutines at a time.
type Parts struct {
	job   Job
	burst *Burst
	pages Pages
	done  int
	lock  sync.Mutex // guards done
}

// OpenParts does a job up to where its parts are known, and writes nothing. A
// stopped workbook, or a job without a burst, has none: nil.
func OpenParts(ctx context.Context, job Job) (*Parts, Outcome, error) {
	r := &run{ctx: ctx, job: job}
	err := r.prepare()
	if err == nil && !r.out.Stopped {
		err = r.preparePages()
	}
	return r.pages, r.out, err
}

// Len returns how many parts there are.
func (p *Parts) Len() int { return p.pages.Len() }

// Part returns the name of part n for people, and its identifier or "".
func (p *Parts) Part(n int) (name, id string) { return p.pages.Name(n), p.pages.ID(n) }

// Names returns the names of all files, in the order of the parts. That of one
// depends on those of the others, see [Names].
func (p *Parts) Names() []string {
	n := p.pages.Len()
	texts, ids := make([]string, n), make([]string, n)
	for i := range n {
		texts[i], ids[i] = p.Part(i)
	}
	return Names(p.burst.Pattern, p.burst.Stem, texts, ids, p.burst.Plain)
}

// Render returns the file of part n as [Burst.Finish] leaves it.
func (p *Parts) Render(n int) (data []byte, err error) {
	err = guarded(func() (err error) {
		data, err = p.pages.Render(n)
		if err == nil && p.burst.Finish != nil {
			data, err = p.burst.Finish(data)
		}
		return err
	})
	return data, err
}

// Write writes the files of the parts from first to before past, on all
// processors, to the paths that path says. What was written and what failed is
// in the order of the parts; an error says that ctx ended.
func (p *Parts) Write(ctx context.Context, first, past int, path func(n int) string) ([]Written, []error, error) {
	results := make([]result, past-first)
	work := make(chan int)
	var workers sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) { // some wait for the disk
		workers.Go(func() {
			batch := &pageBatch{parts: p}
			for n := range work {
				batch.add(n, path(n), &results[n-first])
			}
			batch.flush()
		})
	}
	for n := first; n < past; n++ {
		select {
		case work <- n:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(work)
	workers.Wait()
	written, failed := p.gather(results, path, first)
	if err := ctx.Err(); err != nil {
		return written, failed, p.failure(err)
	}
	return written, failed, nil
}

// A result is what became of one part: neither is set for one that was not
// begun.
type result struct {
	written *Written
	err     error
}

// gather lists results in the order of the parts.
func (p *Parts) gather(results []result, path func(n int) string, first int) (written []Written, failed []error) {
	for i, one := range results {
		if one.written != nil {
			written = append(written, *one.written)
		}
		if one.err != nil {
			failed = append(failed, p.failure(&PartError{Name: filepath.Base(path(first + i)), Err: one.err}))
		}
	}
	return written, failed
}

func (p *Parts) failure(err error) error {
	return &StepError{File: p.job.Input, Step: StepPages, Err: err}
}

// advance counts a part.
func (p *Parts) advance() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.done++
	if p.burst.Progress != nil {
		p.burst.Progress(p.done, p.pages.Len())
	}
}
