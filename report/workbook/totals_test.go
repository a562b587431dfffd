package workbook

import (
	"fmt"
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// skippedRows writes the rows that the first table with rows skipped, with the reasons.
func skippedRows(d *dataset.Dataset) string {
	var out []string
	for _, t := range d.Receipt.Tables {
		for _, s := range t.Skipped {
			if s.Why != skipBlank {
				out = append(out, fmt.Sprintf("%d %s", s.Row, s.Why))
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestTotalsAndGroups(t *testing.T) {
	head := "Customer\tRegion\tBenefit: Service\tCost: Price\n"
	firm := "Customer\tRevenue\tProfit\n"
	for _, test := range []struct{ name, text, skipped, customers string }{
		{"a mean below", head + "A\tN\t4\t3\nB\tS\t5\t2\nAverage\t\t4.5\t2.5", "4 total", "A B"},
		{"in Polish", head + "A\tN\t4\t3\nB\tS\t5\t2\nŚrednia\t\t4.5\t2.5", "4 total", "A B"},
		{"in Chinese", head + "A\tN\t4\t3\nB\tS\t5\t2\n平均分\t\t4.5\t2.5", "4 total", "A B"},
		{"a mean called by the firm", head + "A\tN\t4\t3\nB\tS\t5\t2\nC\tS\t4\t4\nAcme as a whole\t\t4.33\t3.00", "", "A B C Acme as a whole"},
		{"a mean called by the firm, broken", head + "A\tN\t4\t3\nB\tS\t5\t2\nC\tS\t4\t4\nD\tS\t4\t4\nAcme as a whole\t\t4.25\t3.25", "6 total", "A B C D"},
		{"a customer like the mean", head + "A\tN\t4\t3\nB\tS\t4\t3\nC\tS\t4\t3\nD\tS\t4\t3", "", "A B C D"},
		{"a customer called Total", head + "A\tN\t4\t3\nTotal\tS\t5\t2\nC\tS\t4\t4", "", "A Total C"},
		{"a customer called Total Energies", head + "A\tN\t4\t3\nB\tS\t4\t1\nTotal Energies\tS\t5\t2\nC\tS\t4\t4", "", "A B Total Energies C"},
		{"a sum without a word", firm + "A\t100\t10\nB\t250\t20\nC\t80\t5\nThe lot\t430\t35", "5 total", "A B C"},
		{"subtotals and a grand total", firm + "A\t100\t10\nB\t250\t20\nNorth total\t350\t30\nC\t80\t5\nD\t20\t1\nSouth total\t100\t6\nGrand total\t450\t36", "4 total, 7 total, 8 total", "A B C D"},
		{"subtotals in German, one of one", firm + "A\t100\t10\nB\t250\t20\nSumme Nord\t350\t30\nC\t80\t5\nSumme Süd\t80\t5\nGesamt\t430\t35", "4 total, 6 total, 7 total", "A B C"},
		{"subtotals in Japanese", firm + "A\t100\t10\nB\t250\t20\n北小計\t350\t30\nC\t80\t5\n南小計\t80\t5\n総計\t430\t35", "4 total, 6 total, 7 total", "A B C"},
		{"a subtotal without a label", firm + "A\t100\t10\nB\t250\t20\n\t350\t30\nC\t80\t5\nD\t20\t1\n\t100\t6", "4 total, 7 total", "A B C D"},
		{"headings of groups", "Customer\tBenefit: Service\tCost: Price\nNorth\nAda\t4\t3\nBob\t5\t2\nSouth\nCyd\t3\t3\nDan\t2\t1", "2 heading, 5 heading", "Ada Bob Cyd Dan"},
		{"indented groups", "Customer\tBenefit: Service\tCost: Price\nNorth\n  Ada\t4\t3\n  Bob\t5\t2\nSouth\n  Cyd\t3\t3", "2 heading, 5 heading", "Ada Bob Cyd"},
		{"a merged heading of a group", "Customer\tBenefit: Service\tCost: Price\nNorth\t^\nAda\t4\t3\nBob\t5\t2", "2 heading", "Ada Bob"},
		{"customers without answers", "Customer\tBenefit: Service\tCost: Price\nC1\nC2\t4\t3\nC3\t5\t2\nC4\nC5\t3\t3\nC6\t2\t1", "", "C1 C2 C3 C4 C5 C6"},
		{"one customer without answers", "Customer\tBenefit: Service\tCost: Price\nAda\nBob\t4\t3\nCyd\t5\t2\nDan\t3\t3\nEve\t2\t1", "", "Ada Bob Cyd Dan Eve"},
	} {
		d := recogniseText(t, Options{}, test.text)
		if got := skippedRows(d); got != test.skipped {
			t.Errorf("%s: skipped %s, want %s", test.name, got, test.skipped)
		}
		if got := strings.Join(d.Customers.ID, " "); got != test.customers {
			t.Errorf("%s: customers %s, want %s", test.name, got, test.customers)
		}
	}
}

func TestHeadingsAreSegments(t *testing.T) {
	d := recogniseText(t, Options{}, "Customer\tBenefit: Service\tCost: Price\nNorth\nAda\t4\t3\nBob\t5\t2\nSouth\nCyd\t3\t3\nDan\t2\t1")
	if got := strings.Join(d.Customers.Segment, " "); got != "North North South South" {
		t.Errorf("segments %s", got)
	}
}

// A customer that stands once for several purchases, in a merged range or alone.
func TestCustomersFromAbove(t *testing.T) {
	d := recogniseText(t, Options{}, "Customer\tDate\tAmount\nA\t@45000\t120\n\t@45010\t80\n\t@45020\t70\nB\t@45000\t10\n\t@45003\t20\nTotal\t\t300")
	if got := fmt.Sprint(d.Customers.ID, d.Transactions.Customer) + skippedRows(d); got != "[A B] [0 0 0 1 1]7 total" {
		t.Error(got)
	}
	if f := finding(t, d, codeKeyFilled); f.Count != 3 || f.Ref.Cell() != "A3" {
		t.Errorf("%+v", f)
	}
}
