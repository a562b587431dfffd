package annotate

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/sheets"
	"valuebook/report/workbook/sheetxml"
)

// blockOf returns where the block of an annotated workbook stands.
func blockOf(t testing.TB, data []byte) sheetxml.Area {
	t.Helper()
	at, err := openArchive(data)
	must(t, err)
	e := &earlier{at: at}
	e.find()
	return e.area
}

// edited returns a workbook after the user changed something in it.
func edited(t testing.TB, data []byte, change func(f *excelize.File)) []byte {
	t.Helper()
	f := reopen(t, data)
	change(f)
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

// TestFormulasWithoutResultsStay holds that a formula which no program has
// calculated yet is content: the block goes beside it.
func TestFormulasWithoutResultsStay(t *testing.T) {
	b := wide(t, exampleData())
	first, found := deliveries(t, b, b.bytes(t), ".xlsx")
	if found != "" {
		t.Fatal(found)
	}
	block := blockOf(t, first)
	sheet, cell := b.file.GetSheetName(0), sheets.Address(block.Row+1, block.Col+2)
	must(t, b.file.SetCellFormula(sheet, cell, "1+1"))
	output, found := deliveries(t, b, b.bytes(t), ".xlsx")
	if found != "" {
		t.Fatal(found)
	}
	if formula, err := reopen(t, output).GetCellFormula(sheet, cell); err != nil || formula != "1+1" {
		t.Errorf("the cell holds %q, %v", formula, err)
	}
	if got := blockOf(t, output); got.Col != block.Col+4 {
		t.Errorf("the block stands in %+v, was in %+v", got, block)
	}
}

// TestTheBlockStaysWhereItWas holds that what the user wrote below or beside the
// block does not move it: formulas of the user's may point to it.
func TestTheBlockStaysWhereItWas(t *testing.T) {
	b := wide(t, exampleData())
	once, _ := deliveries(t, b, b.bytes(t), ".xlsx")
	block := blockOf(t, once)
	sheet := b.file.GetSheetName(0)
	below, beside := sheets.Address(block.LastRow+2, block.Col), sheets.Address(block.Row, block.LastCol+2)
	input := edited(t, once, func(f *excelize.File) {
		must(t, f.SetCellFormula(sheet, below, "AVERAGE(A1:A2)"))
		must(t, f.SetCellStr(sheet, beside, "mine"))
	})
	twice, found := deliveries(t, b, input, ".xlsx")
	if got := blockOf(t, twice); found != "" || got != block {
		t.Errorf("%s the block stands in %+v, was in %+v", found, got, block)
	}
	f := reopen(t, twice)
	formula, _ := f.GetCellFormula(sheet, below)
	if text, _ := f.GetCellValue(sheet, beside); formula != "AVERAGE(A1:A2)" || text != "mine" {
		t.Errorf("below stands %q, beside %q", formula, text)
	}
}

// TestRowsBetweenCustomersStay holds that what the user wrote into the block in
// a row that has no customer, such as a subtotal, is not taken away with it.
func TestRowsBetweenCustomersStay(t *testing.T) {
	d := exampleData()
	b := wide(t, d)
	const between = 7
	sheet := b.file.GetSheetName(0)
	must(t, b.file.InsertRows(sheet, between, 1))
	for i, row := range d.Customers.Place.Rows {
		if row >= between {
			d.Customers.Place.Rows[i]++
		}
	}
	once, found := deliveries(t, b, b.bytes(t), ".xlsx")
	if found != "" {
		t.Fatal(found)
	}
	block := blockOf(t, once)
	mine, text := sheets.Address(between, block.Col), sheets.Address(between, block.Col+2)
	input := edited(t, once, func(f *excelize.File) {
		must(t, f.SetCellFormula(sheet, mine, "AVERAGE(A1:A2)"))
		must(t, f.SetCellStr(sheet, text, "subtotal"))
	})
	twice, found := deliveries(t, b, input, ".xlsx")
	if found != "" {
		t.Fatal(found)
	}
	f := reopen(t, twice)
	formula, _ := f.GetCellFormula(sheet, mine)
	if got, _ := f.GetCellValue(sheet, text); formula != "AVERAGE(A1:A2)" || got != "subtotal" {
		t.Errorf("the row between holds %q and %q", formula, got)
	}
	if old, _ := f.GetCellFormula(sheet, sheets.Address(between-1, block.Col)); old != "" && blockOf(t, twice) != block {
		t.Errorf("the earlier block is still there: %s", old)
	}
}

// TestColumnsInsertedIntoTheBlock holds that a column which the user inserted
// between ours is not taken away with them.
func TestColumnsInsertedIntoTheBlock(t *testing.T) {
	b := wide(t, exampleData())
	once, _ := deliveries(t, b, b.bytes(t), ".xlsx")
	at, err := openArchive(once)
	must(t, err)
	wider := once
	for _, n := range at.main.Names {
		if n.Name == blockName {
			sheet, first, last, _ := target(n.Text)
			area, _ := sheetxml.ParseArea(first + ":" + last)
			area.LastCol++
			wider = change(t, once, workbookPart, escaped(n.Text), escaped(sheets.Area(area).On(sheet)))
		}
	}
	_, found := deliveries(t, b, wider, ".xlsx")
	if found != "annotate-copied annotate.reason."+reasonOccupied {
		t.Errorf("found %q", found)
	}
}

// TestNamesOfTheUserStay holds that a second run takes only our own names away:
// one that begins like ours and leads to a sheet of the user's stays, and so
// does a sheet that the user copied from one of ours, with the names that
// belong to the copy.
func TestNamesOfTheUserStay(t *testing.T) {
	b := wide(t, exampleData())
	input := edited(t, b.bytes(t), func(f *excelize.File) {
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: "vb_rate", RefersTo: f.GetSheetName(0) + "!$A$1"}))
	})
	once, found := deliveries(t, b, input, ".xlsx")
	if found != "" || !strings.Contains(read(t, once, workbookPart), `"vb_rate"`) {
		t.Fatalf("the user's name is gone: %s", found)
	}

	copied := edited(t, once, func(f *excelize.File) {
		_, err := f.NewSheet("Kept")
		must(t, err)
		must(t, f.SetCellStr("Kept", "A1", "as it was"))
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: sheetName + "1", RefersTo: "Kept!$A$1", Scope: "Kept"}))
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: "vb_delta", RefersTo: "Kept!$B$2", Scope: "Kept"}))
	})
	twice, found := deliveries(t, b, copied, ".xlsx")
	if found != "" {
		t.Fatalf("the second run: %s", found)
	}
	f := reopen(t, twice)
	if text, err := f.GetCellValue("Kept", "A1"); err != nil || text != "as it was" {
		t.Errorf("the copy holds %q, %v", text, err)
	}
	kept := 0
	for _, n := range f.GetDefinedName() {
		if n.Scope == "Kept" || n.Name == "vb_rate" {
			kept++
		}
	}
	if kept != 3 {
		t.Errorf("%d of 3 names of the user's are left: %+v", kept, f.GetDefinedName())
	}
}
