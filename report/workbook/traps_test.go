package workbook

import (
	"fmt"
	"math"
	"testing"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
)

// A trapped is a long table of customers with four ratings each in which some rows and cells are not what most are.
type trapped struct {
	b         *grid.Builder
	row       int
	sums      [5]float64 // of revenue and ratings, over all numbers
	values    [4]float64 // what the ratings must add up to once they are read
	customers int
}

func (x *trapped) cells(id, name string, numbers ...any) {
	x.row++
	x.b.Row(x.row, false)
	for i, text := range []string{id, name, []string{"North", "South", "East"}[x.row%3]} {
		x.b.Add(grid.Cell{Col: int32(i + 1), Kind: grid.Text, Text: text})
	}
	for i, number := range numbers {
		cell := grid.Cell{Col: int32(i + 4)}
		switch v := number.(type) {
		case float64:
			cell.Kind, cell.Num = grid.Number, v
		case string:
			cell.Kind, cell.Text = grid.Text, v
		}
		x.b.Add(cell)
	}
}

// customer adds a row with an identifier and a name; odd are the texts in place of ratings, by their places.
func (x *trapped) customer(id, name string, odd map[int]string, counts bool) {
	n := x.row
	numbers := []any{float64(1000 + n%977)}
	x.sums[0] += float64(1000 + n%977)
	for k := range 4 {
		v := float64(1 + (n*7+k*3)%5)
		if text, is := odd[k]; is {
			numbers = append(numbers, text)
			continue
		}
		numbers = append(numbers, v)
		x.sums[k+1] += v
		if counts {
			x.values[k] += v
		}
	}
	if counts {
		x.customers++
	}
	x.cells(id, name, numbers...)
}

func (x *trapped) plain(n int) {
	for range n {
		x.customer(fmt.Sprintf("C%06d", x.row), fmt.Sprintf("Customer number %d", x.row), nil, true)
	}
}

func (x *trapped) total(label string) {
	x.cells(label, "", x.sums[0], x.sums[1], x.sums[2], x.sums[3], x.sums[4])
}

// TestTrapsInALongTable has traps far from the rows at which anybody would look first: where columns are looked at by stretches
// and not by cells, nothing may be missed.
func TestTrapsInALongTable(t *testing.T) {
	x := &trapped{b: grid.NewBuilder(grid.Grid{Sheet: "Data"})}
	x.row = 1
	x.b.Row(1, false)
	for i, h := range []string{"Customer ID", "Name", "Segment", "Revenue", "Benefit: Quality [1-5]", "Benefit: Service [1-5]", "Cost: Price [1-5]", "Cost: Effort [1-5]"} {
		x.b.Add(grid.Cell{Col: int32(i + 1), Kind: grid.Text, Text: h})
	}
	x.plain(20_000)
	x.total("Total")
	total := x.row
	x.plain(10_000)
	x.customer("C000777", "Somebody else", nil, false)
	twice := x.row
	x.plain(5_000)
	x.customer("CX1", "CUSTOMER  Number 4321 Ltd.", nil, true)
	alike := x.row
	x.customer("CX2", "Half a point", map[int]string{1: "4,5"}, true)
	x.values[1] += 4.5
	half := x.customers - 1
	x.customer("CX3", "In words", map[int]string{2: "seven"}, true)
	words := x.row
	x.customer("CX4", "Nothing given", map[int]string{3: "n/a"}, true)
	x.plain(14_996)
	x.total("Grand total")
	d := Recognise(grid.Book{Format: "xlsx", Grids: []grid.Grid{x.b.Grid()}}, Options{})

	if d.Customers.Len() != x.customers || x.customers != 50_000 {
		t.Errorf("%d customers, want %d", d.Customers.Len(), x.customers)
	}
	skipped := map[int]string{}
	for _, s := range d.Receipt.Tables[0].Skipped {
		skipped[s.Row] = s.Why
	}
	for row, why := range map[int]string{total: skipTotal, x.row: skipTotal, twice: skipDuplicate} {
		if skipped[row] != why {
			t.Errorf("row %d is skipped as %q, want %q", row, skipped[row], why)
		}
	}
	if len(skipped) != 3 {
		t.Error(skipped)
	}
	for code, row := range map[string]int{codeCustomerTwice: twice, codeCustomerAlike: alike, codeRatingText: words} {
		if f := finding(t, d, code); f.Ref.Row != row || f.Count > 1 {
			t.Errorf("%s: %+v, want row %d", code, f, row)
		}
	}
	checkTrapped(t, d, x, half)
}

func checkTrapped(t *testing.T, d *dataset.Dataset, x *trapped, half int) {
	t.Helper()
	for k, s := range d.Ratings {
		sum := 0.0
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				sum += v
			}
		}
		if sum != x.values[k] {
			t.Errorf("series %d adds up to %v, want %v", k, sum, x.values[k])
		}
	}
	if len(d.Ratings) != 4 || d.Ratings[1].Values[half] != 4.5 {
		t.Error("the number that is a text is not read")
	}
}
