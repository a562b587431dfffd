package grid

import (
	"math/rand"
	"slices"
	"testing"
)

func TestMergesAtARowAreThoseThatCrossIt(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	b := NewBuilder(Grid{})
	var areas []Area
	for i := 0; i < 300; i++ {
		row, col := 1+r.Intn(200), 1+r.Intn(20)
		a := Area{row, col, row + r.Intn(1+r.Intn(50)), col + r.Intn(3)}
		areas = append(areas, a)
		b.Merge(a)
	}
	g := b.Grid()
	for row := 0; row < 260; row++ {
		var want []Area
		for _, a := range areas {
			if a.Row <= row && row <= a.LastRow {
				want = append(want, a)
			}
		}
		slices.SortStableFunc(want, func(a, b Area) int { return a.Row - b.Row })
		if got := slices.Collect(g.MergesAt(row)); !slices.Equal(got, want) {
			t.Fatalf("row %d: %v, want %v", row, got, want)
		}
	}
}

func TestManyMergesAreFoundInTime(t *testing.T) {
	b := NewBuilder(Grid{})
	for row := 1; row <= 50_000; row++ {
		b.Merge(Area{row, 1, row, 2})
	}
	b.Merge(Area{1, 5, MaxRows, 6})
	g := b.Grid()
	for row := 1; row <= 50_000; row++ {
		if m, ok := g.Merge(row, 2); !ok || m.Row != row {
			t.Fatalf("row %d: %v, %v", row, m, ok)
		}
		if m, ok := g.Merge(row, 6); !ok || m.Col != 5 {
			t.Fatalf("row %d: %v, %v", row, m, ok)
		}
	}
}

func TestFilledReachesOverAMergedRange(t *testing.T) {
	b := NewBuilder(Grid{Sheet: "S"})
	b.Merge(Area{2, 2, 3, 4})
	b.Row(2, false)
	b.Add(Cell{Col: 2, Kind: Text, Text: "upper left"})
	g := b.Grid()
	if got := g.Filled(3, 4).Text; got != "upper left" {
		t.Errorf("got %q", got)
	}
	if got := g.Filled(4, 4); !got.IsEmpty() {
		t.Errorf("got %v", got)
	}
}
