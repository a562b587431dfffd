package annotate

import (
	"testing"

	"valuebook/report/sheets"
)

// TestFreePlacesWithinASheet holds that the block finds a free place where
// something reaches to the last columns of the sheet, and that what stands there
// stays.
func TestFreePlacesWithinASheet(t *testing.T) {
	const last = "XFD"
	last3 := exampleData().Customers.Len() + 3
	for name, c := range map[string]struct {
		change func(b *book, sheet string, col int)
		gap    int // columns between the table and the block
		row    int // of the block
	}{
		"a title over the whole width":    {func(b *book, sheet string, col int) { must(t, b.file.MergeCell(sheet, "A1", last+"1")) }, 1, 2},
		"a title right above the headers": {func(b *book, sheet string, col int) { must(t, b.file.MergeCell(sheet, "A2", last+"2")) }, 1, 3},
		"a note in the last column":       {func(b *book, sheet string, col int) { must(t, b.file.SetCellStr(sheet, last+"4", "mine")) }, 1, 2},
		"a note there and one beside": {func(b *book, sheet string, col int) {
			must(t, b.file.SetCellStr(sheet, last+"4", "mine"))
			must(t, b.file.SetCellStr(sheet, address(col+20, 5), "mine, too"))
		}, 21, 2},
		"below the table": {func(b *book, sheet string, col int) {
			must(t, b.file.SetCellStr(sheet, sheets.Address(last3+5, maxColumn), "mine"))
			must(t, b.file.SetCellStr(sheet, address(col+3, last3+5), "mine, too"))
		}, 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			b := wide(t, exampleData())
			table := b.data.Receipt.Tables[0]
			c.change(b, b.file.GetSheetName(0), table.LastCol)
			once, found := deliveries(t, b, b.bytes(t), ".xlsx")
			block := blockOf(t, once)
			if found != "" || block.Col != table.LastCol+1+c.gap || block.Row != c.row {
				t.Fatalf("%s: the block stands in %+v, the table ends in column %d", found, block, table.LastCol)
			}
			twice, found := deliveries(t, b, once, ".xlsx")
			if found != "" || blockOf(t, twice) != block {
				t.Errorf("%s: the second time in %+v", found, blockOf(t, twice))
			}
		})
	}
}

// TestFreeFrom holds where a block may begin.
func TestFreeFrom(t *testing.T) {
	filled := make([]bool, maxColumn+1)
	for _, c := range []struct{ busy, from, want int }{{0, 5, 5}, {4, 5, 6}, {20, 5, 22}, {44, 5, 46}, {45, 5, 5}} {
		filled[c.busy] = true
		if got := freeFrom(filled, c.from); got != c.want {
			t.Errorf("column %d is busy: begins in %d, want %d", c.busy, got, c.want)
		}
		filled[c.busy] = false
	}
	for col := 30; col < len(filled); col += 30 {
		filled[col] = true
	}
	if got := freeFrom(filled, 2); got != 0 {
		t.Errorf("begins in %d without room", got)
	}
}
