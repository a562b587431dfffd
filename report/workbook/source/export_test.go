//go:build !windows

package source

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rawSheets asks LibreOffice for every sheet as a table in text, each value as it is stored and not as
// it is shown.
const rawSheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"

// How many files LibreOffice is given at once and how large they may be together, so that a large one goes alone,
// and how long it may take for several and for one.
const (
	batchFiles = 12
	batchBytes = 3 << 19
	batchLimit = 120 * time.Second
	fileLimit  = 300 * time.Second
)

// batches parts files into those that LibreOffice is given at once.
func batches(files []string) (all [][]string) {
	size := int64(0)
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			continue
		}
		last := len(all) - 1
		if size += info.Size(); last < 0 || len(all[last]) == batchFiles || size > batchBytes {
			all, size, last = append(all, nil), info.Size(), last+1
		}
		all[last] = append(all[last], name)
	}
	return all
}

// exportSheets has LibreOffice export all sheets of files, which are numbered. A file on which it
// fails is skipped by it; one on which it ends takes the rest of its batch along, which is tried again. A file is
// left out when LibreOffice ends at it though it is the first.
func exportSheets(t *testing.T, program string, files []string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	profile := neverRecalculate(t, folder)
	out := filepath.Join(folder, "out")
	for first := 0; first < len(files); {
		args := []string{"-env:UserInstallation=" + profile, "--headless", "--norestore", "--convert-to", rawSheets, "--outdir", out}
		for i := first; i < len(files); i++ {
			data, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			copied := filepath.Join(folder, fmt.Sprintf("%03d.xlsx", i))
			if err := os.WriteFile(copied, storedAlone(data), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, copied)
		}
		limit := batchLimit
		if len(files) == 1 {
			limit = fileLimit
		}
		said, err := runGroup(limit, program, args)
		if err == nil {
			return out
		}
		if tried := strings.Count(said, "convert /"); tried > 1 {
			first += min(tried, len(files)-first) - 1 // the one at which it ended has another try, as the first
			continue
		}
		t.Logf("LibreOffice ended at %s: %v", files[first], err)
		first++
	}
	return out
}

// runGroup runs a program within the limit and ends all that it started.
func runGroup(limit time.Duration, program string, args []string) (said string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = time.Second
	text, err := command.CombinedOutput()
	if ctx.Err() != nil {
		err = fmt.Errorf("not done after %v", limit)
	}
	return string(text), err
}

// storedResults is the part of a profile by which LibreOffice keeps the results that a file holds.
const storedResults = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
`

// neverRecalculate makes a profile in a folder and returns its address.
func neverRecalculate(t *testing.T, folder string) string {
	t.Helper()
	user := filepath.Join(folder, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(storedResults), 0o600); err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: filepath.Join(folder, "profile")}).String()
}

// Whatever its settings, LibreOffice computes formulas of the day or of chance, what depends on them, and pivot
// tables anew.
var (
	formulaElement = regexp.MustCompile(`<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)`)
	pivotRelation  = regexp.MustCompile(`<(?:\w+:)?Relationship\s[^>]*/pivotTable"[^>]*>`)
	trialNamespace = regexp.MustCompile(`spreadsheetml/2006/\d/main`) // of spreadsheets before the format was settled
)

// largestSheet is the size up to which formulas are taken out of a sheet, in bytes: above it is a bomb.
const largestSheet = 256 << 20

// storedAlone returns a workbook without the formulas of its cells and without its pivot tables, so that only the
// values that it stores are left, and with the namespace that LibreOffice knows; the file as it is where it is no
// good archive.
func storedAlone(data []byte) []byte {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return data
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if err := copyStored(w, f); err != nil {
			return data
		}
	}
	if w.Close() != nil {
		return data
	}
	return out.Bytes()
}

// copyStored copies one part of a workbook.
func copyStored(w *zip.Writer, f *zip.File) error {
	name := strings.ToLower(f.Name)
	relations := strings.HasSuffix(name, ".rels")
	if !relations && !strings.HasSuffix(name, ".xml") || f.UncompressedSize64 > largestSheet {
		return w.Copy(f)
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	part, err := io.ReadAll(in)
	if err != nil {
		return w.Copy(f) // damaged
	}
	if relations && strings.Contains(name, "worksheets/") {
		part = pivotRelation.ReplaceAll(part, nil)
	} else if end := bytes.LastIndex(part, []byte("sheetData>")); end > 0 {
		part = append(formulaElement.ReplaceAll(part[:end], nil), part[end:]...)
	}
	part = trialNamespace.ReplaceAllLiteral(part, []byte("spreadsheetml/2006/main"))
	out, err := w.Create(f.Name)
	if err == nil {
		_, err = out.Write(part)
	}
	return err
}
