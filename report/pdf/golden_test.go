package pdf_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

// TestPageTrees holds how whole reports are laid out: every box with its role,
// place and text.
func TestPageTrees(t *testing.T) {
	for _, name := range []string{"sample", "extreme", "empty", "untitled", "one", "equal", "blank", "no rival", "many"} {
		var tree strings.Builder
		for _, p := range pagesMade(t, name) {
			tree.WriteString(p.String())
		}
		golden.Equal(t, strings.ReplaceAll(name, " ", "-")+".tree", []byte(tree.String()))
	}
	var german strings.Builder
	for _, p := range pdf.Pages(made["built"](), wordsIn(t, "de"), pdf.Options{Theme: pdf.DefaultTheme()}) {
		german.WriteString(p.String())
	}
	golden.Equal(t, "german.tree", []byte(german.String()))
	var letter strings.Builder
	for _, p := range pdf.Pages(sample(), words(t), pdf.Options{Theme: pdf.DefaultTheme(), Paper: "Letter"}) {
		letter.WriteString(p.String())
	}
	golden.Equal(t, "letter.tree", []byte(letter.String()))
}

// TestMillion holds the pages of a million customers. It takes the memory and
// the time of their analysis, so that it runs only when asked for.
func TestMillion(t *testing.T) {
	if os.Getenv("VALUEBOOK_LARGE") == "" {
		t.Skip("skipped: VALUEBOOK_LARGE is not set")
	}
	r := million()
	var tree strings.Builder
	for _, p := range pdf.Pages(r, words(t), pdf.Options{Theme: pdf.DefaultTheme()}) {
		tree.WriteString(p.String())
	}
	golden.Equal(t, "million.tree", []byte(tree.String()))
	var out bytes.Buffer
	if err := pdf.Render(&out, r, words(t), pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 300_000 {
		t.Errorf("%d bytes", out.Len())
	}
}

// TestPagesAreFilled holds that no page but the last is left half empty.
func TestPagesAreFilled(t *testing.T) {
	const top, bottom = 24.0, 279.0 // of the content of an A4 page
	for _, name := range []string{"sample", "built", "many", "no rival"} {
		pages := pagesMade(t, name)
		sum := 0.0
		for _, p := range pages[:len(pages)-1] {
			low := 0.0
			for _, b := range leaves(p.Boxes) {
				if b.Role != pdf.RoleFurniture && b.Y+b.H < bottom+1 {
					low = max(low, b.Y+b.H)
				}
			}
			filled := (low - top) / (bottom - top)
			sum += filled
			if filled < 0.5 {
				t.Errorf("%s: page %d is filled to %.0f %%", name, p.Number, 100*filled)
			}
		}
		if mean := sum / float64(len(pages)-1); mean < 0.8 {
			t.Errorf("%s: pages are filled to %.0f %%", name, 100*mean)
		}
	}
}
