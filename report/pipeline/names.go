package pipeline

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

// Targets maps a format to the path that its file is to have.
type Targets map[string]string

// A ConflictError says that two inputs would be written to the same file.
type ConflictError struct {
	First, Second string // the inputs
	Target        string
}

// Error names both inputs and the target.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s and %s would both be written to %s", e.First, e.Second, e.Target)
}

// Plan returns where the outputs of every input go, or a [*ConflictError] when
// two of them would meet. out is the folder, "" for the folder of each input.
// File systems that ignore case are thought of: "Book" and "book" meet.
func Plan(inputs []string, out string, formats []string) ([]Targets, error) {
	taken := map[string]string{} // folded target -> input
	plan := make([]Targets, len(inputs))
	for i, input := range inputs {
		plan[i] = targets(input, out, formats)
		for _, format := range formats {
			target := plan[i][format]
			key := fold(target)
			if other, ok := taken[key]; ok {
				return nil, &ConflictError{First: other, Second: input, Target: target}
			}
			taken[key] = input
		}
	}
	for _, input := range inputs {
		if other, ok := taken[fold(input)]; ok && other != input {
			return nil, &ConflictError{First: other, Second: input, Target: input}
		}
	}
	return plan, nil
}

// targets names the outputs of one input: STEM.annotated.xlsx (or .xlsm),
// STEM.pdf, STEM.json.
func targets(input, out string, formats []string) Targets {
	folder := out
	if folder == "" {
		folder = filepath.Dir(input)
	}
	name := filepath.Base(input)
	extension := filepath.Ext(name)
	if extension == name { // ".xlsx" is a name, not an ending
		extension = ""
	}
	stem := stemOf(strings.TrimSuffix(name, extension))
	t := Targets{}
	for _, format := range formats {
		t[format] = filepath.Join(folder, stem+ending(format, extension))
	}
	return t
}

// annotatedStem is the end of the name of a workbook that we wrote, with the
// number of a second copy.
var annotatedStem = regexp.MustCompile(`(?i)\.annotated( \(\d+\))?$`)

// stemOf removes our own addition, so that it is not doubled.
func stemOf(stem string) string {
	if short := annotatedStem.ReplaceAllString(stem, ""); short != "" {
		return short
	}
	return stem
}

func ending(format, inputExtension string) string {
	if format != "xlsx" {
		return "." + format
	}
	switch strings.ToLower(inputExtension) {
	case ".xlsm", ".xltm":
		return ".annotated.xlsm"
	}
	return ".annotated.xlsx"
}

// another returns the name of the n-th copy: "a.annotated (2).xlsx".
func another(target string, n int) string {
	extension := filepath.Ext(target)
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(target, extension), n, extension)
}

// fold returns a path in the form in which two names of one file are equal.
func fold(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return strings.ToLower(filepath.Clean(path))
}
