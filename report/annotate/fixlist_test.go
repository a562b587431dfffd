package annotate

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
	"valuebook/report/workbook/parts"
)

// coloured is a workbook with looks and notes of the user's: B2 has a fill, a
// format and borders, B3 a note, B4 nothing of its own, D9 is not there.
func coloured(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	format := "0.00"
	look, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFF00"}}, CustomNumFmt: &format,
		Font: &excelize.Font{Bold: true}, Border: []excelize.Border{{Type: "left", Style: 2, Color: "FF0000"}}})
	must(t, err)
	for address, value := range map[string]any{"A1": "Customer", "B1": "Benefit: Service [1-10]", "A2": "Ada", "B2": 12.5, "A3": "Bo", "B3": "four", "A4": "Cy", "B4": 99} {
		must(t, f.SetCellValue("Sheet1", address, value))
	}
	must(t, f.SetCellStyle("Sheet1", "B2", "B2", look))
	must(t, f.AddComment("Sheet1", excelize.Comment{Author: "Ann", Cell: "B3", Paragraph: []excelize.RichTextRun{{Text: "ask Bo"}}}))
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

// found is a finding of the kind that the reading reports.
func found(severity dataset.Severity, row, col int, rows ...int) dataset.Finding {
	return dataset.Finding{Code: "rating-out-of-range", Severity: severity, Ref: dataset.Ref{File: "book.xlsx", Sheet: "Sheet1", Row: row, Col: col},
		Got: "12.5", Args: []dataset.Quantity{dataset.Str("Service"), dataset.Num(1, dataset.Rating), dataset.Num(10, dataset.Rating)}, Rows: rows, Count: len(rows)}
}

func problemsOf(findings ...dataset.Finding) *dataset.Dataset {
	return &dataset.Dataset{Receipt: dataset.Receipt{File: "book.xlsx", Format: "xlsx"}, Findings: findings}
}

func fixed(t testing.TB, input []byte, d *dataset.Dataset) *excelize.File {
	t.Helper()
	output, findings, err := FixList(input, ".xlsx", d, writer(t))
	must(t, err)
	if len(findings) > 0 {
		t.Fatalf("not in the user's own workbook: %v", findings)
	}
	f, err := excelize.OpenReader(bytes.NewReader(output))
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func fillOf(t testing.TB, f *excelize.File, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle("Sheet1", cell)
	must(t, err)
	style, err := f.GetStyle(id)
	must(t, err)
	return strings.Join(style.Fill.Color, " ")
}

func noteOf(t testing.TB, f *excelize.File, cell string) (author, text string) {
	t.Helper()
	comments, err := f.GetComments("Sheet1")
	must(t, err)
	for _, c := range comments {
		if c.Cell == cell {
			for _, run := range c.Paragraph {
				text += run.Text
			}
			return c.Author, text + c.Text
		}
	}
	return "", ""
}

func TestFixListMarksEveryProblem(t *testing.T) {
	f := fixed(t, coloured(t), problemsOf(found(dataset.Error, 2, 2), found(dataset.Error, 3, 2), found(dataset.Warning, 4, 2), found(dataset.Warning, 9, 4), found(dataset.Note, 1, 1)))
	for cell, base := range map[string]string{"B2": "F", "B3": "F", "B4": "F", "D9": "F", "A1": ""} {
		if got := fillOf(t, f, cell); (got == "") != (base == "") || got == "FFFF00" {
			t.Errorf("%s has the fill %q", cell, got)
		}
	}
	if grave, doubtful := fillOf(t, f, "B2"), fillOf(t, f, "B4"); grave[2:4] == doubtful[2:4] {
		t.Errorf("an error and a warning look alike: %s, %s", grave, doubtful)
	}
	id, _ := f.GetCellStyle("Sheet1", "B2")
	style, err := f.GetStyle(id)
	must(t, err)
	if style.CustomNumFmt == nil || *style.CustomNumFmt != "0.00" || !style.Font.Bold || len(style.Border) != 1 || style.Border[0].Type != "left" {
		t.Errorf("format, font or borders of B2 are gone: %+v", style)
	}
	for cell, want := range map[string]string{"B2": "outside its scale", "B4": "Correct the rating", "D9": "Service"} {
		if author, text := noteOf(t, f, cell); author != fixAuthor || !strings.Contains(text, want) {
			t.Errorf("note at %s of %q: %q, want %q in it", cell, author, text, want)
		}
	}
	if author, text := noteOf(t, f, "B3"); author != "Ann" || text != "ask Bo" {
		t.Errorf("the user's note is now %q of %q", text, author)
	}
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Sheet1", "Problems"}) {
		t.Errorf("sheets are %q", got)
	}
	for row := 9; row <= 13; row++ {
		ok, target, err := f.GetCellHyperLink("Problems", "B"+strconv.Itoa(row))
		if err != nil || !ok || !strings.HasPrefix(target, "Sheet1!") {
			t.Errorf("row %d leads to %q, %v, %v", row, target, ok, err)
		}
	}
}

// TestMendedProblemsDisappear holds that the marks of an earlier run go without
// a trace: the user's parts are byte for byte what they were, with the mended
// value.
func TestMendedProblemsDisappear(t *testing.T) {
	input := coloured(t)
	d := problemsOf(found(dataset.Error, 2, 2), found(dataset.Error, 3, 2), found(dataset.Warning, 4, 2), found(dataset.Warning, 9, 4), found(dataset.Warning, 4, 7))
	marked, _, err := FixList(input, ".xlsx", d, writer(t))
	must(t, err)
	again, _, err := FixList(marked, ".xlsx", d, writer(t))
	must(t, err)
	for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/styles.xml", "xl/workbook.xml"} {
		if was, is := read(t, marked, part), read(t, again, part); was != is && part != "xl/workbook.xml" {
			t.Errorf("a second run changes %s:\n%s\n%s", part, was, is)
		}
	}
	mended := change(t, again, "xl/worksheets/sheet1.xml", "<v>12.5</v>", "<v>7</v>")
	clean, _, err := FixList(mended, ".xlsx", problemsOf(), writer(t))
	must(t, err)
	want := change(t, input, "xl/worksheets/sheet1.xml", "<v>12.5</v>", "<v>7</v>")
	before, err := parts.Open(want)
	must(t, err)
	after, err := parts.Open(clean)
	must(t, err)
	if was, is := before.Names(), after.Names(); !slices.Equal(slices.Sorted(slices.Values(was)), slices.Sorted(slices.Values(is))) {
		t.Errorf("parts are %q, want %q", is, was)
	}
	for _, part := range before.Names() {
		was, is := read(t, want, part), read(t, clean, part)
		switch {
		case part == "xl/styles.xml": // styles that nobody uses stay
		case part == "xl/worksheets/sheet1.xml": // what says which cells are used may be wider
			was, is = was[strings.Index(was, "<sheetData"):], is[strings.Index(is, "<sheetData"):]
			fallthrough
		default:
			if was != is {
				t.Errorf("%s is\n%s\nwant\n%s", part, is, was)
			}
		}
	}
}

// TestMarksFindBack holds that marks are taken off cells that moved, in a
// workbook whose styles another program numbered anew.
func TestMarksFindBack(t *testing.T) {
	marked, _, err := FixList(coloured(t), ".xlsx", problemsOf(found(dataset.Error, 2, 2), found(dataset.Warning, 4, 2)), writer(t))
	must(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(marked))
	must(t, err)
	must(t, f.InsertRows("Sheet1", 2, 3)) // B2 is B5 now
	var out bytes.Buffer
	must(t, f.Write(&out))
	moved := out.Bytes()
	styles := read(t, moved, "xl/styles.xml") // the first style is doubled: all numbers change
	open := strings.Index(styles, "<cellXfs")
	at := open + strings.Index(styles[open:], "<xf")
	end := at + strings.Index(styles[at:], "</xf>") + len("</xf>")
	moved = rezip(t, moved, map[string][]byte{"xl/styles.xml": []byte(styles[:at] + styles[at:end] + styles[at:])})
	sheet := read(t, moved, "xl/worksheets/sheet1.xml")
	for n := 9; n > 0; n-- {
		sheet = strings.ReplaceAll(sheet, ` s="`+strconv.Itoa(n)+`"`, ` s="`+strconv.Itoa(n+1)+`"`)
	}
	moved = rezip(t, moved, map[string][]byte{"xl/worksheets/sheet1.xml": []byte(sheet)})
	after := fixed(t, moved, problemsOf())
	for cell, want := range map[string]string{"B5": "FFFF00", "B7": "", "B2": ""} {
		if got := fillOf(t, after, cell); got != want {
			t.Errorf("%s has the fill %q, want %q", cell, got, want)
		}
	}
	id, _ := after.GetCellStyle("Sheet1", "B5")
	if style, err := after.GetStyle(id); err != nil || style.CustomNumFmt == nil || !style.Font.Bold {
		t.Errorf("B5 lost its format: %+v, %v", style, err)
	}
	for _, cell := range []string{"B2", "B4", "B5", "B7"} {
		if author, text := noteOf(t, after, cell); author != "" {
			t.Errorf("a note stays at %s: %q %q", cell, author, text)
		}
	}
}

// TestNotesWithoutAuthors holds that notes are known by their text in a workbook
// that a program saved without their authors.
func TestNotesWithoutAuthors(t *testing.T) {
	marked, _, err := FixList(coloured(t), ".xlsx", problemsOf(found(dataset.Error, 2, 2)), writer(t))
	must(t, err)
	saved := change(t, marked, "xl/comments1.xml", "<author>"+fixAuthor+"</author>", "<author> </author>")
	f := fixed(t, saved, problemsOf())
	if comments, err := f.GetComments("Sheet1"); err != nil || len(comments) != 1 || comments[0].Author != "Ann" {
		t.Errorf("notes are %+v, %v; want the user's alone", comments, err)
	}
}

// TestOneNoteForAColumn holds that a cause which many cells of a column have is
// noted once, at the header, and every cell is filled.
func TestOneNoteForAColumn(t *testing.T) {
	d := problemsOf(found(dataset.Error, 0, 2, 2, 3, 4))
	d.Receipt.Tables = []dataset.Table{{Sheet: "Sheet1", HeaderRows: []int{1}, FirstRow: 1, LastRow: 4, FirstCol: 1, LastCol: 2}}
	f := fixed(t, coloured(t), d)
	comments, err := f.GetComments("Sheet1")
	must(t, err)
	if len(comments) != 2 || comments[1].Cell != "B1" {
		t.Errorf("notes are %+v, want the user's and one at B1", comments)
	}
	for _, cell := range []string{"B1", "B2", "B3", "B4"} {
		if got := fillOf(t, f, cell); got == "" || got == "FFFF00" {
			t.Errorf("%s has the fill %q", cell, got)
		}
	}
}

// TestColoursSayTheirNumber holds that every number comes back from its colour,
// and that errors and warnings never share one.
func TestColoursSayTheirNumber(t *testing.T) {
	seen := map[string]bool{}
	for n := range mostFormers {
		for _, grave := range []bool{true, false} {
			c := colour(grave, n)
			if got, ok := numberOf(c); !ok || got != n || seen[c] {
				t.Fatalf("number %d has the colour %s, which says %d", n, c, got)
			}
			seen[c] = true
		}
	}
	if _, ok := numberOf("FFFFFF00"); ok {
		t.Error("yellow is taken for a mark")
	}
}

func FuzzFormers(f *testing.F) {
	f.Add(`<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/></patternFill></fill>`, 12, true)
	f.Add(strings.Repeat(`"`, 600), 0, false)
	f.Fuzz(func(t *testing.T, fill string, style int, given bool) {
		was := former{given: given, style: style, fill: fill}
		if is, ok := formerOf(unquoted(quoted(was.text()))); !ok || is != was {
			t.Errorf("%+v came back as %+v, %v", was, is, ok)
		}
	})
}

// TestMarksBesideTheUsersColour holds that a fill of the user's in one of the
// colours of marks is not taken for a mark.
func TestMarksBesideTheUsersColour(t *testing.T) {
	f := excelize.NewFile()
	look, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour(true, 0)[2:]}}})
	must(t, err)
	must(t, f.SetCellValue("Sheet1", "A1", 12))
	must(t, f.SetCellStyle("Sheet1", "A2", "A2", look))
	var out bytes.Buffer
	must(t, f.Write(&out))
	marked, _, err := FixList(out.Bytes(), ".xlsx", problemsOf(found(dataset.Error, 1, 1)), writer(t))
	must(t, err)
	clean := fixed(t, marked, problemsOf())
	if got := fillOf(t, clean, "A2"); got != colour(true, 0)[2:] {
		t.Errorf("the user's fill is %q now", got)
	}
	if got := fillOf(t, clean, "A1"); got != "" {
		t.Errorf("the mark stays: %q", got)
	}
}
