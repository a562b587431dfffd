package pdf_test

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"runtime/metrics"
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
	before := processorSeconds()
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
	reportCost(b, b.N, before)
}

// BenchmarkBook draws 1,000 pages as one document.
func BenchmarkBook(b *testing.B) {
	press := newPress(b, "thousand")
	customers := make([]int, press.Len())
	for i := range customers {
		customers[i] = i
	}
	before := processorSeconds()
	for b.Loop() {
		if err := press.Book(context.Background(), io.Discard, "All customers", customers, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(customers))/b.Elapsed().Seconds(), "pages/s")
	reportCost(b, b.N*len(customers), before)
}

// processorSeconds is the processor time that the program has used for itself.
func processorSeconds() float64 {
	runtime.GC() // brings the figures up to date
	sample := []metrics.Sample{{Name: "/cpu/classes/user:cpu-seconds"}, {Name: "/cpu/classes/gc/total:cpu-seconds"}}
	metrics.Read(sample)
	return sample[0].Value.Float64() + sample[1].Value.Float64()
}

// reportCost adds the processor time of 1,000 pages and the memory taken from
// the system, test data included.
func reportCost(b *testing.B, pages int, before float64) {
	b.ReportMetric(1000*(processorSeconds()-before)/float64(pages), "cpu-s/1000")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB")
}

func newPress(t testing.TB, name string) *pdf.Press {
	t.Helper()
	press, err := pdf.NewPress(made[name](), words(t), pdf.Options{Theme: pdf.DefaultTheme()})
	if err != nil {
		t.Fatal(err)
	}
	return press
}
