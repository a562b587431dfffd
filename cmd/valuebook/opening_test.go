package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"valuebook/report/dataset"
	"valuebook/report/workbook"
)

// withPassword writes a sample as an encrypted workbook.
func withPassword(t *testing.T, path, password string) {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join("..", "..", "samples", "single-sheet.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SaveAs(path, excelize.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
}

// answering returns a task whose questions are answered in turn, and counts them.
func answering(t *testing.T, path string, answers ...string) (d *dataset.Dataset, prompts []string) {
	t.Helper()
	words, err := ownWords("", "", "")
	if err != nil {
		t.Fatal(err)
	}
	ask := func(prompt string) (string, error) {
		prompts = append(prompts, prompt)
		if len(prompts) > len(answers) {
			return "", io.EOF
		}
		return answers[len(prompts)-1], nil
	}
	one := &task{words: words, opening: &opening{ctx: context.Background(), ask: ask}}
	one.reading.Password = os.Getenv(passwordVariable)
	d, err = one.open(path)
	if err != nil {
		t.Fatal(err)
	}
	return d, prompts
}

func TestPasswordIsAskedForThreeTimes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.xlsx")
	withPassword(t, path, "geheim")
	if d, prompts := answering(t, path, "geheim"); len(prompts) != 1 || prompts[0] != "Password for secret.xlsx:" || !d.Receipt.Encrypted {
		t.Errorf("%q, encrypted %v", prompts, d.Receipt.Encrypted)
	}
	if d, prompts := answering(t, path, "a", "b", "geheim"); len(prompts) != 3 || wantsPassword(d) {
		t.Errorf("%q, %v", prompts, d.Findings)
	}
	d, prompts := answering(t, path, "a", "b", "c", "geheim")
	if len(prompts) != tries || len(d.Findings) != 1 || d.Findings[0].Code != workbook.CodeWrongPassword {
		t.Errorf("%q, %v", prompts, d.Findings)
	}
	if d, prompts := answering(t, path, ""); len(prompts) != 1 || d.Findings[0].Code != workbook.CodePassword {
		t.Errorf("%q, %v", prompts, d.Findings)
	}
}

func TestPasswordFromVariables(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "secret.xlsx")
	withPassword(t, path, "geheim wort")
	file := filepath.Join(folder, "password")
	if err := os.WriteFile(file, []byte("geheim wort\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	check := func(args ...string) (code int, said string) {
		var out bytes.Buffer
		code = run(context.Background(), append(append([]string{"valuebook", "check"}, args...), path), strings.NewReader(""), &out, &out)
		if strings.Contains(out.String(), "geheim wort") {
			t.Errorf("the password is printed: %s", &out)
		}
		return code, out.String()
	}
	if code, said := check(); code != exitStopped || !strings.Contains(said, "file-password") {
		t.Errorf("%d %s", code, said)
	}
	t.Setenv(passwordFileVariable, file)
	if code, said := check(); code != exitDone {
		t.Errorf("%d %s", code, said)
	}
	t.Setenv(passwordVariable, "falsch")
	if code, said := check(); code != exitStopped || !strings.Contains(said, "file-wrong-password") {
		t.Errorf("%d %s", code, said)
	}
	t.Setenv(passwordVariable, "")
	if runtime.GOOS != "windows" {
		if err := os.Chmod(file, 0o640); err != nil {
			t.Fatal(err)
		}
		if code, said := check(); code != exitUsage || !strings.Contains(said, "chmod 600") {
			t.Errorf("%d %s", code, said)
		}
	}
	t.Setenv(passwordFileVariable, filepath.Join(folder, "none"))
	if code, said := check(); code != exitUsage || !strings.Contains(said, passwordFileVariable) {
		t.Errorf("%d %s", code, said)
	}
}

// officeProgram puts a program named soffice into the search path that gives a sample as what it converted.
func officeProgram(t *testing.T, script string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("skipped: needs a shell")
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "soffice"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

const oldWorkbook = "\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00"

func TestConvertedWorkbookIsAnnotated(t *testing.T) {
	sample, err := filepath.Abs(filepath.Join("..", "..", "samples", "single-sheet.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	officeProgram(t, `for a; do case "$p" in --outdir) out=$a;; esac; p=$a; done; mkdir -p "$out" && cp "`+sample+`" "$out/input.xlsx"`)
	t.Chdir(t.TempDir())
	if err := os.WriteFile("old.xls", []byte(oldWorkbook), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := runHere("check", "old.xls"); r.code != exitDone || !strings.Contains(r.stdout, "converted from xls by LibreOffice") {
		t.Errorf("%d %s %s", r.code, r.stdout, r.stderr)
	}
	if r := runHere("report", "--format", "xlsx", "old.xls"); r.code != exitDone {
		t.Fatalf("%d %s %s", r.code, r.stdout, r.stderr)
	}
	f, err := excelize.OpenFile("old.annotated.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if sheets := f.GetSheetList(); len(sheets) < 3 {
		t.Errorf("sheets %q", sheets)
	}
	if r := runHere("check", "--convert", "off", "old.xls"); r.code != exitStopped || !strings.Contains(r.stdout, "file-xls") {
		t.Errorf("%d %s %s", r.code, r.stdout, r.stderr)
	}
	if r := runHere("check", "--convert", "maybe", "old.xls"); r.code != exitUsage {
		t.Errorf("%d %s %s", r.code, r.stdout, r.stderr)
	}
}

func TestInterruptedConversionLeavesNothing(t *testing.T) {
	officeProgram(t, "sleep 60")
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	path := filepath.Join(t.TempDir(), "old.xls")
	if err := os.WriteFile(path, []byte(oldWorkbook), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for {
			if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
				cancel()
				return
			}
		}
	}()
	var out bytes.Buffer
	if code := run(ctx, []string{"valuebook", "check", path}, strings.NewReader(""), &out, &out); code != exitFailure {
		t.Errorf("%d %s", code, &out)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Error("left behind:", entries, err)
	}
}

func TestEncodingIsASetting(t *testing.T) {
	t.Chdir(t.TempDir())
	data := []byte("Klient;Korzyść: Obsługa [1-5];Koszt: Cena [1-5]\nMicha\xb3;4;2\nAnna;3;1\n")
	if err := os.WriteFile("klienci.csv", data, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := runHere("check", "--encoding", "windows-1250", "klienci.csv"); r.code == exitUsage || !strings.Contains(r.stdout, "encoded as Windows-1250") {
		t.Errorf("%d %s %s", r.code, r.stdout, r.stderr)
	}
	if r := runHere("check", "--encoding", "morse", "klienci.csv"); r.code != exitUsage || !strings.Contains(r.stderr, "Windows-1252") {
		t.Errorf("%d %s %s", r.code, r.stdout, r.stderr)
	}
}

func TestNobodyIsAskedWithoutATerminal(t *testing.T) {
	p := &program{stdin: strings.NewReader("x"), stderr: io.Discard}
	if p.asker(false) != nil {
		t.Error("a stream that is no terminal is asked")
	}
	if f, err := os.Open(os.DevNull); err == nil {
		defer f.Close()
		p.stdin, p.stderr = f, f
		if p.asker(false) != nil || p.asker(true) != nil {
			t.Error("the null device is asked")
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
