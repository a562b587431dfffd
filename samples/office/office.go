// Package office lets LibreOffice calculate workbooks, for tests that compare its results with ours.
//
// It is for test code only.
package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"valuebook/samples/golden"
)

// Sheets are the texts of the cells of each sheet of a workbook, by rows. A number has all its digits; a share of 0.5 is
// "50%".
type Sheets map[string][][]string

// Cell is the text of a cell, counted from 0; it is empty where there is none.
func (s Sheets) Cell(sheet string, row, col int) string {
	if rows := s[sheet]; row < len(rows) && col < len(rows[row]) {
		return rows[row][col]
	}
	return ""
}

// eachSheetInFull makes LibreOffice write each sheet as text of its own, numbers with all their digits.
const eachSheetInFull = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"

// hang is when LibreOffice counts as waiting for an answer that nobody gives.
const hang = 6 * time.Minute

// Calculate lets LibreOffice open .xlsx workbooks and returns what it calculates, all in one run: a start takes longer
// than most workbooks, and to write a workbook three times as long as to write its values. Results that stand in a
// workbook may be taken over: see [WithoutResults]. Without LibreOffice the test is skipped or fails as with
// [golden.Tool].
func Calculate(t testing.TB, books map[string][]byte) map[string]Sheets {
	t.Helper()
	program := golden.Tool(t, "soffice", "libreoffice")
	folder := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--headless",
		"--convert-to", eachSheetInFull, "--outdir", filepath.Join(folder, "out")}
	names := slices.Sorted(maps.Keys(books))
	for i, name := range names {
		path := filepath.Join(folder, fmt.Sprintf("%d.xlsx", i))
		must(t, os.WriteFile(path, books[name], 0o600))
		args = append(args, path)
	}
	golden.Run(t, hang, program, args...)
	all := map[string]Sheets{}
	for i, name := range names {
		if all[name] = sheetsIn(t, filepath.Join(folder, "out"), fmt.Sprintf("%d-", i)); len(all[name]) == 0 {
			t.Fatalf("LibreOffice does not open %s", name)
		}
	}
	return all
}

// sheetsIn reads the sheets whose files begin with a prefix.
func sheetsIn(t testing.TB, folder, prefix string) Sheets {
	t.Helper()
	files, err := os.ReadDir(folder)
	must(t, err)
	sheets := Sheets{}
	for _, file := range files {
		if name, ok := strings.CutPrefix(file.Name(), prefix); ok {
			data, err := os.ReadFile(filepath.Join(folder, file.Name()))
			must(t, err)
			sheets[strings.TrimSuffix(name, ".csv")] = rowsOf(string(data))
		}
	}
	return sheets
}

// rowsOf splits text with commas, where quotes enclose texts and numbers. The reader of the standard library leaves out
// empty lines, which are rows.
func rowsOf(text string) [][]string {
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

// Alike reports whether what LibreOffice made of a cell is what we made of it: numbers to 1e-9, texts exactly.
func Alike(got, want string) bool {
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

// cachedResult is the result of a formula as it stands in a sheet.
var cachedResult = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)

// WithoutResults removes the result of every formula from a workbook.
func WithoutResults(t testing.TB, workbook []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	must(t, err)
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, f := range archive.File {
		from, err := f.Open()
		must(t, err)
		part, err := io.ReadAll(from)
		must(t, err)
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			part = cachedResult.ReplaceAll(part, []byte("$1"))
		}
		to, err := out.Create(f.Name)
		must(t, err)
		_, err = to.Write(part)
		must(t, err)
	}
	must(t, out.Close())
	return buf.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
