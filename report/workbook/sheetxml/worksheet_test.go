package sheetxml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/unicode"

	"valuebook/samples/golden"
)

// A recorder writes down what a worksheet holds, one line each.
type recorder struct{ out strings.Builder }

func (r *recorder) Row(number int, hidden bool) error {
	if hidden {
		fmt.Fprintf(&r.out, "row %d hidden\n", number)
	}
	return nil
}

func (r *recorder) Cell(c *RawCell) error {
	if !c.Formula && !c.HasValue && len(c.Text) == 0 {
		return nil // as if it were not there
	}
	fmt.Fprintf(&r.out, "%s s%d t%d f%t v%t %q %q\n", address(c.Row, c.Col), c.Style, c.Type, c.Formula, c.HasValue, c.Value, c.Text)
	return nil
}

func (r *recorder) Merge(ref string) error { fmt.Fprintf(&r.out, "merge %s\n", ref); return nil }

func (r *recorder) Columns(first, last int, hidden bool) error {
	fmt.Fprintf(&r.out, "columns %d-%d %t\n", first, last, hidden)
	return nil
}

func (r *recorder) Validation(v Validation) error { fmt.Fprintf(&r.out, "rule %+v\n", v); return nil }

func scanned(part string) (string, error) {
	r := &recorder{}
	err := Scan(strings.NewReader(part), r)
	return r.out.String(), err
}

const worksheetHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="` + Namespace + `">`

// sheetOf returns a worksheet with rows.
func sheetOf(rows string) string {
	return worksheetHead + "<sheetData>" + rows + "</sheetData></worksheet>"
}

func TestForms(t *testing.T) {
	for name, test := range map[string]struct{ part, want string }{
		"number":              {sheetOf(`<row r="2"><c r="B2" s="3"><v>4.5</v></c></row>`), `B2 s3 t0 ffalse vtrue "4.5" ""`},
		"shared":              {sheetOf(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`), `A1 s0 t1 ffalse vtrue "7" ""`},
		"formula text":        {sheetOf(`<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>a</v></c></row>`), `A1 s0 t2 ftrue vtrue "a" ""`},
		"plain formula":       {sheetOf(`<row r="1"><c r="A1"><f>B1+1</f><v>2</v></c></row>`), `A1 s0 t0 ftrue vtrue "2" ""`},
		"formula, no value":   {sheetOf(`<row r="1"><c r="A1"><f>B1</f></c></row>`), `A1 s0 t0 ftrue vfalse "" ""`},
		"shared formula":      {sheetOf(`<row r="1"><c r="A1"><f t="shared" si="0"/><v>2</v></c></row>`), `A1 s0 t0 ftrue vtrue "2" ""`},
		"inline":              {sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>x y</t></is></c></row>`), `A1 s0 t3 ffalse vfalse "" "x y"`},
		"kept space":          {sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c></row>`), `A1 s0 t3 ffalse vfalse "" " x "`},
		"rich, with hints":    {sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="1"><t>トウ</t></rPh><phoneticPr fontId="1"/></is></c></row>`), `A1 s0 t3 ffalse vfalse "" "東京"`},
		"bool":                {sheetOf(`<row r="1"><c r="A1" t="b"><v>1</v></c></row>`), `A1 s0 t4 ffalse vtrue "1" ""`},
		"error":               {sheetOf(`<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>`), `A1 s0 t5 ffalse vtrue "#N/A" ""`},
		"date":                {sheetOf(`<row r="1"><c r="A1" t="d"><v>2026-10-01</v></c></row>`), `A1 s0 t6 ffalse vtrue "2026-10-01" ""`},
		"no addresses":        {sheetOf(`<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>`), "A1 s0 t0 ffalse vtrue \"1\" \"\"\nC1 s0 t0 ffalse vtrue \"2\" \"\"\nA2 s0 t0 ffalse vtrue \"3\" \"\""},
		"row after one given": {sheetOf(`<row r="5"/><row><c><v>1</v></c></row>`), `A6 s0 t0 ffalse vtrue "1" ""`},
		"column after given":  {sheetOf(`<row r="1"><c r="C1"/><c><v>1</v></c></row>`), `D1 s0 t0 ffalse vtrue "1" ""`},
		"closed in one tag":   {sheetOf(`<row r="1"/><row r="2"><c r="A2" s="1"/><c r="B2"><v>1</v></c></row>`), `B2 s0 t0 ffalse vtrue "1" ""`},
		"last column":         {sheetOf(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), `XFD1048576 s0 t0 ffalse vtrue "1" ""`},
		"prefix":              {`<x:worksheet xmlns:x="` + Namespace + `"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`, `A1 s0 t3 ffalse vfalse "" "a"`},
		"comments":            {sheetOf(`<!-- <row r="1"> --><row r="1"><!-- - --><c r="A1"><v>1<!-- 2 -->3</v></c></row>`), `A1 s0 t0 ffalse vtrue "13" ""`},
		"sections":            {sheetOf(`<row r="1"><c r="A1" t="str"><v>a<![CDATA[<b>&amp;]]]]><![CDATA[>]]></v></c></row>`), `A1 s0 t2 ffalse vtrue "a<b>&amp;]]>" ""`},
		"references":          {sheetOf(`<row r="1"><c r="A1" t="str"><v>&lt;&#65;&#x42;&quot;&apos;&gt;&amp;&#x1F600;</v></c></row>`), `A1 s0 t2 ffalse vtrue "<AB\"'>&😀" ""`},
		"line ends":           {sheetOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\r\nb\rc&#13;</v></c></row>"), `A1 s0 t2 ffalse vtrue "a\nb\nc\r" ""`},
		"spaces in tags":      {sheetOf("<row\n r = '1' ><c\tt='n'  r=\"A1\" ><v >1</v ></c ></row >"), `A1 s0 t0 ffalse vtrue "1" ""`},
		"other attributes":    {sheetOf(`<row r="1" spans="1:3" x14ac:dyDescent="0.2" ht="15"><c r="A1" cm="1" vm="2"><v>1</v></c></row>`), `A1 s0 t0 ffalse vtrue "1" ""`},
		"extensions":          {sheetOf(`<row r="1"><c r="A1"><v>1</v><extLst><ext><v>9</v></ext></extLst></c><extLst><c r="B1"/></extLst></row>`), `A1 s0 t0 ffalse vtrue "1" ""`},
		"small letters":       {sheetOf(`<row r="1"><c r="b1"><v>1</v></c></row>`), `B1 s0 t0 ffalse vtrue "1" ""`},
		"hidden":              {worksheetHead + `<cols><col min="2" max="3" hidden="1"/><col min="4" max="99999" hidden="true"/></cols><sheetData><row r="1" hidden="1"/></sheetData></worksheet>`, "columns 2-3 true\ncolumns 4-16384 true\nrow 1 hidden"},
		"merged":              {worksheetHead + `<sheetData/><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>`, "merge A1:B2"},
		"rule":                {worksheetHead + `<sheetData/><dataValidations><dataValidation type="whole" sqref="A1 B2:B9"><formula1>1</formula1><formula2>5</formula2></dataValidation></dataValidations></worksheet>`, "rule {Type:whole Operator: Areas:A1 B2:B9 Formulas:[1 5]}"},
		"strict":              {`<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`, `A1 s0 t0 ffalse vtrue "1" ""`},
		"columns of controls": {worksheetHead + `<sheetData/><controls><anchor xmlns:xdr="x"><from><xdr:col>3</xdr:col><xdr:row>1</xdr:row></from></anchor></controls></worksheet>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := scanned(test.part)
			if err != nil || strings.TrimSpace(got) != test.want {
				t.Fatalf("error %v, got\n%s\nwant\n%s", err, got, test.want)
			}
			r := &recorder{}
			if err := Scan(iotest.OneByteReader(strings.NewReader(test.part)), r); err != nil || r.out.String() != got {
				t.Errorf("byte by byte: error %v, got\n%s", err, r.out.String())
			}
			wide, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(test.part, `encoding="UTF-8"`, `encoding="UTF-16"`, 1))
			if err != nil {
				t.Fatal(err)
			}
			for _, in := range []string{wide, "\xef\xbb\xbf" + test.part} {
				r = &recorder{}
				text, err := UTF8(strings.NewReader(in))
				if err == nil {
					err = Scan(text, r)
				}
				if err != nil || r.out.String() != got {
					t.Errorf("in another encoding: error %v, got\n%s", err, r.out.String())
				}
			}
		})
	}
}

func TestBrokenWorksheets(t *testing.T) {
	good := sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`)
	row2 := func(row string) string { return sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>` + row) }
	for name, test := range map[string]struct {
		part  string
		is    error
		place string // what the message begins with
	}{
		"empty":                 {"", ErrBroken, ""},
		"blank":                 {" \n", ErrBroken, ""},
		"row zero":              {row2(`<row r="0"/>`), ErrBroken, "row 1"},
		"row without a number":  {row2(`<row r=""/>`), ErrBroken, "row 1"},
		"row that goes back":    {sheetOf(`<row r="3"/><row r="2"/>`), ErrBroken, "row 3"},
		"row twice":             {sheetOf(`<row r="3"/><row r="3"/>`), ErrBroken, "row 3"},
		"row beyond the last":   {sheetOf(`<row r="1048577"/>`), ErrBroken, ""},
		"cell beyond XFD":       {sheetOf(`<row r="1"><c r="XFE1"/></row>`), ErrBroken, "cell A1"},
		"cell of another row":   {row2(`<row r="2"><c r="A3"><v>1</v></c></row>`), ErrBroken, "cell A2"},
		"after the last column": {sheetOf(`<row r="1"><c r="XFD1"/><c/></row>`), ErrBroken, "cell XFE1"},
		"no address":            {sheetOf(`<row r="1"><c r="1A"/></row>`), ErrBroken, "cell A1"},
		"wrong end":             {row2(`<row r="2"><c r="A2"><v>1</v></row></c>`), ErrBroken, "cell A2"},
		"two roots":             {good + "<worksheet/>", ErrBroken, ""},
		"text after the root":   {good + "x", ErrBroken, ""},
		"text before the root":  {"x" + good, ErrBroken, ""},
		"entity":                {sheetOf(`<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>`), ErrBroken, "cell A1"},
		"document type":         {`<!DOCTYPE x [<!ENTITY a "b">]>` + good, ErrUnsafe, ""},
		"document type inside":  {sheetOf(`<!DOCTYPE x>`), ErrUnsafe, ""},
		"control character":     {sheetOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\x01</v></c></row>"), ErrBroken, "cell A1"},
		"not UTF-8":             {sheetOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xff</v></c></row>"), ErrBroken, "cell A1"},
		"end of a section":      {sheetOf(`<row r="1"><c r="A1" t="str"><v>]]></v></c></row>`), ErrBroken, "cell A1"},
		"bare <":                {sheetOf(`<row r="1"><c r="A1" t="str"><v>a < b</v></c></row>`), ErrBroken, "cell A1"},
		"attribute, no quotes":  {sheetOf(`<row r=1/>`), ErrBroken, ""},
		"attributes together":   {sheetOf(`<row r="1"spans="1:2"/>`), ErrBroken, ""},
		"address twice":         {sheetOf(`<row r="1"><c r="A1" r="A1"/></row>`), ErrBroken, "cell A1"},
		"two values":            {sheetOf(`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`), ErrBroken, "cell A1"},
		"dashes in a comment":   {sheetOf(`<!-- -- -->`), ErrBroken, ""},
		"too deep":              {worksheetHead + strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200) + "</worksheet>", ErrDeep, ""},
		"endless attribute":     {worksheetHead + `<a b="` + strings.Repeat("x", 9<<20) + `"/></worksheet>`, ErrLong, ""},
		"endless text":          {sheetOf(`<row r="1"><c r="A1"><v>` + strings.Repeat("1", 9<<20) + `</v></c></row>`), ErrLong, "cell A1"},
		"other root":            {`<html xmlns="` + Namespace + `"/>`, ErrUnknown, ""},
		"other namespace":       {`<worksheet xmlns="urn:x"/>`, ErrUnknown, ""},
		"type of a cell":        {sheetOf(`<row r="1"><c r="A1" t="zz"/></row>`), ErrUnknown, "cell A1"},
		"element in a row":      {sheetOf(`<row r="1"><d/></row>`), ErrUnknown, "row 1"},
		"element among rows":    {sheetOf(`<d/>`), ErrUnknown, ""},
		"two tables":            {worksheetHead + `<sheetData/><sheetData/></worksheet>`, ErrUnknown, ""},
		"namespace in a row":    {sheetOf(`<row r="1"><c xmlns="urn:x" r="A1"/></row>`), ErrUnknown, "cell A1"},
	} {
		_, err := scanned(test.part)
		var place *PlaceError
		if !errors.Is(err, test.is) || !errors.As(err, &place) || !strings.HasPrefix(err.Error(), test.place) {
			t.Errorf("%s: error %v, want %v at %q", name, err, test.is, test.place)
		}
	}
	for i := range good {
		if _, err := scanned(good[:i]); err == nil {
			t.Fatalf("cut after byte %d: no error", i)
		}
	}
}

func TestSharedStrings(t *testing.T) {
	part := `<?xml version="1.0"?><sst xmlns="` + Namespace + `" count="9"><si><t>a</t></si><si/><si><t xml:space="preserve"> b </t></si>
		<si><r><t>c</t></r><r><rPr><sz val="9"/></rPr><t>&amp;d</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t/></si><si><t>_x000D_</t></si><extLst/></sst>`
	var got []string
	visit := func(text []byte) error { got = append(got, string(text)); return nil }
	if err := ScanStrings(strings.NewReader(part), visit); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "", " b ", "c&d", "", "_x000D_"}; fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range part {
		if err := ScanStrings(strings.NewReader(part[:i]), visit); err == nil {
			t.Fatalf("cut after byte %d: no error", i)
		}
	}
}

// plainly reads a worksheet with encoding/xml and writes down the same lines as a recorder. It is slow and plain.
func plainly(part string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(part))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	r := &recorder{}
	var path []string
	var cell RawCell
	row, col, roots := 0, 0, 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			if len(path) > 0 || roots != 1 {
				return "", errors.New("cut off")
			}
			return r.out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.Directive:
			return "", errors.New("directive")
		case xml.StartElement:
			if len(path) == 0 {
				roots++
			}
			path = append(path, token.Name.Space+":"+token.Name.Local)
			value := map[string]string{}
			for _, a := range token.Attr {
				if a.Name.Space == "" {
					value[a.Name.Local] = a.Value
				}
			}
			switch inside(path) {
			case "sheetData/row":
				row, col = row+1, 0
				if n, err := strconv.Atoi(value["r"]); err == nil {
					row = n
				}
				_ = r.Row(row, value["hidden"] == "1" || strings.EqualFold(value["hidden"], "true"))
			case "sheetData/row/c":
				col++
				if _, c := parseAddress([]byte(value["r"])); c > 0 {
					col = c
				}
				style, _ := strconv.Atoi(value["s"])
				cell = RawCell{Row: row, Col: col, Style: style, Type: types[value["t"]]}
			case "sheetData/row/c/f":
				cell.Formula = true
			case "sheetData/row/c/v":
				cell.HasValue = true
			}
		case xml.EndElement:
			if len(path) == 0 || path[len(path)-1] != token.Name.Space+":"+token.Name.Local {
				return "", errors.New("wrong end")
			}
			if inside(path) == "sheetData/row/c" {
				_ = r.Cell(&cell)
			}
			path = path[:len(path)-1]
		case xml.CharData:
			switch inside(path) {
			case "sheetData/row/c/v":
				cell.Value = append(cell.Value, token...)
			case "sheetData/row/c/is/t", "sheetData/row/c/is/r/t":
				cell.Text = append(cell.Text, token...)
			}
		}
	}
}

// inside returns the names of the open elements within the root, where all have its prefix.
func inside(path []string) string {
	if len(path) == 0 {
		return ""
	}
	prefix, _, _ := strings.Cut(path[0], ":")
	var names []string
	for _, p := range path[1:] {
		space, name, _ := strings.Cut(p, ":")
		if space != prefix {
			name = "?" + name
		}
		names = append(names, name)
	}
	return strings.Join(names, "/")
}

// FuzzScan holds that the scanner never panics, and either refuses a part or finds the cells that encoding/xml finds.
func FuzzScan(f *testing.F) {
	for _, rows := range []string{
		`<row r="1" hidden="1"><c r="A1" t="s"><v>1</v></c><c r="C1" s="2"><f>A1&lt;2</f><v>3</v></c></row>`,
		`<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><r><t>b</t></r><rPh><t>x</t></rPh></is></c><c/></row>`,
		`<row r="7"><!-- x --><c r="b7" t="str"><v>a<![CDATA[<]]>&#65;` + "\r\n" + `</v></c><extLst><c/></extLst></row>`,
		`<row r="1"><c r="A1"><v/></c><x:c r="B1"><v>1</v></x:c></row>`,
	} {
		f.Add(sheetOf(rows))
	}
	f.Add(`<x:worksheet xmlns:x="` + Namespace + `"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`)
	f.Fuzz(func(t *testing.T, part string) { golden.Bounded(t, func() { checkScan(t, part) }) })
}

// checkScan compares the scanner with itself, byte by byte, and with encoding/xml.
func checkScan(t *testing.T, part string) {
	t.Helper()
	r := &cellsOnly{}
	err := Scan(strings.NewReader(part), r)
	slow := &cellsOnly{}
	if err2 := Scan(iotest.OneByteReader(strings.NewReader(part)), slow); (err == nil) != (err2 == nil) || err == nil && slow.out.String() != r.out.String() {
		t.Fatalf("at once: %v\n%s\nbyte by byte: %v\n%s", err, r.out.String(), err2, slow.out.String())
	}
	if err != nil {
		return
	}
	want, err := plainly(part)
	if err != nil {
		t.Fatalf("accepted, but encoding/xml says %v", err)
	}
	if r.out.String() != want {
		t.Fatalf("got\n%s\nwant\n%s", r.out.String(), want)
	}
}

// cellsOnly is a recorder of rows and cells.
type cellsOnly struct{ recorder }

func (*cellsOnly) Merge(string) error           { return nil }
func (*cellsOnly) Columns(int, int, bool) error { return nil }
func (*cellsOnly) Validation(Validation) error  { return nil }
