package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"valuebook/samples/golden"
)

// workbookOf writes rows to a new workbook, the first one as its header.
func workbookOf(t *testing.T, name, sheet string, rows [][]any) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	addRows(t, f, sheet, rows)
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
}

func addRows(t *testing.T, f *excelize.File, sheet string, rows [][]any) {
	t.Helper()
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
}

// documentOf reads a JSON document of ours.
func documentOf(t *testing.T, name string) map[string]any {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// cdnow returns the sample of CDNOW as rows of a workbook: customer, date,
// number of discs and dollars.
func cdnow(t *testing.T) [][]any {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(golden.Practice(t), "oracles", "CDNOW_sample.txt"))
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{{"customer_id", "date", "number", "dollars"}}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) != 5 {
			continue
		}
		date, _ := time.Parse("20060102", f[2])
		number, _ := strconv.Atoi(f[3])
		dollars, _ := strconv.ParseFloat(f[4], 64)
		rows = append(rows, []any{f[0], date, number, dollars})
	}
	return rows
}

// The published parameters of the BG/NBD and the Gamma-Gamma (Fader, Hardie and
// Lee 2005; Fader and Hardie 2013; METHOD, oracle 10) come out of the raw list of
// purchases in a workbook.
func TestCDNOWFromRawPurchases(t *testing.T) {
	rows := cdnow(t)
	t.Chdir(t.TempDir())
	workbookOf(t, "cdnow.xlsx", "Purchases", rows)
	r := runHere("report", "--format", "json", "--as-of", "1997-09-30", "cdnow.xlsx")
	if r.code != exitDone {
		t.Fatalf("code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	doc := documentOf(t, "cdnow.json")
	lifetime := doc["lifetime"].(map[string]any)
	parameters := lifetime["parameters"].(map[string]any)
	for name, want := range map[string][2]float64{ // and the tolerance
		"bgnbd.r": {0.243, 0.001}, "bgnbd.alpha": {4.414, 0.003}, "bgnbd.a": {0.793, 0.001}, "bgnbd.b": {2.426, 0.003},
		"gammagamma.p": {6.25, 0.02}, "gammagamma.q": {3.74, 0.02}, "gammagamma.gamma": {15.44, 0.02},
	} {
		if got, ok := parameters[name].(float64); !ok || math.Abs(got-want[0]) > want[1] {
			t.Errorf("%s is %v, want %v", name, parameters[name], want[0])
		}
	}
	if ll := lifetime["log_likelihood"].(float64); math.Abs(ll+9582.4) > 0.05 {
		t.Errorf("log-likelihood %v, want -9582.4", ll)
	}
	purchases := doc["purchases"].(map[string]any)
	if purchases["customers"] != 2357.0 || purchases["repeaters"] != 946.0 {
		t.Errorf("%v", purchases)
	}
	// A customer with one purchase has no chance of being alive to tell (METHOD 5.4).
	alone := 0
	for _, c := range doc["customers"].([]any) {
		one := c.(map[string]any)
		if _, given := one["p_alive"]; !given {
			alone++
		}
		if _, given := one["lifetime_value"]; !given {
			t.Fatalf("no lifetime value: %v", one)
		}
	}
	if alone != 2357-946 {
		t.Errorf("%d customers without a chance of being alive, want %d", alone, 2357-946)
	}
}

// A list of purchases alone gives every output, and one line says that perceived
// value is missing.
func TestPurchasesGiveEveryOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	workbookOf(t, "orders.xlsx", "Orders", purchaseRows())
	r := runHere("report", "--format", "json,pdf,xlsx", "orders.xlsx")
	if r.code != exitDone {
		t.Fatalf("code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	for _, name := range []string{"orders.json", "orders.pdf", "orders.annotated.xlsx"} {
		if info, err := os.Stat(name); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	doc := documentOf(t, "orders.json")
	for _, part := range []string{"market", "portfolio", "quadrant", "drivers", "profile"} {
		if refused, _ := doc[part].(map[string]any)["refused"].(string); refused == "" {
			t.Errorf("%s does not say why it is missing: %v", part, doc[part])
		}
	}
	if model := doc["lifetime"].(map[string]any)["model"]; model != "historical" {
		t.Errorf("twelve customers are valued by %v", model)
	}
	if n := doc["rfm"].(map[string]any)["n"]; n != 12.0 {
		t.Errorf("%v customers have scores", n)
	}
	said := 0
	for _, s := range doc["sentences"].([]any) {
		if strings.Contains(s.(map[string]any)["text"].(string), "perceived value") {
			said++
		}
	}
	if said != 1 {
		t.Errorf("%d sentences say that perceived value is missing, want 1: %v", said, doc["sentences"])
	}
}

// purchaseRows is a list of 12 customers who bought 1 to 6 times over two years.
func purchaseRows() [][]any {
	rows := [][]any{{"Customer", "Date", "Amount"}}
	for i := range 12 {
		for k := range 1 + i%6 {
			rows = append(rows, []any{plainNames(i), time.Date(2025, time.Month(1+i+3*k), 5, 0, 0, 0, 0, time.UTC), float64(10 + i*7 + k)})
		}
	}
	return rows
}

// Purchases and scores of strategic match make the quadrant of value to the firm.
func TestPurchasesWithMatchScores(t *testing.T) {
	t.Chdir(t.TempDir())
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", "Transactions"); err != nil {
		t.Fatal(err)
	}
	addRows(t, f, "Transactions", purchaseRows())
	if _, err := f.NewSheet("Match"); err != nil {
		t.Fatal(err)
	}
	match := [][]any{{"customer_id", "positioning", "ability", "value_match"}}
	for i := range 12 {
		match = append(match, []any{plainNames(i), 1 + i%10, 10 - i%7, 5})
	}
	addRows(t, f, "Match", match)
	if err := f.SaveAs("both.xlsx"); err != nil {
		t.Fatal(err)
	}
	r := runHere("report", "--format", "json,pdf,xlsx", "both.xlsx")
	if r.code != exitDone {
		t.Fatalf("code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
	quadrant := documentOf(t, "both.json")["quadrant"].(map[string]any)
	if quadrant["x"] != "firm-value" || quadrant["y"] != "match" || !strings.HasPrefix(quadrant["mode"].(string), "median") {
		t.Errorf("%v", quadrant)
	}
}

// losingSales are purchases below cost: some customers buy on, some stop.
func losingSales() [][]any {
	rows := [][]any{{"Customer", "Date", "Amount", "Cost"}}
	random := rand.New(rand.NewPCG(7, 8))
	for i := range 260 {
		pause, stay := 3+30*random.ExpFloat64(), 5+100*random.ExpFloat64()
		for at := 0.0; at < stay && at < 170; at += pause * random.ExpFloat64() {
			rows = append(rows, []any{plainNames(i), time.Date(2026, 1, 1+int(at), 0, 0, 0, 0, time.UTC), 10 + i%7, 100})
		}
	}
	return rows
}

// losing writes them as text: losing FILE.
func losing(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 1 {
		ts.Fatalf("usage: losing FILE")
	}
	var out strings.Builder
	for _, row := range losingSales() {
		if date, ok := row[1].(time.Time); ok {
			row[1] = date.Format(time.DateOnly)
		}
		fmt.Fprintf(&out, "%v,%v,%v,%v\n", row...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o600))
}

// What the purchases cannot bear is said in a sentence, and no number stands in
// its place.
func TestRefusalsOfPurchases(t *testing.T) {
	t.Chdir(t.TempDir())
	day := func(n int) time.Time { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC) }
	rows := func(customers, each, apart int) [][]any {
		out := [][]any{{"Customer", "Date", "Amount", "Cost"}}
		for i := range customers {
			for k := range each {
				out = append(out, []any{plainNames(i), day(i%5 + k*apart), 10 + i%7, 1})
			}
		}
		return out
	}
	currencies := rows(8, 3, 30)
	currencies[0] = append(currencies[0], "Currency")
	for i := range currencies[1:] {
		currencies[1+i] = append(currencies[1+i], []string{"EUR", "USD"}[i%2])
	}
	for name, c := range map[string]struct {
		rows     [][]any
		asOf     string
		refused  []string // parts that are refused as a whole
		declined string   // reason why there is no forecast
	}{
		"week":       {rows(260, 2, 1), "2026-01-08", nil, "short"},
		"one-time":   {rows(260, 1, 1), "2026-06-30", nil, "one-time"},
		"few":        {rows(50, 3, 30), "2026-06-30", nil, "customers"},
		"losing":     {losingSales(), "2026-06-30", nil, "negative"},
		"future":     {rows(8, 3, 30), "2025-12-31", []string{"purchases", "lifetime", "rfm", "concentration"}, ""},
		"currencies": {currencies, "2026-06-30", []string{"purchases", "lifetime", "rfm", "concentration"}, ""},
	} {
		workbookOf(t, name+".xlsx", "Orders", c.rows)
		r := runHere("report", "--format", "json", "--as-of", c.asOf, name+".xlsx")
		if r.code != exitDone {
			t.Errorf("%s: code %d\n%s%s", name, r.code, r.stdout, r.stderr)
			continue
		}
		doc := documentOf(t, name+".json")
		for _, part := range c.refused {
			if body, _ := doc[part].(map[string]any); len(body) != 1 || body["refused"] == "" {
				t.Errorf("%s: %s is %v", name, part, doc[part])
			}
		}
		if c.declined == "" {
			continue
		}
		found := ""
		lifetime := doc["lifetime"].(map[string]any)
		for _, d := range lifetime["declined"].([]any) {
			if one := d.(map[string]any); one["model"] == "bgnbd" && one["code"] == c.declined {
				found, _ = one["text"].(string)
			}
		}
		if lifetime["model"] != "historical" || found == "" {
			t.Errorf("%s: %v", name, lifetime)
		}
	}
	workbookOf(t, "nobody.xlsx", "Orders", [][]any{{"Order date", "Amount"}, {day(1), 10}, {day(2), 20}, {day(3), 5}})
	if r := runHere("report", "--format", "json", "nobody.xlsx"); r.code != exitStopped {
		t.Errorf("purchases of nobody: code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}
