package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"valuebook/samples/golden"
)

// result is one run of the program in the current folder.
type result struct {
	code           int
	stdout, stderr string
}

func runHere(args ...string) result {
	var out, talk bytes.Buffer
	code := run(context.Background(), append([]string{"valuebook"}, args...), strings.NewReader(""), &out, &talk)
	return result{code, out.String(), talk.String()}
}

// book writes a wide table of ratings on 1 to 10 as CSV: a benefit, a second
// one, a cost, and the rival's ratings of them when rival is set.
func book(t *testing.T, name string, rival bool, rows ...[]string) {
	t.Helper()
	header := []string{"Customer", "Benefit: Service [1-10]", "Benefit: Quality [1-10]", "Cost: Price [1-10]"}
	if rival {
		header = append(header, "Service [Nordwind]", "Quality [Nordwind]", "Price [Nordwind]")
	}
	var data bytes.Buffer
	w := csv.NewWriter(&data)
	if err := w.WriteAll(append([][]string{header}, rows...)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// many returns n customers with ratings that differ.
func many(n int, name func(i int) string) [][]string {
	var rows [][]string
	for i := range n {
		row := []string{name(i)}
		for k := range 6 {
			row = append(row, strconv.Itoa(1+(i*(3+2*k)+k*k)%10))
		}
		rows = append(rows, row)
	}
	return rows
}

func plainNames(i int) string { return fmt.Sprintf("Customer %05d", i+1) }

// hostile are names that mean something to a spreadsheet, to XML, to HTML, to
// a shell or to a font.
var hostile = []string{
	`<b>&"bold"'</b>`, "]]>&amp;<!--", "😀🏭 Emoji GmbH", "株式会社テスト", "شركة الاختبار", "שלום בע״מ", "Ünïcødé Ñandú",
	`=cmd|'/C calc'!A0`, `+1+1`, `-2+3`, `@SUM(A1)`, "\u202Eevil\u202C", strings.Repeat("long ", 60), "line\nbreak", "tab\there",
	`quote"s`, "''", "C:\\path\\x", "{0} {{x}} {1|a|b}", "a\u0301 combining", "%s %d", "\U0001F1E9\U0001F1EA flag",
}

func TestEdges(t *testing.T) {
	same := [][]string{}
	blank := [][]string{}
	for i := range 8 {
		same = append(same, []string{plainNames(i), "5", "5", "5", "5", "5", "5"})
		blank = append(blank, []string{plainNames(i), "", "", "", "", "", ""})
	}
	noRival := [][]string{}
	noCost := [][]string{}
	for _, row := range many(12, plainNames) {
		noRival = append(noRival, row[:4])
		noCost = append(noCost, []string{row[0], row[1], row[2], "", row[4], row[5], ""})
	}
	for name, c := range map[string]struct {
		rival bool
		rows  [][]string
		codes []int
	}{
		"one customer":     {true, many(1, plainNames), []int{exitDone}},
		"two customers":    {true, many(2, plainNames), []int{exitDone}},
		"all equal":        {true, same, []int{exitDone}},
		"all blank":        {true, blank, []int{exitDone, exitStopped}},
		"no rival":         {false, noRival, []int{exitDone}},
		"no cost":          {true, noCost, []int{exitDone}},
		"no customer":      {true, nil, []int{exitStopped}},
		"hostile names":    {true, many(len(hostile), func(i int) string { return hostile[i] }), []int{exitDone}},
		"hostile, unrated": {false, [][]string{{hostile[0], "", "", ""}, {hostile[7], "n/a", "x", "99"}, {"C", "5", "5", "5"}}, []int{exitDone, exitStopped}},
		"every cell wrong": {true, [][]string{{"A", "x", "#N/A", "11", "0", "-5", "1e400"}, {"B", "NaN", "Inf", "=1+1", "🙂", "5,5,5", "٣"}}, []int{exitDone, exitStopped}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			book(t, "book.csv", c.rival, c.rows...)
			checkRun(t, "book.csv", c.codes...)
		})
	}
}

// TestWeightsAllZero takes every weight away through the settings.
func TestWeightsAllZero(t *testing.T) {
	t.Chdir(t.TempDir())
	book(t, "book.csv", true, many(10, plainNames)...)
	settings := ""
	for _, id := range []string{"service", "Quality", "PRICE"} {
		settings += "weight." + id + ": 0\n"
	}
	if err := os.WriteFile("valuebook.yaml", []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	checkRun(t, "book.csv", exitDone)
	r := runHere("report", "--json", "--format", "json", "book.csv")
	var doc struct {
		Reports []struct {
			Customers []struct{ Value *float64 }
		}
	}
	if err := json.Unmarshal([]byte(r.stdout), &doc); err != nil || len(doc.Reports) != 1 {
		t.Fatal(err, r)
	}
	for i, c := range doc.Reports[0].Customers {
		if c.Value != nil {
			t.Errorf("customer %d has the value %v without any weight", i, *c.Value)
		}
	}
}

// TestWeightOfNoAttribute names an attribute that is not there.
func TestWeightOfNoAttribute(t *testing.T) {
	t.Chdir(t.TempDir())
	book(t, "book.csv", true, many(10, plainNames)...)
	r := runHere("check", "--set", "weight.Servise=3", "book.csv")
	if r.code != exitUsage || !strings.Contains(r.stderr, "Did you mean weight.Service?") {
		t.Errorf("%+v", r)
	}
	if err := os.WriteFile("valuebook.yaml", []byte("weight.Servise: 3"), 0o600); err != nil {
		t.Fatal(err)
	}
	r = runHere("check", "book.csv")
	if r.code != exitDone || !strings.Contains(r.stdout, "valuebook.yaml:1") || !strings.Contains(r.stdout, "weight.Service.") {
		t.Errorf("%+v", r)
	}
}

// TestThousandsOfCustomers takes 5,000 in make fidelity.
func TestThousandsOfCustomers(t *testing.T) {
	n := 1500
	if golden.Fidelity() {
		n = 5000
	}
	t.Chdir(t.TempDir())
	book(t, "book.csv", true, many(n, plainNames)...)
	checkRun(t, "book.csv", exitDone)
}

// checkRun makes all formats and checks that what is written is whole, that
// nothing else is left, and that no text is missing.
func checkRun(t *testing.T, file string, codes ...int) {
	t.Helper()
	r := runHere("report", "--format", "xlsx,pdf,json", "--out", "out", file)
	allowed := false
	for _, code := range codes {
		allowed = allowed || r.code == code
	}
	if !allowed {
		t.Fatalf("exit code %d, want one of %v\n%s%s", r.code, codes, r.stdout, r.stderr)
	}
	check := runHere("check", file)
	for _, text := range []string{r.stdout, r.stderr, check.stdout, check.stderr} {
		noGaps(t, text)
	}
	if r.code == exitStopped {
		if _, err := os.Stat("out"); err == nil || !strings.Contains(r.stderr, "valuebook: hint: ") {
			t.Errorf("a stopped workbook leaves outputs or no hint:\n%s", r.stderr)
		}
		return
	}
	stem := strings.TrimSuffix(file, filepath.Ext(file))
	wholeFile(t, filepath.Join("out", stem+".annotated.xlsx"), "PK\x03\x04", "PK\x05\x06")
	wholeFile(t, filepath.Join("out", stem+".pdf"), "%PDF-", "%%EOF")
	data := wholeFile(t, filepath.Join("out", stem+".json"), "{", "}\n")
	if !json.Valid(data) {
		t.Errorf("the JSON document is not valid")
	}
	noGaps(t, string(data))
	if entries, _ := os.ReadDir("out"); len(entries) != 3 {
		t.Errorf("out holds %d files, want 3", len(entries))
	}
}

// noGaps finds texts that the catalogue lacks: they come out as <code>.
func noGaps(t *testing.T, text string) {
	t.Helper()
	for _, part := range strings.Split(text, "<")[1:] {
		code, _, closed := strings.Cut(part, ">")
		if closed && strings.Contains(code, ".") && !strings.ContainsAny(code, " /\\\"&") {
			t.Errorf("the text <%s> is missing", code)
		}
	}
}

func wholeFile(t *testing.T, path, head, tail string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	end := data[max(0, len(data)-64):]
	if !bytes.HasPrefix(data, []byte(head)) || !bytes.Contains(end, []byte(tail)) {
		t.Errorf("%s is not whole: %d bytes, %q ... %q", path, len(data), data[:min(8, len(data))], end)
	}
	return data
}

// TestSameOutputTwice compares two runs byte for byte.
func TestSameOutputTwice(t *testing.T) {
	t.Chdir(t.TempDir())
	book(t, "book.csv", true, many(30, plainNames)...)
	for _, out := range []string{"first", "second"} {
		if r := runHere("report", "--format", "xlsx,pdf,json", "--out", out, "book.csv"); r.code != exitDone {
			t.Fatal(r)
		}
	}
	for _, name := range []string{"book.annotated.xlsx", "book.pdf", "book.json"} {
		first, err1 := os.ReadFile(filepath.Join("first", name))
		second, err2 := os.ReadFile(filepath.Join("second", name))
		if err1 != nil || err2 != nil || !bytes.Equal(first, second) {
			t.Errorf("%s differs between two runs (%v, %v)", name, err1, err2)
		}
	}
}

// TestInterruptedRunLeavesNothing runs with a context that has ended.
func TestInterruptedRunLeavesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	book(t, "book.csv", true, many(30, plainNames)...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, talk bytes.Buffer
	code := run(ctx, []string{"valuebook", "book.csv", "--out", "out"}, strings.NewReader(""), &out, &talk)
	if code != exitFailure || !strings.Contains(talk.String(), "interrupted") || out.Len() > 0 {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, out.String(), talk.String())
	}
	if entries, _ := os.ReadDir("."); len(entries) != 1 {
		t.Errorf("files are left: %v", entries)
	}
}

// TestPracticeFiles reads what others published: each is either reported on
// or stopped with a reason.
func TestPracticeFiles(t *testing.T) {
	folder := golden.Practice(t)
	files, err := filepath.Glob(filepath.Join(folder, "workbooks", "*", "*.*"))
	if err != nil || len(files) == 0 {
		t.Skip("no workbooks among the practice files")
	}
	out := t.TempDir()
	for i, file := range files {
		info, err := os.Stat(file)
		if err != nil || info.Size() > 1<<20 { // the large ones belong to the fidelity runs
			continue
		}
		r := runHere("report", "--quiet", "--format", "json", "--out", filepath.Join(out, strconv.Itoa(i)), file)
		if r.code != exitDone && r.code != exitStopped {
			t.Errorf("%s: exit code %d\n%s", filepath.Base(file), r.code, r.stderr)
		}
		noGaps(t, r.stderr)
	}
}
