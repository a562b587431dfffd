package report_test

import (
	"math"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
)

// TestCardComparesInMoney holds that a customer's page sets us against the
// rivals where everything is money, too: saved hours worth 1,165 with us and
// 970 with the rival, prices of 1,000 and 890.
func TestCardComparesInMoney(t *testing.T) {
	r := analysed(t, inMoney(t), analysis.DefaultOptions())
	chart := r.Cards().Card(0).Rivals
	if chart == nil || chart.Kind != report.BarsChart || len(chart.Bars) != 2 {
		t.Fatalf("the comparison is %+v", chart)
	}
	for n, want := range []struct {
		label string
		value float64
	}{{"Saved hours", 195}, {"Price", -110}} {
		if bar := chart.Bars[n]; bar.Label != want.label || math.Abs(bar.Value-want.value) > 1e-9 {
			t.Errorf("bar %d is %s %g, want %s %g", n, bar.Label, bar.Value, want.label, want.value)
		}
	}
	if got, want := writer(t, "EUR").Text(chart.Title), "Ahead most on Saved hours (+195\u00a0EUR), behind most on Price (−110\u00a0EUR)"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
}
