package ledger_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"

	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/ledger"
	"valuebook/samples/pgtest"
)

// fillIn gives every field below v a value of its own, so that a field that is
// added to a snapshot and not stored is noticed.
func fillIn(v reflect.Value, next *int) {
	*next++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d <é>", *next))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*next))
	case reflect.Float64:
		v.SetFloat([]float64{1 / float64(*next), math.NaN(), 0, math.Inf(-1), -0.25}[*next%5])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Array:
		for i := range v.Len() {
			fillIn(v.Index(i), next)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range v.Len() {
			fillIn(v.Index(i), next)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillIn(v.Field(i), next)
		}
	default:
		panic("a snapshot holds a " + v.Kind().String())
	}
}

// text shows a snapshot so that NaN equals NaN.
func text(v any) string { return fmt.Sprintf("%#v", v) }

func TestSnapshotComesBackWhole(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		next := 0
		var want movement.Snapshot
		fillIn(reflect.ValueOf(&want).Elem(), &next)
		want.Period, want.Revision = "2026-10", 1 // the run's
		want.Customers = append(want.Customers,
			movement.Standing{ID: "blank", X: math.NaN(), Own: []float64{}},
			movement.Standing{ID: "a", Name: "first by ID, last in the workbook", Gone: true, Rivals: []float64{math.NaN(), 0.75}})
		run := started(t, l, october("a"))
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me", Snapshot: &want}, day))
		got, err := l.Snapshot(ctx, run.ID)
		must(t, err)
		if text(*got) != text(want) {
			t.Errorf("got  %s\nwant %s", text(*got), text(want))
		}
	})
}

func TestNumbersThatMeanSomethingElseAreRefused(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		run := started(t, l, october("a"))
		must(t, l.Finish(ctx, run.ID, ledger.Recorded{Owner: "me"}, day))
		if _, err := l.Snapshot(ctx, run.ID); err == nil {
			t.Error("a run without a snapshot has one")
		}
		if _, _, ok, err := l.Before(ctx, "value", "2026-11"); ok || err != nil {
			t.Errorf("a period without a snapshot is compared: %v", err)
		}
	})
}

// month is a period with n customers, of whom the first stand in class one and
// the rest in class two.
func month(period string, n, ones int) *movement.Snapshot {
	s := &movement.Snapshot{Period: period, Method: "m", Axes: [2]quadrant.Measure{"firm-value", "match"}, Thresholds: [2]float64{50, 50},
		Attributes: []movement.Attribute{{ID: "service", Share: 1, Standing: "leader"}}, Figures: []movement.Figure{{Code: "value", Value: float64(ones), Unit: "points"}, {Code: "equity", Value: math.NaN()}}}
	for i := range n {
		class := "one"
		if i >= ones {
			class = "two"
		}
		s.Customers = append(s.Customers, movement.Standing{ID: fmt.Sprintf("C%05d", n-i), Name: "Customer", Class: class, X: float64(ones), Own: []float64{0.75}})
	}
	return s
}

// record runs a period to its end.
func record(t testing.TB, l *ledger.Ledger, period, input string, s *movement.Snapshot) ledger.Run {
	t.Helper()
	wanted := october(input)
	wanted.Period = period
	run := started(t, l, wanted)
	must(t, l.Finish(context.Background(), run.ID, ledger.Recorded{Owner: "me", Snapshot: s}, day))
	return run
}

func TestTrend(t *testing.T) {
	t.Parallel() // it mostly waits
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		ctx := context.Background()
		for i, period := range []string{"2026-08", "2026-07", "2026-10", "2026-09"} { // not in order
			record(t, l, period, "a", month(period, 5, i))
		}
		second := record(t, l, "2026-09", "b", month("2026-09", 6, 5))
		points, err := l.Trend(ctx, "value", "2026-09", 2)
		must(t, err)
		var got []string
		for _, p := range points {
			got = append(got, fmt.Sprint(p.Period, " ", p.Revision, " ", p.Classes))
		}
		want := "[2026-08 1 map[two:5] 2026-09 2 map[one:5 two:1]]"
		if fmt.Sprint(got) != want {
			t.Errorf("trend %s, want %s", got, want)
		}
		last := points[1]
		if last.RunID != second.ID || last.Customers != 6 || last.Figures[0].Value != 5 || !math.IsNaN(last.Figures[1].Value) || last.Method != "m" {
			t.Errorf("point %+v", last)
		}
		run, s, ok, err := l.Before(ctx, "value", "2026-10")
		must(t, err)
		if !ok || run.ID != second.ID || len(s.Customers) != 6 || s.Customers[0].ID != "C00006" {
			t.Errorf("before October is run %d, %v", run.ID, ok)
		}
		if _, _, ok, err := l.Before(ctx, "value", "2026-07"); ok || err != nil {
			t.Errorf("before the first is something: %v", err)
		}
		must(t, l.SetCurrent(ctx, 4)) // the first revision of September counts again
	})
}

const (
	manyMonths    = 24
	manyCustomers = 20_000
	manyRatings   = 12
)

// manyStandings is a month of a large report, with ratings on 1 to 5 and means
// over three rivals.
func manyStandings(period string, n int, rnd *rand.Rand) *movement.Snapshot {
	s := month(period, 0, 0)
	for i := range n {
		c := movement.Standing{ID: fmt.Sprintf("C%06d", i), Name: fmt.Sprintf("Customer number %d", i), Segment: "Trade", Class: []string{"strategic", "profit", "potential", "ordinary"}[rnd.IntN(4)],
			X: rnd.Float64() * 100, Y: rnd.Float64() * 100, Value: rnd.Float64() * 100, Relative: rnd.Float64(), Firm: rnd.Float64() * 1e6}
		for range manyRatings {
			c.Own = append(c.Own, float64(rnd.IntN(5))/4)
			c.Rivals = append(c.Rivals, float64(rnd.IntN(13))/12)
		}
		s.Customers = append(s.Customers, c)
	}
	return s
}

// onEach runs a benchmark on both databases, with 24 months of 20,000 customers.
func onEach(b *testing.B, run func(b *testing.B, l *ledger.Ledger)) {
	for _, store := range []string{"sqlite", "postgres"} {
		b.Run(store, func(b *testing.B) {
			dsn := filepath.Join(b.TempDir(), "ledger.db")
			if store == "postgres" {
				dsn = pgtest.DSN(b)
			}
			l := open(b, dsn)
			rnd := rand.New(rand.NewPCG(1, 2))
			for m := range manyMonths {
				period := fmt.Sprintf("%d-%02d", 2025+m/12, m%12+1)
				record(b, l, period, "a", manyStandings(period, manyCustomers, rnd))
			}
			b.ResetTimer()
			run(b, l)
		})
	}
}

func BenchmarkRecordMonth(b *testing.B) {
	l := open(b, filepath.Join(b.TempDir(), "ledger.db"))
	s := manyStandings("", manyCustomers, rand.New(rand.NewPCG(1, 2)))
	for i := range b.N {
		record(b, l, fmt.Sprint(i), "a", s)
	}
}

// BenchmarkMovementPages is what the movement pages read: two months of
// customers and the trend of two years.
func BenchmarkMovementPages(b *testing.B) {
	onEach(b, func(b *testing.B, l *ledger.Ledger) {
		for range b.N {
			_, s, ok, err := l.Before(context.Background(), "value", "2026-12")
			if err != nil || !ok || len(s.Customers) != manyCustomers {
				b.Fatal(ok, err)
			}
			if _, _, ok, err = l.Before(context.Background(), "value", "2026-11"); err != nil || !ok {
				b.Fatal(ok, err)
			}
			points, err := l.Trend(context.Background(), "value", "", manyMonths)
			if err != nil || len(points) != manyMonths {
				b.Fatal(len(points), err)
			}
		}
	})
}
