package sheetxml

import (
	"errors"
	"strings"
	"testing"
)

const stylesHead = `<styleSheet xmlns="` + Namespace + `">`

// theirs has two fonts, one number format and two cell styles.
const theirs = stylesHead + `<numFmts count="1"><numFmt numFmtId="164" formatCode="0.00"/></numFmts><fonts count="2"><font/><font><b/></font></fonts>` +
	`<fills count="2"><fill/><fill><x/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
	`<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" fontId="1"/></cellXfs><cellStyles count="1"><cellStyle/></cellStyles>` +
	`<dxfs count="0"/><tableStyles/></styleSheet>`

// ours uses other numbers for the same and for new things.
const ours = stylesHead + `<numFmts count="2"><numFmt numFmtId="164" formatCode="+0;\-0"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>` +
	`<fonts count="3"><font/><font><i/></font><font><b/></font></fonts><fills count="2"><fill/><fill><x/></fill></fills><borders count="1"><border/></borders>` +
	`<cellXfs count="4"><xf/><xf numFmtId="164" fontId="1" fillId="1" borderId="0" xfId="3"><alignment/></xf><xf numFmtId="165" fontId="2" xfId="0"/><xf numFmtId="9"/></cellXfs>` +
	`<dxfs count="2"><dxf><font/></dxf><dxf><fill/></dxf></dxfs></styleSheet>`

func joined(t *testing.T, base []byte) (part string, numbers []int) {
	t.Helper()
	j, err := JoinStyles(base, []byte(ours))
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []int{0, 1, 2, 3, 1} {
		n, err := j.Style(number)
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	n, err := j.Differential(1)
	if err != nil {
		t.Fatal(err)
	}
	out, edits, err := j.Part()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := Strip(out, edits); base != nil && (err != nil || string(back) != string(base)) {
		t.Errorf("taken out: error %v, %s", err, back)
	}
	return string(out), append(numbers, n)
}

func TestJoinStyles(t *testing.T) {
	part, numbers := joined(t, []byte(theirs))
	const want = stylesHead + `<numFmts count="2"><numFmt numFmtId="164" formatCode="0.00"/><numFmt numFmtId="165" formatCode="+0;\-0"/></numFmts>` +
		`<fonts count="3"><font/><font><b/></font><font><i/></font></fonts><fills count="2"><fill/><fill><x/></fill></fills><borders count="1"><border/></borders>` +
		`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164" fontId="1"/>` +
		`<xf numFmtId="165" fontId="2" fillId="1" borderId="0" xfId="0"><alignment/></xf><xf numFmtId="164" fontId="1" xfId="0"/><xf numFmtId="9"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle/></cellStyles><dxfs count="1"><dxf><fill/></dxf></dxfs><tableStyles/></styleSheet>`
	if part != want {
		t.Errorf("\n got %s\nwant %s", part, want)
	}
	if got := numbers; got[0] != 0 || got[1] != 2 || got[2] != 3 || got[3] != 4 || got[4] != 2 || got[5] != 0 {
		t.Errorf("numbers are %v", got)
	}
	if again, _ := joined(t, []byte(part)); again != part {
		t.Errorf("the second time something was added:\n%s", again)
	}
}

func TestJoinStylesWithPrefix(t *testing.T) {
	prefixed := strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").Replace(theirs)
	part, _ := joined(t, []byte(prefixed))
	for _, want := range []string{`<x:font><x:i/></x:font></x:fonts>`, `<x:dxfs count="1"><x:dxf><x:fill/></x:dxf></x:dxfs>`} {
		if !strings.Contains(part, want) {
			t.Errorf("no %s in %s", want, part)
		}
	}
}

func TestJoinStylesIntoNothing(t *testing.T) {
	for name, base := range map[string][]byte{"no part": nil, "no lists": []byte(stylesHead + `<colors/></styleSheet>`)} {
		part, numbers := joined(t, base)
		want := `<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="164" fontId="1" fillId="2" borderId="0" ><alignment/></xf>`
		if !strings.Contains(part, want) || !strings.Contains(part, `<fonts count="3"><font/><font><i/></font><font><b/></font></fonts>`) {
			t.Errorf("%s: %s", name, part)
		}
		if numbers[0] != 0 || numbers[1] != 1 {
			t.Errorf("%s: numbers are %v", name, numbers)
		}
		if !wellFormed([]byte(part)) {
			t.Errorf("%s: not well formed: %s", name, part)
		}
	}
}

func TestJoinStylesRefuses(t *testing.T) {
	for name, base := range map[string]string{
		"cut off": theirs[:200], "another root": `<a/>`, "a list twice": stylesHead + `<fonts/><fonts/></styleSheet>`,
		"a stranger in a list": stylesHead + `<fonts><mc:AlternateContent/></fonts></styleSheet>`,
	} {
		if _, err := JoinStyles([]byte(base), []byte(ours)); !errors.Is(err, ErrUnknown) && !errors.Is(err, ErrBroken) {
			t.Errorf("%s: got error %v", name, err)
		}
	}
	j, err := JoinStyles([]byte(theirs), []byte(ours))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Style(99); err == nil {
		t.Error("a style that is not there: no error")
	}
}

func TestLocalise(t *testing.T) {
	j, err := JoinStyles([]byte(theirs), []byte(ours))
	if err != nil {
		t.Fatal(err)
	}
	part := head + `<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><cols><col min="1" max="1" style="1"/></cols>` +
		`<sheetData><row r="1" s="1" customFormat="1"><c r="A1" s="1" t="s"><v>1</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c></row></sheetData>` +
		`<conditionalFormatting sqref="A1"><cfRule dxfId="1"/></conditionalFormatting></worksheet>`
	texts, err := Strings([]byte(`<sst><si><t>no</t></si><si><t xml:space="preserve"> a &amp; b</t></si></sst>`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Localise([]byte(part), texts, j)
	if err != nil {
		t.Fatal(err)
	}
	want := head + `<sheetViews><sheetView tabSelected="0" workbookViewId="0"/></sheetViews><cols><col min="1" max="1" style="2"/></cols>` +
		`<sheetData><row r="1" s="2" customFormat="1"><c r="A1" s="2" t="inlineStr"><is><t xml:space="preserve"> a &amp; b</t></is></c><c r="B1" t="str"><f>"a"</f><v>a</v></c></row></sheetData>` +
		`<conditionalFormatting sqref="A1"><cfRule dxfId="0"/></conditionalFormatting></worksheet>`
	if string(got) != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if _, err := Localise([]byte(strings.Replace(part, "<v>1</v>", "<v>7</v>", 1)), texts, j); err == nil {
		t.Error("a text that is not in the table: no error")
	}
}

// TestUnlock appends looks that a protected sheet leaves open.
func TestUnlock(t *testing.T) {
	base := `<x:styleSheet xmlns:x="` + Namespace + `"><x:cellStyleXfs count="1"><x:xf><x:protection locked="0"/></x:xf></x:cellStyleXfs>` +
		`<x:cellXfs count="4"><x:xf numFmtId="0"/><x:xf><x:alignment wrapText="1"/></x:xf><x:xf applyProtection="0"><x:protection locked="false" hidden="1"/></x:xf><x:xf xfId="0"/></x:cellXfs></x:styleSheet>`
	j, err := JoinStyles([]byte(base), []byte(noStyles))
	if err != nil {
		t.Fatal(err)
	}
	for style, want := range []bool{true, true, false, false} {
		if got := j.Locked(style); got != want {
			t.Errorf("style %d: locked %v", style, got)
		}
	}
	for _, c := range [][2]int{{0, 4}, {1, 5}, {2, 2}, {1, 5}, {3, 3}, {4, 4}} {
		if got, err := j.Unlock(c[0]); err != nil || got != c[1] || j.Locked(got) {
			t.Errorf("style %d became %d, want %d: %v", c[0], got, c[1], err)
		}
	}
	part, _, err := j.Part()
	if err != nil || !strings.Contains(string(part), `<x:xf applyProtection="1"><x:alignment wrapText="1"/><x:protection locked="0"/></x:xf>`) {
		t.Errorf("%v %s", err, part)
	}
	if _, err := j.Unlock(99); err == nil {
		t.Error("a style that is not there")
	}
}

// TestUnlocked tells which cells of a block are open.
func TestUnlocked(t *testing.T) {
	part := `<worksheet xmlns="` + Namespace + `"><cols><col min="8" max="9" style="2"/></cols><sheetData><row r="1"><c r="A1" s="1"/></row>` +
		`<row r="2"><c r="A2" s="1"/><c r="B2" s="2"/><c r="F2" s="1"/></row><row r="3"><c r="A3"/><c r="E3" s="2"/></row></sheetData><sheetProtection sheet="1" objects="1"/></worksheet>`
	if is, err := Protected([]byte(part)); err != nil || !is {
		t.Fatal(is, err)
	}
	open, err := Unlocked([]byte(part), Area{1, 5, 3, 9}, func(style int) bool { return style != 2 })
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		row, col int
		want     bool
	}{{1, 5, false}, {1, 8, true}, {2, 5, true}, {2, 6, true}, {3, 5, true}, {3, 6, false}, {3, 9, true}} {
		if got := open(c.row, c.col); got != c.want {
			t.Errorf("row %d, column %d: %v", c.row, c.col, got)
		}
	}
	if is, err := Protected([]byte(strings.Replace(part, `sheet="1"`, `sheet="0"`, 1))); err != nil || is {
		t.Error("a sheet that is not protected")
	}
}
