package pdf

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-pdf/fpdf"
)

func TestPlain(t *testing.T) {
	for _, c := range []struct{ text, want, lacks string }{
		{"plain ASCII", "plain ASCII", ""},
		{"Łódź Ωmega Жук €5 − 3 ≥ 2", "Łódź Ωmega Жук €5 − 3 ≥ 2", ""},
		{"smile 🙂!", "smile □!", "🙂"},
		{"👩‍👩‍👧 family", "□ family", "👧👩"},
		{"👍🏽", "□", "👍"},
		{"中文", "□□", "中文"},
		{"a\u200bb\u200dc\ufe0f\x00\x07\u202e", "abc", ""},
		{"line\nbreak\ttab", "line break tab", ""},
		{"Ｆｕｌｌ①ﬁ", "Full1ﬁ", ""},
		{"₹ 5 ✓ non\u2011break", "Rs 5 √ non-break", ""},
		{"\xff\xfe", "□", ""},
		{"e\u0301", "é", ""},
		{"a\u20d2x", "ax", "\u20d2"},
	} {
		var r reader
		got := r.plain(c.text)
		if got != c.want || string(r.lacking()) != c.lacks {
			t.Errorf("plain(%q) = %q lacking %q, want %q lacking %q", c.text, got, string(r.lacking()), c.want, c.lacks)
		}
		if again := r.plain(got); again != got {
			t.Errorf("plain(%q) = %q the second time", got, again)
		}
	}
}

// TestPlainIsAlwaysDrawable holds for every character there is.
func TestPlainIsAlwaysDrawable(t *testing.T) {
	var r reader
	for c := rune(0); c <= 0x10ffff; c++ {
		if c > 0x3000 && c < 0xf900 && c%97 != 0 || c > 0x20000 && c%997 != 0 {
			continue // the large blocks of one kind
		}
		for _, out := range r.plain(string(c)) {
			if !r.fonts.draws(out) {
				t.Fatalf("%U becomes %U, which the fonts lack", c, out)
			}
		}
	}
}

// TestNoLineBeginsWithASpace holds that what is read as one is not parted before
// its space, also after Chinese.
func TestNoLineBeginsWithASpace(t *testing.T) {
	for _, text := range []string{"lose on 価格 (−14).", "lose on 価格\u00a0(−14)."} {
		for width := 4.0; width < 40; width++ {
			for _, line := range wrap(text, width, textStyle{size: 10}, 0) {
				if strings.TrimLeft(line, " \u00a0") != line {
					t.Errorf("%q at %g: a line is %q", text, width, line)
				}
			}
		}
	}
}

func TestWrap(t *testing.T) {
	s := textStyle{size: 10}
	for _, c := range []struct {
		text  string
		width float64
		limit int
		want  []string
	}{
		{"", 50, 0, []string{""}},
		{"one two three", 13, 0, []string{"one two", "three"}},
		{"price −8, effort −4", 16, 0, []string{"price −8,", "effort −4"}},
		{"reliability (+6)", 20, 0, []string{"reliability", "(+6)"}},
		{"interval (n = 101)", 21, 0, []string{"interval", "(n = 101)"}},
		{"about 95 %", 14, 0, []string{"about", "95 %"}},
		{"an = b", 8, 0, []string{"an =", "b"}},
		{"narrow −8", 7, 0, []string{"narr", "ow", "−8"}},
		{"a\u00a0b c", 5, 0, []string{"a\u00a0b", "c"}},
		{"one two three four", 13, 2, []string{"one two", "three…"}},
		{"sentence. more", 19, 1, []string{"sentence…"}},
		{"xxxxxxxxxxxx", 9, 0, []string{"xxxxx", "xxxxx", "xx"}},
		{"w", 0.1, 0, []string{"w"}},
		{"Wert-Kosten-Verhältnis", 24, 0, []string{"Wert-Kosten-", "Verhältnis"}},
		{"a-b c-d", 8, 0, []string{"a-b", "c-d"}},
	} {
		if got := wrap(c.text, c.width, s, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %g, %d) = %q, want %q", c.text, c.width, c.limit, got, c.want)
		}
	}
}

func TestVisual(t *testing.T) {
	for text, want := range map[string]string{"abc": "abc", "אבג": "גבא", "abc אבג 12": "abc גבא 12", "": "", "אב (12.5) ג": "ג (12.5) בא", "א b ג": "א b ג", "בּא": "אבּ"} {
		if got := visual(text); got != want {
			t.Errorf("visual(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestWidthsAreThoseOfTheDocument compares our measures with the library's.
func TestWidthsAreThoseOfTheDocument(t *testing.T) {
	doc := fpdf.New("P", "pt", "A4", "")
	for _, bold := range []bool{false, true} {
		f := builtIn().fonts(bold)[0]
		doc.AddUTF8FontFromBytes(f.family, f.style, f.data)
		doc.SetFont(f.family, f.style, 100)
		for _, text := range []string{"Customer value", "−0123456789.,%", "ÄÖÜßéłŽ", "Ωλ Жуков", "→…–—□√\u00a0\u202f"} {
			ours, theirs := builtIn().width(text, bold)*100, doc.GetStringWidth(text)
			if diff := ours - theirs; diff > 0.1*float64(len(text)) || diff < -0.1*float64(len(text)) {
				t.Errorf("%q bold %v: %.2f, the library has %.2f", text, bold, ours, theirs)
			}
		}
	}
}

func TestFlowKeepsTogether(t *testing.T) {
	box := func(text string, tall float64) Box { return Box{Role: RoleParagraph, H: tall, Text: []string{text}} }
	head := box("head", 5)
	for _, c := range []struct {
		name   string
		pieces []piece
		want   string
	}{
		{"fits", []piece{{box: box("a", 40)}, {box: box("b", 40), gap: 10}}, "a b"},
		{"breaks", []piece{{box: box("a", 60)}, {box: box("b", 40), gap: 10}}, "a|b"},
		{"heading goes along", []piece{{box: box("a", 60)}, {box: box("h", 10), gap: 5, keep: true}, {box: box("b", 30)}}, "a|h b"},
		{"lower", []piece{{box: box("a", 60)}, {box: Box{H: 50, Kids: []Box{box("chart", 50)}}, flex: 10}}, "a chart"},
		{"not so much lower", []piece{{box: box("a", 60)}, {box: Box{H: 50, Kids: []Box{box("chart", 50)}}, flex: 9}}, "a|chart"},
		{"too tall together", []piece{{box: box("a", 60), keep: true}, {box: box("b", 60)}}, "a|b"},
		{"header again", []piece{{box: box("head", 5), keep: true, table: "t"}, {box: box("r1", 50), table: "t", head: &head}, {box: box("r2", 50), table: "t", head: &head}}, "head r1|head r2"},
	} {
		f := newFlow(0, 100)
		f.add(c.pieces, false)
		var pages []string
		for _, p := range f.pages {
			var texts []string
			for _, b := range p.Boxes {
				for _, kid := range append([]Box{b}, b.Kids...) {
					texts = append(texts, kid.Text...)
				}
			}
			pages = append(pages, strings.Join(texts, " "))
		}
		if got := strings.Join(pages, "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	f := newFlow(0, 100)
	f.add([]piece{{box: box("a", 10)}}, true)
	f.add([]piece{{box: box("b", 10)}}, true)
	if len(f.pages) != 2 || len(f.pages[1].Boxes) != 1 {
		t.Errorf("what begins a new page is on one of %d pages", len(f.pages))
	}
}
