package main

import (
	"context"
	"slices"
	"strings"
	"sync"

	"valuebook/report/dataset"
	"valuebook/report/workbook"
	"valuebook/report/workbook/convert"
)

// opening is how the files of a run are opened when their bytes alone do not do: converted by another program, or
// with a password that is asked for.
type opening struct {
	ctx        context.Context
	ask        func(prompt string) (string, error) // nil where nobody can be asked
	converting sync.WaitGroup
}

// conversions are what the setting convert takes.
var conversions = []string{"", "auto", "off"}

// openingOptions takes the settings that say how a file is opened.
func (t *task) openingOptions() error {
	convertSetting := strings.ToLower(t.settings.Value("convert"))
	if !slices.Contains(conversions, convertSetting) {
		return t.wrong("convert", "want.convert")
	}
	if convertSetting != "off" {
		t.reading.Convert = t.convert
	}
	encoding := t.settings.Value("encoding")
	if encoding == "" {
		return nil
	}
	for _, name := range workbook.Encodings() {
		if strings.EqualFold(name, encoding) {
			t.reading.Encoding = name
			return nil
		}
	}
	entry, _ := t.settings.Entry("encoding")
	return fail(exitUsage, "error.encoding", dataset.Str(entry.Place), dataset.Str(encoding)).
		withHint("hint.encoding", dataset.List(workbook.Encodings()...))
}

// convert turns a file into a workbook and keeps it for the annotating.
func (t *task) convert(data []byte, ending string) ([]byte, error) {
	t.opening.converting.Add(1)
	defer t.opening.converting.Done()
	converted, err := convert.LibreOffice{}.Convert(t.opening.ctx, data, ending)
	if err == nil {
		t.converted = converted
	}
	return converted, err
}

// open reads the workbook, with a password that is asked for where one is needed.
func (t *task) open(path string) (*dataset.Dataset, error) {
	d, err := workbook.Read(path, t.reading)
	for try := 0; err == nil && try < tries && t.opening.ask != nil && wantsPassword(d); try++ {
		again := try > 0 || t.reading.Password != ""
		password, failed := t.opening.ask(t.prompt(d.Receipt.File, again))
		if failed != nil || password == "" {
			break
		}
		t.reading.Password = password
		d, err = workbook.Read(path, t.reading)
	}
	return d, err
}
