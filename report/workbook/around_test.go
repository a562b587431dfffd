package workbook

import (
	"strings"
	"testing"

	"valuebook/report/dataset"
)

// Things that stand around the data on real sheets.
func TestAroundTheData(t *testing.T) {
	head := "Customer ID\tBenefit: Service\tCost: Price\n"
	for _, test := range []struct{ name, text, tables, skipped string }{
		{"facts above", "Report\tCustomer survey\nDate\t@46000\nOwner\tSales\n\n" + head + "A\t4\t3\nB\t5\t2", "A1:B3 other 0, A5:C7 wide_ratings 2", ""},
		{"lower and to the right", "\n\n\t\tSurvey\n\n\t\tCustomer ID\tBenefit: Service\tCost: Price\n\t\tA\t4\t3\n\t\tB\t5\t2\n\n\t\tn = 2", "C5:E7 wide_ratings 2", "3 title, 9 note"},
		{"sides and scales without a label", "Customer ID\tService\tPrice\n\tbenefit\tcost\n\t1-5\t1-5\nA\t4\t3\nB\t5\t2", "A1:C5 wide_ratings 2", "2 side, 3 scale"},
		{"a label with brackets", "Customer ID\tService\tPrice\nSide\tbenefit\tcost\nScale (min-max)\t1-5\t1-5\nA\t4\t3\nB\t5\t2", "A1:C5 wide_ratings 2", "2 side, 3 scale"},
		{"a title and a header for each year", "2023\n" + head + "A\t4\t3\nB\t5\t2\n\n2024\n" + head + "A\t3\t3\nB\t2\t2", "A2:C9 wide_ratings 2", "1 title, 3 period, 4 period, 6 title, 7 header"},
		{"the data of a chart", "Customer ID\tBenefit: Service\tCost: Price\t\tMonth\tMean\nA\t4\t3\t\tJan\t3.5\nB\t5\t2\t\tFeb\t3.6\nC\t3\t3\t\tMar\t3.8", "A1:C4 wide_ratings 3, E1:F4 other 0", ""},
		{"a number beside", head + "A\t4\t3\nB\t5\t2\t\t\t3.5\nC\t3\t3", "A1:C4 wide_ratings 3", ""},
		{"a source in two cells", head + "A\t4\t3\nB\t5\t2\n\nSource:\tsurvey of May", "A1:C3 wide_ratings 2", "5 note"},
		{"a count", head + "A\t4\t3\nB\t5\t2\nC\t3\t3\nn\t3\t3", "A1:C4 wide_ratings 3", "5 total"},
		{"statistics", head + "A\t4\t3\nB\t5\t2\nC\t3\t3\nmean rating\t4\t2.67\nStd. deviation\t1\t0.58", "A1:C4 wide_ratings 3", "5 total, 6 total"},
	} {
		d := recogniseText(t, Options{}, test.text)
		if got := tablesText(d); got != test.tables {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.tables)
		}
		if got := skippedRows(d); got != test.skipped {
			t.Errorf("%s: skipped %s, want %s", test.name, got, test.skipped)
		}
	}
}

// A block for each year in one column of blocks: the latest is read, an earlier one when it is wanted.
func TestBlocksOfPeriods(t *testing.T) {
	text := "2023\nCustomer ID\tBenefit: Service\tCost: Price\nA\t4\t3\nB\t5\t2\n\n2024\nCustomer ID\tBenefit: Service\tCost: Price\nA\t3\t3\nB\t2\t2"
	d := recogniseText(t, Options{}, text)
	if d.Period != "2024" || strings.Join(d.Periods, " ") != "2023 2024" || rating(t, d, "Service")[0] != 3 {
		t.Errorf("%q of %v\n%s", d.Period, d.Periods, receiptText(d))
	}
	if d = recogniseText(t, Options{Period: "2023"}, text); rating(t, d, "Service")[0] != 4 {
		t.Errorf("%q\n%s", d.Period, receiptText(d))
	}
}

// A comparison that lies on its side is named with the way out, whatever stands in its columns.
func TestTablesOnTheirSide(t *testing.T) {
	for name, text := range map[string]string{
		"offers":            "Criteria\tWeight\tAlpha\tBeta\tGamma\nQuality\t50\t4\t3\t5\nService\t30\t5\t2\t4\nPrice\t20\t3\t3\t1\nTotal\t100\t12\t8\t10",
		"declared criteria": "Criterion\tAlpha\tBeta\tGamma\nBenefit: Comfort\t4\t3\t5\nBenefit: Room\t5\t2\t4\nCost: Fuel\t3\t3\t1",
		"customers":         "Customer\tC1\tC2\tC3\tC4\nService\t4\t3\t5\t2\nQuality\t5\t2\t4\t4\nPrice\t3\t3\t1\t1",
	} {
		d := recogniseText(t, Options{}, text)
		if f := finding(t, d, codeOffersAcross); f.Severity != dataset.Stop {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
