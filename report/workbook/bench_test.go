package workbook

import (
	"fmt"
	"testing"
)

// largeSurvey is a wide sheet with customers, 20 columns.
func largeSurvey(b testing.TB, customers int) []byte {
	head := []any{"ID", "Name", "Segment", "Revenue"}
	for _, supplier := range []string{"us", "Rival A", "Rival B", "Rival C"} {
		for _, attribute := range []string{"Quality", "Service", "Price", "Effort"} {
			head = append(head, supplier+" "+attribute)
		}
	}
	rows := [][]any{head}
	for i := 0; i < customers; i++ {
		row := []any{fmt.Sprintf("C%05d", i), fmt.Sprintf("Customer %d", i), []string{"North", "South", "East"}[i%3], 1000 + i}
		for k := 0; k < 16; k++ {
			row = append(row, 1+(i*7+k*3)%5)
		}
		rows = append(rows, row)
	}
	return xlsxOf(b, sheetOf{name: "Data", rows: rows})
}

func BenchmarkRead5000(b *testing.B) {
	data := largeSurvey(b, 5000)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if d := ReadBytes("large.xlsx", data, Options{}); d.Customers.Len() != 5000 || len(d.Ratings) != 16 {
			b.Fatal(receiptText(d))
		}
	}
}
