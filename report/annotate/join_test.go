package annotate

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/analysis"
	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
)

// rezip rewrites a package with parts replaced, added (when they are new) or,
// with nil, left out.
func rezip(t testing.TB, data []byte, replace map[string][]byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	done := map[string]bool{}
	put := func(name string, data []byte) {
		to, err := w.Create(name)
		must(t, err)
		_, err = to.Write(data)
		must(t, err)
	}
	for _, f := range r.File {
		done[f.Name] = true
		part, changed := replace[f.Name]
		if !changed {
			from, err := f.Open()
			must(t, err)
			part, err = io.ReadAll(from)
			must(t, err)
		}
		if part != nil {
			put(f.Name, part)
		}
	}
	for name, part := range replace {
		if !done[name] {
			put(name, part)
		}
	}
	must(t, w.Close())
	return out.Bytes()
}

func read(t testing.TB, data []byte, name string) string {
	t.Helper()
	p, err := parts.Open(data)
	must(t, err)
	part, err := p.Read(name)
	must(t, err)
	return string(part)
}

// change replaces a text in a part of a package.
func change(t testing.TB, data []byte, name, old, new string) []byte {
	t.Helper()
	part := read(t, data, name)
	if !strings.Contains(part, old) {
		t.Fatalf("%s has no %q:\n%s", name, old, part)
	}
	return rezip(t, data, map[string][]byte{name: []byte(strings.Replace(part, old, new, 1))})
}

// deliveries runs the annotation of an input with the example's results, and
// returns the codes and reasons of the findings about the delivery.
func deliveries(t testing.TB, b *book, input []byte, ext string) (output []byte, found string) {
	t.Helper()
	output, findings, err := Annotate(input, ext, b.report(analysis.DefaultOptions()), writer(t))
	must(t, err)
	for _, f := range findings {
		if f.Code == "annotate-rewritten" || f.Code == "annotate-apart" || f.Code == "annotate-copied" {
			found += f.Code + " " + f.Args[0].Text
			if text := writer(t).Term("finding." + f.Code + ".fix"); !strings.Contains(text, ".") {
				t.Errorf("no text for %s: %q", f.Code, text)
			}
			if text := writer(t).Term(f.Args[0].Text); strings.Contains(text, "annotate.reason") {
				t.Errorf("no text for %s", f.Args[0].Text)
			}
		}
	}
	return output, found
}

func TestTheUsersBytesStay(t *testing.T) {
	for name, b := range map[string]*book{"wide": wide(t, exampleData()), "long": long(t, exampleData())} {
		t.Run(name, func(t *testing.T) {
			input := b.bytes(t)
			output, found := deliveries(t, b, input, ".xlsx")
			if found != "" {
				t.Fatalf("not spliced: %s", found)
			}
			before, err := parts.Open(input)
			must(t, err)
			after, err := parts.Open(output)
			must(t, err)
			for _, part := range before.Names() {
				was, _, err1 := before.Raw(part)
				is, _, err2 := after.Raw(part)
				must(t, err1)
				must(t, err2)
				mayChange := strings.Contains(part, "workbook") || part == parts.TypesName || part == "xl/styles.xml" || part == "xl/worksheets/sheet1.xml"
				if !mayChange && !bytes.Equal(was, is) {
					t.Errorf("part %s changed", part)
				}
			}
			second, _ := deliveries(t, b, input, ".xlsx")
			if !bytes.Equal(output, second) {
				t.Error("the same input gave other bytes")
			}
		})
	}
}

// TestTakenOutAgain holds that removing what a run wrote leaves the user's
// parts and cells, and that a second run gives what the first one gave.
func TestTakenOutAgain(t *testing.T) {
	b := wide(t, exampleData())
	input := b.bytes(t)
	once, _ := deliveries(t, b, input, ".xlsx")
	clean, err := withoutEarlier(once)
	must(t, err)
	before, err := parts.Open(input)
	must(t, err)
	after, err := parts.Open(clean)
	must(t, err)
	if was, is := strings.Join(before.Names(), " "), strings.Join(after.Names(), " "); was != is {
		t.Errorf("parts are %s\nwant %s", is, was)
	}
	body := func(data []byte) string {
		sheet := read(t, data, "xl/worksheets/sheet1.xml")
		return sheet[strings.Index(sheet, "<sheetData>"):]
	}
	if body(input) != body(clean) {
		t.Errorf("sheet is %s\nwant %s", body(clean), body(input))
	}
	twice, found := deliveries(t, b, once, ".xlsx")
	if found != "" {
		t.Fatalf("the second run: %s", found)
	}
	for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/styles.xml"} {
		if read(t, once, part) != read(t, twice, part) {
			t.Errorf("part %s differs after the second run", part)
		}
	}
}

func TestWorkbooksThatStayAlone(t *testing.T) {
	b := wide(t, exampleData())
	input := b.bytes(t)
	const signature = `<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>`
	sheet := read(t, input, "xl/worksheets/sheet1.xml")
	for name, test := range map[string]struct {
		input []byte
		want  string
	}{
		"signed":         {change(t, input, "_rels/.rels", "</Relationships>", signature), "signed"},
		"strict":         {change(t, input, "xl/workbook.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"), "form"},
		"encrypted":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage"), "form"},
		"cut off":        {input[:len(input)/2], "form"},
		"sheet cut off":  {rezip(t, input, map[string][]byte{"xl/worksheets/sheet1.xml": []byte(sheet[:len(sheet)/2])}), "form"},
		"sheet missing":  {rezip(t, input, map[string][]byte{"xl/worksheets/sheet1.xml": nil}), "form"},
		"entities":       {change(t, input, "xl/worksheets/sheet1.xml", "<worksheet", `<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet`), "form"},
		"beyond the end": {change(t, input, "xl/worksheets/sheet1.xml", "</sheetData>", `<row r="2000000000"/></sheetData>`), "form"},
	} {
		t.Run(name, func(t *testing.T) {
			output, found := deliveries(t, b, test.input, ".xlsm")
			switch found {
			case "annotate-copied annotate.reason." + test.want:
				standsOnACopy(t, output, input, name != "sheet cut off")
			case "annotate-apart annotate.reason." + test.want:
				if name != "encrypted" && name != "cut off" && name != "sheet missing" && name != "entities" {
					t.Errorf("the data were not copied")
				}
				standsAlone(t, output)
			default:
				t.Fatalf("got %q", found)
			}
		})
	}
}

// standsOnACopy holds that a new workbook has the data as they were read, our
// sheets behind them, formulas that live, and the kind of its ending.
func standsOnACopy(t *testing.T, output, original []byte, whole bool) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(output))
	must(t, err)
	defer f.Close()
	if types := read(t, output, parts.TypesName); !strings.Contains(types, "macroEnabled") {
		t.Error("the workbook is not of the kind that its ending says")
	}
	names := f.GetSheetList()
	if len(names) < 3 {
		t.Fatalf("sheets are %q", names)
	}
	live := 0
	rows, err := f.GetRows(names[0])
	must(t, err)
	for r, row := range rows {
		for c := range row {
			if formula, err := f.GetCellFormula(names[0], address(c+1, r+1)); err == nil && formula != "" {
				live++
			}
		}
	}
	if live == 0 {
		t.Error("no formula lives beside the copy")
	}
	if !whole {
		return // some rows are not in the file
	}
	before, err := excelize.OpenReader(bytes.NewReader(original))
	must(t, err)
	defer before.Close()
	want, err := before.GetRows(names[0])
	must(t, err)
	for r, row := range want {
		for c, text := range row {
			if r >= len(rows) || c >= len(rows[r]) || rows[r][c] != text {
				t.Fatalf("the copy lacks %q at %s", text, address(c+1, r+1))
			}
		}
	}
}

// standsAlone holds that a workbook has our sheets with values, no formulas,
// and the kind of its ending.
func standsAlone(t *testing.T, output []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(output))
	must(t, err)
	defer f.Close()
	filled := 0
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		must(t, err)
		for r, row := range rows {
			for c, text := range row {
				filled += len(text)
				if formula, err := f.GetCellFormula(name, address(c+1, r+1)); err != nil || formula != "" {
					t.Fatalf("%s!%s holds the formula %q", name, address(c+1, r+1), formula)
				}
			}
		}
	}
	if filled < 1000 {
		t.Errorf("only %d characters in %q", filled, f.GetSheetList())
	}
	if !strings.Contains(read(t, output, parts.TypesName), "sheet.macroEnabled.main+xml") {
		t.Error("a workbook with macros is announced, not made")
	}
}

func TestTemplatesBecomeWorkbooks(t *testing.T) {
	b := wide(t, exampleData())
	input := change(t, b.bytes(t), parts.TypesName, "spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
	output, found := deliveries(t, b, input, ".xltx")
	if found != "" || strings.Contains(read(t, output, parts.TypesName), "template") {
		t.Errorf("%s %s", found, read(t, output, parts.TypesName))
	}
}

// sampleJoin joins the sample plan to a workbook.
func sampleJoin(t testing.TB, input []byte) (made, applied []byte, plan Plan) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(input))
	must(t, err)
	defer f.Close()
	pic, err := photograph(f)
	must(t, err)
	pic.bytes = input
	plan = samplePlan(pic)
	applied, err = skeleton(plan, defaultFont(f))
	must(t, err)
	made, err = join(input, applied, plan)
	must(t, err)
	return made, applied, plan
}

// TestGateSeesDamage changes what was made and holds that the gate sees it.
func TestGateSeesDamage(t *testing.T) {
	b := wide(t, exampleData())
	_, err := b.file.NewSheet("Other")
	must(t, err)
	must(t, b.file.SetCellStr("Other", "A1", "keep"))
	input := b.bytes(t)
	made, applied, plan := sampleJoin(t, input)
	again := func() *joiner {
		j := &joiner{plan: plan, changed: map[string]revision{}, names: map[string]string{}, taken: map[string]bool{}, dropped: map[string]bool{}}
		j.to, err = openArchive(input)
		must(t, err)
		j.from, err = openArchive(applied)
		must(t, err)
		for _, step := range []func() error{j.prepare, j.block, j.newSheets, j.saveStyles, j.workbook, j.relations, j.types} {
			must(t, step())
		}
		return j
	}
	must(t, again().gate(input, made))
	const results = "xl/worksheets/sheet3.xml"
	for name, damaged := range map[string][]byte{
		"a part is missing":         dropPart(t, made, "xl/theme/theme1.xml"),
		"a part is compressed anew": changeRaw(t, made, "xl/worksheets/sheet2.xml", "<sheetData", "<sheetData "),
		"a cell of the user's":      changeRaw(t, made, "xl/worksheets/sheet1.xml", `<row r="4">`, `<row r="4" ht="3">`),
		"a cell of ours":            changeRaw(t, made, "xl/worksheets/sheet1.xml", "worth it</v>", "worth</v>"),
		"a style":                   changeRaw(t, made, "xl/styles.xml", "<fonts", "<fonts x='1'"),
		"a stranger":                addPart(t, made, "xl/stranger.xml"),
		"a chart is missing":        dropPart(t, made, "xl/charts/chart1.xml"),
		"a new sheet":               changeRaw(t, made, results, "Zürich", "Zurich"),
	} {
		if err := again().gate(input, damaged); err == nil {
			t.Errorf("%s: not seen", name)
		}
	}
}

func rewrite(t testing.TB, data []byte, c parts.Change) []byte {
	t.Helper()
	p, err := parts.Open(data)
	must(t, err)
	var out bytes.Buffer
	must(t, p.Write(&out, c))
	return out.Bytes()
}

func dropPart(t testing.TB, data []byte, name string) []byte {
	return rewrite(t, data, parts.Change{Drop: map[string]bool{name: true}})
}

func addPart(t testing.TB, data []byte, name string) []byte {
	return rewrite(t, data, parts.Change{Add: []parts.Part{{Name: name, Data: []byte("<a/>")}}})
}

func changeRaw(t testing.TB, data []byte, name, old, new string) []byte {
	t.Helper()
	part := read(t, data, name)
	if !strings.Contains(part, old) {
		t.Fatalf("%s has no %q:\n%s", name, old, part)
	}
	return rewrite(t, data, parts.Change{Replace: map[string][]byte{name: []byte(strings.Replace(part, old, new, 1))}})
}

func TestOrderOfCalculationIsDropped(t *testing.T) {
	input := wide(t, exampleData()).bytes(t)
	input = change(t, input, "xl/_rels/workbook.xml.rels", "</Relationships>",
		`<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>`)
	input = change(t, input, parts.TypesName, "</Types>",
		`<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>`)
	input = rezip(t, input, map[string][]byte{"xl/calcChain.xml": []byte(`<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>`)})
	made, _, _ := sampleJoin(t, input)
	p, err := parts.Open(made)
	must(t, err)
	left := read(t, made, parts.TypesName) + read(t, made, "xl/_rels/workbook.xml.rels")
	if p.Has("xl/calcChain.xml") || strings.Contains(left, "calcChain") {
		t.Error("the order of calculation is still there")
	}
}

func TestTablesGetTheirOwnIdentifiers(t *testing.T) {
	b := wide(t, exampleData())
	_, err := b.file.NewSheet("T")
	must(t, err)
	must(t, b.file.SetSheetRow("T", "A1", &[]string{"x", "y"}))
	must(t, b.file.AddTable("T", &excelize.Table{Range: "A1:B3", Name: "mine"}))
	made, _, _ := sampleJoin(t, b.bytes(t))
	f, err := excelize.OpenReader(bytes.NewReader(made))
	must(t, err)
	defer f.Close()
	for sheet, want := range map[string]string{"T": "mine", "Results": "vb_results"} {
		tables, err := f.GetTables(sheet)
		if err != nil || len(tables) != 1 || tables[0].Name != want {
			t.Errorf("tables of %s are %v, error %v", sheet, tables, err)
		}
	}
	if one, two := read(t, made, "xl/tables/table1.xml"), read(t, made, "xl/tables/table2.xml"); !strings.Contains(one, ` id="1"`) || !strings.Contains(two, ` id="2"`) {
		t.Errorf("%s\n%s", one, two)
	}
}

// TestWhatTheLibraryLoses holds that a workbook which the library saved poorer
// than it was is not delivered.
func TestWhatTheLibraryLoses(t *testing.T) {
	input := wide(t, exampleData()).bytes(t)
	must(t, keepsAll(input, input))
	for name, poorer := range map[string][]byte{
		"a part":        rezip(t, input, map[string][]byte{"xl/theme/theme1.xml": nil}),
		"an element":    change(t, input, "xl/worksheets/sheet1.xml", "<sheetView ", "<x "),
		"a declaration": change(t, input, "xl/worksheets/sheet1.xml", "<sheetData>", `<sheetData q:a="1">`),
	} {
		if keepsAll(input, poorer) == nil {
			t.Errorf("%s: not seen", name)
		}
	}
}

func TestOccupiedCells(t *testing.T) {
	b := wide(t, exampleData())
	input := b.bytes(t)
	_, applied, plan := sampleJoin(t, input)
	address := sheets.Address(plan.Area.Row+1, plan.Area.Col)
	must(t, b.file.SetCellStr(plan.Block.Name, address, "mine"))
	_, err := join(b.bytes(t), applied, plan)
	why, ok := err.(refusal)
	if !ok || why.code != reasonOccupied {
		t.Errorf("got error %v", err)
	}
}

// threaded makes the first note of a sheet one of a thread.
func threaded(t testing.TB, input []byte, sheet int) []byte {
	t.Helper()
	rels := fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", sheet)
	more := `<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>`
	const space = ` xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"`
	return rezip(t, change(t, input, rels, "</Relationships>", more), map[string][]byte{
		"xl/threadedComments/threadedComment1.xml": []byte(`<ThreadedComments` + space + `><threadedComment ref="A1" personId="{1}" id="{2}"><text>mine</text></threadedComment></ThreadedComments>`),
		"xl/persons/person.xml":                    []byte(`<personList` + space + `><person displayName="Ann" id="{1}"/></personList>`)})
}

func TestNotesBesideTheData(t *testing.T) {
	notes := func(data []byte, sheet string) (texts string) {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		must(t, err)
		defer f.Close()
		comments, err := f.GetComments(sheet)
		must(t, err)
		for _, c := range comments {
			texts += c.Author + ":" + c.Paragraph[0].Text + " "
		}
		return texts
	}
	b := wide(t, exampleData())
	input := b.bytes(t)
	made, _, plan := sampleJoin(t, input)
	if got := notes(made, plan.Block.Name); got != "valuebook:beside the data " {
		t.Errorf("notes are %q", got)
	}
	clean, err := withoutEarlier(made)
	must(t, err)
	if got := notes(clean, plan.Block.Name); got != "" || strings.Contains(read(t, clean, "xl/worksheets/sheet1.xml"), "legacyDrawing") {
		t.Errorf("notes that were left: %q", got)
	}
	must(t, b.file.AddComment(plan.Block.Name, excelize.Comment{Author: "Ann", Cell: "A1", Paragraph: []excelize.RichTextRun{{Text: "mine"}}}))
	must(t, b.file.AddComment(plan.Block.Name, excelize.Comment{Author: noteAuthor, Cell: "B1", Paragraph: []excelize.RichTextRun{{Text: "theirs"}}}))
	input = threaded(t, b.bytes(t), 1)
	made, _, _ = sampleJoin(t, input)
	if got := notes(made, plan.Block.Name); got != "Ann:mine valuebook:theirs valuebook:beside the data " {
		t.Errorf("notes are %q", got)
	}
	if n := strings.Count(read(t, made, "xl/drawings/vmlDrawing1.vml"), `ObjectType="Note"`); n != 3 {
		t.Errorf("%d boxes", n)
	}
	for _, part := range []string{"xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml"} {
		if read(t, made, part) != read(t, input, part) {
			t.Errorf("part %s changed", part)
		}
	}
	clean, err = withoutEarlier(made)
	must(t, err)
	for _, part := range []string{"xl/comments1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/vmlDrawing1.vml"} {
		if got, want := read(t, clean, part), read(t, input, part); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", part, got, want)
		}
	}
}
