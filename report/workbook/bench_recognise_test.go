package workbook

import (
	"fmt"
	"testing"

	"valuebook/report/workbook/grid"
)

// largeGrid is a sheet of customers with 15 columns, as cells.
func largeGrid(customers int) grid.Grid {
	b := grid.NewBuilder(grid.Grid{Sheet: "Data"})
	text := func(col int, s string) { b.Add(grid.Cell{Col: int32(col), Kind: grid.Text, Text: s}) }
	b.Row(1, false)
	for i, h := range []string{"Customer ID", "Name", "Segment", "Revenue"} {
		text(i+1, h)
	}
	for k := range 11 {
		side := "Benefit"
		if k > 6 {
			side = "Cost"
		}
		text(k+5, fmt.Sprintf("%s: Item %d [1-5]", side, k))
	}
	for i := range customers {
		b.Row(i+2, false)
		text(1, fmt.Sprintf("C%07d", i))
		text(2, fmt.Sprintf("Customer number %d", i))
		text(3, []string{"North", "South", "East"}[i%3])
		b.Add(grid.Cell{Col: 4, Kind: grid.Number, Num: float64(1000 + i)})
		for k := range 11 {
			b.Add(grid.Cell{Col: int32(k + 5), Kind: grid.Number, Num: float64(1 + (i*7+k*3)%5)})
		}
	}
	return b.Grid()
}

func BenchmarkRecognise(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g := largeGrid(n)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				if d := Recognise(grid.Book{Format: "xlsx", Grids: []grid.Grid{g}}, Options{}); d.Customers.Len() != n {
					b.Fatal(receiptText(d))
				}
			}
		})
	}
}
