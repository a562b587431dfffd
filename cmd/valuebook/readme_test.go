package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// block is a fenced block of console lines in the README.
var block = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// TestReadme runs every "$ valuebook ..." of the README in a folder that holds
// the samples and compares what it prints. A line "..." ends the comparison of
// a command. UPDATE_GOLDEN=1 writes the README anew.
func TestReadme(t *testing.T) {
	path, err := filepath.Abs(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copySamples(t)
	writeExamples(t, readme)
	commands := 0
	updated := block.ReplaceAllFunc(bytes.ReplaceAll(readme, []byte("\r\n"), []byte("\n")), func(found []byte) []byte {
		var out strings.Builder
		for _, c := range console(string(block.FindSubmatch(found)[1])) {
			if strings.HasPrefix(c.line, "valuebook ") {
				commands++
				c.output = likewise(c.output, runLine(t, c.line))
			}
			if out.Len() > 0 {
				out.WriteString("\n")
			}
			out.WriteString("$ " + c.line + "\n" + c.output)
		}
		return []byte("```console\n" + out.String() + "```")
	})
	if commands < 3 {
		t.Errorf("the README shows %d commands, want at least 3", commands)
	}
	if bytes.Equal(updated, readme) {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, updated, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the commands of the README print something else now (UPDATE_GOLDEN=1 writes it anew):\n%s", updated)
}

// example is a fenced block of a file whose name its first line says.
var example = regexp.MustCompile("(?ms)^```yaml\n(# (\\S+\\.yaml)\n.*?)^```$")

// writeExamples writes the files that the README shows.
func writeExamples(t *testing.T, readme []byte) {
	t.Helper()
	for _, found := range example.FindAllSubmatch(bytes.ReplaceAll(readme, []byte("\r\n"), []byte("\n")), -1) {
		if err := os.WriteFile(string(found[2]), found[1], 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A typed line and what the README says it prints.
type typed struct{ line, output string }

// console takes a block apart; blank lines between commands are only space.
func console(body string) []typed {
	var all []typed
	for _, line := range strings.SplitAfter(body, "\n") {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			all = append(all, typed{line: strings.TrimSuffix(command, "\n")})
		} else if len(all) > 0 {
			all[len(all)-1].output += line
		}
	}
	return all
}

// likewise cuts what was printed where the README has "...".
func likewise(want, got string) string {
	lines := strings.SplitAfter(got, "\n")
	for i, line := range strings.Split(want, "\n") {
		if line == "..." && i < len(lines) {
			return strings.Join(lines[:i], "") + "...\n"
		}
	}
	return got
}

// copySamples makes a folder with the samples the current one.
func copySamples(t *testing.T) {
	t.Helper()
	samples, err := filepath.Abs(filepath.Join("..", "..", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	names, err := filepath.Glob(filepath.Join(samples, "*.xlsx"))
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	if err := os.Mkdir(filepath.Join(folder, "samples"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "samples", filepath.Base(name)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
}

var word = regexp.MustCompile(`"[^"]*"|\S+`)

// runLine runs a command line and returns everything it prints.
func runLine(t *testing.T, line string) string {
	t.Helper()
	args := word.FindAllString(line, -1)
	for i, arg := range args {
		args[i] = strings.Trim(arg, `"`)
	}
	var out bytes.Buffer
	if code := run(context.Background(), args, strings.NewReader(""), &out, &out); code != exitDone {
		t.Errorf("%s ends with exit code %d:\n%s", line, code, out.String())
	}
	return filepath.ToSlash(out.String())
}
