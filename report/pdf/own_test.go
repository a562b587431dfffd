package pdf_test

import (
	"bytes"
	"strings"
	"testing"

	"valuebook/report/markdown"
	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

const ownSource = `# Before the autumn round

It ran from **1 to 20 October**, *see* [the method](#method) or [our page](https://example.com/a)**!**

- Prices changed
  - in the north
- **Kunden**müdigkeit 客户 and aVeryLongWord` + "\u00ad" + `` + `

3. third
4. fourth

| Region | Visits |
|---|---:|
| North | 12 |
`

func ownTexts(place string, before bool, source string) []pdf.OwnText {
	blocks, _ := markdown.Parse([]byte(source))
	return []pdf.OwnText{{Section: place, Before: before, Blocks: blocks}}
}

// TestOwnTextGolden holds the boxes of a text of the user.
func TestOwnTextGolden(t *testing.T) {
	o := pdf.Options{Theme: pdf.DefaultTheme(), Sections: []string{"quadrant", "method"}, Texts: ownTexts("quadrant", true, ownSource)}
	var out strings.Builder
	for _, p := range pdf.Pages(made["built"](), words(t), o) {
		if text := p.String(); strings.Contains(text, "autumn") {
			out.WriteString(text)
		}
	}
	golden.Equal(t, "own.tree", []byte(out.String()))
}

// TestOwnTextAnywhere holds that a long and ugly text keeps in bounds at every
// place, is drawn, and that addresses lead where they say.
func TestOwnTextAnywhere(t *testing.T) {
	ugly := ownSource + strings.Repeat("\nWord **"+strings.Repeat("x", 300)+"** "+strings.Repeat("so it goes on ", 120)+"\n", 2) +
		"\n|a|b|\n|-|-|\n" + strings.Repeat("|c|"+strings.Repeat("long cell ", 60)+"|\n", 60) + strings.Repeat("\n###### deep\n\n1. "+strings.Repeat("客户", 200)+"\n", 5)
	for place, before := range map[string]bool{"findings": false, "quadrant": true, "method": false} {
		o := pdf.Options{Theme: pdf.DefaultTheme(), Texts: ownTexts(place, before, ugly)}
		for _, p := range pdf.Pages(made["one"](), words(t), o) {
			for _, b := range leaves(p.Boxes) {
				if b.X < 17.9 || b.Y < 9 || b.X+b.W > 192.1 || b.Y+b.H > 289 {
					t.Errorf("%s page %d: %q at %.1f,%.1f %.1fx%.1f leaves the page", place, p.Number, clip(b.Text), b.X, b.Y, b.W, b.H)
				}
			}
			checkEnd(t, place, p)
		}
		var out bytes.Buffer
		if err := pdf.Render(&out, made["one"](), words(t), o); err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(out.Bytes(), []byte("/URI (https://example.com/a)")) {
			t.Errorf("%s: no link outside", place)
		}
	}
}

// TestChosenSections holds that pages, contents and links follow the choice.
func TestChosenSections(t *testing.T) {
	o := pdf.Options{Theme: pdf.DefaultTheme(), Sections: []string{"method", "customers", "lifetime"}}
	var found []string
	for _, p := range pdf.Pages(made["built"](), words(t), o) {
		for _, b := range leaves(p.Boxes) {
			if b.Anchor != "" && !strings.Contains(b.Anchor, "#") {
				found = append(found, b.Anchor)
			}
			if section, _, _ := strings.Cut(b.Link, "#"); b.Role == pdf.RoleItem && section == "quadrant" {
				for _, kid := range b.Kids {
					if strings.HasPrefix(clip(kid.Text), "p. ") {
						t.Errorf("a page for a section that is not there: %q", kid.Text)
					}
				}
			}
		}
	}
	if got := strings.Join(found, " "); got != "method customers" {
		t.Errorf("sections %q", got)
	}
}
