package pdf_test

import (
	"bytes"
	"testing"

	"valuebook/report/pdf"
)

// BenchmarkCardLayout lays one customer's page out; BenchmarkCardFile draws it
// as a file of its own.
func BenchmarkCardLayout(b *testing.B) {
	r, w := made["built"](), words(b)
	cards := r.Cards()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		pdf.CardPages(r, cards.Card(n%cards.Len()), w, pdf.Options{Theme: pdf.DefaultTheme()})
	}
}

func BenchmarkCardFile(b *testing.B) {
	r, w := made["built"](), words(b)
	cards := r.Cards()
	b.ReportAllocs()
	size := 0
	for n := 0; b.Loop(); n++ {
		var out bytes.Buffer
		if err := pdf.RenderCard(&out, r, cards.Card(n%cards.Len()), w, pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
			b.Fatal(err)
		}
		size += out.Len()
	}
	b.ReportMetric(float64(size)/float64(b.N)/1000, "kB/file")
}
