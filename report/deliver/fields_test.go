package deliver_test

import (
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/deliver"
	"valuebook/report/workbook"
	"valuebook/samples/golden"
	"valuebook/templates"
)

// TestLettersOfTheSample writes the letters of the sample workbook, and holds
// that the letter with one customer's page names no other customer.
func TestLettersOfTheSample(t *testing.T) {
	d, err := workbook.Read("../../samples/single-sheet.xlsx", workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := report.Build(d, analysis.Analyse(d, analysis.Options{}), report.Meta{Company: "Firm"})
	composer, err := deliver.NewComposer("en", func(name string) ([]byte, error) { return templates.Read(name, nil) })
	if err != nil {
		t.Fatal(err)
	}
	whole, err := composer.Letter(deliver.FieldsOf(r, words(t)))
	if err != nil {
		t.Fatal(err)
	}
	cards := r.Cards()
	first, err := composer.Letter(deliver.FieldsOfCard(r, *cards.Card(0), words(t)))
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "sample.txt", []byte(whole.Subject+"\n\n"+whole.Text+"\n----\n"+first.Subject+"\n\n"+first.Text))
	for i := range d.Customers.ID {
		letter, err := composer.Letter(deliver.FieldsOfCard(r, *cards.Card(i), words(t)))
		if err != nil {
			t.Fatal(err)
		}
		for k := range d.Customers.ID {
			if name := d.Customers.Label(k); k != i && strings.Contains(letter.Text+letter.HTML, name) && !strings.Contains(d.Customers.Label(i), name) {
				t.Fatalf("the letter of %s names %s", d.Customers.Label(i), name)
			}
		}
	}
}
