package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/samples/golden"
	"valuebook/samples/office"
)

// sampleHere copies a sample into the working folder.
func sampleHere(t *testing.T, from, name string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(from, name))
	if err == nil {
		err = os.WriteFile(name, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// annotated runs a report and returns its document.
func annotated(t *testing.T, file, out, language string) map[string]any {
	t.Helper()
	if r := runHere("report", "--no-input", "--lang", language, "--format", "xlsx,json", "--out", out, file); r.code != exitDone {
		t.Fatalf("%s: code %d %s", file, r.code, r.stderr)
	}
	doc := documentOf(t, filepath.Join(out, strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".xlsx"), ".annotated")+".json"))
	delete(doc, "input")
	return doc
}

// TestAnnotatedFileComesInAgain holds that a second run over an annotated file
// says what the first one said, in another language too: nothing that we wrote
// counts as a wish of the user's. What the user changes does.
func TestAnnotatedFileComesInAgain(t *testing.T) {
	samples, err := filepath.Abs(filepath.Join("..", "..", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	sampleHere(t, samples, "single-sheet.xlsx")
	once := annotated(t, "single-sheet.xlsx", "once", "de")
	file := filepath.Join("once", "single-sheet.annotated.xlsx")
	if twice := annotated(t, file, "twice", "de"); !reflect.DeepEqual(once, twice) {
		for key := range once {
			if !reflect.DeepEqual(once[key], twice[key]) {
				t.Errorf("%s: %.300v\nagain: %.300v", key, once[key], twice[key])
			}
		}
	}
	english, again := annotated(t, "single-sheet.xlsx", "english", "en"), annotated(t, file, "translated", "en")
	if !reflect.DeepEqual(english, again) {
		t.Errorf("in English %.300v\nafter German %.300v", english["settings"], again["settings"])
	}

	changed := changeParameters(t, file)
	before, after := once["settings"].(map[string]any), annotated(t, file, "changed", "de")["settings"].(map[string]any)
	for name := range after {
		if _, wished := changed[name]; !wished && name != "weights" && name != "thresholds" && !strings.HasPrefix(name, "weight.") && !reflect.DeepEqual(after[name], before[name]) {
			t.Errorf("%s is %v, was %v", name, after[name], before[name])
		}
	}
	kept := annotated(t, filepath.Join("changed", "single-sheet.annotated.xlsx"), "kept", "de")["settings"].(map[string]any)
	for name, want := range changed {
		if after[name] != want || kept[name] != want {
			t.Errorf("%s is %v, then %v, want %v", name, after[name], kept[name], want)
		}
	}
}

// changeParameters changes a weight and a threshold on the Parameters sheet, and
// returns the settings that this makes.
func changeParameters(t *testing.T, file string) map[string]any {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	changed := map[string]any{}
	set := func(sheet, cell, name, old string, by float64) {
		x, err := strconv.ParseFloat(old, 64)
		if err != nil {
			t.Fatalf("%s!%s: %v", sheet, cell, err)
		}
		if err := f.SetCellValue(sheet, cell, x+by); err != nil {
			t.Fatal(err)
		}
		changed[name] = x + by
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil || sheet != "Parameters" && sheet != "Parameter" {
			continue
		}
		weights := false
		for i, row := range rows {
			switch {
			case len(row) > 9 && strings.HasPrefix(row[9], "threshold.") && changed[row[9]] == nil && len(changed) == 0:
				set(sheet, "B"+strconv.Itoa(i+1), row[9], row[1], 3)
			case len(row) > 6 && (row[6] == "Key" || row[6] == "Schlüssel"):
				weights = true
			case weights && len(row) > 6 && len(changed) == 1:
				set(sheet, "C"+strconv.Itoa(i+1), "weight."+row[6], row[2], 7)
			}
		}
	}
	if err := f.Save(); err != nil || len(changed) > 2 {
		t.Fatal(err, changed)
	}
	return changed
}

// TestSamplesRecalculate lets LibreOffice calculate every sample from the cells
// alone, as annotated and after a weight and a threshold were changed in the
// file; the latter must give what a new run over the changed file gives.
func TestSamplesRecalculate(t *testing.T) {
	samples, err := filepath.Abs(filepath.Join("..", "..", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	want, stripped := map[string]string{}, map[string][]byte{} // file with the figures that a workbook must have; workbooks without results
	names := []string{"single-sheet", "supplier-comparison"}
	if golden.Fidelity() {
		names = append(names, "customers")
	}
	for _, name := range names {
		sampleHere(t, samples, name+".xlsx")
		annotated(t, name+".xlsx", "once", "en")
		file := filepath.Join("once", name+".annotated.xlsx")
		changed := filepath.Join("once", name+"-changed.xlsx")
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(changed, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		stripped[name] = office.WithoutResults(t, data)
		if len(changeParameters(t, changed)) == 0 {
			t.Errorf("%s: nothing to change", name)
		}
		if data, err = os.ReadFile(changed); err != nil {
			t.Fatal(err)
		}
		stripped[name+"-changed"] = office.WithoutResults(t, data)
		annotated(t, changed, "fresh", "en")
		want[name], want[name+"-changed"] = file, filepath.Join("fresh", name+"-changed.annotated.xlsx")
	}
	calculated := office.Calculate(t, stripped)
	for name, ours := range want {
		sameFigures(t, ours, calculated[name])
	}
}

// reference is a cell or a name in a formula.
var reference = regexp.MustCompile(`[A-Z]\$?[0-9]|vb_`)

// sameFigures compares every formula of ours with what the other workbook shows
// in its place: numbers to 1e-9, texts exactly.
func sameFigures(t *testing.T, ours string, theirs office.Sheets) {
	t.Helper()
	f, err := excelize.OpenFile(ours)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	compared, bad := 0, 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if theirs[sheet] == nil {
			t.Logf("%s: the new run has a sheet %s", ours, sheet) // such as that of drivers, once weights are given
			continue
		}
		for r, row := range rows {
			for c, want := range row {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				formula, err := f.GetCellFormula(sheet, cell)
				if err != nil || !reference.MatchString(formula) {
					continue // the end of a line in a chart is a figure, not a result
				}
				compared++
				is := theirs.Cell(sheet, r, c)
				if bad++; office.Alike(is, want) {
					bad--
				} else if bad < 8 {
					t.Errorf("%s: %s!%s is calculated to %q, ours is %q\n  =%s", ours, sheet, cell, is, want, formula)
				}
			}
		}
	}
	t.Logf("%s: %d of %d formulas alike", ours, compared-bad, compared)
	if compared == 0 {
		t.Errorf("%s has no formula", ours)
	}
}
