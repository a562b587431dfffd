package annotate

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"valuebook/report/sheets"
)

// verify opens the output again and compares it with the input and the plan.
func verify(output []byte, before *picture, plan Plan) error {
	f, err := openBook(output)
	if err != nil {
		return fmt.Errorf("annotate: what was written cannot be opened: %w", err)
	}
	defer f.Close()
	return verifyIn(f, before, plan)
}

// verifyIn is [verify] for what the library has opened. Sheets of ours are not
// compared: they are new.
func verifyIn(f *excelize.File, before *picture, plan Plan) error {
	after, err := photographOf(f, before.order)
	if err != nil {
		return err
	}
	if err := sameOrder(before, after, plan); err != nil {
		return err
	}
	for part, hash := range before.parts {
		if after.parts[part] != hash {
			return fmt.Errorf("annotate: the part %s changed", part)
		}
	}
	for _, name := range before.order {
		if err := sameCells(name, before.sheets[name], after.sheets[name], plan); err != nil {
			return err
		}
	}
	return hasFormulas(f, plan)
}

// sameOrder holds that the user's sheets come first, as they were, and ours
// after them.
func sameOrder(before, after *picture, plan Plan) error {
	want := append([]string(nil), before.order...)
	for _, s := range plan.Sheets {
		want = append(want, s.Name)
	}
	if strings.Join(want, "\x00") != strings.Join(after.order, "\x00") {
		return fmt.Errorf("annotate: sheets are %q, want %q", after.order, want)
	}
	if before.active != after.active {
		return fmt.Errorf("annotate: the active sheet is %q, was %q", after.active, before.active)
	}
	return nil
}

// sameCells holds that every cell outside the block is as it was.
func sameCells(name string, before, after *grid, plan Plan) error {
	if before == nil {
		return nil
	}
	if after == nil {
		return fmt.Errorf("annotate: sheet %q cannot be read any more", name)
	}
	for r := range max(len(before.cells), len(after.cells)) {
		was, is := row(before, r), row(after, r)
		for c := range max(len(was), len(is)) {
			if inBlock(name, r+1, c+1, plan) {
				continue
			}
			if was, is := cell(was, c), cell(is, c); was != is {
				return fmt.Errorf("annotate: cell %s!%s changed from %q to %q", name, sheets.Address(r+1, c+1), was, is)
			}
		}
	}
	return nil
}

func row(g *grid, r int) []string {
	if r < len(g.cells) {
		return g.cells[r]
	}
	return nil
}

func cell(row []string, c int) string {
	if c < len(row) {
		return row[c]
	}
	return ""
}

func inBlock(sheet string, row, col int, plan Plan) bool {
	a := plan.Area
	return sheet == plan.Block.Name && row >= a.Row && row <= a.LastRow && col >= a.Col && col <= a.LastCol
}

// hasFormulas holds that the first and the last formula of each planned sheet
// were written.
func hasFormulas(f *excelize.File, plan Plan) error {
	for _, s := range append([]sheets.Sheet{plan.Block}, plan.Sheets...) {
		var live []int
		for k := range s.Cells {
			if s.Cells[k].Formula != "" {
				live = append(live, k)
			}
		}
		if len(live) == 0 {
			continue
		}
		for _, k := range []int{live[0], live[len(live)/2], live[len(live)-1]} {
			c := s.Cells[k]
			got, err := f.GetCellFormula(s.Name, sheets.Address(c.Row, c.Col))
			if err != nil || got != c.Formula {
				return fmt.Errorf("annotate: cell %s!%s holds the formula %q, want %q", s.Name, sheets.Address(c.Row, c.Col), got, c.Formula)
			}
		}
	}
	return nil
}
