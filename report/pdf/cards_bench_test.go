package pdf_test

import (
	"bytes"
	"context"
	"io"
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
	press := newPress(b, "thousand")
	b.ReportAllocs()
	size := 0
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for n := 0; pb.Next(); n++ {
			var out bytes.Buffer
			if err := press.Card(&out, n%press.Len()); err != nil {
				b.Error(err)
				return
			}
			if n == 0 {
				size = out.Len()
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
	b.ReportMetric(float64(size)/1000, "kB/file")
}

// BenchmarkBook draws 1,000 pages as one document.
func BenchmarkBook(b *testing.B) {
	press := newPress(b, "thousand")
	customers := make([]int, press.Len())
	for i := range customers {
		customers[i] = i
	}
	for b.Loop() {
		if err := press.Book(context.Background(), io.Discard, "All customers", customers, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(customers))/b.Elapsed().Seconds(), "pages/s")
}

func newPress(t testing.TB, name string) *pdf.Press {
	t.Helper()
	press, err := pdf.NewPress(made[name](), words(t), pdf.Options{Theme: pdf.DefaultTheme()})
	if err != nil {
		t.Fatal(err)
	}
	return press
}
