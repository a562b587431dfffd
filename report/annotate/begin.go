package annotate

import (
	"errors"
	"fmt"
	"io"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/wording"
	"valuebook/report/workbook/parts"
)

// A Beginning is a file that is to be annotated, and what is learned of it
// before its report is there.
type Beginning struct {
	input io.ReaderAt
	size  int64
	ext   string
	data  *dataset.Dataset

	done  chan struct{} // nil where nothing was begun
	large *large
	err   error
}

// Begin starts to read a workbook with many customers in the background, for
// [Beginning.Annotate]; of others it reads nothing yet. input must stay open, and
// the dataset must not change any more.
func Begin(input io.ReaderAt, size int64, ext string, d *dataset.Dataset) *Beginning {
	b := &Beginning{input: input, size: size, ext: ext, data: d}
	if isLarge(d) && !isText(ext) {
		b.done = make(chan struct{})
		go func() {
			defer close(b.done)
			defer func() {
				if fault := recover(); fault != nil {
					b.err = fmt.Errorf("annotate: reading the workbook broke off: %v", fault)
				}
			}()
			b.large, b.err = openLarge(input, size, d)
		}()
	}
	return b
}

// Annotate is [AnnotateFile] for the file.
func (b *Beginning) Annotate(to Output, r *report.Report, w *wording.Writer) ([]dataset.Finding, error) {
	if r == nil || r.Dataset != b.data || r.Results == nil {
		return nil, fmt.Errorf("annotate: a report without results")
	}
	if b.done != nil {
		<-b.done
		found, err := []dataset.Finding(nil), b.err
		if err == nil {
			found, err = annotateLarge(to, b.large, bulkRows, r, w)
		}
		var why refusal
		if !errors.As(err, &why) {
			return found, err
		}
		if err := to.Reset(); err != nil {
			return nil, fmt.Errorf("annotate: %w", err)
		}
	}
	data, err := io.ReadAll(io.NewSectionReader(b.input, 0, b.size))
	if err != nil {
		return nil, fmt.Errorf("annotate: %w", err)
	}
	return AnnotateBytes(to, data, b.ext, r, w)
}

// AnnotateFile is [Annotate] for a file of a size, to an output. After an error
// the output holds nothing that may be used.
func AnnotateFile(to Output, input io.ReaderAt, size int64, ext string, r *report.Report, w *wording.Writer) ([]dataset.Finding, error) {
	if r == nil || r.Dataset == nil {
		return nil, fmt.Errorf("annotate: a report without results")
	}
	return Begin(input, size, ext, r.Dataset).Annotate(to, r, w)
}

// openLarge opens and reads a file, without what an earlier run wrote.
func openLarge(input io.ReaderAt, size int64, d *dataset.Dataset) (*large, error) {
	pack, err := parts.OpenAt(input, size)
	if err != nil {
		return nil, refusal{reasonForm, err}
	}
	at, err := newArchive(pack)
	if err != nil {
		return nil, err
	}
	e := &earlier{at: at}
	if e.find(); len(e.names) > 0 || len(e.sheets) > 0 {
		data, err := io.ReadAll(io.NewSectionReader(input, 0, size))
		if err != nil {
			return nil, fmt.Errorf("annotate: %w", err)
		}
		if data, err = withoutEarlier(data); err != nil {
			return nil, err
		}
		if pack, err = parts.Open(data); err != nil {
			return nil, refusal{reasonForm, err}
		}
	}
	return newLarge(pack, d)
}
