package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// shown writes blocks on one line each.
func shown(blocks []Block) string {
	var out strings.Builder
	runs := func(list []Run) {
		for _, r := range list {
			text := r.Text
			if r.Break {
				text = "|" + text
			}
			if r.Bold {
				text = "*" + text + "*"
			}
			if r.Link != "" {
				text = "[" + text + "](" + r.Link + ")"
			}
			out.WriteString(text)
		}
	}
	for _, b := range blocks {
		fmt.Fprintf(&out, "%s%d.%d ", [...]string{"p", "h", "i", "t"}[b.Kind], b.Level, b.Number)
		runs(b.Runs)
		for i, row := range b.Rows {
			for c, cell := range row {
				runs(cell)
				out.WriteString(map[bool]string{true: ">", false: ";"}[b.Right[c]])
			}
			if i < len(b.Rows)-1 {
				out.WriteString(" / ")
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestParse(t *testing.T) {
	for source, want := range map[string]string{
		"":                                 "",
		"# A\n\nSome *text* and **more**.": "h1.0 A\np0.0 Some *text* and *more*.\n",
		"two\nlines":                       "p0.0 two lines\n",
		"hard  \nbreak":                    "p0.0 hard|break\n",
		"- a\n- b\n  - c\n\n3. x\n4. y":    "i0.0 a\ni0.0 b\ni1.0 c\ni0.3 x\ni0.4 y\n",
		"[us](https://example.com/a_b) <a@example.com>": "p0.0 [us](https://example.com/a_b) [a@example.com](mailto:a@example.com)\n",
		"see [the lines](#quadrant)":                    "p0.0 see [the lines](#quadrant)\n",
		"|a|b|\n|-|-:|\n|*x*|1|\n|y|":                   "t0.0 a;b>; / *x*;1> / y;> \n",
		"1 \\* 2 &lt; 3 &amp; `code`":                   "p0.0 1 * 2 < 3 & code\n",
		"[ref][1]\n\n[1]: https://example.com":          "p0.0 [ref](https://example.com)\n",
		"\ufeffÜber *Kunden* 客户":                        "p0.0 Über *Kunden* 客户\n",
		"- first\n\n  more of it\n- second":             "i0.0 first\np0.0 more of it\ni0.0 second\n",
	} {
		if strings.HasPrefix(source, "|a") {
			want = "t0.0 a;b> / *x*;1> / y;>\n"
		}
		blocks, refused := Parse([]byte(source))
		if got := shown(blocks); got != want || len(refused) > 0 {
			t.Errorf("%q\n got %s\nwant %s\n refused %v", source, got, want, refused)
		}
	}
}

// TestRefusals holds that what is left out is named with its line, and that
// no HTML and no address of another kind comes through.
func TestRefusals(t *testing.T) {
	source := "Text ![logo](logo.png) on.\n\n<script>alert(1)</script>\n\n```\ncode\n```\n\n> said\n\n---\n\nA <b>bold</b> [x](javascript:alert) [y](file:///etc/passwd) word.\n"
	blocks, refused := Parse([]byte(source))
	if got := shown(blocks); got != "p0.0 Text  on.\np0.0 A bold x y word.\n" {
		t.Errorf("kept %s", got)
	}
	if got, want := fmt.Sprint(refused), "[{1 image} {3 html} {6 code} {9 quote} {9 rule} {13 html} {13 html} {13 link} {13 link}]"; got != want {
		t.Errorf("refused %s, want %s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"# A\n- b\n  1. c\n", "|a|\n|-|\n|b|c|d|\n", "[x]: y\n[x] **_a", "<a>\x00\xff", "> > - # x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		blocks, _ := Parse([]byte(source))
		for _, b := range blocks {
			if b.Kind == Table {
				for _, row := range b.Rows {
					if len(row) != len(b.Right) {
						t.Fatalf("row of %d cells in a table of %d columns", len(row), len(b.Right))
					}
				}
			}
			for _, r := range b.Runs {
				if strings.HasPrefix(strings.ToLower(r.Link), "javascript") {
					t.Fatal("a script as an address")
				}
			}
		}
	})
}
