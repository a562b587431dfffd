//go:build !windows

package source

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/workbook/grid"
	"valuebook/samples/golden"
)

// TestPracticeValues compares every cell that is read with LibreOffice's export of the same sheet.
func TestPracticeValues(t *testing.T) {
	if !golden.Fidelity() {
		t.Skipf("skipped: %s is not set", golden.FidelityRun)
	}
	program := golden.Tool(t, "soffice")
	var files []string
	for _, name := range practiceFiles(t, "workbooks", "corpus") {
		if data, err := os.ReadFile(name); err == nil && identify("", data).kind == kindPackage {
			files = append(files, name)
		}
	}
	total := comparison{}
	for _, batch := range batches(files) {
		exported := exportSheets(t, program, batch)
		for i, name := range batch {
			total.file(t, name, filepath.Join(exported, fmt.Sprintf("%03d", i)))
		}
	}
	t.Logf("%d files, %d sheets, %d cells compared; LibreOffice does not open %d files and %d sheets",
		total.files, total.sheets, total.cells, total.closed, total.missing)
	if total.cells < 100_000 {
		t.Errorf("only %d cells were compared", total.cells)
	}
}

// comparison counts what was compared.
type comparison struct{ files, sheets, cells, closed, missing int }

// differencesShown is how many differences of one sheet are written out.
const differencesShown = 5

// file compares the sheets of one file with the exports that begin with a prefix.
func (c *comparison) file(t *testing.T, name, prefix string) {
	exports, _ := filepath.Glob(prefix + "-*.csv")
	if len(exports) == 0 {
		c.closed++
		t.Logf("skipped: LibreOffice does not open %s", name)
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	book := Open(filepath.Base(name), data, Options{})
	c.files++
	for i := range book.Grids {
		g := &book.Grids[i]
		if damaged(book, g.Sheet) {
			t.Logf("skipped: sheet %q of %s is damaged, and said to be", g.Sheet, name)
			continue
		}
		export, err := os.ReadFile(prefix + "-" + g.Sheet + ".csv")
		if err != nil {
			c.missing++ // LibreOffice changes some names of sheets
			t.Logf("skipped: LibreOffice has no sheet %q of %s", g.Sheet, name)
			continue
		}
		rows := records(string(export), ',') // the standard library leaves out blank lines
		c.sheets++
		c.sheet(t, name, g, rows)
	}
}

// damaged reports whether the reading stopped at a sheet, with a finding.
func damaged(book grid.Book, sheet string) bool {
	for _, f := range book.Findings {
		if f.Severity == dataset.Stop && f.Ref.Sheet == sheet {
			return true
		}
	}
	return false
}

// sheet compares the cells of one sheet, in both directions.
func (c *comparison) sheet(t *testing.T, name string, g *grid.Grid, rows [][]string) {
	different := 0
	report := func(row, col int, ours grid.Cell, theirs string) {
		if different++; different <= differencesShown {
			t.Errorf("%s, %s: %q (kind %d, %v), LibreOffice has %q", name, g.Ref(row, col), ours.String(), ours.Kind, ours.Num, theirs)
		}
	}
	at := func(row, col int) string {
		if row > len(rows) || col > len(rows[row-1]) {
			return ""
		}
		return rows[row-1][col-1]
	}
	for _, row := range g.All() {
		for cell := range row.Cells() {
			c.cells++
			if theirs := at(row.Number, int(cell.Col)); !same(cell, theirs) {
				report(row.Number, int(cell.Col), cell, theirs)
			}
		}
	}
	for i, fields := range rows {
		for k, field := range fields {
			if cell := g.At(i+1, k+1); cell.IsEmpty() && strings.TrimSpace(field) != "" {
				report(i+1, k+1, cell, field)
			}
		}
	}
	if different > differencesShown {
		t.Errorf("%s, sheet %q: %d differences in all", name, g.Sheet, different)
	}
}

// same reports whether a cell holds what LibreOffice wrote.
func same(c grid.Cell, text string) bool {
	trimmed := strings.TrimSpace(text)
	switch c.Kind {
	case grid.Empty:
		return trimmed == "" // a formula without a stored result, too
	case grid.Bool:
		return trimmed == map[bool]string{true: "TRUE", false: "FALSE"}[c.Num != 0] || trimmed == strconv.FormatFloat(c.Num, 'f', -1, 64)
	case grid.ErrorValue:
		return strings.EqualFold(trimmed, c.Text) || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "Err:")
	case grid.Text:
		return plainSpaces(c.Text) == plainSpaces(text) || plainSpaces(c.Text) == plainSpaces(string(unescape([]byte(text))))
	}
	x, ok := rawNumber(trimmed)
	// A number that looks like an error or a truth value is shown as one.
	return ok && close9(c.Num, x) || trimmed == "TRUE" && c.Num == 1 || trimmed == "FALSE" && c.Num == 0
}

// plainSpaces leaves out how lines end and spaces at the ends.
func plainSpaces(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n").Replace(s)
	return strings.TrimSpace(s)
}

// close9 compares to nine digits, or to a second for a date.
func close9(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) || math.Abs(a-b) < 1e-12
}

// layouts are how LibreOffice writes dates that are not shown but stored.
var layouts = []string{"01/02/2006", "01/02/2006 15:04:05", "01/02/2006 15:04:05.999", "2006-01-02", "2006-01-02 15:04:05", "01/02/06", "03:04:05 PM", "15:04:05", "2006-01-02T15:04:05"}

// rawNumber reads a number, a date, a time, a percentage or a fraction as LibreOffice stores them.
func rawNumber(text string) (float64, bool) {
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return x, true
	}
	if x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64); err == nil && strings.HasSuffix(text, "%") {
		return x / 100, true
	}
	var hours, minutes, seconds int // a duration, such as 216:00:00
	if n, _ := fmt.Sscanf(text, "%d:%02d:%02d", &hours, &minutes, &seconds); n == 3 && !strings.Contains(text, "M") {
		return float64(hours*3600+minutes*60+seconds) / 86400, true
	}
	for _, layout := range layouts {
		if day, err := time.Parse(layout, text); err == nil {
			if !strings.Contains(layout, "01") {
				return (float64(day.Hour())*3600 + float64(day.Minute())*60 + float64(day.Second())) / 86400, true
			}
			return day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24, true
		}
	}
	return 0, false
}
