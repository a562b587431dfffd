package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"valuebook/report/workbook"
	"valuebook/samples/golden"
)

// TestProtectedWorkbookGivesProtectedPages checks that the PDFs of a workbook
// with a password have the same one, as the annotated workbook has.
func TestProtectedWorkbookGivesProtectedPages(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "secret.xlsx")
	withPassword(t, path, "geheim wort")
	t.Setenv(passwordVariable, "geheim wort")
	say := func(args ...string) (int, string) {
		var out bytes.Buffer
		code := run(context.Background(), append([]string{"valuebook", "report"}, append(args, path)...), strings.NewReader(""), &out, &out)
		return code, out.String()
	}
	if code, said := say("--format", "xlsx,pdf"); code != exitDone {
		t.Errorf("%d %s", code, said)
	}
	annotated, err := os.ReadFile(filepath.Join(folder, "secret.annotated.xlsx"))
	if err != nil || !workbook.Encrypted(annotated) {
		t.Errorf("the annotated workbook can be read without the password (%v)", err)
	}
	if code, said := say("--format", "pdf,pages", "--burst", "customer", "--burst-file", "one"); code != exitDone {
		t.Fatalf("%d %s", code, said)
	}
	qpdf := golden.Tool(t, "qpdf")
	for _, name := range []string{"secret.pdf", "secret-pages.pdf"} {
		made := filepath.Join(folder, name)
		if out, err := exec.Command(qpdf, "--password=geheim wort", "--check", made).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		if exec.Command(qpdf, "--check", made).Run() == nil {
			t.Errorf("%s opens without the password", name)
		}
	}
}
