package workbook

import (
	"testing"

	"valuebook/report/dataset"
)

// A list of recipients is no data: beside ratings, whatever its columns are called, nothing is read of it.
func TestRecipientsAreNoData(t *testing.T) {
	for name, list := range map[string][][]any{
		"ids":      {{"customer_id", "name", "segment", "to", "cc", "language"}, {"C1", "Acme", "North", "a@acme.example", "b@firm.example", "en"}, {"C2", "Bolt", "South", "c@bolt.example", "", "de"}},
		"German":   {{"Kunde", "E-Mail", "Kopie"}, {"C1", "Ann <a@acme.example>; b@acme.example", ""}, {"alle", "chef@firm.example", "x@firm.example"}},
		"a weight": {{"Customer", "Weight", "Email"}, {"C1", 3, "a@acme.example"}, {"C2", 4, "c@bolt.example"}},
	} {
		d := read(t, Options{},
			sheetOf{name: "Ratings", rows: [][]any{{"Customer", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"C1", 4, 2}, {"C2", 5, 3}}},
			sheetOf{name: "Recipients", rows: list})
		if len(d.Customers.ID) != 2 || len(d.Attributes) != 2 {
			t.Errorf("%s: %d customers, %d attributes", name, len(d.Customers.ID), len(d.Attributes))
		}
		for _, table := range d.Receipt.Tables {
			if (table.Sheet == "Recipients") != (table.Role == dataset.TableRecipients) {
				t.Errorf("%s: sheet %s is %s", name, table.Sheet, table.Role)
			}
		}
		for _, f := range d.Findings {
			if f.Ref.Sheet == "Recipients" {
				t.Errorf("%s: %s", name, f.Code)
			}
		}
	}
}
