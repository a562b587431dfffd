// Package convert turns files of other formats into workbooks of the xlsx family, with the LibreOffice that is
// installed.
//
// It is a moving part: it starts a program and uses a temporary folder of its own, and leaves neither behind.
package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"valuebook/report/scratch"
	"valuebook/report/workbook/source"
)

// DefaultLimit is how long a conversion may take.
const DefaultLimit = 60 * time.Second

// LibreOffice converts with LibreOffice. The zero value finds the program and gives it DefaultLimit.
type LibreOffice struct {
	Program string        // path of soffice, "" to find it
	Limit   time.Duration // 0 means DefaultLimit
}

// Convert returns a file as a workbook in the format .xlsx. ending is the one that fits its content, such as ".xls".
//
// The error is [source.ErrNoConverter] without LibreOffice, [source.ErrConverterSlow] when it was not done within
// the limit, the error of ctx when that ended, and else what went wrong. Whatever happens, the program with all it
// started is ended and its folder removed before Convert returns.
func (l LibreOffice) Convert(ctx context.Context, data []byte, ending string) ([]byte, error) {
	program := l.find()
	if program == "" {
		return nil, source.ErrNoConverter
	}
	folder, err := scratch.Folder("convert")
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	defer remove(folder)
	input := filepath.Join(folder, "input"+ending)
	if err := os.WriteFile(input, data, 0o600); err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	limit := l.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	inTime, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	said, err := start(inTime, program, folder, input)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case inTime.Err() != nil:
		return nil, source.ErrConverterSlow
	case err != nil:
		return nil, fmt.Errorf("convert: %w: %s", err, said)
	}
	converted, err := result(filepath.Join(folder, "out", "input.xlsx"))
	if err != nil {
		return nil, fmt.Errorf("convert: %w: %s", err, said)
	}
	return converted, nil
}

// start runs the program with a profile of its own, so that a LibreOffice that the user has open is not disturbed.
func start(ctx context.Context, program, folder, input string) (string, error) {
	profile := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(folder, "profile"))}
	if runtime.GOOS == "windows" {
		profile.Path = "/" + profile.Path
	}
	command := exec.CommandContext(ctx, program, "-env:UserInstallation="+profile.String(), "--headless", "--invisible",
		"--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
		"--outdir", filepath.Join(folder, "out"), input)
	said, err := os.Create(filepath.Join(folder, "said")) // a pipe would wait for everything it started
	if err != nil {
		return "", err
	}
	defer said.Close()
	command.Stdout, command.Stderr = said, said
	command.Dir = folder
	command.WaitDelay = 2 * time.Second
	together(command)
	err = command.Run()
	end(command)
	return lastWords(said.Name()), err
}

// lastWords returns the end of what the program printed.
func lastWords(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(bytes.TrimSpace(text[max(0, len(text)-500):]))
}

// result reads what was made, within the limit of what is read.
func result(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.New("nothing was made")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, source.MaxFile+1))
	if err == nil && len(data) > source.MaxFile {
		err = errors.New("what was made is too large")
	}
	return data, err
}

// remove removes the folder; a program that is just ending may still write into it.
func remove(folder string) {
	for range 10 {
		if os.RemoveAll(folder) == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// find returns the path of the program, "" where it is not installed.
func (l LibreOffice) find() string {
	if l.Program != "" {
		return l.Program
	}
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	for _, path := range usualPlaces() {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
	}
	return ""
}

// usualPlaces are where LibreOffice is installed without being in the search path.
func usualPlaces() []string {
	switch runtime.GOOS {
	case "darwin":
		return []string{"/Applications/LibreOffice.app/Contents/MacOS/soffice"}
	case "windows":
		var places []string
		for _, variable := range []string{"ProgramFiles", "ProgramFiles(x86)"} {
			if folder := os.Getenv(variable); folder != "" {
				places = append(places, filepath.Join(folder, "LibreOffice", "program", "soffice.com"))
			}
		}
		return places
	}
	return []string{"/opt/libreoffice/program/soffice", "/usr/lib/libreoffice/program/soffice", "/snap/bin/libreoffice"}
}
