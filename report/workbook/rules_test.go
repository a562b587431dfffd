package workbook

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
)

func scaleOf(lo, hi float64) dataset.Scale { return dataset.Scale{Lo: lo, Hi: hi} }

// read reads sheets given as rows; an option function may change the options.
func read(t *testing.T, o Options, sheets ...sheetOf) *dataset.Dataset {
	t.Helper()
	return ReadBytes("book.xlsx", xlsxOf(t, sheets...), o)
}

// found lists findings as "severity code place"; inferred scales, guessed sides and converted numbers are left out.
func found(d *dataset.Dataset) []string {
	var out []string
	for _, f := range d.Findings {
		switch f.Code {
		case codeScaleInferred, codeSideGuessed, codeDirectionGuessed, codeNumberConverted:
			continue
		}
		f.Ref.File = ""
		text := fmt.Sprintf("%s %s %s", f.Severity, f.Code, f.Ref)
		if f.Count > 1 {
			text += fmt.Sprintf(" x%d", f.Count)
		}
		out = append(out, strings.TrimSpace(text))
	}
	sort.Strings(out)
	return out
}

func wantFindings(t *testing.T, d *dataset.Dataset, want ...string) {
	t.Helper()
	got := found(d)
	sort.Strings(want)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("findings:\n  %s\nwant:\n  %s\n%s", strings.Join(got, "\n  "), strings.Join(want, "\n  "), receiptText(d))
	}
}

// rating returns the ratings of our own offer on an attribute.
func rating(t *testing.T, d *dataset.Dataset, id string) []float64 {
	t.Helper()
	for a, x := range d.Attributes {
		if x.ID == id {
			return d.Rating(0, a).Values
		}
	}
	t.Fatalf("no attribute %q\n%s", id, receiptText(d))
	return nil
}

func wantValues(t *testing.T, got []float64, want ...float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("values %v, want %v", got, want)
	}
	for i := range got {
		if !same(got[i], want[i]) && math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("value %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// survey is a sheet with one benefit and one cost, whose benefit has the given cells.
func survey(header string, cells ...any) sheetOf {
	rows := [][]any{{"ID", header, "Cost: Price [1-5]"}}
	for i, v := range cells {
		rows = append(rows, []any{fmt.Sprintf("K%d", i+1), v, 3})
	}
	return sheetOf{name: "Data", rows: rows}
}

func TestMissingIsNoError(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [1-5]", 4, nil, "n/a", "-", "don't know", "k.A.", " ", "没有", 5))
	wantFindings(t, d, "error rating-not-a-number Data!B9")
	wantValues(t, rating(t, d, "Service"), 4, nan, nan, nan, nan, nan, nan, nan, 5)
}

func TestTextNumbersAreReadAndRecorded(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [1-5]", "4,5", "4.0 ", 3, "2"))
	wantFindings(t, d)
	wantValues(t, rating(t, d, "Service"), 4.5, 4, 3, 2)
	s := d.Rating(0, 0)
	var who []int
	for _, a := range s.AsRead {
		who = append(who, a.Customer)
	}
	if fmt.Sprint(who) != "[0 1 3]" || s.AsRead[0].Got != "4,5" {
		t.Errorf("as read: %v", s.AsRead)
	}
	if c := d.Receipt.Tables[0].Converted; c != 3 {
		t.Errorf("%d converted, want 3", c)
	}
}

func TestEveryBadCellIsNamed(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [1-5]", 6, 0, "often", -1, 4, "#N/A", true, time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)))
	wantFindings(t, d, "error rating-out-of-range Data!B2", "error rating-out-of-range Data!B3", "error rating-not-a-number Data!B4", "error rating-out-of-range Data!B5",
		"error cell-error Data!B7", "error rating-not-a-number Data!B8", "error rating-is-a-date Data!B9")
	wantValues(t, rating(t, d, "Service"), nan, nan, nan, nan, 4, nan, nan, nan)
	if n := len(d.Rating(0, 0).AsRead); n != 7 {
		t.Errorf("%d cells as read, want 7", n)
	}
}

func TestManyCellsOfOneCauseAreOneFinding(t *testing.T) {
	var cells []any
	for i := 0; i < 60; i++ {
		cells = append(cells, "often")
	}
	d := read(t, Options{}, survey("Benefit: Service [1-5]", cells...))
	wantFindings(t, d, "error rating-not-a-number Data!B x60") // the whole column
	for i := 0; i < 30; i++ {
		cells[i] = 4
	}
	d = read(t, Options{}, survey("Benefit: Service [1-5]", cells...))
	wantFindings(t, d, "error rating-not-a-number Data!B32 x30")
}

func TestAmbiguousNumbersAreAskedAbout(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [0-2000]", "1.234", "1.500"))
	wantFindings(t, d, "error number-ambiguous Data!B x2")
	d = read(t, Options{}, survey("Benefit: Service [0-2]", "1.234", "1.500"))
	wantFindings(t, d)
	wantValues(t, rating(t, d, "Service"), 1.234, 1.5)
}

func TestPercent(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [0-100]", "80 %", "55%"))
	wantValues(t, rating(t, d, "Service"), 80, 55)
	d = read(t, Options{}, survey("Benefit: Service", "80 %", "55%"))
	wantValues(t, rating(t, d, "Service"), 0.8, 0.55)
	if s := d.Attributes[0].Scale; s.Lo != 0 || s.Hi != 1 {
		t.Errorf("scale %v, want 0 to 1", s)
	}
	d = read(t, Options{}, survey("Benefit: Service", "80 %", 55))
	wantValues(t, rating(t, d, "Service"), 80, 55)
	wantFindings(t, d, "warning percent-mixed Data!B")
}

func TestInferredScale(t *testing.T) {
	for name, test := range map[string]struct {
		cells []any
		want  dataset.Scale
	}{
		"all ones":                        {[]any{1, 1, 1}, scaleOf(1, 5)},
		"whole numbers from 1":            {[]any{1, 4, 5}, scaleOf(1, 5)},
		"fractions":                       {[]any{0.2, 0.9, 1}, scaleOf(0, 1)},
		"zeros and ones":                  {[]any{0, 1, 1}, scaleOf(0, 1)},
		"to 7":                            {[]any{2, 6, 7}, scaleOf(1, 7)},
		"whole from 1 to 10 is not 0-10":  {[]any{1, 9, 10}, scaleOf(1, 10)},
		"with 0":                          {[]any{0, 9, 4}, scaleOf(0, 10)},
		"to 100":                          {[]any{10, 90, 40}, scaleOf(0, 100)},
		"halves":                          {[]any{1.5, 4.5}, scaleOf(1, 5)},
		"one beyond every scale is wrong": {[]any{4, 5, 3, 555}, scaleOf(1, 5)},
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, Options{}, survey("Benefit: Service", test.cells...))
			got := d.Attributes[0].Scale
			if got.Lo != test.want.Lo || got.Hi != test.want.Hi || !got.Inferred {
				t.Errorf("scale %+v, want %+v\n%s", got, test.want, receiptText(d))
			}
			if !hasCode(d, codeScaleInferred) {
				t.Error("the guess is not reported")
			}
		})
	}
}

func hasCode(d *dataset.Dataset, code string) bool {
	for _, f := range d.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

func TestScaleIsPooledOverTheSheet(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service", "Cost: Price"}, {"A", 4, 9}, {"B", 5, 10}}})
	for _, a := range d.Attributes {
		if a.Scale.Hi != 10 || a.Scale.Lo != 1 {
			t.Errorf("%s: %v", a.ID, a.Scale)
		}
	}
}

func TestOneSlipThatWidensTheScaleIsNamed(t *testing.T) {
	cells := make([]any, 60)
	for i := range cells {
		cells[i] = 1 + i%5
	}
	cells[7] = 44
	d := read(t, Options{}, survey("Benefit: Service", cells...))
	wantFindings(t, d, "warning scale-outlier Data!B9")
}

func TestSideAndDirectionByWords(t *testing.T) {
	for label, want := range map[string]struct {
		side  dataset.Side
		group dataset.Group
		down  bool
	}{
		"Quality":                 {dataset.Benefit, dataset.Product, false},
		"Product quality":         {dataset.Benefit, dataset.Product, false},
		"Kundendienst":            {dataset.Benefit, dataset.Service, false},
		"Servicequalität":         {dataset.Benefit, dataset.Product, false},
		"Price":                   {dataset.Cost, dataset.Monetary, false},
		"Total cost":              {dataset.Cost, dataset.Monetary, false},
		"Kosten":                  {dataset.Cost, dataset.Monetary, false},
		"价格":                      {dataset.Cost, dataset.Monetary, false},
		"Precio":                  {dataset.Cost, dataset.Monetary, false},
		"Price fairness":          {dataset.Cost, dataset.Monetary, true},
		"Price satisfaction":      {dataset.Cost, dataset.Monetary, true},
		"Satisfaction with price": {dataset.Cost, dataset.Monetary, true},
		"Value for money":         {dataset.Cost, dataset.Monetary, true},
		"Rapport qualité-prix":    {dataset.Cost, dataset.Monetary, true},
		"Delivery time":           {dataset.Cost, dataset.TimeCost, false},
		"Wartezeit":               {dataset.Cost, dataset.TimeCost, false},
		"Cost of delivery":        {dataset.Cost, dataset.Monetary, false},
		"Brand image":             {dataset.Benefit, dataset.Image, false},
		"Effort":                  {dataset.Cost, dataset.Energy, false},
		"Risk":                    {dataset.Cost, dataset.Psychic, false},
		"Access cost":             {dataset.Cost, dataset.Access, false},
		"Temps d'attente":         {dataset.Cost, dataset.TimeCost, false},
		"품질":                      {dataset.Benefit, "", false},
		"Ease of use":             {dataset.Benefit, dataset.Product, false},
		"Ease of access":          {dataset.Benefit, dataset.Product, false},
		"Complaints":              {dataset.Cost, dataset.Psychic, false},
		"Complaint handling":      {dataset.Benefit, dataset.Service, false},
		"Fehler":                  {dataset.Cost, dataset.Psychic, false},
		"使いやすさ":                   {dataset.Benefit, dataset.Product, false},
	} {
		m := meaningOf(label)
		if m.side != want.side || m.group != want.group || m.down != want.down {
			t.Errorf("%s: %+v, want %+v", label, m, want)
		}
	}
}

func TestScaleEndsSayTheDirection(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service (1-10)", "Cost: Price (10 = cheapest)", "Cost: Effort (1 = low, 10 = high)", "Cost: Fees [1 = dear, 5 = cheap]"}, {"A", 4, 9, 2, 3}, {"B", 5, 10, 3, 4}}})
	down := []bool{false, true, false, true}
	for i, a := range d.Attributes {
		if a.Down != down[i] {
			t.Errorf("%s: down %v", a.Label, a.Down)
		}
	}
	if d.Attributes[3].Scale.Hi != 5 || d.Attributes[2].Scale.Hi != 10 || d.Attributes[0].Label != "Service" {
		t.Errorf("%+v", d.Attributes)
	}
}

func TestRowsThatAreNoCustomers(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"Customer survey, all regions"}, {},
		{"No.", "Customer", "Benefit: Service [1-5]", "Cost: Price [1-5]", "Revenue"},
		{1, "Total Energies", 4, 2, 10},
		{2, "Mean Machines Ltd", 5, 3, 20},
		{nil, nil, nil, nil, nil},
		{3, "Suma", 3, 3, 30},
		{nil, "Total", 12, 8, 60}, // the sum
		{nil, "Gesamt", 4, 2.67, 20},
		{nil, nil, 4, 2.67, 20},
		{},
		{"* without the branch in Vienna"},
	}})
	wantFindings(t, d)
	if d.Customers.Len() != 3 || d.Customers.ID[2] != "Suma" {
		t.Errorf("customers %v %v\n%s", d.Customers.ID, d.Customers.Name, receiptText(d))
	}
	if d.Receipt.Tables[0].HeaderRows[0] != 3 {
		t.Errorf("header %v", d.Receipt.Tables[0].HeaderRows)
	}
	why := map[string]int{}
	for _, s := range d.Receipt.Tables[0].Skipped {
		why[s.Why]++
	}
	if why[skipTotal] != 3 || why[skipNote] != 1 || why[skipBlank] != 2 || why[skipTitle] != 1 {
		t.Errorf("skipped %v", d.Receipt.Tables[0].Skipped)
	}
}

func TestCustomersWithoutOrWithDoubleID(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", 4, 2}, {nil, 3, 3}, {"B", 5, 3}, {"A", 1, 1},
	}})
	wantFindings(t, d, "error row-without-id Data!A3", "error customer-duplicate Data!A5")
	wantValues(t, rating(t, d, "Service"), 4, 5)
}

func TestRatingsWithoutIDColumnAreNumbered(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"Benefit: Service [1-5]", "Cost: Price [1-5]"}, {4, 2}, {3, 3}}})
	wantFindings(t, d, "warning id-column-missing Data!1")
	if strings.Join(d.Customers.ID, ",") != "2,3" {
		t.Errorf("ids %v", d.Customers.ID)
	}
}

func TestDuplicateRatings(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Ratings", rows: [][]any{
		{"customer_id", "supplier", "attribute_id", "rating"},
		{"A", "us", "Quality", 4}, {"A", "us", "Price", 2}, {"A", "us", "Quality", 5}, {"B", "us", "Quality", 3}, {"B", "us", "Price", 3},
	}})
	wantFindings(t, d, "error rating-duplicate Ratings!D4")
	wantValues(t, rating(t, d, "Quality"), 4, 3)
}

func TestRatingOfAnUnlistedCustomerIsKept(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Customers", rows: [][]any{{"customer_id", "name"}, {"A", "Arda"}}}, sheetOf{name: "Ratings", rows: [][]any{
		{"customer_id", "attribute_id", "rating"}, {"A", "Quality", 4}, {"A", "Price", 2}, {"Z", "Quality", 3}, {"Z", "Price", 4},
	}})
	wantFindings(t, d, "note customer-not-listed Ratings!A4")
	if d.Customers.Place.Sheet != "Customers" || d.Customers.Place.Rows[1] != 0 || d.Customers.Label(1) != "Z" {
		t.Errorf("%+v", d.Customers)
	}
}

func TestWeights(t *testing.T) {
	sheet := func(weights ...any) sheetOf {
		return sheetOf{name: "Data", rows: [][]any{
			{"ID", "Benefit: Service [1-5]", "Benefit: Quality [1-5]", "Cost: Price [1-5]"}, append([]any{"Weight"}, weights...), {"A", 4, 4, 2}, {"B", 3, 4, 3},
		}}
	}
	wantFindings(t, read(t, Options{}, sheet(60, 40, 100)))
	wantFindings(t, read(t, Options{}, sheet(60, nil, 100)), "error weight-blank Data!C2")
	wantFindings(t, read(t, Options{}, sheet(60, -1, 100)), "error weight-negative Data!C2")
	wantFindings(t, read(t, Options{}, sheet(0, 0, 100)), "stop weights-all-zero Data!B2")
	wantFindings(t, read(t, Options{}, sheet("much", 40, 100)), "error weight-not-a-number Data!B2")
	wantFindings(t, read(t, Options{}, sheet(nil, nil, nil)))
	if d := read(t, Options{}, sheet("60 %", "40 %", "100 %")); d.Attributes[0].Weight != 0.6 {
		t.Errorf("weight %v", d.Attributes[0].Weight)
	}
}

func TestStatedImportanceBecomesWeights(t *testing.T) {
	rows := [][]any{{"customer_id", "attribute_id", "rating", "importance"}}
	for _, id := range []string{"A", "B"} {
		rows = append(rows, []any{id, "Quality", 4, 5}, []any{id, "Service", 4, 4}, []any{id, "Price", 2, 4})
	}
	d := read(t, Options{}, sheetOf{name: "Ratings", rows: rows})
	wantFindings(t, d, "note importance-as-weights Ratings!B1", "warning importance-flat Ratings!B1")
	if d.Attributes[0].Weight != 5 || d.Attributes[2].Weight != 4 {
		t.Errorf("%+v", d.Attributes)
	}
}

func TestPeriods(t *testing.T) {
	rows := [][]any{{"ID", "Month", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", "2026-09", 4, 2}, {"A", "2026-10", 5, 2}, {"B", "2026-10", 3, 2}, {"A", "2026-11", 1, 2}}
	d := read(t, Options{}, sheetOf{name: "Data", rows: rows})
	if d.Period != "2026-11" || strings.Join(d.Periods, " ") != "2026-09 2026-10 2026-11" {
		t.Errorf("%s of %v", d.Period, d.Periods)
	}
	wantValues(t, rating(t, d, "Service"), 1)
	d = read(t, Options{AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}, sheetOf{name: "Data", rows: rows})
	wantValues(t, rating(t, d, "Service"), 5, 3)
	d = read(t, Options{Period: "2026-09"}, sheetOf{name: "Data", rows: rows})
	wantValues(t, rating(t, d, "Service"), 4)
	wantFindings(t, d, "note period-others")
	d = read(t, Options{Period: "2025-01"}, sheetOf{name: "Data", rows: rows})
	if !dataset.Stopped(d.Findings) || !hasCode(d, codePeriodNotFound) {
		t.Error(found(d))
	}
}

func TestOwnSupplier(t *testing.T) {
	rows := [][]any{{"customer_id", "supplier", "Quality", "Price"}, {"A", "Alpha", 4, 2}, {"A", "Beta", 3, 3}, {"B", "Alpha", 5, 1}, {"B", "Beta", 2, 4}}
	d := read(t, Options{}, sheetOf{name: "Ratings", rows: rows})
	if !dataset.Stopped(d.Findings) || !hasCode(d, codeOwnUnknown) {
		t.Error(found(d))
	}
	d = read(t, Options{Own: "beta"}, sheetOf{name: "Ratings", rows: rows})
	if d.Suppliers[0].Name != "Beta" || !d.Suppliers[0].Own || d.Suppliers[1].Own {
		t.Errorf("%v\n%s", d.Suppliers, receiptText(d))
	}
	wantValues(t, rating(t, d, "Quality"), 3, 2)
	d = read(t, Options{Own: "Gamma"}, sheetOf{name: "Ratings", rows: rows})
	if !hasCode(d, codeOwnNotFound) {
		t.Error(found(d))
	}
}

func TestOffers(t *testing.T) {
	rows := [][]any{
		{"Vendor comparison"}, {},
		{"Supplier", "Quality", "Delivery", "Price", "Total"},
		{"Weight", 50, 50, 100, nil},
		{"Alpha", 4, 3, 12000, 9}, {"Our offer", 5, 4, 15000, 8}, {"Gamma", 3, 5, 11000, 7},
	}
	d := read(t, Options{}, sheetOf{name: "Comparison", rows: rows})
	if d.Receipt.Layout != dataset.LayoutOffers || d.Offers == nil || d.Customers.Len() != 0 {
		t.Fatal(receiptText(d))
	}
	if strings.Join(d.Offers.Name, ",") != "Alpha,Our offer,Gamma" || d.Offers.Own != 1 || len(d.Attributes) != 3 {
		t.Errorf("%+v", d.Offers)
	}
	wantValues(t, d.Offers.Values[0].Values, 4, 5, 3)
	price := d.Attributes[2]
	if !price.Money || price.Scale.Bounded() || price.Side != dataset.Cost || d.Attributes[0].Weight != 50 {
		t.Errorf("%+v", d.Attributes)
	}
	if ref := d.Offers.Values[2].Place.Ref("", 2).Cell(); ref != "D7" {
		t.Errorf("place %s", ref)
	}
	if d := read(t, Options{Own: "Gamma"}, sheetOf{name: "Comparison", rows: rows}); d.Offers.Own != 2 {
		t.Errorf("own %d", d.Offers.Own)
	}
}

func TestPurchases(t *testing.T) {
	d := read(t, Options{AsOf: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}, sheetOf{name: "Orders", rows: [][]any{
		{"Customer ID", "Order Date", "Quantity", "Unit Price", "Status"},
		{7, "2026-01-15", 2, 10.5, "shipped"}, {8, "2026-02-01", 1, 5, "cancelled"}, {7, "2026-12-01", 1, 5, nil}, {7, "soon", 1, 5, nil},
	}})
	tx := d.Transactions
	if len(tx.Date) != 2 || tx.Revenue[0] != 21 || tx.Kind[1] != dataset.KindCancelled || d.Customers.ID[tx.Customer[1]] != "8" {
		t.Errorf("%+v\n%s", tx, receiptText(d))
	}
	wantFindings(t, d, "error date-not-readable Orders!B5", "note purchases-after-date Orders!B4", "note purchases-cancelled Orders!A3", "note purchases-only Orders")
}

func TestParametersAndOurOwnSheets(t *testing.T) {
	f := xlsxOf(t,
		sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service", "Cost: Price", "Benefits", "Value"}, {"A", 4, 2, 75, 50}, {"B", 3, 3, 50, 0}}},
		sheetOf{name: "Parameters", rows: [][]any{
			{"Parameters"}, {},
			{"Setting", "Value", "Meaning", "METHOD", "Key"}, {"Smallest meaningful difference", 7, "points", "1", "delta"}, {"Coverage", "60 %", "", "1", "coverage_min"}, {},
			{"Attribute", "Side", "Weight", "Scale from", "Scale to", "Direction", "Key"}, {"Service", "Benefit", 30, 0, 10, "up", "Service"}, {"Price", "Cost", 70, 0, 10, "up", "Price"},
		}},
		sheetOf{name: "Summary", rows: [][]any{{"ID", "Benefit: Service", "Cost: Price"}, {"A", 4, 2}}},
	)
	f = withNames(t, f, map[string]string{"valuebook_block": "Data!$D$1:$E$3", "valuebook_sheet_1": "Summary!$A$1", "valuebook_sheet_2": "Parameters!$A$1"})
	d := ReadBytes("book.annotated.xlsx", f, Options{})
	settings := map[string]string{}
	for _, s := range d.Settings {
		settings[s.Name] = s.Value
	}
	for name, want := range map[string]string{"delta": "7", "coverage_min": "60 %", "weight.Service": "30", "weight.Price": "70", "scale_hi.Price": "10"} {
		if settings[name] != want {
			t.Errorf("%s = %q, want %q", name, settings[name], want)
		}
	}
	if len(d.Attributes) != 2 || d.Attributes[0].Scale.Hi != 10 || d.Attributes[0].Scale.Lo != 0 || d.Attributes[0].Scale.Inferred {
		t.Errorf("%+v\n%s", d.Attributes, receiptText(d))
	}
	for _, table := range d.Receipt.Tables {
		if table.Sheet == "Summary" || table.Sheet == "Data" && table.LastCol > 3 {
			t.Errorf("read what this program wrote: %+v", table)
		}
	}
}

func TestPlainParametersSheet(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [1-5]", 4, 5), sheetOf{name: "Einstellungen", rows: [][]any{{"Name", "Wert"}, {"delta", 3}, {"own", "Acme"}}})
	if len(d.Settings) != 2 || d.Settings[0].Name != "delta" || d.Settings[0].Value != "3" || d.Suppliers[0].Name != "Acme" {
		t.Errorf("%v %v", d.Settings, d.Suppliers)
	}
}

func TestSheetAndHeaderRowAreObeyed(t *testing.T) {
	one := survey("Benefit: Service [1-5]", 4, 5)
	two := survey("Benefit: Service [1-5]", 1, 2)
	two.name = "Other"
	wantValues(t, rating(t, read(t, Options{Sheet: "Other"}, one, two), "Service"), 1, 2)
	d := read(t, Options{Sheet: "None"}, one, two)
	wantFindings(t, d, "stop sheet-not-found")
	three := sheetOf{name: "Data", rows: [][]any{{"Benefit: a", "Benefit: b", "Cost: c"}, {"ID", "Service", "Price"}, {"A", 4, 2}, {"B", 5, 3}}}
	if got := read(t, Options{HeaderRow: 2}, three).Receipt.Tables[0].HeaderRows; got[len(got)-1] != 2 {
		t.Errorf("header %v", got)
	}
}

func TestAttributesSheetInOtherWords(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Kriterien", rows: [][]any{
		{"Kriterium", "Seite", "Gruppe", "Skala von", "Skala bis", "Richtung", "Gewicht"},
		{"Zuverlässigkeit", "Nutzen", "Produkt", 1, 6, "fallend", 3}, {"Anschaffung", "Kosten", "monetär", 1, 6, "steigend", 2},
	}}, sheetOf{name: "Bewertungen", rows: [][]any{
		{"Kunden-Nr.", "Lieferant", "Kriterium", "Bewertung"}, {"17", "wir", "Zuverlässigkeit", 2}, {"17", "wir", "Anschaffung", 5}, {"17", "Müller & Söhne", "Zuverlässigkeit", 3},
	}})
	wantFindings(t, d)
	a := d.Attributes
	if len(a) != 2 || !a[0].Down || a[0].Scale.Hi != 6 || a[0].Weight != 3 || a[1].Side != dataset.Cost || a[1].Group != dataset.Monetary || a[1].Down {
		t.Errorf("%+v\n%s", a, receiptText(d))
	}
	if d.Suppliers[0].Name != "wir" || d.Suppliers[1].Name != "Müller & Söhne" {
		t.Errorf("%v", d.Suppliers)
	}
}

func TestHostileNamesAreKept(t *testing.T) {
	names := []string{`<b>&"'`, "😀 Ltd", "株式会社テスト", "شركة", "=cmd|' /C calc'!A0", "@SUM(A1)", "O'Hara", strings.Repeat("long ", 60), "a\nb", "+49", "Total"}
	rows := [][]any{{"ID", "Name", "Segment", `Benefit: <b>&"' [1-5]`, "Cost: =1+1 [1-5]", "Cost: 😀 [1-5]"}}
	for i, n := range names {
		rows = append(rows, []any{fmt.Sprintf("K%d", i), n, n, 1 + i%3, 4, 5})
	}
	d := read(t, Options{}, sheetOf{name: `My 'data' & <more>`, rows: rows})
	if d.Customers.Len() != len(names) {
		t.Fatal(receiptText(d))
	}
	for i, n := range names {
		if d.Customers.Name[i] != strings.TrimSpace(n) {
			t.Errorf("%q became %q", n, d.Customers.Name[i])
		}
	}
	var labels []string
	for _, a := range d.Attributes {
		labels = append(labels, a.Label)
	}
	if got := strings.Join(labels, "|"); got != `<b>&"'|=1+1|😀` {
		t.Errorf("attributes %q\n%s", got, receiptText(d))
	}
}

func TestHiddenRowsAreReadAndCounted(t *testing.T) {
	d := ReadBytes("book.xlsx", hideRow(t, xlsxOf(t, survey("Benefit: Service [1-5]", 4, 5, 3)), "Data", 3), Options{})
	wantFindings(t, d, "note hidden-rows Data")
	wantValues(t, rating(t, d, "Service"), 4, 5, 3)
}

func TestSpecialSizes(t *testing.T) {
	d := read(t, Options{}, survey("Benefit: Service [1-5]", 4))
	wantFindings(t, d)
	d = read(t, Options{}, survey("Benefit: Service [1-5]", nil, nil, nil))
	wantFindings(t, d, "warning column-not-rated Data!B1", "warning attributes-one-sided Data!C1")
	d = read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"A", nil, nil}, {"B", nil, nil}}})
	wantFindings(t, d, "warning nothing-rated Data")
	d = read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"ID", "Benefit: Service [1-5]"}, {"A", 4}}})
	wantFindings(t, d, "warning attributes-one-sided Data!B1")
	d = read(t, Options{}, sheetOf{name: "Empty"})
	wantFindings(t, d, "stop nothing-found")
}

// A failed formula is nobody's name and no segment: such a cell counts as missing, and is named.
func TestFailedFormulasAreNoNames(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
		{"Customer", "Segment", "Benefit: Service [1-5]", "Cost: Price [1-5]"},
		{"Ann", "North", 4, 2}, {"#N/A", "North", 3, 2}, {"Bob", "#N/A", 5, 1}, {"#REF!", "South", 2, 2}, {"#1 Supplies", "South", 2, 4},
	}})
	wantFindings(t, d, "error cell-error Data!A3", "error cell-error Data!A5", "warning cell-error Data!B4")
	if got := strings.Join(d.Customers.ID, ","); got != "Ann,Bob,#1 Supplies" {
		t.Errorf("customers %s", got)
	}
	if got := strings.Join(d.Customers.Segment, ","); got != "North,,South" {
		t.Errorf("segments %s", got)
	}
}
