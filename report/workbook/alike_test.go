package workbook

import (
	"testing"

	"valuebook/report/dataset"
)

func TestCustomersWrittenAlmostAlike(t *testing.T) {
	d := recogniseText(t, Options{}, "Customer\tBenefit: Service\tCost: Price\nACME Ltd\t4\t3\nBeta GmbH\t5\t2\nAcme Ltd.\t3\t3\nBéta\t2\t1\nStore 1\t2\t1\nStore 2\t3\t3")
	var cells []string
	for _, f := range d.Findings {
		if f.Code == codeCustomerAlike {
			cells = append(cells, f.Ref.Cell()+" like "+f.Args[1].Text)
		}
	}
	if len(cells) != 2 || cells[0] != "A4 like A2" || cells[1] != "A5 like A3" || d.Customers.Len() != 6 {
		t.Error(cells, d.Customers.ID)
	}
}

func TestNoHeader(t *testing.T) {
	for name, text := range map[string]string{
		"numbers and names": "C1\tNorth\t4\t5\nC2\tSouth\t3\t3\nC3\tNorth\t4\t1\nC4\tEast\t2\t2",
		"numbers":           "4\t5\t1\n3\t3\t2\n4\t1\t3\n2\t2\t1",
		"texts first":       "Ann\tNorth\tretail\tbig\t4\nBob\tSouth\tretail\tbig\t3\nCyd\tNorth\ttrade\tbig\t1\nDan\tEast\ttrade\tbig\t2",
	} {
		d := recogniseText(t, Options{}, text)
		if f := finding(t, d, codeNoHeader); f.Severity != dataset.Stop || f.Ref.Row != 1 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
