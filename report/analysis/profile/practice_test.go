package profile_test

import (
	"path/filepath"
	"testing"

	"valuebook/report/analysis/profile"
	"valuebook/report/workbook"
	"valuebook/samples/golden"
)

// Workbooks with the parts and classes of recency, frequency and amount beside
// each customer: nothing in them describes the customer, so nothing may pass for
// a profile.
func TestClassesMadeFromPurchasesAreNoProfile(t *testing.T) {
	folder := golden.Practice(t)
	read := 0
	for _, pattern := range []string{"*/RFM.xlsx", "*/*/RFM.xlsx", "*/RFM Analysis.xlsx", "*/*/RFM Analysis.xlsx"} {
		names, err := filepath.Glob(filepath.Join(folder, "workbooks", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			d, err := workbook.Read(name, workbook.Options{})
			if err != nil {
				continue
			}
			worth := d.FirmValue.Values
			if worth == nil {
				worth = d.Customers.Revenue
			}
			p := profile.FindIdeal(d, worth, d.FirmLabel, profile.DefaultOptions())
			if p == nil {
				continue
			}
			read++
			for _, line := range p.Card {
				t.Errorf("%s: %q passes for a description", filepath.Base(name), p.Columns[line.Column].Name)
			}
		}
	}
	if read == 0 {
		t.Error("no workbook of the kind was found")
	}
}
