package annotate

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/samples/golden"
)

// TestPracticeOthers counts what becomes of practice files that are no workbooks
// of the usual kind: a table in text becomes a new workbook, and what LibreOffice
// converts is annotated as the workbook that came out.
func TestPracticeOthers(t *testing.T) {
	if !golden.Fidelity() {
		t.Skip("skipped: only when every practice file is compared")
	}
	folder := golden.Practice(t)
	var tables, older []string
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		switch ending := strings.ToLower(filepath.Ext(path)); {
		case err != nil:
			return err
		case isText(ending):
			tables = append(tables, path)
		case slices.Contains([]string{".xls", ".xlsb", ".ods"}, ending):
			older = append(older, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, path := range tables {
		counts["table in text, "+practiseText(t, path)]++
	}
	converted := convertedToWorkbooks(t, older)
	for _, path := range older {
		what, reason := "not converted", ""
		if data := converted[path]; data != nil {
			what, reason, _, _ = practise(t, path, data)
		}
		counts[strings.TrimSpace("older format, "+what+" "+reason)]++
	}
	for _, what := range sortedKeys(counts) {
		t.Logf("%d %s", counts[what], what)
	}
}

func sortedKeys(m map[string]int) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// practiseText puts the sample plan into a workbook that is made of a table in
// text.
func practiseText(t *testing.T, path string) string {
	input, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := fromText(input, &dataset.Dataset{})
	if err != nil {
		return "refused: " + short(err)
	}
	defer f.Close()
	pic, err := photograph(f)
	if err != nil {
		return "refused: " + short(err)
	}
	plan := samplePlan(pic)
	output, err := apply(f, plan)
	if err == nil {
		err = verify(output, pic, plan)
	}
	if err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return "new workbook"
}

// convertedToWorkbooks lets LibreOffice write files as workbooks, by their paths.
// A file that it does not get done with is missing.
func convertedToWorkbooks(t *testing.T, paths []string) map[string][]byte {
	office, folder := golden.Tool(t, "soffice", "libreoffice"), t.TempDir()
	out := map[string][]byte{}
	for k, path := range paths {
		data, err := os.ReadFile(path)
		name := filepath.Join(folder, fmt.Sprintf("%04d%s", k, strings.ToLower(filepath.Ext(path))))
		if err == nil {
			err = os.WriteFile(name, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		golden.Command(ctx, office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless",
			"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(folder, "out"), name).Run()
		cancel()
		if data, err = os.ReadFile(filepath.Join(folder, "out", fmt.Sprintf("%04d.xlsx", k))); err == nil {
			out[path] = data
		}
	}
	return out
}
