package workbook

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
	"valuebook/samples/golden"
)

// checkDataset checks what holds for every dataset, whatever was read.
func checkDataset(t testing.TB, d *dataset.Dataset) {
	t.Helper()
	n := d.Customers.Len()
	c := d.Customers
	for name, length := range map[string]int{"name": len(c.Name), "segment": len(c.Segment), "weight": len(c.Weight), "revenue": len(c.Revenue), "start": len(c.Start), "place": len(c.Place.Rows)} {
		if length != 0 && length != n {
			t.Fatalf("%s has %d of %d customers", name, length, n)
		}
	}
	seen := map[string]bool{}
	for _, id := range c.ID {
		if id == "" || seen[id] {
			t.Fatalf("customer %q is empty or there twice", id)
		}
		seen[id] = true
	}
	if len(d.Ratings) != len(d.Suppliers)*len(d.Attributes) {
		t.Fatalf("%d series for %d suppliers and %d attributes", len(d.Ratings), len(d.Suppliers), len(d.Attributes))
	}
	for i, s := range d.Suppliers {
		if s.Own && i > 0 {
			t.Fatal("our own supplier is not the first")
		}
		for a, x := range d.Attributes {
			checkSeries(t, d.Rating(i, a), n, x.Scale)
		}
	}
	for _, x := range append(append([]dataset.Component{}, d.Match...), d.ValueScore...) {
		checkSeries(t, x.Series, n, x.Scale)
	}
	if d.Offers != nil {
		for a, s := range d.Offers.Values {
			checkSeries(t, s, len(d.Offers.Name), d.Attributes[a].Scale)
		}
	}
	bare := hasCode(d, codePurchasesBare) // a list of purchases without amounts
	for i := range d.Transactions.Date {
		if int(d.Transactions.Customer[i]) >= n || d.Transactions.Date[i].IsZero() || math.IsNaN(d.Transactions.Revenue[i]) != bare {
			t.Fatalf("purchase %d is not whole", i)
		}
	}
	checkReceipt(t, d)
}

func checkSeries(t testing.TB, s dataset.Series, n int, scale dataset.Scale) {
	t.Helper()
	if !s.Given() {
		return
	}
	if len(s.Values) != n || len(s.Place.Rows) != n || s.Place.Col < 1 || s.Place.Sheet == "" {
		t.Fatalf("series of %d values, %d rows at %s column %d, want %d", len(s.Values), len(s.Place.Rows), s.Place.Sheet, s.Place.Col, n)
	}
	for i, x := range s.Values {
		switch {
		case math.IsInf(x, 0), scale.Bounded() && (x < scale.Lo || x > scale.Hi):
			t.Fatalf("value %v is not on the scale %v", x, scale)
		case !math.IsNaN(x) && s.Place.Rows[i] == 0:
			t.Fatalf("value %v has no cell", x)
		}
	}
	last := -1
	for _, a := range s.AsRead {
		if a.Customer <= last || a.Customer >= n {
			t.Fatalf("as read: customer %d after %d of %d", a.Customer, last, n)
		}
		last = a.Customer
	}
}

func checkReceipt(t testing.TB, d *dataset.Dataset) {
	t.Helper()
	for i, f := range d.Findings {
		if f.Code == "" || i > 0 && f.Severity > d.Findings[i-1].Severity {
			t.Fatalf("finding %d: %+v", i, f)
		}
	}
	if d.Receipt.Layout == dataset.LayoutUnknown && !dataset.Stopped(d.Findings) {
		t.Fatalf("nothing was understood and nothing is said: %v", d.Findings)
	}
	for _, table := range d.Receipt.Tables {
		if len(table.HeaderRows) == 0 || table.LastRow < table.FirstRow || table.LastCol < table.FirstCol || table.Role == "" {
			t.Fatalf("table %+v", table)
		}
	}
}

// gridOf makes a grid of a text of lines and tabs: "@45000" is a date, "~0.8" a per cent, "#N/A" an error, "^" joins
// the cell with the one before it, other numbers are numbers.
func gridOf(text string) grid.Grid {
	b := grid.NewBuilder(grid.Grid{Sheet: "Fuzz"})
	for r, line := range strings.Split(text, "\n") {
		b.Row(r+1, false)
		for c, field := range strings.Split(line, "\t") {
			cell := grid.Cell{Col: int32(c + 1), Kind: grid.Text, Text: field}
			x, err := strconv.ParseFloat(strings.TrimLeft(field, "@~"), 64)
			number := err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
			switch {
			case strings.TrimSpace(field) == "":
				continue
			case field == "^" && c > 0:
				b.Merge(grid.Area{Row: r + 1, Col: c, LastRow: r + 1, LastCol: c + 1})
				continue
			case number && field[0] == '@':
				cell.Kind, cell.Num, cell.Text = grid.Date, x, ""
			case number:
				cell.Kind, cell.Num, cell.Text, cell.Percent = grid.Number, x, "", field[0] == '~'
			case grid.ErrorCode(field):
				cell.Kind = grid.ErrorValue
			}
			b.Add(cell)
		}
	}
	return b.Grid()
}

func FuzzRecognise(f *testing.F) {
	for _, seed := range []string{
		"ID\tBenefit: Service [1-5]\tCost: Price\nA\t4\t3\nB\t5\t9",
		"Survey\n\tus\t^\tRival A\t^\nID\tQuality\tPrice\tQuality\tPrice\nWeight\t50\t50\nA\t4\t2\t3\t3\nTotal\t4\t2\t3\t3",
		"customer_id\tperiod\tsupplier\tattribute_id\trating\timportance\nA\t2026-10\tus\tQuality\t4,5\t5\nA\t2026-10\tus\tQuality\t4\t5",
		"Supplier\tQuality\tPrice\tTotal\nWeight\t1\t2\nAlpha\t4\t12000\nUs\t5\t9000",
		"Customer\tDate\tAmount\nA\t@45000\t12\nB\t1.2.2026\t(3)",
		"attribute_id\tside\tweight\tscale_min\tscale_max\nQuality\tbenefit\t-1\t5\t1\nPrice\tcost\t0",
		"ID\tMonth\tFit: Positioning\tValue: Purchase\tBenefit: X\tCost: Y\nA\t@45000\t~0.5\t80 %\t#N/A\t1",
		"Setting\tValue\nown\tAcme\n\nAttribute\tWeight\nQuality\t3",
		"ID\tworth what paid\twould rebuy\tsupplier\tBenefit: A\tCost: B\nA\t7\tyes\tus\t1\t2\nA\t8\tno\tRival\t1\t2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		first, second, two := strings.Cut(text, "\f")
		book := grid.Book{Format: "xlsx", Grids: []grid.Grid{gridOf(first)}}
		if two {
			g := gridOf(second)
			g.Sheet = "Attributes"
			book.Grids = append(book.Grids, g)
		}
		golden.Bounded(t, func() { checkDataset(t, Recognise(book, Options{})) })
	})
}

func FuzzReadBytes(f *testing.F) {
	f.Add([]byte("ID;Benefit: A;Cost: B\r\n1;4,5;\"3\"\r\n"))
	f.Add([]byte("\xff\xfeI\x00D\x00"))
	f.Add(xlsxOf(f, survey("Benefit: Service [1-5]", 4, "n/a", 5)))
	f.Fuzz(func(t *testing.T, data []byte) {
		golden.Bounded(t, func() { checkDataset(t, ReadBytes("fuzz.xlsx", data, Options{Password: "x"})) })
	})
}

// practiceFiles calls a function for every practice file of a folder.
func practiceFiles(t *testing.T, folder string, each func(path string)) {
	t.Helper()
	root := filepath.Join(golden.Practice(t), folder)
	must(t, filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(path, ".md") {
			each(path)
		}
		return err
	}))
}

// Real workbooks are read, and something true is said of each; what is made of them stays as it was. The stored blocks,
// one a file, told by its SHA-256, hold places, roles, counts and codes, and none of the texts of the workbooks.
func TestPracticeWorkbooks(t *testing.T) {
	layouts := map[dataset.Layout]int{}
	var blocks []string
	practiceFiles(t, "workbooks", func(path string) {
		d, err := Read(path, Options{})
		must(t, err)
		checkDataset(t, d)
		layouts[d.Receipt.Layout]++
		blocks = append(blocks, outline(d))
		if len(d.Receipt.Tables) == 0 {
			t.Errorf("%s: no table was seen", filepath.Base(path))
		}
	})
	// Two surveys of ratings with nothing else to mistake them for, five comparisons of offers; the rest are
	// purchases, summaries and lists, and must not be taken for ratings.
	if layouts[dataset.LayoutWide] > 4 || layouts[dataset.LayoutWide] < 2 || layouts[dataset.LayoutOffers] < 4 || layouts[dataset.LayoutPurchases] < 3 {
		t.Errorf("layouts %v", layouts)
	}
	slices.Sort(blocks)
	golden.Equal(t, "practice.txt", []byte(strings.Join(blocks, "\n")))
}

// Odd and broken files neither break the program nor take its time and memory.
func TestPracticeCorpus(t *testing.T) {
	var before, after runtime.MemStats
	practiceFiles(t, "corpus", func(path string) {
		runtime.ReadMemStats(&before)
		start := time.Now()
		d, err := Read(path, Options{Password: "VelvetSweatshop"})
		must(t, err)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s took %v", path, took)
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<30 {
			t.Errorf("%s allocated %d MB", path, used>>20)
		}
		checkDataset(t, d)
	})
}
