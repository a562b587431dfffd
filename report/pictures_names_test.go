package report_test

import (
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
)

// TestPictureNames holds that every chart has a name that counts as one of
// ours, and that other names do not.
func TestPictureNames(t *testing.T) {
	for _, p := range analysed(t, "../samples/customers.xlsx", analysis.Options{}).Pictures() {
		if !report.IsPictureName(p.Name) {
			t.Errorf("%s is not taken for a chart of ours", p.Name)
		}
	}
	for name, want := range map[string]bool{"quadrant": true, "quadrant-2": true, "segments-segment-mix-3": true, "movement-trend-value": true,
		"": false, "logo": false, "quadrant-1": false, "quadrant-draft": false, "customers visited": false, "Quadrant": false} {
		if report.IsPictureName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
