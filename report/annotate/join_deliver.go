package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/wording"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// prepared returns the user's workbook without what an earlier run wrote, or a
// refusal when nothing can be put into it.
func prepared(original []byte) ([]byte, error) {
	if err := sound(original); err != nil {
		return nil, err
	}
	clean, _, err := withoutFixes(original)
	if err != nil {
		return nil, err
	}
	return withoutEarlier(clean)
}

// beside returns a new workbook for a file that nothing can be put into: the
// data as they were read with the results in it, so that the formulas live;
// without the data, as values, where they cannot be copied.
func beside(input []byte, ext, reason string, r *report.Report, w *wording.Writer) ([]byte, []dataset.Finding, error) {
	file := r.Dataset.Receipt.File
	if copied, err := asReadFor(input, r.Dataset); err == nil {
		output, more, err := annotateWorkbook(copied, r, w)
		if err == nil {
			output, err = withKind(output, ext)
			return output, append(more, delivery("annotate-copied", dataset.Warning, reason, file)), err
		}
	}
	plan := Prepare(r, w, Space{})
	output, more, err := apart(plan, ext, reason, file)
	return output, append(findings(r, plan), more...), err
}

// inserted returns the workbook that is handed over. That is the original with
// what is new put in, whenever it can be; else the workbook that the library
// saved, when saving it lost nothing. A finding says why it is not the first,
// and a [refusal] why it is neither.
//
// original is free of what an earlier run wrote, and f is the same workbook
// opened by the library.
func inserted(original []byte, f *excelize.File, plan Plan, file string) (output []byte, findings []dataset.Finding, err error) {
	why := refusal{code: reasonForm}
	new, err := skeleton(plan, defaultFont(f))
	if err != nil {
		return nil, nil, err
	}
	output, err = join(original, new, plan)
	if err == nil {
		return output, nil, nil
	}
	if !errors.As(err, &why) {
		return nil, nil, err
	}
	if why.code != reasonOccupied { // the library would write over it
		if output = rewritten(original, f, plan); output != nil {
			return output, []dataset.Finding{delivery("annotate-rewritten", dataset.Note, why.code, file)}, nil
		}
	}
	return nil, nil, why
}

// rewritten returns the workbook as the library saves it with the plan in it,
// nil when that fails or loses something of the user's.
func rewritten(original []byte, f *excelize.File, plan Plan) (output []byte) {
	defer func() {
		if recover() != nil { // the library meets a workbook that it does not expect
			output = nil
		}
	}()
	applied, err := apply(f, plan)
	if err != nil || keepsAll(original, applied) != nil {
		return nil
	}
	return applied
}

// delivery is a finding about the way a workbook was made.
func delivery(code string, severity dataset.Severity, reason, file string) dataset.Finding {
	return dataset.Finding{Code: code, Severity: severity, Ref: dataset.Ref{File: file},
		Args: []dataset.Quantity{dataset.TermOf("annotate.reason." + reason)}}
}

// apart returns a new workbook with our sheets alone, as values: formulas would
// point to cells that are not in it.
func apart(plan Plan, ext, reason, file string) ([]byte, []dataset.Finding, error) {
	wb := sheets.Workbook{}
	var pages []sheets.Sheet
	if plan.Block.Name != "" {
		pages = append(pages, plan.Block)
	}
	pages = append(pages, plan.Sheets...)
	inside := map[string]bool{}
	for _, s := range pages {
		inside[strings.ToLower(s.Name)] = true
	}
	for _, s := range pages {
		cells := make([]sheets.Cell, len(s.Cells))
		for i, c := range s.Cells {
			c.Formula = ""
			if _, fault := c.Value.(sheets.Fault); fault {
				c.Value = nil // only the result of a formula can be one
			}
			if sheet, _, _, ok := target(strings.TrimPrefix(c.Link, "#")); !ok || !inside[strings.ToLower(sheet)] {
				c.Link = ""
			}
			cells[i] = c
		}
		s.Cells = cells
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
	made, err := withKind(out.Bytes(), ext)
	return made, []dataset.Finding{delivery("annotate-apart", dataset.Warning, reason, file)}, err
}

// withKind returns a new workbook as the kind that the ending of its name says:
// Excel does not open one that says something else inside.
func withKind(made []byte, ext string) ([]byte, error) {
	if kind := plainEnding(ext); kind != "xlsm" && kind != "xltm" {
		return made, nil
	}
	pack, err := parts.Open(made)
	if err != nil {
		return nil, err
	}
	types, err := pack.Read(parts.TypesName)
	if err != nil {
		return nil, err
	}
	macro := bytes.Replace(types, []byte("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
		[]byte("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), 1)
	var out bytes.Buffer
	err = pack.Write(&out, parts.Change{Replace: map[string][]byte{parts.TypesName: macro}})
	return out.Bytes(), err
}

// plainEnding returns an ending without its dot, in lower case.
func plainEnding(ext string) string { return strings.TrimPrefix(strings.ToLower(ext), ".") }

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
