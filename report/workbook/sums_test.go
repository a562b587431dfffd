package workbook

import (
	"strings"
	"testing"

	"valuebook/report/dataset"
)

func TestColumnsOfTotals(t *testing.T) {
	for _, test := range []struct{ name, text, rated string }{
		{"a sum called result", "Supplier\tQuality\tService\tPrice\tResult\nA\t4\t3\t2\t9\nB\t5\t2\t2\t9\nC\t3\t3\t4\t10\nD\t1\t3\t4\t8", "B C D"},
		{"a mean called view", "Supplier\tQuality\tService\tPrice\tView\nA\t4\t3\t2\t3\nB\t5\t2\t2\t3\nC\t3\t3\t4\t3.33\nD\t1\t3\t4\t2.67", "B C D"},
		{"a weighted mean", "Supplier\tQuality\tService\tPrice\tView\nWeight\t50\t30\t20\t\nA\t4\t3\t2\t3.3\nB\t5\t2\t2\t3.5\nC\t3\t3\t4\t3.2\nD\t1\t3\t4\t2.2", "B C D"},
		{"no sum", "Supplier\tQuality\tService\tPrice\tView\nA\t4\t3\t2\t3\nB\t5\t2\t2\t3\nC\t3\t3\t4\t4\nD\t1\t3\t4\t2", "B C D E"},
	} {
		d := recogniseText(t, Options{}, test.text)
		var rated []string
		for _, c := range d.Receipt.Tables[0].Columns {
			if c.Role == dataset.ColumnRating {
				rated = append(rated, dataset.ColumnLetters(c.Col))
			}
		}
		if got := strings.Join(rated, " "); got != test.rated {
			t.Errorf("%s: rated %s, want %s", test.name, got, test.rated)
		}
	}
}
