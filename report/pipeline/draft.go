package pipeline

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// A Draft is the file that a renderer writes, before it has its name. What was
// written can be read again, so that a renderer can check it.
type Draft interface {
	io.Writer
	io.ReaderAt
	// Size returns the number of bytes that were written.
	Size() int64
	// Reset throws away what was written.
	Reset() error
}

// A draftFile is a draft beside its target, under a temporary name and with
// mode 0600 because it holds customers' names.
type draftFile struct {
	file   *os.File
	folder string
	made   bool  // the folder was not there before
	size   int64 // bytes that were written
	fault  error // of writing, such as a full disk
}

// newDraft begins a file in a folder.
func newDraft(folder string) (*draftFile, error) {
	_, missing := os.Stat(folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	f, err := createTemporary(folder)
	if err != nil {
		return nil, err
	}
	return &draftFile{file: f, folder: folder, made: missing != nil}, nil
}

// Write appends bytes.
func (d *draftFile) Write(b []byte) (int, error) {
	n, err := d.file.WriteAt(b, d.size)
	d.size += int64(n)
	if err != nil && d.fault == nil {
		d.fault = named(d.folder, err)
	}
	return n, err
}

// ReadAt reads what was written.
func (d *draftFile) ReadAt(b []byte, at int64) (int, error) { return d.file.ReadAt(b, at) }

// Size returns the number of bytes that were written.
func (d *draftFile) Size() int64 { return d.size }

// Reset throws away what was written.
func (d *draftFile) Reset() error {
	d.size = 0
	return d.file.Truncate(0)
}

// finish waits until the file is on the disk, and closes it. An error removes
// it.
func (d *draftFile) finish() error {
	if err := errors.Join(d.file.Sync(), d.file.Close()); err != nil {
		d.discard()
		return named(d.folder, err)
	}
	return nil
}

// discard removes the file, and the folder when it was made for it alone.
func (d *draftFile) discard() {
	_ = d.file.Close() // what still writes to it fails from here on
	_ = os.Remove(d.file.Name())
	if d.made {
		_ = os.Remove(d.folder) // fails when something else is in it
	}
}

// A Memory is a draft that is kept in memory, for files that go into others.
// The zero value is empty and ready to use.
type Memory struct{ buffer bytes.Buffer }

// Write appends bytes.
func (m *Memory) Write(b []byte) (int, error) { return m.buffer.Write(b) }

// ReadAt reads what was written.
func (m *Memory) ReadAt(b []byte, at int64) (int, error) {
	return bytes.NewReader(m.buffer.Bytes()).ReadAt(b, at)
}

// Size returns the number of bytes that were written.
func (m *Memory) Size() int64 { return int64(m.buffer.Len()) }

// Reset throws away what was written.
func (m *Memory) Reset() error { m.buffer.Reset(); return nil }

// Bytes returns what was written; it holds until the next Write.
func (m *Memory) Bytes() []byte { return m.buffer.Bytes() }
