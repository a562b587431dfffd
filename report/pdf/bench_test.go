package pdf_test

import (
	"bytes"
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

// BenchmarkMillion lays out and draws the main report of a million customers;
// their analysis is not counted.
func BenchmarkMillion(b *testing.B) {
	r, w := million(), words(b)
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		var out bytes.Buffer
		if err := pdf.Render(&out, r, w, pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
			b.Fatal(err)
		}
		size = out.Len()
	}
	b.ReportMetric(float64(size)/1000, "kB")
}

// BenchmarkMillionBuilt is the same with the report made of its analysis.
func BenchmarkMillionBuilt(b *testing.B) {
	million()
	w := words(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := pdf.Render(io.Discard, million(), w, pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
			b.Fatal(err)
		}
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
