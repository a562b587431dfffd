package report_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/dataset"
)

// BenchmarkMovement builds a report of 20,000 customers with and without 24
// earlier periods: the difference is what movement and trend cost.
func BenchmarkMovement(b *testing.B) {
	const n = 20_000
	month := func(seed uint64, period string) *dataset.Dataset {
		r := rand.New(rand.NewPCG(seed, 1))
		d := &dataset.Dataset{Period: period, Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "them"}}}
		for i := range n {
			d.Customers.ID = append(d.Customers.ID, fmt.Sprint(i))
		}
		for a := range 8 {
			d.Attributes = append(d.Attributes, dataset.Attribute{ID: fmt.Sprint(a), Label: fmt.Sprint("Attribute ", a), Side: dataset.Side(a % 2), Scale: dataset.Scale{Lo: 1, Hi: 10}, Weight: float64(1 + a)})
		}
		for range 16 {
			s := dataset.Series{Values: make([]float64, n)}
			for i := range s.Values {
				s.Values[i] = float64(1 + r.IntN(10))
			}
			d.Ratings = append(d.Ratings, s)
		}
		return d
	}
	o := analysis.DefaultOptions()
	o.Bootstrap = 0
	was, d := month(1, "2026-09"), month(2, "2026-10")
	before, now := analysis.Snapshot(was, analysis.Analyse(was, o)), analysis.Analyse(d, o)
	past := report.Past{Before: before}
	for k := range movement.MaxPeriods {
		point := before.Point()
		point.Period = fmt.Sprintf("20%02d-09", k)
		past.Points = append(past.Points, point)
	}
	for name, meta := range map[string]report.Meta{"without": {}, "with": {Past: past}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				report.Build(d, now, meta)
			}
		})
	}
}
