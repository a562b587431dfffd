package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"valuebook/samples/golden"
)

// monthlyWorkbook writes a workbook with ratings, a cover that names the month,
// and a sheet of recipients.
func monthlyWorkbook(t *testing.T, path string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheets := map[string][][]any{
		"Ratings": {{"Customer", "Segment", "Benefit: Service [1-5]", "Cost: Price [1-5]"}, {"Alder", "North", 4, 2}, {"Birch", "North", 3, 3}, {"Käserei Müßig", "South", 5, 4}},
		"Cover":   {{"Customer value"}, {"Month", time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)}},
		"Who": {{"Who gets which report"}, {"Kunde", "E-Mail", "Kopie", "Sprache", "Password variable"}, {"alle", "boss@example.com"},
			{"Alder", "Ann, Dr. <ann@example.com>", "sales@example.com; desk@example.com", "de", "ANN_PASSWORD"}, {},
			{"South", "south@example.com"}, {"Alder", "us@example.com"}},
	}
	for _, name := range []string{"Ratings", "Cover", "Who"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range sheets[name] {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// TestRecipientsOfASheet: a sheet of the workbook says who gets what, a cell
// the month, and one recipient's PDF has a password of its own while the hash of
// what is in it stays that of the open file.
func TestRecipientsOfASheet(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("ANN_PASSWORD", "erle")
	monthlyWorkbook(t, "book.xlsx")
	file := "name: value\ninputs: book.xlsx\nperiod: {from_cell: Cover!B2}\nburst: customer\nformat: pdf\nallow_stale: true\nrecipients: sheet:Who\n" +
		"mail: {from: finance@example.com, host: 127.0.0.1, security: none}\n"
	if err := os.WriteFile("valuebook.yaml", []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	if code := run(context.Background(), []string{"valuebook", "run", "--json"}, strings.NewReader(""), &out, &talk); code != exitDone {
		t.Fatalf("exit %d\n%s\n%s", code, &talk, &out)
	}
	var said struct{ Runs []runDocument }
	if err := json.Unmarshal(out.Bytes(), &said); err != nil || len(said.Runs) != 1 {
		t.Fatal(err, out.String())
	}
	r := said.Runs[0]
	if r.Period != "2026-10" || len(r.Messages) != 4 {
		t.Fatalf("period %q, %d messages\n%s", r.Period, len(r.Messages), &talk)
	}
	ann, us := r.Messages[1], r.Messages[3]
	if strings.Join(ann.To, "|") != "Ann, Dr. <ann@example.com>" || strings.Join(ann.Cc, "|") != "sales@example.com|desk@example.com" || !strings.HasPrefix(ann.Subject, "Kundennutzen") {
		t.Errorf("message to Ann: %+v", ann)
	}
	if south := r.Messages[2]; !strings.Contains(south.Subject, "Käserei Müßig") || south.Files[0] != "Kaserei Mussig.pdf" {
		t.Errorf("message to South: %+v", south)
	}
	if us.Part != ann.Part || us.Content == ann.Content {
		t.Errorf("a German and an English page have one content: %s, %s", us.Content, ann.Content)
	}
	sealed := filepath.Join("reports", "2026-10", "de", "book-pages", "sealed", "ANN_PASSWORD", "Alder.pdf")
	open := filepath.Join("reports", "2026-10", "book-pages", "Alder.pdf")
	for path, encrypted := range map[string]bool{sealed: true, open: false} {
		data, err := os.ReadFile(path)
		if err != nil || bytes.Contains(data, []byte("/Encrypt")) != encrypted {
			t.Errorf("%s: encrypted is not %v; %v", path, encrypted, err)
		}
		if info, err := os.Stat(path); err == nil && !golden.OwnersAlone(info) {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
	}
	// Her message has the sealed file and no other: not the open one beside it.
	var shown bytes.Buffer
	if code := run(context.Background(), []string{"valuebook", "outbox", "show", "2"}, strings.NewReader(""), &shown, &talk); code != exitDone ||
		len(ann.Files) != 1 || strings.Count(shown.String(), ".pdf") != 1 || !strings.Contains(shown.String(), sealed) {
		t.Errorf("exit %d, files of Ann %q\n%s", code, ann.Files, &shown)
	}
	if strings.Contains(out.String()+talk.String(), "erle") {
		t.Error("the password is printed")
	}
	// The password is drawn anew for each file: the run is the same all the same.
	out.Reset()
	if code := run(context.Background(), []string{"valuebook", "run"}, strings.NewReader(""), &out, &talk); code != exitDone || !strings.Contains(out.String(), "Nothing was done") {
		t.Errorf("again: exit %d, %s", code, &out)
	}
	// A password that is not there stops the run before anything is recorded.
	t.Setenv("ANN_PASSWORD", "")
	talk.Reset()
	if code := run(context.Background(), []string{"valuebook", "run", "--set", "delta=7"}, strings.NewReader(""), &out, &talk); code != exitFailure || !strings.Contains(talk.String(), "no secret in ANN_PASSWORD") {
		t.Errorf("without the password: exit %d, %s", code, &talk)
	}
}

// TestWorkbooksOfRecipientsHaveTheirPassword: a workbook goes out with the
// password of who gets it, a document that takes none does not go out to them
// at all, and a workbook with a password of its own is reported on like others.
func TestWorkbooksOfRecipientsHaveTheirPassword(t *testing.T) {
	folder := t.TempDir()
	withPassword(t, filepath.Join(folder, "locked.xlsx"), "geheim wort")
	t.Chdir(folder)
	t.Setenv("ANN_PASSWORD", "erle")
	t.Setenv(passwordVariable, "geheim wort")
	if err := os.WriteFile("open.csv", []byte("Customer,Benefit: Service [1-5],Cost: Price [1-5]\nAlder,4,2\nBirch,3,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := func(input, format string) (files []string, code int, talk string) {
		file := "name: value\nformat: [xlsx, json]\nallow_stale: true\nrecipients: [{parts: all, to: ann@example.com, format: " + format + ", password_variable: ANN_PASSWORD}]\n" +
			"mail: {from: finance@example.com, host: 127.0.0.1, security: none}\n"
		if err := os.WriteFile("valuebook.yaml", []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, said bytes.Buffer
		code = run(context.Background(), []string{"valuebook", "run", "--json", "--period", "2026-10", input}, strings.NewReader(""), &out, &said)
		var document struct{ Runs []runDocument }
		if err := json.Unmarshal(out.Bytes(), &document); err != nil || len(document.Runs) != 1 {
			t.Fatal(err, said.String())
		}
		for _, f := range document.Runs[0].Files {
			if f.Kind == "xlsx" {
				files = append(files, f.Path)
			}
		}
		return files, code, said.String()
	}
	if _, code, talk := again("open.csv", "[xlsx, json]"); code != exitStopped || !strings.Contains(talk, "takes no password") {
		t.Errorf("a document without a password: exit %d, %s", code, talk)
	}
	files, code, talk := again("open.csv", "xlsx")
	if code != exitDone || len(files) != 2 || !strings.Contains(files[1], filepath.Join("sealed", "ANN_PASSWORD")) {
		t.Fatalf("exit %d, %q\n%s", code, files, talk)
	}
	if f, err := excelize.OpenFile(files[1], excelize.Options{Password: "erle"}); err != nil {
		t.Error(err)
	} else {
		_ = f.Close()
	}
	if f, err := excelize.OpenFile(files[1]); err == nil {
		_ = f.Close()
		t.Error("the workbook opens without the password")
	}
	var shown bytes.Buffer
	run(context.Background(), []string{"valuebook", "outbox", "show", "1"}, strings.NewReader(""), &shown, &shown)
	if strings.Count(shown.String(), ".xlsx") != 1 || !strings.Contains(shown.String(), "sealed") {
		t.Errorf("what is sent:\n%s", &shown)
	}
	if files, code, talk := again("locked.xlsx", "xlsx"); code != exitDone || len(files) != 1 {
		t.Errorf("a workbook with a password: exit %d, %q\n%s", code, files, talk)
	}
}

// TestWhatMakesAnotherRevision: what is sent counts, how it travels does not.
func TestWhatMakesAnotherRevision(t *testing.T) {
	for name, counts := range map[string]bool{"mail.attach": true, "recipients": true, "delta": true, "mail.host": false, "mail.secret.variable": false, "history": false, "out": false} {
		if changesOutputs(name) != counts {
			t.Errorf("%s: counts is %v", name, !counts)
		}
	}
}

// TestReferenceHasEveryKey: "valuebook help config" names every setting.
func TestReferenceHasEveryKey(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		words, err := ownWords(language, "", "")
		if err != nil {
			t.Fatal(err)
		}
		p := &program{words: words}
		text := strings.Join(p.reference(), "\n")
		for _, name := range append(knownSettings().Names, recipientKeys...) {
			if strings.HasPrefix(name, "threshold"+".") {
				continue // one name for each measure
			}
			if !strings.Contains(text, "\n  "+name+" ") {
				t.Errorf("%s: %s is not in the reference", language, name)
			}
		}
		if strings.Contains(text, "<") && strings.Contains(text, "<key.") || strings.Contains(text, "<setting.") {
			t.Errorf("%s: a text is missing:\n%s", language, text)
		}
	}
}

// TestASegmentBesideACustomerDescribesIt: who gets one customer's page does not
// get those of its whole segment.
func TestASegmentBesideACustomerDescribesIt(t *testing.T) {
	columns := headersOf([]string{"Kundennummer", "Customer name", "Segment", "Owner", "E-Mail"})
	for row, want := range map[*[]string]string{
		{"C1", "Alder", "North", "Ann", "alder@example.com"}: "C1|Alder",
		{"", "Alder", "North", "", "alder@example.com"}:      "Alder",
		{"", "", "North", "", "north@example.com"}:           "North",
		{"", "", "", "Ann", "ann@example.com"}:               "Ann",
	} {
		one, blank := recipientOf(*row, columns)
		if got := strings.Join(one.Parts, "|"); got != want || blank {
			t.Errorf("%q gets %q, want %q", *row, got, want)
		}
	}
	if _, blank := recipientOf([]string{"", "", "", "", ""}, columns); !blank {
		t.Error("an empty row is a recipient")
	}
}
