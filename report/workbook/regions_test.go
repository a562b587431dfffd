package workbook

import (
	"fmt"
	"strings"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// tablesText writes the tables of a receipt: range, role, rows read.
func tablesText(d *dataset.Dataset) string {
	var out []string
	for _, t := range d.Receipt.Tables {
		area := dataset.Ref{Row: t.FirstRow, Col: t.FirstCol}.Cell() + ":" + dataset.Ref{Row: t.LastRow, Col: t.LastCol}.Cell()
		out = append(out, fmt.Sprintf("%s %s %d", area, t.Role, t.RowsRead))
	}
	return strings.Join(out, ", ")
}

// manyRows writes rows of a customer and two ratings.
func manyRows(n int, more string) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "C%d\t%d\t%d%s\n", i+1, i%5+1, (i+2)%5+1, more)
	}
	return out.String()
}

func TestRegions(t *testing.T) {
	head := "Customer ID\tBenefit: Service\tCost: Price"
	for _, test := range []struct{ name, text, want string }{
		{
			"a legend beside, on the same header row",
			head + "\t\tScore\tMeaning\nA\t4\t3\t\t1\tpoor\nB\t5\t2\t\t3\tfair\nC\t3\t3\t\t5\tgood\nD\t2\t1\nE\t5\t5\nF\t1\t4\nG\t2\t2",
			"A1:C8 wide_ratings 7, E1:F4 other 0",
		},
		{
			"weights beside, with a title and higher up",
			"\t\t\t\tWeights\n\t\t\t\tAttribute\tSide\tWeight\n\t\t\t\tService\tbenefit\t60\n\t\t\t\tPrice\tcost\t40\n\n" + head + "\n" + manyRows(8, ""),
			"A6:C14 wide_ratings 8, E2:G4 attributes 2",
		},
		{
			"weights beside, ending early",
			head + "\t\tAttribute\tSide\tWeight\nA\t4\t3\t\tService\tbenefit\t60\nB\t5\t2\t\tPrice\tcost\t40\nC\t3\t3\nD\t2\t1\nE\t5\t5",
			"A1:C6 wide_ratings 5, E1:G3 attributes 2",
		},
		{
			"weights beside without an empty column",
			head + "\tAttribute\tSide\tWeight\nA\t4\t3\tService\tbenefit\t60\nB\t5\t2\tPrice\tcost\t40\nC\t3\t3\nD\t2\t1\nE\t5\t5\nF\t1\t1\nG\t3\t3",
			"A1:C8 wide_ratings 7, D1:F3 attributes 2",
		},
		{
			"weights to the left",
			"Attribute\tSide\tWeight\t\t" + head + "\nService\tbenefit\t60\t\tA\t4\t3\nPrice\tcost\t40\t\tB\t5\t2\n\t\t\t\tC\t3\t3\n\t\t\t\tD\t2\t1",
			"A1:C3 attributes 2, E1:G5 wide_ratings 4",
		},
		{
			"a summary below, after a blank row and a title",
			head + "\nA\t4\t3\nB\t5\t2\nC\t3\t3\n\nSummary\nSegment\tMean\tn\nNorth\t3.5\t2\nSouth\t4\t1",
			"A1:C4 wide_ratings 3, A7:C9 other 0",
		},
		{
			"a list of settings above",
			"Setting\tValue\town\tother\nperiod\t2024\t\nown\t5\n\n" + head + "\nA\t4\t3\nB\t5\t2\nC\t3\t3",
			"A1:D3 parameters 2, A5:C8 wide_ratings 3",
		},
		{
			"a spacer column within a table",
			"Customer ID\tBenefit: Service\t\tCost: Price\tComments\tWho\nA\t4\t\t3\tfine\tAnn\nB\t5\t\t2\tgood\tBob\nC\t3\t\t3\tbad\tCyd",
			"A1:F4 wide_ratings 3",
		},
		{
			"answers that end early beside a gap are no table",
			"Customer ID\tBenefit: Service\tCost: Price\t\tBenefit: Service [Rival]\tCost: Price [Rival]\nA\t4\t3\t\t3\t3\nB\t5\t2\t\t2\t2\nC\t3\t3\nD\t2\t1\nE\t5\t5",
			"A1:F6 wide_ratings 5",
		},
		{
			"blank rows between data",
			head + "\nA\t4\t3\n\nB\t5\t2\n\nC\t3\t3\n\nD\t2\t1",
			"A1:C8 wide_ratings 4",
		},
		{
			"footnotes below",
			head + "\nA\t4\t3\nB\t5\t2\n\nSource: survey\n* two did not answer",
			"A1:C3 wide_ratings 2",
		},
		{
			"the header on every page",
			head + "\nA\t4\t3\nB\t5\t2\n\n" + head + "\nC\t3\t3\nD\t2\t1",
			"A1:C7 wide_ratings 4",
		},
		{
			"answers in words after a blank row are data",
			head + "\nA\t4\t3\nB\t5\t2\nC\tgood\tfair\n\nD\tgood\tfair\nE\t3\t3\nF\t2\t1",
			"A1:C8 wide_ratings 6",
		},
		{
			"sums beside, lower down",
			head + "\nA\t4\t3\nB\t5\t2\nC\t3\t3\t\t\tservice\tprice\nD\t2\t1\t\tmean\t3.8\t2.2\nE\t5\t2\t\tn\t5\t5",
			"A1:C6 wide_ratings 5, E4:G6 other 0",
		},
		{
			"purchases beside the ratings",
			head + "\t\tCustomer\tDate\tAmount\nA\t4\t3\t\tA\t@45000\t120\nB\t5\t2\t\tB\t@45001\t80\nC\t3\t3\t\tA\t@45100\t70\n\t\t\t\tC\t@45100\t70",
			"A1:C4 wide_ratings 3, E1:G5 transactions 4",
		},
		{
			"purchases below the ratings without a blank row",
			head + "\nA\t4\t3\nB\t5\t2\nC\t3\t3\nCustomer\tDate\tAmount\nA\t@45000\t120\nB\t@45001\t80\nA\t@45100\t70",
			"A1:C4 wide_ratings 3, A5:C8 transactions 3",
		},
	} {
		if got := tablesText(recogniseText(t, Options{}, test.text)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestPartKeepsNumbers(t *testing.T) {
	g := gridOf("a\t^\t1\n\nb\t2\t3")
	part := g.Part(grid.Area{Row: 2, Col: 2, LastRow: 9, LastCol: 3})
	if part.Len() != 1 || part.RowAt(0).Number != 3 || part.At(3, 3).Num != 3 || !part.At(3, 1).IsEmpty() {
		t.Errorf("%+v", part)
	}
	if _, merged := part.Merge(1, 2); merged {
		t.Error("a merged range above the part")
	}
}
