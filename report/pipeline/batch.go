package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// batchSize is how many files wait for the disk together: a disk makes many
// files safe in nearly the time of one.
const batchSize = 32

// A pageBatch is files of parts that are written under temporary names and get
// their names together, once all are safe on the disk. One goroutine uses it.
type pageBatch struct {
	parts   *Parts
	pending []pendingFile
}

// A pendingFile is open and has its temporary name.
type pendingFile struct {
	part   int
	target string
	file   *os.File
	result *result
}

// add renders a part and writes its file; a full batch is flushed.
func (b *pageBatch) add(part int, target string, to *result) {
	data, err := b.parts.Render(part)
	if err == nil {
		var f *os.File
		if f, err = openTemporary(filepath.Dir(target), data); err == nil {
			b.pending = append(b.pending, pendingFile{part, target, f, to})
		}
	}
	if err != nil {
		to.err = err
		b.parts.advance()
	}
	if len(b.pending) == batchSize {
		b.flush()
	}
}

// flush waits until all pending files are on the disk, then gives them their
// names.
func (b *pageBatch) flush() {
	errs := make([]error, len(b.pending))
	var syncing sync.WaitGroup
	for i, p := range b.pending {
		syncing.Add(1)
		go func() { // the system joins what is asked for at one time
			defer syncing.Done()
			errs[i] = errors.Join(p.file.Sync(), p.file.Close())
		}()
	}
	syncing.Wait()
	for i, p := range b.pending {
		b.finish(p, errs[i])
		b.parts.advance()
	}
	b.pending = b.pending[:0]
}

// finish gives one file its name, or removes it.
func (b *pageBatch) finish(p pendingFile, err error) {
	var w Written
	if err == nil {
		w, err = place(p.file.Name(), b.parts.job.Input, file{format: FormatPages, target: p.target})
	}
	if err != nil {
		_ = os.Remove(p.file.Name())
		p.result.err = named(p.target, err)
		return
	}
	w.Part, w.ID = b.parts.Part(p.part)
	p.result.written = &w
}

// openTemporary writes data to a new file of the folder, with mode 0600, and
// leaves it open.
func openTemporary(folder string, data []byte) (*os.File, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	f, err := createTemporary(folder)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(data); err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name())
		return nil, named(folder, err)
	}
	return f, nil
}
