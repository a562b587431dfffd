package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-fonts/liberation/liberationsansregular"

	"valuebook/samples/golden"
)

// tableAt returns where a table of a font file begins.
func tableAt(t *testing.T, data []byte, name string) int {
	t.Helper()
	at := bytes.Index(data[:400], []byte(name))
	if at < 0 {
		t.Fatalf("no table %s", name)
	}
	return int(binary.BigEndian.Uint32(data[at+8:]))
}

// changed returns the built-in font with some bytes set.
func changed(t *testing.T, table string, offset int, value ...byte) []byte {
	t.Helper()
	data := slices.Clone(liberationsansregular.TTF)
	copy(data[tableAt(t, data, table)+offset:], value)
	return data
}

func TestParseFont(t *testing.T) {
	whole := liberationsansregular.TTF
	collection := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), whole...)
	count := int(binary.BigEndian.Uint16(whole[4:]))
	for i := range count { // places in a collection count from its own beginning
		at := 16 + 12 + 16*i + 8
		binary.BigEndian.PutUint32(collection[at:], binary.BigEndian.Uint32(collection[at:])+16)
	}
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"whole", whole, nil},
		{"collection", collection, nil},
		{"newer names", changed(t, "name", 0, 0, 1), nil},
		{"nothing", nil, ErrNotTrueType},
		{"text", []byte("this is no font at all"), ErrNotTrueType},
		{"PostScript outlines", append([]byte("OTTO"), whole[4:]...), ErrOutlines},
		{"half", whole[:len(whole)/2], ErrFontTables},
		{"only its head", whole[:20], ErrFontTables},
		{"forbidden", changed(t, "OS/2", 8, 0, 2), ErrFontRights},
		{"pictures only", changed(t, "OS/2", 8, 2, 0), ErrFontRights},
		{"editable", changed(t, "OS/2", 8, 0, 8), nil},
		{"no characters", changed(t, "cmap", 2, 0, 0), ErrFontCharacters},
		{"no widths", changed(t, "hhea", 34, 0, 0), ErrFontTables},
		{"no size", changed(t, "head", 18, 0, 0), ErrFontTables},
	} {
		f, err := ParseFont(c.data)
		if !errors.Is(err, c.want) || (err == nil) != (f != nil) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if f != nil && (f.name != "LiberationSans" || f.Bold() || f.advance('W') != builtIn().regular[0].advance('W')) {
			t.Errorf("%s: %s, bold %v, W %d wide", c.name, f.name, f.Bold(), f.advance('W'))
		}
	}
	if f, err := ParseFont(changed(t, "head", 44, 0, 1)); err != nil || !f.Bold() {
		t.Errorf("a bold font is not seen: %v", err)
	}
}

func FuzzParseFont(f *testing.F) {
	f.Add(40, byte(1), 9)
	f.Add(0, byte('t'), 300000)
	f.Fuzz(func(t *testing.T, at int, value byte, cut int) {
		data := slices.Clone(liberationsansregular.TTF)
		if cut > 0 {
			data = data[:len(data)-cut%len(data)]
		}
		if len(data) > 0 {
			data[max(at, -at, 0)%min(len(data), 400)] = value
		}
		ParseFont(data) // must not fail otherwise than by an error
	})
}

// TestChain holds which font draws a character.
func TestChain(t *testing.T) {
	cjk, err := ParseFont(golden.Font(t))
	if err != nil {
		t.Fatal(err)
	}
	own, c := builtIn(), newChain([]*Font{cjk})
	heavy := *cjk
	heavy.bold = true
	both := newChain([]*Font{cjk, &heavy})
	for _, x := range []struct {
		chain *chain
		r     rune
		bold  bool
		want  *Font
	}{
		{c, 'a', false, own.regular[0]}, {c, 'a', true, own.bold[0]}, {c, '中', false, cjk}, {c, '中', true, cjk},
		{both, '中', true, &heavy}, {both, '中', false, cjk}, {c, '\ue123', false, own.regular[0]}, {nil, 'a', true, own.bold[0]},
	} {
		if got := x.chain.of(x.r, x.bold); got != x.want {
			t.Errorf("%c bold %v is drawn with another font", x.r, x.bold)
		}
	}
	var texts []string
	for _, r := range c.runs("Firma 北京 AG, 東京", false) {
		texts = append(texts, r.font.name+":"+r.text)
	}
	if got := strings.Join(texts, "|"); got != "LiberationSans:Firma |DroidSansFallback:北京|LiberationSans: AG, |DroidSansFallback:東京" {
		t.Error(got)
	}
	if one, two := c.width("北", false), c.width("北京", false); one != 1 || two != 2 {
		t.Errorf("widths %g and %g, want 1 and 2", one, two)
	}
	for text, want := range map[string]string{"北京 ok": "", "🙂北𠀀": "🙂𠀀", "plain": ""} {
		lacking := string(Lacking([]*Font{cjk})(text))
		if len([]rune(lacking)) != len([]rune(want)) || want != "" && !strings.ContainsRune(lacking, '🙂') {
			t.Errorf("%q lacks %q, want %q", text, lacking, want)
		}
	}
	s := textStyle{size: 10, fonts: c}
	for text, want := range map[string][]string{
		"株式会社サンプル商事":   {"株式会社サ", "ンプル商事"},
		"東京、大阪、名古屋。":   {"東京、大", "阪、名古", "屋。"},
		"Firma 北京示例科技": {"Firma 北京", "示例科技"},
	} {
		if got := wrap(text, 18, s, 0); !slices.Equal(got, want) {
			t.Errorf("wrap(%q) = %q, want %q", text, got, want)
		}
	}
}
