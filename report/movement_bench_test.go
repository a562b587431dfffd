package report_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/dataset"
	"valuebook/report/ledger"
	"valuebook/report/pdf"
)

// Two years of a large report.
const (
	manyCustomers = 20_000
	manyMonths    = 24
)

func periodOf(month int) string { return fmt.Sprintf("%d-%02d", 2025+month/12, 1+month%12) }

// largeMonth is one month of 20,000 customers who rate eight attributes of ours
// and of a rival; one answer in eight is another each month.
func largeMonth(month int) *dataset.Dataset {
	always, sometimes := rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(uint64(month), 2))
	d := &dataset.Dataset{Period: periodOf(month), Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "them"}}}
	for i := range manyCustomers {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("C%06d", i))
		d.Customers.Name = append(d.Customers.Name, fmt.Sprintf("Customer number %d", i))
		d.Customers.Segment = append(d.Customers.Segment, "Trade")
	}
	for a := range 8 {
		d.Attributes = append(d.Attributes, dataset.Attribute{ID: fmt.Sprint(a), Label: fmt.Sprint("Attribute ", a), Side: dataset.Side(a % 2), Scale: dataset.Scale{Lo: 1, Hi: 10}, Weight: float64(1 + a)})
	}
	for range 16 {
		s := dataset.Series{Values: make([]float64, manyCustomers)}
		for i := range s.Values {
			s.Values[i] = float64(1 + always.IntN(10))
			if sometimes.IntN(8) == 0 {
				s.Values[i] = float64(1 + sometimes.IntN(10))
			}
		}
		d.Ratings = append(d.Ratings, s)
	}
	return d
}

// largeLedger returns a ledger that holds all months but the last, and that
// one with its analysis.
func largeLedger(b *testing.B) (*ledger.Ledger, *dataset.Dataset, *analysis.Results) {
	b.Helper()
	ctx, o := context.Background(), analysis.DefaultOptions()
	o.Bootstrap = 0
	book, err := ledger.Open(ctx, filepath.Join(b.TempDir(), "ledger.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { book.Close() })
	day := time.Date(2027, 1, 5, 9, 0, 0, 0, time.UTC)
	d := largeMonth(manyMonths - 2)
	snapshot := analysis.Snapshot(d, analysis.Analyse(d, o))
	for month := range manyMonths - 1 { // all like the last one: only that is looked into
		snapshot.Period = periodOf(month)
		wanted := ledger.Run{Report: "value", Period: snapshot.Period, InputSHA256: snapshot.Period, SettingsSHA256: "s", Version: "1", Owner: "me"}
		run, verdict, err := book.Begin(ctx, wanted, day)
		if err != nil || verdict != ledger.Started {
			b.Fatal(verdict, err)
		}
		done := ledger.Recorded{Owner: "me", Snapshot: snapshot}
		if err := book.Finish(ctx, run.ID, done, day); err != nil {
			b.Fatal(err)
		}
	}
	d = largeMonth(manyMonths - 1)
	return book, d, analysis.Analyse(d, o)
}

// BenchmarkMovementPages is all that the pages of movement and trend cost beside
// a month's report: two years of 20,000 customers are read from the ledger,
// compared, put into the section and drawn as PDF.
func BenchmarkMovementPages(b *testing.B) {
	book, d, r := largeLedger(b)
	w := writer(b, "EUR")
	b.ResetTimer()
	start := processorTime()
	for range b.N {
		past := recalled(b, book, d.Period)
		rep := report.BuildMovement(d, r, report.Meta{Past: past})
		if m := rep.History.Movement; m == nil || m.Classed == m.Stayed || len(rep.History.Trend.Periods) != manyMonths {
			b.Fatal("nothing to show")
		}
		if err := pdf.Render(io.Discard, rep, w, pdf.Options{Theme: pdf.DefaultTheme()}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((processorTime()-start).Seconds()/float64(b.N), "processor-s/op")
}

// recalled is what a monthly run takes from the ledger.
func recalled(b *testing.B, book *ledger.Ledger, period string) report.Past {
	ctx := context.Background()
	run, before, found, err := book.Before(ctx, "value", period)
	if err != nil || !found {
		b.Fatal(found, err)
	}
	points, err := book.Trend(ctx, "value", run.Period, movement.MaxPeriods)
	if err != nil {
		b.Fatal(err)
	}
	past := report.Past{Before: before}
	for _, p := range points {
		past.Points = append(past.Points, movement.Point{Period: p.Period, Revision: p.Revision, Method: p.Method, Figures: p.Figures, Classes: p.Classes})
	}
	return past
}
