package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestEncryptedInputsGiveEncryptedOutputs reports on a workbook with a password
// and makes its fix list: nobody opens an output without it.
func TestEncryptedInputsGiveEncryptedOutputs(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "secret.xlsx")
	withPassword(t, path, "geheim wort")
	t.Setenv(passwordVariable, "geheim wort")
	for _, args := range [][]string{{"report"}, {"check", "--fix-list"}} {
		var said bytes.Buffer
		if code := run(context.Background(), append(append([]string{"valuebook"}, args...), path), strings.NewReader(""), &said, &said); code != exitDone {
			t.Fatalf("%q: exit %d: %s", args, code, &said)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "secret.json")); err == nil {
		t.Error("an open document was written that nobody asked for")
	}
	if data, err := os.ReadFile(filepath.Join(folder, "secret.pdf")); err != nil || !bytes.Contains(data, []byte("/Encrypt")) {
		t.Errorf("the PDF is open: %v", err)
	}
	for name, sheet := range map[string]string{"secret.annotated.xlsx": "Summary", "secret.fixes.xlsx": "Problems"} {
		made := filepath.Join(folder, name)
		data, err := os.ReadFile(made)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) || bytes.Contains(data, []byte("worksheets")) {
			t.Errorf("%s is open", name)
		}
		f, err := excelize.OpenFile(made, excelize.Options{Password: "geheim wort"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if i, err := f.GetSheetIndex(sheet); err != nil || i < 0 {
			t.Errorf("%s has the sheets %q", name, f.GetSheetList())
		}
		_ = f.Close()
		if f, err := excelize.OpenFile(made, excelize.Options{Password: "falsch"}); err == nil {
			_ = f.Close()
			t.Errorf("%s opens with another password", name)
		}
	}
}
