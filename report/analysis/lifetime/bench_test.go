package lifetime_test

import (
	"testing"
	"time"

	"valuebook/report/analysis/lifetime"
	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
)

// BenchmarkCDNOW fits and scores all 23,570 customers of CDNOW, without the
// check on a second part of the time, which fits once more.
func BenchmarkCDNOW(b *testing.B) {
	benchmark(b, cdnow(b, "CDNOW_master.txt"), calibration)
}

// BenchmarkMillion fits and scores 1,000,000 customers drawn from the BG/NBD.
func BenchmarkMillion(b *testing.B) {
	benchmark(b, shop(1_000_000, 730, lifetime.BGNBD{R: .6, Alpha: 8, A: .8, B: 3}, 1), "")
}

// BenchmarkWhole is everything, with windows, check, chart and regression.
func BenchmarkWhole(b *testing.B) {
	d := cdnow(b, "CDNOW_master.txt")
	h := purchase.New(d, time.Time{})
	b.ReportAllocs()
	for b.Loop() {
		lifetime.Analyse(d, h, lifetime.DefaultOptions())
	}
}

// BenchmarkWholeMillion is everything for 1,000,000 customers.
func BenchmarkWholeMillion(b *testing.B) {
	d := shop(1_000_000, 730, lifetime.BGNBD{R: .6, Alpha: 8, A: .8, B: 3}, 1)
	h := purchase.New(d, time.Time{})
	b.ReportAllocs()
	for b.Loop() {
		lifetime.Analyse(d, h, lifetime.DefaultOptions())
	}
}

func benchmark(b *testing.B, d *dataset.Dataset, asOf string) {
	var date time.Time
	if asOf != "" {
		date = day(asOf)
	}
	h := purchase.New(d, date)
	s := lifetime.Summarise(h, purchase.DayOf(h.AsOf), 7)
	b.ReportAllocs()
	b.Run("fit", func(b *testing.B) {
		for b.Loop() {
			_, fit, ok := lifetime.FitBGNBD(s)
			_, _, spends := lifetime.FitGammaGamma(s)
			if !ok || !spends {
				b.Fatal("not identified")
			}
			b.ReportMetric(float64(fit.Patterns), "histories")
		}
	})
	m, _, _ := lifetime.FitBGNBD(s)
	b.Run("score", func(b *testing.B) {
		for b.Loop() {
			lifetime.Score(s, m, 12, lifetime.MonthlyRate(.1))
		}
	})
}
