package samples_test

import (
	"bytes"
	"strings"
	"testing"

	"valuebook/report/sheets"
	"valuebook/report/workbook"
	"valuebook/samples"
)

// worked returns the worked example.
func worked(t *testing.T) samples.File {
	t.Helper()
	files, err := samples.Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name == "published/worked-example.xlsx" {
			return f
		}
	}
	t.Fatal("no worked example")
	return samples.File{}
}

// grid returns the values of a sheet of a plan, header first.
func grid(t *testing.T, wb sheets.Workbook, name string) [][]any {
	t.Helper()
	for _, s := range wb.Sheets {
		if s.Name != name {
			continue
		}
		var rows [][]any
		for _, c := range s.Cells {
			for len(rows) < c.Row {
				rows = append(rows, nil)
			}
			for len(rows[c.Row-1]) < c.Col {
				rows[c.Row-1] = append(rows[c.Row-1], nil)
			}
			rows[c.Row-1][c.Col-1] = c.Value
		}
		return rows
	}
	t.Fatalf("no sheet %s", name)
	return nil
}

// sheetOf returns the plan of a sheet that holds rows.
func sheetOf(name string, rows [][]any) sheets.Sheet {
	s := sheets.Sheet{Name: name}
	for i, row := range rows {
		for j, value := range row {
			s.Cells = append(s.Cells, sheets.Cell{Row: i + 1, Col: j + 1, Value: value})
		}
	}
	return s
}

// replace returns a workbook with other sheets in place of those with the same
// name, and without those named in gone.
func replace(wb sheets.Workbook, gone string, with ...sheets.Sheet) sheets.Workbook {
	old := wb.Sheets
	wb.Sheets = nil
	for _, s := range old {
		keep := !strings.Contains(" "+gone+" ", " "+s.Name+" ")
		for _, w := range with {
			keep = keep && w.Name != s.Name
		}
		if keep {
			wb.Sheets = append(wb.Sheets, s)
		}
	}
	wb.Sheets = append(wb.Sheets, with...)
	wb.Active = wb.Sheets[0].Name
	return wb
}

// long returns the ratings with one row per customer, supplier and attribute.
func long(ratings [][]any) [][]any {
	rows := [][]any{{"customer_id", "supplier", "attribute_id", "rating"}}
	for _, row := range ratings[1:] {
		for j := 2; j < len(row); j++ {
			if row[j] != nil {
				rows = append(rows, []any{row[0], row[1], ratings[0][j], row[j]})
			}
		}
	}
	return rows
}

// wide returns everything about a customer in one row, as in
// "Benefit: Quality [1-5]" and "Quality [Rival A]".
func wide(t *testing.T, wb sheets.Workbook) [][]any {
	t.Helper()
	rows := grid(t, wb, "Customers")
	ratings := grid(t, wb, "Ratings")
	for j, name := range ratings[0][2:] {
		side := "Benefit: "
		if j >= 3 {
			side = "Cost: "
		}
		rows[0] = append(rows[0], side+name.(string)+" [1-5]")
	}
	for _, rival := range []string{"Rival A", "Rival B"} {
		for _, name := range ratings[0][2:] {
			rows[0] = append(rows[0], name.(string)+" ["+rival+"]")
		}
	}
	for i, row := range ratings[1:] {
		rows[1+i/3] = append(rows[1+i/3], row[2:]...)
	}
	for _, part := range []struct{ sheet, prefix string }{{"ValueScore", "Value: "}, {"Match", "Fit: "}} {
		for i, row := range grid(t, wb, part.sheet) {
			for _, value := range row[1:] {
				if i == 0 {
					value = part.prefix + value.(string) + " [0-10]"
				}
				rows[i] = append(rows[i], value)
			}
		}
	}
	return rows
}

// The worked example gives the same figures however its workbook is laid out.
func TestLayoutsAgree(t *testing.T) {
	example := worked(t)
	ratings := grid(t, example.Workbook, "Ratings")
	layouts := map[string]sheets.Workbook{
		"long ratings":   replace(example.Workbook, "Expected", sheetOf("Ratings", long(ratings))),
		"one wide sheet": replace(example.Workbook, "Expected Customers Ratings ValueScore Match", sheetOf("Survey", wide(t, example.Workbook))),
	}
	for name, wb := range layouts {
		t.Run(name, func(t *testing.T) {
			var file bytes.Buffer
			if err := sheets.Write(&file, wb); err != nil {
				t.Fatal(err)
			}
			d := workbook.ReadBytes("layout.xlsx", file.Bytes(), workbook.Options{})
			x := analysed(t, d)
			for _, e := range example.Expected {
				if !strings.HasPrefix(e.Key, "second_axes.") && !strings.HasPrefix(e.Key, "no_rival.") {
					check(t, x, e.Key, e)
				}
			}
		})
	}
}
