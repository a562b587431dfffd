package workbook

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
)

// The workbook of METHOD's golden example: six customers, three benefits, two costs, two rivals; one rating
// is missing (C4, us, Service).
var (
	exampleSuppliers  = []string{"us", "Rival A", "Rival B"}
	exampleAttributes = []string{"Quality", "Service", "Image", "Price", "Effort"}
	exampleDeclared   = [][]any{
		{"attribute_id", "side", "group", "tangible", "scale_min", "scale_max", "direction", "weight"},
		{"Quality", "benefit", "product", "Y", 1, 5, "up", 50},
		{"Service", "benefit", "service", "N", 1, 5, "up", 30},
		{"Image", "benefit", "image", "N", 1, 5, "up", 20},
		{"Price", "cost", "monetary", "Y", 1, 5, "up", 60},
		{"Effort", "cost", "access", "N", 1, 5, "up", 40},
	}
	exampleCustomers = [][]any{
		{"C1", "Arda", "North", 120000}, {"C2", "Berg", "North", 80000}, {"C3", "Cole", "South", 15000},
		{"C4", "Dahl", "North", 5000}, {"C5", "Eder", "South", 30000}, {"C6", "Falk", "South", 50000},
	}
	nan = math.NaN()
	// per supplier and customer: Quality, Service, Image, Price, Effort
	exampleRatings = [3][6][5]float64{
		{{5, 4, 4, 3, 2}, {4, 3, 4, 4, 3}, {3, 2, 3, 4, 4}, {4, nan, 3, 2, 3}, {4, 4, 3, 3, 3}, {5, 5, 4, 4, 2}},
		{{4, 4, 3, 3, 3}, {3, 3, 3, 3, 3}, {4, 3, 3, 3, 3}, {3, 4, 4, 2, 3}, {5, 4, 4, 3, 2}, {4, 4, 3, 3, 3}},
		{{3, 3, 4, 2, 2}, {3, 2, 3, 2, 4}, {3, 3, 2, 2, 3}, {3, 2, 3, 1, 3}, {3, 3, 3, 2, 3}, {3, 3, 3, 2, 2}},
	}
	exampleScores = [6][8]float64{
		{9, 8, 7, 6, 8, 8, 9, 7}, {8, 6, 5, 4, 6, 3, 4, 4}, {3, 4, 5, 4, 3, 8, 7, 8},
		{2, 3, 2, 1, 2, 2, 3, 4}, {5, 5, 6, 4, 4, 6, 7, 5}, {6, 7, 5, 5, 4, 5, 5, 5},
	}
	scoreNames = []string{"purchase", "reputation", "information", "knowledge", "transaction", "positioning", "ability", "value_match"}
)

// sheetOf is one sheet of a workbook in a test.
type sheetOf struct {
	name   string
	rows   [][]any
	merges []string
}

// xlsxOf writes sheets with the spreadsheet library; nil and NaN are no cell.
func xlsxOf(t testing.TB, sheets ...sheetOf) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			must(t, f.SetSheetName("Sheet1", s.name))
		} else if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for r, row := range s.rows {
			for c, v := range row {
				if x, ok := v.(float64); v == nil || ok && math.IsNaN(x) {
					continue
				}
				name, _ := excelize.CoordinatesToCellName(c+1, r+1)
				must(t, f.SetCellValue(s.name, name, v))
			}
		}
		for _, m := range s.merges {
			first, last, _ := strings.Cut(m, ":")
			must(t, f.MergeCell(s.name, first, last))
		}
	}
	var buf bytes.Buffer
	must(t, f.Write(&buf))
	return buf.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func csvOf(rows [][]any, delimiter string) []byte {
	var out strings.Builder
	for _, row := range rows {
		for i, v := range row {
			if i > 0 {
				out.WriteString(delimiter)
			}
			if x, ok := v.(float64); v != nil && !(ok && math.IsNaN(x)) {
				text := fmt.Sprint(v)
				if ok {
					text = strconv.FormatFloat(x, 'f', -1, 64)
				}
				out.WriteString(text)
			}
		}
		out.WriteString("\r\n")
	}
	return []byte(out.String())
}

// longSheets is layout 1 with one rating a row.
func longSheets() []sheetOf {
	ratings := [][]any{{"customer_id", "period", "supplier", "attribute_id", "rating"}}
	for i, c := range exampleCustomers {
		for s, supplier := range exampleSuppliers {
			for a, attribute := range exampleAttributes {
				if x := exampleRatings[s][i][a]; !math.IsNaN(x) {
					ratings = append(ratings, []any{c[0], "2026-10", supplier, attribute, x})
				}
			}
		}
	}
	return append(sharedSheets(), sheetOf{name: "Ratings", rows: ratings})
}

// sharedSheets are the sheets of layout 1 but Ratings.
func sharedSheets() []sheetOf {
	customers := [][]any{{"customer_id", "name", "segment", "revenue"}}
	match := [][]any{{"customer_id", "positioning", "ability", "value_match"}}
	value := [][]any{{"customer_id", "purchase", "reputation", "information", "knowledge", "transaction"}}
	for i, c := range exampleCustomers {
		customers = append(customers, c)
		m, v := []any{c[0]}, []any{c[0]}
		for k, x := range exampleScores[i] {
			if k < 5 {
				v = append(v, x)
			} else {
				m = append(m, x)
			}
		}
		match, value = append(match, m), append(value, v)
	}
	return []sheetOf{{name: "Customers", rows: customers}, {name: "Attributes", rows: exampleDeclared}, {name: "Match", rows: match}, {name: "ValueScore", rows: value}}
}

// wideRows is one row per customer with the headers of the example; weights stand in a row under it.
func wideRows(header func(supplier, attribute string) string, weights bool) [][]any {
	head := []any{"id", "name", "segment", "revenue"}
	weight := []any{"Weight", nil, nil, nil}
	for s, supplier := range exampleSuppliers {
		for a, attribute := range exampleAttributes {
			head = append(head, header(supplier, attribute))
			if s == 0 {
				weight = append(weight, exampleDeclared[a+1][7])
			} else {
				weight = append(weight, nil)
			}
		}
	}
	for k, name := range scoreNames {
		prefix := "Value: "
		if k >= 5 {
			prefix = "Fit: "
		}
		head = append(head, prefix+name+" [0-10]")
	}
	rows := [][]any{head}
	if weights {
		rows = append(rows, weight)
	}
	for i, c := range exampleCustomers {
		rows = append(rows, wideRow(i, c))
	}
	return rows
}

func wideRow(i int, c []any) []any {
	row := append([]any{}, c...)
	for s := range exampleSuppliers {
		for _, x := range exampleRatings[s][i] {
			row = append(row, x)
		}
	}
	for _, x := range exampleScores[i] {
		row = append(row, x)
	}
	return row
}

func sideOf(attribute string) string {
	if attribute == "Price" || attribute == "Effort" {
		return "Cost"
	}
	return "Benefit"
}

// mergedRows is the wide sheet with two header rows: suppliers, merged, over attributes.
func mergedRows() sheetOf {
	rows := wideRows(func(_, attribute string) string { return attribute + " [1-5]" }, true)
	upper := make([]any, len(rows[0]))
	upper[4], upper[9], upper[14], upper[19], upper[24] = "us", "Rival A", "Rival B", "Value to us", "Strategic match"
	for k := range scoreNames {
		rows[0][19+k] = scoreNames[k] + " [0-10]"
	}
	return sheetOf{"Survey", append([][]any{{"Survey of October"}, upper}, rows...), []string{"E2:I2", "J2:N2", "O2:S2", "T2:X2", "Y2:AA2", "A1:AA1"}}
}

// threeLevels has suppliers over sides over attributes.
func threeLevels() sheetOf {
	s := mergedRows()
	side := make([]any, len(s.rows[1]))
	for k := 0; k < 3; k++ {
		side[4+5*k], side[7+5*k] = "Benefits", "Costs"
		s.merges = append(s.merges, fmt.Sprintf("%s3:%s3", dataset.ColumnLetters(5+5*k), dataset.ColumnLetters(7+5*k)),
			fmt.Sprintf("%s3:%s3", dataset.ColumnLetters(8+5*k), dataset.ColumnLetters(9+5*k)))
	}
	s.rows = append(append(append([][]any{}, s.rows[:2]...), side), s.rows[2:]...)
	return s
}

func TestExampleInEveryLayout(t *testing.T) {
	plain := func(supplier, attribute string) string { return supplier + " " + attribute }
	declared := func(supplier, attribute string) string {
		if supplier == "us" {
			return sideOf(attribute) + ": " + attribute + " [1-5]"
		}
		return attribute + " [" + supplier + "]"
	}
	wideOfSheets := append(sharedSheets(), sheetOf{name: "Ratings", rows: wideRows(plain, false)})
	bySupplier := [][]any{{"customer_id", "supplier", "Quality", "Service", "Image", "Price", "Effort"}}
	for i, c := range exampleCustomers {
		for s, supplier := range exampleSuppliers {
			row := []any{c[0], supplier}
			for _, x := range exampleRatings[s][i] {
				row = append(row, x)
			}
			bySupplier = append(bySupplier, row)
		}
	}
	titled := append([][]any{{"Customer survey 2026"}, {"Scale 1 to 5"}, {}}, wideRows(plain, true)...)
	titled = append(titled, []any{}, []any{"Average", nil, nil, 50000, 4.1667}, []any{"Source: our own survey of October"})
	layouts := map[string][]byte{
		"long.xlsx":       xlsxOf(t, longSheets()...),
		"sheets.xlsx":     xlsxOf(t, wideOfSheets...),
		"suppliers.xlsx":  xlsxOf(t, append(sharedSheets(), sheetOf{name: "Ratings", rows: bySupplier})...),
		"plain.xlsx":      xlsxOf(t, sheetOf{name: "Data", rows: wideRows(plain, true)}),
		"declared.xlsx":   xlsxOf(t, sheetOf{name: "Data", rows: wideRows(declared, true)}),
		"two-levels.xlsx": xlsxOf(t, mergedRows()),
		"three.xlsx":      xlsxOf(t, threeLevels()),
		"titled.xlsx":     xlsxOf(t, sheetOf{name: "Data", rows: titled}),
		"comma.csv":       csvOf(wideRows(plain, true), ","),
		"semicolon.csv":   csvOf(wideRows(declared, true), ";"),
		"tab.tsv":         csvOf(wideRows(declared, true), "\t"),
	}
	for name, data := range layouts {
		t.Run(name, func(t *testing.T) {
			d := ReadBytes(name, data, Options{})
			checkExample(t, d)
			for _, f := range d.Findings {
				if f.Severity >= dataset.Error {
					t.Errorf("finding %s at %s: %v %q", f.Code, f.Ref, f.Args, f.Got)
				}
			}
			checkPlaces(t, data, d)
			if t.Failed() {
				t.Log(receiptText(d))
			}
		})
	}
}

func checkExample(t *testing.T, d *dataset.Dataset) {
	t.Helper()
	var names []string
	for _, s := range d.Suppliers {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, ","); got != "us,Rival A,Rival B" || !d.Suppliers[0].Own || d.Suppliers[1].Own {
		t.Fatalf("suppliers %v", d.Suppliers)
	}
	if len(d.Attributes) != 5 || d.Customers.Len() != 6 {
		t.Fatalf("%d attributes, %d customers", len(d.Attributes), d.Customers.Len())
	}
	for a, x := range d.Attributes {
		want := exampleDeclared[a+1]
		if x.ID != want[0] || x.Side.String() != want[1] || x.Scale.Lo != 1 || x.Scale.Hi != 5 || x.Down || x.Weight != float64(want[7].(int)) {
			t.Errorf("attribute %+v, want %v", x, want)
		}
		if tangible := map[any]dataset.Answer{"Y": dataset.Yes, "N": dataset.No}[want[3]]; x.Tangible != tangible {
			t.Errorf("%s: tangible %v, want %v", x.ID, x.Tangible, want[3])
		}
	}
	for i, c := range exampleCustomers {
		cs := d.Customers
		if cs.ID[i] != c[0] || cs.Name[i] != c[1] || cs.Segment[i] != c[2] || cs.Revenue[i] != float64(c[3].(int)) {
			t.Errorf("customer %d: %s %s %s %v", i, cs.ID[i], cs.Name[i], cs.Segment[i], cs.Revenue[i])
		}
		for s := range exampleSuppliers {
			for a := range exampleAttributes {
				want, got := exampleRatings[s][i][a], d.Rating(s, a).Values[i]
				if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
					t.Errorf("%s %s %s: %v, want %v", c[0], exampleSuppliers[s], exampleAttributes[a], got, want)
				}
			}
		}
	}
	checkScores(t, d.ValueScore, scoreNames[:5], 0)
	checkScores(t, d.Match, scoreNames[5:], 5)
}

func checkScores(t *testing.T, components []dataset.Component, names []string, offset int) {
	t.Helper()
	if len(components) != len(names) {
		t.Errorf("%d components, want %v", len(components), names)
		return
	}
	for k, c := range components {
		if c.ID != names[k] || c.Scale.Lo != 0 && c.Scale.Lo != 1 || c.Scale.Hi != 10 {
			t.Errorf("component %s %v, want %s", c.ID, c.Scale, names[k])
		}
		for i := range exampleCustomers {
			if c.Series.Values[i] != exampleScores[i][offset+k] {
				t.Errorf("%s of %d: %v, want %v", c.ID, i, c.Series.Values[i], exampleScores[i][offset+k])
			}
		}
	}
}

// checkPlaces opens the workbook with the spreadsheet library and compares the cell that every value names.
func checkPlaces(t *testing.T, data []byte, d *dataset.Dataset) {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("PK")) {
		return
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer f.Close()
	cell := func(p dataset.Place, i int) string {
		if p.Rows[i] == 0 {
			return ""
		}
		v, err := f.GetCellValue(p.Sheet, p.Ref("", i).Cell())
		must(t, err)
		return v
	}
	for s := range d.Suppliers {
		for a := range d.Attributes {
			series := d.Rating(s, a)
			for i, x := range series.Values {
				if got := cell(series.Place, i); math.IsNaN(x) != (got == "") || got != "" && got != strconv.FormatFloat(x, 'f', -1, 64) {
					t.Errorf("place %s holds %q, value %v", series.Place.Ref("", i), got, x)
				}
			}
		}
	}
	for i, id := range d.Customers.ID {
		if got := cell(d.Customers.Place, i); got != id {
			t.Errorf("customer place %s holds %q, want %q", d.Customers.Place.Ref("", i), got, id)
		}
	}
}

// receiptText writes a receipt and findings as text for a test's log.
func receiptText(d *dataset.Dataset) string {
	var out strings.Builder
	r := d.Receipt
	fmt.Fprintf(&out, "%s %s layout %s period %q of %v, customers %d, attributes %d, suppliers %v, purchases %d\n", r.File, r.Format, r.Layout, d.Period, d.Periods,
		d.Customers.Len(), len(d.Attributes), d.Suppliers, len(d.Transactions.Date))
	for _, t := range r.Tables {
		fmt.Fprintf(&out, "  table %q %s header %v rows %d..%d read %d converted %d rejected %d\n", t.Sheet, t.Role, t.HeaderRows, t.FirstRow, t.LastRow, t.RowsRead, t.Converted, t.Rejected)
		why := map[string]int{}
		for _, s := range t.Skipped {
			why[s.Why]++
		}
		fmt.Fprintf(&out, "    skipped %v\n", why)
		for k, c := range t.Columns {
			if k > 24 {
				fmt.Fprintf(&out, "    ... %d columns\n", len(t.Columns))
				break
			}
			fmt.Fprintf(&out, "    %s %.60q %s %.40q [%s] %v down %v guess %v why %s\n", dataset.ColumnLetters(c.Col), c.Header, c.Role, c.Attribute, c.Supplier, c.Scale, c.Down, c.Guess, c.Why)
		}
	}
	fmt.Fprintf(&out, "  unused %q\n", r.Unused)
	for k, f := range d.Findings {
		if k > 30 {
			fmt.Fprintf(&out, "  ... %d findings\n", len(d.Findings))
			break
		}
		fmt.Fprintf(&out, "  %s %s %s x%d got %.60q %v\n", f.Severity, f.Code, f.Ref, f.Count, f.Got, f.Args)
	}
	return out.String()
}
