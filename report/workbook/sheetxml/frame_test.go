package sheetxml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// gaps fills the rows of a list with two cells each, in columns D and E.
type gaps []int

func (g gaps) Ahead(row int) int {
	for _, n := range g {
		if n >= row {
			return n
		}
	}
	return 0
}

func (g gaps) Fill(to []byte, row int) ([]byte, error) {
	return fmt.Appendf(to, `<c r="D%d" s="4"><f t="shared" si="0"/><v>1.5</v></c><c r="E%d" t="inlineStr"><is><t>a &amp; b</t></is></c>`, row, row), nil
}

// framed takes a part through the frame and its rows, a few bytes at a time.
func framed(t *testing.T, part string) (Frame, error) {
	t.Helper()
	framer := NewFramer(iotest.OneByteReader(strings.NewReader(part)))
	if _, err := io.Copy(io.Discard, framer); err != nil {
		t.Fatal(err)
	}
	return framer.Frame()
}

func splicedRows(t *testing.T, frame Frame, part string, r RowSplice) (string, error) {
	t.Helper()
	rows, err := frame.Rows(iotest.HalfReader(strings.NewReader(part)))
	if err != nil {
		return "", err
	}
	out := bytes.Clone(frame.Head)
	for {
		piece, before, last, err := rows.Next()
		if err != nil {
			return "", err
		}
		if len(piece) == 0 {
			if out, err = r.New(out, last, maxRow+1); err != nil {
				return "", err
			}
			return string(append(out, frame.Tail...)), nil
		}
		if out, err = r.Piece(out, piece, before, last); err != nil {
			return "", err
		}
	}
}

func TestRowsTakeCells(t *testing.T) {
	const cell = `<c r="D%[1]d" s="4"><f t="shared" si="0"/><v>1.5</v></c><c r="E%[1]d" t="inlineStr"><is><t>a &amp; b</t></is></c>`
	ours := func(row int) string { return fmt.Sprintf(cell, row) }
	for name, c := range map[string]struct{ rows, want string }{
		"behind the last cell":     {`<row r="2"><c r="A2"><v>1</v></c></row>`, `<row r="2"><c r="A2"><v>1</v></c>` + ours(2) + `</row>`},
		"with the hint of columns": {`<row r="2" spans="1:2" ht="3"><c r="A2"/></row>`, `<row r="2" spans="1:5" ht="3"><c r="A2"/>` + ours(2) + `</row>`},
		"before the first behind":  {`<row r="2"><c r="A2"/><c r="F2"><v>1</v></c></row>`, `<row r="2"><c r="A2"/>` + ours(2) + `<c r="F2"><v>1</v></c></row>`},
		"instead of a mere look":   {`<row r="2"><c r="A2"/><c r="D2" s="9"/><c r="E2" s="9"></c><c r="F2"/></row>`, `<row r="2"><c r="A2"/>` + ours(2) + `<c r="F2"/></row>`},
		"into an empty row":        {`<row r="2"/><row r="3"><c r="A3"/></row>`, `<row r="2">` + ours(2) + `</row><row r="3"><c r="A3"/></row>`},
		"into a new row":           {`<row r="1"><c r="A1"/></row><row r="3"><c r="A3"/></row>`, `<row r="1"><c r="A1"/></row><row r="2">` + ours(2) + `</row><row r="3"><c r="A3"/></row>`},
		"behind all rows":          {`<row r="1"><c r="A1"/></row>`, `<row r="1"><c r="A1"/></row><row r="2">` + ours(2) + `</row>`},
		"with lines between":       {"\n <row r=\"2\"><c r=\"A2\"/></row>\n", "\n <row r=\"2\"><c r=\"A2\"/>" + ours(2) + "</row>\n"},
		"before an extension":      {`<row r="2"><c r="A2"/><extLst><ext/></extLst></row>`, `<row r="2"><c r="A2"/>` + ours(2) + `<extLst><ext/></extLst></row>`},
	} {
		t.Run(name, func(t *testing.T) {
			wrap := func(rows string) string {
				return `<worksheet xmlns="` + Namespace + `"><cols/><sheetData>` + rows + `</sheetData><mergeCells/></worksheet>`
			}
			part := wrap(c.rows)
			frame, err := framed(t, part)
			if err != nil {
				t.Fatal(err)
			}
			if string(frame.Part()) != wrap("") {
				t.Fatalf("frame %s", frame.Part())
			}
			r := RowSplice{Area: Area{1, 4, 9, 5}, Filler: gaps{2}}
			got, err := splicedRows(t, frame, part, r)
			if err != nil || got != wrap(c.want) {
				t.Fatalf("%v\n%s\nwant\n%s", err, got, wrap(c.want))
			}
			rows, cells, err := compared(t, frame, part, got, r.Area)
			if err != nil || rows != 1 || cells != 2 {
				t.Fatalf("the gate: %d rows, %d cells, %v", rows, cells, err)
			}
		})
	}
}

func compared(t *testing.T, frame Frame, before, after string, area Area) (rows, cells int, err error) {
	t.Helper()
	old, err := frame.Rows(strings.NewReader(before))
	if err != nil {
		return 0, 0, err
	}
	now, err := frame.Rows(strings.NewReader(after))
	if err != nil {
		return 0, 0, err
	}
	return SameRows(old, now, area)
}

// The gate sees every difference that is not a cell of ours.
func TestSameRowsSeesDifferences(t *testing.T) {
	wrap := func(rows string) string {
		return `<worksheet xmlns="` + Namespace + `"><sheetData>` + rows + `</sheetData></worksheet>`
	}
	before := wrap(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`)
	frame, err := framed(t, before)
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]string{
		"a value":                      `<row r="1"><c r="A1"><v>2</v></c></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`,
		"a row less":                   `<row r="1"><c r="A1"><v>1</v></c></row>`,
		"a cell less":                  `<row r="1"><c r="D1"/></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`,
		"a cell elsewhere":             `<row r="1"><c r="A1"><v>1</v></c><c r="F1"/></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`,
		"a height":                     `<row r="1" ht="7"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`,
		"a strange cell":               `<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v><v>2</v></c></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`,
		"a row of theirs":              `<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row><row r="3"><c r="A3"/></row>`,
		"a cell of a row that follows": `<row r="1"><c r="A1"><v>1</v></c><c r="D2"/></row><row r="2"><c r="A2"/><c r="D2" s="3"/></row>`,
	} {
		if _, _, err := compared(t, frame, before, wrap(rows), Area{1, 4, 9, 5}); err == nil {
			t.Errorf("%s is not seen", name)
		}
	}
	full := wrap(`<row r="1"><c r="D1"><v>1</v></c></row>`)
	frame, err = framed(t, full)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := splicedRows(t, frame, full, RowSplice{Area: Area{1, 4, 9, 5}, Filler: gaps{1}}); !errors.Is(err, ErrOccupied) {
		t.Errorf("a cell with content: %v", err)
	}
	if _, _, err := compared(t, frame, full, wrap(`<row r="1"><c r="D1"><v>2</v></c></row>`), Area{1, 4, 9, 5}); err == nil {
		t.Error("content that gave way is not seen")
	}
}

func TestFramesOfManyPieces(t *testing.T) {
	var rows strings.Builder
	for i := 1; i <= 30000; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>%d</v></c></row>`, i, i, i*7919)
	}
	part := `<worksheet xmlns="` + Namespace + `"><sheetData>` + rows.String() + `</sheetData><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:A2"/>`, 40000) + `</mergeCells></worksheet>`
	frame, err := framed(t, part)
	if err != nil {
		t.Fatal(err)
	}
	g := gaps{}
	for i := 1; i <= 20; i++ {
		g = append(g, i*1499)
	}
	r := RowSplice{Area: Area{1, 4, 40000, 5}, Filler: g}
	got, err := splicedRows(t, frame, part, r)
	if err != nil {
		t.Fatal(err)
	}
	n, cells, err := compared(t, frame, part, got, r.Area)
	if err != nil || n != 20 || cells != 40 {
		t.Errorf("%d rows, %d cells, %v", n, cells, err)
	}
}
