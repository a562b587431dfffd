package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"valuebook/report/dataset"
	"valuebook/report/sheets"
	"valuebook/report/workbook/parts"
	"valuebook/report/workbook/sheetxml"
	"valuebook/samples/golden"
)

// samplePlan is a small plan for any workbook: a block with every kind of cell
// beside the first sheet that has room, and a sheet with a table, a chart, a
// list and a note.
func samplePlan(pic *picture) Plan {
	plan := Plan{}
	taken := map[string]bool{}
	for _, name := range pic.order {
		taken[strings.ToLower(name)] = true
	}
	ours := "Results"
	for n := 2; taken[strings.ToLower(ours)]; n++ {
		ours = fmt.Sprintf("Results (%d)", n)
	}
	low, high := 0.0, 100.0
	plan.Sheets = []sheets.Sheet{{Name: ours, FreezeRow: 1, RepeatRows: 1, TabColor: "0B3C5D", Widths: map[int]float64{1: 20},
		Cells: []sheets.Cell{
			{Row: 1, Col: 1, Value: "Customer", Style: sheets.Style{Role: sheets.Header}}, {Row: 1, Col: 2, Value: "Value", Style: sheets.Style{Role: sheets.Header}},
			{Row: 2, Col: 1, Value: "Zürich & <Söhne>"}, {Row: 2, Col: 2, Value: 1.5, Style: sheets.Style{Role: sheets.Input, Format: sheets.TwoDigits}, Note: "a note"},
			{Row: 3, Col: 1, Value: "=not a formula"}, {Row: 3, Col: 2, Formula: "B2*2", Value: 3.0, Style: sheets.Style{Format: sheets.Trend}},
		},
		Tables:      []sheets.Table{{Name: "vb_results", Area: sheets.Area{Row: 1, Col: 1, LastRow: 3, LastCol: 2}}},
		Validations: []sheets.Validation{{Area: sheets.Area{Row: 2, Col: 2, LastRow: 2, LastCol: 2}, Min: 1, Max: 5}},
		Conditions:  []sheets.Condition{{Kind: sheets.DataBar, Area: sheets.Area{Row: 2, Col: 2, LastRow: 3, LastCol: 2}}},
		Charts: []sheets.Chart{{Row: 6, Col: 1, Width: 400, Height: 300, Kind: sheets.Scatter, Title: "Quadrant", Alt: "a chart", XMin: &low, XMax: &high,
			Series: []sheets.Series{{Name: "one", Categories: "'" + ours + "'!$B$2:$B$3", Values: "'" + ours + "'!$B$2:$B$3", Marker: "circle", Color: "0B3C5D"}}}},
	}}
	plan.Names = []sheets.Name{{Name: sheetName + "1", RefersTo: "'" + ours + "'!$A$1"}}
	for _, name := range pic.order {
		g := pic.sheets[name]
		if g == nil {
			continue
		}
		col := pic.free(name, g)
		if col == 0 {
			continue
		}
		plan.Block, plan.Area = sampleBlock(name, ours, col)
		plan.Names = append(plan.Names, sheets.Name{Name: blockName, RefersTo: plan.Area.On(name)})
		break
	}
	return plan
}

func sampleBlock(name, ours string, col int) (sheets.Sheet, sheets.Area) {
	link := "#'" + ours + "'!A1"
	block := sheets.Sheet{Name: name, Widths: map[int]float64{col: 15, col + 1: 12}, Cells: []sheets.Cell{
		{Row: 1, Col: col, Value: "Verdict", Link: link, Style: sheets.Style{Role: sheets.Header}},
		{Row: 1, Col: col + 1, Value: "Value", Style: sheets.Style{Role: sheets.Header}, Note: "beside the data"},
		{Row: 2, Col: col, Formula: `IF(1>0,"worth it","-")`, Value: "worth it", Style: sheets.Style{Role: sheets.Result}},
		{Row: 2, Col: col + 1, Formula: "'" + ours + "'!B2*2", Value: 3.0, Style: sheets.Style{Role: sheets.Result, Format: sheets.OneDigit}},
		{Row: 3, Col: col, Value: "text <&> ü", Style: sheets.Style{Role: sheets.Computed}},
		{Row: 3, Col: col + 1, Value: 0.1, Style: sheets.Style{Format: sheets.Percent}},
		{Row: 40, Col: col, Value: "far below"}, {Row: 40, Col: col + 1, Formula: "1=1", Value: true},
	}}
	block.Conditions = []sheets.Condition{
		{Kind: sheets.TextFill, Role: sheets.Good, Area: sheets.Area{Row: 2, Col: col, LastRow: 3, LastCol: col}, Texts: []string{`"worth it"`}},
		{Kind: sheets.Icons, Area: sheets.Area{Row: 2, Col: col + 1, LastRow: 3, LastCol: col + 1}, Texts: []string{"-1", "1"}},
	}
	return block, sheets.Area{Row: 1, Col: col, LastRow: 40, LastCol: col + 1}
}

// delivered puts the sample plan into a workbook.
func delivered(input []byte) (output []byte, kept bool, findings []dataset.Finding, err error) {
	f, err := openBook(input)
	if err != nil {
		return nil, false, nil, refusal{reasonForm, err}
	}
	defer f.Close()
	pic, err := photograph(f)
	if err != nil {
		return nil, false, nil, refusal{reasonForm, err}
	}
	pic.bytes = input
	plan := samplePlan(pic)
	output, findings, err = inserted(input, f, plan, "")
	var why refusal
	if errors.As(err, &why) {
		output, findings, err = apart(plan, ".xlsx", why.code, "")
		return output, false, findings, err
	}
	if err == nil {
		err = verify(output, pic, plan)
	}
	return output, true, findings, err
}

// quick reports whether a practice file belongs to the selection that every
// run of the tests compares; make fidelity compares them all.
func quick(folder, path string) bool {
	info, err := os.Stat(path)
	inside, _ := filepath.Rel(filepath.Join(folder, "workbooks"), path)
	return err == nil && info.Size() < 100_000 && !strings.HasPrefix(inside, "..")
}

// practiceFiles lists the workbooks of the practice folder.
func practiceFiles(t *testing.T) []string {
	folder := golden.Practice(t)
	var out []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if ending := strings.ToLower(filepath.Ext(path)); err == nil && (slices.Contains([]string{".xlsx", ".xlsm", ".xltx", ".xltm"}, ending)) && (golden.Fidelity() || quick(folder, path)) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPracticeJoin puts the sample plan into every practice workbook and
// counts what became of it. Whatever is delivered as a splice has every
// untouched part byte for byte, and can be put back.
func TestPracticeJoin(t *testing.T) {
	counts, reasons := map[string]int{}, map[string][]string{}
	var good []opened
	made, different, files := "", 0, practiceFiles(t)
	if golden.Fidelity() {
		made = t.TempDir()
	}
	for _, path := range files {
		input, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		what, reason, output, same := practise(t, path, input)
		if !same {
			different++
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Logf("%.0f s: %s", took.Seconds(), filepath.Base(path))
		}
		counts[what]++
		if reason != "" {
			reasons[what+": "+reason] = append(reasons[what+": "+reason], filepath.Base(path))
		}
		if made != "" && output != nil {
			name := filepath.Join(made, fmt.Sprintf("%04d%s", len(good), strings.ToLower(filepath.Ext(path))))
			if err := os.WriteFile(name, output, 0o600); err != nil {
				t.Fatal(err)
			}
			good = append(good, opened{path, name})
		}
	}
	t.Log(counts)
	for _, reason := range sortedReasons(reasons) {
		t.Logf("%d %s %v", len(reasons[reason]), reason, reasons[reason][:min(4, len(reasons[reason]))])
	}
	if counts["spliced"] == 0 {
		t.Error("no workbook was spliced")
	}
	t.Logf("%d workbooks, %d differ in a part that nothing was put into or lack an element", len(files), different)
	if made != "" {
		opens(t, good)
	}
}

func sortedReasons(m map[string][]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// practise returns what became of a workbook and why, what was delivered in its
// place, and whether all of the user's is in it.
func practise(t *testing.T, path string, input []byte) (what, reason string, output []byte, same bool) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: panic: %v\n%s", path, r, debug.Stack())
		}
	}()
	clean, err := prepared(input)
	if err != nil {
		return "new workbook, not opened", short(err), nil, true
	}
	made, kept, findings, err := delivered(clean)
	var closed refusal
	switch {
	case errors.As(err, &closed):
		return "new workbook, not opened", short(err), nil, true
	case err != nil:
		return "failed", short(err), nil, false
	case !kept:
		return "new workbook", findings[0].Args[0].Text, made, true
	case len(findings) > 0:
		return "saved by the library", findings[0].Args[0].Text, made, true
	}
	same = untouchedParts(t, path, input, made)
	if len(input) < 300_000 { // the larger ones have no more kinds of parts
		again(t, path, input, made)
	}
	return "spliced", "", made, same
}

func short(err error) string {
	text := err.Error()
	return text[:min(len(text), 110)]
}

// untouchedParts compares the parts outside the few that change, read in full
// with the standard library, and counts the elements of those that do.
func untouchedParts(t *testing.T, path string, input, made []byte) (same bool) {
	before, err := parts.Open(input)
	if err != nil {
		t.Fatal(err)
	}
	after, err := parts.Open(made)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return false
	}
	same = true
	changed := 0
	for _, name := range before.Names() {
		was, err1 := before.Read(name)
		is, err2 := after.Read(name)
		if err1 == nil && err2 == nil && bytes.Equal(was, is) || err1 != nil && sameRaw(before, after, name) {
			continue
		}
		changed++
		lower := strings.ToLower(name)
		if strings.Contains(lower, "calcchain") && !after.Has(name) {
			continue
		}
		if err1 != nil || err2 != nil || !mayChange(lower) {
			t.Errorf("%s: part %s changed", path, name)
			same = false
		} else if lost := lostElement(was, is); lost != "" && lower != "[content_types].xml" && !strings.HasSuffix(lower, ".rels") {
			t.Errorf("%s: part %s has lost an element %s", path, name, lost)
			same = false
		}
	}
	if changed > 9 {
		t.Errorf("%s: %d parts changed", path, changed)
	}
	return same
}

// sameRaw compares a part that cannot be read, because it is damaged, as it is
// packed.
func sameRaw(before, after *parts.Package, name string) bool {
	was, _, err1 := before.Raw(name)
	is, _, err2 := after.Raw(name)
	return err1 == nil && err2 == nil && bytes.Equal(was, is)
}

// mayChange reports whether something may be put into a part.
func mayChange(name string) bool {
	folder, _, _ := strings.Cut(strings.TrimPrefix(name, "xl/"), "/")
	return name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" || name == "[content_types].xml" || strings.HasPrefix(name, "xl/style") ||
		strings.HasPrefix(name, "xl/comments") || folder == "worksheets" || folder == "tables" || strings.Contains(name, "vmldrawing") || strings.Contains(name, "comment") && !strings.Contains(name, "threaded")
}

// lostElement returns the name of an element that a part has fewer of than
// before, cells included, "" for none.
func lostElement(before, after []byte) string {
	count := func(data []byte) map[string]int {
		out := map[string]int{}
		scan := sheetxml.NewScanner(data)
		for t, ok := scan.Next(); ok; t, ok = scan.Next() {
			if t.Kind != sheetxml.Close {
				out[string(t.Name)]++
			}
		}
		return out
	}
	is := count(after)
	for name, n := range count(before) {
		if is[name] < n {
			return fmt.Sprintf("%s: %d of %d", name, is[name], n)
		}
	}
	return ""
}

// again takes out what was put in, and compares the cells with the original.
func again(t *testing.T, path string, input, made []byte) {
	clean, err := withoutEarlier(made)
	if err != nil {
		t.Errorf("%s: taken out again: %v", path, err)
		return
	}
	if bytes.Equal(clean, made) {
		t.Errorf("%s: nothing was recognised as ours", path)
	}
	before, err := parts.Open(input)
	if err != nil {
		t.Fatal(err)
	}
	after, err := parts.Open(clean)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	for _, name := range after.Names() {
		if !before.Has(name) && name != "xl/styles.xml" { // styles may be in use by now
			t.Errorf("%s: part %s was left", path, name)
		}
	}
	twice, kept, findings, err := delivered(clean)
	if err != nil || !kept || len(findings) > 0 {
		t.Errorf("%s: the second time: %v %v", path, err, findings)
		return
	}
	sameSize(t, path, made, twice)
}

// sameSize holds that the second run adds nothing to the first: styles are
// found again, names and parts do not pile up.
func sameSize(t *testing.T, path string, once, twice []byte) {
	before, err1 := parts.Open(once)
	after, err2 := parts.Open(twice)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for _, name := range after.Names() {
		if !before.Has(name) || strings.HasPrefix(name, "xl/styles") && before.Size(name) != after.Size(name) {
			t.Errorf("%s: part %s differs after the second run", path, name)
		}
	}
}
