package workbook

import (
	"strings"
	"testing"

	"valuebook/report/dataset"
)

func names(d *dataset.Dataset) string {
	var out []string
	for _, s := range d.Suppliers {
		name := s.Name
		if s.Own {
			name += "*"
		}
		out = append(out, name)
	}
	return strings.Join(out, ",")
}

// The name given as ours decides, in a table of ratings and in headers; one that is not known stops, with the nearest first.
func TestOwnByName(t *testing.T) {
	long := sheetOf{name: "Ratings", rows: [][]any{
		{"customer_id", "supplier", "attribute_id", "rating"},
		{"A", "us", "Quality", 4}, {"A", "us", "Price", 2}, {"A", "Rival A", "Quality", 3}, {"A", "Rival A", "Price", 3}, {"A", "Other", "Quality", 1}, {"A", "Other", "Price", 5},
	}}
	plain := sheetOf{name: "Data", rows: [][]any{
		{"ID", "Quality", "Price", "Quality [Rival A]", "Price [Rival A]", "Quality [Other]", "Price [Other]"}, {"A", 4, 2, 3, 3, 1, 5}, {"B", 4, 1, 3, 2, 1, 4},
	}}
	begins := sheetOf{name: "Data", rows: [][]any{
		{"ID", "Rival A Quality", "Rival A Price", "Quality", "Price", "Other Quality", "Other Price"}, {"A", 3, 3, 4, 2, 1, 5}, {"B", 3, 2, 4, 1, 1, 4},
	}}
	for layout, sheet := range map[string]sheetOf{"long": long, "wide": plain, "begins": begins} {
		if d := read(t, Options{Own: "rival a"}, sheet); !strings.HasPrefix(names(d), "Rival A*,") || rating(t, d, "Quality")[0] != 3 || !strings.Contains(names(d), "us,") && !strings.HasSuffix(names(d), "us") {
			t.Errorf("%s: %s\n%s", layout, names(d), receiptText(d))
		}
		if d := read(t, Options{Own: "us"}, sheet); !strings.HasPrefix(names(d), "us*,") || rating(t, d, "Quality")[0] != 4 {
			t.Errorf("%s: %s\n%s", layout, names(d), receiptText(d))
		}
		d := read(t, Options{Own: "Rival B"}, sheet)
		f := finding(t, d, codeOwnNotFound)
		if f.Severity != dataset.Stop || f.Args[0].Text != "Rival B" || f.Args[1].List[0] != "Rival A" || len(f.Args[1].List) != 3 {
			t.Errorf("%s: %+v", layout, f)
		}
	}
}

// Where nothing in the workbook names a supplier, the given name is that of the only one; where it names ours only here and
// there, the rest is ours too.
func TestOwnNameForRatingsWithoutOne(t *testing.T) {
	d := read(t, Options{Own: "Acme"}, survey("Benefit: Service [1-5]", 4, 5))
	if names(d) != "Acme*" || len(found(d)) != 0 {
		t.Error(receiptText(d))
	}
	d = read(t, Options{Own: "Acme"}, sheetOf{name: "Data", rows: [][]any{
		{"ID", "Benefit: Quality", "Acme Service", "Cost: Price", "Beta Service", "Beta Price"}, {"A", 4, 3, 2, 2, 1}, {"B", 5, 4, 3, 2, 2},
	}})
	if !strings.HasPrefix(names(d), "Acme*,Beta") || rating(t, d, "Quality")[1] != 5 || rating(t, d, "Service")[1] != 4 {
		t.Errorf("%s\n%s", names(d), receiptText(d))
	}
}

func TestUnknownOwnOfferStops(t *testing.T) {
	rows := [][]any{{"Vendor", "Quality", "Effort"}, {"Alpha", 4, 3}, {"Beta", 5, 2}, {"Gamma", 3, 5}}
	d := read(t, Options{Own: "Betta"}, sheetOf{name: "Comparison", rows: rows})
	if f := finding(t, d, codeOwnNotFound); f.Severity != dataset.Stop || f.Args[1].List[0] != "Beta" {
		t.Errorf("%+v", f)
	}
}

func TestEmptyRatingsSheetIsNamed(t *testing.T) {
	d := read(t, Options{}, sheetOf{name: "Customers", rows: [][]any{{"customer_id", "name"}, {"A", "Arda"}, {"B", "Bolt"}}},
		sheetOf{name: "Attributes", rows: [][]any{
			{"attribute_id", "side", "scale_min", "scale_max"}, {"Quality", "benefit", 1, 5}, {"Service", "benefit", 1, 5}, {"Price", "cost", 1, 5},
		}}, sheetOf{name: "Ratings", rows: [][]any{{"customer_id", "supplier", "attribute_id", "rating"}}})
	wantFindings(t, d, "stop no-rows Ratings!1")
	if text := textOf(t, finding(t, d, codeNoRows)); !strings.HasPrefix(text, "Ratings is empty") {
		t.Error(text)
	}
}
