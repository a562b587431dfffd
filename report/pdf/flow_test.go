package pdf_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/dataset"
	"valuebook/report/pdf"
)

// rowsTable is a table of some rows with a column in which nothing stands.
func rowsTable(rows int) *report.Table {
	t := &report.Table{ID: "long", Title: lit("A long table"), Columns: []report.Column{
		{Header: lit("Name"), Text: true}, {Header: lit("Nothing"), Text: true}, {Header: lit("Missing")}, {Header: lit("Value")}}}
	for i := range rows {
		t.Rows = append(t.Rows, []dataset.Quantity{dataset.Str(fmt.Sprintf("Row %d", i+1)), dataset.Str(""), dataset.Num(missing, dataset.Points), dataset.N(i)})
	}
	return t
}

func pagesOf(t *testing.T, r *report.Report) []pdf.Page {
	t.Helper()
	return pdf.Pages(r, words(t), pdf.Options{Theme: pdf.DefaultTheme()})
}

// content returns what is to be read on a page, furniture and ornaments left
// out.
func content(p pdf.Page) []pdf.Box {
	var out []pdf.Box
	for _, b := range leaves(p.Boxes) {
		if b.Role != pdf.RoleFurniture && b.Role != pdf.RoleOrnament && (len(b.Text) > 0 || b.Chart != nil) {
			out = append(out, b)
		}
	}
	return out
}

// TestPagesOpenWithAHeading holds that no table or chart opens a page without
// the heading it stands under.
func TestPagesOpenWithAHeading(t *testing.T) {
	for name := range made {
		for _, p := range pagesMade(t, name) {
			boxes := content(p)
			if p.Number > 1 && len(boxes) > 0 && (boxes[0].Role == pdf.RoleHeader || boxes[0].Chart != nil) {
				t.Errorf("%s: page %d opens with a %s", name, p.Number, boxes[0].Role)
			}
		}
	}
}

// TestTableGoesOn holds that heading and header are repeated where a table goes
// on, that at least three rows stand on either side and every row stands once.
func TestTableGoesOn(t *testing.T) {
	for before := 1; before < 45; before += 3 {
		blocks := []report.Block{}
		for i := range before {
			blocks = append(blocks, report.Block{Paragraph: ptr(lit("Paragraph %d", i))})
		}
		r := &report.Report{Title: lit("Title"), Sections: []report.Section{{ID: "data", Title: lit("Data"), Blocks: append(blocks, report.Block{Table: rowsTable(25)})}}}
		seen := 0
		for _, p := range pagesOf(t, r) {
			rows, headers, again := 0, 0, 0
			for _, b := range content(p) {
				text := strings.Join(b.Text, " ")
				switch {
				case b.Role == pdf.RoleCell && strings.HasPrefix(text, "Row "):
					rows++
				case b.Role == pdf.RoleHeader && text == "Name":
					headers++
				case text == "A long table (continued)":
					again++
				case text == "Nothing" || text == "Missing":
					t.Errorf("the empty column is shown")
				}
			}
			if rows > 0 && (headers != 1 || rows < 3 || (seen > 0) != (again == 1)) {
				t.Errorf("%d paragraphs before, page %d: %d rows, %d headers, %d repeated headings", before, p.Number, rows, headers, again)
			}
			seen += rows
		}
		if seen != 25 {
			t.Errorf("%d rows shown, want 25", seen)
		}
	}
}

// TestEvidenceLeadsToTheTable holds that a sentence refers to the page of the
// table that bears its number, or of the section where there is none.
func TestEvidenceLeadsToTheTable(t *testing.T) {
	section := report.Section{ID: "data", Title: lit("Data"), Blocks: []report.Block{{Table: rowsTable(25)}, {Table: rowsTable(25)}, {Table: rowsTable(25)}}}
	section.Blocks[2].Table.ID = "last"
	r := &report.Report{Title: lit("Title"), Sections: []report.Section{section}, Sentences: []dataset.Message{
		lit("One").From("data#last"), lit("Two").From("data"), lit("Three").From("data#gone"), lit("Four").From("elsewhere")}}
	var got []string
	pages := pagesOf(t, r)
	last := 0
	for _, p := range pages {
		for _, b := range leaves(p.Boxes) {
			if b.Anchor == "data#last" {
				last = p.Number
			}
		}
	}
	for _, b := range content(pages[0]) {
		if text := strings.Join(b.Text, ""); strings.HasPrefix(text, "p. ") {
			got = append(got, text)
		}
	}
	if want := fmt.Sprintf("[p. %d p. 1 p. 1]", last); last < 2 || fmt.Sprint(got) != want {
		t.Errorf("references %v, want %s", got, want)
	}
	render(t, "evidence", r)
}

// TestTotalsAndParts holds that totals are bold below a rule and parts are
// moved to the right.
func TestTotalsAndParts(t *testing.T) {
	table := rowsTable(4)
	table.Bold, table.Indent = map[int]bool{2: true}, map[int]bool{3: true}
	r := &report.Report{Title: lit("Title"), Sections: []report.Section{{ID: "data", Title: lit("Data"), Blocks: []report.Block{{Table: table}}}}}
	found := 0
	for _, p := range pagesOf(t, r) {
		tree := p.String()
		if strings.Contains(tree, "9pt bold \"Row 3\"") && strings.Contains(tree, "9pt \"Row 2\"") {
			found++
		}
		for _, b := range content(p) {
			if text := strings.Join(b.Text, ""); text == "Row 4" && b.X > 18+3 || text == "Row 2" && b.X == 18 {
				found++
			}
		}
	}
	if found != 3 {
		t.Errorf("%d of 3 signs found", found)
	}
}

// TestShortFindingsTakeTheFirstSection holds that the first section begins on
// a findings page that is not half full, and not on a full one.
func TestShortFindingsTakeTheFirstSection(t *testing.T) {
	r := &report.Report{Title: lit("Offers compared"), Sentences: []dataset.Message{lit("One")},
		Sections: []report.Section{{ID: "offers", Title: lit("Best"), Blocks: []report.Block{{Table: rowsTable(6)}}}}}
	if n := len(pagesOf(t, r)); n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
	if tree := pagesOf(t, sample())[0].String(); strings.Contains(tree, "is quadrant") {
		t.Error("the full findings page takes the first section")
	}
}

// TestFurnitureNamesTheSource holds that the foot names company, workbook, date
// and hash, and the head the workbook where there is no month.
func TestFurnitureNamesTheSource(t *testing.T) {
	d := survey(3, 1)
	r := built(d)
	r.Period = ""
	pages := pagesOf(t, r)
	for _, want := range []string{"Larkspur Supply · customers.xlsx", "data as of 31 October 2026 · input 8a3f1c2e · page 2 of "} {
		if tree := pages[1].String(); !strings.Contains(tree, want) {
			t.Errorf("%q is missing on page 2", want)
		}
	}
	for _, p := range pages[:2] {
		found := false
		for _, b := range leaves(p.Boxes) {
			found = found || strings.Join(b.Text, "") == "customers.xlsx"
		}
		if !found {
			t.Errorf("page %d does not name the workbook at its head", p.Number)
		}
	}
}

// TestLongReportsListTheirContents holds that a long report names every section with the page on which it begins, a short
// one none.
func TestLongReportsListTheirContents(t *testing.T) {
	r := sample()
	if pages := pdf.Pages(r, words(t), pdf.Options{Theme: pdf.DefaultTheme()}); len(pages) > 6 || listed(pages, "Contents") != nil {
		t.Errorf("%d pages with contents %v", len(pages), listed(pages, "Contents"))
	}
	first := r.Sections[len(r.Sections)-1]
	for len(r.Sections) < 12 {
		s := first
		s.ID += "x"
		first = s
		r.Sections = append(r.Sections, s)
	}
	pages := pdf.Pages(r, words(t), pdf.Options{Theme: pdf.DefaultTheme()})
	if len(pages) <= 6 {
		t.Fatalf("only %d pages: nothing to hold", len(pages))
	}
	entries := listed(pages, "Contents")
	if len(entries) != len(r.Sections) {
		t.Fatalf("%d of %d sections in the contents", len(entries), len(r.Sections))
	}
	begins := map[string]int{}
	for _, p := range pages {
		for _, b := range p.Boxes {
			if b.Anchor != "" {
				begins[b.Anchor] = p.Number
			}
		}
	}
	for i, e := range entries {
		last := e.Kids[len(e.Kids)-1]
		if e.Link != r.Sections[i].ID || strings.Join(last.Text, "") != strconv.Itoa(begins[e.Link]) {
			t.Errorf("entry %d leads to %s on page %v, want %s on %d", i, e.Link, last.Text, r.Sections[i].ID, begins[r.Sections[i].ID])
		}
	}
}

// listed returns the items under a heading.
func listed(pages []pdf.Page, heading string) []pdf.Box {
	for _, p := range pages {
		for i, b := range p.Boxes {
			if b.Role == pdf.RoleHeading && strings.Join(b.Text, " ") == heading {
				n := i + 1
				for n < len(p.Boxes) && p.Boxes[n].Role == pdf.RoleItem {
					n++
				}
				return p.Boxes[i+1 : n]
			}
		}
	}
	return nil
}
