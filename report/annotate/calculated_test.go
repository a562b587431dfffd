package annotate

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/samples/golden"
)

// calculated is what another program makes of a workbook: the texts of the cells of each sheet.
type calculated map[string][][]string

// allSheetsInFull lets LibreOffice write each sheet as text of its own, numbers with all their digits.
const allSheetsInFull = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"

// recalculate lets LibreOffice open workbooks and write what it calculates, all
// in one run: a start takes longer than most workbooks, and to write a workbook
// three times as long as its values.
func recalculate(t testing.TB, books map[string][]byte) map[string]calculated {
	t.Helper()
	office := golden.Tool(t, "soffice", "libreoffice")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless",
		"--convert-to", allSheetsInFull, "--outdir", filepath.Join(dir, "out")}
	names := slices.Sorted(maps.Keys(books))
	for i, name := range names {
		path := filepath.Join(dir, fmt.Sprintf("%d.xlsx", i))
		must(t, os.WriteFile(path, books[name], 0o600))
		args = append(args, path)
	}
	golden.Run(t, 5*time.Minute, office, args...)
	all := map[string]calculated{}
	for i, name := range names {
		all[name] = calculatedIn(t, filepath.Join(dir, "out"), fmt.Sprintf("%d-", i))
	}
	return all
}

// calculatedIn reads the sheets whose files begin with a prefix.
func calculatedIn(t testing.TB, folder, prefix string) calculated {
	t.Helper()
	files, err := os.ReadDir(folder)
	must(t, err)
	sheets := calculated{}
	for _, file := range files {
		if name, ok := strings.CutPrefix(file.Name(), prefix); ok {
			data, err := os.ReadFile(filepath.Join(folder, file.Name()))
			must(t, err)
			sheets[strings.TrimSuffix(name, ".csv")] = textRows(string(data))
		}
	}
	return sheets
}

// textRows splits text with commas, where quotes enclose texts and numbers.
// The reader of the standard library leaves out empty lines, which are rows.
func textRows(text string) [][]string {
	var rows [][]string
	var row []string
	var cell strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		switch at := text[i]; {
		case at == '"' && quoted && strings.HasPrefix(text[i+1:], `"`):
			cell.WriteByte('"')
			i++
		case at == '"':
			quoted = !quoted
		case !quoted && (at == ',' || at == '\n'):
			row = append(row, cell.String())
			cell.Reset()
			if at == '\n' {
				rows, row = append(rows, row), nil
			}
		default:
			cell.WriteByte(at)
		}
	}
	return rows
}

// compareLive compares every live cell of a workbook of ours with what
// LibreOffice made of it: numbers to 1e-9, texts exactly. It returns the number
// of cells compared.
func compareLive(t testing.TB, ours []byte, theirs calculated) int {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(ours))
	must(t, err)
	defer f.Close()
	n, bad := 0, 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		must(t, err)
		other := theirs[sheet]
		for r, row := range rows {
			for c, want := range row {
				formula, err := f.GetCellFormula(sheet, address(c+1, r+1))
				must(t, err)
				if formula == "" {
					continue
				}
				n++
				got := ""
				if r < len(other) && c < len(other[r]) {
					got = other[r][c]
				}
				if !alike(got, want) {
					if bad++; bad < 12 {
						t.Errorf("%s!%s: recalculated %q, ours %q\n  =%s", sheet, address(c+1, r+1), got, want, formula)
					}
				}
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d live cells differ", bad, n)
	}
	return n
}

// alike reports whether what LibreOffice made of a cell, where a share of 0.5 is "50%", is what we made of it.
func alike(got, want string) bool {
	if got == want {
		return true
	}
	got, share := strings.CutSuffix(got, "%")
	x, err1 := strconv.ParseFloat(got, 64)
	if share {
		x /= 100
	}
	y, err2 := strconv.ParseFloat(want, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-9*math.Max(1, math.Max(math.Abs(x), math.Abs(y)))
}
