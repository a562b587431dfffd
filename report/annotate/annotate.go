package annotate

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/wording"
)

// Annotate returns the user's workbook with the results of a report in it.
//
// input is the user's file; ext its kind, ".xlsx", ".xlsm", ".csv" or ".tsv"
// with or without the dot. A table in text becomes a new workbook whose first
// sheet holds the user's rows. What an earlier run wrote is replaced. The
// findings say what could not be done as usual. The output was opened again
// and compared with the input before it is returned; a difference is an error.
func Annotate(input []byte, ext string, r *report.Report, w *wording.Writer) ([]byte, []dataset.Finding, error) {
	if r == nil || r.Dataset == nil || r.Results == nil {
		return nil, nil, fmt.Errorf("annotate: a report without results")
	}
	f, err := open(input, ext, r.Dataset)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	if err := clean(f); err != nil {
		return nil, nil, fmt.Errorf("annotate: remove what an earlier run wrote: %w", err)
	}
	before, err := photograph(f)
	if err != nil {
		return nil, nil, err
	}
	plan := Prepare(r, w, space(r, before))
	output, err := apply(f, plan)
	if err != nil {
		return nil, nil, err
	}
	if err := verify(output, before, plan); err != nil {
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
