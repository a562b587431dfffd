package samples

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/sheets"
	"valuebook/templates"
)

func write(t *testing.T, wb sheets.Workbook) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheets.Write(&b, wb); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func files(t *testing.T) []File {
	t.Helper()
	list, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func file(t *testing.T, name string) File {
	t.Helper()
	for _, f := range files(t) {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no sample %s", name)
	return File{}
}

func TestPlansHoldOneCellPerAddress(t *testing.T) {
	for _, f := range files(t) {
		for _, s := range f.Workbook.Sheets {
			seen := map[[2]int]bool{}
			for _, c := range s.Cells {
				if seen[[2]int{c.Row, c.Col}] {
					t.Errorf("%s, sheet %s: two values in row %d, column %d", f.Name, s.Name, c.Row, c.Col)
				}
				seen[[2]int{c.Row, c.Col}] = true
			}
		}
	}
}

// column returns the values below a header of row 1 of a sheet.
func column(t *testing.T, f File, sheet, header string) []any {
	t.Helper()
	for _, s := range f.Workbook.Sheets {
		if s.Name != sheet {
			continue
		}
		col, last := 0, 0
		cells := map[int]any{}
		for _, c := range s.Cells {
			if c.Row == 1 && c.Value == header {
				col = c.Col
			}
			last = max(last, c.Row)
		}
		for _, c := range s.Cells {
			if c.Col == col {
				cells[c.Row] = c.Value
			}
		}
		if col == 0 {
			break
		}
		values := make([]any, 0, last)
		for row := 2; row <= last; row++ {
			values = append(values, cells[row])
		}
		return values
	}
	t.Fatalf("%s: no column %s in sheet %s", f.Name, header, sheet)
	return nil
}

func TestSurveyHasItsShape(t *testing.T) {
	f := file(t, "customers.xlsx")
	count := func(sheet, header string) map[any]int {
		n := map[any]int{}
		for _, v := range column(t, f, sheet, header) {
			n[v]++
		}
		return n
	}
	if n := len(count("Customers", "customer_id")); n != 120 {
		t.Errorf("%d customers, want 120 different ones", n)
	}
	if n := len(count("Customers", "name")); n != 120 {
		t.Errorf("%d names, want 120 different ones", n)
	}
	if n := len(count("Customers", "segment")); n != 4 {
		t.Errorf("%d segments, want 4", n)
	}
	if n := len(count("Ratings", "supplier")); n != 3 {
		t.Errorf("%d suppliers, want us and two rivals", n)
	}
	for _, sheet := range []string{"Ratings", "Overall", "Match", "ValueScore"} {
		if n := count(sheet, "period"); len(n) != 2 || n["2026-10"] == 0 || n["2026-09"] == 0 {
			t.Errorf("%s: periods %v, want September and October 2026", sheet, n)
		}
	}
	for value := range count("Ratings", "rating") {
		if x, whole := value.(int); !whole || x < 1 || x > 10 {
			t.Errorf("rating %v is not a whole number from 1 to 10", value)
		}
	}
}

// The revenue of a customer is the sum of its purchases of twelve months.
func TestRevenueIsTheSumOfPurchases(t *testing.T) {
	f := file(t, "customers.xlsx")
	sum := map[any]float64{}
	dates := column(t, f, "Transactions", "date")
	amounts := column(t, f, "Transactions", "revenue")
	months := map[string]bool{}
	for i, id := range column(t, f, "Transactions", "customer_id") {
		day := asText(dates[i])
		months[day[:7]] = true
		if day > "2025-10-31" && day <= "2026-10-31" {
			sum[id] += amounts[i].(float64)
		}
	}
	if len(months) != 24 || !months["2024-11"] || !months["2026-10"] {
		t.Errorf("purchases of %d months, want November 2024 to October 2026", len(months))
	}
	revenue := column(t, f, "Customers", "revenue")
	for i, id := range column(t, f, "Customers", "customer_id") {
		if revenue[i] != sum[id] {
			t.Errorf("customer %v: revenue %v, purchases %v", id, revenue[i], sum[id])
		}
	}
}

func TestPublishedExamplesHaveExpectedFigures(t *testing.T) {
	for _, f := range files(t) {
		published := strings.HasPrefix(f.Name, "published/")
		if published != (len(f.Expected) > 0) {
			t.Errorf("%s: %d expected figures", f.Name, len(f.Expected))
		}
		for _, e := range f.Expected {
			if e.Source == "" || e.Method == "" {
				t.Errorf("%s: %s has no source or no section", f.Name, e.Key)
			}
			if e.Word() && !math.IsNaN(e.Value) {
				t.Errorf("%s: %s is a word and a number", f.Name, e.Key)
			}
		}
	}
}

func TestStarter(t *testing.T) {
	data, err := templates.Files.ReadFile("starter.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wb, err := Starter(data)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range wb.Sheets {
		names = append(names, s.Name)
	}
	want := "Instructions Customers Attributes Ratings Match ValueScore Parameters"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("sheets %s, want %s", got, want)
	}
	if again, _ := Starter(data); !bytes.Equal(write(t, wb), write(t, again)) {
		t.Error("the same definition gives two different workbooks")
	}
}

func TestStarterRefusesWhatItDoesNotKnow(t *testing.T) {
	tests := map[string]string{
		"no sheets":        "title: x",
		"unknown field":    "sheets: [{nmae: A}]",
		"unknown format":   "sheets: [{name: A, columns: [{header: x, format: roman}]}]",
		"unknown role":     "sheets: [{name: A, columns: [{header: x, role: king}]}]",
		"row too long":     "sheets: [{name: A, columns: [{header: x}], rows: [[1, 2]]}]",
		"unknown cell key": "sheets: [{name: A, columns: [{header: x}], rows: [[{valeu: 1}]]}]",
		"list in a cell":   "sheets: [{name: A, columns: [{header: x}], rows: [[[1]]]}]",
		"not YAML":         "sheets: [",
		"nothing":          "",
	}
	for name, definition := range tests {
		if _, err := Starter([]byte(definition)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func asText(day any) string {
	return day.(time.Time).Format("2006-01-02")
}

// Deviations look like a normal distribution without freaks, and a name always
// gives the same one.
func TestDeviation(t *testing.T) {
	const n = 4000
	var sum, squares float64
	for i := range n {
		z := deviation("C" + strconv.Itoa(i) + "/us/price")
		if math.Abs(z) > widest {
			t.Fatalf("deviation %v is wider than %v", z, widest)
		}
		sum += z
		squares += z * z
	}
	if mean, sd := sum/n, math.Sqrt(squares/n); math.Abs(mean) > 0.05 || math.Abs(sd-0.95) > 0.05 {
		t.Errorf("mean %v and standard deviation %v, want 0 and a little below 1", mean, sd)
	}
	if deviation("a") != deviation("a") || deviation("a") == deviation("b") {
		t.Error("a deviation is not that of its name")
	}
}
