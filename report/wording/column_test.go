package wording

import (
	"math"
	"slices"
	"testing"

	"valuebook/report/dataset"
)

func TestColumn(t *testing.T) {
	w, err := NewWriter(NewCatalogue("en"), "en", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	column := func(unit dataset.Unit, values ...float64) []string {
		cells := make([]dataset.Quantity, len(values))
		for i, v := range values {
			cells[i] = dataset.Num(v, unit)
		}
		return w.Column(cells)
	}
	for _, c := range []struct {
		got, want []string
	}{
		{column(dataset.Rating, 4, 3.5, 3.25, math.NaN()), []string{"4.00", "3.50", "3.25", "–"}},
		{column(dataset.Rating, 4, 3), []string{"4", "3"}},
		{column(dataset.Exact, 17, 6.5, 3.75), []string{"17.00", "6.50", "3.75"}},
		{column(dataset.Money, 3.1e6, 775000, -5000), []string{"3,100,000", "775,000", "−5,000"}},
		{column(dataset.Money, 1.25e9, 5e6, 0), []string{"1,250.0\u00a0M", "5.0\u00a0M", "0.0\u00a0M"}},
		{column(dataset.Money, 4.5, 12, math.Inf(1)), []string{"4.50", "12.00", "∞"}},
		{column(dataset.Money, 4.5, 120), []string{"5", "120"}},
		{column(dataset.Share, 0.125, 1), []string{"13\u00a0%", "100\u00a0%"}},
		{w.Column([]dataset.Quantity{dataset.Str("All"), dataset.N(1204), dataset.Num(2.5, dataset.Rating)}), []string{"All", "1,204", "2.5"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
