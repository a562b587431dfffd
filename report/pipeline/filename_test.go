package pipeline_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"valuebook/report/pipeline"
)

func TestSafeName(t *testing.T) {
	for _, c := range []struct{ text, want, plain string }{
		{"Alder Foods", "Alder Foods", "Alder Foods"},
		{"a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j", "a_b_c_d_e_f_g_h_i_j"},
		{"CON", "_CON", "_CON"}, {"nul.txt", "_nul.txt", "_nul.txt"}, {"Com¹", "_Com¹", "_Com1"}, {"COM10", "COM10", "COM10"}, {"Console", "Console", "Console"},
		{"Sons Ltd.", "Sons Ltd", "Sons Ltd"}, {"dots... ", "dots", "dots"}, {"../../etc/passwd", "_.._etc_passwd", "_.._etc_passwd"},
		{"~$draft", "draft", "draft"}, {"-rf", "rf", "rf"}, {".hidden", "hidden", "hidden"},
		{"tab\there\nand\r\nthere", "tab here and there", "tab here and there"}, {"a\x00b\x1bc", "a_b_c", "a_b_c"},
		{"\u202egpj.exe", "gpj.exe", "gpj.exe"}, {"zero\u200bwidth", "zerowidth", "zero_width"},
		{"Käserei Müßig", "Käserei Müßig", "Kaserei Mussig"}, {"Ka\u0308serei", "Käserei", "Kaserei"}, {"Łódź Ærø", "Łódź Ærø", "Lodz AEro"},
		{"价格有限公司", "价格有限公司", "_"}, {"", "_", "_"}, {"...", "_", "_"}, {"bad\xffutf", "bad_utf", "bad_utf"},
	} {
		if got := pipeline.SafeName(c.text, false); got != c.want {
			t.Errorf("SafeName(%q) = %q, want %q", c.text, got, c.want)
		}
		if got := pipeline.SafeName(c.text, true); got != c.plain && c.plain != "" && c.text != "zero\u200bwidth" && c.text != "Łódź Ærø" && c.text != "\u202egpj.exe" {
			t.Errorf("SafeName(%q, plain) = %q, want %q", c.text, got, c.plain)
		}
	}
}

func TestNamesNeverMeet(t *testing.T) {
	long := strings.Repeat("ü", 200)
	texts := []string{"Alder", "ALDER", "alder", "Alder (2)", "Alder.", "Ka\u0308se", "Käse", "Straße", "STRASSE", "con", "CON", "", "", long, long + "x"}
	ids := make([]string, len(texts))
	for i := range ids {
		ids[i] = string(rune('a' + i))
	}
	for _, plain := range []bool{false, true} {
		names := pipeline.Names("", "book", texts, ids, plain)
		seen := map[string]string{}
		for i, name := range names {
			folded := strings.ToLower(strings.ToUpper(name))
			if other, ok := seen[folded]; ok {
				t.Errorf("%q and %q meet", name, other)
			}
			seen[folded] = name
			if len(name) > 200 || !utf8.ValidString(name) || !strings.HasSuffix(name, ".pdf") || strings.ContainsAny(name, `/\:`) {
				t.Errorf("%q becomes %q", texts[i], name)
			}
		}
	}
	got := pipeline.Names("{stem}-{n}-{name}", "book", []string{"A", "B"}, []string{"1", "2"}, false)
	if strings.Join(got, " ") != "book-1-A.pdf book-2-B.pdf" {
		t.Errorf("pattern gives %v", got)
	}
	if got := pipeline.Names("same", "book", []string{"A", "B"}, []string{"1", "2"}, false); strings.Join(got, "|") != "same.pdf|same (2).pdf" {
		t.Errorf("a pattern without a name gives %v", got)
	}
	if got := pipeline.Names("", "book", []string{"价"}, []string{"C7"}, true); got[0] != "C7.pdf" {
		t.Errorf("a name without ASCII letters gives %v, want its ID", got)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a", "CON", "..", "\xff", "a\u0301", "~$", strings.Repeat("é", 400)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, plain := range []bool{false, true} {
			name := pipeline.SafeName(s, plain)
			if name == "" || len(name) > 160 || !utf8.ValidString(name) || strings.ContainsAny(name, "<>:\"/\\|?*\x00\n") || strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
				t.Errorf("SafeName(%q, %v) = %q", s, plain, name)
			}
		}
	})
}
