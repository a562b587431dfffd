package main

import (
	"io"
	"os"

	"valuebook/report"
	"valuebook/report/annotate"
	"valuebook/report/dataset"
	"valuebook/report/pipeline"
	"valuebook/report/wording"
	"valuebook/report/workbook"
)

// encrypted reports whether a file begins as encrypted workbooks do.
func encrypted(file io.ReaderAt) bool {
	head := make([]byte, 8)
	_, err := file.ReadAt(head, 0)
	return err == nil && workbook.Encrypted(head)
}

// locked annotates an encrypted workbook. The comparison with the input is over
// when the output is encrypted with the same password.
func (w workbookRenderer) locked(to pipeline.Draft, input string, r *report.Report, words *wording.Writer) ([]dataset.Finding, error) {
	file, err := w.task.whole(input, r.Dataset.Receipt)
	if err != nil {
		return nil, err
	}
	output, findings, err := annotate.Annotate(file.data, file.ending, r, words)
	if err == nil {
		output, err = file.lock(output)
	}
	if err == nil {
		_, err = to.Write(output)
	}
	return findings, err
}

// A sourceFile is the user's file as it goes into the annotating: converted where
// it was another format, without its password where it has one.
type sourceFile struct {
	data     []byte
	ending   string
	password string // "" for a file that is not encrypted
}

// whole reads the file that a receipt is about once more.
func (t *task) whole(input string, receipt dataset.Receipt) (sourceFile, error) {
	if err := unchanged(input, receipt); err != nil {
		return sourceFile{}, err
	}
	if receipt.Converted != "" {
		return sourceFile{data: t.converted, ending: ".xlsx"}, nil
	}
	data, err := os.ReadFile(input)
	if err != nil {
		return sourceFile{}, err
	}
	file := sourceFile{ending: endingOf(input, receipt.Format)}
	file.data, file.password, err = workbook.Unlock(data, t.reading.Password)
	return file, err
}

// lock gives an output the password of its input.
func (f sourceFile) lock(output []byte) ([]byte, error) {
	if f.password == "" {
		return output, nil
	}
	return workbook.Lock(output, f.password)
}
