package workbook

import (
	"fmt"
	"testing"

	"valuebook/report/dataset"
)

// A price with a currency or a unit in its header is an amount of money among the costs; the currency is kept.
func TestPriceInMoney(t *testing.T) {
	for header, currency := range map[string]string{
		"Price [EUR]": "EUR", "Price EUR": "EUR", "Price (EUR)": "EUR", "Price in €": "€", "Price per unit": "", "Price": "", "Price per unit (USD)": "USD", "Preis pro Stück in €": "€", "Cost: Price [EUR]": "EUR", "Total cost USD": "USD",
	} {
		for _, prices := range [][]any{{1200, 900, 1000}, {100, 60, 40}} {
			for _, name := range []string{"Vendor", "Customer"} {
				d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{
					{name, "Benefit: Quality [1-5]", header}, {"Alpha", 5, prices[0]}, {"Beta", 4, prices[1]}, {"Gamma", 3, prices[2]},
				}})
				if len(d.Attributes) != 2 {
					t.Errorf("%s %s: %d attributes\n%s", name, header, len(d.Attributes), receiptText(d))
					continue
				}
				price := d.Attributes[1]
				if !price.Money || price.Scale.Bounded() || price.Side != dataset.Cost || price.Group != dataset.Monetary || d.Currency != currency || len(d.Suppliers) > 1 || hasCode(d, codeSideGuessed) {
					t.Errorf("%s %s: %+v, currency %q\n%s", name, header, price, d.Currency, receiptText(d))
				}
			}
		}
	}
}

func TestScoreBesidePriceInMoney(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Offers", rows: [][]any{{"Product", "Quality score", "Price EUR"}, {"Alpha", 80, 100}, {"Beta", 70, 60}, {"Gamma", 60, 40}}})
	if d.Receipt.Layout != dataset.LayoutOffers || len(d.Attributes) != 2 || !d.Attributes[1].Money || d.Attributes[0].Scale.Hi != 100 || d.Currency != "EUR" {
		t.Error(receiptText(d))
	}
	// A list of prices is no comparison, nor is a list of purchases.
	for _, head := range []string{"Product,Units,Price EUR", "Product,Shipping cost EUR,Price EUR", "Product,Service year,Price EUR"} {
		row := []any{}
		for _, h := range words(head) {
			row = append(row, h)
		}
		d := read(t, Options{}, sheetOf{name: "List", rows: [][]any{row, {"Alpha", 80, 100}, {"Beta", 70, 60}, {"Gamma", 60, 40}}})
		if d.Offers != nil {
			t.Errorf("%s\n%s", head, receiptText(d))
		}
	}
}

// "Benefit" and "Cost" say the side without a colon too, where what follows is of that side.
func TestSideWordWithoutColon(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Data", rows: [][]any{{"Customer", "Benefit Quality", "Cost Price", "Kosten Zeit"}, {"A", 5, 3, 1}, {"B", 4, 4, 2}, {"C", 3, 4, 3}}})
	if hasCode(d, codeSideGuessed) || len(d.Attributes) != 3 || fmt.Sprint(d.Attributes[0].ID, d.Attributes[1].ID, d.Attributes[2].ID) != "QualityPriceZeit" || d.Attributes[0].Side != dataset.Benefit || d.Attributes[2].Side != dataset.Cost {
		t.Errorf("%+v\n%s", d.Attributes, receiptText(d))
	}
}
