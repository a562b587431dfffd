package workbook

import (
	"bytes"
	"encoding/csv"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

// practiceLists are the practice workbooks that say what customers bought: the folder and the file, the sheet, and the
// headers of the customer and of what is multiplied to the amount, none where only purchases are counted.
var practiceLists = []struct {
	file, sheet, customer string
	factors               []string
}{
	{"LarissaSPereira*/transacoes.xlsx", "transacoes", "id_cliente", nil},
	{"vipulshm*/Online Retail.xlsx", "Sheet1", "CustomerID", []string{"Monetary"}}, // a row for each customer
	{"gakushu*/課金データ.xlsx", "Sheet1", "ユーザーid", []string{"課金額"}},
	{"arslancan521*/RFM Analysis.xlsx", "Data", "CustomerID", []string{"Quantity", "UnitPrice"}},
	{"MadhuIndora*/RFM Analysis.xlsx", "Class Data", "New_id", []string{"monetary"}},
	{"jonesteven0504*/销售数据.xlsx", "销售数据", "客户名称", []string{"销售数量", "单价"}},
	{"DVLZY*/销售数据.xlsx", "Sheet1", "姓名", []string{"销售额"}}, // a row for each customer
}

// The total of every customer is the one that another program's export of the sheet adds up to.
func TestPurchasesOfPracticeWorkbooks(t *testing.T) {
	folder := golden.Practice(t)
	if !golden.Fidelity() {
		t.Skipf("skipped: %s is not set; another program exports whole sheets", golden.FidelityRun)
	}
	office := golden.Tool(t, "soffice")
	for _, list := range practiceLists {
		t.Run(strings.ReplaceAll(list.file, "*/", " "), func(t *testing.T) {
			paths, err := filepath.Glob(filepath.Join(folder, "workbooks", list.file))
			must(t, err)
			if len(paths) != 1 {
				t.Fatalf("%d files %s, want 1", len(paths), list.file)
			}
			d, err := Read(paths[0], Options{})
			must(t, err)
			got := totalsRead(d, list.factors == nil)
			want, rows := exportedTotals(t, exportSheet(t, office, paths[0], list.sheet), list.customer, list.factors)
			compareTotals(t, got, want)
			sum := 0.0
			for _, x := range want {
				sum += x
			}
			t.Logf("%s: %d rows, %d customers, in all %.2f", list.sheet, rows, len(want), sum)
		})
	}
}

// totalsRead adds up what each customer bought; without a list of purchases it is the column that states it.
func totalsRead(d *dataset.Dataset, count bool) map[string]float64 {
	totals := map[string]float64{}
	if d.Transactions.Len() == 0 {
		for i, x := range d.Customers.Revenue {
			totals[d.Customers.ID[i]] = x
		}
	}
	for i, c := range d.Transactions.Customer {
		x := d.Transactions.Revenue[i]
		if count {
			x = 1
		}
		if d.Transactions.Kind[i] != dataset.KindCancelled {
			totals[d.Customers.ID[c]] += x
		}
	}
	return totals
}

func compareTotals(t *testing.T, got, want map[string]float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%d customers, want %d", len(got), len(want))
	}
	wrong := 0
	for id, sum := range want {
		if math.Abs(got[id]-sum) > 1e-6*math.Max(1, math.Abs(sum)) {
			if wrong++; wrong <= 3 {
				t.Errorf("customer %s has %v, want %v", id, got[id], sum)
			}
		}
	}
}

// exportedTotals adds up a sheet as another program exports it, and counts the rows that it took.
func exportedTotals(t *testing.T, data []byte, customer string, factors []string) (totals map[string]float64, taken int) {
	t.Helper()
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	must(t, err)
	totals = map[string]float64{}
	at := map[string]int{}
	for _, row := range rows {
		if len(at) == 0 {
			at = headerAt(row, append([]string{customer}, factors...))
			continue
		}
		if id := strings.TrimSpace(row[at[customer]]); id != "" {
			x := 1.0
			for _, factor := range factors {
				value, err := strconv.ParseFloat(row[at[factor]], 64)
				if err != nil {
					value = math.NaN()
				}
				x *= value
			}
			if !math.IsNaN(x) {
				totals[id] += x
				taken++
			}
		}
	}
	return totals, taken
}

// headerAt returns where the headers stand in a row, empty unless all do.
func headerAt(row, headers []string) map[string]int {
	at := map[string]int{}
	for _, header := range headers {
		for i, text := range row {
			if text == header {
				at[header] = i
				break
			}
		}
	}
	if len(at) < len(headers) {
		return map[string]int{}
	}
	return at
}
