package pdf_test

import (
	"io"
	"testing"

	"valuebook/report/pdf"
)

// BenchmarkRender draws the report of 120 and of 5,000 customers.
func BenchmarkRender(b *testing.B) {
	for _, name := range []string{"sample", "built", "many"} {
		r, w := made[name](), words(b)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := pdf.Render(io.Discard, r, w, pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCrowd draws the quadrant of a million customers, small and large.
func BenchmarkCrowd(b *testing.B) {
	r, w := sample(), words(b)
	r.Sections = r.Sections[:1]
	r.Sections[0].Blocks[0].Chart = quadrantChart(customers(1_000_000, 9), 40)
	for b.Loop() {
		if err := pdf.Render(io.Discard, r, w, pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
			b.Fatal(err)
		}
	}
}
