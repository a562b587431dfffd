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

// A Request asks for the outputs of one input.
type Request struct {
	Input   string
	Out     string // folder, "" for the folder of the input
	Formats []string
}

// Plan returns where the outputs of every request go, or a [*ConflictError]
// when two of them would meet. File systems that ignore case are thought of:
// "Book" and "book" meet.
func Plan(requests []Request) ([]Targets, error) {
	taken := map[string]string{} // folded target -> input
	plan := make([]Targets, len(requests))
	for i, request := range requests {
		plan[i] = targets(request)
		for _, format := range request.Formats {
			target := plan[i][format]
			if other, ok := taken[fold(target)]; ok {
				return nil, &ConflictError{First: other, Second: request.Input, Target: target}
			}
			taken[fold(target)] = request.Input
		}
	}
	for _, request := range requests {
		if other, ok := taken[fold(request.Input)]; ok && fold(other) != fold(request.Input) {
			return nil, &ConflictError{First: other, Second: request.Input, Target: request.Input}
		}
	}
	return plan, nil
}

// targets names the outputs of one input: STEM.annotated.xlsx (or .xlsm),
// STEM.pdf, STEM.json.
func targets(request Request) Targets {
	folder := request.Out
	if folder == "" {
		folder = filepath.Dir(request.Input)
	}
	name := filepath.Base(request.Input)
	extension := filepath.Ext(name)
	if extension == name { // ".xlsx" is a name, not an ending
		extension = ""
	}
	stem := stemOf(strings.TrimSuffix(name, extension))
	t := Targets{}
	for _, format := range request.Formats {
		t[format] = filepath.Join(folder, stem+ending(format, extension))
	}
	return t
}

// annotatedStem is the end of the name of a workbook that we wrote, with the
// number of a second copy.
var annotatedStem = regexp.MustCompile(`(?i)\.(annotated|fixes)( \(\d+\))?$`)

// Stem returns the name of a workbook without its ending and our addition.
func Stem(input string) string {
	name := filepath.Base(input)
	if extension := filepath.Ext(name); extension != name {
		name = strings.TrimSuffix(name, extension)
	}
	return stemOf(name)
}

// stemOf removes our own addition, so that it is not doubled.
func stemOf(stem string) string {
	if short := annotatedStem.ReplaceAllString(stem, ""); short != "" {
		return short
	}
	return stem
}

func ending(format, inputExtension string) string {
	switch format {
	case FormatPages:
		return "-pages"
	case FormatCharts:
		return ".charts"
	case FormatBook:
		return "-pages.pdf"
	}
	name := "." + format
	switch format {
	case FormatFixes:
		name = ".fixes"
	case "xlsx":
		name = ".annotated"
	default:
		return name
	}
	switch strings.ToLower(inputExtension) {
	case ".xlsm", ".xltm":
		return name + ".xlsm"
	}
	return name + ".xlsx"
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

// TargetIn returns the path of an output in a folder, by the stem of its name.
func TargetIn(folder, stem, format, input string) string {
	return filepath.Join(folder, stem+ending(format, filepath.Ext(input)))
}
