package report_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/workbook"
	"valuebook/samples/golden"
)

// A sheetOf is one sheet of a workbook that a test writes.
type sheetOf struct {
	name string
	rows [][]any
}

// written writes sheets to a new workbook and returns its name.
func written(t *testing.T, name string, list ...sheetOf) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for _, s := range list {
		if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for i, row := range s.rows {
			if err := f.SetSheetRow(s.name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// analysed reads a workbook and builds its report.
func analysed(t *testing.T, path string, o analysis.Options) *report.Report {
	t.Helper()
	d, err := workbook.Read(path, workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.Receipt.SHA256 = "0123456789abcdef"
	return report.Build(d, analysis.Analyse(d, o), report.Meta{})
}

// The attributes of the survey: identifier, side, group, need, process, kind.
var wholeAttributes = [][]any{
	{"attribute_id", "side", "group", "weight", "scale_min", "scale_max", "unit", "need", "process", "kind"},
	{"Print quality", "benefit", "product", 30, 1, 10, nil, "To look good in print", "Printing", "gain"},
	{"Delivery", "benefit", "service", 30, 1, 10, nil, "To have it on the day; To plan ahead", "Shipping", "job"},
	{"Advice", "benefit", "personnel", 20, 1, 10, nil, "To plan ahead", "Selling", "gain"},
	{"Reputation", "benefit", "image", 20, 1, 10, nil, nil, nil, nil},
	{"Price", "cost", "monetary", 60, 1, 10, nil, "To keep to the budget", nil, "pain"},
	{"Complaint handling", "cost", "energy", 40, 1, 10, nil, "To be free of worry", "Complaints", "pain"},
	{"Order fee", "cost", "access", nil, nil, nil, "EUR", nil, nil, nil},
}

// survey of n customers of a printer: those of the north are worth more, price
// and complaint handling are rated worse than the rival's.
func wholeSurvey(n int) (customers, ratings, overall [][]any) {
	r := rand.New(rand.NewPCG(41, 7))
	customers = [][]any{{"customer_id", "name", "segment", "persona", "Region", "Employees", "Industry", "start_date", "churn_date", "acquisition_cost", "customer profit"}}
	ratings = [][]any{{"customer_id", "attribute_id", "supplier", "rating"}}
	overall = [][]any{{"customer_id", "supplier", "worth_what_paid", "would_rebuy", "recommend"}}
	clip := func(x float64) float64 { return float64(int(max(1, min(10, x)))) }
	for i := range n {
		id := fmt.Sprintf("K%03d", i+1)
		region := []string{"North", "South", "West"}[r.IntN(3)]
		employees := 5 + r.IntN(90)
		profit := 400 + 2500*r.Float64() + 12*float64(employees)
		if region == "North" {
			profit += 1900
		}
		segment := []string{"Agencies", "Shops", "Publishers"}[r.IntN(3)]
		persona := "Careful planner"
		if i%3 == 0 {
			persona = "Bargain hunter"
		}
		var churn any
		if i%11 == 0 {
			churn = time.Date(2026, 3+time.Month(i%5), 15, 0, 0, 0, 0, time.UTC)
		}
		customers = append(customers, []any{id, "Customer " + id, segment, persona, region, employees, []string{"Food", "Tools", "Books", "Music"}[r.IntN(4)],
			time.Date(2022+i%5, time.Month(1+i%9), 5, 0, 0, 0, 0, time.UTC), churn, 100 + 10*r.IntN(30), int(profit)})
		liking := r.NormFloat64()
		if persona == "Bargain hunter" {
			liking -= 0.8
		}
		sum := 0.0
		for _, a := range wholeAttributes[1:] {
			name := a[0].(string)
			for k, supplier := range []string{"Us", "Nordwind"} {
				x := clip(6 + liking + 1.6*r.NormFloat64())
				switch {
				case name == "Order fee":
					x = float64(5 + 5*r.IntN(3))
				case a[1] == "cost":
					x = clip(5.6 - liking + 1.6*r.NormFloat64() - 1.5*float64(k))
				case name == "Delivery":
					x = clip(7.2 + liking + 1.4*r.NormFloat64() - 1.7*float64(k))
				}
				if k == 0 && name != "Order fee" {
					sum += map[bool]float64{true: -x, false: x}[a[1] == "cost"]
				}
				ratings = append(ratings, []any{id, name, supplier, x})
			}
		}
		worth := clip(4.5 + sum/6 + 0.8*r.NormFloat64())
		overall = append(overall, []any{id, "Us", worth, map[bool]string{true: "yes", false: "no"}[worth >= 5], clip(worth + 2)})
	}
	return customers, ratings, overall
}

var wholeVerbatims = [][]any{
	{"customer_id", "attribute_id", "text", "tone"},
	{"K001", "Price", "Every order costs more than the last one, and nobody can tell us why that is or when it will end.", "negative"},
	{"K002", "Price", "=SUM of all your extras is more than the price!", "negative"},
	{"K003", "Price", "Too dear for what it is", "negative"},
	{"K004", "Price", "Fair enough.", "positive"},
	{"K005", "Price", "Your \"special\" offers are dearer than Nordwind's list", "negative"},
	{"K006", "Price", "Dear, dear, dear", "negative"},
	{"K007", "Delivery", "Always on the day", "positive"},
	{"K008", "Delivery", "The driver even carries it up the stairs", "positive"},
	{"K009", "Delivery", "Late once, but they called", "neutral"},
	{"K010", "Complaint handling", "Three calls until somebody listened; after that three weeks without an answer, then a letter which said that the matter had been closed because we had not replied in time, although nobody had ever asked us for anything at all in these weeks, and then the next invoice with the same mistake.", "negative"},
	{"K011", "Complaint handling", "They lose every complaint", "negative"},
	{"K012", nil, "Nice Christmas card {with} braces", "positive"},
	{"K013", "Advice", "Anna knows our machines better than we do", "positive"},
}

var wholeActivities = [][]any{
	{"step", "process", "minutes", "cost", "adds_value"},
	{"Enter order", "Ordering", 12, 8.5, "Y"}, {"Wait for approval", "Ordering", 240, 4, "N"}, {"Type it again", "Ordering", 9, 6.5, "N"},
	{"Print", "Printing", 90, 210, "Y"}, {"Check proofs twice", "Printing", 25, 31, "N"}, {"Pack", "Shipping", 15, 9, "Y"}, {"Look for the pallet", "Shipping", 20, 12, "N"}, {"Sort", "Shipping", 5, nil, nil},
}

// whole writes a workbook with every column that the pages of profiles, voice
// and concepts rest on.
func whole(t *testing.T) string {
	customers, ratings, overall := wholeSurvey(90)
	return written(t, "whole.xlsx", sheetOf{"Customers", customers}, sheetOf{"Attributes", wholeAttributes}, sheetOf{"Ratings", ratings}, sheetOf{"Overall", overall},
		sheetOf{"Verbatims", wholeVerbatims}, sheetOf{"Activities", wholeActivities},
		sheetOf{"Parameters", [][]any{{"name", "value"}, {"own_supplier", "Us"}, {"period", "2026-10"}}})
}

// reduced keeps the sections that a report has of these.
func reduced(r *report.Report, ids ...string) *report.Report {
	some := *r
	some.Sections = nil
	for _, s := range r.Sections {
		for _, id := range ids {
			if s.ID == id {
				some.Sections = append(some.Sections, s)
			}
		}
	}
	return &some
}

var conceptPages = []string{report.SectionSegments, report.SectionPersonas, report.SectionProfile, report.SectionVoice, report.SectionConcepts}

// inMoney writes a workbook in which everything is an amount of money: a rival
// that costs 900 on average and brings 1000, ours 1000 and 1180.
func inMoney(t *testing.T) string {
	rows := [][]any{{"customer_id", "attribute_id", "supplier", "rating"}}
	for i := range 8 {
		id, by := fmt.Sprintf("M%d", i+1), float64(20*(i%4)-30)
		for _, one := range []struct {
			attribute, supplier string
			x                   float64
		}{{"Saved hours", "Us", 1180 + by/2}, {"Saved hours", "Rival", 1000 + by}, {"Price", "Us", 1000}, {"Price", "Rival", 900 + by/3}} {
			rows = append(rows, []any{id, one.attribute, one.supplier, one.x})
		}
	}
	return written(t, "money.xlsx", sheetOf{"Attributes", [][]any{{"attribute_id", "side", "group", "unit"}, {"Saved hours", "benefit", "product", "EUR"}, {"Price", "cost", "monetary", "EUR"}}},
		sheetOf{"Ratings", rows}, sheetOf{"Parameters", [][]any{{"name", "value"}, {"own_supplier", "Us"}}})
}

// TestConceptPagesGolden holds the pages of profiles, voice and concepts of two
// workbooks that have all their columns.
func TestConceptPagesGolden(t *testing.T) {
	for name, path := range map[string]string{"whole.golden": whole(t), "money.golden": inMoney(t)} {
		r := reduced(analysed(t, path, analysis.DefaultOptions()), conceptPages...)
		golden.Equal(t, name, []byte(dump(r, writer(t, "EUR"))))
	}
}

// figures returns the rows of a table of a report as text, by their first cell.
func figures(t *testing.T, r *report.Report, table string) map[string]string {
	t.Helper()
	w := writer(t, "EUR")
	rows := map[string]string{}
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if b.Table == nil || b.Table.ID != table {
				continue
			}
			for _, row := range b.Table.Rows {
				var cells []string
				for _, q := range row {
					cells = append(cells, strings.ReplaceAll(w.Quantity(q), "\u00a0", " "))
				}
				rows[cells[0]] = strings.Join(cells[1:], " | ")
			}
		}
	}
	return rows
}

// TestConceptFiguresByHand holds figures of the pages against sums made by hand,
// so that no column can stand under another's header.
func TestConceptFiguresByHand(t *testing.T) {
	money := figures(t, analysed(t, inMoney(t), analysis.DefaultOptions()), "value_based_price")
	// 900 + (1180 - 1000) = 1080; single prices are 1080 - by/6 with by = -30,
	// -10, 10, 30 twice: standard error 1.4086, t(7) = 2.3646, so 3.33 each way.
	if got, want := money["Rival"], "8 | 900 EUR | 180 EUR | 1,080 EUR | 1,077 to 1,083 | 1,000 EUR"; got != want {
		t.Errorf("value-based price: %s, want %s", got, want)
	}
	r := analysed(t, whole(t), analysis.DefaultOptions())
	for table, rows := range map[string]map[string]string{
		"effort": {"Ordering": "3 | 2 | 261 | 95 % | 19 EUR | 55 %", "Printing": "2 | 1 | 115 | 22 % | 241 EUR | 13 %", "Shipping": "3 | 1 | 40 | 50 % | 21 EUR | 57 %"},
		"voice":  {"Delivery": "much said | 3 | 2 | 0 | 0.67 | "},
	} {
		got := figures(t, r, table)
		for name, want := range rows {
			if !strings.HasPrefix(got[name], want) {
				t.Errorf("%s, %s: %s, want %s", table, name, got[name], want)
			}
		}
	}
}

// TestQuotesToTheLetter finds every short verbatim in the page exactly as it was
// written, in quotation marks.
func TestQuotesToTheLetter(t *testing.T) {
	text := dump(analysed(t, whole(t), analysis.DefaultOptions()), writer(t, ""))
	for _, quote := range []string{"“=SUM of all your extras is more than the price!” (Customer K002)", "“Nice Christmas card {with} braces”", "“Anna knows our machines better than we do”"} {
		if !strings.Contains(text, quote) {
			t.Errorf("%s is not on the page", quote)
		}
	}
	if !strings.Contains(text, "[…]”") {
		t.Error("the long quotation is not marked as cut")
	}
}

// TestUndatedCountsStayOut: without the beginning of any customer the page says
// nothing of who was won and lost.
func TestUndatedCountsStayOut(t *testing.T) {
	r := analysed(t, whole(t), analysis.DefaultOptions())
	if figures(t, r, "maximise")["Lost"] == "" {
		t.Fatal("the counts are missing where they are known")
	}
	m := *r.Results.Concepts.Maximise
	m.Dated, m.Usage = 0, 2.5
	r.Results.Concepts.Maximise = &m
	again := report.Build(r.Dataset, r.Results, report.Meta{})
	rows := figures(t, again, "maximise")
	if len(rows) == 0 || rows["Lost"] != "" || rows["Won"] != "" || rows["Kept, of those at the beginning"] != "" {
		t.Errorf("%v", rows)
	}
	for _, s := range again.Sentences {
		if s.Code == "found.lost" {
			t.Error("customers without dates are said to be lost")
		}
	}
}
