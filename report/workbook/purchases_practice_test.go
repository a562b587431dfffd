package workbook

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

// practiceLists are lists of purchases in the practice workbooks: the sheet, and the headers of the customer and of what is multiplied
// to the amount, none where only purchases are counted.
var practiceLists = []struct {
	file, sheet, customer string
	factors               []string
}{
	{"課金データ.xlsx", "Sheet1", "ユーザーid", []string{"課金額"}},
	{"销售数据.xlsx", "销售数据", "客户名称", []string{"销售数量", "单价"}},
	{"RFM Analysis.xlsx", "Data", "CustomerID", []string{"Quantity", "UnitPrice"}},
	{"RFM Analysis.xlsx", "Class Data", "New_id", []string{"monetary"}},
	{"transacoes.xlsx", "transacoes", "id_cliente", nil},
}

// The total of every customer is the one that another program's export of the sheet adds up to.
func TestPurchasesOfPracticeWorkbooks(t *testing.T) {
	folder := golden.Practice(t)
	if !golden.Fidelity() {
		t.Skipf("skipped: %s is not set; another program exports whole workbooks", golden.FidelityRun)
	}
	office := golden.Tool(t, "soffice")
	for _, list := range practiceLists {
		paths, err := filepath.Glob(filepath.Join(folder, "workbooks", "*", list.file))
		must(t, err)
		found := false
		for _, path := range paths {
			d, err := Read(path, Options{})
			must(t, err)
			if tx := d.Transactions; len(tx.Sheets) != 1 || tx.Sheets[0] != list.sheet {
				continue
			}
			found = true
			want := exportedTotals(t, office, path, list.sheet, list.customer, list.factors)
			got := map[string]float64{}
			for i, c := range d.Transactions.Customer {
				x := d.Transactions.Revenue[i]
				if list.factors == nil {
					x = 1
				}
				if d.Transactions.Kind[i] != dataset.KindCancelled {
					got[d.Customers.ID[c]] += x
				}
			}
			compareTotals(t, list.file+" "+list.sheet, got, want)
		}
		if !found {
			t.Errorf("%s: no list of purchases on the sheet %s", list.file, list.sheet)
		}
	}
}

func compareTotals(t *testing.T, name string, got, want map[string]float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%s: %d customers, want %d", name, len(got), len(want))
	}
	wrong := 0
	for id, sum := range want {
		if math.Abs(got[id]-sum) > 1e-6*math.Max(1, math.Abs(sum)) {
			if wrong++; wrong <= 3 {
				t.Errorf("%s: customer %s has %v, want %v", name, id, got[id], sum)
			}
		}
	}
}

// exportedTotals adds up a sheet as another program exports it.
func exportedTotals(t *testing.T, office, path, sheet, customer string, factors []string) map[string]float64 {
	t.Helper()
	out := t.TempDir()
	const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
	golden.Run(t, 10*time.Minute, office, "-env:UserInstallation=file://"+filepath.Join(out, "profile"), "--headless", "--convert-to", filter, "--outdir", out, path)
	stem := strings.TrimSuffix(filepath.Base(path), ".xlsx")
	data, err := os.ReadFile(filepath.Join(out, stem+"-"+sheet+".csv"))
	must(t, err)
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	must(t, err)
	totals := map[string]float64{}
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
			}
		}
	}
	return totals
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
