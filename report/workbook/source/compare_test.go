package source

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/report/workbook/grid"
	"valuebook/samples/golden"
)

// rawSheets asks LibreOffice for every sheet as a table in text, each value as it is stored and not as
// it is shown.
const rawSheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"

// How many files LibreOffice is given at once, and how long it may take for them: the largest take minutes.
const (
	batch       = 12
	exportLimit = 10 * time.Minute
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
	for len(files) > 0 {
		n := min(len(files), batch)
		exported := exportSheets(t, program, files[:n])
		for i, name := range files[:n] {
			total.file(t, name, filepath.Join(exported, fmt.Sprintf("%03d", i)))
		}
		files = files[n:]
	}
	t.Logf("%d files, %d sheets, %d cells compared; %d files not opened by LibreOffice; %d formulas of the day or of chance and %d sheets with pivot tables left out",
		total.files, total.sheets, total.cells, total.closed, total.volatile, total.pivots)
	if total.cells < 100_000 {
		t.Errorf("only %d cells were compared", total.cells)
	}
}

// exportSheets has LibreOffice export all sheets of files, which are numbered. A file on which it
// fails is skipped by it; one on which it ends takes the rest of its batch along, which is tried again.
func exportSheets(t *testing.T, program string, files []string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	profile := (&url.URL{Scheme: "file", Path: filepath.Join(folder, "profile")}).String()
	out := filepath.Join(folder, "out")
	for first := 0; first < len(files); {
		args := []string{"-env:UserInstallation=" + profile, "--headless", "--norestore", "--convert-to", rawSheets, "--outdir", out}
		for i := first; i < len(files); i++ {
			data, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			copied := filepath.Join(folder, fmt.Sprintf("%03d.xlsx", i))
			if err := os.WriteFile(copied, data, 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, copied)
		}
		ctx, cancel := context.WithTimeout(context.Background(), exportLimit)
		command := exec.CommandContext(ctx, program, args...)
		command.WaitDelay = time.Second
		said, err := command.CombinedOutput()
		cancel()
		if err == nil {
			return out
		}
		tried := strings.Count(string(said), "convert /")
		t.Logf("LibreOffice ended at %s: %v", files[min(first+max(tried, 1)-1, len(files)-1)], err)
		first += max(tried, 1)
	}
	return out
}

// comparison counts what was compared.
type comparison struct{ files, sheets, cells, closed, volatile, pivots int }

// differencesShown is how many differences of one sheet are written out.
const differencesShown = 5

// file compares the sheets of one file with the exports that begin with a prefix.
func (c *comparison) file(t *testing.T, name, prefix string) {
	exports, _ := filepath.Glob(prefix + "-*.csv")
	if len(exports) == 0 {
		c.closed++
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	book := Open(filepath.Base(name), data, Options{})
	c.files++
	pivots := pivotSheets(data)
	for i := range book.Grids {
		g := &book.Grids[i]
		if pivots[g.Sheet] {
			c.pivots++ // LibreOffice builds its tables anew, in its own words
			continue
		}
		export, err := os.ReadFile(prefix + "-" + g.Sheet + ".csv")
		if err != nil {
			continue // LibreOffice changes some names of sheets
		}
		rows := records(string(export), ',') // the standard library leaves out blank lines
		c.sheets++
		c.sheet(t, name, g, rows, sync.OnceValue(func() map[string]bool { return volatileCells(data, g.Sheet) }))
	}
}

// sheet compares the cells of one sheet, in both directions.
func (c *comparison) sheet(t *testing.T, name string, g *grid.Grid, rows [][]string, volatile func() map[string]bool) {
	different := 0
	report := func(row, col int, ours grid.Cell, theirs string) {
		if volatile()[fmt.Sprint(row, ",", col)] {
			c.volatile++
			return
		}
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
			if cell := g.At(i+1, k+1); cell.IsEmpty() && !cell.NoValue && strings.TrimSpace(field) != "" {
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
		return true // a formula without a stored result: LibreOffice computes it
	case grid.Bool:
		return trimmed == map[bool]string{true: "TRUE", false: "FALSE"}[c.Num != 0] || trimmed == strconv.FormatFloat(c.Num, 'f', -1, 64)
	case grid.ErrorValue:
		return strings.EqualFold(trimmed, c.Text) || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "Err:")
	case grid.Text:
		return plainSpaces(c.Text) == plainSpaces(text)
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

// volatileFunctions give another result every day, or every time.
var volatileFunctions = []string{"TODAY(", "NOW(", "RAND(", "RANDBETWEEN(", "CELL(", "INFO(", "OFFSET(", "INDIRECT("}

// volatileCells names the cells of a sheet whose formula is volatile, as "row,column".
func volatileCells(data []byte, sheet string) map[string]bool {
	cells := map[string]bool{}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return cells
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		return cells
	}
	for i, row := range rows {
		for k := range row {
			axis, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				continue
			}
			formula, _ := f.GetCellFormula(sheet, axis)
			for _, name := range volatileFunctions {
				if strings.Contains(strings.ToUpper(formula), name) {
					cells[fmt.Sprint(i+1, ",", k+1)] = true
				}
			}
		}
	}
	return cells
}

// pivotSheets names the sheets that hold pivot tables.
func pivotSheets(data []byte) map[string]bool {
	pivots := map[string]bool{}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return pivots
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		if tables, err := f.GetPivotTables(sheet); err != nil || len(tables) > 0 {
			pivots[sheet] = true
		}
	}
	return pivots
}
