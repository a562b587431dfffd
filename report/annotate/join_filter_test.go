package annotate

import (
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/analysis"
	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
)

// filteredBook is the example with a filter over all of the user's data.
func filteredBook(t testing.TB) (*book, sheets.Area) {
	t.Helper()
	b := wide(t, exampleData())
	area := sheets.Area{Row: 3, Col: 1, LastRow: 3 + b.data.Customers.Len(), LastCol: b.data.Receipt.Tables[0].LastCol}
	must(t, b.file.AutoFilter(b.file.GetSheetName(0), area.String(), nil))
	return b, area
}

// filterOf returns the range of the filter of an annotated workbook's first
// sheet, and what its name leads to.
func filterOf(t testing.TB, data []byte) (area sheetxml.Area, name string) {
	t.Helper()
	f, err := sheetxml.SheetFilter([]byte(read(t, data, "xl/worksheets/sheet1.xml")))
	must(t, err)
	at, err := openArchive(data)
	must(t, err)
	for _, n := range at.main.Names {
		if at.isFilterName(n, at.main.Sheets[0].Name) {
			name = n.Text
		}
	}
	return f.Area, name
}

// TestFiltersReachOverTheBlock holds that a filter over the user's data takes the
// block along, with its hidden name; that a second run leaves the same; and that
// nothing of it is left when the block goes.
func TestFiltersReachOverTheBlock(t *testing.T) {
	b, area := filteredBook(t)
	input := b.bytes(t)
	for name, annotate := range map[string]func(input []byte) []byte{
		"whole": func(input []byte) []byte {
			out, found := deliveries(t, b, input, ".xlsx")
			if found != "" {
				t.Fatal(found)
			}
			return out
		},
		"bit by bit": func(input []byte) []byte { return inPieces(t, b, input) },
	} {
		t.Run(name, func(t *testing.T) {
			once := annotate(input)
			block := blockOf(t, once)
			want := sheetxml.Area(area)
			want.LastCol = block.LastCol
			got, name := filterOf(t, once)
			if block.Col != area.LastCol+1 || got != want || name != sheets.Area(want).On(b.file.GetSheetName(0)) {
				t.Fatalf("block in %+v, filter in %+v, its name leads to %s", block, got, name)
			}
			if twice, again := filterOf(t, annotate(once)); twice != want || again != name {
				t.Errorf("the second run makes %+v, %s", twice, again)
			}
			clean, err := withoutEarlier(once)
			must(t, err)
			for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/workbook.xml"} {
				if got, want := read(t, clean, part), read(t, input, part); len(filterless(got)) == 0 || filterless(got) != filterless(want) {
					t.Errorf("taken out again %s is\n%s\nwas\n%s", part, got, want)
				}
			}
		})
	}
}

// filterless returns what a part says of filters.
func filterless(part string) string {
	_, rest, _ := strings.Cut(part, "ilter")
	rest, _, _ = strings.Cut(rest, ">")
	return rest
}

// TestFiltersThatStay holds that a filter which does not cover the data, or with
// something right of it, stays as it is.
func TestFiltersThatStay(t *testing.T) {
	for name, change := range map[string]func(f *excelize.File, sheet string, area sheets.Area){
		"something beside": func(f *excelize.File, sheet string, area sheets.Area) {
			must(t, f.SetCellStr(sheet, address(area.LastCol+2, 5), "mine"))
		},
		"fewer rows": func(f *excelize.File, sheet string, area sheets.Area) {
			area.LastRow--
			must(t, f.AutoFilter(sheet, area.String(), nil))
		},
		"other headers": func(f *excelize.File, sheet string, area sheets.Area) {
			area.Row--
			must(t, f.AutoFilter(sheet, area.String(), nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, area := filteredBook(t)
			change(b.file, b.file.GetSheetName(0), area)
			input := b.bytes(t)
			once, found := deliveries(t, b, input, ".xlsx")
			was, nameWas := filterOf(t, input)
			is, nameIs := filterOf(t, once)
			if found != "" || was != is || nameWas != nameIs || blockOf(t, once).Col < area.LastCol+2 {
				t.Errorf("%s: the filter covers %+v, was %+v; the block stands in %+v", found, is, was, blockOf(t, once))
			}
		})
	}
}

// TestFilteredByOurColumn holds that rows which the user filters by a column of
// ours stay filtered by it.
func TestFilteredByOurColumn(t *testing.T) {
	b, area := filteredBook(t)
	once := annotated(t, b, analysis.DefaultOptions())
	block := blockOf(t, once)
	ref, criterion := sheets.Area{Row: area.Row, Col: 1, LastRow: area.LastRow, LastCol: block.LastCol}.String(), strconv.Itoa(block.Col)
	chosen := change(t, once, "xl/worksheets/sheet1.xml", `<autoFilter ref="`+ref+`"></autoFilter>`, `<autoFilter ref="`+ref+`"><filterColumn colId="`+criterion+`"><filters><filter val="x"/></filters></filterColumn></autoFilter>`)
	twice, found := deliveries(t, b, chosen, ".xlsx")
	got, _ := filterOf(t, twice)
	if found != "" || blockOf(t, twice) != block || got.LastCol != block.LastCol || !strings.Contains(read(t, twice, "xl/worksheets/sheet1.xml"), `colId="`+criterion+`"`) {
		t.Errorf("%s: the block stands in %+v, was %+v; the filter covers %+v", found, blockOf(t, twice), block, got)
	}
}

// TestGateSeesFilters holds that a filter, or a name of it, which ends elsewhere
// is seen.
func TestGateSeesFilters(t *testing.T) {
	b, area := filteredBook(t)
	input := b.bytes(t)
	j, made := joined(t, b, input)
	must(t, j.sameFilter(packed(t, made)))
	last := sheets.Address(area.LastRow, blockOf(t, made).LastCol)
	for part, text := range map[string][2]string{
		"xl/worksheets/sheet1.xml": {`<autoFilter ref="A3:` + last, `<autoFilter ref="A3:` + sheets.Address(area.LastRow, area.LastCol)},
		"xl/workbook.xml":          {sheets.Fixed(area.LastRow, blockOf(t, made).LastCol) + `</definedName>`, sheets.Fixed(area.LastRow, area.LastCol) + `</definedName>`},
	} {
		if err := j.sameFilter(packed(t, changeRaw(t, made, part, text[0], text[1]))); err == nil {
			t.Errorf("%s: not seen", part)
		}
	}
}

// joined puts the results of a book into its workbook, and returns what did so.
func joined(t testing.TB, b *book, input []byte) (*joiner, []byte) {
	t.Helper()
	f, err := openBook(input)
	must(t, err)
	defer f.Close()
	pic, err := photograph(f)
	must(t, err)
	pic.bytes = input
	r := b.report(analysis.DefaultOptions())
	plan, ok := pic.filtered(r, writer(t), space(r, pic), "", sheetxml.Area{})
	if !ok {
		t.Fatal("the filter does not cover the data")
	}
	applied, err := skeleton(plan, defaultFont(f))
	must(t, err)
	to, err := openArchive(input)
	must(t, err)
	from, err := openArchive(applied)
	must(t, err)
	j := newJoiner(from, to, plan)
	must(t, j.make())
	made, err := join(input, applied, plan)
	must(t, err)
	return j, made
}

func packed(t testing.TB, data []byte) *parts.Package {
	t.Helper()
	p, err := parts.Open(data)
	must(t, err)
	return p
}
