package source

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	wide "golang.org/x/text/encoding/unicode"

	"valuebook/report/workbook/grid"
	"valuebook/samples/golden"
)

func encode(t testing.TB, name, text string) []byte {
	t.Helper()
	for _, c := range candidates {
		if c.name == name {
			data, err := c.encoding.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return data
		}
	}
	t.Fatalf("no encoding %s", name)
	return nil
}

// Short files of the kind that people export, in the encodings of their countries.
func TestEncodingIsTold(t *testing.T) {
	for name, test := range map[string]struct{ encoding, text string }{
		"German":           {"Windows-1252", "Kunde;Qualität;Preis\nMüller;4;2\nSöhne & Groß;3;1\n"},
		"German, euro":     {"Windows-1252", "Kunde;Preis in €\nMüller;4\n"},
		"French":           {"Windows-1252", "Client;Qualité;Coût\nCrème brûlée;4;2\nFrançois;3;1\nNoël;2;2\n"},
		"Spanish":          {"Windows-1252", "Cliente;Satisfacción;Año\nMuñoz;4;2019\nGarcía;3;2020\n"},
		"Portuguese":       {"Windows-1252", "Cliente;Preço;Satisfação\nJoão;4;2\nConceição;3;1\n"},
		"Swedish":          {"Windows-1252", "Kund;Pris;Betyg\nÅkesson;4;2\nÖberg;3;1\nBjörn;2;2\n"},
		"Danish":           {"Windows-1252", "Kunde;Pris\nSørensen;4\nKjær;3\nÅse;2\n"},
		"Icelandic":        {"Windows-1252", "Nafn;Verð\nÞórður;4\nGuðrún;3\nSævar;2\n"},
		"Polish":           {"Windows-1250", "Klient;Jakość;Cena\nMichał Żółć;4;2\nŁukasz;3;1\nKowalczyk-Śliwińska;2;1\n"},
		"Czech":            {"Windows-1250", "Zákazník;Kvalita;Cena\nDvořák;4;2\nNěmec;3;1\nRůžička;2;2\n"},
		"Hungarian":        {"Windows-1250", "Ügyfél;Minőség;Ár\nSzűcs;4;2\nErdős;3;1\nGyőri;2;2\n"},
		"Polish, ISO":      {"ISO-8859-2", "Klient;Jakość;Cena\nMichał Żółć;4;2\nŚliwińska;3;1\n"},
		"Russian":          {"Windows-1251", "Клиент;Качество;Цена\nООО Ромашка;4;2\nИванов;3;1\n"},
		"Russian, KOI8":    {"KOI8-R", "Клиент;Качество;Цена\nООО Ромашка;4;2\nИванов;3;1\n"},
		"Russian, DOS":     {"CP866", "Клиент;Качество;Цена\nООО Ромашка;4;2\nИванов;3;1\n"},
		"Ukrainian":        {"Windows-1251", "Клієнт;Якість;Ціна\nКиївська їжа;4;2\n"},
		"Greek":            {"Windows-1253", "Πελάτης;Ποιότητα;Τιμή\nΠαπαδόπουλος;4;2\n"},
		"Turkish":          {"Windows-1254", "Müşteri;Fiyat;Değer\nYılmaz;4;2\nŞahin;3;1\nÇağrı;2;2\n"},
		"German, Mac":      {"Macintosh", "Kunde;Qualität;Preis\nMüller;4;2\nSöhne & Groß;3;1\n"},
		"French, Mac":      {"Macintosh", "Client;Qualité;Coût\nFrançois;3;1\nNoël;2;2\n"},
		"German, DOS":      {"CP850", "Kunde;Qualität;Preis\nMüller;4;2\nSöhne & Groß;3;1\n"},
		"Chinese":          {"GB18030", "客户名称,服务质量,价格\n张伟,4,2\n北京科技有限公司,3,1\n"},
		"Chinese, Big5":    {"Big5", "客戶名稱,服務品質,價格\n陳先生,4,2\n台北科技公司,3,1\n"},
		"Japanese":         {"Shift-JIS", "顧客名,品質,価格\nスズキ,4,2\n株式会社ひかり,3,1\n"},
		"Japanese, EUC":    {"EUC-JP", "顧客名,品質,価格\nスズキ,4,2\n株式会社ひかり,3,1\n"},
		"Korean":           {"EUC-KR", "고객이름,서비스 품질,가격\n김민수,4,2\n대한상사,3,1\n"},
		"one word, German": {"Windows-1252", "Kunde;Preis\nMüller;4\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := decodeText(encode(t, test.encoding, test.text), "")
			if got.text != test.text {
				t.Errorf("read as %s (rival %q):\n%s", got.name, got.rival, got.text)
			}
			if got.rival != "" {
				t.Errorf("not sure: %s or %s, %q or %q", got.name, got.rival, got.here, got.there)
			}
		})
	}
}

// Two readings of one word fit equally: the reading asks, showing both.
func TestEncodingThatNothingTells(t *testing.T) {
	got := decodeText(encode(t, "Windows-1252", "Cliente;Nota\nPeña;4\n"), "")
	if got.rival == "" || got.here != "Peña" || got.there == got.here {
		t.Errorf("%s, rival %q: %q, %q", got.name, got.rival, got.here, got.there)
	}
	if named := decodeText(encode(t, "Windows-1250", "Klient;Ocena\nPeńa;4\n"), "windows-1250"); !strings.Contains(named.text, "Peńa") || named.rival != "" {
		t.Errorf("the encoding that is named is not used: %+v", named)
	}
}

func TestEncodingsOfUnicode(t *testing.T) {
	const text = "Kunde,Qualität\nMüller,4\n客户,3\n"
	for name, e := range map[string]interface{ Bytes([]byte) ([]byte, error) }{
		"little, mark": wide.UTF16(wide.LittleEndian, wide.UseBOM).NewEncoder(),
		"big, mark":    wide.UTF16(wide.BigEndian, wide.UseBOM).NewEncoder(),
		"little":       wide.UTF16(wide.LittleEndian, wide.IgnoreBOM).NewEncoder(),
		"big":          wide.UTF16(wide.BigEndian, wide.IgnoreBOM).NewEncoder(),
	} {
		data, err := e.Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := decodeText(data, ""); got.text != text || got.name != nameUTF16 || got.bad != 0 {
			t.Errorf("%s: %+v", name, got)
		}
		if id := identify("x.csv", data); id.kind != kindText {
			t.Errorf("%s: %+v", name, id)
		}
	}
	mixed := []byte("Kunde,Ort\nMüller,Köln\nSöhne,Zürich\nM\xfcller,Bern\nA\x00B,x\n")
	if got := decodeText(mixed, ""); got.name != nameUTF8 || got.bad != 2 || !strings.Contains(got.text, "Müller,Bern\nAB,x") {
		t.Errorf("mixed: %+v", got)
	}
}

func TestDelimiter(t *testing.T) {
	for text, want := range map[string]rune{
		"a,b,c\n1,2,3\n":                               ',',
		"a;b;c\n1,5;2,5;3\n":                           ';',
		"1,5;2,5;3,5\n2,5;3,5;4,5\n":                   ';',
		"a\tb\tc\n1,5\t2\t3\n":                         '\t',
		"a|b|c\n1|2|3\n":                               '|',
		"a^b^c\n1^2^3\n4^5^6\n":                        '^',
		"a:b\n1:2\n3:4\n":                              ':',
		"Report of 1 May, 2026\n\na;b;c\n1;2;3\n4;5;6": ';',
		"name,note\nx,\"a;b;c;d\"\ny,\"e;f;g;h\"\n":    ',',
		"time\tvalue\n10:30\t5\n11:45\t6\n":            '\t',
	} {
		if got := delimiterOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Quotation marks as real exports have them. No field may take in the rest of the file.
func TestQuotes(t *testing.T) {
	for name, test := range map[string]struct {
		text          string
		want          [][]string
		opened, inner int
	}{
		"plain":             {"a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}, 0, 0},
		"quoted":            {"\"a,x\",b\n\"1\n2\",2\n", [][]string{{"a,x", "b"}, {"1\n2", "2"}}, 0, 0},
		"doubled":           {"\"a \"\"x\"\"\",b\n\"\",\"\"\"\"\n", [][]string{{`a "x"`, "b"}, {"", `"`}}, 0, 0},
		"inches":            {"5\" pipe,1\n6\" pipe,2\n", [][]string{{`5" pipe`, "1"}, {`6" pipe`, "2"}}, 0, 0},
		"not doubled":       {"\"He said \"hi\" to me\",5\nx,6\n", [][]string{{`He said "hi" to me`, "5"}, {"x", "6"}}, 0, 1},
		"text behind":       {"\"abc\"def,\"x\"\ny,6\n", [][]string{{`abcdef`, "x"}, {"y", "6"}}, 0, 1},
		"never closed":      {"a,b\n\"x,2\ny,3\nz,4\n", [][]string{{"a", "b"}, {`"x`, "2"}, {"y", "3"}, {"z", "4"}}, 1, 0},
		"two stray marks":   {"a,b\n\"x,2\ny,3\nz,4\nv,5\nw\",6\n", [][]string{{"a", "b"}, {`"x`, "2"}, {"y", "3"}, {"z", "4"}, {"v", "5"}, {`w"`, "6"}}, 1, 0},
		"spaces":            {"\"a\" , \"b\"\n1,2", [][]string{{"a", "b"}, {"1", "2"}}, 0, 0},
		"returns":           {"a,b\r1,2\r", [][]string{{"a", "b"}, {"1", "2"}}, 0, 0},
		"both":              {"a,b\r\n1,2\r\n", [][]string{{"a", "b"}, {"1", "2"}}, 0, 0},
		"two returns":       {"a,b\r\r\n1,2\r\r\n", [][]string{{"a", "b"}, {"1", "2"}}, 0, 0},
		"blank lines":       {"a,b\n\n1,2\n\n", [][]string{{"a", "b"}, {""}, {"1", "2"}, {""}}, 0, 0},
		"last is open":      {"a,b\n1,\"2", [][]string{{"a", "b"}, {"1", `"2`}}, 1, 0},
		"trailing":          {"a,b,\n1,2,\n", [][]string{{"a", "b", ""}, {"1", "2", ""}}, 0, 0},
		"quote then return": {"\"a\",\"b\"\r\n\"1\",\"2\"\r\n", [][]string{{"a", "b"}, {"1", "2"}}, 0, 0},
	} {
		s := newSplitter(test.text, ',')
		var got [][]string
		for row, ok := s.next(); ok; row, ok = s.next() {
			got = append(got, append([]string(nil), row...))
		}
		if !reflect.DeepEqual(got, test.want) || s.opened != test.opened || s.inner != test.inner {
			t.Errorf("%s: %q, %d open, %d inside\nwant %q", name, got, s.opened, s.inner, test.want)
		}
	}
}

// A mark that is never closed loses no row, however long the file is.
func TestOpenQuoteLosesNothing(t *testing.T) {
	var text strings.Builder
	text.WriteString("Customer,Price,Service\n")
	for i := range 20000 {
		name := fmt.Sprintf("Customer %d", i)
		if i == 10 || i == 9000 {
			name = `"` + name
		}
		fmt.Fprintf(&text, "%s,%d,%d\n", name, i%5+1, i%3+1)
	}
	book := readText([]byte(text.String()), "x", "")
	if n := book.Grids[0].Len(); n != 20001 {
		t.Errorf("%d rows of 20001", n)
	}
	if len(book.Findings) != 1 || book.Findings[0].Code != CodeTextQuote || book.Findings[0].Ref.Row != 12 || book.Findings[0].Count != 2 {
		t.Errorf("%+v", book.Findings)
	}
}

// Stray marks by the hundred thousand are no reason to search the whole file for each: the search
// grows shorter when it has been in vain for long.
func TestStrayQuotesShortenTheSearch(t *testing.T) {
	for _, piece := range []string{`"a"b, `, `"a"b "c"d, `} {
		s := newSplitter(strings.Repeat(piece, 1<<18/len(piece)), ',')
		for _, ok := s.next(); ok; _, ok = s.next() {
		}
		if s.reach() != shortReach {
			t.Errorf("%q: %d bytes are still searched", piece, s.reach())
		}
	}
	s := newSplitter(strings.Repeat("\"a, \"\"b\"\"\",\"c\"\n", 1<<14), ',')
	for _, ok := s.next(); ok; _, ok = s.next() {
	}
	if s.reach() != maxQuoted || s.row != 1<<14 {
		t.Errorf("well-formed rows: %d bytes are searched, %d rows", s.reach(), s.row)
	}
}

func TestDeclaredDelimiterIsNoRow(t *testing.T) {
	for _, text := range []string{"sep=;\r\na;b\r\n1,5;2\r\n", "SEP=;\na;b\n1,5;2\n"} {
		if got := TextRecords([]byte(text), ""); !reflect.DeepEqual(got, [][]string{{"a", "b"}, {"1,5", "2"}}) {
			t.Errorf("%q", got)
		}
	}
}

func TestPages(t *testing.T) {
	page := `<html><head><meta charset="utf-8"><style>td{x:y}</style></head><body><h1>Export</h1>
<table><tr><th colspan=2>Benefits</th><th rowspan="2">Price</th></tr>
<tr><td>Service<td>Quality</tr>
<tr><td>4,5</td><td> <b>1.000</b>&nbsp;</td><td>M&uuml;ller<br>Köln</td></tr></table>
<table><tr><td>second</td></tr></table>`
	want := [][]string{{"Benefits", "", "Price"}, {"Service", "Quality", ""}, {"4,5", "1.000", "Müller\nKöln"}, {""}, {"second"}}
	book := Open("export.xls", []byte(page), Options{})
	if got := TextRecords([]byte(page), ""); !reflect.DeepEqual(got, want) || book.Format != "html" || len(book.Grids) != 1 {
		t.Errorf("%q %+v", got, book)
	}
	if c := book.Grids[0].At(3, 1); c.Kind != grid.Text || c.Text != "4,5" {
		t.Errorf("%+v", c)
	}
}

// FuzzCSV compares with the standard library where a text is well formed, and else
// asks only that nothing is lost.
func FuzzCSV(f *testing.F) {
	f.Add("a,b\n1,2\n")
	f.Add("\"a\"\"b\",\"c\nd\"\n\"x\",y\n")
	f.Add("\"a\"x,\"b\n,\"\"\",\"\n\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		golden.Bounded(t, func() {
			records(text, ',')
			book := readText([]byte(text), "x", "")
			if len(book.Grids) == 0 && len(book.Findings) == 0 {
				t.Error("neither cells nor a finding")
			}
			checkRoundTrip(t, text)
		})
	})
}

// checkRoundTrip writes the rows of a text as the standard library does and reads them
// again: every field must come back.
func checkRoundTrip(t *testing.T, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\r", "")
	if !utf8.ValidString(text) {
		return
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if w.WriteAll(rows) != nil {
		return
	}
	s := newSplitter(out.String(), ',')
	for i, want := range rows {
		got, ok := s.next()
		if s.opened > 0 || s.inner > 0 {
			return // rows between marks look like rows of the table: told, not guessed
		}
		if len(want) == 1 && want[0] == "" && ok && len(got) == 1 && got[0] == "" {
			continue
		}
		if !ok || !reflect.DeepEqual(append([]string{}, got...), want) {
			t.Fatalf("row %d of %q: %q, want %q", i+1, out.String(), got, want)
		}
	}
}

func BenchmarkText(b *testing.B) {
	var text strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&text, "C%07d,Customer number %d,Segment %d", i, i, i%5)
		for k := range 12 {
			fmt.Fprintf(&text, ",%d.%d", i%5+1, k)
		}
		text.WriteString("\n")
	}
	data := []byte(text.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if book := readText(data, "x", ""); book.Grids[0].Len() != 100_000 {
			b.Fatal("rows are missing")
		}
	}
}
