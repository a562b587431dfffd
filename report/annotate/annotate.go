package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/wording"
)

// An Output is where the annotated workbook goes. What was written is read again
// and compared with the input.
type Output interface {
	io.Writer
	io.ReaderAt
	// Size returns the number of bytes that were written.
	Size() int64
	// Reset throws away what was written.
	Reset() error
}

// AnnotateBytes is [Annotate] to an output.
func AnnotateBytes(to Output, input []byte, ext string, r *report.Report, w *wording.Writer) ([]dataset.Finding, error) {
	data, findings, err := Annotate(input, ext, r, w)
	if err != nil {
		return nil, err
	}
	if _, err = to.Write(data); err != nil {
		return nil, fmt.Errorf("annotate: %w", err)
	}
	return findings, nil
}

// Annotate returns the user's workbook with the results of a report in it.
//
// input is the user's file; ext its kind, ".xlsx", ".xlsm", ".csv" or ".tsv"
// with or without the dot. A table in text becomes a new workbook whose first
// sheet holds the user's rows. What an earlier run wrote is replaced. A
// workbook that nothing can be put into stays as it is, and the results come in
// a new one. The findings say what could not be done as usual. The output was
// opened again and compared with the input before it is returned; a difference
// is an error.
func Annotate(input []byte, ext string, r *report.Report, w *wording.Writer) ([]byte, []dataset.Finding, error) {
	if r == nil || r.Dataset == nil || r.Results == nil {
		return nil, nil, fmt.Errorf("annotate: a report without results")
	}
	if isText(ext) {
		return annotateText(input, r, w)
	}
	output, more, err := annotateWorkbook(input, r, w)
	var why refusal
	if errors.As(err, &why) {
		return beside(input, ext, why.code, r, w)
	}
	return output, more, err
}

// annotateWorkbook puts the results into a workbook. The error is a [refusal]
// when nothing can be put into it.
func annotateWorkbook(input []byte, r *report.Report, w *wording.Writer) ([]byte, []dataset.Finding, error) {
	sheet, was := blockBefore(input)
	input, err := prepared(input)
	if err != nil {
		return nil, nil, err
	}
	f, err := openBook(input)
	if err != nil {
		return nil, nil, refusal{reasonForm, err}
	}
	defer f.Close()
	before, err := photograph(f)
	if err != nil {
		return nil, nil, refusal{reasonForm, err}
	}
	before.bytes = input
	room := space(r, before)
	plan := Prepare(r, w, room)
	if continued, ok := before.continued(r, w, room, plan, sheet, was); ok {
		plan = continued
	} else if filtered, ok := before.filtered(r, w, room, sheet, was); ok {
		plan = filtered
	} else if sheet != "" && sheet == plan.Block.Name && was.Col < room.Beside {
		// The user's formulas may point to the block: it stays where it was.
		room.Beside = was.Col
		if again := Prepare(r, w, room); before.takes(again) {
			plan = again
		}
	}
	output, more, err := inserted(input, f, plan, r.Dataset.Receipt.File)
	if err == nil {
		err = verify(output, before, plan)
	}
	if err != nil {
		return nil, nil, err
	}
	return output, append(findings(r, plan), more...), nil
}

// openBook opens a workbook with the spreadsheet library. All of it stays in
// memory: the library would put large sheets into temporary files, which an
// interrupted run would leave behind.
func openBook(data []byte) (*excelize.File, error) {
	const limit = 2 << 30
	return excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: limit, UnzipXMLSizeLimit: limit})
}

// annotateText makes a workbook of a table in text, with the results in it.
func annotateText(input []byte, r *report.Report, w *wording.Writer) ([]byte, []dataset.Finding, error) {
	f, err := fromText(input, r.Dataset)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	before, err := photograph(f)
	if err != nil {
		return nil, nil, err
	}
	plan := Prepare(r, w, space(r, before))
	output, err := apply(f, plan)
	if err == nil {
		err = verify(output, before, plan)
	}
	if err != nil {
		return nil, nil, err
	}
	return output, findings(r, plan), nil
}

// apply writes a plan into a workbook.
func apply(f *excelize.File, plan Plan) ([]byte, error) {
	active := f.GetActiveSheetIndex()
	book := sheets.Open(f)
	if plan.Block.Name != "" {
		if err := book.Beside(plan.Block); err != nil {
			return nil, fmt.Errorf("annotate: %w", err)
		}
	}
	for _, s := range plan.Sheets {
		if err := book.Add(s); err != nil {
			return nil, fmt.Errorf("annotate: %w", err)
		}
	}
	if err := book.Define(plan.Names); err != nil {
		return nil, fmt.Errorf("annotate: %w", err)
	}
	f.SetActiveSheet(active)
	var out bytes.Buffer
	if err := book.Save(&out); err != nil {
		return nil, fmt.Errorf("annotate: %w", err)
	}
	return out.Bytes(), nil
}

// findings says what the plan could not do as usual.
func findings(r *report.Report, plan Plan) []dataset.Finding {
	var out []dataset.Finding
	for _, code := range plan.Computed {
		out = append(out, dataset.Finding{Code: "annotate-" + code, Severity: dataset.Note, Ref: dataset.Ref{File: r.Dataset.Receipt.File}})
	}
	return out
}
