package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// deliver returns the workbook that is handed over. That is the original with
// what is new put in, whenever it can be; else the applied workbook, when
// saving it lost nothing; else a new workbook with our sheets alone. A finding
// says why it is not the first. The file is its name in findings.
func deliver(original, applied []byte, plan Plan, file string) ([]byte, []dataset.Finding, error) {
	made, err := join(original, applied, plan)
	if err == nil {
		return made, nil, nil
	}
	var why refusal
	if !errors.As(err, &why) {
		return nil, nil, err
	}
	if why.code != reasonSigned && keepsAll(original, applied) == nil {
		return applied, []dataset.Finding{delivery("annotate-rewritten", dataset.Note, why.code, file)}, nil
	}
	return apart(plan, why.code, file)
}

// delivery is a finding about the way a workbook was made.
func delivery(code string, severity dataset.Severity, reason, file string) dataset.Finding {
	return dataset.Finding{Code: code, Severity: severity, Ref: dataset.Ref{File: file},
		Args: []dataset.Quantity{dataset.TermOf("annotate.reason." + reason)}}
}

// apart returns a new workbook with our sheets alone, as values: formulas would
// point to cells that are not in it.
func apart(plan Plan, reason, file string) ([]byte, []dataset.Finding, error) {
	wb := sheets.Workbook{}
	var pages []sheets.Sheet
	if plan.Block.Name != "" {
		pages = append(pages, plan.Block)
	}
	inside := map[string]bool{}
	for _, s := range append(pages, plan.Sheets...) {
		cells := make([]sheets.Cell, len(s.Cells))
		for i, c := range s.Cells {
			c.Formula = ""
			cells[i] = c
		}
		s.Cells = cells
		inside[strings.ToLower(s.Name)] = true
		wb.Sheets = append(wb.Sheets, s)
	}
	for _, n := range plan.Names {
		sheet, _, _, ok := target(n.RefersTo)
		if ok && inside[strings.ToLower(sheet)] && n.Name != blockName {
			wb.Names = append(wb.Names, n)
		}
	}
	var out bytes.Buffer
	if err := sheets.Write(&out, wb); err != nil {
		return nil, nil, fmt.Errorf("annotate: %w", err)
	}
	return out.Bytes(), []dataset.Finding{delivery("annotate-apart", dataset.Warning, reason, file)}, nil
}

// keepsAll holds that an applied workbook has every part of the original one,
// that the parts which changed are well formed, and that they have lost no kind
// of element.
func keepsAll(original, applied []byte) error {
	before, err := parts.Open(original)
	if err != nil {
		return err
	}
	after, err := parts.Open(applied)
	if err != nil {
		return err
	}
	for _, name := range before.Names() {
		if strings.HasSuffix(strings.ToLower(name), "calcchain.xml") {
			continue
		}
		if err := keepsPart(before, after, name); err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
	}
	return nil
}

func keepsPart(before, after *parts.Package, name string) error {
	was, method, err := before.Raw(name)
	if err != nil {
		return err
	}
	is, now, err := after.Raw(name)
	if err != nil {
		return err
	}
	if method == now && bytes.Equal(was, is) {
		return nil
	}
	old, err := before.Read(name)
	if err != nil {
		return err
	}
	data, err := after.Read(name)
	if err != nil || bytes.Equal(old, data) {
		return err
	}
	if !isXML(name) {
		return errors.New("it changed")
	}
	if err := wellFormed(data); err != nil {
		return err
	}
	return fewer(old, data)
}

// fewer is an error when a part has fewer elements of some name than before.
// Cells are not counted: their values are compared elsewhere, and texts may
// move between a sheet and the string table.
func fewer(before, after []byte) error {
	was, err := census(before)
	if err != nil {
		return err
	}
	is, err := census(after)
	if err != nil {
		return err
	}
	for name, n := range was {
		if is[name] < n {
			return fmt.Errorf("%d of %d elements %s are left", is[name], n, name)
		}
	}
	return nil
}

// uncounted are the elements of cells and texts.
var uncounted = map[string]bool{"row": true, "c": true, "v": true, "f": true, "is": true, "si": true, "t": true, "r": true, "rPr": true}

// census counts the elements of a part by their names.
func census(data []byte) (map[string]int, error) {
	out := map[string]int{}
	scan := sheetxml.NewScanner(data)
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		if name := t.Local(); t.Kind != sheetxml.Close && !uncounted[name] {
			out[name]++
		}
	}
	return out, scan.Err()
}
