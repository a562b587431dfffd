package convert_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"valuebook/report/workbook/convert"
	"valuebook/report/workbook/grid"
	"valuebook/report/workbook/source"
	"valuebook/samples/golden"
)

// sandbox makes the folder for temporary files one that is looked into afterwards.
func sandbox(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Cleanup(func() {
		if left, err := filepath.Glob(filepath.Join(folder, "valuebook-convert-*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
	return folder
}

const sheet2003 = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Ratings"><Table><Row><Cell><Data ss:Type="String">Customer</Data></Cell><Cell><Data ss:Type="String">Price</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Müller</Data></Cell><Cell><Data ss:Type="Number">4.5</Data></Cell></Row></Table></Worksheet></Workbook>`

const symbolic = "ID;PWXL;N;E\r\nP;PGeneral\r\nB;Y2;X2\r\nC;Y1;X1;K\"Customer\"\r\nC;Y1;X2;K\"Price\"\r\nC;Y2;X1;K\"Mueller\"\r\nC;Y2;X2;K4.5\r\nE\r\n"

func TestConverts(t *testing.T) {
	program := golden.Tool(t, "soffice")
	sandbox(t)
	office := convert.LibreOffice{Program: program}
	for format, data := range map[string]string{"xml": sheet2003, "slk": symbolic} {
		book := source.Open("ratings.xls", []byte(data), source.Options{Convert: func(data []byte, ending string) ([]byte, error) {
			return office.Convert(context.Background(), data, ending)
		}})
		if book.Converted != format || len(book.Grids) != 1 || len(book.Findings) > 0 {
			t.Errorf("%s: %+v", format, book)
			continue
		}
		g := &book.Grids[0]
		if c := g.At(2, 2); c.Kind != grid.Number || c.Num != 4.5 || !strings.HasPrefix(g.At(2, 1).Text, "M") || g.At(1, 1).Text != "Customer" {
			t.Errorf("%s: %v %v %v", format, g.At(1, 1), g.At(2, 1), c)
		}
	}
}

func TestWithoutAProgram(t *testing.T) {
	sandbox(t)
	if runtime.GOOS == "windows" {
		t.Skip("skipped: the search path is not the only place on Windows")
	}
	t.Setenv("PATH", t.TempDir())
	_, err := convert.LibreOffice{}.Convert(context.Background(), []byte(sheet2003), ".xml")
	if _, found := os.Stat("/usr/lib/libreoffice/program/soffice"); found != nil && !errors.Is(err, source.ErrNoConverter) {
		t.Error(err)
	}
}

// pretend writes a program that does what a shell script says. It finds the folder for
// its output as the last but one argument.
func pretend(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("skipped: needs a shell")
	}
	path := filepath.Join(t.TempDir(), "soffice")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatGoesWrong(t *testing.T) {
	folder := sandbox(t)
	noted := filepath.Join(folder, "child")
	for name, test := range map[string]struct {
		script string
		want   error
	}{
		"fails":        {"exit 3", nil},
		"makes none":   {"exit 0", nil},
		"never ends":   {"sleep 100 & echo $! >" + noted + "; wait", source.ErrConverterSlow},
		"child stays":  {"sleep 100 & echo $! >" + noted + "; exit 0", nil},
		"keeps output": {"sleep 100 >/dev/stdout 2>&1 & echo $! >" + noted + "; exit 1", nil},
	} {
		_ = os.Remove(noted)
		began := time.Now()
		_, err := convert.LibreOffice{Program: pretend(t, test.script), Limit: 400 * time.Millisecond}.Convert(context.Background(), []byte("x"), ".xls")
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
		if text, err := os.ReadFile(noted); err == nil && alive(text) {
			t.Errorf("%s: what it started still runs", name)
		}
	}
}

// alive reports whether the process whose number was noted still runs.
func alive(noted []byte) bool {
	pid, err := strconv.Atoi(string(bytes.TrimSpace(noted)))
	if err != nil || pid < 2 {
		return true
	}
	for range 20 {
		p, err := os.FindProcess(pid)
		if err != nil || p.Signal(syscall.Signal(0)) != nil {
			return false
		}
		if status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err == nil && bytes.Contains(status, []byte(") Z ")) {
			return false // ended, and nobody has asked for its result
		}
		time.Sleep(50 * time.Millisecond)
	}
	return true
}

func TestInterrupt(t *testing.T) {
	sandbox(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(200*time.Millisecond, cancel)
	_, err := convert.LibreOffice{Program: pretend(t, "sleep 100")}.Convert(ctx, []byte("x"), ".xls")
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
