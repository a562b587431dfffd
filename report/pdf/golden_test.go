package pdf_test

import (
	"strings"
	"testing"

	"valuebook/report/pdf"
	"valuebook/samples/golden"
)

// TestPageTrees holds how whole reports are laid out: every box with its role,
// place and text.
func TestPageTrees(t *testing.T) {
	for _, name := range []string{"sample", "extreme", "empty", "untitled"} {
		var tree strings.Builder
		for _, p := range pdf.Pages(made[name](), words(t), pdf.Options{Theme: pdf.DefaultTheme()}) {
			tree.WriteString(p.String())
		}
		golden.Equal(t, name+".tree", []byte(tree.String()))
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
