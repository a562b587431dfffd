package annotate

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/analysis"
	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
)

// A draft is an output in memory.
type draft struct{ bytes.Buffer }

func (m *draft) ReadAt(b []byte, at int64) (int, error) {
	return bytes.NewReader(m.Bytes()).ReadAt(b, at)
}
func (m *draft) Size() int64  { return int64(m.Len()) }
func (m *draft) Reset() error { m.Buffer.Reset(); return nil }

// inPieces annotates a workbook as large ones are.
func inPieces(t testing.TB, b *book, input []byte) []byte {
	t.Helper()
	var out draft
	r := b.report(analysis.DefaultOptions())
	l, err := openLarge(bytes.NewReader(input), int64(len(input)), r.Dataset)
	must(t, err)
	_, err = annotateLarge(&out, l, 1, r, writer(t))
	must(t, err)
	return out.Bytes()
}

// A workbook that is annotated bit by bit has the same cells, results, formulas and looks as one that is annotated as a whole. Only
// the names of parameters stand for their cells.
func TestLargeWorkbooksGetTheSameCells(t *testing.T) {
	unread := exampleData()
	for i := range unread.Ratings {
		unread.Ratings[i].AsRead = []dataset.AsRead{{Customer: 1, Got: "four"}}
	}
	for name, b := range map[string]*book{"wide": wide(t, exampleData()), "long": long(t, exampleData()), "many": wide(t, many(40)), "as read": wide(t, unread)} {
		t.Run(name, func(t *testing.T) {
			input := b.bytes(t)
			whole, err := openBook(annotated(t, b, analysis.DefaultOptions()))
			must(t, err)
			defer whole.Close()
			made := inPieces(t, b, input)
			pieces, err := openBook(made)
			must(t, err)
			defer pieces.Close()
			if a, b := strings.Join(whole.GetSheetList(), "|"), strings.Join(pieces.GetSheetList(), "|"); a != b {
				t.Fatalf("sheets %s, want %s", b, a)
			}
			for _, sheet := range whole.GetSheetList() {
				sameSheet(t, whole, pieces, sheet)
			}
			p, err := parts.Open(made)
			must(t, err)
			for _, part := range p.Names() {
				if data, err := p.Read(part); err != nil || isXML(part) && parts.WellFormed(data) != nil {
					t.Errorf("part %s: %v", part, err)
				}
			}
		})
	}
}

var parameterName = regexp.MustCompile(`vb_p_([A-Z]+)([0-9]+)(?:_([A-Z]+)([0-9]+))?`)

// sameSheet compares what the cells of a sheet hold.
func sameSheet(t *testing.T, whole, pieces *excelize.File, sheet string) {
	t.Helper()
	want, err := whole.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	got, err := pieces.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	faults := 0
	for r := range max(len(want), len(got)) {
		for c := range 40 {
			at := sheets.Address(r+1, c+1)
			was, is := cell(row(&grid{cells: want}, r), c), cell(row(&grid{cells: got}, r), c)
			a, err1 := strconv.ParseFloat(was, 64)
			b, err2 := strconv.ParseFloat(is, 64)
			if was != is && (err1 != nil || err2 != nil || math.Abs(a-b) > 1e-12*math.Abs(a)) {
				t.Errorf("%s!%s is %q, want %q", sheet, at, is, was)
				faults++
			}
			f, err := whole.GetCellFormula(sheet, at)
			must(t, err)
			g, err := pieces.GetCellFormula(sheet, at)
			must(t, err)
			plain := func(f string) string {
				return strings.ReplaceAll(parameterName.ReplaceAllString(f, `Parameters!$$$1$$$2:$$$3$$$4`), ":$$", "")
			}
			if f, g := plain(f), plain(g); f != g {
				t.Errorf("%s!%s has the formula %q, want %q", sheet, at, g, f)
				faults++
			}
			one, err := whole.GetCellType(sheet, at)
			must(t, err)
			two, err := pieces.GetCellType(sheet, at)
			must(t, err)
			if one != two && is != "" {
				t.Errorf("%s!%s is of type %v, want %v", sheet, at, two, one)
				faults++
			}
			if faults > 10 {
				t.Fatal("and more")
			}
		}
	}
}

// What was annotated bit by bit comes in again: block and sheets are replaced.
func TestLargeWorkbooksComeInAgain(t *testing.T) {
	b := wide(t, many(40))
	once := inPieces(t, b, b.bytes(t))
	twice := inPieces(t, b, once)
	f, err := openBook(once)
	must(t, err)
	defer f.Close()
	g, err := openBook(twice)
	must(t, err)
	defer g.Close()
	for _, sheet := range f.GetSheetList() {
		sameSheet(t, f, g, sheet)
	}
}

// The gate sees damage in what was written.
func TestTheGateOfLargeWorkbooksSeesDamage(t *testing.T) {
	b := wide(t, many(40))
	input := b.bytes(t)
	made := inPieces(t, b, input)
	pack, err := parts.Open(input)
	must(t, err)
	r := b.report(analysis.DefaultOptions())
	l, err := newLarge(pack, r.Dataset)
	must(t, err)
	f, err := openBook(l.light)
	must(t, err)
	defer f.Close()
	before, err := photograph(f)
	must(t, err)
	before.bytes = l.light
	for _, g := range before.sheets {
		g.last = l.looks["xl/worksheets/sheet1.xml"].last
	}
	room := space(r, before)
	room.Bulk, room.Number, room.Holds = 1, nil, l.holds
	plan := Prepare(r, writer(t), room)
	new, err := skeleton(plan, "")
	must(t, err)
	j, err := l.join(&draft{}, new, plan)
	must(t, err)
	gate := func(data []byte) error {
		var out draft
		out.Write(data)
		return l.gate(&out, j, before)
	}
	if err := gate(made); err != nil {
		t.Fatalf("undamaged: %v", err)
	}
	sheet := read(t, made, "xl/worksheets/sheet1.xml")
	for name, damaged := range map[string]string{
		"a value of theirs":  strings.Replace(sheet, "<v>", "<v>9", 1),
		"a cell of ours":     regexp.MustCompile(`<c r="[A-Z]+[0-9]+"[^>]*><f t="shared" si="[0-9]+"/><v>[^<]*</v></c>`).ReplaceAllString(sheet, ""),
		"a row":              regexp.MustCompile(`<row r="5".*?</row>`).ReplaceAllString(sheet, ""),
		"a cell that is cut": strings.Replace(sheet, "</v></c></row>", "</v></row>", 1),
	} {
		if damaged == sheet {
			t.Fatalf("%s: nothing was changed", name)
		}
		if err := gate(rezip(t, made, map[string][]byte{"xl/worksheets/sheet1.xml": []byte(damaged)})); err == nil {
			t.Errorf("%s is not seen", name)
		}
	}
}
