package purchase_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/analysis/purchase"
	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

var nan = math.NaN()

// row is one purchase of a test.
type row struct {
	customer      int32
	date          string
	revenue, cost float64
	kind, order   string
}

func book(customers int, rows ...row) *dataset.Dataset {
	d := &dataset.Dataset{}
	for i := range customers {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("C%02d", i))
	}
	t := &d.Transactions
	for _, r := range rows {
		date, _ := time.Parse(time.DateOnly, r.date)
		t.Customer = append(t.Customer, r.customer)
		t.Date = append(t.Date, date)
		t.Revenue = append(t.Revenue, r.revenue)
		t.Cost = append(t.Cost, r.cost)
		t.Kind = append(t.Kind, r.kind)
		t.Order = append(t.Order, r.order)
	}
	return d
}

// shop has what can go wrong: refunds, cancelled and late purchases, several
// rows of one order, an unknown cost, a free sample, a customer who never bought.
func shop() *dataset.Dataset {
	return book(4,
		row{1, "2026-03-02", 40, 10, "sale", "A-1"},
		row{0, "2026-01-10", 100, 60, "sale", "A-2"},
		row{0, "2026-01-10", 50, 30, "sale", "A-2"},
		row{0, "2026-01-12", -20, 0, "refund", "A-2"},
		row{0, "2026-02-01", 999, 1, "cancelled", "A-3"},
		row{0, "2026-02-03", 0, 2, "sale", "A-4"},
		row{0, "2026-03-05", 70, nan, "sale", ""},
		row{0, "2026-01-01", nan, 25, "acquisition", ""},
		row{0, "2026-04-01", 500, 100, "sale", "A-9"},
		row{2, "2026-02-20", 15, 5, "service", ""},
		row{-1, "2026-02-20", 15, 5, "sale", ""},
		row{1, "2026-03-02", nan, 5, "sale", ""},
	)
}

func TestHistory(t *testing.T) {
	h := purchase.New(shop(), day("2026-03-31"))
	if h.Refused != "" || h.AsOf != day("2026-03-31") {
		t.Fatalf("refused %q, as of %v", h.Refused, h.AsOf)
	}
	want := map[string]any{
		"orders": []int32{3, 1, 0, 0}, "net": []float64{200, 40, 15, nan}, "costs": []float64{nan, 10, 5, nan},
		"unknown": []int32{1, 0, 0, 0}, "acquisition": []float64{25, nan, nan, nan},
		"day start": []int32{0, 2, 3, 3, 3}, "sales": []float64{150, 70, 40},
		"start":   []int32{0, 6, 7, 8, 8},
		"first":   []string{"2026-01-10", "2026-03-02", "2026-02-20", "0001-01-01"},
		"last":    []string{"2026-03-05", "2026-03-02", "2026-02-20", "0001-01-01"},
		"skipped": []purchase.Skipped{{Why: "cancelled", Count: 1}, {Why: "no-id", Count: 1}, {Why: "purchase", Count: 1}, {Why: "after-date", Count: 1}},
	}
	got := map[string]any{
		"orders": h.Orders, "net": h.Net, "costs": h.Costs, "unknown": h.Unknown, "acquisition": h.Acquisition,
		"day start": h.DayStart, "sales": h.Sales, "start": h.Start,
		"first": dates(h.First), "last": dates(h.Last), "skipped": h.Skipped,
	}
	for name, w := range want {
		if fmt.Sprint(got[name]) != fmt.Sprint(w) {
			t.Errorf("%s: got %v, want %v", name, got[name], w)
		}
	}
	total := purchase.Total{Transactions: 7, Customers: 3, Buyers: 2, Repeaters: 1, Orders: 4, Revenue: 255, Cost: nan,
		Known: 107, Acquisition: 25, Refunds: -20, Unknown: 1, First: day("2026-01-10"), Last: day("2026-03-05")}
	if fmt.Sprint(h.Total) != fmt.Sprint(total) {
		t.Errorf("total\n got %v\nwant %v", h.Total, total)
	}
	if days, sales := h.Days(0); len(days) != 2 || purchase.Date(days[1]) != day("2026-03-05") || sales[0] != 150 {
		t.Errorf("days of the first customer: %v %v", days, sales)
	}
}

func TestAsOfIsNeverToday(t *testing.T) {
	d := shop()
	if h := purchase.New(d, time.Time{}); h.AsOf != day("2026-04-01") || h.Total.Transactions != 8 {
		t.Errorf("without a date: as of %v, %d purchases", h.AsOf, h.Total.Transactions)
	}
	d.AsOf = time.Date(2026, 3, 5, 17, 0, 0, 0, time.UTC)
	if h := purchase.New(d, time.Time{}); h.AsOf != day("2026-03-05") || h.Total.Transactions != 7 {
		t.Errorf("date of the dataset: as of %v, %d purchases", h.AsOf, h.Total.Transactions)
	}
}

func TestRefusals(t *testing.T) {
	one := row{0, "2026-01-10", 100, 60, "sale", ""}
	currencies := book(1, one)
	currencies.Transactions.Currencies = []string{"EUR", "USD"}
	read := book(1)
	read.Transactions.Left = []dataset.LeftOut{{Why: "no-id", Count: 3}, {Why: "after-date", Count: 5}}
	for name, c := range map[string]struct {
		d    *dataset.Dataset
		want purchase.Refusal
	}{
		"no list":                 {book(3), purchase.NoPurchases},
		"no customers":            {book(0, one), purchase.NoCustomer},
		"no customer in the rows": {book(1, row{-1, "2026-01-10", 1, 1, "sale", ""}), purchase.NoCustomer},
		"no amounts":              {book(1, row{0, "2026-01-10", nan, 1, "sale", ""}), purchase.NoAmounts},
		"currencies":              {currencies, purchase.Currencies},
		"future":                  {book(1, row{0, "2027-01-10", 1, 1, "sale", ""}), purchase.Future},
		"future, as read":         {read, purchase.Future},
		"all cancelled":           {book(1, row{0, "2026-01-10", 1, 1, "cancelled", ""}), purchase.NoPurchases},
		"fine":                    {book(1, one), ""},
	} {
		if h := purchase.New(c.d, day("2026-12-31")); h.Refused != c.want {
			t.Errorf("%s: refused %q, want %q", name, h.Refused, c.want)
		}
	}
}

// TestOrderOfRowsShowsNowhere shuffles the rows of the list.
func TestOrderOfRowsShowsNowhere(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	var rows []row
	for range 400 {
		rows = append(rows, row{rng.Int32N(20), day("2026-01-01").AddDate(0, 0, rng.IntN(20)).Format(time.DateOnly),
			math.Round(rng.NormFloat64()*1e4+8e3) / 100, rng.Float64(), []string{"sale", "refund", "service", "acquisition"}[rng.IntN(4)], strconv.Itoa(rng.IntN(40))})
	}
	want := purchase.New(book(20, rows...), time.Time{})
	for range 5 {
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		got := purchase.New(book(20, rows...), time.Time{})
		want.Row, got.Row = nil, nil
		if !reflect.DeepEqual(fmt.Sprint(got), fmt.Sprint(want)) {
			t.Fatal("another order of rows gives another history")
		}
	}
}

// TestShortColumnsDoNotPanic has columns that the workbook does not have.
func TestShortColumnsDoNotPanic(t *testing.T) {
	d := shop()
	d.Transactions.Kind, d.Transactions.Order, d.Transactions.Cost = nil, nil, nil
	h := purchase.New(d, time.Time{})
	if h.Total.Customers != 3 || !math.IsNaN(h.Total.Cost) || h.Total.Unknown != h.Total.Transactions || h.Total.Refunds != -20 {
		t.Errorf("%+v", h.Total)
	}
	d.Transactions.Date = d.Transactions.Date[:3]
	if h := purchase.New(d, time.Time{}); h.Total.Transactions != 3 {
		t.Errorf("dates of three rows: %d purchases", h.Total.Transactions)
	}
}

func TestDayOf(t *testing.T) {
	west := time.FixedZone("west", -8*3600)
	for date, want := range map[time.Time]int32{
		day("1970-01-01"): 0, day("1969-12-31"): -1, day("2000-03-01"): 11017,
		time.Date(2000, 3, 1, 23, 59, 0, 0, west): 11017, time.Date(1969, 12, 31, 0, 0, 1, 0, time.UTC): -1,
	} {
		if got := purchase.DayOf(date); got != want {
			t.Errorf("%v is day %d, want %d", date, got, want)
		}
	}
}

// TestCDNOW counts the published sample of CDNOW: 2,357 customers, 6,919
// purchases (Fader and Hardie) of 244,091.94 dollars, eight customers with
// nothing but free orders among them; to the end and to 1997-09-30.
func TestCDNOW(t *testing.T) {
	d := cdnow(t)
	h := purchase.New(d, time.Time{})
	if h.Total.Customers != 2357 || h.Total.Buyers != 2357 || h.Total.Transactions != 6919 || math.Abs(h.Total.Revenue-244091.94) > 1e-6 {
		t.Errorf("%+v", h.Total)
	}
	if h := purchase.New(d, day("1997-09-30")); h.Total.Repeaters != 946 {
		t.Errorf("%d repeaters to 1997-09-30, want 946", h.Total.Repeaters)
	}
}

// cdnow reads the list of customer, number in the sample, date, discs and dollars.
func cdnow(t testing.TB) *dataset.Dataset {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(golden.Practice(t), "oracles", "CDNOW_sample.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return parse(string(data))
}

func parse(text string) *dataset.Dataset {
	d, known := &dataset.Dataset{}, map[string]int32{}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) != 5 {
			continue
		}
		i, ok := known[f[0]]
		if !ok {
			i = int32(len(d.Customers.ID))
			known[f[0]] = i
			d.Customers.ID = append(d.Customers.ID, f[0])
		}
		date, _ := time.Parse("20060102", f[2])
		amount, _ := strconv.ParseFloat(f[4], 64)
		d.Transactions.Customer = append(d.Transactions.Customer, i)
		d.Transactions.Date = append(d.Transactions.Date, date)
		d.Transactions.Revenue = append(d.Transactions.Revenue, amount)
	}
	return d
}

// BenchmarkMillion makes the histories of 1,000,000 customers with 5 purchases each.
func BenchmarkMillion(b *testing.B) {
	const customers, rows = 1_000_000, 5_000_000
	rng := rand.New(rand.NewPCG(1, 1))
	d := &dataset.Dataset{}
	d.Customers.ID = make([]string, customers)
	start := day("2024-01-01")
	for range rows {
		d.Transactions.Customer = append(d.Transactions.Customer, rng.Int32N(customers))
		d.Transactions.Date = append(d.Transactions.Date, start.AddDate(0, 0, rng.IntN(700)))
		d.Transactions.Revenue = append(d.Transactions.Revenue, 1+100*rng.Float64())
		d.Transactions.Cost = append(d.Transactions.Cost, 1)
		d.Transactions.Kind = append(d.Transactions.Kind, dataset.KindSale)
	}
	b.ReportAllocs()
	for b.Loop() {
		purchase.New(d, time.Time{})
	}
}

func day(s string) time.Time {
	date, _ := time.Parse(time.DateOnly, s)
	return date
}

func dates(days []int32) (out []string) {
	for _, d := range days {
		out = append(out, purchase.Date(d).Format(time.DateOnly))
	}
	return out
}
