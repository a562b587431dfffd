package annotate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// tabled is the example in a native table, with totals below or not.
func tabled(t testing.TB, totals bool) (*book, []byte) {
	t.Helper()
	b := wide(t, exampleData())
	sheet, n := b.file.GetSheetName(0), b.data.Customers.Len()
	last := b.data.Receipt.Tables[0].LastCol
	must(t, b.file.SetCellStr(sheet, address(last, 3), "VALUE "))
	area := sheets.Area{Row: 3, Col: 1, LastRow: 3 + n, LastCol: last}
	must(t, b.file.AddTable(sheet, &excelize.Table{Range: area.String(), Name: "Customers", StyleName: "TableStyleMedium2"}))
	if !totals {
		return b, b.bytes(t)
	}
	must(t, b.file.SetCellStr(sheet, address(1, 4+n), "Total"))
	filter := area.String()
	area.LastRow++
	input := change(t, b.bytes(t), "xl/tables/table1.xml", `ref="`+filter+`"`, `ref="`+area.String()+`" totalsRowCount="1"`)
	return b, input
}

// tableOf returns the first native table of a sheet of an annotated workbook.
func tableOf(t testing.TB, data []byte) table {
	t.Helper()
	at, err := openArchive(data)
	must(t, err)
	list, err := tablesOf(at.pack, at.part(at.main.Sheets[0].Name))
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d tables", len(list))
	}
	return list[0]
}

// TestTablesGoOn holds that a native table around the user's data reaches over
// the block, so that sorting takes it along, with or without totals; and that a
// second run leaves the same table.
func TestTablesGoOn(t *testing.T) {
	for _, totals := range []bool{false, true} {
		t.Run(fmt.Sprintf("totals %v", totals), func(t *testing.T) {
			b, input := tabled(t, totals)
			before := tableOf(t, input)
			once, found := deliveries(t, b, input, ".xlsx")
			if found != "" {
				t.Fatal(found)
			}
			after, block := tableOf(t, once), blockOf(t, once)
			must(t, after.whole())
			if block.Col != before.area.LastCol+1 || after.area.LastCol != block.LastCol || after.area.LastRow != before.area.LastRow {
				t.Fatalf("block in %+v, table %s, was %s", block, after.ref, before.ref)
			}
			headers, err := reopen(t, once).GetRows(b.file.GetSheetName(0))
			must(t, err)
			if names := after.columnNames(); !slices.Equal(names, headers[2][:len(names)]) || !slices.Contains(names, "Value (2)") {
				t.Errorf("columns %q\nheaders %q", names, headers[2])
			}
			twice, found := deliveries(t, b, once, ".xlsx")
			if found != "" || read(t, twice, "xl/tables/table1.xml") != read(t, once, "xl/tables/table1.xml") {
				t.Errorf("%s the second run makes %s", found, read(t, twice, "xl/tables/table1.xml"))
			}
			clean, err := withoutEarlier(once)
			must(t, err)
			if got := read(t, clean, "xl/tables/table1.xml"); got != read(t, input, "xl/tables/table1.xml") {
				t.Errorf("taken out again: %s", got)
			}
		})
	}
}

// TestTablesWithSomethingBeside holds that a table stays as it is where the
// block finds no room right of it; the block then leaves a gap to everything.
func TestTablesWithSomethingBeside(t *testing.T) {
	b, _ := tabled(t, false)
	sheet, last := b.file.GetSheetName(0), b.data.Receipt.Tables[0].LastCol
	must(t, b.file.SetCellStr(sheet, address(last+3, 6), "mine"))
	input := b.bytes(t)
	once, found := deliveries(t, b, input, ".xlsx")
	if found != "" {
		t.Fatal(found)
	}
	if got := blockOf(t, once); got.Col != last+5 || read(t, once, "xl/tables/table1.xml") != read(t, input, "xl/tables/table1.xml") {
		t.Errorf("block in %+v beside %d", got, last)
	}
}

// TestTitleAboveTable holds that a title in the row above the headers does not
// keep the table from going on.
func TestTitleAboveTable(t *testing.T) {
	b, _ := tabled(t, false)
	sheet, last := b.file.GetSheetName(0), b.data.Receipt.Tables[0].LastCol
	must(t, b.file.MergeCell(sheet, "A2", address(last+3, 2)))
	once, found := deliveries(t, b, b.bytes(t), ".xlsx")
	if got := blockOf(t, once); found != "" || got.Row != 3 || got.Col != last+1 {
		t.Errorf("%s block in %+v beside %d", found, got, last)
	}
}

// TestColumnsBehindOurs holds that columns which the user added to the table
// behind ours stay, with ours in their place.
func TestColumnsBehindOurs(t *testing.T) {
	b, input := tabled(t, false)
	once, _ := deliveries(t, b, input, ".xlsx")
	block := blockOf(t, once)
	table := tableOf(t, once)
	edits, err := table.extended(sheetxml.Area{Row: table.area.Row, Col: block.LastCol + 1, LastRow: table.area.LastRow, LastCol: block.LastCol + 1}, []string{"My note"})
	must(t, err)
	data, err := sheetxml.Apply(table.data, edits)
	must(t, err)
	more := rezip(t, edited(t, once, func(f *excelize.File) {
		must(t, f.SetCellStr(b.file.GetSheetName(0), address(block.LastCol+1, 3), "My note"))
		must(t, f.SetCellStr(b.file.GetSheetName(0), address(block.LastCol+1, 5), "call them"))
	}), map[string][]byte{"xl/tables/table1.xml": data})
	twice, found := deliveries(t, b, more, ".xlsx")
	if found != "" || blockOf(t, twice) != block {
		t.Fatalf("%s block in %+v, was %+v", found, blockOf(t, twice), block)
	}
	after := tableOf(t, twice)
	if must(t, after.whole()); after.columnNames()[len(after.columns)-1] != "My note" {
		t.Errorf("columns %q", after.columnNames())
	}
	if note, _ := reopen(t, twice).GetCellValue(b.file.GetSheetName(0), address(block.LastCol+1, 5)); note != "call them" {
		t.Errorf("the note is %q", note)
	}
}

// TestTablesOfQueriesStay holds that a table that a query fills is left alone.
func TestTablesOfQueriesStay(t *testing.T) {
	b, input := tabled(t, false)
	input = change(t, input, "xl/tables/table1.xml", ` name="Customers"`, ` tableType="queryTable" name="Customers"`)
	once, found := deliveries(t, b, input, ".xlsx")
	if found != "" || read(t, once, "xl/tables/table1.xml") != read(t, input, "xl/tables/table1.xml") {
		t.Errorf("%s the table is %s", found, read(t, once, "xl/tables/table1.xml"))
	}
}

// TestGateFindsBrokenTables breaks a table in each way that programs repair.
func TestGateFindsBrokenTables(t *testing.T) {
	_, input := tabled(t, false)
	good := tableOf(t, input)
	must(t, good.whole())
	for name, c := range map[string][2]string{
		"count": {`<tableColumns count="`, `<tableColumns count="9`}, "name twice": {`name="VALUE "`, `name="Customer"`},
		"identifier twice": {`id="2" name=`, `id="1" name=`}, "filter": {`<autoFilter ref="A3`, `<autoFilter ref="A4`},
	} {
		text := string(good.data)
		if name == "name twice" {
			c[1] = `name="` + strings.ToUpper(good.columnNames()[0]) + ` "`
		}
		if !strings.Contains(text, c[0]) {
			t.Fatalf("%s: no %q in %s", name, c[0], text)
		}
		broken := rezip(t, input, map[string][]byte{"xl/tables/table1.xml": []byte(strings.Replace(text, c[0], c[1], 1))})
		pack, err := parts.Open(broken)
		must(t, err)
		table, err := readTable(pack, "xl/tables/table1.xml")
		if err == nil {
			err = table.whole()
		}
		if err == nil {
			t.Errorf("%s: not found", name)
		}
	}
}
