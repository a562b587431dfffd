package workbook

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/wording"

	"github.com/xuri/excelize/v2"
)

// finding returns the only finding with a code.
func finding(t *testing.T, d *dataset.Dataset, code string) dataset.Finding {
	t.Helper()
	var all []dataset.Finding
	for _, f := range d.Findings {
		if f.Code == code {
			all = append(all, f)
		}
	}
	if len(all) != 1 {
		t.Fatalf("%d findings %s, want one\n%s", len(all), code, receiptText(d))
	}
	return all[0]
}

// textOf returns the problem of a finding in words.
func textOf(t *testing.T, f dataset.Finding) string {
	t.Helper()
	w, err := wording.NewWriter(catalogue(t), "", "")
	must(t, err)
	return w.Text(dataset.Msg("finding."+f.Code, f.Args...))
}

func tableOn(t *testing.T, d *dataset.Dataset, sheet string) dataset.Table {
	t.Helper()
	for _, table := range d.Receipt.Tables {
		if table.Sheet == sheet {
			return table
		}
	}
	t.Fatalf("no table on %q\n%s", sheet, receiptText(d))
	return dataset.Table{}
}

func TestGuessedSidesAreOneFinding(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Comparison", rows: [][]any{
		{"Supplier", "Quality", "Fit into case", "Appeal", "Notes", "Charm", "Price"},
		{"Weight", 1, 1, 1, nil, 1, 1},
		{"Alpha", 4, 3, 2, "new", 5, 2}, {"Beta", 5, 4, 1, "old", 3, 3}, {"Gamma", 3, 5, 4, "new", 2, 1},
	}})
	f := finding(t, d, codeSideGuessed)
	if f.Count != 3 || f.Ref.Cell() != "C1" || f.Args[2].Text != "C:D, F" || fmt.Sprint(f.Args[1].List) != "[Fit into case Appeal Charm]" {
		t.Errorf("%+v", f)
	}
	scale := finding(t, d, codeScaleInferred)
	var ends []float64
	for _, a := range scale.Args[:5] {
		ends = append(ends, a.Value)
	}
	if fmt.Sprint(ends) != "[1 5 1 5 5]" || scale.Args[5].Text != "B:D, F:G" || scale.Severity != dataset.Warning || scale.Ref.Cell() != "B" {
		t.Errorf("%+v", scale)
	}
}

func TestLongListsOfNamesAreCut(t *testing.T) {
	var names []string
	for i := 1; i <= 12; i++ {
		names = append(names, fmt.Sprintf("N%d", i))
	}
	if got := strings.Join(named(names).List, " "); got != "N1 N2 N3 N4 N5 N6 … N12" {
		t.Error(got)
	}
	if got := strings.Join(named(names[:8]).List, " "); got != "N1 N2 N3 N4 N5 N6 N7 N8" {
		t.Error(got)
	}
	if got := columnRanges([]int{30, 2, 3, 3, 5}); got != "B:C, E, AD" {
		t.Error(got)
	}
}

func TestRowsWithoutNameAreOneFinding(t *testing.T) {
	rows := [][]any{{"Supplier", "Quality", "Service", "Delivery", "Price"}}
	for i, name := range []string{"Alpha", "Beta", "Gamma"} {
		rows = append(rows, []any{name, 4, 1 + i, 5, 2}, []any{nil, 2 + i, nil, nil, nil}, []any{nil, 1, nil, nil, nil})
	}
	rows = append(rows, []any{nil, "Weight:", nil, nil, nil}, []any{nil, nil, nil, nil, nil})
	d := read(t, Options{}, sheetOf{name: "Comparison", rows: rows})
	f := finding(t, d, codeRowWithoutOffer)
	if f.Count != 6 || f.Severity != dataset.Warning || f.Ref.Cell() != "A3" || textOf(t, f) != "6 rows have values but no offer name; they are left out" {
		t.Errorf("%+v\n%s", f, receiptText(d))
	}
	rows[2] = []any{nil, 2, 3, 3, nil} // most ratings of an offer
	if f := finding(t, read(t, Options{}, sheetOf{name: "Comparison", rows: rows}), codeRowWithoutOffer); f.Severity != dataset.Error {
		t.Errorf("%+v", f)
	}
	d = read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", 4, 2}, {nil, 3, 3}, {"B", 5, 3}, {nil, 1, 1}}})
	if f := finding(t, d, codeRowWithoutID); f.Count != 2 || f.Severity != dataset.Error {
		t.Errorf("%+v", f)
	}
}

// Weights may stand in the last row, their label beside the names.
func TestWeightsBelowTheOffers(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Comparison", rows: [][]any{
		{"Supplier", "Notes", "Quality", "Service", "Price"},
		{"Alpha", "a", 4, 3, 2}, {"Beta", "b", 5, 4, 1}, {"Gamma", "c", 3, 5, 4}, {"Delta", "d", 3, 2, 4}, {"Eta", "e", 1, 5, 4}, {"Phi", "f", 3, 3, 4}, {"Chi", "g", 2, 5, 3},
		{nil, "Weight:", 50, 20, 30},
	}})
	if len(d.Offers.Name) != 7 || d.Attributes[0].Weight != 50 || d.Attributes[2].Weight != 30 || hasCode(d, codeRowWithoutOffer) {
		t.Errorf("%v %+v\n%s", d.Offers.Name, d.Attributes, receiptText(d))
	}
}

func TestSheetsThatCouldBeReadTooAreOneFinding(t *testing.T) {
	sheet := func(name string) sheetOf {
		return sheetOf{name: name, rows: [][]any{{"Supplier", "Quality", "Price"}, {"Weight", 1, 2}, {"Alpha", 4, 3}, {"Beta", 5, 4}}}
	}
	f := finding(t, read(t, Options{}, sheet("Ann"), sheet("Ben"), sheet("Cat")), codeSeveralTables)
	if textOf(t, f) != "2 other sheets could be read too: Ben and Cat; Ann was used" {
		t.Error(textOf(t, f))
	}
}

// A sheet that is not used is one line: no columns, no rows skipped for reasons that do not concern it.
func TestSheetsNotUsedAreOneLine(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [1-5]", 4, 5), sheetOf{name: "Instructions", rows: [][]any{
		{"Topic", "What to do"}, {"Weight", "Give 100 points"}, {"Scale", "1 to 5"}, {"Ratings", "One row per customer"},
	}}, sheetOf{name: "Empty"})
	table := tableOn(t, d, "Instructions")
	if table.Role != dataset.TableOther || len(table.Columns)+len(table.Skipped)+table.RowsRead != 0 {
		t.Errorf("%+v", table)
	}
	if fmt.Sprint(d.Receipt.Unused) != "[Empty]" {
		t.Errorf("unused %v", d.Receipt.Unused)
	}
}

func TestOnlyAPasswordMakesAFileEncrypted(t *testing.T) {
	plain := xlsxOf(t, survey("Benefit: Service [1-5]", 4, 5))
	for password, want := range map[string]bool{"geheim": true, "VelvetSweatshop": false} {
		f, err := excelize.OpenReader(bytes.NewReader(plain))
		must(t, err)
		var buf bytes.Buffer
		must(t, f.Write(&buf, excelize.Options{Password: password}))
		must(t, f.Close())
		d := ReadBytes("b.xlsx", buf.Bytes(), Options{Password: "geheim"})
		if d.Receipt.Encrypted != want || len(d.Customers.ID) != 2 {
			t.Errorf("%s: encrypted %v, %d customers", password, d.Receipt.Encrypted, len(d.Customers.ID))
		}
	}
	if ReadBytes("b.xlsx", plain, Options{Password: "geheim"}).Receipt.Encrypted {
		t.Error("a plain workbook is said to be encrypted")
	}
}
